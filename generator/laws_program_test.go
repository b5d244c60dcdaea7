package generator_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Laws 4 and 6 speak of the machine, so they are tried on the real program: built
// once, in a folder that every account may enter.

var programFolder string

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // a quarter less time: most tests here build whole sites, again and again
	code := m.Run()
	if programFolder != "" {
		os.RemoveAll(programFolder)
	}
	os.Exit(code)
}

var builtProgram = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "cairn-program-")
	if err != nil {
		return "", err
	}
	programFolder = folder
	name := filepath.Join(folder, "cairn")
	// Without a stamp, two builds of the same source are the same program.
	said, err := exec.Command("go", "build", "-buildvcs=false", "-o", name, "cairn/cmd/cairn").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building cairn: %w\n%s", err, said)
	}
	return name, errors.Join(os.Chmod(folder, 0o755), os.Chmod(name, 0o755))
})

func program(t *testing.T) string {
	t.Helper()
	name, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// skipShort leaves out what takes long, and what the race detector cannot look into.
func skipShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes long")
	}
}

// openFolder is a temporary folder that every account may enter, unlike t.TempDir.
func openFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "cairn law ")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	must(t, os.Chmod(folder, 0o755))
	if folder, err = filepath.EvalSymlinks(folder); err != nil { // as /tmp is one on macOS
		t.Fatal(err)
	}
	return folder
}

// said is what a program printed, and how it ended.
type said struct {
	out, err string
	code     int
}

func (s said) String() string { return fmt.Sprintf("exit code %d\n%s%s", s.code, s.out, s.err) }

func run(t *testing.T, command *exec.Cmd) said {
	t.Helper()
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return said{out.String(), errs.String(), command.ProcessState.ExitCode()}
}

// referenceSite is the site in this repository: its config and everything it is made of.
func referenceSite(t *testing.T) map[string]file {
	t.Helper()
	files := map[string]file{}
	for _, part := range []string{"config.toml", "content", "assessment", "themes"} {
		err := filepath.WalkDir(filepath.Join("..", part), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(name)
			files[filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))] = file{text: string(text)}
			return err
		})
		must(t, err)
	}
	return files
}

// goldenSite is the project of a golden case, with that of its base.
func goldenSite(t *testing.T, name string) map[string]file {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	must(t, err)
	files := map[string]file{}
	for line := range strings.Lines(string(archive.Comment)) {
		if base, ok := strings.CutPrefix(strings.TrimSpace(line), "base "); ok {
			files = goldenSite(t, strings.TrimSuffix(base, ".txtar"))
		}
	}
	for _, part := range archive.Files {
		if part.Name != "diagnostics" && part.Name != "published" {
			files[part.Name] = file{text: string(part.Data)}
		}
	}
	return files
}
