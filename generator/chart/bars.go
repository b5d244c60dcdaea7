package chart

// Bars are lengths from nothing to a number, one below the other. Numbers below
// nothing run to the left.
type Bars struct {
	Head
	Axis Axis
	Rows []Bar
	// Silence stands where a number is missing.
	Silence string
}

// A Bar is one row.
type Bar struct {
	Label, Beside string
	Value         float64
	// Shown is the number as it is written; Missing tells that there is none.
	Shown   string
	Missing bool
}

const barHeight = 1.25

// SVG draws the bars.
func (b *Bars) SVG(id string) string {
	const pitch = 1.75 + barHeight
	bottom := .25 + pitch*float64(len(b.Rows)) + .75
	var s svg
	s.open(id, b.Head, bottom+1.875)
	s.grid(&b.Axis, .25, bottom)
	zero := b.Axis.at(0)
	for i := range b.Rows {
		bar, y := &b.Rows[i], .25+pitch*float64(i)
		s.rowLabel(y+1.125, bar.Label, bar.Beside)
		y += 1.5
		if bar.Missing || !finite(bar.Value) {
			s.text("soft halo", zero, .25, y+.906, start, b.Silence)
			continue
		}
		at := b.Axis.at(bar.Value)
		s.rect("band s3", min(zero, at), max(zero, at)-min(zero, at), y, barHeight)
		b.figure(&s, bar, zero, at, y+.906)
	}
	if zero > 0 && zero < 100 {
		s.line("axis", zero, zero, .25, bottom)
	}
	s.axis(&b.Axis, bottom)
	return s.close()
}

// figure writes the number behind the end of its bar, or inside it if there is no room.
func (b *Bars) figure(s *svg, bar *Bar, zero, at, y float64) {
	w := width(bar.Shown, regular)
	behind, length := 100-at, at-zero
	outer, inner, dx := start, end, .5
	if at < zero {
		behind, length = at, zero-at
		outer, inner, dx = end, start, -.5
	}
	switch {
	case needed(w+.5, behind) <= narrowest:
		s.text("halo", at, dx, y, outer, bar.Shown)
	case needed(w+1, length) <= narrowest:
		s.text("on-s3", at, -dx, y, inner, bar.Shown)
	case behind >= length:
		s.text("halo", at, dx, y, outer, bar.Shown)
	default:
		s.text("halo", at, -dx, y, inner, bar.Shown)
	}
}

// Key is empty: every bar says what it is.
func (b *Bars) Key() []Entry { return nil }
