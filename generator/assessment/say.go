package assessment

import (
	"slices"
	"strconv"
	"strings"

	"cairn/generator/expr"
)

// Fill prints every text of a result: scores, decision, votes, changes and the whole
// of the reasons.
func (w *Words) Fill(r *Result) *Result {
	for i := range r.Dimensions {
		d := &r.Dimensions[i]
		d.Text = w.scoreLine(d)
		w.reason(d.Reason)
		w.reason(d.Target.Reason)
		if d.Raise != nil {
			d.Raise.Text = w.raiseLine(d.ID, d.Raise)
		}
	}
	for i := range r.Values {
		v := &r.Values[i]
		v.Text = w.Value(v.ID, v.Number)
		w.reason(v.Reason)
	}
	if r.Decision != nil {
		r.Decision.Text = w.decisionLine(r.Decision)
		for i := range r.Decision.Outcomes {
			w.reason(r.Decision.Outcomes[i].Reason)
		}
	}
	for i := range r.Votes {
		v := &r.Votes[i]
		v.Text = w.voteLine(v)
		for j := range v.Votes {
			w.reason(v.Votes[j].Reason)
		}
	}
	for i := range r.Advice {
		w.reason(r.Advice[i].Reason)
	}
	for i := range r.Next {
		r.Next[i].Text = w.nextLine(&r.Next[i])
	}
	for i := range r.Near {
		n := &r.Near[i]
		n.Text = w.catalogue.Count("near.line", n.Missing, strconv.Itoa(n.Missing), "advice", w.AdviceTitle(n.Advice))
		for _, leaf := range n.Leaves {
			w.reason(leaf)
			if leaf.Not {
				leaf.Text = w.say("near.not", "line", leaf.Text)
			}
		}
	}
	if r.Change != nil {
		for i := range r.Change.Ways {
			way := &r.Change.Ways[i]
			way.Text = w.say("change.line", "changes", w.changes(way.Changes), "outcome", w.Outcome(way.Outcome))
		}
	}
	return r
}

func (w *Words) scoreLine(d *DimensionResult) string {
	title := w.Dimension(d.ID)
	if d.Ladder.Low == nil {
		return w.say("score.none", "dimension", title)
	}
	return w.say("score.line", "dimension", title, "level", w.Level(d.Ladder), "mean", w.Means(d.Mean, w.Mean))
}

func (w *Words) decisionLine(d *DecisionResult) string {
	if d.Outcome != "" {
		return w.Outcome(d.Outcome)
	}
	if len(d.Candidates) == 0 {
		return w.say("result.no-decision")
	}
	var words []string
	for _, id := range d.Candidates {
		words = append(words, w.Outcome(id))
	}
	if d.None {
		words = append(words, w.say("result.open-none"))
	}
	return w.say("result.open", "outcomes", w.catalogue.List("or", words))
}

// voteLine names the outcomes that a source says, and those that it may say.
func (w *Words) voteLine(v *SourceResult) string {
	outcomes := func(join string, ids []string) string {
		var words []string
		for _, id := range ids {
			words = append(words, w.Outcome(id))
		}
		return w.catalogue.List(join, words)
	}
	var given, perhaps []string
	for _, id := range v.Says {
		if id != Silent {
			given = append(given, id)
		}
	}
	for _, vote := range v.Votes {
		if id := vote.Outcome; vote.Verdict == Open && id != Silent && !slices.Contains(given, id) && !slices.Contains(perhaps, id) {
			perhaps = append(perhaps, id)
		}
	}
	source, stance := w.source(v.Source), w.say("stance."+string(v.Stance))
	line := w.say("vote.line", "source", source, "stance", stance)
	if len(given) > 0 {
		line = w.say("vote.says", "source", source, "stance", stance, "outcomes", outcomes("and", given))
	}
	if len(perhaps) > 0 {
		return w.say("vote.perhaps", "line", line, "outcomes", outcomes("or", perhaps))
	}
	return line
}

func (w *Words) nextLine(n *NextResult) string {
	titles := func(ids []string) string {
		var words []string
		for _, id := range ids {
			words = append(words, w.AdviceTitle(id))
		}
		return w.catalogue.List("and", words)
	}
	switch {
	case len(n.Waits) > 0:
		return w.AdviceTitle(n.Advice) + ": " + w.say("result.waits", "advice", titles(n.Waits))
	case len(n.Perhaps) > 0:
		return w.AdviceTitle(n.Advice) + ": " + w.say("result.perhaps-waits", "advice", titles(n.Perhaps))
	}
	return w.AdviceTitle(n.Advice)
}

func (w *Words) changes(list []ChangeTo) string {
	var words []string
	for _, change := range list {
		words = append(words, w.say("answer.line", "question", w.Question(change.Question), "answer", w.Answer(change.Question, change.To)))
	}
	return strings.Join(words, w.say("change.join"))
}

func (w *Words) raiseLine(dimension string, r *Raise) string {
	var words []string
	if len(r.Changes) > 0 {
		words = append(words, w.changes(r.Changes))
	}
	byLevel := map[int][]string{}
	for _, needed := range r.AtLeast {
		byLevel[needed.Level] = append(byLevel[needed.Level], needed.Question)
	}
	for level := range 10 {
		if ids := byLevel[level]; len(ids) > 0 {
			words = append(words, w.say("change.at-least", "level", strconv.Itoa(level), "questions", w.questionsList(ids)))
		}
	}
	return w.say("change.raise", "dimension", w.Dimension(dimension), "level", strconv.Itoa(r.To), "changes", strings.Join(words, w.say("change.at-least.join")))
}

