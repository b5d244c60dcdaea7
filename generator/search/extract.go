package search

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Sections reads the text of a finished page's <main>, cut at each heading, row of a
// table and question that can be led to. It reads tokens and builds no tree: an index
// reads every page of a site.
func Sections(page []byte) []Section {
	begin := bytes.Index(page, []byte("<main"))
	if begin < 0 {
		return nil
	}
	r := reader{tokens: html.NewTokenizer(bytes.NewReader(page[begin:]))}
	r.sections = append(r.sections, Section{})
	for r.next() {
	}
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
	tokens   *html.Tokenizer
	sections []Section
	text     strings.Builder
	// skipping is the element that is left out, and how many of its name are open in it.
	skipping atom.Atom
	open     int
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

func (r *reader) next() bool {
	switch r.tokens.Next() {
	case html.ErrorToken:
		return false
	case html.TextToken:
		if r.skipping == 0 {
			r.text.Write(r.tokens.Text())
		}
	case html.StartTagToken:
		name, attributes := r.tokens.TagName()
		element := atom.Lookup(name)
		if r.skipping != 0 {
			if element == r.skipping {
				r.open++
			}
			return true
		}
		id, class, hidden := r.attributes(attributes)
		switch {
		case skipped[element] || hidden && !empty[element] || class == "cite" || class == "facts" || strings.HasPrefix(class, "sidenote"), // figures without a sentence
			r.heading == atom.Legend && class == "muted": // which question it is, of how many
			r.skipping, r.open = element, 1
			return true
		case isHeading(element) || element == atom.Legend && r.heading == 0:
			// The id of a question stands on its fieldset, that of a heading on itself.
			if r.pendingAnchor() != "" && id == "" {
				id = r.pendingAnchor()
			}
			r.begin(id)
			r.heading = element
			if element != atom.Legend {
				r.under = id
			}
		case (element == atom.Tr || element == atom.Fieldset || element == atom.Section) && id != "":
			r.begin(id)
		}
		if !inLine[element] {
			r.text.WriteByte(' ')
		}
	case html.EndTagToken:
		name, _ := r.tokens.TagName()
		element := atom.Lookup(name)
		if r.skipping != 0 {
			if element == r.skipping {
				if r.open--; r.open == 0 {
					r.skipping = 0
				}
			}
			return true
		}
		if element == r.heading && element != 0 {
			r.last().Heading = spaced(r.text.String())
			r.text.Reset()
			r.heading = 0
		}
		switch element {
		case atom.Main:
			return false
		case atom.Table, atom.Fieldset: // what follows belongs to the heading above again
			r.begin(r.under)
		}
		if !inLine[element] {
			r.text.WriteByte(' ')
		}
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

func (r *reader) attributes(more bool) (id, class string, hidden bool) {
	for more {
		var key, value []byte
		key, value, more = r.tokens.TagAttr()
		switch string(key) {
		case "id":
			id = string(value)
		case "class":
			class = string(value)
		case "hidden":
			hidden = true
		case "aria-hidden":
			hidden = string(value) == "true"
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

func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }
