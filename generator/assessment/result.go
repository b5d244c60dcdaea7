package assessment

import (
	"slices"

	"cairn/generator/expr"
)

// A Result is everything that some answers show, and what may still be. Its JSON is
// the tree that `cairn assess --json` prints and the shared cases hold.
//
// Evaluate fills everything but Reason, Near, Change, Ask and the texts; Explain,
// WhatWouldChange, Order and Words.Fill add those, because a page needs them later
// or not at all.
type Result struct {
	Assessment string            `json:"assessment"`
	Version    int               `json:"version"`
	Counts     Counts            `json:"counts"`
	Hidden     []string          `json:"hidden"`
	Dimensions []DimensionResult `json:"dimensions"`
	Values     []ValueResult     `json:"values"`
	Decision   *DecisionResult   `json:"decision,omitempty"`
	Votes      []SourceResult    `json:"votes"`
	Advice     []AdviceResult    `json:"advice"`
	Next       []NextResult      `json:"next"`
	Near       []NearResult      `json:"near,omitempty"`
	Change     *ChangeResult     `json:"change,omitempty"`
	// Ask lists the unanswered questions that can still change something, in the
	// order of the short way.
	Ask []string `json:"ask,omitempty"`

	state *state
}

// Counts are how many questions are in which state. Hidden ones are counted apart.
type Counts struct {
	Answered      int `json:"answered"`
	DontKnow      int `json:"dont-know"`
	NotApplicable int `json:"not-applicable"`
	Unanswered    int `json:"unanswered"`
	Hidden        int `json:"hidden"`
}

// A Span is a set of numbers: from Low to High, if they are there; and none.
type Span struct {
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
	None bool     `json:"none,omitempty"`
}

func spanOf(n expr.Numbers) Span {
	if !n.Some {
		return Span{None: n.None}
	}
	return Span{Low: &n.Low, High: &n.High, None: n.None}
}

// A MeanSpan is a set of means, exact and in lowest terms.
type MeanSpan struct {
	Low  *expr.Ratio `json:"low,omitempty"`
	High *expr.Ratio `json:"high,omitempty"`
	None bool        `json:"none,omitempty"`
}

func meanSpanOf(r expr.Ratios) MeanSpan {
	if !r.Some {
		return MeanSpan{None: r.None}
	}
	low, high := r.Low.Reduced(), r.High.Reduced()
	return MeanSpan{Low: &low, High: &high, None: r.None}
}

// An Item is what can be settled: how it stands, and on what it is open.
type Item struct {
	Standing   Standing `json:"standing"`
	Unanswered []string `json:"unanswered,omitempty"`
	DontKnow   []string `json:"dont-know,omitempty"`
	Reason     *Reason  `json:"reason,omitempty"`
}

// A DimensionResult is a dimension's score.
type DimensionResult struct {
	ID string `json:"id"`
	Item
	Ladder Span     `json:"ladder"`
	Mean   MeanSpan `json:"mean"`
	// Holders hold the ladder at its upper end.
	Holders []Holder     `json:"holders"`
	Target  TargetResult `json:"target"`
	Raise   *Raise       `json:"raise,omitempty"`
	Text    string       `json:"text,omitempty"`
}

// A Holder is a question that holds a dimension. If it is hidden, HiddenBy names
// the shown questions that hide it.
type Holder struct {
	Question string   `json:"question"`
	Level    int      `json:"level"`
	HiddenBy []string `json:"hidden-by,omitempty"`
}

// A TargetResult is the level to aim at. Levels are what it may be, in order of the
// file; None, that there may be no target.
type TargetResult struct {
	Item
	Levels []int `json:"levels"`
	None   bool  `json:"none,omitempty"`
}

// A ValueResult is a computed number.
type ValueResult struct {
	ID string `json:"id"`
	Item
	Number     Span              `json:"number"`
	Benchmarks []BenchmarkResult `json:"benchmarks,omitempty"`
	Text       string            `json:"text,omitempty"`
}

// A BenchmarkResult sets a value against a published mean and deviation: below,
// within or above one deviation; none, or open.
type BenchmarkResult struct {
	Segment  string `json:"segment"`
	Position string `json:"position"`
}

// A DecisionResult is the site's own reading: one candidate is the decision.
type DecisionResult struct {
	Item
	// Outcome is set if the decision is settled.
	Outcome    string   `json:"outcome,omitempty"`
	Candidates []string `json:"candidates"`
	// None tells that perhaps no outcome holds.
	None     bool            `json:"none,omitempty"`
	Outcomes []OutcomeResult `json:"outcomes"`
	Text     string          `json:"text,omitempty"`
}

