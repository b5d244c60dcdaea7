package prove

import (
	"math/bits"
	"slices"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// A domain is a part of what one question can be answered with.
type domain struct {
	some, na  bool   // it may be answered; it may be answered with not applicable
	options   uint64 // kinds level, choice, yes-no
	must, may uint64 // kind many
	low, high int64  // kind number, in steps
}

func wholeDomain(q *assessment.ModelQuestion) domain {
	every := uint64(1)<<len(q.Options) - 1
	return domain{some: true, na: q.NotApplicable, options: every, may: every, low: q.Min, high: q.Max}
}

func (d *domain) single(q *assessment.ModelQuestion) bool {
	if !d.some {
		return true
	}
	if d.na {
		return false
	}
	switch q.Kind {
	case assessment.KindNumber:
		return d.low == d.high
	case assessment.KindMany:
		return d.must == d.may
	}
	return d.options&(d.options-1) == 0
}

// split parts a domain in two. Of a set, one option is taken in or left out; an
// exclusive option that is taken in stands alone.
func (d domain) split(q *assessment.ModelQuestion) (a, b domain) {
	a, b = d, d
	if d.some && d.na {
		a.na, b.some = false, false
		return a, b
	}
	switch q.Kind {
	case assessment.KindNumber:
		middle := d.low + (d.high-d.low)/2
		a.high, b.low = middle, middle+1
	case assessment.KindMany:
		open := d.may &^ d.must
		option := open & -open
		b.may &^= option
		a.must |= option
		if option&q.Exclusive() != 0 {
			a.may = option
			if d.must != 0 {
				return b, b // cannot be taken in
			}
		} else {
			a.may &^= q.Exclusive()
		}
	default:
		half := uint64(0)
		for range bits.OnesCount64(d.options) / 2 {
			rest := d.options &^ half
			half |= rest & -rest
		}
		a.options, b.options = half, d.options&^half
	}
	return a, b
}

// width is about how much of the whole domain is left, from 0 to 1.
func (d *domain) width(q *assessment.ModelQuestion) float64 {
	if d.single(q) {
		return 0
	}
	switch q.Kind {
	case assessment.KindNumber:
		return float64(d.high-d.low+1) / float64(q.Max-q.Min+1)
	case assessment.KindMany:
		return float64(1+bits.OnesCount64(d.may&^d.must)) / float64(1+len(q.Options))
	}
	return float64(bits.OnesCount64(d.options)) / float64(len(q.Options))
}

// sample picks an answer: the lowest, the highest or one between.
func (d *domain) sample(q *assessment.ModelQuestion, which int) assessment.Answer {
	if !d.some || d.na && which == 3 {
		return notApplicable
	}
	a := assessment.Answer{State: assessment.Answered}
	switch q.Kind {
	case assessment.KindNumber:
		a.Number = [...]int64{d.low, d.high, d.low + (d.high-d.low)/2, d.low}[which]
	case assessment.KindMany:
		a.Options = d.must
		if which == 1 && d.must&q.Exclusive() == 0 {
			a.Options = d.may &^ q.Exclusive()
		}
	default:
		a.Option = bits.TrailingZeros64(d.options)
		if which == 1 {
			a.Option = 63 - bits.LeadingZeros64(d.options)
		}
		if which == 2 {
			rest := d.options
			for range bits.OnesCount64(d.options) / 2 {
				rest &= rest - 1
			}
			a.Option = bits.TrailingZeros64(rest)
		}
	}
	return a
}

// A possible is what a question may count as within a box.
type possible struct {
	domain
	levelLow, levelHigh int
	countLow, countHigh int64
}

// A box is a domain for each question of a component: the Worlds of its atoms.
type box struct {
	m          *assessment.Model
	questions  []int // in ask order
	dimensions []int
	values     []int
	domains    []domain
	q          []possible
	ladder     []expr.Numbers
	mean       []expr.Ratios
	computed   []expr.Numbers
	// fresh computes values whenever they are asked for.
	fresh bool
}

func newBox(m *assessment.Model, c *component) *box {
	b := &box{
		m: m, questions: c.questions, dimensions: c.dimensions, domains: make([]domain, len(m.Questions)), q: make([]possible, len(m.Questions)),
		ladder: make([]expr.Numbers, len(m.Dimensions)), mean: make([]expr.Ratios, len(m.Dimensions)), computed: make([]expr.Numbers, len(m.Values)),
	}
	for _, i := range c.questions {
		b.domains[i] = wholeDomain(&m.Questions[i])
	}
	used := map[int]bool{}
	var mark func(n *expr.Node)
	mark = func(n *expr.Node) {
		n.Walk(func(n *expr.Node) {
			if n.Kind == expr.Value && !used[n.Index] {
				used[n.Index] = true
				mark(m.Values[n.Index].Compute)
			}
		})
	}
	for _, a := range c.atoms {
		mark(a.node)
	}
	for _, v := range m.ValueOrder {
		if used[v] {
			b.values = append(b.values, v)
		}
	}
	return b
}

// compute finds what everything may be within the domains.
func (b *box) compute() {
	for _, i := range b.questions {
		b.question(i)
	}
	for _, d := range b.dimensions {
		b.dimension(d)
	}
	for _, v := range b.values {
		b.computed[v] = b.m.Values[v].Compute.Numbers(b)
	}
}

func (b *box) question(i int) {
	q := &b.m.Questions[i]
	shown := expr.True
	if q.AskWhen != nil {
		shown = q.AskWhen.Truths(b)
	}
	var p possible
	if shown.Has(expr.True) {
		p = possibleOf(q, b.domains[i])
	}
	if shown.Has(expr.False) {
		if q.Otherwise == nil {
			p.na = true
		} else {
			a := q.Otherwise
			hidden := possibleOf(q, domain{some: true, options: 1 << a.Option, must: a.Options, may: a.Options, low: a.Number, high: a.Number})
			p.add(&hidden)
		}
	}
	if shown.Has(expr.None) {
		p.na = true
	}
	b.q[i] = p
}

func possibleOf(q *assessment.ModelQuestion, d domain) possible {
	p := possible{domain: d}
	if !d.some {
		p.options = 0
		return p
	}
	switch q.Kind {
	case assessment.KindMany:
		p.countLow, p.countHigh = q.Count(d.must), q.Count(d.may)
		p.levelLow, p.levelHigh = bandLevels(q, p.countLow, p.countHigh)
	case assessment.KindNumber:
		p.levelLow, p.levelHigh = bandLevels(q, d.low, d.high)
	default:
		first := true
		for k, option := range q.Options {
			if d.options>>k&1 == 0 {
				continue
			}
			if first {
				p.levelLow, p.levelHigh, first = option.Level, option.Level, false
			}
			p.levelLow, p.levelHigh = min(p.levelLow, option.Level), max(p.levelHigh, option.Level)
		}
	}
	return p
}

// bandLevels are the lowest and highest level of the bands that a range meets.
func bandLevels(q *assessment.ModelQuestion, low, high int64) (lowest, highest int) {
	first := true
	for _, band := range q.Bands {
		if band.To < low || band.From > high {
			continue
		}
		if first {
			lowest, highest, first = band.Level, band.Level, false
		}
		lowest, highest = min(lowest, band.Level), max(highest, band.Level)
	}
	return lowest, highest
}

// add widens what a question may be.
func (p *possible) add(o *possible) {
	na := p.na || o.na
	switch {
	case !o.some:
	case !p.some:
		*p = *o
	default:
		p.options |= o.options
		p.must &= o.must
		p.may |= o.may
		p.low, p.high = min(p.low, o.low), max(p.high, o.high)
		p.levelLow, p.levelHigh = min(p.levelLow, o.levelLow), max(p.levelHigh, o.levelHigh)
		p.countLow, p.countHigh = min(p.countLow, o.countLow), max(p.countHigh, o.countHigh)
	}
	p.na = na
}

// dimension computes the extremes of ladder and mean.
func (b *box) dimension(d int) {
	m := b.m
	low, high, best := m.Top, m.Top, 0
	must, may := false, false
	for _, i := range m.Dimensions[d].Questions {
		p, q := &b.q[i], &m.Questions[i]
		if !p.some {
			continue
		}
		may = true
		low = min(low, m.Rung(q, p.levelLow))
		if p.na {
			best = max(best, m.Rung(q, p.levelHigh))
		} else {
			must = true
			high = min(high, m.Rung(q, p.levelHigh))
		}
	}
	if !must {
		high = best
	}
	b.ladder[d], b.mean[d] = expr.Numbers{None: !must}, expr.Ratios{None: !must}
	if may {
		b.ladder[d].Some, b.ladder[d].Low, b.ladder[d].High = true, float64(low), float64(high)
		b.mean[d] = expr.Ratios{Low: b.extreme(d, false), High: b.extreme(d, true), Some: true, None: !must}
	}
}

// extreme is the exact lowest or highest mean: a question that may be not applicable
// is taken in, in order of level/top, while it lowers (raises) the ratio.
func (b *box) extreme(d int, highest bool) expr.Ratio {
	sum, top := 0, 0
	var free []expr.Ratio
	for _, i := range b.m.Dimensions[d].Questions {
		p := &b.q[i]
		level := p.levelLow
		if highest {
			level = p.levelHigh
		}
		switch {
		case !p.some:
		case p.na:
			free = append(free, expr.Ratio{Numerator: int64(level), Denominator: int64(b.m.Questions[i].Top)})
		default:
			sum += level
			top += b.m.Questions[i].Top
		}
	}
	slices.SortFunc(free, func(a, b expr.Ratio) int {
		if highest {
			a, b = b, a
		}
		return a.Compare(b)
	})
	for _, r := range free {
		if top > 0 {
			c := r.Compare(expr.Ratio{Numerator: int64(sum), Denominator: int64(top)})
			if highest && c <= 0 || !highest && c >= 0 {
				break
			}
		}
		sum += int(r.Numerator)
		top += int(r.Denominator)
	}
	return expr.Ratio{Numerator: int64(b.m.Top * sum), Denominator: int64(top)}
}

// The box as the worlds of expressions.

func (b *box) Numbers(kind expr.Kind, i int) expr.Numbers {
	if kind == expr.Value {
		if b.fresh {
			return b.m.Values[i].Compute.Numbers(b)
		}
		return b.computed[i]
	}
	q, p := &b.m.Questions[i], &b.q[i]
	set := expr.Numbers{Some: p.some, None: p.na}
	switch {
	case !p.some:
	case q.Scored():
		set.Low, set.High = float64(p.levelLow), float64(p.levelHigh)
	default:
		set.Low, set.High = q.Value(p.low), q.Value(p.high)
	}
	return set
}

func (b *box) Truths(_ expr.Kind, i int) expr.Truths {
	for k, option := range b.m.Questions[i].Options {
		if option.ID == "yes" {
			return b.Has(expr.Question, i, k)
		}
	}
	return expr.None
}

func (b *box) Options(_ expr.Kind, i int) expr.Options {
	p := &b.q[i]
	if !p.some {
		return expr.Options{None: p.na}
	}
	return expr.Options{Bits: p.options, None: p.na}
}

func (b *box) Has(_ expr.Kind, i, option int) expr.Truths {
	p := &b.q[i]
	bit := uint64(1) << option
	may, mayNot := p.options&bit != 0, p.options&^bit != 0
	if b.m.Questions[i].Kind == assessment.KindMany {
		may, mayNot = p.may&bit != 0, p.must&bit == 0
	}
	return truths(p.some && may, p.some && mayNot, p.na)
}

func (b *box) Count(_ expr.Kind, i int) expr.Numbers {
	p := &b.q[i]
	return expr.Numbers{Low: float64(p.countLow), High: float64(p.countHigh), Some: p.some, None: p.na}
}

func (b *box) Level(d int) expr.Numbers { return b.ladder[d] }
func (b *box) Mean(d int) expr.Ratios   { return b.mean[d] }

func (b *box) Applies(kind expr.Kind, i int) expr.Truths {
	if kind == expr.Dim {
		return truths(b.ladder[i].Some, b.ladder[i].None, false)
	}
	return truths(b.q[i].some, b.q[i].na, false)
}

func truths(may, mayNot, none bool) (set expr.Truths) {
	if may {
		set |= expr.True
	}
	if mayNot {
		set |= expr.False
	}
	if none {
		set |= expr.None
	}
	return set
}
