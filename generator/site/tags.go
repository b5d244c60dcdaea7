package site

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/diag"
)

// A Tag is a word that pages are filed under. Its pages stand on a page of the tag's own,
// at most PagesOnTag of them on each, so that no page grows with the site.
type Tag struct {
	// Name is as it is written where it is first used.
	Name string
	// Pages are in the order of their titles.
	Pages []*Page

	segment string
}

const (
	// TagsPath is the page that lists all tags.
	TagsPath = "tags/index.html"
	// PagesOnTag is how many pages stand on one page of a tag.
	PagesOnTag = 100
)

// Path is where a page of the tag is: the first is 0.
func (t *Tag) Path(part int) string {
	if part == 0 {
		return "tags/" + t.segment + ".html"
	}
	return "tags/" + t.segment + "/" + strconv.Itoa(part+1) + ".html"
}

// Parts is how many pages the tag has.
func (t *Tag) Parts() int { return (len(t.Pages) + PagesOnTag - 1) / PagesOnTag }

// addTags files the pages under their tags. Two ways to write a tag are one tag, and told.
func (b *builder) addTags() {
	tags := map[string]*Tag{}
	first := map[string]*Page{}
	for _, page := range b.site.Pages {
		if page.Guide == nil {
			continue
		}
		file := b.texts[page.File]
		for _, written := range page.Guide.FrontMatter.Tags.Value {
			name := strings.Join(strings.Fields(written.Value), " ")
			made, ok := segment(name)
			if !ok || made == "index" {
				b.faults.Add(file.At(written.Start, written.End, diag.SiteTag, fmt.Sprintf("no address can be made of the tag %q", written.Value),
					"a tag has some of the letters a to z, or digits, and is not called index"))
				continue
			}
			tag := tags[made]
			if tag == nil {
				tag = &Tag{Name: name, segment: made}
				tags[made], first[made] = tag, page
			}
			if tag.Name != name {
				b.faults.Add(file.At(written.Start, written.End, diag.SiteTag, fmt.Sprintf("the tag %q is written %q elsewhere", name, tag.Name),
					fmt.Sprintf("write %q in both", tag.Name)).Also(first[made].File, diag.Position{}, "where it is first used"))
			}
			if !slices.Contains(page.Tags, tag) {
				page.own().Tags = append(page.Tags, tag)
				tag.Pages = append(tag.Pages, page)
			}
		}
	}
	for _, tag := range tags {
		b.site.Tags = append(b.site.Tags, tag)
		slices.SortFunc(tag.Pages, func(x, y *Page) int { return cmp.Or(cmp.Compare(x.Title, y.Title), cmp.Compare(x.File, y.File)) })
	}
	slices.SortFunc(b.site.Tags, func(x, y *Tag) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Name, y.Name))
	})
	b.checkTagAddresses()
}

// checkTagAddresses finds pages and redirects where a page of a tag would be.
func (b *builder) checkTagAddresses() {
	if len(b.site.Tags) == 0 {
		return
	}
	taken := map[string]string{TagsPath: "the list of tags"}
	for _, tag := range b.site.Tags {
		for part := range tag.Parts() {
			taken[tag.Path(part)] = fmt.Sprintf("the tag %q", tag.Name)
		}
	}
	tell := func(path, file string) {
		if what, clash := taken[strings.ToLower(path)]; clash {
			b.faults.Add(diag.At(file, diag.SiteCollision, fmt.Sprintf("the address %s is that of %s", path, what), "rename the file, its folder, or the tag"))
		}
	}
	for _, page := range b.site.Pages {
		tell(page.Path, page.File)
	}
	for _, redirect := range b.site.Redirects {
		tell(redirect.Path, redirect.To.File)
	}
}
