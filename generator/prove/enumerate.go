package prove

import (
	"encoding/binary"
	"math"
	"math/big"
	"slices"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// How a component is enumerated. Its questions are taken one after another. What must
// be kept of the past is a state: for each dimension in the making its ladder, the sum
// of its levels and of their tops; the answers, by class, of questions that something
// later still reads; and the truths of the atoms that are known. Equal states are one.
// What is left in the end are the truths that the atoms can have together.

// A table is what the atoms of a component can be together.
type table struct {
	atoms []*atom
	// rows holds truths and values, a row for each combination that some world has.
	rows   []row
	weigh  []*big.Int // worlds of each row, if they were counted
	states int
	steps  []step
}

// A row is one combination: the truths of the atoms, and what the outputs are.
type row struct {
	truths    []expr.Truths
	questions []possible // each one value
	scores    []score
}

// A step takes one question; prev and class say, for each state after it, from which
// state and by which class it was reached: the way back to a world.
type step struct {
	question int
	classes  []class
	prev     []int32
	class    []uint16
}

// world fills a point with a world that shows a row.
func (t *table) world(row int, w *point) {
	at := int32(row)
	for k := len(t.steps) - 1; k >= 0; k-- {
		s := &t.steps[k]
		w.counts[s.question] = s.classes[s.class[at]].answer
		at = s.prev[at]
	}
}

// mostRows is how many rows a search still goes through one by one.
const mostRows = 300_000

// mostFree is how many states are made of a component without a goal: a table for every
// goal. With one, what cannot reach it is left out, so that a larger component may do.
const mostFree = 30_000

// stateCost is what it costs to go from one state to another, in rows looked at.
const stateCost = 30

// single is what a question is that counts as one answer.
func single(q *assessment.ModelQuestion, a *assessment.Answer) possible {
	if a.State != assessment.Answered {
		return possible{domain: domain{na: true}}
	}
	return possibleOf(q, domain{some: true, options: 1 << a.Option, must: a.Options, may: a.Options, low: a.Number, high: a.Number})
}

type enumerator struct {
	p     *prover
	c     *component
	count bool // count worlds too
	order []int
	lens  map[int]lens
	class map[int][]class
	// column of an atom in the table, by id.
	column map[int]int
	// input is the column of the atom that a question is asked, where that is not
	// decided within the component.
	input map[int]int
	// last is the step after which nothing reads a question or dimension any more.
	last, lastDim map[int]int
	// final is the step at which an atom of several questions is known; opened and
	// closed are those of dimensions.
	final          map[int]int
	opened, closed map[int]int
	ladder, mean   map[int]bool
	// own are clauses that read nothing but the component's atoms; needed tells which
	// atoms others read too.
	own    []clause
	needed []bool  // by column
	reads  [][]int // columns, by own clause
	read   []bool  // scratch
	sets   []expr.Truths
	future *box
}

// enumerate returns nil if the component is beyond the budget. With a goal, what
// cannot reach it is left out on the way.
func (p *prover) enumerate(c *component, g goal) *table {
	e := p.newEnumerator(c)
	if e == nil {
		return nil
	}
	if g != nil {
		e.toward(g)
	}
	e.arrange()
	e.schedule()
	if e.tooLarge() {
		return nil
	}
	return e.run()
}

func (p *prover) newEnumerator(c *component) *enumerator {
	e := &enumerator{p: p, c: c, lens: map[int]lens{}, class: map[int][]class{}, column: map[int]int{}, input: map[int]int{}, ladder: map[int]bool{}, mean: map[int]bool{}}
	for k, a := range c.atoms {
		e.column[a.id] = k
		if a.input {
			e.input[a.questions[0]] = k
		} else {
			e.needs(a.node)
		}
	}
	for _, a := range c.cross {
		e.needs(a.node)
	}
	asked, seen := e.askAtoms(), slices.Concat(c.atoms, c.cross)
	for _, i := range c.questions {
		q := &p.model.Questions[i]
		l := p.lensOf(i, seen, asked, q.Scored() && slices.Contains(c.dimensions, q.Dimension))
		list, ok := p.classes(i, l)
		if !ok || len(list) > math.MaxUint16 {
			return nil
		}
		e.lens[i], e.class[i] = l, list
	}
	return e
}

// toward takes from a goal the clauses that read this component alone.
func (e *enumerator) toward(g goal) {
	e.sets = make([]expr.Truths, len(e.p.atoms))
	e.future = &box{m: e.p.model, ladder: make([]expr.Numbers, len(e.p.model.Dimensions))}
	e.needed = make([]bool, len(e.c.atoms))
	for _, c := range g {
		var columns []int
		own := true
		for _, t := range c {
			t.formula.atoms(func(id int) {
				if column, ok := e.column[id]; ok {
					columns = append(columns, column)
				} else {
					own = false
				}
			})
		}
		if own && len(columns) > 0 {
			e.own, e.reads = append(e.own, c), append(e.reads, columns)
			continue
		}
		for _, column := range columns {
			e.needed[column] = true
		}
	}
}

// askAtoms lists the atoms of the conditions on which the questions are asked.
func (e *enumerator) askAtoms() []*atom {
	var list []*atom
	for _, i := range e.c.questions {
		for _, a := range e.asked(i) {
			if !slices.Contains(list, a) {
				list = append(list, a)
			}
		}
	}
	return list
}

// asked lists the atoms that decide, within the component, whether a question is asked.
func (e *enumerator) asked(i int) []*atom {
	if _, free := e.input[i]; free {
		return nil
	}
	return e.p.askAtoms[i]
}

// needs notes what is read of dimensions.
func (e *enumerator) needs(n *expr.Node) {
	n.Walk(func(n *expr.Node) {
		switch {
		case n.Op == expr.OpLevel:
			e.ladder[n.Index] = true
		case n.Op == expr.OpMean || n.Op == expr.OpMeanCompare:
			e.mean[n.Index] = true
		case n.Kind == expr.Value:
			e.needs(e.p.model.Values[n.Index].Compute)
		}
	})
}

// arrange orders the questions: each after those that its ask-when mentions, and so
// that little must be kept at any time.
func (e *enumerator) arrange() {
	done := map[int]bool{}
	for len(e.order) < len(e.c.questions) {
		best, bestCost := -1, math.Inf(1)
		for _, i := range e.c.questions {
			if done[i] || !e.ready(i, done) {
				continue
			}
			done[i] = true
			cost := e.kept(done)
			done[i] = false
			if cost < bestCost {
				best, bestCost = i, cost
			}
		}
		done[best] = true
		e.order = append(e.order, best)
	}
}

func (e *enumerator) ready(i int, done map[int]bool) bool {
	for _, a := range e.asked(i) {
		for _, j := range a.questions {
			if !done[j] {
				return false
			}
		}
	}
	return true
}

// kept estimates the size of what must be kept once these questions are done.
func (e *enumerator) kept(done map[int]bool) float64 {
	cost := 0.0
	for _, i := range e.c.questions { // in order: sums of decimals depend on it
		if done[i] && e.readLater(i, done) {
			cost += logOf(len(e.class[i]))
		}
	}
	for _, d := range e.c.dimensions {
		begun, open := 0, 0
		for _, i := range e.p.model.Dimensions[d].Questions {
			if done[i] {
				begun++
			} else {
				open++
			}
		}
		if begun > 0 && (open > 0 || e.dimensionReadLater(d, done)) {
			cost += logOf(e.scores(d))
		}
	}
	return cost
}

// scores is about how many scores a dimension can have, of those that matter.
func (e *enumerator) scores(d int) int {
	size := 2
	if e.ladder[d] {
		size += e.p.model.Top
	}
	if e.mean[d] {
		size *= 1 + e.p.model.Top*len(e.p.model.Dimensions[d].Questions)
	}
	return size
}

func (e *enumerator) known(a *atom, done map[int]bool) bool {
	for _, i := range a.questions {
		if !done[i] {
			return false
		}
	}
	for _, d := range a.dimensions {
		for _, i := range e.p.model.Dimensions[d].Questions {
			if !done[i] {
				return false
			}
		}
	}
	return true
}

func (e *enumerator) readLater(i int, done map[int]bool) bool {
	if slices.Contains(e.c.outputs.questions, i) {
		return true
	}
	for _, a := range e.c.atoms {
		if !a.unary() && slices.Contains(a.questions, i) && !e.known(a, done) {
			return true
		}
	}
	for _, j := range e.c.questions {
		if !done[j] && e.mentions(j, i) {
			return true
		}
	}
	return false
}

// mentions tells whether the ask-when of one question mentions another.
func (e *enumerator) mentions(j, i int) bool {
	return slices.ContainsFunc(e.asked(j), func(a *atom) bool { return slices.Contains(a.questions, i) })
}

func (e *enumerator) dimensionReadLater(d int, done map[int]bool) bool {
	if slices.Contains(e.c.outputs.dimensions, d) {
		return true
	}
	for _, a := range e.c.atoms {
		if slices.Contains(a.dimensions, d) && !e.known(a, done) {
			return true
		}
	}
	return false
}

// schedule fixes at which step what is opened, known and forgotten.
func (e *enumerator) schedule() {
	e.last, e.lastDim, e.final = map[int]int{}, map[int]int{}, map[int]int{}
	e.opened, e.closed = map[int]int{}, map[int]int{}
	at := map[int]int{}
	for k, i := range e.order {
		at[i] = k
		e.last[i] = k
	}
	for _, d := range e.c.dimensions {
		e.opened[d] = len(e.order)
		for _, i := range e.p.model.Dimensions[d].Questions {
			e.opened[d] = min(e.opened[d], at[i])
			e.closed[d] = max(e.closed[d], at[i])
		}
		e.lastDim[d] = e.closed[d]
	}
	for _, a := range e.c.atoms {
		if a.unary() {
			continue
		}
		final := 0
		for _, i := range a.questions {
			final = max(final, at[i])
		}
		for _, d := range a.dimensions {
			final = max(final, e.closed[d])
		}
		e.final[a.id] = final
		for _, i := range a.questions {
			e.last[i] = max(e.last[i], final)
		}
		for _, d := range a.dimensions {
			e.lastDim[d] = max(e.lastDim[d], final)
		}
	}
	for _, j := range e.order {
		for _, a := range e.asked(j) {
			for _, i := range a.questions {
				e.last[i] = max(e.last[i], at[j])
			}
		}
	}
	for _, i := range e.c.outputs.questions { // kept to the end
		e.last[i] = len(e.order)
	}
	for _, d := range e.c.outputs.dimensions {
		e.lastDim[d] = len(e.order)
	}
}

// tooLarge tells beforehand of an atom that must keep more than the budget allows.
func (e *enumerator) tooLarge() bool {
	most := logOf(e.p.options.States)
	for _, a := range e.c.atoms {
		if a.unary() {
			continue
		}
		size := 0.0
		for _, i := range a.questions {
			size += logOf(len(e.class[i]))
		}
		for _, d := range a.dimensions {
			size += logOf(e.scores(d))
		}
		if size > most {
			return true
		}
	}
	size := 0.0
	for _, i := range e.c.outputs.questions {
		size += logOf(len(e.class[i]))
	}
	for _, d := range e.c.outputs.dimensions {
		size += logOf(e.scores(d))
	}
	return size > most
}

// A layout says what a state after a step holds, and where.
type layout struct {
	questions  []int
	dimensions []int
	size       int
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
	l.size = len(e.c.atoms) + 2*len(l.questions) + 6*len(l.dimensions)
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

func (e *enumerator) run() *table {
	t := &table{atoms: e.c.atoms}
	s := &scene{w: newPoint(e.p.model), truths: make([]expr.Truths, len(e.c.atoms)), classOf: make([]uint16, len(e.p.model.Questions))}
	for k, a := range e.c.atoms {
		if len(a.questions)+len(a.dimensions) == 0 { // constants compared
			s.truths[k] = a.node.EvaluateTruth(s.w)
		}
	}
	most := e.p.options.States
	if e.sets == nil && !e.count {
		most = min(most, mostFree)
	}
	truths := make([]expr.Truths, len(e.c.atoms))
	before := layout{size: len(e.c.atoms)}
	keys := []string{string(e.encode(nil, s, &before))}
	weights := []*big.Int{big.NewInt(1)}
	work := 0
	for k, i := range e.order {
		after := e.layout(k)
		step := step{question: i, classes: e.class[i]}
		q := &e.p.model.Questions[i]
		unary := e.columns(i)
		var known []int // columns of the atoms that are known after this step
		for column, a := range e.c.atoms {
			if final, ok := e.final[a.id]; ok && final == k {
				known = append(known, column)
			}
		}
		scored := q.Scored() && slices.Contains(e.c.dimensions, q.Dimension)
		byKey := map[string]int32{}
		var nextKeys []string
		var nextWeights []*big.Int
		var buffer []byte
		visit := func(from int, c int, weight *big.Int) {
			s.classOf[i] = uint16(c)
			s.w.counts[i] = e.class[i][c].answer
			for j, column := range unary {
				s.truths[column] = e.class[i][c].truths[j]
			}
			saved := score{}
			if scored {
				saved = s.w.scores[q.Dimension]
				s.w.scores[q.Dimension].add(e.p.model, i, &s.w.counts[i])
			}
			for _, column := range known {
				s.truths[column] = e.c.atoms[column].node.EvaluateTruth(s.w)
			}
			out := false
			if e.sets != nil {
				copy(truths, s.truths)
				out = !e.allowed(s, k)
			}
			if !out {
				buffer = e.encode(buffer, s, &after)
			}
			if e.sets != nil {
				copy(s.truths, truths) // forgotten for this state alone
			}
			if scored {
				s.w.scores[q.Dimension] = saved
			}
			if work++; out {
				return
			}
			at, seen := byKey[string(buffer)]
			if !seen {
				at = int32(len(nextKeys))
				key := string(buffer)
				byKey[key] = at
				nextKeys = append(nextKeys, key)
				step.prev, step.class = append(step.prev, int32(from)), append(step.class, uint16(c))
				if e.count {
					nextWeights = append(nextWeights, new(big.Int))
				}
			}
			if e.count {
				nextWeights[at].Add(nextWeights[at], weight)
			}
		}
		for from, key := range keys {
			e.decode(key, s, &before)
			for _, d := range e.c.dimensions {
				if e.opened[d] == k {
					s.w.scores[d] = score{rung: e.p.model.Top}
				}
			}
			e.each(i, s, func(c int, free bool) {
				var weight *big.Int
				if e.count {
					weight = weights[from]
					if free {
						weight = new(big.Int).Mul(weight, e.class[i][c].weight)
					}
				}
				visit(from, c, weight)
			})
			if t.states+len(nextKeys) > most || work > 4*most {
				e.p.left -= stateCost * work
				return nil
			}
		}
		t.states += len(nextKeys)
		keys, weights, before = nextKeys, nextWeights, after
		t.steps = append(t.steps, step)
	}
	if len(keys) > mostRows && !e.count {
		return nil
	}
	for _, key := range keys {
		e.decode(key, s, &before)
		r := row{truths: slices.Clone(s.truths)}
		for column, truth := range r.truths {
			if truth == 0 { // forgotten: whatever it is, what reads it holds
				r.truths[column] = expr.AnyTruth
			}
		}
		for _, i := range e.c.outputs.questions {
			r.questions = append(r.questions, single(&e.p.model.Questions[i], &s.w.counts[i]))
		}
		for _, d := range e.c.outputs.dimensions {
			r.scores = append(r.scores, s.w.scores[d])
		}
		t.rows = append(t.rows, r)
	}
	t.weigh = weights
	e.p.left -= stateCost * work
	return t
}

// allowed tells whether a state can still fulfil the component's own clauses; and
// forgets the truths that only clauses read which already hold.
func (e *enumerator) allowed(s *scene, k int) bool {
	sets := e.sets
	for column, a := range e.c.atoms {
		sets[a.id] = s.truths[column]
		if s.truths[column] == 0 { // not known yet, or forgotten
			sets[a.id] = e.foreseen(a, s, k)
		}
	}
	read := append(e.read[:0], e.needed...)
	e.read = read
	for n, c := range e.own {
		holds := expr.False
		for _, t := range c {
			got := t.formula.truths(sets)
			if got&^t.want == 0 {
				holds = expr.True
				break
			}
			if got&t.want != 0 {
				holds |= expr.True
			}
		}
		if holds == expr.False {
			return false
		}
		if holds != expr.True {
			for _, column := range e.reads[n] {
				read[column] = true
			}
		}
	}
	for column := range s.truths {
		if !read[column] {
			s.truths[column] = 0
		}
	}
	return true
}

// foreseen is what an atom that is not known may still be: a ladder only ever falls as
// more questions are taken.
func (e *enumerator) foreseen(a *atom, s *scene, k int) expr.Truths {
	if a.node.Op != expr.OpCompare || a.node.Args[0].Op != expr.OpLevel || a.node.Args[1].Op != expr.OpNumber {
		return expr.AnyTruth
	}
	d := a.dimensions[0]
	if e.opened[d] > k || e.closed[d] <= k || !s.w.scores[d].some {
		return expr.AnyTruth
	}
	e.future.ladder[d] = expr.Between(0, float64(s.w.scores[d].rung))
	return a.node.Truths(e.future)
}

// columns gives, for each unary atom of a question's lens, its column; -1 would be an
// atom of an ask-when alone, which stand behind those of the table and are left out.
func (e *enumerator) columns(i int) []int {
	var list []int
	for _, a := range e.lens[i].unary {
		column, ok := e.column[a.id]
		if !ok {
			break
		}
		list = append(list, column)
	}
	return list
}

// each visits the classes that a question can count as, given those before it.
func (e *enumerator) each(i int, s *scene, visit func(c int, free bool)) {
	q := &e.p.model.Questions[i]
	column, free := e.input[i]
	if !free {
		shown := expr.True
		if q.AskWhen != nil {
			shown = q.AskWhen.EvaluateTruth(s.w)
		}
		e.eachShown(i, shown, visit)
		return
	}
	for truth := expr.True; truth <= expr.None; truth <<= 1 {
		if e.p.inputs[i].may.Has(truth) {
			s.truths[column] = truth
			e.eachShown(i, truth, visit)
		}
	}
}

func (e *enumerator) eachShown(i int, shown expr.Truths, visit func(c int, free bool)) {
	q := &e.p.model.Questions[i]
	list := e.class[i]
	if shown == expr.True {
		for c := range list {
			if list[c].free {
				visit(c, true)
			}
		}
		return
	}
	counts := notApplicable
	if shown == expr.False && q.Otherwise != nil {
		counts = *q.Otherwise
	}
	if c := e.classOf(i, counts); c >= 0 {
		visit(c, false)
	}
}

// classOf finds the class of an answer.
func (e *enumerator) classOf(i int, a assessment.Answer) int {
	l := e.lens[i]
	key, _ := e.p.key(i, &l, a)
	return slices.IndexFunc(e.class[i], func(c class) bool { return c.key == key })
}
