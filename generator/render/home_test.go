package render

import (
	"fmt"
	"testing"

	"cairn/generator/site"
)

// What the first page lists does not grow with the site.
func TestListed(t *testing.T) {
	for _, c := range []struct{ sections, each, want int }{
		{4, 10, 10}, {4, 60, 60}, {4, 61, 60}, {1, 240, 240}, {1, 10_000, 240}, {240, 100, 1}, {100, 100, 2},
	} {
		sum := 0
		for range c.sections {
			section := &site.Page{Title: "Section", Kind: site.SectionPage, Seldom: &site.Seldom{}}
			for i := range c.each {
				section.Children = append(section.Children, site.NewPage("", fmt.Sprint(i)))
			}
			list := listed(section, c.sections*c.each, c.sections)
			if len(list) != c.want {
				t.Errorf("%d sections of %d: %d pages, want %d", c.sections, c.each, len(list), c.want)
			}
			if whole := list[len(list)-1] != section; whole != (c.want == c.each) {
				t.Errorf("%d sections of %d: the last one is %q", c.sections, c.each, list[len(list)-1].Title)
			}
			sum += len(list)
		}
		if sum > mostListed {
			t.Errorf("%d sections of %d: %d pages in all", c.sections, c.each, sum)
		}
	}
}
