package prove

import (
	"encoding/binary"

	"cairn/generator/expr"
)

// What is kept of the past between two steps of an enumeration, as a key: equal states
// are one.

// A layout says what a state after a step holds, and where.
type layout struct {
	questions  []int
	dimensions []int
}

func (e *enumerator) layout(k int) layout {
	var l layout
	for j := 0; j <= k; j++ {
		if i := e.order[j]; e.last[i] > k {
			l.questions = append(l.questions, i)
		}
	}
	for _, d := range e.c.dimensions {
		if e.opened[d] <= k && e.lastDim[d] > k {
			l.dimensions = append(l.dimensions, d)
		}
	}
	return l
}

// scene is one state, taken apart.
type scene struct {
	w       *point
	truths  []expr.Truths
	classOf []uint16
}

func (e *enumerator) encode(key []byte, s *scene, l *layout) []byte {
	key = key[:0]
	for _, truth := range s.truths {
		key = append(key, byte(truth))
	}
	for _, i := range l.questions {
		key = binary.LittleEndian.AppendUint16(key, s.classOf[i])
	}
	for _, d := range l.dimensions {
		score := s.w.scores[d]
		some := byte(0)
		if score.some {
			some = 1
		}
		if !e.ladder[d] {
			score.rung = 0
		}
		if !e.mean[d] {
			score.sum, score.top = 0, 0
		}
		key = append(key, some, byte(score.rung))
		key = binary.LittleEndian.AppendUint16(key, uint16(score.sum))
		key = binary.LittleEndian.AppendUint16(key, uint16(score.top))
	}
	return key
}

func (e *enumerator) decode(key string, s *scene, l *layout) {
	for k := range s.truths {
		s.truths[k] = expr.Truths(key[k])
	}
	rest := key[len(s.truths):]
	word := func() uint16 {
		x := uint16(rest[0]) | uint16(rest[1])<<8
		rest = rest[2:]
		return x
	}
	for _, i := range l.questions {
		c := word()
		s.classOf[i] = c
		s.w.counts[i] = e.class[i][c].answer
	}
	for _, d := range l.dimensions {
		score := &s.w.scores[d]
		score.some, score.rung = rest[0] == 1, int(rest[1])
		rest = rest[2:]
		score.sum, score.top = int(word()), int(word())
	}
}
