package prove

import (
	"math/bits"
	"slices"
	"strconv"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// decimal writes a number as an author does.
func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// slotKind says what a slot bounds.
type slotKind int

const (
	cellSlot   slotKind = iota // a number, by its steps
	optionSlot                 // one option, of several
	hasSlot                    // an option of a set, in or out
	countSlot                  // how many options
	levelSlot                  // the level of a scored question
	naSlot                     // a question that is not applicable
	ladderSlot                 // a dimension's ladder
	meanSlot                   // a dimension's mean, by the constants it is compared with
	scoreSlot                  // a dimension has a score, or none
)

// A slot bounds one thing about a world: from low to high, of all from lowest to
// highest; or options, a bit each.
type slot struct {
	kind            slotKind
	index           int // of the question or dimension
	option          int // hasSlot
	low, high       int64
	lowest, highest int64
	options         uint64
	constants       []*expr.Node // meanSlot: compared with, in order
}

// slots bounds everything that the conditions read, as narrowly as they can see it;
// or, if fine, each question behind it, as it is in the world.
func (p *prover) slots(conditions []condition, w *point, fine bool) []slot {
	var atoms []*atom
	for _, t := range p.tests(conditions) {
		t.formula.atoms(func(id int) {
			if a := p.atoms[id]; !slices.Contains(atoms, a) {
				atoms = append(atoms, a)
			}
		})
	}
	var list []slot
	if fine {
		var questions []int
		for _, a := range atoms {
			questions = append(questions, p.reach(a)...)
		}
		slices.Sort(questions)
		for _, i := range slices.Compact(questions) {
			list = append(list, p.questionSlots(i, nil, w)...)
		}
		return list
	}
	var questions, dimensions []int
	for _, a := range atoms {
		questions = append(questions, a.questions...)
		dimensions = append(dimensions, a.dimensions...)
	}
	slices.Sort(questions)
	slices.Sort(dimensions)
	for _, i := range slices.Compact(questions) {
		list = append(list, p.questionSlots(i, atoms, w)...)
	}
	for _, d := range slices.Compact(dimensions) {
		list = append(list, p.dimensionSlots(d, atoms, w)...)
	}
	return list
}

// questionSlots bounds one question by what the atoms read of it; or, without atoms,
// wholly.
func (p *prover) questionSlots(i int, atoms []*atom, w *point) []slot {
	q := &p.model.Questions[i]
	s := slot{index: i}
	a := &w.counts[i]
	if a.State != assessment.Answered {
		s.kind = naSlot
		return []slot{s}
	}
	asked, counts, exact := uint64(0), false, len(atoms) == 0
	for _, atom := range atoms {
		exact = exact || slices.Contains(atom.questions, i) && !atom.direct
		for _, n := range atom.reads[i] {
			for _, option := range n.Options {
				asked |= 1 << option
			}
			counts = counts || n.Op == expr.OpCount
		}
	}
	switch {
	case q.Kind == assessment.KindMany && !(q.Scored() && asked == 0 && atoms != nil):
		var list []slot
		for k := range q.Options {
			if asked>>k&1 == 1 || len(atoms) == 0 {
				s.kind, s.option, s.low = hasSlot, k, int64(a.Options>>k&1)
				list = append(list, s)
			}
		}
		if counts || q.Scored() {
			n := q.Count(a.Options)
			list = append(list, slot{index: i, kind: countSlot, low: n, high: n, highest: int64(bits.OnesCount64((uint64(1)<<len(q.Options) - 1) &^ q.Exclusive()))})
		}
		return list
	case q.Scored() && asked == 0:
		level := int64(q.Level(a))
		s.kind, s.low, s.high, s.lowest, s.highest = levelSlot, level, level, int64(q.Lowest), int64(q.Top)
	case q.Kind == assessment.KindNumber:
		s.kind, s.low, s.high, s.lowest, s.highest = cellSlot, a.Number, a.Number, q.Min, q.Max
		if !exact {
			for c, first := range q.Cells {
				if first <= a.Number {
					s.low = first
					s.high = q.Max
					if c+1 < len(q.Cells) {
						s.high = q.Cells[c+1] - 1
					}
				}
			}
		}
	default:
		s.kind, s.options = optionSlot, 1<<a.Option
	}
	return []slot{s}
}

// dimensionSlots bounds a dimension by what the atoms read of it.
func (p *prover) dimensionSlots(d int, atoms []*atom, w *point) []slot {
	score := &w.scores[d]
	s := slot{index: d, kind: scoreSlot}
	if !score.some {
		return []slot{s}
	}
	var list []slot
	ladder := false
	var constants []*expr.Node
	for _, a := range atoms {
		if !slices.Contains(a.dimensions, d) {
			continue
		}
		a.node.Walk(func(n *expr.Node) {
			ladder = ladder || n.Op == expr.OpLevel && n.Index == d
			if n.Op == expr.OpMeanCompare && n.Index == d {
				constants = append(constants, n)
			}
		})
		ladder = ladder || a.node.Op == expr.OpCompare // perhaps through a value
	}
	if ladder {
		list = append(list, slot{kind: ladderSlot, index: d, low: int64(score.rung), high: int64(score.rung), highest: int64(p.model.Top)})
	}
	if len(constants) > 0 {
		slices.SortFunc(constants, compareConstants)
		constants = slices.CompactFunc(constants, func(a, b *expr.Node) bool { return compareConstants(a, b) == 0 })
		mean, _ := w.Mean(d)
		cell := int64(0)
		for k, n := range constants {
			if c := mean.Compare(ratioOf(n)); c == 0 {
				cell = int64(2*k + 1)
			} else if c > 0 {
				cell = int64(2*k + 2)
			}
		}
		list = append(list, slot{kind: meanSlot, index: d, low: cell, high: cell, highest: int64(2 * len(constants)), constants: constants})
	}
	if len(list) == 0 {
		s.low = 1
		list = append(list, s)
	}
	return list
}

func ratioOf(n *expr.Node) expr.Ratio {
	power := int64(1)
	for range n.Places {
		power *= 10
	}
	return expr.Ratio{Numerator: n.Units, Denominator: power}
}

func compareConstants(a, b *expr.Node) int { return ratioOf(a).Compare(ratioOf(b)) }
