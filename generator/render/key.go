package render

import (
	"maps"
	"slices"
	"strings"

	"cairn/generator/memory"
	"cairn/generator/site"
)

// What a page depends on. A page is a template and a view, and nothing else; so a hash of
// the theme and of the view is a key of the page. It is much cheaper than the page if the
// two large parts of a view are not made: in the place of the body stands the name of its
// article and what fills the holes, in the place of the side a hash that all pages of the
// section share. A body with holes of another kind than links and images is made, and
// hashed as it is.
//
// A field that is added to a view is part of the key by itself. A view that cannot be
// hashed as a whole has no key: then the page is made.

// key returns a page's key, or ""; with it the view that it was made of, which lacks the
// large parts.
func (r *renderer) key(page *site.Page) (string, *outline) {
	switch page.Kind {
	case site.GuidePage, site.SectionPage:
	default:
		return "", nil // few, and with much of the site on them
	}
	p := r.newPage(page)
	p.keyed = true
	view, err := r.view(p)
	if err != nil {
		return "", nil
	}
	key, err := memory.KeyOfPlain(r.theme.Key, p.template(), view)
	if err != nil {
		return "", nil
	}
	return string(key[:]), &outline{p, view}
}

// An outline is a view whose large parts are not made. They are all that it lacks: what
// has a place in a body, and shows elsewhere on the page, is not left out of a view.
type outline struct {
	page *pageRenderer
	view *pageView
}

// complete makes what an outline lacks.
func (r *renderer) complete(o *outline) (err error) {
	o.page.keyed = false
	if beside := o.page.beside; beside != nil {
		if o.view.Side, err = r.side(o.page, beside, o.page.at); err != nil {
			return err
		}
	}
	if o.page.bodyLeft {
		o.view.Body, err = r.body(o.page, o.page.body)
	}
	return err
}

// twinKey is that of a page's twin. A link of the page to another page is one of the
// page's holes, unless the author wrote it as HTML: whether that leads to a page, the key
// of the page does not tell.
func (r *renderer) twinKey(page *site.Page) string {
	if r.site.Config.Content.RawHTML {
		return ""
	}
	return r.keyOfTwin(r.pageKey(page))
}

// keyOfTwin is that of the twin of what has the key; of what has none, none.
func (r *renderer) keyOfTwin(key string) string {
	if key == "" {
		return ""
	}
	return "twin " + r.allPaths() + key
}

// hashOfPaths stands in the keys of all twins for which pages there are, if the site has
// templates of its own: they may hold links to pages that no view names.
func (r *renderer) hashOfPaths() string {
	if !r.theme.OwnTemplates() {
		return ""
	}
	sum := memory.KeyOf(slices.Sorted(maps.Keys(r.paths))...)
	return string(sum[:])
}

// bodyKey is what a body depends on, if it is asked for and can be told.
func (r *renderer) bodyKey(p *pageRenderer, resolved *site.Resolved) (string, bool) {
	article := resolved.Article
	if !p.keyed || article.Name() == "" || len(article.Cites) > 0 || len(article.Blocks) > 0 {
		return "", false
	}
	var b strings.Builder
	links := r.site.Targets(resolved)
	b.Grow(len(article.Name()) + 64*len(links))
	b.WriteString(article.Name())
	b.WriteString(p.terms.Key(p.to))
	for _, target := range links {
		if target.External() == "" { // else the article's name tells
			b.WriteString(p.address(target))
		}
		b.WriteByte('\n')
	}
	for i, asset := range resolved.Images {
		b.WriteString(p.image(asset, article.Images[i]) + "\n")
	}
	return b.String(), true
}
