// Package chart draws numbers as SVG: bars, bands along an axis, dots with a span
// between them, and a heat map. A drawing has a title and a description for those who
// do not see it, and words in it for those who do not tell its colours apart.
//
// A drawing has no viewBox: across it is measured in per cent of the room it gets,
// down in rem. So its text keeps the reader's size from a telephone to a wall, and
// nothing is drawn twice. What fits is known by estimate: a label that needs more room
// than the narrowest page has carries the class of the width from which it fits
// (from-42), and what stands in for it until then is hidden from there on (to-42). The
// style sheet turns these classes into container queries. There is no inline style, and
// a colour is a class: light and dark are the style sheet's matter.
//
// Drawing is linear in what is drawn, and right for any numbers: one that is not finite
// is drawn as missing, one beyond the axis at its end.
package chart

// A Drawing is something that can be drawn.
type Drawing interface {
	// SVG returns one svg element; id begins the ids inside it.
	SVG(id string) string
	// Key says in words what the marks mean: a list beside the picture.
	Key() []Entry
}

// An Entry is a line of the key.
type Entry struct {
	// Swatch is a small svg element without a meaning of its own.
	Swatch string
	// Letter is the sign that stands in the picture where there is no room for the words.
	Letter, Text string
	// Class hides the entry where the picture says the same in place; it may be empty.
	Class string
}

// Head is what every drawing has: a title, and a description of what it shows for
// those who do not see it.
type Head struct{ Title, Description string }

// Tones are the steps of the ramp, from light to dark.
const Tones = 5

// letters are the signs of tones and columns where there is no room for words.
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func letter(i int) string {
	if i < 0 || i >= len(letters) {
		return ""
	}
	return letters[i : i+1]
}

// tone spreads n steps over the ramp: few steps leave out the ends, where the
// lightest is drawn as an outline.
func tone(i, n int) int {
	spread := [Tones][]int{{3}, {1, 3}, {1, 2, 3}, {1, 2, 3, 4}, {0, 1, 2, 3, 4}}
	if n < 1 || n > Tones || i < 0 || i >= n {
		return 0
	}
	return spread[n-1][i]
}

// onTone is the class of text upon a tone.
func onTone(t int) string {
	switch t {
	case 2:
		return " on-s2"
	case 3:
		return " on-s3"
	case 4:
		return " on-s4"
	}
	return ""
}
