package publish

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cairn/generator/disk"
)

// stamps are what a publisher remembers between builds.
type stamps struct {
	mu    sync.Mutex
	known map[string]stamped
}

type stamped struct {
	stamp string
	sum   [sha256.Size]byte
}

func newStamps() *stamps { return &stamps{known: map[string]stamped{}} }

func (s *stamps) seen(path, stamp string) ([sha256.Size]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.known[path]
	return found.sum, ok && stamp != "" && found.stamp == stamp
}

func (s *stamps) see(path, stamp string, sum [sha256.Size]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[path] = stamped{stamp, sum}
}

// reads counts the files that are read.
type reads struct {
	disk.Ops
	mu    sync.Mutex
	names []string
}

func (r *reads) ReadFile(path string) ([]byte, error) {
	if filepath.Base(path) != manifestName {
		r.mu.Lock()
		r.names = append(r.names, filepath.Base(path))
		r.mu.Unlock()
	}
	return r.Ops.ReadFile(path)
}

// tick waits until the file system's clock has gone on.
func tick(t *testing.T, folder string) {
	t.Helper()
	var first time.Time
	for {
		name := filepath.Join(folder, "clock")
		write(t, name, "")
		info, err := disk.Real().Lstat(name)
		if err != nil {
			t.Fatal(err)
		}
		remove(t, name)
		if first.IsZero() {
			first = info.Changed
		}
		if info.Changed.After(first) {
			return
		}
	}
}

// slow lets the clock go on before the last look at the time.
type slow struct {
	disk.Ops
	t      *testing.T
	folder string
}

func (s *slow) Mkdir(path string) error {
	tick(s.t, s.folder)
	return s.Ops.Mkdir(path)
}

// A live file whose stamp is known is not read, however often the site is published; one
// that somebody has altered is found, also if its size and its time of modification are
// what they were.
func TestStamps(t *testing.T) {
	first, second := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		place := filepath.Dir(options.Output)
		publish := func(s site) []string {
			t.Helper()
			ops := &reads{Ops: &slow{disk.Real(), t, place}}
			mustPublish(t, ops, options, s)
			checkWhole(t, options, s)
			return ops.names
		}
		publish(first)
		publish(first) // file by file, what was moved into its place is read once
		if names := publish(first); len(names) > 0 {
			t.Errorf("nothing has changed, but %v were read", names)
		}
		publish(second)
		publish(second)
		if names := publish(second); len(names) > 0 {
			t.Errorf("nothing has changed since, but %v were read", names)
		}

		name := filepath.Join(options.Output, "robots.txt")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		before, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range text {
			text[i] ^= 1
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, before.ModTime(), before.ModTime()); err != nil {
			t.Fatal(err)
		}
		if names := publish(second); len(names) != 1 || names[0] != "robots.txt" {
			t.Errorf("read %v, want robots.txt alone", names)
		}
	})
}

// Whoever alters a live file while the site is published, before its stamp is taken, is
// found by the next build.
func TestStampsOfAFileThatChangesMeanwhile(t *testing.T) {
	first, second := twoSites()
	for _, moment := range []string{"before", "after", "after, and later"} {
		options := at(folder(t))
		place := filepath.Dir(options.Output)
		mustPublish(t, &slow{disk.Real(), t, place}, options, first)
		// One of the two files is linked, the other written.
		alter := func() {
			for _, name := range []string{"robots.txt", "index.html"} {
				name = filepath.Join(options.Output, name)
				text, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				text[0] ^= 1
				if err := os.WriteFile(name, text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
		ops := &alterer{Ops: &slow{disk.Real(), t, place}, do: func(when string) {
			switch {
			case when == moment:
				alter()
			case when == "after" && moment == "after, and later":
				tick(t, place)
				alter()
			}
		}}
		mustPublish(t, ops, options, second)
		mustPublish(t, disk.Real(), options, second)
		checkWhole(t, options, second)
	}
}

// alterer does something before and after two sites are exchanged.
type alterer struct {
	disk.Ops
	do func(when string)
}

func (a *alterer) Exchange(x, y string) error {
	if filepath.Base(y) != "public" {
		return a.Ops.Exchange(x, y)
	}
	a.do("before")
	err := a.Ops.Exchange(x, y)
	a.do("after")
	return err
}

// coarse is a file system whose clock goes by the hour.
type coarse struct{ disk.Ops }

func (c coarse) Lstat(path string) (disk.Info, error) {
	info, err := c.Ops.Lstat(path)
	info.Modified, info.Changed = info.Modified.Truncate(time.Hour), info.Changed.Truncate(time.Hour)
	return info, err
}

// An edit in the same tick of the clock leaves the stamp as it was, so such a stamp does
// not count.
func TestStampsOfACoarseClock(t *testing.T) {
	first, _ := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		for range 3 {
			mustPublish(t, coarse{disk.Real()}, options, first)
			write(t, filepath.Join(options.Output, "robots.txt"), "OLD robots.txt")
			mustPublish(t, coarse{disk.Real()}, options, first)
			checkWhole(t, options, first)
		}
	})
}
