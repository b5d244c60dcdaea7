package prove

import (
	"math"
	"slices"
)

// The order in which the questions of a component are taken, and what must be kept of
// them: each after those that its ask-when mentions, and so that little is kept at any
// time.

// arrange orders the questions: each after those that its ask-when mentions, and so
// that little must be kept at any time.
func (e *enumerator) arrange() {
	done := map[int]bool{}
	for len(e.order) < len(e.c.questions) {
		best, bestCost := -1, math.Inf(1)
		for _, i := range e.c.questions {
			if done[i] || !e.ready(i, done) {
				continue
			}
			done[i] = true
			cost := e.kept(done)
			done[i] = false
			if cost < bestCost {
				best, bestCost = i, cost
			}
		}
		done[best] = true
		e.order = append(e.order, best)
	}
}

func (e *enumerator) ready(i int, done map[int]bool) bool {
	for _, a := range e.asked(i) {
		for _, j := range a.questions {
			if !done[j] {
				return false
			}
		}
	}
	return true
}

// kept estimates the size of what must be kept once these questions are done.
func (e *enumerator) kept(done map[int]bool) float64 {
	cost := 0.0
	for _, i := range e.c.questions { // in order: sums of decimals depend on it
		if done[i] && e.readLater(i, done) {
			cost += logOf(len(e.class[i]))
		}
	}
	for _, d := range e.c.dimensions {
		begun, open := 0, 0
		for _, i := range e.p.model.Dimensions[d].Questions {
			if done[i] {
				begun++
			} else {
				open++
			}
		}
		if begun > 0 && (open > 0 || e.dimensionReadLater(d, done)) {
			cost += logOf(e.scores(d))
		}
	}
	return cost
}

// scores is about how many scores a dimension can have, of those that matter.
func (e *enumerator) scores(d int) int {
	size := 2
	if e.ladder[d] {
		size += e.p.model.Top
	}
	if e.mean[d] {
		size *= 1 + e.p.model.Top*len(e.p.model.Dimensions[d].Questions)
	}
	return size
}

func (e *enumerator) known(a *atom, done map[int]bool) bool {
	for _, i := range a.questions {
		if !done[i] {
			return false
		}
	}
	for _, d := range a.dimensions {
		for _, i := range e.p.model.Dimensions[d].Questions {
			if !done[i] {
				return false
			}
		}
	}
	return true
}

func (e *enumerator) readLater(i int, done map[int]bool) bool {
	if slices.Contains(e.c.outputs.questions, i) {
		return true
	}
	for _, a := range e.c.atoms {
		if !a.unary() && slices.Contains(a.questions, i) && !e.known(a, done) {
			return true
		}
	}
	for _, j := range e.c.questions {
		if !done[j] && e.mentions(j, i) {
			return true
		}
	}
	return false
}

// mentions tells whether the ask-when of one question mentions another.
func (e *enumerator) mentions(j, i int) bool {
	return slices.ContainsFunc(e.asked(j), func(a *atom) bool { return slices.Contains(a.questions, i) })
}

func (e *enumerator) dimensionReadLater(d int, done map[int]bool) bool {
	if slices.Contains(e.c.outputs.dimensions, d) {
		return true
	}
	for _, a := range e.c.atoms {
		if slices.Contains(a.dimensions, d) && !e.known(a, done) {
			return true
		}
	}
	return false
}

// schedule fixes at which step what is opened, known and forgotten.
func (e *enumerator) schedule() {
	e.last, e.lastDim, e.final = map[int]int{}, map[int]int{}, map[int]int{}
	e.opened, e.closed = map[int]int{}, map[int]int{}
	at := map[int]int{}
	for k, i := range e.order {
		at[i] = k
		e.last[i] = k
	}
	for _, d := range e.c.dimensions {
		e.opened[d] = len(e.order)
		for _, i := range e.p.model.Dimensions[d].Questions {
			e.opened[d] = min(e.opened[d], at[i])
			e.closed[d] = max(e.closed[d], at[i])
		}
		e.lastDim[d] = e.closed[d]
	}
	for _, a := range e.c.atoms {
		if a.unary() {
			continue
		}
		final := 0
		for _, i := range a.questions {
			final = max(final, at[i])
		}
		for _, d := range a.dimensions {
			final = max(final, e.closed[d])
		}
		e.final[a.id] = final
		for _, i := range a.questions {
			e.last[i] = max(e.last[i], final)
		}
		for _, d := range a.dimensions {
			e.lastDim[d] = max(e.lastDim[d], final)
		}
	}
	for _, j := range e.order {
		for _, a := range e.asked(j) {
			for _, i := range a.questions {
				e.last[i] = max(e.last[i], at[j])
			}
		}
	}
	for _, i := range e.c.outputs.questions { // kept to the end
		e.last[i] = len(e.order)
	}
	for _, d := range e.c.outputs.dimensions {
		e.lastDim[d] = len(e.order)
	}
}

// tooLarge tells beforehand of an atom that must keep more than the budget allows.
func (e *enumerator) tooLarge() bool {
	most := logOf(e.p.options.States)
	for _, a := range e.c.atoms {
		if a.unary() {
			continue
		}
		size := 0.0
		for _, i := range a.questions {
			size += logOf(len(e.class[i]))
		}
		for _, d := range a.dimensions {
			size += logOf(e.scores(d))
		}
		if size > most {
			return true
		}
	}
	size := 0.0
	for _, i := range e.c.outputs.questions {
		size += logOf(len(e.class[i]))
	}
	for _, d := range e.c.outputs.dimensions {
		size += logOf(e.scores(d))
	}
	return size > most
}
