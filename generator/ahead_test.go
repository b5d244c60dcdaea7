package generator

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What is shown ahead of the model is what the model makes of it then, and no other page is
// another one by it. What changes more than a text waits for the model.
func TestAhead(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const guide = `---
title: Hiring
tags: [people]
---

A text with [a link](teams.md#size), [one to itself](#why), a budget, and a claim [@survey].

## Why

![A stack](stack.png)

::include{file="_part.md"}

## How

1. One
`
	write("config.toml", "title = \"Site\"\nbase-url = \"https://a.invalid/\"\nglossary = \"content/terms.md\"\n")
	files := map[string]string{
		"content/index.md":        "---\ntitle: Home\n---\n\nWelcome.\n",
		"content/terms.md":        "---\ntitle: Terms\n---\n\n## B\n\n### Budget\n\nWhat may be spent.\n",
		"content/hiring.md":       guide,
		"content/teams.md":        "---\ntitle: Teams\ntags: [people]\n---\n\n## Size\n\nAs [hiring](hiring.md#why) has it.\n",
		"content/late.md":         "---\ntitle: Late\ndraft: true\n---\n\nSee [hiring](hiring.md).\n",
		"content/_part.md":        "## A part\n\nWith a text.\n",
		"content/more/index.md":   "---\ntitle: More\n---\n\nMore pages.\n",
		"content/more/bolt.md":    "---\ntitle: Bolt\n---\n\nA bolt, and [hiring](../hiring.md).\n",
		"content/stack.svg":       `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 3"/>`,
		"content/sources.toml":    "title = \"Sources\"\n[[source]]\nid = \"survey\"\ntitle = \"A survey\"\nurl = \"https://b.invalid/\"\ndate = 2025-01-02\nevidence = \"survey\"\n",
		"content/more/table.toml": "title = \"Table\"\n[[column]]\nid = \"a\"\ntitle = \"A\"\ntype = \"text\"\nhead = true\n[[row]]\na = \"x\"\n",
	}
	files["content/hiring.md"] = strings.ReplaceAll(guide, "stack.png", "stack.svg")
	for name, text := range files {
		write(name, text)
	}
	preview, err := NewPreview(Options{Root: root, Program: "this one"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(preview.Close)
	ctx := context.Background()
	last := preview.show(nil)
	if _, faults, err := preview.complete(ctx, last); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}

	replaced := func(old, new string) func(string) string {
		return func(text string) string {
			if !strings.Contains(text, old) {
				t.Fatalf("no %q in\n%s", old, text)
			}
			return strings.Replace(text, old, new, 1)
		}
	}
	added := func(more string) func(string) string { return func(text string) string { return text + more } }
	for _, test := range []struct {
		what, file string
		edit       func(string) string
		ahead      bool
	}{
		{"a word", "hiring", replaced("A text", "Another text"), true},
		{"a word before everything", "hiring", replaced("A text", "Twenty more words, and\n\nanother text"), true},
		{"a paragraph", "hiring", added("\nAt the end, with *marks* and `code`.\n"), true},
		{"a block of code", "hiring", added("\n```sh\nls\n```\n"), true},
		{"a term", "hiring", replaced("a budget", "an error budget"), true},
		{"the words of a link", "hiring", replaced("[a link]", "[another link]"), true},
		{"the words of a picture", "hiring", replaced("![A stack]", "![Two stacks]"), true},
		{"an item", "hiring", added("2. Two\n"), true},
		{"the page of a section", "more/index", added("\nAnd more.\n"), true},
		{"the first page", "index", added("\nAnd more.\n"), true},
		{"a definition", "terms", added("\nAnd more.\n"), true},
		{"a draft", "late", added("\nAnd more.\n"), true},
		{"the title", "hiring", replaced("title: Hiring", "title: Firing"), false},
		{"a tag", "hiring", replaced("[people]", "[people, work]"), false},
		{"a description", "hiring", replaced("tags:", "description: A page.\ntags:"), false},
		{"a date", "hiring", replaced("tags:", "reviewed: 2026-01-02\ntags:"), false},
		{"no draft any more", "late", replaced("draft: true\n", ""), false},
		{"a heading", "hiring", replaced("## How", "## How it is done"), false},
		{"the level of a heading", "hiring", replaced("## How", "### How"), false},
		{"a new heading", "hiring", added("\n## Then\n"), false},
		{"where a link leads", "hiring", replaced("(teams.md#size)", "(index.md)"), false},
		{"a new link", "hiring", added("\n[Home](index.md)\n"), false},
		{"a link less", "more/bolt", replaced("[hiring](../hiring.md)", "hiring"), false},
		{"a new picture", "hiring", added("\n![Again](stack.svg)\n"), false},
		{"a source less", "hiring", replaced(" [@survey]", ""), false},
		{"a block less", "hiring", replaced("::include{file=\"_part.md\"}\n", ""), false},
		{"a footnote", "hiring", added("\nA note.[^1]\n\n[^1]: Here.\n"), false},
		{"a term of the glossary", "terms", added("\n### Text\n\nWhat is written.\n"), false},
		{"a part", "_part", added("\nAnd more.\n"), false},
		{"a fault", "hiring", added("\n[Gone](gone.md)\n"), false},
		{"what is no text", "hiring", added("\x00"), false},
	} {
		t.Run(test.what, func(t *testing.T) {
			name := "content/" + test.file + ".md"
			path := test.file + ".html"
			before := madeBy(t, preview, ".html")
			write(name, test.edit(files[name]))
			if got := preview.showAhead(last, []string{name}); got != test.ahead {
				t.Errorf("shown ahead: %v", got)
			}
			ahead := madeBy(t, preview, ".html")
			preview.show([]string{name})
			if test.ahead {
				after := madeBy(t, preview, ".html")
				for page := range after {
					if after[page] != ahead[page] {
						t.Errorf("%s is not shown as the model makes it:\n%s\n%s", page, ahead[page], after[page])
					}
					if page != path && after[page] != before[page] {
						t.Errorf("%s is another one", page)
					}
				}
				if after[path] == before[path] {
					t.Errorf("%s is the same", path)
				}
				if len(preview.Site().Faults)+len(preview.Site().OfDrafts) > 0 {
					t.Errorf("faults: %v %v", preview.Site().Faults, preview.Site().OfDrafts)
				}
			}
			write(name, files[name])
			last = preview.show([]string{name})
			if _, faults, err := preview.complete(ctx, last); err != nil || len(faults) > 0 {
				t.Fatal(err, faults)
			}
		})
	}
}

// madeBy makes the outputs of a preview whose names end so.
func madeBy(t *testing.T, preview *Preview, ending string) map[string]string {
	t.Helper()
	outputs := map[string]string{}
	for name, out := range preview.Site().Outputs {
		if strings.HasSuffix(name, ending) {
			data, err := out.Make()
			if err != nil {
				data = []byte(err.Error())
			}
			outputs[name] = string(data)
		}
	}
	return outputs
}

// A text that is taken back as soon as it is shown is taken back in what is shown, too:
// then no scan finds a difference to what the last model was made of.
func TestAheadIsTakenBack(t *testing.T) {
	t.Parallel()
	const name, text = "content/index.md", "---\ntitle: Home\n---\n\nAs it was.\n"
	root := t.TempDir()
	writeAll(t, root, map[string]string{"config.toml": "title = \"T\"\nsearch = false\n", name: text})
	f := newFollowed(t, root)
	f.until(t, "at first")
	for range 3 {
		writeAll(t, root, map[string]string{name: strings.Replace(text, "was", "is now", 1)})
		for deadline := time.Now().Add(patience); !strings.Contains(shownBy(f.preview)["index.html"], "As it is now."); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("the new text is not shown")
			}
		}
		writeAll(t, root, map[string]string{name: text})
		f.until(t, "after a text was taken back")
	}
}
