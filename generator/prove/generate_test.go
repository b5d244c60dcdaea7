package prove

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
)

// A writing is a random assessment in the making.
type writing struct {
	*rand.Rand
	strings.Builder
	top        int
	dimensions []string
	questions  []written
	values     []string
	// small keeps numbers few and mixes everything with everything.
	small bool
}

type written struct {
	id      string
	kind    assessment.Kind
	scored  bool
	options int
	hangs   bool // is asked, however indirectly, on a scored answer
	na      bool
}

func (w *writing) pick(list ...string) string { return list[w.IntN(len(list))] }
func (w *writing) chance(percent int) bool    { return w.IntN(100) < percent }

func (w *writing) head() {
	fmt.Fprintf(w, "id = \"random\"\nversion = 1\ntitle = \"Random\"\n")
	for i := range w.top + 1 {
		fmt.Fprintf(w, "[[level]]\nnumber = %d\nname = \"L\"\n", i)
	}
}

func (w *writing) dimension() string {
	id := fmt.Sprintf("d%d", len(w.dimensions))
	fmt.Fprintf(w, "[[dimension]]\nid = %q\ntitle = \"D\"\n", id)
	w.dimensions = append(w.dimensions, id)
	return id
}

// generateSmall writes an assessment of few worlds with every kind of question and
// condition.
func generateSmall(r *rand.Rand) string {
	w := &writing{Rand: r, top: 1 + r.IntN(3), small: true}
	w.head()
	dimensions := r.IntN(3)
	for range dimensions {
		w.dimension()
	}
	count := max(1, dimensions) + r.IntN(4)
	for i := range count {
		dimension := ""
		if i < dimensions {
			dimension = w.dimensions[i]
		} else if dimensions > 0 && w.chance(40) {
			dimension = w.dimensions[w.IntN(dimensions)]
		}
		w.question(dimension, w.chance(25))
	}
	for i := range r.IntN(3) {
		compute := w.number(2)
		fmt.Fprintf(w, "[[value]]\nid = \"v%d\"\ntitle = \"V\"\ncompute = %q\n", i, compute)
		w.values = append(w.values, fmt.Sprintf("v%d", i))
	}
	w.rules(r.IntN(4), 2*r.IntN(3), r.IntN(3), r.IntN(4), 2)
	return w.String()
}

// generateLarge writes an assessment of the size that proofs must bear: 8 dimensions
// of 5 to 8 questions, 8 to 16 context questions, 30 to 60 rules. Of 100 scored
// questions, about so many as asked says have an ask-when.
func generateLarge(r *rand.Rand, asked int) string {
	w := &writing{Rand: r, top: 4}
	w.head()
	for range 8 {
		w.dimension()
	}
	for range 8 + r.IntN(9) {
		w.question("", w.chance(10))
	}
	for _, d := range w.dimensions {
		for range 5 + r.IntN(4) {
			w.question(d, w.chance(asked))
		}
	}
	for i := range 1 + r.IntN(4) {
		compute := w.number(2)
		fmt.Fprintf(w, "[[value]]\nid = \"v%d\"\ntitle = \"V\"\ncompute = %q\n", i, compute)
		w.values = append(w.values, fmt.Sprintf("v%d", i))
	}
	rules := 30 + r.IntN(31)
	outcomes := 4 + r.IntN(5)
	votes := rules / 4
	targets := 4 + r.IntN(5)
	w.rules(outcomes, votes, targets, rules-outcomes-votes-targets, 2)
	return w.String()
}

