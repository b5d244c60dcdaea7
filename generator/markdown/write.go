package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"cairn/generator/diag"
)

// A writer walks goldmark's tree once and writes the article. It writes every
// element itself; none of goldmark's renderers is used.
type writer struct {
	file    *diag.File
	base    int // offset of source in the file
	source  []byte
	options Options
	words   Words
	guard   *guard

	article Article
	faults  diag.List
	out     buffer
	text    bytes.Buffer
	scratch []byte // of plain
	room    *room
	// grown counts what holes will hold, towards the limit of the output.
	grown  int
	ids    *ids
	chosen map[ast.Node]string // ids that authors wrote
	inLink bool
	level  int // of the last heading
	// section is the id of the last heading of level 2.
	section string
	// regions are those that are open, named all that there are.
	regions []openRegion
	named   map[string]bool
}

// A buffer is a bytes.Buffer that goldmark's text writer accepts.
type buffer struct{ bytes.Buffer }

func (*buffer) Buffered() int { return 0 }
func (*buffer) Flush() error  { return nil }

// maxInlineDepth is how deep emphasis and links may be nested. goldmark's tree has
// two levels for one of strong emphasis inside emphasis.
const maxInlineDepth = maxNesting

// document writes the whole text.
func (w *writer) document(document *ast.Document) {
	w.ids = newIDs()
	w.level = 1 // the page's title
	w.collectChosenIDs(document)
	for child := document.FirstChild(); child != nil; child = child.NextSibling() {
		w.block(child)
		if heading, ok := child.(*ast.Heading); ok && heading.Level == 1 && w.opens(child) {
			w.flush()
			w.article.Opening = len(w.article.Parts)
		}
	}
	for _, note := range w.guard.unused {
		w.fault(note.Pos(), note.Pos()+len(note.Ref)+3, diag.MarkdownUnusedFootnote,
			"nothing calls the footnote "+quoted(note.Ref), "put its mark [^"+string(note.Ref)+"] into the text, or delete it")
	}
	w.flush()
	w.closeRegions()
	for _, part := range w.article.Parts {
		w.article.Size += len(part.HTML)
	}
	w.article.Text = strings.TrimSuffix(w.text.String(), "\n")
	w.article.Words = countWords(w.article.Text)
	w.checkGrowth(0)
	w.checkFigures(document)
}

func countWords(text string) int {
	words, inWord := 0, false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if space := r == ' ' || r == '\n' || (r < ' ' || r > '~') && unicode.IsSpace(r); space {
			inWord = false
		} else if !inWord {
			inWord = true
			words++
		}
		i += size
	}
	return words
}

// opens tells whether a heading is the first thing on the page that is shown.
func (w *writer) opens(heading ast.Node) bool {
	for n := heading.PreviousSibling(); n != nil; n = n.PreviousSibling() {
		if _, definition := n.(*ast.LinkReferenceDefinition); definition {
			continue
		}
		if html, ok := n.(*ast.HTMLBlock); ok && isComment(w.lines(html)) {
			continue
		}
		return false
	}
	return true
}

func quoted(text []byte) string { return `"` + clip(string(text)) + `"` }

// maxFaults is how many faults of one page are told. More say nothing new, and
// finding the column of each in one endless line would take forever.
const maxFaults = 200

// fault adds a diagnostic at offsets in the source.
func (w *writer) fault(start, end int, code diag.Code, message, hint string) {
	if len(w.faults) >= maxFaults {
		return
	}
	w.faults.Add(w.file.At(w.base+max(0, start), w.base+max(0, end), code, message, hint))
}

func (w *writer) report(faults ...fault) {
	for _, f := range faults {
		w.fault(f.start, f.end, f.code, f.message, f.hint)
	}
}

// flush ends the literal part that is being written.
func (w *writer) flush() {
	if w.out.Len() > 0 {
		w.article.Parts = append(w.article.Parts, Part{HTML: w.out.String()})
		w.grown += w.out.Len()
		w.out.Reset()
	}
}

// hole writes a hole.
func (w *writer) hole(kind HoleKind, index int) {
	w.flush()
	w.article.Parts = append(w.article.Parts, Part{Hole: kind, Index: index})
}

// checkGrowth stops a page that grows far beyond its text: a long address that is
// defined once and used a million times. more is what a new hole holds.
func (w *writer) checkGrowth(more int) {
	w.grown += more
	if w.grown+w.out.Len()+w.text.Len() > maxGrowth*len(w.source)+slack {
		panic(&stop{
			start: 0, end: 0, code: diag.MarkdownTooMuchOutput,
			message: "the page would be more than 50 times as large as its text",
			hint:    "look for a long address or a wide table row that is repeated very often",
		})
	}
}

// say adds a line to the article's plain text.
func (w *writer) say(text string) {
	if text != "" {
		w.text.WriteString(text)
		w.text.WriteByte('\n')
	}
}

// block writes one block. Depth is limited by the guard.
func (w *writer) block(n ast.Node) {
	w.checkGrowth(0)
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.Paragraph:
		w.paragraph(n)
	case *ast.TextBlock:
		w.say(w.plain(n))
		w.inlineOrTask(n)
		if n.NextSibling() != nil {
			w.out.WriteByte('\n')
		}
	case *ast.ThematicBreak:
		w.out.WriteString("<hr>\n")
	case *ast.Blockquote:
		w.blockquote(n)
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.listItem(n)
	case *ast.FencedCodeBlock:
		w.fence(n)
	case *ast.CodeBlock:
		w.code(w.lines(n), "", "", lineLook{})
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.LinkReferenceDefinition:
	case *directive:
		w.directive(n)
	case *enclosure:
		w.enclosure(n)
	case *extast.Table:
		w.table(n)
	case *extast.DefinitionList:
		w.element("dl", n)
	case *extast.DefinitionTerm:
		w.say(w.plain(n))
		w.out.WriteString("<dt>")
		w.inlines(n)
		w.out.WriteString("</dt>\n")
	case *extast.DefinitionDescription:
		w.out.WriteString("<dd>")
		if !n.IsTight {
			w.out.WriteByte('\n')
		}
		w.blocks(n)
		w.out.WriteString("</dd>\n")
	case *extast.FootnoteList:
		w.footnotes(n)
	default:
		w.blocks(n)
	}
}

func (w *writer) blocks(parent ast.Node) {
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		w.block(child)
	}
}

func (w *writer) element(name string, n ast.Node) {
	w.out.WriteString("<" + name + ">\n")
	w.blocks(n)
	w.out.WriteString("</" + name + ">\n")
}

// lines is the source text of a block that is not inline text. Line ends are as
// in the file.
func (w *writer) lines(n ast.Node) string {
	var out strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		out.Write(line.Value(w.source))
	}
	if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
		out.Write(html.ClosureLine.Value(w.source))
	}
	return out.String()
}
