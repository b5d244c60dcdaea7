package prove

import (
	"math"
	"slices"

	"cairn/generator/expr"
)

// A component is questions that hang together, by an atom, a dimension or an
// ask-when, with the atoms that read them: nothing else in the goal depends on them.
type component struct {
	// questions stand in ask order, dimensions in order.
	questions, dimensions []int
	atoms                 []*atom
	// table lists what the atoms can be together; nil if the component is too large
	// to be enumerated, and is searched by boxes.
	table *table
}

// components splits atoms into components; the same atoms give the same component.
func (p *prover) components(ids []int) []*component {
	group := make([]int, len(p.model.Questions))
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	reach := make([][]int, len(ids))
	for k, id := range ids {
		reach[k] = p.reach(p.atoms[id])
		for _, i := range reach[k] {
			group[root(i)] = root(reach[k][0])
		}
	}
	var list []*component
	byRoot := map[int]*component{}
	for k, id := range ids {
		r := -1 // an atom that reads no question is a component of its own
		if len(reach[k]) > 0 {
			r = root(reach[k][0])
		}
		c := byRoot[r]
		if c == nil || r < 0 {
			c = &component{}
			byRoot[r] = c
			list = append(list, c)
		}
		c.atoms = append(c.atoms, p.atoms[id])
		c.questions = append(c.questions, reach[k]...)
		c.dimensions = append(c.dimensions, p.atoms[id].dimensions...)
	}
	for j, c := range list {
		list[j] = p.complete(c)
	}
	return list
}

// complete enumerates a component, or finds it among those that were.
func (p *prover) complete(c *component) *component {
	slices.SortFunc(c.atoms, func(a, b *atom) int { return a.id - b.id })
	key := make([]byte, 0, 4*len(c.atoms))
	for _, a := range c.atoms {
		key = append(key, byte(a.id), byte(a.id>>8), byte(a.id>>16))
	}
	if known, ok := p.known[string(key)]; ok {
		return known
	}
	slices.Sort(c.dimensions)
	c.dimensions = slices.Compact(c.dimensions)
	slices.SortFunc(c.questions, func(a, b int) int { return p.askPlace[a] - p.askPlace[b] })
	c.questions = slices.Compact(c.questions)
	c.table = p.enumerate(c)
	if c.table == nil {
		p.method.Boxed++
	} else {
		p.method.Components++
		p.method.States = max(p.method.States, c.table.states)
	}
	p.known[string(key)] = c
	return c
}

// reach lists the questions that an atom depends on: those it reads, those of its
// dimensions, and those that decide whether they are asked.
func (p *prover) reach(a *atom) []int {
	var list []int
	add := func(i int) {
		for _, j := range p.asks[i] {
			if !slices.Contains(list, j) {
				list = append(list, j)
			}
		}
	}
	for _, i := range a.questions {
		add(i)
	}
	for _, d := range a.dimensions {
		for _, i := range p.model.Dimensions[d].Questions {
			add(i)
		}
	}
	return list
}

// askClosure lists a question and those that decide, however indirectly, whether it
// is asked.
func (p *prover) askClosure() {
	m := p.model
	p.asks = make([][]int, len(m.Questions))
	p.askAtoms = make([][]*atom, len(m.Questions))
	p.askPlace = make([]int, len(m.Questions))
	for place, i := range m.AskOrder {
		p.askPlace[i] = place
		p.asks[i] = []int{i}
		m.Questions[i].AskWhen.Walk(func(n *expr.Node) {
			if n.Kind != expr.Question {
				return
			}
			for _, j := range p.asks[n.Index] {
				if !slices.Contains(p.asks[i], j) {
					p.asks[i] = append(p.asks[i], j)
				}
			}
		})
		if m.Questions[i].AskWhen == nil {
			continue
		}
		p.formula(m.Questions[i].AskWhen).atoms(func(id int) {
			if !slices.Contains(p.askAtoms[i], p.atoms[id]) {
				p.askAtoms[i] = append(p.askAtoms[i], p.atoms[id])
			}
		})
	}
}

// logs of sizes, to compare products of them.
func logOf(n int) float64 { return math.Log(float64(max(1, n))) }
