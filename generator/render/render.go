// Package render turns the model into outputs: for each file of the site a path
// and a function that makes its bytes. Every path is known before anything is
// made, because bundles and assets are named by their bytes; so pages can be made
// in any order, at any time, and each for itself.
package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/goldenpath"
	"cairn/generator/markup"
	"cairn/generator/messages"
	"cairn/generator/output"
	"cairn/generator/prove"
	"cairn/generator/site"
	"cairn/generator/table"
	"cairn/generator/theme"
)

// policy is what a page allows itself: its own scripts, styles and images, and
// nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// A renderer is what all pages share.
type renderer struct {
	site   *site.Site
	theme  *theme.Theme
	proofs []prove.Page
	style  string
	// scripts are the paths of the theme's scripts, by name.
	scripts map[string]string
	assets  map[*site.Asset]string
	twins   map[*site.Page]downloads
	words   messages.Catalogue
	// paths are those of all pages, tags the pages of tags. allPaths is hashOfPaths, made once.
	paths    map[string]bool
	allPaths func() string
	tags     []tagPage
	hasFeed  bool
	// shelves are the sections' children in order, places each page's place there.
	shelves  map[*site.Page]*shelf
	places   map[*site.Page]int
	finished finishedPages
	// times are the minutes of each assessment's ways, found once: several pages name them.
	times sync.Map
}

// downloads are the paths of a table's or an assessment's data.
type downloads struct{ csv, json string }

// A Rewrite is the output of a page with another text, as site.Rewritten allows it.
type Rewrite func(page *site.Page, guide *content.Page, body *site.Resolved) output.Output

// Made is a site whose outputs can be made.
type Made struct {
	Outputs []output.Output
	// Ends are where the outputs of each page end, in the order of the pages.
	Ends []int
	// Main reads the finished <main> of a page, or returns nil. Soon after the page was
	// made it is there.
	Main func(*site.Page) (*markup.Node, error)
	// Key returns a hash of all that the page shows; "" if it cannot be made.
	Key func(*site.Page) string
	// Rewrite makes the output of a page whose text is another one.
	Rewrite Rewrite
}

// Outputs returns every output of the site. Those of the pages stand in the given order:
// each page is followed by what is made from it. The diagnostics are about assets that
// cannot be read.
func Outputs(model *site.Site, look *theme.Theme, proofs []prove.Page, order []*site.Page) (Made, diag.List) {
	r := &renderer{
		site: model, theme: look, proofs: proofs,
		style:   named("assets/style", look.Style, ".css"),
		scripts: map[string]string{},
		assets:  map[*site.Asset]string{},
		twins:   map[*site.Page]downloads{},
		words:   model.Config.Catalogue(),
		paths:   map[string]bool{},
	}
	r.allPaths = sync.OnceValue(r.hashOfPaths)
	r.hasFeed = len(r.dated()) > 0
	r.shelve()
	for _, page := range model.Pages {
		r.paths[page.Path] = true
	}
	r.tags = r.tagPages()
	for _, page := range r.tags {
		r.paths[page.path] = true
	}
	var faults diag.List
	outputs := []output.Output{fixed(r.style, output.Asset, look.Style)}
	paths := map[string]bool{r.style: true} // which content may hold, too
	for _, name := range slices.Sorted(maps.Keys(look.Scripts)) {
		script := named("assets/"+name, look.Scripts[name], ".js")
		r.scripts[name], paths[script] = script, true
		outputs = append(outputs, fixed(script, output.Asset, look.Scripts[name]))
	}
	for _, asset := range model.Assets {
		hash, err := asset.Hash()
		if list, ok := diag.Of(err); ok {
			faults = append(faults, list...)
			continue
		}
		name := strings.TrimSuffix(path.Base(asset.File), path.Ext(asset.File))
		address := "assets/" + slug(name) + "-" + short(hash) + extension(asset.File)
		r.assets[asset] = address
		if !paths[address] { // two files with the same name and bytes are one asset
			paths[address] = true
			outputs = append(outputs, output.Output{Path: address, Kind: output.Asset, Source: asset.File, Make: asset.Read})
		}
	}
	for _, page := range model.Pages {
		if page.Table != nil {
			base := strings.TrimSuffix(page.Path, ".html")
			r.twins[page] = downloads{csv: base + ".csv", json: base + ".json"}
			outputs = append(outputs,
				made(base+".csv", output.Data, page.File, func() ([]byte, error) { return table.CSV(page.Table), nil }),
				made(base+".json", output.Data, page.File, func() ([]byte, error) { return table.JSON(page.Table), nil }))
		}
	}
	ends := make([]int, len(order))
	for i, page := range order {
		out := made(page.Path, output.Page, page.File, func() ([]byte, error) { return r.html(page) })
		out.Key = func() string { return r.pageKey(page) }
		outputs = append(outputs, out)
		if model.Config.Twins {
			out := made(twinPath(page.Path), output.Data, page.File, func() ([]byte, error) {
				main, err := r.main(page)
				return r.twin(page.Path, main), err
			})
			out.Key = func() string { return r.twinKey(page) }
			outputs = append(outputs, out)
		}
		ends[i] = len(outputs)
	}
	outputs = append(outputs, made("404.html", output.Page, "", r.notFound))
	for _, page := range r.tags {
		out := made(page.path, output.Page, "", func() ([]byte, error) { return r.tagPage(page) })
		out.Key = func() string { return r.tagKey(page) }
		outputs = append(outputs, out)
	}
	outputs = append(outputs, r.pathFiles()...)
	if model.Config.Search {
		outputs = append(outputs, made(site.SearchPath, output.Page, "", r.searchPage))
	}
	outputs = append(outputs, r.readers()...)
	outputs = append(outputs, r.hosts()...)
	return Made{outputs, ends, r.main, r.identity, r.rewrite}, faults
}

