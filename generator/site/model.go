// Package site holds the model of a site: its pages, tables, assessments, sources
// and assets, and the graph of the links between them. The model is total. A
// broken link is its text, marked; a file that cannot be parsed is a page that
// shows its faults. It is made once, from what the parsers returned, and never
// changes after.
package site

import (
	"slices"
	"strings"

	"cairn/generator/assessment"
	"cairn/generator/config"
	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/goldenpath"
	"cairn/generator/markdown"
	"cairn/generator/packed"
	"cairn/generator/record"
	"cairn/generator/table"
)

// SourcesFile is the registry of sources.
const SourcesFile = "content/sources.toml"

// SearchPath is the page that searches the site.
const SearchPath = "search.html"

// Inputs is what the parsers made of a project. Each list is sorted by file.
type Inputs struct {
	Config      *config.Config
	ConfigFile  *diag.File
	Guides      []Guide
	Tables      []TableFile
	Assessments []AssessmentFile
	// Sources is nil if the project has no registry.
	Sources     *table.Sources
	SourcesText *diag.File
	Assets      []Asset
	// Others are the files of the project that are not published, for better
	// messages about links to them.
	Others []string
	// Unreadable are the files and folders that are there but cannot be read. Each
	// has its own fault in the list; what refers to one gets no second.
	Unreadable []string
	// Text reads a file of content/ or assessment/, or config.toml, of at most so many
	// bytes. It is false if there is none; the text is nil if it cannot be shown.
	Text func(file string, most int) (text *diag.File, found bool)
}

// A Guide is a Markdown file: a page, or a part to be included.
type Guide struct {
	File   *diag.File
	Page   *content.Page
	Faults diag.List
	// Part is true for files whose name begins with "_".
	Part bool
	// GoldenPath is set if the page is one, without errors.
	GoldenPath *goldenpath.Path
}

// A TableFile is a table's file. Table is nil if it could not be made.
type TableFile struct {
	File   *diag.File
	Table  *table.Table
	Faults diag.List
	// Part is true for files whose name begins with "_": a table that is placed on pages
	// and has none of its own.
	Part bool
}

// An AssessmentFile is an assessment's file. Assessment is nil if it could not be made.
type AssessmentFile struct {
	File       *diag.File
	Assessment *assessment.Assessment
	// Model is the assessment compiled, or nil if it has errors; Versions are what is
	// needed to read answers to it.
	Model    *assessment.Model
	Versions assessment.Versions
	Faults   diag.List
}

// An Asset is a file that is copied as it is.
type Asset struct {
	File string
	Size int64
	// Hash returns the SHA-256 of the bytes in hexadecimal; Read returns the bytes.
	Hash func() (string, error)
	Read func() ([]byte, error)
	// Measure returns the width and height of a picture, and 0 if it has none that is known.
	Measure func() (width, height int, err error)
}

// Kind says what a page is of.
type Kind uint8

// The kinds of pages.
const (
	GuidePage Kind = iota
	HomePage
	SectionPage
	TablePage
	AssessmentPage
	SourcesPage
	// PathPage is a golden path.
	PathPage
)

// A Page is one page of the site. A site may have a hundred thousand, nearly all of them
// guides; so what few pages have stands apart, and pages without it share one that is
// empty: NewPage gives it to them, and own is asked before it is written to.
type Page struct {
	Kind  Kind
	Draft bool

	number int32 // its place among all pages, counted from 1; 0 if it is none of them

	// File is the source; Path the output.
	File, Path         string
	Title, Description string
	Group              string
	Order              int

	Guide *content.Page
	// Body is the guide's article, the table's note or the assessment's
	// introduction, with every hole resolved; nil if there is none.
	Body   *Resolved
	Parent *Page
	*Seldom
}

// Seldom is what few pages have.
type Seldom struct {
	// GoldenPath is set on the page of one, unless it has errors.
	GoldenPath *goldenpath.Path
	Table      *table.Table
	Assessment *assessment.Assessment
	// Model is the assessment compiled; nil if it has errors.
	Model    *assessment.Model
	Versions assessment.Versions
	// OutcomeTexts and AdviceTexts are those of an assessment, by its indexes; nil where
	// there is none.
	OutcomeTexts, AdviceTexts []*Resolved
	// Guides are the pages that an assessment names, by the path it writes.
	Guides           map[string]*Page
	Image, DarkImage *Asset

	// Faults keep the page from being what it should; it shows them in its place.
	Faults diag.List

	Children []*Page
	// Tags are those the page is filed under, in its order.
	Tags []*Tag
	// Cited are the sources of the page in order of their first citation.
	Cited []*table.Source
}

var noSeldom Seldom

// NewPage returns a page that has nothing but a path and a title.
func NewPage(path, title string) *Page { return &Page{Path: path, Title: title, Seldom: &noSeldom} }

// own is what the page has of its own, to be written to.
func (p *Page) own() *Seldom {
	if p.Seldom == nil || p.Seldom == &noSeldom {
		p.Seldom = &Seldom{}
	}
	return p.Seldom
}

