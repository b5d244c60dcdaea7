package render

import (
	"encoding/json"
	"strings"

	"cairn/generator/assessment"
)

// assessmentJSON writes an assessment for other programs: what it asks, what each
// answer is worth, what it may say and under which condition.
func assessmentJSON(a *assessment.Assessment) ([]byte, error) {
	type option struct {
		ID    string `json:"id"`
		Text  string `json:"text"`
		Level *int   `json:"level,omitempty"`
	}
	type question struct {
		ID            string          `json:"id"`
		Kind          assessment.Kind `json:"kind"`
		Dimension     string          `json:"dimension,omitempty"`
		Text          string          `json:"text"`
		Hint          string          `json:"hint,omitempty"`
		Options       []option        `json:"options,omitempty"`
		Min           *float64        `json:"min,omitempty"`
		Max           *float64        `json:"max,omitempty"`
		Step          *float64        `json:"step,omitempty"`
		Unit          string          `json:"unit,omitempty"`
		AskWhen       string          `json:"ask-when,omitempty"`
		DontKnow      bool            `json:"dont-know"`
		NotApplicable bool            `json:"not-applicable"`
		Sources       []string        `json:"sources,omitempty"`
	}
	type level struct {
		Number      int    `json:"number"`
		Name        string `json:"name"`
		Description string `json:"description,omitempty"`
	}
	type dimension struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	type item struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		When  string `json:"when,omitempty"`
		Text  string `json:"text,omitempty"`
	}
	type vote struct {
		Source  string `json:"source"`
		Outcome string `json:"outcome"`
		When    string `json:"when,omitempty"`
	}
	made := struct {
		ID          string      `json:"id"`
		Version     int         `json:"version"`
		Title       string      `json:"title"`
		Description string      `json:"description,omitempty"`
		Levels      []level     `json:"levels,omitempty"`
		Dimensions  []dimension `json:"dimensions,omitempty"`
		Questions   []question  `json:"questions"`
		Outcomes    []item      `json:"outcomes,omitempty"`
		Votes       []vote      `json:"votes,omitempty"`
		Advice      []item      `json:"advice,omitempty"`
	}{ID: a.ID, Version: a.Version, Title: a.Title, Description: a.Description, Questions: []question{}}
	for _, l := range a.Levels {
		made.Levels = append(made.Levels, level{l.Number, l.Name, l.Description})
	}
	for _, d := range a.Dimensions {
		made.Dimensions = append(made.Dimensions, dimension{d.ID, d.Title})
	}
	for i := range a.Questions {
		q := &a.Questions[i]
		view := question{
			ID: q.ID, Kind: q.Kind, Dimension: q.Dimension, Text: q.Text, Hint: q.Hint, Unit: q.Unit, AskWhen: folded(q.AskWhen),
			DontKnow: q.DontKnow, NotApplicable: q.NotApplicable, Sources: q.Sources,
		}
		for _, o := range q.Options {
			choice := option{ID: o.ID, Text: o.Text}
			if q.Scored() && q.Kind != assessment.KindMany {
				choice.Level = &o.Level
			}
			view.Options = append(view.Options, choice)
		}
		if q.Kind == assessment.KindNumber {
			view.Min, view.Max, view.Step = &q.Min, &q.Max, &q.Step
		}
		made.Questions = append(made.Questions, view)
	}
	for _, o := range a.Outcomes {
		made.Outcomes = append(made.Outcomes, item{o.ID, o.Title, folded(o.When), o.Text})
	}
	for _, v := range a.Votes {
		made.Votes = append(made.Votes, vote{v.Source, v.Outcome, folded(v.When)})
	}
	for _, advice := range a.Advice {
		made.Advice = append(made.Advice, item{advice.ID, advice.Title, folded(advice.When), advice.Text})
	}
	encoded, err := json.MarshalIndent(made, "", " ")
	return append(encoded, '\n'), err
}

// folded writes a condition on one line.
func folded(expression string) string { return strings.Join(strings.Fields(expression), " ") }
