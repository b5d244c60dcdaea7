package assessment

import (
	"fmt"
	"strings"

	"cairn/generator/diag"

	"pgregory.net/rapid"
)

// drawAssessment writes a random assessment file: every kind of question, ask-when,
// values, outcomes, votes, targets and advice over them. size bounds the number of
// questions.
func drawAssessment(t *rapid.T, size int) string {
	d := &drawer{t: t, top: rapid.IntRange(1, 4).Draw(t, "top")}
	d.line(`id = "random"`, `version = 1`, `title = "Random"`)
	for i := range d.top + 1 {
		d.line(`[[level]]`, fmt.Sprintf("number = %d", i), `name = "L"`)
	}
	dimensions := rapid.IntRange(0, 3).Draw(t, "dimensions")
	count := rapid.IntRange(max(1, dimensions), size).Draw(t, "questions")
	for i := range dimensions {
		d.dimensions = append(d.dimensions, fmt.Sprintf("dim%d", i))
		d.line(`[[dimension]]`, fmt.Sprintf(`id = "dim%d"`, i), `title = "D"`)
	}
	for i := range count {
		dimension := ""
		if i < dimensions {
			dimension = d.dimensions[i]
		} else if dimensions > 0 && rapid.Bool().Draw(t, "scored") {
			dimension = rapid.SampledFrom(d.dimensions).Draw(t, "dimension")
		}
		d.question(i, dimension)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "values") {
		expression := d.number(2)
		d.line(`[[value]]`, fmt.Sprintf(`id = "v%d"`, i), `title = "V"`, fmt.Sprintf("compute = %q", expression))
		d.values = append(d.values, fmt.Sprintf("v%d", i))
	}
	outcomes := rapid.IntRange(0, 3).Draw(t, "outcomes")
	for i := range outcomes {
		d.line(`[[outcome]]`, fmt.Sprintf(`id = "o%d"`, i), `title = "O"`)
		if i < outcomes-1 || rapid.Bool().Draw(t, "fallback") {
			d.line(fmt.Sprintf("when = %q", d.truth(2)))
		}
	}
	for range outcomes * 2 {
		outcome := rapid.IntRange(-1, outcomes-1).Draw(t, "vote")
		name := fmt.Sprintf("o%d", outcome)
		if outcome < 0 {
			name = "silent"
		}
		d.line(`[[vote]]`, fmt.Sprintf(`source = "s%d"`, rapid.IntRange(0, 1).Draw(t, "source")), fmt.Sprintf("outcome = %q", name), fmt.Sprintf("when = %q", d.truth(1)))
	}
	for range min(dimensions, 1) * rapid.IntRange(0, 3).Draw(t, "targets") {
		d.line(`[[target]]`, fmt.Sprintf("dimension = %q", rapid.SampledFrom(d.dimensions).Draw(t, "of")), fmt.Sprintf("level = %d", rapid.IntRange(0, d.top).Draw(t, "level")), "own = true", fmt.Sprintf("when = %q", d.truth(1)))
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "advice") {
		d.line(`[[advice]]`, fmt.Sprintf(`id = "a%d"`, i), `title = "A"`)
		if dimensions > 0 && rapid.Bool().Draw(t, "step") {
			d.line(fmt.Sprintf("dimension = %q", rapid.SampledFrom(d.dimensions).Draw(t, "of")), fmt.Sprintf("step = %d", rapid.IntRange(1, d.top).Draw(t, "step")))
		} else {
			d.line(fmt.Sprintf("when = %q", d.truth(2)))
		}
		if i > 0 && rapid.Bool().Draw(t, "after") {
			d.line(fmt.Sprintf(`after = ["a%d"]`, rapid.IntRange(0, i-1).Draw(t, "after")))
		}
	}
	return d.text.String()
}

type drawer struct {
	t          *rapid.T
	text       strings.Builder
	top        int
	dimensions []string
	values     []string
	questions  []drawn
}

