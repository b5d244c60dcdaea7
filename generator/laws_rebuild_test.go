package generator_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/generator"
	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/serve"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var sequences = flag.Int("sequences", 100, "how many random sequences of edits law 3 is tried with")

// Law 3: a rebuild equals a clean build, byte for byte, files and diagnostics,
// after any sequence of edits.
//
// An author works on a project with cairn serve running beside it and builds it now
// and then. After each edit, everything is done again in a fresh folder that holds
// the same files, by a cairn that remembers nothing:
//
//   - Build publishes the same bytes and lists the same faults. With errors it
//     publishes nothing, and what was published stays as it was.
//   - Check lists the same faults as Build, and changes no published byte. (It is asked
//     every other time.)
//   - The preview shows what a preview that has just begun would show. Only while
//     the config or the theme cannot be read does it keep the last outputs.
//   - Nothing else in the project is touched.
//
// The edits are in laws_edits_test.go. All files get the same time of change, so
// nothing can be told by it. go test -run Rebuild -sequences 5000 tries more.
func TestRebuildEqualsCleanBuild(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		*sequences = min(*sequences, 60) // rapid makes a fifth of it
	}
	setRapid(t, "rapid.checks", strconv.Itoa((*sequences+1)/2))
	setRapid(t, "rapid.steps", "5") // edits in a sequence, on average
	for _, half := range []string{"one half", "the other half"} {
		t.Run(half, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			tried, edited := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				tried++
				w := newWork(t, filepath.Join(folder, strconv.Itoa(tried)))
				defer w.close()
				w.compare(t)
				actions := map[string]func(*rapid.T){}
				for name, edit := range edits {
					actions[name] = func(t *rapid.T) {
						edit(t, w.author)
						edited++
						w.compare(t)
					}
				}
				t.Repeat(actions)
			})
			t.Logf("%d sequences, %d edits", tried, edited)
		})
	}
}

// A template may hold a link that no view names. In the twin it leads to the other page's
// twin, as long as there is that page.
func TestTwinsFollowTheLinksOfTemplates(t *testing.T) {
	t.Parallel()
	a := newAuthor()
	a.settings.accept = true // a key of the front matter that is not ours
	a.put("themes/own/templates/guide.html", `<main><h1>{{.Title}}</h1><p><a href="near.html">Near</a></p></main>`)
	a.put("themes/own/templates/tags.html", `<main><h1>{{.Title}}</h1><p><a href="../near.html">Near</a></p></main>`)
	a.put("content/other.md", "---\ntitle: Other\ntags: [any]\n---\n\nText.\n")
	root := t.TempDir()
	for name, file := range a.all() {
		put(t, root, name, file)
	}
	twins := map[string]string{"other.md": "near", "tags/any.md": "../near"}
	build := func(ending string) {
		t.Helper()
		report, list, err := generator.Build(t.Context(), remembering(root))
		must(t, err)
		if report == nil {
			t.Fatal(list)
		}
		for twin, link := range twins {
			text, err := os.ReadFile(filepath.Join(root, "public", twin))
			must(t, err)
			if want := "[Near](" + link + ending + ")"; !strings.Contains(string(text), want) {
				t.Errorf("%s does not hold %s:\n%s", twin, want, text)
			}
		}
	}
	build(".html")
	for range 2 {
		put(t, root, "content/near.md", file{text: "---\ntitle: Near\n---\n\nText.\n"})
		build(".md")
		must(t, os.Remove(filepath.Join(root, "content", "near.md")))
		build(".html")
	}
}

// setRapid sets a flag of rapid for one test, unless the command line did.
func setRapid(t *testing.T, name, value string) {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	if given {
		return
	}
	before := flag.Lookup(name).Value.String()
	if err := flag.Set(name, value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set(name, before) })
}

