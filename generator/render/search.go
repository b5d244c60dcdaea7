package render

import (
	"strings"

	"cairn/generator/site"
	"cairn/generator/theme"
)

// searchPolicy lets the search page load the files of the index, which its script
// checks by name, under the one policy of trusted types that it may make.
var searchPolicy = strings.Replace(policy, "trusted-types 'none'", "trusted-types cairn-search", 1)

// searchPage makes the page that searches. Without script it shows the sections.
func (r *renderer) searchPage() ([]byte, error) {
	page := site.NewPage(site.SearchPath, r.words.Say("search.title"))
	page.Parent = r.site.Home
	p := r.newPage(page)
	view := r.frame(p)
	view.Kind = "search"
	view.Policy = searchPolicy
	view.Scripts = append(view.Scripts, p.to(r.scripts[theme.SearchScript]))
	if r.site.Home != nil {
		view.Children = p.groups(r.site.Home.Children, true)
	}
	return r.execute("search.html", view, site.SearchPath)
}
