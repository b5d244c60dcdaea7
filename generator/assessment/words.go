package assessment

import (
	"math"
	"strconv"
	"strings"

	"cairn/generator/expr"
	"cairn/generator/messages"
)

// Words prints a result: through a catalogue of the interface's words, with the
// texts of the assessment. It prints what is in the tree and computes nothing again.
type Words struct {
	catalogue  messages.Catalogue
	assessment *Assessment
	// sources are names of sources by id; one that is missing is shown as its id.
	sources map[string]string

	questions  map[string]*Question
	dimensions map[string]*Dimension
	values     map[string]*Value
	outcomes   map[string]*Outcome
	advice     map[string]*Advice
}

// NewWords returns the words for an assessment.
func NewWords(catalogue messages.Catalogue, a *Assessment, sources map[string]string) *Words {
	return &Words{
		catalogue: catalogue, assessment: a, sources: sources,
		questions: byID(a.Questions, questionID), dimensions: byID(a.Dimensions, dimensionID), values: byID(a.Values, valueID),
		outcomes: byID(a.Outcomes, outcomeID), advice: byID(a.Advice, adviceID),
	}
}

func byID[T any](list []T, id func(*T) string) map[string]*T {
	of := map[string]*T{}
	for i := range list {
		of[id(&list[i])] = &list[i]
	}
	return of
}

func (w *Words) say(key string, pairs ...string) string { return w.catalogue.Say(key, pairs...) }

func (w *Words) source(id string) string {
	if name, ok := w.sources[id]; ok {
		return name
	}
	return id
}

// Figure prints a number with the given places, half away from zero, with groups
// of three digits: floor(|x| · 10^places + 0.5). A number too large for its places
// has fewer.
func (w *Words) Figure(x float64, places int) string {
	size := math.Abs(x)
	for places > 0 && float64(size*powerOfTen(places)) >= expr.Limit {
		places--
	}
	digits := strconv.FormatInt(int64(math.Floor(float64(float64(size*powerOfTen(places))+0.5))), 10)
	for len(digits) <= places {
		digits = "0" + digits
	}
	whole, fraction := digits[:len(digits)-places], digits[len(digits)-places:]
	var b strings.Builder
	if x < 0 && strings.Trim(digits, "0") != "" {
		b.WriteString("−")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(w.say("figure.group"))
		}
		b.WriteRune(digit)
	}
	if places > 0 {
		b.WriteString(w.say("figure.point") + fraction)
	}
	return b.String()
}

// Mean prints a mean cut, not rounded, to one decimal.
func (w *Words) Mean(r expr.Ratio) string {
	tenths := r.Numerator * 10 / r.Denominator
	return strconv.FormatInt(tenths/10, 10) + w.say("figure.point") + strconv.FormatInt(tenths%10, 10)
}

// exact prints a mean with its fraction, for reasons.
func (w *Words) exact(r expr.Ratio) string {
	r = r.Reduced()
	return w.say("mean.exact", "x", w.Mean(r), "n", strconv.FormatInt(r.Numerator, 10), "d", strconv.FormatInt(r.Denominator, 10))
}

func (w *Words) between(low, high string, some, one, none bool) string {
	text := w.say("none")
	if some {
		text = low
		if !one {
			text = w.say("span", "low", low, "high", high)
		}
		if none {
			text = w.say("perhaps-none", "x", text)
		}
	}
	return text
}

// Level prints a ladder: "2", "1 to 3", "–".
func (w *Words) Level(s Span) string {
	return w.span(s, func(x float64) string { return strconv.Itoa(int(x)) })
}

func (w *Words) span(s Span, print func(float64) string) string {
	if s.Low == nil {
		return w.say("none")
	}
	return w.between(print(*s.Low), print(*s.High), true, *s.Low == *s.High, s.None)
}

// Means prints a mean or a span of means.
func (w *Words) Means(s MeanSpan, print func(expr.Ratio) string) string {
	if s.Low == nil {
		return w.say("none")
	}
	return w.between(print(*s.Low), print(*s.High), true, *s.Low == *s.High, s.None)
}

// Value prints a computed number, with its unit.
func (w *Words) Value(id string, s Span) string {
	v := w.values[id]
	if v == nil {
		return w.say("none")
	}
	if s.Low == nil {
		return w.say("none")
	}
	text := w.unit(v, w.reach(*s.Low, *s.High, v.Places))
	if s.None {
		return w.say("perhaps-none", "x", text)
	}
	return text
}

// reach prints an interval; an end at ±2^53 is no end.
func (w *Words) reach(low, high float64, places int) string {
	switch {
	case low <= -expr.Limit && high >= expr.Limit:
		return w.say("figure.any")
	case low <= -expr.Limit:
		return w.say("figure.at-most", "x", w.Figure(high, places))
	case high >= expr.Limit:
		return w.say("figure.at-least", "x", w.Figure(low, places))
	}
	return w.between(w.Figure(low, places), w.Figure(high, places), true, low == high, false)
}

func (w *Words) unit(v *Value, text string) string {
	switch {
	case v.Type == "percent":
		return w.say("figure.percent", "x", text)
	case v.Unit == "":
		return text
	case v.Type == "money":
		return w.say("figure.money", "x", text, "unit", v.Unit)
	}
	return w.say("figure.unit", "x", text, "unit", v.Unit)
}

// Question, Dimension, Outcome and AdviceTitle are the author's words for an id.
func (w *Words) Question(id string) string {
	if q := w.questions[id]; q != nil {
		return q.Text
	}
	return id
}

func (w *Words) Dimension(id string) string {
	if d := w.dimensions[id]; d != nil {
		return d.Title
	}
	return id
}

func (w *Words) Outcome(id string) string {
	if o := w.outcomes[id]; o != nil {
		return o.Title
	}
	return id
}

func (w *Words) AdviceTitle(id string) string {
	if a := w.advice[id]; a != nil {
		return a.Title
	}
	return id
}

func (w *Words) option(question, id string) string {
	if q := w.questions[question]; q != nil {
		for _, option := range q.Options {
			if option.ID == id {
				return option.Text
			}
		}
	}
	return id
}

// Answer prints an answer as answer files write it.
func (w *Words) Answer(question string, answer any) string {
	switch a := answer.(type) {
	case bool:
		if a {
			return w.option(question, "yes")
		}
		return w.option(question, "no")
	case float64:
		q := w.questions[question]
		text := w.Figure(a, q.Places)
		if q.Unit != "" {
			return w.say("figure.unit", "x", text, "unit", q.Unit)
		}
		return text
	case []string:
		if len(a) == 0 {
			return w.say("answer.nothing")
		}
		var words []string
		for _, id := range a {
			words = append(words, w.say("answer.said", "answer", w.option(question, id)))
		}
		return w.catalogue.List("and", words)
	case string:
		return w.say("answer.said", "answer", w.option(question, a))
	}
	return w.say("answer.unanswered")
}

// questionsList prints questions: "“A?” and “B?”".
func (w *Words) questionsList(ids []string) string {
	var words []string
	for _, id := range ids {
		words = append(words, w.say("what.question", "question", w.Question(id)))
	}
	return w.catalogue.List("and", words)
}