func (w *writing) question(dimension string, asked bool) {
	q := written{id: fmt.Sprintf("q%d", len(w.questions)), scored: dimension != "", na: w.chance(15)}
	kinds := []assessment.Kind{assessment.KindChoice, assessment.KindMany, assessment.KindNumber, assessment.KindYesNo}
	if q.scored {
		kinds = append(kinds, assessment.KindLevel, assessment.KindLevel)
		if !w.small {
			kinds = append(kinds, assessment.KindLevel, assessment.KindLevel, assessment.KindLevel, assessment.KindLevel, assessment.KindLevel, assessment.KindLevel)
		}
	}
	q.kind = kinds[w.IntN(len(kinds))]
	fmt.Fprintf(w, "[[question]]\nid = %q\nkind = %q\ntext = \"Q\"\n", q.id, q.kind)
	if q.na {
		fmt.Fprintln(w, "not-applicable = true")
	}
	if q.scored {
		fmt.Fprintf(w, "dimension = %q\n", dimension)
	}
	q.options = 2 + w.IntN(2)
	if !w.small {
		q.options = 3 + w.IntN(4)
		if q.kind == assessment.KindLevel {
			q.options = w.top + 1
		}
	}
	levels := make([]int, q.options)
	lowest := 0
	for j := range levels {
		levels[j] = w.IntN(w.top + 1)
		if !w.small {
			levels[j] = min(j, w.top)
		}
	}
	if max(levels[0], levels[1]) == 0 {
		levels[1] = 1
	}
	for j, level := range levels {
		if level < levels[lowest] {
			lowest = j
		}
	}
	otherwise := ""
	switch q.kind {
	case assessment.KindNumber:
		high := 3
		if !w.small {
			high = []int{20, 100, 500, 5000}[w.IntN(4)]
		}
		fmt.Fprintf(w, "min = 0\nmax = %d\nstep = 1\n", high)
		otherwise = "1"
		if q.scored {
			fmt.Fprintf(w, "bands = [{ to = 1, level = %d }, { from = 2, level = %d }]\n", levels[0], levels[1])
			otherwise = "0"
			if levels[1] < levels[0] {
				otherwise = "2"
			}
		}
	case assessment.KindMany:
		var list []string
		for j := range levels {
			alone := ""
			if j == len(levels)-1 && w.chance(50) {
				alone = ", exclusive = true"
			}
			list = append(list, fmt.Sprintf("{ id = \"x%d\", text = \"O\"%s }", j, alone))
		}
		fmt.Fprintf(w, "option = [%s]\n", strings.Join(list, ", "))
		otherwise = "[]"
		if q.scored {
			fmt.Fprintf(w, "bands = [{ to = 0, level = %d }, { from = 1, level = %d }]\n", levels[0], levels[1])
			if levels[1] < levels[0] {
				otherwise = `["x0"]`
			}
		}
	case assessment.KindYesNo:
		otherwise = "false"
		if q.scored {
			fmt.Fprintf(w, "option = [{ id = \"no\", level = %d }, { id = \"yes\", level = %d }]\n", levels[0], levels[1])
			if levels[1] < levels[0] {
				otherwise = "true"
			}
		}
	default:
		var list []string
		for j, level := range levels {
			scored := ""
			if q.scored {
				scored = fmt.Sprintf(", level = %d", level)
			}
			list = append(list, fmt.Sprintf("{ id = \"x%d\", text = \"O\"%s }", j, scored))
		}
		fmt.Fprintf(w, "option = [%s]\n", strings.Join(list, ", "))
		otherwise = fmt.Sprintf("%q", fmt.Sprintf("x%d", lowest))
	}
	if asked && len(w.questions) > 0 {
		w.askWhen(&q, otherwise)
	}
	w.questions = append(w.questions, q)
}

// askWhen draws a condition that the rules allow: on scored answers only as >=.
func (w *writing) askWhen(q *written, otherwise string) {
	scored := false
	part := func() string {
		other := w.questions[w.IntN(len(w.questions))]
		if other.scored || other.hangs {
			scored = true
			if q.scored && other.scored {
				return fmt.Sprintf("%s >= 1", other.id)
			}
			if q.scored {
				return "true"
			}
		}
		return w.leaf(other)
	}
	condition := part()
	if w.chance(40) {
		condition += w.pick(" && ", " || ") + part()
	}
	fmt.Fprintf(w, "ask-when = %q\n", condition)
	if q.scored && scored || w.chance(50) {
		fmt.Fprintf(w, "otherwise = %s\n", otherwise)
	}
	q.hangs = scored
}

// leaf is a condition on one question.
func (w *writing) leaf(q written) string {
	if w.chance(6) {
		return fmt.Sprintf("applies(%s)", q.id)
	}
	if q.scored {
		return fmt.Sprintf("%s %s %d", q.id, w.pick(">=", "<", "==", "!="), w.IntN(w.top+1))
	}
	switch q.kind {
	case assessment.KindNumber:
		constants := []string{"0", "1", "2", "2.5", "3"}
		if !w.small {
			constants = []string{"3", "5", "10", "15", "20"}
		}
		return fmt.Sprintf("%s %s %s", q.id, w.pick(">=", "<", "==", ">", "<=", "!="), w.pick(constants...))
	case assessment.KindYesNo:
		return w.pick("", "!") + q.id
	case assessment.KindMany:
		if w.chance(30) {
			return fmt.Sprintf("count(%s) >= 1", q.id)
		}
		return fmt.Sprintf("has(%s, x%d)", q.id, w.IntN(q.options))
	}
	return fmt.Sprintf("%s %s x%d", q.id, w.pick("==", "!="), w.IntN(q.options))
}

