package render

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/messages"
	"cairn/generator/site"
	"cairn/generator/theme"
)

// A pageView is what the template of a page is given. The templates show what each kind
// of page has; what a page does not have is empty.
type pageView struct {
	// Site is the same on every page, but for addresses.
	Site siteView
	// Kind is home, guide, path, table, assessment, sources, tags, search or notfound.
	Kind string
	// Title and Description are the author's; TitleID is the anchor of the title.
	Title, TitleID string
	Description    string
	// Body is the text, ready.
	Body template.HTML
	// Faults keep the page from being what it should; only the preview shows such pages.
	Faults diag.List
	// Draft: the page is not published, and seen in the preview alone.
	Draft bool

	// Crumbs lead from the first page to this one's section.
	Crumbs []linkView
	// Side lists the pages beside this one, by groups, under SideTitle.
	Side      []sideGroup
	SideTitle string
	// Previous and Next are the pages beside this one, in order.
	Previous, Next *linkView
	// Contents are the headings of the page.
	Contents []contentsView
	// Facts are author, owner, dates and reading time, as far as the page has them.
	Facts []factView
	// Picture is the one at the head.
	Picture *pictureView
	// Questions are those of the front matter with their answers.
	Questions []questionAndAnswer
	// Sources are those that the page cites, in order.
	Sources []sourceView
	// Tags are those the page is filed under; Related are pages to go on with, at most four.
	Tags, Related []linkView
	// Edit is the address at which the page's file can be changed.
	Edit string
	// Children are the pages of a section, Catalogue the golden paths among them.
	Children  []groupView
	Catalogue []catalogueView

	// Doors, Lists and Worth are on the home page: ways in, the sections of the menu, and
	// the sources with what they are worth.
	Doors []doorView
	Lists []listView
	Worth []sourceView
	// Table and Figures are on a table's page.
	Table   *tableView
	Figures []*figureView
	// Assessment is on an assessment's page.
	Assessment *assessmentView
	// Path is on the page of a golden path.
	Path *pathView
	// Registry is on the page of the sources: all of them.
	Registry []sourceView
	// TagPage is on the pages of tags.
	TagPage *tagsView
	// To is where a page that moved has gone.
	To *linkView

	// HeadTitle and HeadDescription are for the head: what search engines show.
	HeadTitle, HeadDescription string
	// Policy is what the page allows itself, and belongs into its head.
	Policy string
	// Style is the address of the style sheet, Script that of the script of every page,
	// which stands in the head; Scripts are those of this page besides.
	Style, Script string
	Scripts       []string
	// Code: the page has blocks of code, and a script that copies them.
	Code bool
	// Data are data blocks for the head.
	Data []template.HTML
	// Search is the address of the search page.
	Search string
	// Twin is the address of the page as Markdown, Feed that of the feed.
	Twin, Feed string
	// Canonical is the page's full address, and Social what social sites show; both only
	// with base-url.
	Canonical string
	Social    *socialView
}

// A siteView is what all pages share.
type siteView struct {
	Title, Language, Footer string
	// Home is the address of the first page.
	Home              string
	Menu, FooterLinks []linkView
}

// A linkView leads to a page.
type linkView struct {
	Title, Address, Description string
	// Current is "page" if it leads to the page itself, "true" if to a section above it.
	Current string
}

// A groupView is pages under a heading, which may be empty.
type groupView struct {
	Title string
	Links []linkView
}

// A factView is one line about a page. Date is set if it is one, as in 2026-01-22.
type factView struct{ Name, Text, Date string }

// A pictureView is the one at the head of a page: its addresses and sizes, Dark for
// the dark palette.
type pictureView struct {
	Source, Dark, Alt                    string
	Width, Height, DarkWidth, DarkHeight int
}

// A contentsView is a heading of the page with those below it.
type contentsView struct {
	Title, Address string
	Children       []contentsView
}

// A questionAndAnswer is one of the front matter.
type questionAndAnswer struct{ Question, Answer string }

// A doorView is a way in on the home page: an assessment, or the tables.
type doorView struct {
	Title string
	// Question is the one that an assessment asks first.
	Question, Text string
	Action         *linkView
	Links          []linkView
}

// A listView is a section of the menu on the home page.
type listView struct {
	Title  string
	Groups []groupView
}

