package expr

import "cairn/generator/diag"

// A Formula is an expression over numbers alone: a computed column of a table.
type Formula struct {
	node  *Node
	names []string
	list  []string
}

// ParseFormula reads a formula over the given names. Others and open are those of an
// Environment. It returns nil if there is an error.
func ParseFormula(source Source, names []string, others []Other, open bool) (*Formula, diag.List) {
	parsed, list := Parse(source)
	if parsed == nil {
		return nil, list
	}
	environment := &Environment{NoAnswers: true, Others: others, Open: open}
	for i, name := range names {
		environment.Names = append(environment.Names, Name{Name: name, Kind: Parameter, Index: i, Type: Number})
	}
	node, more := parsed.Check(environment, Number)
	list = append(list, more...)
	if node == nil {
		return nil, list
	}
	return &Formula{node: node, names: parsed.Names(), list: names}, list
}

// Names returns the names that the formula mentions, in order of first mention.
func (f *Formula) Names() []string { return f.names }

// Evaluate computes the formula. A name that is missing from the values is none; ok
// is false if the result is.
func (f *Formula) Evaluate(values map[string]float64) (x float64, ok bool) {
	return f.node.EvaluateNumber(named{f.list, values})
}

// named is the world of a formula: nothing but numbers.
type named struct {
	names  []string
	values map[string]float64
}

func (n named) Number(_ Kind, index int) (float64, bool) {
	x, ok := n.values[n.names[index]]
	if !ok {
		return 0, false
	}
	return finite(x)
}
func (named) Truth(Kind, int) (holds, ok bool)    { return false, false }
func (named) Option(Kind, int) (int, bool)        { return 0, false }
func (named) Has(Kind, int, int) (holds, ok bool) { return false, false }
func (named) Count(Kind, int) (float64, bool)     { return 0, false }
func (named) Level(int) (float64, bool)           { return 0, false }
func (named) Mean(int) (Ratio, bool)              { return Ratio{}, false }
func (named) Applies(Kind, int) bool              { return true }
