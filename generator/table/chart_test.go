package table

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/generator/diag"
	"cairn/generator/messages"
)

// TestAnyChart: whatever numbers a table holds and however its charts are set, there
// is a named fault, or a picture without a number that is none.
func TestAnyChart(t *testing.T) {
	drawn, faulty := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.SampledFrom([]string{"0", "1", "-1", "20", "30", "99", "1e15", "-1e15", "9007199254740992", "-9007199254740992", "0.000001", "1e300", "inf", "-inf", "nan"})
		plain := rapid.SampledFrom([]string{"0", "1", "2", "5", "20", "30", "50", "99", "0.5"})
		pick := func(name string) string {
			if rapid.IntRange(0, 9).Draw(t, name+" is odd") == 0 {
				return number.Draw(t, name)
			}
			return plain.Draw(t, name)
		}
		var b strings.Builder
		kind := rapid.SampledFrom([]string{"bars", "bands", "dots", "heat"}).Draw(t, "kind")
		fmt.Fprintf(&b, "title = \"T\"\n[[chart]]\nkind = %q\ntitle = \"C\"\ndescription = \"D\"\nlabel = \"name\"\n", kind)
		b.WriteString(map[string]string{
			"bars": "values = [\"a\"]\n", "dots": "values = [\"a\", \"b\"]\ntext = \"b\"\n", "heat": "values = [\"a\", \"b\"]\n",
			"bands": "low = \"a\"\nhigh = \"b\"\nby = \"name\"\ntext = \"name\"\n",
		}[kind])
		if kind != "heat" {
			for _, key := range []string{"from", "to"} {
				if rapid.IntRange(0, 3).Draw(t, "has "+key) == 0 {
					fmt.Fprintf(&b, "%s = %s\n", key, pick(key))
				}
			}
			if rapid.Bool().Draw(t, "is stretched") {
				b.WriteString("stretched = true\n")
			}
			if rapid.IntRange(0, 3).Draw(t, "has ticks") == 0 {
				fmt.Fprintf(&b, "ticks = [%s, %s]\n", pick("tick"), pick("tick"))
			}
		}
		b.WriteString("[[column]]\nid = \"name\"\ntitle = \"Name\"\n")
		for _, id := range []string{"a", "b"} {
			fmt.Fprintf(&b, "[[column]]\nid = %q\ntitle = %q\ntype = \"decimal\"\nplaces = 6\noptional = true\n", id, id)
		}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			fmt.Fprintf(&b, "[[row]]\nname = %q\n", rapid.SampledFrom([]string{"One", "Two", "Three"}).Draw(t, "name"))
			for _, id := range []string{"a", "b"} {
				if rapid.IntRange(0, 4).Draw(t, "has "+id) > 0 {
					fmt.Fprintf(&b, "%s = %s\n", id, pick(id))
				}
			}
		}
		table, faults := Parse(diag.NewFile("t.toml", []byte(b.String())), messages.English())
		if table == nil {
			faulty++
			if !faults.HasErrors() {
				t.Fatalf("no table and no fault:\n%s", b.String())
			}
			return
		}
		drawn++
		svg := table.Charts[0].Drawing.SVG("c")
		if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") || !strings.Contains(svg, "</svg>") {
			t.Fatalf("%s\n%s", b.String(), svg)
		}
	})
	if drawn < 3 || faulty < 3 { // of 20, with -short
		t.Errorf("%d tables drawn, %d at fault: the test looks at too few of one", drawn, faulty)
	}
}
