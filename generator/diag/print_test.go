package diag

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"cairn/generator/golden"
)

// exampleFaults has one of each kind that a printer must get right.
func exampleFaults() List {
	guide := NewFile("content/guides/stages.md", []byte(strings.Join([]string{
		"See the [table](stagse.md) first.",
		"\tBehind a tab: [x](y.md).",
		"日本語 e\u0301 [x](y.md).",
		strings.Repeat("long ", 60) + "[x](y.md)" + strings.Repeat(" line", 20),
		"An escape \x1b[31m and a turn \u202e [x](y.md).",
		"",
	}, "\n")))
	at := func(text string, nth int) (int, int) {
		from := 0
		for range nth {
			from += strings.Index(string(guide.Text[from:]), text) + len(text)
		}
		return from - len(text), from
	}
	var list List
	start, end := at("stagse.md", 1)
	list.Add(guide.At(start, end, LinkMissingPage, "no page stagse.md is there", "did you mean stages.md?"))
	for i := range 4 {
		start, end = at("y.md", i+1)
		list.Add(guide.At(start, end, LinkMissingPage, "no page y.md is there", ""))
	}
	list.Add(guide.At(len(guide.Text), len(guide.Text), LinkForeignAlias, "at the end of the file: 100 %", "several\nlines"))
	list.Add(At("config.toml", SiteNoConfig, "there is no config.toml here", "cairn new NAME makes a whole one"))
	list.Add(At("content/a, b:100%.md", SiteCollision, "two pages want the address a.html", "").
		Also("content/A.md", Position{}, "the other page").Also("content/c.md", Position{3, 1}, "and its slug"))
	return list
}

func TestPrint(t *testing.T) {
	for _, test := range []struct {
		golden  string
		format  Format
		options PrintOptions
	}{
		{"faults.txt", Text, PrintOptions{Prefix: "../site"}},
		{"faults-colour.txt", Text, PrintOptions{Colour: true}},
		{"faults-narrow.txt", Text, PrintOptions{Width: 60}},
		{"faults.json", JSON, PrintOptions{Prefix: "../site"}},
		{"faults.sarif", SARIF, PrintOptions{}},
		{"faults.github", GitHub, PrintOptions{Prefix: "site"}},
	} {
		var got bytes.Buffer
		if err := Print(&got, exampleFaults(), test.format, test.options); err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "testdata/print/"+test.golden, got.Bytes())
	}
}

// On a terminal no line is wider than it, unless a single word is.
func TestPrintKeepsToTheWidth(t *testing.T) {
	list := exampleFaults()
	wide := NewFile("content/wide.md", []byte(strings.Repeat("日本語", 80)+"[x](y.md)"+strings.Repeat("語 ", 40)))
	at := strings.Index(string(wide.Text), "y.md")
	list.Add(wide.At(at, at+4, LinkMissingPage, strings.Repeat("a long message ", 20), strings.Repeat("a long hint ", 20)+"\nand a second line"))
	for width := fewestColumns; width <= 140; width++ {
		var got bytes.Buffer
		if err := Print(&got, list, Text, PrintOptions{Width: width}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(got.String(), "\n") {
			unbreakable := width < 60 && strings.Contains(line, ".md:") || strings.Contains(line, "\t")
			if cellsOf(line) > width && !unbreakable {
				t.Fatalf("width %d: %d columns:\n%s", width, cellsOf(line), line)
			}
		}
		if !strings.Contains(got.String(), "[x](y.md)") || !strings.Contains(strings.Join(strings.Fields(got.String()), " "), "a long hint a long hint") {
			t.Fatalf("width %d: something is lost:\n%s", width, got.String())
		}
	}
}

func TestPrintOfNothing(t *testing.T) {
	for format, want := range map[Format]string{
		Text: "", GitHub: "",
		JSON: "{\n  \"errors\": 0,\n  \"warnings\": 0,\n  \"faults\": []\n}\n",
	} {
		var got bytes.Buffer
		if err := Print(&got, nil, format, PrintOptions{}); err != nil || got.String() != want {
			t.Errorf("%s: got %q, %v; want %q", format, got.String(), err, want)
		}
	}
	if err := Print(&bytes.Buffer{}, nil, "yaml", PrintOptions{}); err == nil {
		t.Error("an unknown format is printed")
	}
}

// Whatever a file holds, printing it neither fails nor moves the cursor, and data
// formats stay data.
func FuzzPrint(f *testing.F) {
	f.Add("a [link](x.md) here", 9, 13, "message", "hint")
	f.Add("\t\x1b[2J\u202e\u2028日本", 1, 4, "a\nb", "c::d%")
	f.Fuzz(func(t *testing.T, text string, start, end int, message, hint string) {
		list := List{NewFile("content/x.md", []byte(text)).At(start, end, LinkMissingPage, message, hint)}
		for _, format := range Formats() {
			var out bytes.Buffer
			if err := Print(&out, list, format, PrintOptions{}); err != nil {
				t.Fatal(format, err)
			}
			switch format {
			case Text:
				if strings.ContainsAny(out.String(), "\x1b\r\x00\u202e") {
					t.Fatalf("a control character is printed: %q", out.String())
				}
			case JSON, SARIF:
				if !json.Valid(out.Bytes()) {
					t.Fatalf("no JSON: %q", out.String())
				}
			case GitHub:
				if strings.Count(out.String(), "\n") != 1 {
					t.Fatalf("more than one line: %q", out.String())
				}
			}
		}
	})
}

func TestSummary(t *testing.T) {
	fault, gap := At("x", LinkMissingPage, "", ""), At("x", LinkForeignAlias, "", "")
	for want, list := range map[string]List{
		"no faults":           nil,
		"1 error":             {fault},
		"2 warnings":          {gap, gap},
		"2 errors, 1 warning": {fault, gap, fault},
	} {
		if got := list.Summary(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
