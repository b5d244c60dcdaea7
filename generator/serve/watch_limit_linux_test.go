package serve

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// With a limit of ten watches the other folders are found by looking. The limit is real:
// the test runs itself in a user namespace of its own, where it may set one.
func TestWatchLimitOfTen(t *testing.T) {
	const mark = "CAIRN_TEST_IN_NAMESPACE"
	if os.Getenv(mark) == "" {
		command := exec.Command(os.Args[0], "-test.run=^TestWatchLimitOfTen$", "-test.v")
		command.Env = append(os.Environ(), mark+"=1")
		command.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		}
		said, err := command.CombinedOutput()
		if err != nil && !strings.Contains(string(said), "--- FAIL") {
			if allTests() {
				t.Fatalf("user namespaces are needed: %v\n%s", err, said)
			}
			t.Skipf("no user namespace: %v", err)
		}
		if err != nil || !strings.Contains(string(said), "noticed all the same") {
			t.Fatalf("%v\n%s", err, said)
		}
		return
	}
	if err := os.WriteFile("/proc/sys/user/max_inotify_watches", []byte("10"), 0); err != nil {
		t.Fatal(err)
	}
	f := newFolder(t)
	makeMany(f)
	var notes []string
	w := looked(t, maker{root: f.root, under: []string{"content"}}, WatchOptions{Note: func(note string) { notes = append(notes, note) }})
	w.scan() // begins to listen
	if len(notes) != 1 || !strings.Contains(notes[0], "limit of watched folders") {
		t.Fatalf("notes: %q", notes)
	}
	f.write("content/s39/page.md", "two!")
	if files := w.scan(); len(files) != 1 || files[0] != "content/s39/page.md" {
		t.Fatalf("seen: %q", files)
	}
	t.Log("noticed all the same")
}
