package prove

import (
	"slices"
	"sort"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// counterexample describes profiles like the world w: constraints under which, given
// some conditions, all of the others hold, in every world; none can be dropped. whole
// is false if that could not be shown; then they describe w only as far as is known.
func (p *prover) counterexample(given, conditions []condition, w *point) (list []constraint, whole bool) {
	// Words are worth less than proofs: they may cost a part of the budget alone.
	kept := max(0, p.left-p.options.Total/20)
	p.left -= kept
	defer func() { p.left += kept }()
	return p.described(given, conditions, w)
}

func (p *prover) described(given, conditions []condition, w *point) (list []constraint, whole bool) {
	f := &finder{p: p, given: given, conditions: conditions}
	read := slices.Concat(conditions, given)
	f.slots = p.slots(read, w, false)
	f.nearby(w)
	kept, whole := f.smallest()
	if !whole && !p.loose { // a world within all of them differs: bound each question
		f.slots = append(f.slots, p.slots(read, w, true)...)
		kept, whole = f.smallest()
	}
	if !whole {
		return p.written(p.slots(read, w, false)), false
	}
	for k := range kept {
		f.widen(kept, k)
	}
	return p.written(kept), true
}

// A finder looks for the slots that matter. It gathers worlds in which the conditions
// do not all hold: slots that let none of them in are taken on trial, and the search
// either shows that they are enough, or gives one world more.
type finder struct {
	p                 *prover
	given, conditions []condition
	slots             []slot
	others            []*point
	written           []constraint
	fits              [][]bool // by slot, of the others
	searches          int
}

// mostSearches is how many searches a counterexample is worth.
const mostSearches = 60

// fitting tells, for each of the other worlds, whether it fits a slot.
func (f *finder) fitting(k int) []bool {
	for len(f.written) < len(f.slots) {
		f.written = append(f.written, f.p.constraintOf(&f.slots[len(f.written)]))
		f.fits = append(f.fits, nil)
	}
	for n := len(f.fits[k]); n < len(f.others); n++ {
		f.fits[k] = append(f.fits[k], f.others[n].fulfils(f.written[k].conditions))
	}
	return f.fits[k]
}

// smallest returns slots that are enough, of which none can be dropped: without it one
// of the other worlds gets in.
func (f *finder) smallest() (kept []slot, enough bool) {
	for {
		kept := make([]bool, len(f.slots))
		out := make([]int, len(f.others)) // how many kept slots keep a world out
		fits := make([][]bool, len(f.slots))
		for k := range f.slots {
			kept[k] = true
			fits[k] = f.fitting(k)
			for n, fit := range fits[k] {
				if !fit {
					out[n]++
				}
			}
		}
		if slices.Contains(out, 0) {
			return nil, false
		}
		for k := len(f.slots) - 1; k >= 0; k-- {
			needed := false
			for n := range f.others {
				needed = needed || !fits[k][n] && out[n] == 1
			}
			if needed {
				continue
			}
			kept[k] = false
			for n := range f.others {
				if !fits[k][n] {
					out[n]--
				}
			}
		}
		var slots []slot
		for k, is := range kept {
			if is {
				slots = append(slots, f.slots[k])
			}
		}
		switch f.implied(slots) {
		case impossible:
			return slots, true
		case undecided:
			f.p.loose = true
			return nil, false
		}
	}
}

// implied tells whether some world within the slots differs: impossible, if they are
// enough. A world that does is added to the others.
func (f *finder) implied(slots []slot) verdict {
	written := f.p.written(slots)
	if slices.ContainsFunc(f.others, func(w *point) bool {
		return !slices.ContainsFunc(written, func(c constraint) bool { return !w.fulfils(c.conditions) })
	}) {
		return possibly
	}
	if f.searches++; f.searches > mostSearches {
		return undecided
	}
	g := all(f.p.tests(f.given))
	for _, c := range written {
		g = append(g, all(f.p.tests(c.conditions))...)
	}
	v, w := f.p.solve(append(g, negated(f.p.tests(f.conditions))))
	if v == possibly {
		f.others = append(f.others, w)
	}
	return v
}

// nearby gathers worlds that differ from w in the answer to one question, and in which
// the conditions do not all hold.
func (f *finder) nearby(w *point) {
	m := f.p.model
	answers := slices.Clone(w.counts)
	for i := range m.Questions {
		// Hidden, it counts as not applicable; shown, it may have to be answered.
		if q := &m.Questions[i]; !q.NotApplicable && answers[i].State != assessment.Answered {
			answers[i] = f.p.samples(q)[0]
		}
	}
	for i := range m.Questions {
		q := &m.Questions[i]
		before := answers[i]
		for _, answer := range f.p.samples(q) {
			answers[i] = answer
			other := newPoint(m)
			other.fill(answers, m.AskOrder, f.p.every)
			if other.fulfils(f.given) && !other.fulfils(f.conditions) {
				f.others = append(f.others, other)
			}
		}
		answers[i] = before
	}
}

// samples are some answers to a question: each option, each cell, each count.
func (p *prover) samples(q *assessment.ModelQuestion) (list []assessment.Answer) {
	add := func(a assessment.Answer) {
		a.State = assessment.Answered
		list = append(list, a)
	}
	switch q.Kind {
	case assessment.KindNumber:
		for _, first := range q.Cells {
			add(assessment.Answer{Number: first})
		}
		add(assessment.Answer{Number: q.Max})
	case assessment.KindMany:
		set := uint64(0)
		add(assessment.Answer{})
		for i := range q.Options {
			add(assessment.Answer{Options: 1 << i})
			if q.Exclusive()>>i&1 == 0 {
				set |= 1 << i
				add(assessment.Answer{Options: set})
			}
		}
	default:
		for i := range q.Options {
			add(assessment.Answer{Option: i})
		}
	}
	if q.NotApplicable {
		list = append(list, notApplicable)
	}
	return list
}

// fulfils tells whether a world has all of the conditions.
func (w *point) fulfils(list []condition) bool {
	return !slices.ContainsFunc(list, func(c condition) bool {
		truth := expr.True
		if c.node != nil {
			truth = c.node.EvaluateTruth(w)
		}
		return !c.want.Has(truth)
	})
}

// widen makes one slot as wide as it can be while the slots are enough.
func (f *finder) widen(slots []slot, k int) {
	s := &slots[k]
	before := *s
	differs := func() bool { return f.implied(slots) != impossible }
	switch s.kind {
	case cellSlot, countSlot, levelSlot, ladderSlot, meanSlot:
		// A wider slot implies less, so the widest that does is found by halving.
		reach := int64(sort.Search(int(before.highest-before.high), func(n int) bool {
			s.high = before.high + int64(n) + 1
			return differs()
		}))
		s.high = before.high + reach
		reach = int64(sort.Search(int(before.low-before.lowest), func(n int) bool {
			s.low = before.low - int64(n) - 1
			return differs()
		}))
		s.low = before.low - reach
	case optionSlot:
		for option := range f.p.model.Questions[s.index].Options {
			kept := s.options
			if s.options |= 1 << option; s.options != kept && differs() {
				s.options = kept
			}
		}
	}
}
