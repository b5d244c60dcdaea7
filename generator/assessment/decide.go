package assessment

import "cairn/generator/expr"

// A first is the first of a list of conditions that holds: a decision, or a target
// (SEMANTICS.md 10).
type first struct {
	// candidates may hold while each earlier one may not.
	candidates []int
	// none: it may be that no condition holds at all.
	none bool
	// open are the candidates whose condition may or may not hold: what has to be
	// known to settle which is first.
	open []int
}

// firstOf finds what may be first among conditions.
func firstOf(count int, holds func(i int) expr.Truths) first {
	var f first
	for i := range count {
		truths := holds(i)
		if !truths.Has(expr.True) {
			continue
		}
		f.candidates = append(f.candidates, i)
		if truths == expr.True {
			return f
		}
		f.open = append(f.open, i)
	}
	f.none = true
	return f
}

// settled tells whether it is the same in every world.
func (f *first) settled() bool {
	return len(f.candidates) == 1 && !f.none || len(f.candidates) == 0
}

// only returns the one that is first in every world, or -1.
func (f *first) only() int {
	if len(f.candidates) == 1 && !f.none {
		return f.candidates[0]
	}
	return -1
}

func (s *state) decision() first {
	return firstOf(len(s.model.Outcomes), func(i int) expr.Truths { return s.holds(s.model.Outcomes[i].When) })
}

// target returns what may be the target of a dimension; its candidates index
// Model.Targets.
func (s *state) target(d int) first {
	var list []int
	for i := range s.model.Targets {
		if s.model.Targets[i].Dimension == d {
			list = append(list, i)
		}
	}
	f := firstOf(len(list), func(i int) expr.Truths { return s.holds(s.model.Targets[list[i]].When) })
	for _, indexes := range [][]int{f.candidates, f.open} {
		for i := range indexes {
			indexes[i] = list[indexes[i]]
		}
	}
	return f
}

// A Stance is how a source stands to the decision.
type Stance string

// The stances. Open: it depends on answers that are not known.
const (
	Agrees     Stance = "agrees"
	Otherwise  Stance = "otherwise"
	SaysBoth   Stance = "both"
	SaysSilent Stance = "silent"
	StanceOpen Stance = "open"
)

// says is what a source says: the outcomes of its votes that hold, those that may
// hold, and its stance. Nothing that holds at all counts as silence here; that it
// is a fault is found by proof.
type says struct {
	given, open []int // indexes of votes
	stance      Stance
}

func (s *state) says(source int, decision *first) says {
	var r says
	for i := range s.model.Votes {
		vote := &s.model.Votes[i]
		if vote.Source != source {
			continue
		}
		switch truths := s.holds(vote.When); {
		case truths == expr.True:
			r.given = append(r.given, i)
		case truths.Has(expr.True):
			r.open = append(r.open, i)
		}
	}
	var outcomes []int
	for _, i := range r.given {
		if o := s.model.Votes[i].Outcome; o >= 0 && !contains(outcomes, o) {
			outcomes = append(outcomes, o)
		}
	}
	switch {
	case len(r.open) > 0:
		r.stance = StanceOpen
	case len(outcomes) == 0:
		r.stance = SaysSilent
	case len(outcomes) > 1:
		r.stance = SaysBoth
	case decision.only() == outcomes[0]:
		r.stance = Agrees
	case !contains(decision.candidates, outcomes[0]):
		r.stance = Otherwise
	default:
		r.stance = StanceOpen
	}
	return r
}

func contains(list []int, i int) bool {
	for _, j := range list {
		if i == j {
			return true
		}
	}
	return false
}

// holders are the questions that hold a dimension at level n: of those that surely
// or perhaps apply, the ones whose highest level is below min(n+1, top).
func (s *state) holders(d, n int) []int {
	var list []int
	if n >= s.model.Top {
		return nil
	}
	for _, i := range s.model.Dimensions[d].Questions {
		p, q := &s.q[i], &s.model.Questions[i]
		if p.some && p.levelHigh < min(n+1, q.Top) && !p.na {
			list = append(list, i)
		}
	}
	return list
}

// Verdict is how a condition stands: given in every world, in none, or open.
type Verdict string

// The verdicts.
const (
	Given    Verdict = "given"
	NotGiven Verdict = "not-given"
	Open     Verdict = "open"
)

func verdictOf(truths expr.Truths) Verdict {
	switch {
	case truths == expr.True:
		return Given
	case !truths.Has(expr.True):
		return NotGiven
	}
	return Open
}

// Standing tells whether an item is settled. AsSettled is open, but no unanswered
// question can settle it: only those answered with "I don't know" could.
type Standing string

// The standings.
const (
	Settled   Standing = "settled"
	Unsettled Standing = "open"
	AsSettled Standing = "as-settled"
)
