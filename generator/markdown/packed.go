package markdown

import "encoding/binary"

// A site may have a hundred thousand articles, each with some headings and links. As slices
// of strings these took more memory than all else that is held of an article, and gave the
// collector most of its work; so of an article that waits for its page they stand in one
// string each, end to end, and are unpacked for whoever asks.

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
	p := packed(a.PackedHeadings)
	list := make([]Heading, 0, 8)
	for p != "" {
		var h Heading
		level := p.number()
		h.Level, h.Step = level>>1, level&1 != 0
		h.Start, h.End = p.span()
		h.ID, h.Text = p.text(), p.text()
		list = append(list, h)
	}
	return list
}

// AllLinks are the links, packed or not, until the article is settled.
func (a *Article) AllLinks() []Link {
	if a.PackedLinks == "" {
		return a.Links
	}
	p := packed(a.PackedLinks)
	list := make([]Link, 0, 8)
	for p != "" {
		var l Link
		l.Start, l.End = p.span()
		l.Destination = p.text()
		list = append(list, l)
	}
	return list
}

// Settle drops what nobody asks about once it is known where links lead.
func (a *Article) Settle() {
	if a.PackedLinks = ""; a.Links != nil { // else what they stand in may be shared
		a.Links = nil
	}
}

func packHeadings(headings []Heading) string {
	var b []byte
	for _, h := range headings {
		level := h.Level << 1
		if h.Step {
			level |= 1
		}
		b = packSpan(binary.AppendUvarint(b, uint64(level)), h.Start, h.End)
		b = packText(packText(b, h.ID), h.Text)
	}
	return string(b)
}

func packLinks(links []Link) string {
	var b []byte
	for _, l := range links {
		b = packText(packSpan(b, l.Start, l.End), l.Destination)
	}
	return string(b)
}

func packSpan(to []byte, start, end int) []byte {
	return binary.AppendVarint(binary.AppendUvarint(to, uint64(start)), int64(end-start))
}

func packText(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

// packed is what is left to unpack.
type packed string

func (p *packed) number() int {
	var room [binary.MaxVarintLen64]byte
	number, size := binary.Uvarint(room[:copy(room[:], *p)])
	*p = (*p)[size:]
	return int(number)
}

func (p *packed) span() (start, end int) {
	start = p.number()
	length := p.number() // as a signed number is written: twice, and one less below 0
	return start, start + (length>>1 ^ -(length & 1))
}

func (p *packed) text() string {
	size := p.number()
	text := (*p)[:size]
	*p = (*p)[size:]
	return string(text)
}
