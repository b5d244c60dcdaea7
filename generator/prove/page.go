package prove

import (
	"fmt"
	"strings"

	"cairn/generator/assessment"
)

// A Page is what a page of the site says about a proof, in plain words: nothing of it
// is typed by hand.
type Page struct {
	// Assessment and Title name it; Version is what the proof is about.
	Assessment, Title string
	Version           int
	// Questions is their number; Profiles that of ways to answer them, with commas.
	Questions int
	Profiles  string
	// Exact: the number of profiles is exact; if not, there are at most so many.
	Exact bool
	// Complete: everything is proved, nothing failed and nothing is undecided.
	Complete bool
	// Lines say what was proved, one sentence each.
	Lines []Line
	// Method says how, in sentences.
	Method []string
}

// A Line is one thing that was to be proved.
type Line struct {
	// State is proved, failed or undecided.
	State string
	Text  string
}

// Page returns what to say about a proof of an assessment.
func (p *Proof) Page(a *assessment.Assessment) Page {
	page := Page{
		Assessment: p.Assessment, Title: a.Title, Version: p.Version, Questions: len(a.Questions),
		Profiles: grouped(p.Profiles), Exact: !p.AtMost, Complete: true,
	}
	for _, s := range p.Statements {
		if s.All == 0 {
			continue
		}
		line := Line{State: "proved", Text: s.proved()}
		switch {
		case s.Failed > 0:
			line = Line{State: "failed", Text: s.failed()}
		case s.Undecided > 0:
			line = Line{State: "undecided", Text: "Not decided: whether " + lowerFirst(s.proved())}
		}
		page.Complete = page.Complete && line.State == "proved"
		page.Lines = append(page.Lines, line)
	}
	page.Method = p.method(len(a.Questions))
	return page
}

// proved says that a statement holds of everything.
func (s *Statement) proved() string {
	n := s.All
	switch s.Subject {
	case EveryQuestionAsked:
		return each(n, "question", "questions", "is asked of somebody.")
	case EveryLevelReached:
		return fmt.Sprintf("Every level of every dimension, %d in all, is what some answers lead to.", n)
	case EveryOutcomeReached:
		return each(n, "outcome", "outcomes", "is the decision for somebody.")
	case EveryVoteReached:
		return each(n, "vote of a source", "votes of sources", "is cast for somebody.")
	case EveryTargetReached:
		return each(n, "target", "targets", "is the one to aim at for somebody.")
	case EveryAdviceReached:
		return each(n, "piece of advice", "pieces of advice", "is given to somebody.")
	case NoAdviceForAll:
		return "No advice is given to everybody: each hangs on an answer."
	case EverybodyDecided:
		return "Everybody gets a decision, whatever they answer."
	case EverybodyAdvised:
		return "Everybody gets some advice, whatever they answer."
	case NoSourceContradicts:
		return each(n, "source", "sources", "says one thing at a time, or says openly that it says several.")
	case NoSourceLeavesGap:
		return each(n, "source", "sources", "votes in every case, or says openly that it is silent.")
	case BetterNeverLowers:
		return "A better answer never lowers a level."
	}
	return "Every question, option and figure changes something."
}

// failed says of how many a statement does not hold.
func (s *Statement) failed() string {
	n := s.Failed
	switch s.Subject {
	case EveryQuestionAsked:
		return some(n, "question is", "questions are", "asked of nobody.")
	case EveryLevelReached:
		return some(n, "level of a dimension is", "levels of dimensions are", "what no answers lead to.")
	case EveryOutcomeReached:
		return some(n, "outcome is", "outcomes are", "never the decision.")
	case EveryVoteReached:
		return some(n, "vote of a source is", "votes of sources are", "never cast.")
	case EveryTargetReached:
		return some(n, "target is", "targets are", "never the one to aim at.")
	case EveryAdviceReached:
		return some(n, "piece of advice is", "pieces of advice are", "given to nobody.")
	case NoAdviceForAll:
		return some(n, "piece of advice is", "pieces of advice are", "given to everybody.")
	case EverybodyDecided:
		return "Some answers lead to no decision."
	case EverybodyAdvised:
		return "Some answers lead to no advice."
	case NoSourceContradicts:
		return some(n, "source says", "sources say", "two things at once.")
	case NoSourceLeavesGap:
		return some(n, "source has", "sources have", "cases in which nothing is said, not even that it is silent.")
	case BetterNeverLowers:
		return some(n, "question has", "questions have", "levels that go up and then down.")
	}
	return some(n, "question or figure changes", "questions or figures change", "nothing.")
}

func each(n int, one, many, does string) string {
	if n == 1 {
		return "The one " + one + " " + does
	}
	return fmt.Sprintf("Each of the %d %s %s", n, many, does)
}

func some(n int, one, many, does string) string {
	if n == 1 {
		return "One " + one + " " + does
	}
	return fmt.Sprintf("%d %s %s", n, many, does)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// method says how it was proved.
func (p *Proof) method(questions int) []string {
	m := p.Method
	exactly := "exactly"
	if p.AtMost {
		exactly = "at most"
	}
	list := []string{
		fmt.Sprintf("The questions (%d) can be answered in %s %s ways, counting only those that are asked. A proof speaks of all of them; a counterexample, if there is one, is shown.", questions, exactly, grouped(p.Profiles)),
		fmt.Sprintf("They are not tried one by one. Questions that do not hang together, by a dimension or by whether they are asked, are looked at apart, and answers that no condition tells apart count as one. What each group can lead to is listed in full (%d lists, the largest made in %d steps); %d searches then look for a way to join them that would break a rule, and find none where something is proved.", m.Components, m.States, m.Searches),
	}
	if m.Boxed > 0 {
		list = append(list, fmt.Sprintf("In %d cases a group was too large to be listed. There the answers were parted into ranges, and each range was shown to hold or parted again.", m.Boxed))
	}
	return append(list, "Each search has a budget. What is not known when it is spent is called undecided, never proved.")
}

// grouped writes a number with commas between thousands.
func grouped(digits string) string {
	var b strings.Builder
	for k, digit := range digits {
		if k > 0 && (len(digits)-k)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return b.String()
}
