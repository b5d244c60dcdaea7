package prove

import (
	"slices"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/expr"
)

// A condition is a tree and the truths it should have.
type condition struct {
	node *expr.Node
	want expr.Truths
}

const (
	notTrue  = expr.False | expr.None
	notFalse = expr.True | expr.None
)

var opposite = map[expr.Truths]expr.Truths{expr.True: expr.False, expr.False: expr.True, notTrue: notFalse, notFalse: notTrue}

func (p *prover) tests(conditions []condition) []test {
	var list []test
	for _, c := range conditions {
		list = append(list, p.test(c.node, c.want))
	}
	return list
}

// reached tells whether some world fulfils all conditions.
func (p *prover) reached(conditions []condition) verdict {
	v, _ := p.solve(all(p.tests(conditions)))
	return v
}

// conjuncts parts a condition that should hold, or not, into those that all must.
func conjuncts(n *expr.Node, want expr.Truths) []condition {
	var list []condition
	switch {
	case n == nil:
		return nil
	case n.Op == expr.OpAnd && (want == expr.True || want == notFalse), n.Op == expr.OpOr && (want == expr.False || want == notTrue):
		for _, arg := range n.Args {
			list = append(list, conjuncts(arg, want)...)
		}
		return list
	case n.Op == expr.OpNot:
		return conjuncts(n.Args[0], opposite[want])
	}
	return []condition{{n, want}}
}

// core drops conditions in order while the rest still contradicts.
func (p *prover) core(conditions []condition) []condition {
	kept := slices.Clone(conditions)
	for k := 0; k < len(kept); {
		fewer := slices.Delete(slices.Clone(kept), k, k+1)
		v := p.reached(fewer)
		if v == impossible {
			kept = fewer
			continue
		}
		p.loose = p.loose || v == undecided
		k++
	}
	return kept
}

// never adds a finding about a condition that holds in no world; earlier are those of
// elements that must not hold before it.
func (p *prover) never(f Finding, own *expr.Node, earlier []condition, elements []Element) {
	clauses := conjuncts(own, expr.True)
	core := p.core(slices.Concat(earlier, clauses))
	for _, c := range core {
		if k := slices.Index(earlier, c); k >= 0 {
			f.Others = append(f.Others, elements[k])
		} else {
			f.Clauses = append(f.Clauses, Clause{Start: c.node.Start, End: c.node.End, Negated: c.want == expr.False})
		}
	}
	f.Notes = p.notes(core)
	p.found(f, nil, core)
}

// always adds a finding about a condition that holds in every world that is given: the
// clauses are those of which there is no world without one.
func (p *prover) always(f Finding, n *expr.Node, given []condition) {
	var core []condition
	if n != nil {
		core = p.core(slices.Concat(given, conjuncts(n, notTrue)))
	}
	for _, c := range core {
		if !slices.Contains(given, c) {
			f.Clauses = append(f.Clauses, Clause{Start: c.node.Start, End: c.node.End, Negated: c.want == notFalse})
		}
	}
	f.Notes = p.notes(core)
	p.found(f, nil, core)
}

// notes says what of the questionnaire makes conditions contradict each other.
func (p *prover) notes(core []condition) []Note {
	var questions, dimensions []int
	sets, ladder := map[int]uint64{}, map[int]bool{}
	counted := map[int]bool{}
	for _, t := range p.tests(core) {
		t.formula.atoms(func(id int) {
			a := p.atoms[id]
			questions = append(questions, a.questions...)
			dimensions = append(dimensions, a.dimensions...)
			for i, reads := range a.reads {
				for _, n := range reads {
					if n.Op == expr.OpHas {
						sets[i] |= 1 << n.Options[0]
					}
					counted[i] = counted[i] || n.Op == expr.OpCount
				}
			}
			a.node.Walk(func(n *expr.Node) {
				if n.Op == expr.OpLevel {
					ladder[n.Index] = true
				}
			})
		})
	}
	slices.Sort(questions)
	var list []Note
	for _, i := range slices.Compact(questions) {
		q := &p.model.Questions[i]
		if q.AskWhen != nil {
			list = append(list, Note{Kind: NoteAskWhen, Question: i})
		}
		for k := range q.Options {
			alone := sets[i]&q.Exclusive()>>k&1 == 1
			if alone && (counted[i] || sets[i]&^(1<<k) != 0) {
				list = append(list, Note{Kind: NoteExclusive, Question: i, Option: k})
			}
		}
		if q.Scored() && ladder[q.Dimension] {
			list = append(list, Note{Kind: NoteHolds, Question: i, Dimension: q.Dimension})
		}
	}
	return list
}

