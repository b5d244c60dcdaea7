package record

import (
	"fmt"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/hostile"
)

// hostileTOML are texts whose nesting, keys or strings are dear to read.
func hostileTOML(quarters int) map[string]string {
	repeat := func(text string, n int) string { return hostile.Repeat(text, n, quarters) }
	each := func(form string, n int) string { return hostile.Each(form, n, quarters) }
	return map[string]string{
		"open arrays":                     "a = " + repeat("[", 100000),
		"nested arrays":                   "a = " + repeat("[", 50000) + repeat("]", 50000),
		"nested tables":                   "a = " + repeat("{a = ", 50000) + "1" + repeat("}", 50000),
		"an array of arrays":              "a = [" + repeat("[],", 100000) + "]",
		"an array of tables in one line":  "a = [" + repeat("{a = 1}, ", 50000) + "]",
		"an array of numbers":             "a = [" + repeat("1,", 200000) + "]",
		"a key of many parts":             repeat("a.", 100000) + "a = 1",
		"a header of many parts":          "[" + repeat("a.", 100000) + "a]",
		"many keys":                       each("key-%d = 1\n", 30000),
		"many keys in one line":           "a = {" + each("key-%d = 1, ", 30000) + "z = 1}",
		"many dotted keys":                each("a.b.key-%d = 1\n", 20000),
		"many headers":                    each("[a-%d]\nb = 1\n", 20000),
		"many headers below one":          each("[a.b.c.d-%d]\n", 20000),
		"many arrays of tables":           each("[[a-%d]]\n", 20000),
		"one array of many tables":        repeat("[[a]]\nb = 1\n", 30000),
		"tables in tables of arrays":      repeat("[[a]]\n[[a.b]]\n[[a.b.c]]\n", 10000),
		"the same key":                    repeat("a = 1\n", 50000),
		"the same header":                 repeat("[a]\n", 50000),
		"keys that differ at their end":   each(strings.Repeat("k", 200)+"%d = 1\n", 5000),
		"quoted keys":                     each("\"%d\\u0041\" = 1\n", 20000),
		"one long string":                 `a = "` + repeat("a", 1<<20) + `"`,
		"one long string of escapes":      `a = "` + repeat(`\u00e4`, 150000) + `"`,
		"a long text":                     `a = """` + "\n" + repeat("a line\n", 150000) + `"""`,
		"a text of folded lines":          `a = """` + repeat("a \\\n   ", 100000) + `"""`,
		"quotes in a text":                `a = """` + repeat(`a""`, 200000) + `a"""`,
		"open quotes":                     repeat("a = \"\n", 50000),
		"open texts":                      repeat("a = \"\"\"\n", 50000),
		"open literals":                   "a = '''" + repeat("''", 200000),
		"backslashes":                     `a = "` + repeat(`\`, 200000) + `"`,
		"comments":                        repeat("# a comment\n", 100000),
		"one long comment":                "# " + repeat("a", 1<<20),
		"empty lines":                     repeat("\n", 500000),
		"spaces":                          repeat(" ", 1<<20) + "a = 1",
		"tabs before keys":                repeat("\t\t\t\ta\n", 50000),
		"lines that are none":             repeat("a\n", 100000),
		"equals signs":                    "a " + repeat("= ", 100000),
		"brackets that close":             repeat("]\n", 100000),
		"dates":                           "a = [" + repeat("2026-01-01T00:00:00Z, ", 30000) + "]",
		"numbers of many digits":          "a = " + repeat("1", 100000),
		"numbers of many digits and dots": "a = 0." + repeat("1", 100000) + "e" + repeat("9", 1000),
		"underscores in numbers":          "a = 1" + repeat("_1", 100000),
		"NUL":                             repeat("a = \"\x00\"\n", 10000),
		"bytes that are no UTF-8":         repeat("a = \"\xff\"\n", 50000),
		"letters of three bytes":          `a = "` + repeat("語", 200000) + `"`,
	}
}

// hostileYAML are texts of front matter, which is short: what is longer is refused by its
// length before it is read here.
func hostileYAML(quarters int) map[string]string {
	repeat := func(text string, n int) string { return hostile.Repeat(text, n, quarters) }
	var deep, wide strings.Builder
	for n := range 250 * quarters {
		deep.WriteString(strings.Repeat(" ", n) + "a:\n")
		fmt.Fprintf(&wide, "key-%d: 1\n", n)
	}
	var laughs strings.Builder
	laughs.WriteString("a0: &a0 [x, x]\n")
	for n := range 10 * quarters {
		fmt.Fprintf(&laughs, "a%d: &a%d [*a%d, *a%d]\n", n+1, n+1, n, n)
	}
	return map[string]string{
		"open lists":             "a: " + repeat("[", 60000),
		"nested lists":           "a: " + repeat("[", 30000) + repeat("]", 30000),
		"nested mappings":        "a: " + repeat("{a: ", 15000) + repeat("}", 15000),
		"lists in lines":         repeat("- ", 30000) + "a",
		"deep mappings":          deep.String(),
		"many keys":              wide.String(),
		"the same key":           repeat("a: 1\n", 12000),
		"aliases of aliases":     laughs.String(),
		"anchors":                repeat("a: &a 1\n", 8000),
		"tags":                   repeat("a: !!str 1\n", 6000),
		"merge keys":             "a: &a {b: 1}\n" + repeat("<<: *a\n", 8000),
		"items":                  "a:\n" + repeat("- b\n", 16000),
		"a long text":            "a: |\n" + repeat("  a line\n", 7000),
		"a folded text":          "a: >\n" + repeat("  a\n\n", 10000),
		"one long word":          "a: " + repeat("a", 60000),
		"quotes":                 "a: " + repeat(`"" `, 20000),
		"open quotes":            repeat("a: \"\n", 12000),
		"escapes":                `a: "` + repeat(`\u00e4`, 10000) + `"`,
		"colons":                 repeat("a: ", 20000),
		"question marks":         repeat("? a\n", 15000),
		"comments":               repeat("# a\n", 15000),
		"documents":              repeat("---\n", 15000),
		"tabs":                   repeat("\ta: 1\n", 10000),
		"dashes without a space": repeat("-", 60000),
		"percents":               repeat("%a\n", 20000),
		"empty lines":            repeat("\n", 60000),
	}
}

func hostileJSON(quarters int) map[string]string {
	repeat := func(text string, n int) string { return hostile.Repeat(text, n, quarters) }
	return map[string]string{
		"open lists":      repeat("[", 100000),
		"nested lists":    repeat("[", 50000) + repeat("]", 50000),
		"nested objects":  repeat(`{"a":`, 50000) + "1" + repeat("}", 50000),
		"many numbers":    `{"a":[` + repeat("1,", 200000) + "1]}",
		"the same key":    "{" + repeat(`"a":1,`, 50000) + `"b":1}`,
		"one long string": `{"a":"` + repeat("a", 1<<20) + `"}`,
		"escapes":         `{"a":"` + repeat(`\u00e4`, 150000) + `"}`,
		"half surrogates": `{"a":"` + repeat(`\ud83d`, 100000) + `"}`,
		"long numbers":    `{"a":` + repeat("1", 100000) + "}",
		"spaces":          repeat(" ", 1<<20) + "{}",
		"open quotes":     "{" + repeat(`"`, 100000),
		"commas":          "[" + repeat(",", 100000),
	}
}

// What is made of a text are values with places: each is a few hundred bytes, and takes
// a sign and a separator at the least, so their number is what is held.
func TestHostile(t *testing.T) {
	for _, format := range []struct {
		name  string
		file  string
		texts func(quarters int) map[string]string
	}{{"TOML", "a.toml", hostileTOML}, {"YAML", "a.yaml", hostileYAML}, {"JSON", "a.json", hostileJSON}} {
		t.Run(format.name, func(t *testing.T) {
			hostile.Hold(t, format.texts, func(_ testing.TB, text string) hostile.Reading {
				value, faults := Parse(diag.NewFile(format.file, []byte(text)), formatOf(format.file), 0, len(text))
				reading := hostile.Reading{Out: count(value), Most: len(text) + 1}
				for _, d := range faults {
					if d.Code == diag.RecordTooDeep || d.Code == diag.RecordTooLarge {
						reading.Refused = string(d.Code)
					}
				}
				return reading
			})
		})
	}
}

// count is how many values there are in one.
func count(value *Value) int {
	if value == nil {
		return 0
	}
	n := 1
	for _, item := range value.Items {
		n += count(item)
	}
	for _, field := range value.Fields {
		n += count(field.Value)
	}
	return n
}
