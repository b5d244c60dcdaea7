package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"cairn/generator/assessment"
	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/record"
	"cairn/generator/table"

	"golang.org/x/text/unicode/norm"
)

// Options are what a model depends on besides its inputs.
type Options struct {
	// Drafts keeps drafts among the pages: the preview shows them.
	Drafts bool
}

// New makes the model. The diagnostics are those that need more than one file, and
// those of the inputs, so that the list is the whole list.
func New(in Inputs, options Options) (*Site, diag.List) {
	b := &builder{
		in:     in,
		site:   &Site{Config: in.Config, Sources: in.Sources, Graph: newGraph()},
		pages:  map[string]*Page{},
		texts:  map[string]*diag.File{},
		assets: map[string]*Asset{},
		used:   map[string]bool{},
		parts:  map[string]*Guide{},
		tables: map[string]*Page{},
		others: map[string]bool{},
		lost:   map[string]bool{},
	}
	b.addPages(options)
	b.checkAddresses()
	b.checkPaths()
	b.addRedirects()
	b.checkHome()
	b.addTags()
	b.placePages()
	b.addNodes()
	b.resolvePages()
	b.site.glossary = b.readGlossary()
	b.resolveMenus()
	for i := range in.Assets {
		if b.used[in.Assets[i].File] {
			b.site.Assets = append(b.site.Assets, b.assets[in.Assets[i].File])
		}
	}
	return b.site, b.faults
}

// A builder holds what is only needed while the model is made.
type builder struct {
	in     Inputs
	site   *Site
	faults diag.List
	edges  edges
	pages  map[string]*Page // by their files
	texts  map[string]*diag.File
	assets map[string]*Asset
	used   map[string]bool
	parts  map[string]*Guide
	// tables are those without a page of their own.
	tables map[string]*Page
	others map[string]bool
	// lost are the files of pages that have no address of their own.
	lost map[string]bool
	// included counts what the page includes that is being resolved.
	included, includedSize int
}

// addPages makes a page of every file that becomes one.
func (b *builder) addPages(options Options) {
	for i := range b.in.Assets {
		b.assets[b.in.Assets[i].File] = &b.in.Assets[i]
	}
	for _, file := range b.in.Others {
		b.others[file] = true
	}
	for i := range b.in.Guides {
		guide := &b.in.Guides[i]
		b.texts[guide.File.Path] = guide.File
		b.faults = append(b.faults, guide.Faults...)
		if guide.Part {
			b.parts[guide.File.Path] = guide
			continue
		}
		if guide.Page.FrontMatter.Draft.Value && !options.Drafts {
			b.site.Drafts = append(b.site.Drafts, guide.File.Path)
			continue
		}
		b.add(b.guidePage(guide))
	}
	for _, file := range b.in.Tables {
		b.texts[file.File.Path] = file.File
		b.faults = append(b.faults, file.Faults...)
		page := &Page{Kind: TablePage, File: file.File.Path, Title: nameOf(file.File.Path), Seldom: &Seldom{Table: file.Table}}
		if file.Table == nil {
			page.Faults = errorsOf(file.Faults)
		} else {
			page.Title, page.Description = file.Table.Title, file.Table.Description
			page.Group, page.Order = file.Table.Group, file.Table.Order
		}
		if file.Part {
			b.tables[page.File] = page // without a path
			continue
		}
		b.add(page)
	}
	ids := map[string]*assessment.Assessment{}
	places := map[string]string{}
	for _, file := range b.in.Assessments {
		b.texts[file.File.Path] = file.File
		b.faults = append(b.faults, file.Faults...)
		page := &Page{Kind: AssessmentPage, File: file.File.Path, Title: nameOf(file.File.Path),
			Seldom: &Seldom{Assessment: file.Assessment, Model: file.Model, Versions: file.Versions}}
		if file.Assessment == nil {
			page.Faults = errorsOf(file.Faults)
		} else {
			page.Title, page.Description = file.Assessment.Title, file.Assessment.Description
			page.Group, page.Order = file.Assessment.Group, file.Assessment.Order
			id := file.Assessment.ID
			if _, taken := ids[id]; taken && id != "" {
				b.faults.Add(file.File.Whole(diag.SiteSameID, fmt.Sprintf("the id %q is that of %s already", id, places[id]),
					"give one of the two another id").Also(places[id], diag.Position{}, "the other assessment"))
			} else {
				ids[id], places[id] = file.Assessment, file.File.Path
			}
		}
		b.add(page)
	}
	if b.in.SourcesText != nil {
		b.texts[SourcesFile] = b.in.SourcesText
		page := &Page{Kind: SourcesPage, File: SourcesFile, Title: "Sources", Seldom: &noSeldom}
		if b.in.Sources != nil {
			page.Title, page.Description = cmp.Or(b.in.Sources.Title, "Sources"), b.in.Sources.Description
		}
		b.add(page)
		b.site.SourcesPage = page
	}
	slices.SortFunc(b.site.Pages, func(x, y *Page) int { return cmp.Compare(x.File, y.File) })
	if len(b.site.Pages) == 0 && len(b.in.Unreadable) == 0 {
		b.faults.Add(diag.At("content", diag.SiteEmpty, "the site has no page", "write the first one as "+homeFile))
	}
}