// once proves that a condition holds in some world.
func (p *prover) once(s *Statement, code diag.Code, e Element, n *expr.Node) (known bool) {
	s.All++
	switch p.reached([]condition{{n, expr.True}}) {
	case impossible:
		s.Failed++
		p.never(Finding{Code: code, Element: e}, n, nil, nil)
	case undecided:
		p.undecided(s, e)
	default:
		return true
	}
	return false
}

// questionsAsked proves that every question is asked of somebody; and looks for those
// whose ask-when always holds.
func (p *prover) questionsAsked() {
	s := p.state(EveryQuestionAsked)
	for i := range p.model.Questions {
		n := p.model.Questions[i].AskWhen
		if n == nil {
			s.All++
			continue
		}
		e := Element{Kind: QuestionElement, Index: i}
		if p.once(s, diag.AssessDeadQuestion, e, n) && p.reached([]condition{{n, notTrue}}) == impossible {
			p.always(Finding{Code: diag.AssessConstantAskWhen, Element: e}, n, nil)
		}
	}
}

// levels proves that every level of every dimension is somebody's.
func (p *prover) levels() {
	s := p.state(EveryLevelReached)
	for d := range p.model.Dimensions {
		var dead []int
		for level := 0; level <= p.model.Top; level++ {
			s.All++
			switch p.reached([]condition{{levelIs(d, "==", level), expr.True}}) {
			case impossible:
				s.Failed++
				dead = append(dead, level)
			case undecided:
				p.undecided(s, Element{Kind: DimensionElement, Index: d, Part: level})
			}
		}
		for _, level := range dead {
			f := Finding{Code: diag.AssessDeadLevel, Element: Element{Kind: DimensionElement, Index: d, Part: level}}
			for n := 0; n <= p.model.Top; n++ {
				if !slices.Contains(dead, n) {
					f.Words = append(f.Words, decimal(float64(n)))
				}
			}
			p.found(f, nil, []condition{{levelIs(d, "==", level), expr.True}})
		}
	}
}

func levelIs(d int, sign string, level int) *expr.Node {
	return compare(&expr.Node{Op: expr.OpLevel, Kind: expr.Dim, Index: d}, sign, float64(level))
}

func compare(n *expr.Node, sign string, x float64) *expr.Node {
	return &expr.Node{Op: expr.OpCompare, Sign: sign, Args: []*expr.Node{n, {Op: expr.OpNumber, Number: x}}}
}

// first proves that each of a list of conditions is the first that holds in some world.
func (p *prover) first(s *Statement, code diag.Code, elements []Element, when []*expr.Node) {
	var earlier []condition
	for k, n := range when {
		s.All++
		conditions := append(slices.Clone(earlier), condition{n, expr.True})
		switch p.reached(conditions) {
		case impossible:
			s.Failed++
			p.never(Finding{Code: code, Element: elements[k]}, n, earlier, elements)
		case undecided:
			p.undecided(s, elements[k])
		}
		earlier = append(earlier, condition{n, notTrue})
	}
}

func (p *prover) outcomes() {
	s := p.state(EveryOutcomeReached)
	var elements []Element
	var when []*expr.Node
	for i := range p.model.Outcomes {
		elements = append(elements, Element{Kind: OutcomeElement, Index: i})
		when = append(when, p.model.Outcomes[i].When)
	}
	p.first(s, diag.AssessDeadOutcome, elements, when)
}

