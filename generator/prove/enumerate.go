package prove

import (
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
	work := 0
	defer func() { e.p.left -= stateCost * work }()
	now := &states{weights: []*big.Int{big.NewInt(1)}}
	now.keys = []string{string(e.encode(nil, s, &now.layout))}
	for k := range e.order {
		st := e.newStage(s, k, now)
		for from := range now.keys {
			st.leave(from)
			if t.states+len(st.next.keys) > most || work+st.work > 4*most {
				work += st.work
				return nil
			}
		}
		work += st.work
		t.states += len(st.next.keys)
		t.steps = append(t.steps, st.step)
		now = &st.next
	}
	if len(now.keys) > mostRows && !e.count {
		return nil
	}
	for _, key := range now.keys {
		e.decode(key, s, &now.layout)
		t.rows = append(t.rows, e.rowOf(s))
	}
	t.weigh = now.weights
	return t
}

// rowOf is what a state after the last step shows.
func (e *enumerator) rowOf(s *scene) row {
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
	return r
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
