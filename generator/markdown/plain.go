package markdown

import (
	"bytes"
	gohtml "html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// escape makes text safe between tags and in quoted attributes. Line ends become
// one newline, so that a file saved with CRLF gives the same page.
func escape(text string) string {
	at := strings.IndexAny(text, "&<>\"\r\x00")
	if at < 0 {
		return text
	}
	out := append(make([]byte, 0, len(text)+32), text[:at]...)
	for ; at < len(text); at++ {
		switch c := text[at]; c {
		case '&':
			out = append(out, "&amp;"...)
		case '<':
			out = append(out, "&lt;"...)
		case '>':
			out = append(out, "&gt;"...)
		case '"':
			out = append(out, "&quot;"...)
		case 0:
			out = append(out, "\ufffd"...)
		case '\r':
			if !strings.HasPrefix(text[at+1:], "\n") {
				out = append(out, '\n')
			}
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// newlined makes one newline of each line end.
func newlined(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return newlines.Replace(text)
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// appendUnescaped appends what unescape returns.
func appendUnescaped(out, source []byte) []byte {
	if isLiteral(source) {
		return append(out, source...)
	}
	return append(out, unescape(source)...)
}

// isLiteral tells whether a text holds nothing to resolve.
func isLiteral(source []byte) bool {
	return bytes.IndexByte(source, '&') < 0 && bytes.IndexByte(source, '\\') < 0 && bytes.IndexByte(source, 0) < 0
}

// unescape resolves backslashes and entities, by goldmark's own rules.
func unescape(source []byte) string {
	if isLiteral(source) {
		return string(source)
	}
	var out buffer
	html.DefaultWriter.Write(&out, source)
	return gohtml.UnescapeString(out.String())
}

// plain is the text of a node's inline children: no marks, no citations, runs of
// space as one.
func (w *writer) plain(n ast.Node) string {
	w.scratch = w.appendPlain(w.scratch[:0], n, 0)
	return oneLine(w.scratch)
}

// oneLine is a text with its runs of space as one, and none at its ends. It may
// change the bytes it is given.
func oneLine(text []byte) string {
	first, space := 0, true // where something is to change; before the text is space, too
	for ; first < len(text) && text[first] > ' ' && text[first] < utf8.RuneSelf || first < len(text) && text[first] == ' ' && !space; first++ {
		space = text[first] == ' '
	}
	if first == len(text) {
		return strings.TrimSuffix(string(text), " ")
	}
	if slices.ContainsFunc(text[first:], func(b byte) bool { return b >= utf8.RuneSelf }) {
		return strings.Join(strings.Fields(string(text)), " ") // knows the spaces of Unicode
	}
	kept := first
	for _, b := range text[first:] {
		switch {
		case b != ' ' && b != '\t' && b != '\n' && b != '\v' && b != '\f' && b != '\r':
			text[kept] = b
			kept++
		case kept > 0 && text[kept-1] != ' ':
			text[kept] = ' '
			kept++
		}
	}
	return strings.TrimSuffix(string(text[:kept]), " ")
}

func (w *writer) appendPlain(out []byte, n ast.Node, depth int) []byte {
	if depth > maxInlineDepth {
		panic(tooDeep(w.source, max(0, n.Pos()), "emphasis and links"))
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			out = appendUnescaped(out, child.Segment.Value(w.source))
			if child.SoftLineBreak() || child.HardLineBreak() {
				out = append(out, ' ')
			}
		case *ast.String:
			out = append(out, child.Value...)
		case *ast.CodeSpan:
			out = append(out, w.codeSpan(child)...)
		case *ast.AutoLink:
			out = append(out, child.Label(w.source)...)
		case *citation:
			if child.fault != nil {
				out = append(out, w.source[child.start:child.end]...)
			} else if _, ok := child.PreviousSibling().(*ast.Text); ok {
				out = bytes.TrimRight(out, " ")
			}
		case *missingFootnote:
			out = append(out, w.source[child.start:child.end]...)
		case *ast.RawHTML, *extast.FootnoteLink, *extast.FootnoteBacklink, *extast.TaskCheckBox:
		default:
			out = w.appendPlain(out, child, depth+1)
		}
	}
	return out
}

// codeSpan is the text of a code span: its lines joined by spaces.
func (w *writer) codeSpan(n *ast.CodeSpan) string {
	var out strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if text, ok := child.(*ast.Text); ok {
			value := text.Segment.Value(w.source)
			line := bytes.TrimSuffix(bytes.TrimSuffix(value, []byte("\n")), []byte("\r"))
			out.Write(line)
			if len(line) < len(value) && value[len(value)-1] == '\n' {
				out.WriteByte(' ')
			}
		}
	}
	return out.String()
}