// targets proves that each target is the first that holds of its dimension, once.
func (p *prover) targets() {
	s := p.state(EveryTargetReached)
	for d := range p.model.Dimensions {
		var elements []Element
		var when []*expr.Node
		for i := range p.model.Targets {
			if p.model.Targets[i].Dimension == d {
				elements = append(elements, Element{Kind: TargetElement, Index: i})
				when = append(when, p.model.Targets[i].When)
			}
		}
		p.first(s, diag.AssessDeadTarget, elements, when)
	}
}

func (p *prover) votesReached() {
	s := p.state(EveryVoteReached)
	for i := range p.model.Votes {
		p.once(s, diag.AssessDeadVote, Element{Kind: VoteElement, Index: i}, p.model.Votes[i].When)
	}
}

// scored is that every dimension has a score.
func (p *prover) scored() []condition {
	var list []condition
	for d := range p.model.Dimensions {
		list = append(list, condition{&expr.Node{Op: expr.OpApplies, Kind: expr.Dim, Index: d}, expr.True})
	}
	return list
}

// advice proves that each piece is given to somebody, and looks for those that
// everybody is given.
func (p *prover) advice() {
	s := p.state(EveryAdviceReached)
	reached := make([]bool, len(p.model.Advice))
	for i := range p.model.Advice {
		reached[i] = p.once(s, diag.AssessDeadAdvice, Element{Kind: AdviceElement, Index: i}, p.model.Advice[i].When)
	}
	s = p.state(NoAdviceForAll)
	for i := range p.model.Advice {
		s.All++
		e := Element{Kind: AdviceElement, Index: i}
		v := undecided
		not := []condition{{p.model.Advice[i].When, notTrue}}
		scoredOnly := false
		if reached[i] {
			v = p.reached(not)
			if v == possibly && len(p.model.Dimensions) > 0 {
				scoredOnly = true
				v = p.reached(append(p.scored(), not...))
				// Without a profile in which all have a score nothing follows.
				if v == impossible && p.reached(p.scored()) != possibly {
					v = possibly
				}
			}
		} else if s := &p.proof.Statements[len(p.proof.Statements)-2]; s.Undecided == 0 {
			continue // dead, and told
		}
		switch v {
		case impossible:
			s.Failed++
			var given []condition
			if scoredOnly {
				given = p.scored()
			}
			p.always(Finding{Code: diag.AssessConstantAdvice, Element: e, Scored: scoredOnly}, p.model.Advice[i].When, given)
		case undecided:
			s.Undecided++
			if reached[i] {
				p.found(Finding{Code: diag.AssessUndecided, Element: e, Words: []string{string(s.Subject)}}, nil, nil)
			}
		}
	}
}

// mostExamples is how many profiles are shown that lack the same thing.
const mostExamples = 3

// everybody proves that no world has all of the conditions, given others; up to three
// counterexamples become findings.
func (p *prover) everybody(s *Statement, f Finding, given, conditions []condition) {
	s.All++
	g := append(all(p.tests(given)), all(p.tests(conditions))...)
	for k := range mostExamples {
		v, w := p.solve(g)
		if v == undecided && k == 0 {
			p.undecided(s, f.Element)
		}
		if v != possibly {
			return
		}
		if k == 0 {
			s.Failed++
		}
		constraints, whole := p.counterexample(given, conditions, w)
		f.Example = !whole
		p.found(f, constraints, nil)
		var nodes []condition
		for _, c := range constraints {
			nodes = append(nodes, c.conditions...)
		}
		if len(nodes) == 0 || !whole {
			return
		}
		g = append(g, negated(p.tests(nodes)))
	}
}

// decided proves that everybody gets a decision.
func (p *prover) decided() {
	s := p.state(EverybodyDecided)
	if len(p.model.Outcomes) == 0 {
		return
	}
	var none []condition
	for i := range p.model.Outcomes {
		none = append(none, condition{p.model.Outcomes[i].When, notTrue})
	}
	p.everybody(s, Finding{Code: diag.AssessNobodyDecided, Element: Element{Kind: OutcomeElement, Index: len(none) - 1}}, nil, none)
}

