package assessment

import (
	"fmt"
	"slices"
	"strconv"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// Limits that keep an assessment small enough to prove and to send.
const (
	maxQuestions = 500
	maxOptions   = 40
	maxRules     = 500 // outcomes, votes, targets, advice, values: of each
	maxWords     = 20  // of an option
	maxShort     = 14  // letters of a dimension's short name
)

// reserved words cannot name what expressions mention.
var reserved = []string{"in", "true", "false", "not", "and", "or", "is", "yes", "no"}

// Read decodes an assessment file. The document is never nil.
func Read(file *diag.File) (*Document, diag.List) {
	document := &Document{}
	value, list := record.Parse(file, record.TOML, 0, len(file.Text))
	if value == nil {
		return document, list
	}
	list = append(list, record.Decode(file, value, document, record.DecodeOptions{})...)
	document.keepNames(value)
	return document, list
}

// Load reads an assessment and compiles it. The model is nil if there are errors.
func Load(file *diag.File) (*Assessment, *Model, diag.List) {
	a, list := parse(file)
	resolved, more := Resolve(file, a)
	list = append(list, more...)
	if list.HasErrors() {
		return a, nil, list
	}
	return a, resolved.Compile(), list
}

func parse(file *diag.File) (*Assessment, diag.List) {
	document, list := Read(file)
	b := &builder{file: file, document: document, list: list, a: &Assessment{Path: file.Path, Document: document}}
	b.build()
	return b.a, b.list
}

// A builder makes plain data from a document and reports what does not fit.
type builder struct {
	file     *diag.File
	document *Document
	list     diag.List
	a        *Assessment
	ids      map[string]place // of questions, dimensions and values
}

type place struct {
	start, end int
	what       string
}

func (b *builder) report(start, end int, code diag.Code, message, hint string) {
	b.list.Add(b.file.At(start, end, code, message, hint))
}

func at[T any](of record.Of[T]) (start, end int) { return of.Start, of.End }

// or returns the place of a value, or of its table if the value is not there.
func or[T any](of record.Of[T], table record.At) (start, end int) {
	if of.Set {
		return of.Start, of.End
	}
	return table.Start, table.End
}

func texts(of record.Strings) []string {
	var list []string
	for _, text := range of.Value {
		list = append(list, text.Value)
	}
	return list
}

func placeOf(at record.At) Place { return Place{at.Start, at.End} }

func (b *builder) build() {
	d := b.document
	b.a.ID, b.a.Version = d.ID.Value, d.Version.Value
	b.a.Title, b.a.Description, b.a.Introduction = d.Title.Value, d.Description.Value, d.Introduction.Value
	b.a.Group, b.a.Order = d.Group.Value, d.Order.Value
	b.ids = map[string]place{}
	b.levels()
	b.dimensions()
	b.questions()
	b.values()
	b.rules()
	b.advice()
	b.benchmarks()
	b.expectations()
	b.migrations()
}

// unique reports an id that another thing of the same space has.
func (b *builder) unique(ids map[string]place, id record.String, what string) {
	if !id.Set || id.Value == "" {
		return
	}
	if first, ok := ids[id.Value]; ok {
		d := b.file.At(id.Start, id.End, diag.AssessRepeatedID, fmt.Sprintf("the id %q is taken by another %s", id.Value, first.what), "give each its own id")
		b.list.Add(d.Also(b.file.Path, b.file.Position(first.start), "first used here"))
		return
	}
	ids[id.Value] = place{id.Start, id.End, what}
}

func (b *builder) limit(count, most int, what string, at record.At) {
	if count > most {
		b.report(at.Start, at.End, diag.AssessTooLarge, fmt.Sprintf("there are %d %s, and %d is the most", count, what, most), "leave some out, or make two of it")
	}
}

func (b *builder) levels() {
	for i, l := range b.document.Levels {
		if l.Number.Set && !l.Number.Bad && l.Number.Value != i {
			start, end := at(l.Number)
			b.report(start, end, diag.AssessLevels, fmt.Sprintf("level %d stands in the place of level %d", l.Number.Value, i), "number the levels 0, 1, 2 … in order")
		}
		b.a.Levels = append(b.a.Levels, Level{Number: i, Name: l.Name.Value, Description: l.Description.Value, Place: placeOf(l.At)})
	}
	if len(b.document.Dimensions) > 0 && len(b.document.Levels) < 2 {
		d := b.document.Dimensions[0]
		b.report(d.Start, d.End, diag.AssessLevels, "there are dimensions, but no ladder of at least two levels", "add [[level]] tables from number 0")
	}
}

// inLadder reports a level that the ladder does not have.
func (b *builder) inLadder(level record.Integer) bool {
	if !level.Set || level.Value >= 0 && level.Value <= b.a.Top() {
		return true
	}
	b.report(level.Start, level.End, diag.AssessLevelRange, fmt.Sprintf("the ladder has no level %d", level.Value), fmt.Sprintf("levels go from 0 to %d", b.a.Top()))
	return false
}

func (b *builder) dimensions() {
	for _, d := range b.document.Dimensions {
		b.unique(b.ids, d.ID, "dimension")
		b.name(d.ID)
		short := d.Short.Value
		if !d.Short.Set {
			short = d.Title.Value
		}
		if len([]rune(short)) > maxShort {
			start, end := or(d.Short, d.At)
			b.report(start, end, diag.AssessShort, fmt.Sprintf("%q is longer than %d letters, so the chart has no room for it", short, maxShort), `write short = "…" with at most 14 letters`)
		}
		b.a.Dimensions = append(b.a.Dimensions, Dimension{ID: d.ID.Value, Title: d.Title.Value, Short: short, Guide: d.Guide.Value, Description: d.Description.Value, Place: placeOf(d.At)})
	}
}

// name reports an id that expressions could not mention.
func (b *builder) name(id record.String) {
	if slices.Contains(reserved, id.Value) {
		b.report(id.Start, id.End, diag.AssessReservedID, fmt.Sprintf("%q has a meaning of its own in conditions", id.Value), "choose another id")
	}
}

// find reports an id that refers to nothing, and returns its index or -1.
func find[T any](b *builder, ref record.String, list []T, id func(*T) string, what string) int {
	if !ref.Set {
		return -1
	}
	ids := idsOf(list, id)
	if i := slices.Index(ids, ref.Value); i >= 0 || nameless(ids) {
		return i
	}
	b.report(ref.Start, ref.End, diag.AssessUnknownID, fmt.Sprintf("there is no %s %q", what, ref.Value), possibleIDs(ref.Value, ids))
	return -1
}

func dimensionID(d *Dimension) string { return d.ID }
func questionID(q *Question) string   { return q.ID }
func valueID(v *Value) string         { return v.ID }
func outcomeID(o *Outcome) string     { return o.ID }
func adviceID(a *Advice) string       { return a.ID }

func (b *builder) values() {
	b.limit(len(b.document.Values), maxRules, "values", b.document.At)
	for _, v := range b.document.Values {
		b.unique(b.ids, v.ID, "value")
		b.name(v.ID)
		kind := v.Type.Value
		if kind == "" {
			kind = "number"
		}
		b.a.Values = append(b.a.Values, Value{
			ID: v.ID.Value, Title: v.Title.Value, Compute: v.Compute.Value, Type: kind, Unit: v.Unit.Value, Places: v.Places.Value,
			Note: v.Note.Value, Sources: texts(v.Sources), Own: v.Own.Value, Place: placeOf(v.At),
		})
	}
}

// rules builds outcomes, votes and targets.
func (b *builder) rules() {
	d := b.document
	b.limit(len(d.Outcomes), maxRules, "outcomes", d.At)
	b.limit(len(d.Votes), maxRules, "votes", d.At)
	b.limit(len(d.Targets), maxRules, "targets", d.At)
	ids := map[string]place{}
	for _, o := range d.Outcomes {
		b.unique(ids, o.ID, "outcome")
		if o.ID.Value == Silent {
			b.report(o.ID.Start, o.ID.End, diag.AssessReservedID, `"silent" is what a source votes that says nothing`, "choose another id")
		}
		b.a.Outcomes = append(b.a.Outcomes, Outcome{
			ID: o.ID.Value, Title: o.Title.Value, Text: o.Text.Value, When: o.When.Value, Guides: texts(o.Guides), Sources: texts(o.Sources),
			Own: o.Own.Value, Place: placeOf(o.At),
		})
	}
	for _, v := range d.Votes {
		if v.Outcome.Value != Silent {
			find(b, v.Outcome, b.a.Outcomes, outcomeID, "outcome")
		}
		for _, also := range v.Also.Value {
			find(b, also, b.a.Outcomes, outcomeID, "outcome")
		}
		b.a.Votes = append(b.a.Votes, Vote{
			Source: v.Source.Value, Outcome: v.Outcome.Value, When: v.When.Value, Also: texts(v.Also), Locator: v.Locator.Value,
			Text: v.Text.Value, Place: placeOf(v.At),
		})
	}
	for _, t := range d.Targets {
		find(b, t.Dimension, b.a.Dimensions, dimensionID, "dimension")
		b.inLadder(t.Level)
		if len(t.Sources.Value) == 0 && !t.Own.Value && !t.Sources.Bad && !t.Own.Bad {
			b.report(t.Start, t.End, diag.AssessIncomplete, "this target names no source", `write sources = ["…"], or own = true`)
		}
		b.a.Targets = append(b.a.Targets, Target{
			Dimension: t.Dimension.Value, Level: t.Level.Value, When: t.When.Value, Sources: texts(t.Sources), Own: t.Own.Value, Note: t.Note.Value, Place: placeOf(t.At),
		})
	}
}

func (b *builder) advice() {
	b.limit(len(b.document.Advice), maxRules, "pieces of advice", b.document.At)
	ids := map[string]place{}
	for _, d := range b.document.Advice {
		b.unique(ids, d.ID, "advice")
		find(b, d.Dimension, b.a.Dimensions, dimensionID, "dimension")
		switch {
		case d.When.Set && d.Step.Set:
			b.report(d.Step.Start, d.Step.End, diag.AssessKeys, "this advice has both when and step", "keep one of them; step = 2 means when = \"level(…) == 1\"")
		case d.When.Bad || d.Step.Bad || d.Dimension.Bad: // that has been said
		case !d.When.Set && !d.Step.Set:
			b.report(d.Start, d.End, diag.AssessIncomplete, fmt.Sprintf("the advice %q does not say when it is given", d.ID.Value), `write when = "…", or dimension and step`)
		case d.Step.Set && !d.Dimension.Set:
			b.report(d.Step.Start, d.Step.End, diag.AssessIncomplete, "a step needs its dimension", `write dimension = "…"`)
		case d.Step.Set && d.Step.Value > b.a.Top():
			b.inLadder(d.Step)
		}
		effort := d.Effort.Value
		if effort == "" {
			effort = "weeks"
		}
		b.a.Advice = append(b.a.Advice, Advice{
			ID: d.ID.Value, Title: d.Title.Value, Text: d.Text.Value, When: d.When.Value, Dimension: d.Dimension.Value, Step: d.Step.Value,
			Guides: texts(d.Guides), Effort: effort, After: texts(d.After), Sources: texts(d.Sources), Own: d.Own.Value, Place: placeOf(d.At),
		})
	}
	for _, d := range b.document.Advice {
		for _, after := range d.After.Value {
			find(b, after, b.a.Advice, adviceID, "advice")
		}
	}
}

func (b *builder) benchmarks() {
	for _, m := range b.document.Benchmarks {
		find(b, m.Value, b.a.Values, valueID, "value")
		b.a.Benchmarks = append(b.a.Benchmarks, Benchmark{
			Value: m.Value.Value, Segment: m.Segment.Value, Mean: m.Mean.Value, Deviation: m.Deviation.Value, SampleSize: m.SampleSize.Value,
			Date: string(m.Date.Value), Source: m.Source.Value, Locator: m.Locator.Value, Place: placeOf(m.At),
		})
	}
}

// yesNo are the options of a yes-no question that writes none.
func yesNo() []Option {
	return []Option{{ID: "yes", Text: "Yes", Level: 1}, {ID: "no", Text: "No"}}
}

func levelName(level int) string { return strconv.Itoa(level) }
