// Package goldenpath holds golden paths: pages whose code is the template of files that
// a reader fills in with a few values.
//
// A path goes through stages. Parse compiles what a page's front matter declares and
// what its code says to a *Path, plain data that package memory writes and reads back.
// Make turns values into files; it is pure, and a browser computes the same bytes with
// the same data (themes/default/client/path/make.ts). Verify makes a path with its
// defaults, its examples and hostile values, and says what does not come out right.
//
// The contract of safety: a value reaches a file either bare, when its pattern is narrow
// enough to be safe in any format, or through a filter that writes one complete quoted
// scalar. Nothing else is possible, whatever the page says, and no value can name a file
// outside the folder that the files are for.
package goldenpath

import (
	"cairn/generator/expr"
)

// The types of parameters.
const (
	Text   = "text"
	Choice = "choice"
	Number = "number"
	YesNo  = "yes-no"
	Secret = "secret"
)

// A Path is a golden path, compiled.
type Path struct {
	// Name is that of the published file and of the command line: "new-service".
	Name, Title, Description string
	Version                  int
	// Takes, Stage, Gives and Decides are words for readers. Level is that of
	// maturity, or -1.
	Takes, Stage   string
	Level          int
	Gives, Decides []string
	Parameters     []Parameter
	Derived        []Derived
	Examples       []Example
	// Blocks are all code of the page, those without a file included: Blocks[i] is of
	// the article's Codes[i].
	Blocks []Block
}

// A Parameter is what a reader fills in.
type Parameter struct {
	Name, Label, Type string
	Help              string
	// Default is the value when nothing else is said; a secret has none.
	Default  string
	Required bool
	// Wide is true for text that may hold more than small letters, digits and hyphens:
	// it reaches a file only through a filter.
	Wide bool
	// Pattern is the regular expression of the whole value; empty for the narrow one.
	Pattern string
	// Most is how many letters a text may have.
	Most    int
	Options []string
	// Low and High bound a number, as written; empty if they do not. Places is how many
	// decimal places it may have.
	Low, High string
	Places    int
}

// Derived is a value that follows from the parameters.
type Derived struct {
	Name string
	Node *expr.Node
	// Written is the expression. Places rounds a number.
	Written string
	Places  int
}

// A Block is code of the page: a template.
type Block struct {
	// File is the template of the file's name; none for code that is only shown.
	File []Piece
	// When holds or not; nil means always.
	When   *expr.Node
	Pieces []Piece
	// WrittenFile, WrittenWhen and WrittenText are these as the author wrote them.
	WrittenFile, WrittenWhen, WrittenText string
	// Section is the id of the step it stands under.
	Section string
	// First is where its text begins in the page's file, in bytes.
	First int
}

// A Piece is literal text, or a value: Of is then an index into Names, and Filter how it
// is written.
type Piece struct {
	Text   string
	Of     int // -1 for literal text
	Filter string
}

// An Example is values that the path is tried with.
type Example struct {
	Title  string
	Values map[string]string
	Expect []Expectation
	// Start and End enclose the example in the page's file.
	Start, End int
}

// An Expectation is what an example must give: the file holds a text, is a text, or is
// not made.
type Expectation struct {
	File       string
	Holds, Is  string
	Absent     bool
	Start, End int
}

// Names are the names of the parameters and then of the derived values.
func (p *Path) Names() []string {
	names := make([]string, 0, len(p.Parameters)+len(p.Derived))
	for i := range p.Parameters {
		names = append(names, p.Parameters[i].Name)
	}
	for i := range p.Derived {
		names = append(names, p.Derived[i].Name)
	}
	return names
}

// Parameter returns a parameter by its name, or nil.
func (p *Path) Parameter(name string) *Parameter {
	for i := range p.Parameters {
		if p.Parameters[i].Name == name {
			return &p.Parameters[i]
		}
	}
	return nil
}