// reason prints a tree of reasons, one line each.
func (w *Words) reason(r *Reason) {
	if r == nil {
		return
	}
	switch r.Kind {
	case "question":
		r.Text = w.answerLine(r)
		if q := w.questions[r.ID]; q != nil {
			w.sourced(r, q.Sources)
		}
	case "dimension":
		r.Text = w.say("score.none", "dimension", w.Dimension(r.ID))
		if r.Number.Low != nil {
			r.Text = w.say("score.line", "dimension", w.Dimension(r.ID), "level", w.Level(*r.Number), "mean", w.Means(*r.Mean, w.exact))
		}
	case "value":
		r.Text = w.say("value.line", "title", w.valueTitle(r.ID), "value", w.Value(r.ID, *r.Number))
		if v := w.values[r.ID]; v != nil {
			w.sourced(r, v.Sources)
		}
	case "always":
		r.Text = w.say("reason.always")
	default:
		r.Text = w.say("reason.line", "what", w.condition(r.node), "verdict", w.verdict(r.Truths))
	}
	for _, part := range r.Parts {
		w.reason(part)
	}
}

// sourced adds the sources that a line rests on.
func (w *Words) sourced(r *Reason, sources []string) {
	if len(sources) == 0 {
		return
	}
	r.Sources = sources
	var names []string
	for _, id := range sources {
		names = append(names, w.source(id))
	}
	r.Text = w.say("reason.sources", "line", r.Text, "sources", strings.Join(names, ", "))
}

func (w *Words) valueTitle(id string) string {
	if v := w.values[id]; v != nil {
		return v.Title
	}
	return id
}

func (w *Words) verdict(truths []string) string {
	if len(truths) == 1 {
		return w.say("truth." + truths[0])
	}
	return w.say("truth.open")
}

func (w *Words) answerLine(r *Reason) string {
	answer := ""
	switch r.State {
	case "hidden":
		answer = w.say("answer.hidden-na")
		if r.Answer != nil {
			answer = w.say("answer.hidden", "answer", w.Answer(r.ID, r.Answer))
		}
	case "answered":
		answer = w.Answer(r.ID, r.Answer)
	default:
		answer = w.say("answer." + r.State)
	}
	if r.Level != nil {
		answer = w.say("answer.level", "answer", answer, "level", strconv.Itoa(*r.Level))
	}
	return w.say("answer.line", "question", w.Question(r.ID), "answer", answer)
}

// condition prints a node of a condition in words.
func (w *Words) condition(n *expr.Node) string {
	a := w.assessment
	switch n.Op {
	case expr.OpTrue, expr.OpFalse, expr.OpAnd, expr.OpOr, expr.OpNot, expr.OpIf, expr.OpSame:
		return w.say("what." + string(n.Op) + n.Sign)
	case expr.OpHolds:
		return w.say("what.holds", "question", a.Questions[n.Index].Text)
	case expr.OpIs, expr.OpIsNot, expr.OpHas:
		q := &a.Questions[n.Index]
		var words []string
		op := n.Op
		for _, o := range n.Options {
			words = append(words, w.say("answer.said", "answer", q.Options[o].Text))
			if q.Options[o].Exclusive { // never among others
				op = expr.OpIs
			}
		}
		return w.say("what."+string(op), "question", q.Text, "options", w.catalogue.List("or", words))
	case expr.OpApplies:
		what := w.say("what.question", "question", a.Questions[min(n.Index, len(a.Questions)-1)].Text)
		if n.Kind == expr.Dim {
			what = a.Dimensions[n.Index].Title
		}
		return w.say("what.applies", "what", what)
	case expr.OpMeanCompare:
		mean := w.say("op.mean", "dimension", a.Dimensions[n.Index].Title)
		return w.say("sign."+n.Sign, "a", mean, "b", w.Figure(n.Number, n.Places))
	case expr.OpCompare:
		return w.say("sign."+n.Sign, "a", w.operand(n.Args[0]), "b", w.operand(n.Args[1]))
	}
	return w.operand(n)
}

// operand prints a node that is a number.
func (w *Words) operand(n *expr.Node) string {
	a := w.assessment
	switch n.Op {
	case expr.OpNumber:
		return w.Figure(n.Number, n.Places)
	case expr.OpRead:
		if n.Kind == expr.Value {
			return a.Values[n.Index].Title
		}
		q := &a.Questions[n.Index]
		if q.Scored() {
			return w.say("op.read", "question", q.Text)
		}
		return w.say("what.question", "question", q.Text)
	case expr.OpCount:
		return w.say("op.count", "question", a.Questions[n.Index].Text)
	case expr.OpLevel, expr.OpMean:
		return w.say("op."+string(n.Op), "dimension", a.Dimensions[n.Index].Title)
	case expr.OpIf:
		return w.say("op.if", "b", w.operand(n.Args[1]), "c", w.operand(n.Args[2]))
	}
	var words []string
	for _, arg := range n.Args {
		words = append(words, w.operand(arg))
	}
	pairs := []string{"a", words[0], "list", w.catalogue.List("and", words)}
	if len(words) > 1 {
		pairs = append(pairs, "b", words[1])
	}
	return w.say("op."+string(n.Op), pairs...)
}
