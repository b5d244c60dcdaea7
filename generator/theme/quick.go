package theme

import (
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"text/template/parse"

	"cairn/generator/messages"
)

// html/template looks every name up anew, for each action of each page, and calls its
// escapers by reflection: that was a sixth of a build. What templates do on nearly all
// pages is simple, so it is made ready once for the types of the views: fields are
// numbers, and what is written is escaped right there.
//
// The templates are those that html/template has escaped, so what has to be escaped how
// is its decision. Whatever is not known here, in a template or in a value (a function, a
// sign in an address that would have to be encoded, a pointer to nothing), ends the
// attempt: html/template then executes the template from the beginning, and its output or
// its fault is what counts. A test holds both to the same bytes.

// quick is the templates of a theme, as far as they are ready.
type quick struct {
	compiled *template.Template
	words    messages.Catalogue

	mu       sync.RWMutex
	programs map[programID]*program
}

// A programID is a template for a type of view; nil where it is given none.
type programID struct {
	name string
	of   reflect.Type
}

type program struct {
	steps []step
	// runs and ends count attempts, and those that were ended.
	runs, ends atomic.Int64
}

// A step writes a part of a page.
type step func(m *machine, dot reflect.Value)

// A machine is one attempt.
type machine struct {
	out []byte
	// root is what $ stands for.
	root reflect.Value
}

// An unknown ends an attempt.
type unknown struct{}

func end(*machine, reflect.Value) { panic(unknown{}) }

// rooms are what attempts write to, used again.
var rooms = sync.Pool{New: func() any { return new(machine) }}

// execute tries to write what a template makes of a view, and tells whether it did.
func (q *quick) execute(out io.Writer, name string, view any) (done bool, err error) {
	p := q.program(name, reflect.TypeOf(view))
	if runs, ends := p.runs.Add(1), p.ends.Load(); ends > 8 && ends > runs/8 {
		return false, nil // it is not worth trying
	}
	m := rooms.Get().(*machine)
	defer rooms.Put(m)
	m.out = m.out[:0]
	if !m.try(p, reflect.ValueOf(view)) {
		p.ends.Add(1)
		return false, nil
	}
	_, err = out.Write(m.out)
	return true, err
}

func (m *machine) try(p *program, view reflect.Value) (done bool) {
	defer func() {
		m.root = reflect.Value{}
		if !done {
			if fault := recover(); fault != (unknown{}) {
				panic(fault)
			}
		}
	}()
	m.run(p, view)
	return true
}

func (m *machine) run(p *program, dot reflect.Value) {
	before := m.root
	m.root = dot
	m.all(p.steps, dot)
	m.root = before
}

func (m *machine) all(steps []step, dot reflect.Value) {
	for _, step := range steps {
		step(m, dot)
	}
}

func (q *quick) program(name string, of reflect.Type) *program {
	id := programID{name, of}
	q.mu.RLock()
	p := q.programs[id]
	q.mu.RUnlock()
	if p != nil {
		return p
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.compile(id)
}

// compile makes a template ready, and those that it calls.
func (q *quick) compile(id programID) *program {
	if p := q.programs[id]; p != nil {
		return p
	}
	p := &program{}
	q.programs[id] = p // it may call itself
	p.steps = []step{end}
	if found := q.compiled.Lookup(id.name); found != nil && found.Tree != nil {
		p.steps = compiler{q, id.of}.list(found.Tree.Root, id.of)
	}
	return p
}

// A compiler makes one template ready; root is the type of $.
type compiler struct {
	*quick
	root reflect.Type
}

func (c compiler) list(list *parse.ListNode, dot reflect.Type) []step {
	var steps []step
	if list == nil {
		return nil
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			text := string(node.Text)
			steps = append(steps, func(m *machine, _ reflect.Value) { m.out = append(m.out, text...) })
		case *parse.CommentNode:
		case *parse.ActionNode:
			steps = append(steps, c.action(node.Pipe, dot))
		case *parse.IfNode:
			steps = append(steps, c.choice(node, dot))
		case *parse.WithNode:
			steps = append(steps, c.with(node, dot))
		case *parse.RangeNode:
			steps = append(steps, c.loop(node, dot))
		case *parse.TemplateNode:
			steps = append(steps, c.call(node, dot))
		default:
			steps = append(steps, end)
		}
	}
	return steps
}

