package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What a result could depend on without being told, and what could reach out of the
// project: forbidden below cmd/. A name without a dot is a whole package.
var forbidden = []string{
	"time.Now", "time.Since", "time.Until", "time.After", "time.AfterFunc", "time.Sleep", "time.Tick", "time.NewTicker", "time.NewTimer",
	"time.Local", "time.LoadLocation",
	"math/rand", "math/rand/v2", "crypto/rand", "hash/maphash",
	"os.Getenv", "os.LookupEnv", "os.Environ", "os.ExpandEnv", "os.Hostname", "os.Getwd", "os.Getpid", "os.Getuid", "os.Args", "os.Executable",
	"os.UserHomeDir", "os.UserConfigDir", "os.UserCacheDir", "os.TempDir", "os.MkdirTemp", "os.CreateTemp", "os/user",
	"runtime.NumCPU", "os/exec", "os.StartProcess", "plugin", "unsafe", "net", "net/http", "syscall.Exec", "syscall.ForkExec",
}

// Where it is allowed all the same, and why.
var allowed = map[string]string{
	"generator/publish/publish.go time.After": "asks for the lock again and again; what is published does not depend on when it got it",

	"generator/assessment/typicalway.go math/rand/v2": "draws the same profiles each time: the seed is a constant",

	"generator/hostile/processor_other.go time.Now":   "measures; only tests import this package",
	"generator/hostile/processor_other.go time.Since": "measures; only tests import this package",

	"generator/serve/watch.go time.NewTicker":  "looks at the files from time to time",
	"generator/serve/watch.go time.NewTimer":   "waits until a burst of changes is over",
	"generator/serve/watch.go time.Now":        "tells how long a burst lasts, and whether a time of change is too fresh to be trusted",
	"generator/serve/watch.go time.Since":      "tells how long a burst lasts",
	"generator/serve/reload.go time.NewTicker": "shows a connection that died",
	"generator/serve/reload.go net/http":       "the preview is a server",
	"generator/serve/serve.go net/http":        "the preview is a server",
	"generator/serve/fault.go net/http":        "the preview is a server",
	"generator/serve/request.go net/http":      "the preview is a server",
	"generator/serve/run.go net/http":          "the preview is a server",
	"generator/serve/run.go net":               "the preview is a server",
	"generator/serve/serve.go time.NewTimer":   "the first page waits a while for the first model",
	"generator/serve/editor.go net/http":       "the preview is a server",
	"generator/follow.go net":                  "the preview is handed a listener",
	"generator/paths.go net/http":              "path --from reads what a site has published",
}

// Laws 4 and 6, in the sources: nothing below cmd/ asks for the time, chance, the
// environment, a process or a connection, but for the places in the list.
func TestNothingUndeclaredIsAskedFor(t *testing.T) {
	used := map[string]bool{}
	eachSource(t, func(name string, file *ast.File, place func(token.Pos) string) {
		found := func(what string, at token.Pos) {
			if _, ok := allowed[name+" "+what]; ok {
				used[name+" "+what] = true
			} else {
				t.Errorf("%s: %s", place(at), what)
			}
		}
		packages := map[string]string{} // by the name in this file
		for _, imported := range file.Imports {
			path, err := strconv.Unquote(imported.Path.Value)
			must(t, err)
			local := path[strings.LastIndexByte(path, '/')+1:]
			if imported.Name != nil {
				local = imported.Name.Name
			}
			if local == "." {
				t.Errorf("%s: an import into the file's own names", place(imported.Pos()))
			}
			packages[local] = path
			if slices.Contains(forbidden, path) {
				found(path, imported.Pos())
			}
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if selector, ok := node.(*ast.SelectorExpr); ok {
				if from, ok := selector.X.(*ast.Ident); ok && packages[from.Name] != "" {
					if what := packages[from.Name] + "." + selector.Sel.Name; slices.Contains(forbidden, what) {
						found(what, selector.Pos())
					}
				}
			}
			return true
		})
	})
	for entry := range allowed {
		if !used[entry] {
			t.Errorf("the list allows %q, which is not there any more", entry)
		}
	}
}

// Law 6: text becomes HTML unescaped in few places, each of which says why it may.
var trusted = map[string]string{
	"generator/render/body.go":   "an article's literals come from the Markdown renderer, what fills its holes is escaped there",
	"generator/render/render.go": "data blocks are JSON, in which <, > and & are escaped",
	"generator/render/side.go":   "the entries of the side come from the theme's template",
	"generator/serve/reload.go":  "the list of faults comes from the preview's template",

	"generator/serve/editor.go URL": "a link to the author's editor; the command refuses schemes that run anything in a browser",
}

func TestTrustedHTML(t *testing.T) {
	used := map[string]bool{}
	eachSource(t, func(name string, file *ast.File, place func(token.Pos) string) {
		ast.Inspect(file, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			selector, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			from, ok := selector.X.(*ast.Ident)
			if !ok || from.Name != "template" {
				return true
			}
			switch selector.Sel.Name {
			case "HTML":
				if used[name] = true; trusted[name] == "" {
					t.Errorf("%s: text becomes HTML here", place(call.Pos()))
				}
			case "HTMLAttr", "JS", "JSStr", "CSS", "URL", "Srcset":
				what := name + " " + selector.Sel.Name
				if used[what] = true; trusted[what] == "" {
					t.Errorf("%s: template.%s is never made", place(call.Pos()), selector.Sel.Name)
				}
			}
			return true
		})
	})
	for name := range trusted {
		if !used[name] {
			t.Errorf("the list names %s, which makes no HTML any more", name)
		}
	}
}

// eachSource parses every Go file of the library and of the themes, but for tests.
func eachSource(t *testing.T, look func(name string, file *ast.File, place func(token.Pos) string)) {
	t.Helper()
	files := token.NewFileSet()
	for _, folder := range []string{"../generator", "../themes"} {
		err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
				return err
			}
			parsed, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			shown := strings.TrimPrefix(filepath.ToSlash(name), "../")
			look(shown, parsed, func(at token.Pos) string {
				return shown + ":" + strconv.Itoa(files.Position(at).Line)
			})
			return nil
		})
		must(t, err)
	}
}
