package markdown

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark/util"

	"cairn/generator/diag"
)

// A specExample is one of the 652 examples of CommonMark 0.31.2, as goldmark's own tests
// carry them. The file is read from the module that go.sum pins, so the text of the
// specification, which has another licence (CC BY-SA 4.0), is no part of this project.
type specExample struct {
	Markdown, HTML, Section string
	Example                 int
}

func specExamples(t *testing.T) []specExample {
	t.Helper()
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []specExample
	if err := json.Unmarshal(text, &examples); err != nil {
		t.Fatal(err)
	}
	return examples
}

// Where cairn differs from CommonMark on purpose, and why. Whatever else differs is a
// fault, and so is a line here that is true no longer.
var specDifferences = []struct {
	why      string
	examples []int
}{
	{"a link without an address is a fault, and its text alone is shown", []int{200, 485, 486, 487, 567}},
	{"an address of a kind that is not published is a fault, and its text alone is shown", []int{596, 598, 599, 601}},
	{"an address in the text is a link, as GitHub makes it", []int{608, 611, 612}},
	{"a title is one line", []int{196}},
}

// TestCommonMark holds the parser to all examples of the specification, with HTML let
// through as they demand. Two things are everywhere another: a block of code is a
// figure that can be reached by keyboard, with its voices; and a heading has an id.
func TestCommonMark(t *testing.T) {
	explained := map[int]string{}
	for _, difference := range specDifferences {
		for _, example := range difference.examples {
			explained[example] = difference.why
		}
	}
	examples := specExamples(t)
	if len(examples) != 652 {
		t.Fatalf("the specification has %d examples, and not 652", len(examples))
	}
	for _, example := range examples {
		article, faults := Parse(diag.NewFile("page.md", []byte(example.Markdown)), 0, Options{RawHTML: true})
		got, want := inSpecForm(t, article), strings.ReplaceAll(example.HTML, " />", ">")
		why := explained[example.Example]
		switch {
		case got != want && why == "":
			t.Errorf("example %d, %s: %q\nwant %q\ngot  %q", example.Example, example.Section, example.Markdown, want, got)
		case got == want && why != "":
			t.Errorf("example %d is as CommonMark wants it: %s?", example.Example, why)
		}
		checkRefused(t, example, article, faults)
	}
}

// checkRefused holds what is shown if HTML is not let through, as is the rule: where the
// page differs, a fault says so, or nothing but comments was left out.
func checkRefused(t *testing.T, example specExample, allowed *Article, before diag.List) {
	t.Helper()
	article, faults := Parse(diag.NewFile("page.md", []byte(example.Markdown)), 0, Options{})
	refused := false
	for _, fault := range faults {
		refused = refused || fault.Code == diag.MarkdownRawHTML
	}
	if body(article) == body(allowed) {
		if refused {
			t.Errorf("example %d: HTML is refused, and nothing differs: %q", example.Example, example.Markdown)
		}
		return
	}
	if !refused && !strings.Contains(example.Markdown, "<!--") && !strings.Contains(example.Markdown, "</") {
		t.Errorf("example %d: without HTML the page differs, and no fault says why: %q", example.Example, example.Markdown)
	}
	if len(faults) < len(before) {
		t.Errorf("example %d: without HTML there are fewer faults: %v", example.Example, faults)
	}
}

// inSpecForm writes an article as the specification writes HTML.
func inSpecForm(t *testing.T, a *Article) string {
	t.Helper()
	text := headingID.ReplaceAllString(filled(t, a), "$1")
	return strings.ReplaceAll(blockOfCode.ReplaceAllStringFunc(text, func(block string) string {
		parts := blockOfCode.FindStringSubmatch(block)
		code := voice.ReplaceAllString(parts[2], "")
		if code != "" {
			code += "\n"
		}
		return "<pre>" + parts[1] + code + "</code></pre>"
	}), " />", ">")
}

var (
	blockOfCode = regexp.MustCompile(`(?s)<figure class="code">\n<pre tabindex="0">(<code[^>]*>)(.*?)</code></pre>\n</figure>`)
	voice       = regexp.MustCompile(`<span class="[ksc]">|</span>`)
	headingID   = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)
)

func filled(t *testing.T, a *Article) string {
	t.Helper()
	address := func(destination string) string { return escape(string(util.URLEscape([]byte(destination), false))) }
	title := func(text string) string {
		if text == "" {
			return ""
		}
		return ` title="` + escape(text) + `"`
	}
	var out strings.Builder
	for _, part := range a.Parts {
		switch part.Hole {
		case Literal:
			out.WriteString(part.HTML)
		case LinkOpen:
			link := a.Links[part.Index]
			out.WriteString(`<a href="` + address(link.Destination) + `"` + title(link.Title) + ">")
		case LinkClose:
			out.WriteString("</a>")
		case ImageHole:
			image := a.Images[part.Index]
			out.WriteString(`<img src="` + address(image.Source) + `" alt="` + escape(image.Alt) + `"` + title(image.Title) + ">")
		default:
			t.Errorf("an example of the specification has a hole of the kind %d", part.Hole)
		}
	}
	return out.String()
}