func (c compiler) choice(node *parse.IfNode, dot reflect.Type) step {
	holds := c.condition(node.Pipe, dot)
	if holds == nil {
		return end
	}
	then, otherwise := c.list(node.List, dot), c.list(node.ElseList, dot)
	return func(m *machine, dot reflect.Value) {
		if holds(m, dot) {
			m.all(then, dot)
		} else {
			m.all(otherwise, dot)
		}
	}
}

func (c compiler) with(node *parse.WithNode, dot reflect.Type) step {
	v := c.pipeline(node.Pipe, dot)
	if v.of == nil || !testable(v.of) {
		return end
	}
	then, otherwise := c.list(node.List, v.of), c.list(node.ElseList, dot)
	return func(m *machine, dot reflect.Value) {
		if value := v.get(m, dot); truth(value) {
			m.all(then, value)
		} else {
			m.all(otherwise, dot)
		}
	}
}

func (c compiler) loop(node *parse.RangeNode, dot reflect.Type) step {
	v := c.pipeline(node.Pipe, dot)
	if v.of == nil || v.of.Kind() != reflect.Slice || isInterface(v.of.Elem()) {
		return end
	}
	each, otherwise := c.list(node.List, v.of.Elem()), c.list(node.ElseList, dot)
	return func(m *machine, dot reflect.Value) {
		value := v.get(m, dot)
		n := value.Len()
		for i := range n {
			m.all(each, value.Index(i))
		}
		if n == 0 {
			m.all(otherwise, dot)
		}
	}
}

func (c compiler) call(node *parse.TemplateNode, dot reflect.Type) step {
	if node.Pipe == nil {
		called := c.compile(programID{node.Name, nil})
		return func(m *machine, _ reflect.Value) { m.run(called, reflect.Value{}) }
	}
	v := c.pipeline(node.Pipe, dot)
	if v.of == nil {
		return end
	}
	called := c.compile(programID{node.Name, v.of})
	return func(m *machine, dot reflect.Value) { m.run(called, v.get(m, dot)) }
}

// A value is what an expression gives, with its type; of is nil for what is not known.
type value struct {
	of  reflect.Type
	get func(m *machine, dot reflect.Value) reflect.Value
}

// pipeline is one that is a single expression and declares nothing.
func (c compiler) pipeline(pipe *parse.PipeNode, dot reflect.Type) value {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return value{}
	}
	return c.expression(pipe.Cmds[0].Args[0], dot)
}

func (c compiler) expression(node parse.Node, dot reflect.Type) value {
	switch node := node.(type) {
	case *parse.DotNode:
		return value{dot, func(_ *machine, dot reflect.Value) reflect.Value { return dot }}
	case *parse.FieldNode:
		return fields(value{dot, func(_ *machine, dot reflect.Value) reflect.Value { return dot }}, node.Ident)
	case *parse.VariableNode:
		if node.Ident[0] == "$" {
			return fields(value{c.root, func(m *machine, _ reflect.Value) reflect.Value { return m.root }}, node.Ident[1:])
		}
	case *parse.PipeNode:
		return c.pipeline(node, dot)
	}
	return value{}
}

// fields follows names of fields. A method comes before a field of its name.
func fields(from value, names []string) value {
	for _, name := range names {
		of, before := from.of, from.get
		if of == nil || isInterface(of) {
			return value{}
		}
		pointer := of.Kind() == reflect.Pointer
		inner := of
		if pointer {
			inner = of.Elem()
		}
		if inner.Kind() != reflect.Struct {
			return value{}
		}
		if _, method := reflect.PointerTo(inner).MethodByName(name); method {
			return value{}
		}
		field, ok := inner.FieldByName(name)
		if !ok || !field.IsExported() || len(field.Index) != 1 {
			return value{}
		}
		index := field.Index[0]
		from = value{field.Type, func(m *machine, dot reflect.Value) reflect.Value {
			v := before(m, dot)
			if pointer {
				if v.IsNil() {
					panic(unknown{})
				}
				v = v.Elem()
			}
			return v.Field(index)
		}}
	}
	return from
}

func isInterface(of reflect.Type) bool { return of.Kind() == reflect.Interface }

// testable tells whether truth knows a type.
func testable(of reflect.Type) bool {
	switch of.Kind() {
	case reflect.String, reflect.Slice, reflect.Map, reflect.Bool, reflect.Pointer, reflect.Int, reflect.Struct:
		return true
	}
	return false
}

