//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What is not a file is never opened: opening a pipe would wait for ever, opening a
// device may do anything.
func TestPipesSocketsAndDevices(t *testing.T) {
	p, root := project(t)
	put(t, filepath.Join(root, "s", "x"), "")
	if err := syscall.Mkfifo(filepath.Join(root, "s", "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", filepath.Join(root, "s", "socket"))
	if err != nil {
		t.Skip(err)
	}
	defer socket.Close()
	os.Symlink("pipe", filepath.Join(root, "s", "to-pipe"))
	names := []string{"s/pipe", "s/socket", "s/to-pipe"}
	if syscall.Mknod(filepath.Join(root, "s", "device"), syscall.S_IFCHR|0o644, 1<<8|3) == nil {
		names = append(names, "s/device")
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		_, problems := p.List([]string{"s"}, nil)
		if len(problems) != len(names) {
			t.Errorf("got %v", problems)
		}
		for _, name := range names {
			if _, err := p.Read(name, 0); kindOf(err) != NotRegular.String() {
				t.Errorf("%s: %v", name, err)
			}
		}
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Minute):
		t.Fatal("reading waits for somebody to write")
	}
}

func TestOddNamesAreReported(t *testing.T) {
	p, root := project(t)
	for _, name := range []string{"line\nend.md", "caf\xe9.md", `back\slash.md`, "dot.", "con.md", "folder ", "fine.md"} {
		put(t, filepath.Join(root, "odd", name), "")
	}
	put(t, filepath.Join(root, "odd", "nul", "below.md"), "")
	entries, problems := p.List([]string{"odd"}, nil)
	if len(entries) != 1 || len(problems) != 7 {
		t.Fatalf("got %v, %v", entries, problems)
	}
	for _, problem := range problems {
		if problem.Kind != BadName || strings.Contains(problem.Error(), "\n") {
			t.Errorf("%q", problem.Error())
		}
		if _, err := p.Read(problem.Path, 0); err == nil {
			t.Errorf("%q was read", problem.Path)
		}
	}
}

// A link that is swapped while it is read, between a file inside, one outside and a
// pipe, never yields the one outside, nor does reading it wait.
func TestALinkThatChangesWhileItIsRead(t *testing.T) {
	p, root := project(t)
	name := filepath.Join(root, "content", "flips")
	syscall.Mkfifo(filepath.Join(root, "pipe"), 0o644)
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			target := []string{"../config.toml", "../../canary.md", "../pipe", "../../outside/canary.md", "../.git/config"}[i%5]
			os.Symlink(target, name+"~")
			os.Rename(name+"~", name)
			if i%7 == 0 {
				os.Remove(name)
				os.Link(filepath.Join(root, "config.toml"), name)
			}
			if i%11 == 0 {
				os.Remove(name)
				syscall.Mkfifo(name, 0o644)
			}
		}
	}()
	seen := map[string]int{}
	for deadline := time.Now().Add(300 * time.Millisecond); time.Now().Before(deadline) && !t.Failed(); {
		data, err := p.Read("content/flips", 100)
		if text := string(data); text != "" && text != "title" {
			t.Errorf("read %q", text)
		}
		seen[kindOf(err)]++
	}
	close(stop)
	<-stopped
	t.Log(seen)
}

// The test binary, started again as another account, reads what it may not.
const childReads = "CAIRN_TEST_READ"

func TestMain(m *testing.M) {
	if root := os.Getenv(childReads); root != "" {
		p, err := Open(root)
		if err != nil {
			os.Exit(3)
		}
		_, readErr := p.Read("content/secret.md", 0)
		_, problems := p.List([]string{"content"}, nil)
		if kindOf(readErr) != Denied.String() || len(problems) != 1 || problems[0].Kind != Denied || problems[0].Path != "content/closed" {
			os.Stdout.WriteString("got " + kindOf(readErr))
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestNoPermission(t *testing.T) {
	_, root := project(t)
	put(t, filepath.Join(root, "content", "secret.md"), "secret")
	put(t, filepath.Join(root, "content", "closed", "x.md"), "secret")
	closed := filepath.Join(root, "content", "closed")
	if err := errors.Join(os.Chmod(filepath.Join(root, "content", "secret.md"), 0), os.Chmod(closed, 0)); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(closed, 0o755)
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childReads+"="+root)
	if os.Getuid() == 0 {
		// Root may read anything, so another account tries, and must get that far.
		for above := root; above != filepath.Dir(os.TempDir()) && above != "/"; above = filepath.Dir(above) {
			if info, err := os.Stat(above); err == nil && info.Mode().Perm()&0o005 != 0o005 {
				os.Chmod(above, 0o755)
			}
		}
		command.Path = "/proc/self/exe"
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	said, err := command.CombinedOutput()
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		t.Skip("no way to be another account: ", err)
	}
	if err != nil {
		t.Errorf("%v: %s", err, said)
	}
}
