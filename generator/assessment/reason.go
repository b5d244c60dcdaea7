package assessment

import (
	"cairn/generator/expr"
)

// A Reason is a node of the tree that says why: a part of a condition, a dimension,
// a value or an answer, with what it may be. Text is filled in by Words.
type Reason struct {
	// Kind is an operation of an expression, or "question", "dimension", "value",
	// "always".
	Kind string `json:"kind"`
	Sign string `json:"sign,omitempty"`
	// ID is the question, dimension or value that is read.
	ID      string   `json:"id,omitempty"`
	Options []string `json:"options,omitempty"`
	// Truths, Number and Mean are what it may be, whichever it is.
	Truths []string  `json:"truths,omitempty"`
	Number *Span     `json:"number,omitempty"`
	Mean   *MeanSpan `json:"mean,omitempty"`
	// State and Answer are those of a question; State is "hidden" for one that is
	// not asked.
	State  string `json:"state,omitempty"`
	Answer any    `json:"answer,omitempty"`
	Level  *int   `json:"level,omitempty"`
	Text   string `json:"text,omitempty"`
	// Sources are those that a question or value rests on; filled in with the text.
	Sources []string `json:"sources,omitempty"`
	// Parts are what it is made of.
	Parts []*Reason `json:"parts,omitempty"`

	// Not tells that a missing leaf should be false.
	Not bool `json:"not,omitempty"`

	node *expr.Node
}

// Explain adds the reasons and near misses.
func (m *Model) Explain(r *Result) *Result {
	s := r.state
	for d := range m.Dimensions {
		r.Dimensions[d].Reason = s.score(d)
		f := s.target(d)
		if len(f.candidates) > 0 {
			r.Dimensions[d].Target.Reason = s.because(m.Targets[f.candidates[0]].When)
		}
	}
	for v := range m.Values {
		r.Values[v].Reason = s.reasoner().valueReason(v)
	}
	for i := range m.Outcomes {
		r.Decision.Outcomes[i].Reason = s.because(m.Outcomes[i].When)
	}
	for source := range r.Votes {
		next := 0
		for i := range m.Votes {
			if m.Votes[i].Source == source {
				r.Votes[source].Votes[next].Reason = s.because(m.Votes[i].When)
				next++
			}
		}
	}
	for i := range m.Advice {
		r.Advice[i].Reason = s.because(m.Advice[i].When)
	}
	r.Near = s.near()
	return r
}

// because is the reason of a condition.
func (s *state) because(when *expr.Node) *Reason {
	if when == nil {
		return &Reason{Kind: "always", Truths: expr.True.List()}
	}
	return s.reasoner().node(when)
}

// A reasoner makes one tree. In one tree, what a value, a dimension or a hidden
// question is made of stands at its first mention only: trees stay small, however
// often formulas mention one another.
type reasoner struct {
	*state
	seen map[string]bool
}

func (s *state) reasoner() *reasoner { return &reasoner{s, map[string]bool{}} }

// first tells whether something is mentioned for the first time.
func (s *reasoner) first(kind, id string) bool {
	key := kind + " " + id
	if s.seen[key] {
		return false
	}
	s.seen[key] = true
	return true
}

// node is the tree of a node: the parts of && || ! and if; of a comparison, what
// it reads.
func (s *reasoner) node(n *expr.Node) *Reason {
	r := &Reason{Kind: string(n.Op), Sign: n.Sign, node: n}
	if n.IsTruth() {
		r.Truths = n.Truths(s).List()
	} else {
		span := spanOf(n.Numbers(s))
		r.Number = &span
	}
	switch n.Op {
	case expr.OpAnd, expr.OpOr, expr.OpNot, expr.OpSame:
		for _, arg := range n.Args {
			r.Parts = append(r.Parts, s.node(arg))
		}
		return r
	case expr.OpIf:
		if n.Truth {
			for _, arg := range n.Args {
				r.Parts = append(r.Parts, s.node(arg))
			}
			return r
		}
	}
	if n.Kind != "" {
		r.ID = s.model.nameOf(n.Kind, n.Index)
		for _, o := range n.Options {
			r.Options = append(r.Options, s.model.Questions[n.Index].Options[o].ID)
		}
	}
	r.Parts = s.reads(n)
	return r
}

