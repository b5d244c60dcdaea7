package prove

import (
	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// A point is one world: what each question counts as, and the scores that follow. It
// is the World of expressions. Where only a part of the questions matters, the others
// are left as they are and must not be read.
type point struct {
	model *assessment.Model
	// counts is what each question counts as: answered, or not applicable.
	counts []assessment.Answer
	scores []score
}

// A score is a dimension's, gathered question by question.
type score struct {
	some     bool
	rung     int // the ladder that the questions so far allow
	sum, top int
}

func newPoint(m *assessment.Model) *point {
	return &point{model: m, counts: make([]assessment.Answer, len(m.Questions)), scores: make([]score, len(m.Dimensions))}
}

var notApplicable = assessment.Answer{State: assessment.NotApplicable}

// fill computes what complete answers count as, for the questions given in ask
// order, and the scores of dimensions.
func (w *point) fill(answers []assessment.Answer, questions, dimensions []int) {
	for _, i := range questions {
		w.counts[i] = w.counted(i, &answers[i])
	}
	for _, d := range dimensions {
		w.scores[d] = score{rung: w.model.Top}
		for _, i := range w.model.Dimensions[d].Questions {
			w.scores[d].add(w.model, i, &w.counts[i])
		}
	}
}

// counted is what a question counts as, once those that its ask-when mentions are known.
func (w *point) counted(i int, answer *assessment.Answer) assessment.Answer {
	q := &w.model.Questions[i]
	shown := expr.True
	if q.AskWhen != nil {
		shown = q.AskWhen.EvaluateTruth(w)
	}
	switch {
	case shown == expr.True:
		return *answer
	case shown == expr.False && q.Otherwise != nil:
		return *q.Otherwise
	}
	return notApplicable
}

// add takes one more question into a dimension's score.
func (s *score) add(m *assessment.Model, i int, a *assessment.Answer) {
	if a.State != assessment.Answered {
		return
	}
	q := &m.Questions[i]
	level := q.Level(a)
	s.some = true
	s.sum += level
	s.top += q.Top
	s.rung = min(s.rung, m.Rung(q, level))
}

// The point as the world of expressions.

func (w *point) applies(i int) bool { return w.counts[i].State == assessment.Answered }

func (w *point) Number(kind expr.Kind, i int) (float64, bool) {
	if kind == expr.Value {
		return w.model.Values[i].Compute.EvaluateNumber(w)
	}
	q := &w.model.Questions[i]
	switch {
	case !w.applies(i):
		return 0, false
	case q.Scored():
		return float64(q.Level(&w.counts[i])), true
	}
	return q.Value(w.counts[i].Number), true
}

func (w *point) Truth(_ expr.Kind, i int) (holds, ok bool) {
	return w.applies(i) && w.model.Questions[i].Options[w.counts[i].Option].ID == "yes", w.applies(i)
}

func (w *point) Option(_ expr.Kind, i int) (int, bool) { return w.counts[i].Option, w.applies(i) }

func (w *point) Has(_ expr.Kind, i, option int) (holds, ok bool) {
	if w.model.Questions[i].Kind == assessment.KindMany {
		return w.counts[i].Options>>option&1 == 1, w.applies(i)
	}
	return w.counts[i].Option == option, w.applies(i)
}

func (w *point) Count(_ expr.Kind, i int) (float64, bool) {
	return float64(w.model.Questions[i].Count(w.counts[i].Options)), w.applies(i)
}

func (w *point) Level(d int) (float64, bool) { return float64(w.scores[d].rung), w.scores[d].some }

func (w *point) Mean(d int) (expr.Ratio, bool) {
	s := &w.scores[d]
	return expr.Ratio{Numerator: int64(w.model.Top * s.sum), Denominator: int64(s.top)}, s.top > 0
}

func (w *point) Applies(kind expr.Kind, i int) bool {
	if kind == expr.Dim {
		return w.scores[i].some
	}
	return w.applies(i)
}
