package prove

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/expr"
	"cairn/generator/record"
)

// Diagnostics turns what was found into diagnostics about the assessment's file, from
// which the proof's model was compiled.
func (p *Proof) Diagnostics(file *diag.File, a *assessment.Assessment) diag.List {
	w := &writer{file: file, a: a, d: a.Document}
	for i := range p.Findings {
		w.finding(&p.Findings[i])
	}
	return w.list
}

type writer struct {
	file *diag.File
	a    *assessment.Assessment
	d    *assessment.Document
	list diag.List
}

func (w *writer) finding(f *Finding) {
	start, end := w.place(f)
	message, hint := w.words(f)
	d := w.file.At(start, end, f.Code, message, hint)
	for _, other := range f.Others {
		at, _ := w.element(other)
		d = d.Also(w.file.Path, w.file.Position(at), w.name(other))
	}
	for _, note := range f.Notes {
		if note.Kind == NoteAskWhen {
			d = d.Also(w.file.Path, w.file.Position(w.d.Questions[note.Question].AskWhen.Start), "the ask-when of "+w.a.Questions[note.Question].ID)
		}
	}
	w.list.Add(d)
}

// place is where a finding is shown: the clauses, if they contradict; else the
// condition or id that is at fault.
func (w *writer) place(f *Finding) (start, end int) {
	q := f.Element.Index
	switch f.Code {
	case diag.AssessLevelOrder: // the option whose level turns
		if level := w.d.Questions[q].Options[f.Element.Part].Level; level.Set {
			return level.Start, level.End
		}
	case diag.AssessBandsTurn:
		if level := w.d.Questions[q].Bands[f.Element.Part].Level; level.Set {
			return level.Start, level.End
		}
	}
	when := w.when(f.Element)
	if len(f.Clauses) > 0 && when.Set && f.Clauses[0].End > 0 {
		source := expr.SourceAt(w.file, when.Start, when.End, when.Value)
		first, last := f.Clauses[0].Start, f.Clauses[0].End
		for _, c := range f.Clauses {
			first, last = min(first, c.Start), max(last, c.End)
		}
		at := source.At(first, last, f.Code, "", "")
		return w.file.Offset(at.Start), w.file.Offset(at.End)
	}
	return w.element(f.Element)
}

// element is the place of an element: of its condition, or else of its id.
func (w *writer) element(e Element) (start, end int) {
	of := func(list ...record.String) (int, int) {
		for _, s := range list {
			if s.Set {
				return s.Start, s.End
			}
		}
		return 0, 0
	}
	switch e.Kind {
	case QuestionElement:
		return of(w.d.Questions[e.Index].ID)
	case DimensionElement:
		return of(w.d.Dimensions[e.Index].ID)
	case ValueElement:
		return of(w.d.Values[e.Index].Compute)
	case OutcomeElement:
		return of(w.d.Outcomes[e.Index].ID)
	case VoteElement:
		return of(w.d.Votes[e.Index].When, w.d.Votes[e.Index].Outcome)
	case TargetElement:
		return of(w.d.Targets[e.Index].When, w.d.Targets[e.Index].Dimension)
	}
	return of(w.d.Advice[e.Index].ID)
}

// when is the condition of an element.
func (w *writer) when(e Element) record.String {
	switch e.Kind {
	case QuestionElement:
		return w.d.Questions[e.Index].AskWhen
	case OutcomeElement:
		return w.d.Outcomes[e.Index].When
	case VoteElement:
		return w.d.Votes[e.Index].When
	case TargetElement:
		return w.d.Targets[e.Index].When
	case AdviceElement:
		return w.d.Advice[e.Index].When
	}
	return record.String{}
}