// frame fills what every page has.
func (r *renderer) frame(p *pageRenderer) *pageView {
	config := r.site.Config
	v := &pageView{
		Policy: policy, Style: p.to(r.style), Script: p.to(r.scripts[theme.Main]),
		Title: p.page.Title, Description: p.page.Description, Faults: p.page.Faults, Draft: p.page.Draft,
		Site: siteView{Title: config.Title, Language: config.Language, Footer: config.Footer, Home: p.to("index.html")},
	}
	if config.Search {
		v.Search = p.to(site.SearchPath)
	}
	if r.site.Home != nil {
		v.Site.Home = p.to(r.site.Home.Path)
	}
	v.HeadTitle, v.HeadDescription = v.Title, v.Description
	if v.Title != config.Title && p.page.Kind != site.HomePage {
		v.HeadTitle = v.Title + " · " + config.Title
	}
	if v.HeadDescription == "" {
		v.HeadDescription = config.Description
	}
	for i, entry := range config.Menu {
		if target := r.site.Menu[i]; target != nil {
			link := p.link(target)
			link.Title = entry.Title
			switch {
			case target == p.page:
				link.Current = "page"
			case p.below(target) && !slices.Contains(r.site.Menu, p.page):
				link.Current = "true"
			}
			v.Site.Menu = append(v.Site.Menu, link)
		}
	}
	for i, entry := range config.FooterLinks {
		if target := r.site.FooterLinks[i]; target != nil {
			link := p.link(target)
			link.Title = entry.Title
			v.Site.FooterLinks = append(v.Site.FooterLinks, link)
		}
	}
	if config.BaseURL != "" && p.page.File != "" {
		v.Canonical = absolute(config.BaseURL, p.page.Path)
	}
	return v
}

// below tells whether a page stands above this one.
func (p *pageRenderer) below(above *site.Page) bool {
	for parent := p.page.Parent; parent != nil; parent = parent.Parent {
		if parent == above && above.Kind != site.HomePage {
			return true
		}
	}
	return false
}

func (p *pageRenderer) link(page *site.Page) linkView {
	return linkView{Title: page.Title, Description: page.Description, Address: p.to(page.Path)}
}

// view fills what the kind of page has.
func (r *renderer) view(p *pageRenderer) (*pageView, error) {
	v := r.frame(p)
	if err := r.place(p, v); err != nil {
		return nil, err
	}
	body, err := r.body(p, p.body)
	if err != nil {
		return nil, err
	}
	v.Body = body
	for _, source := range p.page.Cited {
		v.Sources = append(v.Sources, p.source(source))
	}
	switch p.page.Kind {
	case site.HomePage:
		v.Kind = "home"
		r.guideView(p, v)
		r.homeView(p, v)
	case site.GuidePage, site.SectionPage:
		v.Kind = "guide"
		r.guideView(p, v)
	case site.PathPage:
		v.Kind = "path"
		r.guideView(p, v)
		if err := r.pathView(p, v); err != nil {
			return nil, err
		}
		v.Scripts = append(v.Scripts, p.to(r.scripts[theme.PathScript]))
		p.code = true // a command
	case site.TablePage:
		v.Kind = "table"
		if p.page.Table != nil {
			v.Table = r.tableView(p, p.page)
			v.Table.Note = body
			for i := range p.page.Table.Charts {
				v.Figures = append(v.Figures, r.figureView(p, p.page.Table, &p.page.Table.Charts[i], nil))
			}
		}
	case site.AssessmentPage:
		v.Kind = "assessment"
		if p.page.Assessment != nil {
			if v.Assessment, err = r.assessmentView(p); err != nil {
				return nil, err
			}
			v.Assessment.Introduction = body
			if p.page.Model != nil {
				block, err := r.assessmentData(p)
				if err != nil {
					return nil, err
				}
				v.Data = append(v.Data, block)
				v.Scripts = append(v.Scripts, p.to(r.scripts[theme.AssessmentScript]))
				if len(p.page.Versions.Earlier) > 0 {
					v.Assessment.Exchange = append(v.Assessment.Exchange, p.to(r.scripts[theme.EarlierScript]))
				}
				v.Assessment.Exchange = append(v.Assessment.Exchange, p.to(r.scripts[theme.ExchangeScript]))
			}
		}
	case site.SourcesPage:
		v.Kind = "sources"
		v.Registry = r.registry(p)
	}
	if p.privacy {
		v.Scripts = append(v.Scripts, p.to(r.scripts[theme.PrivacyScript]))
	}
	if p.code {
		v.Code = true
		v.Scripts = append(v.Scripts, p.to(r.scripts[theme.CodeScript]))
	}
	if p.tabs {
		v.Scripts = append(v.Scripts, p.to(r.scripts[theme.TabsScript]))
	}
	if len(v.Contents) >= leastContents {
		v.Scripts = append(v.Scripts, p.to(r.scripts[theme.ContentsScript]))
	}
	if p.live {
		v.Scripts = append(v.Scripts, p.to(r.scripts[theme.TableScript]))
	}
	r.further(p, v)
	r.described(p, v)
	return v, nil
}

// leastContents is how many entries contents must have to be shown.
const leastContents = 3