func made(path string, kind output.Kind, source string, make func() ([]byte, error)) output.Output {
	return output.Output{Path: path, Kind: kind, Source: source, Make: make}
}

func fixed(path string, kind output.Kind, data []byte) output.Output {
	return made(path, kind, "", func() ([]byte, error) { return data, nil })
}

// named puts the hash of the bytes into a name, so that a name never changes its meaning.
func named(stem string, data []byte, extension string) string {
	sum := sha256.Sum256(data)
	return stem + "-" + short(hex.EncodeToString(sum[:])) + extension
}

func short(hash string) string { return hash[:min(16, len(hash))] }

// slug keeps the readable part of an asset's name.
func slug(name string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, name)
	return kept[:min(60, len(kept))]
}

// extension is that of a file, in small letters and without signs that mean something
// in an address.
func extension(file string) string {
	if ext := path.Ext(file); len(ext) > 1 {
		return "." + slug(ext[1:])
	}
	return ""
}

// page makes the bytes of one page, of an outline if there is one.
func (r *renderer) page(page *site.Page, o *outline) ([]byte, error) {
	if o == nil {
		return r.finish(r.newPage(page))
	}
	if err := r.complete(o); err != nil {
		return nil, err
	}
	return r.execute(o.page.template(), o.view, page.File)
}

func (r *renderer) finish(p *pageRenderer) ([]byte, error) {
	view, err := r.view(p)
	if err != nil {
		return nil, err
	}
	return r.execute(p.template(), view, p.page.File)
}

func (r *renderer) rewrite(page *site.Page, guide *content.Page, body *site.Resolved) output.Output {
	return made(page.Path, output.Page, page.File, func() ([]byte, error) {
		p := r.newPage(page)
		p.guide, p.body = guide, body
		return r.finish(p)
	})
}

// notFound makes 404.html. A host shows it at any depth, so its links alone are
// rooted, at the path of base-url.
func (r *renderer) notFound() ([]byte, error) {
	p := r.newPage(site.NewPage("404.html", r.words.Say("missing.title")))
	p.root = r.root()
	view := r.frame(p)
	view.Kind = "notfound"
	return r.execute("notfound.html", view, "404.html")
}

func (r *renderer) execute(name string, view *pageView, file string) ([]byte, error) {
	b := pages.Get().(*bytes.Buffer)
	defer pages.Put(b)
	b.Reset()
	if err := r.theme.Execute(b, name, view); err != nil {
		return nil, r.fault(err, file)
	}
	return bytes.Clone(b.Bytes()), nil
}

