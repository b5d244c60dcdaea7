package serve

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cairn/generator/disk"

	"github.com/fsnotify/fsnotify"
)

// A folder is what a test works on, as an author's editor would.
type folder struct {
	t    *testing.T
	root string
}

func newFolder(t *testing.T) folder {
	f := folder{t, t.TempDir()}
	f.write("content/guide.md", "one")
	f.write("content/deep/page.md", "another")
	f.write("content/old.md", "one")
	hour := time.Now().Add(-time.Hour)
	f.do(os.Chtimes(f.path("content/old.md"), hour, hour))
	f.write("public/index.html", "made")
	f.write(".git/index", "x")
	return f
}

func (f folder) path(name string) string { return filepath.Join(f.root, filepath.FromSlash(name)) }

func (f folder) do(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f folder) write(name, text string) {
	f.t.Helper()
	f.do(os.MkdirAll(filepath.Dir(f.path(name)), 0o777))
	f.do(os.WriteFile(f.path(name), []byte(text), 0o666))
}

func (f folder) rename(from, to string) {
	f.t.Helper()
	f.do(os.Rename(f.path(from), f.path(to)))
}

// What authors and their programs do to files, and whether the site may differ after it.
var edits = []struct {
	name    string
	changes bool
	edit    func(f folder)
}{
	{"truncate and write, as VS Code saves", true, func(f folder) { f.write("content/guide.md", "two!") }},
	{"same length", true, func(f folder) { f.write("content/guide.md", "two") }},
	{"rename over, as vim saves", true, func(f folder) {
		f.rename("content/guide.md", "content/guide.md~")
		f.write("content/guide.md", "two")
		f.do(os.Remove(f.path("content/guide.md~")))
	}},
	{"a temporary file renamed over, as JetBrains saves", true, func(f folder) {
		f.write("content/guide.md___jb_tmp___", "two")
		f.rename("content/guide.md___jb_tmp___", "content/guide.md")
	}},
	{"same length, same time", true, func(f folder) {
		info, err := os.Stat(f.path("content/guide.md"))
		f.do(err)
		f.write("content/guide.md", "two")
		f.do(os.Chtimes(f.path("content/guide.md"), info.ModTime(), info.ModTime()))
	}},
	{"same length, an old time", true, func(f folder) {
		// As a copy that keeps times does; only the system knows better.
		info, err := os.Stat(f.path("content/old.md"))
		f.do(err)
		f.write("content/old.md", "two")
		f.do(os.Chtimes(f.path("content/old.md"), info.ModTime(), info.ModTime()))
	}},
	{"delete", true, func(f folder) { f.do(os.Remove(f.path("content/guide.md"))) }},
	{"delete and recreate at once", true, func(f folder) {
		f.do(os.Remove(f.path("content/guide.md")))
		f.write("content/guide.md", "two")
	}},
	{"a new file", true, func(f folder) { f.write("content/new.md", "x") }},
	{"new folders, filled at once", true, func(f folder) { f.write("content/a/b/c/page.md", "x") }},
	{"a folder moved in", true, func(f folder) {
		outside := f.t.TempDir()
		f.do(os.MkdirAll(filepath.Join(outside, "in/sub"), 0o777))
		f.do(os.WriteFile(filepath.Join(outside, "in/sub/page.md"), []byte("x"), 0o666))
		f.do(os.Rename(filepath.Join(outside, "in"), f.path("content/in")))
	}},
	{"a folder moved out", true, func(f folder) {
		f.do(os.Rename(f.path("content/deep"), filepath.Join(f.t.TempDir(), "deep")))
	}},
	{"a folder renamed", true, func(f folder) { f.rename("content/deep", "content/shallow") }},
	{"a file becomes a folder", true, func(f folder) {
		f.do(os.Remove(f.path("content/guide.md")))
		f.write("content/guide.md/index.md", "x")
	}},
	{"two files swapped", true, func(f folder) {
		f.rename("content/guide.md", "content/x")
		f.rename("content/deep/page.md", "content/guide.md")
		f.rename("content/x", "content/deep/page.md")
	}},
	{"the project's folder replaced", true, func(f folder) {
		other := f.root + "-other"
		f.do(os.Rename(f.root, other))
		f.write("content/guide.md", "another project")
	}},
	{"written again with the same bytes", false, func(f folder) { f.write("content/guide.md", "one") }},
	{"rights alone", false, func(f folder) { f.do(os.Chmod(f.path("content/guide.md"), 0o640)) }},
	{"the output", false, func(f folder) { f.write("public/index.html", "made again") }},
	{"a hidden folder", false, func(f folder) { f.write(".git/index", "y") }},
	{"a folder of packages", false, func(f folder) { f.write("node_modules/x/index.js", "y") }},
	{"an empty folder", false, func(f folder) { f.do(os.Mkdir(f.path("content/empty"), 0o777)) }},
}

