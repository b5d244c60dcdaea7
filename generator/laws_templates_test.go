package generator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/messages"
	"cairn/generator/theme"
)

// Law 6: no template has an action inside <script> or <style>, where a value would
// have to be escaped as a program. theme.Read reports it of any theme; that it does
// so in every kind of place is held here, and so is the built-in theme.
func TestNoActionsInScripts(t *testing.T) {
	var files []theme.File
	element := regexp.MustCompile(`(?is)<(script|style)\b[^>]*>(.*?)</`)
	root := filepath.Join("..", "themes", "default")
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		files = append(files, theme.File{Name: filepath.ToSlash(strings.TrimPrefix(name, root+string(filepath.Separator))), Path: name, Text: text})
		if filepath.Ext(name) == ".html" {
			for _, found := range element.FindAllSubmatch(text, -1) {
				if strings.Contains(string(found[2]), "{{") {
					t.Errorf("%s: an action inside <%s>: %s", name, found[1], found[0])
				}
			}
		}
		return err
	})
	must(t, err)
	if faults := scriptFaults(files, nil); len(faults) > 0 {
		t.Error(faults)
	}
	for where, text := range map[string]string{
		"at the top":           "<script>let a = {{.Title}}</script>",
		"in a definition":      "{{define \"x\"}}<script>let a = {{.Title}}</script>{{end}}",
		"in a block":           "{{block \"x\" .}}<style>a { color: {{.Title}} }</style>{{end}}",
		"in a branch":          "{{if .Title}}<p>{{else}}<script>{{.Title}}</script>{{end}}",
		"in a loop":            "{{range .Side}}<style>{{.Title}}</style>{{end}}",
		"by another template":  "<script>{{template \"faults\" .}}</script>",
		"as a variable":        "<script>{{$x := .Title}}</script>",
		"in a tag over lines":  "<script\n  type='x'\n>{{.Title}}</script\n>",
		"in a second element":  "<script></script><script>{{.Title}}</script>",
		"after a closed style": "<style></style><SCRIPT>{{.Title}}</SCRIPT>",
	} {
		own := []theme.File{{Name: "templates/own.html", Path: "themes/own/templates/own.html", Text: []byte(text)}}
		if faults := scriptFaults(files, own); len(faults) == 0 || faults[0].Path != own[0].Path || faults[0].Start.Line == 0 {
			t.Errorf("%s, it is not found: %s %v", where, text, faults)
		}
	}
}

func scriptFaults(builtIn, own []theme.File) (found diag.List) {
	nothing := func(string, theme.Sources) theme.Bundled { return theme.Bundled{} }
	_, faults := theme.Read(builtIn, own, theme.Options{Words: messages.English()}, nothing)
	for _, fault := range faults {
		if fault.Code == diag.ThemeScript {
			found.Add(fault)
		}
	}
	return found
}
