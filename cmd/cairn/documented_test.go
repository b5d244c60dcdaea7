package main

import (
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"cairn/generator/diag"
	"cairn/generator/record"
	"cairn/generator/site"
)

// Every command and every flag that the documentation names is one that cairn has: in
// the README, the pages of the kit, the words of the keys and of the faults.
func TestDocumentedCommands(t *testing.T) {
	root := (&command{out: io.Discard, err: io.Discard}).root()
	root.InitDefaultHelpCmd()
	commands := map[string]*cobra.Command{}
	for _, sub := range root.Commands() {
		commands[sub.Name()] = sub
	}
	texts := map[string]string{}
	files, err := filepath.Glob("../../content/kit/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	for _, file := range append(files, "../../README.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = string(text)
	}
	for _, format := range slices.Sorted(maps.Keys(site.Formats)) {
		for _, key := range record.Describe(site.Formats[format]) {
			texts["the key "+format+": "+key.Key] = key.Doc
		}
	}
	for _, rule := range diag.Rules() {
		texts["the code "+string(rule.Code)] = rule.Explain
	}
	named := 0
	for _, where := range slices.Sorted(maps.Keys(texts)) {
		code := false
		for _, line := range strings.Split(texts[where], "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "```") {
				code = !code
			}
			for _, use := range usesIn(line, code) {
				named++
				if complaint := use.complaint(commands); complaint != "" {
					t.Errorf("%s: %s, in: %s", where, complaint, line)
				}
			}
		}
	}
	if named < 40 {
		t.Errorf("only %d were found", named)
	}
}

// A use names a command, a flag or both. A flag that stands alone belongs to the command
// that the line named last, or to any.
type use struct{ command, flag string }

var (
	span  = regexp.MustCompile("`[^`]+`")
	bare  = regexp.MustCompile(`cairn [a-z]+ --[a-z-]+`) // where code has no marks, as in the words of a key
	call  = regexp.MustCompile(`^\s*cairn ([a-z]+)`)
	flags = regexp.MustCompile(`(?:^|\s)--([a-z][a-z-]*)`)
)

// usesIn finds what a line names: all of it if it is a line of code, else its code spans.
// Flags of other programs are not looked at.
func usesIn(line string, code bool) []use {
	parts := []string{line}
	if !code {
		parts = append(span.FindAllString(line, -1), bare.FindAllString(span.ReplaceAllString(line, ""), -1)...)
	}
	var uses []use
	last := ""
	for _, part := range parts {
		part, _, _ = strings.Cut(strings.Trim(part, "`"), "# ")
		if found := call.FindStringSubmatch(part); found != nil {
			last = found[1]
			uses = append(uses, use{command: last})
		} else if !strings.HasPrefix(part, "--") {
			continue
		}
		for _, flag := range flags.FindAllStringSubmatch(part, -1) {
			uses = append(uses, use{last, flag[1]})
		}
	}
	return uses
}

func (u use) complaint(commands map[string]*cobra.Command) string {
	if u.command == "" {
		for _, c := range commands {
			if c.Flags().Lookup(u.flag) != nil {
				return ""
			}
		}
		return "no command has the flag --" + u.flag
	}
	switch c := commands[u.command]; {
	case c == nil:
		return "there is no command " + u.command
	case u.flag != "" && c.Flags().Lookup(u.flag) == nil:
		return "cairn " + u.command + " has no flag --" + u.flag
	}
	return ""
}

// The README goes through a new site: its files are those that it lists, and the mistake
// that it makes has the fault that it shows.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if code := run(t.Context(), []string{"new", "acme"}, io.Discard, io.Discard); code != clean {
		t.Fatal("cairn new: exit code", code)
	}
	listed := regexp.MustCompile(`(?m)^  ((?:assessment|config|content)[\w./-]+)  +\S`).FindAllStringSubmatch(string(text), -1)
	if len(listed) < 6 {
		t.Errorf("only %d files are listed", len(listed))
	}
	for _, file := range listed {
		if _, err := os.Stat(filepath.Join("acme", filepath.FromSlash(file[1]))); err != nil {
			t.Error(err)
		}
	}
	shown := regexp.MustCompile("(?ms)^   ```\n(   acme/.*?)^   ```$").FindStringSubmatch(string(text))
	if shown == nil {
		t.Fatal("the README shows no fault")
	}
	guide := filepath.Join("acme", "content", "guides", "first-decision.md")
	page, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	mistake := strings.Replace(string(page), "hours.toml\"}", "hourz.toml\"}", 1)
	if err := os.WriteFile(guide, []byte(mistake), 0o644); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if code := run(t.Context(), []string{"check", "--root", "acme"}, &out, io.Discard); code != faulty {
		t.Error("cairn check: exit code", code)
	}
	want := strings.ReplaceAll("\n"+shown[1], "\n   ", "\n")[1:]
	if got := filepath.ToSlash(out.String()); !strings.HasPrefix(got, want) {
		t.Errorf("the README shows\n%s\nand cairn prints\n%s", want, got)
	}
}
