package assessment

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// questions builds the questions and reports what does not fit their kind.
func (b *builder) questions() {
	b.limit(len(b.document.Questions), maxQuestions, "questions", b.document.At)
	for i := range b.document.Questions {
		b.question(&b.document.Questions[i])
	}
	for i := range b.document.Questions {
		if b.document.Questions[i].Dimension.Bad {
			return // it may be a dimension's only one
		}
	}
	for i, d := range b.a.Dimensions {
		if record.IsID(d.ID) && len(b.a.QuestionsOf(d.ID)) == 0 {
			at := b.document.Dimensions[i]
			b.report(at.Start, at.End, diag.AssessEmptyDimension, fmt.Sprintf("no question belongs to the dimension %q, so it can never have a score", d.ID), fmt.Sprintf("give a question dimension = %q", d.ID))
		}
	}
}

func (b *builder) question(d *QuestionDocument) {
	b.unique(b.ids, d.ID, "question")
	b.name(d.ID)
	find(b, d.Dimension, b.a.Dimensions, dimensionID, "dimension")
	q := Question{
		ID: d.ID.Value, Dimension: d.Dimension.Value, Kind: Kind(d.Kind.Value), Text: d.Text.Value, Hint: d.Hint.Value,
		Sources: texts(d.Sources), Own: d.Own.Value, DontKnow: !d.DontKnow.Set || d.DontKnow.Value, NotApplicable: d.NotApplicable.Value,
		AskWhen: d.AskWhen.Value, Unit: d.Unit.Value, Place: placeOf(d.At),
	}
	q.unsure = d.Dimension.Bad
	switch q.Kind {
	case KindLevel, KindChoice, KindMany, KindYesNo:
		b.options(d, &q)
		for _, key := range []struct {
			name       string
			set        bool
			start, end int
		}{{"min", d.Min.Set, d.Min.Start, d.Min.End}, {"max", d.Max.Set, d.Max.Start, d.Max.End}, {"step", d.Step.Set, d.Step.Start, d.Step.End}, {"unit", d.Unit.Set, d.Unit.Start, d.Unit.End}} {
			if key.set {
				b.report(key.start, key.end, diag.AssessKeys, fmt.Sprintf("%s belongs to questions of kind number, and this one is %q", key.name, q.Kind), "leave it out")
			}
		}
	case KindNumber:
		b.number(d, &q)
	}
	if q.Kind != "" { // what is wrong with the kind has been said
		b.bands(d, &q)
	}
	if q.Scored() && !q.unsure {
		b.top(d, &q)
	}
	if d.Otherwise != nil && !d.AskWhen.Set {
		b.report(d.Otherwise.Start, d.Otherwise.End, diag.AssessKeys, "otherwise says what a hidden question counts as, but this one is never hidden", "leave it out, or write ask-when")
	}
	b.a.Questions = append(b.a.Questions, q)
}

func (b *builder) options(d *QuestionDocument, q *Question) {
	b.limit(len(d.Options), maxOptions, "options", d.At)
	if q.Kind == KindLevel && !d.Dimension.Set && !d.Dimension.Bad {
		b.report(d.Start, d.End, diag.AssessOptions, fmt.Sprintf("the question %q has levels but no dimension", q.ID), `write dimension = "…", or kind = "choice"`)
	}
	if q.Kind == KindYesNo && len(d.Options) == 0 {
		q.Options = yesNo()
		return
	}
	ids := map[string]place{}
	for i := range d.Options {
		q.Options = append(q.Options, b.option(&d.Options[i], q, ids))
	}
	least := 2
	if q.Kind == KindMany {
		least = 1
	}
	if len(q.Options) < least {
		b.report(d.Start, d.End, diag.AssessOptions, fmt.Sprintf("the question %q offers no choice", q.ID), "write [[question.option]] tables under it")
	}
	if q.Kind == KindYesNo {
		sorted := []string{}
		for _, option := range q.Options {
			sorted = append(sorted, option.ID)
		}
		slices.Sort(sorted)
		if !slices.Equal(sorted, []string{"no", "yes"}) {
			b.report(d.Start, d.End, diag.AssessOptions, "a yes-no question has the options yes and no", "give them these ids, or leave the options out")
		}
	}
}

