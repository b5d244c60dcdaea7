package site

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// related makes a site of pages that link to others, and are filed under tags.
func related(links map[string][]string, tags map[string][]string) (*Site, map[string]*Page) {
	s := &Site{Graph: newGraph()}
	pages := map[string]*Page{}
	page := func(name string) *Page {
		if pages[name] == nil {
			pages[name] = &Page{Kind: GuidePage, File: name, Title: name, Seldom: &Seldom{}}
			s.Graph.add(Node{Place: Place{File: name}, Kind: PageNode, Page: pages[name]})
			s.Pages = append(s.Pages, pages[name])
			pages[name].number = int32(len(s.Pages))
		}
		return pages[name]
	}
	var all edges
	for name, targets := range links {
		for _, target := range targets {
			from := page(name)
			page(target)
			s.Graph.edge(&all, from, name, 0, Place{File: target})
		}
	}
	s.Graph.link(all)
	for name, of := range tags {
		tag := &Tag{Name: name}
		for _, each := range of {
			tag.Pages = append(tag.Pages, page(each))
			page(each).Tags = append(page(each).Tags, tag)
		}
	}
	return s, pages
}

func TestRelated(t *testing.T) {
	many := []string{"a"}
	for i := range mostSharing {
		many = append(many, fmt.Sprintf("m%02d", i))
	}
	all := map[string][]string{"hub": many, "x": {"a"}}
	for _, c := range []struct {
		name        string
		links, tags map[string][]string
		want        []string
	}{
		{"nothing in common", map[string][]string{"b": {"c"}}, map[string][]string{"t": {"a"}}, nil},
		{"a link from there", map[string][]string{"b": {"a"}}, nil, []string{"b"}},
		{"not what the page leads to itself", map[string][]string{"b": {"a"}, "a": {"b", "c"}}, nil, nil},
		{"not from what links to everything", all, nil, []string{"x"}},
		{"a rare tag before a common one", nil, map[string][]string{"rare": {"a", "z"}, "common": {"a", "b", "z", "c"}}, []string{"z", "b", "c"}},
		{"a tag of too many says nothing", nil, map[string][]string{"t": many}, nil},
		{"links in common", map[string][]string{"a": {"p", "q"}, "b": {"p", "q"}, "c": {"p"}}, nil, []string{"b"}},
		{"at most four, by title", nil, map[string][]string{"t": {"f", "a", "e", "d", "c", "b"}}, []string{"b", "c", "d", "e"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, pages := related(c.links, c.tags)
			var got []string
			if pages["a"] != nil {
				for _, page := range s.Related(pages["a"]) {
					got = append(got, page.File)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// What leads only to others is none to go on with, and has none.
func TestRelatedKinds(t *testing.T) {
	for _, kind := range []Kind{HomePage, SectionPage, SourcesPage} {
		s, pages := related(map[string][]string{"b": {"a"}, "a": {"c"}}, nil)
		pages["b"].Kind = kind
		if found := s.Related(pages["a"]); found != nil {
			t.Errorf("kind %d is among the related", kind)
		}
		if found := s.Related(pages["b"]); found != nil {
			t.Errorf("kind %d has related pages", kind)
		}
	}
}

// What counts for the same page is put together, be it few or many.
func TestSummed(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		counts := make([]relation, random.IntN(130))
		want := map[int32]int32{}
		for i := range counts {
			counts[i] = relation{random.Int32N(20), random.Int32N(9)}
			want[counts[i].page] += counts[i].count
		}
		got := map[int32]int32{}
		for _, sum := range summed(counts) {
			if _, twice := got[sum.page]; twice {
				t.Fatalf("page %d stands there twice", sum.page)
			}
			got[sum.page] = sum.count
		}
		if !maps.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}
