package prove

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/expr"
)

var (
	models = flag.Int("models", 1000, "random models that brute force is run on")
	seed   = flag.Uint64("seed", 1, "of the random models")
	worlds = flag.Int("worlds", 2000, "the most worlds of such a model")
)

// brute lists, by enumerating every world, what a proof must find: "code kind index part".
func brute(m *assessment.Model, all []*world) map[string]bool {
	found := map[string]bool{}
	add := func(code diag.Code, e Element) { found[keyOfFinding(code, e)] = true }
	exists := func(holds func(w *world) bool) bool { return slices.ContainsFunc(all, holds) }
	once := func(code diag.Code, e Element, n *expr.Node) bool {
		if !exists(func(w *world) bool { return w.truth(n) == expr.True }) {
			add(code, e)
			return false
		}
		return true
	}
	scored := func(w *world) bool {
		for d := range m.Dimensions {
			if !w.Applies(expr.Dim, d) {
				return false
			}
		}
		return true
	}
	for i := range m.Questions {
		n := m.Questions[i].AskWhen
		e := Element{Kind: QuestionElement, Index: i}
		if n != nil && once(diag.AssessDeadQuestion, e, n) && !exists(func(w *world) bool { return w.truth(n) != expr.True }) {
			add(diag.AssessConstantAskWhen, e)
		}
	}
	for d := range m.Dimensions {
		for level := range m.Top + 1 {
			if !exists(func(w *world) bool { x, ok := w.Level(d); return ok && int(x) == level }) {
				add(diag.AssessDeadLevel, Element{Kind: DimensionElement, Index: d, Part: level})
			}
		}
	}
	first := func(code diag.Code, elements []Element, when []*expr.Node) {
		for k := range when {
			if !exists(func(w *world) bool {
				return w.truth(when[k]) == expr.True && !slices.ContainsFunc(when[:k], func(n *expr.Node) bool { return w.truth(n) == expr.True })
			}) {
				add(code, elements[k])
			}
		}
	}
	var elements []Element
	var outcomes, advice []*expr.Node
	for i := range m.Outcomes {
		elements, outcomes = append(elements, Element{Kind: OutcomeElement, Index: i}), append(outcomes, m.Outcomes[i].When)
	}
	first(diag.AssessDeadOutcome, elements, outcomes)
	for d := range m.Dimensions {
		var elements []Element
		var when []*expr.Node
		for i := range m.Targets {
			if m.Targets[i].Dimension == d {
				elements, when = append(elements, Element{Kind: TargetElement, Index: i}), append(when, m.Targets[i].When)
			}
		}
		first(diag.AssessDeadTarget, elements, when)
	}
	for i := range m.Votes {
		once(diag.AssessDeadVote, Element{Kind: VoteElement, Index: i}, m.Votes[i].When)
	}
	for i := range m.Advice {
		n := m.Advice[i].When
		advice = append(advice, n)
		e := Element{Kind: AdviceElement, Index: i}
		if once(diag.AssessDeadAdvice, e, n) && exists(scored) && !exists(func(w *world) bool { return scored(w) && w.truth(n) != expr.True }) {
			add(diag.AssessConstantAdvice, e)
		}
	}
	none := func(w *world, list []*expr.Node) bool {
		return !slices.ContainsFunc(list, func(n *expr.Node) bool { return w.truth(n) == expr.True })
	}
	if len(outcomes) > 0 && exists(func(w *world) bool { return none(w, outcomes) }) {
		add(diag.AssessNobodyDecided, Element{Kind: OutcomeElement, Index: len(outcomes) - 1})
	}
	last := Element{Kind: AdviceElement, Index: len(advice) - 1}
	if len(advice) > 0 && exists(func(w *world) bool { return scored(w) && none(w, advice) }) {
		add(diag.AssessNobodyAdvised, last)
	} else if len(advice) > 0 && exists(func(w *world) bool { return none(w, advice) }) {
		add(diag.AssessUnscoredUnadvised, last)
	}
	for source := range m.Sources {
		var votes []int
		var when []*expr.Node
		for i := range m.Votes {
			if m.Votes[i].Source == source {
				votes, when = append(votes, i), append(when, m.Votes[i].When)
			}
		}
		for k, j := range votes {
			for _, i := range votes[:k] {
				a, b := &m.Votes[i], &m.Votes[j]
				named := slices.Contains(a.Also, b.Outcome) && slices.Contains(b.Also, a.Outcome)
				if a.Outcome != b.Outcome && !named && exists(func(w *world) bool { return w.truth(a.When) == expr.True && w.truth(b.When) == expr.True }) {
					add(diag.AssessVoteContradicts, Element{Kind: VoteElement, Index: j, Part: i + 1})
				}
			}
		}
		if exists(func(w *world) bool { return none(w, when) }) {
			add(diag.AssessVoteGap, Element{Kind: VoteElement, Index: votes[len(votes)-1]})
		}
	}
	return found
}

