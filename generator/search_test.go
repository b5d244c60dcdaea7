package generator_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"cairn/generator"
	"cairn/generator/markup"
	"cairn/generator/search"
	"cairn/generator/theme"
	"cairn/themes"

	"github.com/dop251/goja"
	"pgregory.net/rapid"
)

// A finder is the engine of the search page, run as the page runs it: files of the
// index are handed to it when it asks for them.
type finder struct {
	vm     *goja.Runtime
	files  fs.FS
	loaded map[string]bool
	// sent is how many bytes were loaded, compressed as a host sends them.
	sent int
}

const finderEntry = `
import { Search, words } from './search/engine'
const global = globalThis as any
global.words = (text: string) => words(text)
let search: Search
global.cairnSearch = {
  index(index: any) { search = new Search(index) },
  words(file: number, stamp: string, lines: string) { if (stamp === search.index.stamp) search.addWords(file, lines) },
  texts(file: number, stamp: string, texts: any) { if (stamp === search.index.stamp) search.addTexts(file, texts) },
}
global.wanted = (query: string) => search.wanted(query)
global.rank = (query: string, filter: any) => search.rank(query, filter)
global.refine = (query: string, pages: number[]) => search.refine(query, pages)
global.wantedTexts = (pages: number[]) => search.wantedTexts(pages)
global.show = (query: string, page: number) => search.show(query, page)
`

func newFinder(t testing.TB, files fs.FS, letters, numbers, marks string) *finder {
	t.Helper()
	client, err := fs.Sub(themes.Default, "default/client")
	must(t, err)
	all := map[string]theme.File{"entry.ts": {Name: "entry.ts", Path: "entry.ts", Text: []byte(finderEntry)}}
	engine, err := fs.ReadFile(client, "search/engine.ts")
	must(t, err)
	all["search/engine.ts"] = theme.File{Name: "search/engine.ts", Path: "search/engine.ts", Text: engine}
	made := theme.Esbuild("entry.ts", theme.Sources{Files: all})
	script, faults := made.Bytes, made.Faults
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	f := &finder{vm: goja.New(), files: files, loaded: map[string]bool{}}
	// goja knows no classes of Unicode, so they are spelled out.
	spelled := strings.NewReplacer(`/\p{M}/`, "/["+marks+"]/", `\p{L}`, letters, `\p{N}`, numbers, `\p{M}`, marks).Replace(string(script))
	if _, err := f.vm.RunString(spelled); err != nil {
		t.Fatal(err)
	}
	return f
}

// ranges writes a table as the inside of a class of a regular expression.
func ranges(table *unicode.RangeTable) string {
	var b strings.Builder
	for _, r := range table.R16 {
		for at := r.Lo; ; at += r.Stride {
			if r.Stride == 1 {
				fmt.Fprintf(&b, `\u{%x}-\u{%x}`, r.Lo, r.Hi)
				break
			}
			fmt.Fprintf(&b, `\u{%x}`, at)
			if at == r.Hi {
				break
			}
		}
	}
	for _, r := range table.R32 {
		for at := r.Lo; ; at += r.Stride {
			if r.Stride == 1 {
				fmt.Fprintf(&b, `\u{%x}-\u{%x}`, r.Lo, r.Hi)
				break
			}
			fmt.Fprintf(&b, `\u{%x}`, at)
			if at == r.Hi {
				break
			}
		}
	}
	return b.String()
}

