package assessment

import (
	"fmt"
	"slices"
	"strings"

	"cairn/generator/diag"
)

// Expect runs the expectations of an assessment: each must be settled as it says
// (SEMANTICS.md 15). An open item fails, and the message names its support.
func (m *Model) Expect(file *diag.File) diag.List {
	var list diag.List
	for i := range m.expectations {
		e := &m.expectations[i]
		r := m.Evaluate(e.answers(m))
		for _, check := range e.checks {
			if bad := m.fails(r, &check); bad != "" {
				list.Add(file.At(check.start, check.end, diag.AssessExpectation, fmt.Sprintf("%s: %s", e.name, bad), "change the rule, or the test"))
			}
		}
	}
	return list
}

// openOn says on which questions an item is open.
func openOn(item *Item) string {
	questions := append(slices.Clone(item.Unanswered), item.DontKnow...)
	if len(questions) == 0 {
		return "is open"
	}
	return "is open on " + strings.Join(questions, ", ")
}

// fails says why an expectation is not met, or nothing.
func (m *Model) fails(r *Result, check *expected) string {
	switch check.kind {
	case expectAdvice, expectNever:
		advice := &r.Advice[check.index]
		switch {
		case advice.Verdict == Open:
			return fmt.Sprintf("the advice %q %s", advice.ID, openOn(&advice.Item))
		case check.kind == expectAdvice && advice.Verdict == NotGiven:
			return fmt.Sprintf("the advice %q is not given", advice.ID)
		case check.kind == expectNever && advice.Verdict == Given:
			return fmt.Sprintf("the advice %q is given", advice.ID)
		}
	case expectOutcome, expectNotOutcome:
		d, want := r.Decision, m.Outcomes[check.index].ID
		possible := slices.Contains(d.Candidates, want)
		switch {
		case check.kind == expectOutcome && d.Outcome == want, check.kind == expectNotOutcome && !possible:
			return ""
		case d.Outcome != "":
			return fmt.Sprintf("the decision is %q", d.Outcome)
		case check.kind == expectOutcome && !possible:
			return fmt.Sprintf("the decision is not %q, but one of %s", want, strings.Join(d.Candidates, ", "))
		}
		candidates := strings.Join(d.Candidates, ", ")
		if d.None {
			candidates += " or none at all"
		}
		return fmt.Sprintf("the decision %s; it could be %s", openOn(&d.Item), candidates)
	case expectVote:
		return failsVote(m, r, check)
	case expectLevel:
		d := &r.Dimensions[check.index]
		if d.Ladder.Low == nil {
			return fmt.Sprintf("%s has no score", d.ID)
		}
		low, high := levelHolds(check.sign, int(*d.Ladder.Low), check.level), levelHolds(check.sign, int(*d.Ladder.High), check.level)
		between := check.sign != "==" && check.sign != "!=" || *d.Ladder.Low == *d.Ladder.High
		switch {
		case low && high && between && !d.Ladder.None:
			return ""
		case *d.Ladder.Low == *d.Ladder.High && !d.Ladder.None:
			return fmt.Sprintf("%s is at level %d", d.ID, int(*d.Ladder.Low))
		}
		return fmt.Sprintf("the level of %s %s; it is between %d and %d", d.ID, openOn(&d.Item), int(*d.Ladder.Low), int(*d.Ladder.High))
	}
	return ""
}

func levelHolds(sign string, level, constant int) bool {
	switch sign {
	case "<":
		return level < constant
	case "<=":
		return level <= constant
	case ">":
		return level > constant
	case ">=":
		return level >= constant
	case "==":
		return level == constant
	}
	return level != constant
}

func failsVote(m *Model, r *Result, check *expected) string {
	source := &r.Votes[check.index]
	var says []string
	for _, vote := range source.Votes {
		if vote.Verdict == Open {
			return fmt.Sprintf("what %s says %s", source.Source, openOn(&source.Item))
		}
	}
	for _, id := range source.Says {
		if id != Silent && !slices.Contains(says, id) {
			says = append(says, id)
		}
	}
	var want []string
	for _, o := range check.outcomes {
		want = append(want, m.Outcomes[o].ID)
	}
	slices.Sort(says)
	slices.Sort(want)
	if slices.Equal(says, want) {
		return ""
	}
	if len(says) == 0 {
		says = []string{Silent}
	}
	return fmt.Sprintf("%s says %s", source.Source, strings.Join(says, ", "))
}
