package render

import (
	"slices"
	"strconv"
	"strings"

	"cairn/generator/site"
)

const doors = 3

// homeView gives the first page its ways in: the assessments, the sections of the menu
// with their pages, and what its sources are worth. All of it follows from the model; the
// author writes only the page itself.
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
		door := doorView{
			Title:  page.Title,
			Action: &linkView{Title: r.words.Say("home.start"), Address: card.Address},
			Text:   r.words.Say("home.takes", "short", card.ShortMinutes, "all", card.Minutes, "n", strconv.Itoa(card.Questions)),
		}
		if m := page.Model; m != nil {
			if first := m.Order(m.Evaluate(m.None())).Ask; len(first) > 0 {
				door.Question = page.Assessment.Questions[m.Question(first[0])].Text
			}
		}
		v.Doors = append(v.Doors, door)
	}
	if len(v.Doors) < doors && len(tables) > 0 {
		v.Doors = append(v.Doors, doorView{Title: r.words.Say("home.tables"), Links: tables[:min(len(tables), 6)]})
	}
	var sections []*site.Page
	pages := 0
	for _, page := range r.site.Pages {
		if page.Kind == site.SectionPage && page.Parent == p.page && len(page.Children) > 0 && r.inMenu(page) && len(sections) < mostListed {
			sections = append(sections, page)
			pages += len(page.Children)
		}
	}
	for _, section := range sections {
		v.Lists = append(v.Lists, listView{Title: section.Title, Groups: p.groups(listed(section, pages, len(sections)), false)})
	}
	// The sources that the page cites stand in one table with what they are worth; if it
	// cites none, all the site has.
	v.Worth, v.Sources = v.Sources, nil
	if len(v.Worth) == 0 && r.site.Sources != nil {
		for i := range r.site.Sources.Sources {
			v.Worth = append(v.Worth, p.source(&r.site.Sources.Sources[i]))
		}
	}
	for i := range v.Worth {
		if r.site.SourcesPage != nil {
			v.Worth[i].Address = p.to(r.site.SourcesPage.Path) + "#" + strings.TrimPrefix(v.Worth[i].Anchor, sourceAnchor)
		}
	}
	v.Facts = slices.DeleteFunc(v.Facts, func(fact factView) bool { return fact.Date == "" })
}

// mostListed is how many pages the lists of the first page name: its size does not depend
// on the number of pages.
const mostListed = 240

// listed is what the first page lists of a section. If all sections have too many pages for
// that, it is the first of them, and then the section, which lists all.
func listed(section *site.Page, pages, sections int) []*site.Page {
	most := max(1, mostListed/sections)
	if pages <= mostListed || len(section.Children) <= most {
		return section.Children
	}
	first := grouped(section.Children)[:most-1]
	return append(slices.Clip(first), section)
}

// inMenu tells whether a section belongs on the first page: those of the menu do, and all
// of a site that has no section in its menu.
func (r *renderer) inMenu(section *site.Page) bool {
	some := false
	for _, page := range r.site.Menu {
		if page == section {
			return true
		}
		some = some || page != nil && page.Kind == site.SectionPage
	}
	return !some
}