func (f *finder) load(t testing.TB, name string) {
	t.Helper()
	if f.loaded[name] {
		return
	}
	f.loaded[name] = true
	text, err := fs.ReadFile(f.files, path.Join(search.Folder, name+".js"))
	must(t, err)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	f.sent += b.Len()
	if _, err := f.vm.RunString(string(text)); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func (f *finder) call(t testing.TB, name string, arguments ...any) goja.Value {
	t.Helper()
	function, _ := goja.AssertFunction(f.vm.Get(name))
	values := make([]goja.Value, len(arguments))
	for i, argument := range arguments {
		values[i] = f.vm.ToValue(argument)
	}
	value, err := function(goja.Undefined(), values...)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return value
}

func (f *finder) numbers(t testing.TB, name string, arguments ...any) []int {
	t.Helper()
	var numbers []int
	must(t, f.vm.ExportTo(f.call(t, name, arguments...), &numbers))
	return numbers
}

// find returns the addresses of the first ten results, and how many pages were found.
func (f *finder) find(t testing.TB, query string, filter map[string]any) (addresses, headings []string, all int) {
	t.Helper()
	f.load(t, "index")
	for _, file := range f.numbers(t, "wanted", query) {
		f.load(t, fmt.Sprintf("words-%d", file))
	}
	if filter == nil {
		filter = map[string]any{}
	}
	pages := f.numbers(t, "rank", query, filter)
	all = len(pages)
	pages = pages[:min(len(pages), 10)]
	for _, file := range f.numbers(t, "wantedTexts", pages) {
		f.load(t, fmt.Sprintf("texts-%d", file))
	}
	for _, page := range f.numbers(t, "refine", query, pages) {
		if len(addresses) == 3 {
			break
		}
		shown := f.call(t, "show", query, page).ToObject(f.vm)
		addresses = append(addresses, shown.Get("address").String())
		var pieces [][]any
		must(t, f.vm.ExportTo(shown.Get("excerpt"), &pieces))
		text := ""
		for _, piece := range pieces {
			text += piece[0].(string)
		}
		headings = append(headings, text)
	}
	return addresses, headings, all
}

// TestSearchAnswers asks the reference site fifty questions whose right answers are
// known. At least 45 must be among the first three.
func TestSearchAnswers(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"content", "assessment"} {
		must(t, os.CopyFS(filepath.Join(root, name), os.DirFS(filepath.Join("..", name))))
	}
	config, err := os.ReadFile("../config.toml")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(root, "config.toml"), config, 0o644))
	report, list, err := generator.Build(context.Background(), generator.Options{Root: root})
	must(t, err)
	if report == nil {
		t.Fatalf("not built: %v", list)
	}
	// The site is in English; with all letters goja takes minutes.
	f := newFinder(t, os.DirFS(filepath.Join(root, "public")), `a-zA-Z\u00c0-\u024f`, "0-9", `\u0300-\u036f`)
	file, err := os.Open("testdata/searches.txt")
	must(t, err)
	defer file.Close()
	right, asked := 0, 0
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		query, wanted, ok := strings.Cut(lines.Text(), " → ")
		if !ok || strings.HasPrefix(query, "#") {
			continue
		}
		asked++
		found, _, _ := f.find(t, query, nil)
		first := found[:min(len(found), 3)]
		if slices.ContainsFunc(first, func(address string) bool {
			page, _, _ := strings.Cut(address, "#")
			return slices.ContainsFunc(strings.Split(wanted, " or "), func(want string) bool { return want == address || want == page })
		}) {
			right++
		} else {
			t.Logf("%q gives %v, not %s", query, found[:min(len(found), 5)], wanted)
		}
	}
	t.Logf("%d of %d queries have their answer among the first three", right, asked)
	if asked < 50 || right*50 < 45*asked {
		t.Errorf("%d of %d queries have their answer among the first three", right, asked)
	}
}

// Go and the browser cut texts into the same words, or nothing could be found.
func TestSearchWords(t *testing.T) {
	f := newFinder(t, os.DirFS("."), ranges(unicode.L), ranges(unicode.N), ranges(unicode.M))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zé]{1,8}(ies|es|s|us|ss|aes|oes|eies)? [A-ZÀ-ÿ0-9 '’/._-]{0,20}`)).Draw(t, "text")
		want := slices.Collect(search.Words(text))
		var got []string
		value, err := f.vm.RunString("words")
		if err != nil {
			t.Fatal(err)
		}
		function, _ := goja.AssertFunction(value)
		list, err := function(goja.Undefined(), f.vm.ToValue(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.vm.ExportTo(list, &got); err != nil {
			t.Fatal(err)
		}
		if len(want)+len(got) > 0 && !slices.Equal(want, got) {
			t.Fatalf("%q: Go %q, browser %q", text, want, got)
		}
	})
}

// TestSearchLoads holds how much a query loads on a site of 10,000 pages.
func TestSearchLoads(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand pages take a while")
	}
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.07, 3, 40_000)
	word := func() string { return fmt.Sprintf("w%x", zipf.Uint64()) }
	pages, texts := make([]search.Page, 10_000), make([]string, 10_000)
	for i := range pages {
		var text strings.Builder
		for range 1000 {
			text.WriteString(word() + " ")
		}
		texts[i] = "<main><h1>Page</h1><p>" + text.String() + "</p></main>"
		pages[i] = search.Page{
			Title: fmt.Sprintf("Page %d on %s", i, word()), Address: fmt.Sprintf("guides/page-%d.html", i), Kind: "Guide", Section: fmt.Sprintf("Section %d", i/500),
		}
	}
	files := fstest.MapFS{}
	index := search.New(pages, nil, search.Source{
		Main: func(page int) (*markup.Node, error) { return markup.Main([]byte(texts[page])), nil },
		Key:  func(int) string { return "" },
	})
	outputs := index.Words()
	for page := range pages {
		outputs = append(outputs, index.Texts(page)...)
	}
	for _, made := range outputs {
		data, err := made.Make()
		must(t, err)
		files[made.Path] = &fstest.MapFile{Data: data}
	}
	largest := 0
	for range 12 {
		f := newFinder(t, files, `a-zA-Z`, "0-9", `\\u0300-\\u036f`)
		query := word() + " " + word()
		found, _, all := f.find(t, query, nil)
		if len(found) == 0 {
			continue
		}
		t.Logf("%q finds %d pages and loads %d bytes", query, all, f.sent)
		largest = max(largest, f.sent)
	}
	if largest == 0 || largest > 100_000 {
		t.Errorf("a query loads up to %d bytes, compressed; 100,000 were promised", largest)
	}
}
