package render

import (
	"fmt"
	"slices"

	"cairn/generator/site"
)

const doors = 3

// homeView gives the first page its ways in: the assessments, the tables, the
// sections with their pages, and what the sources are worth. All of it follows
// from the model; the author writes only the page itself.
func (r *renderer) homeView(p *pageRenderer, v *pageView) {
	// Three doors stand in a row: the assessments in their order, and the tables if
	// there is room. All tables are also in the list of their section.
	var tables []linkView
	var assessments []*site.Page
	for _, page := range r.site.Pages {
		switch {
		case page.Kind == site.AssessmentPage && page.Assessment != nil:
			assessments = append(assessments, page)
		case page.Kind == site.TablePage:
			link := p.link(page)
			link.Description = ""
			tables = append(tables, link)
		}
	}
	slices.SortStableFunc(assessments, site.ByOrder)
	for _, page := range assessments[:min(len(assessments), doors)] {
		card := r.cardView(p, page)
		v.Doors = append(v.Doors, doorView{
			Title:  page.Title,
			Text:   fmt.Sprintf("%d questions, about %s to read. It prints with its scoring key.", card.Questions, card.Minutes),
			Action: &linkView{Title: "Read and fill in", Address: card.Address},
		})
	}
	if len(v.Doors) < doors && len(tables) > 0 {
		v.Doors = append(v.Doors, doorView{Title: "Tables", Links: tables[:min(len(tables), 6)]})
	}
	for _, page := range r.site.Pages {
		if page.Kind != site.SectionPage || page.Parent != p.page || len(page.Children) == 0 {
			continue
		}
		v.Lists = append(v.Lists, listView{Title: page.Title, Groups: p.groups(page.Children, true)})
	}
	if r.site.Sources != nil && r.site.SourcesPage != nil {
		for i := range r.site.Sources.Sources {
			view := p.source(&r.site.Sources.Sources[i])
			view.Address = p.to(r.site.SourcesPage.Path) + "#" + r.site.Sources.Sources[i].ID
			v.Worth = append(v.Worth, view)
		}
	}
	v.Facts = nil
}
