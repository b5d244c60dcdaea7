package prove

import (
	"slices"

	"cairn/generator/expr"
)

// What is done once, before a search branches.

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
