package memory

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"cairn/generator/disk"
)

func TestWhole(t *testing.T) {
	folder := t.TempDir()
	open := func(program string) *Whole { return OpenWhole(disk.Real(), folder, "found", program) }
	want := func(w *Whole, data string) {
		t.Helper()
		if got := w.Get(); string(got) != data {
			t.Errorf("%q, want %q", got, data)
		}
	}
	w := open("p")
	want(w, "")
	w.Put([]byte("one"))
	want(w, "one")
	want(open("p"), "")
	w.Save()
	want(open("p"), "one")
	want(open("another"), "")

	w = open("p")
	w.Put([]byte("two"))
	w.Save()
	want(open("p"), "two")

	name := filepath.Join(folder, "found")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 1
		if err := os.WriteFile(name, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		want(open("p"), "")
		if err := os.WriteFile(name, whole[:i], 0o644); err != nil {
			t.Fatal(err)
		}
		want(open("p"), "")
	}
	var nothing *Whole
	nothing.Put([]byte("one"))
	want(nothing, "")
	nothing.Save()
}

// The disk may fail at any operation: what is there is of the run before, or nothing.
func TestWholeOnADiskThatFails(t *testing.T) {
	for _, fault := range []disk.Fault{disk.Fail, disk.FailAfter, disk.FailShort, disk.CrashBefore, disk.CrashAfter, disk.CrashShort} {
		for number := 1; number < 6; number++ {
			folder := t.TempDir()
			w := OpenWhole(disk.Real(), folder, "found", "p")
			w.Put([]byte("one"))
			w.Save()
			w = OpenWhole(disk.Inject(disk.Real(), disk.Plan{At: number, Fault: fault, Err: syscall.ENOSPC}), folder, "found", "p")
			w.Get()
			w.Put([]byte("one again"))
			w.Save()
			if got := string(OpenWhole(disk.Real(), folder, "found", "p").Get()); got != "one" && got != "one again" {
				t.Errorf("%v at %d: %q", fault, number, got)
			}
			w = OpenWhole(disk.Real(), folder, "found", "p")
			w.Put([]byte("later"))
			w.Save()
			if got := string(OpenWhole(disk.Real(), folder, "found", "p").Get()); got != "later" {
				t.Errorf("%v at %d: nothing can be remembered after it", fault, number)
			}
		}
	}
}
