package serve

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cairn/generator/disk"
)

// What happens in the very moment in which the files are read, and is undone before any
// scan. No two scans differ then, and no hint needs to come any more.
var flickers = []struct {
	name string
	// before happens before the maker lists the files, between after that and before it
	// reads them; after when it has read all.
	before, between, after func(f folder)
	// name of the file that must be announced.
	differs string
}{
	{
		name:    "a file is away, and comes again with the same bytes",
		before:  func(f folder) { f.do(os.Remove(f.path("content/guide.md"))) },
		after:   func(f folder) { f.write("content/guide.md", "one") },
		differs: "content/guide.md",
	},
	{
		name:    "a file is listed, and away when it is read",
		between: func(f folder) { f.do(os.Remove(f.path("content/guide.md"))) },
		after:   func(f folder) { f.write("content/guide.md", "one") },
		differs: "content/guide.md",
	},
	{
		name:    "a file is listed and goes for good",
		between: func(f folder) { f.do(os.Remove(f.path("content/guide.md"))) },
		differs: "content/guide.md",
	},
	{
		name:    "a file is read half",
		before:  func(f folder) { f.write("content/guide.md", "o") },
		after:   func(f folder) { f.write("content/guide.md", "one") },
		differs: "content/guide.md",
	},
	{
		name:    "a file is read empty, between truncating and writing",
		between: func(f folder) { f.write("content/guide.md", "") },
		after:   func(f folder) { f.write("content/guide.md", "one") },
		differs: "content/guide.md",
	},
	{
		name:    "another file as long and as old is read",
		before:  func(f folder) { f.writeAsOld("content/old.md", "two") },
		after:   func(f folder) { f.writeAsOld("content/old.md", "one") },
		differs: "content/old.md",
	},
	{
		name:    "a new file is there for a moment",
		before:  func(f folder) { f.write("content/new.md", "x") },
		after:   func(f folder) { f.do(os.Remove(f.path("content/new.md"))) },
		differs: "content/new.md",
	},
	{
		name:    "a folder is moved out and in again",
		before:  func(f folder) { f.rename("content/deep", "aside") },
		after:   func(f folder) { f.rename("aside", "content/deep") },
		differs: "content/deep/page.md",
	},
	{
		name:    "a folder is moved in and out again",
		before:  func(f folder) { f.rename("public", "content/public") },
		after:   func(f folder) { f.rename("content/public", "public") },
		differs: "content/public/index.html",
	},
	{
		name:    "all of the content is away",
		before:  func(f folder) { f.rename("content", "aside") },
		after:   func(f folder) { f.rename("aside", "content") },
		differs: "content/guide.md",
	},
	{
		name:    "the config is away",
		before:  func(f folder) { f.do(os.Remove(f.path("config.toml"))) },
		after:   func(f folder) { f.write("config.toml", "title = 'T'") },
		differs: "config.toml",
	},
	{
		name:    "the config is read half",
		before:  func(f folder) { f.write("config.toml", "title") },
		after:   func(f folder) { f.write("config.toml", "title = 'T'") },
		differs: "config.toml",
	},
	{
		name:    "a file may not be read for a moment",
		before:  func(f folder) { f.deny("content/guide.md") },
		after:   func(f folder) { f.do(os.Chmod(f.path("content/guide.md"), 0o644)) },
		differs: "content/guide.md",
	},
	{
		name:    "a folder may not be read for a moment",
		before:  func(f folder) { f.deny("content/deep") },
		after:   func(f folder) { f.do(os.Chmod(f.path("content/deep"), 0o755)) },
		differs: "content/deep/page.md",
	},
	{
		name: "something else stands there for a moment",
		before: func(f folder) {
			f.do(os.Remove(f.path("content/guide.md")))
			f.do(os.Symlink("/etc/hostname", f.path("content/guide.md")))
		},
		after: func(f folder) {
			f.do(os.Remove(f.path("content/guide.md")))
			f.write("content/guide.md", "one")
		},
		differs: "content/guide.md",
	},
	{
		name: "something else stands there when the file is read",
		between: func(f folder) {
			f.do(os.Remove(f.path("content/guide.md")))
			f.do(os.Mkdir(f.path("content/guide.md"), 0o755))
		},
		after: func(f folder) {
			f.do(os.Remove(f.path("content/guide.md")))
			f.write("content/guide.md", "one")
		},
		differs: "content/guide.md",
	},
	{
		name: "a link leads nowhere, and is away",
		before: func(f folder) {
			f.do(os.Symlink("gone.md", f.path("content/link.md")))
		},
		after:   func(f folder) { f.do(os.Remove(f.path("content/link.md"))) },
		differs: "content/link.md",
	},
}