func (b *builder) option(d *OptionDocument, q *Question, ids map[string]place) Option {
	id := d.ID
	if !id.Set && d.Level.Bad {
		id.Set = true // it would be told by its level, and what is wrong with that has been said
	} else if !id.Set && q.Kind == KindLevel && d.Level.Set {
		id.Value, id.Set, id.Start, id.End = levelName(d.Level.Value), true, d.Level.Start, d.Level.End
	} else if id.Set && !optionID.MatchString(id.Value) {
		b.report(id.Start, id.End, diag.AssessOptions, fmt.Sprintf("%q cannot be an option's id", id.Value), "ids are lower-case letters, digits and hyphens")
	}
	if !id.Set && !(q.Kind == KindLevel && q.Scored()) { // there it is the level that is missing
		b.report(d.Start, d.End, diag.AssessIncomplete, "this option has no id", `write id = "…"`)
	}
	if id.Value == wordDontKnow || id.Value == wordNotApplicable {
		b.report(id.Start, id.End, diag.AssessReservedID, fmt.Sprintf("%q is an answer of its own", id.Value), "use the key dont-know or not-applicable of the question")
	}
	b.unique(ids, id, "option of this question")
	q.unsure = q.unsure || d.Level.Bad || q.Scored() && q.Kind != KindMany && !d.Level.Set
	b.inLadder(d.Level)
	switch {
	case d.Level.Bad || q.unsure && !q.Scored(): // that has been said, of the level or the dimension
	case q.Scored() && q.Kind != KindMany && !d.Level.Set:
		b.report(d.Start, d.End, diag.AssessIncomplete, "this option of a scored question has no level", "write level = 0 or higher")
	case (!q.Scored() || q.Kind == KindMany) && d.Level.Set && q.Kind != KindLevel:
		b.report(d.Level.Start, d.Level.End, diag.AssessKeys, "this option has a level, but its question is not scored by options", "give the question a dimension, or leave the level out")
	}
	if d.Exclusive.Set && q.Kind != KindMany {
		b.report(d.Exclusive.Start, d.Exclusive.End, diag.AssessKeys, fmt.Sprintf("every option of a question of kind %q stands alone", q.Kind), "leave exclusive out")
	}
	text := d.Text.Value
	if !d.Text.Set && !d.Text.Bad {
		if q.Kind != KindYesNo {
			b.report(d.Start, d.End, diag.AssessIncomplete, "this option has no text", `write text = "…": what can be seen where it is true`)
		} else if text = "No"; id.Value == "yes" {
			text = "Yes"
		}
	}
	if words := len(strings.Fields(text)); words > maxWords {
		b.report(d.Text.Start, d.Text.End, diag.AssessLongOption, fmt.Sprintf("this option has %d words, and %d is the most", words, maxWords), "say only what tells it from the next one")
	}
	return Option{ID: id.Value, Text: text, Level: min(d.Level.Value, b.a.Top()), Exclusive: d.Exclusive.Value, Place: placeOf(d.At)}
}

// steps is a step as a decimal fraction: units / 10^places. A number is kept as a
// whole multiple of it, and its value is (multiple · units) / 10^places: one
// division, correctly rounded, so that it is the double nearest to the decimal.
type steps struct {
	units  int64
	places int
}

const maxStepPlaces = 6

// stepsOf returns the step as a decimal fraction.
func stepsOf(x float64) (steps, bool) {
	power := 1.0
	for places := 0; places <= maxStepPlaces; places++ {
		units := math.Round(x * power)
		if units >= 1 && units <= 1e12 && float64(units/power) == x {
			return steps{int64(units), places}, true
		}
		power *= 10
	}
	return steps{}, false
}

func powerOfTen(places int) float64 {
	power := 1.0
	for range places {
		power = float64(power * 10)
	}
	return power
}

func (s steps) value(multiple int64) float64 {
	return float64(float64(multiple*s.units) / powerOfTen(s.places))
}

// multiple returns how many steps make x, if a whole number of them does.
func (s steps) multiple(x float64) (int64, bool) {
	guess := math.Round(x * powerOfTen(s.places) / float64(s.units))
	if math.Abs(guess)*float64(s.units) > 1<<53 || math.IsNaN(guess) {
		return 0, false
	}
	return int64(guess), s.value(int64(guess)) == x
}

func (b *builder) number(d *QuestionDocument, q *Question) {
	for _, o := range d.Options {
		b.report(o.Start, o.End, diag.AssessKeys, "a number has no options", "leave them out; its levels are bands")
	}
	if d.Min.Bad || d.Max.Bad || d.Step.Bad {
		q.unsure = true
		return
	}
	if !d.Min.Set || !d.Max.Set || !d.Step.Set {
		b.report(d.Start, d.End, diag.AssessRange, fmt.Sprintf("the number %q needs min, max and step", q.ID), "write min = 0, max = 100 and step = 1")
		return
	}
	q.Min, q.Max, q.Step = d.Min.Value, d.Max.Value, d.Step.Value
	var ok bool
	if q.steps, ok = stepsOf(q.Step); !ok {
		b.report(d.Step.Start, d.Step.End, diag.AssessRange, "a step is above zero and has at most 6 decimal places", "write step = 1 or step = 0.25")
		q.steps = steps{1, 0}
		return
	}
	q.Places = q.steps.places
	low, lowOK := q.steps.multiple(q.Min)
	high, highOK := q.steps.multiple(q.Max)
	switch {
	case !lowOK:
		b.report(d.Min.Start, d.Min.End, diag.AssessRange, "min is no whole multiple of step", "")
	case !highOK:
		b.report(d.Max.Start, d.Max.End, diag.AssessRange, "max is no whole multiple of step", "")
	case low >= high:
		b.report(d.Max.Start, d.Max.End, diag.AssessRange, "max is not above min", "")
	case high-low > 1e9:
		b.report(d.Step.Start, d.Step.End, diag.AssessRange, "there are more than a thousand million steps from min to max", "take a larger step")
	}
}

