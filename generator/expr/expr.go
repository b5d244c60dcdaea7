// Package expr is the language of conditions and formulas: what an assessment,
// a table's computed column or a golden path may say about its names.
//
// An expression goes through stages, each with a type of its own. Parse makes a
// *Parsed from text; Check ties its names to an Environment and makes a *Node,
// typed plain data that can be sent to a browser; a node is evaluated in a World,
// where everything is known, or over Worlds, where it gives what may still be.
//
// Types are truth, number and option. Any value may be none: a question that does
// not apply, a division by zero, a result beyond 2^53. Arithmetic and comparison
// with none give none; && || ! are Kleene's with none as the third value.
//
// Grammar, loosest first:
//
//	a || b    a && b    a < b (one of < <= > >= == !=, not chained), a in (x, y)
//	a + b  a - b    a * b  a / b    !a  -a    f(a, b)  name  12.5  true  false  (a)
//
// Names are ids, so they may hold hyphens: `a-b` is one name, `a - b` a difference.
// An option is written as its id, or in quotes: `teams == one`, `has(signs, "tickets")`.
// Functions: level(d) mean(d) has(q, o) count(q) applies(x) min max abs floor ceil
// round(x, places) if(truth, a, b).
//
// Every operation on floats stands inside float64(…), so that no machine fuses two
// of them and a browser computes the same bits. The infinite interval of a divisor
// that may be zero is written ±2^53: beyond that a number is none anyway.
package expr

import "cairn/generator/diag"

// Limit is the largest magnitude a number may have; beyond it a result is none.
const Limit = 1 << 53

// Type is the type of an expression.
type Type int

const (
	// Truth is true, false or none.
	Truth Type = iota
	// Number is a double or none.
	Number
	// Option is one option of a question, or none.
	Option
	// Many is a set of options; only has, count and applies take it.
	Many
	// Dimension is a name that only level, mean and applies take.
	Dimension
)

func (t Type) String() string {
	return [...]string{"a truth", "a number", "an option", "a set of options", "a dimension"}[t]
}

// Kind says which of the environment's lists a name stands in.
type Kind string

const (
	// Question is a question's answer; of a scored question, its level.
	Question Kind = "question"
	// Value is a computed number.
	Value Kind = "value"
	// Dim is a dimension.
	Dim Kind = "dimension"
	// Parameter is a parameter of a golden path or a column of a table.
	Parameter Kind = "parameter"
)

// A Name is something an expression may mention.
type Name struct {
	Name string
	Kind Kind
	// Index is its place in the environment's own list of that kind.
	Index int
	Type  Type
	// Options are the ids that an option or a set may hold, in order.
	Options []string
	// Low and High bound a number; Bounded says whether they are set.
	Low, High float64
	Bounded   bool
	// Possible lists every value a number may take, if it is known.
	Possible func(float64) bool
	// Scored tells that the name is a question read as its level, so that
	// has(q, o) may still name its options.
	Scored bool
	// Counts is the largest count(q) of a set.
	Counts int
	// Broken tells that the declaration is at fault, so that it is not known what may be
	// said of it; Nameless that its name is, which no message then offers; OpenOptions that
	// one of its options has no name that can be used.
	Broken, Nameless, OpenOptions bool
}

// An Environment is the names an expression may mention, and the ladder's top.
type Environment struct {
	Names []Name
	// Top is the highest level of the ladder: the range of level(d) and mean(d).
	Top int
	// NoAnswers leaves out the functions that ask about answers and dimensions: for
	// tables and golden paths, which have none.
	NoAnswers bool
	// Others are names that are there, but that no expression can mention.
	Others []Other
	// Open tells that a declaration has no name that can be used. A name that is not known
	// may be meant for that one, which has been told: it is refused without a word.
	Open bool
	// Place says in messages where the names come from: "this assessment".
	Place string
}

// An Other is a name that no expression can mention, and what is said of one that does.
type Other struct {
	Name          string
	Code          diag.Code
	Message, Hint string
}

func (e *Environment) other(name string) (*Other, bool) {
	for i := range e.Others {
		if e.Others[i].Name == name {
			return &e.Others[i], true
		}
	}
	return nil, false
}

func (e *Environment) lookup(name string) (*Name, bool) {
	for i := range e.Names {
		if e.Names[i].Name == name {
			return &e.Names[i], true
		}
	}
	return nil, false
}

func (e *Environment) candidates(fits func(*Name) bool) []string {
	var names []string
	for i := range e.Names {
		if fits(&e.Names[i]) && !e.Names[i].Nameless {
			names = append(names, e.Names[i].Name)
		}
	}
	return names
}
