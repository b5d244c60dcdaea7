package assessment

import (
	"cairn/generator/expr"
)

// world is a state in which every answer is known, evaluated by the definitions of
// SEMANTICS.md 3 to 5 as plainly as possible: the yardstick of the engine.
type world struct {
	m *Model
	// counts is what each question counts as: answered, or not applicable.
	counts []Answer
	shown  []expr.Truths
}

// newWorld takes complete answers: each answered or not applicable.
func newWorld(m *Model, answers Answers) *world {
	w := &world{m: m, counts: make([]Answer, len(m.Questions)), shown: make([]expr.Truths, len(m.Questions))}
	for _, i := range m.AskOrder {
		q := &m.Questions[i]
		w.shown[i] = expr.True
		if q.AskWhen != nil {
			w.shown[i] = q.AskWhen.EvaluateTruth(w)
		}
		w.counts[i] = Answer{State: NotApplicable}
		switch {
		case w.shown[i] == expr.True:
			w.counts[i] = answers[i]
		case w.shown[i] == expr.False && q.Otherwise != nil:
			w.counts[i] = *q.Otherwise
		}
	}
	return w
}

func (w *world) applies(i int) bool { return w.counts[i].State == Answered }

func (w *world) level(i int) int {
	q, a := &w.m.Questions[i], &w.counts[i]
	n := a.Number
	switch q.Kind {
	case KindMany:
		n = 0
		for j, option := range q.Options {
			if a.Options>>j&1 == 1 && !option.Exclusive {
				n++
			}
		}
	case KindNumber:
	default:
		return q.Options[a.Option].Level
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
	q := &w.m.Questions[i]
	switch {
	case !w.applies(i):
		return 0, false
	case q.Dimension >= 0:
		return float64(w.level(i)), true
	}
	return q.Value(w.counts[i].Number), true
}

func (w *world) Truth(_ expr.Kind, i int) (bool, bool) {
	return w.applies(i) && w.m.Questions[i].Options[w.counts[i].Option].ID == "yes", w.applies(i)
}
func (w *world) Option(_ expr.Kind, i int) (int, bool) { return w.counts[i].Option, w.applies(i) }
func (w *world) Has(_ expr.Kind, i, option int) (bool, bool) {
	if w.m.Questions[i].Kind == KindMany {
		return w.counts[i].Options>>option&1 == 1, w.applies(i)
	}
	return w.counts[i].Option == option, w.applies(i)
}
func (w *world) Count(_ expr.Kind, i int) (float64, bool) {
	n := 0
	for j, option := range w.m.Questions[i].Options {
		if w.counts[i].Options>>j&1 == 1 && !option.Exclusive {
			n++
		}
	}
	return float64(n), w.applies(i)
}
func (w *world) Applies(kind expr.Kind, i int) bool {
	if kind == expr.Dim {
		_, ok := w.Level(i)
		return ok
	}
	return w.applies(i)
}

func (w *world) holds(when *expr.Node) expr.Truths {
	if when == nil {
		return expr.True
	}
	return when.EvaluateTruth(w)
}

// decision is the first outcome that holds, or -1.
func (w *world) decision() int {
	for i := range w.m.Outcomes {
		if w.holds(w.m.Outcomes[i].When) == expr.True {
			return i
		}
	}
	return -1
}

// target is the level to aim at, or -1.
func (w *world) target(d int) int {
	for _, t := range w.m.Targets {
		if t.Dimension == d && w.holds(t.When) == expr.True {
			return t.Level
		}
	}
	return -1
}

// stance is what a source says, and how that stands to the decision.
func (w *world) stance(source int) Stance {
	said := map[int]bool{}
	for _, v := range w.m.Votes {
		if v.Source == source && v.Outcome >= 0 && w.holds(v.When) == expr.True {
			said[v.Outcome] = true
		}
	}
	switch {
	case len(said) == 0:
		return SaysSilent
	case len(said) > 1:
		return SaysBoth
	case said[w.decision()]:
		return Agrees
	}
	return Otherwise
}

// worldsOf lists every world of partial answers, or nil beyond a limit.
func worldsOf(m *Model, answers Answers, limit int) []*world {
	domains := make([][]Answer, len(m.Questions))
	count := 1
	for i := range m.Questions {
		q := &m.Questions[i]
		switch answers[i].State {
		case Unanswered:
			domains[i] = everyAnswer(q)
			if q.NotApplicable {
				domains[i] = append(domains[i], Answer{State: NotApplicable})
			}
		case DontKnow:
			domains[i] = everyAnswer(q)
		default:
			domains[i] = []Answer{answers[i]}
		}
		if count *= len(domains[i]); count > limit {
			return nil
		}
	}
	var worlds []*world
	complete := make(Answers, len(m.Questions))
	var fill func(i int)
	fill = func(i int) {
		if i == len(domains) {
			worlds = append(worlds, newWorld(m, complete))
			return
		}
		for _, answer := range domains[i] {
			complete[i] = answer
			fill(i + 1)
		}
	}
	fill(0)
	return worlds
}
