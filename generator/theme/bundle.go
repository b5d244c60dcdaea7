package theme

import (
	"path"
	"slices"
	"strings"
	"sync"

	"cairn/generator/diag"

	"github.com/evanw/esbuild/pkg/api"
)

// Esbuild makes one classic script or style sheet of an entry and everything it
// imports, with esbuild's build API. The files come from memory through a plug-in,
// never from the disk, so a stray tsconfig.json or package.json cannot change the
// output, and nothing outside the theme can be imported.
func Esbuild(entry string, from Sources) Bundled {
	files := from.Files
	if _, ok := files[entry]; !ok {
		return Bundled{Faults: diag.List{diag.At("themes", diag.ThemeMissing, "the theme has no file "+entry, "")}}
	}
	// An entry that is a path would be looked for on the disk, whatever a plug-in says;
	// a line that imports it is not.
	first := &api.StdinOptions{Contents: `import "./` + path.Base(entry) + `"`, Loader: api.LoaderTS}
	if path.Ext(entry) == ".css" {
		first.Contents, first.Loader = `@import "./`+path.Base(entry)+`";`, api.LoaderCSS
	}
	first.Sourcefile = path.Join(path.Dir(entry), "entry")
	var used usedFiles
	result := api.Build(api.BuildOptions{
		Stdin:             first,
		Bundle:            true,
		Write:             false,
		Outdir:            "/",
		AbsWorkingDir:     "/",
		Format:            api.FormatIIFE,
		Platform:          api.PlatformBrowser,
		Target:            api.ES2022, // older browsers do not know the styles either
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      path.Ext(entry) != ".css", // light-dark() and nesting stay as they were written
		LegalComments:     api.LegalCommentsNone,
		Charset:           api.CharsetUTF8,
		TsconfigRaw:       `{"compilerOptions":{"strict":true,"useDefineForClassFields":false}}`,
		LogLevel:          api.LogLevelSilent,
		Sourcemap:         api.SourceMapNone,
		Plugins:           []api.Plugin{fromMemory(files, &used)},
	})
	var faults diag.List
	code := diag.ThemeTypeScript
	if path.Ext(entry) == ".css" {
		code = diag.ThemeStyle
	}
	for _, message := range append(result.Errors, result.Warnings...) {
		faults.Add(esbuildFault(message, files, code))
	}
	if len(faults) > 0 || len(result.OutputFiles) != 1 {
		return Bundled{Faults: faults}
	}
	slices.Sort(used.names)
	return Bundled{Bytes: result.OutputFiles[0].Contents, Used: slices.Compact(used.names)}
}

// usedFiles notes what was loaded, which esbuild does at several places at once.
type usedFiles struct {
	sync.Mutex
	names []string
}

func fromMemory(files map[string]File, used *usedFiles) api.Plugin {
	return api.Plugin{Name: "theme", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			name := args.Path
			if !strings.HasPrefix(name, "./") && !strings.HasPrefix(name, "../") {
				return api.OnResolveResult{}, &missing{"only files of the theme can be imported, by a relative path: " + name}
			}
			name = path.Join(path.Dir(args.Importer), name)
			for _, suffix := range []string{"", ".ts"} {
				if _, ok := files[name+suffix]; ok {
					return api.OnResolveResult{Path: name + suffix, Namespace: "theme"}, nil
				}
			}
			return api.OnResolveResult{}, &missing{"the theme has no file " + name}
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "theme"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			used.Lock()
			used.names = append(used.names, args.Path)
			used.Unlock()
			text := string(files[args.Path].Text)
			loader := api.LoaderTS
			switch path.Ext(args.Path) {
			case ".css":
				loader = api.LoaderCSS
			case ".json":
				loader = api.LoaderJSON
			}
			return api.OnLoadResult{Contents: &text, Loader: loader}, nil
		})
	}}
}

type missing struct{ text string }

func (m *missing) Error() string { return m.text }

func esbuildFault(message api.Message, files map[string]File, code diag.Code) diag.Diagnostic {
	if message.Location == nil {
		return diag.At("themes", code, message.Text, "")
	}
	name := strings.TrimPrefix(message.Location.File, "theme:")
	file, ok := files[name]
	if !ok {
		return diag.At("themes", code, message.Text, "")
	}
	source := diag.NewFile(file.Path, file.Text)
	start := source.Offset(diag.Position{Line: message.Location.Line, Column: 1}) + message.Location.Column
	hint := ""
	if message.Location.Suggestion != "" {
		hint = "write " + message.Location.Suggestion
	} else {
		for _, note := range message.Notes {
			hint = note.Text
			break
		}
	}
	return source.At(start, start+max(1, message.Location.Length), code, message.Text, hint)
}