// name names an element in a message.
func (w *writer) name(e Element) string {
	switch e.Kind {
	case QuestionElement:
		return "the question " + quote(w.a.Questions[e.Index].ID)
	case DimensionElement:
		return "the dimension " + quote(w.a.Dimensions[e.Index].ID)
	case ValueElement:
		return "the value " + quote(w.a.Values[e.Index].ID)
	case OutcomeElement:
		return "the outcome " + quote(w.a.Outcomes[e.Index].ID)
	case VoteElement:
		v := &w.a.Votes[e.Index]
		return fmt.Sprintf("the vote of %s for %s", quote(v.Source), quote(v.Outcome))
	case TargetElement:
		t := &w.a.Targets[e.Index]
		return fmt.Sprintf("the target of level %d for %s", t.Level, quote(t.Dimension))
	}
	return "the advice " + quote(w.a.Advice[e.Index].ID)
}

func quote(s string) string { return `"` + s + `"` }

// clauses writes the clauses of a finding; each, or its opposite where that is meant.
func (w *writer) clauses(f *Finding) []string {
	var clauses []string
	text := w.when(f.Element).Value
	for _, c := range f.Clauses {
		clause := ""
		if c.End > 0 && c.End <= len(text) {
			clause = text[c.Start:c.End]
		} else if f.Element.Kind == AdviceElement {
			advice := &w.a.Advice[f.Element.Index]
			clause = fmt.Sprintf("level(%s) == %d", advice.Dimension, advice.Step-1)
		}
		if c.Negated {
			clause = not(clause)
		}
		if !slices.Contains(clauses, clause) {
			clauses = append(clauses, clause)
		}
	}
	return clauses
}

