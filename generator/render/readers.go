package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strings"

	"cairn/generator/markup"
	"cairn/generator/output"
	"cairn/generator/site"
	"cairn/generator/twin"
)

// Other readers than people with a browser: search engines, feed readers, programs
// that read Markdown. What needs absolute addresses is written when base-url is set.

func (r *renderer) readers() []output.Output {
	base := r.site.Config.BaseURL
	outputs := []output.Output{fixed("robots.txt", output.Data, robots(base))}
	for _, page := range r.site.Pages {
		if page.Assessment != nil {
			outputs = append(outputs, made(strings.TrimSuffix(page.Path, ".html")+".json", output.Data, page.File, func() ([]byte, error) {
				return assessmentJSON(page.Assessment)
			}))
		}
	}
	if r.site.Config.Twins {
		for _, page := range r.tags {
			out := made(twinPath(page.path), output.Data, "", func() ([]byte, error) {
				html, err := r.tagPage(page)
				return r.twin(page.path, markup.Main(html)), err
			})
			out.Key = func() string { return r.keyOfTwin(r.tagKey(page)) }
			outputs = append(outputs, out)
		}
		outputs = append(outputs, made("llms.txt", output.Data, "", func() ([]byte, error) { return r.llms(), nil }))
	}
	if base == "" {
		return outputs
	}
	outputs = append(outputs, r.siteMaps()...)
	if len(r.dated()) > 0 {
		outputs = append(outputs, made(feedPath, output.Data, "", r.feed))
	}
	return outputs
}

func robots(base string) []byte {
	text := "User-agent: *\nAllow: /\n"
	if base != "" {
		text += "Sitemap: " + base + "sitemap.xml\n"
	}
	return []byte(text)
}

// absolute is the address of a page in full: that of a folder for its index.html.
func absolute(base, to string) string {
	if path.Base(to) == "index.html" {
		to = strings.TrimSuffix(to, "index.html")
	}
	return base + to
}

// The most addresses that one site map may hold, by sitemaps.org.
const mostAddresses = 50_000

// siteMaps are one file, or an index and as many as are needed.
func (r *renderer) siteMaps() []output.Output {
	pages := r.site.Pages
	if len(r.tags) > 0 {
		pages = slices.Clone(pages)
		for _, page := range r.tags {
			pages = append(pages, site.NewPage(page.path, ""))
		}
	}
	return siteMapsOf(r.site.Config.BaseURL, pages, mostAddresses)
}

