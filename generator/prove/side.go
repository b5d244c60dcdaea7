package prove

import (
	"math"

	"cairn/generator/expr"
)

// consistent checks the atoms that cross components, or are of boxed ones, and compare
// one number with constants: what is wanted of it must leave some number.
func (s *search) consistent() bool {
	if len(s.boxed) == 0 && len(s.links) < 2 {
		return true
	}
	sides := map[string]*side{}
	narrow := func(a *atom) {
		if a.side == "" {
			return
		}
		if sides[a.side] == nil {
			sides[a.side] = &side{low: math.Inf(-1), high: math.Inf(1), may: expr.AnyTruth}
		}
		sides[a.side].narrow(a, s.sets[a.id])
	}
	for _, c := range s.boxed {
		for _, a := range c.atoms {
			narrow(a)
		}
	}
	for _, l := range s.links {
		narrow(l.atom)
	}
	for _, side := range sides {
		if !side.possible() {
			return false
		}
	}
	return true
}

// A side is what is known of a number that several atoms compare with constants.
type side struct {
	low, high         float64
	lowOpen, highOpen bool // the end itself is out
	may               expr.Truths
}

func (s *side) narrow(a *atom, set expr.Truths) {
	if !set.Has(expr.None) {
		s.may &^= expr.None
	}
	if set == expr.None {
		s.may &= expr.None
	}
	constant, sign := a.node.Number, a.node.Sign
	if a.node.Op == expr.OpCompare {
		constant = a.node.Args[1].Number
	}
	set &^= expr.None
	if !set.One() {
		return
	}
	switch {
	case sign == ">=" && set == expr.True:
		s.above(constant, false)
	case sign == ">" && set == expr.True:
		s.above(constant, true)
	case sign == ">=":
		s.below(constant, true)
	case sign == ">":
		s.below(constant, false)
	case set == expr.True:
		s.above(constant, false)
		s.below(constant, false)
	}
}

func (s *side) above(x float64, open bool) {
	if x > s.low || x == s.low && open {
		s.low, s.lowOpen = x, open
	}
}

func (s *side) below(x float64, open bool) {
	if x < s.high || x == s.high && open {
		s.high, s.highOpen = x, open
	}
}

// possible: some number is left, or none.
func (s *side) possible() bool {
	if s.may == 0 {
		return false
	}
	number := s.low < s.high || s.low == s.high && !s.lowOpen && !s.highOpen
	return number && s.may != expr.None || s.may.Has(expr.None)
}
