package chart

import (
	"cmp"
	"slices"
)

// Dots are two or three numbers of one thing on a common axis, with a line between
// the outermost: a difference that can be seen. A span may show beside it where another
// claim would put them.
type Dots struct {
	Head
	Axis Axis
	// Series name the dots: the first is a ring, the second a disc, the third a square.
	Series []string
	Rows   []DotRow
	// SpanName says what the spans are.
	SpanName string
	Silence  string
}

// A DotRow is one row; its points run beside the series.
type DotRow struct {
	Label, Beside string
	Points        []Point
	// Between is written over the line: the difference, say.
	Between string
	Span    *Span
}

// A Point is one number.
type Point struct {
	Value   float64
	Shown   string
	Missing bool
}

// A Span is a claim: from one number to another.
type Span struct{ Low, High float64 }

// Series is the most that dots can tell apart.
const Series = 3

// SVG draws the dots.
func (d *Dots) SVG(id string) string {
	pitch := 3.875
	if d.spans() {
		pitch = 4.875
	}
	bottom := .25 + pitch*float64(len(d.Rows)) + .25
	var s svg
	s.open(id, d.Head, bottom+1.875)
	s.grid(&d.Axis, .25, bottom)
	named, spanNamed := false, false
	for i := range d.Rows {
		row, y := &d.Rows[i], .25+pitch*float64(i)
		s.rowLabel(y+.875, row.Label, row.Beside)
		if row.Span != nil && finite(row.Span.Low) && finite(row.Span.High) {
			left, right := d.Axis.at(row.Span.Low), d.Axis.at(row.Span.High)
			s.rect("claim", min(left, right), max(left, right)-min(left, right), y+3.25, .375)
			if !spanNamed {
				s.centred("soft halo", (left+right)/2, y+4.625, d.SpanName, regular)
				spanNamed = true
			}
		}
		points := d.drawn(row)
		if len(points) == 0 {
			s.text("soft halo", 0, 0, y+2.906, start, d.Silence)
			continue
		}
		d.row(&s, row, points, y, !named)
		named = true
	}
	s.axis(&d.Axis, bottom)
	return s.close()
}

func (d *Dots) spans() bool {
	return slices.ContainsFunc(d.Rows, func(row DotRow) bool { return row.Span != nil })
}

type drawn struct {
	series int
	x      float64
	shown  string
}

// drawn returns the points that have a place, from left to right.
func (d *Dots) drawn(row *DotRow) []drawn {
	var points []drawn
	for i, point := range row.Points[:min(len(row.Points), Series)] {
		if !point.Missing && finite(point.Value) {
			points = append(points, drawn{i, d.Axis.at(point.Value), point.Shown})
		}
	}
	slices.SortStableFunc(points, func(a, b drawn) int { return cmp.Compare(a.x, b.x) })
	return points
}

func (d *Dots) row(s *svg, row *DotRow, points []drawn, y float64, first bool) {
	left, right := points[0], points[len(points)-1]
	if left.x < right.x {
		s.line("dot-line", left.x, right.x, y+2.625, y+2.625)
	}
	for _, point := range points {
		s.dot(point.series, point.x, y+2.625)
	}
	// The outermost have their numbers at their sides, one between them below itself.
	w := func(p drawn) float64 { return width(p.shown, regular) + .75 }
	if needs := needed(w(left), left.x); needs != never {
		s.text("halo"+from(needs), left.x, -.75, y+2.906, end, left.shown)
	}
	if len(points) > 1 {
		if needs := needed(w(right), 100-right.x); needs != never {
			s.text("halo"+from(needs), right.x, .75, y+2.906, start, right.shown)
		}
	}
	if len(points) == 3 {
		s.centred("halo", points[1].x, y+3.75, points[1].shown, regular)
	}
	between := width(row.Between, bold)
	if len(points) > 1 && row.Between != "" {
		s.centred("strong halo", (left.x+right.x)/2, y+1.875, row.Between, bold)
	}
	if first && len(points) == 2 {
		if needs := d.names(points, between); needs != never {
			for _, point := range points {
				s.text("soft halo"+from(needs), point.x, 0, y+1.875, middle, d.Series[point.series])
			}
		}
	}
}

// names is the room from which on the names of two dots stand over them, beside what
// is written between.
func (d *Dots) names(points []drawn, between float64) int {
	most := 0.
	for _, point := range points {
		if point.series >= len(d.Series) {
			return never
		}
		w := width(d.Series[point.series], regular)
		most = max(most, w)
		if needed(w/2, min(point.x, 100-point.x)) == never {
			return never
		}
	}
	edge := 0
	for _, point := range points {
		edge = max(edge, needed(width(d.Series[point.series], regular)/2, min(point.x, 100-point.x)))
	}
	return max(edge, needed(between+most+1, points[1].x-points[0].x))
}

// dot draws the sign of a series: signs differ in shape, not in colour.
func (s *svg) dot(series int, x, y float64) {
	switch series {
	case 0:
		s.circle("dot ring", x, y, .375)
	case 1:
		s.circle("dot disc", x, y, .375)
	default:
		s.raw(`<svg x="`, per(x), `" y="`, rem(y), `" class="at"><rect class="dot disc" x="-.344rem" y="-.344rem" width=".688rem" height=".688rem"/></svg>`, "\n")
	}
}

// Key names the signs.
func (d *Dots) Key() []Entry {
	signs := [Series]string{
		`<circle class="dot ring" cx="50%" cy="50%" r=".375rem"/>`,
		`<circle class="dot disc" cx="50%" cy="50%" r=".375rem"/>`,
		`<rect class="dot disc" x="9" y="1" width="12" height="12"/>`,
	}
	var key []Entry
	for i, name := range d.Series[:min(len(d.Series), Series)] {
		key = append(key, Entry{Swatch: swatch(signs[i]), Text: name})
	}
	if d.spans() && d.SpanName != "" {
		key = append(key, Entry{Swatch: swatch(`<rect class="claim" y="35%" width="100%" height="30%"/>`), Text: d.SpanName})
	}
	return key
}
