package publish

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"cairn/generator/disk"
	"cairn/generator/output"
)

// A site in a test is its files, by path. The first line of a file may be anything;
// its kind follows from its name.
type site map[string]string

func (s site) outputs() []output.Output {
	var outputs []output.Output
	for _, name := range sortedKeys(s) {
		kind := output.Data
		switch {
		case strings.HasPrefix(name, "assets/"):
			kind = output.Asset
		case strings.HasSuffix(name, ".html"):
			kind = output.Page
		}
		text := []byte(s[name])
		outputs = append(outputs, output.Output{Path: name, Kind: kind, Make: func() ([]byte, error) { return text, nil }})
	}
	return outputs
}

// twoSites returns two versions of a site of about 30 files, between which files
// stay, change, come and go, a file becomes a folder and a folder a file.
func twoSites() (first, second site) {
	first, second = site{}, site{}
	for i := range 8 {
		name := fmt.Sprintf("guides/guide-%d.html", i)
		first[name] = "guide " + fmt.Sprint(i)
		second[name] = first[name]
		if i%2 == 0 {
			second[name] += ", revised"
		}
		asset := fmt.Sprintf("assets/picture-%d.svg", i)
		first[asset] = strings.Repeat("<svg/>", i)
		second[asset] = first[asset]
	}
	for _, both := range []string{"index.html", "404.html", "robots.txt", ".nojekyll", "_headers", "tables/salaries.csv", "assets/a/b/c/deep.css"} {
		first[both], second[both] = "old "+both, "new "+both
	}
	second[".nojekyll"], second["robots.txt"] = first[".nojekyll"], first["robots.txt"]
	first["stale.html"] = "stale"
	first["gone/one.html"], first["gone/deep/two.html"], first["gone/deep/three.css"] = "1", "2", "3"
	second["fresh/one.html"], second["fresh/deep/two.html"] = "1", "2"
	second["assets/new.js"] = "new"
	first["turns"], second["turns/into/a/folder.html"] = "a file", "was a file"
	first["folds/into/a/file.html"], second["folds"] = "was a folder", "a file"
	first["empty.txt"], second["empty.txt"] = "", "full"
	return first, second
}

// folder makes a place for a test, in memory where there is such a place: thousands
// of rounds would wear a disk.
func folder(t testing.TB) string {
	if runtime.GOOS == "linux" {
		if made, err := os.MkdirTemp("/dev/shm", "cairn-publish-"); err == nil {
			t.Cleanup(func() { os.RemoveAll(made) })
			return made
		}
	}
	return t.TempDir()
}

func at(folder string) Options {
	known := newStamps()
	return Options{
		Output: filepath.Join(folder, "public"), Shown: "public",
		Lock: filepath.Join(folder, "lock"), Workers: 1,
		Seen: known.seen, See: known.see,
	}
}

func mustPublish(t testing.TB, ops disk.Ops, options Options, s site) Report {
	t.Helper()
	report, err := Site(context.Background(), ops, options, s.outputs())
	if err != nil {
		t.Fatalf("publishing: %v", err)
	}
	if len(report.Left) > 0 {
		t.Errorf("left behind: %v", report.Left)
	}
	return report
}

// onDisk reads a folder: files as path and text, with a mark on any that has other
// rights than it should or is not a file.
func onDisk(t testing.TB, root string) site {
	t.Helper()
	found := site{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, _ := filepath.Rel(root, name)
		relative = filepath.ToSlash(relative)
		info, err := entry.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o644)
		switch {
		case entry.IsDir():
			want = 0o755
		case !entry.Type().IsRegular():
			found[relative] = "NOT A FILE"
			return nil
		default:
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			found[relative] = string(text)
		}
		if info.Mode().Perm() != want && runtime.GOOS != "windows" {
			found[relative] = fmt.Sprintf("MODE %v", info.Mode())
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return found
}

// published returns what a folder holds after a site was published to it.
func (s site) published() site {
	whole := maps.Clone(s)
	whole[manifestName] = string(manifestText(s.lines()))
	return whole
}

func (s site) lines() (lines []line) {
	for name, text := range s {
		lines = append(lines, lineOf(name, []byte(text)))
	}
	return lines
}

// difference names the files in which two trees differ; "" if in none.
func difference(got, want site) string {
	var lines []string
	for _, name := range sortedKeys(want) {
		if text, there := got[name]; !there {
			lines = append(lines, "missing "+name)
		} else if text != want[name] {
			lines = append(lines, fmt.Sprintf("%s: got %q, want %q", name, text, want[name]))
		}
	}
	for _, name := range sortedKeys(got) {
		if _, there := want[name]; !there {
			lines = append(lines, "should not be there: "+name)
		}
	}
	return strings.Join(lines, "\n")
}

// checkWhole checks that a tree is exactly one site and that nothing lies beside it.
func checkWhole(t testing.TB, options Options, want site) {
	t.Helper()
	if wrong := difference(onDisk(t, options.Output), want.published()); wrong != "" {
		t.Errorf("the live tree is not the new site:\n%s", wrong)
	}
	checkBeside(t, options)
}

func checkBeside(t testing.TB, options Options) {
	t.Helper()
	names, err := os.ReadDir(filepath.Dir(options.Output))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !slices.Contains([]string{"public", "lock"}, name.Name()) {
			t.Errorf("left beside the output: %s", name.Name())
		}
	}
}
