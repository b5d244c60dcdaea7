package generator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/markdown"
)

// What every guide of this site promises, as far as it can be held mechanically: its
// answer in three lines, for whom it is, a length that can be read, and a next step.
func TestGuides(t *testing.T) {
	names, err := filepath.Glob("../content/guides/*.md")
	must(t, err)
	names = append(names, "../content/how-far-to-trust.md", "../content/glossary.md")
	if len(names) < 16 {
		t.Fatalf("%d guides, want at least 14 besides the list, the trust page and the glossary", len(names))
	}
	for _, name := range names {
		if filepath.Base(name) == "index.md" {
			continue
		}
		page := ownPage(t, name)
		article := page.Article
		if article.Words > 1900 {
			t.Errorf("%s: %d words, want at most 1,900", name, article.Words)
		}
		// The answer stands under the title: three lines at 1,280 pixels hold about 170 characters.
		if length := len([]rune(page.FrontMatter.Description.Value)); length == 0 || length > 175 {
			t.Errorf("%s: the answer under the title has %d characters, want at most 175", name, length)
		}
		if length := len([]rune(article.Lead)); length > 300 {
			t.Errorf("%s: the first paragraph has %d characters, want at most 300", name, length)
		}
		lines := strings.Split(article.Text, "\n")
		if len(lines) < 2 || !strings.HasPrefix(lines[1], "For ") {
			t.Errorf("%s: the second paragraph does not say for whom the page is: %q", name, lines[1])
		}
		last := ""
		for _, heading := range article.Headings {
			if heading.Level == 2 {
				last = heading.Text
			}
		}
		if last != "Next step" {
			t.Errorf("%s: the last section is %q, want %q", name, last, "Next step")
		}
		if len(article.Links) == 0 || len(article.Headings) == 0 ||
			article.Links[len(article.Links)-1].Start < article.Headings[len(article.Headings)-1].Start {
			t.Errorf("%s: the next step leads nowhere", name)
		}
	}
}

// Every term of the glossary is used on some other page.
func TestGlossaryIsUsed(t *testing.T) {
	var all strings.Builder
	eachOwnText(t, func(name, text string) {
		if filepath.Base(name) != "glossary.md" {
			all.WriteString(strings.ToLower(text) + "\n")
		}
	})
	for _, heading := range ownPage(t, "../content/glossary.md").Article.Headings {
		if heading.Level != 3 {
			continue
		}
		used := false
		for _, name := range strings.FieldsFunc(strings.ToLower(heading.Text), func(r rune) bool { return strings.ContainsRune("(),", r) }) {
			used = used || strings.Contains(all.String(), strings.TrimSpace(name))
		}
		if !used {
			t.Errorf("no page uses %q", heading.Text)
		}
	}
}

// One spelling: British.
var american = regexp.MustCompile(`(?i)\b(\w+iz(?:e|es|ed|ing|ation|ations)|\w+yz(?:e|es|ed|ing)|(?:col|fav|lab|behavi|neighb|hon)or\w*|centers?|centered|catalogs?|` +
	`judgment|modeling|labeled|traveled|canceled|fulfill|enroll|gray|defense|offense|learned|burned|spelled|toward)\b`)

// What ends like an American word and is none, and the name of a tool.
var british = regexp.MustCompile(`(?i)^(size|sizes|sized|resize|prize|seize|kustomize|kustomization)$`)

func TestOneSpelling(t *testing.T) {
	eachOwnText(t, func(name, text string) {
		for number, line := range strings.Split(text, "\n") {
			for _, word := range american.FindAllString(line, -1) {
				if !british.MatchString(word) {
					t.Errorf("%s:%d: %q is spelt the American way", name, number+1, word)
				}
			}
		}
	})
}

// eachOwnText goes through everything that an author of this site writes.
func eachOwnText(t *testing.T, visit func(name, text string)) {
	t.Helper()
	for _, folder := range []string{"../content", "../assessment"} {
		must(t, filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(name) != ".md" && filepath.Ext(name) != ".toml" {
				return err
			}
			text, err := os.ReadFile(name)
			visit(name, string(text))
			return err
		}))
	}
}

func ownPage(t *testing.T, name string) *content.Page {
	t.Helper()
	text, err := os.ReadFile(name)
	must(t, err)
	page, faults := content.Parse(diag.NewFile(name, text), content.Options{Markdown: markdown.Options{}})
	if page == nil || faults.HasErrors() {
		t.Fatal(faults)
	}
	return page
}
