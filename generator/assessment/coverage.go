package assessment

import "cairn/generator/expr"

// AdviceAt returns the advice that serves a dimension and may be given while its ladder
// stands at a level, by index. reached is false if the ladder never stands there.
func (m *Model) AdviceAt(d, level int) (advice []int, reached bool) {
	s := newState(m).set(m.None())
	ladder := s.ladder[d]
	if !ladder.Some || float64(level) < ladder.Low || float64(level) > ladder.High {
		return nil, false
	}
	s.ladder[d] = expr.Numbers{Some: true, Low: float64(level), High: float64(level)}
	for i := range m.Advice {
		if m.Advice[i].Dimension == d && s.holds(m.Advice[i].When).Has(expr.True) {
			advice = append(advice, i)
		}
	}
	return advice, true
}
