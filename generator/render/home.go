package render

import (
	"fmt"

	"cairn/generator/site"
)

// homeView gives the first page its ways in: the assessments, the tables, the
// sections with their pages, and what the sources are worth. All of it follows
// from the model; the author writes only the page itself.
func (r *renderer) homeView(p *pageRenderer, v *pageView) {
	var tables []linkView
	for _, page := range r.site.Pages {
		switch {
		case page.Kind == site.AssessmentPage && page.Assessment != nil:
			card := r.cardView(p, page)
			action := linkView{Title: "Read and fill in", Address: card.Address}
			v.Doors = append(v.Doors, doorView{
				Title:  page.Title,
				Text:   fmt.Sprintf("%d questions, about %s to read. It prints with its scoring key.", card.Questions, card.Minutes),
				Action: &action,
			})
		case page.Kind == site.TablePage:
			tables = append(tables, p.link(page))
		}
	}
	if len(tables) > 0 {
		for i := range tables {
			tables[i].Description = ""
		}
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
