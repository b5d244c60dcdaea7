package generator

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// The contents of a page that includes a region of a file list what is shown of it, and
// nothing else.
func TestContentsOfARegion(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"config.toml":       "title = \"T\"\n",
		"content/index.md":  "---\ntitle: T\n---\n\nWords.\n",
		"content/_part.md":  "## Before\n\n<!-- region middle -->\n\n## Within\n\n<!-- endregion -->\n\n## Behind\n",
		"content/a/page.md": "---\ntitle: Page\n---\n\n## First\n\n::include{file=\"../_part.md\" region=\"middle\"}\n\n## Last\n",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		fine(t, os.MkdirAll(filepath.Dir(file), 0o755))
		fine(t, os.WriteFile(file, []byte(text), 0o644))
	}
	if _, faults, err := Build(t.Context(), Options{Root: root}); err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	page, err := os.ReadFile(filepath.Join(root, "public", "a", "page.html"))
	fine(t, err)
	var listed []string
	for _, found := range regexp.MustCompile(`<a href="#([a-z]+)">`).FindAllStringSubmatch(string(page), -1) {
		listed = append(listed, found[1])
	}
	if want := []string{"first", "within", "last"}; !slices.Equal(listed, want) {
		t.Errorf("the contents list %q, want %q", listed, want)
	}
}
