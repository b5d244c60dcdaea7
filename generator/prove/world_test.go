package prove

import (
	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// world is a world evaluated by the definitions of SEMANTICS.md 3 to 5, as plainly as
// possible: the yardstick of every proof.
type world struct {
	m      *assessment.Model
	counts []assessment.Answer
	shown  []expr.Truths
}

func newWorld(m *assessment.Model, answers []assessment.Answer) *world {
	w := &world{m: m, counts: make([]assessment.Answer, len(m.Questions)), shown: make([]expr.Truths, len(m.Questions))}
	for _, i := range m.AskOrder {
		q := &m.Questions[i]
		w.shown[i] = w.truth(q.AskWhen)
		w.counts[i] = assessment.Answer{State: assessment.NotApplicable}
		switch {
		case w.shown[i] == expr.True:
			w.counts[i] = answers[i]
		case w.shown[i] == expr.False && q.Otherwise != nil:
			w.counts[i] = *q.Otherwise
		}
	}
	return w
}

func (w *world) truth(n *expr.Node) expr.Truths {
	if n == nil {
		return expr.True
	}
	return n.EvaluateTruth(w)
}

func (w *world) applies(i int) bool { return w.counts[i].State == assessment.Answered }

func (w *world) count(i int) int64 {
	n := int64(0)
	for j, option := range w.m.Questions[i].Options {
		if w.counts[i].Options>>j&1 == 1 && !option.Exclusive {
			n++
		}
	}
	return n
}

func (w *world) level(i int) int {
	q := &w.m.Questions[i]
	n := w.counts[i].Number
	switch q.Kind {
	case assessment.KindMany:
		n = w.count(i)
	case assessment.KindNumber:
	default:
		return q.Options[w.counts[i].Option].Level
	}
	for _, band := range q.Bands {
		if band.From <= n && n <= band.To {
			return band.Level
		}
	}
	panic("no band")
}

func (w *world) Level(d int) (float64, bool) {
	some := false
	for n := w.m.Top; n >= 0; n-- {
		reached := true
		for _, i := range w.m.Dimensions[d].Questions {
			if w.applies(i) {
				some = true
				reached = reached && w.level(i) >= min(n, w.m.Questions[i].Top)
			}
		}
		if !some {
			return 0, false
		}
		if reached {
			return float64(n), true
		}
	}
	return 0, true
}

func (w *world) Mean(d int) (expr.Ratio, bool) {
	var r expr.Ratio
	for _, i := range w.m.Dimensions[d].Questions {
		if w.applies(i) {
			r.Numerator += int64(w.m.Top * w.level(i))
			r.Denominator += int64(w.m.Questions[i].Top)
		}
	}
	return r, r.Denominator > 0
}

func (w *world) Number(kind expr.Kind, i int) (float64, bool) {
	if kind == expr.Value {
		return w.m.Values[i].Compute.EvaluateNumber(w)
	}
	switch {
	case !w.applies(i):
		return 0, false
	case w.m.Questions[i].Dimension >= 0:
		return float64(w.level(i)), true
	}
	return w.m.Questions[i].Value(w.counts[i].Number), true
}

func (w *world) Truth(_ expr.Kind, i int) (bool, bool) {
	return w.applies(i) && w.m.Questions[i].Options[w.counts[i].Option].ID == "yes", w.applies(i)
}
func (w *world) Option(_ expr.Kind, i int) (int, bool) { return w.counts[i].Option, w.applies(i) }
func (w *world) Has(_ expr.Kind, i, option int) (bool, bool) {
	if w.m.Questions[i].Kind == assessment.KindMany {
		return w.counts[i].Options>>option&1 == 1, w.applies(i)
	}
	return w.counts[i].Option == option, w.applies(i)
}
func (w *world) Count(_ expr.Kind, i int) (float64, bool) {
	return float64(w.count(i)), w.applies(i)
}
func (w *world) Applies(kind expr.Kind, i int) bool {
	if kind == expr.Dim {
		_, ok := w.Level(i)
		return ok
	}
	return w.applies(i)
}

// everyAnswer lists all that a question can be answered with.
func everyAnswer(q *assessment.ModelQuestion) (list []assessment.Answer) {
	add := func(a assessment.Answer) {
		a.State = assessment.Answered
		list = append(list, a)
	}
	switch q.Kind {
	case assessment.KindNumber:
		for n := q.Min; n <= q.Max; n++ {
			add(assessment.Answer{Number: n})
		}
	case assessment.KindMany:
		for set := range uint64(1) << len(q.Options) {
			chosen, alone := 0, 0
			for j, option := range q.Options {
				if set>>j&1 == 1 {
					chosen++
					if option.Exclusive {
						alone++
					}
				}
			}
			if alone == 0 || chosen == 1 {
				add(assessment.Answer{Options: set})
			}
		}
	default:
		for i := range q.Options {
			add(assessment.Answer{Option: i})
		}
	}
	if q.NotApplicable {
		list = append(list, assessment.Answer{State: assessment.NotApplicable})
	}
	return list
}

// worldsOf lists every world, each once, or nil beyond a limit: the answers to hidden
// questions are void.
func worldsOf(m *assessment.Model, limit int) []*world {
	domains := make([][]assessment.Answer, len(m.Questions))
	count := 1
	for i := range m.Questions {
		domains[i] = everyAnswer(&m.Questions[i])
		if count *= len(domains[i]); count > limit {
			return nil
		}
	}
	var worlds []*world
	complete := make([]assessment.Answer, len(m.Questions))
	var fill func(k int)
	fill = func(k int) {
		if k == len(domains) {
			worlds = append(worlds, newWorld(m, complete))
			return
		}
		i := m.AskOrder[k]
		// Whether it is asked is known: what its ask-when mentions stands before it.
		if w := newWorld(m, complete); w.shown[i] != expr.True {
			complete[i] = domains[i][0]
			fill(k + 1)
			return
		}
		for _, answer := range domains[i] {
			complete[i] = answer
			fill(k + 1)
		}
		complete[i] = assessment.Answer{State: assessment.NotApplicable}
	}
	for i := range complete {
		complete[i] = assessment.Answer{State: assessment.NotApplicable}
	}
	fill(0)
	return worlds
}
