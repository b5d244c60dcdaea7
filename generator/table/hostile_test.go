package table

import (
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/hostile"
	"cairn/generator/messages"
)

func hostiles(quarters int) map[string]string {
	repeat := func(text string, n int) string { return hostile.Repeat(text, n, quarters) }
	each := func(form string, n int) string { return hostile.Each(form, n, quarters) }
	const head = "title = \"t\"\nsources = [\"s\"]\n[[column]]\nid = \"c\"\ntitle = \"c\"\n"
	const number = "[[column]]\nid = \"n\"\ntitle = \"n\"\ntype = \"decimal\"\noptional = true\n"
	computed := func(formula string) string {
		return head + number + "[[column]]\nid = \"m\"\ntitle = \"m\"\ntype = \"decimal\"\ncompute = \"" + formula + "\"\n[[row]]\nc = \"a\"\nn = 1\n"
	}
	return map[string]string{
		"all cells there can be":         head + each("[[row]]\nc = \"a %d\"\n", 50000),
		"more cells than there can be":   head + repeat("[[row]]\nc = \"a\"\n", 50100),
		"more columns than there can be": "title = \"t\"\n" + each("[[column]]\nid = \"c%d\"\ntitle = \"c\"\n", 2000),
		"rows with ids":                  head + each("[[row]]\nid = \"r-%d\"\nc = \"a\"\n", 20000),
		"rows with one id":               head + repeat("[[row]]\nid = \"r\"\nc = \"a\"\n", 20000),
		"rows with groups":               head + each("[[row]]\ngroup = \"g %d\"\nc = \"a\"\n", 20000),
		"rows with sources":              head + repeat("[[row]]\nc = \"a\"\nsources = [\"s\", \"t\"]\n", 20000),
		"a row with many sources":        head + "[[row]]\nc = \"a\"\nsources = [" + each("\"s-%d\",", 30000) + "]\n",
		"cells of a wrong type":          head + repeat("[[row]]\nc = 1\n", 30000),
		"cells of no column":             head + each("[[row]]\nd%d = \"a\"\n", 20000),
		"cells with notes":               head + repeat("[[row]]\nc = { value = \"a\", note = \"b\", sources = [\"s\"] }\n", 20000),
		"one long cell":                  head + "[[row]]\nc = \"" + repeat("a ", 300000) + "\"\n",
		"a cell of Markdown signs":       head + "[[row]]\nc = \"" + repeat("[a](<b *", 50000) + "\"\n",
		"a long note":                    strings.Replace(head, "sources", "note = \""+repeat("*a **b ", 50000)+"\"\nsources", 1) + "[[row]]\nc = \"a\"\n",
		"an order of many texts":         strings.Replace(head, "title = \"c\"\n", "title = \"c\"\norder = ["+each("\"w-%d\",", 500)+"]\n", 1) + repeat("[[row]]\nc = \"w-1\"\n", 20000),
		"an order of too many texts":     strings.Replace(head, "title = \"c\"\n", "title = \"c\"\norder = ["+each("\"w-%d\",", 20000)+"]\n", 1) + each("[[row]]\nc = \"w-%d\"\n", 20000),
		"an order without the texts":     strings.Replace(head, "title = \"c\"\n", "title = \"c\"\norder = ["+each("\"w-%d\",", 500)+"]\n", 1) + each("[[row]]\nc = \"v-%d\"\n", 20000),
		"an order by amounts":            strings.Replace(head, "title = \"c\"\n", "title = \"c\"\norder = [\"days\"]\nmark = [\"1 days\"]\n", 1) + each("[[row]]\nc = \"%d days\"\n", 40000),
		"marks that no cell has":         strings.Replace(head, "title = \"c\"\n", "title = \"c\"\nmark = ["+strings.Repeat("\"v-1\",", 50)+"]\n", 1) + each("[[row]]\nc = \"w-%d\"\n", 20000),
		"marks of many texts":            strings.Replace(head, "title = \"c\"\n", "title = \"c\"\nmark = ["+each("\"w-%d\",", 20000)+"]\n", 1) + each("[[row]]\nc = \"w-%d\"\n", 20000),
		"a choice of many texts":         strings.Replace(head, "title = \"c\"\n", "title = \"c\"\nfilter = true\n", 1) + each("[[row]]\nc = \"w-%d\"\n", 20000),
		"numbers to be computed":         strings.TrimSuffix(computed("n * 2 + 1"), "[[row]]\nc = \"a\"\nn = 1\n") + each("[[row]]\nc = \"a\"\nn = %d\n", 16000),
		"a deep formula":                 computed(repeat("(", 50000) + "n" + repeat(")", 50000)),
		"a long formula":                 computed("n" + repeat(" + n", 50000)),
		"a formula of signs":             computed(repeat("-", 50000) + "n"),
		"a formula of calls":             computed(repeat("max(n, ", 20000) + "n" + repeat(")", 20000)),
		"numbers with many digits":       head + number + repeat("[[row]]\nc = \"a\"\nn = 0.1234567890123\n", 15000),
		"many charts":                    head + number + repeat("[[chart]]\nkind = \"bars\"\ntitle = \"t\"\ndescription = \"d\"\nlabel = \"c\"\nvalues = [\"n\"]\n", 5000) + "[[row]]\nc = \"a\"\nn = 1\n",
		"a chart of many rows":           head + number + "[[chart]]\nkind = \"bars\"\ntitle = \"t\"\ndescription = \"d\"\nlabel = \"c\"\nvalues = [\"n\"]\n" + each("[[row]]\nc = \"a %d\"\nn = 1.5\n", 20000),
		"a chart of many ticks":          head + number + "[[chart]]\nkind = \"bars\"\ntitle = \"t\"\ndescription = \"d\"\nlabel = \"c\"\nvalues = [\"n\"]\nticks = [" + each("%d,", 50000) + "]\n[[row]]\nc = \"a\"\nn = 1\n",
		"a heat map of many values":      head + number + "[[chart]]\nkind = \"heat\"\ntitle = \"t\"\ndescription = \"d\"\nlabel = \"c\"\nvalues = [" + repeat("\"n\",", 50000) + "]\n[[row]]\nc = \"a\"\nn = 1\n",
	}
}

// A table, its exports and its charts.
func TestHostile(t *testing.T) {
	hostile.Hold(t, hostiles, func(t testing.TB, text string) hostile.Reading {
		table, faults := Parse(diag.NewFile("t.toml", []byte(text)), messages.English())
		reading := hostile.Reading{Most: 50*len(text) + 16<<10}
		for _, d := range faults {
			switch d.Code {
			case diag.TableTooLarge, diag.RecordTooDeep, diag.ChartTooMany, diag.TableCompute:
				reading.Refused = string(d.Code)
			}
		}
		if table != nil {
			reading.Out = len(CSV(table)) + len(JSON(table))
		}
		return reading
	})
}