// place fills what says where the page stands: crumbs, side, previous and next. A
// page's size must not depend on the number of pages, so the side shows only the
// page's siblings, or for a section its children.
func (r *renderer) place(p *pageRenderer, v *pageView) error {
	page := p.page
	for parent := page.Parent; parent != nil; parent = parent.Parent {
		link := p.link(parent)
		if parent.Kind == site.HomePage {
			link.Title = r.words.Say("frame.home")
		}
		v.Crumbs = append([]linkView{link}, v.Crumbs...)
	}
	section := page.Parent
	if page.Kind == site.SectionPage && len(page.Children) > 0 {
		section = page
	}
	if section == nil || page.Kind == site.HomePage || section.Kind == site.HomePage {
		return nil
	}
	v.SideTitle = section.Title
	ordered, at := r.shelves[section].ordered, -1
	if section != page {
		at = r.places[page]
	}
	side, err := r.side(p, section, at)
	if err != nil {
		return err
	}
	v.Side = side
	if section == page {
		return nil
	}
	if at > 0 {
		link := p.link(ordered[at-1])
		v.Previous = &link
	}
	if at+1 < len(ordered) {
		link := p.link(ordered[at+1])
		v.Next = &link
	}
	return nil
}

// grouped returns pages in the order in which their groups show them.
func grouped(pages []*site.Page) []*site.Page {
	var ordered []*site.Page
	for _, title := range groupTitles(pages) {
		for _, page := range pages {
			if page.Group == title {
				ordered = append(ordered, page)
			}
		}
	}
	return ordered
}

// groupTitles returns the groups in order of their first page.
func groupTitles(pages []*site.Page) []string {
	var titles []string
	seen := map[string]bool{}
	for _, page := range pages {
		if !seen[page.Group] {
			seen[page.Group] = true
			titles = append(titles, page.Group)
		}
	}
	return titles
}

func (p *pageRenderer) groups(pages []*site.Page, described bool) []groupView {
	var groups []groupView
	for _, title := range groupTitles(pages) {
		group := groupView{Title: title}
		for _, page := range pages {
			if page.Group != title {
				continue
			}
			link := p.link(page)
			if !described {
				link.Description = ""
			}
			if page == p.page {
				link.Current = "page"
			}
			group.Links = append(group.Links, link)
		}
		groups = append(groups, group)
	}
	return groups
}

// wordsPerMinute is how fast a text like these is read: about the 238 words a
// minute of Brysbaert's review of 190 studies (Journal of Memory and Language 109,
// 2019), rounded down.
const wordsPerMinute = 230

func minutes(catalogue messages.Catalogue, words int) string { return span(catalogue, words, words) }

// span is the time that it takes to read from so many words to so many others.
func span(catalogue messages.Catalogue, least, most int) string {
	from, to := wholeMinutes(least), wholeMinutes(most)
	if from == to {
		return catalogue.Count("minutes", to, strconv.Itoa(to))
	}
	return catalogue.Say("form.span", "from", strconv.Itoa(from), "to", strconv.Itoa(to))
}

func wholeMinutes(words int) int { return max(1, (words+wordsPerMinute/2)/wordsPerMinute) }

func (r *renderer) guideView(p *pageRenderer, v *pageView) {
	guide := p.guide
	front := &guide.FrontMatter
	if front.SEOTitle.Value != "" {
		v.HeadTitle = front.SEOTitle.Value
	}
	if front.SEODescription.Value != "" {
		v.HeadDescription = front.SEODescription.Value
	} else if v.Description == "" && guide.Article.Lead != "" {
		v.HeadDescription = clip(guide.Article.Lead, 200)
	}
	if front.Author.Value != "" {
		v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.author"), Text: front.Author.Value})
	}
	if front.Owner.Value != "" {
		v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.owner"), Text: front.Owner.Value})
	}
	if front.PublishDate.Value != "" {
		v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.published"), Text: longDate(r.words, string(front.PublishDate.Value)), Date: string(front.PublishDate.Value)})
	}
	if front.Updated.Value != "" {
		v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.updated"), Text: longDate(r.words, string(front.Updated.Value)), Date: string(front.Updated.Value)})
	}
	if front.Reviewed.Value != "" {
		v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.reviewed"), Text: longDate(r.words, string(front.Reviewed.Value)), Date: string(front.Reviewed.Value)})
	}
	if front.ReviewBy.Value != "" {
		v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.review-by"), Text: longDate(r.words, string(front.ReviewBy.Value)), Date: string(front.ReviewBy.Value)})
	}
	if path := p.page.GoldenPath; path != nil {
		v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.path-version"), Text: strconv.Itoa(path.Version)})
		if path.Takes != "" {
			v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.takes"), Text: path.Takes})
		}
	}
	if p.page.Kind == site.GuidePage {
		v.Facts = append(v.Facts, factView{Name: r.words.Say("fact.reading"), Text: minutes(r.words, guide.Article.Words)})
	}
	if p.page.Image != nil {
		v.Picture = &pictureView{Source: p.to(p.assets[p.page.Image])}
		v.Picture.Width, v.Picture.Height, _ = p.page.Image.Measure()
		if p.page.DarkImage != nil {
			v.Picture.Dark = p.to(p.assets[p.page.DarkImage])
			v.Picture.DarkWidth, v.Picture.DarkHeight, _ = p.page.DarkImage.Measure()
		}
	}
	v.TitleID = guide.TitleID
	v.Contents = r.contents(p, guide)
	if p.page.Kind == site.SectionPage {
		v.Catalogue = p.catalogue(p.page.Children)
		v.Children = p.groups(slices.DeleteFunc(slices.Clone(p.page.Children), func(child *site.Page) bool { return child.GoldenPath != nil }), true)
	}
	for _, pair := range front.FAQs {
		v.Questions = append(v.Questions, questionAndAnswer{pair.Question.Value, pair.Answer.Value})
	}
	if len(v.Questions) > 0 {
		v.Data = append(v.Data, faqData(v.Questions))
		if len(v.Contents) > 0 {
			v.Contents = append(v.Contents, contentsView{Title: r.words.Say("guide.faq"), Address: "#" + content.FAQID})
		}
	}
	if len(v.Contents) > 0 && len(p.page.Cited) > 0 {
		v.Contents = append(v.Contents, contentsView{Title: r.words.Say("frame.sources"), Address: "#page-sources"})
	}
}

