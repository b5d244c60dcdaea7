package prove

import (
	"slices"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/expr"
)

// used looks for questions, options and values on which nothing depends.
func (p *prover) used() {
	s := p.state(EverythingIsUsed)
	m := p.model
	mentioned := p.mentioned()
	for i := range m.Questions {
		q := &m.Questions[i]
		s.All++
		e := Element{Kind: QuestionElement, Index: i}
		switch {
		case q.Scored():
			if q.Lowest == q.Top {
				s.Failed++
				p.found(Finding{Code: diag.AssessConstantQuestion, Element: e}, nil, nil)
			}
		case !mentioned[i].at:
			s.Failed++
			p.found(Finding{Code: diag.AssessUnusedQuestion, Element: e}, nil, nil)
		default:
			if f, ok := unusedOptions(q, mentioned[i], e); ok {
				s.Failed++
				p.found(f, nil, nil)
			}
		}
	}
	for i := range m.Values {
		s.All++
		if words, constant := p.constant(i); constant {
			s.Failed++
			p.found(Finding{Code: diag.AssessConstantValue, Element: Element{Kind: ValueElement, Index: i}, Words: words}, nil, nil)
		}
	}
}

// A mention is how the conditions and values that count mention a question.
type mention struct {
	at      bool
	count   bool
	options uint64
}

// mentioned finds what is mentioned where it has an effect: in a value, a rule, or the
// ask-when of a question that itself has one.
func (p *prover) mentioned() []mention {
	m := p.model
	list := make([]mention, len(m.Questions))
	visit := func(n *expr.Node) {
		if n.Kind != expr.Question {
			return
		}
		at := &list[n.Index]
		at.at = true
		at.count = at.count || n.Op == expr.OpCount
		for _, option := range n.Options {
			at.options |= 1 << option
		}
	}
	m.Rules(visit)
	for _, i := range slices.Backward(m.AskOrder) {
		if m.Questions[i].Scored() || list[i].at {
			m.Questions[i].AskWhen.Walk(visit)
		}
	}
	return list
}

// unusedOptions: two or more options that nothing mentions are the same answer.
func unusedOptions(q *assessment.ModelQuestion, at mention, e Element) (Finding, bool) {
	if at.count || q.Kind == assessment.KindNumber || q.Kind == assessment.KindYesNo {
		return Finding{}, false
	}
	f := Finding{Code: diag.AssessUnusedOption, Element: e}
	f.Element.Part = -1
	for k, option := range q.Options {
		if at.options>>k&1 == 1 || option.Exclusive {
			continue
		}
		if f.Element.Part < 0 {
			f.Element.Part = k
		}
		f.Words = append(f.Words, option.ID)
	}
	enough := 2
	if q.Kind == assessment.KindMany {
		enough = 1 // nothing is what is left of a set
	}
	return f, len(f.Words) >= enough
}

// constant tells whether a value is surely the same in every world: its number, or
// nothing if it never is one.
func (p *prover) constant(i int) (words []string, constant bool) {
	v := p.model.Values[i].Compute
	c := &component{atoms: []*atom{p.atoms[p.intern(compare(v, "==", 0))]}}
	c.questions = p.reach(c.atoms[0])
	slices.SortFunc(c.questions, func(a, b int) int { return p.askPlace[a] - p.askPlace[b] })
	c.dimensions = c.atoms[0].dimensions
	b := newBox(p.model, c)
	b.compute()
	set := v.Numbers(b)
	switch {
	case !set.One():
		return nil, false
	case set.None:
		return nil, true
	}
	return []string{decimal(set.Low)}, true
}