// A work is one author's project through a sequence of edits.
type work struct {
	author  *author
	folder  string
	long    string             // the project that is worked on
	onDisk  map[string]file    // what was written to it
	preview *generator.Preview // open all the time
	shown   map[string]string  // what the preview showed last
	clean   int
}

func newWork(t *rapid.T, folder string) *work {
	w := &work{author: newAuthor(), folder: folder, long: filepath.Join(folder, "long"), onDisk: map[string]file{}}
	w.author.memory = filepath.Join(w.long, ".cairn", "memory")
	w.save(t)
	preview, err := generator.NewPreview(remembering(w.long))
	if err != nil {
		t.Fatal(err)
	}
	w.preview = preview
	return w
}

func (w *work) close() {
	w.preview.Close()
	os.RemoveAll(w.folder)
}

func remembering(root string) generator.Options {
	return generator.Options{Root: root, Program: "this one", Disk: unsynced{disk.Real()}}
}

func forgetful(root string) generator.Options {
	return generator.Options{Root: root, NoMemory: true, Disk: unsynced{disk.Real()}}
}

// unsynced leaves out what only matters when the power fails, which takes most of the time.
type unsynced struct{ disk.Ops }

func (unsynced) SyncFolder(string) error     { return nil }
func (unsynced) SyncFileSystem(string) error { return nil }

// save writes the author's edits into the project.
func (w *work) save(t *rapid.T) {
	wanted := w.author.all()
	for name, had := range w.onDisk {
		if file, stays := wanted[name]; !stays || file != had {
			must(t, os.Remove(filepath.Join(w.long, name)))
			for folder := filepath.Dir(name); folder != "." && os.Remove(filepath.Join(w.long, folder)) == nil; {
				folder = filepath.Dir(folder) // a folder that is empty now: the fresh one has none
			}
		}
	}
	for _, name := range sortedNames(wanted) {
		if had, there := w.onDisk[name]; !there || had != wanted[name] {
			put(t, w.long, name, wanted[name])
		}
	}
	w.onDisk = wanted
}

// compare does everything again from nothing, and holds the two against each other.
func (w *work) compare(t *rapid.T) {
	w.save(t)
	ctx := context.Background()
	w.clean++
	fresh := filepath.Join(w.folder, fmt.Sprintf("clean-%d", w.clean))
	must(t, os.MkdirAll(fresh, 0o755))
	defer os.RemoveAll(fresh)
	for _, name := range sortedNames(w.onDisk) {
		put(t, fresh, name, w.onDisk[name])
	}
	output := filepath.FromSlash(w.author.settings.output)

	wantReport, want, err := generator.Build(ctx, forgetful(fresh))
	must(t, err)
	before := published(t, filepath.Join(w.long, output))
	report, got, err := generator.Build(ctx, remembering(w.long))
	must(t, err)
	sameFaults(t, "the diagnostics of a rebuild", want, got)
	after := published(t, filepath.Join(w.long, output))
	switch {
	case (report == nil) != (wantReport == nil):
		t.Fatalf("a rebuild published: %v; a clean build: %v", report != nil, wantReport != nil)
	case report == nil:
		sameFiles(t, "with errors, the published site", before, after)
	default:
		sameFiles(t, "a rebuild", published(t, filepath.Join(fresh, output)), after)
		if report.Pages != wantReport.Pages || report.Outputs != wantReport.Outputs || report.Bytes != wantReport.Bytes ||
			!slices.Equal(report.Drafts, wantReport.Drafts) || !slices.Equal(report.Notes, wantReport.Notes) {
			t.Fatalf("the report of a rebuild differs:\nwant %+v\n got %+v", wantReport, report)
		}
	}

	if w.clean%2 == 0 {
		checked, err := generator.Check(ctx, remembering(w.long))
		must(t, err)
		sameFaults(t, "the diagnostics of Check", got, checked)
	}
	w.comparePreview(t, fresh, got)
	sameFiles(t, "after Check and a refresh, the published site", after, published(t, filepath.Join(w.long, output)))
	w.untouched(t)
}

