// Package record reads keys and values, with their places, from TOML, YAML and JSON.
//
// Parse turns a part of a file into a tree of values; Decode checks the tree against
// a Go struct whose tags say which keys there are, and fills it. Both gather every
// fault they find, each at its key or value, and never panic, whatever the text is.
//
// Keys are strict: one that no struct field names is an error, because a misspelt key
// that is silently ignored is a setting that silently does not hold.
//
// TOML is decoded by BurntSushi/toml; it gives no places, so pelletier's parser walks
// the same bytes to find them, and the two trees are laid over each other. YAML is the
// syntax tree of goccy/go-yaml with the types of YAML 1.2, JSON the tokens of
// encoding/json.
package record

import (
	"fmt"

	"cairn/generator/diag"
)

// MaxDepth is how many levels of keys, lists and tables a text may nest.
const MaxDepth = 32

// Format is the language of a record.
type Format int

const (
	TOML Format = iota
	YAML
	JSON
)

func (f Format) String() string { return [...]string{"TOML", "YAML", "JSON"}[f] }

// Kind says what a value is.
type Kind int

const (
	// StringKind is a text; its Text is set.
	StringKind Kind = iota
	// IntegerKind is a whole number within 64 bits.
	IntegerKind
	// FloatKind is another number; it may be infinite or not a number.
	FloatKind
	BooleanKind
	// DateKind is a day; its Text is as in 2026-01-22.
	DateKind
	// DateTimeKind is a time, with or without its day; its Text is as it was written.
	DateTimeKind
	ListKind
	TableKind
	// NullKind is a key without a value, in YAML and JSON.
	NullKind
)

// String names the kind in messages: "a whole number".
func (k Kind) String() string {
	return [...]string{"text", "a whole number", "a number", "true or false", "a date", "a date with a time", "a list", "a table", "nothing"}[k]
}

// A Value is one value and its place.
type Value struct {
	Kind Kind
	// Start and End are byte offsets in the file. A table with a header, [menu] or
	// [[menu]], has the place of its header; the record itself has the place of its
	// first byte.
	Start, End int
	// Text is the text of a StringKind; of a number, a truth or a date, what was written.
	Text    string
	Integer int64
	Float   float64
	Boolean bool
	Items   []*Value
	// Fields are in the order of the file, each key once.
	Fields []Field
	// Plain tells that a scalar of YAML has no quotes. It is text where text is
	// wanted: "title: 2026" needs none.
	Plain bool

	// header marks tables with a header, and lists of them: nothing after them
	// can belong to the table above.
	header bool
	format Format
}

// A Field is a key with its place, and its value.
type Field struct {
	Key        string
	Start, End int
	Value      *Value
}

// Get returns the value of a key, or nil.
func (v *Value) Get(key string) *Value {
	if v == nil {
		return nil
	}
	for i := range v.Fields {
		if v.Fields[i].Key == key {
			return v.Fields[i].Value
		}
	}
	return nil
}

// Number returns the value of a number.
func (v *Value) Number() (float64, bool) {
	switch v.Kind {
	case IntegerKind:
		return float64(v.Integer), true
	case FloatKind:
		return v.Float, true
	}
	return 0, false
}

// Parse reads the part of the file from start to end. The value is nil if that part
// cannot be read at all; the list then says why. A byte-order mark at the start of the
// file is skipped.
func Parse(file *diag.File, format Format, start, end int) (value *Value, list diag.List) {
	start = max(0, min(start, len(file.Text)))
	end = max(start, min(end, len(file.Text)))
	if start == 0 && end >= 3 && string(file.Text[:3]) == "\ufeff" {
		start = 3
	}
	r := &reader{file: file, start: start, end: end, format: format, index: map[*Value]map[string]int{}}
	defer func() {
		// The parsers are other people's, and the texts are anybody's.
		if fault := recover(); fault != nil {
			r.fault(start, start, diag.RecordSyntax, fmt.Sprintf("this %s is too strange to be read", format), "simplify it; the reader of this format gave up")
			value, list = nil, r.list
		}
	}()
	switch format {
	case TOML:
		value = r.toml()
	case YAML:
		value = r.yaml()
	case JSON:
		value = r.json()
	}
	value.mark(format)
	return value, r.list
}

// mark tells a value and all in it what they are written in: a part may be decoded alone.
func (v *Value) mark(format Format) {
	if v == nil {
		return
	}
	v.format = format
	for _, item := range v.Items {
		item.mark(format)
	}
	for i := range v.Fields {
		v.Fields[i].Value.mark(format)
	}
}

// A reader reads one part of a file.
type reader struct {
	file       *diag.File
	start, end int
	format     Format
	list       diag.List
	// index finds the fields of large tables.
	index map[*Value]map[string]int
}

func (r *reader) text() []byte { return r.file.Text[r.start:r.end:r.end] }

func (r *reader) fault(start, end int, code diag.Code, message, hint string) {
	if len(r.list) < maxFaults {
		r.list.Add(r.file.At(r.clamp(start), r.clamp(end), code, message, hint))
	}
}

func (r *reader) clamp(offset int) int { return max(r.start, min(offset, r.end)) }

// maxFaults is how many faults of one file are gathered: a file of a million unknown
// keys is one mistake, not a million.
const maxFaults = 200

// find returns the place of a key among the fields of a table.
func (r *reader) find(table *Value, key string) (int, bool) {
	const small = 8
	if len(table.Fields) <= small {
		for i := range table.Fields {
			if table.Fields[i].Key == key {
				return i, true
			}
		}
		return 0, false
	}
	keys := r.index[table]
	if keys == nil {
		keys = map[string]int{}
		r.index[table] = keys
	}
	for i := len(keys); i < len(table.Fields); i++ {
		keys[table.Fields[i].Key] = i
	}
	i, ok := keys[key]
	return i, ok
}

// add appends a field, or reports that the key stands there already.
func (r *reader) add(table *Value, field Field) bool {
	if i, ok := r.find(table, field.Key); ok {
		r.duplicate(field.Key, field.Start, field.End, table.Fields[i].Start, keepOne)
		return false
	}
	table.Fields = append(table.Fields, field)
	return true
}

const keepOne = "keep one of the two"

func (r *reader) duplicate(key string, start, end, first int, hint string) {
	if len(r.list) >= maxFaults {
		return
	}
	at := r.file.Position(first)
	r.list.Add(r.file.At(start, end, diag.RecordDuplicateKey, fmt.Sprintf("the key %q stands here a second time", key),
		hint).Also(r.file.Path, at, "the first is here"))
}

func (r *reader) tooDeep(start, end int) {
	r.fault(start, end, diag.RecordTooDeep, fmt.Sprintf("this nests more than %d levels deep", MaxDepth), "no setting nests so deep: flatten it")
}
