package content

import (
	"testing"

	"cairn/generator/diag"
	"cairn/generator/hostile"
)

func hostiles(quarters int) map[string]string {
	repeat := func(text string, n int) string { return hostile.Repeat(text, n, quarters) }
	each := func(form string, n int) string { return hostile.Each(form, n, quarters) }
	return map[string]string{
		"front matter without an end":   "---\n" + repeat("a: 1\n", 100000),
		"TOML without an end":           "+++\n" + repeat("a = 1\n", 100000),
		"JSON without an end":           "{" + repeat(`"a":1,`, 50000),
		"fences":                        repeat("---\n", 100000),
		"fences of many signs":          repeat("-", 500000) + "\n",
		"spaces behind a fence":         "---" + repeat(" ", 500000) + "\na: 1\n---\n",
		"large front matter":            "---\n" + repeat("# a comment\n", 50000) + "---\ntext\n",
		"many tags":                     "---\ntags: [" + each("a%d,", 6000) + "]\n---\ntext\n",
		"many aliases":                  "+++\naliases = [" + each("\"/a/%d/\",", 5000) + "]\n+++\ntext\n",
		"many foreign keys":             "+++\n" + each("a%d = 1\n", 5000) + "+++\ntext\n",
		"keys that are nearly ours":     "+++\n" + each("titl%d = 1\n", 5000) + "+++\ntext\n",
		"many questions":                "+++\n" + repeat("[[faqs]]\nquestion = \"a\"\nanswer = \"b\"\n", 1300) + "+++\ntext\n",
		"contents of no headings":       "+++\n" + each("[[linkTags]]\ntitle = \"a%d\"\n", 1800) + "+++\ntext\n",
		"contents of many headings":     "+++\n" + each("[[linkTags]]\ntitle = \"a%d\"\n", 1800) + "+++\n" + each("## a%d\n\n", 1800),
		"headings of one name":          repeat("## a\n\n", 50000),
		"headings of names with digits": repeat("## a-1\n\n## a\n\n", 25000),
		"headings of every depth":       repeat("# a\n## a\n### a\n#### a\n##### a\n###### a\n", 10000),
		"headings without letters":      repeat("## !\n", 50000),
		"one long heading":              "# " + repeat("a ", 200000),
		"one long title":                "---\ntitle: " + repeat("a", 60000) + "\n---\n# " + repeat("a", 60000) + "\n",
		"carriage returns":              repeat("\r", 500000),
		"bytes that are no UTF-8":       "---\ntitle: a\n---\n" + repeat("\xff ", 200000),
	}
}

// Pages whose front matter, or whose headings, are dear to read. What comes behind the
// front matter is the affair of the package that reads Markdown.
func TestHostile(t *testing.T) {
	hostile.Hold(t, hostiles, func(t testing.TB, text string) hostile.Reading {
		page, faults := Parse(diag.NewFile("page.md", []byte(text)), Options{})
		reading := hostile.Reading{Out: len(page.Title) + len(page.Contents) + len(page.Article.Text), Most: 50*len(text) + 16<<10}
		for _, d := range faults {
			switch d.Code {
			case diag.FrontMatterTooLarge, diag.RecordTooLarge, diag.RecordTooDeep, diag.MarkdownTooComplex, diag.MarkdownTooMuchOutput:
				reading.Refused = string(d.Code)
			}
		}
		return reading
	})
}
