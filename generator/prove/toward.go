package prove

import (
	"cairn/generator/expr"
)

// An enumeration toward a goal leaves out what cannot reach it, and forgets what it no
// longer hangs on.

// toward takes from a goal the clauses that read this component alone.
func (e *enumerator) toward(g goal) {
	e.sets = make([]expr.Truths, len(e.p.atoms))
	e.future = &box{m: e.p.model, ladder: make([]expr.Numbers, len(e.p.model.Dimensions))}
	e.needed = make([]bool, len(e.c.atoms))
	for _, c := range g {
		var columns []int
		own := true
		for _, t := range c {
			t.formula.atoms(func(id int) {
				if column, ok := e.column[id]; ok {
					columns = append(columns, column)
				} else {
					own = false
				}
			})
		}
		if own && len(columns) > 0 {
			e.own, e.reads = append(e.own, c), append(e.reads, columns)
			continue
		}
		for _, column := range columns {
			e.needed[column] = true
		}
	}
}

// allowed tells whether a state can still fulfil the component's own clauses; and
// forgets the truths that only clauses read which already hold.
func (e *enumerator) allowed(s *scene, k int) bool {
	sets := e.sets
	for column, a := range e.c.atoms {
		sets[a.id] = s.truths[column]
		if s.truths[column] == 0 { // not known yet, or forgotten
			sets[a.id] = e.foreseen(a, s, k)
		}
	}
	read := append(e.read[:0], e.needed...)
	e.read = read
	for n, c := range e.own {
		holds := expr.False
		for _, t := range c {
			got := t.formula.truths(sets)
			if got&^t.want == 0 {
				holds = expr.True
				break
			}
			if got&t.want != 0 {
				holds |= expr.True
			}
		}
		if holds == expr.False {
			return false
		}
		if holds != expr.True {
			for _, column := range e.reads[n] {
				read[column] = true
			}
		}
	}
	for column := range s.truths {
		if !read[column] {
			s.truths[column] = 0
		}
	}
	return true
}

// foreseen is what an atom that is not known may still be: a ladder only ever falls as
// more questions are taken.
func (e *enumerator) foreseen(a *atom, s *scene, k int) expr.Truths {
	if a.node.Op != expr.OpCompare || a.node.Args[0].Op != expr.OpLevel || a.node.Args[1].Op != expr.OpNumber {
		return expr.AnyTruth
	}
	d := a.dimensions[0]
	if e.opened[d] > k || e.closed[d] <= k || !s.w.scores[d].some {
		return expr.AnyTruth
	}
	e.future.ladder[d] = expr.Between(0, float64(s.w.scores[d].rung))
	return a.node.Truths(e.future)
}
