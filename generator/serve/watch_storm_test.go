package serve

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cairn/generator/disk"
)

// allTests asks for the tests that take long, as `make test` does.
func allTests() bool { return os.Getenv("CAIRN_TEST") == "all" }

// git puts thousands of files in place at once. In the end each of them is seen as it is.
func TestWatchOfACheckout(t *testing.T) {
	files := 300
	if allTests() {
		files = 5000
	}
	if _, err := exec.LookPath("git"); err != nil {
		if allTests() {
			t.Fatal(err)
		}
		t.Skip("there is no git")
	}
	f := folder{t, t.TempDir()}
	git := func(args ...string) {
		t.Helper()
		command := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main", "-c", "gc.auto=0", "-c", "maintenance.auto=false"}, args...)...)
		command.Dir = f.root
		command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		if said, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, said)
		}
	}
	git("init", "-q")
	for i := range files {
		f.write(fmt.Sprintf("content/s%02d/p%d.md", i/100, i), "one")
	}
	git("add", "-A")
	git("commit", "-qm", "one")
	git("checkout", "-qb", "other")
	for i := range files {
		f.write(fmt.Sprintf("content/s%02d/p%d.md", i/100, i), fmt.Sprintf("two %d", i))
	}
	f.write("content/new/page.md", "new")
	git("add", "-A")
	git("commit", "-qm", "two")

	w, err := NewWatcher(f.root, WatchOptions{Every: time.Hour, Note: func(note string) { t.Log(note) }})
	if err != nil {
		t.Fatal(err)
	}
	saw := make(chan *disk.Sight, 1000)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Run(ctx, func([]string, bool) *disk.Sight {
			sight := maker{root: f.root, under: []string{"content"}}.look()
			saw <- sight
			return sight
		})
	}()
	defer func() { cancel(); <-ended }()
	<-saw
	git("checkout", "-q", "main")
	wanted := sha256.Sum256([]byte("one"))
	deadline := time.After(patience)
	calls := 0
	for old := -1; old != 0; calls++ {
		select {
		case sight := <-saw:
			seen := sight.Files()
			old = max(0, len(seen)-files-1) // config.toml is asked for, too
			for name, file := range seen {
				if name != "config.toml" && (file.Problem != nil || file.Digest != wanted) {
					old++
				}
			}
		case <-deadline:
			t.Fatalf("%d files are still seen as they were", old)
		}
	}
	t.Logf("%d files in %d looks", files, calls) // one for each pause of git's
}

// While nobody reads them, the system drops events beyond the length of its queue. It
// says so, and that is a reason to look: once, however much has changed.
func TestWatchOfAFullQueue(t *testing.T) {
	limit, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		t.Skip("only Linux says how long the queue is")
	}
	var longest int
	if _, err := fmt.Sscan(string(limit), &longest); err != nil || longest > 100_000 {
		t.Skip("the queue is too long to fill: ", string(limit))
	}
	f := newFolder(t)
	var noted atomic.Value
	w, err := NewWatcher(f.root, WatchOptions{Every: time.Hour, Quiet: 5 * time.Millisecond, Note: func(note string) { noted.Store(note) }})
	if err != nil {
		t.Fatal(err)
	}
	ready, busy, free := make(chan struct{}), make(chan struct{}), make(chan struct{})
	saw := make(chan *disk.Sight, 100)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		looks := 0
		w.Run(ctx, func([]string, bool) *disk.Sight {
			sight := maker{root: f.root, under: []string{"content"}}.look()
			switch looks++; looks {
			case 1:
				close(ready)
			case 2: // a site that takes long to make
				close(busy)
				<-free
			default:
				saw <- sight
			}
			return sight
		})
	}()
	defer func() { cancel(); <-ended }()
	<-ready
	f.write("content/guide.md", "two")
	<-busy
	for range longest / 2 { // each is two events, and more
		// One after the other, for the same event twice in a row counts once.
		f.do(os.Rename(f.path("content/deep/page.md"), f.path("content/deep/other.md")))
		f.do(os.Rename(f.path("content/deep/other.md"), f.path("content/deep/page.md")))
	}
	f.write("content/a/b/lost.md", "its event is lost")
	f.write("content/guide.md", "three")
	close(free)
	select {
	case sight := <-saw:
		for name, text := range map[string]string{"content/a/b/lost.md": "its event is lost", "content/guide.md": "three"} {
			if seen := sight.Files()[name]; seen.Problem != nil || seen.Digest != sha256.Sum256([]byte(text)) {
				t.Errorf("%s is not seen as it is: %+v", name, seen)
			}
		}
	case <-time.After(patience):
		t.Fatal("nothing was noticed")
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if note, _ := noted.Load().(string); strings.Contains(note, "more changed at once") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the queue did not run over, or nobody says so")
		}
	}
	cancel()
	<-ended
	if len(saw) > 0 {
		t.Errorf("all of it was seen by one look, and then there were %d more", len(saw))
	}
}

// pathsBelow is how many folders a test makes; more than a limit of ten watches.
const pathsBelow = 40

func makeMany(f folder) {
	for i := range pathsBelow {
		f.write(filepath.Join("content", fmt.Sprintf("s%02d", i), "page.md"), "one")
	}
}