// An OutcomeResult is the condition of one outcome.
type OutcomeResult struct {
	ID      string   `json:"id"`
	Verdict Verdict  `json:"verdict"`
	Truths  []string `json:"truths"`
	Reason  *Reason  `json:"reason,omitempty"`
}

// A SourceResult is how one source stands to the decision.
type SourceResult struct {
	Source string `json:"source"`
	Stance Stance `json:"stance"`
	Item
	Says  []string     `json:"says"`
	Votes []VoteResult `json:"votes"`
	Text  string       `json:"text,omitempty"`
}

// A VoteResult is one vote of a source.
type VoteResult struct {
	Outcome string   `json:"outcome"`
	Verdict Verdict  `json:"verdict"`
	Truths  []string `json:"truths"`
	Reason  *Reason  `json:"reason,omitempty"`
}

// An AdviceResult is one piece of advice.
type AdviceResult struct {
	ID      string   `json:"id"`
	Verdict Verdict  `json:"verdict"`
	Truths  []string `json:"truths"`
	Item
}

// A NextResult is given advice in the order of the next steps; the first three ready
// ones are the next steps.
type NextResult struct {
	Advice string `json:"advice"`
	Ready  bool   `json:"ready"`
	// Waits are given advices that come before it; Perhaps, open ones.
	Waits   []string `json:"waits,omitempty"`
	Perhaps []string `json:"perhaps,omitempty"`
	Gap     int      `json:"gap"`
	Text    string   `json:"text,omitempty"`
}

// Evaluate computes what the answers show.
func (m *Model) Evaluate(answers Answers) *Result {
	s := newState(m).set(answers)
	// Lists are never nil: their JSON is [] in every language.
	r := &Result{
		Assessment: m.ID, Version: m.Version, state: s, Hidden: []string{}, Dimensions: []DimensionResult{}, Values: []ValueResult{},
		Votes: []SourceResult{}, Advice: []AdviceResult{}, Next: []NextResult{},
	}
	r.count()
	for d := range m.Dimensions {
		r.Dimensions = append(r.Dimensions, s.dimensionResult(d))
	}
	for v := range m.Values {
		r.Values = append(r.Values, s.valueResult(v))
	}
	decision := s.decision()
	if len(m.Outcomes) > 0 {
		r.Decision = s.decisionResult(&decision)
	}
	for source := range m.Sources {
		r.Votes = append(r.Votes, s.sourceResult(source, &decision))
	}
	for i := range m.Advice {
		truths := s.holds(m.Advice[i].When)
		result := AdviceResult{ID: m.Advice[i].ID, Verdict: verdictOf(truths), Truths: truths.List()}
		result.Item = s.item(result.Verdict != Open, func(u *support) { u.node(m.Advice[i].When) })
		r.Advice = append(r.Advice, result)
	}
	r.Next = append(r.Next, s.next()...)
	return r
}

func (r *Result) count() {
	s := r.state
	for i := range s.model.Questions {
		if !s.q[i].shown.Has(expr.True) {
			r.Hidden = append(r.Hidden, s.model.Questions[i].ID)
			r.Counts.Hidden++
			continue
		}
		switch s.answer(i).State {
		case Answered:
			r.Counts.Answered++
		case DontKnow:
			r.Counts.DontKnow++
		case NotApplicable:
			r.Counts.NotApplicable++
		default:
			r.Counts.Unanswered++
		}
	}
}

// item says how something stands; if it is open, gather finds on what.
func (s *state) item(settled bool, gather func(*support)) Item {
	if settled {
		return Item{Standing: Settled}
	}
	u := s.support()
	gather(u)
	unanswered, dontKnow := u.split()
	item := Item{Standing: Unsettled, Unanswered: s.model.questionIDs(unanswered), DontKnow: s.model.questionIDs(dontKnow)}
	if len(unanswered) == 0 {
		item.Standing = AsSettled
	}
	return item
}

func (m *Model) questionIDs(list []int) []string {
	var ids []string
	for _, i := range list {
		ids = append(ids, m.Questions[i].ID)
	}
	return ids
}

