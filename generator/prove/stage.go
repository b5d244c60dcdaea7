package prove

import (
	"math/big"
	"slices"

	"cairn/generator/expr"
)

// States are those that some answers to the questions so far lead to, as keys, with the
// number of worlds of each if they are counted.
type states struct {
	layout  layout
	keys    []string
	weights []*big.Int
}

// A stage goes by one question from the states before it to those after it.
type stage struct {
	e        *enumerator
	s        *scene
	at       int // the step
	question int
	before   *states
	next     states
	byKey    map[string]int32 // of the next states
	step     step
	unary    []int // columns of the atoms that read the question alone
	known    []int // columns of the atoms of several questions that are known now
	opened   []int // dimensions of which this is the first question
	scored   bool
	work     int           // classes tried
	truths   []expr.Truths // scratch
	key      []byte        // scratch
}

func (e *enumerator) newStage(s *scene, k int, before *states) *stage {
	i := e.order[k]
	q := &e.p.model.Questions[i]
	st := &stage{
		e: e, s: s, at: k, question: i, before: before, next: states{layout: e.layout(k)}, byKey: map[string]int32{},
		step: step{question: i, classes: e.class[i]}, unary: e.columns(i),
		scored: q.Scored() && slices.Contains(e.c.dimensions, q.Dimension), truths: make([]expr.Truths, len(s.truths)),
	}
	for column, a := range e.c.atoms {
		if final, ok := e.final[a.id]; ok && final == k {
			st.known = append(st.known, column)
		}
	}
	for _, d := range e.c.dimensions {
		if e.opened[d] == k {
			st.opened = append(st.opened, d)
		}
	}
	return st
}

// leave goes from one state to all that follow it.
func (st *stage) leave(from int) {
	e := st.e
	e.decode(st.before.keys[from], st.s, &st.before.layout)
	for _, d := range st.opened {
		st.s.w.scores[d] = score{rung: e.p.model.Top}
	}
	e.each(st.question, st.s, func(c int, free bool) {
		st.work++
		if !st.take(c) {
			return
		}
		at := st.reach(from, c)
		if !e.count {
			return
		}
		weight := st.before.weights[from]
		if free {
			weight = new(big.Int).Mul(weight, e.class[st.question][c].weight)
		}
		st.next.weights[at].Add(st.next.weights[at], weight)
	})
}

// take makes the key of the state that a class of answers leads to. It tells whether
// the goal can still be reached from there.
func (st *stage) take(c int) bool {
	e, s := st.e, st.s
	class := &e.class[st.question][c]
	s.classOf[st.question] = uint16(c)
	s.w.counts[st.question] = class.answer
	for j, column := range st.unary {
		s.truths[column] = class.truths[j]
	}
	if st.scored {
		d := e.p.model.Questions[st.question].Dimension
		saved := s.w.scores[d]
		s.w.scores[d].add(e.p.model, st.question, &s.w.counts[st.question])
		defer func() { s.w.scores[d] = saved }()
	}
	for _, column := range st.known {
		s.truths[column] = e.c.atoms[column].node.EvaluateTruth(s.w)
	}
	if e.sets != nil {
		copy(st.truths, s.truths)
		defer copy(s.truths, st.truths) // forgotten for this state alone
		if !e.allowed(s, st.at) {
			return false
		}
	}
	st.key = e.encode(st.key, s, &st.next.layout)
	return true
}

// reach finds the state of the key, or makes it.
func (st *stage) reach(from, c int) int32 {
	at, seen := st.byKey[string(st.key)]
	if seen {
		return at
	}
	at = int32(len(st.next.keys))
	key := string(st.key)
	st.byKey[key] = at
	st.next.keys = append(st.next.keys, key)
	st.step.prev, st.step.class = append(st.step.prev, int32(from)), append(st.step.class, uint16(c))
	if st.e.count {
		st.next.weights = append(st.next.weights, new(big.Int))
	}
	return at
}