// bands reports bands that overlap, leave gaps or stand where none belong.
func (b *builder) bands(d *QuestionDocument, q *Question) {
	byBands := q.Scored() && (q.Kind == KindNumber || q.Kind == KindMany)
	if !byBands {
		if len(d.Bands) > 0 {
			b.report(d.Bands[0].Start, d.Bands[0].End, diag.AssessKeys, "bands belong to scored questions of kind number or many", "give the question a dimension, or leave the bands out")
		}
		return
	}
	if len(d.Bands) == 0 {
		b.report(d.Start, d.End, diag.AssessBands, fmt.Sprintf("the scored question %q does not say which numbers stand for which level", q.ID), "write bands = [{ to = 5, level = 0 }, { from = 6, level = 1 }]")
		return
	}
	s, low, high := q.steps, int64(0), int64(q.countMax())
	if q.Kind == KindMany {
		s = steps{1, 0}
	} else {
		low, _ = s.multiple(q.Min)
		high, _ = s.multiple(q.Max)
		if s.units == 0 || low >= high {
			return // the range itself is wrong, and told
		}
	}
	good := true
	next := low
	for i, band := range d.Bands {
		from, to := next, high
		if band.From.Set {
			var ok bool
			if from, ok = s.multiple(band.From.Value); !ok {
				b.report(band.From.Start, band.From.End, diag.AssessBands, "this band does not begin at a whole multiple of step", "")
				good = false
			}
		} else if i > 0 {
			b.report(band.Start, band.End, diag.AssessBands, "only the first band may leave out from", fmt.Sprintf("write from = %s", figure(s.value(next), s.places)))
			good = false
		}
		if band.To.Set {
			var ok bool
			if to, ok = s.multiple(band.To.Value); !ok {
				b.report(band.To.Start, band.To.End, diag.AssessBands, "this band does not end at a whole multiple of step", "")
				good = false
			}
		} else if i < len(d.Bands)-1 {
			b.report(band.Start, band.End, diag.AssessBands, "only the last band may leave out to", "write to = …")
			good = false
		}
		b.inLadder(band.Level)
		if good {
			start, end := or(band.From, band.At)
			switch {
			case from > next:
				b.report(start, end, diag.AssessBands, fmt.Sprintf("no band holds %s", span(s, next, from-1)), fmt.Sprintf("begin with from = %s", figure(s.value(next), s.places)))
				good = false
			case from < next && i == 0:
				b.report(start, end, diag.AssessBands, fmt.Sprintf("the first band begins below the smallest number, %s", figure(s.value(low), s.places)), "leave from out")
				good = false
			case from < next:
				b.report(start, end, diag.AssessBands, fmt.Sprintf("this band and the one before it both hold %s", span(s, from, min(next-1, to))), fmt.Sprintf("begin with from = %s", figure(s.value(next), s.places)))
				good = false
			case to < from || to > high:
				start, end := or(band.To, band.At)
				b.report(start, end, diag.AssessBands, fmt.Sprintf("this band ends outside %s", span(s, from, high)), "")
				good = false
			}
			next = to + 1
		}
		q.Bands = append(q.Bands, Band{From: s.value(from), To: s.value(to), Level: min(band.Level.Value, b.a.Top()), Text: band.Text.Value, Place: placeOf(band.At), from: from, to: to})
	}
	if good && next <= high {
		last := d.Bands[len(d.Bands)-1]
		start, end := or(last.To, last.At)
		b.report(start, end, diag.AssessBands, fmt.Sprintf("no band holds %s", span(s, next, high)), "leave to out in the last band")
	}
}

func span(s steps, low, high int64) string {
	if low == high {
		return figure(s.value(low), s.places)
	}
	return figure(s.value(low), s.places) + " to " + figure(s.value(high), s.places)
}

// countMax is the largest count of a set: exclusive options stand alone and count
// nothing.
func (q *Question) countMax() int {
	count := 0
	for _, option := range q.Options {
		if !option.Exclusive {
			count++
		}
	}
	return count
}

// levelsOf returns the levels a scored question can have, lowest and highest.
func (q *Question) levelsOf() (lowest, highest int) {
	lowest, highest = math.MaxInt, 0
	for _, band := range q.Bands {
		lowest, highest = min(lowest, band.Level), max(highest, band.Level)
	}
	if q.Kind != KindNumber && q.Kind != KindMany {
		for _, option := range q.Options {
			lowest, highest = min(lowest, option.Level), max(highest, option.Level)
		}
	}
	if lowest > highest {
		lowest = highest
	}
	return lowest, highest
}

func (b *builder) top(d *QuestionDocument, q *Question) {
	if _, top := q.levelsOf(); top < 1 && (len(q.Options) > 0 || len(q.Bands) > 0) {
		b.report(d.Start, d.End, diag.AssessNoTop, fmt.Sprintf("no answer to %q stands for level 1 or higher, so it says nothing", q.ID), "give its best answer a level of at least 1")
	}
}