func siteMapsOf(base string, pages []*site.Page, most int) []output.Output {
	type entry struct {
		Address  string `xml:"loc"`
		Modified string `xml:"lastmod,omitempty"`
	}
	document := func(root string, child string, entries []entry) ([]byte, error) {
		return xmlOf(xml.Name{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", Local: root}, func(e *xml.Encoder) error {
			for _, entry := range entries {
				if err := e.EncodeElement(entry, xml.StartElement{Name: xml.Name{Local: child}}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	addresses := func(pages []*site.Page) func() ([]byte, error) {
		return func() ([]byte, error) {
			entries := make([]entry, len(pages))
			for i, page := range pages {
				entries[i] = entry{absolute(base, page.Path), changed(page)}
			}
			return document("urlset", "url", entries)
		}
	}
	if len(pages) <= most {
		return []output.Output{made("sitemap.xml", output.Data, "", addresses(pages))}
	}
	var outputs []output.Output
	var index []entry
	for part := range slices.Chunk(pages, most) {
		name := fmt.Sprintf("sitemap-%d.xml", len(index)+1)
		outputs = append(outputs, made(name, output.Data, "", addresses(part)))
		index = append(index, entry{Address: base + name})
	}
	return append(outputs, made("sitemap.xml", output.Data, "", func() ([]byte, error) { return document("sitemapindex", "sitemap", index) }))
}

func xmlOf(root xml.Name, inside func(*xml.Encoder) error) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	start := xml.StartElement{Name: root}
	if err := e.EncodeToken(start); err != nil {
		return nil, err
	}
	if err := inside(e); err != nil {
		return nil, err
	}
	if err := e.EncodeToken(start.End()); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func reviewed(page *site.Page) string {
	if page.Guide == nil {
		return ""
	}
	return string(page.Guide.FrontMatter.Reviewed.Value)
}

// changed is the last day on which something happened to a page.
func changed(page *site.Page) string {
	if page.Guide == nil {
		return ""
	}
	return max(string(page.Guide.FrontMatter.Updated.Value), reviewed(page), published(page))
}

func published(page *site.Page) string {
	if page.Guide == nil {
		return ""
	}
	return string(page.Guide.FrontMatter.PublishDate.Value)
}

const (
	feedPath = "feed.xml"
	// mostEntries is how many pages a feed holds: the newest.
	mostEntries = 30
)

// dated are the pages of the feed: those that say when they were published or
// reviewed, the newest first.
func (r *renderer) dated() []*site.Page {
	date := changed
	var pages []*site.Page
	for _, page := range r.site.Pages {
		if date(page) != "" {
			pages = append(pages, page)
		}
	}
	slices.SortStableFunc(pages, func(x, y *site.Page) int { return cmp.Compare(date(y), date(x)) })
	return pages[:min(len(pages), mostEntries)]
}

// feed writes Atom (RFC 4287). A date without a time is the day’s beginning. Its id is not
// that of the home page, which may be an entry of it.
func (r *renderer) feed() ([]byte, error) {
	type link struct {
		Rel     string `xml:"rel,attr"`
		Address string `xml:"href,attr"`
	}
	type author struct {
		Name string `xml:"name"`
	}
	type category struct {
		Term string `xml:"term,attr"`
	}
	type entry struct {
		Title      string     `xml:"title"`
		ID         string     `xml:"id"`
		Link       link       `xml:"link"`
		Updated    string     `xml:"updated"`
		Published  string     `xml:"published,omitempty"`
		Author     *author    `xml:"author"`
		Categories []category `xml:"category"`
		Summary    string     `xml:"summary,omitempty"`
	}
	config, pages := r.site.Config, r.dated()
	at := func(date string) string {
		if date == "" {
			return ""
		}
		return date + "T00:00:00Z"
	}
	return xmlOf(xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "feed"}, func(e *xml.Encoder) error {
		write := func(name string, value any) error {
			return e.EncodeElement(value, xml.StartElement{Name: xml.Name{Local: name}})
		}
		err := cmp.Or(write("title", config.Title), write("id", config.BaseURL+feedPath),
			write("link", link{"self", config.BaseURL + feedPath}), write("link", link{"alternate", config.BaseURL}),
			write("updated", at(changed(pages[0]))), write("author", author{config.Title}))
		for _, page := range pages {
			if err != nil {
				return err
			}
			made := entry{
				Title: page.Title, ID: absolute(config.BaseURL, page.Path), Link: link{"alternate", absolute(config.BaseURL, page.Path)},
				Updated: at(changed(page)), Published: at(published(page)), Summary: page.Description,
			}
			if page.Guide.FrontMatter.Author.Value != "" {
				made.Author = &author{page.Guide.FrontMatter.Author.Value}
			}
			for _, tag := range page.Tags {
				made.Categories = append(made.Categories, category{tag.Name})
			}
			err = write("entry", made)
		}
		return err
	})
}

// twinPath is where the Markdown of a page is.
func twinPath(page string) string { return strings.TrimSuffix(page, ".html") + ".md" }

// twin writes a page as Markdown. Its links lead to other twins.
func (r *renderer) twin(page string, main *markup.Node) []byte {
	return twin.Markdown(main, func(address string) string {
		target, fragment, _ := strings.Cut(address, "#")
		if target == "" || !strings.HasSuffix(target, ".html") {
			return address
		}
		if parsed, err := url.Parse(target); err != nil || parsed.Scheme != "" || parsed.Host != "" || !r.paths[path.Join(path.Dir(page), parsed.Path)] {
			return address
		}
		target = twinPath(target)
		if fragment != "" {
			target += "#" + fragment
		}
		return target
	})
}

var brackets = strings.NewReplacer("[", `\[`, "]", `\]`)

// llms writes llms.txt (llmstxt.org): what the site is, and its pages by section.
func (r *renderer) llms() []byte {
	config := r.site.Config
	var b strings.Builder
	b.WriteString("# " + config.Title + "\n")
	if config.Description != "" {
		b.WriteString("\n> " + config.Description + "\n")
	}
	write := func(page *site.Page) {
		fmt.Fprintf(&b, "- [%s](%s)", brackets.Replace(page.Title), config.BaseURL+twinPath(page.Path))
		if page.Description != "" {
			b.WriteString(": " + page.Description)
		}
		b.WriteString("\n")
	}
	var sections []*site.Page
	heading := false
	for _, page := range r.site.Pages {
		if page.Parent == r.site.Home && len(page.Children) > 0 && page != r.site.Home {
			sections = append(sections, page)
		} else if page.Parent == r.site.Home || page.Parent == nil {
			if !heading {
				b.WriteString("\n## " + config.Title + "\n\n")
				heading = true
			}
			write(page)
		}
	}
	var below func(page *site.Page)
	below = func(page *site.Page) {
		write(page)
		for _, child := range page.Children {
			below(child)
		}
	}
	for _, section := range sections {
		b.WriteString("\n## " + section.Title + "\n\n")
		below(section)
	}
	return []byte(b.String())
}

// socialView is what Open Graph tells about a page; all addresses are absolute.
type socialView struct{ Type, Title, Description, Address, Image, Site string }

// described fills what search engines and social sites read of a page: its feed and
// twin, social data, and structured data (schema.org: Article, BreadcrumbList).
func (r *renderer) described(p *pageRenderer, v *pageView) {
	base := r.site.Config.BaseURL
	if r.site.Config.Twins {
		v.Twin = p.to(twinPath(p.page.Path))
	}
	if base == "" {
		return
	}
	if r.hasFeed {
		v.Feed = p.to(feedPath)
	}
	v.Social = &socialView{Type: "website", Title: v.Title, Description: v.HeadDescription, Address: v.Canonical, Site: r.site.Config.Title}
	if p.page.Image != nil {
		v.Social.Image = base + p.assets[p.page.Image]
	}
	if p.page.Kind == site.GuidePage && p.page.Guide != nil {
		v.Social.Type = "article"
		v.Data = append(v.Data, articleData(p.page, v))
	}
	if len(v.Crumbs) > 0 {
		v.Data = append(v.Data, r.crumbsData(p))
	}
}

func articleData(page *site.Page, v *pageView) template.HTML {
	type person struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	article := struct {
		Context     string   `json:"@context"`
		Type        string   `json:"@type"`
		Headline    string   `json:"headline"`
		Description string   `json:"description,omitempty"`
		Address     string   `json:"mainEntityOfPage"`
		Image       string   `json:"image,omitempty"`
		Published   string   `json:"datePublished,omitempty"`
		Modified    string   `json:"dateModified,omitempty"`
		Author      *person  `json:"author,omitempty"`
		Keywords    []string `json:"keywords,omitempty"`
	}{
		Context: "https://schema.org", Type: "Article", Headline: page.Title, Description: v.HeadDescription, Address: v.Canonical,
		Image: v.Social.Image, Published: published(page), Modified: cmp.Or(string(page.Guide.FrontMatter.Updated.Value), reviewed(page)),
	}
	if name := page.Guide.FrontMatter.Author.Value; name != "" {
		article.Author = &person{"Person", name}
	}
	for _, tag := range page.Tags {
		article.Keywords = append(article.Keywords, tag.Name)
	}
	return linkedData(article)
}

func (r *renderer) crumbsData(p *pageRenderer) template.HTML {
	type item struct {
		Type     string `json:"@type"`
		Position int    `json:"position"`
		Name     string `json:"name"`
		Address  string `json:"item"`
	}
	list := struct {
		Context string `json:"@context"`
		Type    string `json:"@type"`
		Items   []item `json:"itemListElement"`
	}{Context: "https://schema.org", Type: "BreadcrumbList"}
	var above []*site.Page
	for page := p.page; page != nil; page = page.Parent {
		above = append(above, page)
	}
	slices.Reverse(above)
	for i, page := range above {
		list.Items = append(list.Items, item{"ListItem", i + 1, page.Title, absolute(r.site.Config.BaseURL, page.Path)})
	}
	return linkedData(list)
}

// linkedData writes a block of structured data. Structs of strings and numbers cannot
// fail to be encoded.
func linkedData(value any) template.HTML {
	encoded, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return data("application/ld+json", encoded)
}
