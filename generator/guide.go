package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/goldenpath"
	"cairn/generator/markdown"
	"cairn/generator/memory"
	"cairn/generator/site"
)

// Guides are what a site may have a hundred thousand of. Each is read, parsed and put
// away before the next one: of its text nothing is kept, and of its article only what
// other pages ask about. The body is read back from the memory when the page is made.

// A readGuide is a guide, or why it could not be read: then the guide has no page.
type readGuide struct {
	guide  site.Guide
	unread diag.List
}

// A parsedGuide is what is remembered of a guide, without its body.
type parsedGuide struct {
	Page   *content.Page
	Path   *goldenpath.Path
	Faults diag.List
}

// The kinds of what is remembered of a guide, under the same key.
const (
	guideKind = "guide"
	bodyKind  = "body"
)

// readGuide reads and parses a guide, or recalls what that gave the last time.
func (b *builder) readGuide(name string, options content.Options) readGuide {
	file, unread := readText(b.project, name)
	if file == nil {
		return readGuide{unread: unread}
	}
	key := b.keyOfGuide(file, options)
	var p parsedGuide
	if !b.memory.Holds(bodyKind, key) || !memory.Recall(b.memory, guideKind, key, &p) {
		p.Page, p.Path, p.Faults = parseGuide(file, options)
		body, _ := p.Page.Article.Body()
		if memory.Store(b.memory, bodyKind, key, body) {
			b.keepBody(p.Page.Article, name, key, options)
			memory.Store(b.memory, guideKind, key, p)
		}
	} else {
		b.keepBody(p.Page.Article, name, key, options)
	}
	late := diag.LateFile(name, func() []byte {
		file, _ := readText(b.project, name)
		if file == nil {
			return nil
		}
		return file.Text
	})
	guide := site.Guide{File: late, Page: p.Page, GoldenPath: p.Path, Faults: p.Faults}
	if strings.HasPrefix(path.Base(name), "_") {
		guide.Part = true
		guide.Faults = slices.DeleteFunc(slices.Clone(p.Faults), func(d diag.Diagnostic) bool {
			return d.Code == diag.FrontMatterNoTitle // a part has none
		})
	}
	return readGuide{guide: guide}
}

// keepBody leaves an article's body to the memory. What is lost there is parsed again.
func (b *builder) keepBody(article *markdown.Article, name string, key memory.Key, options content.Options) {
	article.Keep(string(key[:]), func() (markdown.Body, error) {
		var body markdown.Body
		if memory.Recall(b.memory, bodyKind, key, &body) {
			return body, nil
		}
		file, _ := readText(b.project, name)
		if file == nil || b.keyOfGuide(file, options) != key {
			return body, fmt.Errorf("%s has changed while the site was made; the next build sees it", name)
		}
		page, _, _ := parseGuide(file, options)
		return page.Article.Body()
	})
}

// parseGuide reads a guide. If that brings the parser down, the page is there all
// the same, and shows why.
func parseGuide(file *diag.File, options content.Options) (page *content.Page, golden *goldenpath.Path, faults diag.List) {
	page = &content.Page{Title: path.Base(file.Path), Article: &markdown.Article{}}
	defer guard(file.Path, &faults)
	page, faults = content.Parse(file, options)
	if page.FrontMatter.Path.Set {
		var more diag.List
		golden, more = parsePath(file, page)
		faults = append(faults, more...)
	}
	return page, golden, faults
}

// keyOfGuide hashes all that a parsed guide depends on: its place, its bytes, the
// options, and the program.
func (b *builder) keyOfGuide(file *diag.File, options content.Options) memory.Key {
	raw := ""
	if options.Markdown.RawHTML {
		raw = "raw"
	}
	return memory.KeyOf(append([]string{b.options.Program, file.Path, string(file.Text), raw}, options.Accept...)...)
}