func (b *builder) guidePage(guide *Guide) *Page {
	front := &guide.Page.FrontMatter
	page := &Page{
		Kind: GuidePage, File: guide.File.Path, Guide: guide.Page,
		Title: guide.Page.Title, Description: front.Description.Value,
		Group: front.Group.Value, Order: front.Order.Value, Draft: front.Draft.Value, Seldom: &noSeldom,
	}
	switch {
	case page.File == homeFile:
		page.Kind = HomePage
		b.site.Home = page
	case path.Base(page.File) == "index.md":
		page.Kind = SectionPage
	case guide.GoldenPath != nil:
		page.Kind, page.own().GoldenPath = PathPage, guide.GoldenPath
	}
	return page
}

func (b *builder) add(page *Page) {
	address, ok := addressOf(page.File, slugOf(page).Value)
	if !ok {
		b.lost[page.File] = true
		b.faults.Add(diag.At(page.File, diag.SiteBadName, fmt.Sprintf("no address can be made of the file name %q", path.Base(page.File)),
			"use small letters, digits and hyphens, and none of the names that Windows reserves"))
		return
	}
	page.Path = address
	b.site.Pages = append(b.site.Pages, page)
	b.pages[page.File] = page
}

// checkAddresses finds pages that would be written over one another.
func (b *builder) checkAddresses() {
	first := map[string]*Page{}
	for _, page := range b.site.Pages {
		folded := strings.ToLower(norm.NFC.String(page.Path))
		if folded == "404.html" {
			b.lose(page, "the address 404.html is that of the page for missing pages", "rename the file")
			continue
		}
		if folded == SearchPath && b.in.Config != nil && b.in.Config.Search {
			b.lose(page, "the address search.html is that of the search page", "rename the file, or write search = false into config.toml")
			continue
		}
		other := first[folded]
		if other == nil {
			first[folded] = page
			continue
		}
		byName := slugOf(page).Value == "" && slugOf(other).Value != ""
		if byName || page.Kind == HomePage || page.Kind == SourcesPage { // the other one can more easily go elsewhere
			first[folded] = page
			page, other = other, page
		}
		fault := b.lose(page, fmt.Sprintf("the address %s is that of %s already", page.Path, other.File),
			"rename one of the two files, or give one another slug")
		var at diag.Position
		if slug := slugOf(other); slug.Value != "" {
			at = b.texts[other.File].Position(slug.Start)
		}
		*fault = fault.Also(other.File, at, "the other page on this address")
	}
	b.site.Pages = slices.DeleteFunc(b.site.Pages, func(page *Page) bool { return b.lost[page.File] })
	for i, page := range b.site.Pages {
		page.number = int32(i) + 1
	}
}

const (
	homeFile = "content/index.md"
	homePath = "index.html"
)

// checkHome finds out whether there is a first page, to which every other one has a link.
func (b *builder) checkHome() {
	switch {
	case len(b.site.Pages) == 0 || b.toldOf(homeFile):
	case slices.ContainsFunc(b.site.Pages, func(page *Page) bool { return page.Path == homePath }):
	case slices.ContainsFunc(b.site.Redirects, func(r Redirect) bool { return r.Path == homePath }):
	case b.isDraft(homeFile):
		at, _ := slices.BinarySearchFunc(b.in.Guides, homeFile, func(guide Guide, file string) int { return cmp.Compare(guide.File.Path, file) })
		draft := b.in.Guides[at].Page.FrontMatter.Draft
		b.faults.Add(b.texts[homeFile].At(draft.Start, draft.End, diag.SiteNoHome, "the first page is a draft, so the site has none",
			"publish it; every page has a link to it"))
	default:
		b.faults.Add(diag.At(homeFile, diag.SiteNoHome, "the site has no first page, to which every page has a link", "write "+homeFile))
	}
}

// lose takes a page out that has no address of its own, and says why. What refers to it
// gets no second fault.
func (b *builder) lose(page *Page, why, hint string) *diag.Diagnostic {
	fault := diag.At(page.File, diag.SiteCollision, why, hint)
	if slug := slugOf(page); slug.Value != "" {
		fault = b.texts[page.File].At(slug.Start, slug.End, diag.SiteCollision, why, hint)
	}
	b.faults.Add(fault)
	b.lost[page.File] = true
	delete(b.pages, page.File)
	return &b.faults[len(b.faults)-1]
}

// slugOf is the slug of a page, empty if its address does not come from one.
func slugOf(page *Page) record.String {
	if page.Guide != nil && (page.Kind == GuidePage || page.Kind == PathPage) {
		return page.Guide.FrontMatter.Slug
	}
	return record.String{}
}

