package chart

import (
	"cmp"
	"slices"
)

// Bands are ranges along an axis, in a row for each who gives them. Where a row has no
// range it says nothing, which is drawn as a dotted line; where two of its ranges lie
// over one another it contradicts itself, and the band is split.
type Bands struct {
	Head
	Axis Axis
	// Tones name the steps of the ramp, light to dark; at most five.
	Tones []string
	Rows  []BandRow
	Mark  *Mark
	// Silence is the word for where a row says nothing, Split that for where it says
	// two things at once.
	Silence, Split string
}

// A BandRow is one row.
type BandRow struct {
	Label, Beside string
	Bands         []Band
}

// A Band runs from one number to another. With Whole numbers, a band to 5 reaches to
// where 6 begins.
type Band struct {
	Low, High float64
	// Open bands have no upper end.
	Open bool
	Tone int
	Text string
}

// A Mark is a part of the axis to look at.
type Mark struct {
	Low, High float64
	Text      string
}

const (
	bandHeight = 1.75
	laneHeight = 1.125 // of each, where a band is split
)

// A segment is a part of a row in which the same bands hold.
type segment struct {
	left, right float64 // per cent
	bands       []int
}

// segments cuts a row where its bands begin and end. Neighbours with the same bands
// are one, so each band is cut only where another crosses it.
func (b *Bands) segments(row *BandRow) []segment {
	type edge struct {
		at   float64
		band int
		open bool
	}
	var edges []edge
	for i, band := range row.Bands {
		if !finite(band.Low) || !band.Open && !finite(band.High) {
			continue
		}
		left, right := b.Axis.at(band.Low), b.Axis.at(band.High)
		if band.Open {
			right = 100
		}
		if left < right {
			edges = append(edges, edge{left, i, true}, edge{right, i, false})
		}
	}
	slices.SortStableFunc(edges, func(x, y edge) int { return cmp.Compare(x.at, y.at) })
	var made []segment
	var active []int
	last := 0.
	for i := 0; i < len(edges); {
		at := edges[i].at
		if at > last {
			made = append(made, segment{last, at, slices.Clone(active)})
		}
		for ; i < len(edges) && edges[i].at == at; i++ {
			if edges[i].open {
				active = append(active, edges[i].band)
			} else {
				active = slices.DeleteFunc(active, func(band int) bool { return band == edges[i].band })
			}
		}
		slices.Sort(active)
		last = at
	}
	if last < 100 {
		made = append(made, segment{last, 100, nil})
	}
	return made
}

// Disputed tells whether some row contradicts itself.
func (b *Bands) Disputed() bool {
	for i := range b.Rows {
		for _, part := range b.segments(&b.Rows[i]) {
			if len(part.bands) > 1 {
				return true
			}
		}
	}
	return false
}

// place is where a band's words stand: its widest part.
type place struct{ part, lane int }

// layout is a row cut into segments, with a place for the words of each band.
type layout struct {
	segments []segment
	height   float64
	words    map[int]place
}

func (b *Bands) layout(row *BandRow) layout {
	l := layout{segments: b.segments(row), height: bandHeight, words: map[int]place{}}
	for i, part := range l.segments {
		for lane, band := range part.bands {
			best, found := l.words[band]
			if !found || part.right-part.left > l.segments[best.part].right-l.segments[best.part].left {
				l.words[band] = place{i, lane}
			}
		}
	}
	// A part with words in it has room for each; one without may be a sliver.
	for _, at := range l.words {
		l.height = max(l.height, laneHeight*float64(len(l.segments[at.part].bands)))
	}
	return l
}

