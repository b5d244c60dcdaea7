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

// relations are the links between pages, both ways, by the numbers of pages.
type relations struct {
	once     sync.Once
	from, to lists
}

// lists are many lists in two pieces: list i is from starts[i] to starts[i+1].
type lists struct{ starts, all []int32 }

func (l lists) of(i int32) []int32 {
	if i < 0 {
		return nil
	}
	return l.all[l.starts[i]:l.starts[i+1]]
}

// A relation is a page and how much it counts.
type relation struct {
	page  *Page
	count int
}

// Related returns at most four pages, the most related first.
func (s *Site) Related(page *Page) []*Page {
	if !s.relates(page) {
		return nil
	}
	r := &s.relations
	r.once.Do(func() { r.fill(s) })
	at := page.number - 1
	var counts []relation
	for _, other := range r.to.of(at) {
		counts = append(counts, relation{s.Pages[other], countLink * fewLinks / max(fewLinks, len(r.from.of(other)))}) // one that links to everything says little
	}
	for _, tag := range page.Tags {
		if pages := tag.Pages; len(pages) >= 2 && len(pages) <= mostSharing {
			for _, other := range pages {
				counts = append(counts, relation{other, countTag * 2 / len(pages)})
			}
		}
	}
	for _, target := range r.from.of(at) {
		if pages := r.to.of(target); len(pages) >= 2 && len(pages) <= mostSharing {
			for _, other := range pages {
				counts = append(counts, relation{s.Pages[other], countCommon * 2 / len(pages)})
			}
		}
	}
	slices.SortFunc(counts, func(x, y relation) int { return cmp.Compare(x.page.number, y.page.number) })
	found := counts[:0]
	for i := 0; i < len(counts); {
		sum := relation{page: counts[i].page}
		for ; i < len(counts) && counts[i].page == sum.page; i++ {
			sum.count += counts[i].count
		}
		if sum.page != page && sum.count >= leastRelated && s.relates(sum.page) && !slices.Contains(r.from.of(at), sum.page.number-1) {
			found = append(found, sum)
		}
	}
	slices.SortFunc(found, func(x, y relation) int {
		return cmp.Or(cmp.Compare(y.count, x.count), cmp.Compare(x.page.Title, y.page.Title), cmp.Compare(x.page.File, y.page.File))
	})
	var pages []*Page
	for _, relation := range found[:min(len(found), mostRelated)] {
		pages = append(pages, relation.page)
	}
	return pages
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
	for i, page := range s.Pages {
		page.number = int32(i) + 1
	}
	r.to.starts, r.from.starts = make([]int32, len(s.Pages)+1), make([]int32, len(s.Pages)+1)
	seen := make([]int32, len(s.Pages)+1) // by the number of a page that links, where last
	for i, page := range s.Pages {
		seen[page.number] = page.number
		if file := s.Graph.byFile[page.File]; file != nil {
			for _, edge := range file.into {
				if from := edge.from.number; from > 0 && seen[from] != page.number {
					seen[from] = page.number
					r.to.all = append(r.to.all, from-1)
					r.from.starts[from]++
				}
			}
		}
		r.to.starts[i+1] = int32(len(r.to.all))
	}
	for i := range s.Pages {
		r.from.starts[i+1] += r.from.starts[i]
	}
	next := slices.Clone(r.from.starts)
	r.from.all = make([]int32, len(r.to.all))
	for i := range s.Pages {
		for _, from := range r.to.of(int32(i)) {
			r.from.all[next[from]] = int32(i)
			next[from]++
		}
	}
}
