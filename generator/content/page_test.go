package content

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/golden"
	"cairn/generator/markdown"
	"cairn/generator/memory"
	"cairn/generator/record"
)

// Each file of testdata is one case: a sentence on what it shows, the page as
// input.md, then what was read of it, and the diagnostics. The front matter key
// "layout" is accepted.
func TestGolden(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		file := diag.NewFile("guides/golden-paths.md", archive.Files[0].Data)
		page, faults := Parse(file, Options{Accept: []string{"layout"}})
		checkPage(t, file, page)
		archive.Files = []txtar.File{archive.Files[0], {Name: "page", Data: []byte(dump(file, page))}}
		if len(faults) > 0 {
			archive.Files = append(archive.Files, txtar.File{Name: "diagnostics", Data: []byte(dumpFaults(faults))})
		}
		return archive
	})
}

// dump shows a page: each key that is set, then the title, the contents, the body.
func dump(file *diag.File, p *Page) string {
	var out strings.Builder
	front := reflect.ValueOf(p.FrontMatter)
	for _, field := range reflect.VisibleFields(front.Type()) {
		name := field.Tag.Get("key")
		switch value := front.FieldByIndex(field.Index).Interface().(type) {
		case record.String:
			dumpOf(&out, name, value.Value, value.Set)
		case record.Date:
			dumpOf(&out, name, string(value.Value), value.Set)
		case record.Integer:
			dumpOf(&out, name, value.Value, value.Set)
		case record.Boolean:
			dumpOf(&out, name, value.Value, value.Set)
		case record.Strings:
			if value.Set {
				fmt.Fprintf(&out, "%s:", name)
				for _, item := range value.Value {
					fmt.Fprintf(&out, " %q", item.Value)
				}
				out.WriteByte('\n')
			}
		case []FAQ:
			for _, faq := range value {
				fmt.Fprintf(&out, "faq: %q\n     %q\n", faq.Question.Value, faq.Answer.Value)
			}
		case []Foreign:
			for _, foreign := range value {
				fmt.Fprintf(&out, "foreign: %s: %s\n", foreign.Key, foreign.Raw)
			}
		}
	}
	fmt.Fprintf(&out, "=> title %q id %q, body at line %d\n", p.Title, p.TitleID, file.Position(p.Start).Line)
	for _, entry := range p.Contents {
		fmt.Fprintf(&out, "contents: %q #%s at %q\n", entry.Title, entry.ID, file.Text[entry.Start:entry.End])
		for _, child := range entry.Children {
			fmt.Fprintf(&out, "    %q #%s\n", child.Title, child.ID)
		}
	}
	for _, heading := range p.Article.Headings {
		fmt.Fprintf(&out, "heading: %d #%s %q\n", heading.Level, heading.ID, heading.Text)
	}
	fmt.Fprintf(&out, "text: %q (%d words)\n", p.Article.Text, p.Article.Words)
	for _, part := range p.Article.Parts {
		if part.Hole == markdown.Literal {
			out.WriteString(part.HTML)
		} else {
			fmt.Fprintf(&out, "⟦%d %d⟧", part.Hole, part.Index)
		}
	}
	if !strings.HasSuffix(out.String(), "\n") {
		out.WriteByte('\n')
	}
	return out.String()
}

func dumpOf(out *strings.Builder, name string, value any, set bool) {
	if set {
		fmt.Fprintf(out, "%s: %#v\n", name, value)
	}
}

func dumpFaults(faults diag.List) string {
	var out strings.Builder
	for _, d := range faults {
		fmt.Fprintf(&out, "%s\n\thint: %s\n", d, d.Hint)
	}
	return out.String()
}

