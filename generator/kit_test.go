package generator_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/generator"
	"cairn/generator/golden"
	"cairn/generator/record"
	"cairn/generator/site"

	"github.com/rogpeppe/go-internal/txtar"
)

// The pages of content/kit teach authors the formats, so what they show must work:
// every block of code whose title is a file of a project is put into a small site,
// which then has no fault. Lines that a block shows as removed are not in the file.
func TestKitExamples(t *testing.T) {
	pages, err := filepath.Glob("../content/kit/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	block := regexp.MustCompile("(?ms)^```(?:toml|markdown) \\{title=\"([^\"]+)\"([^}\n]*)\\}\n(.*?)^```$")
	removed := regexp.MustCompile(`removed="(\d+)"`)
	shown := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range block.FindAllStringSubmatch(string(text), -1) {
			shown++
			t.Run(found[1], func(t *testing.T) {
				root := kitProject(t)
				write := func(name, text string) {
					file := filepath.Join(root, name)
					if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				lines := strings.SplitAfter(found[3], "\n")
				if line := removed.FindStringSubmatch(found[2]); line != nil {
					n, err := strconv.Atoi(line[1])
					must(t, err)
					lines = slices.Delete(lines, n-1, n)
				}
				write("content/sources.toml", kitSources)
				write(found[1], strings.Join(lines, ""))
				faults, err := generator.Check(context.Background(), generator.Options{Root: root})
				if err != nil || len(faults) > 0 {
					t.Errorf("%v\n%v", err, faults)
				}
			})
		}
	}
	if shown < 6 {
		t.Errorf("only %d examples were found", shown)
	}
}

// The examples beside the keys of an assessment make one file, as the page says. With the
// guide and the source that they name it has no fault, and nothing is left to prove. The
// answers that the page shows have the result that it shows.
func TestKitAssessment(t *testing.T) {
	root := kitProject(t)
	for name, text := range map[string]string{
		"assessment/maturity.toml":   kitAssessment(),
		"content/guides/delivery.md": "---\ntitle: Delivery\n---\n\nHow a change travels.\n",
		"content/sources.toml":       kitSources,
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		must(t, os.WriteFile(file, []byte(text), 0o644))
	}
	options := generator.Options{Root: root}
	faults, err := generator.Check(t.Context(), options)
	if err != nil || len(faults) > 0 {
		t.Errorf("%v\n%v", err, faults)
	}
	instrument, _, faults, err := generator.OpenAssessment(options, "maturity")
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	assessed, faults := instrument.Assess("answers.json", kitAnswers(t))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var printed strings.Builder
	must(t, assessed.Text(&printed))
	page, err := os.ReadFile("../content/kit/assessments.md")
	must(t, err)
	shown := regexp.MustCompile("(?ms)^```text \\{title=\"Terminal\"\\}\n(.*?)^```$").FindStringSubmatch(string(page))
	if shown == nil || len(shown[1]) < 200 || !strings.HasPrefix(printed.String(), shown[1]) {
		t.Errorf("the page does not show how the result begins:\n%s", &printed)
	}
}

// kitProject is a small site without faults, for what the kit's pages show.
func kitProject(t *testing.T) string {
	root := filepath.Join(t.TempDir(), "project")
	base, err := txtar.ParseFile("testdata/plain.txtar")
	must(t, err)
	writeCase(t, root, base)
	return root
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

[[source]]
id = "staffing-study"
title = "The staffing study"
date = "not stated"
evidence = "survey"
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

// The glossary that the page of guides shows has no fault, and its term is linked to.
func TestKitGlossary(t *testing.T) {
	page, err := os.ReadFile("../content/kit/guides.md")
	must(t, err)
	_, section, _ := strings.Cut(string(page), "## One glossary")
	shown := regexp.MustCompile("(?ms)^```markdown\n(.*?)^```$").FindStringSubmatch(section)
	if shown == nil {
		t.Fatal("the page shows no glossary")
	}
	root := kitProject(t)
	for name, text := range map[string]string{
		"config.toml":              "title = \"T\"\nglossary = \"content/glossary.md\"\n",
		"content/glossary.md":      "---\ntitle: Glossary\n---\n\n" + shown[1],
		"content/guides/budget.md": "---\ntitle: Budgets\n---\n\nAn SLO is missed now and then.\n",
	} {
		must(t, os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(text), 0o644))
	}
	if _, faults, err := generator.Build(t.Context(), generator.Options{Root: root}); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	if got := article(t, filepath.Join(root, "public", "guides", "budget.html")); !strings.Contains(got, `glossary.html#service-level-objective-slo`) {
		t.Errorf("the term is not linked to:\n%s", got)
	}
}
