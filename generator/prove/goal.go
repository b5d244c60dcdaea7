package prove

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"cairn/generator/assessment"
	"cairn/generator/expr"
)

// A goal is what is looked for: a world in which all of its clauses hold. Everything
// that is proved is a goal that no world reaches.
type goal []clause

// A clause holds if one of its tests does.
type clause []test

// A test holds if a condition has one of the wanted truths.
type test struct {
	formula *formula
	want    expr.Truths
}

// negated is the one clause that holds where a list of tests does not all hold.
func negated(tests []test) clause {
	var c clause
	for _, t := range tests {
		c = append(c, test{t.formula, expr.AnyTruth &^ t.want})
	}
	return c
}

func all(tests []test) goal {
	var g goal
	for _, t := range tests {
		g = append(g, clause{t})
	}
	return g
}

// A formula is a condition over atoms: truths that are no longer made of truths.
type formula struct {
	op       expr.Op // and, or, not, if, same; "" for an atom; true for a constant
	sign     string
	atom     int
	constant expr.Truths
	args     []*formula
}

// truths evaluates the formula; sets holds what each atom may be.
func (f *formula) truths(sets []expr.Truths) expr.Truths {
	switch f.op {
	case "":
		return sets[f.atom]
	case expr.OpTrue:
		return f.constant
	case expr.OpNot:
		return expr.Not(f.args[0].truths(sets))
	case expr.OpAnd:
		result := expr.True
		for _, arg := range f.args {
			result = expr.And(result, arg.truths(sets))
			if result == expr.False {
				break
			}
		}
		return result
	case expr.OpOr:
		result := expr.False
		for _, arg := range f.args {
			result = expr.Or(result, arg.truths(sets))
			if result == expr.True {
				break
			}
		}
		return result
	case expr.OpIf:
		var result expr.Truths
		condition := f.args[0].truths(sets)
		if condition.Has(expr.True) {
			result |= f.args[1].truths(sets)
		}
		if condition.Has(expr.False) {
			result |= f.args[2].truths(sets)
		}
		return result | condition&expr.None
	}
	return same(f.sign, f.args[0].truths(sets), f.args[1].truths(sets))
}

// same compares two sets of truths by == or !=, element by element.
func same(sign string, a, b expr.Truths) expr.Truths {
	var result expr.Truths
	if sign == sameTruth {
		if a&b != 0 {
			result |= expr.True
		}
		if !a.One() || a != b {
			result |= expr.False
		}
		return result
	}
	if a.Has(expr.None) || b.Has(expr.None) {
		result |= expr.None
	}
	a, b = a&^expr.None, b&^expr.None
	if a&b != 0 {
		result |= expr.True
	}
	if a.Has(expr.True) && b.Has(expr.False) || a.Has(expr.False) && b.Has(expr.True) {
		result |= expr.False
	}
	if sign == "!=" {
		return expr.Not(result)
	}
	return result
}

// atoms lists the atoms of a formula.
func (f *formula) atoms(visit func(atom int)) {
	if f.op == "" {
		visit(f.atom)
	}
	for _, arg := range f.args {
		arg.atoms(visit)
	}
}

// An atom is a truth that a world gives as a whole: an option chosen, a comparison.
// Equal atoms of different conditions are one atom.
type atom struct {
	id   int
	node *expr.Node
	// questions and dimensions are read, directly or through values.
	questions, dimensions []int
	// reads are the nodes that read a question, by question.
	reads map[int][]*expr.Node
	// direct: the atom does nothing with a number but compare it with a constant.
	direct bool
	// input: the atom is that its question is asked, and is not computed of answers; may
	// is what it can be at all.
	input bool
	may   expr.Truths
	// side is the key of the number that the atom compares with a constant, the same
	// for all atoms that do; "" if there is none.
	side string
}

// unary tells whether an atom reads one question and nothing else.
func (a *atom) unary() bool { return len(a.questions) == 1 && len(a.dimensions) == 0 }

// formula turns a condition into a formula; a condition that is not there holds.
func (p *prover) formula(n *expr.Node) *formula {
	if n == nil {
		return &formula{op: expr.OpTrue, constant: expr.True}
	}
	if f, ok := p.formulas[n]; ok {
		return f
	}
	f := p.makeFormula(n)
	p.formulas[n] = f
	return f
}

