package render

import (
	"encoding/json"
	"html/template"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/markdown"
	"cairn/generator/messages"
)

// assessmentData is what the client of an assessment's page is handed: the compiled
// model, and the words that its form does not show. The texts of questions and options
// are read from the form.
type assessmentData struct {
	Model    *assessment.Model     `json:"model"`
	Versions assessment.Versions   `json:"versions"`
	Texts    assessment.Texts      `json:"texts"`
	Messages messages.Catalogue    `json:"messages"`
	Levels   []string              `json:"levels"`
	Short    []string              `json:"short"`
	Outcomes []itemData            `json:"outcomes"`
	Advice   []itemData            `json:"advice"`
	Votes    []string              `json:"votes"`
	Sources  map[string]sourceData `json:"sources"`
	// Benchmarks are "source, date, asked", by the model's indexes.
	Benchmarks []benchmarkData `json:"benchmarks"`
}

// itemData is an outcome or advice: its text and the guides to read.
type itemData struct {
	Text   string     `json:"text,omitempty"`
	Guides [][]string `json:"guides,omitempty"` // title, address
}

type sourceData struct {
	Evidence string `json:"evidence"`
	Grade    int    `json:"grade"`
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
		Model: p.page.Model, Versions: p.page.Versions, Messages: messages.English(), Levels: []string{}, Short: []string{}, Outcomes: []itemData{}, Advice: []itemData{},
		Votes: []string{}, Sources: map[string]sourceData{}, Benchmarks: []benchmarkData{},
	}
	for _, source := range p.page.Cited {
		names[source.ID] = p.source(source).Name
		d.Sources[source.ID] = sourceData{source.Evidence, grades[source.Evidence]}
	}
	d.Texts = assessment.NewWords(d.Messages, a, names).Texts()
	for i := range d.Texts.Questions {
		d.Texts.Questions[i].Text, d.Texts.Questions[i].Options = "", nil
	}
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
	for _, one := range a.Outcomes {
		d.Outcomes = append(d.Outcomes, p.item(one.Text, one.Guides))
	}
	for _, one := range a.Advice {
		d.Advice = append(d.Advice, p.item(one.Text, one.Guides))
	}
	for _, vote := range a.Votes {
		d.Votes = append(d.Votes, vote.Text)
	}
	for _, b := range a.Benchmarks {
		d.Benchmarks = append(d.Benchmarks, benchmarkData{d.Texts.Sources[b.Source], longDate(b.Date), b.SampleSize})
	}
	encoded, err := json.Marshal(d)
	return data("application/json", encoded), err
}

// item is a text in plain words, with the guides to read.
func (p *pageRenderer) item(text string, guides []string) itemData {
	article, _ := markdown.Parse(diag.NewFile(p.page.File, []byte(text)), 0, markdown.Options{})
	item := itemData{Text: article.Text}
	for _, file := range guides {
		if guide := p.page.Guides[file]; guide != nil {
			item.Guides = append(item.Guides, []string{guide.Title, p.to(guide.Path)})
		}
	}
	return item
}