// Resolved is an article with its holes filled from the model: each list runs
// beside the article's own.
//
// Most articles have no holes but links; so the others stand apart, and articles without
// them share what is empty.
type Resolved struct {
	// File is where the article stands. The model of a build that is settled has only those
	// of pages with dates.
	File    *diag.File
	Article *markdown.Article
	// targets are where the links lead, packed: the number of a page, counted from 1, or 0,
	// and the rest of the target. See Targets.
	targets string
	*OtherHoles
}

// OtherHoles are those that are no links to pages.
type OtherHoles struct {
	// links are all the links, unpacked, of an article with a link to an asset.
	links  []Target
	Images []*Asset
	// Cites holds nil for our own derivation and for a source that is not there.
	Cites  []*table.Source
	Blocks []Block
	// Region is what is included of the article; nil for all of it. What stands outside
	// has no target.
	Region *markdown.Region
}

var noOtherHoles OtherHoles

// A Target is where a link leads.
type Target struct {
	// Page or Asset is set for a link inside the site; neither if it is broken.
	Page  *Page
	Asset *Asset
	// to is an anchor inside the site, or else an address outside of it.
	to string
}

// External is an address outside the site, as it was written, or empty.
func (t Target) External() string {
	if t.Page != nil || t.Asset != nil {
		return ""
	}
	return t.to
}

// Anchor is a place on the page that the link leads to, or empty.
func (t Target) Anchor() string {
	if t.Page == nil && t.Asset == nil {
		return ""
	}
	return t.to
}

// Broken tells whether the link leads nowhere.
func (t Target) Broken() bool { return t == Target{} }

// A Block is what a directive places. All are nil if it could not be found.
type Block struct {
	Table      *Page
	Assessment *Page
	Include    *Resolved
	// Picture and Dark are an image, and what it gives way to on a dark page.
	Picture, Dark *Asset
	// Code is what is shown of a file, as code; Coded tells that there is one.
	Code  string
	Coded bool
	// Chart is one of the table's charts, if that is what is placed.
	Chart *table.Chart
	// Rules is true for the list of all codes; Keys names a format whose keys are listed.
	Rules bool
	Keys  string
	// Proofs is true for what was proved of each assessment.
	Proofs bool
	// Privacy is true for what the pages keep in a browser.
	Privacy bool
}

// A Redirect leads from an address that a page had before to the page.
type Redirect struct {
	// Path is that of an output: "old-post/index.html".
	Path string
	To   *Page
	// Alias is how its author wrote it, in File.
	Alias record.String
	File  *diag.File
}

// Site is the model.
type Site struct {
	Config *config.Config
	// Pages are those to be published, in order of their files, drafts left out
	// unless they were asked for.
	Pages []*Page
	// Drafts are the files of the pages left out.
	Drafts []string
	Home   *Page
	// Menu and FooterLinks run beside the config's; nil where the page is missing.
	Menu, FooterLinks []*Page
	Sources           *table.Sources
	SourcesPage       *Page
	// Redirects are the addresses that pages had before, in order of their paths.
	Redirects []Redirect
	// Tags are all tags of pages, in order of their names.
	Tags []*Tag
	// Assets are those that some page uses, in order of their files.
	Assets []*Asset
	Graph  *Graph

	relations relations
	glossary  *glossary
}

// pack packs the links of an article, unless one leads to an asset.
func (r *Resolved) pack(links []Target) {
	var b []byte
	for _, link := range links {
		number := 0
		switch {
		case link.Asset != nil:
			if r.OtherHoles == &noOtherHoles {
				r.OtherHoles = &OtherHoles{}
			}
			r.links = links
			return
		case link.Page != nil:
			number = int(link.Page.number)
		}
		b = packed.AppendText(packed.AppendNumber(b, number), link.to)
	}
	r.targets = string(b)
}

// Targets are where the links of an article lead, beside its own.
func (s *Site) Targets(r *Resolved) []Target {
	if r.links != nil || r.targets == "" {
		return r.links
	}
	targets := make([]Target, 0, 8)
	for rest := packed.Reader(r.targets); rest != ""; {
		number, to := rest.Number(), rest.Text()
		target := Target{to: to}
		if number > 0 {
			target.Page = s.Pages[number-1]
		}
		targets = append(targets, target)
	}
	return targets
}

// Settle drops what was only wanted to make the model, before pages are made of it: of a
// site of many pages that is half of all that is held. No other model can be made of the
// same guides then. Of the graph the links to sources stay, and what is related to what.
func (s *Site) Settle() {
	s.relate()
	s.Graph.only(SourcesFile)
	for _, page := range s.Pages {
		if page.Guide == nil {
			continue
		}
		page.Guide.Settle()
		if !page.Guide.Seldom() { // else a review may be due, and has a place in the file
			page.Body.File = nil
		}
	}
}

// PageOf returns the page made from a file.
func (s *Site) PageOf(file string) *Page {
	at, ok := slices.BinarySearchFunc(s.Pages, file, func(page *Page, file string) int { return strings.Compare(page.File, file) })
	if !ok {
		return nil
	}
	return s.Pages[at]
}
