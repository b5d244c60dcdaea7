package render

import (
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cairn/generator/assessment"
	"cairn/generator/site"
	"cairn/generator/table"
)

// An assessmentView is an assessment as a complete form: it can be read, filled in
// and printed with its scoring key without any script.
type assessmentView struct {
	Introduction          template.HTML
	Questions, Dimensions int
	// Minutes are those of the whole form, ShortMinutes those of the short way.
	Minutes, ShortMinutes string
	Version               int
	// Live tells whether the page carries the script and its data.
	Live   bool
	Levels []levelView
	Parts  []partView
	Key    []keyView
	// Outcomes are the possible decisions, in order: the first that holds.
	Outcomes []outcomeView
	Advice   []adviceView
	// Exchange are the scripts that are loaded when answers come from elsewhere, or go there.
	Exchange []string
}

// An outcomeView is a possible decision, with its condition as it is written.
type outcomeView struct {
	ID, Title, When string
	Body            template.HTML
	Guides          []linkView
}

// An adviceView is an advice with the guides to read.
type adviceView struct {
	ID, Title, Effort string
	Body              template.HTML
	Guides            []linkView
}

// A levelView is a level of the ladder. Stones are how many of the mark's four it puts on.
type levelView struct {
	Number            int
	Name, Description string
	Stones            string
}

// A partView is a dimension, or the questions without one.
type partView struct {
	Anchor, Title, Short, Description string
	Guide                             *linkView
	Count                             string
	Questions                         []questionView
}

// A questionView is a question. Options are its answers, Apart those that stand apart: not known, not applicable.
type questionView struct {
	ID, Anchor, Place, Text, Hint, HintID, Condition string
	Options, Apart                                   []optionView
	Number                                           *numberView
	Cites                                            []sourceView
	Own                                              bool
}

// An optionView is an answer to choose.
type optionView struct {
	Type, Name, Value, Text, Key, Hint string
	// PrintKey is what conditions of the scoring key call the option; it is needed on
	// paper only.
	PrintKey string
	// ScreenKey is the number that chooses the option, where its level is not it.
	ScreenKey string
	Stones    string
}

// A numberView is the field of a question that takes a number.
type numberView struct{ Label, Min, Max, Step, Unit string }

// A keyView is a row of the scoring key: what a reader with a pen needs.
type keyView struct {
	Title, Questions string
	Count            int
	Bands            []string
}

// stones are how many of the mark's four stones a level on a ladder of any length
// puts on.
func stones(level, top int) string {
	on := 0
	if top > 0 {
		on = (level*4 + top - 1) / top
	}
	return strconv.Itoa(on)
}

func (r *renderer) assessmentView(p *pageRenderer) (*assessmentView, error) {
	a := p.page.Assessment
	v := &assessmentView{Questions: len(a.Questions), Dimensions: len(a.Dimensions), Version: a.Version, Live: p.page.Model != nil}
	v.ShortMinutes, v.Minutes = r.minutesOf(p.page)
	var err error
	for _, level := range a.Levels {
		v.Levels = append(v.Levels, levelView{level.Number, level.Name, level.Description, stones(level.Number, a.Top())})
	}
	part := func(id, title, short, description string) partView {
		view := partView{Anchor: id, Title: title, Short: short, Description: description}
		for i := range a.Questions {
			if question := &a.Questions[i]; question.Dimension == id || id == contextAnchor && question.Dimension == "" {
				view.Questions = append(view.Questions, r.questionView(p, question))
			}
		}
		for i := range view.Questions {
			view.Questions[i].Place = r.words.Say("form.place", "part", title, "n", strconv.Itoa(i+1), "all", strconv.Itoa(len(view.Questions)), "id", view.Questions[i].ID)
		}
		view.Count = strconv.Itoa(len(view.Questions))
		return view
	}
	for _, dimension := range a.Dimensions {
		short := dimension.Short
		if short == "" {
			short = dimension.Title
		}
		view := part(dimension.ID, dimension.Title, short, dimension.Description)
		if guide := p.page.Guides[dimension.Guide]; guide != nil {
			link := p.link(guide)
			view.Guide = &link
		}
		v.Parts = append(v.Parts, view)
		v.Key = append(v.Key, r.keyOf(a, dimension))
	}
	for i, outcome := range a.Outcomes {
		view := outcomeView{ID: outcome.ID, Title: outcome.Title, When: strings.Join(strings.Fields(outcome.When), " "), Guides: p.guides(outcome.Guides)}
		if view.Body, err = r.body(p, p.page.OutcomeTexts[i]); err != nil {
			return nil, err
		}
		v.Outcomes = append(v.Outcomes, view)
	}
	for i, advice := range a.Advice {
		view := adviceView{ID: advice.ID, Title: advice.Title, Guides: p.guides(advice.Guides)}
		if advice.Effort != "" {
			view.Effort = r.words.Say("effort." + advice.Effort)
		}
		if view.Body, err = r.body(p, p.page.AdviceTexts[i]); err != nil {
			return nil, err
		}
		v.Advice = append(v.Advice, view)
	}
	context := part(contextAnchor, r.words.Say("form.about-you"), r.words.Say("form.about-you"), r.words.Say("form.about-you-how"))
	if len(a.Dimensions) == 0 {
		context.Title, context.Short, context.Description = r.words.Say("form.questions"), r.words.Say("form.questions"), ""
		for i := range context.Questions {
			context.Questions[i].Place = r.words.Say("form.place-plain", "n", strconv.Itoa(i+1), "all", strconv.Itoa(len(context.Questions)))
		}
	}
	if len(context.Questions) > 0 {
		v.Parts = append(v.Parts, context)
	}
	return v, nil
}

