package assessment

import (
	"flag"
	"slices"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/expr"

	"pgregory.net/rapid"
)

var mostWorlds = flag.Int("worlds", 100_000, "the most worlds of a random model that are enumerated")

// What the engine promises (SEMANTICS.md 7), on random assessments, against every
// world of their partial answers.

func TestSoundAgainstEveryWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 8)
		answers := drawAnswers(t, m)
		worlds := worldsOf(m, answers, *mostWorlds)
		if worlds == nil {
			t.Skip("too many worlds")
		}
		s := newState(m).set(answers)
		decision := s.decision()
		for _, w := range worlds {
			if bad := s.misses(w, &decision); bad != "" {
				t.Fatalf("%s\n%+v\n%+v\n%s", text, answers, w.counts, bad)
			}
		}
	})
}

// misses names something that a world shows and the state does not allow.
func (s *state) misses(w *world, decision *first) string {
	m := s.model
	for d := range m.Dimensions {
		level, ok := w.Level(d)
		if !s.ladder[d].Contains(level, ok) {
			return "ladder " + m.Dimensions[d].ID
		}
		mean, ok := w.Mean(d)
		set := s.mean[d]
		if ok && (!set.Some || mean.Compare(set.Low) < 0 || mean.Compare(set.High) > 0) || !ok && !set.None {
			return "mean " + m.Dimensions[d].ID
		}
		f := s.target(d)
		if target := w.target(d); target < 0 && !f.none || target >= 0 && !slices.ContainsFunc(f.candidates, func(i int) bool { return m.Targets[i].Level == target }) {
			return "target " + m.Dimensions[d].ID
		}
	}
	for v := range m.Values {
		if x, ok := w.Number(expr.Value, v); !s.values[v].Contains(x, ok) {
			return "value " + m.Values[v].ID
		}
	}
	for i := range m.Outcomes {
		if !s.holds(m.Outcomes[i].When).Has(w.holds(m.Outcomes[i].When)) {
			return "outcome " + m.Outcomes[i].ID
		}
	}
	if one := w.decision(); one < 0 && !decision.none || one >= 0 && !contains(decision.candidates, one) {
		return "decision"
	}
	for source := range m.Sources {
		if stance := s.says(source, decision).stance; stance != StanceOpen && stance != w.stance(source) {
			return "source " + m.Sources[source]
		}
	}
	for i := range m.Advice {
		if !s.holds(m.Advice[i].When).Has(w.holds(m.Advice[i].When)) {
			return "advice " + m.Advice[i].ID
		}
	}
	return ""
}

// The extremes of ladder and mean are exact where no ask-when joins questions.
func TestExtremesAreReached(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 5)
		for i := range m.Questions {
			if m.Questions[i].AskWhen != nil {
				t.Skip("questions that hang together")
			}
		}
		answers := drawAnswers(t, m)
		worlds := worldsOf(m, answers, *mostWorlds)
		s := newState(m).set(answers)
		for d := range m.Dimensions {
			var ladder expr.Numbers
			var mean expr.Ratios
			for _, w := range worlds {
				level, ok := w.Level(d)
				if !ok {
					ladder.None, mean.None = true, true
					continue
				}
				ladder = ladder.Union(expr.Between(level, level))
				r, _ := w.Mean(d)
				if !mean.Some || r.Compare(mean.Low) < 0 {
					mean.Low = r
				}
				if !mean.Some || r.Compare(mean.High) > 0 {
					mean.High = r
				}
				mean.Some = true
			}
			if worlds != nil && (ladder != s.ladder[d] || mean.Some != s.mean[d].Some || mean.None != s.mean[d].None || reduced(mean) != reduced(s.mean[d])) {
				t.Fatalf("%s\n%+v\nladder: got %+v, want %+v\nmean: got %+v, want %+v", text, answers, s.ladder[d], ladder, s.mean[d], mean)
			}
		}
	})
}

func TestExactOnCompleteAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 14)
		answers := m.None()
		for i := range m.Questions {
			for answers[i].State == Unanswered || answers[i].State == DontKnow {
				answers[i] = drawAnswer(t, &m.Questions[i])
			}
		}
		s, w := newState(m).set(answers), newWorld(m, answers)
		decision := s.decision()
		bad := s.misses(w, &decision)
		for i := range s.q {
			if !s.q[i].one(&m.Questions[i]) || !s.q[i].shown.One() {
				bad = m.Questions[i].ID + " is not one"
			}
		}
		for d := range m.Dimensions {
			if !s.ladder[d].One() || !s.mean[d].One() {
				bad = m.Dimensions[d].ID + " is not one"
			}
		}
		for v := range m.Values {
			if !s.values[v].One() {
				bad = m.Values[v].ID + " is not one"
			}
		}
		for i := range m.Advice {
			if !s.holds(m.Advice[i].When).One() {
				bad = m.Advice[i].ID + " is not one"
			}
		}
		if !decision.settled() {
			bad = "the decision is open"
		}
		for source := range m.Sources {
			if s.says(source, &decision).stance == StanceOpen {
				bad = "a source is open"
			}
		}
		if bad != "" {
			t.Fatalf("%s\n%+v\n%s", text, answers, bad)
		}
	})
}

// A further answer never widens a set, so what is settled never changes.
func TestNarrowingAndSettled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 14)
		answers := drawAnswers(t, m)
		before := newState(m).set(answers)
		more := slices.Clone(answers)
		for i := range more {
			if more[i].State == Unanswered && before.q[i].shown.Has(expr.True) && rapid.Bool().Draw(t, "more") {
				more[i] = drawAnswer(t, &m.Questions[i])
			}
		}
		after := newState(m).set(more)
		bad := ""
		for d := range m.Dimensions {
			b, a := before.mean[d], after.mean[d]
			if !after.ladder[d].Within(before.ladder[d]) || a.None && !b.None || a.Some && (!b.Some || a.Low.Compare(b.Low) < 0 || a.High.Compare(b.High) > 0) {
				bad = m.Dimensions[d].ID
			}
		}
		for v := range m.Values {
			if !after.values[v].Within(before.values[v]) {
				bad = m.Values[v].ID
			}
		}
		for i := range m.Advice {
			b, a := before.holds(m.Advice[i].When), after.holds(m.Advice[i].When)
			if a|b != b {
				bad = m.Advice[i].ID
			}
		}
		b, a := before.decision(), after.decision()
		for _, i := range a.candidates {
			if !contains(b.candidates, i) {
				bad = "decision"
			}
		}
		if b.settled() && (!a.settled() || a.only() != b.only()) {
			bad = "the settled decision"
		}
		for source := range m.Sources {
			if stance := before.says(source, &b).stance; stance != StanceOpen && stance != after.says(source, &a).stance {
				bad = "a settled source"
			}
		}
		if bad != "" {
			t.Fatalf("%s\n%+v\n%+v\n%s widened", text, answers, more, bad)
		}
	})
}

// Raising one scored answer, all else unchanged, lowers no level (SEMANTICS.md 3).
func TestBetterAnswerNeverLowersALevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 12)
		answers := m.None()
		var scored []int
		for i := range m.Questions {
			for answers[i].State == Unanswered || answers[i].State == DontKnow {
				answers[i] = drawAnswer(t, &m.Questions[i])
			}
			if m.Questions[i].Scored() && answers[i].State == Answered {
				scored = append(scored, i)
			}
		}
		if len(scored) == 0 {
			t.Skip("nothing is scored")
		}
		i := rapid.SampledFrom(scored).Draw(t, "raised")
		q := &m.Questions[i]
		before := newWorld(m, answers)
		better := slices.Clone(answers)
		for _, answer := range everyAnswer(q) {
			if q.Level(&answer) <= q.Level(&answers[i]) {
				continue
			}
			better[i] = answer
			after := newWorld(m, better)
			for d := range m.Dimensions {
				b, bOK := before.Level(d)
				a, aOK := after.Level(d)
				if bOK && aOK && a < b {
					t.Fatalf("%s\n%+v\n%s to %+v lowers %s from %v to %v", text, answers, q.ID, answer, m.Dimensions[d].ID, b, a)
				}
			}
		}
	})
}

// The questions of an open item's support are enough: once all of them are answered,
// don't-knows included, the item is settled (SEMANTICS.md 8).
func TestSupportIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 10)
		answers := drawAnswers(t, m)
		for range len(m.Questions) + 1 {
			s := newState(m).set(answers)
			f := s.decision()
			if f.settled() {
				return
			}
			u := s.support()
			s.decisionSupport(u, &f)
			unanswered, dontKnow := u.split()
			if len(unanswered)+len(dontKnow) == 0 {
				t.Fatalf("%s\n%+v\nthe decision is open on nothing", text, answers)
			}
			for _, i := range append(unanswered, dontKnow...) {
				for answers[i].State == Unanswered || answers[i].State == DontKnow {
					answers[i] = drawAnswer(t, &m.Questions[i])
				}
			}
		}
		t.Fatalf("%s\nthe decision is never settled", text)
	})
}

