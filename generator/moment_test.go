package generator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/serve"

	"github.com/google/go-cmp/cmp"
)

// A preview may read a file in a bad moment: while it is away, or half written, or
// another one. When that is over before the watch looks at the files, they are as they
// were at its last look. What is shown must come to be what they say, all the same.
//
// The bad moment is made here, around the look: it begins before the first file is read
// and is over before any scan.
func TestPreviewReadsInABadMoment(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"config.toml":      "title = \"T\"\ntheme = \"own\"\n",
		"content/about.md": "---\ntitle: About\n---\n\nThe file whose change makes the preview look.\n",
		"content/index.md": "---\ntitle: Home\n---\n\nSee [a](guides/a.md), ![a picture](a.png) and [b](guides/b.md).\n\n" +
			"::table{file=\"pay.toml\"}\n\n::include{file=\"_part.md\"}\n",
		"content/guides/a.md":           "---\ntitle: A\n---\n\nText of a.\n",
		"content/guides/b.md":           "---\ntitle: B\n---\n\nText of b.\n",
		"content/_part.md":              "A part.\n",
		"content/a.png":                 "an image",
		"content/pay.toml":              "title = \"Pay\"\nsources = [\"acme\"]\n[[column]]\nid = \"a\"\ntitle = \"A\"\ntype = \"text\"\nhead = true\n[[row]]\na = \"x\"\n",
		"content/sources.toml":          "[[source]]\nid = \"acme\"\ntitle = \"What we saw\"\ndate = \"not stated\"\nevidence = \"anecdote\"\n",
		"themes/own/style.css":          "a { color: red }\n",
		"themes/own/client/main.ts":     "document.title = 'x'\n",
		"themes/own/templates/own.html": "{{define \"mark\"}}our mark{{end}}",
	}
	moments := map[string]struct {
		bad func(t *testing.T, at func(string) string, name string)
		of  []string
	}{
		"away": {
			func(t *testing.T, at func(string) string, name string) { fine(t, os.Remove(at(name))) },
			[]string{"config.toml", "content/index.md", "content/guides/a.md", "content/_part.md", "content/a.png", "content/pay.toml", "content/sources.toml",
				"themes/own/style.css", "themes/own/templates/own.html"},
		},
		"half": {
			func(t *testing.T, at func(string) string, name string) {
				fine(t, os.WriteFile(at(name), []byte(files[name][:len(files[name])/2]), 0o644))
			},
			[]string{"config.toml", "content/index.md", "content/guides/a.md", "content/_part.md", "content/a.png", "content/pay.toml", "content/sources.toml",
				"themes/own/style.css", "themes/own/client/main.ts", "themes/own/templates/own.html"},
		},
		"a folder away": {
			func(t *testing.T, at func(string) string, name string) { fine(t, os.Rename(at(name), at("aside"))) },
			[]string{"content", "content/guides", "themes", "themes/own", "themes/own/templates"},
		},
		"another file there": {
			func(t *testing.T, at func(string) string, name string) { fine(t, os.WriteFile(at(name), nil, 0o644)) },
			[]string{"content/new.md", "content/guides/new.toml", "assessment", "themes/own/more.css"},
		},
	}
	for _, script := range []string{"assessment", "earlier", "keep", "path", "privacy", "search", "table", "code", "tabs", "contents"} {
		files["themes/own/client/"+script+".ts"] = "" // the built-in ones take longer than all the rest
	}
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	writeAll(t, root, files)
	f := newFollowed(t, root)
	f.until(t, "at first")
	tried := 0
	for what, moment := range moments {
		for i, name := range moment.of {
			alone := i%2 == 0 // whether the look is at one file alone, after a hint
			mend := func() {
				if _, is := files[name]; is {
					fine(t, os.WriteFile(at(name), []byte(files[name]), 0o644))
				} else if _, err := os.Stat(at("aside")); err == nil {
					fine(t, os.Rename(at("aside"), at(name)))
				} else {
					fine(t, os.Remove(at(name)))
				}
			}
			over := make(chan struct{})
			f.around <- func(look func()) {
				moment.bad(t, at, name)
				look()
				mend()
				close(over)
			}
			trigger := "content/about.md"
			if tried++; !alone { // a new file is not looked at alone
				trigger = fmt.Sprintf("content/more-%d.md", tried)
			}
			fine(t, os.WriteFile(at(trigger), fmt.Appendf(nil, "---\ntitle: About\n---\n\nIt has changed: %d.\n", tried), 0o644))
			<-over
			f.until(t, fmt.Sprintf("after a moment in which %s was %s, looked at alone: %v", name, what, alone))
		}
	}
}

// A followed project is shown and watched as Serve does it, and what is around a look is
// the test's.
type followed struct {
	root    string
	preview *Preview
	around  chan func(look func())
}

