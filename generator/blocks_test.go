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
	"cairn/generator/markdown"
)

// The page of this site that shows every block is their test: it is built with the site,
// and held to its article and its twin in testdata/blocks. Its examples are what they say.
func TestEveryBlock(t *testing.T) {
	root := t.TempDir()
	for _, folder := range []string{"content", "assessment"} {
		must(t, os.CopyFS(filepath.Join(root, folder), os.DirFS(filepath.Join("..", folder))))
	}
	settings, err := os.ReadFile("../config.toml")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(root, "config.toml"), settings, 0o644))
	if _, faults, err := generator.Build(context.Background(), generator.Options{Root: root, NoMemory: true}); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	around := regexp.MustCompile(`(?s)<nav class="(pager|toc)[^>]*>.*?</nav>|<section class="related.*?</section>|\s+$`)
	for name, want := range map[string]string{"blocks.html": "testdata/blocks/article.html", "blocks.md": "testdata/blocks/twin.md"} {
		got := around.ReplaceAllString(article(t, filepath.Join(root, "public", "kit", name)), "") + "\n"
		golden.Compare(t, want, []byte(got))
	}
}

// Each example of the page stands there twice: in a fence, and as what that holds.
func TestBlocksAreAsWritten(t *testing.T) {
	page, err := os.ReadFile("../content/kit/blocks.md")
	must(t, err)
	fence := regexp.MustCompile("(?sm)^````markdown\n(.*?)^````\n|^```markdown\n(.*?)^```\n")
	text := string(page)
	examples := 0
	for {
		found := fence.FindStringSubmatchIndex(text)
		if found == nil {
			break
		}
		examples++
		example := text[max(found[2], found[4]):max(found[3], found[5])]
		text = text[found[1]:]
		if !strings.HasPrefix(text, "\n"+example) {
			t.Errorf("behind its fence this stands otherwise:\n%s", example)
		}
		text = strings.TrimPrefix(text, "\n"+example)
	}
	if examples < 15 {
		t.Errorf("only %d examples were found", examples)
	}
}

// Every directive, every enclosure and every attribute is shown, those that are about this
// program itself on other pages.
func TestBlocksAreAll(t *testing.T) {
	page, err := os.ReadFile("../content/kit/blocks.md")
	must(t, err)
	elsewhere := map[string]string{"codes": "faults.md", "proofs": "proofs.md", "privacy": "../privacy.md", "keys": "guides.md"}
	for _, construct := range markdown.Constructs() {
		text := string(page)
		if file := elsewhere[strings.TrimLeft(construct.Name, ":")]; file != "" {
			other, err := os.ReadFile(filepath.Join("../content/kit", file))
			must(t, err)
			text = string(other)
		}
		for _, attribute := range construct.Attributes {
			shown := regexp.MustCompile(`(?m)^ *` + regexp.QuoteMeta(construct.Name) + `[^\n]*[{ ]` + attribute + `="`)
			if !shown.MatchString(text) {
				t.Errorf("no example of %s has the attribute %s", construct.Name, attribute)
			}
		}
		if !regexp.MustCompile(`(?m)^ *` + regexp.QuoteMeta(construct.Name) + `(\b|$)`).MatchString(text) {
			t.Errorf("no example shows %s", construct.Name)
		}
	}
	for _, kind := range []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"} {
		if !strings.Contains(string(page), "\n> [!"+kind+"]\n") {
			t.Errorf("no example shows the alert %s", kind)
		}
	}
}
