package expr

import (
	"fmt"
	"strconv"
	"strings"

	"cairn/generator/diag"
)

const (
	maxLength = 4000
	maxDepth  = 64
)

// A Parsed is an expression whose names are still words.
type Parsed struct {
	Source Source
	root   *syntax
}

type syntaxKind int

const (
	syntaxNumber syntaxKind = iota
	syntaxTruth
	syntaxName
	syntaxText
	syntaxCall   // text is the function
	syntaxSign   // text is the operator, one argument or two (&& and ||: two or more)
	syntaxInside // first argument in the others
)

type syntax struct {
	kind       syntaxKind
	text       string
	args       []*syntax
	number     decimal
	start, end int
}

// A decimal is a constant as it was written: units / 10^places.
type decimal struct {
	units  int64
	places int
}

func (d decimal) float() float64 {
	return float64(float64(d.units) / powerOfTen(d.places))
}

func powerOfTen(places int) float64 {
	power := 1.0
	for range places {
		power = float64(power * 10)
	}
	return power
}

// Parse reads an expression. It returns nil and a diagnostic if it cannot be read.
func Parse(source Source) (*Parsed, diag.List) {
	root, bad := parse(source.Text)
	if bad != nil {
		return nil, diag.List{source.At(bad.start, bad.end, bad.code, bad.message, bad.hint)}
	}
	return &Parsed{Source: source, root: root}, nil
}

// Names returns the names an expression mentions, options and functions apart, in
// order of first mention.
func (p *Parsed) Names() []string {
	var names []string
	seen := map[string]bool{}
	p.root.walk(func(s *syntax) {
		if s.kind == syntaxName && !seen[s.text] {
			seen[s.text] = true
			names = append(names, s.text)
		}
	})
	return names
}

func (s *syntax) walk(visit func(*syntax)) {
	visit(s)
	for _, arg := range s.args {
		arg.walk(visit)
	}
}

type parser struct {
	tokens []token
	at     int
	depth  int
}