type drawn struct {
	id      string
	kind    Kind
	scored  bool
	high    int // of a number, or levels
	options int
	asked   bool // has an ask-when
	na      bool
	hangs   bool // is asked on a scored answer
}

func (d *drawer) line(lines ...string) {
	for _, line := range lines {
		d.text.WriteString(line + "\n")
	}
}

func (d *drawer) question(i int, dimension string) {
	t := d.t
	kinds := []Kind{KindChoice, KindMany, KindNumber, KindYesNo}
	if dimension != "" {
		kinds = append(kinds, KindLevel, KindLevel)
	}
	q := drawn{id: fmt.Sprintf("q%d", i), kind: rapid.SampledFrom(kinds).Draw(t, "kind"), scored: dimension != "", na: rapid.IntRange(0, 2).Draw(t, "na") == 0}
	d.line(`[[question]]`, fmt.Sprintf("id = %q", q.id), fmt.Sprintf("kind = %q", q.kind), `text = "Q"`)
	if q.na {
		d.line("not-applicable = true")
	}
	if q.scored {
		d.line(fmt.Sprintf("dimension = %q", dimension))
	}
	levels := d.levels(rapid.IntRange(2, 4).Draw(t, "options"))
	lowest := 0
	for j, level := range levels {
		if level < levels[lowest] {
			lowest = j
		}
		q.high = max(q.high, level)
	}
	otherwise := ""
	switch q.kind {
	case KindNumber:
		step := rapid.SampledFrom([]string{"1", "0.5", "0.1"}).Draw(t, "step")
		d.line("min = 0", "max = 3", "step = "+step)
		if q.scored {
			d.line(fmt.Sprintf("bands = [{ to = 1, level = %d }, { from = %s, level = %d }]", levels[0], map[string]string{"1": "2", "0.5": "1.5", "0.1": "1.1"}[step], levels[1]))
			lowest, q.high = 0, max(levels[0], levels[1])
			if levels[1] < levels[0] {
				lowest = 2
			}
			otherwise = fmt.Sprint(lowest)
			if q.high == 0 {
				q.high = 1
			}
		} else {
			q.high = 3
			otherwise = "1"
		}
	case KindMany:
		q.options = len(levels)
		for j := range levels {
			d.option(fmt.Sprintf("x%d", j), -1, j == len(levels)-1 && rapid.Bool().Draw(t, "exclusive"))
		}
		otherwise = "[]"
		if q.scored {
			d.line(fmt.Sprintf("  bands = [{ to = 0, level = %d }, { from = 1, level = %d }]", levels[0], levels[1]))
			q.high = max(levels[0], levels[1])
			if levels[1] < levels[0] {
				otherwise = `["x0"]`
			}
		}
	case KindYesNo:
		otherwise = "false"
		if q.scored {
			d.line(fmt.Sprintf(`option = [{ id = "no", level = %d }, { id = "yes", level = %d }]`, levels[0], levels[1]))
			q.high = max(levels[0], levels[1])
			if levels[1] < levels[0] {
				otherwise = "true"
			}
		}
	default:
		q.options = len(levels)
		for j, level := range levels {
			if !q.scored {
				level = -1
			}
			d.option(fmt.Sprintf("x%d", j), level, false)
		}
		otherwise = fmt.Sprintf(`"x%d"`, lowest)
	}
	d.askWhen(&q, otherwise)
	d.questions = append(d.questions, q)
}

// option is written inline, so that the question's own keys may still follow.
func (d *drawer) option(id string, level int, exclusive bool) {
	text := d.text.String()
	d.text.Reset()
	item := fmt.Sprintf(`{ id = %q, text = "O"`, id)
	if level >= 0 {
		item += fmt.Sprintf(", level = %d", level)
	}
	if exclusive {
		item += ", exclusive = true"
	}
	item += " }"
	if strings.HasSuffix(text, "#options\n") {
		text = strings.TrimSuffix(text, "] #options\n") + ", " + item + "] #options\n"
	} else {
		text += "option = [" + item + "] #options\n"
	}
	d.text.WriteString(text)
}

