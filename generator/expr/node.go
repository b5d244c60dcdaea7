package expr

// Op says what a node computes.
type Op string

const (
	// OpNumber is a constant; Number, and Units / 10^Places exactly.
	OpNumber Op = "number"
	// OpTrue and OpFalse are constants.
	OpTrue  Op = "true"
	OpFalse Op = "false"
	// OpRead is the number of a question (its level, if it is scored), value or parameter.
	OpRead Op = "read"
	// OpHolds is the truth of a yes-no question.
	OpHolds Op = "holds"
	// OpIs is true if the question's option is among Options; OpIsNot if it is not.
	OpIs    Op = "is"
	OpIsNot Op = "is-not"
	// OpHas tells whether the option Options[0] of a question was chosen.
	OpHas Op = "has"
	// OpCount is the number of chosen options, exclusive ones not counted.
	OpCount Op = "count"
	// OpLevel and OpMean are a dimension's ladder and mean.
	OpLevel Op = "level"
	OpMean  Op = "mean"
	// OpMeanCompare compares a dimension's mean with Units / 10^Places in integers;
	// Sign is the comparison.
	OpMeanCompare Op = "mean-compare"
	// OpApplies tells whether a question or dimension has a value.
	OpApplies Op = "applies"

	OpAnd Op = "and"
	OpOr  Op = "or"
	OpNot Op = "not"
	// OpIf chooses between two truths or two numbers.
	OpIf Op = "if"
	// OpCompare compares two numbers; OpSame two truths, by == or !=. Sign says how.
	OpCompare Op = "compare"
	OpSame    Op = "same"

	OpAdd      Op = "add"
	OpSubtract Op = "subtract"
	OpMultiply Op = "multiply"
	OpDivide   Op = "divide"
	OpNegate   Op = "negate"
	OpMin      Op = "min"
	OpMax      Op = "max"
	OpAbs      Op = "abs"
	OpFloor    Op = "floor"
	OpCeil     Op = "ceil"
	// OpRound rounds half away from zero to Places decimal places.
	OpRound Op = "round"
)

// A Node is a checked expression: a tree of plain data, without names. A browser
// is handed the same tree as JSON.
type Node struct {
	Op   Op      `json:"op"`
	Sign string  `json:"sign,omitempty"`
	Args []*Node `json:"args,omitempty"`
	// Kind and Index say what is read.
	Kind    Kind    `json:"kind,omitempty"`
	Index   int     `json:"index,omitempty"`
	Options []int   `json:"options,omitempty"`
	Number  float64 `json:"number,omitempty"`
	Units   int64   `json:"units,omitempty"`
	Places  int     `json:"places,omitempty"`
	// Truth says that OpIf is a truth, not a number.
	Truth bool `json:"truth,omitempty"`
	// Start and End are the node's place in the text of its expression.
	Start int `json:"-"`
	End   int `json:"-"`
}

// IsTruth tells whether the node is a truth; if not, it is a number.
func (n *Node) IsTruth() bool {
	switch n.Op {
	case OpTrue, OpFalse, OpHolds, OpIs, OpIsNot, OpHas, OpMeanCompare, OpApplies, OpAnd, OpOr, OpNot, OpCompare, OpSame:
		return true
	case OpIf:
		return n.Truth
	}
	return false
}

// Reads tells whether the node itself, not its arguments, reads a name.
func (n *Node) Reads() bool { return n.Kind != "" }

// Walk visits a node and everything under it, in order of the text.
func (n *Node) Walk(visit func(*Node)) {
	if n == nil {
		return
	}
	visit(n)
	for _, arg := range n.Args {
		arg.Walk(visit)
	}
}
