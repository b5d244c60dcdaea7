package memory

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"cairn/generator/disk"
)

func key(i int) Key { return KeyOf("test", fmt.Sprint(i)) }

func text(i int) []byte { return []byte(strings.Repeat(fmt.Sprintf("text %d. ", i), i%7)) }

func TestRememberedBetweenRuns(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "memory")
	m := Open(disk.Real(), folder, Options{})
	for i := range 50 {
		if _, ok := m.Get("article", key(i)); ok {
			t.Fatal("remembers what never was")
		}
		m.Put("article", key(i), text(i))
	}
	m.Sweep()
	m = Open(disk.Real(), folder, Options{})
	for i := range 50 {
		if data, ok := m.Get("article", key(i)); !ok || !bytes.Equal(data, text(i)) {
			t.Errorf("%d: got %q, %v", i, data, ok)
		}
		if _, ok := m.Get("other", key(i)); ok {
			t.Error("found under another kind")
		}
	}
	if stats := m.Stats(); stats != (Stats{Hits: 50, Misses: 50}) {
		t.Errorf("%+v", stats)
	}
	before := files(t, folder)
	m.Sweep()
	if after := files(t, folder); len(after) != len(before) {
		t.Errorf("a build that made nothing new wrote %v", after)
	}
}

func TestKeysDoNotRunTogether(t *testing.T) {
	seen := map[Key][]string{}
	for _, parts := range [][]string{nil, {""}, {"", ""}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"a", "b", "c"}} {
		if was, ok := seen[KeyOf(parts...)]; ok {
			t.Errorf("%q and %q have one key", was, parts)
		}
		seen[KeyOf(parts...)] = parts
	}
}

func TestNoMemory(t *testing.T) {
	var none *Memory
	none.Put("x", Key{}, []byte("x"))
	if _, ok := none.Get("x", Key{}); ok || none.Stats() != (Stats{}) {
		t.Error("nil remembers")
	}
	none.Sweep()
	if got := Remember(none, "x", Key{}, func() int { return 7 }); got != 7 {
		t.Error(got)
	}
	inMemoryOnly := Open(disk.Real(), "", Options{})
	inMemoryOnly.Put("x", Key{}, []byte("x"))
	inMemoryOnly.Sweep()
	if _, ok := inMemoryOnly.Get("x", Key{}); !ok {
		t.Error("nothing is remembered without a folder")
	}
}

type article struct {
	Title string
	Parts []struct{ HTML string }
	Words int
}

type selfWritten struct{ text string }

func (b selfWritten) MarshalBinary() ([]byte, error)     { return []byte("b:" + b.text), nil }
func (b *selfWritten) UnmarshalBinary(data []byte) error { b.text = string(data[2:]); return nil }

func TestRemember(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "memory")
	made := 0
	for run := range 2 {
		m := Open(disk.Real(), folder, Options{})
		for range 2 {
			a := Remember(m, "article", key(1), func() article {
				made++
				return article{"Guide", []struct{ HTML string }{{"<p>"}}, 9}
			})
			if a.Title != "Guide" || a.Words != 9 || a.Parts[0].HTML != "<p>" {
				t.Errorf("%+v", a)
			}
			if got := Remember(m, "binary", key(1), func() selfWritten { made++; return selfWritten{"x"} }); got.text != "x" {
				t.Errorf("%+v", got)
			}
			if got := Remember(m, "bytes", key(1), func() []byte { made++; return []byte("raw") }); string(got) != "raw" {
				t.Errorf("%q", got)
			}
			// What cannot be written is made each time.
			if got := Remember(m, "function", key(1), func() func() int { return func() int { return 3 } }); got() != 3 {
				t.Error("a function")
			}
		}
		if m.Sweep(); made != 3 {
			t.Errorf("run %d: made %d things, want 3", run, made)
		}
	}
	// What lies there under the same key as another type is made anew.
	m := Open(disk.Real(), folder, Options{})
	if got := Remember(m, "article", key(1), func() int { return 5 }); got != 5 {
		t.Error(got)
	}
}

func TestTheLimitInMemory(t *testing.T) {
	m := Open(disk.Real(), "", Options{InMemory: 1000})
	for i := range 100 {
		m.Put("x", key(i), make([]byte, 100))
		m.Get("x", key(0)) // what is asked for again and again stays
	}
	held := 0
	for _, generation := range []map[entryID][]byte{m.young, m.old} {
		for _, data := range generation {
			held += len(data)
		}
	}
	if held > 1000 {
		t.Errorf("%d bytes are held", held)
	}
	if _, ok := m.Get("x", key(0)); !ok {
		t.Error("what was used all the time is forgotten")
	}
	if _, ok := m.Get("x", key(1)); ok {
		t.Error("what was used once is remembered")
	}
	m.Put("x", key(1000), make([]byte, 600))
	if _, ok := m.Get("x", key(1000)); ok {
		t.Error("half of the memory went to one entry")
	}
}

