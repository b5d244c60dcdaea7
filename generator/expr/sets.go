package expr

import "math"

// Truths is a set of truths: which of true, false and none may still be.
type Truths uint8

const (
	// True, False and None are the three sets of one element.
	True Truths = 1 << iota
	False
	None
	// AnyTruth is the set of all three.
	AnyTruth = True | False | None
)

// Has tells whether the set holds an element.
func (t Truths) Has(element Truths) bool { return t&element != 0 }

// One tells whether the set has exactly one element.
func (t Truths) One() bool { return t == True || t == False || t == None }

// List names the elements: "true", "false", "none", in this order.
func (t Truths) List() []string {
	list := []string{}
	for i, name := range []string{"true", "false", "none"} {
		if t&(1<<i) != 0 {
			list = append(list, name)
		}
	}
	return list
}

// Numbers is a set of numbers: everything from Low to High, if Some; and none, if
// None. It is never empty: Some or None is set.
type Numbers struct {
	Low, High float64
	Some      bool
	None      bool
}

// One tells whether the set has exactly one element.
func (n Numbers) One() bool { return n.Some != n.None && (!n.Some || n.Low == n.High) }

// Contains tells whether a number, or none if ok is false, is in the set.
func (n Numbers) Contains(x float64, ok bool) bool {
	if !ok {
		return n.None
	}
	return n.Some && n.Low <= x && x <= n.High
}

// Within tells whether every element of the set is in another.
func (n Numbers) Within(other Numbers) bool {
	return (!n.None || other.None) && (!n.Some || other.Some && other.Low <= n.Low && n.High <= other.High)
}

func exactly(x float64) Numbers { return Numbers{Low: x, High: x, Some: true} }

// Between is the set of the numbers from low to high.
func Between(low, high float64) Numbers { return Numbers{Low: low, High: high, Some: true} }

// Union returns the smallest set that holds both.
func (n Numbers) Union(other Numbers) Numbers {
	none := n.None || other.None
	switch {
	case !n.Some:
		other.None = none
		return other
	case !other.Some:
		n.None = none
		return n
	}
	return Numbers{Low: math.Min(n.Low, other.Low), High: math.Max(n.High, other.High), Some: true, None: none}
}

// Ratios is a set of means: from Low to High, if Some; and none, if None.
type Ratios struct {
	Low, High Ratio
	Some      bool
	None      bool
}

// One tells whether the set has exactly one element.
func (r Ratios) One() bool {
	return r.Some != r.None && (!r.Some || r.Low.Compare(r.High) == 0)
}

// Options is a set of options, a bit each; and none.
type Options struct {
	Bits uint64
	None bool
}

// One tells whether the set has exactly one element.
func (o Options) One() bool {
	if o.None {
		return o.Bits == 0
	}
	return o.Bits != 0 && o.Bits&(o.Bits-1) == 0
}

// Worlds is what may still be: for each name the set of its values.
type Worlds interface {
	Numbers(kind Kind, index int) Numbers
	Truths(kind Kind, index int) Truths
	Options(kind Kind, index int) Options
	Has(kind Kind, index, option int) Truths
	Count(kind Kind, index int) Numbers
	Level(dimension int) Numbers
	Mean(dimension int) Ratios
	Applies(kind Kind, index int) Truths
}

// Truths returns the truths that the expression may have in the worlds.
func (n *Node) Truths(w Worlds) Truths {
	switch n.Op {
	case OpTrue:
		return True
	case OpFalse:
		return False
	case OpHolds:
		return w.Truths(n.Kind, n.Index)
	case OpHas:
		return w.Has(n.Kind, n.Index, n.Options[0])
	case OpIs, OpIsNot:
		return n.isAmong(w.Options(n.Kind, n.Index))
	case OpApplies:
		return w.Applies(n.Kind, n.Index)
	case OpMeanCompare:
		return n.meanTruths(w.Mean(n.Index))
	case OpAnd:
		result := True
		for _, arg := range n.Args {
			result = andTable[result][arg.Truths(w)]
		}
		return result
	case OpOr:
		result := False
		for _, arg := range n.Args {
			result = orTable[result][arg.Truths(w)]
		}
		return result
	case OpNot:
		return notTable[n.Args[0].Truths(w)]
	case OpIf:
		var result Truths
		condition := n.Args[0].Truths(w)
		if condition.Has(True) {
			result |= n.Args[1].Truths(w)
		}
		if condition.Has(False) {
			result |= n.Args[2].Truths(w)
		}
		return result | condition&None
	case OpSame:
		return sameTruths(n.Sign, n.Args[0].Truths(w), n.Args[1].Truths(w))
	case OpCompare:
		return compareSets(n.Sign, n.Args[0].Numbers(w), n.Args[1].Numbers(w))
	}
	return None
}