// levels draws levels of which the highest is at least 1, the first two included.
func (d *drawer) levels(count int) []int {
	levels := make([]int, count)
	for i := range levels {
		levels[i] = rapid.IntRange(0, d.top).Draw(d.t, "level")
	}
	if max(levels[0], levels[1]) == 0 {
		levels[1] = 1
	}
	return levels
}

// askWhen draws a condition that the rules allow: on scored answers only as >=.
func (d *drawer) askWhen(q *drawn, otherwise string) {
	t := d.t
	if len(d.questions) == 0 || rapid.IntRange(0, 2).Draw(t, "asked") > 0 {
		return
	}
	q.asked = true
	mentionsScored := false
	part := func() string {
		other := rapid.SampledFrom(d.questions).Draw(t, "on")
		if other.scored {
			mentionsScored = true
			if q.scored {
				return fmt.Sprintf("%s >= %d", other.id, rapid.IntRange(1, max(1, other.high)).Draw(t, "least"))
			}
		}
		if other.hangs {
			mentionsScored = true
			if q.scored {
				return "true"
			}
		}
		return d.leaf(other)
	}
	condition := part()
	if rapid.Bool().Draw(t, "two") {
		condition += rapid.SampledFrom([]string{" && ", " || "}).Draw(t, "join") + part()
	}
	d.line(fmt.Sprintf("ask-when = %q", condition))
	if q.scored && mentionsScored || rapid.Bool().Draw(t, "otherwise") {
		d.line("otherwise = " + otherwise)
	}
	q.hangs = mentionsScored
}

func (d *drawer) leaf(q drawn) string {
	t := d.t
	if q.scored {
		return fmt.Sprintf("%s %s %d", q.id, rapid.SampledFrom([]string{">=", "<", "==", "!="}).Draw(t, "sign"), rapid.IntRange(0, d.top).Draw(t, "constant"))
	}
	switch q.kind {
	case KindNumber:
		return fmt.Sprintf("%s %s %s", q.id, rapid.SampledFrom([]string{">=", "<", "==", ">", "<=", "!="}).Draw(t, "sign"), rapid.SampledFrom([]string{"0", "1", "2", "2.5", "3"}).Draw(t, "constant"))
	case KindYesNo:
		return rapid.SampledFrom([]string{"", "!"}).Draw(t, "not") + q.id
	case KindMany:
		if rapid.Bool().Draw(t, "count") {
			return fmt.Sprintf("count(%s) >= 1", q.id)
		}
		return fmt.Sprintf("has(%s, x%d)", q.id, rapid.IntRange(0, q.options-1).Draw(t, "option"))
	}
	return fmt.Sprintf("%s %s x%d", q.id, rapid.SampledFrom([]string{"==", "!="}).Draw(t, "sign"), rapid.IntRange(0, q.options-1).Draw(t, "option"))
}

func (d *drawer) truth(depth int) string {
	t := d.t
	if depth == 0 {
		switch k := rapid.IntRange(0, 5).Draw(t, "truth"); {
		case k == 0 && len(d.dimensions) > 0:
			return fmt.Sprintf("level(%s) >= %d", rapid.SampledFrom(d.dimensions).Draw(t, "dimension"), rapid.IntRange(0, d.top).Draw(t, "constant"))
		case k == 1 && len(d.dimensions) > 0:
			return fmt.Sprintf("mean(%s) %s %s", rapid.SampledFrom(d.dimensions).Draw(t, "dimension"), rapid.SampledFrom([]string{">=", "<", ">", "<="}).Draw(t, "sign"), rapid.SampledFrom([]string{"0.5", "1", "1.25"}).Draw(t, "constant"))
		case k == 2 && len(d.dimensions) > 0:
			return fmt.Sprintf("applies(%s)", rapid.SampledFrom(d.dimensions).Draw(t, "dimension"))
		case k == 3 && len(d.values) > 0:
			return fmt.Sprintf("%s >= 1.5", rapid.SampledFrom(d.values).Draw(t, "value"))
		}
		return d.leaf(rapid.SampledFrom(d.questions).Draw(t, "question"))
	}
	switch rapid.IntRange(0, 4).Draw(t, "truth") {
	case 0:
		return "(" + d.truth(depth-1) + " && " + d.truth(depth-1) + ")"
	case 1:
		return "(" + d.truth(depth-1) + " || " + d.truth(depth-1) + ")"
	case 2:
		return "!(" + d.truth(depth-1) + ")"
	case 3:
		return "(" + d.number(depth-1) + " > " + d.number(depth-1) + ")"
	}
	return d.truth(0)
}

