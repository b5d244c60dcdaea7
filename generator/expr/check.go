package expr

import (
	"fmt"
	"slices"
	"strings"

	"cairn/generator/diag"
)

// Check ties the names of an expression to an environment and its parts to their
// types. It returns nil if there is an error.
func (p *Parsed) Check(environment *Environment, want Type) (*Node, diag.List) {
	c := &checker{source: p.Source, environment: environment}
	node := c.check(p.root, want)
	if c.list.HasErrors() {
		return nil, c.list
	}
	return node, c.list
}

type checker struct {
	source      Source
	environment *Environment
	list        diag.List
}

func (c *checker) report(s *syntax, code diag.Code, message, hint string) {
	c.list.Add(c.source.At(s.start, s.end, code, message, hint))
}

// check returns a node of the wanted type, or nil after a report.
func (c *checker) check(s *syntax, want Type) *Node {
	node, got, ok := c.node(s)
	if !ok {
		return nil
	}
	if got != want {
		c.wrongType(s, got, want)
		return nil
	}
	return node
}

func (c *checker) wrongType(s *syntax, got, want Type) {
	hint := ""
	text := c.source.Text[s.start:s.end]
	switch {
	case got == Number && want == Truth:
		hint = fmt.Sprintf("compare it, as in %s >= 1", text)
	case got == Option && want == Truth:
		hint = fmt.Sprintf("compare it with one of its options, as in %s == …", text)
	case got == Many:
		hint = fmt.Sprintf("ask has(%s, option) or count(%s)", text, text)
	case got == Dimension:
		hint = fmt.Sprintf("write level(%s) or mean(%s)", text, text)
	case got == Truth && want == Number:
		hint = fmt.Sprintf("write if(%s, 1, 0) to count it", text)
	}
	c.report(s, diag.ExprWrongType, fmt.Sprintf("%s is %s, but %s is needed here", text, got, want), hint)
}

func (c *checker) node(s *syntax) (node *Node, got Type, ok bool) {
	switch s.kind {
	case syntaxNumber:
		return &Node{Op: OpNumber, Number: s.number.float(), Units: s.number.units, Places: s.number.places, Start: s.start, End: s.end}, Number, true
	case syntaxTruth:
		return &Node{Op: Op(s.text), Start: s.start, End: s.end}, Truth, true
	case syntaxText:
		c.report(s, diag.ExprWrongType, "text in quotes is an option, and can only be compared with a question", "write question == "+s.text)
		return nil, 0, false
	case syntaxName:
		return c.name(s)
	case syntaxCall:
		return c.call(s)
	case syntaxInside:
		node, ok := c.inside(s)
		return node, Truth, ok
	}
	switch s.text {
	case "&&", "||":
		op := OpAnd
		if s.text == "||" {
			op = OpOr
		}
		node, ok := c.all(s, op, Truth)
		return node, Truth, ok
	case "!":
		node, ok := c.all(s, OpNot, Truth)
		return node, Truth, ok
	case "+", "*", "/", "-":
		op := map[string]Op{"+": OpAdd, "*": OpMultiply, "/": OpDivide, "-": OpSubtract}[s.text]
		if len(s.args) == 1 {
			op = OpNegate
		}
		node, ok := c.all(s, op, Number)
		return node, Number, ok
	}
	node, ok = c.comparison(s)
	return node, Truth, ok
}

// all checks every argument, so that each fault is told.
func (c *checker) all(s *syntax, op Op, want Type) (*Node, bool) {
	node := &Node{Op: op, Start: s.start, End: s.end}
	good := true
	for _, arg := range s.args {
		inner := c.check(arg, want)
		good = good && inner != nil
		node.Args = append(node.Args, inner)
	}
	return node, good
}

func (c *checker) name(s *syntax) (*Node, Type, bool) {
	name, ok := c.environment.lookup(s.text)
	if !ok {
		c.unknown(s)
		return nil, 0, false
	}
	if name.Broken {
		return nil, 0, false
	}
	node := &Node{Kind: name.Kind, Index: name.Index, Start: s.start, End: s.end}
	switch name.Type {
	case Truth:
		node.Op = OpHolds
	case Number:
		node.Op = OpRead
	}
	return node, name.Type, true
}

