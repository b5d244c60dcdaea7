package search

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/generator/markup"
	"cairn/generator/output"
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
	if diff := cmp.Diff(want, Sections(markup.Main(page))); diff != "" {
		t.Error(diff)
	}
}

func FuzzSections(f *testing.F) {
	f.Add("<h2 id=x>a</h2><svg><svg></svg>b</svg><table><tr id=y><td>c</table>d")
	f.Fuzz(func(t *testing.T, inside string) {
		for _, section := range Sections(markup.Main([]byte("<main>" + inside))) {
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

// A world is a site that can be searched: pages with texts.
type world struct {
	pages []Page
	texts []string
	// keyless are the pages of which no key is known.
	keyless map[int]bool
	memory  Memory
	read    *atomic.Int64 // how often a page was read
}

func (w *world) index() *Index {
	return New(w.pages, []string{"the"}, Source{
		Main: func(page int) (*markup.Node, error) {
			w.read.Add(1)
			return markup.Main([]byte("<main><p>" + w.texts[page])), nil
		},
		Key: func(page int) string {
			if w.keyless[page] {
				return ""
			}
			return "of " + w.texts[page]
		},
		Memory: w.memory,
	})
}

func (w *world) draw(t *rapid.T) {
	*w = world{keyless: map[int]bool{}, memory: w.memory, read: new(atomic.Int64)}
	for i := range rapid.IntRange(0, 60).Draw(t, "pages") {
		w.texts = append(w.texts, drawText(t))
		w.pages = append(w.pages, Page{Title: fmt.Sprintf("t%d", i), Address: fmt.Sprintf("a%d", i)})
	}
}

func drawText(t *rapid.T) string {
	return rapid.StringMatching(`[a-dé]{0,3}( [a-dé]{1,3}){0,6}`).Draw(t, "text")
}

// Every word of every page stands in the file whose range it falls into, with that page.
func TestEveryWordIsFiled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w world
		w.draw(t)
		made := w.index()
		files, _ := counts(len(w.pages))
		x, err := made.made()
		if err != nil {
			t.Fatal(err)
		}
		first := x.first()
		if len(first) != files || !slices.IsSorted(first) {
			t.Fatalf("%d files begin at %q", files, first)
		}
		for page := range w.pages {
			sections, _ := made.sections(page)
			for _, told := range tellsOf(&w.pages[page], sections) {
				file, exact := slices.BinarySearch(first, told.word)
				if !exact {
					file--
				}
				found := false
				for line := range strings.SplitSeq(x.lines(max(0, file)), "\n") {
					if list, ok := strings.CutPrefix(line, told.word+" "); ok {
						found = slices.Contains(decoded(list), page)
					}
				}
				if !found {
					t.Fatalf("%q of page %d is not in file %d", told.word, page, file)
				}
			}
		}
	})
}

// everything makes all files of an index in some order, as text.
func everything(t *rapid.T, x *Index) string {
	outputs := x.Words()
	for page := range x.pages {
		outputs = append(outputs, x.Texts(page)...)
	}
	made := make([]string, len(outputs))
	for _, i := range rapid.Permutation(numbersTo(len(outputs))).Draw(t, "order") {
		if rapid.Bool().Draw(t, "key first") {
			outputs[i].Key()
		}
		data, err := outputs[i].Make()
		if err != nil {
			t.Fatal(err)
		}
		made[i] = outputs[i].Path + " " + string(data)
	}
	return strings.Join(made, "")
}

func numbersTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

type inMemory struct{ data []byte }

func (m *inMemory) Get() []byte     { return m.data }
func (m *inMemory) Put(data []byte) { m.data = data }

// After any edits the index is the one that is made from nothing, in whatever order its
// files are asked for.
func TestRememberedIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{memory: &inMemory{}}
		w.draw(t)
		next := len(w.pages)
		edits := rapid.SliceOfN(rapid.SampledFrom([]string{"change", "add", "remove", "swap", "keyless", "damage", "all"}), 0, 12).Draw(t, "edits")
		for _, edit := range append(edits, "none") {
			at := rapid.IntRange(0, len(w.pages)).Draw(t, "at")
			switch {
			case edit == "add":
				w.pages = slices.Insert(w.pages, at, Page{Title: fmt.Sprintf("t%d", next), Address: fmt.Sprintf("a%d", next)})
				w.texts = slices.Insert(w.texts, at, drawText(t))
				next++
			case edit == "damage" && len(w.memory.Get()) > 0:
				data := w.memory.Get()
				w.memory.Put(data[:rapid.IntRange(0, len(data)-1).Draw(t, "cut")])
			case edit == "all":
				w.draw(t)
			case at == len(w.pages):
			case edit == "change":
				w.texts[at] = drawText(t)
			case edit == "remove":
				w.pages, w.texts = slices.Delete(w.pages, at, at+1), slices.Delete(w.texts, at, at+1)
			case edit == "swap":
				w.pages[0], w.pages[at] = w.pages[at], w.pages[0]
				w.texts[0], w.texts[at] = w.texts[at], w.texts[0]
			case edit == "keyless":
				w.keyless[at] = !w.keyless[at]
			}
			got := everything(t, w.index())
			fresh := *w
			fresh.memory = nil
			if want := everything(t, fresh.index()); got != want {
				t.Fatalf("after %s:\n%s\nfrom nothing:\n%s", edit, got, want)
			}
		}
	})
}

// After one edit only the page that was edited is read, and its neighbour in the file of
// texts.
func TestOneEdit(t *testing.T) {
	w := &world{memory: &inMemory{}, read: new(atomic.Int64)}
	for i := range 100 {
		w.pages = append(w.pages, Page{Title: fmt.Sprintf("t%d", i), Address: fmt.Sprintf("a%d", i)})
		w.texts = append(w.texts, fmt.Sprintf("some text %d", i))
	}
	keys := map[string]string{}
	build := func() {
		w.read.Store(0)
		x := w.index()
		var outputs []output.Output
		for page := range w.pages {
			outputs = append(outputs, x.Texts(page)...)
		}
		for _, out := range append(outputs, x.Words()...) {
			key := out.Key()
			if key == "" || keys[out.Path] != key {
				if _, err := out.Make(); err != nil {
					t.Fatal(err)
				}
			}
			keys[out.Path] = key
		}
	}
	for _, step := range []struct {
		edit func()
		want int64
	}{
		{func() {}, 100},
		{func() {}, 0},
		{func() { w.texts[50] = "another text" }, 2},
		{func() { w.pages[50].Title = "another title" }, 2},
		{func() { w.pages[50].Section = "another section" }, 0},
	} {
		step.edit()
		if build(); w.read.Load() != step.want {
			t.Errorf("%d pages were read, want %d", w.read.Load(), step.want)
		}
	}
}

// A text is written as encoding/json writes it.
func TestAppendText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-c<>&"\\\x00-\x20\x7f\x{2028}\x{2029}\x{fffd}é]{0,9}`)).Draw(t, "text")
		text = text[rapid.IntRange(0, len(text)).Draw(t, "from"):]
		want, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := appendText(nil, text); string(got) != string(want) {
			t.Fatalf("%q: %s, want %s", text, got, want)
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
