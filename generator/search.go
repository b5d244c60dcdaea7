package generator

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/markup"
	"cairn/generator/memory"
	"cairn/generator/output"
	"cairn/generator/render"
	"cairn/generator/search"
	"cairn/generator/site"
)

// searchable returns the pages in the order of the search index, in which those of one
// section and kind stand together, and what the index shows of them; the model's own order
// if there is no index. Pages are made in that order: then the index takes the words of
// each while it is there.
func searchable(model *site.Site) ([]*site.Page, []search.Page) {
	if !model.Config.Search {
		return model.Pages, nil
	}
	words := model.Config.Catalogue()
	type both struct {
		page  *site.Page
		found search.Page
	}
	all := make([]both, len(model.Pages))
	for i, page := range model.Pages {
		all[i] = both{page, search.Page{Title: page.Title, Address: page.Path, Description: page.Description, Kind: words.Say(kinds[page.Kind]), Section: sectionOf(page)}}
		if page.Assessment != nil {
			for _, advice := range page.Assessment.Advice {
				all[i].found.More = append(all[i].found.More, search.Section{Heading: advice.Title, Text: target.ReplaceAllString(advice.Text, "$1")})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y both) int {
		return cmp.Or(cmp.Compare(x.found.Section, y.found.Section), cmp.Compare(x.found.Kind, y.found.Kind))
	})
	pages, found := make([]*site.Page, len(all)), make([]search.Page, len(all))
	for i := range all {
		pages[i], found[i] = all[i].page, all[i].found
	}
	return pages, found
}

// withSearch puts the files of the search index among the outputs: the texts of pages
// right behind the pages, the words after all.
func withSearch(model *site.Site, made render.Made, pages []*site.Page, found []search.Page, remembered *memory.Whole) []output.Output {
	if !model.Config.Search {
		return made.Outputs
	}
	from := search.Source{
		Main: func(i int) (*markup.Node, error) { return readable(made.Main(pages[i])) },
		Key:  func(i int) string { return made.Key(pages[i]) },
	}
	if remembered != nil {
		from.Memory = remembered
	}
	index := search.New(found, strings.Fields(model.Config.Catalogue().Say("search.quiet")), from)
	outputs := make([]output.Output, 0, len(made.Outputs)+len(pages))
	at := 0
	for n, end := range made.Ends {
		outputs = append(append(outputs, made.Outputs[at:end]...), index.Texts(n)...)
		at = end
	}
	return append(append(outputs, made.Outputs[at:]...), index.Words()...)
}

// sectionOf returns the title of the topmost section that a page stands in.
func sectionOf(page *site.Page) (title string) {
	for above := page; above != nil && above.Kind != site.HomePage; above = above.Parent {
		if len(above.Children) > 0 {
			title = above.Title
		}
	}
	return title
}

// readable gives nothing of a page that cannot be made: that is told of the page itself.
func readable(main *markup.Node, err error) (*markup.Node, error) {
	if _, ok := diag.Of(err); ok {
		return nil, nil
	}
	return main, err
}

// kinds are the words of each kind of page.
var kinds = map[site.Kind]string{
	site.GuidePage: "kind.guide", site.PathPage: "kind.path", site.HomePage: "kind.section", site.SectionPage: "kind.section",
	site.TablePage: "kind.table", site.AssessmentPage: "kind.assessment", site.SourcesPage: "kind.sources",
}

// target is a link in Markdown: its words are kept.
var target = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
