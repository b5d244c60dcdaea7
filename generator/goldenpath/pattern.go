package goldenpath

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"unicode"
)

// A pattern is a regular expression as Go reads it. The browser is not handed its text,
// which means other things there (\s, ., case folding) and can take a time that grows
// without bound; it is handed the compiled program, and walks through it in step, as Go
// does: the same answer, in time that grows with the length of the value alone.

// narrowPattern is that of a text without one: safe bare in every format.
var narrowPattern = regexp.MustCompile(`\A[a-z][a-z0-9-]{0,62}\z`)

// The most a pattern may be, in letters and in instructions.
const (
	mostPattern      = 200
	mostInstructions = 2000
)

func compilePattern(pattern string) (*regexp.Regexp, error) {
	if letters(pattern) > mostPattern {
		return nil, fmt.Errorf("it has more than %d letters", mostPattern)
	}
	// On its own first: "a)(b" must not close the group around it.
	if _, err := syntax.Parse(pattern, syntax.Perl); err != nil {
		return nil, err
	}
	made, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err != nil {
		return nil, err
	}
	if len(Program(pattern)) > mostInstructions {
		return nil, fmt.Errorf("it repeats too much")
	}
	return made, nil
}

// The instructions of a program, as the browser knows them.
const (
	instructionFork  = 0 // [0, next, other]
	instructionGo    = 1 // [1, next]
	instructionPlace = 2 // [2, next, condition], the conditions of regexp/syntax
	instructionMatch = 3 // [3]
	instructionFail  = 4 // [4]
	instructionRead  = 5 // [5, next, from, to, from, to, …]
)

// Program is a pattern compiled for the browser; the first instruction is where it
// begins. It is nil for a pattern that does not compile.
func Program(pattern string) [][]int {
	parsed, err := syntax.Parse(`\A(?:`+pattern+`)\z`, syntax.Perl)
	if err != nil {
		return nil
	}
	compiled, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil
	}
	program := [][]int{{instructionGo, compiled.Start + 1}}
	for i := range compiled.Inst {
		program = append(program, instruction(&compiled.Inst[i]))
	}
	return program
}

// instruction writes one instruction; addresses are moved by one, for the first.
func instruction(in *syntax.Inst) []int {
	next := int(in.Out) + 1
	switch in.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		return []int{instructionFork, next, int(in.Arg) + 1}
	case syntax.InstCapture, syntax.InstNop:
		return []int{instructionGo, next}
	case syntax.InstEmptyWidth:
		return []int{instructionPlace, next, int(in.Arg)}
	case syntax.InstMatch:
		return []int{instructionMatch}
	case syntax.InstFail:
		return []int{instructionFail}
	}
	read := []int{instructionRead, next}
	switch {
	case in.Op == syntax.InstRuneAny:
		return append(read, 0, unicode.MaxRune)
	case in.Op == syntax.InstRuneAnyNotNL:
		return append(read, 0, '\n'-1, '\n'+1, unicode.MaxRune)
	case len(in.Rune) == 1:
		first := in.Rune[0]
		read = append(read, int(first), int(first))
		if syntax.Flags(in.Arg)&syntax.FoldCase != 0 {
			for r := unicode.SimpleFold(first); r != first; r = unicode.SimpleFold(r) {
				read = append(read, int(r), int(r))
			}
		}
		return read
	}
	for _, r := range in.Rune {
		read = append(read, int(r))
	}
	return read
}

// isNarrow tells whether every text of a pattern is one that narrowPattern has. It looks
// at the shape of the expression, and may say no of one that is.
func isNarrow(pattern string) bool {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return false
	}
	s := shapeOf(parsed)
	return s.first && s.rest && s.least > 0 && s.most <= 63
}

// A shape is what is known of the texts of an expression: whether each first letter may
// begin a narrow text and all letters may stand in one, and their lengths.
type shape struct {
	first, rest bool
	least, most int
}

// beyond is a length that stands for any greater one.
const beyond = 1000

func shapeOf(re *syntax.Regexp) shape {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return shape{first: true, rest: true}
	case syntax.OpLiteral:
		all := shape{first: true, rest: true}
		for _, r := range re.Rune {
			one := shapeOfRange(r, r)
			if re.Flags&syntax.FoldCase != 0 && unicode.SimpleFold(r) != r {
				one = shape{least: 1, most: 1}
			}
			all = joined(all, one)
		}
		return all
	case syntax.OpCharClass:
		all := shape{first: true, rest: true, least: 1, most: 1}
		for i := 0; i+1 < len(re.Rune); i += 2 {
			one := shapeOfRange(re.Rune[i], re.Rune[i+1])
			all.first, all.rest = all.first && one.first, all.rest && one.rest
		}
		return all
	case syntax.OpCapture:
		return shapeOf(re.Sub[0])
	case syntax.OpConcat:
		all := shape{first: true, rest: true}
		for _, sub := range re.Sub {
			all = joined(all, shapeOf(sub))
		}
		return all
	case syntax.OpAlternate:
		all := shapeOf(re.Sub[0])
		for _, sub := range re.Sub[1:] {
			one := shapeOf(sub)
			all = shape{all.first && one.first, all.rest && one.rest, min(all.least, one.least), max(all.most, one.most)}
		}
		return all
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		one := shapeOf(re.Sub[0])
		least, most := 0, beyond
		switch re.Op {
		case syntax.OpPlus:
			least = 1
		case syntax.OpQuest:
			most = 1
		case syntax.OpRepeat:
			least = re.Min
			if re.Max >= 0 {
				most = re.Max
			}
		}
		return shape{one.first, one.rest, one.least * least, min(one.most*most, beyond)}
	}
	return shape{most: beyond} // any character at all
}

func shapeOfRange(low, high rune) shape {
	inside := func(from, to rune) bool { return low >= from && high <= to }
	return shape{
		first: inside('a', 'z'), rest: inside('a', 'z') || inside('0', '9') || inside('-', '-'),
		least: 1, most: 1,
	}
}

// joined is one after the other.
func joined(a, b shape) shape {
	return shape{
		first: a.first && (a.least > 0 || b.first), rest: a.rest && b.rest,
		least: a.least + b.least, most: min(a.most+b.most, beyond),
	}
}
