package twin

import (
	"os"
	"strings"
	"testing"

	"cairn/generator/golden"
	"cairn/generator/markup"
)

// Every element that a page of ours holds, as Markdown.
func TestMarkdown(t *testing.T) {
	page, err := os.ReadFile("testdata/all.html")
	if err != nil {
		t.Fatal(err)
	}
	got := Markdown(markup.Main(page), func(address string) string { return strings.Replace(address, ".html", ".md", 1) })
	golden.Compare(t, "testdata/all.md", got)
}

func TestNoMain(t *testing.T) {
	if got := Markdown(markup.Main([]byte("<p>x")), nil); got != nil {
		t.Errorf("got %q", got)
	}
}

// Any bytes give a text, and not a much longer one than they are.
func FuzzMarkdown(f *testing.F) {
	page, err := os.ReadFile("testdata/all.html")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(page))
	f.Add("<main><table><tr><td colspan=99999>x</table>")
	f.Fuzz(func(t *testing.T, inside string) {
		made := Markdown(markup.Main([]byte("<main>"+inside)), func(address string) string { return address })
		if len(made) > 10_000+50*len(inside) {
			t.Errorf("%d bytes of %d", len(made), len(inside))
		}
	})
}
