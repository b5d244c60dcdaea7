package assessment

import (
	"cairn/generator/expr"
)

// effects are what one answer can change: questions that are asked on it, dimensions,
// and values, each in the order of computing.
type effects struct {
	questions, dimensions, values []int
}

// effectsOf lists the effects of each question.
func (m *Model) effectsOf() []effects {
	dependents := make([][]int, len(m.Questions))
	for i := range m.Questions {
		for _, j := range mentioned(m.Questions[i].AskWhen) {
			dependents[j] = append(dependents[j], i)
		}
	}
	list := make([]effects, len(m.Questions))
	for i := range m.Questions {
		touched := make([]bool, len(m.Questions))
		var touch func(j int)
		touch = func(j int) {
			if !touched[j] {
				touched[j] = true
				for _, k := range dependents[j] {
					touch(k)
				}
			}
		}
		touch(i)
		list[i] = m.effectsOn(touched)
	}
	return list
}

func (m *Model) effectsOn(questions []bool) effects {
	var e effects
	dimensions, values := make([]bool, len(m.Dimensions)), make([]bool, len(m.Values))
	for _, i := range m.AskOrder {
		if !questions[i] {
			continue
		}
		e.questions = append(e.questions, i)
		if d := m.Questions[i].Dimension; d >= 0 && !dimensions[d] {
			dimensions[d] = true
			e.dimensions = append(e.dimensions, d)
		}
	}
	for _, v := range m.ValueOrder {
		m.Values[v].Compute.Walk(func(n *expr.Node) {
			switch n.Kind {
			case expr.Question:
				values[v] = values[v] || questions[n.Index]
			case expr.Dim:
				values[v] = values[v] || dimensions[n.Index]
			case expr.Value:
				values[v] = values[v] || values[n.Index]
			}
		})
		if values[v] {
			e.values = append(e.values, v)
		}
	}
	return e
}

// A trial is a state in which one answer after another can be changed, at the cost
// of what hangs on it.
type trial struct {
	*state
	effects []effects
}

func newTrial(m *Model, answers Answers) *trial {
	own := make(Answers, len(m.Questions))
	copy(own, answers)
	return &trial{newState(m).set(own), m.effectsOf()}
}

// reset takes other answers.
func (t *trial) reset(answers Answers) *state {
	copy(t.answers, answers)
	return t.set(t.answers)
}

// put changes one answer and returns the one before.
func (t *trial) put(i int, to Answer) (before Answer) {
	before = t.answers[i]
	t.answers[i] = to
	e := &t.effects[i]
	for _, j := range e.questions {
		t.question(j)
	}
	for _, d := range e.dimensions {
		t.dimension(d)
	}
	for _, v := range e.values {
		t.values[v] = t.model.Values[v].Compute.Numbers(t.state)
	}
	return before
}

// decided returns the outcome that is the decision in every world, or -1.
func (s *state) decided() int {
	for i := range s.model.Outcomes {
		switch truths := s.holds(s.model.Outcomes[i].When); {
		case truths == expr.True:
			return i
		case truths.Has(expr.True):
			return -1
		}
	}
	return -1
}