// guides are links to the guides that an assessment names.
func (p *pageRenderer) guides(files []string) []linkView {
	var links []linkView
	for _, file := range files {
		if guide := p.page.Guides[file]; guide != nil {
			links = append(links, p.link(guide))
		}
	}
	return links
}

// contextAnchor cannot be the id of a dimension: ids have no capital letters.
const contextAnchor = "Context"

func (r *renderer) questionView(p *pageRenderer, q *assessment.Question) questionView {
	v := questionView{ID: q.ID, Anchor: q.ID, Text: q.Text, Hint: q.Hint, Own: q.Own}
	if q.Hint != "" {
		v.HintID = q.ID + "-hint"
	}
	if q.AskWhen != "" {
		v.Condition = r.words.Say("form.condition")
	}
	for _, id := range q.Sources {
		for _, source := range p.page.Cited {
			if source.ID == id {
				v.Cites = append(v.Cites, p.source(source))
			}
		}
	}
	kind := "radio"
	if q.Kind == assessment.KindMany {
		kind = "checkbox"
	}
	for i, option := range q.Options {
		view := optionView{Type: kind, Name: q.ID, Value: option.ID, Text: option.Text}
		if q.Scored() && q.Kind != assessment.KindMany {
			view.Stones = stones(option.Level, p.page.Assessment.Top())
			view.Key = strconv.Itoa(option.Level)
		} else {
			view.PrintKey = option.ID
			if i < 9 {
				view.ScreenKey = strconv.Itoa(i + 1)
			}
		}
		v.Options = append(v.Options, view)
	}
	if q.Kind == assessment.KindNumber {
		number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
		v.Number = &numberView{
			Label: r.words.Say("form.range", "low", table.FormatNumber(q.Min, q.Places), "high", table.FormatNumber(q.Max, q.Places)),
			Min:   number(q.Min), Max: number(q.Max), Step: number(q.Step), Unit: q.Unit,
		}
	}
	if q.DontKnow {
		v.Apart = append(v.Apart, optionView{Type: "radio", Name: q.ID + ".state", Value: "dont-know", Text: r.words.Say("form.dont-know"), Hint: r.words.Say("form.dont-know-how")})
	}
	if q.NotApplicable {
		v.Apart = append(v.Apart, optionView{Type: "radio", Name: q.ID + ".state", Value: "not-applicable", Text: r.words.Say("form.not-applicable"), Hint: r.words.Say("form.not-applicable-how")})
	}
	if kind == "checkbox" && !slices.ContainsFunc(q.Options, func(o assessment.Option) bool { return o.Exclusive }) {
		v.Apart = append(v.Apart, optionView{Type: "radio", Name: q.ID + ".state", Value: "none", Text: r.words.Say("form.none"), Hint: r.words.Say("form.none-how")})
	}
	if kind == "radio" && len(q.Options) > 0 {
		for i := range v.Apart {
			v.Apart[i].Name = q.ID // one group: answering takes back "I don't know"
		}
	}
	return v
}

// keyOf says how a dimension is counted by hand.
func (r *renderer) keyOf(a *assessment.Assessment, dimension assessment.Dimension) keyView {
	view := keyView{Title: dimension.Title}
	var ids []string
	for i := range a.Questions {
		q := &a.Questions[i]
		if q.Dimension != dimension.ID {
			continue
		}
		ids = append(ids, q.ID)
		view.Count++
		for _, band := range q.Bands {
			view.Bands = append(view.Bands, r.words.Say("form.band", "question", q.ID,
				"low", table.FormatNumber(band.From, q.Places), "high", table.FormatNumber(band.To, q.Places), "level", strconv.Itoa(band.Level)))
		}
	}
	view.Questions = strings.Join(ids, ", ")
	return view
}

// pace is how many minutes a question of an assessment takes, to three places.
func pace(a *assessment.Assessment) float64 {
	words := 0
	for i := range a.Questions {
		words += wordsIn(&a.Questions[i])
	}
	return math.Round(1000*float64(words)/float64(wordsPerMinute*max(1, len(a.Questions)))) / 1000
}

// minutesOf are the minutes that the two ways through an assessment take, from the
// words that a reader of each reads. The short way takes one reader much longer than
// another, so its minutes are a span.
func (r *renderer) minutesOf(page *site.Page) (short, all string) {
	times, _ := r.times.LoadOrStore(page, sync.OnceValue(func() [2]string {
		a := page.Assessment
		var every []int
		for i := range a.Questions {
			every = append(every, i)
		}
		shortest, longest := every, every
		if page.Model != nil {
			shortest, longest = page.Model.TypicalWays()
		}
		return [2]string{span(r.words, wordsOf(a, shortest), wordsOf(a, longest)), minutes(r.words, wordsOf(a, every))}
	}))
	both := times.(func() [2]string)()
	return both[0], both[1]
}

// wordsOf counts the words of an introduction and of some questions.
func wordsOf(a *assessment.Assessment, questions []int) int {
	words := len(strings.Fields(a.Introduction))
	for _, i := range questions {
		words += wordsIn(&a.Questions[i])
	}
	return words
}

// wordsIn counts the words of a question, its hint and its options.
func wordsIn(q *assessment.Question) int {
	words := len(strings.Fields(q.Text)) + len(strings.Fields(q.Hint))
	for _, option := range q.Options {
		words += len(strings.Fields(option.Text))
	}
	return words
}

// A cardView leads from a page to an assessment.
type cardView struct {
	linkView
	Questions             int
	ShortMinutes, Minutes string
}

func (r *renderer) cardView(p *pageRenderer, page *site.Page) cardView {
	card := cardView{linkView: p.link(page)}
	if page.Assessment != nil {
		card.Questions = len(page.Assessment.Questions)
		card.ShortMinutes, card.Minutes = r.minutesOf(page)
	}
	return card
}
