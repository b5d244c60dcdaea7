package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestOperations(t *testing.T) {
	ops, root := Real(), t.TempDir()
	in := func(name string) string { return filepath.Join(root, name) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(ops.Mkdir(in("a")))
	must(ops.Create(in("a/x"), []byte("one")))
	if err := ops.Create(in("a/x"), nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("created over: %v", err)
	}
	if err := ops.Mkdir(in("a")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("made over: %v", err)
	}
	must(ops.Link(in("a/x"), in("a/y")))
	x, err := ops.Lstat(in("a/x"))
	must(err)
	y, err := ops.Lstat(in("a/y"))
	must(err)
	if x != y || x.Type != Regular || x.Size != 3 || !x.Plain {
		t.Errorf("%+v, %+v", x, y)
	}
	must(ops.Mkdir(in("b")))
	must(ops.Create(in("b/z"), []byte("two")))
	if err := ops.Exchange(in("a"), in("b")); err == nil {
		text, err := ops.ReadFile(in("a/z"))
		if string(text) != "two" || err != nil {
			t.Errorf("after the exchange: %q, %v", text, err)
		}
		must(ops.Exchange(in("a"), in("b")))
	} else if !errors.Is(err, ErrNoExchange) {
		t.Error(err)
	}
	for _, part := range []struct {
		offset, size int64
		want         string
	}{{0, 3, "one"}, {1, 1, "n"}, {1, 0, "ne"}, {-2, 0, "ne"}, {-3, 2, "on"}, {-9, 0, "one"}, {0, 4, "!"}, {3, 1, "!"}, {0, 1 << 60, "!"}} {
		text, err := ops.ReadAt(in("a/x"), part.offset, part.size)
		if got := string(text); (err != nil && part.want != "!") || (err == nil && got != part.want) {
			t.Errorf("ReadAt %d, %d: got %q, %v, want %q", part.offset, part.size, got, err, part.want)
		}
	}
	must(ops.Rename(in("b/z"), in("a/x")))
	if text, _ := ops.ReadFile(in("a/x")); string(text) != "two" {
		t.Errorf("after the rename: %q", text)
	}
	if err := ops.Remove(in("a")); err == nil {
		t.Error("a full folder was removed")
	}
	names, err := ops.ReadDir(root)
	if err != nil || len(names) != 2 || names[0] != (Name{"a", Folder}) {
		t.Errorf("%v, %v", names, err)
	}
	must(ops.SyncFolder(root))
	must(ops.SyncFileSystem(root))
	if mounted, err := ops.Mounted(in("a")); mounted || err != nil {
		t.Errorf("mounted: %v, %v", mounted, err)
	}
	if os.Symlink("a", in("link")) == nil {
		if _, err := ops.ReadDir(in("link")); err == nil {
			t.Error("a link was read as a folder")
		}
		if info, err := ops.Lstat(in("link")); err != nil || info.Type != Link {
			t.Errorf("%+v, %v", info, err)
		}
		os.Symlink("a/x", in("file"))
		if _, err := ops.ReadFile(in("file")); err == nil && openFlags != 0 {
			t.Error("a link was read as a file")
		}
		if _, err := ops.Lock(in("file")); err == nil && openFlags != 0 {
			t.Error("a link was locked")
		}
	}
}

func TestALockIsHeldOnce(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	release, err := Real().Lock(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Real().Lock(name); !errors.Is(err, ErrLocked) {
		t.Errorf("a second time: %v", err)
	}
	release()
	release, err = Real().Lock(name)
	if err != nil {
		t.Fatal(err)
	}
	release()
}

// Each fault does what it says: what is returned, and what is on the disk.
func TestFaults(t *testing.T) {
	for _, test := range []struct {
		plan  Plan
		want  string // what the second of three files holds, "-" if it is not there
		third string
		err   error
	}{
		{Plan{}, "0123456789", "third", nil},
		{Plan{2, Fail, syscall.EIO}, "-", "third", syscall.EIO},
		{Plan{2, FailAfter, syscall.EIO}, "0123456789", "third", syscall.EIO},
		{Plan{2, FailShort, syscall.ENOSPC}, "01234", "third", syscall.ENOSPC},
		{Plan{2, FailFrom, syscall.ENOSPC}, "-", "-", syscall.ENOSPC},
		{Plan{2, CrashBefore, nil}, "-", "-", ErrCrashed},
		{Plan{2, CrashAfter, nil}, "0123456789", "-", ErrCrashed},
		{Plan{2, CrashShort, nil}, "01234", "-", ErrCrashed},
	} {
		root := t.TempDir()
		ops := Inject(Real(), test.plan)
		first := ops.Create(filepath.Join(root, "1"), []byte("first"))
		second := ops.Create(filepath.Join(root, "2"), []byte("0123456789"))
		third := ops.Create(filepath.Join(root, "3"), []byte("third"))
		read := func(name string) string {
			text, err := os.ReadFile(filepath.Join(root, name))
			if err != nil {
				return "-"
			}
			return string(text)
		}
		if first != nil || !errors.Is(second, test.err) || read("1") != "first" || read("2") != test.want || read("3") != test.third {
			t.Errorf("%v: %v, %v, %v; %q, %q", test.plan, first, second, third, read("2"), read("3"))
		}
		if crashed := test.plan.Fault >= CrashBefore; crashed != ops.Crashed() || crashed != errors.Is(third, ErrCrashed) {
			t.Errorf("%v: crashed %v, %v", test.plan, ops.Crashed(), third)
		}
		if trace := ops.Trace(); !strings.HasPrefix(trace[1], "create ") {
			t.Errorf("%v", trace)
		}
	}
}

func TestACrashEndsTheLocks(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	ops := Inject(Real(), Plan{At: 2, Fault: CrashBefore})
	release, err := ops.Lock(name)
	if err != nil {
		t.Fatal(err)
	}
	ops.Remove(name + "x")
	again, err := Real().Lock(name)
	if err != nil {
		t.Fatalf("the dead still hold the lock: %v", err)
	}
	release() // of the dead: does nothing
	if _, err := Real().Lock(name); !errors.Is(err, ErrLocked) {
		t.Error("the dead have released the lock of the living")
	}
	again()
}

// A full disk still lets go of what is on it; one taken read-only does not.
func TestAFullDisk(t *testing.T) {
	for _, test := range []struct {
		err     error
		removes bool
	}{{syscall.ENOSPC, true}, {syscall.EROFS, false}} {
		name := filepath.Join(t.TempDir(), "x")
		ops := Inject(Real(), Plan{At: 2, Fault: FailFrom, Err: test.err})
		ops.Create(name, nil)
		if _, err := ops.Lstat(name); err != nil {
			t.Error("it can still be read:", err)
		}
		if err := ops.Remove(name); (err == nil) != test.removes {
			t.Errorf("%v: %v", test.err, err)
		}
	}
}
