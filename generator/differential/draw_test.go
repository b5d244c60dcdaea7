package differential

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"cairn/generator/assessment"
)

// A drawer writes a random assessment file: every kind of question, ask-when, decimals,
// values, outcomes, votes, targets, advice and benchmarks over them. Some drafts have a
// fault (a comparison that can never hold, an ask-when that could lower a level): they
// are drawn again.
type drawer struct {
	*rand.Rand
	b          strings.Builder
	top        int
	dimensions []string
	values     []string
	questions  []drawn
	depth      int // of conditions
	fresh      int
}

// drawn is what later conditions need to know of a question.
type drawn struct {
	id      string
	kind    assessment.Kind
	scored  bool
	options []string
	// constants are numbers it may be compared with.
	constants []string
	high      int  // highest level
	hangs     bool // is asked on a scored answer, however indirectly
}

func draw(r *rand.Rand) string {
	d := &drawer{Rand: r, top: 1 + r.IntN(4), depth: 1 + r.IntN(2)}
	d.line(`id = "random"`, `version = 1`, `title = "Random"`)
	dimensions := one(d, []int{0, 1, 1, 1, 2, 2, 3})
	if dimensions > 0 {
		for i := range d.top + 1 {
			d.line(`[[level]]`, fmt.Sprintf("number = %d", i), d.text("name"))
		}
	}
	count := max(1, dimensions) + r.IntN(4)
	for i := range dimensions {
		id := fmt.Sprintf("dim%d", i)
		d.dimensions = append(d.dimensions, id)
		d.line(`[[dimension]]`, fmt.Sprintf("id = %q", id), d.text("title"), `short = "Short"`)
	}
	for i := range count {
		dimension := ""
		if i < dimensions {
			dimension = d.dimensions[i]
		} else if dimensions > 0 && d.half() {
			dimension = one(d, d.dimensions)
		}
		d.question(i, dimension)
	}
	d.computed()
	d.outcomes()
	for range dimensions * r.IntN(2) * 2 {
		d.line(`[[target]]`, fmt.Sprintf("dimension = %q", one(d, d.dimensions)), fmt.Sprintf("level = %d", r.IntN(d.top+1)), "own = true")
		if r.IntN(4) > 0 {
			d.line("when = '" + d.truth(1) + "'")
		}
	}
	for i := range one(d, []int{0, 1, 2, 3, 3, 9}) {
		d.line(`[[advice]]`, fmt.Sprintf(`id = "a%d"`, i), d.text("title"), fmt.Sprintf("effort = %q", one(d, assessment.Efforts[:])))
		if dimensions > 0 && d.half() {
			d.line(fmt.Sprintf("dimension = %q", one(d, d.dimensions)), fmt.Sprintf("step = %d", 1+r.IntN(d.top)))
		} else {
			d.line("when = '" + d.truth(d.depth) + "'")
		}
		if i > 0 && d.half() {
			d.line(fmt.Sprintf(`after = ["a%d"]`, r.IntN(i)))
		}
	}
	return d.b.String()
}

func (d *drawer) half() bool { return d.IntN(2) == 0 }

func one[T any](d *drawer, list []T) T { return list[d.IntN(len(list))] }

func (d *drawer) line(lines ...string) {
	for _, line := range lines {
		d.b.WriteString(line + "\n")
	}
}

// text writes a text with whatever could go wrong when it is printed.
func (d *drawer) text(key string) string {
	d.fresh++
	return fmt.Sprintf("%s = '%s %d'", key, one(d, []string{"Plain", "{n} and {answer}", "“Quoted” <b>", "$& $1", "Ä → 𝄞"}), d.fresh)
}

var kinds = []assessment.Kind{assessment.KindChoice, assessment.KindMany, assessment.KindNumber, assessment.KindYesNo, assessment.KindLevel}

