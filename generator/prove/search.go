package prove

import (
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
