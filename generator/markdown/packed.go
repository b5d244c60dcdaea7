package markdown

import "cairn/generator/packed"

// Of an article that waits for its page, headings and links are packed: of all that is held
// of an article they were the most.

// Pack packs the headings and the links. What links say, and their titles, are in the
// body, too, and dropped.
func (a *Article) Pack() {
	a.PackedHeadings, a.PackedLinks = packHeadings(a.Headings), packLinks(a.Links)
	if a.Written != &noWritten {
		a.Headings, a.Links = nil, nil
	}
}

// AllHeadings are the headings, packed or not.
func (a *Article) AllHeadings() []Heading {
	if a.PackedHeadings == "" {
		return a.Headings
	}
	list := make([]Heading, 0, 8)
	for r := packed.Reader(a.PackedHeadings); r != ""; {
		var h Heading
		h.Level, h.Step = r.Number(), r.Number() != 0
		h.Start, h.End = r.Number(), r.Number()
		h.ID, h.Text = r.Text(), r.Text()
		list = append(list, h)
	}
	return list
}

func packHeadings(headings []Heading) string {
	var b []byte
	for _, h := range headings {
		step := 0
		if h.Step {
			step = 1
		}
		for _, number := range [...]int{h.Level, step, h.Start, h.End} {
			b = packed.AppendNumber(b, number)
		}
		b = packed.AppendText(packed.AppendText(b, h.ID), h.Text)
	}
	return string(b)
}

// AllLinks are the links, packed or not, until the article is settled.
func (a *Article) AllLinks() []Link {
	if a.PackedLinks == "" {
		return a.Links
	}
	list := make([]Link, 0, 8)
	for r := packed.Reader(a.PackedLinks); r != ""; {
		list = append(list, Link{Start: r.Number(), End: r.Number(), Destination: r.Text()})
	}
	return list
}

func packLinks(links []Link) string {
	var b []byte
	for _, l := range links {
		b = packed.AppendText(packed.AppendNumber(packed.AppendNumber(b, l.Start), l.End), l.Destination)
	}
	return string(b)
}

// Settle drops what nobody asks about once it is known where links lead.
func (a *Article) Settle() {
	if a.PackedLinks = ""; a.Links != nil { // else what they stand in may be shared
		a.Links = nil
	}
}
