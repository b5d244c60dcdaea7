package theme

import (
	"bytes"
	"io/fs"
	"maps"
	"reflect"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/messages"
	"cairn/themes"
)

// standard is what a site without settings gives a theme. What templates are given is
// held by the tests of the whole program.
var standard = Options{Words: messages.English()}

func builtIn(t *testing.T) []File {
	t.Helper()
	var files []File
	err := fs.WalkDir(themes.Default, "default", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(themes.Default, name)
		files = append(files, File{Name: strings.TrimPrefix(name, "default/"), Path: "themes/" + name, Text: text})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The built-in theme can be used, its bundles stand alone and are the same each time.
func TestBuiltIn(t *testing.T) {
	first, faults := Read(builtIn(t), nil, standard, Esbuild)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	second, _ := Read(builtIn(t), nil, standard, Esbuild)
	if !bytes.Equal(first.Style, second.Style) || !maps.EqualFunc(first.Scripts, second.Scripts, bytes.Equal) {
		t.Error("two bundles of the same files differ")
	}
	for _, forbidden := range []string{"eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "import(", "serviceWorker", "http://", "https://"} {
		for name, script := range first.Scripts {
			if bytes.Contains(script, []byte(forbidden)) {
				t.Errorf("the script %s holds %s", name, forbidden)
			}
		}
	}
	for _, forbidden := range []string{"@import", "url(http", "url(//", "expression("} {
		if bytes.Contains(first.Style, []byte(forbidden)) {
			t.Errorf("the style holds %s", forbidden)
		}
	}
}

func TestActionsInScripts(t *testing.T) {
	for _, c := range []struct {
		text  string
		fault bool
	}{
		{`<p>{{.Title}}</p>`, false},
		{`<script src="{{.Script}}"></script><p>{{.Title}}</p>`, false},
		{`<script>let a = {{.Title}}</script>`, true},
		{`<script>let a = 1</script>{{.Title}}`, false},
		{`<SCRIPT type="module">{{.Title}}</SCRIPT>`, true},
		{`<style>{{.Title}}</style>`, true},
		{`<style>a{}</style>{{if .Title}}<b>{{.Title}}</b>{{end}}`, false},
		{`<script>{{if .Title}}1{{end}}</script>`, true},
		{`<script>{{if .Title}}{{.Title}}{{end}}</script>`, true},
		{`<script>{{template "other" .}}</script>`, true},
		{`<script src="{{.Script}}">{{.Title}}</script>`, true},
		{`<scripture>{{.Title}}</scripture>`, false},
	} {
		own := []File{{Name: "templates/other.html", Text: []byte("x")}, {Name: "templates/case.html", Path: "themes/own/templates/case.html", Text: []byte(c.text)}}
		bundle := func(string, Sources) Bundled { return Bundled{} }
		_, faults := Read(nil, own, Options{}, bundle)
		found := len(faults) > 0 && faults[0].Code == diag.ThemeScript
		if found != c.fault {
			t.Errorf("%s: faults %v", c.text, faults)
		}
	}
}

// A theme of the site's own replaces files by name, all but the engine.
func TestOwnTheme(t *testing.T) {
	options := standard
	options.Contract = Contract{"notfound.html": reflect.TypeFor[string](), "guide.html": nil}
	own := []File{
		{Name: "templates/notfound.html", Path: "themes/own/templates/notfound.html", Text: []byte("own")},
		{Name: "client/engine/evaluate.ts", Path: "themes/own/client/engine/evaluate.ts", Text: []byte("export const x = 1")},
	}
	theme, faults := Read(builtIn(t), own, options, Esbuild)
	if len(faults) != 1 || faults[0].Code != diag.ThemeUnknown || faults[0].Severity != diag.Warning {
		t.Errorf("replacing the engine: %v", faults)
	}
	var b bytes.Buffer
	if err := theme.Execute(&b, "notfound.html", nil); err != nil || b.String() != "own" {
		t.Errorf("the own template was not used: %q %v", b.String(), err)
	}
	if theme.compiled.Lookup("guide.html") == nil {
		t.Error("the built-in templates are gone")
	}
}
