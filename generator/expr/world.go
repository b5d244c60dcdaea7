package expr

import "math"

// A Ratio is an exact mean: Numerator / Denominator, the denominator above zero.
type Ratio struct {
	Numerator   int64 `json:"numerator"`
	Denominator int64 `json:"denominator"`
}

// Compare returns -1, 0 or 1. Both ratios are small enough for 64 bits: levels,
// questions and places are limited.
func (r Ratio) Compare(s Ratio) int {
	a, b := r.Numerator*s.Denominator, s.Numerator*r.Denominator
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Float is the double nearest to the ratio.
func (r Ratio) Float() float64 { return float64(float64(r.Numerator) / float64(r.Denominator)) }

// Reduced returns the ratio in lowest terms.
func (r Ratio) Reduced() Ratio {
	a, b := max(r.Numerator, -r.Numerator), r.Denominator
	for b != 0 {
		a, b = b, a%b
	}
	if a == 0 {
		return r
	}
	return Ratio{r.Numerator / a, r.Denominator / a}
}

// A World is a state of affairs in which every name has its value; ok is false
// where that is none.
type World interface {
	Number(kind Kind, index int) (x float64, ok bool)
	Truth(kind Kind, index int) (holds, ok bool)
	Option(kind Kind, index int) (option int, ok bool)
	Has(kind Kind, index, option int) (holds, ok bool)
	Count(kind Kind, index int) (x float64, ok bool)
	Level(dimension int) (x float64, ok bool)
	Mean(dimension int) (mean Ratio, ok bool)
	Applies(kind Kind, index int) bool
}

// EvaluateTruth evaluates a truth in a world: True, False or None.
func (n *Node) EvaluateTruth(w World) Truths {
	switch n.Op {
	case OpTrue:
		return True
	case OpFalse:
		return False
	case OpHolds:
		return truthOf(w.Truth(n.Kind, n.Index))
	case OpHas:
		return truthOf(w.Has(n.Kind, n.Index, n.Options[0]))
	case OpIs, OpIsNot:
		option, ok := w.Option(n.Kind, n.Index)
		found := false
		for _, wanted := range n.Options {
			found = found || wanted == option
		}
		return truthOf(found == (n.Op == OpIs), ok)
	case OpApplies:
		return truthOf(w.Applies(n.Kind, n.Index), true)
	case OpMeanCompare:
		mean, ok := w.Mean(n.Index)
		return truthOf(ok && signHolds(n.Sign, float64(mean.Compare(n.ratio())), 0), ok)
	case OpAnd:
		result := True
		for _, arg := range n.Args {
			result = andTable[result][arg.EvaluateTruth(w)]
		}
		return result
	case OpOr:
		result := False
		for _, arg := range n.Args {
			result = orTable[result][arg.EvaluateTruth(w)]
		}
		return result
	case OpNot:
		return notTable[n.Args[0].EvaluateTruth(w)]
	case OpIf:
		switch n.Args[0].EvaluateTruth(w) {
		case True:
			return n.Args[1].EvaluateTruth(w)
		case False:
			return n.Args[2].EvaluateTruth(w)
		}
		return None
	case OpSame:
		return sameTruths(n.Sign, n.Args[0].EvaluateTruth(w), n.Args[1].EvaluateTruth(w))
	case OpCompare:
		a, aOK := n.Args[0].EvaluateNumber(w)
		b, bOK := n.Args[1].EvaluateNumber(w)
		return truthOf(signHolds(n.Sign, a, b), aOK && bOK)
	}
	return None
}

func truthOf(holds, ok bool) Truths {
	switch {
	case !ok:
		return None
	case holds:
		return True
	}
	return False
}

func (n *Node) ratio() Ratio { return Ratio{n.Units, int64(powerOfTen(n.Places))} }

func signHolds(sign string, a, b float64) bool {
	switch sign {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	case ">=":
		return a >= b
	case "==":
		return a == b
	}
	return a != b
}

// EvaluateNumber evaluates a number in a world; ok is false if it is none.
func (n *Node) EvaluateNumber(w World) (x float64, ok bool) {
	switch n.Op {
	case OpNumber:
		return n.Number, true
	case OpRead:
		return w.Number(n.Kind, n.Index)
	case OpCount:
		return w.Count(n.Kind, n.Index)
	case OpLevel:
		return w.Level(n.Index)
	case OpMean:
		mean, ok := w.Mean(n.Index)
		if !ok {
			return 0, false
		}
		return finite(mean.Float())
	case OpIf:
		switch n.Args[0].EvaluateTruth(w) {
		case True:
			return n.Args[1].EvaluateNumber(w)
		case False:
			return n.Args[2].EvaluateNumber(w)
		}
		return 0, false
	}
	result, ok := n.Args[0].EvaluateNumber(w)
	if !ok {
		return 0, false
	}
	if len(n.Args) == 1 {
		return finite(n.alone(result))
	}
	for _, arg := range n.Args[1:] {
		y, ok := arg.EvaluateNumber(w)
		if !ok || n.Op == OpDivide && y == 0 {
			return 0, false
		}
		if result, ok = finite(n.together(result, y)); !ok {
			return 0, false
		}
	}
	return result, true
}

// alone computes an operation of one argument. Each is monotone or the mirror of
// a monotone one, which is what the intervals of sets.go rest on.
func (n *Node) alone(x float64) float64 {
	switch n.Op {
	case OpNegate:
		return -x
	case OpAbs:
		return math.Abs(x)
	case OpFloor:
		return math.Floor(x)
	case OpCeil:
		return math.Ceil(x)
	}
	return Round(x, n.Places)
}

// Round rounds half away from zero: floor(|x| · 10^places + 0.5) / 10^places with
// the sign of x.
func Round(x float64, places int) float64 {
	power := powerOfTen(places)
	rounded := float64(math.Floor(float64(float64(math.Abs(x)*power)+0.5)) / power)
	if x < 0 {
		return -rounded
	}
	return rounded
}

func (n *Node) together(x, y float64) float64 {
	switch n.Op {
	case OpAdd:
		return float64(x + y)
	case OpSubtract:
		return float64(x - y)
	case OpMultiply:
		return float64(x * y)
	case OpDivide:
		return float64(x / y)
	case OpMin:
		return math.Min(x, y)
	}
	return math.Max(x, y)
}

// finite keeps a result within ±2^53 and turns -0 into 0.
func finite(x float64) (float64, bool) {
	if math.IsNaN(x) || x > Limit || x < -Limit {
		return 0, false
	}
	if x == 0 {
		return 0, true
	}
	return x, true
}