// checkPage holds what is true of every page.
func checkPage(t *testing.T, file *diag.File, p *Page) {
	t.Helper()
	if p.Title == "" || p.Article == nil {
		t.Errorf("a page without title or article: %+v", p)
	}
	if p.Start < 0 || p.Start > len(file.Text) {
		t.Errorf("the body begins at %d of %d", p.Start, len(file.Text))
	}
	m := memory.Open(disk.Real(), "", memory.Options{})
	memory.Store(m, "page", memory.Key{}, *p)
	var back Page
	if !memory.Recall(m, "page", memory.Key{}, &back) {
		t.Fatal("it cannot be remembered")
	}
	back.Share()
	if diff := cmp.Diff(p, &back, cmpopts.IgnoreUnexported(markdown.Article{})); diff != "" {
		t.Errorf("a page that was remembered is another one:\n%s", diff)
	}
}

// The ways in which a library of front matter goes wrong without a word.
func TestFences(t *testing.T) {
	long := strings.Repeat("# comment\n", 7000)
	for _, c := range []struct {
		name, text  string
		title, body string // body is the plain text
		codes       string
	}{
		{"YAML", "---\ntitle: A\n---\nText", "A", "Text", ""},
		{"TOML", "+++\ntitle = \"A\"\n+++\nText", "A", "Text", ""},
		{"JSON", "{\n\"title\": \"A\"\n}\n\nText", "A", "Text", ""},
		{"JSON to the end of the file", "{\n\"title\": \"A\"\n}", "A", "", ""},
		{"YAML by name", "---yaml\ntitle: A\n---\nText", "A", "Text", ""},
		{"TOML by name", "---toml\ntitle = \"A\"\n---\nText", "A", "Text", ""},
		{"JSON by name", "---json\n{\"title\": \"A\"}\n---\nText", "A", "Text", ""},
		{"none", "# A\n\nText", "A", "Text", ""},
		{"byte-order mark", "\ufeff---\ntitle: A\n---\nText", "A", "Text", ""},
		{"byte-order mark alone", "\ufeff# A\n\nText", "A", "Text", ""},
		{"CRLF", "---\r\ntitle: A\r\n---\r\nText\r\n", "A", "Text", ""},
		{"CRLF and a byte-order mark", "\ufeff+++\r\ntitle = \"A\"\r\n+++\r\nText\r\n", "A", "Text", ""},
		{"lone carriage returns", "---\rtitle: A\r---\rText", "Page", "", "front-matter/line-ends"},
		{"fence with spaces behind", "---  \ntitle: A\n---\t\nText", "A", "Text", ""},
		{"empty lines before", "\n \n---\ntitle: A\n---\nText", "A", "Text", ""},
		{"fence at the end of the file", "---\ntitle: A\n---", "A", "", ""},
		{"empty", "---\n---\n# A\n\nText", "A", "Text", ""},
		{"empty TOML", "+++\n+++\n# A\n\nText", "A", "Text", ""},
		{"comments alone", "---\n# nothing\n---\n# A\n\nText", "A", "Text", ""},
		{"empty file", "", "Page", "", "front-matter/no-title"},
		{"unclosed YAML", "---\ntitle: A\n\nText", "Page", "", "front-matter/unclosed"},
		{"unclosed TOML", "+++\ntitle = \"A\"\n", "Page", "", "front-matter/unclosed"},
		{"unclosed JSON", "{\n\"title\": \"A\"\n}\nText", "Page", "", "front-matter/unclosed"},
		{"a fence alone", "---", "Page", "", "front-matter/unclosed"},
		{"closed by another sign", "+++\ntitle = \"A\"\n---\nText", "Page", "", "front-matter/unclosed"},
		{"JSON on one line", "{\"title\": \"A\"}\n\nText", "Page", "", "front-matter/unknown-fence"},
		{"JavaScript", "---js\nprocess.exit()\n---\nText", "Page", "", "front-matter/unknown-fence"},
		{"semicolons", ";;;\n{}\n;;;\nText", "Page", "", "front-matter/unknown-fence"},
		{"indented opening", " ---\ntitle: A\n---\nText", "A", "Text", "front-matter/indented-fence"},
		{"indented code", "# A\n\n    ---\n    title: B\n    ---\n", "A", "---\ntitle: B\n---", ""},
		{"indented closing", "---\ntitle: A\ndescription: |\n  one\n  ---\n  two\n---\nText", "A", "", "front-matter/indented-fence"},
		{"lines across the page", "---\n\nText here\n\n---\n\nMore", "Page", "Text here\nMore", "front-matter/not-keys"},
		{"TOML between lines of YAML", "---\ntitle = \"A\"\n---\nText", "Page", "Text", "front-matter/not-keys"},
		{"indented keys", "---\n  title: A\n  order: 1\n---\nText", "Page", "Text", "front-matter/not-keys"},
		{"a non-breaking space", "---\ntitle:\u00a0A\n---\nText", "Page", "Text", "front-matter/not-keys"},
		{"no space", "---\ntitle:A\n---\nText", "Page", "Text", "front-matter/not-keys"},
		{"an address between lines", "---\nhttps://a.org/\n---\nText", "Page", "https://a.org/\nText", "front-matter/not-keys"},
		{"a line across alone", "---\n\nText here", "Page", "", "front-matter/unclosed"},
		{"four dashes", "----\n\n# A\n", "A", "A", "front-matter/no-title markdown/second-title"},
		{"TOML fence inside a text", "+++\ntitle = \"\"\"\n+++\nText\"\"\"\n+++\n", "Page", "Text\"\"\" +++", "record/syntax"},
		{"second fence", "---\ntitle: A\n---\n---\nb: c\n---\n", "A", "b: c", ""},
		{"too large", "---\ntitle: A\n" + long + "---\nText", "Page", "Text", "front-matter/too-large"},
		{"unclosed and huge", "---\n" + strings.Repeat("a: b\n", 200_000), "Page", "", "front-matter/unclosed"},
		{"duplicate key", "---\ntitle: A\ntitle: B\n---\nText", "", "Text", "record/duplicate-key"},
		{"unknown key", "---\ntitle: A\ntitel: B\n---\nText", "A", "Text", "record/unknown-key"},
		{"not a date", "---\ntitle: A\nreviewed: soon\n---\nText", "A", "Text", "record/not-a-date"},
		{"an empty title", "---\ntitle: \"\"\n---\nText", "Page", "Text", "front-matter/no-title"},
		{"no title", "---\nowner: Team\n---\nText", "Page", "Text", "front-matter/no-title"},
		{"syntax", "---\ntitle: [A\n---\nText", "Page", "Text", "record/syntax"},
		{"a list", "---\n- title: A\n---\nText", "Page", "title: A\nText", "front-matter/not-keys"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := diag.NewFile("page.md", []byte(c.text))
			page, faults := Parse(file, Options{})
			checkPage(t, file, page)
			var codes []string
			for _, d := range faults {
				if len(codes) == 0 || codes[len(codes)-1] != string(d.Code) {
					codes = append(codes, string(d.Code))
				}
			}
			if got := strings.Join(codes, " "); got != c.codes {
				t.Errorf("got faults %q, want %q: %v", got, c.codes, faults)
			}
			if c.title != "" && page.Title != c.title {
				t.Errorf("got title %q, want %q", page.Title, c.title)
			}
			if page.Article.Text != c.body {
				t.Errorf("got body %q, want %q", page.Article.Text, c.body)
			}
		})
	}
}

// A page over the whole range of what can stand between fences.
func FuzzParse(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		if archive, err := txtar.ParseFile(path); err == nil {
			f.Add(string(archive.Files[0].Data))
		}
	}
	f.Add("\ufeff+++\r\ntitle = 'x'\r\n+++\r\n")
	f.Add("{\n\"title\": \"A\"\n}\n\nText")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			return
		}
		file := diag.NewFile("page.md", []byte(text))
		page, faults := Parse(file, Options{Accept: []string{"layout"}})
		checkPage(t, file, page)
		for _, d := range faults {
			if _, known := diag.Explain(d.Code); !known || d.Message == "" {
				t.Errorf("a diagnostic without rule or message: %s", d)
			}
		}
		again, _ := Parse(diag.NewFile("page.md", []byte(text)), Options{Accept: []string{"layout"}})
		if diff := cmp.Diff(page, again, cmpopts.IgnoreUnexported(markdown.Article{})); diff != "" {
			t.Errorf("parsed twice, not the same:\n%s", diff)
		}
	})
}
