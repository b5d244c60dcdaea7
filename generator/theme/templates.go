package theme

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"cairn/generator/diag"
	"cairn/generator/messages"
)

// A template has a name: that of its file, "guide.html", or of a {{define}} in one,
// "pager". The built-in ones are read first and the site's own over them, so whatever a
// site writes replaces what has the same name, and nothing needs to be copied. A file
// that is named as a part, pager.html, is that part.

// Functions are what templates may call besides those of html/template, and what each
// of them says.
var Functions = []struct{ Name, Use, Doc string }{
	{"say", `say "form.about" "time" .Minutes`, "A word of the interface by its key, with its placeholders filled in: pairs of name and value."},
	{"count", `count "golden.steps" (len .Steps)`, "A word about a number of things: KEY.one for 1, else KEY.many."},
	{"parts", `range parts "moved.to"`, "A word cut at its placeholders, where an element stands in one: each part has a Text, or the Name of a placeholder."},
}

// A Part of a word: text, or a placeholder's name.
type Part = messages.Part

// functions are those of Functions, saying the words of a catalogue.
func functions(words messages.Catalogue) template.FuncMap {
	return template.FuncMap{
		"say": func(key string, pairs ...any) (string, error) {
			if len(pairs)%2 != 0 {
				return "", fmt.Errorf("say %q takes pairs of name and value", key)
			}
			texts := make([]string, len(pairs))
			for i, value := range pairs {
				texts[i] = fmt.Sprint(value)
			}
			return words.Say(key, texts...), nil
		},
		"count": func(key string, n int) string { return words.Count(key, n, fmt.Sprint(n)) },
		"parts": words.Parts,
	}
}

// builtinFunctions are those of text/template; only their names matter to the parser.
var builtinFunctions = func() map[string]any {
	names := map[string]any{}
	for _, name := range []string{"and", "or", "not", "len", "index", "slice", "print", "printf", "println", "html", "js", "urlquery", "call", "eq", "ne", "lt", "le", "gt", "ge"} {
		names[name] = true
	}
	return names
}()

// A templateSet is all templates of a theme, by name, and the file that each stands in.
type templateSet struct {
	trees map[string]*parse.Tree
	files map[string]File
	paths map[string]File
	own   map[string]bool
	words messages.Catalogue
}

// OwnTemplates tells whether a template of the site's own is in use.
func (t *Theme) OwnTemplates() bool {
	for _, own := range t.templates.own {
		if own {
			return true
		}
	}
	return false
}

// readTemplates parses the built-in templates, and the site's own over them.
func readTemplates(builtIn, own []File, words messages.Catalogue) (*templateSet, diag.List) {
	set := &templateSet{trees: map[string]*parse.Tree{}, files: map[string]File{}, paths: map[string]File{}, own: map[string]bool{}, words: words}
	faults := set.add(builtIn, false)
	return set, append(faults, set.add(own, true)...)
}

// file finds a template's file by its path.
func (s *templateSet) file(path string) (File, bool) {
	file, ok := s.paths[path]
	return file, ok
}

func (s *templateSet) add(files []File, own bool) diag.List {
	var faults diag.List
	calls := functions(s.words)
	for _, file := range files {
		if path.Dir(file.Name) != "templates" || path.Ext(file.Name) != ".html" {
			continue
		}
		name := path.Base(file.Name)
		if part := strings.TrimSuffix(name, ".html"); own && s.trees[name] == nil && s.trees[part] != nil {
			name = part
		}
		s.paths[file.Path] = file
		// Parsed under its path, which messages give as their place.
		trees, err := parse.Parse(file.Path, string(file.Text), "", "", calls, builtinFunctions)
		if err != nil {
			faults.Add(templateFault(s.file, err, diag.ThemeTemplate))
			continue
		}
		if whole := trees[file.Path]; whole != nil {
			delete(trees, file.Path)
			whole.Name = name
			trees[name] = whole
		}
		for _, defined := range slices.Sorted(maps.Keys(trees)) {
			tree := trees[defined]
			faults = append(faults, actionsInScripts(file, tree)...)
			if defined == name && parse.IsEmptyTree(tree.Root) {
				continue // a file of definitions alone
			}
			s.trees[defined], s.files[defined], s.own[defined] = tree, file, own
		}
	}
	return faults
}

// compile says the words that need nothing filled in, once for all pages, and makes the
// templates ready. The list holds what html/template refuses.
func (s *templateSet) compile(contract Contract) (*template.Template, diag.List) {
	templates := template.New("").Funcs(functions(s.words)).Option("missingkey=error")
	for _, name := range slices.Sorted(maps.Keys(s.trees)) {
		tree := s.trees[name]
		if text := firstText(tree.Root); text != nil {
			s.sayIn(tree.Root, text)
		}
		if _, err := templates.AddParseTree(name, tree); err != nil {
			return nil, diag.List{templateFault(s.file, err, diag.ThemeTemplate)}
		}
	}
	return templates, s.prepare(templates, contract)
}

// firstText returns some text of a template. A node of text can only be copied from
// another one of its tree.
func firstText(list *parse.ListNode) *parse.TextNode {
	if list == nil {
		return nil
	}
	for _, node := range list.Nodes {
		var found *parse.TextNode
		switch node := node.(type) {
		case *parse.TextNode:
			return node
		case *parse.IfNode:
			found = cmp.Or(firstText(node.List), firstText(node.ElseList))
		case *parse.RangeNode:
			found = cmp.Or(firstText(node.List), firstText(node.ElseList))
		case *parse.WithNode:
			found = cmp.Or(firstText(node.List), firstText(node.ElseList))
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// sayIn puts text in the place of {{say "key"}}. Words are escaped for text and for
// quoted attributes, which is where templates may say something.
func (s *templateSet) sayIn(list *parse.ListNode, some *parse.TextNode) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			if key, ok := plainWord(node); ok {
				if word, known := s.words[key]; known {
					text := some.Copy().(*parse.TextNode)
					text.Pos, text.Text = node.Pos, []byte(html.EscapeString(word))
					list.Nodes[i] = text
				}
			}
		case *parse.IfNode:
			s.sayIn(node.List, some)
			s.sayIn(node.ElseList, some)
		case *parse.RangeNode:
			s.sayIn(node.List, some)
			s.sayIn(node.ElseList, some)
		case *parse.WithNode:
			s.sayIn(node.List, some)
			s.sayIn(node.ElseList, some)
		}
	}
}

// plainWord returns the key of an action that is {{say "key"}} and no more.
func plainWord(node *parse.ActionNode) (string, bool) {
	pipe := node.Pipe
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	function, called := pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	key, constant := pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !called || !constant || function.Ident != "say" {
		return "", false
	}
	return key.Text, true
}
