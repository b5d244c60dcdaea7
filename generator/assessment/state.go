package assessment

import (
	"math/bits"

	"cairn/generator/expr"
)

// possible is what one question may still be (SEMANTICS.md 6 and 7).
type possible struct {
	// shown is the truth of its ask-when: true is shown, false hidden and counted
	// as its otherwise, none hidden and not applicable.
	shown expr.Truths
	// some: it may have a value. na: it may be not applicable.
	some, na bool
	// options of kinds level, choice and yes-no, a bit each.
	options uint64
	// must and may are the options surely and perhaps among those of kind many.
	must, may           uint64
	countLow, countHigh int64
	// low and high are numbers, in steps.
	low, high int64
	// levelLow and levelHigh are levels, of a scored question.
	levelLow, levelHigh int
}

// add widens the set by another of the same question.
func (p *possible) add(o *possible) {
	p.na = p.na || o.na
	if !o.some {
		return
	}
	if !p.some {
		shown, na := p.shown, p.na
		*p = *o
		p.shown, p.na = shown, na
		return
	}
	p.options |= o.options
	p.must &= o.must
	p.may |= o.may
	p.countLow, p.countHigh = min(p.countLow, o.countLow), max(p.countHigh, o.countHigh)
	p.low, p.high = min(p.low, o.low), max(p.high, o.high)
	p.levelLow, p.levelHigh = min(p.levelLow, o.levelLow), max(p.levelHigh, o.levelHigh)
}

// exactly is the set of one answer.
func (q *ModelQuestion) exactly(a *Answer) possible {
	p := possible{some: true}
	switch q.Kind {
	case KindMany:
		p.must, p.may = a.Options, a.Options
		p.countLow = q.Count(a.Options)
		p.countHigh = p.countLow
	case KindNumber:
		p.low, p.high = a.Number, a.Number
	default:
		p.options = 1 << a.Option
	}
	if q.Scored() {
		p.levelLow = q.Level(a)
		p.levelHigh = p.levelLow
	}
	return p
}

// anything is the set of every answer.
func (q *ModelQuestion) anything() possible {
	all := uint64(1)<<len(q.Options) - 1
	p := possible{some: true, levelLow: q.Lowest, levelHigh: q.Top}
	switch q.Kind {
	case KindMany:
		p.may = all
		p.countHigh = int64(bits.OnesCount64(all &^ q.Exclusive()))
	case KindNumber:
		p.low, p.high = q.Min, q.Max
	default:
		p.options = all
	}
	return p
}

// one tells whether the set has exactly one element.
func (p *possible) one(q *ModelQuestion) bool {
	if p.some == p.na {
		return false
	}
	if p.na {
		return true
	}
	switch q.Kind {
	case KindMany:
		return p.must == p.may
	case KindNumber:
		return p.low == p.high
	}
	return p.options&(p.options-1) == 0
}

// A state is everything that may still be under some answers. It is the Worlds of
// every expression of the model.
type state struct {
	model   *Model
	answers Answers
	q       []possible
	ladder  []expr.Numbers
	mean    []expr.Ratios
	values  []expr.Numbers
}

func newState(m *Model) *state {
	return &state{
		model: m, q: make([]possible, len(m.Questions)), ladder: make([]expr.Numbers, len(m.Dimensions)),
		mean: make([]expr.Ratios, len(m.Dimensions)), values: make([]expr.Numbers, len(m.Values)),
	}
}

// set computes the state under other answers, in the same memory.
func (s *state) set(answers Answers) *state {
	s.answers = answers
	for _, i := range s.model.AskOrder {
		s.question(i)
	}
	for d := range s.model.Dimensions {
		s.dimension(d)
	}
	for _, v := range s.model.ValueOrder {
		s.values[v] = s.model.Values[v].Compute.Numbers(s)
	}
	return s
}

// answer returns the answer to a question; an answer that does not fit is none.
func (s *state) answer(i int) *Answer {
	if i < len(s.answers) && s.model.Questions[i].valid(&s.answers[i]) {
		return &s.answers[i]
	}
	return &unanswered
}

var unanswered Answer

func (s *state) question(i int) {
	q := &s.model.Questions[i]
	p := possible{shown: expr.True}
	if q.AskWhen != nil {
		p.shown = q.AskWhen.Truths(s)
	}
	if p.shown.Has(expr.True) {
		answer := s.answer(i)
		var o possible
		switch answer.State {
		case Answered:
			o = q.exactly(answer)
		case NotApplicable:
			o.na = true
		case DontKnow:
			o = q.anything()
		default:
			o = q.anything()
			o.na = q.NotApplicable
		}
		p.add(&o)
	}
	if p.shown.Has(expr.False) {
		o := possible{na: q.Otherwise == nil}
		if q.Otherwise != nil {
			o = q.exactly(q.Otherwise)
		}
		p.add(&o)
	}
	if p.shown.Has(expr.None) {
		p.na = true
	}
	s.q[i] = p
}

// Rung is the highest ladder that one question allows: level(q) ≥ min(n, top(q)).
func (m *Model) Rung(q *ModelQuestion, level int) int {
	if level >= q.Top {
		return m.Top
	}
	return level
}

