package markdown

import "reflect"

// An Article is what one Markdown text says: its body as literal HTML with holes,
// and everything that another part of the site may ask about it. It is plain data,
// a pure function of the file's bytes and the options; package memory writes it and
// reads it back equal. All Start and End are byte offsets in the file.
//
// Ask Body for Parts and Text, AllHeadings and AllLinks for the rest of what is written: a
// site of many pages keeps the first elsewhere, and packs the others.
type Article struct {
	*Written
	*Seldom
	// See packed.go.
	PackedHeadings, PackedLinks string

	Words int
	// Code and Tabs tell whether the text itself has blocks of code, and tabs: a script
	// improves each.
	Code, Tabs bool
	// Size is how many bytes of HTML the parts hold.
	Size int
	// kept gives the body back, if it is kept elsewhere. name is a hash of all that the
	// article depends on then, file where it was read.
	kept       func(name, file string) (Body, error)
	name, file string
}

// Written is what was made of the text. Articles that are kept and packed share one that is
// empty.
type Written struct {
	// Parts is the body, in order.
	Parts    []Part
	Headings []Heading
	// Links is every link but those between a footnote and its mark.
	Links []Link
	// Text is the plain text, block by block, one per line, code included: for counting.
	// It is not kept.
	Text string
}

// Seldom is what few articles have. Those of Parse without it share one that is empty.
type Seldom struct {
	// Opening is how many of Parts, from the first, are the level-1 heading that
	// opens the text; 0 if it opens otherwise. The heading is then Headings[0].
	Opening int
	// Lead is the plain text of the first paragraph.
	Lead   string
	Images []Image
	Cites  []Cite
	Blocks []Block
	// Codes and Slots are those of a golden path, in order; see placeholder.go.
	Codes []Code
	Slots []Slot
	// Regions are those that can be included alone; Notes counts the marks of footnotes.
	Regions []Region
	Notes   int
}

var (
	noWritten Written
	noSeldom  Seldom
)

// Share puts what is shared in the place of what is empty or not there.
func (a *Article) Share() {
	if a.Written == nil || reflect.ValueOf(a.Written).Elem().IsZero() {
		a.Written = &noWritten
	}
	if a.Seldom == nil || reflect.ValueOf(a.Seldom).Elem().IsZero() {
		a.Seldom = &noSeldom
	}
}

// A Body is the large part of an article.
type Body struct{ Parts []Part }

// Body returns the article's Parts, from where they are kept.
func (a *Article) Body() (Body, error) {
	if a.kept != nil {
		return a.kept(a.name, a.file)
	}
	return Body{a.Parts}, nil
}

// Keep packs the article and takes Parts and Text out of it. From now on get is asked for
// them, with the name, which is a hash of all that the article depends on, and the file.
func (a *Article) Keep(name, file string, get func(name, file string) (Body, error)) {
	if a.Written != &noWritten {
		a.Pack()
		a.Written = &noWritten
	}
	a.name, a.file, a.kept = name, file, get
}

// Name returns what Keep was given: articles of one name are equal. It is empty for an
// article that holds its body.
func (a *Article) Name() string { return a.name }

// A HoleKind says what a part is.
type HoleKind int

const (
	// Literal is finished HTML.
	Literal HoleKind = iota
	// LinkOpen and LinkClose stand for <a …> and </a>. They come in pairs, never
	// one pair inside another.
	LinkOpen
	LinkClose
	ImageHole
	CiteHole
	BlockHole
	// CodeHole stands for <figure …> and its caption, SlotHole for a placeholder.
	CodeHole
	SlotHole
)

// A Part is a piece of the body: HTML if Hole is Literal; otherwise a hole, and
// Index is into Links, Images, Cites, Blocks, Codes or Slots.
type Part struct {
	HTML  string
	Hole  HoleKind
	Index int
}

// A Heading's ID is unique on the page. Start and End enclose its text.
type Heading struct {
	Level      int
	ID, Text   string
	Start, End int
	// Step is true for a section of a golden path that has code: it can be ticked.
	Step bool
}

// A Link's Destination is what the author meant: backslashes and entities are
// resolved, nothing is percent-encoded. It is never empty, and its scheme is
// http, https, mailto, tel or none. Start and End enclose the destination; for a
// link by reference, the destination in its definition.
type Link struct {
	Destination string
	Title       string
	Text        string
	Start, End  int
}

// An Image's Source is like a Link's Destination; its scheme is http, https or none.
type Image struct {
	Source, Alt, Title string
	Start, End         int
}

// A Cite names a source of the registry and a place in it. Source Own marks a
// figure as this site's own derivation.
type Cite struct {
	Source, Locator string
	Start, End      int
}

// Own is the source of a figure that this site derived itself: [@own].
const Own = "own"

// A Block is a directive: it places something on the page. Its attributes are
// known ones of the right type.
type Block struct {
	Name       string
	Attributes map[string]string
	Start, End int
}

// A Code is code on the page of a golden path, a block or a span: a template.
type Code struct {
	// File and When are what the braces say, as written; empty if they do not.
	File, When string
	Title      string
	Language   string
	// Text is the code as it is written, its lines ended by \n; Pieces is what it holds.
	Text   string
	Pieces []Piece
	// Section is the id of the heading of level 2 that it stands under.
	Section string
	Span    bool
	// FileStart and WhenStart are where these values begin, Start and End enclose the
	// line that opens the block, First is where its text begins.
	FileStart, WhenStart int
	Start, End, First    int
}

// A Slot is one placeholder: an index into Codes, and one into its Pieces.
type Slot struct{ Code, Piece int }