func newFollowed(t *testing.T, root string) *followed {
	preview, err := NewPreview(Options{Root: root, Program: "this one"})
	fine(t, err)
	f := &follower{preview: preview, announce: func() {}, tell: func(Refreshed) {}}
	watch, err := serve.NewWatcher(preview.b.options.Root, serve.WatchOptions{Beside: f.beside, Ahead: f.ahead})
	fine(t, err)
	followed := &followed{root, preview, make(chan func(func()), 1)}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		watch.Run(ctx, func(changed []string, only bool) (sight *disk.Sight) {
			look := func() { sight = f.follow(ctx, changed, only) }
			select {
			case around := <-followed.around:
				around(look)
			default:
				look()
			}
			return sight
		})
		f.stop()
	}()
	t.Cleanup(func() { cancel(); <-ended; preview.Close() })
	return followed
}

// patience is for what never takes that long, however busy the machine is.
const patience = 5 * time.Minute

// until waits until what is shown is what a cairn that remembers nothing shows.
func (f *followed) until(t *testing.T, when string) {
	t.Helper()
	clean, err := NewPreview(Options{Root: f.root, NoMemory: true})
	fine(t, err)
	defer clean.Close()
	_, _, err = clean.Refresh(context.Background())
	fine(t, err)
	want := shownBy(clean)
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		got := shownBy(f.preview)
		if cmp.Equal(want, got) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s, the preview shows another site (- clean, + shown):\n%s", when, cmp.Diff(want, got))
		}
	}
}

// shownBy is every output that a preview shows, and the faults.
func shownBy(p *Preview) map[string]string {
	shown := map[string]string{}
	site := p.Site()
	if site == nil {
		return shown
	}
	for name, out := range site.Outputs {
		data, err := out.Make()
		if _, isFault := diag.Of(err); isFault || err == nil {
			shown[name] = string(data)
		} else {
			shown[name] = err.Error()
		}
	}
	shown["faults"] = site.Faults.Error() + "\n" + site.OfDrafts.Error()
	return shown
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func writeAll(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		fine(t, os.MkdirAll(filepath.Dir(file), 0o755))
		fine(t, os.WriteFile(file, []byte(text), 0o644))
	}
}

func small(title string) map[string]string {
	return map[string]string{
		"config.toml":         "title = \"" + title + "\"\n",
		"content/index.md":    "---\ntitle: " + title + "\n---\n",
		"content/guides/a.md": "---\ntitle: A of " + title + "\n---\n",
	}
}

// The project's folder is put aside, and another one takes its place.
func TestPreviewOfAnotherFolder(t *testing.T) {
	root := filepath.Join(t.TempDir(), "site")
	writeAll(t, root, small("One"))
	f := newFollowed(t, root)
	f.until(t, "at first")
	fine(t, os.Rename(root, root+"-aside"))
	writeAll(t, root, small("Two"))
	f.until(t, "with another folder")
	writeAll(t, root, map[string]string{"content/guides/a.md": "---\ntitle: Changed\n---\n"})
	f.until(t, "after a change in the other folder")
}

// A folder that becomes a site while it is shown is remembered from then on, as any other.
func TestPreviewOfWhatBecomesASite(t *testing.T) {
	root := t.TempDir()
	f := newFollowed(t, root)
	f.until(t, "of an empty folder")
	if _, err := os.Stat(filepath.Join(root, ".cairn")); err == nil {
		t.Fatal("something was made in a folder that is no site")
	}
	writeAll(t, root, small("One"))
	f.until(t, "when it is a site")
	if _, err := os.Stat(filepath.Join(root, ".cairn", "memory")); err != nil {
		t.Error("nothing is remembered:", err)
	}
}

// It may become one between the question whether it is one and the reading of it.
func TestPreviewLooksAgainAtWhatBecameASite(t *testing.T) {
	root := t.TempDir()
	preview, err := NewPreview(Options{Root: root, Program: "this one"})
	fine(t, err)
	defer preview.Close()
	preview.b.look()
	writeAll(t, root, small("One"))
	if in := preview.b.readAgain(nil); !in.configured {
		t.Fatal("the config was not read")
	}
	if torn := preview.b.sight.Torn(); !slices.Contains(torn, "config.toml") {
		t.Error("nothing is remembered, and nobody looks again:", torn)
	}
}

// What somebody else put into the output is a fault, and seen without a change of the site.
func TestPreviewSeesForeignFiles(t *testing.T) {
	root := t.TempDir()
	writeAll(t, root, small("One"))
	if _, faults, err := Build(context.Background(), Options{Root: root}); err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	f := newFollowed(t, root)
	f.until(t, "at first")
	foreign := filepath.Join(root, "public", "foreign.txt")
	fine(t, os.WriteFile(foreign, nil, 0o644))
	f.until(t, "with a foreign file")
	if len(f.preview.Site().Faults) == 0 {
		t.Error("a foreign file is no fault")
	}
	fine(t, os.Remove(foreign))
	f.until(t, "when the foreign file is gone")
}
