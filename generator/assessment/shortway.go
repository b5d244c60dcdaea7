package assessment

import (
	"encoding/binary"
	"slices"
	"sync"

	"cairn/generator/expr"
)

// How long the short way is (SEMANTICS.md 9), measured: profiles are drawn, and each is
// asked in the order of the short way until its decision and its first step are
// settled. Chance is handed in, so that the same draws give the same figures.

// A Draw returns a whole number from 0 to n-1, each with equal chance.
type Draw func(n int) int

// A Likeness says how the answers of a drawn profile hang together.
type Likeness int

// Independent draws every answer by itself: each level or option, each count of a set
// and each cell of a number with equal chance. Alike draws a level for each dimension
// first; each of its questions then takes that level with a chance of one half, and
// the next one above or below with a quarter each, as far as there is one. Questions
// of context are drawn by themselves in both.
const (
	Independent Likeness = iota
	Alike
)

// Profile draws an answer to every question.
func (m *Model) Profile(draw Draw, likeness Likeness) Answers {
	answers := m.None()
	levels := make([]int, len(m.Dimensions))
	if likeness == Alike {
		for d := range levels {
			levels[d] = draw(m.Top + 1)
		}
	}
	for i := range m.Questions {
		q := &m.Questions[i]
		choices := q.choices()
		switch {
		case q.Scored() && likeness == Alike:
			answers[i] = q.nearest(choices, levels[q.Dimension]+[]int{0, 0, -1, 1}[draw(4)])
		default:
			answers[i] = choices[draw(len(choices))]
		}
		if q.Kind == KindMany {
			answers[i].Options = q.setOf(int(q.Count(answers[i].Options)), draw)
		}
	}
	return answers
}

// nearest is the choice whose level lies nearest to another, the lower of two.
func (q *ModelQuestion) nearest(choices []Answer, level int) Answer {
	best, distance := choices[0], -1
	for _, choice := range choices {
		away := q.Level(&choice) - level
		if away = max(away, -away); distance < 0 || away < distance {
			best, distance = choice, away
		}
	}
	return best
}

// setOf draws a set of so many options. An empty one is the first exclusive option, if
// there is one: that is what a reader chooses who chooses nothing else.
func (q *ModelQuestion) setOf(count int, draw Draw) uint64 {
	exclusive := q.Exclusive()
	if count == 0 {
		return exclusive & -exclusive
	}
	var rest []int
	for i := range q.Options {
		if exclusive>>i&1 == 0 {
			rest = append(rest, i)
		}
	}
	var set uint64
	for range count {
		at := draw(len(rest))
		set |= 1 << rest[at]
		rest = append(rest[:at], rest[at+1:]...)
	}
	return set
}

// A Walk is the short way of one profile: how many questions were answered when the
// decision was settled, and when the first step was settled, too.
type Walk struct {
	Decision, FirstStep int
}

// A Walker asks profiles by the short way, from several goroutines if need be. It
// remembers what comes next after the answers that it met, because the first questions
// are the same for all; that changes no figure.
type Walker struct {
	model *Model
	mutex sync.Mutex
	next  map[string]int
}

// NewWalker returns a walker that remembers nothing yet.
func (m *Model) NewWalker() *Walker { return &Walker{model: m, next: map[string]int{}} }

// The most that a walker remembers, in places on the way: about 30 MB.
const mostRemembered = 200_000

// Walk asks a profile until its decision and its first step are settled, or no answer
// would settle more.
func (w *Walker) Walk(profile Answers) Walk {
	s := newTrial(w.model, w.model.None())
	var walk Walk
	decided := false
	var way []byte // what was asked and answered, in order
	for asked := 0; ; asked++ {
		if f := s.decision(); !decided && f.settled() {
			decided, walk.Decision = true, asked
		}
		i := -1
		if _, settled := s.firstStep(); !decided || !settled {
			i = w.after(way, s)
		}
		if i < 0 {
			if !decided {
				walk.Decision = asked
			}
			walk.FirstStep = asked
			return walk
		}
		answer := profile[i]
		s.put(i, answer)
		for _, part := range []uint64{uint64(i), uint64(answer.Option), uint64(answer.Number), answer.Options} {
			way = binary.AppendUvarint(way, part)
		}
	}
}

