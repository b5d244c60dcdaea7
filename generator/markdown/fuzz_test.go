package markdown

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"cairn/generator/diag"
)

// Whatever the text: no panic, every offset inside it, nothing in the literals
// that the text could have chosen, and twice the same.
func FuzzParse(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if file.Name == "input.md" {
				f.Add(string(file.Data), 0)
			}
		}
	}
	f.Add("---\ntitle: x\n---\n# Größe [a](b)\r\n\r\n| a |\r\n|--:|\r\n| ![x](y) |\r\n", 17)
	f.Add("<script>&#106;avascript:", -1)
	f.Fuzz(func(t *testing.T, text string, start int) {
		if len(text) > 20_000 {
			return
		}
		file := diag.NewFile("page.md", []byte(text))
		templated, _ := Parse(file, start, Options{Templates: true})
		checkArticle(t, file, templated)
		article, faults := Parse(file, start, Options{})
		checkArticle(t, file, article)
		checkInert(t, article)
		for _, d := range faults {
			if d.Code == diag.MarkdownInternal {
				t.Errorf("the parser failed: %s", d)
			}
			if _, known := diag.Explain(d.Code); !known || d.Message == "" || d.Hint == "" {
				t.Errorf("a diagnostic without rule, message or hint: %s", d)
			}
		}
		again, faultsAgain := Parse(diag.NewFile("page.md", []byte(text)), start, Options{})
		if diff := cmp.Diff(article, again, cmpopts.IgnoreUnexported(Article{})); diff != "" {
			t.Errorf("parsed twice, not the same:\n%s", diff)
		}
		if diff := cmp.Diff(faults, faultsAgain); diff != "" {
			t.Errorf("parsed twice, other faults:\n%s", diff)
		}
		whole, faultsWhole := parseWith(grammar, file, max(0, min(start, len(text))), Options{})
		if diff := cmp.Diff(article, whole, cmpopts.IgnoreUnexported(Article{})); diff != "" {
			t.Errorf("without bare addresses, not the same as with them:\n%s", diff)
		}
		if diff := cmp.Diff(faults, faultsWhole); diff != "" {
			t.Errorf("without bare addresses, other faults:\n%s", diff)
		}
	})
}

// allowedAttributes is every attribute that a literal may hold, by element.
var allowedAttributes = map[string]string{
	"h1": "id", "h2": "id", "h3": "id", "h4": "id", "h5": "id", "h6": "id",
	"p": "class", "em": "", "strong": "", "del": "class", "ins": "class", "mark": "class", "code": "class", "br": "", "hr": "", "sup": "", "label": "", "blockquote": "",
	"pre": "tabindex", "figure": "class", "figcaption": "", "span": "class data-n", "details": "open class", "summary": "",
	"ul": "class", "ol": "class start type", "li": "id", "dl": "", "dt": "", "dd": "",
	"table": "", "thead": "", "tbody": "", "tr": "", "th": "scope class", "td": "class",
	"div": "class role tabindex aria-label data-group", "section": "class role aria-label",
	"a": "class id href role aria-label", "input": "type disabled checked",
}

// ours is every value of a class that a literal may have, but the language of code.
var ours = map[string]bool{
	"code": true, "k": true, "s": true, "c": true, "n": true, "hl": true, "scroll": true, "num": true, "tasks": true, "steps": true, "tick": true,
	"fold": true, "tabs": true, "tab flow": true, "tab-title": true, "flow": true, "footnotes": true, "cite": true,
	"alert note": true, "alert tip": true, "alert important": true, "alert warning": true, "alert caution": true,
}

func isLanguage(class string) bool {
	return strings.HasPrefix(class, "language-") && len(strings.Fields(class)) == 1
}