func (c *checker) unknown(s *syntax) {
	if other, ok := c.environment.other(s.text); ok {
		c.report(s, other.Code, other.Message, other.Hint)
		return
	}
	if c.environment.Open {
		return
	}
	place := c.environment.Place
	if place == "" {
		place = "this file"
	}
	hint := ""
	if left, right, ok := strings.Cut(s.text, "-"); ok {
		_, knowsLeft := c.environment.lookup(left)
		_, knowsRight := c.environment.lookup(right)
		if knowsLeft && (knowsRight || right != "" && isDigit(right[0])) {
			hint = fmt.Sprintf("a hyphen is part of a name; write the difference as %s - %s", left, right)
		}
	}
	if hint == "" {
		all := c.environment.candidates(func(*Name) bool { return true })
		hint = diag.DidYouMean(s.text, all, "names here are "+some(all))
		if len(all) == 0 {
			hint = "there is no name here that an expression could mention"
		}
	}
	if s.text == "yes" || s.text == "no" {
		hint = "a yes-no question is a condition by itself: write question or !question"
	}
	c.report(s, diag.ExprUnknownName, fmt.Sprintf("%s has nothing called %q", place, s.text), hint)
}

func some(words []string) string {
	if len(words) == 0 {
		return "not known"
	}
	if len(words) > 12 {
		return strings.Join(words[:12], ", ") + ", …"
	}
	return strings.Join(words, ", ")
}

// option returns the index of an option written as a name, text or number.
func (c *checker) option(s *syntax, of *Name) (int, bool) {
	word := s.text
	if s.kind == syntaxNumber {
		word = c.source.Text[s.start:s.end]
	} else if s.kind != syntaxName && s.kind != syntaxText {
		c.report(s, diag.ExprWrongType, "an option is needed here", "options of "+of.Name+" are "+some(of.Options))
		return 0, false
	}
	if i := slices.Index(of.Options, word); i >= 0 {
		return i, true
	}
	if of.OpenOptions {
		return 0, false
	}
	c.report(s, diag.ExprUnknownOption, fmt.Sprintf("%q is no option of %s, so this can never hold", word, of.Name),
		diag.DidYouMean(word, of.Options, "its options are "+some(of.Options)))
	return 0, false
}

// choice returns the name if the syntax is the name of a question with options.
func (c *checker) choice(s *syntax) (*Name, bool) {
	if s.kind != syntaxName {
		return nil, false
	}
	name, ok := c.environment.lookup(s.text)
	return name, ok && name.Type == Option && !name.Broken
}

func (c *checker) inside(s *syntax) (*Node, bool) {
	name, ok := c.choice(s.args[0])
	if !ok {
		if _, got, ok := c.node(s.args[0]); ok {
			c.report(s.args[0], diag.ExprWrongType, fmt.Sprintf("%s is %s; in asks for a question's option", c.source.Text[s.args[0].start:s.args[0].end], got), "")
		}
		return nil, false
	}
	node := &Node{Op: OpIs, Kind: name.Kind, Index: name.Index, Start: s.start, End: s.end}
	good := len(s.args) > 1
	if !good {
		c.report(s, diag.ExprArguments, "this list of options is empty, so this can never hold", "write in (one, few)")
	}
	for _, arg := range s.args[1:] {
		i, ok := c.option(arg, name)
		good = good && ok
		if !slices.Contains(node.Options, i) {
			node.Options = append(node.Options, i)
		}
	}
	slices.Sort(node.Options)
	return node, good
}

// isLost tells whether a part is a name that cannot be used, known or not.
func (c *checker) isLost(s *syntax) bool {
	if s.kind != syntaxName {
		return false
	}
	name, known := c.environment.lookup(s.text)
	return !known || name.Broken
}

