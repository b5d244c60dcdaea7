package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A missingFootnote is a mark [^label] whose footnote is not on the page.
type missingFootnote struct {
	ast.BaseInline
	start, end int
}

var kindMissingFootnote = ast.NewNodeKind("MissingFootnote")

func (*missingFootnote) Kind() ast.NodeKind        { return kindMissingFootnote }
func (m *missingFootnote) Dump(src []byte, at int) { ast.DumpHelper(m, src, at, nil, nil) }

// missingFootnoteParser comes after goldmark's parser of footnote marks, so it
// sees those that have no definition.
type missingFootnoteParser struct{}

func (missingFootnoteParser) Trigger() []byte { return []byte{'['} }

func (missingFootnoteParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 4 || line[1] != '^' {
		return nil
	}
	closing := bytes.IndexAny(line[2:min(len(line), 80)], "[] \t\r\n`<\\")
	if closing < 1 || line[2+closing] != ']' {
		return nil
	}
	end := 2 + closing + 1
	if end < len(line) && (line[end] == '(' || line[end] == '[') {
		return nil // a link whose text begins with ^
	}
	block.Advance(end)
	start := segment.Start - segment.Padding
	return &missingFootnote{start: start, end: start + end}
}

// unusedFootnotes notes the footnotes without a mark before goldmark drops them.
type unusedFootnotes struct{}

func (unusedFootnotes) Transform(document *ast.Document, _ text.Reader, pc parser.Context) {
	g := guardOf(pc)
	if g.defined == 0 {
		return
	}
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if note, ok := n.(*extast.Footnote); ok && entering && note.Index < 0 {
			g.unused = append(g.unused, note)
		}
		return ast.WalkContinue, nil
	})
}

// letters numbers footnotes a, b, … z, aa, ab: figures are for citations.
func letters(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('a'+(n-1)%26)) + name
	}
	return name
}
