package prove

import (
	"fmt"
	"strings"

	"cairn/generator/expr"
)

// A constraint is a part of the description of profiles, in words and as conditions.
type constraint struct {
	text       string
	conditions []condition
	// level is the dimension whose level it bounds, or -1; bound its words.
	level int
	bound string
}

func (p *prover) written(slots []slot) []constraint {
	var list []constraint
	for k := range slots {
		list = append(list, p.constraintOf(&slots[k]))
	}
	return list
}

// profile is the words of constraints; the same level in every dimension is said once.
func (p *prover) profile(constraints []constraint) []string {
	var list []string
	levels, bound := 0, ""
	for _, c := range constraints {
		if c.level >= 0 && (bound == "" || bound == c.bound) {
			levels, bound = levels+1, c.bound
		}
	}
	together := levels > 1 && levels == len(p.model.Dimensions)
	for _, c := range constraints {
		if !together || c.level < 0 {
			list = append(list, c.text)
		}
	}
	if together {
		list = append(list, "every level "+bound)
	}
	return list
}

// constraintOf writes a slot as conditions and in words.
func (p *prover) constraintOf(s *slot) constraint {
	c := constraint{level: -1}
	holds := func(n *expr.Node) { c.conditions = append(c.conditions, condition{n, expr.True}) }
	within := func(n *expr.Node, name string, value func(int64) float64) {
		switch {
		case s.low == s.lowest && s.high == s.highest: // any number at all
			holds(&expr.Node{Op: expr.OpApplies, Kind: n.Kind, Index: n.Index})
		case s.low == s.high:
			holds(compare(n, "==", value(s.low)))
		case s.low == s.lowest:
			holds(compare(n, "<=", value(s.high)))
		case s.high == s.highest:
			holds(compare(n, ">=", value(s.low)))
		default:
			holds(compare(n, ">=", value(s.low)))
			holds(compare(n, "<=", value(s.high)))
		}
		c.bound = bound(s, value)
		c.text = name + " " + c.bound
	}
	whole := func(n int64) float64 { return float64(n) }
	question := func(op expr.Op) *expr.Node { return &expr.Node{Op: op, Kind: expr.Question, Index: s.index} }
	dimension := func(op expr.Op) *expr.Node { return &expr.Node{Op: op, Kind: expr.Dim, Index: s.index} }
	id := ""
	switch s.kind {
	case ladderSlot, meanSlot, scoreSlot:
		id = p.model.Dimensions[s.index].ID
	default:
		id = p.model.Questions[s.index].ID
	}
	switch s.kind {
	case cellSlot:
		within(question(expr.OpRead), id, p.model.Questions[s.index].Value)
	case levelSlot:
		within(question(expr.OpRead), id, whole)
	case countSlot:
		within(question(expr.OpCount), "count("+id+")", whole)
	case ladderSlot:
		within(dimension(expr.OpLevel), "level("+id+")", whole)
		c.level = s.index
	case optionSlot:
		n := question(expr.OpIs)
		var words []string
		for k, option := range p.model.Questions[s.index].Options {
			if s.options>>k&1 == 1 {
				n.Options = append(n.Options, k)
				words = append(words, option.ID)
			}
		}
		holds(n)
		c.text = id + " = " + join(words, "or")
	case hasSlot:
		n := question(expr.OpHas)
		n.Options = []int{s.option}
		c.conditions = []condition{{n, expr.True}}
		c.text = id + " with " + p.model.Questions[s.index].Options[s.option].ID
		if s.low == 0 {
			c.conditions[0].want = expr.False
			c.text = id + " without " + p.model.Questions[s.index].Options[s.option].ID
		}
	case naSlot:
		c.conditions = []condition{{question(expr.OpApplies), expr.False}}
		c.text = id + " not applicable"
	case scoreSlot:
		c.conditions = []condition{{dimension(expr.OpApplies), expr.False}}
		c.text = id + " without a score"
		if s.low == 1 {
			c.conditions[0].want = expr.True
			c.text = id + " with a score"
		}
	case meanSlot:
		p.meanConstraint(s, &c, id)
	}
	return c
}

// meanConstraint: cells of a mean are below, at and above each constant in turn.
func (p *prover) meanConstraint(s *slot, c *constraint, id string) {
	var words []string
	bounded := func(sign string, constant *expr.Node) {
		n := &expr.Node{Op: expr.OpMeanCompare, Sign: sign, Kind: expr.Dim, Index: s.index, Number: constant.Number, Units: constant.Units, Places: constant.Places}
		c.conditions = append(c.conditions, condition{n, expr.True})
		words = append(words, sign+" "+decimal(constant.Number))
	}
	switch {
	case s.low == s.high && s.low%2 == 1:
		bounded("==", s.constants[s.low/2])
	default:
		if s.low%2 == 1 {
			bounded(">=", s.constants[s.low/2])
		} else if s.low > 0 {
			bounded(">", s.constants[s.low/2-1])
		}
		if s.high%2 == 1 {
			bounded("<=", s.constants[s.high/2])
		} else if s.high < s.highest {
			bounded("<", s.constants[s.high/2])
		}
	}
	if len(words) == 0 { // any mean at all
		c.conditions = []condition{{&expr.Node{Op: expr.OpApplies, Kind: expr.Dim, Index: s.index}, expr.True}}
		c.text = id + " with a score"
		return
	}
	c.text = fmt.Sprintf("mean(%s) %s", id, strings.Join(words, " and "))
}

// bound writes a range.
func bound(s *slot, value func(int64) float64) string {
	low, high := decimal(value(s.low)), decimal(value(s.high))
	switch {
	case s.low == s.high:
		return "= " + low
	case s.low == s.lowest && s.high == s.highest:
		return "of any size"
	case s.low == s.lowest:
		return "up to " + high
	case s.high == s.highest:
		return low + " or more"
	}
	return low + "–" + high
}

// join writes a list of words.
func join(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
