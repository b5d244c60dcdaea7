package site

import (
	"fmt"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// resolveAssessment cites the sources of an assessment and finds its guides.
func (b *builder) resolveAssessment(page *Page) {
	document := page.Assessment.Document
	page.own().Guides = map[string]*Page{}
	guide := func(written record.String) {
		at, guide := written.At, written.Value
		if guide == "" {
			return
		}
		file := b.texts[page.File]
		wanted, ok := b.inProject(page.File, guide)
		target := b.pages[wanted]
		if ok && target == nil && b.toldOf(wanted) {
			return
		}
		if ok && b.isDraft(wanted) {
			b.faults.Add(file.At(at.Start, at.End, diag.LinkNotPublished, draftMessage(wanted), draftHint))
			return
		}
		if !ok || target == nil {
			b.faults.Add(file.At(at.Start, at.End, diag.LinkMissingPage, fmt.Sprintf("there is no guide %q", guide),
				b.site.Graph.suggestFile(page.File, wanted, PageNode)))
			return
		}
		b.link(page, page.File, at.Start, Place{File: wanted})
		page.Guides[guide] = target
	}
	cite := func(sources record.Strings) {
		for _, id := range sources.Value {
			b.cite(page, b.texts[page.File], id.Value, id.Start, id.End)
		}
	}
	for i := range document.Dimensions {
		guide(document.Dimensions[i].Guide)
	}
	for i := range document.Questions {
		cite(document.Questions[i].Sources)
	}
	for i := range document.Values {
		cite(document.Values[i].Sources)
	}
	text := func(written record.String) *Resolved {
		return b.resolveText(page, written.Value, written.Start, written.End)
	}
	for i := range document.Outcomes {
		page.OutcomeTexts = append(page.OutcomeTexts, text(document.Outcomes[i].Text))
		cite(document.Outcomes[i].Sources)
		for _, file := range document.Outcomes[i].Guides.Value {
			guide(file)
		}
	}
	for i := range document.Votes {
		b.cite(page, b.texts[page.File], document.Votes[i].Source.Value, document.Votes[i].Source.Start, document.Votes[i].Source.End)
	}
	for i := range document.Targets {
		cite(document.Targets[i].Sources)
	}
	for i := range document.Advice {
		page.AdviceTexts = append(page.AdviceTexts, text(document.Advice[i].Text))
		cite(document.Advice[i].Sources)
		for _, file := range document.Advice[i].Guides.Value {
			guide(file)
		}
	}
	for i := range document.Benchmarks {
		b.cite(page, b.texts[page.File], document.Benchmarks[i].Source.Value, document.Benchmarks[i].Source.Start, document.Benchmarks[i].Source.End)
	}
}