// placePages gives each page its parent: the nearest index.md above it.
func (b *builder) placePages() {
	for _, page := range b.site.Pages {
		folder := path.Dir(page.File)
		if path.Base(page.File) == "index.md" {
			folder = path.Dir(folder)
		}
		for page.Kind != HomePage {
			if parent := b.pages[path.Join(folder, "index.md")]; parent != nil && parent != page {
				page.Parent = parent
				parent.own().Children = append(parent.Children, page)
				break
			}
			if folder == "." || folder == "/" || folder == "content" {
				if home := b.site.Home; home != nil && home != page {
					page.Parent = home
					home.own().Children = append(home.Children, page)
				}
				break
			}
			folder = path.Dir(folder)
		}
	}
	for _, page := range b.site.Pages {
		slices.SortStableFunc(page.Children, ByOrder)
	}
}

// ByOrder compares pages by their order, those without one last, then by title and file.
func ByOrder(x, y *Page) int {
	last := func(order int) int {
		if order == 0 {
			return 1 << 30
		}
		return order
	}
	return cmp.Or(cmp.Compare(last(x.Order), last(y.Order)), cmp.Compare(x.Title, y.Title), cmp.Compare(x.File, y.File))
}

// addNodes puts everything that can be linked to into the graph.
func (b *builder) addNodes() {
	graph := b.site.Graph
	graph.pages = b.site.Pages
	for _, page := range b.site.Pages {
		graph.add(Node{Place: Place{File: page.File}, Kind: PageNode, Page: page})
		node := func(kind NodeKind, anchor string, start int) {
			if anchor != "" {
				graph.add(Node{Place: Place{page.File, anchor}, Kind: kind, Start: start, Page: page})
			}
		}
		switch {
		case page.Guide != nil:
			headings := page.Guide.Article.AllHeadings()
			graph.expect(page.File, len(headings))
			for _, heading := range headings {
				node(HeadingNode, heading.ID, heading.Start)
			}
			node(HeadingNode, page.Guide.TitleID, page.Guide.Start)
			if len(page.Guide.FrontMatter.FAQs) > 0 {
				node(HeadingNode, content.FAQID, 0)
			}
		case page.Table != nil:
			for i := range page.Table.Rows {
				node(RowNode, page.Table.Rows[i].ID, page.Table.Rows[i].Start)
			}
		case page.Assessment != nil:
			for i := range page.Assessment.Dimensions {
				node(DimensionNode, page.Assessment.Dimensions[i].ID, page.Assessment.Dimensions[i].Place.Start)
			}
			for i := range page.Assessment.Questions {
				node(QuestionNode, page.Assessment.Questions[i].ID, page.Assessment.Questions[i].Place.Start)
			}
		case page.Kind == SourcesPage && b.in.Sources != nil:
			for i := range b.in.Sources.Sources {
				source := &b.in.Sources.Sources[i]
				node(SourceNode, source.ID, source.Start)
			}
		}
	}
	for i := range b.in.Assets {
		graph.add(Node{Place: Place{File: b.in.Assets[i].File}, Kind: AssetNode})
	}
}

func (b *builder) resolveMenus() {
	if b.in.Config == nil {
		return
	}
	for _, entry := range b.in.Config.Menu {
		b.site.Menu = append(b.site.Menu, b.menuPage(entry.Page.Value, entry.Page.Start, entry.Page.End))
	}
	for _, entry := range b.in.Config.FooterLinks {
		b.site.FooterLinks = append(b.site.FooterLinks, b.menuPage(entry.Page.Value, entry.Page.Start, entry.Page.End))
	}
}

func (b *builder) menuPage(file string, start, end int) *Page {
	if page := b.pages[file]; page != nil {
		return page
	}
	if file != "" && b.in.ConfigFile != nil && !b.toldOf(file) {
		if b.isDraft(file) {
			b.faults.Add(b.in.ConfigFile.At(start, end, diag.SiteMenu, draftMessage(file), draftHint))
			return nil
		}
		b.faults.Add(b.in.ConfigFile.At(start, end, diag.SiteMenu, fmt.Sprintf("there is no page %q", file),
			b.site.Graph.suggestFile("config.toml", file, PageNode)))
	}
	return nil
}

// source finds a source by its id.
func (b *builder) source(id string) *table.Source {
	if b.in.Sources == nil {
		return nil
	}
	for i := range b.in.Sources.Sources {
		if b.in.Sources.Sources[i].ID == id {
			return &b.in.Sources.Sources[i]
		}
	}
	return nil
}

func (b *builder) sourceIDs() []string {
	if b.in.Sources == nil {
		return nil
	}
	ids := make([]string, len(b.in.Sources.Sources))
	for i := range b.in.Sources.Sources {
		ids[i] = b.in.Sources.Sources[i].ID
	}
	return ids
}

func nameOf(file string) string {
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}

func errorsOf(list diag.List) diag.List {
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
}
