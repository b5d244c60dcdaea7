package generator_test

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/generator"
	"cairn/generator/diag"
	"cairn/generator/golden"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestGolden builds each project in testdata. A case is one file: what it is about,
// commands for what such a file cannot hold, the project's files, and what is
// wanted: the diagnostics as the command prints them, the published paths, and the
// article of each page that the case has below public/.
//
//	write PATH "quoted text"   a file with any bytes
//	fill PATH SIZE             a file of so many bytes
//	link PATH TARGET           a symbolic link
//	folder PATH                an empty folder
//	base FILE                  the files of another case, first
func TestGolden(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		t.Parallel()
		root := filepath.Join(t.TempDir(), "project")
		writeCase(t, root, archive)
		diagnostics, published := buildCase(t, root)
		wanted := map[string]string{"diagnostics": diagnostics, "published": published}
		for _, file := range archive.Files {
			if isShown(file.Name) {
				wanted[file.Name] = article(t, filepath.Join(root, file.Name))
			}
		}
		return withParts(archive, wanted)
	})
}

func writeCase(t *testing.T, root string, archive *txtar.Archive) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	write := func(name string, data []byte) {
		file := filepath.Join(root, filepath.FromSlash(name))
		must(os.MkdirAll(filepath.Dir(file), 0o755))
		must(os.WriteFile(file, data, 0o644))
	}
	must(os.MkdirAll(root, 0o755))
	var commands [][]string
	for _, line := range strings.Split(string(archive.Comment), "\n") {
		words := strings.SplitN(line, " ", 3)
		switch words[0] {
		case "base":
			base, err := txtar.ParseFile(filepath.Join("testdata", words[1]))
			must(err)
			writeCase(t, root, base)
		case "write", "fill", "link", "folder":
			commands = append(commands, words)
		}
	}
	for _, file := range archive.Files {
		if file.Name != "diagnostics" && file.Name != "published" && !isShown(file.Name) {
			write(file.Name, file.Data)
		}
	}
	for _, words := range commands {
		switch words[0] {
		case "write":
			text, err := strconv.Unquote(words[2])
			must(err)
			write(words[1], []byte(text))
		case "fill":
			size, err := strconv.Atoi(words[2])
			must(err)
			write(words[1], bytes.Repeat([]byte("word "), size/5+1)[:size])
		case "link":
			file := filepath.Join(root, filepath.FromSlash(words[1]))
			must(os.MkdirAll(filepath.Dir(file), 0o755))
			must(os.Symlink(words[2], file))
		case "folder":
			must(os.MkdirAll(filepath.Join(root, words[1]), 0o755))
		}
	}
}

// buildCase builds a project twice, with Check first: the two must agree.
func buildCase(t *testing.T, root string) (diagnostics, published string) {
	t.Helper()
	o := generator.Options{Root: root, Program: "test"}
	checked, err := generator.Check(context.Background(), o)
	if err != nil {
		t.Fatalf("Check: %v", err)
	}
	report, built, err := generator.Build(context.Background(), o)
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	if diff := cmp.Diff(checked, built); diff != "" {
		t.Errorf("Check and Build differ (- Check, + Build):\n%s", diff)
	}
	if (report != nil) == built.HasErrors() {
		t.Errorf("published: %v, errors: %v", report != nil, built.HasErrors())
	}
	var b strings.Builder
	if err := diag.Print(&b, built, diag.Text, diag.PrintOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.String(), strings.Join(tree(t, filepath.Join(root, "public")), "\n")
}

func isShown(name string) bool { return strings.HasPrefix(name, "public/") }

var hashInName = regexp.MustCompile(`-[0-9a-f]{16}\.`)

// article is the text of a page, or the whole of another file, with the hashes in the
// names of assets left out.
func article(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
	}
	page := hashInName.ReplaceAllString(string(text), "-HASH.")
	if start, end := strings.Index(page, "<article"), strings.LastIndex(page, "</article>"); start >= 0 && end > start {
		page = page[start:end] + "</article>\n"
	}
	return page
}

// tree lists the files of a folder, with the hashes in the names of assets left out.
func tree(t *testing.T, root string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err == nil && !entry.IsDir() {
			rel, _ := filepath.Rel(root, name)
			rel = filepath.ToSlash(rel)
			if strings.HasPrefix(rel, "assets/") {
				ext := filepath.Ext(rel)
				rel = rel[:len(rel)-len(ext)-16] + "HASH" + ext
			}
			paths = append(paths, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(paths)
	if len(paths) > 0 {
		paths = append(paths, "")
	}
	return paths
}

// withParts gives the case with its wanted parts at the end.
func withParts(archive *txtar.Archive, wanted map[string]string) *txtar.Archive {
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { _, is := wanted[f.Name]; return is })
	shown := slices.DeleteFunc(slices.Sorted(maps.Keys(wanted)), func(part string) bool { return !isShown(part) })
	for _, part := range append([]string{"diagnostics", "published"}, shown...) {
		if wanted[part] != "" {
			archive.Files = append(archive.Files, txtar.File{Name: part, Data: []byte(wanted[part])})
		}
	}
	return archive
}