// pages are buffers to write pages in: growing one for each page costs more than a copy.
var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (r *renderer) fault(err error, file string) error {
	if _, ok := diag.Of(err); ok {
		return err
	}
	return diag.List{r.theme.Fault(err, file)}
}

// A pageRenderer is one page while it is made.
type pageRenderer struct {
	page *site.Page
	// guide and body are the page's own, or what its author has written since.
	guide  *content.Page
	body   *site.Resolved
	root   string // "" for relative links
	assets map[*site.Asset]string
	// numbers and noted are the sources that have a number, and a note beside the text.
	numbers map[*table.Source]int
	noted   map[*table.Source]bool
	// tables and charts count those on the page, placed how often each name of a table is taken; live
	// tells that one of them can be sorted and filtered.
	tables, charts int
	placed         map[string]int
	captions       map[string]int
	live           bool
	// privacy tells that the page says what is kept in a browser.
	privacy bool
	// code and tabs tell that the page has blocks of code, and tabs.
	code, tabs bool
	site       *site.Site
	// sample is what a golden path makes with its defaults; nil if the page is none.
	sample *goldenpath.Made
	// terms finds the terms of the glossary in the body that is being written.
	terms *site.TermSearch
	words messages.Catalogue
	// keyed asks for what the page depends on in the place of what it shows; see key.go.
	keyed bool
	// beside is the section whose pages the side is to show, at the page's place there;
	// bodyLeft tells that the body is left out. Both only if keyed.
	beside   *site.Page
	at       int
	bodyLeft bool
}

func (r *renderer) newPage(page *site.Page) *pageRenderer {
	p := &pageRenderer{
		page: page, guide: page.Guide, body: page.Body, assets: r.assets, site: r.site, words: r.words,
		numbers: map[*table.Source]int{}, noted: map[*table.Source]bool{}, placed: map[string]int{},
	}
	for i, source := range page.Cited {
		p.numbers[source] = i + 1
	}
	if page.GoldenPath != nil {
		p.sample = page.GoldenPath.Sample()
	}
	return p
}

// to returns the address of an output as seen from this page.
func (p *pageRenderer) to(path string) string {
	if p.root != "" {
		return p.root + path
	}
	return site.Relative(p.page.Path, path)
}

func (p *pageRenderer) template() string {
	switch p.page.Kind {
	case site.HomePage:
		return "home.html"
	case site.TablePage:
		return "table.html"
	case site.AssessmentPage:
		return "assessment.html"
	case site.SourcesPage:
		return "sources.html"
	case site.PathPage:
		return "path.html"
	}
	return "guide.html"
}

// A sourceView is a source as templates show it.
type sourceView struct {
	Number                                    int
	ID, Anchor, Address                       string
	Name, Title, Author, Publisher, Date, URL string
	Interest, Note, Evidence                  string
	Grade                                     int
	CitedBy                                   []linkView
}

var grades = map[string]int{"anecdote": 1, "opinion": 2, "survey": 3, "study": 4}

// evidence is what a source says of itself, in the words of the interface.
func (p *pageRenderer) evidence(source *table.Source) string {
	if grades[source.Evidence] == 0 {
		return source.Evidence
	}
	return p.words.Say("evidence." + source.Evidence)
}

// sourceAnchor begins the anchors of a page's own list of sources.
const sourceAnchor = "source-"

func (p *pageRenderer) source(source *table.Source) sourceView {
	view := sourceView{
		Number: p.numbers[source], ID: source.ID, Anchor: sourceAnchor + source.ID,
		Title: source.Title, Author: source.Author, Publisher: source.Publisher,
		Date: longDate(p.words, source.Date), URL: source.URL, Interest: sentence(source.Interest), Note: sentence(source.Note),
		Evidence: p.evidence(source), Grade: grades[source.Evidence],
	}
	view.Name = source.Publisher
	if view.Name == "" {
		view.Name = source.Title
	}
	return view
}

// sentence ends a text with a full stop, if it does not end in a sign already.
func sentence(text string) string {
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}

// data writes a data block: JSON in a script element that is never run. It is one
// of the few places where template.HTML is made; encoding/json escapes <, > and &,
// so nothing in the data can end the element.
func data(kind string, json []byte) template.HTML {
	return template.HTML(`<script type="` + kind + `">` + string(json) + `</script>`)
}
