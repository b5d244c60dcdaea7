package search

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSections(t *testing.T) {
	page, err := os.ReadFile("testdata/page.html")
	if err != nil {
		t.Fatal(err)
	}
	want := []Section{
		{"top", "A page", "First line."},
		{"one", "One", "Text of one."},
		{"row", "", "Head cell"},
		{"one", "", "Below the table."},
		{"q-1", "How many?", "One"},
		{"one", "", "After the question."},
	}
	if diff := cmp.Diff(want, Sections(page)); diff != "" {
		t.Error(diff)
	}
}

func FuzzSections(f *testing.F) {
	f.Add("<h2 id=x>a</h2><svg><svg></svg>b</svg><table><tr id=y><td>c</table>d")
	f.Fuzz(func(t *testing.T, inside string) {
		for _, section := range Sections([]byte("<main>" + inside)) {
			if section.Heading == "" && section.Text == "" {
				t.Errorf("%q gives an empty section", inside)
			}
		}
	})
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"The Platform's users, at 3.5 % — naïve CI/CD": "the platform s user at 3 5 naive ci cd",
		"policies ties series status class buses":      "policy ty sery status class buse",
		"ΣΊΣΥΦΟΣ ﬁne Ⅳ":                                "σισυφοσ fine iv",
		"":                                             "",
	} {
		if got := strings.Join(slices.Collect(Words(text)), " "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// Every word of every page stands in the file whose range it falls into, with that page.
func TestEveryWordIsFiled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pages := make([]Page, rapid.IntRange(0, 60).Draw(t, "pages"))
		for i := range pages {
			text := rapid.StringMatching(`[a-dé]{0,3}( [a-dé]{1,3}){0,6}`).Draw(t, "text")
			pages[i] = Page{Title: fmt.Sprintf("t%d", i), HTML: func() ([]byte, error) { return []byte("<main><p>" + text), nil }}
		}
		files, _ := counts(len(pages))
		x, err := newIndex(pages, nil, files)
		if err != nil {
			t.Fatal(err)
		}
		first := x.first()
		if len(first) != files || !slices.IsSorted(first) {
			t.Fatalf("%d files begin at %q", files, first)
		}
		for page := range pages {
			d, _ := readPage(&pages[page])
			for word := range d.weights {
				file, exact := slices.BinarySearch(first, word)
				if !exact {
					file--
				}
				found := false
				for line := range strings.SplitSeq(x.lines(max(0, file)), "\n") {
					if list, ok := strings.CutPrefix(line, word+" "); ok {
						found = slices.Contains(decoded(list), page)
					}
				}
				if !found {
					t.Fatalf("%q of page %d is not in file %d", word, page, file)
				}
			}
		}
	})
}

func decoded(list string) (pages []int) {
	page, distance, unit := -1, 0, 1
	for i := 0; i < len(list); i++ {
		digit := strings.IndexByte(digits, list[i])
		distance += digit % 32 * unit
		unit *= 32
		if digit < 32 {
			page += distance + 1
			pages = append(pages, page)
			distance, unit = 0, 1
			i++ // the weight
		}
	}
	return pages
}
