package markdown

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What is unpacked is what was packed.
func TestPacked(t *testing.T) {
	texts, numbers := rapid.String(), rapid.IntRange(0, 9<<20)
	rapid.Check(t, func(t *rapid.T) {
		headings := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Heading {
			return Heading{Level: rapid.IntRange(1, 6).Draw(t, "level"), ID: texts.Draw(t, "id"), Text: texts.Draw(t, "text"),
				Start: numbers.Draw(t, "start"), End: numbers.Draw(t, "end"), Step: rapid.Bool().Draw(t, "step")}
		})).Draw(t, "headings")
		links := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Link {
			return Link{Destination: texts.Draw(t, "to"), Start: numbers.Draw(t, "start"), End: numbers.Draw(t, "end")}
		})).Draw(t, "links")
		a := &Article{Written: &Written{Headings: headings, Links: links}}
		if len(headings) == 0 {
			headings = nil
		}
		if len(links) == 0 {
			links = nil
		}
		a.Pack()
		if diff := cmp.Diff(headings, a.AllHeadings()); diff != "" || a.Headings != nil {
			t.Error(diff)
		}
		if diff := cmp.Diff(links, a.AllLinks()); diff != "" || a.Links != nil {
			t.Error(diff)
		}
	})
}
