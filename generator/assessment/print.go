package assessment

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
)

// PrintText prints a result as a person wants to read it: profile, decision with
// votes, next steps, figures, what would change it, and why. The result must be whole
// and filled: words.Fill(model.Whole(answers)).
func (w *Words) PrintText(to io.Writer, r *Result) error {
	p := &printer{w: w, r: r}
	p.heading(w.assessment.Title)
	all := r.Counts.Answered + r.Counts.DontKnow + r.Counts.NotApplicable + r.Counts.Unanswered
	p.line(0, w.say("result.answered", "n", strconv.Itoa(r.Counts.Answered), "all", strconv.Itoa(all)))
	p.decision()
	p.profile()
	p.steps()
	p.figures()
	p.changes()
	p.why()
	_, err := io.WriteString(to, p.b.String())
	return err
}

// PrintJSON prints the whole tree.
func PrintJSON(to io.Writer, r *Result) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

type printer struct {
	w *Words
	r *Result
	b strings.Builder
}

func (p *printer) heading(text string) {
	if p.b.Len() > 0 {
		p.b.WriteByte('\n')
	}
	p.b.WriteString(text + "\n")
}

func (p *printer) line(depth int, text string) {
	p.b.WriteString(strings.Repeat("  ", depth) + text + "\n")
}

func (p *printer) decision() {
	w, d := p.w, p.r.Decision
	if d == nil {
		return
	}
	p.heading(w.say("result.decision") + " (" + strings.ToLower(w.say("result.reading")) + ")")
	p.line(1, d.Text)
	p.standing(1, &d.Item)
	if len(p.r.Votes) == 0 {
		return
	}
	p.heading(w.say("result.votes"))
	for i := range p.r.Votes {
		p.line(1, p.r.Votes[i].Text)
	}
}

func (p *printer) standing(depth int, item *Item) {
	switch item.Standing {
	case Unsettled:
		p.line(depth, p.w.say("result.asks", "questions", p.w.questionsList(item.Unanswered)))
	case AsSettled:
		p.line(depth, p.w.say("result.as-settled", "questions", p.w.questionsList(item.DontKnow)))
	}
}

func (p *printer) profile() {
	w := p.w
	if len(p.r.Dimensions) == 0 {
		return
	}
	p.heading(w.say("result.profile"))
	for i := range p.r.Dimensions {
		d := &p.r.Dimensions[i]
		text := d.Text
		if levels := d.Target.Levels; len(levels) > 0 { // several while it is open which one holds
			low, high := float64(slices.Min(levels)), float64(slices.Max(levels))
			text += ", " + w.say("result.target", "level", w.Level(Span{Low: &low, High: &high, None: d.Target.None}))
		}
		p.line(1, text)
		if len(d.Holders) > 0 {
			p.line(2, w.say("result.held-by", "questions", p.holders(d.Holders)))
		}
	}
}

// holders names the questions; a hidden one by those that hide it.
func (p *printer) holders(holders []Holder) string {
	var ids []string
	for _, holder := range holders {
		if len(holder.HiddenBy) > 0 {
			ids = append(ids, holder.HiddenBy...)
		} else {
			ids = append(ids, holder.Question)
		}
	}
	seen := map[string]bool{}
	var once []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			once = append(once, id)
		}
	}
	return p.w.questionsList(once)
}

func (p *printer) steps() {
	w := p.w
	if len(p.r.Advice) == 0 {
		return
	}
	p.heading(w.say("result.next"))
	steps := p.r.NextSteps()
	if len(steps) == 0 {
		p.line(1, w.say("result.no-next"))
	}
	for i, step := range steps {
		text := strconv.Itoa(i+1) + ". " + step.Text
		if advice := w.advice[step.Advice]; advice != nil {
			text += " (" + w.say("effort."+advice.Effort) + ")"
		}
		p.line(1, text)
	}
}

