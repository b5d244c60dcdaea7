// Package diag is the one engine of diagnostics. A diagnostic is data: a stable
// code, a place, one plain sentence, the source line and how to write it right.
// Parsers gather diagnostics in a List; only the command prints them.
//
// Severity belongs to the code and stands in the table of codes.go.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Severity says whether a site with this fault may be published.
type Severity int

const (
	// Warning: published, with a gap.
	Warning Severity = iota
	// Error: it cannot be rendered as meant, or would mislead.
	Error
)

func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Code names a kind of fault for good: "link/missing-page".
type Code string

// A Related place belongs to the diagnostic: the other page on the same address,
// the first use of an id.
type Related struct {
	Path    string
	Start   Position
	Message string
}

// A Diagnostic is one fault in the author's files.
type Diagnostic struct {
	Code     Code
	Severity Severity
	// Path is relative to the project, with slashes.
	Path string
	// Start and End are on one line; both zero for the file as a whole.
	Start, End Position
	// Line is the text of the source line, without its line end.
	Line string
	// Message is one sentence: what is wrong. Hint is how to write it right.
	Message string
	Hint    string
	Related []Related
}

// Place returns path:line:column, or the path alone.
func (d Diagnostic) Place() string {
	if d.Start.Line == 0 {
		return d.Path
	}
	return fmt.Sprintf("%s:%d:%d", d.Path, d.Start.Line, d.Start.Column)
}

func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Place(), d.Severity, d.Message, d.Code)
}

// Also adds a related place and returns the diagnostic.
func (d Diagnostic) Also(path string, at Position, message string) Diagnostic {
	d.Related = append(slices.Clone(d.Related), Related{path, at, message})
	return d
}

// A List is the faults of a site. It is an error, so that a function that makes
// bytes can return it; unwrap it with Of.
type List []Diagnostic

func (l List) Error() string {
	if len(l) == 0 {
		return "no faults"
	}
	lines := make([]string, len(l))
	for i, d := range l {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}

// Err returns the list as an error, or nil if it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Of returns the list inside an error, if there is one.
func Of(err error) (List, bool) {
	var list List
	ok := errors.As(err, &list)
	return list, ok
}

// Add appends one diagnostic.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// HasErrors tells whether the list keeps the site from being published.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Count returns the number of errors and of warnings.
func (l List) Count() (errors, warnings int) {
	for _, d := range l {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// Sorted returns the list by place, then code, then message, without repetition.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Start.Line, b.Start.Line),
			cmp.Compare(a.Start.Column, b.Start.Column),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(sorted, func(a, b Diagnostic) bool {
		return a.Path == b.Path && a.Start == b.Start && a.Code == b.Code && a.Message == b.Message
	})
}

// Strict returns the list with every warning raised to an error.
func (l List) Strict() List {
	raised := slices.Clone(l)
	for i := range raised {
		raised[i].Severity = Error
	}
	return raised
}
