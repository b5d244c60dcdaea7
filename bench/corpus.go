package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// A corpus is a site of guides that any generator of its kind can build: sections of
// a hundred pages, each page of about 6.5 KB with front matter, headings, a list, a
// table, two blocks of code and four links to other pages. The same number of pages
// gives the same bytes everywhere: every page is drawn from its own number.
type corpus struct {
	pages   int
	section int // pages in a section
	// code is false for blocks of code without a language, which nobody highlights.
	code bool
}

// index is the name of the file that makes a folder a section.
type generator struct {
	index string
	front func(title, description string, order int) string
}

var forCairn = generator{"index.md", func(title, description string, order int) string {
	return fmt.Sprintf("---\ntitle: %q\ndescription: %q\norder: %d\n---\n\n", title, description, order)
}}

var forHugo = generator{"_index.md", func(title, description string, order int) string {
	return fmt.Sprintf("---\ntitle: %q\ndescription: %q\nweight: %d\n---\n\n", title, description, order)
}}

// write makes the corpus below content/ in a folder.
func (c corpus) write(folder string, g generator) error {
	content := filepath.Join(folder, "content")
	if err := os.MkdirAll(content, 0o755); err != nil {
		return err
	}
	home := g.front("The bench", "A site made to be measured.", 0) + "Sections:\n\n"
	sections := (c.pages + c.section - 1) / c.section
	for s := range sections {
		home += fmt.Sprintf("* [Section %d](%s/%s)\n", s, sectionName(s), g.index)
	}
	if err := os.WriteFile(filepath.Join(content, g.index), []byte(home), 0o644); err != nil {
		return err
	}
	failed := make([]error, sections)
	var group sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for s := range sections {
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			failed[s] = c.writeSection(filepath.Join(content, sectionName(s)), s, g)
		})
	}
	group.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

func (c corpus) writeSection(folder string, s int, g generator) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	opening := g.front(fmt.Sprintf("Section %d", s), "A hundred pages on one subject.", s+1) + "What these pages have in common.\n"
	if err := os.WriteFile(filepath.Join(folder, g.index), []byte(opening), 0o644); err != nil {
		return err
	}
	for page := s * c.section; page < min(c.pages, (s+1)*c.section); page++ {
		if err := os.WriteFile(filepath.Join(folder, pageName(page)), []byte(c.page(page, g)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func sectionName(s int) string { return fmt.Sprintf("section-%04d", s) }
func pageName(page int) string { return fmt.Sprintf("page-%06d.md", page) }

// path is a page's file, below content/.
func (c corpus) path(page int) string {
	return sectionName(page/c.section) + "/" + pageName(page)
}

// page is the text of one page.
func (c corpus) page(number int, g generator) string {
	d := drawer{rand.New(rand.NewPCG(uint64(number), 1))}
	var b strings.Builder
	b.WriteString(g.front(fmt.Sprintf("Page %d: %s", number, d.words(3)), d.sentence(), number%c.section+1))
	link := func() string {
		to := d.IntN(c.pages)
		return fmt.Sprintf("[%s](../%s#%s)", d.words(2), c.path(to), []string{"why", "how", "costs"}[d.IntN(3)])
	}
	d.paragraphs(&b, 2)
	for i, heading := range []string{"Why", "How", "Costs", "Example"} {
		fmt.Fprintf(&b, "## %s\n\n", heading)
		d.paragraphs(&b, 2)
		fmt.Fprintf(&b, "More on this is in %s, with `%s` and **%s**.\n\n", link(), d.word(), d.words(2))
		switch i {
		case 0:
			for range 5 {
				fmt.Fprintf(&b, "* %s\n", d.sentence())
			}
			b.WriteByte('\n')
		case 1, 3:
			c.block(&b, d, number+i)
		case 2:
			b.WriteString("| Stage | Takes | People | Note |\n| --- | ---: | ---: | --- |\n")
			for range 8 {
				fmt.Fprintf(&b, "| %s | %d days | %d | %s |\n", d.words(2), d.IntN(90), d.IntN(40), d.words(5))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// block writes eight lines or so of code that no other page has.
func (c corpus) block(b *strings.Builder, d drawer, which int) {
	type language struct {
		name string
		line func() string
	}
	languages := []language{
		{"go", func() string {
			return fmt.Sprintf("\tif %s := load(%q, %d); %s != nil { // %s", d.word(), d.word(), d.IntN(1000), d.word(), d.words(2))
		}},
		{"yaml", func() string {
			return fmt.Sprintf("%s-%d:\n  image: \"%s:%d\" # %s", d.word(), d.IntN(1000), d.word(), d.IntN(99), d.words(2))
		}},
		{"python", func() string {
			return fmt.Sprintf("%s = [%s(x, '%s') for x in range(%d)]  # %s", d.word(), d.word(), d.word(), d.IntN(1000), d.words(2))
		}},
		{"bash", func() string {
			return fmt.Sprintf("if [ \"$%s\" = '%s' ]; then echo %d | grep -q %s; fi # %s", d.word(), d.word(), d.IntN(1000), d.word(), d.words(2))
		}},
		{"json", func() string { return fmt.Sprintf("{\"%s\": [%d, true, \"%s\"]}", d.word(), d.IntN(1000), d.words(2)) }},
	}
	chosen := languages[which%len(languages)]
	if c.code {
		b.WriteString("```" + chosen.name + "\n")
	} else {
		b.WriteString("```\n")
	}
	for range 8 {
		b.WriteString(chosen.line() + "\n")
	}
	b.WriteString("```\n\n")
}

// A drawer draws words.
type drawer struct{ *rand.Rand }

func (d drawer) word() string { return vocabulary[d.IntN(len(vocabulary))] }

func (d drawer) words(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = d.word()
	}
	return strings.Join(list, " ")
}

func (d drawer) sentence() string {
	words := d.words(8 + d.IntN(8))
	return strings.ToUpper(words[:1]) + words[1:] + "."
}

func (d drawer) paragraphs(b *strings.Builder, n int) {
	for range n {
		for i := range 4 {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(d.sentence())
		}
		b.WriteString("\n\n")
	}
}

var vocabulary = strings.Fields(`access account alert approval architect automation backlog baseline branch build
	bundle canary capacity change check cluster commit component config container contract cost coverage customer
	dashboard database decision default delivery demand deploy design developer domain drift effort engineer environment
	error estimate event failure feature feedback flag flow gateway guardrail handover hiring incident infrastructure
	interface interval latency launch ledger library lifecycle limit load loop maintenance manager measure member metric
	migration module network notice objective operation outcome owner package path pattern pipeline plan platform policy
	portal practice pressure probe process product profile queue quota rate record region register release reliability
	report request resource review risk role rollback rollout runbook runtime schedule schema scope secret security
	service signal size skill source stage standard state storage strategy support survey system team template tenant
	test threshold ticket topology trace traffic trigger update upgrade usage user value vendor version volume window
	workflow workload zone`)
