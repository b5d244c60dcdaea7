package goldenpath_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/golden"
	"cairn/generator/goldenpath"
	"cairn/generator/memory"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// parse reads a page as a build does.
func parse(file *diag.File) (*goldenpath.Path, diag.List) {
	page, faults := content.Parse(file, content.Options{})
	path, more := goldenpath.Parse(file, "service", content.Value(file).Get("path"), page.Article.Codes)
	faults = append(faults, more...)
	if path != nil && !faults.HasErrors() {
		path.Title = page.Title
		faults = append(faults, path.Verify(file)...)
	}
	return path, faults.Sorted()
}

// Each file of testdata is a case: a sentence on what it shows, the page as page.md,
// perhaps values, a line each; then the files that are made, what is refused, and the
// diagnostics.
func TestGolden(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		var page []byte
		values := map[string]string{}
		kept := &txtar.Archive{Comment: archive.Comment}
		for _, file := range archive.Files {
			switch file.Name {
			case "page.md":
				page = file.Data
			case "values":
				for _, line := range strings.Split(strings.TrimSuffix(string(file.Data), "\n"), "\n") {
					key, value, _ := strings.Cut(line, "=")
					values[key] = value
				}
			default:
				continue
			}
			kept.Files = append(kept.Files, file)
		}
		path, faults := parse(diag.NewFile("service.md", page))
		if path != nil {
			checkRemembered(t, path)
			checkPublished(t, path, values)
			made, wrong := path.Make(values)
			for i := range wrong {
				kept.Files = append(kept.Files, txtar.File{Name: "refused", Data: []byte(fmt.Sprintln(wrong[i].Parameter, wrong[i].Key, wrong[i].Pairs))})
			}
			if made != nil {
				for _, file := range made.Files {
					kept.Files = append(kept.Files, txtar.File{Name: "made/" + file.Name, Data: []byte(file.Text)})
				}
			}
		}
		if len(faults) > 0 {
			var b strings.Builder
			for _, d := range faults {
				fmt.Fprintf(&b, "%s\n\t%s\n\thint: %s\n", d, d.Line, d.Hint)
			}
			kept.Files = append(kept.Files, txtar.File{Name: "diagnostics", Data: []byte(b.String())})
		}
		return kept
	})
}

// checkRemembered holds that a path survives the memory between runs.
func checkRemembered(t *testing.T, path *goldenpath.Path) {
	t.Helper()
	m := memory.Open(disk.Real(), "", memory.Options{})
	memory.Store(m, "path", memory.Key{}, *path)
	back := new(goldenpath.Path)
	if !memory.Recall(m, "path", memory.Key{}, back) {
		t.Fatal("it cannot be remembered")
	}
	want, _ := path.Make(nil)
	got, _ := back.Make(nil)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("a remembered path makes something else:\n%s", diff)
	}
}

// checkPublished holds that a published path makes what the page makes.
func checkPublished(t *testing.T, path *goldenpath.Path, values map[string]string) {
	t.Helper()
	text, err := path.JSON()
	if err != nil {
		t.Fatal(err)
	}
	back, faults := goldenpath.ParsePublished(diag.NewFile("paths/service.json", text))
	if back == nil || len(faults) > 0 {
		t.Fatalf("the published path cannot be read: %v\n%s", faults, text)
	}
	for _, with := range []map[string]string{nil, values} {
		want, wantWrong := path.Make(with)
		got, gotWrong := back.Make(with)
		if diff := cmp.Diff(wantWrong, gotWrong); diff != "" {
			t.Errorf("the published path refuses something else:\n%s", diff)
		}
		if want == nil || got == nil {
			continue
		}
		for i := range want.Files {
			if i >= len(got.Files) || want.Files[i].Name != got.Files[i].Name || want.Files[i].Text != got.Files[i].Text {
				t.Errorf("the published path makes another %s", want.Files[i].Name)
			}
		}
	}
}
