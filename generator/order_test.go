package generator

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/site"

	"github.com/google/go-cmp/cmp"
)

// Outputs are made in any order, on any number of processors, and those that are known
// are not made at all. So what each says must not depend on which was made before it:
// not even the fault of a template that many pages share.
func TestFaultsKnowNoOrder(t *testing.T) {
	for name, template := range map[string]string{
		"a part of the side fails":    `{{define "side-entry"}}{{.Nope}}{{end}}`,
		"a part of the page fails":    `{{define "crumbs"}}{{.Nope}}{{end}}`,
		"it fails on some pages":      `{{define "crumbs"}}{{if .Draft}}{{.Nope}}{{end}}{{end}}`,
		"what it calls is not there":  `{{define "side-entry"}}{{template "gone"}}{{end}}`,
		"it ends in an attribute":     `{{define "side-entry"}}<a href="{{end}}`,
		"a branch ends in another":    `{{define "crumbs"}}<a {{if .Draft}}href="{{end}}>{{end}}`,
		"two templates have a fault":  `{{define "crumbs"}}<a href="{{end}}{{define "side"}}{{template "gone"}}{{end}}`,
		"the side is a part of pages": `{{define "side-entry"}}<b{{end}}{{define "side"}}{{template "side-entry" .}}{{end}}`,
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for file, text := range map[string]string{
				"config.toml":                      "title = \"T\"\ntheme = \"own\"\n",
				"content/index.md":                 "---\ntitle: Home\n---\n",
				"content/guides/index.md":          "---\ntitle: Guides\n---\n",
				"content/guides/a.md":              "---\ntitle: A\n---\n",
				"content/guides/b.md":              "---\ntitle: B\ndraft: true\n---\n",
				"content/guides/c.md":              "---\ntitle: C\n---\n",
				"themes/own/templates/parts.html":  template,
				"themes/own/client/main.ts":        "",
				"themes/own/style.css":             "",
				"themes/own/client/assessment.ts":  "",
				"themes/own/client/keep.ts":        "",
				"themes/own/client/table.ts":       "",
				"themes/own/client/path.ts":        "",
				"themes/own/client/search.ts":      "",
				"themes/own/templates/moved.html":  "{{.Title}}",
				"themes/own/templates/search.html": "{{template \"top\" .}}{{template \"bottom\" .}}",
			} {
				file = filepath.Join(root, filepath.FromSlash(file))
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			forward, backward := faultsByOutput(t, root, false), faultsByOutput(t, root, true)
			if len(forward) == 0 {
				t.Fatal("there is no fault")
			}
			if diff := cmp.Diff(forward, backward); diff != "" {
				t.Errorf("made from the last to the first, the outputs say something else:\n%s", diff)
			}
		})
	}
}

// faultsByOutput makes all outputs one by one. The faults of the theme stand under "".
func faultsByOutput(t *testing.T, root string, backward bool) map[string]diag.List {
	b, err := newBuilder(Options{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	m, faults := b.read().make(site.Options{Drafts: true})
	found := map[string]diag.List{}
	if len(faults) > 0 {
		found[""] = faults.Sorted()
	}
	if backward {
		slices.Reverse(m.outputs)
	}
	for _, out := range m.outputs {
		if _, err := out.Make(); err != nil {
			list, ok := diag.Of(err)
			if !ok {
				t.Fatal(err)
			}
			found[out.Path] = list
		}
	}
	return found
}