func (d *drawer) number(depth int) string {
	t := d.t
	var names []string
	for _, q := range d.questions {
		if q.scored || q.kind == KindNumber {
			names = append(names, q.id)
		} else if q.kind == KindMany {
			names = append(names, "count("+q.id+")")
		}
	}
	for _, dimension := range d.dimensions {
		names = append(names, "level("+dimension+")", "mean("+dimension+")")
	}
	names = append(names, d.values...)
	if depth == 0 {
		if len(names) == 0 || rapid.IntRange(0, 3).Draw(t, "constant") == 0 {
			return rapid.SampledFrom([]string{"0", "1", "0.1", "2"}).Draw(t, "constant")
		}
		return rapid.SampledFrom(names).Draw(t, "name")
	}
	switch rapid.IntRange(0, 3).Draw(t, "number") {
	case 0:
		return "(" + d.number(depth-1) + rapid.SampledFrom([]string{" + ", " - ", " * ", " / "}).Draw(t, "sign") + d.number(depth-1) + ")"
	case 1:
		return "max(" + d.number(depth-1) + ", " + d.number(depth-1) + ")"
	case 2:
		return "if(" + d.truth(depth-1) + ", " + d.number(depth-1) + ", " + d.number(depth-1) + ")"
	}
	return d.number(0)
}

// drawModel draws assessments until one has no faults: a drawn comparison may be one
// that can never hold.
func drawModel(t *rapid.T, size int) (*Model, string) {
	text := drawAssessment(t, size)
	_, model, list := Load(diag.NewFile("random.toml", []byte(text)))
	for _, d := range list {
		switch d.Code {
		case diag.ExprNeverHolds, diag.ExprAlwaysHolds, diag.AssessAskWhenLowers:
		default:
			t.Fatalf("%s\n%v", text, list)
		}
	}
	if model == nil {
		t.Skip("a comparison that can never hold, or an ask-when that could lower")
	}
	return model, text
}

// drawAnswers draws partial answers: some questions answered, some not known, some
// not applicable.
func drawAnswers(t *rapid.T, m *Model) Answers {
	answers := m.None()
	for i := range m.Questions {
		answers[i] = drawAnswer(t, &m.Questions[i])
	}
	return answers
}

func drawAnswer(t *rapid.T, q *ModelQuestion) Answer {
	switch rapid.IntRange(0, 7).Draw(t, "state") {
	case 0, 1:
		return Answer{}
	case 2:
		return Answer{State: DontKnow}
	case 3:
		if q.NotApplicable {
			return Answer{State: NotApplicable}
		}
	}
	all := everyAnswer(q)
	return rapid.SampledFrom(all).Draw(t, "answer")
}

// everyAnswer lists each answer a question can have, not applicable apart.
func everyAnswer(q *ModelQuestion) []Answer {
	var list []Answer
	switch q.Kind {
	case KindNumber:
		for n := q.Min; n <= q.Max; n++ {
			list = append(list, Answer{State: Answered, Number: n})
		}
	case KindMany:
		for set := range uint64(1) << len(q.Options) {
			if answer := (Answer{State: Answered, Options: set}); q.valid(&answer) {
				list = append(list, answer)
			}
		}
	default:
		for i := range q.Options {
			list = append(list, Answer{State: Answered, Option: i})
		}
	}
	return list
}
