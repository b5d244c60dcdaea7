package markdown

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"cairn/generator/diag"
)

// A text without the signs of a bare address gives the same article with the grammar that
// knows none.
func TestBareGrammar(t *testing.T) {
	var texts []string
	for _, example := range specExamples(t) {
		texts = append(texts, example.Markdown, "Before  \n"+example.Markdown+"  \nafter\\\n(and *more*) ~here~\n")
	}
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if file.Name == "input.md" {
				texts = append(texts, string(file.Data), strings.ReplaceAll(string(file.Data), "\n", "\r\n"))
			}
		}
	}
	without := strings.NewReplacer("@", "a", "http", "hxxp", "www.", "xxx.")
	for _, text := range texts {
		file := diag.NewFile("page.md", []byte(without.Replace(text)))
		if grammarFor(file.Text) != bareGrammar {
			t.Fatalf("%q has a sign of a bare address", file.Text)
		}
		for _, options := range []Options{{}, {RawHTML: true}, {Templates: true}} {
			whole, wholeFaults := parseWith(grammar, file, 0, options)
			bare, bareFaults := parseWith(bareGrammar, file, 0, options)
			if diff := cmp.Diff(whole, bare, cmpopts.IgnoreUnexported(Article{})); diff != "" {
				t.Errorf("%q:\n%s", file.Text, diff)
			}
			if diff := cmp.Diff(wholeFaults, bareFaults); diff != "" {
				t.Errorf("%q:\n%s", file.Text, diff)
			}
		}
	}
}