// Over the limit on disk, what the build has not used is dropped, and nothing else.
func TestTheLimitOnDisk(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "memory")
	options := Options{OnDisk: 100_000, InMemory: 1}
	content := func(i int) []byte { return bytes.Repeat([]byte{byte(i)}, 10_000) }
	for run := range 8 {
		m := Open(disk.Real(), folder, options)
		for i := range 6 { // five of the run before, and one new
			if data, ok := m.Get("x", key(run+i)); ok != (i < 5 && run > 0) {
				t.Errorf("run %d: entry %d remembered: %v", run, run+i, ok)
			} else if !ok {
				m.Put("x", key(run+i), content(run+i))
			} else if !bytes.Equal(data, content(run+i)) {
				t.Errorf("run %d: entry %d is another", run, run+i)
			}
		}
		m.Sweep()
		if size := onDisk(t, folder); size > options.OnDisk {
			t.Errorf("run %d: %d bytes on disk", run, size)
		}
	}
	// More is used than may be kept.
	m := Open(disk.Real(), folder, options)
	for i := range 40 {
		m.Put("y", key(i), content(i))
		if i%4 == 0 {
			m.Sweep()
		}
	}
	m.Sweep()
	if size := onDisk(t, folder); size > options.OnDisk || size == 0 {
		t.Errorf("%d bytes on disk", size)
	}
}

func TestManySmallPacksBecomeFew(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "memory")
	for i := range mostPacks + 10 {
		m := Open(disk.Real(), folder, Options{})
		m.Put("x", key(i), text(i))
		m.Sweep()
	}
	if found := files(t, folder); len(found) > mostPacks {
		t.Errorf("%d packs", len(found))
	}
	m := Open(disk.Real(), folder, Options{})
	for i := range mostPacks + 10 {
		if data, ok := m.Get("x", key(i)); !ok || !bytes.Equal(data, text(i)) {
			t.Errorf("%d is lost", i)
		}
	}
}

// Whichever byte of a pack is damaged, in whichever way, wherever it is cut: no
// entry ever comes back other than it went in, and the rest works on.
func TestEveryByteDamaged(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "memory")
	m := Open(disk.Real(), folder, Options{})
	for i := range 4 {
		m.Put("kind", key(i), text(i))
	}
	m.Sweep()
	names := files(t, folder)
	if len(names) != 1 {
		t.Fatal(names)
	}
	pack, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	try := func(what string, damaged []byte) {
		t.Helper()
		os.WriteFile(names[0], damaged, 0o644)
		m := Open(disk.Real(), folder, Options{})
		found := 0
		for i := range 4 {
			if data, ok := m.Get("kind", key(i)); ok {
				if found++; !bytes.Equal(data, text(i)) {
					t.Fatalf("%s: entry %d came back as %q", what, i, data)
				}
			}
		}
		if found == 4 {
			all++
		}
		m.Put("kind", key(0), text(0))
		m.Sweep()
		m = Open(disk.Real(), folder, Options{})
		if data, ok := m.Get("kind", key(0)); !ok || !bytes.Equal(data, text(0)) {
			t.Fatalf("%s: what was lost is not remembered anew: %q, %v", what, data, ok)
		}
		for _, name := range files(t, folder) {
			os.Remove(name)
		}
	}
	for i := range pack {
		for _, flip := range []byte{1, 0x80, 0xff} {
			damaged := bytes.Clone(pack)
			damaged[i] ^= flip
			try(fmt.Sprintf("byte %d", i), damaged)
		}
		try(fmt.Sprintf("cut at %d", i), pack[:i])
	}
	try("something added", append(bytes.Clone(pack), 0))
	try("another file", []byte(strings.Repeat("foreign ", 100)))
	if all > 0 {
		t.Errorf("%d damages went unseen", all)
	}
	try("not damaged", pack)
}