// dimension computes ladder and mean from lowest to highest (SEMANTICS.md 4 and 7).
func (s *state) dimension(d int) {
	m := s.model
	low, high, best := m.Top, m.Top, 0
	must, may := false, false
	for _, i := range m.Dimensions[d].Questions {
		p, q := &s.q[i], &m.Questions[i]
		if !p.some {
			continue
		}
		may = true
		low = min(low, m.Rung(q, p.levelLow))
		if p.na { // it need not cap the upper end
			best = max(best, m.Rung(q, p.levelHigh))
			continue
		}
		must = true
		high = min(high, m.Rung(q, p.levelHigh))
	}
	if !must {
		high = best
	}
	s.ladder[d], s.mean[d] = expr.Numbers{None: !must}, expr.Ratios{None: !must}
	if may {
		s.ladder[d].Some, s.ladder[d].Low, s.ladder[d].High = true, float64(low), float64(high)
		s.mean[d].Some = true
		s.mean[d].Low, s.mean[d].High = s.extreme(d, must, false), s.extreme(d, must, true)
	}
}

// extreme is the exact lowest or highest mean: a question that may be N/A is taken
// in, in order of level/top, while it lowers (raises) the ratio.
func (s *state) extreme(d int, must, highest bool) expr.Ratio {
	m := s.model
	level := func(i int) int64 {
		if highest {
			return int64(s.q[i].levelHigh)
		}
		return int64(s.q[i].levelLow)
	}
	better := func(a, b expr.Ratio) bool {
		if highest {
			return a.Compare(b) > 0
		}
		return a.Compare(b) < 0
	}
	var sum, top int64
	free := make([]int, 0, 8)
	for _, i := range m.Dimensions[d].Questions {
		switch p := &s.q[i]; {
		case !p.some:
		case p.na:
			free = append(free, i)
		default:
			sum += level(i)
			top += int64(m.Questions[i].Top)
		}
	}
	ratio := func(i int) expr.Ratio { return expr.Ratio{Numerator: level(i), Denominator: int64(m.Questions[i].Top)} }
	for taken := 0; taken < len(free); taken++ {
		next := taken
		for j := taken + 1; j < len(free); j++ {
			if better(ratio(free[j]), ratio(free[next])) {
				next = j
			}
		}
		free[taken], free[next] = free[next], free[taken]
		if top > 0 && !better(ratio(free[taken]), expr.Ratio{Numerator: sum, Denominator: top}) {
			break
		}
		sum += level(free[taken])
		top += int64(m.Questions[free[taken]].Top)
	}
	return expr.Ratio{Numerator: int64(m.Top) * sum, Denominator: top}
}

// The state as the worlds of expressions.

func (s *state) Numbers(kind expr.Kind, index int) expr.Numbers {
	if kind == expr.Value {
		return s.values[index]
	}
	q, p := &s.model.Questions[index], &s.q[index]
	set := expr.Numbers{Some: p.some, None: p.na}
	if !p.some {
		return set
	}
	if q.Scored() {
		set.Low, set.High = float64(p.levelLow), float64(p.levelHigh)
	} else {
		set.Low, set.High = q.Value(p.low), q.Value(p.high)
	}
	return set
}

func (s *state) Truths(_ expr.Kind, index int) expr.Truths {
	q := &s.model.Questions[index]
	return s.Has(expr.Question, index, q.option("yes"))
}

func (s *state) Options(_ expr.Kind, index int) expr.Options {
	p := &s.q[index]
	return expr.Options{Bits: p.options, None: p.na}
}

func (s *state) Has(_ expr.Kind, index, option int) expr.Truths {
	q, p := &s.model.Questions[index], &s.q[index]
	bit := uint64(1) << option
	var truths expr.Truths
	if q.Kind == KindMany {
		if p.some && p.may&bit != 0 {
			truths |= expr.True
		}
		if p.some && p.must&bit == 0 {
			truths |= expr.False
		}
	} else {
		if p.options&bit != 0 {
			truths |= expr.True
		}
		if p.options&^bit != 0 {
			truths |= expr.False
		}
	}
	if p.na {
		truths |= expr.None
	}
	return truths
}

func (s *state) Count(_ expr.Kind, index int) expr.Numbers {
	p := &s.q[index]
	return expr.Numbers{Low: float64(p.countLow), High: float64(p.countHigh), Some: p.some, None: p.na}
}

func (s *state) Level(dimension int) expr.Numbers { return s.ladder[dimension] }
func (s *state) Mean(dimension int) expr.Ratios   { return s.mean[dimension] }

func (s *state) Applies(kind expr.Kind, index int) expr.Truths {
	if kind == expr.Dim {
		return truths(s.ladder[index].Some, s.ladder[index].None)
	}
	return truths(s.q[index].some, s.q[index].na)
}

// truths is the set of what may be true and what may be false.
func truths(may, mayNot bool) (set expr.Truths) {
	if may {
		set |= expr.True
	}
	if mayNot {
		set |= expr.False
	}
	return set
}

// holds is the truth of a condition; a condition that is not there always holds.
func (s *state) holds(when *expr.Node) expr.Truths {
	if when == nil {
		return expr.True
	}
	return when.Truths(s)
}