// advised proves that everybody gets some advice: those who have a score in every
// dimension, and then all.
func (p *prover) advised() {
	s := p.state(EverybodyAdvised)
	if len(p.model.Advice) == 0 {
		return
	}
	var none []condition
	for i := range p.model.Advice {
		none = append(none, condition{p.model.Advice[i].When, notTrue})
	}
	f := Finding{Code: diag.AssessNobodyAdvised, Element: Element{Kind: AdviceElement, Index: len(none) - 1}}
	if len(p.model.Dimensions) == 0 {
		p.everybody(s, f, nil, none)
		return
	}
	f.Scored = true
	p.everybody(s, f, p.scored(), none)
	if s.Failed+s.Undecided == 0 {
		f.Code, f.Scored = diag.AssessUnscoredUnadvised, false
		p.everybody(s, f, nil, none)
	}
}

// sources proves that each source says one thing, or several that name each other, or
// that it is silent.
func (p *prover) sources() {
	contradicts, gap := Statement{Subject: NoSourceContradicts}, Statement{Subject: NoSourceLeavesGap}
	for source := range p.model.Sources {
		var none []condition
		last := -1
		contradicts.All++
		before := contradicts
		for i := range p.model.Votes {
			if p.model.Votes[i].Source != source {
				continue
			}
			for j := range i {
				if p.model.Votes[j].Source == source && !p.compatible(j, i) {
					p.votes(&contradicts, j, i)
				}
			}
			none = append(none, condition{p.model.Votes[i].When, notTrue})
			last = i
		}
		contradicts.Failed = min(contradicts.Failed, before.Failed+1)
		contradicts.Undecided = min(contradicts.Undecided, before.Undecided+1)
		p.everybody(&gap, Finding{Code: diag.AssessVoteGap, Element: Element{Kind: VoteElement, Index: last}}, nil, none)
	}
	p.proof.Statements = append(p.proof.Statements, contradicts, gap)
}

// compatible tells whether two votes of a source may hold together.
func (p *prover) compatible(i, j int) bool {
	a, b := &p.model.Votes[i], &p.model.Votes[j]
	return a.Outcome == b.Outcome || slices.Contains(a.Also, b.Outcome) && slices.Contains(b.Also, a.Outcome)
}

// votes proves that two votes never hold together.
func (p *prover) votes(s *Statement, i, j int) {
	both := []condition{{p.model.Votes[i].When, expr.True}, {p.model.Votes[j].When, expr.True}}
	e := Element{Kind: VoteElement, Index: j}
	v, w := p.solve(all(p.tests(both)))
	switch v {
	case undecided:
		p.undecided(s, e)
	case possibly:
		s.Failed++
		constraints, whole := p.counterexample(nil, both, w)
		p.found(Finding{Code: diag.AssessVoteContradicts, Element: e, Others: []Element{{Kind: VoteElement, Index: i}}, Example: !whole}, constraints, nil)
	}
}

// lowers looks for questions whose own levels go down as well as up. That a better
// answer lowers no level otherwise is so by construction.
func (p *prover) lowers() {
	s := p.state(BetterNeverLowers)
	for i := range p.model.Questions {
		q := &p.model.Questions[i]
		if !q.Scored() {
			continue
		}
		s.All++
		var levels []int
		code := diag.AssessLevelOrder
		switch q.Kind {
		case assessment.KindLevel:
			for _, option := range q.Options {
				levels = append(levels, option.Level)
			}
		case assessment.KindMany, assessment.KindNumber:
			code = diag.AssessBandsTurn
			for _, band := range q.Bands {
				levels = append(levels, band.Level)
			}
		}
		if at := turn(levels); at > 0 {
			s.Failed++
			p.found(Finding{Code: code, Element: Element{Kind: QuestionElement, Index: i, Part: at}}, nil, nil)
		}
	}
}

// turn returns the first place at which levels that went one way go the other, or 0.
func turn(levels []int) int {
	way := 0
	for k := 1; k < len(levels); k++ {
		step := levels[k] - levels[k-1]
		if step*way < 0 {
			return k
		}
		if step != 0 {
			way = step
		}
	}
	return 0
}