// Hints alone, scans alone: each way finds every edit.
func TestWatch(t *testing.T) {
	for _, way := range []struct {
		name    string
		options WatchOptions
	}{
		{"by events", WatchOptions{Every: time.Hour, Quiet: 5 * time.Millisecond}},
		{"by scans", WatchOptions{Every: 20 * time.Millisecond, Poll: true}},
	} {
		for _, test := range edits {
			if !test.changes || way.options.Every == time.Hour && strings.Contains(test.name, "project's folder") {
				continue // no event tells of the latter; that is what the scan is for
			}
			t.Run(way.name+"/"+test.name, func(t *testing.T) {
				t.Parallel()
				f := newFolder(t)
				options := way.options
				options.Note = func(note string) { t.Log(note) }
				changed := watching(t, f.root, options, "content")
				test.edit(f)
				await(t, changed, "it")
			})
		}
	}
}

// What is no change is not announced. It is looked for when all is done: a watch may see
// a file that is written again while it is empty, and that is a change.
func TestWatchSeesNoChange(t *testing.T) {
	for _, test := range edits {
		if test.changes {
			continue
		}
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFolder(t)
			w := looked(t, maker{root: f.root, under: []string{"content"}}, WatchOptions{})
			test.edit(f)
			if files := w.scan(); len(files) > 0 {
				t.Errorf("%v differs", files)
			}
		})
	}
}

// A maker reads all files below some folders, as the maker of a site does.
type maker struct {
	root  string
	under []string
	// between is called after the folders were listed, before the files are read.
	between func()
}

func (m maker) look() *disk.Sight {
	sight := disk.NewSight()
	project, err := disk.Open(m.root)
	if err != nil {
		return sight // the folder is on its way
	}
	defer project.Close()
	project.Note(sight)
	if _, err := project.Stat("config.toml"); err == nil {
		_, _ = project.Read("config.toml", 1<<20)
	}
	entries, _ := project.List(m.under, func(name string, _ bool) bool { return strings.HasPrefix(path.Base(name), ".") && name != "." })
	if m.between != nil {
		m.between()
	}
	for _, entry := range entries {
		_, _ = project.Read(entry.Path, 1<<20)
	}
	return sight
}

// watching starts a watch of a folder that a maker has read. It hears of each later look.
func watching(t *testing.T, root string, options WatchOptions, under ...string) <-chan []string {
	t.Helper()
	w, err := NewWatcher(root, options)
	if err != nil {
		t.Fatal(err)
	}
	changed := make(chan []string, 1000)
	ready := make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		first := true
		w.Run(ctx, func(files []string, _ bool) *disk.Sight {
			sight := maker{root: root, under: under}.look()
			if first {
				first = false
				close(ready)
			} else {
				changed <- files
			}
			return sight
		})
	}()
	t.Cleanup(func() { cancel(); <-ended })
	<-ready
	return changed
}

