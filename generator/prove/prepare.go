package prove

import (
	"slices"

	"cairn/generator/expr"
)

// What is done once, before a search branches.

// prepare makes variables of the goal's atoms, keeps the rows that each clause about
// one variable allows, and of these only what the other clauses can tell apart.
func (s *search) prepare(g goal) verdict {
	of, ok := s.variables(g) // atoms, by id
	if !ok {
		return impossible
	}
	for _, c := range g {
		switch list := variablesOf(c, of); len(list) {
		case 0:
			if s.holds(c) == expr.False {
				return impossible
			}
		case 1:
			v := s.vars[list[0].variable]
			if s.filter(v, c, v.columns(c)); len(v.active) == 0 {
				return impossible
			}
		default:
			s.goal, s.touches = append(s.goal, c), append(s.touches, list)
		}
	}
	for k, v := range s.vars {
		s.project(k, v)
	}
	for k, c := range s.goal {
		for n := range s.touches[k] {
			t := &s.touches[k][n]
			t.columns = s.vars[t.variable].columns(c)
		}
	}
	return possibly
}

// variablesOf lists the variables that a clause reads; the columns are not known yet.
func variablesOf(c clause, of map[int]int) []touch {
	var list []touch
	for _, t := range c {
		t.formula.atoms(func(id int) {
			if !slices.ContainsFunc(list, func(t touch) bool { return t.variable == of[id] }) {
				list = append(list, touch{variable: of[id]})
			}
		})
	}
	return list
}

// variables makes the variables, and tells which each atom is of. It is not ok if a
// component has no row at all.
func (s *search) variables(g goal) (of map[int]int, ok bool) {
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
	of = map[int]int{}
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
			return nil, false
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
	return of, true
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
