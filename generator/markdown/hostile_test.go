package markdown

import (
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/hostile"
)

// hostiles are the patterns that cmark's own tests hold its parser to, at their full
// size, and those of our own guard, all of it repeated so many quarters of that.
func hostiles(quarters int) map[string]string {
	repeat := func(text string, n int) string { return hostile.Repeat(text, n, quarters) }
	backticks := func() string {
		var out strings.Builder
		for n := 1; n < 5000*quarters/4; n++ {
			out.WriteString("e" + strings.Repeat("`", n))
		}
		return out.String()
	}
	deepLists := func() string {
		var out strings.Builder
		for n := range 250 * quarters {
			out.WriteString(strings.Repeat("  ", n) + "* a\n")
		}
		return out.String()
	}
	return map[string]string{
		"nested strong emphasis":               repeat("*a **a ", 65000) + "b" + repeat(" a** a*", 65000),
		"emphasis closers without openers":     repeat("a_ ", 65000),
		"emphasis openers without closers":     repeat("_a ", 65000),
		"link closers without openers":         repeat("a]", 65000),
		"link openers without closers":         repeat("[a", 65000),
		"mismatched openers and closers":       repeat("*a_ ", 50000),
		"commonmark.js 389":                    repeat("*a ", 20000) + repeat("_a*_ ", 20000),
		"multiples of 3":                       "a**b" + repeat("c* ", 50000),
		"link openers and emphasis closers":    repeat("[ a_", 50000),
		"[ (](":                                repeat("[ (](", 80000),
		"![[]()":                               repeat("![[]()", 160000),
		"nested brackets":                      repeat("[", 50000) + "a" + repeat("]", 50000),
		"nested quotes":                        repeat("> ", 50000) + "a",
		"deeply nested lists":                  deepLists(),
		"NUL in the text":                      "abc\x00de\x00",
		"backticks":                            backticks(),
		"unclosed links A":                     repeat("[a](<b", 30000),
		"unclosed links B":                     repeat("[a](b", 30000),
		"unclosed comments":                    "</" + repeat("<!--", 300000),
		"unclosed instructions":                repeat("a <?", 100000),
		"unclosed declarations":                repeat("a <!A ", 100000),
		"unclosed cdata":                       repeat("a <![CDATA[", 100000),
		"unclosed tags":                        repeat("a <a b='", 100000),
		"empty lines in deep lists":            repeat("- ", 30000) + "x" + repeat("\n", 30000),
		"empty lines in deep lists in a quote": "> " + repeat("- ", 30000) + "x\n" + repeat(">\n", 30000),
		"emphasis in deep quotes":              repeat(">", 100000) + repeat("a*", 100000),
		"references":                           repeat("[a]: u\n", 50000) + repeat("[a] ", 50000),
		"references apart":                     repeat("[a]: u\n\n", 50000) + repeat("[a]\n", 50000),
		"bracketed lines":                      repeat("[a]\n", 100000),
		"one long address":                     "[a]: " + repeat("u", 100000) + "\n\n" + repeat("[a] ", 100000),
		"one long title":                       "[a]: u '" + repeat("u", 100000) + "'\n\n" + repeat("[a] ", 100000),
		"table with missing cells":             "|" + repeat("a|", 10000) + "\n|" + repeat("-|", 10000) + "\n" + repeat("|a|\n", 10000),
		"many tables":                          repeat("|"+repeat("a|", 100)+"\n|"+repeat("-|", 100)+"\n"+repeat("a\n", 400)+"\n", 100),
		"table with wide rows":                 repeat("a|", 20000) + "\n" + repeat("-|", 20000) + "\n" + repeat("a|", 20000),
		"table with escaped bars":              "|a|\n|-|\n" + repeat("|`\\|`|\n", 20000),
		"table delimiters":                     repeat("a\n:-\n", 50000),
		"bare addresses":                       repeat("a_", 100000),
		"bare addresses in brackets":           repeat("(http://a.b", 100000),
		"bare www":                             repeat("_www.a", 100000),
		"mail addresses":                       repeat("*a.b@c", 100000),
		"autolinks":                            repeat("<a:", 100000),
		"footnote marks and notes":             repeat("[^a]: b\n\n", 20000) + repeat("[^b] ", 20000),
		"footnotes, each its own": func() string {
			var out strings.Builder
			for n := range 5000 * quarters {
				name := strings.Repeat("x", n%7+1) + string(rune('a'+n%26)) + strings.Repeat("y", n/200+1)
				out.WriteString("[^" + name + "]\n\n[^" + name + "]: a\n\n")
			}
			return out.String()
		}(),
		"citations":                         repeat("[@a", 100000),
		"open citations":                    repeat("[@a; ", 100000),
		"directives":                        repeat("::table{file=\"a.toml\"}\n", 50000),
		"definitions":                       repeat("a\n: b\n", 50000),
		"definition after definition":       "a\n" + repeat(": b\n", 50000),
		"nested definitions":                "a\n" + repeat(": ", 50000) + "b",
		"headings":                          repeat("# a\n", 100000),
		"headings with braces":              repeat("# a {\n", 50000) + "# " + repeat("{", 50000),
		"headings with attributes":          "# a {" + repeat("a=b ", 50000) + "}",
		"list items":                        repeat("- a\n", 100000),
		"list items, alternating":           repeat("- a\n+ b\n", 50000),
		"entities":                          repeat("&", 100000) + repeat("&amp", 100000),
		"strikethrough":                     repeat("~a ~~b ", 50000),
		"backslashes":                       repeat(`\`, 200000),
		"one long line of code":             "```go\n" + repeat("a", 1<<20) + "\n```",
		"much code":                         "```go\n" + repeat("/* a\n", 200000) + "\n```",
		"spaces in C":                       "```c\n" + repeat(repeat(" ", 80)+"\n", 400) + "```\n",
		"many blocks of code":               repeat("```groovy\n"+repeat("a\n\n\n", 1000)+"```\n", 200),
		"quotes in code":                    "```sh\n" + repeat(`"\`, 200000) + "\n```\n",
		"quotes on one line":                "```go\n" + repeat(`""'`, 300000) + "\n```\n",
		"open texts in code":                "```py\n" + repeat("\"\"\"\n'''a\n'\\", 50000) + "\n```\n",
		"open comments in code":             "```lua\n" + repeat("--[[ --\n", 100000) + "```\n",
		"tags in code":                      "```html\n" + repeat("<a b=\"<!-- ='", 50000) + "\n```\n",
		"keys in code":                      "```yaml\n" + repeat("- ", 100000) + repeat("a: - 'b':\n", 50000) + "```\n",
		"texts in JSON":                     "```json\n" + repeat(`"" `, 100000) + "\n```\n",
		"html lines":                        repeat("<a\n", 100000),
		"html blocks":                       repeat("<div>\n\n", 50000),
		"alerts":                            repeat("> [!NOTE]\n\n", 50000),
		"images in images":                  repeat("![", 60) + "a" + repeat("](b)", 60),
		"lines that end in backslashes":     repeat("a\\\n", 100000),
		"tabs":                              repeat("\t", 100000) + "a",
		"figures":                           "[@a]\n\n" + repeat("1 ", 100000) + "\n\n" + repeat("a-1", 100000) + "\n\n" + repeat("1.", 100000),
		"colons":                            repeat(":", 1000000),
		"lines of colons":                   repeat(":::\n", 100000),
		"nested details":                    repeat(":::details{title=\"a\"}\n", 50000),
		"details in lists":                  repeat("- :::details{title=\"a\"}\n", 50000),
		"details in deep quotes":            repeat("> ", 60) + ":::details{title=\"a\"}\n" + repeat(repeat("> ", 60)+"a\n", 5000),
		"details, opened and closed":        repeat(":::details{title=\"a\"}\n:::\n", 50000),
		"closing lines in a deep block":     repeat(":::details{title=\"a\"}\n", 60) + "- a\n" + repeat(":::x\n", 50000),
		"tabs in tabs":                      repeat(":::tabs\n:::tab{title=\"a\"}\n", 25000),
		"tabs with many titles":             ":::tabs\n" + repeat(":::tab{title=\"a\"}\n:::\n", 50000) + ":::\n",
		"an enclosure with many attributes": ":::details{" + repeat("a=\"b\" ", 50000) + "}",
		"code with numbers and marks":       "```go {numbers=\"1\" mark=\"1-100\" added=\"101-200\"}\n" + repeat("\n", 100000) + "```\n",
		"ranges of lines":                   "```go {mark=\"" + repeat("1-2,", 50000) + "1\"}\na\n```\n",
		"regions":                           repeat("<!-- region a -->\n\n", 50000),
		"CJK without spaces":                repeat("日本語（テスト）", 50000),
	}
}

// Nothing becomes more than 50 times as large; notes of what was written add a little.
func TestHostile(t *testing.T) {
	hostile.Hold(t, hostiles, func(t testing.TB, text string) hostile.Reading {
		article, faults := Parse(diag.NewFile("page.md", []byte(text)), 0, Options{})
		reading := hostile.Reading{Out: len(body(article)) + len(article.Text), Most: (maxGrowth+6)*len(text) + 2*slack}
		for _, d := range faults {
			switch d.Code {
			case diag.MarkdownTooDeep, diag.MarkdownTooComplex, diag.MarkdownTooManyCells, diag.MarkdownTooMuchOutput:
				reading.Refused = string(d.Code)
			case diag.MarkdownInternal:
				t.Errorf("failed: %s", d)
			}
		}
		return reading
	})
}
