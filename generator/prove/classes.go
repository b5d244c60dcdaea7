package prove

import (
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"
	"slices"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// A class is answers to one question that nothing in sight tells apart, and how many
// they are. One of them stands for all.
type class struct {
	answer assessment.Answer
	// free: the reader may answer so. A question that may be hidden can be not
	// applicable without the reader's saying so.
	free   bool
	weight *big.Int
	// truths are those of the unary atoms, in their order.
	truths []expr.Truths
	key    string
}

// Limits of one question: more values than these are left to boxes.
const (
	mostNumbers   = 100_000
	mostMentioned = 16 // options of kind many
)

// A lens is what is in sight of one question: all that can tell its answers apart.
type lens struct {
	unary []*atom
	// reads are what atoms of several questions read of it.
	reads  []*expr.Node
	scored bool    // its level counts
	exact  bool    // a number counts as it is, not only by cells
	counts bool    // the count of a set counts
	cuts   []int64 // first steps of cells, of the constants that are compared with
	has    uint64
}

func (p *prover) lensOf(i int, seen []*atom, asked []*atom, scored bool) lens {
	l := lens{scored: scored}
	q := &p.model.Questions[i]
	keys := map[string]bool{}
	for k, list := range [][]*atom{seen, asked} {
		for _, a := range list {
			if a.input || !slices.Contains(a.questions, i) {
				continue
			}
			if a.unary() && (k == 0 || !slices.Contains(l.unary, a)) {
				l.unary = append(l.unary, a)
				l.cuts = append(l.cuts, cutsOf(q, a)...)
			}
			l.exact = l.exact || !a.direct
			for _, n := range a.reads[i] {
				switch n.Op {
				case expr.OpHas:
					l.has |= 1 << n.Options[0]
				case expr.OpCount:
					l.counts = true
				}
				if key := keyOf(n); !a.unary() && !keys[key] {
					keys[key] = true
					l.reads = append(l.reads, n)
				}
			}
		}
	}
	l.exact = l.exact && q.Kind == assessment.KindNumber && !q.Scored()
	l.counts = l.counts || q.Scored() // its level is that of its count
	return l
}

// classes lists the classes of a question's answers, those it can only have while it
// is hidden included. ok is false if they are too many.
func (p *prover) classes(i int, l lens) (list []class, ok bool) {
	q := &p.model.Questions[i]
	answers, ok := p.answers(q, l)
	if !ok {
		return nil, false
	}
	answers = append(answers, class{answer: notApplicable, free: q.NotApplicable, weight: big.NewInt(1)})
	byKey := map[string]int{}
	for _, c := range answers {
		c.key, c.truths = p.key(i, &l, c.answer)
		if !c.free {
			c.weight = new(big.Int)
		}
		at, seen := byKey[c.key]
		if !seen {
			byKey[c.key] = len(list)
			list = append(list, c)
			continue
		}
		// A class with a free answer is represented by one.
		if c.free && !list[at].free {
			c.weight.Add(c.weight, list[at].weight)
			list[at] = c
		} else {
			list[at].weight = new(big.Int).Add(list[at].weight, c.weight)
		}
	}
	return list, true
}

// key is what a lens sees of an answer, and the truths of its unary atoms.
func (p *prover) key(i int, l *lens, a assessment.Answer) (string, []expr.Truths) {
	w := p.scratch
	w.counts[i] = a
	var key []byte
	truths := make([]expr.Truths, len(l.unary))
	for k, atom := range l.unary {
		truths[k] = atom.node.EvaluateTruth(w)
		key = append(key, byte(truths[k]))
	}
	for _, n := range l.reads {
		key = appendRead(key, n, w)
	}
	if l.scored {
		level := byte(0xff)
		if a.State == assessment.Answered {
			level = byte(p.model.Questions[i].Level(&a))
		}
		key = append(key, level)
	}
	return string(key), truths
}

func appendRead(key []byte, n *expr.Node, w *point) []byte {
	if n.IsTruth() {
		return append(key, byte(n.EvaluateTruth(w)))
	}
	x, ok := n.EvaluateNumber(w)
	if !ok {
		return append(key, 0)
	}
	return binary.LittleEndian.AppendUint64(append(key, 1), math.Float64bits(x))
}

// answers lists representatives of everything a question can be answered with.
func (p *prover) answers(q *assessment.ModelQuestion, l lens) (list []class, ok bool) {
	add := func(a assessment.Answer, weight *big.Int) {
		a.State = assessment.Answered
		list = append(list, class{answer: a, free: true, weight: weight})
	}
	switch q.Kind {
	case assessment.KindNumber:
		if l.exact {
			if q.Max-q.Min >= mostNumbers {
				return nil, false
			}
			for n := q.Min; n <= q.Max; n++ {
				add(assessment.Answer{Number: n}, big.NewInt(1))
			}
			return list, true
		}
		cells := slices.Concat(q.Cells, l.cuts)
		slices.Sort(cells)
		cells = slices.Compact(cells)
		for c, first := range cells {
			end := q.Max
			if c+1 < len(cells) {
				end = cells[c+1] - 1
			}
			add(assessment.Answer{Number: first}, big.NewInt(end-first+1))
		}
	case assessment.KindMany:
		return p.sets(q, l)
	default:
		for i := range q.Options {
			add(assessment.Answer{Option: i}, big.NewInt(1))
		}
	}
	return list, true
}

// cutsOf are the steps at which a comparison with a constant may change.
func cutsOf(q *assessment.ModelQuestion, a *atom) []int64 {
	if !a.direct || a.node.Op != expr.OpCompare || q.Kind != assessment.KindNumber || q.Scored() {
		return nil
	}
	constant := a.node.Args[1].Number
	var cuts []int64
	for _, beyond := range []func(x float64) bool{
		func(x float64) bool { return x >= constant },
		func(x float64) bool { return x > constant },
	} {
		if first := q.FirstStep(beyond); first <= q.Max {
			cuts = append(cuts, first)
		}
	}
	return cuts
}

// sets lists sets of options: every set of those that are asked for, with as many of
// the others as can make a difference.
func (p *prover) sets(q *assessment.ModelQuestion, l lens) (list []class, ok bool) {
	alone := q.Exclusive()
	every := uint64(1)<<len(q.Options) - 1
	asked, others := l.has&^alone, every&^alone&^l.has
	if bits.OnesCount64(asked) > mostMentioned {
		return nil, false
	}
	add := func(options uint64, weight *big.Int) {
		list = append(list, class{answer: assessment.Answer{State: assessment.Answered, Options: options}, free: true, weight: weight})
	}
	u := bits.OnesCount64(others)
	for set := asked; ; set = (set - 1) & asked {
		if !l.counts {
			add(set, new(big.Int).Lsh(big.NewInt(1), uint(u)))
		} else {
			chosen := uint64(0)
			for j := 0; j <= u; j++ {
				add(set|chosen, new(big.Int).Binomial(int64(u), int64(j)))
				next := others &^ chosen
				chosen |= next & -next
			}
		}
		if set == 0 {
			break
		}
	}
	for i := range q.Options {
		if alone>>i&1 == 1 {
			add(1<<i, big.NewInt(1))
		}
	}
	return list, true
}
