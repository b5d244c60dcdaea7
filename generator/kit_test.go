package generator_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"cairn/generator"
	"cairn/generator/golden"
	"cairn/generator/record"
	"cairn/generator/site"

	"github.com/rogpeppe/go-internal/txtar"
)

// The pages of content/kit teach authors the formats, so what they show must work:
// every block of code whose title is a file of a project is put into a small site,
// which then has no fault.
func TestKitExamples(t *testing.T) {
	pages, err := filepath.Glob("../content/kit/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	block := regexp.MustCompile("(?ms)^```toml \\{title=\"([^\"]+)\"\\}\n(.*?)^```$")
	shown := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range block.FindAllStringSubmatch(string(text), -1) {
			shown++
			t.Run(found[1], func(t *testing.T) {
				root := filepath.Join(t.TempDir(), "project")
				base, err := txtar.ParseFile("testdata/plain.txtar")
				if err != nil {
					t.Fatal(err)
				}
				writeCase(t, root, base)
				write := func(name, text string) {
					file := filepath.Join(root, name)
					if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				write(found[1], found[2])
				write("content/sources.toml", kitSources)
				faults, err := generator.Check(context.Background(), generator.Options{Root: root})
				if err != nil || len(faults) > 0 {
					t.Errorf("%v\n%v", err, faults)
				}
			})
		}
	}
	if shown < 2 {
		t.Errorf("only %d examples were found", shown)
	}
}

const kitSources = `
[[source]]
id = "acme"
title = "What we saw"
date = "not stated"
evidence = "anecdote"

[[source]]
id = "payroll"
title = "The payroll"
date = "not stated"
evidence = "survey"

[[source]]
id = "plan"
title = "The plan"
date = "not stated"
evidence = "opinion"
`

// The JSON Schemas beside the pages are made from the same tags as the pages. -update
// writes them anew.
func TestKitSchemas(t *testing.T) {
	for _, format := range []string{"config", "table", "sources", "assessment"} {
		schema, err := record.Schema(site.Formats[format], "cairn: "+format)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(schema) {
			t.Errorf("the schema of %s is no JSON", format)
		}
		file := "../content/kit/" + format + ".schema.json"
		golden.Compare(t, file, schema)
	}
}