func (d *drawer) question(i int, dimension string) {
	q := drawn{id: fmt.Sprintf("q%d", i), kind: one(d, kinds), scored: dimension != ""}
	if q.kind == assessment.KindLevel && !q.scored {
		q.kind = assessment.KindChoice
	}
	d.line(`[[question]]`, fmt.Sprintf("id = %q", q.id), fmt.Sprintf("kind = %q", q.kind), d.text("text"))
	if d.IntN(3) == 0 {
		d.line("not-applicable = true")
	}
	if d.IntN(5) == 0 {
		d.line("dont-know = false")
	}
	if d.IntN(3) == 0 {
		d.line(`sources = ["s0", "constructor"]`)
	}
	if q.scored {
		d.line(fmt.Sprintf("dimension = %q", dimension))
	}
	levels := d.levels(2 + d.IntN(4))
	var otherwise string
	switch q.kind {
	case assessment.KindNumber:
		otherwise = d.number(&q, levels)
	case assessment.KindMany:
		otherwise = d.many(&q, levels)
	case assessment.KindYesNo:
		otherwise = "false"
		if q.scored {
			d.line(fmt.Sprintf(`option = [{ id = "no", level = %d }, { id = "yes", level = %d }]`, levels[0], levels[1]))
			q.high = max(levels[0], levels[1])
			otherwise = fmt.Sprint(levels[1] < levels[0])
		}
	default:
		lowest := 0
		var items []string
		for j, level := range levels {
			id := fmt.Sprintf("x%d", j)
			q.options = append(q.options, id)
			item := fmt.Sprintf("id = %q, %s", id, d.text("text"))
			if q.scored {
				item += fmt.Sprintf(", level = %d", level)
			}
			if level < levels[lowest] {
				lowest = j
			}
			q.high = max(q.high, level)
			items = append(items, "{ "+item+" }")
		}
		d.line("option = [" + strings.Join(items, ", ") + "]")
		otherwise = fmt.Sprintf(`"x%d"`, lowest)
	}
	d.askWhen(&q, otherwise)
	d.questions = append(d.questions, q)
}

// levels draws levels of which one of the first two is at least 1.
func (d *drawer) levels(count int) []int {
	levels := make([]int, count)
	for i := range levels {
		levels[i] = d.IntN(d.top + 1)
	}
	if levels[0]+levels[1] == 0 {
		levels[1] = 1
	}
	return levels
}

func (d *drawer) number(q *drawn, levels []int) (otherwise string) {
	scale := one(d, []struct {
		min, max, step, unit, cut, next string
		constants                       []string
	}{
		{"0", "3", "1", "people", "1", "2", []string{"0", "1", "2", "2.5", "3"}},
		{"-1", "2", "0.1", "", "0.3", "0.4", []string{"0.1", "0.3", "0.25", "-0.5", "0"}},
		{"0", "10.5", "0.75", "h", "3", "3.75", []string{"0.75", "3", "5", "9.75"}},
		{"0", "0.003", "0.0003", "", "0.0003", "0.0006", []string{"0.0003", "0.001", "0.0009"}},
		{"1000", "250000", "500", "USD", "20000", "20500", []string{"1000", "20000", "99999.5", "100_000"}},
	})
	d.line("min = "+scale.min, "max = "+scale.max, "step = "+scale.step)
	if scale.unit != "" {
		d.line(fmt.Sprintf("unit = %q", scale.unit))
	}
	q.constants = scale.constants
	if !q.scored {
		return scale.max
	}
	d.line(fmt.Sprintf("bands = [{ to = %s, level = %d }, { from = %s, level = %d }]", scale.cut, levels[0], scale.next, levels[1]))
	q.high = max(levels[0], levels[1])
	if levels[1] < levels[0] {
		return scale.max
	}
	return scale.min
}

func (d *drawer) many(q *drawn, levels []int) (otherwise string) {
	count, exclusive := len(levels), d.half()
	if d.IntN(150) == 0 {
		count = 40 // more than JavaScript has bits for
	}
	var items []string
	for j := range count {
		id := fmt.Sprintf("x%d", j)
		q.options = append(q.options, id)
		item := fmt.Sprintf("id = %q, %s", id, d.text("text"))
		if exclusive && j == count-1 {
			item += ", exclusive = true"
		}
		items = append(items, "{ "+item+" }")
	}
	d.line("option = [" + strings.Join(items, ", ") + "]")
	if !q.scored {
		return "[]"
	}
	d.line(fmt.Sprintf("bands = [{ to = 0, level = %d }, { from = 1, level = %d }]", levels[0], levels[1]))
	q.high = max(levels[0], levels[1])
	if levels[1] < levels[0] {
		return `["x0"]`
	}
	return "[]"
}

