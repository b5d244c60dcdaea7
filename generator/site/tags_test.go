package site

import (
	"fmt"
	"slices"
	"testing"
)

// A tag of many pages has several of its own, so that none grows with the site.
func TestTagParts(t *testing.T) {
	for count, want := range map[int][]string{
		1:                  {"tags/ci-cd.html"},
		PagesOnTag:         {"tags/ci-cd.html"},
		PagesOnTag + 1:     {"tags/ci-cd.html", "tags/ci-cd/2.html"},
		2*PagesOnTag + 100: {"tags/ci-cd.html", "tags/ci-cd/2.html", "tags/ci-cd/3.html"},
	} {
		tag := &Tag{Name: "CI/CD", segment: "ci-cd"}
		for i := range count {
			tag.Pages = append(tag.Pages, &Page{File: fmt.Sprint(i)})
		}
		var got []string
		for part := range tag.Parts() {
			got = append(got, tag.Path(part))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d pages: got %q, want %q", count, got, want)
		}
	}
}
