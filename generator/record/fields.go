package record

// At is the place of a table, as byte offsets in its file. Embed it in a struct.
type At struct{ Start, End int }

// Of is a field with the place of its value. Set tells whether the file has it, even
// with a value that is at fault, which is Bad; so is one whose key was misspelt, but not
// Set. A default from a tag leaves both false.
type Of[T any] struct {
	Value T
	At
	Set bool
	Bad bool `json:"-"`
}

// Day is a date as ISO text: 2026-01-22.
type Day string

type (
	String  = Of[string]
	Integer = Of[int]
	Number  = Of[float64]
	Boolean = Of[bool]
	Strings = Of[[]String]
	// Date takes a date of TOML, or a text of the form 2026-01-22; of a date with a
	// time the day is kept.
	Date = Of[Day]
)

// placed is any *Of[T].
type placed interface {
	parts() (value any, at *At, set, bad *bool)
}

func (o *Of[T]) parts() (value any, at *At, set, bad *bool) {
	return &o.Value, &o.At, &o.Set, &o.Bad
}