// askWhen draws a condition that the rules allow: on scored answers only as >=.
func (d *drawer) askWhen(q *drawn, otherwise string) {
	if len(d.questions) == 0 || d.IntN(3) > 0 {
		return
	}
	part := func() string {
		other := one(d, d.questions)
		q.hangs = q.hangs || other.scored || other.hangs
		switch {
		case q.scored && other.scored && other.high > 0:
			return fmt.Sprintf("%s >= %d", other.id, 1+d.IntN(other.high))
		case q.scored && other.hangs:
			return "true"
		}
		return d.leaf(other)
	}
	condition := part()
	if d.half() {
		condition += one(d, []string{" && ", " || "}) + part()
	}
	d.line("ask-when = '" + condition + "'")
	if q.scored && q.hangs || d.half() {
		d.line("otherwise = " + otherwise)
	}
}

func (d *drawer) sign() string { return one(d, []string{">=", "<", "==", ">", "<=", "!="}) }

func (d *drawer) leaf(q drawn) string {
	if d.IntN(8) == 0 {
		return "applies(" + q.id + ")"
	}
	if q.scored && q.high > 0 && d.half() {
		return fmt.Sprintf("%s %s %d", q.id, one(d, []string{">=", "<"}), 1+d.IntN(q.high))
	}
	if q.scored && len(q.options) == 0 {
		return fmt.Sprintf("%s >= %d", q.id, max(1, q.high))
	}
	switch q.kind {
	case assessment.KindNumber:
		return fmt.Sprintf("%s %s %s", q.id, d.sign(), one(d, q.constants))
	case assessment.KindYesNo:
		return one(d, []string{"", "!"}) + q.id
	case assessment.KindMany:
		if d.half() {
			return fmt.Sprintf("count(%s) >= 1", q.id)
		}
		return fmt.Sprintf("has(%s, %s)", q.id, one(d, q.options))
	}
	if q.scored {
		return fmt.Sprintf("has(%s, %s)", q.id, one(d, q.options))
	}
	if d.half() {
		list := slices.Clone(q.options)
		d.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		return fmt.Sprintf("%s in (%s)", q.id, strings.Join(list[:1+d.IntN(len(list)-1)], ", "))
	}
	return fmt.Sprintf("%s %s %s", q.id, one(d, []string{"==", "!="}), one(d, q.options))
}

func (d *drawer) truth(depth int) string {
	if depth == 0 {
		switch k := d.IntN(8); {
		case k == 0 && len(d.dimensions) > 0:
			return fmt.Sprintf("level(%s) %s %d", one(d, d.dimensions), one(d, []string{">=", "<"}), 1+d.IntN(d.top))
		case k <= 2 && len(d.dimensions) > 0:
			return fmt.Sprintf("mean(%s) %s %s", one(d, d.dimensions), one(d, []string{">=", "<", ">", "<="}), one(d, []string{"0.5", "1", "0.75", "0.333333333"}))
		case k == 3 && len(d.dimensions) > 0:
			return fmt.Sprintf("applies(%s)", one(d, d.dimensions))
		case k <= 5 && len(d.values) > 0:
			return fmt.Sprintf("%s %s %s", one(d, d.values), d.sign(), one(d, []string{"1.5", "0", "0.3", "-2", "1000"}))
		}
		return d.leaf(one(d, d.questions))
	}
	switch d.IntN(8) {
	case 0, 1:
		return "(" + d.truth(depth-1) + " && " + d.truth(depth-1) + ")"
	case 2, 3:
		return "(" + d.truth(depth-1) + " || " + d.truth(depth-1) + " || " + d.truth(depth-1) + ")"
	case 4:
		return "!(" + d.truth(depth-1) + ")"
	case 5:
		return "(" + d.figure(depth-1) + " " + d.sign() + " " + d.figure(depth-1) + ")"
	case 6:
		if d.half() {
			return "if(" + d.truth(depth-1) + ", " + d.truth(depth-1) + ", " + d.truth(depth-1) + ")"
		}
		return "((" + d.truth(depth-1) + ")" + one(d, []string{" == ", " != "}) + "(" + d.truth(depth-1) + "))"
	}
	return d.truth(0)
}