// truth is what {{if}} asks of a value.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Pointer:
		return !v.IsNil()
	case reflect.Int:
		return v.Int() != 0
	}
	return true // a struct
}

// condition returns what tells whether a pipeline holds, or nil.
func (c compiler) condition(pipe *parse.PipeNode, dot reflect.Type) func(*machine, reflect.Value) bool {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 {
		return nil
	}
	return c.holds(pipe.Cmds[0].Args, dot)
}

func (c compiler) holds(args []parse.Node, dot reflect.Type) func(*machine, reflect.Value) bool {
	function, called := args[0].(*parse.IdentifierNode)
	if !called {
		if inner, ok := args[0].(*parse.PipeNode); ok && len(args) == 1 {
			return c.condition(inner, dot)
		}
		v := c.expression(args[0], dot)
		if len(args) != 1 || v.of == nil || !testable(v.of) {
			return nil
		}
		return func(m *machine, dot reflect.Value) bool { return truth(v.get(m, dot)) }
	}
	switch function.Ident {
	case "and", "or", "not":
		all := make([]func(*machine, reflect.Value) bool, len(args)-1)
		for i := range all {
			if all[i] = c.holds(args[i+1:i+2], dot); all[i] == nil {
				return nil
			}
		}
		if function.Ident == "not" {
			if len(all) != 1 {
				return nil
			}
			return func(m *machine, dot reflect.Value) bool { return !all[0](m, dot) }
		}
		until := function.Ident == "or"
		return func(m *machine, dot reflect.Value) bool {
			for _, holds := range all {
				if holds(m, dot) == until {
					return until
				}
			}
			return !until
		}
	case "eq", "ne", "gt", "ge", "lt", "le":
		if len(args) == 3 {
			return c.comparison(function.Ident, args[1], args[2], dot)
		}
	}
	return nil
}

// comparison is that of a number or a text with one that is written in the template.
func (c compiler) comparison(operator string, left, right parse.Node, dot reflect.Type) func(*machine, reflect.Value) bool {
	switch right := right.(type) {
	case *parse.StringNode:
		v := c.expression(left, dot)
		if v.of == nil || v.of.Kind() != reflect.String || operator != "eq" && operator != "ne" {
			return nil
		}
		equal := operator == "eq"
		return func(m *machine, dot reflect.Value) bool { return (v.get(m, dot).String() == right.Text) == equal }
	case *parse.NumberNode:
		number := c.number(left, dot)
		if number == nil || !right.IsInt || right.IsFloat && strings.ContainsAny(right.Text, ".eEpP'") {
			return nil
		}
		with := int(right.Int64)
		compare := map[string]func(int) bool{
			"eq": func(n int) bool { return n == with }, "ne": func(n int) bool { return n != with },
			"gt": func(n int) bool { return n > with }, "ge": func(n int) bool { return n >= with },
			"lt": func(n int) bool { return n < with }, "le": func(n int) bool { return n <= with },
		}[operator]
		return func(m *machine, dot reflect.Value) bool { return compare(number(m, dot)) }
	}
	return nil
}

// number is a number, or the length of a text or list.
func (c compiler) number(node parse.Node, dot reflect.Type) func(*machine, reflect.Value) int {
	if pipe, ok := node.(*parse.PipeNode); ok && len(pipe.Decl) == 0 && len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) == 2 {
		args := pipe.Cmds[0].Args
		v := c.expression(args[1], dot)
		if function, ok := args[0].(*parse.IdentifierNode); !ok || function.Ident != "len" || v.of == nil || v.of.Kind() != reflect.Slice && v.of.Kind() != reflect.String {
			return nil
		}
		return func(m *machine, dot reflect.Value) int { return v.get(m, dot).Len() }
	}
	v := c.expression(node, dot)
	if v.of == nil || v.of.Kind() != reflect.Int {
		return nil
	}
	return func(m *machine, dot reflect.Value) int { return int(v.get(m, dot).Int()) }
}

