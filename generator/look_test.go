package generator_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cairn/generator"
	"cairn/generator/golden"

	"github.com/rogpeppe/go-internal/txtar"
)

// A second look: a site that changes single templates, tokens and words, copies nothing
// of the built-in theme, and is whole. Each case holds the project, and behind it the
// files of the published site that are wanted: public/…; of the style only what follows
// the built-in one's. -update rewrites them.
func TestSecondLook(t *testing.T) {
	golden.Archives(t, "testdata/looks/*.txtar", func(t *testing.T, given *txtar.Archive) *txtar.Archive {
		project := &txtar.Archive{Comment: given.Comment}
		made := &txtar.Archive{Comment: given.Comment}
		var wanted []string
		for _, file := range given.Files {
			if strings.HasPrefix(file.Name, "public/") {
				wanted = append(wanted, file.Name)
			} else {
				project.Files = append(project.Files, file)
			}
		}
		root := filepath.Join(t.TempDir(), "project")
		writeCase(t, root, project)
		report, faults, err := generator.Build(context.Background(), generator.Options{Root: root, Program: "test"})
		if err != nil || report == nil || len(faults) > 0 || len(wanted) == 0 {
			t.Fatalf("%v %v", err, faults)
		}
		made.Files = project.Files
		for _, name := range wanted {
			made.Files = append(made.Files, txtar.File{Name: name, Data: []byte(publishedText(t, root, name))})
		}
		return made
	})
}

var assetHash = regexp.MustCompile(`-[0-9a-f]{16}\.(js|css)`)

// publishedText is a text of the published site, without what any change of the built-in
// theme changes: hashes in names, the drawings, and the style before its last layer.
func publishedText(t *testing.T, root, name string) string {
	t.Helper()
	if name == "public/assets/style.css" {
		found, err := filepath.Glob(filepath.Join(root, "public/assets/style-*.css"))
		if err != nil || len(found) != 1 {
			t.Fatal("no style", err)
		}
		text, err := os.ReadFile(found[0])
		must(t, err)
		style := string(text)
		return style[strings.LastIndex(style, "@layer tokens"):] + "\n"
	}
	text, err := os.ReadFile(filepath.Join(root, name))
	must(t, err)
	page := assetHash.ReplaceAllString(string(text), "-HASH.$1")
	return regexp.MustCompile(`(?s)<svg class="hidden".*?</svg>\n|<link rel="icon"[^>]*>\n`).ReplaceAllString(page, "")
}