func (p *prover) makeFormula(n *expr.Node) *formula {
	switch n.Op {
	case expr.OpTrue:
		return &formula{op: expr.OpTrue, constant: expr.True}
	case expr.OpFalse:
		return &formula{op: expr.OpTrue, constant: expr.False}
	case expr.OpAnd, expr.OpOr, expr.OpNot, expr.OpIf, expr.OpSame:
		f := &formula{op: n.Op, sign: n.Sign}
		for _, arg := range n.Args {
			f.args = append(f.args, p.formula(arg))
		}
		return f
	}
	atom, turned := p.plain(n)
	f := &formula{atom: p.intern(atom)}
	if turned {
		return &formula{op: expr.OpNot, args: []*formula{f}}
	}
	return f
}

// plain writes an atom in the one way in which equal atoms are written, and tells
// whether it was turned into its opposite: none stays none.
func (p *prover) plain(n *expr.Node) (plain *expr.Node, turned bool) {
	c := *n
	switch n.Op {
	case expr.OpHolds:
		yes := slices.IndexFunc(p.model.Questions[n.Index].Options, func(o assessment.ModelOption) bool { return o.ID == "yes" })
		c.Op, c.Options = expr.OpIs, []int{yes}
	case expr.OpHas:
		if p.model.Questions[n.Index].Kind != assessment.KindMany {
			c.Op = expr.OpIs
		}
	case expr.OpIsNot:
		c.Op, turned = expr.OpIs, true
	case expr.OpCompare, expr.OpMeanCompare:
		if n.Op == expr.OpCompare && n.Args[0].Op == expr.OpNumber && n.Args[1].Op != expr.OpNumber {
			c.Args = []*expr.Node{n.Args[1], n.Args[0]}
			c.Sign = expr.Mirrored(c.Sign)
		}
		switch c.Sign {
		case "<":
			c.Sign, turned = ">=", true
		case "<=":
			c.Sign, turned = ">", true
		case "!=":
			c.Sign, turned = "==", true
		}
	}
	return &c, turned
}

func (p *prover) intern(n *expr.Node) int {
	key := keyOf(n)
	if id, ok := p.atomIDs[key]; ok {
		return id
	}
	a := &atom{id: len(p.atoms), node: n, reads: map[int][]*expr.Node{}, direct: true}
	p.gather(a, n)
	slices.Sort(a.questions)
	slices.Sort(a.dimensions)
	switch n.Op {
	case expr.OpMeanCompare:
		a.side = keyOf(&expr.Node{Op: expr.OpMean, Kind: n.Kind, Index: n.Index})
	case expr.OpCompare:
		if n.Args[1].Op == expr.OpNumber {
			a.side = keyOf(n.Args[0])
		}
		a.direct = n.Args[0].Op == expr.OpRead && n.Args[0].Kind == expr.Question && n.Args[1].Op == expr.OpNumber
	}
	p.atomIDs[key] = a.id
	p.atoms = append(p.atoms, a)
	return a.id
}

// gather finds what an atom reads, values taken apart.
func (p *prover) gather(a *atom, n *expr.Node) {
	n.Walk(func(n *expr.Node) {
		switch n.Kind {
		case expr.Question:
			if !slices.Contains(a.questions, n.Index) {
				a.questions = append(a.questions, n.Index)
			}
			a.reads[n.Index] = append(a.reads[n.Index], n)
		case expr.Dim:
			if !slices.Contains(a.dimensions, n.Index) {
				a.dimensions = append(a.dimensions, n.Index)
			}
		case expr.Value:
			p.gather(a, p.model.Values[n.Index].Compute)
		}
	})
}

// keyOf writes a tree as text, the same for equal trees wherever they stand.
func keyOf(n *expr.Node) string {
	var b strings.Builder
	writeKey(&b, n)
	return b.String()
}

func writeKey(b *strings.Builder, n *expr.Node) {
	fmt.Fprintf(b, "%s%s", n.Op, n.Sign)
	if n.Kind != "" {
		fmt.Fprintf(b, " %s %d", n.Kind, n.Index)
	}
	for _, option := range n.Options {
		fmt.Fprintf(b, " o%d", option)
	}
	switch n.Op {
	case expr.OpNumber:
		fmt.Fprintf(b, " %x", math.Float64bits(n.Number))
	case expr.OpMeanCompare:
		units, places := n.Units, n.Places
		for places > 0 && units%10 == 0 {
			units, places = units/10, places-1
		}
		fmt.Fprintf(b, " %d e%d", units, places)
	case expr.OpRound:
		fmt.Fprintf(b, " %d", n.Places)
	}
	b.WriteByte('(')
	for _, arg := range n.Args {
		writeKey(b, arg)
		b.WriteByte(',')
	}
	b.WriteByte(')')
}

// test is that a condition has one of the wanted truths.
func (p *prover) test(n *expr.Node, want expr.Truths) test { return test{p.formula(n), want} }