func keyOfFinding(code diag.Code, e Element) string {
	return fmt.Sprintf("%s %s %d %d", code, e.Kind, e.Index, e.Part)
}

// searched tells whether a code is found by search, so that brute force can agree.
func searched(code diag.Code) bool {
	switch code {
	case diag.AssessLevelOrder, diag.AssessBandsTurn, diag.AssessUnusedQuestion, diag.AssessUnusedOption, diag.AssessConstantQuestion, diag.AssessConstantValue, diag.AssessUndecided:
		return false
	}
	return true
}

// Brute force over every world agrees with the proof, on a thousand models: what it
// finds, the number of profiles, that each counterexample is one and has no word too
// many, and that contradictory clauses contradict and none of them can be left out.
// Every model is proved again with budgets so small that boxes must do it.
func TestBruteForceAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 14))
	count, findings, undecidedItems, items := 0, 0, 0, 0
	for count < *models {
		text := generateSmall(r)
		m := modelOf(t, text)
		if m == nil {
			continue
		}
		every := worldsOf(m, *worlds)
		if every == nil {
			continue
		}
		count++
		want := brute(m, every)
		p := newProver(m, Options{})
		proof := p.prove()
		if len(proof.Findings) > 0 {
			findings++
		}
		if proof.Profiles != fmt.Sprint(len(every)) || proof.AtMost {
			t.Fatalf("%s\n%s profiles, want %d", text, proof.Profiles, len(every))
		}
		if bad := disagrees(p, want, every, false); bad != "" {
			t.Fatalf("model %d\n%s\n%s", count, text, bad)
		}
		if bad := wrongWhen(p, text, every); bad != "" {
			t.Fatalf("model %d\n%s\n%s", count, text, bad)
		}
		p = newProver(m, Options{States: 1 + r.IntN(40), Nodes: 1 + r.IntN(200), Total: 2000 + r.IntN(200_000)})
		proof = p.prove()
		for _, s := range proof.Statements {
			items += s.All
			undecidedItems += s.Undecided
		}
		if bad := disagrees(p, want, every, true); bad != "" {
			t.Fatalf("model %d, small budgets\n%s\n%s", count, text, bad)
		}
	}
	t.Logf("%d models agree, %d of them with findings; under small budgets %d of %d items undecided", count, findings, undecidedItems, items)
}

// disagrees says in what a proof and brute force differ.
func disagrees(p *prover, want map[string]bool, every []*world, partial bool) string {
	got := map[string]bool{}
	for k, f := range p.proof.Findings {
		if f.Code == diag.AssessUndecided && !partial {
			return fmt.Sprintf("undecided: %+v", f)
		}
		if !searched(f.Code) {
			continue
		}
		e := f.Element
		if f.Code == diag.AssessVoteContradicts {
			e.Part = f.Others[0].Index + 1
		}
		key := keyOfFinding(f.Code, e)
		if !want[key] {
			if f.Code == diag.AssessUnscoredUnadvised && partial {
				continue
			}
			return "wrongly found " + key
		}
		got[key] = true
		if bad := wrongProfile(p, k, every); bad != "" {
			return key + ": " + bad
		}
		if bad := wrongCore(p, k, every); bad != "" {
			return key + ": " + bad
		}
	}
	if partial {
		undecided := map[string]bool{}
		for _, f := range p.proof.Findings {
			if f.Code == diag.AssessUndecided {
				undecided[fmt.Sprintf("%s %d", f.Element.Kind, f.Element.Index)] = true
			}
		}
		for key := range want {
			words := strings.Fields(key)
			if !got[key] && !undecided[words[1]+" "+words[2]] {
				return "neither found nor undecided: " + key
			}
		}
		return ""
	}
	for key := range want {
		if !got[key] {
			return "not found " + key
		}
	}
	return ""
}