// Raise: after the changes, with the questions named at their least level, the ladder
// is one higher.
func TestRaiseRaises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 10)
		answers := drawAnswers(t, m)
		r := m.WhatWouldChange(m.Evaluate(answers))
		for d, result := range r.Dimensions {
			if result.Raise == nil {
				continue
			}
			raised := apply(t, m, r.state, result.Raise.Changes)
			for _, needed := range result.Raise.AtLeast {
				i := m.Question(needed.Question)
				for _, answer := range everyAnswer(&m.Questions[i]) {
					if m.Questions[i].Level(&answer) >= needed.Level {
						raised[i] = answer
						break
					}
				}
			}
			if ladder := newState(m).set(raised).ladder[d]; !ladder.Some || int(ladder.High) < result.Raise.To {
				t.Fatalf("%s\n%+v\n%+v does not raise %s: %+v", text, answers, result.Raise, m.Dimensions[d].ID, ladder)
			}
		}
	})
}

// apply makes changes to the answers that count.
func apply(t *rapid.T, m *Model, s *state, changes []ChangeTo) Answers {
	answers := newChanger(s).answers
	for _, change := range changes {
		i := m.Question(change.Question)
		q := &m.Questions[i]
		found := false
		for _, answer := range everyAnswer(q) {
			if same(q.valueOf(&answer), change.To) {
				answers[i], found = answer, true
			}
		}
		if !found {
			t.Fatalf("%v is no answer to %s", change.To, change.Question)
		}
	}
	return answers
}

func same(a, b any) bool {
	if list, ok := a.([]string); ok {
		return slices.Equal(list, b.([]string))
	}
	return a == b
}

// What would change the decision: every way does, and none of one change is missing.
func TestWaysChangeTheDecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 8)
		answers := drawAnswers(t, m)
		r := m.WhatWouldChange(m.Evaluate(answers))
		if r.Change == nil {
			t.Skip("no outcomes")
		}
		for _, way := range r.Change.Ways {
			f := newState(m).set(apply(t, m, r.state, way.Changes)).decision()
			if f.only() < 0 || m.Outcomes[f.only()].ID != way.Outcome || slices.Contains(r.Decision.Candidates, way.Outcome) {
				t.Fatalf("%s\n%+v\n%+v leads to %+v", text, answers, way, f)
			}
		}
		if bad := missedWay(m, r); bad != "" {
			t.Fatalf("%s\n%+v\n%s is not among %+v", text, answers, bad, r.Change.Ways)
		}
	})
}

// The short way asks only what is unanswered and may be asked, and whoever follows it
// to its end has everything settled, or as settled as the don't-knows allow.
func TestTheShortWayEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 10)
		answers := drawAnswers(t, m)
		for range len(m.Questions) + 1 {
			r := m.Order(m.Evaluate(answers))
			if len(r.Ask) == 0 {
				for i := range r.Advice {
					if r.Advice[i].Standing == Unsettled {
						t.Fatalf("%s\n%+v\nnothing is asked, and %s is open", text, answers, r.Advice[i].ID)
					}
				}
				for i := range r.Dimensions {
					if r.Dimensions[i].Standing == Unsettled {
						t.Fatalf("%s\n%+v\nnothing is asked, and %s is open", text, answers, r.Dimensions[i].ID)
					}
				}
				if r.Decision != nil && r.Decision.Standing == Unsettled {
					t.Fatalf("%s\n%+v\nnothing is asked, and the decision is open", text, answers)
				}
				return
			}
			i := m.Question(r.Ask[0])
			if answers[i].State != Unanswered || !r.state.q[i].shown.Has(expr.True) {
				t.Fatalf("%s\n%+v\n%s is asked", text, answers, r.Ask[0])
			}
			for answers[i].State == Unanswered {
				answers[i] = drawAnswer(t, &m.Questions[i])
			}
		}
		t.Fatalf("%s\nthe short way does not end", text)
	})
}

