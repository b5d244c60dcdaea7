package markdown

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"cairn/generator/diag"
)

// A Region is a part of a text that has a name, so that it can be included without the
// rest: between the comments <!-- region NAME --> and <!-- endregion -->, each a block
// of its own and in no other. From and To are how much of the article comes before.
type Region struct {
	Name     string
	From, To Mark
}

// A Mark is a place in an article: how many of each come before it.
type Mark struct{ Parts, Headings, Links, Images, Cites, Blocks, Notes int }

func (w *writer) mark() Mark {
	w.flush()
	a := &w.article
	return Mark{len(a.Parts), len(a.Headings), len(a.Links), len(a.Images), len(a.Cites), len(a.Blocks), a.Notes}
}

var regionMark = regexp.MustCompile(`^<!--[ \t]*#?(end)?region(?:[ \t]+(.*?))?[ \t]*-->$`)

// An openRegion is one whose end has not come yet.
type openRegion struct {
	name       string
	from       Mark
	start, end int
}

// maxRegions keeps the list of them small.
const maxRegions = 1000

// region reads a comment that begins or ends a region.
func (w *writer) region(n *ast.HTMLBlock) {
	text := strings.TrimSpace(w.lines(n))
	found := regionMark.FindStringSubmatch(text)
	if found == nil {
		return
	}
	start := max(0, n.Pos())
	end := min(start+len(text), lineEnd(w.source, start))
	fault := func(message, hint string) { w.fault(start, end, diag.MarkdownRegion, message, hint) }
	ends, name := found[1] != "", found[2]
	last := len(w.regions) - 1
	switch {
	case n.Parent().Kind() != ast.KindDocument:
		fault("a region begins or ends within a list, a quote or another block", "put the comment where no block is open")
	case ends && last < 0:
		fault("no region is open here that this could end", "begin it above: <!-- region NAME -->")
	case ends && name != "" && name != w.regions[last].name:
		fault(fmt.Sprintf("this ends the region %q, but %q is open", clip(name), w.regions[last].name), "end the one that began last first")
	case ends:
		open := w.regions[last]
		w.regions = w.regions[:last]
		w.article.Regions = append(w.article.Regions, Region{open.name, open.from, w.mark()})
	case !isIDName(name):
		fault(fmt.Sprintf("%q cannot be the name of a region", clip(name)), "write small letters, digits and hyphens: <!-- region first-steps -->")
	case w.named[name]:
		fault(fmt.Sprintf("another region is called %q", name), "give each region a name of its own")
	case len(w.named) == maxRegions:
		fault(fmt.Sprintf("this file has more than %d regions", maxRegions), "split the file")
	default:
		if w.named == nil {
			w.named = map[string]bool{}
		}
		w.named[name] = true
		w.regions = append(w.regions, openRegion{name, w.mark(), start, end})
	}
}

// closeRegions reports those that are still open at the end.
func (w *writer) closeRegions() {
	for _, open := range w.regions {
		w.fault(open.start, open.end, diag.MarkdownRegion, fmt.Sprintf("the region %q never ends", open.name), "end it: <!-- endregion -->")
	}
}

// DropOpening takes the heading out that opens the text.
func (a *Article) DropOpening() {
	for i := range a.Regions {
		for _, mark := range []*Mark{&a.Regions[i].From, &a.Regions[i].To} {
			mark.Parts, mark.Headings = max(0, mark.Parts-a.Opening), max(0, mark.Headings-1)
		}
	}
	a.Parts, a.Headings, a.Opening = rest(a.Parts, a.Opening), rest(a.Headings, 1), 0
}

// rest is nil if nothing is left: an empty list that is remembered comes back as none.
func rest[T any](list []T, from int) []T {
	if from >= len(list) {
		return nil
	}
	return list[from:]
}
