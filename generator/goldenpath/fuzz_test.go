package goldenpath_test

import (
	"os"
	"path/filepath"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/goldenpath"

	"github.com/rogpeppe/go-internal/txtar"
)

// Whatever a page or a published file says, it is compiled or refused, and what is
// compiled makes only files with names that are let through.
func FuzzPath(f *testing.F) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range cases {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(text).Files {
			if file.Name != "page.md" {
				continue
			}
			f.Add(string(file.Data))
			if path, _ := parse(diag.NewFile("service.md", file.Data)); path != nil {
				if published, err := path.JSON(); err == nil {
					f.Add(string(published))
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := diag.NewFile("x", []byte(text))
		var path *goldenpath.Path
		if len(text) > 0 && text[0] == '{' {
			path, _ = goldenpath.ParsePublished(file)
		} else {
			path, _ = parse(file)
		}
		if path == nil {
			return
		}
		made, _ := path.Make(nil)
		if made == nil {
			return
		}
		for _, file := range made.Files {
			if problem := goldenpath.CheckFileName(file.Name); problem != "" {
				t.Errorf("%q is made: %s", file.Name, problem)
			}
		}
	})
}