// A damaged entry does not take its neighbours with it.
func TestOnlyTheDamagedEntryIsLost(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "memory")
	m := Open(disk.Real(), folder, Options{})
	for i := 1; i < 5; i++ {
		m.Put("kind", key(i), text(i))
	}
	m.Sweep()
	name := files(t, folder)[0]
	pack, _ := os.ReadFile(name)
	pack[bytes.Index(pack, text(3))] ^= 1
	os.WriteFile(name, pack, 0o644)
	m = Open(disk.Real(), folder, Options{})
	for i := 1; i < 5; i++ {
		if _, ok := m.Get("kind", key(i)); ok == (i == 3) {
			t.Errorf("%d: %v", i, ok)
		}
	}
}

// The disk may fail at any operation: less is remembered, nothing wrong is.
func TestTheDiskFails(t *testing.T) {
	for _, fault := range []disk.Fault{disk.Fail, disk.FailAfter, disk.FailShort, disk.FailFrom, disk.CrashBefore, disk.CrashAfter, disk.CrashShort} {
		for number := 1; number < 60; number++ {
			folder := filepath.Join(t.TempDir(), "memory")
			ops := disk.Inject(disk.Real(), disk.Plan{At: number, Fault: fault, Err: syscall.ENOSPC})
			for _, ops := range []disk.Ops{ops, ops, disk.Real()} {
				m := Open(ops, folder, Options{OnDisk: 400})
				for i := range 6 {
					if data, ok := m.Get("x", key(i)); ok && !bytes.Equal(data, text(i)) {
						t.Fatalf("%v at %d: got %q", fault, number, data)
					}
					m.Put("x", key(i), text(i))
					if data, ok := m.Get("x", key(i)); !ok || !bytes.Equal(data, text(i)) {
						t.Fatalf("%v at %d: %d is not even remembered in memory", fault, number, i)
					}
				}
				m.Sweep()
			}
			for _, name := range files(t, folder) {
				if strings.HasPrefix(filepath.Base(name), tempPrefix) {
					t.Errorf("%v at %d: left %s", fault, number, name)
				}
			}
		}
	}
}

// Several processes, here several memories, share a folder.
func TestManyAtOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "memory")
	var all sync.WaitGroup
	for range 3 {
		m := Open(disk.Real(), folder, Options{InMemory: 500, OnDisk: 2000})
		for worker := range 4 {
			all.Go(func() {
				for round := range 60 {
					i := (round*7 + worker*3) % 40
					got := Remember(m, "x", key(i), func() []byte { return text(i) })
					if !bytes.Equal(got, text(i)) {
						t.Errorf("%d: got %q", i, got)
					}
					if round%20 == 19 {
						m.Sweep()
					}
				}
			})
		}
	}
	all.Wait()
}

func FuzzPack(f *testing.F) {
	pack, _ := packOf(map[entryID][]byte{{"kind", key(1)}: text(1), {"kind", key(2)}: text(2)}, nil)
	f.Add(pack)
	f.Add([]byte(packHead))
	f.Add([]byte(packHead + strings.Repeat("\x00", 8) + packTail))
	folder := filepath.Join(f.TempDir(), "memory")
	os.Mkdir(folder, 0o755)
	f.Fuzz(func(t *testing.T, pack []byte) {
		os.WriteFile(filepath.Join(folder, "x"+packSuffix), pack, 0o644)
		m := Open(disk.Real(), folder, Options{})
		index, _ := readIndex(m.ops, m.path("x"+packSuffix))
		_ = placesIn(index, func(id entryID, at place) {
			at.pack = "x" + packSuffix
			if data, ok := m.readEntry(id, at); ok && checkOf(id, data) != at.check {
				t.Errorf("%v", id)
			}
		})
		for i := range 3 {
			if data, ok := m.Get("kind", key(i)); ok && !bytes.Equal(data, text(i)) {
				t.Errorf("%d came back as %q", i, data)
			}
		}
	})
}

func files(t testing.TB, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func onDisk(t testing.TB, folder string) (size int64) {
	for _, name := range files(t, folder) {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	return size
}

// BenchmarkMemory writes and reads 20,000 entries of 8 KiB: a site of 10,000 pages.
func BenchmarkMemory(b *testing.B) {
	folder := filepath.Join(b.TempDir(), "memory")
	data := bytes.Repeat([]byte("12345678"), 1024)
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			os.RemoveAll(folder)
			m := Open(disk.Real(), folder, Options{})
			for i := range 20_000 {
				m.Put("x", key(i), data)
			}
			m.Sweep()
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			m := Open(disk.Real(), folder, Options{})
			for i := range 20_000 {
				if _, ok := m.Get("x", key(i)); !ok {
					b.Fatal(i)
				}
			}
		}
	})
}
