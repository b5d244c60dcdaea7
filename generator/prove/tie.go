package prove

import (
	"slices"

	"cairn/generator/expr"
)

// An ask-when ties the question it decides on to those it mentions. If they are of one
// dimension that the goal reads, they are enumerated together. If not, the tie is cut:
// whether the question is asked is then an atom of its own, its input, which the
// question's component takes to be anything, and a clause demands that it be what the
// ask-when is. So dimensions do not grow into one component by questions that are
// asked for the sake of others.

// sameTruth compares two truths, none included: the sign of a formula that is never none.
const sameTruth = "same"

// tied adds to a goal the clauses of the ties that are cut.
func (p *prover) tied(g goal) goal {
	dimensions := map[int]bool{}
	var questions []int // those that matter, in the order in which they are found
	seen := map[int]bool{}
	add := func(i int) {
		if !seen[i] {
			seen[i] = true
			questions = append(questions, i)
		}
	}
	for _, c := range g {
		for _, t := range c {
			t.formula.atoms(func(id int) {
				for _, i := range p.atoms[id].questions {
					add(i)
				}
				for _, d := range p.atoms[id].dimensions {
					dimensions[d] = true
				}
			})
		}
	}
	for d := range p.model.Dimensions {
		if dimensions[d] {
			for _, i := range p.model.Dimensions[d].Questions {
				add(i)
			}
		}
	}
	g = slices.Clip(g)
	for k := 0; k < len(questions); k++ {
		i := questions[k]
		q := &p.model.Questions[i]
		if q.AskWhen == nil {
			continue
		}
		outside := func(j int) bool {
			other := &p.model.Questions[j]
			return !other.Scored() || other.Dimension != q.Dimension
		}
		cut := !q.Scored() || !dimensions[q.Dimension]
		for _, a := range p.askAtoms[i] {
			cut = cut || slices.ContainsFunc(a.questions, outside)
			for _, j := range a.questions {
				add(j)
			}
		}
		if cut {
			same := &formula{op: expr.OpSame, sign: sameTruth, args: []*formula{{atom: p.input(i).id}, p.formula(q.AskWhen)}}
			g = append(g, clause{{same, expr.True}})
		}
	}
	return g
}

// input is the atom that a question is asked: its truth is that of the ask-when.
func (p *prover) input(i int) *atom {
	if p.inputs[i] == nil {
		a := &atom{id: len(p.atoms), node: p.model.Questions[i].AskWhen, questions: []int{i}, input: true}
		p.atoms = append(p.atoms, a)
		p.inputs[i] = a
		b := newBox(p.model, &component{questions: p.inAskOrder(p.asks[i]), atoms: []*atom{a}})
		b.compute()
		a.may = a.node.Truths(b)
	}
	return p.inputs[i]
}

// inAskOrder sorts questions so that each stands after those that its ask-when mentions.
func (p *prover) inAskOrder(questions []int) []int {
	list := slices.Clone(questions)
	slices.SortFunc(list, func(a, b int) int { return p.askPlace[a] - p.askPlace[b] })
	return slices.Compact(list)
}
