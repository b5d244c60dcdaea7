package generator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"cairn/generator"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const readersBase = "https://example.org/decisions/"

// TestOtherReaders holds, on this repository's own site, what programs read: each
// twin shows what its page shows, all is well-formed, and every link leads somewhere.
func TestOtherReaders(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"content", "assessment"} {
		must(t, os.CopyFS(filepath.Join(root, name), os.DirFS(filepath.Join("..", name))))
	}
	config, err := os.ReadFile("../config.toml")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(root, "config.toml"), []byte("base-url = \""+readersBase+"\"\n"+string(config)), 0o644))
	// An address that a page had before, a question with its answer, and two tags.
	index := filepath.Join(root, "content", "guides", "golden-paths.md")
	guide, err := os.ReadFile(index)
	must(t, err)
	must(t, os.WriteFile(index, []byte(strings.Replace(string(guide), "---\n", "---\ntags: [Platforms, On the way]\naliases: [/old/paths/, \"/Older.html\"]\nfaqs: [{question: \"Is 3 < 4 & so on?\", answer: \"It is “so”.\"}]\n", 1)), 0o644))
	report, list, err := generator.Build(context.Background(), generator.Options{Root: root})
	must(t, err)
	if report == nil {
		t.Fatalf("not built: %v", list)
	}
	site := os.DirFS(filepath.Join(root, "public"))
	read := func(name string) []byte {
		text, err := fs.ReadFile(site, name)
		must(t, err)
		return text
	}
	// leads tells whether an address of the file "from" is a file of the site.
	leads := func(from, address string) bool {
		address, _, _ = strings.Cut(address, "#")
		if address == "" {
			return true
		}
		inside, own := strings.CutPrefix(address, readersBase)
		if !own {
			if strings.Contains(address, "://") {
				return true
			}
			inside = path.Join(path.Dir(from), address)
		}
		if inside == "" || strings.HasSuffix(inside, "/") {
			inside += "index.html"
		}
		info, err := fs.Stat(site, inside)
		return err == nil && !info.IsDir()
	}

	pages, twins, kinds := 0, 0, map[string]int{}
	linked := regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	must(t, fs.WalkDir(site, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || entry.IsDir():
			return err
		case strings.HasSuffix(name, ".json"):
			if !json.Valid(read(name)) {
				t.Errorf("%s is no JSON", name)
			}
		case strings.HasSuffix(name, ".xml"):
			decoder := xml.NewDecoder(bytes.NewReader(read(name)))
			addresses := 0
			for {
				token, err := decoder.Token()
				if token == nil {
					if err.Error() != "EOF" {
						t.Errorf("%s: %v", name, err)
					}
					break
				}
				if text, ok := token.(xml.CharData); ok && strings.HasPrefix(string(text), "https://") {
					addresses++
					if !leads(name, string(text)) {
						t.Errorf("%s: %s leads nowhere", name, text)
					}
				}
			}
			if addresses == 0 {
				t.Errorf("%s has no address", name)
			}
		case strings.HasSuffix(name, ".md"), name == "llms.txt":
			twins++
			for _, found := range linked.FindAllStringSubmatch(rendered(t, read(name)), -1) {
				address := html.UnescapeString(found[1])
				if page, _, _ := strings.Cut(address, "#"); strings.HasSuffix(page, ".html") && !strings.Contains(page, "://") {
					t.Errorf("%s leads to %s, not to its twin", name, address)
				}
				if !leads(name, address) {
					t.Errorf("%s: %s leads nowhere", name, found[1])
				}
			}
		case strings.HasSuffix(name, ".html") && name != "404.html" && name != "search.html":
			page := read(name)
			for _, block := range blocksOf(page, "application/ld+json") {
				address := readersBase + strings.TrimSuffix(name, "index.html")
				kind, faults := dataFaults(block, address, func(address string) bool { return leads(name, address) })
				for _, fault := range faults {
					t.Errorf("%s: %s", name, fault)
				}
				kinds[kind]++
			}
			if bytes.Contains(page, []byte(`http-equiv="refresh"`)) {
				if !bytes.Contains(page, []byte("golden-paths.html")) {
					t.Errorf("%s leads elsewhere", name)
				}
				return nil
			}
			pages++
			for _, tag := range []string{`property="og:title"`, `rel="canonical" href="` + readersBase, `rel="alternate" type="text/markdown"`, `rel="alternate" type="application/atom+xml"`} {
				if !bytes.Contains(page, []byte(tag)) {
					t.Errorf("%s has no %s", name, tag)
				}
			}
			twin := strings.TrimSuffix(name, ".html") + ".md"
			if want, got := words(shown(page)), words(shown([]byte("<main>"+rendered(t, read(twin))))); want != got {
				at := 0
				for at < min(len(want), len(got)) && want[at] == got[at] {
					at++
				}
				t.Errorf("%s differs from its page:\n…%s\n…%s", twin, want[max(0, at-40):min(len(want), at+60)], got[max(0, at-40):min(len(got), at+60)])
			}
		}
		return nil
	}))
	if pages < 30 || twins != pages+1 {
		t.Errorf("%d pages, %d twins and llms.txt", pages, twins)
	}
	if kinds["Article"] < 20 || kinds["BreadcrumbList"] < 30 || kinds["FAQPage"] != 1 {
		t.Errorf("structured data: %v", kinds)
	}
	for _, fault := range append(feedFaults(read("feed.xml"), func(address string) bool { return leads("feed.xml", address) }), sitemapFaults(read("sitemap.xml"))...) {
		t.Error(fault)
	}
	for _, old := range []string{"old/paths/index.html", "Older.html"} {
		if _, err := fs.Stat(site, old); err != nil {
			t.Error(err)
		}
	}
	if got, want := string(read("_redirects")), "/decisions/old/paths/ /decisions/guides/golden-paths.html 301\n"; !strings.Contains(got, want) {
		t.Errorf("_redirects is %s, without %s", got, want)
	}
}

// rendered is a Markdown text as HTML, by goldmark as it comes.
func rendered(t *testing.T, text []byte) string {
	t.Helper()
	var b bytes.Buffer
	must(t, goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(text, &b))
	return b.String()
}

// blocksOf returns the texts of the data blocks of a type.
func blocksOf(page []byte, kind string) []string {
	tree, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil
	}
	var blocks []string
	for node := range tree.Descendants() {
		if node.DataAtom == atom.Script && node.FirstChild != nil {
			for _, attribute := range node.Attr {
				if attribute.Key == "type" && attribute.Val == kind {
					blocks = append(blocks, node.FirstChild.Data)
				}
			}
		}
	}
	return blocks
}

// shown returns the text of <main>, without what a twin leaves out.
func shown(page []byte) string {
	tree, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return ""
	}
	var b strings.Builder
	inCode := false // where elements part signs and not words
	var walk func(node *html.Node, inside bool)
	walk = func(node *html.Node, inside bool) {
		if node.DataAtom == atom.Pre {
			inCode = true
			defer func() { inCode = false; b.WriteString(" ") }()
		}
		if node.Type == html.TextNode && inside {
			b.WriteString(node.Data)
			if !inCode {
				b.WriteString(" ")
			}
		}
		switch node.DataAtom {
		case atom.Ol: // the letters of footnotes, which a browser draws
			if slices.Contains(node.Attr, html.Attribute{Key: "type", Val: "a"}) && inside {
				letter := 'a'
				for item := range node.ChildNodes() {
					if item.DataAtom == atom.Li {
						item.InsertBefore(&html.Node{Type: html.TextNode, Data: string(letter) + " "}, item.FirstChild)
						letter++
					}
				}
			}
		case atom.Svg: // a chart's description says what it shows
			for child := range node.Descendants() {
				if child.DataAtom == atom.Desc && child.FirstChild != nil && inside {
					b.WriteString(" " + child.FirstChild.Data + " ")
				}
			}
			return
		case atom.Nav, atom.Script, atom.Style, atom.Button, atom.Template, atom.Noscript, atom.Progress, atom.Select, atom.Textarea:
			return
		}
		for _, attribute := range node.Attr {
			if attribute.Key == "hidden" || attribute.Key == "aria-hidden" && attribute.Val == "true" {
				return
			}
		}
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			walk(child, inside || node.DataAtom == atom.Main)
		}
	}
	walk(tree, false)
	return b.String()
}

// words keeps letters and digits.
func words(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
