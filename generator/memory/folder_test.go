package memory

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/disk"
)

func TestPrepare(t *testing.T) {
	project := t.TempDir()
	for range 2 {
		if err := Prepare(disk.Real(), project); err != nil {
			t.Fatal(err)
		}
	}
	if text, _ := os.ReadFile(filepath.Join(project, ".cairn", ".gitignore")); string(text) != "*\n" {
		t.Errorf("it does not ignore itself: %q", text)
	}
	if err := Prepare(disk.Real(), filepath.Join(project, "missing")); err == nil || refused(err) != "" {
		t.Errorf("without a project: %v", err)
	}
	elsewhere := t.TempDir()
	os.RemoveAll(filepath.Join(project, ".cairn"))
	if os.Symlink(elsewhere, filepath.Join(project, ".cairn")) == nil {
		if err := Prepare(disk.Real(), project); refused(err) != diag.MemoryFolder {
			t.Errorf("a link: %v", err)
		}
		if found := files(t, elsewhere); len(found) > 0 {
			t.Errorf("written outside the project: %v", found)
		}
	}
	os.Remove(filepath.Join(project, ".cairn"))
	os.Mkdir(filepath.Join(project, ".cairn"), 0o755)
	os.Symlink(elsewhere, filepath.Join(project, ".cairn", "memory"))
	m := Open(disk.Real(), filepath.Join(project, ".cairn", "memory"), Options{})
	m.Put("x", key(1), text(1))
	if m.Sweep(); len(files(t, elsewhere)) > 0 {
		t.Error("the memory followed a link out of the project")
	}
}

func refused(err error) diag.Code {
	list, ok := diag.Of(err)
	if !ok {
		return ""
	}
	return list[0].Code
}

// git itself makes the indexes, of every version and kind it can.
func TestWhatGitTracks(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	for _, version := range []string{"2", "3", "4", "split", "sha256", "skip-hash", "worktree"} {
		for _, below := range []string{".", "docs/site"} {
			t.Run(version+" "+below, func(t *testing.T) {
				root := t.TempDir()
				git := func(arguments ...string) {
					t.Helper()
					// Nothing is to be tidied in the background, while the folder is removed.
					command := exec.Command("git", append([]string{"-c", "maintenance.auto=false"}, arguments...)...)
					command.Dir = root
					command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
						"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
					if said, err := command.CombinedOutput(); err != nil {
						t.Skipf("git %v: %s", arguments, said)
					}
				}
				switch version {
				case "sha256":
					git("init", "-q", "--object-format=sha256")
				default:
					git("init", "-q")
				}
				if version == "worktree" {
					git("commit", "-q", "--allow-empty", "-m", "x")
					other := filepath.Join(t.TempDir(), "other")
					git("worktree", "add", "-q", other)
					root = other
				}
				project := filepath.Join(root, below)
				for _, name := range []string{"content/index.md", "content/.cairn-notes", ".cairnish/x", "z/.cairn/y", strings.Repeat("long", 40) + "/name"} {
					put(t, filepath.Join(project, name))
				}
				git("add", ".")
				switch version {
				case "2", "3", "4":
					git("update-index", "--index-version", version)
				case "split":
					git("update-index", "--split-index")
				case "skip-hash":
					git("-c", "index.skipHash=true", "update-index", "--force-write-index")
				}
				if err := Prepare(disk.Real(), project); err != nil {
					t.Fatalf("refused though git does not track it: %v", err)
				}
				git("add", ".")
				if err := Prepare(disk.Real(), project); err != nil {
					t.Fatalf("it does not ignore itself: %v", err)
				}
				git("add", "--force", filepath.Join(project, ".cairn"))
				if version == "3" { // only an entry with further flags makes it version 3
					put(t, filepath.Join(project, "intended"))
					git("add", "--intent-to-add", filepath.Join(project, "intended"))
				}
				err := Prepare(disk.Real(), project)
				if refused(err) != diag.MemoryTracked || !strings.Contains(err.Error(), ".cairn/.gitignore") {
					t.Errorf("got %v", err)
				}
			})
		}
	}
}

func put(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// indexOf writes an index by hand.
func indexOf(version uint32, paths ...string) []byte {
	text := binary.BigEndian.AppendUint32([]byte("DIRC"), version)
	text = binary.BigEndian.AppendUint32(text, uint32(len(paths)))
	last := ""
	for _, path := range paths {
		start := len(text)
		text = append(text, make([]byte, 60)...)
		text = binary.BigEndian.AppendUint16(text, uint16(min(len(path), 0xfff)))
		if version == 4 {
			text = append(text, byte(len(last))) // drops all of the last path
			last = path
		}
		text = append(append(text, path...), 0)
		for version < 4 && (len(text)-start)%8 != 0 {
			text = append(text, 0)
		}
	}
	sum := sha1.Sum(text)
	return append(text, sum[:]...)
}

func TestReadGitIndex(t *testing.T) {
	for _, version := range []uint32{2, 4} {
		for _, test := range []struct {
			paths []string
			want  []string
		}{
			{nil, nil},
			{[]string{"a", "b/c"}, nil},
			{[]string{".cairn/x", ".cairn/y"}, []string{".cairn/x", ".cairn/y"}},
			{[]string{".cairn/x", strings.Repeat("long/", 1000)}, []string{".cairn/x"}},
			{[]string{".cairn"}, []string{".cairn"}}, // a submodule or a link
			{[]string{".cairn-x", ".cairnx/y", "a/.cairn/x"}, nil},
			{[]string{".Cairn/x"}, []string{".Cairn/x"}}, // the same folder where case does not count
		} {
			found, _, err := readGitIndex(indexOf(version, test.paths...), ".cairn")
			if err != nil || !slices.Equal(found, test.want) {
				t.Errorf("version %d, %q: got %q, %v", version, test.paths, found, err)
			}
		}
	}
	index := indexOf(2, "a", ".cairn/x")
	for cut := range len(index) - 20 {
		if _, _, err := readGitIndex(index[:cut], ".cairn"); err == nil {
			t.Errorf("cut at %d it still reads", cut)
		}
	}
}

func FuzzGitIndex(f *testing.F) {
	f.Add(indexOf(2, "a", ".cairn/x"))
	f.Add(indexOf(3, "a", ".cairn/x"))
	f.Add(indexOf(4, "a", ".cairn/x"))
	f.Add(append(indexOf(2), bytes.Repeat([]byte("link"), 20)...))
	f.Fuzz(func(t *testing.T, text []byte) {
		found, shared, err := readGitIndex(text, ".cairn")
		if len(found) > mostFound || strings.ContainsAny(shared, `/\.`) || (err != nil && found != nil) {
			t.Errorf("%q, %q, %v", found, shared, err)
		}
	})
}
