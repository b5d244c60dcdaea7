package theme

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"cairn/generator/diag"
)

// A Contract says what each template that cairn asks for is given: its name, and the
// type of its data. All other templates are parts of these.
type Contract map[string]reflect.Type

// check walks every template from those of the contract on, through all branches, with
// the type of what it is given. So a name that a page has no longer is found at once and
// with its place, also where no page of the site comes to it; and what no template calls
// any more is found, too.
func (s *templateSet) check(contract Contract) diag.List {
	c := &checker{set: s, seen: map[visit]bool{}, reached: map[string]bool{}, told: map[told]bool{}, files: map[string]*diag.File{}}
	for _, name := range slices.Sorted(maps.Keys(contract)) {
		if s.trees[name] != nil {
			c.template(name, contract[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.trees)) {
		if !s.own[name] || c.reached[name] || parse.IsEmptyTree(s.trees[name].Root) {
			continue
		}
		names := slices.DeleteFunc(slices.Sorted(maps.Keys(s.trees)), func(other string) bool { return !c.reached[other] })
		if strings.HasSuffix(name, ".html") { // a file may be named as a part
			for _, part := range names {
				if !strings.HasSuffix(part, ".html") {
					names = append(names, part+".html")
				}
			}
		}
		at := 0
		if found := strings.Index(string(s.files[name].Text), `"`+name+`"`); found >= 0 {
			at = found
		}
		file := c.file(name)
		end := min(len(file.Text), at+len(name)+2)
		if at == 0 {
			end = 0
		}
		c.faults.Add(file.At(at, end, diag.ThemeUnused, fmt.Sprintf("no template calls %q", name),
			diag.DidYouMean(name, names, "a template is named as the one it replaces, or called by one of yours")))
	}
	return c.faults
}

type visit struct {
	name string
	data reflect.Type
}

type told struct {
	file    string
	at      int
	message string
}

type checker struct {
	set     *templateSet
	seen    map[visit]bool
	reached map[string]bool
	told    map[told]bool
	files   map[string]*diag.File
	faults  diag.List
}

func (c *checker) file(name string) *diag.File {
	file := c.set.files[name]
	if c.files[file.Path] == nil {
		c.files[file.Path] = diag.NewFile(file.Path, file.Text)
	}
	return c.files[file.Path]
}

// template checks one with data of a type; nil is a type that is not known.
func (c *checker) template(name string, data reflect.Type) {
	if c.seen[visit{name, data}] {
		return
	}
	c.seen[visit{name, data}], c.reached[name] = true, true
	w := &walker{checker: c, name: name, variables: []variable{{"$", data}}}
	w.list(c.set.trees[name].Root, data)
}

// A walker is in one template.
type walker struct {
	*checker
	name      string
	variables []variable
}

type variable struct {
	name string
	of   reflect.Type
}

func (w *walker) fault(node parse.Node, text string, code diag.Code, message, hint string) {
	file := w.file(w.name)
	start := int(node.Position())
	// The place of a chain of names is that of one in its middle.
	if end := start + len(text); end > len(file.Text) || string(file.Text[start:end]) != text {
		if before := strings.LastIndex(string(file.Text[:min(len(file.Text), end)]), text); before >= 0 {
			start = before
		}
	}
	if key := (told{file.Path, start, message}); !w.told[key] {
		w.told[key] = true
		w.faults.Add(file.At(start, min(len(file.Text), start+len(text)), code, message, hint))
	}
}

func (w *walker) list(list *parse.ListNode, dot reflect.Type) {
	if list == nil {
		return
	}
	depth := len(w.variables)
	for _, node := range list.Nodes {
		w.node(node, dot)
	}
	w.variables = w.variables[:depth]
}

func (w *walker) node(node parse.Node, dot reflect.Type) {
	depth := len(w.variables)
	switch node := node.(type) {
	case *parse.ActionNode:
		w.pipe(node.Pipe, dot)
		return // what it declares stays until the end of the list
	case *parse.TemplateNode:
		data := nothing
		if node.Pipe != nil {
			data = w.pipe(node.Pipe, dot)
		}
		if w.set.trees[node.Name] == nil {
			w.fault(node, node.Name, diag.ThemeField, fmt.Sprintf("there is no template %q", node.Name),
				diag.DidYouMean(node.Name, slices.Sorted(maps.Keys(w.set.trees)), "the name is that of a file in templates/, or of a {{define}}"))
		} else {
			w.template(node.Name, data)
		}
	case *parse.IfNode:
		w.pipe(node.Pipe, dot)
		w.list(node.List, dot)
		w.list(node.ElseList, dot)
	case *parse.WithNode:
		w.list(node.List, w.pipe(node.Pipe, dot))
		w.list(node.ElseList, dot)
	case *parse.RangeNode:
		index, item := w.items(node, w.pipeWithout(node.Pipe, dot))
		switch names := node.Pipe.Decl; len(names) {
		case 1:
			w.declare(names[0], item)
		case 2:
			w.declare(names[0], index)
			w.declare(names[1], item)
		}
		w.list(node.List, item)
		w.list(node.ElseList, dot)
	}
	w.variables = w.variables[:depth]
}

func (w *walker) declare(v *parse.VariableNode, of reflect.Type) {
	w.variables = append(w.variables, variable{v.Ident[0], of})
}

// items returns the types of what a range gives.
func (w *walker) items(node *parse.RangeNode, of reflect.Type) (index, item reflect.Type) {
	if of == nil {
		return nil, nil
	}
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	switch of.Kind() {
	case reflect.Slice, reflect.Array:
		return reflect.TypeFor[int](), of.Elem()
	case reflect.Map:
		return of.Key(), of.Elem()
	case reflect.Int:
		return of, of
	case reflect.Interface, reflect.Func, reflect.Chan:
		return nil, nil
	}
	w.fault(node, node.Pipe.String(), diag.ThemeField, fmt.Sprintf("%s is no list", node.Pipe), "range goes over lists; use with, or if")
	return nil, nil
}

func (w *walker) pipe(pipe *parse.PipeNode, dot reflect.Type) reflect.Type {
	of := w.pipeWithout(pipe, dot)
	for _, name := range pipe.Decl {
		if !pipe.IsAssign {
			w.declare(name, of)
		}
	}
	return of
}

// pipeWithout is a pipe without what it declares.
func (w *walker) pipeWithout(pipe *parse.PipeNode, dot reflect.Type) reflect.Type {
	var of reflect.Type
	for _, command := range pipe.Cmds {
		of = w.command(command, dot)
	}
	return of
}

func (w *walker) command(command *parse.CommandNode, dot reflect.Type) reflect.Type {
	types := make([]reflect.Type, len(command.Args))
	for i, arg := range command.Args {
		types[i] = w.operand(arg, dot)
	}
	function, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok {
		return types[0]
	}
	switch function.Ident {
	case "say", "count", "parts":
		if len(command.Args) > 1 {
			if key, constant := command.Args[1].(*parse.StringNode); constant {
				w.word(key, function.Ident)
			}
		}
		if function.Ident == "parts" {
			return reflect.TypeFor[[]Part]()
		}
		return reflect.TypeFor[string]()
	case "print", "printf", "println", "html", "urlquery":
		return reflect.TypeFor[string]()
	case "len":
		return reflect.TypeFor[int]()
	case "eq", "ne", "lt", "le", "gt", "ge", "not":
		return reflect.TypeFor[bool]()
	case "or", "and":
		for _, other := range types[2:] {
			if other != types[1] {
				return nil
			}
		}
		return types[1]
	}
	return nil
}

// word checks the key of a word.
func (w *walker) word(node *parse.StringNode, function string) {
	keys := []string{node.Text}
	if function == "count" {
		keys = []string{node.Text + ".one", node.Text + ".many"}
	}
	for _, key := range keys {
		if _, known := w.set.words[key]; !known {
			w.fault(node, node.Quoted, diag.ThemeField, fmt.Sprintf("there is no word %q", key),
				diag.DidYouMean(key, slices.Sorted(maps.Keys(w.set.words)), "the page of words lists all"))
			return
		}
	}
}

func (w *walker) operand(node parse.Node, dot reflect.Type) reflect.Type {
	switch node := node.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return w.fields(node, node.String(), dot, node.Ident)
	case *parse.VariableNode:
		for i := len(w.variables) - 1; i >= 0; i-- {
			if w.variables[i].name == node.Ident[0] {
				return w.fields(node, node.String(), w.variables[i].of, node.Ident[1:])
			}
		}
	case *parse.ChainNode:
		return w.fields(node, node.String(), w.operand(node.Node, dot), node.Field)
	case *parse.PipeNode:
		return w.pipe(node, dot)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	}
	return nil
}

// nothing is what a template is given by {{template "name"}} alone.
var nothing = reflect.TypeFor[struct{}]()

// fields follows names from a type on, as html/template will.
func (w *walker) fields(node parse.Node, text string, of reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		if of == nil || of.Kind() == reflect.Interface {
			return nil
		}
		bare := of
		for bare.Kind() == reflect.Pointer {
			bare = bare.Elem()
		}
		if method, ok := reflect.PointerTo(bare).MethodByName(name); ok && method.Type.NumOut() > 0 {
			of = method.Type.Out(0)
			continue
		}
		if bare.Kind() == reflect.Map {
			of = bare.Elem()
			continue
		}
		if bare.Kind() == reflect.Struct {
			if field, ok := bare.FieldByName(name); ok && field.IsExported() {
				of = field.Type
				continue
			}
		}
		what, hint := "what the template is given here", "a template is given something by {{template \"name\" .}}"
		if bare != nothing {
			what = DataName(bare)
			names := fieldNames(bare)
			switch {
			case len(names) == 0:
				hint = "it is a text, a number or a list, and has no names"
			case len(names) > 12:
				hint = diag.DidYouMean(name, names, "the page on themes lists its names")
			default:
				hint = diag.DidYouMean(name, names, "it has "+strings.Join(names, ", "))
			}
		}
		w.fault(node, text, diag.ThemeField, fmt.Sprintf("%s has no %q", what, name), hint)
		return nil
	}
	return of
}

// DataName is how messages and the page on themes call a type: "page" for pageView.
func DataName(of reflect.Type) string {
	switch of.Kind() {
	case reflect.Pointer:
		return DataName(of.Elem())
	case reflect.Slice:
		return "list of " + DataName(of.Elem())
	}
	if name, ok := dataNames[of.String()]; ok {
		return name
	}
	name := strings.TrimSuffix(of.Name(), "View")
	if name == "" {
		return of.String()
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// dataNames are those that the type's own would not tell.
var dataNames = map[string]string{
	"template.HTML": "HTML", "string": "text", "int": "number", "bool": "yes or no", "map[string]bool": "yes or no by name",
	"prove.Page": "proof", "prove.Line": "proof line", "diag.Code": "text", "diag.Severity": "text",
}

// fieldNames are the names that a struct has.
func fieldNames(of reflect.Type) []string {
	if of.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for _, field := range reflect.VisibleFields(of) {
		if field.IsExported() && !field.Anonymous {
			names = append(names, field.Name)
		}
	}
	return names
}