// checkInert parses the literals as a browser would and holds them to a list.
func checkInert(t *testing.T, a *Article) {
	t.Helper()
	var literals strings.Builder
	for _, part := range a.Parts {
		literals.WriteString(part.HTML)
	}
	tokens := html.NewTokenizer(strings.NewReader(literals.String()))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("a comment or doctype in %q", literals.String())
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			allowed, known := allowedAttributes[token.Data]
			if !known {
				t.Errorf("element <%s> in %q", token.Data, literals.String())
			}
			for _, attribute := range token.Attr {
				if !strings.Contains(" "+allowed+" ", " "+attribute.Key+" ") {
					t.Errorf("attribute %s of <%s> in %q", attribute.Key, token.Data, literals.String())
				}
				if attribute.Key == "class" && !ours[attribute.Val] && !(token.Data == "code" && isLanguage(attribute.Val)) {
					t.Errorf("class=%q of <%s>", attribute.Val, token.Data)
				}
				if attribute.Key == "href" && !strings.HasPrefix(attribute.Val, "#fn") {
					t.Errorf("href=%q", attribute.Val)
				}
			}
		}
	}
}

// A file saved with CRLF gives the same page as one saved with LF.
func TestLineEnds(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(archive.Files[0].Data)
		for _, options := range []Options{{}, {RawHTML: true}} {
			lf, faults := Parse(diag.NewFile("page.md", []byte(text)), 0, options)
			crlf, faultsCRLF := Parse(diag.NewFile("page.md", []byte(strings.ReplaceAll(text, "\n", "\r\n"))), 0, options)
			if diff := cmp.Diff(body(lf), body(crlf)); diff != "" {
				t.Errorf("%s: -LF +CRLF\n%s", path, diff)
			}
			if diff := cmp.Diff(lf.Text, crlf.Text); diff != "" {
				t.Errorf("%s: -LF +CRLF\n%s", path, diff)
			}
			if diff := cmp.Diff(dumpFaults(faults), dumpFaults(faultsCRLF)); diff != "" {
				t.Errorf("%s: -LF +CRLF\n%s", path, diff)
			}
		}
	}
}

// Offsets are those of the file, also when the text begins behind front matter.
func TestStart(t *testing.T) {
	front := "---\ntitle: Größe\n---\n"
	text := "# A\n\n[a](b.md) ![c](d.png) [@e]\n\n::table{file=\"f.toml\"}\n"
	whole := diag.NewFile("page.md", []byte(front+text))
	a, faults := Parse(whole, len(front), Options{})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for want, at := range map[string][2]int{
		"A":                      {a.Headings[0].Start, a.Headings[0].End},
		"b.md":                   {a.Links[0].Start, a.Links[0].End},
		"d.png":                  {a.Images[0].Start, a.Images[0].End},
		"@e":                     {a.Cites[0].Start, a.Cites[0].End},
		`::table{file="f.toml"}`: {a.Blocks[0].Start, a.Blocks[0].End},
	} {
		if got := string(whole.Text[at[0]:at[1]]); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Whatever the code and the language, the text stays as it is.
func FuzzHighlight(f *testing.F) {
	f.Add("a: \"b\" # c\n- 'd': |\n", "yaml")
	f.Add("x = \"\"\"\n'\\''\n\"\"\"\n# c", "python")
	f.Add("<a b=\"c\"><!-- d", "html")
	f.Add("[a]\nb = 'c' # d\n[[e]] # f", "toml")
	f.Add("--[[ a\n]] -- b \"c", "lua")
	f.Fuzz(func(t *testing.T, code, name string) {
		for _, name := range []string{name, "go", "sh", "yaml", "toml", "json", "html", "diff", "make", "python", "sql"} {
			var back []string
			for _, line := range highlight(code, name) {
				var whole strings.Builder
				for _, token := range line {
					whole.WriteString(token.text)
				}
				back = append(back, whole.String())
			}
			if got := strings.Join(back, "\n"); got != code {
				t.Fatalf("%s: got %q, want %q", name, got, code)
			}
		}
	})
}