func (w *writing) truth(depth int) string {
	if depth == 0 {
		if len(w.dimensions) > 0 && w.chance(55) {
			d := w.dimensions[w.IntN(len(w.dimensions))]
			switch {
			case w.chance(50):
				return fmt.Sprintf("level(%s) %s %d", d, w.pick(">=", "<", "=="), w.IntN(w.top+1))
			case w.chance(80):
				return fmt.Sprintf("mean(%s) %s %s", d, w.pick(">=", "<", ">", "<=", "=="), w.pick("0.5", "1", "1.25", "2", "2.5", "3"))
			}
			return fmt.Sprintf("applies(%s)", d)
		}
		if len(w.values) > 0 && w.chance(10) {
			return fmt.Sprintf("%s %s %s", w.values[w.IntN(len(w.values))], w.pick(">=", "<", ">"), w.pick("0", "1.5", "3"))
		}
		var list []written
		for _, q := range w.questions {
			if w.small || !q.scored || w.chance(20) {
				list = append(list, q)
			}
		}
		return w.leaf(list[w.IntN(len(list))])
	}
	arithmetic := 4
	if w.small {
		arithmetic = 12
	}
	switch k := w.IntN(100); {
	case k < 40:
		return "(" + w.truth(depth-1) + " && " + w.truth(depth-1) + ")"
	case k < 65:
		return "(" + w.truth(depth-1) + " || " + w.truth(depth-1) + ")"
	case k < 75:
		return "!(" + w.truth(depth-1) + ")"
	case k < 75+arithmetic:
		return "(" + w.number(depth-1) + " > " + w.number(depth-1) + ")"
	case k < 79+arithmetic && w.small:
		return "((" + w.truth(depth-1) + ")" + w.pick(" == ", " != ") + "(" + w.truth(depth-1) + "))"
	case k < 82+arithmetic && w.small:
		return "if(" + w.truth(depth-1) + ", " + w.truth(depth-1) + ", " + w.truth(depth-1) + ")"
	}
	return w.truth(depth - 1)
}

func (w *writing) number(depth int) string {
	if depth == 0 {
		var names []string
		for _, q := range w.questions {
			switch {
			case q.scored && w.small, q.kind == assessment.KindNumber && !q.scored:
				names = append(names, q.id)
			case q.kind == assessment.KindMany:
				names = append(names, "count("+q.id+")")
			}
		}
		for _, d := range w.dimensions {
			names = append(names, "level("+d+")", "mean("+d+")")
		}
		if len(names) == 0 || w.chance(25) {
			return w.pick("0", "1", "0.1", "2", "10")
		}
		return names[w.IntN(len(names))]
	}
	switch w.IntN(4) {
	case 0, 1:
		return "(" + w.number(depth-1) + w.pick(" + ", " - ", " * ", " / ") + w.number(depth-1) + ")"
	case 2:
		return w.pick("max", "min") + "(" + w.number(depth-1) + ", " + w.number(depth-1) + ")"
	}
	return "if(" + w.truth(0) + ", " + w.number(depth-1) + ", " + w.number(depth-1) + ")"
}

func (w *writing) rules(outcomes, votes, targets, advice, depth int) {
	for i := range outcomes {
		fmt.Fprintf(w, "[[outcome]]\nid = \"o%d\"\ntitle = \"O\"\n", i)
		if i < outcomes-1 || w.chance(50) {
			fmt.Fprintf(w, "when = %q\n", w.truth(depth))
		}
	}
	for range min(votes, votes*outcomes) {
		outcome := w.IntN(outcomes)
		id := fmt.Sprintf("o%d", outcome)
		if w.chance(25) {
			id = "silent"
		}
		fmt.Fprintf(w, "[[vote]]\nsource = \"s%d\"\noutcome = %q\n", w.IntN(2), id)
		if w.chance(90) {
			fmt.Fprintf(w, "when = %q\n", w.truth(depth-1))
		}
		if w.chance(30) {
			fmt.Fprintf(w, "also = [\"o%d\"]\n", w.IntN(outcomes))
		}
	}
	for range min(targets, targets*len(w.dimensions)) {
		fmt.Fprintf(w, "[[target]]\ndimension = %q\nlevel = %d\nown = true\n", w.pick(w.dimensions...), w.IntN(w.top+1))
		if w.chance(80) {
			fmt.Fprintf(w, "when = %q\n", w.truth(depth-1))
		}
	}
	for i := range advice {
		fmt.Fprintf(w, "[[advice]]\nid = \"a%d\"\ntitle = \"A\"\n", i)
		if len(w.dimensions) > 0 && w.chance(40) {
			fmt.Fprintf(w, "dimension = %q\nstep = %d\n", w.pick(w.dimensions...), 1+w.IntN(w.top))
		} else {
			fmt.Fprintf(w, "when = %q\n", w.truth(depth))
		}
	}
}

// modelOf compiles a random assessment; nil if a comparison in it can never hold.
func modelOf(t testing.TB, text string) *assessment.Model {
	_, m, list := assessment.Load(diag.NewFile("random.toml", []byte(text)))
	for _, d := range list {
		switch d.Code {
		case diag.ExprNeverHolds, diag.ExprAlwaysHolds, diag.AssessAskWhenLowers:
		default:
			t.Fatalf("%s\n%v", text, list)
		}
	}
	return m
}
