package chart

import "fmt"

// How wide letters are, in rem at the size of .chart: measured of DejaVu Sans, the
// widest face that a reader is likely to have, so that what is said to fit does.
var letterWidths = [...]struct {
	letters string
	width   float64
}{
	{"ijl'I|", .235}, {" .,:;/f\u00a0", .27}, {"tr!-()[]", .315}, {"csz\"*TJ–?", .42}, {"vxyk“”ELFYP", .48},
	{"m%&—", .77}, {"wMOQNGDHVXZKAURBC+−=<>", .62}, {"W@…", .79},
}

// The weights that text has.
const (
	regular = 1
	bold    = 1.12 // how much wider its letters are
)

const (
	commonWidth = .5
	wideWidth   = .9 // of a letter beyond the European scripts
)

var widthOf = func() map[rune]float64 {
	of := map[rune]float64{}
	for _, class := range letterWidths {
		for _, r := range class.letters {
			of[r] = class.width
		}
	}
	return of
}()

func width(text string, weight float64) float64 {
	w := 0.
	for _, r := range text {
		switch known, ok := widthOf[r]; {
		case ok:
			w += known
		case r >= 0x1100:
			w += wideWidth
		default:
			w += commonWidth
		}
	}
	return w * weight
}

// narrowest is the room of a drawing on the narrowest page, in rem; steps are the
// widths that the style sheet has classes for.
const narrowest = 18

var steps = [...]int{20, 24, 30, 36, 42, 48, 54, 60, 66, 72}

// never is the room of a label that fits nowhere.
const never = 1 << 20

// roomFor rounds the room that a label needs up to a width with a class: narrowest if
// it fits everywhere, never if nowhere.
func roomFor(need float64) int {
	if need <= narrowest {
		return narrowest
	}
	for _, step := range steps {
		if need <= float64(step) {
			return step
		}
	}
	return never
}

// from is the class of what is shown from a room on, to of what is shown below it.
func from(room int) string {
	if room <= narrowest {
		return ""
	}
	return fmt.Sprintf(" from-%d", room)
}

func to(room int) string {
	if room == never {
		return ""
	}
	return fmt.Sprintf(" to-%d", room)
}

// needed is the room that a drawing must have for a label of some width to fit into a
// share of it, in per cent.
func needed(label, share float64) int {
	if share <= 0 {
		return never
	}
	return roomFor(label * 100 / share)
}

// tickRooms says from which room on each tick has a place for its text: from left to
// right, whatever does not touch what stands there already. The unit, at the end of the
// line, gives way to all of them. It is quadratic: a chart has at most some thirty ticks.
func tickRooms(positions []float64, texts []string, unit string) (rooms []int, unitRoom int) {
	rooms, unitRoom = make([]int, len(positions)), never
	for i := range rooms {
		rooms[i] = never
	}
	type taken struct{ left, right float64 }
	for _, room := range append([]int{narrowest}, steps[:]...) {
		var used []taken
		span := func(i int) taken {
			half, at := width(texts[i], regular)/2, positions[i]*float64(room)/100
			switch {
			case at < half:
				return taken{0, 2 * half}
			case at > float64(room)-half:
				return taken{float64(room) - 2*half, float64(room)}
			}
			return taken{at - half, at + half}
		}
		free := func(t taken) bool {
			for _, other := range used {
				if t.left < other.right+.4 && other.left < t.right+.4 {
					return false
				}
			}
			return true
		}
		for i := range rooms {
			if rooms[i] < room {
				used = append(used, span(i))
			}
		}
		for i := range rooms {
			if t := span(i); rooms[i] == never && free(t) {
				rooms[i], used = room, append(used, t)
			}
		}
		// A tick that appears later takes the unit's place.
		w := width(unit, regular)
		switch fits := w < float64(room) && free(taken{float64(room) - w, float64(room)}); {
		case !fits:
			unitRoom = never
		case unitRoom == never:
			unitRoom = room
		}
	}
	return rooms, unitRoom
}

// fitted shortens a text to a width in rem.
func fitted(text string, room float64) string {
	w := width("…", regular)
	for i, r := range text {
		if w += width(string(r), regular); w > room {
			return text[:i] + "…"
		}
	}
	return text
}