func (c *checker) comparison(s *syntax) (*Node, bool) {
	left, right, sign := s.args[0], s.args[1], s.text
	name, isChoice := c.choice(left)
	other := right
	if !isChoice {
		if name, isChoice = c.choice(right); isChoice {
			other = left
		}
	}
	if isChoice {
		if sign != "==" && sign != "!=" {
			c.report(s, diag.ExprWrongType, fmt.Sprintf("the options of %s have no order", name.Name), "compare with ==, != or in (…)")
			return nil, false
		}
		i, ok := c.option(other, name)
		op := OpIs
		if sign == "!=" {
			op = OpIsNot
		}
		return &Node{Op: op, Kind: name.Kind, Index: name.Index, Options: []int{i}, Start: s.start, End: s.end}, ok
	}
	for _, side := range [][2]*syntax{{left, right}, {right, left}} {
		// What a name that is at fault is compared with may be an option of it.
		if c.isLost(side[0]) && (side[1].kind == syntaxName || side[1].kind == syntaxText) {
			c.node(side[0])
			return nil, false
		}
	}
	a, aType, aOK := c.node(left)
	b, bType, bOK := c.node(right)
	if !aOK || !bOK {
		return nil, false
	}
	if aType == Truth && bType == Truth && (sign == "==" || sign == "!=") {
		return &Node{Op: OpSame, Sign: sign, Args: []*Node{a, b}, Start: s.start, End: s.end}, true
	}
	for _, side := range []struct {
		s   *syntax
		got Type
	}{{left, aType}, {right, bType}} {
		if side.got != Number {
			c.wrongType(side.s, side.got, Number)
			return nil, false
		}
	}
	node := &Node{Op: OpCompare, Sign: sign, Args: []*Node{a, b}, Start: s.start, End: s.end}
	if a.Op == OpNumber && b.Op != OpNumber {
		a, b, sign = b, a, mirrored[sign]
	}
	if a.Op == OpMean && b.Op == OpNumber {
		node = &Node{Op: OpMeanCompare, Sign: sign, Kind: a.Kind, Index: a.Index, Number: b.Number, Units: b.Units, Places: b.Places, Start: s.start, End: s.end}
	}
	c.decidedByRange(s, a, b, sign)
	return node, true
}

// Mirrored is the sign of a comparison with its sides exchanged.
func Mirrored(sign string) string { return mirrored[sign] }

var mirrored = map[string]string{"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}

// decidedByRange reports a comparison of a name with a constant that its range decides.
func (c *checker) decidedByRange(s *syntax, a, b *Node, sign string) {
	if b.Op != OpNumber {
		return
	}
	low, high := 0.0, float64(c.environment.Top)
	possible := func(x float64) bool { return true }
	what := c.source.Text[a.Start:a.End]
	switch a.Op {
	case OpLevel:
		possible = func(x float64) bool { return x == float64(int64(x)) }
	case OpMean:
	case OpRead, OpCount:
		name, _ := c.environment.byNode(a)
		if name == nil || !name.Bounded && a.Op == OpRead {
			return
		}
		low, high = name.Low, name.High
		if a.Op == OpCount {
			low, high = 0, float64(name.Counts)
		} else if name.Possible != nil {
			possible = name.Possible
		}
	default:
		return
	}
	truths := compareSets(sign, Numbers{Low: low, High: high, Some: true}, exactly(b.Number))
	if sign == "==" && !possible(b.Number) {
		truths = False
	}
	if sign == "!=" && !possible(b.Number) {
		truths = True
	}
	span := fmt.Sprintf("%s lies between %s and %s", what, plain(low), plain(high))
	switch truths {
	case False:
		c.report(s, diag.ExprNeverHolds, fmt.Sprintf("%s can never hold", c.source.Text[s.start:s.end]), span+stepHint(possible, b.Number))
	case True:
		c.report(s, diag.ExprAlwaysHolds, fmt.Sprintf("%s always holds", c.source.Text[s.start:s.end]), span+stepHint(possible, b.Number))
	}
}

func stepHint(possible func(float64) bool, x float64) string {
	if possible(x) {
		return ""
	}
	return fmt.Sprintf(" and is never %s", plain(x))
}

func plain(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%g", x), ".0") }

func (e *Environment) byNode(n *Node) (*Name, bool) {
	for i := range e.Names {
		if e.Names[i].Kind == n.Kind && e.Names[i].Index == n.Index {
			return &e.Names[i], true
		}
	}
	return nil, false
}
