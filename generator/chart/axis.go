package chart

import "math"

// An Axis runs across the drawing.
type Axis struct {
	From, To float64
	// Stretched gives small numbers more room: near-linear below ten times the first
	// number, logarithmic above. From must not be negative then.
	Stretched bool
	Ticks     []Tick
	// Unit stands at the end of the axis.
	Unit string
}

// A Tick is a number on an axis, as it is written there.
type Tick struct {
	At   float64
	Text string
}

// finite tells whether a number can be drawn.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// at returns where a number stands, in per cent from the left. Beyond the ends it
// is the end.
func (a *Axis) at(x float64) float64 {
	from, to := a.From, a.To
	if !finite(from) || !finite(to) || !(from < to) || !finite(x) {
		return 0
	}
	if x <= from {
		return 0
	}
	if x >= to {
		return 100
	}
	if a.Stretched && from >= 0 {
		// The bend lies at ten times the beginning, or at a tenth of the end if the axis
		// begins at nothing.
		bend := 10 * from
		if bend <= 0 {
			bend = to / 25
		}
		// A quotient and not a difference of logarithms: 1 + n/bend keeps every digit.
		return share(math.Log((bend+x)/(bend+from)), math.Log((bend+to)/(bend+from)))
	}
	// Halves, so that the width of the widest axis does not overflow.
	return share(x/2-from/2, to/2-from/2)
}

// share is a part of a whole in per cent: nothing where the two are too small or too
// large to be divided.
func share(part, whole float64) float64 {
	if x := 100 * (part / whole); finite(x) {
		return min(100, max(0, x))
	}
	return 0
}

// Round returns round numbers from at or below low to at or above high, about so many:
// steps of 1, 2 or 5 times a power of ten. It is empty if there is nothing to divide.
func Round(low, high float64, about int) []float64 {
	if !finite(low) || !finite(high) || !(low < high) || about < 1 || !finite(high-low) {
		return nil
	}
	step := stepOf((high - low) / float64(about))
	if step <= 0 || !finite(step) {
		return nil
	}
	first, last := math.Floor(low/step), math.Ceil(high/step)
	if !finite(first) || !finite(last) || last-first > 4*float64(about)+4 || first+1 == first || last-1 == last {
		return nil // the numbers are too close together to be told apart
	}
	var ticks []float64
	for i := first; i <= last; i++ {
		ticks = append(ticks, float64(i*step)+0) // and no −0
	}
	return ticks
}

// stepOf is the smallest round number that is at least x.
func stepOf(x float64) float64 {
	if x <= 0 {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if step := float64(factor * power); step >= x {
			return step
		}
	}
	return 10 * power
}
