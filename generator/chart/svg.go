package chart

import (
	"html"
	"math"
	"strconv"
	"strings"
)

// svg writes elements. Every text is escaped here, and every number is written here.
type svg struct{ b strings.Builder }

// open begins the drawing: an image with a name and a description.
func (s *svg) open(id string, head Head, height float64) {
	s.raw(`<svg class="chart" width="100%" height="`, rem(height), `" role="img" aria-labelledby="`, id, `-t `, id, `-d">`)
	s.raw("\n", `<title id="`, id, `-t">`, html.EscapeString(head.Title), `</title>`)
	s.raw("\n", `<desc id="`, id, `-d">`, html.EscapeString(head.Description), `</desc>`, "\n")
}

func (s *svg) close() string {
	s.raw("</svg>")
	return s.b.String()
}

func (s *svg) raw(parts ...string) {
	for _, part := range parts {
		s.b.WriteString(part)
	}
}

// per writes a share of the width.
func per(x float64) string { return number(x, 2) + "%" }

// rem writes a height.
func rem(y float64) string { return number(y, 3) + "rem" }

func number(x float64, places int) string {
	scale := math.Pow10(places)
	return strconv.FormatFloat(math.Round(x*scale)/scale+0, 'f', -1, 64)
}

func (s *svg) line(class string, x1, x2, y1, y2 float64) {
	s.raw(`<line class="`, class, `" x1="`, per(x1), `" x2="`, per(x2), `" y1="`, rem(y1), `" y2="`, rem(y2), `"/>`, "\n")
}

func (s *svg) rect(class string, x, width, y, height float64) {
	s.raw(`<rect class="`, class, `" x="`, per(x), `" y="`, rem(y), `" width="`, per(width), `" height="`, rem(height), `"/>`, "\n")
}

func (s *svg) circle(class string, x, y, r float64) {
	s.raw(`<circle class="`, class, `" cx="`, per(x), `" cy="`, rem(y), `" r="`, rem(r), `"/>`, "\n")
}

// anchor says which part of a text stands at its place.
type anchor string

const (
	start  anchor = ""
	middle anchor = "middle"
	end    anchor = "end"
)

// text writes a line of text at a share of the width; dx moves it by rem.
func (s *svg) text(class string, x, dx, y float64, at anchor, text string) {
	if text == "" {
		return
	}
	s.raw(`<text`)
	if class = strings.TrimSpace(class); class != "" {
		s.raw(` class="`, class, `"`)
	}
	s.raw(` x="`, per(x), `"`)
	if dx != 0 {
		s.raw(` dx="`, rem(dx), `"`)
	}
	s.raw(` y="`, rem(y), `"`)
	if at != start {
		s.raw(` text-anchor="`, string(at), `"`)
	}
	s.raw(`>`, html.EscapeString(text), "</text>\n")
}

// centred writes a text around a place. Where there is no room for that, it begins at
// the left edge or ends at the right one.
func (s *svg) centred(class string, x, y float64, text string, weight float64) {
	w := width(text, weight)
	needs := needed(w/2, min(x, 100-x))
	if needs > narrowest {
		edge, at := 0., start
		if x > 50 {
			edge, at = 100, end
		}
		s.text(class+from(roomFor(w))+to(needs), edge, 0, y, at, text)
	}
	if needs != never {
		s.text(class+from(needs), x, 0, y, middle, text)
	}
}

// rowLabel writes the name of a row, shortened where there is no room for it, and
// beside it in a quiet voice what is to be known of it, where there is room.
func (s *svg) rowLabel(y float64, label, beside string) {
	needs := roomFor(width(label, bold))
	if needs > narrowest {
		s.text("row-label"+to(needs), 0, 0, y, start, fitted(label, narrowest/bold))
	}
	if needs == never {
		return
	}
	s.raw(`<text class="row-label`, from(needs), `" x="0%" y="`, rem(y), `">`, html.EscapeString(label))
	if beside != "" {
		needs := roomFor(width(label, bold) + .25 + width(beside, regular))
		if needs != never {
			s.raw(` <tspan class="soft`, from(needs), `" dx=".25rem">`, html.EscapeString(beside), `</tspan>`)
		}
	}
	s.raw("</text>\n")
}

// grid draws the lines of the ticks, behind everything.
func (s *svg) grid(a *Axis, top, bottom float64) {
	for _, tick := range a.Ticks {
		if x := a.at(tick.At); x > 0 && x < 100 {
			s.line("grid", x, x, top, bottom)
		}
	}
}

// axis draws the line at the foot, and the numbers under it.
func (s *svg) axis(a *Axis, y float64) {
	s.line("axis", 0, 100, y, y)
	positions, texts := make([]float64, len(a.Ticks)), make([]string, len(a.Ticks))
	for i, tick := range a.Ticks {
		positions[i], texts[i] = a.at(tick.At), tick.Text
	}
	rooms, unit := tickRooms(positions, texts, a.Unit)
	for i := range a.Ticks {
		if rooms[i] == never {
			continue
		}
		s.centred("soft"+from(rooms[i]), positions[i], y+1.125, texts[i], regular)
	}
	if unit != never {
		s.text("soft"+from(unit), 100, 0, y+1.125, end, a.Unit)
	}
}

// swatch is a small picture for the key.
func swatch(inside string) string {
	return `<svg class="swatch" aria-hidden="true">` + inside + `</svg>`
}
