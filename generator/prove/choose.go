package prove

import (
	"math"
	"slices"

	"cairn/generator/expr"
)

// What a search tries next: single rows, or the variable that parts the goal cheapest.

// sampled tries single rows: the first, the last, one between. If the goal is reached
// with them, they stay.
func (s *search) sampled(before *moment) bool {
	for which := range 3 {
		for _, v := range s.vars {
			if v.output {
				at := [...]int{0, len(v.active) - 1, len(v.active) / 2}[which]
				s.activate(v, v.active[at:at+1])
			}
		}
		good := true
		for _, l := range s.links {
			if l.computed&^s.sets[l.atom.id] != 0 {
				good = false
				break
			}
			s.keep(l.own, l.computed)
		}
		good = good && !slices.ContainsFunc(s.goal, func(c clause) bool { return s.holds(c) != expr.True })
		if good {
			return true
		}
		s.restore(before)
	}
	return false
}

// parted parts the rows of a variable on which an open link depends: of the link whose
// components leave the fewest combinations, the largest.
func (s *search) parted(links []*link) (*variable, [][]int32) {
	var best *variable
	var parts [][]int32
	cost := math.Inf(1)
	for _, l := range links {
		sum := 0.0
		for _, i := range l.vars {
			sum += logOf(len(s.vars[i].active))
		}
		if sum >= cost {
			continue
		}
		var widest *variable
		var halves [][]int32
		for _, i := range l.vars {
			v := s.vars[i]
			if widest == nil || len(v.active) > len(widest.active) {
				if h := s.halves(v); h != nil {
					widest, halves = v, h
				}
			}
		}
		if widest != nil {
			best, parts, cost = widest, halves, sum
		}
	}
	return best, parts
}

// alike groups the active rows of a variable that the open clauses cannot tell apart.
func (s *search) alike(index int, open []int) [][]int32 {
	v := s.vars[index]
	var columns []int
	for _, k := range open {
		for _, t := range s.touches[k] {
			if t.variable == index {
				columns = append(columns, t.columns...)
			}
		}
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	s.p.left -= len(v.active) * (2 + len(columns))
	var groups [][]int32
	at := map[string]int{}
	var key []byte
	for _, row := range v.active {
		key = key[:0]
		key = keyOfRow(key, &v.rows[row], columns, false)
		g, seen := at[string(key)]
		if !seen {
			g = len(groups)
			at[string(key)] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], row)
	}
	return groups
}

// cheapest is a variable of the open clause that leaves the fewest combinations: the
// one with the fewest groups of rows, with these.
func (s *search) cheapest(open []int) (*variable, [][]int32) {
	groups := map[int][][]int32{}
	best, cost := -1, math.Inf(1)
	for _, k := range open {
		sum := 0.0
		least := -1
		for _, t := range s.touches[k] {
			i := t.variable
			if groups[i] == nil {
				groups[i] = s.alike(i, open)
			}
			n := len(groups[i])
			if n == 1 {
				continue
			}
			sum += logOf(n)
			if least < 0 || n < len(groups[least]) {
				least = i
			}
		}
		if least >= 0 && sum < cost {
			best, cost = least, sum
		}
	}
	if best < 0 {
		return nil, nil
	}
	return s.vars[best], groups[best]
}
