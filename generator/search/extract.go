package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"cairn/generator/markup"
)

// Sections reads the text of a page's <main>, cut at each heading, row of a table and
// question that can be led to.
func Sections(main *markup.Node) []Section {
	if main == nil {
		return nil
	}
	r := reader{sections: []Section{{}}}
	r.read(main)
	r.flush()
	kept := r.sections[:0]
	for _, section := range r.sections {
		// The list of sources repeats the registry on each page.
		if section.Anchor != "page-sources" && (section.Heading != "" || section.Text != "") {
			kept = append(kept, section)
		}
	}
	return kept
}

type reader struct {
	sections []Section
	text     strings.Builder
	// heading is the element whose text is the section's heading, under the anchor of
	// the heading that stands above.
	heading atom.Atom
	under   string
}

// left out: the frame, what is drawn, and what repeats the list of sources.
var skipped = map[atom.Atom]bool{
	atom.Nav: true, atom.Script: true, atom.Style: true, atom.Svg: true, atom.Button: true, atom.Template: true, atom.Noscript: true,
	atom.Select: true, atom.Textarea: true, atom.Progress: true,
}

func (r *reader) read(node *markup.Node) {
	if node.Text {
		r.text.WriteString(node.Data)
		return
	}
	if !r.begins(node) {
		return
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		r.read(child)
	}
	if empty[node.Name] {
		return
	}
	if node.Name == r.heading && node.Name != 0 {
		r.last().Heading = spaced(r.text.String())
		r.text.Reset()
		r.heading = 0
	}
	switch node.Name {
	case atom.Table, atom.Fieldset: // what follows belongs to the heading above again
		r.begin(r.under)
	}
	if !inLine[node.Name] {
		r.text.WriteByte(' ')
	}
}

// begins reads the tag of an element, and tells whether to read what is in it.
func (r *reader) begins(node *markup.Node) bool {
	id, class, hidden := attributes(node)
	switch {
	case skipped[node.Name] || hidden && !empty[node.Name] || class == "cite" || class == "facts" || strings.HasPrefix(class, "sidenote"), // figures without a sentence
		r.heading == atom.Legend && class == "muted": // which question it is, of how many
		return false
	case isHeading(node.Name) || node.Name == atom.Legend && r.heading == 0:
		// The id of a question stands on its fieldset, that of a heading on itself.
		if r.pendingAnchor() != "" && id == "" {
			id = r.pendingAnchor()
		}
		r.begin(id)
		r.heading = node.Name
		if node.Name != atom.Legend {
			r.under = id
		}
	case (node.Name == atom.Tr || node.Name == atom.Fieldset || node.Name == atom.Section) && id != "":
		r.begin(id)
	}
	if !inLine[node.Name] {
		r.text.WriteByte(' ')
	}
	return true
}

var empty = map[atom.Atom]bool{atom.Img: true, atom.Input: true, atom.Br: true, atom.Hr: true, atom.Source: true, atom.Wbr: true, atom.Link: true, atom.Meta: true}

// Elements that do not part words.
var inLine = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Em: true, atom.I: true, atom.Strong: true, atom.Code: true, atom.Span: true, atom.Mark: true, atom.Abbr: true, atom.Sub: true, atom.Sup: true, atom.Wbr: true,
}

func isHeading(element atom.Atom) bool {
	switch element {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func attributes(node *markup.Node) (id, class string, hidden bool) {
	for _, attribute := range node.Attributes {
		switch attribute.Key {
		case "id":
			id = attribute.Value
		case "class":
			class = attribute.Value
		case "hidden":
			hidden = true
		case "aria-hidden":
			hidden = attribute.Value == "true"
		}
	}
	return id, class, hidden
}

func (r *reader) last() *Section { return &r.sections[len(r.sections)-1] }

// pendingAnchor is that of a section that has neither heading nor text yet.
func (r *reader) pendingAnchor() string {
	if last := r.last(); last.Heading == "" && last.Text == "" && strings.TrimSpace(r.text.String()) == "" {
		return last.Anchor
	}
	return ""
}

// begin ends the section before and begins one. Text before the first heading with an
// id belongs to the page.
func (r *reader) begin(id string) {
	r.flush()
	if last := r.last(); last.Heading == "" && last.Text == "" {
		last.Anchor = id
		return
	}
	r.sections = append(r.sections, Section{Anchor: id})
}

func (r *reader) flush() {
	text := spaced(r.text.String())
	r.text.Reset()
	if text == "" {
		return
	}
	last := r.last()
	if last.Text != "" {
		text = last.Text + " " + text
	}
	last.Text = text
}

// spaced makes one space of all that stands between words, and none of what stands at the
// ends.
func spaced(text string) string {
	words := make([]byte, 0, len(text))
	gap := false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if r == ' ' || r == '\n' || (r < ' ' || r > '~') && unicode.IsSpace(r) {
			gap = len(words) > 0
		} else {
			if gap {
				words, gap = append(words, ' '), false
			}
			words = append(words, text[i:i+size]...)
		}
		i += size
	}
	return string(words)
}