// not writes the opposite of a condition.
func not(clause string) string {
	name := strings.IndexFunc(clause, func(r rune) bool { return r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if call := name > 0 && clause[name] == '(' && strings.IndexByte(clause, ')') == len(clause)-1; name < 0 || call {
		return "!" + clause
	}
	return "!(" + clause + ")"
}

// always says why a condition holds for everybody.
func (w *writer) always(f *Finding) string {
	switch clauses := w.clauses(f); len(clauses) {
	case 0:
		return ""
	case 1:
		return ": " + clauses[0] + " always holds"
	default:
		return ": one of " + join(clauses, "and") + " always holds"
	}
}

// never says why a condition holds for nobody.
func (w *writer) never(f *Finding) string {
	clauses := w.clauses(f)
	var others []string
	for _, e := range f.Others {
		others = append(others, w.short(e))
	}
	before := join(others, "or")
	if len(others) > 1 {
		before = "one of " + join(others, "and")
	}
	switch {
	case len(others) > 0 && len(clauses) == 0:
		return before + ", which stands before it, always holds"
	case len(others) > 0:
		return fmt.Sprintf("wherever %s holds, %s before it holds too", join(clauses, "and"), before)
	case len(clauses) == 0:
		return "its condition is never true"
	case len(clauses) == 1:
		return clauses[0] + " never holds"
	case len(clauses) == 2:
		return fmt.Sprintf("%s cannot both hold", join(clauses, "and"))
	}
	return fmt.Sprintf("%s cannot all hold", join(clauses, "and"))
}

// short names an element among others of its kind.
func (w *writer) short(e Element) string {
	if e.Kind == OutcomeElement {
		return quote(w.a.Outcomes[e.Index].ID)
	}
	return w.name(e)
}

// notes says what of the questionnaire is behind a contradiction.
func (w *writer) notes(f *Finding) string {
	var list []string
	for _, n := range f.Notes {
		q := &w.a.Questions[n.Question]
		switch n.Kind {
		case NoteAskWhen:
			list = append(list, fmt.Sprintf("%s is asked only when %s", q.ID, q.AskWhen))
		case NoteExclusive:
			list = append(list, fmt.Sprintf("the option %s of %s is exclusive: it stands alone", q.Options[n.Option].ID, q.ID))
		case NoteHolds:
			list = append(list, fmt.Sprintf("the level of %s is never above that of its question %s", w.a.Dimensions[n.Dimension].ID, q.ID))
		}
	}
	return strings.Join(list, "; ")
}

// or is the notes, before what to do.
func (w *writer) or(f *Finding, hint string) string {
	if notes := w.notes(f); notes != "" {
		return notes + "; " + hint
	}
	return hint
}

// profile writes a counterexample.
func (w *writer) profile(f *Finding) string {
	text := strings.Join(f.Profile, ", ")
	if text == "" {
		text = "whatever is answered"
	}
	if f.Example {
		text += ", and others answered in a certain way"
	}
	return text
}

// when is how to ask for the profiles of a finding in a condition.
func when(f *Finding) string {
	if f.When == "" {
		return ""
	}
	return ", with when = " + quote(f.When)
}

func (w *writer) words(f *Finding) (message, hint string) {
	name := w.name(f.Element)
	switch f.Code {
	case diag.AssessDeadAdvice:
		return fmt.Sprintf("nobody can get %s: %s", name, w.never(f)), w.or(f, "change one of these conditions, or remove the advice")
	case diag.AssessDeadOutcome:
		hint := "change one of these conditions, or remove the outcome"
		if len(f.Others) > 0 {
			hint = "move it up, before what it is meant to be an exception to, or narrow the conditions there"
		}
		return fmt.Sprintf("%s is never the decision: %s", name, w.never(f)), w.or(f, hint)
	case diag.AssessDeadVote:
		return fmt.Sprintf("%s is never cast: %s", name, w.never(f)), w.or(f, "change one of these conditions, or remove the vote")
	case diag.AssessDeadTarget:
		hint := "change one of these conditions, or remove the target"
		if len(f.Others) > 0 {
			hint = "move it up, or narrow the conditions of those before it"
		}
		return fmt.Sprintf("%s is never the one to aim at: %s", name, w.never(f)), w.or(f, hint)
	case diag.AssessDeadQuestion:
		return fmt.Sprintf("nobody is asked %s: %s", name, w.never(f)), w.or(f, "change one of these conditions, or remove the question")
	case diag.AssessDeadLevel:
		return fmt.Sprintf("nobody can have level %d in %s; its questions lead to level %s alone", f.Element.Part, name, join(f.Words, "or")),
			fmt.Sprintf("give one of its questions an option of level %d and one above it, or leave the level out of the ladder", f.Element.Part)
	case diag.AssessConstantAdvice:
		who := "everybody gets %s, whatever is answered"
		if f.Scored {
			who = "everybody whose dimensions all have a score gets %s, whatever else is answered"
		}
		return fmt.Sprintf(who, name) + w.always(f), w.or(f, "let its condition hang on an answer, or move it into the text that everybody reads")
	case diag.AssessConstantAskWhen:
		return fmt.Sprintf("%s is always asked, whatever is answered", name) + w.always(f), w.or(f, "leave ask-when out, or correct it")
	case diag.AssessConstantQuestion:
		return fmt.Sprintf("every answer to %s stands for the same level, so it changes nothing", name), "give its answers different levels, or leave out its dimension"
	case diag.AssessConstantValue:
		if len(f.Words) == 0 {
			return fmt.Sprintf("%s is never a number: what it reads never applies, or it divides by zero", name), "correct compute, or remove the value"
		}
		return fmt.Sprintf("%s is %s, whatever is answered", name, f.Words[0]), "let it depend on an answer, or write the figure into the text"
	case diag.AssessNobodyDecided:
		return fmt.Sprintf("no outcome holds for these profiles: %s", w.profile(f)), "add an outcome for them" + when(f) + ", or a last one without when"
	case diag.AssessNobodyAdvised:
		return fmt.Sprintf("no advice is given to these profiles: %s", w.profile(f)), "add advice for them" + when(f) + "; or let some advice that there is include them"
	case diag.AssessUnscoredUnadvised:
		return fmt.Sprintf("no advice is given to these profiles, which have no score in some dimension: %s", w.profile(f)), "add advice for them" + when(f) + ", or allow fewer not-applicable answers"
	case diag.AssessVoteContradicts:
		this, other := &w.a.Votes[f.Element.Index], &w.a.Votes[f.Others[0].Index]
		hint := fmt.Sprintf("narrow one of the conditions; or, if the source names both, write also = [%q] here and also = [%q] there", other.Outcome, this.Outcome)
		if this.Outcome == assessment.Silent || other.Outcome == assessment.Silent {
			hint = "narrow one of the conditions: a source that votes is not silent"
		}
		return fmt.Sprintf("%s votes for %s and for %s at once: %s", quote(this.Source), quote(other.Outcome), quote(this.Outcome), w.profile(f)), hint
	case diag.AssessVoteGap:
		return fmt.Sprintf("no vote of %s holds for these profiles: %s", quote(w.a.Votes[f.Element.Index].Source), w.profile(f)),
			"add its vote for them" + when(f) + "; or, if it does not speak of them, a vote with outcome = \"silent\""
	case diag.AssessLevelOrder:
		q := &w.a.Questions[f.Element.Index]
		k := f.Element.Part
		return fmt.Sprintf("the levels of %s turn round: %s stands for level %d, and %s after it for level %d", name, option(q, k-1), q.Options[k-1].Level, option(q, k), q.Options[k].Level),
			"put the options in the order of their levels, or correct a level; options without an order are of kind choice"
	case diag.AssessBandsTurn:
		q := &w.a.Questions[f.Element.Index]
		k := f.Element.Part
		return fmt.Sprintf("the levels of the bands of %s turn round: %s stands for level %d, and %s after it for level %d",
			name, band(q.Bands[k-1]), q.Bands[k-1].Level, band(q.Bands[k]), q.Bands[k].Level), "correct a level, or ask in two questions"
	case diag.AssessUnusedQuestion:
		return fmt.Sprintf("nothing depends on %s: it is not scored, and no condition or value mentions it", name), "mention it in a condition, or do not ask it"
	case diag.AssessUnusedOption:
		if len(f.Words) == 1 {
			return fmt.Sprintf("no condition asks for the option %s of %s, so choosing it changes nothing", f.Words[0], name), "mention it in a condition, or leave it out"
		}
		return fmt.Sprintf("no condition mentions the options %s of %s, so it makes no difference which of them is chosen", join(f.Words, "and"), name), "join them into one, or mention them in a condition"
	}
	return fmt.Sprintf("it could not be decided within the budget whether %s", undecidedWords(Subject(f.Words[0]), name)),
		"compare numbers with constants rather than with one another, or part the condition"
}

// option names an option: the third option "some".
func option(q *assessment.Question, k int) string {
	return fmt.Sprintf("option %d, %s,", k+1, quote(q.Options[k].ID))
}

func band(b assessment.Band) string {
	if b.From == b.To {
		return decimal(b.From)
	}
	return decimal(b.From) + " to " + decimal(b.To)
}

// undecidedWords says what is not known.
func undecidedWords(s Subject, name string) string {
	switch s {
	case EveryQuestionAsked:
		return "somebody is asked " + name
	case EveryLevelReached:
		return "every level of " + name + " can be reached"
	case EveryOutcomeReached:
		return name + " is ever the decision"
	case EveryVoteReached:
		return name + " is ever cast"
	case EveryTargetReached:
		return name + " is ever the one to aim at"
	case EveryAdviceReached:
		return "anybody gets " + name
	case NoAdviceForAll:
		return "everybody gets " + name
	case EverybodyDecided:
		return "everybody gets a decision"
	case EverybodyAdvised:
		return "everybody gets advice"
	case NoSourceContradicts:
		return name + " contradicts another of the same source"
	}
	return "the source of " + name + " says something to everybody"
}
