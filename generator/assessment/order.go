package assessment

import (
	"cmp"
	"slices"

	"cairn/generator/expr"
)

// Order adds the order of the short way (SEMANTICS.md 9): the unanswered questions
// of the decision's support, by the mean number of outcomes that an answer settles,
// then of advice. When that support is empty, the same over all items.
//
// Only questions that are surely asked are ranked; those that may be hidden follow
// only if there are no others.
func (m *Model) Order(r *Result) *Result {
	r.Ask = m.questionIDs(r.state.order())
	return r
}

// promise is what an answer is worth: sums over tries, so that their means compare
// exactly.
type promise struct {
	question         int
	outcomes, advice int64
	tries            int64
}

func (s *state) order() []int {
	f := s.decision()
	u := s.support()
	s.decisionSupport(u, &f)
	list, _ := u.split()
	all := len(list) == 0
	if all {
		s.allSupport(u)
		list, _ = u.split()
	}
	sure := slices.DeleteFunc(slices.Clone(list), func(i int) bool { return s.q[i].shown != expr.True })
	if len(sure) > 0 {
		list = sure
	}
	try := newTrial(s.model, s.answers)
	var ranked []promise
	for _, i := range list {
		ranked = append(ranked, s.promise(try, i, all))
	}
	slices.SortStableFunc(ranked, func(a, b promise) int {
		return cmp.Or(
			cmp.Compare(b.outcomes*a.tries, a.outcomes*b.tries),
			cmp.Compare(b.advice*a.tries, a.advice*b.tries),
		)
	})
	var order []int
	for _, one := range ranked {
		order = append(order, one.question)
	}
	return order
}

// promise tries every choice of a question. Over all items, levels, votes and
// targets count among the outcomes.
func (s *state) promise(try *trial, i int, all bool) promise {
	p := promise{question: i}
	before := try.answers[i]
	for _, choice := range s.model.Questions[i].choices() {
		try.put(i, choice)
		p.tries++
		p.outcomes += try.settledOutcomes()
		p.advice += try.settledAdvice()
		if all {
			p.outcomes += try.settledOthers()
		}
	}
	try.put(i, before)
	return p
}

func (s *state) settledOutcomes() int64 {
	f := s.decision()
	if f.settled() {
		return int64(len(s.model.Outcomes))
	}
	return int64(len(s.model.Outcomes) - len(f.candidates))
}

func (s *state) settledAdvice() (count int64) {
	for i := range s.model.Advice {
		if verdictOf(s.holds(s.model.Advice[i].When)) != Open {
			count++
		}
	}
	return count
}

func (s *state) settledOthers() (count int64) {
	for d := range s.model.Dimensions {
		if s.ladder[d].One() {
			count++
		}
		if f := s.target(d); f.settled() {
			count++
		}
	}
	for i := range s.model.Votes {
		if verdictOf(s.holds(s.model.Votes[i].When)) != Open {
			count++
		}
	}
	return count
}

// allSupport gathers the support of every item.
func (s *state) allSupport(u *support) {
	m := s.model
	open := func(when *expr.Node) {
		if verdictOf(s.holds(when)) == Open {
			u.node(when)
		}
	}
	for d := range m.Dimensions {
		if !s.ladder[d].One() {
			u.dimension(d)
		}
		f := s.target(d)
		for _, i := range f.open {
			u.node(m.Targets[i].When)
		}
	}
	for i := range m.Advice {
		open(m.Advice[i].When)
	}
	for i := range m.Votes {
		open(m.Votes[i].When)
	}
	for v := range m.Values {
		if !s.values[v].One() {
			u.node(m.Values[v].Compute)
		}
	}
}

// Whole computes everything at once.
func (m *Model) Whole(answers Answers) *Result {
	r := m.Evaluate(answers)
	return m.Order(m.WhatWouldChange(m.Explain(r)))
}
