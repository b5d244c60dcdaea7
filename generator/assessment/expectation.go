package assessment

import (
	"fmt"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// An Expectation is a test as plain data: its name.
type Expectation struct {
	Name  string
	Place Place
}

func (b *builder) expectations() {
	b.limit(len(b.document.Expectations), maxRules*4, "expectations", b.document.At)
	for _, e := range b.document.Expectations {
		b.a.Expectations = append(b.a.Expectations, Expectation{Name: e.Name.Value, Place: placeOf(e.At)})
	}
}

// expectation is a test with everything tied to indexes.
type expectation struct {
	name   string
	given  Answers
	rest   string // "", "lowest", "highest" or "level"
	level  int
	checks []expected
}

// expected is one thing a test expects, with its place.
type expected struct {
	start, end int
	kind       expectedKind
	index      int   // of advice, outcome, source or dimension
	outcomes   []int // of votes: what the source must say; empty for silent
	sign       string
	level      int
	text       string
}

type expectedKind int

const (
	expectAdvice expectedKind = iota
	expectNever
	expectOutcome
	expectNotOutcome
	expectVote
	expectLevel
)

func (r *resolver) expectations() {
	for i := range r.d.Expectations {
		r.out.expected = append(r.out.expected, r.expectation(&r.d.Expectations[i]))
	}
}

// known returns the index of an id, or reports it.
func (r *resolver) known(word string, start, end int, ids []string, what string) (int, bool) {
	if i := slices.Index(ids, word); i >= 0 {
		return i, true
	}
	if !nameless(ids) {
		r.report(start, end, diag.AssessUnknownID, fmt.Sprintf("there is no %s %q", what, word), possibleIDs(word, ids))
	}
	return 0, false
}

func (r *resolver) expectation(d *ExpectDocument) expectation {
	e := expectation{name: d.Name.Value, given: make(Answers, len(r.a.Questions))}
	r.given(d, &e)
	r.rest(d, &e)
	advice, outcomes := idsOf(r.a.Advice, adviceID), idsOf(r.a.Outcomes, outcomeID)
	add := func(text record.String, kind expectedKind, ids []string, what string) {
		if i, ok := r.known(text.Value, text.Start, text.End, ids, what); text.Set && ok {
			e.checks = append(e.checks, expected{start: text.Start, end: text.End, kind: kind, index: i, text: text.Value})
		}
	}
	for _, text := range d.Advice.Value {
		add(text, expectAdvice, advice, "advice")
	}
	for _, text := range d.Never.Value {
		add(text, expectNever, advice, "advice")
	}
	if d.Outcome.Set {
		add(d.Outcome, expectOutcome, outcomes, "outcome")
	}
	if d.NotOutcome.Set {
		add(d.NotOutcome, expectNotOutcome, outcomes, "outcome")
	}
	r.expectedVotes(d, &e)
	r.expectedLevels(d, &e)
	if len(e.checks) == 0 && !r.list.HasErrors() {
		r.report(d.Start, d.End, diag.AssessIncomplete, "this test expects nothing", "write outcome, advice, never, votes or levels")
	}
	return e
}

// table reports a value that is no table.
func (r *resolver) table(v *record.Value, key string) []record.Field {
	if v == nil {
		return nil
	}
	if v.Kind != record.TableKind {
		r.report(v.Start, v.End, diag.AssessGiven, fmt.Sprintf("%s is a table", key), fmt.Sprintf("write %s = { id = … }", key))
		return nil
	}
	return v.Fields
}

func (r *resolver) given(d *ExpectDocument, e *expectation) {
	ids := idsOf(r.a.Questions, questionID)
	for _, field := range r.table(d.Given, "given") {
		i, ok := r.known(field.Key, field.Start, field.End, ids, "question")
		if !ok {
			continue
		}
		if r.a.Questions[i].broken() {
			continue
		}
		q := compileQuestion(&r.a.Questions[i], -1)
		answer, bad := answerOf(&q, field.Value)
		if bad != nil {
			r.report(field.Value.Start, field.Value.End, diag.AssessGiven, bad.message, bad.hint)
		}
		e.given[i] = answer
	}
}

func (r *resolver) rest(d *ExpectDocument, e *expectation) {
	switch v := d.Rest; {
	case v == nil:
	case v.Kind == record.StringKind && (v.Text == "lowest" || v.Text == "highest"):
		e.rest = v.Text
	case v.Kind == record.IntegerKind && v.Integer >= 0 && int(v.Integer) <= r.a.Top():
		e.rest, e.level = "level", int(v.Integer)
	default:
		r.report(v.Start, v.End, diag.AssessGiven, "rest says how the other scored questions are answered", fmt.Sprintf(`write "lowest", "highest" or a level from 0 to %d`, r.a.Top()))
	}
}

func (r *resolver) expectedVotes(d *ExpectDocument, e *expectation) {
	var sources []string
	for _, v := range r.a.Votes {
		if !slices.Contains(sources, v.Source) {
			sources = append(sources, v.Source)
		}
	}
	outcomes := append(idsOf(r.a.Outcomes, outcomeID), Silent)
	for _, field := range r.table(d.Votes, "votes") {
		source, ok := r.known(field.Key, field.Start, field.End, sources, "source that votes")
		if !ok {
			continue
		}
		items := []*record.Value{field.Value}
		if field.Value.Kind == record.ListKind {
			items = field.Value.Items
		}
		check := expected{start: field.Value.Start, end: field.Value.End, kind: expectVote, index: source, text: field.Key}
		for _, item := range items {
			if i, ok := r.known(item.Text, item.Start, item.End, outcomes, "outcome"); ok && i < len(r.a.Outcomes) {
				check.outcomes = append(check.outcomes, i)
			}
		}
		slices.Sort(check.outcomes)
		e.checks = append(e.checks, check)
	}
}

func (r *resolver) expectedLevels(d *ExpectDocument, e *expectation) {
	for _, field := range r.table(d.Levels, "levels") {
		i, ok := r.known(field.Key, field.Start, field.End, idsOf(r.a.Dimensions, dimensionID), "dimension")
		if !ok {
			continue
		}
		sign, level, good := comparison(field.Value)
		if !good || level > r.a.Top() {
			r.report(field.Value.Start, field.Value.End, diag.AssessGiven, "a level is expected as a comparison", `write ">= 2" or "== 1"`)
			continue
		}
		e.checks = append(e.checks, expected{start: field.Value.Start, end: field.Value.End, kind: expectLevel, index: i, sign: sign, level: level, text: field.Key})
	}
}

// comparison reads ">= 2", or 2 for "== 2".
func comparison(v *record.Value) (sign string, level int, ok bool) {
	if v.Kind == record.IntegerKind && v.Integer >= 0 && v.Integer < 10 {
		return "==", int(v.Integer), true
	}
	text := strings.TrimSpace(v.Text)
	for _, sign := range []string{">=", "<=", "==", "!=", "<", ">"} {
		if rest, found := strings.CutPrefix(text, sign); found && v.Kind == record.StringKind {
			rest = strings.TrimSpace(rest)
			if len(rest) == 1 && rest[0] >= '0' && rest[0] <= '9' {
				return sign, int(rest[0] - '0'), true
			}
			return "", 0, false
		}
	}
	return "", 0, false
}

// answers fills in the rest: the scored questions that are not given.
func (e *expectation) answers(m *Model) Answers {
	answers := slices.Clone(e.given)
	for i := range m.Questions {
		q := &m.Questions[i]
		if answers[i].State != Unanswered || !q.Scored() || e.rest == "" {
			continue
		}
		level := e.level
		switch e.rest {
		case "lowest":
			level = q.Lowest
		case "highest":
			level = q.Top
		}
		answers[i] = q.atMost(level)
	}
	return answers
}

// atMost is the first answer of the highest level that is at most the given one; or
// of the lowest level.
func (q *ModelQuestion) atMost(level int) Answer {
	best := Answer{}
	for _, answer := range q.choices() {
		l := q.Level(&answer)
		if best.State == Unanswered || l <= level && (l > q.Level(&best) || q.Level(&best) > level) || l < q.Level(&best) && q.Level(&best) > level {
			best = answer
		}
	}
	return best
}

// choices are the answers that are tried: every option; of a number, the first of
// each cell; of a set, a set for each count: the first options.
func (q *ModelQuestion) choices() []Answer {
	var list []Answer
	switch q.Kind {
	case KindNumber:
		for _, n := range q.Cells {
			list = append(list, Answer{State: Answered, Number: n})
		}
	case KindMany:
		list = append(list, Answer{State: Answered})
		var set uint64
		for i, option := range q.Options {
			if !option.Exclusive {
				set |= 1 << i
				list = append(list, Answer{State: Answered, Options: set})
			}
		}
	default:
		for i := range q.Options {
			list = append(list, Answer{State: Answered, Option: i})
		}
	}
	return list
}
