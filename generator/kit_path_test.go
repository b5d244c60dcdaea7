package generator_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"cairn/generator"

	"github.com/rogpeppe/go-internal/txtar"
)

// The path that the kit's page shows is a whole one: put into a site it has no fault,
// and makes what its example says.
func TestKitPath(t *testing.T) {
	text, err := os.ReadFile("../content/kit/golden-paths.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?ms)^````markdown\n(.*?)^````$").FindSubmatch(text)
	if shown == nil {
		t.Fatal("the page shows no path")
	}
	root := filepath.Join(t.TempDir(), "project")
	base, err := txtar.ParseFile("testdata/plain.txtar")
	if err != nil {
		t.Fatal(err)
	}
	writeCase(t, root, base)
	folder := filepath.Join(root, "content", "paths")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "cache.md"), shown[1], 0o644); err != nil {
		t.Fatal(err)
	}
	options := generator.Options{Root: root}
	faults, err := generator.Check(context.Background(), options)
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	paths, faults, err := generator.Paths(options)
	if err != nil || len(faults) > 0 || len(paths) != 1 || paths[0].Name() != "cache" {
		t.Fatal(err, faults, paths)
	}
	files, refused := paths[0].Make(map[string]string{"size": "large"})
	if len(files) != 2 || len(refused) > 0 || files[1].Text != "page: \"orders is full\"\n" {
		t.Error(files, refused)
	}
}
