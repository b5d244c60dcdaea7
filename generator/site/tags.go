package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cairn/generator/diag"

	"golang.org/x/text/unicode/norm"
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

// A tagUse is a place where a tag is written.
type tagUse struct {
	page       *Page
	start, end int
}

// sameTag is equal for the ways to write one tag: capital letters, and whether spaces or
// hyphens stand between its words, make no difference.
func sameTag(name string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFC.String(name)), func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '_' })
	return strings.Join(words, "-")
}

// addTags files the pages under their tags. Two ways to write a tag are one tag, and told;
// so are two tags of one address, of which one has no page.
func (b *builder) addTags() {
	tags := map[string]*Tag{} // by what is the same of them, as the next
	first := map[string]tagUse{}
	known := map[string]string{} // what is the same of a tag as it is written
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
			same, seen := known[written.Value]
			if !seen {
				same = sameTag(name)
				known[written.Value] = same
			}
			if tags[same] == nil {
				tags[same], first[same] = &Tag{Name: name, segment: made}, tagUse{page, written.Start, written.End}
			}
			if tag := tags[same]; tag.Name != name {
				b.faults.Add(b.also(file.At(written.Start, written.End, diag.SiteTag, fmt.Sprintf("the tag %q is written %q elsewhere", name, tag.Name),
					fmt.Sprintf("write %q in both", tag.Name)), first[same], "where it is first used"))
			}
		}
	}
	// The order of the files decides nothing: of two tags the first of their own order
	// holds the address.
	holders := map[string]string{}
	for _, same := range slices.Sorted(maps.Keys(tags)) {
		if tag := tags[same]; holders[tag.segment] == "" {
			holders[tag.segment] = same
			b.site.Tags = append(b.site.Tags, tag)
		}
	}
	for _, page := range b.site.Pages {
		if page.Guide == nil {
			continue
		}
		for _, written := range page.Guide.FrontMatter.Tags.Value {
			same := known[written.Value]
			tag := tags[same]
			if tag == nil {
				continue // it has no address
			}
			if holder := holders[tag.segment]; holder != same {
				other := tags[holder]
				b.faults.Add(b.also(b.texts[page.File].At(written.Start, written.End, diag.SiteCollision,
					fmt.Sprintf("the tags %q and %q would have the same address, %s", tag.Name, other.Name, tag.Path(0)),
					"if they mean the same, write them alike; else write one in other letters, as C sharp for C#: an address has only a to z and digits"),
					first[holder], fmt.Sprintf("where %q is first used", other.Name)))
				continue
			}
			if !slices.Contains(page.Tags, tag) {
				page.own().Tags = append(page.Tags, tag)
				tag.Pages = append(tag.Pages, page)
			}
		}
	}
	for _, tag := range b.site.Tags {
		slices.SortFunc(tag.Pages, func(x, y *Page) int { return cmp.Or(cmp.Compare(x.Title, y.Title), cmp.Compare(x.File, y.File)) })
	}
	slices.SortFunc(b.site.Tags, func(x, y *Tag) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Name, y.Name))
	})
	b.checkTagAddresses()
}

// also adds where a tag is used to a fault.
func (b *builder) also(fault diag.Diagnostic, use tagUse, message string) diag.Diagnostic {
	return fault.Also(use.page.File, b.texts[use.page.File].Position(use.start), message)
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