// figure draws an expression that is a number.
func (d *drawer) figure(depth int) string {
	if depth == 0 {
		var names []string
		for _, q := range d.questions {
			if q.scored || q.kind == assessment.KindNumber {
				names = append(names, q.id)
			} else if q.kind == assessment.KindMany {
				names = append(names, "count("+q.id+")")
			}
		}
		for _, dimension := range d.dimensions {
			names = append(names, "level("+dimension+")", "mean("+dimension+")")
		}
		names = append(names, d.values...)
		if len(names) == 0 || d.IntN(4) == 0 {
			return one(d, []string{"0", "1", "0.1", "0.7", "3", "-2.5", "999999999999999"})
		}
		return one(d, names)
	}
	a, b := d.figure(depth-1), d.figure(depth-1)
	switch d.IntN(7) {
	case 0, 1, 2:
		return "(" + a + one(d, []string{" + ", " - ", " * ", " / "}) + b + ")"
	case 3:
		return one(d, []string{"max", "min"}) + "(" + a + ", " + b + ", " + d.figure(0) + ")"
	case 4:
		return one(d, []string{"abs", "floor", "ceil", "round", "-"}) + "(" + a + ")"
	case 5:
		return fmt.Sprintf("round(%s, %d)", a, d.IntN(10))
	}
	return "if(" + d.truth(depth-1) + ", " + a + ", " + b + ")"
}

func (d *drawer) computed() {
	for i := range d.IntN(3) {
		id := fmt.Sprintf("v%d", i)
		kind := one(d, []string{"number", "money", "percent"})
		d.line(`[[value]]`, fmt.Sprintf("id = %q", id), d.text("title"), "compute = '"+d.figure(d.depth)+"'", fmt.Sprintf("type = %q", kind), fmt.Sprintf("places = %d", d.IntN(5)))
		if kind == "money" {
			d.line(`unit = "USD"`)
		}
		d.values = append(d.values, id)
		if d.half() {
			d.line(`[[benchmark]]`, fmt.Sprintf("value = %q", id), d.text("segment"), "mean = "+one(d, []string{"1.1", "0.3", "20"}), "deviation = "+one(d, []string{"0.2", "0.1", "7.5"}),
				"sample-size = 30", `date = "2025-01-31"`, `source = "s1"`)
		}
	}
}

func (d *drawer) outcomes() {
	count := d.IntN(4)
	for i := range count {
		d.line(`[[outcome]]`, fmt.Sprintf(`id = "o%d"`, i), d.text("title"))
		if i < count-1 || d.half() {
			d.line("when = '" + d.truth(d.depth) + "'")
		}
	}
	for range count * d.IntN(2) {
		outcome := "silent"
		if d.IntN(4) > 0 {
			outcome = fmt.Sprintf("o%d", d.IntN(count))
		}
		d.line(`[[vote]]`, fmt.Sprintf(`source = "s%d"`, d.IntN(2)), fmt.Sprintf("outcome = %q", outcome))
		if d.IntN(6) > 0 {
			d.line("when = '" + d.truth(1) + "'")
		}
	}
}

// answersTo draws partial answers: some questions answered, some not known, some not
// applicable; marks; and now and then an answer that does not fit, which is none.
func answersTo(m *assessment.Model, r *rand.Rand) assessment.Answers {
	answers := m.None()
	unknown := r.IntN(10) // of ten: few answers, or many
	for i := range answers {
		answers[i] = answerTo(&m.Questions[i], r, unknown)
	}
	return answers
}

func answerTo(q *assessment.ModelQuestion, r *rand.Rand, unknown int) assessment.Answer {
	if r.IntN(10) < unknown {
		return assessment.Answer{State: []assessment.State{assessment.Unanswered, assessment.Unanswered, assessment.DontKnow}[r.IntN(3)]}
	}
	a := assessment.Answer{State: assessment.Answered, ByChoice: r.IntN(10) == 0, OutsideControl: r.IntN(10) == 0}
	switch r.IntN(20) {
	case 0:
		return assessment.Answer{State: assessment.NotApplicable}
	case 1:
		return assessment.Answer{State: assessment.Answered, Option: 99, Number: q.Max + 1, Options: 1 << 50}
	}
	switch q.Kind {
	case assessment.KindNumber:
		a.Number = q.Min + r.Int64N(q.Max-q.Min+1)
		if r.IntN(2) == 0 {
			a.Number = q.Cells[r.IntN(len(q.Cells))]
		}
	case assessment.KindMany:
		for i, option := range q.Options {
			if !option.Exclusive && r.IntN(2) == 0 {
				a.Options |= 1 << i
			} else if option.Exclusive && r.IntN(4) == 0 {
				a.Options = 1 << i
			}
		}
	default:
		a.Option = r.IntN(len(q.Options))
	}
	return a
}
