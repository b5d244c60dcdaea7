package assessment

import (
	"slices"
	"sort"

	"cairn/generator/expr"
)

// Compile makes the model. It must be called only on an assessment without errors.
func (r *Resolved) Compile() *Model {
	a := r.assessment
	m := &Model{ID: a.ID, Version: a.Version, Top: a.Top(), AskOrder: r.askOrder, ValueOrder: r.valueOrder, expectations: r.expected}
	dimensions := map[string]int{"": -1}
	for i, d := range a.Dimensions {
		dimensions[d.ID] = i
		m.Dimensions = append(m.Dimensions, ModelDimension{ID: d.ID})
	}
	for i := range a.Questions {
		q := compileQuestion(&a.Questions[i], dimensions[a.Questions[i].Dimension])
		q.AskWhen, q.Otherwise = r.askWhen[i], r.otherwise[i]
		if q.Scored() {
			d := &m.Dimensions[q.Dimension]
			d.Questions = append(d.Questions, i)
		}
		m.Questions = append(m.Questions, q)
	}
	for i, v := range a.Values {
		m.Values = append(m.Values, ModelValue{ID: v.ID, Compute: r.values[i], Type: v.Type, Unit: v.Unit, Places: v.Places})
	}
	outcomes := map[string]int{Silent: -1}
	for i, o := range a.Outcomes {
		outcomes[o.ID] = i
		m.Outcomes = append(m.Outcomes, ModelOutcome{ID: o.ID, When: r.outcomes[i]})
	}
	for i, v := range a.Votes {
		source := slices.Index(m.Sources, v.Source)
		if source < 0 {
			source = len(m.Sources)
			m.Sources = append(m.Sources, v.Source)
		}
		vote := ModelVote{Source: source, Outcome: outcomes[v.Outcome], When: r.votes[i]}
		for _, also := range v.Also {
			vote.Also = append(vote.Also, outcomes[also])
		}
		m.Votes = append(m.Votes, vote)
	}
	for i, t := range a.Targets {
		m.Targets = append(m.Targets, ModelTarget{Dimension: dimensions[t.Dimension], Level: t.Level, When: r.targets[i]})
	}
	advice := map[string]int{}
	for i, one := range a.Advice {
		advice[one.ID] = i
	}
	for i, one := range a.Advice {
		compiled := ModelAdvice{ID: one.ID, When: r.advice[i], Dimension: dimensions[one.Dimension], Effort: slices.Index(Efforts[:], one.Effort)}
		for _, after := range one.After {
			compiled.After = append(compiled.After, advice[after])
		}
		m.Advice = append(m.Advice, compiled)
	}
	for _, b := range a.Benchmarks {
		value := slices.IndexFunc(a.Values, func(v Value) bool { return v.ID == b.Value })
		m.Benchmarks = append(m.Benchmarks, ModelMeasured{Value: value, Segment: b.Segment, Mean: b.Mean, Deviation: b.Deviation})
	}
	m.cells()
	m.Decides = m.decides()
	m.noNulls()
	return m
}

// noNulls makes every list of the model one, for the JSON that a browser is handed.
func (m *Model) noNulls() {
	m.Dimensions, m.Questions, m.AskOrder, m.ValueOrder = list(m.Dimensions), list(m.Questions), list(m.AskOrder), list(m.ValueOrder)
	m.Values, m.Outcomes, m.Votes, m.Targets = list(m.Values), list(m.Outcomes), list(m.Votes), list(m.Targets)
	m.Advice, m.Benchmarks, m.Sources = list(m.Advice), list(m.Benchmarks), list(m.Sources)
	m.Decides.Questions, m.Decides.Dimensions = list(m.Decides.Questions), list(m.Decides.Dimensions)
	for i := range m.Dimensions {
		m.Dimensions[i].Questions = list(m.Dimensions[i].Questions)
	}
}

func list[T any](of []T) []T {
	if of == nil {
		return []T{}
	}
	return of
}

