package site

import (
	"strings"
	"testing"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/markdown"
)

// Each case is a page's Markdown, and its text with [term] round what became a link.
func TestUses(t *testing.T) {
	g := glossaryOf(t, "## Words\n\n### DevOps\n\n### DevOps engineer\n\n### Golden path (paved road)\n\n### Service level objective (SLO)\n\n### Policy\n\n#### Not a term\n\n### R&D\n")
	for _, c := range []struct{ name, markdown, want string }{
		{"the first use alone", "A golden path. Golden paths are golden.", "A [golden path]. Golden paths are golden."},
		{"another name is the same term", "A paved road or a golden path.", "A [paved road] or a golden path."},
		{"the plural", "Two SLOs, and some policies.", "Two [SLOs], and some [policies]."},
		{"the longest name", "DevOps engineers do DevOps.", "[DevOps engineers] do [DevOps]."},
		{"capitals within a word are part of it", "devops, DEVOPS and an slo; a POLICY.", "devops, DEVOPS and an slo; a [POLICY]."},
		{"a part of a word is none", "DevOps-as-a-service, policymaker, SLO/SLI.", "DevOps-as-a-service, policymaker, SLO/SLI."},
		{"marks round a name", "“Golden path”, (SLO): DevOps.", "“[Golden path]”, ([SLO]): [DevOps]."},
		{"marks within a name", "A golden, path.", "A golden, path."},
		{"over the end of a line", "a golden\npath", "a [golden\npath]"},
		{"links, code and headings are left alone", "## Golden path\n\n[the SLO](https://example.org) `DevOps` SLO\n\n    policy", "Golden path\nthe SLO DevOps [SLO]\npolicy\n"},
		{"what is emphasised is text", "*A golden path* and **DevOps**.", "A [golden path] and [DevOps]."},
		{"a table's cells are left alone", "| SLO | DevOps |\n|---|---|\n| an SLO | policy |\n\nAn SLO.", "SLO\nDevOps\nan SLO\npolicy\nAn [SLO]."},
		{"what HTML escapes", "Our R&D.", "Our [R&amp;D]."},
		{"only the third level", "Words. Not a term.", "Words. Not a term."},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := &Page{File: "page.md", Body: &Resolved{Article: articleOf(t, c.markdown), OtherHoles: &noOtherHoles}}
			if got, want := marked(t, g, page), strings.Join(strings.Fields(c.want), " "); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
	if (&Site{glossary: g}).Terms(g.page) != nil {
		t.Error("the glossary links to itself")
	}
}

// Included parts are read in their place.
func TestUsesInAnIncludedPart(t *testing.T) {
	g := glossaryOf(t, "### Policy\n\n### Path\n")
	part := &Resolved{Article: articleOf(t, "A policy and a path."), OtherHoles: &noOtherHoles}
	page := &Page{File: "page.md", Body: &Resolved{Article: articleOf(t, "A path.\n\n::include{file=\"_part.md\"}\n\nA policy."), OtherHoles: &OtherHoles{Blocks: []Block{{Include: part}}}}}
	if got := marked(t, g, page); got != "A [path]. A [policy] and a path. A policy." {
		t.Errorf("got %s", got)
	}
}

func articleOf(t *testing.T, text string) *markdown.Article {
	t.Helper()
	article, faults := markdown.Parse(diag.NewFile("page.md", []byte(text)), 0, markdown.Options{})
	if faults.HasErrors() {
		t.Fatal(faults)
	}
	return article
}

func glossaryOf(t *testing.T, text string) *glossary {
	t.Helper()
	article := articleOf(t, text)
	page := &Page{File: "glossary.md", Guide: &content.Page{Article: article}, Body: &Resolved{Article: article}}
	return termsOf(page)
}

// marked is a page's text without its tags, with brackets round the uses of terms.
func marked(t *testing.T, g *glossary, page *Page) string {
	t.Helper()
	var b strings.Builder
	markBody(t, &b, (&Site{glossary: g}).Terms(page), page.Body)
	text := strings.Join(strings.Fields(b.String()), " ")
	for _, mark := range []string{".", ",", ";", ":", "]", ")"} {
		text = strings.ReplaceAll(text, " "+mark, mark)
	}
	return text
}

func markBody(t *testing.T, b *strings.Builder, terms *TermSearch, r *Resolved) {
	t.Helper()
	body, err := r.Article.Body()
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range body.Parts {
		uses := terms.Part(part)
		if part.Hole == markdown.BlockHole {
			markBody(t, b, terms, r.Blocks[part.Index].Include)
		}
		tag := false
		for at := range len(part.HTML) {
			if len(uses) > 0 && uses[0].Start == at {
				b.WriteByte('[')
			}
			if len(uses) > 0 && uses[0].End == at {
				b.WriteByte(']')
				uses = uses[1:]
			}
			switch {
			case part.HTML[at] == '<':
				tag = true
				b.WriteByte(' ')
			case part.HTML[at] == '>' && tag:
				tag = false
			case !tag:
				b.WriteByte(part.HTML[at])
			}
		}
	}
}
