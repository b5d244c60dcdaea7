package prove

import (
	"fmt"
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"strings"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// A constraint is a part of the description of profiles, in words and as conditions.
type constraint struct {
	text       string
	conditions []condition
	// level is the dimension whose level it bounds, or -1; bound its words.
	level int
	bound string
}

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

// counterexample describes profiles like the world w: constraints under which, given
// some conditions, all of the others hold, in every world; none can be dropped. whole
// is false if that could not be shown; then they describe w only as far as is known.
func (p *prover) counterexample(given, conditions []condition, w *point) (list []constraint, whole bool) {
	// Words are worth less than proofs: they may cost a part of the budget alone.
	kept := max(0, p.left-p.options.Total/20)
	p.left -= kept
	defer func() { p.left += kept }()
	return p.described(given, conditions, w)
}

func (p *prover) described(given, conditions []condition, w *point) (list []constraint, whole bool) {
	f := &finder{p: p, given: given, conditions: conditions}
	read := slices.Concat(conditions, given)
	f.slots = p.slots(read, w, false)
	f.nearby(w)
	kept, whole := f.smallest()
	if !whole && !p.loose { // a world within all of them differs: bound each question
		f.slots = append(f.slots, p.slots(read, w, true)...)
		kept, whole = f.smallest()
	}
	if !whole {
		return p.written(p.slots(read, w, false)), false
	}
	for k := range kept {
		f.widen(kept, k)
	}
	return p.written(kept), true
}

// A finder looks for the slots that matter. It gathers worlds in which the conditions
// do not all hold: slots that let none of them in are taken on trial, and the search
// either shows that they are enough, or gives one world more.
type finder struct {
	p                 *prover
	given, conditions []condition
	slots             []slot
	others            []*point
	written           []constraint
	fits              [][]bool // by slot, of the others
	searches          int
}

// mostSearches is how many searches a counterexample is worth.
const mostSearches = 60

// fitting tells, for each of the other worlds, whether it fits a slot.
func (f *finder) fitting(k int) []bool {
	for len(f.written) < len(f.slots) {
		f.written = append(f.written, f.p.constraintOf(&f.slots[len(f.written)]))
		f.fits = append(f.fits, nil)
	}
	for n := len(f.fits[k]); n < len(f.others); n++ {
		f.fits[k] = append(f.fits[k], f.others[n].fulfils(f.written[k].conditions))
	}
	return f.fits[k]
}

// smallest returns slots that are enough, of which none can be dropped: without it one
// of the other worlds gets in.
func (f *finder) smallest() (kept []slot, enough bool) {
	for {
		kept := make([]bool, len(f.slots))
		out := make([]int, len(f.others)) // how many kept slots keep a world out
		fits := make([][]bool, len(f.slots))
		for k := range f.slots {
			kept[k] = true
			fits[k] = f.fitting(k)
			for n, fit := range fits[k] {
				if !fit {
					out[n]++
				}
			}
		}
		if slices.Contains(out, 0) {
			return nil, false
		}
		for k := len(f.slots) - 1; k >= 0; k-- {
			needed := false
			for n := range f.others {
				needed = needed || !fits[k][n] && out[n] == 1
			}
			if needed {
				continue
			}
			kept[k] = false
			for n := range f.others {
				if !fits[k][n] {
					out[n]--
				}
			}
		}
		var slots []slot
		for k, is := range kept {
			if is {
				slots = append(slots, f.slots[k])
			}
		}
		switch f.implied(slots) {
		case impossible:
			return slots, true
		case undecided:
			f.p.loose = true
			return nil, false
		}
	}
}

// implied tells whether some world within the slots differs: impossible, if they are
// enough. A world that does is added to the others.
func (f *finder) implied(slots []slot) verdict {
	written := f.p.written(slots)
	if slices.ContainsFunc(f.others, func(w *point) bool {
		return !slices.ContainsFunc(written, func(c constraint) bool { return !w.fulfils(c.conditions) })
	}) {
		return possibly
	}
	if f.searches++; f.searches > mostSearches {
		return undecided
	}
	g := all(f.p.tests(f.given))
	for _, c := range written {
		g = append(g, all(f.p.tests(c.conditions))...)
	}
	v, w := f.p.solve(append(g, negated(f.p.tests(f.conditions))))
	if v == possibly {
		f.others = append(f.others, w)
	}
	return v
}

// nearby gathers worlds that differ from w in the answer to one question, and in which
// the conditions do not all hold.
func (f *finder) nearby(w *point) {
	m := f.p.model
	answers := slices.Clone(w.counts)
	for i := range m.Questions {
		// Hidden, it counts as not applicable; shown, it may have to be answered.
		if q := &m.Questions[i]; !q.NotApplicable && answers[i].State != assessment.Answered {
			answers[i] = f.p.samples(q)[0]
		}
	}
	for i := range m.Questions {
		q := &m.Questions[i]
		before := answers[i]
		for _, answer := range f.p.samples(q) {
			answers[i] = answer
			other := newPoint(m)
			other.fill(answers, m.AskOrder, f.p.every)
			if other.fulfils(f.given) && !other.fulfils(f.conditions) {
				f.others = append(f.others, other)
			}
		}
		answers[i] = before
	}
}

// samples are some answers to a question: each option, each cell, each count.
func (p *prover) samples(q *assessment.ModelQuestion) (list []assessment.Answer) {
	add := func(a assessment.Answer) {
		a.State = assessment.Answered
		list = append(list, a)
	}
	switch q.Kind {
	case assessment.KindNumber:
		for _, first := range q.Cells {
			add(assessment.Answer{Number: first})
		}
		add(assessment.Answer{Number: q.Max})
	case assessment.KindMany:
		set := uint64(0)
		add(assessment.Answer{})
		for i := range q.Options {
			add(assessment.Answer{Options: 1 << i})
			if exclusive(q)>>i&1 == 0 {
				set |= 1 << i
				add(assessment.Answer{Options: set})
			}
		}
	default:
		for i := range q.Options {
			add(assessment.Answer{Option: i})
		}
	}
	if q.NotApplicable {
		list = append(list, notApplicable)
	}
	return list
}

// fulfils tells whether a world has all of the conditions.
func (w *point) fulfils(list []condition) bool {
	return !slices.ContainsFunc(list, func(c condition) bool {
		truth := expr.True
		if c.node != nil {
			truth = c.node.EvaluateTruth(w)
		}
		return !c.want.Has(truth)
	})
}

// widen makes one slot as wide as it can be while the slots are enough.
func (f *finder) widen(slots []slot, k int) {
	s := &slots[k]
	before := *s
	differs := func() bool { return f.implied(slots) != impossible }
	switch s.kind {
	case cellSlot, countSlot, levelSlot, ladderSlot, meanSlot:
		// A wider slot implies less, so the widest that does is found by halving.
		reach := int64(sort.Search(int(before.highest-before.high), func(n int) bool {
			s.high = before.high + int64(n) + 1
			return differs()
		}))
		s.high = before.high + reach
		reach = int64(sort.Search(int(before.low-before.lowest), func(n int) bool {
			s.low = before.low - int64(n) - 1
			return differs()
		}))
		s.low = before.low - reach
	case optionSlot:
		for option := range f.p.model.Questions[s.index].Options {
			kept := s.options
			if s.options |= 1 << option; s.options != kept && differs() {
				s.options = kept
			}
		}
	}
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
			n := countOf(q, a.Options)
			list = append(list, slot{index: i, kind: countSlot, low: n, high: n, highest: int64(bits.OnesCount64((uint64(1)<<len(q.Options) - 1) &^ exclusive(q)))})
		}
		return list
	case q.Scored() && asked == 0:
		level := int64(levelOf(q, a))
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

func (p *prover) written(slots []slot) []constraint {
	var list []constraint
	for k := range slots {
		list = append(list, p.constraintOf(&slots[k]))
	}
	return list
}

// profile is the words of constraints; the same level in every dimension is said once.
func (p *prover) profile(constraints []constraint) []string {
	var list []string
	levels, bound := 0, ""
	for _, c := range constraints {
		if c.level >= 0 && (bound == "" || bound == c.bound) {
			levels, bound = levels+1, c.bound
		}
	}
	together := levels > 1 && levels == len(p.model.Dimensions)
	for _, c := range constraints {
		if !together || c.level < 0 {
			list = append(list, c.text)
		}
	}
	if together {
		list = append(list, "every level "+bound)
	}
	return list
}

// constraintOf writes a slot as conditions and in words.
func (p *prover) constraintOf(s *slot) constraint {
	c := constraint{level: -1}
	holds := func(n *expr.Node) { c.conditions = append(c.conditions, condition{n, expr.True}) }
	within := func(n *expr.Node, name string, value func(int64) float64) {
		if s.low == s.high {
			holds(compare(n, "==", value(s.low)))
		} else {
			holds(compare(n, ">=", value(s.low)))
			holds(compare(n, "<=", value(s.high)))
		}
		c.bound = bound(s, value)
		c.text = name + " " + c.bound
	}
	whole := func(n int64) float64 { return float64(n) }
	question := func(op expr.Op) *expr.Node { return &expr.Node{Op: op, Kind: expr.Question, Index: s.index} }
	dimension := func(op expr.Op) *expr.Node { return &expr.Node{Op: op, Kind: expr.Dim, Index: s.index} }
	id := ""
	switch s.kind {
	case ladderSlot, meanSlot, scoreSlot:
		id = p.model.Dimensions[s.index].ID
	default:
		id = p.model.Questions[s.index].ID
	}
	switch s.kind {
	case cellSlot:
		within(question(expr.OpRead), id, p.model.Questions[s.index].Value)
	case levelSlot:
		within(question(expr.OpRead), id, whole)
	case countSlot:
		within(question(expr.OpCount), "count("+id+")", whole)
	case ladderSlot:
		within(dimension(expr.OpLevel), "level("+id+")", whole)
		c.level = s.index
	case optionSlot:
		n := question(expr.OpIs)
		var words []string
		for k, option := range p.model.Questions[s.index].Options {
			if s.options>>k&1 == 1 {
				n.Options = append(n.Options, k)
				words = append(words, option.ID)
			}
		}
		holds(n)
		c.text = id + " = " + join(words, "or")
	case hasSlot:
		n := question(expr.OpHas)
		n.Options = []int{s.option}
		c.conditions = []condition{{n, expr.True}}
		c.text = id + " with " + p.model.Questions[s.index].Options[s.option].ID
		if s.low == 0 {
			c.conditions[0].want = expr.False
			c.text = id + " without " + p.model.Questions[s.index].Options[s.option].ID
		}
	case naSlot:
		c.conditions = []condition{{question(expr.OpApplies), expr.False}}
		c.text = id + " not applicable"
	case scoreSlot:
		c.conditions = []condition{{dimension(expr.OpApplies), expr.False}}
		c.text = id + " without a score"
		if s.low == 1 {
			c.conditions[0].want = expr.True
			c.text = id + " with a score"
		}
	case meanSlot:
		p.meanConstraint(s, &c, id)
	}
	return c
}

// meanConstraint: cells of a mean are below, at and above each constant in turn.
func (p *prover) meanConstraint(s *slot, c *constraint, id string) {
	var words []string
	bounded := func(sign string, constant *expr.Node) {
		n := &expr.Node{Op: expr.OpMeanCompare, Sign: sign, Kind: expr.Dim, Index: s.index, Number: constant.Number, Units: constant.Units, Places: constant.Places}
		c.conditions = append(c.conditions, condition{n, expr.True})
		words = append(words, sign+" "+decimal(constant.Number))
	}
	switch {
	case s.low == s.high && s.low%2 == 1:
		bounded("==", s.constants[s.low/2])
	default:
		if s.low%2 == 1 {
			bounded(">=", s.constants[s.low/2])
		} else if s.low > 0 {
			bounded(">", s.constants[s.low/2-1])
		}
		if s.high%2 == 1 {
			bounded("<=", s.constants[s.high/2])
		} else if s.high < s.highest {
			bounded("<", s.constants[s.high/2])
		}
	}
	if len(words) == 0 { // any mean at all
		c.conditions = []condition{{&expr.Node{Op: expr.OpApplies, Kind: expr.Dim, Index: s.index}, expr.True}}
		c.text = id + " with a score"
		return
	}
	c.text = fmt.Sprintf("mean(%s) %s", id, strings.Join(words, " and "))
}

// bound writes a range.
func bound(s *slot, value func(int64) float64) string {
	low, high := decimal(value(s.low)), decimal(value(s.high))
	switch {
	case s.low == s.high:
		return "= " + low
	case s.low == s.lowest && s.high == s.highest:
		return "of any size"
	case s.low == s.lowest:
		return "up to " + high
	case s.high == s.highest:
		return low + " or more"
	}
	return low + "–" + high
}

// join writes a list of words.
func join(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
