package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/markdown"
	"cairn/generator/memory"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"
)

// Whatever can stand in a guide comes back from the memory as it was parsed: the golden cases
// of Markdown, of pages and of golden paths.
func TestGoldenGuidesAreRemembered(t *testing.T) {
	cases, err := filepath.Glob("*/testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	b := &builder{memory: memory.Open(disk.Real(), t.TempDir(), memory.Options{})}
	plain, raw := content.Options{Accept: []string{"layout"}}, content.Options{Markdown: markdown.Options{RawHTML: true}}
	tried, paths := 0, 0
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range archive.Files {
			if part.Name != "input.md" && part.Name != "page.md" {
				continue
			}
			for _, given := range []content.Options{plain, raw} {
				options, file := withKey(given), diag.NewFile("content/service.md", part.Data)
				options.body = func(hash, _ string) (body markdown.Body, err error) {
					if !memory.Recall(b.memory, bodyKind, memory.Key([]byte(hash)), &body) {
						t.Errorf("%s: the body is not remembered", name)
					}
					return body, nil
				}
				page, path, faults := parseGuide(file, given)
				want, _ := page.Article.Body()
				page.Slim()
				key := b.keyOfGuide(file, options)
				b.parseAndStore(file, key, options)
				page.Article.Keep(string(key[:]), file.Path, options.body) // which packs it
				back, ok := b.recallGuide(file.Path, key, options)
				if !ok {
					t.Errorf("%s is not remembered", name)
					continue
				}
				got, _ := back.Page.Article.Body()
				if diff := cmp.Diff([]any{page, path, faults, want}, []any{back.Page, back.GoldenPath, back.Faults, got}, cmpopts.IgnoreUnexported(markdown.Article{})); diff != "" {
					t.Errorf("%s is another guide (- parsed, + remembered):\n%s", name, diff)
				}
				tried++
				if path != nil {
					paths++
				}
			}
		}
	}
	if tried < 50 || paths == 0 {
		t.Errorf("only %d guides were tried, %d of them golden paths", tried, paths)
	}
}

// A guide is remembered whole: with front matter of every kind, faults and a golden path
// it comes back from the memory, and its body is what was parsed.
func TestGuideIsRemembered(t *testing.T) {
	root := t.TempDir()
	text := "---\ntitle: A\ntags: [a, b]\nfaqs:\n  - question: Q?\n    answer: A.\nforeign: {deep: [1, two, null]}\n---\n\n# A\n\nText [link](b.md).\n\n```go\nx\n```\n\n[unsafe](javascript:x)\n"
	if err := os.MkdirAll(filepath.Join(root, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "content", "a.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	project, err := disk.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	defer project.Close()
	options := content.Options{Accept: []string{"foreign"}}
	b := &builder{project: project, options: Options{Program: "x"}, memory: memory.Open(disk.Real(), filepath.Join(root, "memory"), memory.Options{})}
	page, _, _ := parseGuide(diag.NewFile("content/a.md", []byte(text)), options)
	want, _ := page.Article.Body()
	keyed := withKey(options)
	keyed.body = b.bodies(keyed)
	for _, when := range []string{"first", "again", "after the memory is lost"} {
		made, _ := b.readGuide(disk.Entry{Path: "content/a.md"}, keyed)
		if len(made.Faults) == 0 || made.Page.Title != "A" {
			t.Fatalf("%s: %+v", when, made)
		}
		if when == "after the memory is lost" {
			if err := os.RemoveAll(filepath.Join(root, "memory")); err != nil {
				t.Fatal(err)
			}
		}
		if made.Page.Article.Text != "" {
			t.Errorf("%s: the body is held", when)
		}
		got, err := made.Page.Article.Body()
		if err != nil || !slices.Equal(got.Parts, want.Parts) {
			t.Errorf("%s: the body is %+v (%v), want %+v", when, got, err, want)
		}
		b.memory.Sweep()
	}
	if stats := b.memory.Stats(); stats.Hits == 0 {
		t.Errorf("nothing was remembered: %+v", stats)
	}
}

// Behind the model an article has no body of its own: it must be asked for.
func TestBodiesAreAskedFor(t *testing.T) {
	for _, room := range []string{"site", "render", "search"} {
		names, _ := filepath.Glob(filepath.Join(room, "*.go"))
		for _, name := range names {
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(node ast.Node) bool {
				field, ok := node.(*ast.SelectorExpr)
				if !ok || field.Sel.Name != "Parts" && field.Sel.Name != "Text" {
					return true
				}
				var of string
				switch x := field.X.(type) {
				case *ast.Ident:
					of = x.Name
				case *ast.SelectorExpr:
					of = x.Sel.Name
				}
				if strings.EqualFold(of, "article") {
					t.Errorf("%s: ask Body() for %s", files.Position(field.Pos()), field.Sel.Name)
				}
				return true
			})
		}
	}
}

// A guide is not read again while its stamp is the same; and no edit is missed, not even
// one that keeps the size and puts the time of change back.
func TestStamps(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for two seconds")
	}
	t.Parallel()
	root := t.TempDir()
	name := filepath.Join(root, "content", "a.md")
	write := func(file, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(root, "config.toml"), "title = \"x\"\n")
	write(filepath.Join(root, "content", "index.md"), "# Home\n")
	written := time.Now() // before the last edit of it
	write(name, "# One\n")
	title := func() (string, bool) {
		t.Helper()
		b, err := newBuilder(Options{Root: root, Program: "x"})
		if err != nil {
			t.Fatal(err)
		}
		defer b.close()
		b.prepare()
		m, faults := b.make()
		if faults.HasErrors() {
			t.Fatal(faults)
		}
		entry, err := b.project.Stat("content/a.md")
		if err != nil {
			t.Fatal(err)
		}
		_, stamped := b.seen.Get("content/a.md", stampOf(entry, withKey(content.Options{})))
		return m.model.PageOf("content/a.md").Title, stamped
	}
	expect := func(when, want string, stamped bool) {
		t.Helper()
		got, seen := title()
		if !stamped && time.Since(written) > 2*time.Second {
			stamped = seen // on a busy machine it may have been left alone for long enough
		}
		if got != want || seen != stamped {
			t.Errorf("%s: the title is %q, want %q; a stamp: %v, want %v", when, got, want, seen, stamped)
		}
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	project, err := disk.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	defer project.Close()
	if entry, err := project.Stat("content/a.md"); err != nil || entry.Changed.IsZero() {
		t.Skip("this system does not tell when a file was changed")
	}
	expect("just written", "One", false)
	time.Sleep(2100 * time.Millisecond) // longer than the steps in which disks keep time
	expect("left alone", "One", true)
	expect("left alone", "One", true)
	written = time.Now()
	write(name, "# Two\n") // as long as before
	if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	expect("after an edit that hides", "Two", false)
}

// Whatever a guide is parsed with is part of its key.
func TestOptionsAreInTheKey(t *testing.T) {
	file := diag.NewFile("content/a.md", []byte("# A\n"))
	seen := map[memory.Key]string{}
	for name, options := range map[string]content.Options{
		"none": {}, "accept": {Accept: []string{"a"}}, "raw": {Markdown: markdown.Options{RawHTML: true}},
		"words": {Markdown: markdown.Options{Words: markdown.Words{Note: "Merke"}}},
		"other": {Markdown: markdown.Options{Words: markdown.Words{Tip: "Merke"}}},
	} {
		key := new(builder).keyOfGuide(file, withKey(options))
		if other, taken := seen[key]; taken {
			t.Errorf("%s has the key of %s", name, other)
		}
		seen[key] = name
	}
}
