package expr

import (
	"fmt"

	"cairn/generator/diag"
)

// usage shows how each function is written.
var usage = map[string]string{
	"level": "level(dimension)", "mean": "mean(dimension)", "has": "has(question, option)",
	"count": "count(question)", "applies": "applies(question)", "min": "min(a, b)", "max": "max(a, b)",
	"abs": "abs(a)", "floor": "floor(a)", "ceil": "ceil(a)", "round": "round(a, 2)", "if": "if(condition, a, b)",
}

// functionNames are all functions, plainNames those that ask about no answers. The page
// content/kit/expressions.md lists them.
var functionNames = []string{"level", "mean", "has", "count", "applies", "min", "max", "abs", "floor", "ceil", "round", "if"}
var plainNames = []string{"min", "max", "abs", "floor", "ceil", "round", "if"}

func (c *checker) call(s *syntax) (*Node, Type, bool) {
	names := functionNames
	if c.environment.NoAnswers {
		names = plainNames
	}
	known := false
	for _, name := range names {
		known = known || name == s.text
	}
	if !known {
		c.report(s, diag.ExprUnknownFunction, fmt.Sprintf("there is no function %q", s.text), diag.DidYouMean(s.text, names, "functions are "+some(names)))
		return nil, 0, false
	}
	least, most := 1, 1
	switch s.text {
	case "has":
		least, most = 2, 2
	case "min", "max":
		least, most = 2, 50
	case "round":
		least, most = 1, 2
	case "if":
		least, most = 3, 3
	}
	if len(s.args) < least || len(s.args) > most {
		c.report(s, diag.ExprArguments, fmt.Sprintf("%s has %s", s.text, arguments(len(s.args))), "write "+usage[s.text])
		return nil, 0, false
	}
	switch s.text {
	case "level", "mean":
		node, ok := c.dimension(s)
		return node, Number, ok
	case "has":
		node, ok := c.has(s)
		return node, Truth, ok
	case "count":
		node, ok := c.count(s)
		return node, Number, ok
	case "applies":
		node, ok := c.applies(s)
		return node, Truth, ok
	case "round":
		node, ok := c.round(s)
		return node, Number, ok
	case "if":
		return c.choose(s)
	}
	node, ok := c.all(s, Op(s.text), Number)
	return node, Number, ok
}

func arguments(n int) string {
	switch n {
	case 0:
		return "no argument"
	case 1:
		return "one argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

// subject finds the name that is the first argument, if it fits.
func (c *checker) subject(s *syntax, what string, fits func(*Name) bool) (*Name, bool) {
	arg := s.args[0]
	all := c.environment.candidates(fits)
	if arg.kind != syntaxName {
		c.report(arg, diag.ExprWrongType, fmt.Sprintf("%s asks for the id of %s", s.text, what), "write "+usage[s.text])
		return nil, false
	}
	name, ok := c.environment.lookup(arg.text)
	if ok && !name.Broken && fits(name) {
		return name, true
	}
	if ok && name.Broken || !ok && c.environment.Open {
		return nil, false
	}
	code, message := diag.ExprUnknownName, fmt.Sprintf("%q is not the id of %s", arg.text, what)
	if ok {
		code = diag.ExprWrongType
	}
	c.report(arg, code, message, diag.DidYouMean(arg.text, all, "possible here: "+some(all)))
	return nil, false
}

func (c *checker) dimension(s *syntax) (*Node, bool) {
	name, ok := c.subject(s, "a dimension", func(n *Name) bool { return n.Type == Dimension })
	if !ok {
		return nil, false
	}
	return &Node{Op: Op(s.text), Kind: name.Kind, Index: name.Index, Start: s.start, End: s.end}, true
}

func (c *checker) has(s *syntax) (*Node, bool) {
	name, ok := c.subject(s, "a question with options", func(n *Name) bool { return len(n.Options) > 0 })
	if !ok {
		return nil, false
	}
	i, ok := c.option(s.args[1], name)
	return &Node{Op: OpHas, Kind: name.Kind, Index: name.Index, Options: []int{i}, Start: s.start, End: s.end}, ok
}

func (c *checker) count(s *syntax) (*Node, bool) {
	name, ok := c.subject(s, "a question of kind many", func(n *Name) bool { return n.Counts > 0 })
	if !ok {
		return nil, false
	}
	return &Node{Op: OpCount, Kind: name.Kind, Index: name.Index, Start: s.start, End: s.end}, true
}

func (c *checker) applies(s *syntax) (*Node, bool) {
	name, ok := c.subject(s, "a question or dimension", func(n *Name) bool { return n.Kind == Question || n.Kind == Dim })
	if !ok {
		return nil, false
	}
	return &Node{Op: OpApplies, Kind: name.Kind, Index: name.Index, Start: s.start, End: s.end}, true
}

func (c *checker) round(s *syntax) (*Node, bool) {
	inner := c.check(s.args[0], Number)
	places := 0
	if len(s.args) == 2 {
		second := s.args[1]
		if second.kind != syntaxNumber || second.number.places != 0 || second.number.units < 0 || second.number.units > 9 {
			c.report(second, diag.ExprArguments, "the places of round are a whole number from 0 to 9", "write "+usage["round"])
			return nil, false
		}
		places = int(second.number.units)
	}
	return &Node{Op: OpRound, Args: []*Node{inner}, Places: places, Start: s.start, End: s.end}, inner != nil
}

func (c *checker) choose(s *syntax) (*Node, Type, bool) {
	condition := c.check(s.args[0], Truth)
	first, got, ok := c.node(s.args[1])
	if !ok {
		return nil, 0, false
	}
	if got != Truth && got != Number {
		c.wrongType(s.args[1], got, Number)
		return nil, 0, false
	}
	second := c.check(s.args[2], got)
	node := &Node{Op: OpIf, Args: []*Node{condition, first, second}, Truth: got == Truth, Start: s.start, End: s.end}
	return node, got, condition != nil && second != nil
}
