package site

import (
	"cmp"
	"slices"
	"sync"
)

// Related pages are those that readers of a page are likely to want next, and that its
// text does not lead to already. They follow from what authors wrote: a page that links
// here, a tag in common, a link to the same page. Each of these counts the less, the more
// pages share it, and what more than mostSharing share says nothing; so the work grows as
// the number of links, and an edit of one page touches few others.

const (
	mostRelated = 4
	mostSharing = 24
	fewLinks    = 4
	// leastRelated is what a page must count to be shown: a tag that three share, a link
	// from there, or several links in common.
	leastRelated = 8
	// What a link from there counts, and what a tag and a link count that only two share.
	countLink, countTag, countCommon = 12, 24, 6
)

// relations are the links between pages, both ways.
type relations struct {
	once     sync.Once
	from, to map[*Page][]*Page
}

// Related returns at most four pages, the most related first.
func (s *Site) Related(page *Page) []*Page {
	if !s.relates(page) {
		return nil
	}
	r := &s.relations
	r.once.Do(func() { r.fill(s) })
	counts := map[*Page]int{}
	for _, other := range r.to[page] {
		counts[other] += countLink * fewLinks / max(fewLinks, len(r.from[other])) // one that links to everything says little
	}
	share := func(pages []*Page, count int) {
		if len(pages) < 2 || len(pages) > mostSharing {
			return
		}
		for _, other := range pages {
			counts[other] += count * 2 / len(pages)
		}
	}
	for _, tag := range page.Tags {
		share(tag.Pages, countTag)
	}
	for _, target := range r.from[page] {
		share(r.to[target], countCommon)
	}
	var found []*Page
	for other, count := range counts {
		if other == page || count < leastRelated || !s.relates(other) || slices.Contains(r.from[page], other) {
			continue
		}
		found = append(found, other)
	}
	slices.SortFunc(found, func(x, y *Page) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x.Title, y.Title), cmp.Compare(x.File, y.File))
	})
	return found[:min(len(found), mostRelated)]
}

// relates tells whether a page is one to go on with: not one that only leads to others.
func (s *Site) relates(page *Page) bool {
	switch page.Kind {
	case GuidePage, PathPage, TablePage, AssessmentPage:
		return s.glossary == nil || page != s.glossary.page
	}
	return false
}

func (r *relations) fill(s *Site) {
	r.from, r.to = map[*Page][]*Page{}, map[*Page][]*Page{}
	for _, page := range s.Pages {
		file := s.Graph.byFile[page.File]
		if file == nil {
			continue
		}
		seen := map[*Page]bool{page: true}
		for _, edge := range file.into {
			if !seen[edge.from] {
				seen[edge.from] = true
				r.to[page] = append(r.to[page], edge.from)
				r.from[edge.from] = append(r.from[edge.from], page)
			}
		}
	}
}