func (s *state) dimensionResult(d int) DimensionResult {
	m := s.model
	ladder := s.ladder[d]
	r := DimensionResult{ID: m.Dimensions[d].ID, Ladder: spanOf(ladder), Mean: meanSpanOf(s.mean[d]), Holders: []Holder{}}
	r.Item = s.item(ladder.One(), func(u *support) { u.dimension(d) })
	if ladder.Some {
		for _, i := range s.holders(d, int(ladder.High)) {
			holder := Holder{Question: m.Questions[i].ID, Level: s.q[i].levelHigh}
			if !s.q[i].shown.Has(expr.True) {
				holder.HiddenBy = m.questionIDs(s.hiders(i))
			}
			r.Holders = append(r.Holders, holder)
		}
	}
	f := s.target(d)
	r.Target = TargetResult{Levels: []int{}, None: f.none}
	for _, i := range f.candidates {
		if level := m.Targets[i].Level; !contains(r.Target.Levels, level) {
			r.Target.Levels = append(r.Target.Levels, level)
		}
	}
	r.Target.Item = s.item(f.settled() || len(r.Target.Levels) == 1 && !f.none, func(u *support) {
		for _, i := range f.open {
			u.node(m.Targets[i].When)
		}
	})
	return r
}

// hiders are the shown questions that keep a question hidden: those met in the parts
// of its ask-when that are not true, through questions that are hidden themselves.
func (s *state) hiders(i int) []int {
	var list []int
	seen := map[int]bool{i: true}
	var walk func(n *expr.Node)
	walk = func(n *expr.Node) {
		if n == nil || n.IsTruth() && n.Truths(s) == expr.True {
			return
		}
		if n.Kind == expr.Question && !seen[n.Index] {
			seen[n.Index] = true
			if s.q[n.Index].shown.Has(expr.True) {
				list = append(list, n.Index)
			} else {
				walk(s.model.Questions[n.Index].AskWhen)
			}
		}
		for _, arg := range n.Args {
			walk(arg)
		}
	}
	walk(s.model.Questions[i].AskWhen)
	return list
}

func (s *state) valueResult(v int) ValueResult {
	m := s.model
	set := s.values[v]
	r := ValueResult{ID: m.Values[v].ID, Number: spanOf(set)}
	r.Item = s.item(set.One(), func(u *support) { u.node(m.Values[v].Compute) })
	for _, b := range m.Benchmarks {
		if b.Value == v {
			r.Benchmarks = append(r.Benchmarks, BenchmarkResult{Segment: b.Segment, Position: position(set, b.Mean, b.Deviation)})
		}
	}
	return r
}

// position sets a number against a mean and its deviation.
func position(set expr.Numbers, mean, deviation float64) string {
	low, high := float64(mean-deviation), float64(mean+deviation)
	switch {
	case !set.Some:
		return "none"
	case set.None:
		return "open"
	case set.High < low:
		return "below"
	case set.Low > high:
		return "above"
	case set.Low >= low && set.High <= high:
		return "within"
	}
	return "open"
}

func (s *state) decisionResult(f *first) *DecisionResult {
	m := s.model
	r := &DecisionResult{Candidates: []string{}, None: f.none}
	for _, i := range f.candidates {
		r.Candidates = append(r.Candidates, m.Outcomes[i].ID)
	}
	if only := f.only(); only >= 0 {
		r.Outcome = m.Outcomes[only].ID
	}
	for i := range m.Outcomes {
		truths := s.holds(m.Outcomes[i].When)
		r.Outcomes = append(r.Outcomes, OutcomeResult{ID: m.Outcomes[i].ID, Verdict: verdictOf(truths), Truths: truths.List()})
	}
	r.Item = s.item(f.settled(), func(u *support) { s.decisionSupport(u, f) })
	return r
}

func (s *state) decisionSupport(u *support, f *first) {
	for _, i := range f.open {
		u.node(s.model.Outcomes[i].When)
	}
}

func (s *state) sourceResult(source int, decision *first) SourceResult {
	m := s.model
	said := s.says(source, decision)
	r := SourceResult{Source: m.Sources[source], Stance: said.stance, Says: []string{}}
	for _, i := range said.given {
		// A source may say one outcome for several reasons; it is still one.
		if id := m.outcomeID(m.Votes[i].Outcome); !slices.Contains(r.Says, id) {
			r.Says = append(r.Says, id)
		}
	}
	for i := range m.Votes {
		if m.Votes[i].Source == source {
			truths := s.holds(m.Votes[i].When)
			r.Votes = append(r.Votes, VoteResult{Outcome: m.outcomeID(m.Votes[i].Outcome), Verdict: verdictOf(truths), Truths: truths.List()})
		}
	}
	r.Item = s.item(said.stance != StanceOpen, func(u *support) {
		for _, i := range said.open {
			u.node(m.Votes[i].When)
		}
		if len(said.open) == 0 {
			s.decisionSupport(u, decision)
		}
	})
	return r
}

func (m *Model) outcomeID(i int) string {
	if i < 0 {
		return Silent
	}
	return m.Outcomes[i].ID
}
