package site

import (
	"reflect"
	"slices"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/markdown"
)

// Rewritten returns a page's body with another text of its guide, if the text is all that
// the site would have otherwise: the front matter is the same, byte for byte, and so are
// title, headings and whatever the text asks other files for. What fills its holes is then
// what filled them before, and the page can be made without a new model.
func (s *Site) Rewritten(page *Page, file *diag.File, now *content.Page) (*Resolved, bool) {
	was := page.Guide
	if was == nil || page.Body == nil || was.FrontMatter.Path.Set {
		return nil, false // a golden path is compiled from its text
	}
	same := was.Start == now.Start && was.Title == now.Title && was.TitleID == now.TitleID &&
		reflect.DeepEqual(was.FrontMatter, now.FrontMatter) && reflect.DeepEqual(was.Contents, now.Contents) &&
		asksTheSame(was.Article, now.Article)
	if !same {
		return nil, false
	}
	body := *page.Body
	body.File, body.Article = file, now.Article
	return &body, true
}

// asksTheSame compares all that other pages ask of an article, and it of them, wherever in
// the text it stands.
func asksTheSame(a, b *markdown.Article) bool {
	return slices.EqualFunc(a.AllHeadings(), b.AllHeadings(), func(x, y markdown.Heading) bool {
		return x.Level == y.Level && x.ID == y.ID && x.Text == y.Text && x.Step == y.Step
	}) && slices.EqualFunc(a.AllLinks(), b.AllLinks(), func(x, y markdown.Link) bool {
		return x.Destination == y.Destination
	}) && slices.EqualFunc(a.Images, b.Images, func(x, y markdown.Image) bool {
		return x.Source == y.Source
	}) && slices.EqualFunc(a.Cites, b.Cites, func(x, y markdown.Cite) bool {
		return x.Source == y.Source
	}) && slices.EqualFunc(a.Blocks, b.Blocks, func(x, y markdown.Block) bool {
		return x.Name == y.Name && reflect.DeepEqual(x.Attributes, y.Attributes)
	}) && (a.Notes > 0) == (b.Notes > 0)
}