// SVG draws the bands.
func (b *Bands) SVG(id string) string {
	layouts, top := make([]layout, len(b.Rows)), .25
	if b.Mark != nil {
		top = 1.75
	}
	bottom := top
	for i := range b.Rows {
		layouts[i] = b.layout(&b.Rows[i])
		bottom += 2.125 + layouts[i].height
	}
	bottom += 1.125
	var s svg
	s.open(id, b.Head, bottom+1.875)
	if b.Mark != nil {
		left, right := b.Axis.at(b.Mark.Low), b.Axis.at(b.Mark.High)
		right = max(left, right)
		s.rect("dispute", left, right-left, top, bottom-top)
		s.centred("alone", (left+right)/2, 1.125, b.Mark.Text, bold)
	}
	s.grid(&b.Axis, top, bottom)
	y := top
	for i := range b.Rows {
		b.row(&s, &b.Rows[i], &layouts[i], y)
		y += 2.125 + layouts[i].height
	}
	s.axis(&b.Axis, bottom)
	return s.close()
}

func (b *Bands) row(s *svg, row *BandRow, l *layout, y float64) {
	s.rowLabel(y+1.375, row.Label, row.Beside)
	y += 1.875
	for _, part := range l.segments {
		if len(part.bands) == 0 {
			s.line("silent", part.left, part.right, y+l.height/2, y+l.height/2)
		}
		for lane, band := range part.bands {
			height := l.height / float64(len(part.bands))
			s.rect("band s"+number(float64(b.tone(row.Bands[band].Tone)), 0), part.left, part.right-part.left, y+height*float64(lane), height)
		}
	}
	said := false
	for i, part := range l.segments {
		if len(part.bands) == 0 {
			// Said once a row, in its first gap, where it fits.
			if needs := needed(width(b.Silence, regular)+.75, part.right-part.left); !said && needs != never {
				said = true
				dx := 0.
				if part.left > 0 {
					dx = .375
				}
				s.text("soft halo"+from(needs), part.left, dx, y+l.height/2+.281, start, b.Silence)
			}
			continue
		}
		for lane, band := range part.bands {
			if l.words[band] == (place{i, lane}) {
				height := l.height / float64(len(part.bands))
				b.words(s, &row.Bands[band], part, y+height*(float64(lane)+.5)+.281)
			}
		}
	}
}

// words writes what a band says, or its letter where there is no room for more.
func (b *Bands) words(s *svg, band *Band, part segment, y float64) {
	share, on := part.right-part.left, onTone(b.tone(band.Tone))
	needs := b.room(band, part)
	if needs != never {
		s.text(on+from(needs), part.left, .5, y, start, band.Text)
	}
	if sign := letter(band.Tone); needs > narrowest {
		if fits := needed(.7, share); fits < needs {
			s.text(on+from(fits)+to(needs), part.left+share/2, 0, y, middle, sign)
		}
	}
}

func (b *Bands) room(band *Band, part segment) int {
	if band.Text == "" {
		return never
	}
	return needed(width(band.Text, regular)+.75, part.right-part.left)
}

func (b *Bands) tone(i int) int { return tone(i, min(len(b.Tones), Tones)) }

// Key names the tones: needed as long as not all bands carry their words.
func (b *Bands) Key() []Entry {
	needs, silent := narrowest, false
	for i := range b.Rows {
		l := b.layout(&b.Rows[i])
		for band, at := range l.words {
			needs = max(needs, b.room(&b.Rows[i].Bands[band], l.segments[at.part]))
		}
		silent = silent || slices.ContainsFunc(l.segments, func(part segment) bool { return len(part.bands) == 0 })
	}
	class := ""
	if needs != never {
		class = to(needs)
	}
	var key []Entry
	for i, name := range b.Tones {
		key = append(key, Entry{
			Swatch: swatch(`<rect class="band s` + number(float64(b.tone(i)), 0) + `" width="100%" height="100%"/>`),
			Letter: letter(i), Text: name, Class: class,
		})
	}
	if silent && b.Silence != "" {
		key = append(key, Entry{Swatch: swatch(`<line class="silent" x1="0" x2="100%" y1="50%" y2="50%"/>`), Text: b.Silence, Class: class})
	}
	if b.Split != "" && b.Disputed() {
		key = append(key, Entry{Swatch: swatch(`<rect class="band s2" width="100%" height="50%"/><rect class="band s3" y="50%" width="100%" height="50%"/>`), Text: b.Split})
	}
	return key
}
