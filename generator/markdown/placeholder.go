package markdown

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"

	"cairn/generator/diag"
)

// A golden path is a page whose code is made of templates: @{name} or @{name|filter}
// stands for what a reader fills in, @@{ for @{ itself. The placeholders are found
// here, before highlighting: a highlighter that saw them would cut them apart. What
// the names mean is the business of package goldenpath.

// A Piece of a template is literal text, or a placeholder if Name is set. Text is then
// what was written. Start and End enclose a placeholder: in the text that was split, or
// in the file for the pieces of an article.
type Piece struct {
	Text         string
	Name, Filter string
	Start, End   int
}

// A PlaceholderFault is what is wrong with a placeholder, with offsets in the text.
type PlaceholderFault struct {
	Start, End    int
	Message, Hint string
}

// SplitTemplate cuts a text at its placeholders. A placeholder that cannot be read is
// left as text, with a fault.
func SplitTemplate(text string) ([]Piece, []PlaceholderFault) {
	var pieces []Piece
	var faults []PlaceholderFault
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			pieces = append(pieces, Piece{Text: literal.String()})
			literal.Reset()
		}
	}
	for i := 0; i < len(text); {
		next := strings.IndexByte(text[i:], '@')
		if next < 0 {
			literal.WriteString(text[i:])
			break
		}
		literal.WriteString(text[i : i+next])
		i += next
		switch {
		case strings.HasPrefix(text[i:], "@@{"):
			literal.WriteString("@{")
			i += 3
		case strings.HasPrefix(text[i:], "@{"):
			piece, length, message := readPlaceholder(text[i:])
			if message != "" {
				faults = append(faults, PlaceholderFault{i, i + length, message,
					"a placeholder is written @{name} or @{name|filter}; for the signs themselves write @@{"})
				literal.WriteString(text[i : i+2])
				i += 2
				continue
			}
			flush()
			piece.Start, piece.End = i, i+length
			pieces = append(pieces, piece)
			i += length
		default:
			literal.WriteByte('@')
			i++
		}
	}
	flush()
	return pieces, faults
}

// readPlaceholder reads the placeholder that a text begins with.
func readPlaceholder(text string) (piece Piece, length int, wrong string) {
	line, _, _ := strings.Cut(text, "\n")
	end := strings.IndexByte(line, '}')
	if end < 0 {
		return Piece{}, len(line), "this placeholder is not closed: } is missing"
	}
	name, filter, filtered := strings.Cut(text[2:end], "|")
	if !isIDName(name) {
		return Piece{}, end + 1, fmt.Sprintf("%q cannot be the name of a parameter", clip(name))
	}
	if filtered && !isIDName(filter) {
		return Piece{}, end + 1, fmt.Sprintf("%q cannot be the name of a filter", clip(filter))
	}
	return Piece{Text: text[:end+1], Name: name, Filter: filter}, end + 1, ""
}

// addCode adds a piece of code to the article, with its placeholders.
func (w *writer) addCode(code Code, text string, at func(offset int) int) int {
	pieces, faults := SplitTemplate(text)
	for _, f := range faults {
		w.fault(at(f.Start), at(f.End-1)+1, diag.PathPlaceholder, f.Message, f.Hint)
	}
	code.Text, code.Pieces, code.Section = text, pieces, w.section
	w.article.Codes = append(w.article.Codes, code)
	index := len(w.article.Codes) - 1
	for i := range pieces {
		if piece := &pieces[i]; piece.Name != "" {
			piece.Start, piece.End = w.base+at(piece.Start), w.base+at(piece.End-1)+1
		}
	}
	return index
}

// slotGrowth is what the mark of a placeholder adds to a page, without its value.
const slotGrowth = 64

// slot writes the hole of one placeholder.
func (w *writer) slot(code, piece int) {
	w.article.Slots = append(w.article.Slots, Slot{code, piece})
	w.checkGrowth(slotGrowth)
	w.hole(SlotHole, len(w.article.Slots)-1)
}

// A standIn is where a placeholder stands in the text that is highlighted.
type standIn struct{ start, end, piece int }

// standIns joins pieces to a text that can be highlighted: a placeholder is one letter
// of the private plane, which no highlighter takes for anything. Where it stands is
// known by its offset, so the same letter in the code itself is no placeholder.
func standIns(pieces []Piece) (text string, places []standIn) {
	var b strings.Builder
	for i, piece := range pieces {
		if piece.Name == "" {
			b.WriteString(piece.Text)
			continue
		}
		start := b.Len()
		b.WriteString("\U000F0000")
		places = append(places, standIn{start, b.Len(), i})
	}
	return b.String(), places
}

// templateCode writes highlighted code with its holes.
func (w *writer) templateCode(code int, language string, look lineLook) {
	text, places := standIns(w.article.Codes[code].Pieces)
	offset := 0
	w.highlighted(highlight(strings.TrimSuffix(text, "\n"), language), look, func(text string) {
		for text != "" {
			if len(places) == 0 || places[0].start >= offset+len(text) {
				w.out.WriteString(escape(text))
				offset += len(text)
				return
			}
			place := places[0]
			before := place.start - offset
			w.out.WriteString(escape(text[:before]))
			w.slot(code, place.piece)
			text = text[before+place.end-place.start:]
			offset, places = place.end, places[1:]
		}
	}, func() { offset++ })
}

// spanTemplate writes a code span with its holes.
func (w *writer) spanTemplate(n *ast.CodeSpan, text string) {
	// As codeSpan joins them: a line of the source, and a space for its end.
	var starts, ends []int
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		line, ok := child.(*ast.Text)
		if !ok {
			continue
		}
		value := line.Segment.Value(w.source)
		length := len(bytes.TrimSuffix(value, []byte("\n")))
		if length < len(value) {
			length = len(bytes.TrimSuffix(value[:length], []byte("\r"))) + 1
		} else {
			length = len(bytes.TrimSuffix(value, []byte("\r")))
		}
		if len(ends) > 0 {
			length += ends[len(ends)-1]
		}
		starts, ends = append(starts, line.Segment.Start), append(ends, length)
	}
	at := func(offset int) int {
		i := min(sort.Search(len(ends), func(i int) bool { return ends[i] > offset }), len(ends)-1)
		if i > 0 {
			offset -= ends[i-1]
		}
		return starts[i] + offset
	}
	start := w.base + starts[0]
	code := w.addCode(Code{Span: true, Start: start, End: start, First: start}, text, at)
	w.out.WriteString("<code>")
	for i, piece := range w.article.Codes[code].Pieces {
		if piece.Name == "" {
			w.out.WriteString(escape(piece.Text))
		} else {
			w.slot(code, i)
		}
	}
	w.out.WriteString("</code>")
}
