package assessment

import (
	"cmp"
	"slices"

	"cairn/generator/expr"
)

// step is given advice with what it is ordered by.
type step struct {
	advice      int
	waits, open []int
	gap, ladder int
}

// next orders the given advice (SEMANTICS.md 11). While answers are open, the ladder
// is its lower end, and a target that is open is none.
func (s *state) next() []NextResult {
	m := s.model
	verdicts := make([]Verdict, len(m.Advice))
	for i := range m.Advice {
		verdicts[i] = verdictOf(s.holds(m.Advice[i].When))
	}
	var list []step
	for i := range m.Advice {
		if verdicts[i] == Given {
			list = append(list, s.step(i, verdicts))
		}
	}
	slices.SortStableFunc(list, func(a, b step) int {
		return cmp.Or(
			cmp.Compare(min(len(a.waits), 1), min(len(b.waits), 1)),
			cmp.Compare(b.gap, a.gap),
			cmp.Compare(a.ladder, b.ladder),
			cmp.Compare(m.Advice[a.advice].Effort, m.Advice[b.advice].Effort),
		)
	})
	var results []NextResult
	for _, one := range list {
		results = append(results, NextResult{
			Advice: m.Advice[one.advice].ID, Ready: len(one.waits) == 0, Waits: m.adviceIDs(one.waits), Perhaps: m.adviceIDs(one.open), Gap: one.gap,
		})
	}
	return results
}

func (s *state) step(i int, verdicts []Verdict) step {
	m := s.model
	one := step{advice: i, ladder: m.Top + 1}
	for _, after := range m.Advice[i].After {
		switch verdicts[after] {
		case Given:
			one.waits = append(one.waits, after)
		case Open:
			one.open = append(one.open, after)
		}
	}
	d := m.Advice[i].Dimension
	if d < 0 || !s.ladder[d].Some {
		return one
	}
	one.ladder = int(s.ladder[d].Low)
	if f := s.target(d); f.only() >= 0 {
		one.gap = max(0, m.Targets[f.only()].Level-one.ladder)
	}
	return one
}

func (m *Model) adviceIDs(list []int) []string {
	var ids []string
	for _, i := range list {
		ids = append(ids, m.Advice[i].ID)
	}
	return ids
}

// NextSteps returns the first three ready ones.
func (r *Result) NextSteps() []NextResult {
	var ready []NextResult
	for _, one := range r.Next {
		if one.Ready && len(ready) < 3 {
			ready = append(ready, one)
		}
	}
	return ready
}

// A NearResult is advice that is not given, but nearly: Missing leaves are false or
// none on its cheapest branch.
type NearResult struct {
	Advice  string    `json:"advice"`
	Missing int       `json:"missing"`
	Leaves  []*Reason `json:"leaves"`
	Text    string    `json:"text,omitempty"`
}

const mostNear = 5

// impossible is the cost of a constant that can never be what is wanted.
const impossible = 1000

// near lists the advice that is not given, by what is missing.
func (s *state) near() []NearResult {
	m := s.model
	type candidate struct{ advice, missing int }
	var list []candidate
	for i := range m.Advice {
		if when := m.Advice[i].When; verdictOf(s.holds(when)) == NotGiven {
			if missing := s.missing(when, expr.True, nil); missing < impossible {
				list = append(list, candidate{i, missing})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.missing, b.missing) })
	var results []NearResult
	for _, one := range list[:min(len(list), mostNear)] {
		var leaves []missingLeaf
		s.missing(m.Advice[one.advice].When, expr.True, &leaves)
		r := NearResult{Advice: m.Advice[one.advice].ID, Missing: one.missing, Leaves: []*Reason{}}
		for _, leaf := range leaves {
			reason := s.reasoner().node(leaf.node)
			reason.Not = leaf.want == expr.False
			r.Leaves = append(r.Leaves, reason)
		}
		results = append(results, r)
	}
	return results
}

// missingLeaf is a leaf that is not as wanted: true, or under ! false.
type missingLeaf struct {
	node *expr.Node
	want expr.Truths
}

// missing counts the leaves that are not as wanted on the cheapest branch: and adds,
// or takes the least. If leaves is given, those on the branch are gathered.
func (s *state) missing(n *expr.Node, want expr.Truths, leaves *[]missingLeaf) int {
	switch n.Op {
	case expr.OpNot:
		return s.missing(n.Args[0], expr.Not(want), leaves)
	case expr.OpAnd, expr.OpOr:
		if (n.Op == expr.OpAnd) == (want == expr.True) {
			sum := 0
			for _, arg := range n.Args {
				sum += s.missing(arg, want, leaves)
			}
			return min(sum, impossible)
		}
		best, least := n.Args[0], impossible+1
		for _, arg := range n.Args {
			if cost := s.missing(arg, want, nil); cost < least {
				best, least = arg, cost
			}
		}
		return s.missing(best, want, leaves)
	}
	if n.Truths(s).Has(want) {
		return 0
	}
	if n.Op == expr.OpTrue || n.Op == expr.OpFalse {
		return impossible
	}
	if leaves != nil {
		*leaves = append(*leaves, missingLeaf{n, want})
	}
	return 1
}
