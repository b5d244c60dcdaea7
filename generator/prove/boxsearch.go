package prove

import (
	"slices"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// verdict is what a search found.
type verdict int

const (
	impossible verdict = iota // no world does
	possibly                  // some world does
	undecided                 // the budget was spent
)

// A boxSearch looks for a world of one component in which each atom has one of the
// truths that are wanted, by parting the answers into boxes.
type boxSearch struct {
	p      *prover
	c      *component
	want   []expr.Truths // by id of atom
	budget *int
	box    *box
	w      *point
	trial  []assessment.Answer
}

// boxCost is what a box costs, in rows tried against a clause.
const boxCost = 20

// find returns whether there is such a world; if there is, w holds it.
func (s *boxSearch) find() verdict {
	*s.budget--
	s.p.left -= boxCost
	if *s.budget < 0 || s.p.left <= 0 {
		return undecided
	}
	s.box.compute()
	sure := true
	var open []*atom
	for _, a := range s.c.atoms {
		got := a.node.Truths(s.box)
		want := s.want[a.id]
		if got&want == 0 {
			return impossible
		}
		if got&^want != 0 {
			sure = false
			open = append(open, a)
		}
	}
	for which := range 4 {
		if s.sampled(which) {
			return possibly
		}
	}
	if sure {
		return undecided // cannot be: everything holds in every world of the box
	}
	i := s.widest(open)
	if i < 0 {
		return impossible // one world, and it was tried
	}
	whole := s.box.domains[i]
	a, b := whole.split(&s.p.model.Questions[i])
	found := impossible
	for k, part := range []domain{a, b} {
		if k == 1 && a == b {
			break
		}
		s.box.domains[i] = part
		v := s.find()
		if v == possibly {
			return possibly
		}
		if v == undecided {
			found = undecided
			if *s.budget < 0 || s.p.left <= 0 {
				break
			}
		}
	}
	s.box.domains[i] = whole
	return found
}

// sampled tries one world of the box.
func (s *boxSearch) sampled(which int) bool {
	for _, i := range s.c.questions {
		s.trial[i] = s.box.domains[i].sample(&s.p.model.Questions[i], which)
	}
	s.w.fill(s.trial, s.c.questions, s.c.dimensions)
	return !slices.ContainsFunc(s.c.atoms, func(a *atom) bool { return !s.want[a.id].Has(a.node.EvaluateTruth(s.w)) })
}

// widest returns the question to part: of those that open atoms read, the one of
// which the most is left; else any; -1 if the box is one world.
func (s *boxSearch) widest(open []*atom) int {
	best, width := -1, 0.0
	try := func(i int, worth float64) {
		if w := worth * s.box.domains[i].width(&s.p.model.Questions[i]); w > width {
			best, width = i, w
		}
	}
	for _, a := range open {
		for _, i := range a.questions {
			try(i, 1)
			for _, j := range s.p.asks[i] {
				try(j, 1)
			}
		}
		for _, d := range a.dimensions {
			for _, i := range s.p.model.Dimensions[d].Questions {
				for _, j := range s.p.asks[i] {
					try(j, 0.7)
				}
			}
		}
	}
	return best
}
