package memory

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"cairn/generator/disk"
)

func TestNotes(t *testing.T) {
	folder := t.TempDir()
	open := func(program string) *Notes { return OpenNotes(disk.Real(), folder, "made", program) }
	want := func(n *Notes, name, key, data string) {
		t.Helper()
		if got, ok := n.Get(name, key); got != data || ok != (data != "") {
			t.Errorf("%s %s: got %q, want %q", name, key, got, data)
		}
	}
	n := open("p")
	n.Put("a", "1", "one")
	n.Put("b", "2", "two")
	n.Put("none", "", "nothing has no key")
	want(n, "a", "1", "one")
	n.Save()
	want(n, "a", "1", "one")

	n = open("p")
	want(n, "a", "1", "one")
	want(n, "a", "2", "")
	want(n, "b", "2", "two")
	want(n, "none", "", "")
	n.Put("a", "3", "three")
	n.Save()
	want(open("another"), "a", "3", "")

	n = open("p")
	want(n, "a", "1", "")
	want(n, "a", "3", "three")
	n.Save() // b was not asked for
	n = open("p")
	want(n, "b", "2", "")
	want(n, "a", "3", "three")

	name := filepath.Join(folder, "made")
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
		want(open("p"), "a", "3", "")
		if err := os.WriteFile(name, whole[:i], 0o644); err != nil {
			t.Fatal(err)
		}
		want(open("p"), "a", "3", "")
	}
	var nobody *Notes
	nobody.Put("a", "1", "one")
	want(nobody, "a", "1", "")
	nobody.Save()
}

// The disk may fail at any operation: the notes are those of the run before, or none.
func TestNotesOnADiskThatFails(t *testing.T) {
	for _, fault := range []disk.Fault{disk.Fail, disk.FailAfter, disk.FailShort, disk.CrashBefore, disk.CrashAfter, disk.CrashShort} {
		for number := 1; number < 8; number++ {
			folder := t.TempDir()
			n := OpenNotes(disk.Real(), folder, "made", "p")
			n.Put("a", "1", "one")
			n.Save()
			n = OpenNotes(disk.Inject(disk.Real(), disk.Plan{At: number, Fault: fault, Err: syscall.ENOSPC}), folder, "made", "p")
			n.Put("a", "1", "one again")
			n.Save()
			n = OpenNotes(disk.Real(), folder, "made", "p")
			if data, ok := n.Get("a", "1"); !ok || data != "one" && data != "one again" {
				t.Errorf("%v at %d: %q, %v", fault, number, data, ok)
			}
			n.Put("a", "1", "later")
			n.Save()
			if data, _ := OpenNotes(disk.Real(), folder, "made", "p").Get("a", "1"); data != "later" {
				t.Errorf("%v at %d: nothing can be noted after it", fault, number)
			}
		}
	}
}