func (n *Node) isAmong(set Options) Truths {
	var wanted uint64
	for _, option := range n.Options {
		wanted |= 1 << option
	}
	var result Truths
	if set.Bits&wanted != 0 {
		result |= True
	}
	if set.Bits&^wanted != 0 {
		result |= False
	}
	if n.Op == OpIsNot {
		result = notTable[result]
	}
	if set.None {
		result |= None
	}
	return result
}

func (n *Node) meanTruths(mean Ratios) Truths {
	constant := n.ratio()
	set := Numbers{Some: mean.Some, None: mean.None}
	if mean.Some {
		set.Low, set.High = float64(mean.Low.Compare(constant)), float64(mean.High.Compare(constant))
	}
	return compareSets(n.Sign, set, exactly(0))
}

func compareSets(sign string, a, b Numbers) Truths {
	var result Truths
	if a.Some && b.Some {
		var may, mayNot bool
		switch sign {
		case "<":
			may, mayNot = a.Low < b.High, a.High >= b.Low
		case "<=":
			may, mayNot = a.Low <= b.High, a.High > b.Low
		case ">":
			may, mayNot = a.High > b.Low, a.Low <= b.High
		case ">=":
			may, mayNot = a.High >= b.Low, a.Low < b.High
		default:
			may = a.Low <= b.High && b.Low <= a.High
			mayNot = a.Low != a.High || b.Low != b.High || a.Low != b.Low
			if sign == "!=" {
				may, mayNot = mayNot, may
			}
		}
		if may {
			result |= True
		}
		if mayNot {
			result |= False
		}
	}
	if a.None || b.None {
		result |= None
	}
	return result
}

// Numbers returns the set of numbers that the expression may have in the worlds.
func (n *Node) Numbers(w Worlds) Numbers {
	switch n.Op {
	case OpNumber:
		return exactly(n.Number)
	case OpRead:
		return w.Numbers(n.Kind, n.Index)
	case OpCount:
		return w.Count(n.Kind, n.Index)
	case OpLevel:
		return w.Level(n.Index)
	case OpMean:
		mean := w.Mean(n.Index)
		set := Numbers{Some: mean.Some, None: mean.None}
		if mean.Some {
			set.Low, set.High = mean.Low.Float(), mean.High.Float()
		}
		return set
	case OpIf:
		condition := n.Args[0].Truths(w)
		set := Numbers{None: condition.Has(None)}
		if condition.Has(True) {
			set = set.Union(n.Args[1].Numbers(w))
		}
		if condition.Has(False) {
			set = set.Union(n.Args[2].Numbers(w))
		}
		return set
	}
	result := n.Args[0].Numbers(w)
	if len(n.Args) == 1 {
		return n.aloneSet(result)
	}
	for _, arg := range n.Args[1:] {
		result = n.togetherSet(result, arg.Numbers(w))
	}
	return result
}

func (n *Node) aloneSet(a Numbers) Numbers {
	if !a.Some {
		return a
	}
	low, high := n.alone(a.Low), n.alone(a.High)
	switch {
	case n.Op == OpNegate:
		low, high = high, low
	case n.Op == OpAbs && a.Low <= 0 && a.High >= 0:
		low, high = 0, math.Max(low, high)
	case n.Op == OpAbs && a.High < 0:
		low, high = high, low
	}
	return bounded(low, high, a.None)
}

func (n *Node) togetherSet(a, b Numbers) Numbers {
	none := a.None || b.None
	if !a.Some || !b.Some {
		return Numbers{None: true}
	}
	switch n.Op {
	case OpSubtract:
		return bounded(n.together(a.Low, b.High), n.together(a.High, b.Low), none)
	case OpMultiply, OpDivide:
		if n.Op == OpDivide && b.Low <= 0 && b.High >= 0 {
			if b.Low == b.High {
				return Numbers{None: true}
			}
			return Numbers{Low: -Limit, High: Limit, Some: true, None: true}
		}
		p, q := n.together(a.Low, b.Low), n.together(a.Low, b.High)
		r, s := n.together(a.High, b.Low), n.together(a.High, b.High)
		return bounded(math.Min(math.Min(p, q), math.Min(r, s)), math.Max(math.Max(p, q), math.Max(r, s)), none)
	}
	return bounded(n.together(a.Low, b.Low), n.together(a.High, b.High), none)
}

// bounded keeps an interval within ±2^53: what lies beyond is none.
func bounded(low, high float64, none bool) Numbers {
	if low > Limit || high < -Limit {
		return Numbers{None: true}
	}
	if low < -Limit {
		low, none = -Limit, true
	}
	if high > Limit {
		high, none = Limit, true
	}
	if low == 0 {
		low = 0 // not -0
	}
	if high == 0 {
		high = 0
	}
	return Numbers{Low: low, High: high, Some: true, None: none}
}
