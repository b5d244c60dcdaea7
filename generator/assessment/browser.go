package assessment

// Texts are the author's words that the browser prints a result with, by the same
// indexes as the Model. A page leaves out the texts of questions and options and
// reads them from its form.
type Texts struct {
	Questions  []QuestionTexts   `json:"questions,omitempty"`
	Dimensions []string          `json:"dimensions"`
	Values     []ValueTexts      `json:"values"`
	Outcomes   []string          `json:"outcomes"`
	Advice     []string          `json:"advice"`
	Sources    map[string]string `json:"sources"`
}

// QuestionTexts are the words of a question.
type QuestionTexts struct {
	Text    string   `json:"text,omitempty"`
	Options []string `json:"options,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Sources []string `json:"sources,omitempty"`
}

// ValueTexts are the words of a computed number.
type ValueTexts struct {
	Title   string   `json:"title"`
	Sources []string `json:"sources,omitempty"`
}

// Texts returns everything that the words are printed with.
func (w *Words) Texts() Texts {
	t := Texts{Dimensions: []string{}, Values: []ValueTexts{}, Outcomes: []string{}, Advice: []string{}, Sources: map[string]string{}}
	name := func(ids ...string) {
		for _, id := range ids {
			t.Sources[id] = w.source(id)
		}
	}
	a := w.assessment
	for i := range a.Questions {
		q := &a.Questions[i]
		texts := QuestionTexts{Text: q.Text, Options: []string{}, Unit: q.Unit, Sources: q.Sources}
		for _, option := range q.Options {
			texts.Options = append(texts.Options, option.Text)
		}
		t.Questions = append(t.Questions, texts)
		name(q.Sources...)
	}
	for _, d := range a.Dimensions {
		t.Dimensions = append(t.Dimensions, d.Title)
	}
	for _, v := range a.Values {
		t.Values = append(t.Values, ValueTexts{Title: v.Title, Sources: v.Sources})
		name(v.Sources...)
	}
	for _, o := range a.Outcomes {
		t.Outcomes = append(t.Outcomes, o.Title)
	}
	for _, one := range a.Advice {
		t.Advice = append(t.Advice, one.Title)
	}
	for _, v := range a.Votes {
		name(v.Source)
	}
	for _, b := range a.Benchmarks {
		name(b.Source)
	}
	return t
}
