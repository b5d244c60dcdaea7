package assessment

import (
	"fmt"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/hostile"
)

func hostiles(quarters int) map[string]string {
	repeat := func(text string, n int) string { return hostile.Repeat(text, n, quarters) }
	each := func(form string, n int) string { return hostile.Each(form, n, quarters) }
	const head = "id = \"a\"\nversion = 1\ntitle = \"t\"\n" +
		"[[level]]\nnumber = 0\nname = \"a\"\n[[level]]\nnumber = 1\nname = \"b\"\n" +
		"[[dimension]]\nid = \"d\"\ntitle = \"d\"\n" +
		"[[question]]\nid = \"q\"\ndimension = \"d\"\nkind = \"level\"\ntext = \"q?\"\noption = [{ level = 0, text = \"a\" }, { level = 1, text = \"b\" }]\n"
	const question = "[[question]]\nid = \"q%d\"\ndimension = \"d\"\nkind = \"level\"\ntext = \"q %d?\"\noption = [{ level = 0, text = \"a\" }, { level = 1, text = \"b\" }]\n"
	advice := func(when string) string {
		return head + "[[advice]]\nid = \"x\"\ntitle = \"x\"\nwhen = \"" + when + "\"\n"
	}
	return map[string]string{
		"all questions there can be":      head + each(question, 499),
		"more questions":                  head + each(question, 5000),
		"options of one question":         head + "[[question]]\nid = \"p\"\nkind = \"choice\"\ntext = \"p?\"\noption = [" + each("{ id = \"o%d\", text = \"a\" },", 10000) + "]\n",
		"many dimensions":                 head + each("[[dimension]]\nid = \"d%d\"\ntitle = \"d\"\n", 5000),
		"many levels":                     each("[[level]]\nnumber = %d\nname = \"a\"\n", 10000),
		"all advice there can be":         head + each("[[advice]]\nid = \"x%d\"\ntitle = \"x\"\nwhen = \"level(d) < 1\"\n", 500),
		"more advice":                     head + each("[[advice]]\nid = \"x%d\"\ntitle = \"x\"\nwhen = \"level(d) < 1\"\n", 5000),
		"advice after advice":             head + "[[advice]]\nid = \"x\"\ntitle = \"x\"\nwhen = \"q == 0\"\nafter = [" + each("\"x%d\",", 30000) + "]\n",
		"a deep condition":                advice(repeat("(", 50000) + "q == 0" + repeat(")", 50000)),
		"open brackets":                   advice(repeat("(", 100000)),
		"a condition of denials":          advice(repeat("not ", 50000) + "q == 0"),
		"a long condition":                advice("q == 0" + repeat(" or q == 0", 20000)),
		"a condition of unknown names":    advice("q == 0" + each(" or p%d == 0", 5000)),
		"a condition of nearly our names": advice("q == 0" + repeat(" or level(e) == 0", 5000)),
		"a condition of signs":            advice(repeat("=", 100000)),
		"a long number":                   advice("level(d) < " + repeat("9", 100000)),
		"a long name":                     advice(repeat("q", 100000)),
		"a condition of letters":          advice(repeat("語 ", 50000)),
		"values of values":                head + "[[value]]\nid = \"v\"\ntitle = \"v\"\ncompute = \"1\"\n" + each("[[value]]\nid = \"v%d\"\ntitle = \"v\"\ncompute = \"v + v\"\n", 499),
		"values that double":              head + "[[value]]\nid = \"v0\"\ntitle = \"v\"\ncompute = \"level(d)\"\n" + doubling(100*quarters),
		"values in a circle":              head + each("[[value]]\nid = \"v%d\"\ntitle = \"v\"\ncompute = \"v1 + v2\"\n", 499),
		"many expectations":               head + repeat("[[expect]]\nname = \"e\"\ngiven = { q = 1 }\n", 5000),
		"many migrations":                 head + repeat("[[migrate]]\nfrom = 1\nquestion = \"p\"\nretire = true\n", 5000),
		"bands":                           head + "[[question]]\nid = \"n\"\ndimension = \"d\"\nkind = \"number\"\ntext = \"n?\"\nmin = 0\nmax = 100000\nstep = 1\nbands = [" + each("{ from = %d, to = %d, level = 0 },", 20000) + "]\n",
		"a range of many steps":           head + "[[question]]\nid = \"n\"\nkind = \"number\"\ntext = \"n?\"\nmin = 0\nmax = 1e15\nstep = 0.000001\n",
		"long texts":                      strings.Replace(head, "title = \"t\"", "title = \"t\"\nintroduction = \""+repeat("*a **b ", 50000)+"\"", 1),
	}
}

func doubling(n int) string {
	var out strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&out, "[[value]]\nid = \"v%d\"\ntitle = \"v\"\ncompute = \"v%d + v%d\"\n", i, i-1, i-1)
	}
	return out.String()
}

// An assessment that is dear to read, to compile or to score.
func TestHostile(t *testing.T) {
	hostile.Hold(t, hostiles, func(t testing.TB, text string) hostile.Reading {
		file := diag.NewFile("a.toml", []byte(text))
		a, m, faults := Load(file)
		reading := hostile.Reading{Out: len(faults), Most: len(text)}
		for _, d := range faults {
			switch d.Code {
			case diag.AssessTooLarge, diag.RecordTooDeep:
				reading.Refused = string(d.Code)
			}
		}
		if m != nil && a != nil {
			m.Expect(file)
			m.Evaluate(m.None())
		}
		return reading
	})
}
