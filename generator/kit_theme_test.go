package generator_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cairn/generator/golden"
	"cairn/generator/messages"
	"cairn/generator/render"
	"cairn/generator/theme"
	"cairn/themes"
)

// The parts of the kit's page on themes are made from the code: what templates are given
// from the types and their comments, words from the catalogue, tokens from the style.
// -update writes them anew.
func TestKitThemes(t *testing.T) {
	for name, made := range map[string]string{
		"_templates.md": templatesOf(t),
		"_tokens.md":    tokensOf(t),
		"_words.md":     catalogueOf(),
	} {
		golden.Compare(t, filepath.Join("../content/kit", name), []byte(made))
	}
}

// commentsOf are the comments of the types and fields in a package's folder: "Type" and
// "Type.Field".
func commentsOf(t *testing.T, folder string) map[string]string {
	comments := map[string]string{}
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	must(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		must(t, err)
		ast.Inspect(file, func(node ast.Node) bool {
			declared, ok := node.(*ast.GenDecl)
			if !ok {
				return true
			}
			for _, spec := range declared.Specs {
				if named, ok := spec.(*ast.TypeSpec); ok {
					comments[named.Name.Name] = oneLine(declared.Doc.Text() + named.Doc.Text())
					if of, ok := named.Type.(*ast.StructType); ok {
						for _, field := range of.Fields.List {
							if len(field.Names) > 0 { // a comment is about all the names of its line
								comments[named.Name.Name+"."+field.Names[0].Name] = oneLine(field.Doc.Text() + field.Comment.Text())
							}
						}
					}
				}
			}
			return true
		})
	}
	return comments
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// templatesOf writes what each template is given, and the names of each thing.
func templatesOf(t *testing.T) string {
	contract := render.Contract()
	packages := map[string]map[string]string{}
	for _, folder := range []string{"render", "diag", "prove", "record", "messages"} {
		packages["cairn/generator/"+folder] = commentsOf(t, folder)
	}
	var b strings.Builder
	b.WriteString("## What each template is given\n\n| Template | Is given |\n|---|---|\n")
	var open []reflect.Type
	for _, name := range slices.Sorted(maps.Keys(contract)) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, theme.DataName(contract[name]))
		open = append(open, contract[name])
	}
	slices.SortStableFunc(open, func(x, y reflect.Type) int { return strings.Compare(theme.DataName(x), theme.DataName(y)) })
	// The page first: it is what nearly all templates are given.
	slices.SortStableFunc(open, func(x, y reflect.Type) int { return isPage(y) - isPage(x) })
	seen := map[reflect.Type]bool{}
	for len(open) > 0 {
		of := open[0]
		open = open[1:]
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] {
			continue
		}
		seen[of] = true
		comments := packages[of.PkgPath()]
		if comments == nil {
			t.Fatalf("%v is of a package whose comments are not read", of)
		}
		if comments[of.Name()] == "" {
			t.Errorf("%v is given to templates and has no comment", of)
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| Name | Is | What it says |\n|---|---|---|\n", theme.DataName(of), spoken(comments[of.Name()]))
		for _, field := range reflect.VisibleFields(of) {
			if !field.IsExported() || field.Anonymous {
				continue
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", field.Name, theme.DataName(field.Type), spoken(comments[of.Name()+"."+field.Name]))
			open = append(open, field.Type)
		}
		methods := reflect.PointerTo(of)
		for i := range methods.NumMethod() {
			if method := methods.Method(i); of.PkgPath() == "cairn/generator/render" || method.Name == "Place" || method.Name == "Anchor" {
				fmt.Fprintf(&b, "| `%s` | %s | |\n", method.Name, theme.DataName(method.Type.Out(0)))
			}
		}
	}
	b.WriteString("\n## What templates can call\n\nBesides the functions of Go’s html/template:\n\n| Function | Example | What it gives |\n|---|---|---|\n")
	for _, function := range theme.Functions {
		fmt.Fprintf(&b, "| `%s` | `{{%s}}` | %s |\n", function.Name, function.Use, function.Doc)
	}
	return b.String()
}

func isPage(of reflect.Type) int {
	if theme.DataName(of) == "page" {
		return 1
	}
	return 0
}

// spoken is a comment as the page prints it: types by the names that templates' authors
// know them by.
func spoken(comment string) string {
	words := strings.Fields(comment)
	for i, word := range words {
		if name, ok := strings.CutSuffix(word, "View"); ok {
			words[i] = strings.ToLower(name[:1]) + name[1:]
		}
	}
	return strings.NewReplacer("|", `\|`, "<", `\<`, "[", `\[`, "*", `\*`).Replace(strings.Join(words, " "))
}

func tokensOf(t *testing.T) string {
	declared, err := theme.Tokens(themes.Default)
	must(t, err)
	var b strings.Builder
	b.WriteString("```toml\n[tokens]\n")
	for _, token := range declared {
		fmt.Fprintln(&b, token)
	}
	b.WriteString("```\n")
	if len(declared) < 20 {
		t.Errorf("only %d tokens", len(declared))
	}
	return b.String()
}

func catalogueOf() string {
	words := messages.English()
	var b strings.Builder
	area := ""
	for _, key := range slices.Sorted(maps.Keys(words)) {
		of, _, _ := strings.Cut(key, ".")
		if of != area {
			if area != "" {
				b.WriteString("```\n\n")
			}
			area = of
			fmt.Fprintf(&b, "```toml\n")
		}
		fmt.Fprintf(&b, "%q = %q\n", key, words[key])
	}
	return b.String() + "```\n"
}
