package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	plainConfig = "title = \"The bench\"\ntwins = false\nsearch = false\n"
	// With an address there are a site map, a feed and what social sites read; every
	// page has its Markdown twin, and the search knows them all.
	fullConfig = "title = \"The bench\"\nbase-url = \"https://bench.invalid/\"\n"
)

// rows are what users feel. Rows A to F, and K, are the same work for both programs.
func (b *bench) rows() []row {
	return []row{
		{"A", "clean build", b.clean("code", b.pages), b.cleanHugo("code")},
		{"B", "clean build, nothing to highlight", b.clean("plain", b.pages), b.cleanHugo("plain")},
		{"C", "build again after one edit", b.again("code"), b.againHugo("code")},
		{"D", "preview, start to first page, with memory", b.start("code", true), b.startHugo("code")},
		{"E", "preview, start to first page, without memory", b.start("code", false), b.startHugo("code")},
		{"F", "preview, from the write to the new page", b.edit("code"), b.editHugo("code")},
		{"K", "the same; Hugo makes all pages anew (--disableFastRender)", b.edit("code"), b.editHugo("code", "--disableFastRender")},
		{"G", "clean build, everything on: search, twins, site map, tables", b.clean("full", b.pages), nil},
		{"H", "the same, again after one edit", b.again("full"), nil},
		{"I", "clean build: 10,000 children in one section", b.clean("wide", 10_000), nil},
		{"J", "clean build: a guide of 5 MB, a table of 50,000 cells, an assessment of 200 questions", b.clean("large", 1), nil},
	}
}

// project makes a cairn project once, and returns its folder.
func (b *bench) project(kind string, pages int) (string, corpus, error) {
	c := corpus{pages: pages, section: 100, code: kind != "plain"}
	folder := filepath.Join(b.folder, fmt.Sprintf("%s-%d", kind, pages))
	files := map[string]string{"config.toml": plainConfig}
	switch kind {
	case "wide":
		c.section = pages
	case "full":
		files["config.toml"] = fullConfig
		for s := range (pages + c.section - 1) / c.section {
			files[fmt.Sprintf("content/%s/table.toml", sectionName(s))] = tableOf(20, 6, s)
		}
		files["assessment/maturity.toml"] = assessmentOf(20)
	case "large":
		files["content/large.md"] = "---\ntitle: A large guide\n---\n\n" + c.large(5_000_000)
		files["content/table.toml"] = tableOf(6_250, 8, 0)
		files["assessment/large.toml"] = assessmentOf(200)
	}
	if b.made[folder] {
		return folder, c, nil
	}
	b.made[folder] = true
	if err := c.write(folder, forCairn); err != nil {
		return "", c, err
	}
	return folder, c, writeFiles(folder, files)
}

func (b *bench) hugoProject(kind string) (string, corpus, error) {
	c := corpus{pages: b.pages, section: 100, code: kind != "plain"}
	folder := filepath.Join(b.folder, "hugo-"+kind)
	if b.made[folder] {
		return folder, c, nil
	}
	b.made[folder] = true
	if err := c.write(folder, forHugo); err != nil {
		return "", c, err
	}
	return folder, c, writeFiles(folder, hugoFiles(c.code))
}

// fresh removes what earlier runs made.
func fresh(folder string) {
	for _, made := range []string{"public", "resources", ".cairn", ".hugo_build.lock"} {
		os.RemoveAll(filepath.Join(folder, made))
	}
}

func (b *bench) clean(kind string, pages int) func() (figure, error) {
	return func() (figure, error) {
		folder, _, err := b.project(kind, pages)
		if err != nil {
			return figure{}, err
		}
		fresh(folder)
		return b.build(folder)
	}
}

func (b *bench) cleanHugo(kind string) func() (figure, error) {
	return func() (figure, error) {
		folder, _, err := b.hugoProject(kind)
		if err != nil {
			return figure{}, err
		}
		fresh(folder)
		return b.buildHugo(folder)
	}
}

func (b *bench) build(folder string) (figure, error) {
	return run(folder, b.cairn, "build")
}

func (b *bench) buildHugo(folder string) (figure, error) {
	return run(folder, b.hugo, "--quiet")
}

// again measures the second of two builds with an edit between them.
func (b *bench) again(kind string) func() (figure, error) {
	return func() (figure, error) {
		folder, c, err := b.project(kind, b.pages)
		if err != nil {
			return figure{}, err
		}
		if _, err := os.Stat(filepath.Join(folder, "public")); err != nil {
			if _, err := b.build(folder); err != nil {
				return figure{}, err
			}
		}
		if _, _, err := c.change(folder); err != nil {
			return figure{}, err
		}
		return b.build(folder)
	}
}

func (b *bench) againHugo(kind string) func() (figure, error) {
	return func() (figure, error) {
		folder, c, err := b.hugoProject(kind)
		if err != nil {
			return figure{}, err
		}
		if _, err := os.Stat(filepath.Join(folder, "public")); err != nil {
			if _, err := b.buildHugo(folder); err != nil {
				return figure{}, err
			}
		}
		if _, _, err := c.change(folder); err != nil {
			return figure{}, err
		}
		return b.buildHugo(folder)
	}
}

// change writes a new sentence to the end of one page, and returns it and the path
// the page has in a preview. The file is written as editors do it: anew.
func (c corpus) change(folder string) (sentence, address string, err error) {
	page := c.pages / 2
	file := filepath.Join(folder, "content", filepath.FromSlash(c.path(page)))
	text, err := os.ReadFile(file)
	if err != nil {
		return "", "", err
	}
	sentence = fmt.Sprintf("Changed at %d.", time.Now().UnixNano())
	before, _, _ := strings.Cut(string(text), "\nChanged at ")
	address = "/" + strings.TrimSuffix(c.path(page), ".md") + ".html"
	return sentence, address, os.WriteFile(file, []byte(before+"\n"+sentence+"\n"), 0o644)
}

// scale holds the time and the memory of a clean build to a line.
func (b *bench) scale() error {
	fmt.Println("\n| pages | cairn, clean build | milliseconds a page |")
	fmt.Println("|---:|---:|---:|")
	for _, pages := range []int{b.pages / 10, b.pages, b.pages * 10} {
		var all []figure
		for range min(b.runs, 3) {
			f, err := b.clean("code", pages)()
			if err != nil {
				return err
			}
			all = append(all, f)
		}
		f := median(all)
		fmt.Printf("| %d | %s | %.3f |\n", pages, f, f.seconds/float64(pages)*1000)
		if folder, _, err := b.project("code", pages); err == nil && pages != b.pages {
			os.RemoveAll(folder)
		}
	}
	return nil
}