func fulfils(w *world, list []condition) bool {
	return !slices.ContainsFunc(list, func(c condition) bool { return !c.want.Has(w.truth(c.node)) })
}

// wrongProfile checks a counterexample: all of its worlds fail, there is one, and
// without any one constraint some would not.
func wrongProfile(p *prover, k int, every []*world) string {
	f := &p.proof.Findings[k]
	constraints := p.constraints[k]
	var given, none []condition
	switch f.Code {
	case diag.AssessNobodyDecided:
		for i := range p.model.Outcomes {
			none = append(none, condition{p.model.Outcomes[i].When, notTrue})
		}
	case diag.AssessNobodyAdvised, diag.AssessUnscoredUnadvised:
		for i := range p.model.Advice {
			none = append(none, condition{p.model.Advice[i].When, notTrue})
		}
		if f.Scored {
			given = p.scored()
		}
	case diag.AssessVoteGap:
		for i := range p.model.Votes {
			if p.model.Votes[i].Source == p.model.Votes[f.Element.Index].Source {
				none = append(none, condition{p.model.Votes[i].When, notTrue})
			}
		}
	case diag.AssessVoteContradicts:
		none = []condition{{p.model.Votes[f.Element.Index].When, expr.True}, {p.model.Votes[f.Others[0].Index].When, expr.True}}
	default:
		return ""
	}
	if f.Example {
		return ""
	}
	fails := func(left int) (some, every_ bool) {
		every_ = true
		for _, w := range every {
			in := fulfils(w, given)
			for k, c := range constraints {
				in = in && (k == left || fulfils(w, c.conditions))
			}
			if in {
				some = true
				every_ = every_ && fulfils(w, none)
			}
		}
		return some, every_
	}
	if some, all := fails(-1); !some || !all {
		return fmt.Sprintf("%q: some world: %v, all fail: %v", f.Profile, some, all)
	}
	for k, c := range constraints {
		if _, all := fails(k); all && !f.Loose {
			return fmt.Sprintf("%q: %q can be left out", f.Profile, c.text)
		}
	}
	return ""
}

// wrongWhen checks that the condition that is offered for a counterexample can be
// written into the file as it stands, and holds in the same worlds.
func wrongWhen(p *prover, text string, every []*world) string {
	for k, f := range p.proof.Findings {
		if f.When == "" {
			continue
		}
		file := diag.NewFile("offered.toml", fmt.Appendf(nil, "%s[[advice]]\nid = \"offered\"\ntitle = \"A\"\nwhen = %q\n", text, f.When))
		_, m, list := assessment.Load(file)
		for _, d := range list {
			if d.Start.Line > strings.Count(text, "\n") {
				return fmt.Sprintf("%q: %v", f.When, d)
			}
		}
		offered := m.Advice[len(m.Advice)-1].When
		for _, w := range every {
			all := !slices.ContainsFunc(p.constraints[k], func(c constraint) bool { return !fulfils(w, c.conditions) })
			if (w.truth(offered) == expr.True) != all {
				return fmt.Sprintf("%q does not hold where %q does, or the other way round", f.When, f.Profile)
			}
		}
	}
	return ""
}

// wrongCore checks a contradiction: no world fulfils it, and without any one clause
// some does.
func wrongCore(p *prover, k int, every []*world) string {
	core := p.cores[k]
	if core == nil || p.proof.Findings[k].Code == diag.AssessDeadLevel {
		return ""
	}
	for left := -1; left < len(core); left++ {
		if left >= 0 && p.proof.Findings[k].Loose {
			continue
		}
		list := slices.Clone(core)
		if left >= 0 {
			list = slices.Delete(list, left, left+1)
		}
		if slices.ContainsFunc(every, func(w *world) bool { return fulfils(w, list) }) != (left >= 0) {
			return fmt.Sprintf("clauses %+v, without %d", p.proof.Findings[k].Clauses, left)
		}
	}
	return ""
}