// A folder added while watching is listened to as well.
func TestWatchHearsNewFolders(t *testing.T) {
	f := newFolder(t)
	changed := watching(t, f.root, WatchOptions{Every: time.Hour, Quiet: 5 * time.Millisecond}, "content")
	f.write("content/new/page.md", "x")
	await(t, changed, "the new folder")
	drain(changed)
	f.write("content/new/page.md", "xy")
	await(t, changed, "a change in the new folder")
	// Another folder in its place is another one to listen to.
	f.do(os.Rename(f.path("content/new"), filepath.Join(t.TempDir(), "old")))
	await(t, changed, "the folder's leaving")
	drain(changed)
	f.write("content/new/page.md", "again")
	await(t, changed, "the folder's return")
	drain(changed)
	f.write("content/new/page.md", "and again")
	await(t, changed, "a change in the returned folder")
}

// looked returns a watcher of a folder that a maker has read, and that only scans when told.
func looked(t *testing.T, m maker, options WatchOptions) *Watcher {
	t.Helper()
	w, err := NewWatcher(m.root, options)
	if err != nil {
		t.Fatal(err)
	}
	w.look = func([]string, bool) *disk.Sight { return m.look() }
	w.again(nil, false)
	return w
}

// A lost event is found by the next scan, and what got lost is said once.
func TestWatchFallsBack(t *testing.T) {
	f := newFolder(t)
	var notes []string
	w := looked(t, maker{root: f.root}, WatchOptions{Note: func(note string) { notes = append(notes, note) }})
	w.fallBack(fsnotify.ErrEventOverflow)
	w.fallBack(syscall.ENOSPC)
	if len(notes) != 1 || !strings.Contains(notes[0], "more changed at once") {
		t.Errorf("notes: %q", notes)
	}
	f.write("content/guide.md", "two!")
	if !w.scanAndLook() {
		t.Error("the scan did not find the change")
	}
	if w.scanAndLook() {
		t.Error("the scan found a change where there is none")
	}
}

func TestWatchOfNothing(t *testing.T) {
	if _, err := NewWatcher(filepath.Join(t.TempDir(), "missing"), WatchOptions{}); err == nil {
		t.Error("a missing folder is watched")
	}
}

// Only what was looked at matters, and what was not there then.
func TestWatchWhatWasLookedAt(t *testing.T) {
	f := newFolder(t)
	w := looked(t, maker{root: f.root, under: []string{"content"}}, WatchOptions{Poll: true})
	f.write("generator/code.go", "x")
	if w.scanAndLook() {
		t.Error("a file beside what matters is seen")
	}
	for _, text := range []string{"title = 'x'", "title = 'y'"} {
		f.write("config.toml", text)
		if !w.scanAndLook() {
			t.Error("the config is not seen")
		}
	}
}

// What an editor is most likely about to write is waited for a little. An event says so much
// only of files that held something.
func TestWatchRests(t *testing.T) {
	f := newFolder(t)
	f.write("content/empty.md", "")
	w := looked(t, maker{root: f.root, under: []string{"content"}}, WatchOptions{Poll: true})
	f.write("content/guide.md", "")
	f.write("content/new.md", "")
	f.write("content/old.md", "another")
	f.do(os.RemoveAll(f.path("content/deep")))
	for name, rests := range map[string]bool{
		"content/guide.md": true, "content/deep/page.md": true,
		"content/new.md": false, "content/empty.md": false, "content/old.md": false, "content/deep": false, "content": false, "../elsewhere": false,
	} {
		if got := w.emptied(map[string]bool{f.path(name): true}); got != rests {
			t.Errorf("%s: waited for: %v, want %v", name, got, rests)
		}
	}
}

// patience is for what never takes that long, however busy the machine is.
const patience = 5 * time.Minute

func await(t *testing.T, changed <-chan []string, what string) {
	t.Helper()
	select {
	case <-changed:
	case <-time.After(patience):
		t.Fatalf("%s was not noticed", what)
	}
}

// drain waits until a change has most likely arrived fully. If it has not, what follows is
// seen all the same, only not for the first time.
func drain(changed <-chan []string) {
	for {
		select {
		case <-changed:
		case <-time.After(100 * time.Millisecond):
			return
		}
	}
}
