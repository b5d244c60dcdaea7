package prove

import (
	"strings"

	"cairn/generator/expr"
)

// when writes constraints as the condition that an author would write for them.
func (p *prover) when(constraints []constraint) string {
	var list []string
	for _, c := range constraints {
		for _, condition := range c.conditions {
			list = append(list, p.conditionText(condition))
		}
	}
	return strings.Join(list, " && ")
}

func (p *prover) conditionText(c condition) string {
	n := c.node
	id := p.readText(n)
	text := ""
	switch n.Op {
	case expr.OpCompare:
		text = p.readText(n.Args[0]) + " " + n.Sign + " " + decimal(n.Args[1].Number)
	case expr.OpMeanCompare:
		text = "mean(" + id + ") " + n.Sign + " " + decimal(n.Number)
	case expr.OpApplies:
		text = "applies(" + id + ")"
	case expr.OpHas:
		text = "has(" + id + ", " + p.optionText(n, 0) + ")"
	default:
		text = p.isText(n, id)
	}
	if c.want == expr.False {
		return "!" + text
	}
	return text
}

// isText writes that a question is answered with one of some options. One that is
// scored is read as its level, so that its options are asked for by has.
func (p *prover) isText(n *expr.Node, id string) string {
	q := &p.model.Questions[n.Index]
	var words []string
	for k := range n.Options {
		words = append(words, p.optionText(n, k))
	}
	switch {
	case q.Scored():
		for k, word := range words {
			words[k] = "has(" + id + ", " + word + ")"
		}
		if len(words) > 1 {
			return "(" + strings.Join(words, " || ") + ")"
		}
		return words[0]
	case q.Kind == "yes-no" && len(words) == 1:
		if words[0] == "yes" {
			return id
		}
		return "!" + id
	case q.Kind == "yes-no":
		return "applies(" + id + ")"
	case len(words) == 1:
		return id + " == " + words[0]
	}
	return id + " in (" + strings.Join(words, ", ") + ")"
}

func (p *prover) optionText(n *expr.Node, k int) string {
	return p.model.Questions[n.Index].Options[n.Options[k]].ID
}

// readText writes what a node reads.
func (p *prover) readText(n *expr.Node) string {
	id := ""
	switch n.Kind {
	case expr.Question:
		id = p.model.Questions[n.Index].ID
	case expr.Dim:
		id = p.model.Dimensions[n.Index].ID
	}
	switch n.Op {
	case expr.OpCount:
		return "count(" + id + ")"
	case expr.OpLevel:
		return "level(" + id + ")"
	}
	return id
}
