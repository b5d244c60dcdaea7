package assessment

import (
	"math/rand/v2"
	"slices"
)

// DecisionWay are the questions that the short way asks a profile, in order, until the
// decision is settled in either sense; without outcomes, until nothing is open.
func (m *Model) DecisionWay(profile Answers) []int {
	s := newTrial(m, m.None())
	var asked []int
	for range m.Questions {
		if f := s.decision(); len(m.Outcomes) > 0 && f.settled() {
			break
		}
		order := s.order()
		if len(order) == 0 {
			break
		}
		asked = append(asked, order[0])
		s.put(order[0], profile[order[0]])
	}
	return asked
}

// How many profiles are asked for their ways.
const typicalProfiles = 12

// TypicalWays are the shortest and the longest way among a dozen drawn profiles, the
// same each time. What a page says of the time that the short way takes rests on them:
// one weakness may decide at once, while a profile that has none is asked nearly
// everything, so that a way of middling length would promise too little to many.
func (m *Model) TypicalWays() (shortest, longest []int) {
	r := rand.New(rand.NewPCG(1, 2))
	ways := make([][]int, typicalProfiles)
	for i := range ways {
		ways[i] = m.DecisionWay(m.Profile(r.IntN, Alike))
	}
	slices.SortStableFunc(ways, func(a, b []int) int { return len(a) - len(b) })
	return ways[0], ways[len(ways)-1]
}