func (p *printer) figures() {
	w := p.w
	if len(p.r.Values) == 0 {
		return
	}
	p.heading(w.say("result.values"))
	for i := range p.r.Values {
		v := &p.r.Values[i]
		p.line(1, w.say("value.line", "title", w.valueTitle(v.ID), "value", v.Text))
		next := 0
		for _, b := range w.assessment.Benchmarks {
			if b.Value == v.ID {
				position := w.say("position." + v.Benchmarks[next].Position)
				mean, deviation := w.Figure(b.Mean, w.values[v.ID].Places), w.Figure(b.Deviation, w.values[v.ID].Places)
				p.line(2, w.say("result.versus", "segment", b.Segment, "position", position, "mean", mean, "deviation", deviation,
					"n", strconv.Itoa(b.SampleSize), "date", b.Date, "source", w.source(b.Source)))
				next++
			}
		}
	}
}

func (p *printer) changes() {
	w, before := p.w, p.b.String()
	p.heading(w.say("result.change"))
	heading := p.b.Len()
	if p.r.Change != nil {
		if len(p.r.Change.Ways) == 0 && p.r.Decision.Standing == Settled {
			p.line(1, w.say("change.none"))
		}
		for _, way := range p.r.Change.Ways {
			p.line(1, way.Text)
		}
	}
	for i := range p.r.Dimensions {
		if raise := p.r.Dimensions[i].Raise; raise != nil {
			p.line(1, raise.Text)
		}
	}
	for i := range p.r.Near {
		p.line(1, p.r.Near[i].Text)
		for _, leaf := range p.r.Near[i].Leaves {
			p.line(2, leaf.Text)
		}
	}
	if p.b.Len() == heading { // nothing to say
		p.b.Reset()
		p.b.WriteString(before)
	}
}

// why prints the reasons of the decision, of what is given, and of the scores.
func (p *printer) why() {
	w := p.w
	p.heading(w.say("result.why"))
	if d := p.r.Decision; d != nil {
		for i := range d.Outcomes {
			p.line(1, w.Outcome(d.Outcomes[i].ID))
			p.reason(2, d.Outcomes[i].Reason)
			if d.Outcomes[i].ID == d.Outcome {
				break
			}
		}
	}
	for i := range p.r.Advice {
		if a := &p.r.Advice[i]; a.Verdict == Given {
			p.line(1, w.AdviceTitle(a.ID))
			p.reason(2, a.Reason)
		}
	}
	for i := range p.r.Dimensions {
		p.reason(1, p.r.Dimensions[i].Reason)
	}
}

func (p *printer) reason(depth int, r *Reason) {
	if r == nil {
		return
	}
	p.line(depth, r.Text)
	for _, part := range r.Parts {
		p.reason(depth+1, part)
	}
}

// AtLeast tells whether the ladder of a dimension surely reaches a level: for
// `cairn assess --at-least delivery=2`. Known is false if there is no such dimension.
func (r *Result) AtLeast(dimension string, level int) (reached, known bool) {
	for i := range r.Dimensions {
		if d := &r.Dimensions[i]; d.ID == dimension {
			return d.Ladder.Low != nil && !d.Ladder.None && int(*d.Ladder.Low) >= level, true
		}
	}
	return false, false
}

// PrintMigrated says what became of answers to an earlier version: which were kept,
// changed and dropped, each by name.
func (w *Words) PrintMigrated(to io.Writer, f *AnswersFile) error {
	if f.Migrated == nil {
		return nil
	}
	p := &printer{w: w}
	m := f.Migrated
	p.line(0, w.say("migrated.from", "from", strconv.Itoa(f.Version), "to", strconv.Itoa(w.assessment.Version)))
	p.line(1, w.say("migrated.kept", "n", strconv.Itoa(len(m.Kept))))
	for _, c := range m.Changed {
		p.line(1, w.say("migrated.changed", "old", c.From, "before", plainValue(c.Before), "new", c.Question, "after", plainValue(c.After)))
	}
	for _, d := range m.Dropped {
		p.line(1, w.say("migrated.dropped", "old", d.Question, "before", plainValue(d.Before), "why", w.say("why."+d.Why)))
	}
	_, err := io.WriteString(to, p.b.String())
	return err
}

// plainValue prints an old answer by its ids: its texts are no longer known.
func plainValue(v any) string {
	switch v := v.(type) {
	case []string:
		return "[" + strings.Join(v, ", ") + "]"
	case float64:
		return figure(v, maxStepPlaces)
	case bool:
		if v {
			return "yes"
		}
		return "no"
	}
	text, _ := v.(string)
	return text
}