func parse(text string) (root *syntax, bad *fault) {
	if strings.TrimSpace(text) == "" {
		return nil, &fault{0, len(text), diag.ExprSyntax, "this expression is empty", "write a condition such as level(delivery) >= 2, or leave the key out"}
	}
	if len(text) > maxLength {
		return nil, &fault{0, len(text), diag.ExprSyntax, fmt.Sprintf("this expression is longer than %d bytes", maxLength), "name a part of it as a [[value]]"}
	}
	tokens, bad := lex(text)
	if bad != nil {
		return nil, bad
	}
	p := &parser{tokens: tokens}
	root, bad = p.either()
	if bad != nil {
		return nil, bad
	}
	if next := p.peek(); next.kind != tokenEnd {
		return nil, p.unexpected(next)
	}
	return root, nil
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

func (p *parser) take(signs ...string) (token, bool) {
	t := p.peek()
	if t.kind == tokenSign {
		for _, sign := range signs {
			if t.text == sign {
				p.at++
				return t, true
			}
		}
	}
	return t, false
}

func (p *parser) unexpected(t token) *fault {
	switch {
	case t.kind == tokenEnd:
		return &fault{max(0, t.start-1), t.end, diag.ExprSyntax, "the expression ends too early", "something is missing after this"}
	case t.kind == tokenName && (t.text == "and" || t.text == "AND"):
		return &fault{t.start, t.end, diag.ExprSyntax, fmt.Sprintf("%q is not an operator", t.text), "write &&"}
	case t.kind == tokenName && (t.text == "or" || t.text == "OR"):
		return &fault{t.start, t.end, diag.ExprSyntax, fmt.Sprintf("%q is not an operator", t.text), "write ||"}
	case t.kind == tokenName && t.text == "is":
		return &fault{t.start, t.end, diag.ExprSyntax, `"is" is not an operator`, "write =="}
	}
	return &fault{t.start, t.end, diag.ExprSyntax, fmt.Sprintf("%q cannot stand here", t.text), ""}
}

// either and both gather a || b || c into one node, so that reasons list its parts
// side by side.
func (p *parser) either() (*syntax, *fault) { return p.joined("||", p.both) }
func (p *parser) both() (*syntax, *fault)   { return p.joined("&&", p.comparison) }

func (p *parser) joined(sign string, part func() (*syntax, *fault)) (*syntax, *fault) {
	if p.depth++; p.depth > maxDepth {
		t := p.peek()
		return nil, &fault{t.start, t.end, diag.ExprSyntax, fmt.Sprintf("this expression is nested deeper than %d", maxDepth), "name a part of it as a [[value]]"}
	}
	defer func() { p.depth-- }()
	first, bad := part()
	if bad != nil {
		return nil, bad
	}
	parts := []*syntax{first}
	for {
		if _, ok := p.take(sign); !ok {
			break
		}
		another, bad := part()
		if bad != nil {
			return nil, bad
		}
		parts = append(parts, another)
	}
	if len(parts) == 1 {
		return first, nil
	}
	return &syntax{kind: syntaxSign, text: sign, args: parts, start: first.start, end: parts[len(parts)-1].end}, nil
}

func (p *parser) comparison() (*syntax, *fault) {
	left, bad := p.sum()
	if bad != nil {
		return nil, bad
	}
	if t := p.peek(); t.kind == tokenName && t.text == "in" {
		p.next()
		return p.inside(left)
	}
	sign, ok := p.take("==", "!=", "<=", ">=", "<", ">")
	if !ok {
		return left, nil
	}
	right, bad := p.sum()
	if bad != nil {
		return nil, bad
	}
	if t, again := p.take("==", "!=", "<=", ">=", "<", ">"); again {
		return nil, &fault{t.start, t.end, diag.ExprSyntax, "comparisons cannot be chained", "write a < b && b < c"}
	}
	return &syntax{kind: syntaxSign, text: sign.text, args: []*syntax{left, right}, start: left.start, end: right.end}, nil
}

func (p *parser) inside(left *syntax) (*syntax, *fault) {
	if _, ok := p.take("("); !ok {
		t := p.peek()
		return nil, &fault{t.start, t.end, diag.ExprSyntax, "a list of options is missing after in", "write in (one, few)"}
	}
	args, end, bad := p.arguments()
	if bad != nil {
		return nil, bad
	}
	return &syntax{kind: syntaxInside, text: "in", args: append([]*syntax{left}, args...), start: left.start, end: end}, nil
}

func (p *parser) sum() (*syntax, *fault)     { return p.leftward(p.product, "+", "-") }
func (p *parser) product() (*syntax, *fault) { return p.leftward(p.signed, "*", "/") }

func (p *parser) leftward(part func() (*syntax, *fault), signs ...string) (*syntax, *fault) {
	left, bad := part()
	for bad == nil {
		sign, ok := p.take(signs...)
		if !ok {
			return left, nil
		}
		var right *syntax
		if right, bad = part(); bad == nil {
			left = &syntax{kind: syntaxSign, text: sign.text, args: []*syntax{left, right}, start: left.start, end: right.end}
		}
	}
	return nil, bad
}

func (p *parser) signed() (*syntax, *fault) {
	sign, ok := p.take("!", "-")
	if !ok {
		return p.simple()
	}
	if p.depth++; p.depth > maxDepth {
		return nil, &fault{sign.start, sign.end, diag.ExprSyntax, fmt.Sprintf("this expression is nested deeper than %d", maxDepth), ""}
	}
	defer func() { p.depth-- }()
	inner, bad := p.signed()
	if bad != nil {
		return nil, bad
	}
	if sign.text == "-" && inner.kind == syntaxNumber {
		inner.number.units = -inner.number.units
		inner.start = sign.start
		return inner, nil
	}
	return &syntax{kind: syntaxSign, text: sign.text, args: []*syntax{inner}, start: sign.start, end: inner.end}, nil
}

func (p *parser) simple() (*syntax, *fault) {
	t := p.next()
	switch t.kind {
	case tokenNumber:
		return constant(t)
	case tokenText:
		return &syntax{kind: syntaxText, text: t.text, start: t.start, end: t.end}, nil
	case tokenName:
		if t.text == "true" || t.text == "false" {
			return &syntax{kind: syntaxTruth, text: t.text, start: t.start, end: t.end}, nil
		}
		if t.text == "not" {
			return nil, &fault{t.start, t.end, diag.ExprSyntax, `"not" is not an operator`, "write ! before the condition: !(a && b)"}
		}
		if _, ok := p.take("("); ok {
			args, end, bad := p.arguments()
			if bad != nil {
				return nil, bad
			}
			return &syntax{kind: syntaxCall, text: t.text, args: args, start: t.start, end: end}, nil
		}
		return &syntax{kind: syntaxName, text: t.text, start: t.start, end: t.end}, nil
	case tokenSign:
		if t.text == "(" {
			inner, bad := p.either()
			if bad != nil {
				return nil, bad
			}
			if _, ok := p.take(")"); !ok {
				return nil, &fault{t.start, t.end, diag.ExprSyntax, "this bracket is not closed", "write ) where it ends"}
			}
			return inner, nil
		}
	}
	return nil, p.unexpected(t)
}

// arguments reads "a, b)", the opening bracket being behind.
func (p *parser) arguments() (args []*syntax, end int, bad *fault) {
	if t, ok := p.take(")"); ok {
		return nil, t.end, nil
	}
	for {
		arg, bad := p.either()
		if bad != nil {
			return nil, 0, bad
		}
		args = append(args, arg)
		if t, ok := p.take(")"); ok {
			return args, t.end, nil
		}
		if _, ok := p.take(","); !ok {
			return nil, 0, p.unexpected(p.peek())
		}
	}
}

// constant reads a number of at most 15 digits, so that it is the same decimal
// fraction in every language.
func constant(t token) (*syntax, *fault) {
	text := strings.ReplaceAll(t.text, "_", "")
	whole, fraction, _ := strings.Cut(text, ".")
	units, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil || len(strings.TrimLeft(whole+fraction, "0")) > 15 || len(fraction) > 9 {
		return nil, &fault{t.start, t.end, diag.ExprNumber, fmt.Sprintf("%q is not a number of at most 15 digits, 9 of them after the point", t.text), "write it as 1200 or 0.25"}
	}
	return &syntax{kind: syntaxNumber, number: decimal{units, len(fraction)}, start: t.start, end: t.end}, nil
}