func (m *Model) nameOf(kind expr.Kind, index int) string {
	switch kind {
	case expr.Dim:
		return m.Dimensions[index].ID
	case expr.Value:
		return m.Values[index].ID
	}
	return m.Questions[index].ID
}

// reads are the things a node reads, each once.
func (s *reasoner) reads(n *expr.Node) []*Reason {
	type thing struct {
		kind  expr.Kind
		index int
	}
	var parts []*Reason
	seen := map[thing]bool{}
	n.Walk(func(n *expr.Node) {
		if n.Kind == "" || seen[thing{n.Kind, n.Index}] {
			return
		}
		seen[thing{n.Kind, n.Index}] = true
		switch n.Kind {
		case expr.Question:
			parts = append(parts, s.questionReason(n.Index))
		case expr.Dim:
			parts = append(parts, s.held(n.Index))
		case expr.Value:
			parts = append(parts, s.valueReason(n.Index))
		}
	})
	return parts
}

// score is the tree of a dimension: every question of it.
func (s *state) score(d int) *Reason {
	r, tree := s.dimensionReason(d), s.reasoner()
	for _, i := range s.model.Dimensions[d].Questions {
		r.Parts = append(r.Parts, tree.questionReason(i))
	}
	return r
}

// held is a dimension inside a condition: only the answers that hold it, or that it
// is open on. The whole is in its score.
func (s *reasoner) held(d int) *Reason {
	r := s.dimensionReason(d)
	if !s.first("dimension", r.ID) {
		return r
	}
	for _, i := range s.model.Dimensions[d].Questions {
		p := &s.q[i]
		open := p.some && (p.na || p.levelLow != p.levelHigh) && !s.ladder[d].One()
		if open || s.ladder[d].Some && contains(s.holders(d, int(s.ladder[d].High)), i) {
			r.Parts = append(r.Parts, s.questionReason(i))
		}
	}
	return r
}

func (s *state) dimensionReason(d int) *Reason {
	ladder, mean := spanOf(s.ladder[d]), meanSpanOf(s.mean[d])
	return &Reason{Kind: "dimension", ID: s.model.Dimensions[d].ID, Number: &ladder, Mean: &mean}
}

func (s *reasoner) valueReason(v int) *Reason {
	span := spanOf(s.values[v])
	r := &Reason{Kind: "value", ID: s.model.Values[v].ID, Number: &span}
	if s.first("value", r.ID) {
		r.Parts = s.reads(s.model.Values[v].Compute)
	}
	return r
}

// questionReason is an answer; of a question that is hidden or may be, with why.
func (s *reasoner) questionReason(i int) *Reason {
	q, p := &s.model.Questions[i], &s.q[i]
	r := &Reason{Kind: "question", ID: q.ID}
	answer := s.answer(i)
	if p.shown.Has(expr.True) {
		r.State = string(answer.State)
		if answer.State == Unanswered {
			r.State = "unanswered"
		}
		if answer.State == Answered {
			r.Answer = q.valueOf(answer)
		}
	} else {
		r.State = "hidden"
		if p.some {
			r.Answer = q.valueOf(q.Otherwise)
		}
	}
	if q.Scored() {
		if level := p.levelLow; p.some && level == p.levelHigh && !p.na {
			r.Level = &level
		}
	}
	if p.shown != expr.True && s.first("question", q.ID) {
		r.Parts = append(r.Parts, s.node(q.AskWhen))
	}
	return r
}

// valueOf is an answer as answer files write it: an option's id, a list of ids, a
// number, true or false.
func (q *ModelQuestion) valueOf(a *Answer) any {
	switch q.Kind {
	case KindNumber:
		return q.Value(a.Number)
	case KindMany:
		ids := []string{}
		for i, option := range q.Options {
			if a.Options&(1<<i) != 0 {
				ids = append(ids, option.ID)
			}
		}
		return ids
	case KindYesNo:
		return q.Options[a.Option].ID == "yes"
	}
	return q.Options[a.Option].ID
}
