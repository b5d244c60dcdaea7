package assessment

import (
	"cairn/generator/expr"
)

// support gathers the questions, unanswered or don't-know, met in those parts of an
// item's tree that are not yet one element: through values, dimensions and ask-when
// (SEMANTICS.md 8).
type support struct {
	s *state
	// in tells whether a question is in the support; seen, whether it was met.
	in, seen   []bool
	dimensions []bool
	values     []bool
}

func (s *state) support() *support {
	m := s.model
	return &support{s: s, in: make([]bool, len(m.Questions)), seen: make([]bool, len(m.Questions)),
		dimensions: make([]bool, len(m.Dimensions)), values: make([]bool, len(m.Values))}
}

func (u *support) node(n *expr.Node) {
	if n == nil || u.one(n) {
		return
	}
	switch n.Kind {
	case expr.Question:
		u.question(n.Index)
	case expr.Dim:
		u.dimension(n.Index)
	case expr.Value:
		if !u.values[n.Index] {
			u.values[n.Index] = true
			u.node(u.s.model.Values[n.Index].Compute)
		}
	}
	for _, arg := range n.Args {
		u.node(arg)
	}
}

func (u *support) one(n *expr.Node) bool {
	if n.IsTruth() {
		return n.Truths(u.s).One()
	}
	return n.Numbers(u.s).One()
}

func (u *support) question(i int) {
	if u.seen[i] {
		return
	}
	u.seen[i] = true
	p := &u.s.q[i]
	if state := u.s.answer(i).State; p.shown.Has(expr.True) && (state == Unanswered || state == DontKnow) {
		u.in[i] = true
	}
	if !p.shown.One() {
		u.node(u.s.model.Questions[i].AskWhen)
	}
}

// dimension adds the questions of a dimension whose level is not yet one.
func (u *support) dimension(d int) {
	if u.dimensions[d] {
		return
	}
	u.dimensions[d] = true
	for _, i := range u.s.model.Dimensions[d].Questions {
		p := &u.s.q[i]
		if p.some && (p.na || p.levelLow != p.levelHigh) {
			u.question(i)
		}
	}
}

// split returns the questions of the support that are unanswered, and those whose
// answer is don't know.
func (u *support) split() (unanswered, dontKnow []int) {
	for i, in := range u.in {
		switch {
		case !in:
		case u.s.answer(i).State == DontKnow:
			dontKnow = append(dontKnow, i)
		default:
			unanswered = append(unanswered, i)
		}
	}
	return unanswered, dontKnow
}
