package generator_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cairn/generator"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// A second look: a site that changes single templates, tokens and words, copies nothing
// of the built-in theme, and is whole. Each case holds the project, and behind it the
// files of the published site that are wanted: public/…; of the style only what follows
// the built-in one's. -update rewrites them.
func TestSecondLook(t *testing.T) {
	cases, err := filepath.Glob("testdata/looks/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			must(t, err)
			project := &txtar.Archive{Comment: archive.Comment}
			var wanted []txtar.File
			for _, file := range archive.Files {
				if strings.HasPrefix(file.Name, "public/") {
					wanted = append(wanted, file)
				} else {
					project.Files = append(project.Files, file)
				}
			}
			root := filepath.Join(t.TempDir(), "project")
			writeCase(t, root, project)
			report, faults, err := generator.Build(context.Background(), generator.Options{Root: root, Program: "test"})
			if err != nil || report == nil || len(faults) > 0 {
				t.Fatalf("%v %v", err, faults)
			}
			if *update {
				for i := range wanted {
					wanted[i].Data = []byte(publishedText(t, root, wanted[i].Name))
				}
				archive.Files = slices.Concat(project.Files, wanted)
				must(t, os.WriteFile(name, txtar.Format(archive), 0o644))
				fmt.Println("rewritten:", name)
				return
			}
			for _, file := range wanted {
				if diff := cmp.Diff(string(file.Data), publishedText(t, root, file.Name)); diff != "" {
					t.Errorf("%s differs (- wanted, + got):\n%s", file.Name, diff)
				}
			}
			if len(wanted) == 0 {
				t.Error("nothing is wanted")
			}
		})
	}
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
