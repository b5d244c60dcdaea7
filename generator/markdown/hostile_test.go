package markdown

import (
	"strings"
	"testing"
	"time"

	"cairn/generator/diag"
)

// The patterns that cmark's own tests hold its parser to, at their full size, and
// those of our own guard. Each is parsed fast or refused by name. cmark allows 5 s
// for each.
func TestHostile(t *testing.T) {
	repeat := strings.Repeat
	backticks := func() string {
		var out strings.Builder
		for n := 1; n < 5000; n++ {
			out.WriteString("e" + repeat("`", n))
		}
		return out.String()
	}
	deepLists := func() string {
		var out strings.Builder
		for n := range 1000 {
			out.WriteString(repeat("  ", n) + "* a\n")
		}
		return out.String()
	}
	for _, c := range []struct {
		name, text string
	}{
		{"nested strong emphasis", repeat("*a **a ", 65000) + "b" + repeat(" a** a*", 65000)},
		{"emphasis closers without openers", repeat("a_ ", 65000)},
		{"emphasis openers without closers", repeat("_a ", 65000)},
		{"link closers without openers", repeat("a]", 65000)},
		{"link openers without closers", repeat("[a", 65000)},
		{"mismatched openers and closers", repeat("*a_ ", 50000)},
		{"commonmark.js 389", repeat("*a ", 20000) + repeat("_a*_ ", 20000)},
		{"multiples of 3", "a**b" + repeat("c* ", 50000)},
		{"link openers and emphasis closers", repeat("[ a_", 50000)},
		{"[ (](", repeat("[ (](", 80000)},
		{"![[]()", repeat("![[]()", 160000)},
		{"nested brackets", repeat("[", 50000) + "a" + repeat("]", 50000)},
		{"nested quotes", repeat("> ", 50000) + "a"},
		{"deeply nested lists", deepLists()},
		{"NUL in the text", "abc\x00de\x00"},
		{"backticks", backticks()},
		{"unclosed links A", repeat("[a](<b", 30000)},
		{"unclosed links B", repeat("[a](b", 30000)},
		{"unclosed comments", "</" + repeat("<!--", 300000)},
		{"unclosed instructions", repeat("a <?", 100000)},
		{"unclosed declarations", repeat("a <!A ", 100000)},
		{"unclosed cdata", repeat("a <![CDATA[", 100000)},
		{"unclosed tags", repeat("a <a b='", 100000)},
		{"empty lines in deep lists", repeat("- ", 30000) + "x" + repeat("\n", 30000)},
		{"empty lines in deep lists in a quote", "> " + repeat("- ", 30000) + "x\n" + repeat(">\n", 30000)},
		{"emphasis in deep quotes", repeat(">", 100000) + repeat("a*", 100000)},
		{"references", repeat("[a]: u\n", 50000) + repeat("[a] ", 50000)},
		{"references apart", repeat("[a]: u\n\n", 50000) + repeat("[a]\n", 50000)},
		{"bracketed lines", repeat("[a]\n", 100000)},
		{"one long address", "[a]: " + repeat("u", 100000) + "\n\n" + repeat("[a] ", 100000)},
		{"one long title", "[a]: u '" + repeat("u", 100000) + "'\n\n" + repeat("[a] ", 100000)},
		{"table with missing cells", "|" + repeat("a|", 10000) + "\n|" + repeat("-|", 10000) + "\n" + repeat("|a|\n", 10000)},
		{"many tables", repeat("|"+repeat("a|", 100)+"\n|"+repeat("-|", 100)+"\n"+repeat("a\n", 400)+"\n", 100)},
		{"table with wide rows", repeat("a|", 20000) + "\n" + repeat("-|", 20000) + "\n" + repeat("a|", 20000)},
		{"table with escaped bars", "|a|\n|-|\n" + repeat("|`\\|`|\n", 20000)},
		{"table delimiters", repeat("a\n:-\n", 50000)},
		{"bare addresses", repeat("a_", 100000)},
		{"bare addresses in brackets", repeat("(http://a.b", 100000)},
		{"bare www", repeat("_www.a", 100000)},
		{"mail addresses", repeat("*a.b@c", 100000)},
		{"autolinks", repeat("<a:", 100000)},
		{"footnote marks and notes", repeat("[^a]: b\n\n", 20000) + repeat("[^b] ", 20000)},
		{"footnotes, each its own", func() string {
			var out strings.Builder
			for n := range 20000 {
				name := repeat("x", n%7+1) + string(rune('a'+n%26)) + repeat("y", n/200+1)
				out.WriteString("[^" + name + "]\n\n[^" + name + "]: a\n\n")
			}
			return out.String()
		}()},
		{"citations", repeat("[@a", 100000)},
		{"open citations", repeat("[@a; ", 100000)},
		{"directives", repeat("::table{file=\"a.toml\"}\n", 50000)},
		{"definitions", repeat("a\n: b\n", 50000)},
		{"definition after definition", "a\n" + repeat(": b\n", 50000)},
		{"nested definitions", "a\n" + repeat(": ", 50000) + "b"},
		{"headings", repeat("# a\n", 100000)},
		{"headings with braces", repeat("# a {\n", 50000) + "# " + repeat("{", 50000)},
		{"headings with attributes", "# a {" + repeat("a=b ", 50000) + "}"},
		{"list items", repeat("- a\n", 100000)},
		{"list items, alternating", repeat("- a\n+ b\n", 50000)},
		{"entities", repeat("&", 100000) + repeat("&amp", 100000)},
		{"strikethrough", repeat("~a ~~b ", 50000)},
		{"backslashes", repeat(`\`, 200000)},
		{"one long line of code", "```go\n" + repeat("a", 1<<20) + "\n```"},
		{"much code", "```go\n" + repeat("/* a\n", 200000) + "\n```"},
		{"spaces in C", "```c\n" + repeat(repeat(" ", 80)+"\n", 400) + "```\n"},
		{"many blocks of code", repeat("```groovy\n"+repeat("a\n\n\n", 1000)+"```\n", 200)},
		{"quotes in code", "```sh\n" + repeat(`"\`, 200000) + "\n```\n"},
		{"quotes on one line", "```go\n" + repeat(`""'`, 300000) + "\n```\n"},
		{"open texts in code", "```py\n" + repeat("\"\"\"\n'''a\n'\\", 50000) + "\n```\n"},
		{"open comments in code", "```lua\n" + repeat("--[[ --\n", 100000) + "```\n"},
		{"tags in code", "```html\n" + repeat("<a b=\"<!-- ='", 50000) + "\n```\n"},
		{"keys in code", "```yaml\n" + repeat("- ", 100000) + repeat("a: - 'b':\n", 50000) + "```\n"},
		{"texts in JSON", "```json\n" + repeat(`"" `, 100000) + "\n```\n"},
		{"html lines", repeat("<a\n", 100000)},
		{"html blocks", repeat("<div>\n\n", 50000)},
		{"alerts", repeat("> [!NOTE]\n\n", 50000)},
		{"images in images", repeat("![", 60) + "a" + repeat("](b)", 60)},
		{"lines that end in backslashes", repeat("a\\\n", 100000)},
		{"tabs", repeat("\t", 100000) + "a"},
		{"figures", "[@a]\n\n" + repeat("1 ", 100000) + "\n\n" + repeat("a-1", 100000) + "\n\n" + repeat("1.", 100000)},
		{"CJK without spaces", repeat("日本語（テスト）", 50000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := diag.NewFile("page.md", []byte(c.text))
			start := time.Now()
			article, faults := Parse(file, 0, Options{})
			took := time.Since(start)
			verdict := "parsed"
			for _, d := range faults {
				switch d.Code {
				case diag.MarkdownTooDeep, diag.MarkdownTooComplex, diag.MarkdownTooManyCells, diag.MarkdownTooMuchOutput:
					verdict = string(d.Code)
				case diag.MarkdownInternal:
					t.Errorf("failed: %s", d)
				}
			}
			t.Logf("%8d bytes in %6d ms: %s, %d faults", len(c.text), took.Milliseconds(), verdict, len(faults))
			if took > 5*time.Second {
				t.Errorf("took %s", took)
			}
			if out := len(body(article)) + len(article.Text); out > (maxGrowth+6)*len(c.text)+2*slack {
				t.Errorf("%d bytes became %d", len(c.text), out)
			}
		})
	}
}
