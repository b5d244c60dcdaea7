package render

import (
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"

	"cairn/generator/memory"
	"cairn/generator/site"
)

// A tagsView is a page of tags: all of them, or the pages of one.
type tagsView struct {
	// All are the tags with how many pages each has; only on the page of all.
	All []tagView
	// Pages are those of one tag, or of this part of it.
	Pages []linkView
	// Index is the page of all tags.
	Index string
}

// A tagView is a tag with the number of its pages.
type tagView struct {
	Title, Address string
	Pages          int
}

// A tagPage is the page of all tags, or one of those of a tag.
type tagPage struct {
	path string
	view func() *pageView
}

func (r *renderer) tagPages() []tagPage {
	if len(r.site.Tags) == 0 {
		return nil
	}
	pages := []tagPage{{site.TagsPath, r.allTags}}
	for _, tag := range r.site.Tags {
		for part := range tag.Parts() {
			pages = append(pages, tagPage{tag.Path(part), func() *pageView { return r.tagPart(tag, part) }})
		}
	}
	return pages
}

func (r *renderer) tagPage(page tagPage) ([]byte, error) {
	return r.execute("tags.html", page.view(), page.path)
}

func (r *renderer) tagKey(page tagPage) string {
	key, err := memory.KeyOfPlain(r.theme.Key, "tags.html", *page.view())
	if err != nil {
		return ""
	}
	return hex.EncodeToString(key[:])
}

// tagFrame is what the pages of tags have in common.
func (r *renderer) tagFrame(path, title string) (*pageRenderer, *pageView) {
	page := site.NewPage(path, title)
	page.Parent = r.site.Home
	p := r.newPage(page)
	v := r.frame(p)
	v.Kind, v.Tags = "tags", nil
	v.TagPage = &tagsView{Index: p.to(site.TagsPath)}
	if base := r.site.Config.BaseURL; base != "" {
		v.Canonical = absolute(base, path)
	}
	if r.site.Home != nil {
		v.Crumbs = []linkView{{Title: r.words.Say("frame.home"), Address: p.to(r.site.Home.Path)}}
	}
	return p, v
}

func (r *renderer) allTags() *pageView {
	p, v := r.tagFrame(site.TagsPath, r.words.Say("tags.title"))
	for _, tag := range r.site.Tags {
		v.TagPage.All = append(v.TagPage.All, tagView{tag.Name, p.to(tag.Path(0)), len(tag.Pages)})
	}
	r.described(p, v)
	return v
}

func (r *renderer) tagPart(tag *site.Tag, part int) *pageView {
	p, v := r.tagFrame(tag.Path(part), r.partTitle(tag, part))
	v.Crumbs = append(v.Crumbs, linkView{Title: r.words.Say("tags.title"), Address: v.TagPage.Index})
	from := part * site.PagesOnTag
	for _, page := range tag.Pages[from:min(len(tag.Pages), from+site.PagesOnTag)] {
		v.TagPage.Pages = append(v.TagPage.Pages, p.link(page))
	}
	if part > 0 {
		v.Previous = &linkView{Title: r.partTitle(tag, part-1), Address: p.to(tag.Path(part - 1))}
	}
	if part+1 < tag.Parts() {
		v.Next = &linkView{Title: r.partTitle(tag, part+1), Address: p.to(tag.Path(part + 1))}
	}
	r.described(p, v)
	return v
}

func (r *renderer) partTitle(tag *site.Tag, part int) string {
	if part == 0 {
		return tag.Name
	}
	return r.words.Say("tags.part", "tag", tag.Name, "n", strconv.Itoa(part+1))
}

// further fills what leads on from a page: its tags, related pages, and where its file
// can be changed.
func (r *renderer) further(p *pageRenderer, v *pageView) {
	for _, tag := range p.page.Tags {
		v.Tags = append(v.Tags, linkView{Title: tag.Name, Address: p.to(tag.Path(0))})
	}
	for _, page := range r.site.Related(p.page) {
		v.Related = append(v.Related, p.link(page))
	}
	if edit := r.site.Config.Edit; edit != "" && p.page.File != "" {
		parts := strings.Split(p.page.File, "/")
		for i := range parts {
			parts[i] = url.PathEscape(parts[i])
		}
		v.Edit = strings.Replace(edit, "{path}", strings.Join(parts, "/"), 1)
	}
}