// decides finds what the outcomes mention.
func (m *Model) decides() (found ModelDecides) {
	seenQuestion, seenDimension, seenValue := map[int]bool{}, map[int]bool{}, map[int]bool{}
	var walk func(n *expr.Node)
	walk = func(n *expr.Node) {
		n.Walk(func(n *expr.Node) {
			switch n.Kind {
			case expr.Question:
				if !seenQuestion[n.Index] {
					seenQuestion[n.Index] = true
					walk(m.Questions[n.Index].AskWhen)
				}
			case expr.Value:
				if !seenValue[n.Index] {
					seenValue[n.Index] = true
					walk(m.Values[n.Index].Compute)
				}
			case expr.Dim:
				if !seenDimension[n.Index] {
					seenDimension[n.Index] = true
					for _, i := range m.Dimensions[n.Index].Questions {
						walk(m.Questions[i].AskWhen)
					}
				}
			}
		})
	}
	for i := range m.Outcomes {
		walk(m.Outcomes[i].When)
	}
	for i := range m.Questions {
		if seenQuestion[i] {
			found.Questions = append(found.Questions, i)
		}
	}
	for d := range m.Dimensions {
		if seenDimension[d] {
			found.Dimensions = append(found.Dimensions, d)
		}
	}
	return found
}

func compileQuestion(q *Question, dimension int) ModelQuestion {
	m := ModelQuestion{ID: q.ID, Kind: q.Kind, Dimension: dimension, DontKnow: q.DontKnow, NotApplicable: q.NotApplicable}
	for _, option := range q.Options {
		m.Options = append(m.Options, ModelOption{ID: option.ID, Level: option.Level, Exclusive: option.Exclusive})
	}
	if q.Kind == KindNumber {
		m.Units, m.Places = q.steps.units, q.steps.places
		m.Min, _ = q.steps.multiple(q.Min)
		m.Max, _ = q.steps.multiple(q.Max)
	}
	for _, band := range q.Bands {
		m.Bands = append(m.Bands, ModelBand{From: band.from, To: band.to, Level: band.Level})
	}
	if q.Scored() {
		m.Lowest, m.Top = q.levelsOf()
	}
	return m
}

// trees visits every expression of the model.
func (m *Model) trees(visit func(*expr.Node)) {
	for i := range m.Questions {
		m.Questions[i].AskWhen.Walk(visit)
	}
	m.Rules(visit)
}

// Rules visits every expression but those that decide whether a question is asked.
func (m *Model) Rules(visit func(*expr.Node)) {
	for i := range m.Values {
		m.Values[i].Compute.Walk(visit)
	}
	for i := range m.Outcomes {
		m.Outcomes[i].When.Walk(visit)
	}
	for i := range m.Votes {
		m.Votes[i].When.Walk(visit)
	}
	for i := range m.Targets {
		m.Targets[i].When.Walk(visit)
	}
	for i := range m.Advice {
		m.Advice[i].When.Walk(visit)
	}
}

// cells cuts each number at every constant it is compared with directly, and at
// its bands (SEMANTICS.md 12). Each cell is given by its first step.
func (m *Model) cells() {
	cuts := make([][]int64, len(m.Questions))
	m.trees(func(n *expr.Node) {
		if n.Op != expr.OpCompare {
			return
		}
		read, constant := n.Args[0], n.Args[1]
		sign := n.Sign
		if read.Op == expr.OpNumber {
			read, constant = constant, read
			sign = expr.Mirrored(sign)
		}
		if read.Op != expr.OpRead || read.Kind != expr.Question || constant.Op != expr.OpNumber {
			return
		}
		q := &m.Questions[read.Index]
		if q.Kind != KindNumber || q.Scored() {
			return
		}
		if sign != ">" && sign != "<=" { // a cut below the constant
			cuts[read.Index] = append(cuts[read.Index], q.FirstStep(func(x float64) bool { return x >= constant.Number }))
		}
		if sign != ">=" && sign != "<" { // a cut above it
			cuts[read.Index] = append(cuts[read.Index], q.FirstStep(func(x float64) bool { return x > constant.Number }))
		}
	})
	for i := range m.Questions {
		q := &m.Questions[i]
		if q.Kind != KindNumber {
			continue
		}
		starts := append(cuts[i], q.Min)
		for _, band := range q.Bands {
			starts = append(starts, band.From)
		}
		slices.Sort(starts)
		for _, start := range slices.Compact(starts) {
			if start >= q.Min && start <= q.Max {
				q.Cells = append(q.Cells, start)
			}
		}
	}
}

// FirstStep returns the first step whose value fulfils a condition that holds from
// some value upwards; Max + 1 if none does.
func (q *ModelQuestion) FirstStep(holds func(float64) bool) int64 {
	count := int(q.Max - q.Min + 1)
	return q.Min + int64(sort.Search(count, func(i int) bool { return holds(q.Value(q.Min + int64(i))) }))
}
