package generator

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/output"
	"cairn/generator/search"
	"cairn/generator/site"
)

// searched returns the files of the search index: it reads the pages as they are
// finished, so that what can be read can be found.
func searched(model *site.Site, outputs []output.Output) []output.Output {
	if !model.Config.Search {
		return nil
	}
	makes := make(map[string]func() ([]byte, error), len(outputs))
	for i := range outputs {
		makes[outputs[i].Path] = outputs[i].Make
	}
	words := model.Config.Catalogue()
	pages := make([]search.Page, 0, len(model.Pages))
	for _, page := range model.Pages {
		if makes[page.Path] == nil {
			continue
		}
		found := search.Page{Title: page.Title, Address: page.Path, Description: page.Description, HTML: readable(makes[page.Path]), Kind: words.Say(kinds[page.Kind])}
		for above := page; above != nil && above.Kind != site.HomePage; above = above.Parent {
			if len(above.Children) > 0 {
				found.Section = above.Title // the topmost
			}
		}
		if page.Assessment != nil {
			for _, advice := range page.Assessment.Advice {
				found.More = append(found.More, search.Section{Heading: advice.Title, Text: target.ReplaceAllString(advice.Text, "$1")})
			}
		}
		pages = append(pages, found)
	}
	slices.SortStableFunc(pages, func(x, y search.Page) int {
		return cmp.Or(cmp.Compare(x.Section, y.Section), cmp.Compare(x.Kind, y.Kind))
	})
	return search.Outputs(pages, strings.Fields(words.Say("search.quiet")))
}

// readable gives nothing of a page that cannot be made: that is told of the page itself.
func readable(bake func() ([]byte, error)) func() ([]byte, error) {
	return func() ([]byte, error) {
		data, err := bake()
		if _, ok := diag.Of(err); ok {
			return nil, nil
		}
		return data, err
	}
}

// kinds are the words of each kind of page.
var kinds = map[site.Kind]string{
	site.GuidePage: "kind.guide", site.PathPage: "kind.path", site.HomePage: "kind.section", site.SectionPage: "kind.section",
	site.TablePage: "kind.table", site.AssessmentPage: "kind.assessment", site.SourcesPage: "kind.sources",
}

// target is a link in Markdown: its words are kept.
var target = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