func (w *work) comparePreview(t *rapid.T, fresh string, built diag.List) {
	ctx := context.Background()
	clean, err := generator.NewPreview(forgetful(fresh))
	must(t, err)
	defer clean.Close()
	_, want, err := clean.Refresh(ctx)
	must(t, err)
	_, got, err := w.preview.Refresh(ctx)
	must(t, err)
	sameFaults(t, "the diagnostics of a refresh", want, got)
	sameFaults(t, "the diagnostics that the preview shows", want, w.preview.Site().Faults)
	sameFaults(t, "the diagnostics of the preview, against those of Build,", built, got)
	sameFaults(t, "the diagnostics of drafts alone", clean.Site().OfDrafts, w.preview.Site().OfDrafts)
	shown := w.outputs(t, w.preview.Site())
	if wanted := w.outputs(t, clean.Site()); w.shown == nil || len(wanted) > 0 && !w.author.settings.broken() {
		sameFiles(t, "the preview", wanted, shown)
	} else {
		sameFiles(t, "without config or theme, the preview", w.shown, shown)
	}
	w.shown = shown
	if w.clean%4 == 0 {
		if changed, _, err := w.preview.Refresh(ctx); changed || err != nil {
			t.Fatalf("a refresh after no edit: changed %v, error %v", changed, err)
		}
	}
}

// outputs makes everything that a preview shows. What is kept from an earlier look
// reads images as they are now, so of those only the names count.
func (w *work) outputs(t *rapid.T, site *serve.Site) map[string]string {
	made := map[string]string{}
	for name, output := range site.Outputs {
		data, err := output.Make()
		if _, isFault := diag.Of(err); err != nil && !isFault {
			t.Fatalf("%s: %v", name, err)
		}
		if output.Source == "" || !isAsset(output.Source) {
			made[name] = fmt.Sprint(string(data), err)
		} else {
			made[name] = "an image"
		}
	}
	return made
}

// untouched finds changes to the project beside its output and .cairn.
func (w *work) untouched(t *rapid.T) {
	found := map[string]string{}
	for name, text := range published(t, w.long, append([]string{".cairn"}, outputFolders...)...) {
		if !strings.HasSuffix(name, "/") {
			found[name] = text
		}
	}
	wanted := map[string]string{}
	for name, file := range w.onDisk {
		wanted[name] = file.String()
	}
	sameFiles(t, "the project", wanted, found)
}

// published reads a folder: the bytes of files by path, links with their target,
// folders as paths that end in a slash. It is empty if there is no folder.
func published(t failer, root string, but ...string) map[string]string {
	found := map[string]string{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) && name == root {
			return nil
		}
		if err != nil || name == root {
			return err
		}
		inside, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		inside = filepath.ToSlash(inside)
		switch {
		case slices.Contains(but, inside):
			return filepath.SkipDir
		case entry.IsDir():
			found[inside+"/"] = ""
		case entry.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(name)
			found[inside] = file{link: target}.String()
			return err
		default:
			text, err := os.ReadFile(name)
			found[inside] = string(text)
			return err
		}
		return nil
	})
	must(t, err)
	return found
}

func sameFaults(t failer, what string, want, got diag.List) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s differ (- clean, + got):\n%s", what, diff)
	}
}

// sameFiles names what is missing, what is too much, and where the first other file differs.
func sameFiles(t failer, what string, want, got map[string]string) {
	t.Helper()
	for _, name := range sortedNames(want) {
		text, there := got[name]
		if !there {
			t.Fatalf("%s lacks %s", what, name)
		}
		if text != want[name] {
			t.Fatalf("%s has another %s (- wanted, + got):\n%s", what, name, cmp.Diff(want[name], text))
		}
	}
	for _, name := range sortedNames(got) {
		if _, there := want[name]; !there {
			t.Fatalf("%s has also %s", what, name)
		}
	}
}
