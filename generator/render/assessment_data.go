package render

import (
	"encoding/json"
	"html/template"

	"cairn/generator/assessment"
	"cairn/generator/messages"
)

// assessmentData is what the client of an assessment's page is handed: the compiled
// model, and the words that its form does not show. The texts of questions, options,
// outcomes and advice are read from the page.
type assessmentData struct {
	Model    *assessment.Model   `json:"model"`
	Versions assessment.Versions `json:"versions"`
	Texts    assessment.Texts    `json:"texts"`
	Messages messages.Catalogue  `json:"messages"`
	Levels   []string            `json:"levels"`
	Short    []string            `json:"short"`
	Votes    []string            `json:"votes"`
	// Pace is how many minutes a question takes, one like the other.
	Pace float64 `json:"pace"`
	// Benchmarks are "source, date, asked", by the model's indexes.
	Benchmarks []benchmarkData `json:"benchmarks"`
}

type benchmarkData struct {
	Source string `json:"source"`
	Date   string `json:"date"`
	Asked  int    `json:"asked"`
}

// assessmentData writes the data block of an assessment's page.
func (r *renderer) assessmentData(p *pageRenderer) (template.HTML, error) {
	a := p.page.Assessment
	names := map[string]string{}
	d := assessmentData{
		Model: p.page.Model, Versions: p.page.Versions, Messages: r.words.ForAssessment(), Levels: []string{}, Short: []string{},
		Votes: []string{}, Benchmarks: []benchmarkData{}, Pace: pace(a),
	}
	for _, source := range p.page.Cited {
		names[source.ID] = p.source(source).Name
	}
	d.Texts = assessment.NewWords(d.Messages, a, names).Texts()
	for i := range d.Texts.Questions {
		d.Texts.Questions[i].Text, d.Texts.Questions[i].Options = "", nil
	}
	d.Texts.Outcomes, d.Texts.Advice = nil, nil
	for _, level := range a.Levels {
		d.Levels = append(d.Levels, level.Name)
	}
	for _, dimension := range a.Dimensions {
		short := dimension.Short
		if short == "" {
			short = dimension.Title
		}
		d.Short = append(d.Short, short)
	}
	for _, vote := range a.Votes {
		d.Votes = append(d.Votes, vote.Text)
	}
	for _, b := range a.Benchmarks {
		d.Benchmarks = append(d.Benchmarks, benchmarkData{d.Texts.Sources[b.Source], longDate(r.words, b.Date), b.SampleSize})
	}
	encoded, err := json.Marshal(d)
	return data("application/json", encoded), err
}