// contents is the nested list that the front matter gives, or the second-level
// headings of the page and of what it includes.
func (r *renderer) contents(p *pageRenderer, guide *content.Page) []contentsView {
	var list []contentsView
	for _, entry := range guide.Contents {
		view := contentsView{Title: entry.Title}
		if entry.ID != "" {
			view.Address = "#" + entry.ID
		}
		for _, child := range entry.Children {
			inner := contentsView{Title: child.Title}
			if child.ID != "" {
				inner.Address = "#" + child.ID
			}
			view.Children = append(view.Children, inner)
		}
		list = append(list, view)
	}
	if list != nil {
		return list
	}
	var walk func(resolved *site.Resolved)
	walk = func(resolved *site.Resolved) {
		// Headings and includes lie in one file; merge them by place.
		blocks := resolved.Blocks
		next := 0
		for _, heading := range resolved.Headings() {
			for next < len(blocks) && resolved.Article.Blocks[next].Start < heading.Start {
				if blocks[next].Include != nil {
					walk(blocks[next].Include)
				}
				next++
			}
			if heading.Level == 2 {
				list = append(list, contentsView{Title: heading.Text, Address: "#" + heading.ID})
			}
		}
		for ; next < len(blocks); next++ {
			if blocks[next].Include != nil {
				walk(blocks[next].Include)
			}
		}
	}
	if p.body != nil {
		walk(p.body)
	}
	return list
}

// faqData is the structured data of questions and answers (schema.org, FAQPage).
func faqData(pairs []questionAndAnswer) template.HTML {
	type answer struct {
		Type string `json:"@type"`
		Text string `json:"text"`
	}
	type question struct {
		Type   string `json:"@type"`
		Name   string `json:"name"`
		Answer answer `json:"acceptedAnswer"`
	}
	page := struct {
		Context string     `json:"@context"`
		Type    string     `json:"@type"`
		Main    []question `json:"mainEntity"`
	}{"https://schema.org", "FAQPage", nil}
	for _, pair := range pairs {
		page.Main = append(page.Main, question{"Question", pair.Question, answer{"Answer", pair.Answer}})
	}
	return linkedData(page)
}

func (r *renderer) registry(p *pageRenderer) []sourceView {
	if r.site.Sources == nil {
		return nil
	}
	var views []sourceView
	for i := range r.site.Sources.Sources {
		source := &r.site.Sources.Sources[i]
		view := p.source(source)
		view.Anchor = source.ID
		for _, page := range r.site.Graph.PagesInto(site.Place{File: site.SourcesFile, Anchor: source.ID}) {
			view.CitedBy = append(view.CitedBy, p.link(page))
		}
		views = append(views, view)
	}
	return views
}

// longDate writes an ISO date as a person would: 4 August 2025.
func longDate(words messages.Catalogue, iso string) string {
	var year, month, day int
	if n, _ := fmt.Sscanf(iso, "%4d-%2d-%2d", &year, &month, &day); n != 3 || month < 1 || month > 12 {
		return iso
	}
	return words.Say("date.long", "day", strconv.Itoa(day), "month", words.Say("month."+strconv.Itoa(month)), "year", strconv.Itoa(year))
}

// clip shortens a text at a word.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	cut := strings.LastIndexByte(text[:most], ' ')
	if cut < 0 {
		cut = 0
	}
	return text[:cut] + " …"
}