// after returns the question that comes next, or -1.
func (w *Walker) after(way []byte, s *trial) int {
	w.mutex.Lock()
	i, known := w.next[string(way)]
	w.mutex.Unlock()
	if known {
		return i
	}
	i = -1
	if order := s.order(); len(order) > 0 {
		i = order[0]
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if len(w.next) < mostRemembered {
		w.next[string(way)] = i
	}
	return i
}

// Quantiles are figures of a sorted list: each is the smallest entry that at least that
// share of the list does not exceed.
type Quantiles struct {
	Quarter       int `json:"quarter"`
	Median        int `json:"median"`
	ThreeQuarters int `json:"three-quarters"`
	NinetyFifth   int `json:"ninety-fifth"`
}

// QuantilesOf sorts a list that is not empty and returns its figures.
func QuantilesOf(list []int) Quantiles {
	slices.Sort(list)
	at := func(hundredths int) int { return list[(len(list)*hundredths+99)/100-1] }
	return Quantiles{at(25), at(50), at(75), at(95)}
}

// A rank is what next steps are ordered by, the smaller the earlier: the gap
// negated, the ladder, the effort, the place in the file.
type rank [4]int

func (r rank) before(other rank) bool {
	for i := range r {
		if r[i] != other[i] {
			return r[i] < other[i]
		}
	}
	return false
}

// firstStep returns the advice that is the first step in every world, or -1 if there is
// surely none; settled tells whether it is known.
func (s *state) firstStep() (advice int, settled bool) {
	m := s.model
	verdicts := make([]Verdict, len(m.Advice))
	for i := range m.Advice {
		verdicts[i] = verdictOf(s.holds(m.Advice[i].When))
	}
	// The one that surely is a ready step and comes first at its worst, against all
	// others at their best.
	sure := -1
	var worst rank
	best := make(map[int]rank, len(m.Advice))
	for i := range m.Advice {
		if verdicts[i] == NotGiven {
			continue
		}
		waits, perhaps := false, false
		for _, after := range m.Advice[i].After {
			waits = waits || verdicts[after] == Given
			perhaps = perhaps || verdicts[after] == Open
		}
		if waits {
			continue
		}
		low, high := s.ranks(i)
		best[i] = low
		if verdicts[i] == Given && !perhaps && (sure < 0 || high.before(worst)) {
			sure, worst = i, high
		}
	}
	if sure < 0 {
		return -1, len(best) == 0
	}
	for i, low := range best {
		if i != sure && low.before(worst) {
			return -1, false
		}
	}
	return sure, true
}

// ranks are the best and the worst that an advice may have where it is given: over the
// levels of its dimension on which it may be given, and the targets there may be.
func (s *state) ranks(i int) (best, worst rank) {
	m := s.model
	one := &m.Advice[i]
	at := func(gap, ladder int) rank { return rank{-gap, ladder, one.Effort, i} }
	d := one.Dimension
	if d < 0 {
		return at(0, m.Top+1), at(0, m.Top+1)
	}
	first := true
	add := func(r rank) {
		if first || r.before(best) {
			best = r
		}
		if first || worst.before(r) {
			worst = r
		}
		first = false
	}
	ladder := s.ladder[d]
	if ladder.None || !ladder.Some {
		add(at(0, m.Top+1))
	}
	if ladder.Some {
		targets := s.target(d)
		for level := int(ladder.Low); level <= int(ladder.High); level++ {
			s.ladder[d] = expr.Numbers{Some: true, Low: float64(level), High: float64(level)}
			if !s.holds(one.When).Has(expr.True) {
				continue
			}
			if targets.none {
				add(at(0, level))
			}
			for _, t := range targets.candidates {
				add(at(max(0, m.Targets[t].Level-level), level))
			}
		}
		s.ladder[d] = ladder
	}
	if first { // cannot be: what may be given is given somewhere
		add(at(0, m.Top+1))
	}
	return best, worst
}
