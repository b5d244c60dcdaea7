// Package content reads pages: front matter in YAML, TOML or JSON, and a Markdown
// text below it.
//
// The contract: Parse always gives a page, whatever the file holds, and never
// publishes front matter as text. A page is plain data that package memory writes
// and reads back equal, a pure function of the file and the options.
//
// The title is the front matter's, else that of the level-1 heading which opens the
// text. The template prints it, so that heading is taken out of the body; if it says
// something else than the front matter, a warning tells so.
package content

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/generator/diag"
	"cairn/generator/markdown"
)

// Options of reading pages; they come from config.toml. The zero value works.
type Options struct {
	// Accept names foreign keys of front matter to carry along.
	Accept   []string
	Markdown markdown.Options
}

// A Page is one Markdown file.
type Page struct {
	FrontMatter FrontMatter
	// Title is never empty. TitleID is the id of the heading that was taken out of
	// the body, if there was one: #TitleID leads to the title.
	Title   string
	TitleID string
	// Start is the byte offset of the body in the file.
	Start   int
	Article *markdown.Article
	// Contents is linkTags with the headings its entries lead to; those that lead
	// nowhere are left out.
	Contents []Entry
}

// Parse reads a page.
func Parse(file *diag.File, options Options) (*Page, diag.List) {
	page := &Page{}
	page.FrontMatter.Share()
	found, list := findFrontMatter(file)
	broken := len(list) > 0
	if found.data {
		faults := page.FrontMatter.decode(file, found, options.Accept)
		broken = broken || faults.HasErrors()
		list = append(list, faults...)
	}
	page.Start = found.body
	options.Markdown.Templates = page.FrontMatter.Path.Set
	article, faults := markdown.Parse(file, found.body, options.Markdown)
	page.Article = article
	list = append(list, faults...)
	page.takeTitle(file, broken, &list)
	page.Contents = resolveContents(file, &page.FrontMatter, article.Headings, &list)
	return page, list.Sorted()
}

// most is how long the lead of a page is that stands in for a description, in bytes.
const mostLead = 300

// Slim drops what no other part of the site asks about: the rest of a long first paragraph.
func (p *Page) Slim() {
	a := p.Article
	switch {
	case a.Lead == "": // perhaps what it stands in is shared
	case p.FrontMatter.Description.Value != "":
		a.Lead = ""
	case len(a.Lead) > mostLead:
		a.Lead = strings.Clone(strings.ToValidUTF8(a.Lead[:mostLead], ""))
	}
	p.Share()
}

// Settle drops what nobody asks about once the model of the site is made, which holds the
// title and the description itself, and where links lead.
func (p *Page) Settle() {
	p.FrontMatter.Summary = &noSummary
	p.Article.Settle()
}

// Seldom tells whether the front matter has keys that few pages have.
func (p *Page) Seldom() bool { return p.FrontMatter.Seldom != &noSeldom }

// Share puts what pages share in the place of what this one does not have. A page that was
// written and read back needs it.
func (p *Page) Share() {
	p.FrontMatter.Share()
	p.Article.Share()
}

// takeTitle finds the title and takes the heading that says it out of the body.
func (p *Page) takeTitle(file *diag.File, broken bool, list *diag.List) {
	p.Title = p.FrontMatter.Title.Value
	if a := p.Article; a.Opening > 0 {
		opening := a.Headings[0]
		switch {
		case p.Title == "":
			p.Title = opening.Text
		case normalise(p.Title) != normalise(opening.Text):
			list.Add(file.At(opening.Start, opening.End, diag.FrontMatterTwoTitles,
				fmt.Sprintf("this heading is left out: the title of the page is %q", p.Title),
				"delete the heading, or write the same into both"))
		}
		p.TitleID = opening.ID
		a.DropOpening()
		if rest, ok := strings.CutPrefix(a.Text, opening.Text); ok && opening.Text != "" {
			a.Text = strings.TrimPrefix(rest, "\n")
			a.Words = len(strings.Fields(a.Text))
		}
	}
	for _, heading := range p.Article.Headings {
		if heading.Level != 1 {
			continue
		}
		list.Add(file.At(heading.Start, heading.End, diag.MarkdownSecondTitle,
			"a second title in the text of the page", "begin sections with ##"))
		if p.Title == "" {
			p.Title = heading.Text
		}
	}
	if p.FrontMatter.Title.Value == "" && p.TitleID == "" && !broken {
		list.Add(file.At(p.Start, p.Start, diag.FrontMatterNoTitle, "this page has no title",
			"write it into the front matter: title: …"))
	}
	if p.Title == "" {
		p.Title = titleOfName(file.Path)
	}
}

// titleOfName makes a title of "guides/golden-paths.md": "Golden paths".
func titleOfName(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if base == "index" && path.Dir(name) != "." {
		base = path.Base(path.Dir(name))
	}
	base = strings.Join(strings.FieldsFunc(base, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) }), " ")
	first, size := utf8.DecodeRuneInString(base)
	if size == 0 {
		return "Untitled"
	}
	return string(unicode.ToUpper(first)) + base[size:]
}