// writeAsOld keeps the time of the last change, as a copy that keeps times does.
func (f folder) writeAsOld(name, text string) {
	f.t.Helper()
	info, err := os.Stat(f.path(name))
	f.do(err)
	f.write(name, text)
	f.do(os.Chtimes(f.path(name), info.ModTime(), info.ModTime()))
}

// deny takes the right to read from everybody.
func (f folder) deny(name string) {
	f.t.Helper()
	if os.Getuid() == 0 {
		f.t.Skip("this account may read everything")
	}
	f.do(os.Chmod(f.path(name), 0))
}

func TestWatchOfAMoment(t *testing.T) {
	for _, test := range flickers {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFolder(t)
			f.write("config.toml", "title = 'T'")
			do := func(what func(folder)) {
				if what != nil {
					what(f)
				}
			}
			m := maker{root: f.root, under: []string{"content"}}
			w := looked(t, m, WatchOptions{Poll: true})
			if files := w.scan(); len(files) > 0 {
				t.Fatalf("before anything happens, %v differs", files)
			}
			do(test.before)
			torn := m
			torn.between = func() { do(test.between) }
			w.look = func([]string, bool) *disk.Sight { return torn.look() }
			w.again(nil, false)
			do(test.after)

			w.look = func([]string, bool) *disk.Sight { return m.look() }
			if files := w.scan(); !slices.Contains(files, test.differs) {
				t.Fatalf("not noticed; %v differs", files)
			}
			w.again(nil, false)
			for range 3 {
				if files := w.scan(); len(files) > 0 {
					t.Fatalf("after another look, %v differs", files)
				}
			}
		})
	}
}

// What cannot be read stays so, and is no news at every scan.
func TestWatchOfTheUnreadable(t *testing.T) {
	for name, make := range map[string]func(f folder){
		"a file too large":          func(f folder) { f.write("content/large.md", strings.Repeat("x", 1<<20+1)) },
		"a link to nowhere":         func(f folder) { f.do(os.Symlink("gone.md", f.path("content/link.md"))) },
		"a link out of the project": func(f folder) { f.do(os.Symlink("/etc/hostname", f.path("content/link.md"))) },
		"a link to itself":          func(f folder) { f.do(os.Symlink("link.md", f.path("content/link.md"))) },
		"a linked folder":           func(f folder) { f.do(os.Symlink("deep", f.path("content/link"))) },
		"a file without rights":     func(f folder) { f.deny("content/guide.md") },
		"a folder without rights":   func(f folder) { f.deny("content/deep") },
		"no content":                func(f folder) { f.do(os.RemoveAll(f.path("content"))) },
		"a file for a folder":       func(f folder) { f.do(os.RemoveAll(f.path("content"))); f.write("content", "x") },
		"a folder for a config":     func(f folder) { f.do(os.Mkdir(f.path("config.toml"), 0o755)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFolder(t)
			make(f)
			w := looked(t, maker{root: f.root, under: []string{"content"}}, WatchOptions{Poll: true})
			for range 3 {
				if files := w.scan(); len(files) > 0 {
					t.Fatalf("%v differs, and nothing happened", files)
				}
			}
		})
	}
}

// There and gone and there again within a millisecond, over and over, now with the bytes
// of before and now with others: what was read last is what is there.
func TestWatchOfAFileThatComesAndGoes(t *testing.T) {
	f := newFolder(t)
	w, err := NewWatcher(f.root, WatchOptions{Every: time.Hour, Quiet: 5 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	var last atomic.Pointer[disk.Sight]
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Run(ctx, func([]string, bool) *disk.Sight {
			sight := maker{root: f.root, under: []string{"content"}}.look()
			last.Store(sight)
			return sight
		})
	}()
	defer func() { cancel(); <-ended }()
	for round := range 40 {
		wanted := "one"
		for time := range 5 {
			if round%2 == 1 {
				wanted = fmt.Sprintf("round %02d, time %d", round, time)
			}
			f.do(os.Remove(f.path("content/guide.md")))
			f.write("content/guide.md", wanted)
		}
		for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
			if sight := last.Load(); sight != nil {
				seen := sight.Files()["content/guide.md"]
				if seen.Problem == nil && seen.Digest == sha256.Sum256([]byte(wanted)) && len(sight.Torn()) == 0 {
					break
				}
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s was not noticed", wanted)
			}
		}
	}
}
