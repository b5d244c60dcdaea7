package diag

import (
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
)

// Format is a way to print a list of faults.
type Format string

const (
	Text   Format = "text"   // for people: the source line, a caret, the hint
	JSON   Format = "json"   // for programs
	SARIF  Format = "sarif"  // for code scanners, version 2.1.0
	GitHub Format = "github" // annotations of a workflow's log
)

// Formats is every format there is.
func Formats() []Format { return []Format{Text, JSON, SARIF, GitHub} }

// PrintOptions are what printing depends on besides the list.
type PrintOptions struct {
	// Colour marks severities and carets for a terminal; in text alone.
	Colour bool
	// Prefix leads from where the reader stands to the project's folder. Text and
	// annotations name files with it, so that they can be opened from there.
	Prefix string
	// Width is the terminal's, in columns; 0 for none. Text keeps to it.
	Width int
}

// Print writes the whole list, sorted by place.
func Print(w io.Writer, list List, format Format, options PrintOptions) error {
	list = list.Sorted()
	switch format {
	case Text:
		return printText(w, list, options)
	case JSON:
		return printJSON(w, list)
	case SARIF:
		return printSARIF(w, list)
	case GitHub:
		return printGitHub(w, list, options)
	}
	return fmt.Errorf("no format %q", format)
}

// from returns a path of the project as seen from where the reader stands.
func (o PrintOptions) from(name string) string {
	if o.Prefix == "" {
		return name
	}
	return path.Join(o.Prefix, name)
}

// printable replaces what would move a terminal's cursor, change its colours or
// turn the direction of a line: files are not trusted, and their lines are shown.
// Each replacement is one character, so columns stay true.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case r < ' ':
			return r + '\u2400' // its picture
		case r == 0x7f:
			return '\u2421'
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// Summary counts a list in words: "1 error, 2 warnings", or "no faults".
func (l List) Summary() string {
	errors, warnings := l.Count()
	switch {
	case errors == 0 && warnings == 0:
		return "no faults"
	case warnings == 0:
		return plural(errors, "error")
	case errors == 0:
		return plural(warnings, "warning")
	}
	return plural(errors, "error") + ", " + plural(warnings, "warning")
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
