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

// A relation is a page, by its number, and how much it counts.
type relation struct{ page, count int32 }

// Related returns at most four pages, the most related first.
func (s *Site) Related(page *Page) []*Page {
	if !s.relates(page) {
		return nil
	}
	r := s.relate()
	at := page.number - 1
	leads := r.from.of(at)
	room := make([]relation, 0, 64) // most pages need no more, and so no memory
	counts := room
	for _, other := range r.to.of(at) {
		counts = append(counts, relation{other, int32(countLink * fewLinks / max(fewLinks, len(r.from.of(other))))}) // one that links to everything says little
	}
	for _, tag := range page.Tags {
		if pages := tag.Pages; len(pages) >= 2 && len(pages) <= mostSharing {
			for _, other := range pages { // which are all of the site
				counts = append(counts, relation{other.number - 1, int32(countTag * 2 / len(pages))})
			}
		}
	}
	for _, target := range leads {
		if pages := r.to.of(target); len(pages) >= 2 && len(pages) <= mostSharing {
			for _, other := range pages {
				counts = append(counts, relation{other, int32(countCommon * 2 / len(pages))})
			}
		}
	}
	found := counts[:0]
	for _, sum := range summed(counts) {
		if sum.count >= leastRelated && sum.page != at && !slices.Contains(leads, sum.page) && s.relates(s.Pages[sum.page]) {
			found = append(found, sum)
		}
	}
	slices.SortFunc(found, func(x, y relation) int {
		a, b := s.Pages[x.page], s.Pages[y.page]
		return cmp.Or(cmp.Compare(y.count, x.count), cmp.Compare(a.Title, b.Title), cmp.Compare(a.File, b.File))
	})
	var pages []*Page
	for _, relation := range found[:min(len(found), mostRelated)] {
		pages = append(pages, s.Pages[relation.page])
	}
	return pages
}

// summed puts together what counts for the same page.
func summed(counts []relation) []relation {
	sums := counts[:0]
	if len(counts) <= 64 {
	next:
		for _, each := range counts {
			for i := range sums {
				if sums[i].page == each.page {
					sums[i].count += each.count
					continue next
				}
			}
			sums = append(sums, each)
		}
		return sums
	}
	slices.SortFunc(counts, func(x, y relation) int { return cmp.Compare(x.page, y.page) })
	for _, each := range counts {
		if last := len(sums) - 1; last >= 0 && sums[last].page == each.page {
			sums[last].count += each.count
		} else {
			sums = append(sums, each)
		}
	}
	return sums
}

// relates tells whether a page is one to go on with: not one that only leads to others.
func (s *Site) relates(page *Page) bool {
	switch page.Kind {
	case GuidePage, PathPage, TablePage, AssessmentPage:
		return s.glossary == nil || page != s.glossary.page
	}
	return false
}

// relate finds which pages link to which, once.
func (s *Site) relate() *relations {
	s.relations.once.Do(func() { s.relations.fill(s) })
	return &s.relations
}

func (r *relations) fill(s *Site) {
	r.to.starts, r.from.starts = make([]int32, len(s.Pages)+1), make([]int32, len(s.Pages)+1)
	seen := make([]int32, len(s.Pages)+1) // by the number of a page that links, where last
	for i, page := range s.Pages {
		seen[page.number] = page.number
		if file := s.Graph.byFile[page.File]; file != nil {
			for _, edge := range file.into {
				if from := edge.from; seen[from] != page.number {
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
