package prove

import (
	"math"
	"slices"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// A search looks for a world that reaches a goal.
type search struct {
	p       *prover
	goal    goal
	touches [][]touch // what each clause reads
	vars    []*variable
	links   []*link
	box     *box // what the atoms that cross components see
	boxed   []*component
	sets    []expr.Truths // by id of atom: what it may still be
	nodes   int
	budget  int
	boxes   map[*component]*int // what is left of each one's budget
	found   map[*component]*point
	spent   bool
}

// solve looks for a world that reaches the goal. If there is one, the point holds it,
// as far as the goal's atoms go.
func (p *prover) solve(g goal) (verdict, *point) {
	p.method.Searches++
	if p.left <= 0 {
		return undecided, nil
	}
	g = p.tied(g)
	s := &search{p: p, sets: make([]expr.Truths, len(p.atoms)), budget: p.options.Nodes, boxes: map[*component]*int{}, found: map[*component]*point{}}
	if s.prepare(g) == impossible {
		return impossible, nil
	}
	v := s.branch()
	p.method.Nodes = max(p.method.Nodes, s.nodes)
	if v != possibly {
		if s.spent {
			return undecided, nil
		}
		return v, nil
	}
	return possibly, s.world()
}

// prepare makes variables of the goal's atoms, keeps the rows that each clause about
// one variable allows, and of these only what the other clauses can tell apart.
func (s *search) prepare(g goal) verdict {
	var ids []int
	for _, c := range g {
		for _, t := range c {
			t.formula.atoms(func(id int) {
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			})
		}
	}
	of := map[int]int{}
	components, cross := s.p.components(ids, g)
	m := s.p.model
	s.box = &box{m: m, fresh: true, q: make([]possible, len(m.Questions)), ladder: make([]expr.Numbers, len(m.Dimensions)), mean: make([]expr.Ratios, len(m.Dimensions))}
	reading := map[*atom]int{}
	for k, a := range cross {
		reading[a] = k
		s.links = append(s.links, &link{atom: a})
	}
	for _, c := range components {
		if c.table == nil {
			s.boxAtoms(c, of)
			continue
		}
		if len(c.table.rows) == 0 { // what was left out on the way was all there is
			return impossible
		}
		v := &variable{component: c, rows: c.table.rows, output: len(c.cross) > 0}
		for _, a := range c.atoms {
			v.atoms = append(v.atoms, a.id)
			of[a.id] = len(s.vars)
		}
		for _, a := range c.cross {
			v.links = append(v.links, reading[a])
			s.links[reading[a]].vars = append(s.links[reading[a]].vars, len(s.vars))
		}
		rows := make([]int32, len(v.rows))
		v.from = make([]int, len(v.rows))
		for k := range v.rows {
			v.from[k], rows[k] = k, int32(k)
		}
		s.vars = append(s.vars, v)
		s.install(v, s.viewOf(v, rows)) // the atoms that cross must see all of them first
	}
	for _, l := range s.links {
		s.compute(l)
		l.own = s.atomVariable(l.atom.id, l.computed)
		of[l.atom.id] = len(s.vars)
		s.vars = append(s.vars, l.own)
	}
	var own, shared goal
	var ownOf []int
	var touches [][]touch
	for _, c := range g {
		var list []int
		for _, t := range c {
			t.formula.atoms(func(id int) {
				if !slices.Contains(list, of[id]) {
					list = append(list, of[id])
				}
			})
		}
		switch {
		case len(list) == 0:
			if s.holds(c) == expr.False {
				return impossible
			}
		case len(list) == 1:
			own, ownOf = append(own, c), append(ownOf, list[0])
		default:
			var read []touch
			for _, i := range list {
				read = append(read, touch{variable: i})
			}
			shared, touches = append(shared, c), append(touches, read)
		}
	}
	for k, c := range own {
		v := s.vars[ownOf[k]]
		if s.filter(v, c, v.columns(c)); len(v.active) == 0 {
			return impossible
		}
	}
	s.goal, s.touches = shared, touches
	for k, v := range s.vars {
		s.project(k, v)
	}
	for k, c := range s.goal {
		for n := range s.touches[k] {
			s.touches[k][n].columns = s.vars[s.touches[k][n].variable].columns(c)
		}
	}
	return possibly
}

// boxAtoms makes a variable of each atom of a component that is searched by boxes.
func (s *search) boxAtoms(c *component, of map[int]int) {
	b := newBox(s.p.model, c)
	b.compute()
	s.boxed = append(s.boxed, c)
	left := s.p.options.Nodes
	s.boxes[c] = &left
	for _, a := range c.atoms {
		v := s.atomVariable(a.id, a.node.Truths(b))
		v.component = c
		of[a.id] = len(s.vars)
		s.vars = append(s.vars, v)
	}
}

// holds tells whether a clause surely holds (True), surely does not (False), or may.
func (s *search) holds(c clause) expr.Truths {
	result := expr.False
	for _, t := range c {
		got := t.formula.truths(s.sets)
		if got&^t.want == 0 {
			return expr.True
		}
		if got&t.want != 0 {
			result = expr.True | expr.False
		}
	}
	return result
}

// filter drops the rows of a variable with which a clause cannot hold.
func (s *search) filter(v *variable, c clause, columns []int) (changed bool) {
	s.p.left -= len(v.active) * (1 + len(columns))
	kept := make([]int32, 0, len(v.active))
	for _, row := range v.active {
		for _, k := range columns {
			s.sets[v.atoms[k]] = v.rows[row].truths[k]
		}
		if s.holds(c) != expr.False {
			kept = append(kept, row)
		}
	}
	if len(kept) == len(v.active) {
		s.install(v, v.view)
		return false
	}
	s.activate(v, kept)
	return true
}

// project keeps one row for each combination of the atoms that shared clauses read, and
// of the outputs.
func (s *search) project(index int, v *variable) {
	if v.component == nil || v.component.table == nil {
		return
	}
	var columns, ids []int
	for k, c := range s.goal {
		if slices.ContainsFunc(s.touches[k], func(t touch) bool { return t.variable == index }) {
			columns = append(columns, v.columns(c)...)
		}
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	for _, k := range columns {
		ids = append(ids, v.atoms[k])
	}
	seen := map[string]bool{}
	reduced := &variable{component: v.component, atoms: ids, links: v.links, output: v.output}
	var active []int32
	s.p.left -= len(v.active) * (1 + len(columns))
	var key []byte
	for _, at := range v.active {
		key = keyOfRow(key[:0], &v.rows[at], columns, v.output)
		if seen[string(key)] {
			continue
		}
		seen[string(key)] = true
		kept := row{questions: v.rows[at].questions, scores: v.rows[at].scores}
		for _, column := range columns {
			kept.truths = append(kept.truths, v.rows[at].truths[column])
		}
		active = append(active, int32(len(reduced.rows)))
		reduced.rows = append(reduced.rows, kept)
		reduced.from = append(reduced.from, v.from[at])
	}
	*v = *reduced
	s.activate(v, active)
}

// mostFiltered is how many rows are tried one by one against an atom that crosses; of
// more, halves are tried.
const mostFiltered = 200

// propagate filters until nothing changes. It tells whether the goal can still be
// reached, and lists the clauses that do not yet surely hold, and the links whose atom
// could still be other than it must.
func (s *search) propagate() (open []int, links []*link, alive bool) {
	for {
		changed := false
		links = links[:0]
		for _, l := range s.links {
			must := s.sets[l.atom.id]
			if must&^l.computed != 0 {
				if must &= l.computed; must == 0 {
					return nil, nil, false
				}
				s.keep(l.own, must)
				changed = true
			}
			if l.computed&^must == 0 {
				continue
			}
			for _, i := range l.vars {
				v := s.vars[i]
				if len(v.active) == 1 || len(v.active) > mostFiltered {
					continue
				}
				if s.filterLink(v, l) {
					changed = true
					if len(v.active) == 0 {
						return nil, nil, false
					}
				}
			}
			if l.computed&^must != 0 {
				links = append(links, l)
			}
		}
		open = open[:0]
		for k, c := range s.goal {
			switch s.holds(c) {
			case expr.True:
				continue
			case expr.False:
				return nil, nil, false
			}
			for _, t := range s.touches[k] {
				v := s.vars[t.variable]
				if len(v.active) == 1 {
					continue
				}
				if s.filter(v, c, t.columns) {
					changed = true
					if len(v.active) == 0 {
						return nil, nil, false
					}
				}
			}
			if s.holds(c) != expr.True {
				open = append(open, k)
			}
		}
		if !changed {
			return open, links, true
		}
	}
}

// keep keeps the truths of an atom that crosses.
func (s *search) keep(v *variable, must expr.Truths) {
	var kept []int32
	for _, at := range v.active {
		if must.Has(v.rows[at].truths[0]) {
			kept = append(kept, at)
		}
	}
	s.activate(v, kept)
}

// branch searches on from what is still active.
func (s *search) branch() verdict {
	s.nodes++
	if s.nodes > s.budget || s.p.left <= 0 {
		s.spent = true
		return undecided
	}
	open, links, alive := s.propagate()
	if !alive || !s.consistent() {
		return impossible
	}
	if len(open) == 0 && len(links) == 0 {
		return s.boxesHold()
	}
	before := s.save()
	if len(links) > 0 && len(s.boxed) == 0 && s.sampled(before) {
		return possibly
	}
	v, groups := s.cheapest(open)
	if v == nil {
		v, groups = s.parted(links)
	}
	if v == nil {
		s.spent = true // cannot be: with one value for everything all is known
		return undecided
	}
	result := impossible
	for _, rows := range groups {
		s.activate(v, rows)
		switch s.branch() {
		case possibly:
			return possibly
		case undecided:
			result = undecided
		}
		s.restore(before)
		if s.nodes > s.budget || s.p.left <= 0 {
			break
		}
	}
	return result
}

// sampled tries single rows: the first, the last, one between. If the goal is reached
// with them, they stay.
func (s *search) sampled(before *moment) bool {
	for which := range 3 {
		for _, v := range s.vars {
			if v.output {
				at := [...]int{0, len(v.active) - 1, len(v.active) / 2}[which]
				s.activate(v, v.active[at:at+1])
			}
		}
		good := true
		for _, l := range s.links {
			if l.computed&^s.sets[l.atom.id] != 0 {
				good = false
				break
			}
			s.keep(l.own, l.computed)
		}
		good = good && !slices.ContainsFunc(s.goal, func(c clause) bool { return s.holds(c) != expr.True })
		if good {
			return true
		}
		s.restore(before)
	}
	return false
}

// parted parts the rows of a variable on which an open link depends: of the link whose
// components leave the fewest combinations, the largest.
func (s *search) parted(links []*link) (*variable, [][]int32) {
	var best *variable
	var parts [][]int32
	cost := math.Inf(1)
	for _, l := range links {
		sum := 0.0
		for _, i := range l.vars {
			sum += logOf(len(s.vars[i].active))
		}
		if sum >= cost {
			continue
		}
		var widest *variable
		var halves [][]int32
		for _, i := range l.vars {
			v := s.vars[i]
			if widest == nil || len(v.active) > len(widest.active) {
				if h := s.halves(v); h != nil {
					widest, halves = v, h
				}
			}
		}
		if widest != nil {
			best, parts, cost = widest, halves, sum
		}
	}
	return best, parts
}

// alike groups the active rows of a variable that the open clauses cannot tell apart.
func (s *search) alike(index int, open []int) [][]int32 {
	v := s.vars[index]
	var columns []int
	for _, k := range open {
		for _, t := range s.touches[k] {
			if t.variable == index {
				columns = append(columns, t.columns...)
			}
		}
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	s.p.left -= len(v.active) * (2 + len(columns))
	var groups [][]int32
	at := map[string]int{}
	var key []byte
	for _, row := range v.active {
		key = key[:0]
		key = keyOfRow(key, &v.rows[row], columns, false)
		g, seen := at[string(key)]
		if !seen {
			g = len(groups)
			at[string(key)] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], row)
	}
	return groups
}

// cheapest is a variable of the open clause that leaves the fewest combinations: the
// one with the fewest groups of rows, with these.
func (s *search) cheapest(open []int) (*variable, [][]int32) {
	groups := map[int][][]int32{}
	best, cost := -1, math.Inf(1)
	for _, k := range open {
		sum := 0.0
		least := -1
		for _, t := range s.touches[k] {
			i := t.variable
			if groups[i] == nil {
				groups[i] = s.alike(i, open)
			}
			n := len(groups[i])
			if n == 1 {
				continue
			}
			sum += logOf(n)
			if least < 0 || n < len(groups[least]) {
				least = i
			}
		}
		if least >= 0 && sum < cost {
			best, cost = least, sum
		}
	}
	if best < 0 {
		return nil, nil
	}
	return s.vars[best], groups[best]
}

// A moment is a state of the search, to come back to.
type moment struct {
	views    []view
	computed []expr.Truths // by link
}

func (s *search) save() *moment {
	m := &moment{views: make([]view, len(s.vars)), computed: make([]expr.Truths, len(s.links))}
	for k, v := range s.vars {
		m.views[k] = v.view
	}
	for k, l := range s.links {
		m.computed[k] = l.computed
	}
	return m
}

func (s *search) restore(m *moment) {
	for k, v := range s.vars {
		s.install(v, m.views[k])
	}
	for k, l := range s.links {
		l.computed = m.computed[k]
	}
}

// consistent checks the atoms that cross components, or are of boxed ones, and compare
// one number with constants: what is wanted of it must leave some number.
func (s *search) consistent() bool {
	if len(s.boxed) == 0 && len(s.links) < 2 {
		return true
	}
	sides := map[string]*side{}
	narrow := func(a *atom) {
		if a.side == "" {
			return
		}
		if sides[a.side] == nil {
			sides[a.side] = &side{low: math.Inf(-1), high: math.Inf(1), may: expr.AnyTruth}
		}
		sides[a.side].narrow(a, s.sets[a.id])
	}
	for _, c := range s.boxed {
		for _, a := range c.atoms {
			narrow(a)
		}
	}
	for _, l := range s.links {
		narrow(l.atom)
	}
	for _, side := range sides {
		if !side.possible() {
			return false
		}
	}
	return true
}

// A side is what is known of a number that several atoms compare with constants.
type side struct {
	low, high         float64
	lowOpen, highOpen bool // the end itself is out
	may               expr.Truths
}

func (s *side) narrow(a *atom, set expr.Truths) {
	if !set.Has(expr.None) {
		s.may &^= expr.None
	}
	if set == expr.None {
		s.may &= expr.None
	}
	constant, sign := a.node.Number, a.node.Sign
	if a.node.Op == expr.OpCompare {
		constant = a.node.Args[1].Number
	}
	set &^= expr.None
	if !set.One() {
		return
	}
	switch {
	case sign == ">=" && set == expr.True:
		s.above(constant, false)
	case sign == ">" && set == expr.True:
		s.above(constant, true)
	case sign == ">=":
		s.below(constant, true)
	case sign == ">":
		s.below(constant, false)
	case set == expr.True:
		s.above(constant, false)
		s.below(constant, false)
	}
}

func (s *side) above(x float64, open bool) {
	if x > s.low || x == s.low && open {
		s.low, s.lowOpen = x, open
	}
}

func (s *side) below(x float64, open bool) {
	if x < s.high || x == s.high && open {
		s.high, s.highOpen = x, open
	}
}

// possible: some number is left, or none.
func (s *side) possible() bool {
	if s.may == 0 {
		return false
	}
	number := s.low < s.high || s.low == s.high && !s.lowOpen && !s.highOpen
	return number && s.may != expr.None || s.may.Has(expr.None)
}

// boxesHold looks, in each boxed component, for a world that fits what its atoms must
// be. All shared clauses hold whatever their atoms are of what is still active.
func (s *search) boxesHold() verdict {
	for _, c := range s.boxed {
		b := &boxSearch{
			p: s.p, c: c, want: s.sets, budget: s.boxes[c], box: newBox(s.p.model, c),
			w: newPoint(s.p.model), trial: make([]assessment.Answer, len(s.p.model.Questions)),
		}
		before := *b.budget
		v := b.find()
		s.p.method.Boxes = max(s.p.method.Boxes, before-*b.budget)
		if v != possibly {
			if v == undecided {
				s.spent = true
			}
			return v
		}
		s.found[c] = b.w
	}
	return possibly
}

// world puts the parts of the world together.
func (s *search) world() *point {
	w := newPoint(s.p.model)
	for i := range w.counts {
		w.counts[i] = s.p.samples(&s.p.model.Questions[i])[0]
	}
	for _, v := range s.vars {
		if v.component != nil && v.component.table != nil {
			v.component.table.world(v.from[v.active[0]], w)
		}
	}
	for c, part := range s.found {
		for _, i := range c.questions {
			w.counts[i] = part.counts[i]
		}
	}
	// A hidden question stands for a class; what it counts as is one answer of it.
	w.fill(slices.Clone(w.counts), s.p.model.AskOrder, s.p.every)
	return w
}