// missedWay tries every other option of every answered question, and names a change
// that decides anew and is not listed.
func missedWay(m *Model, r *Result) string {
	if r.Change.More > 0 {
		return ""
	}
	c := newChanger(r.state)
	for i := range m.Questions {
		q := &m.Questions[i]
		if c.answers[i].State != Answered || q.Kind == KindNumber || q.Kind == KindMany {
			continue
		}
		for _, answer := range everyAnswer(q) {
			answers := slices.Clone(c.answers)
			answers[i] = answer
			f := newState(m).set(answers).decision()
			if f.only() < 0 || slices.Contains(r.Decision.Candidates, m.Outcomes[f.only()].ID) {
				continue
			}
			if !slices.ContainsFunc(r.Change.Ways, func(way Way) bool {
				return len(way.Changes) == 1 && way.Changes[0].Question == q.ID && same(way.Changes[0].To, q.valueOf(&answer))
			}) {
				return q.ID
			}
		}
	}
	return ""
}

// The forms of ask-when that assess/ask-when-lowers refuses do lower a level: each of
// these is refused, and in some world a better answer lowers one.
func TestRefusedAskWhenWouldLower(t *testing.T) {
	const head = "id = \"l\"\nversion = 1\ntitle = \"L\"\n[[level]]\nnumber = 0\nname = \"A\"\n[[level]]\nnumber = 1\nname = \"B\"\n[[dimension]]\nid = \"d\"\ntitle = \"D\"\n[[dimension]]\nid = \"e\"\ntitle = \"E\"\n"
	question := func(id, dimension, more string) string {
		return "[[question]]\nid = \"" + id + "\"\ndimension = \"" + dimension + "\"\nkind = \"level\"\ntext = \"?\"\noption = [{ level = 0, text = \"A\" }, { level = 1, text = \"B\" }]\n" + more
	}
	context := "[[question]]\nid = \"c\"\nkind = \"yes-no\"\ntext = \"?\"\n"
	for name, text := range map[string]string{
		"hidden by a better answer":  head + question("a", "d", "") + question("b", "e", "ask-when = \"a < 1\"\notherwise = \"0\"\n"),
		"counted above its lowest":   head + question("a", "d", "") + question("b", "e", "ask-when = \"a >= 1\"\notherwise = \"1\"\n"),
		"not applicable before":      head + question("a", "d", "") + question("x", "e", "") + question("b", "e", "ask-when = \"a >= 1\"\n"),
		"none becomes true":          head + question("a", "d", "") + question("n", "d", "not-applicable = true\n") + question("x", "e", "") + question("b", "e", "ask-when = \"a >= 1 || n >= 1\"\notherwise = \"0\"\n"),
		"through a context question": head + question("a", "d", "") + context + "ask-when = \"a < 1\"\notherwise = false\n" + question("b", "e", "ask-when = \"c\"\notherwise = \"0\"\n"),
	} {
		file := diag.NewFile("l.toml", []byte(text))
		a, list := parse(file)
		resolved, more := Resolve(file, a)
		if len(list) > 0 || len(more) != 1 || more[0].Code != diag.AssessAskWhenLowers {
			t.Errorf("%s: %v %v", name, list, more)
			continue
		}
		m := resolved.Compile()
		if !lowersByForce(m) {
			t.Errorf("%s: refused, but no better answer lowers a level", name)
		}
	}
}

func lowersByForce(m *Model) bool {
	var complete []Answers
	var fill func(answers Answers, i int)
	fill = func(answers Answers, i int) {
		if i == len(m.Questions) {
			complete = append(complete, slices.Clone(answers))
			return
		}
		domain := everyAnswer(&m.Questions[i])
		if m.Questions[i].NotApplicable {
			domain = append(domain, Answer{State: NotApplicable})
		}
		for _, answer := range domain {
			answers[i] = answer
			fill(answers, i+1)
		}
	}
	fill(m.None(), 0)
	for _, answers := range complete {
		before := newWorld(m, answers)
		for i := range m.Questions {
			q := &m.Questions[i]
			if !q.Scored() || answers[i].State != Answered || q.Level(&answers[i]) > 0 {
				continue
			}
			better := slices.Clone(answers)
			better[i] = Answer{State: Answered, Option: q.option("1")}
			after := newWorld(m, better)
			for d := range m.Dimensions {
				b, bOK := before.Level(d)
				if a, aOK := after.Level(d); aOK && bOK && a < b {
					return true
				}
			}
		}
	}
	return false
}
