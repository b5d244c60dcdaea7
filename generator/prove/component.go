package prove

import (
	"math"
	"slices"

	"cairn/generator/expr"
)

// A component is questions that hang together, by a dimension or an ask-when, with the
// atoms that read nothing but them. What atoms of several components read of it, its
// outputs, is kept as values.
type component struct {
	// questions stand in ask order, dimensions in order.
	questions, dimensions []int
	atoms                 []*atom
	// cross are the atoms that read other components too; outputs what they read here.
	cross   []*atom
	outputs outputs
	// table lists what the atoms and outputs can be together; nil if the component is
	// too large to be enumerated, and is searched by boxes.
	table *table
}

// outputs are questions and dimensions whose values are kept.
type outputs struct {
	questions, dimensions []int
}

// components splits atoms into components, and lists the atoms that cross them. The
// same atoms give the same components. A component that cannot be enumerated is joined
// with those that atoms tie it to, and searched by boxes with them.
func (p *prover) components(ids []int, g goal) (list []*component, cross []*atom) {
	boxed := map[int]bool{} // questions of components that are too large
	for {
		list, cross = p.split(ids, boxed)
		again := false
		for k, c := range list {
			list[k] = p.complete(c, boxed, g)
			if list[k].table == nil && !boxed[list[k].questions[0]] {
				for _, i := range list[k].questions {
					boxed[i] = true
				}
				again = true
			}
		}
		if !again {
			return list, cross
		}
	}
}

func (p *prover) split(ids []int, boxed map[int]bool) (list []*component, cross []*atom) {
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
	for _, id := range ids {
		for _, d := range p.atoms[id].dimensions {
			for _, i := range p.model.Dimensions[d].Questions {
				group[root(i)] = root(p.model.Dimensions[d].Questions[0])
			}
		}
	}
	for changed := true; changed; { // what is searched by boxes has no outputs
		changed = false
		for _, id := range ids {
			if !slices.ContainsFunc(p.read(p.atoms[id]), func(i int) bool { return boxed[i] }) {
				continue
			}
			reach := p.reach(p.atoms[id])
			for _, i := range reach {
				if root(i) != root(reach[0]) {
					group[root(i)] = root(reach[0])
					changed = true
				}
				if !boxed[i] {
					boxed[i] = true
					changed = true
				}
			}
		}
	}
	byRoot := map[int]*component{}
	of := func(r int) *component {
		if byRoot[r] == nil || r < 0 {
			byRoot[r] = &component{}
			list = append(list, byRoot[r])
		}
		return byRoot[r]
	}
	for _, id := range ids {
		a := p.atoms[id]
		reach := p.read(a)
		if len(reach) > 0 && boxed[reach[0]] {
			reach = p.reach(a)
		}
		if len(reach) == 0 { // reads nothing: a component of its own
			of(-1).atoms = []*atom{a}
			continue
		}
		var roots []int
		for _, i := range reach {
			if r := root(i); !slices.Contains(roots, r) {
				roots = append(roots, r)
			}
			c := of(root(i))
			c.questions = append(c.questions, i)
		}
		if len(roots) == 1 {
			c := of(roots[0])
			c.atoms = append(c.atoms, a)
			c.dimensions = append(c.dimensions, a.dimensions...)
			continue
		}
		cross = append(cross, a)
		for _, r := range roots {
			of(r).cross = append(of(r).cross, a)
		}
		for _, i := range a.questions {
			c := of(root(i))
			c.outputs.questions = append(c.outputs.questions, i)
		}
		for _, d := range a.dimensions {
			c := of(root(p.model.Dimensions[d].Questions[0]))
			c.dimensions = append(c.dimensions, d)
			c.outputs.dimensions = append(c.outputs.dimensions, d)
		}
	}
	return list, cross
}

// complete enumerates a component, or finds it among those that were.
func (p *prover) complete(c *component, boxed map[int]bool, g goal) *component {
	byID := func(a, b *atom) int { return a.id - b.id }
	slices.SortFunc(c.atoms, byID)
	slices.SortFunc(c.cross, byID)
	for _, list := range []*[]int{&c.dimensions, &c.outputs.questions, &c.outputs.dimensions} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	c.questions = p.inAskOrder(c.questions)
	var key []byte
	for _, list := range [][]*atom{c.atoms, c.cross} {
		for _, a := range list {
			key = append(key, byte(a.id), byte(a.id>>8), byte(a.id>>16))
		}
		key = append(key, 0xff, 0xff, 0xff)
	}
	if len(c.questions) > 0 { // an atom that crosses is of several components
		key = append(key, byte(c.questions[0]), byte(c.questions[0]>>8))
	}
	known, ok := p.known[string(key)]
	if ok && known.table != nil {
		return known
	}
	if len(c.questions) == 0 || !boxed[c.questions[0]] {
		if !ok {
			c.table = p.enumerate(c, nil)
		}
		if c.table == nil { // perhaps the goal leaves less: a table for this goal alone
			if t := p.enumerate(c, g); t != nil {
				p.known[string(key)] = &component{}
				p.method.Components++
				p.method.States = max(p.method.States, t.states)
				c.table = t
				return c
			}
		}
	}
	if ok && c.table == nil {
		return c
	}
	if c.table == nil {
		p.method.Boxed++
	} else {
		p.method.Components++
		p.method.States = max(p.method.States, c.table.states)
	}
	p.known[string(key)] = c
	return c
}

// read lists the questions that an atom reads, those of its dimensions included.
func (p *prover) read(a *atom) []int {
	list := slices.Clone(a.questions)
	for _, d := range a.dimensions {
		for _, i := range p.model.Dimensions[d].Questions {
			if !slices.Contains(list, i) {
				list = append(list, i)
			}
		}
	}
	return list
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