// action writes a value through the escapers that html/template has put behind it.
func (c compiler) action(pipe *parse.PipeNode, dot reflect.Type) step {
	if len(pipe.Decl) > 0 {
		return end
	}
	var escapers []string
	for _, command := range pipe.Cmds[1:] {
		escaper, ok := command.Args[0].(*parse.IdentifierNode)
		if !ok || len(command.Args) != 1 {
			return end
		}
		escapers = append(escapers, strings.TrimPrefix(escaper.Ident, "_html_template_"))
	}
	chain := strings.Join(escapers, " ")
	if first := pipe.Cmds[0].Args; len(first) > 1 {
		word := c.word(first, dot)
		if word == nil || chain != "htmlescaper" && chain != "attrescaper" {
			return end
		}
		return func(m *machine, dot reflect.Value) { m.text(word(m, dot)) }
	}
	v := c.pipeline(&parse.PipeNode{Cmds: pipe.Cmds[:1]}, dot)
	if v.of == nil {
		return end
	}
	switch {
	case v.of == reflect.TypeFor[template.HTML]():
		if chain == "htmlescaper" {
			return func(m *machine, dot reflect.Value) { m.out = append(m.out, v.get(m, dot).String()...) }
		}
	case v.of.Kind() == reflect.Int && v.of.NumMethod() == 0:
		if chain == "htmlescaper" || chain == "attrescaper" {
			return func(m *machine, dot reflect.Value) { m.out = strconv.AppendInt(m.out, v.get(m, dot).Int(), 10) }
		}
	case v.of == reflect.TypeFor[string]():
		switch chain {
		case "htmlescaper", "attrescaper", "rcdataescaper":
			return func(m *machine, dot reflect.Value) { m.text(v.get(m, dot).String()) }
		case "urlfilter urlnormalizer attrescaper":
			return func(m *machine, dot reflect.Value) { m.address(v.get(m, dot).String()) }
		}
	}
	return end
}

// word is {{say "key" "name" .Value …}} or {{count "key" .Number}}, or nil.
func (c compiler) word(args []parse.Node, dot reflect.Type) func(*machine, reflect.Value) string {
	function, ok := args[0].(*parse.IdentifierNode)
	if !ok {
		return nil
	}
	key, ok := args[1].(*parse.StringNode)
	switch {
	case ok && function.Ident == "say" && len(args)%2 == 0:
		texts := make([]func(*machine, reflect.Value) string, len(args)-2)
		for i, arg := range args[2:] {
			if texts[i] = c.say(arg, dot); texts[i] == nil {
				return nil
			}
		}
		return func(m *machine, dot reflect.Value) string {
			pairs := make([]string, len(texts))
			for i, text := range texts {
				pairs[i] = text(m, dot)
			}
			return c.words.Say(key.Text, pairs...)
		}
	case ok && function.Ident == "count" && len(args) == 3:
		if number := c.number(args[2], dot); number != nil {
			return func(m *machine, dot reflect.Value) string {
				n := number(m, dot)
				return c.words.Count(key.Text, n, strconv.Itoa(n))
			}
		}
	}
	return nil
}

// say is a text or a number within a word.
func (c compiler) say(node parse.Node, dot reflect.Type) func(*machine, reflect.Value) string {
	if text, ok := node.(*parse.StringNode); ok {
		return func(*machine, reflect.Value) string { return text.Text }
	}
	v := c.expression(node, dot)
	switch {
	case v.of == reflect.TypeFor[string]():
		return func(m *machine, dot reflect.Value) string { return v.get(m, dot).String() }
	case v.of == reflect.TypeFor[int]():
		return func(m *machine, dot reflect.Value) string { return strconv.FormatInt(v.get(m, dot).Int(), 10) }
	}
	return nil
}

// escapes are those of html/template for text and for attributes in quotes.
var escapes = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

func (m *machine) text(text string) {
	from := 0
	for i := 0; i < len(text); i++ {
		if escape := escapes[text[i]]; escape != "" {
			m.out = append(append(m.out, text[from:i]...), escape...)
			from = i + 1
		}
	}
	m.out = append(m.out, text[from:]...)
}

// inAddress are the signs that html/template leaves as they are in an address. A colon may
// end a scheme.
var inAddress = func() (all [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!#$&*+,/;=?@[]") {
		all[c] = true
	}
	return all
}()

// address writes one that needs no encoding.
func (m *machine) address(address string) {
	rest := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	for i := 0; i < len(rest); i++ {
		encoded := rest[i] == '%' && i+2 < len(rest) && isHex(rest[i+1]) && isHex(rest[i+2])
		if !inAddress[rest[i]] && !encoded {
			panic(unknown{})
		}
	}
	m.text(address)
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }
