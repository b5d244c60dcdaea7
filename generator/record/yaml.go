package record

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	goccy "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"cairn/generator/diag"
)

// maxTokens keeps reading fast: goccy's time grows with the square of a list's length.
const maxTokens = 10_000

// yaml reads the small YAML of front matter: mappings, lists and scalars. Anchors,
// aliases, merge keys and tags are refused: they are how a short text becomes a huge
// one, and how a value comes to stand where nobody sees it.
func (r *reader) yaml() *Value {
	y := &yamlWalk{reader: r, lines: []int{r.start}}
	for i := r.start; i < r.end; i++ {
		if r.file.Text[i] == '\n' {
			y.lines = append(y.lines, i+1)
		}
	}
	// Places are counted in lines and columns, which stay the same when line ends
	// do; with CRLF goccy counts some lines twice.
	text := bytes.ReplaceAll(r.text(), []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte(" "))
	tokens := lexer.Tokenize(string(text))
	if len(tokens) > maxTokens {
		at := y.offset(tokens[maxTokens])
		y.fault(at, at+1, diag.RecordTooLarge, fmt.Sprintf("this YAML has more than %d parts", maxTokens), "move the data into a table file")
		return nil
	}
	if !y.allowed(tokens) {
		return nil
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		y.syntax(err)
		return nil
	}
	var documents []*ast.DocumentNode
	for _, document := range tree.Docs {
		if document.Body != nil {
			documents = append(documents, document)
		}
	}
	if len(documents) > 1 {
		at := y.value(documents[1].Body).Start
		r.fault(at, at, diag.RecordSyntax, "this YAML holds a second document", "remove the line ---")
		return nil
	}
	root := &Value{Kind: TableKind}
	if len(documents) == 1 {
		faults := len(r.list)
		root = y.value(documents[0].Body)
		if len(r.list) > faults && slices.ContainsFunc(r.list[faults:], func(d diag.Diagnostic) bool { return d.Code == diag.RecordSyntax }) {
			return nil
		}
	}
	if root.Kind == NullKind {
		root = &Value{Kind: TableKind}
	}
	root.Start, root.End = r.start, r.start
	return root
}

type yamlWalk struct {
	*reader
	// lines holds the offset of each line's start.
	lines []int
}

// offset returns the place of a token in the file.
func (y *yamlWalk) offset(t *token.Token) int {
	if t == nil || t.Position == nil || t.Position.Line < 1 {
		return y.start
	}
	if t.Position.Line > len(y.lines) {
		return y.end
	}
	at := y.lines[t.Position.Line-1]
	for column := 1; column < t.Position.Column && at < y.end; column++ {
		_, size := utf8.DecodeRune(y.file.Text[at:y.end])
		at += size
	}
	return at
}

// allowed looks for what is refused before anything is built: it reports anchors and
// their like, and a text that nests too deep.
func (y *yamlWalk) allowed(tokens token.Tokens) bool {
	before := len(y.list)
	var columns []int // one for each open block collection
	flow := 0
	var last *token.Token
	for _, t := range tokens {
		at := y.offset(t)
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			what := map[token.Type]string{token.AnchorType: "an anchor", token.AliasType: "an alias", token.MergeKeyType: "a merge key"}[t.Type]
			word := y.word(at)
			y.fault(at, at+len(word), diag.RecordYAMLAlias, fmt.Sprintf("%s is %s, which is not read here", shorten(word), what),
				"write the value out; a text that starts with * or & stands in quotes")
		case token.TagType, token.DirectiveType:
			word := y.word(at)
			y.fault(at, at+len(word), diag.RecordYAMLTag, fmt.Sprintf("%s tells YAML a type, which is not read here", shorten(word)),
				"leave it out; a text that starts with ! or % stands in quotes")
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType:
			if flow > 0 || t.Position == nil {
				break
			}
			// A list may stand at the column of its own key: it ranks one deeper.
			rank := 2 * t.Position.Column
			if t.Type == token.SequenceEntryType {
				rank++
			}
			if t.Type == token.MappingValueType && last != nil && last.Position != nil {
				rank = 2 * last.Position.Column
			}
			for len(columns) > 0 && columns[len(columns)-1] > rank {
				columns = columns[:len(columns)-1]
			}
			if len(columns) == 0 || columns[len(columns)-1] < rank {
				columns = append(columns, rank)
			}
		}
		if len(columns)+flow > MaxDepth {
			y.tooDeep(at, at+1)
			return false
		}
		last = t
	}
	return len(y.list) == before
}

// word returns what stands at an offset, up to the next space.
func (y *yamlWalk) word(at int) string {
	word := y.file.Text[at:y.end]
	if i := bytes.IndexAny(word, " \t\r\n,]}"); i >= 0 {
		word = word[:i]
	}
	return string(word)
}

func (y *yamlWalk) syntax(err error) {
	var syntax *goccy.SyntaxError
	if !errors.As(err, &syntax) {
		y.fault(y.start, y.start, diag.RecordSyntax, "this YAML cannot be read", "")
		return
	}
	at := y.offset(syntax.Token)
	message, hint := syntax.Message, "a text with a colon, a quote or a bracket in it stands in quotes"
	if strings.Contains(message, "\t") || strings.Contains(message, "tab character") {
		message, hint = "a tab stands where spaces belong", "indent with spaces"
	}
	for _, i := range hardSpace.FindAllIndex(y.text(), -1) {
		if apart := y.file.Position(y.start+i[0]).Line - y.file.Position(at).Line; apart < -1 || apart > 1 {
			continue // it may be right where it stands
		}
		y.fault(y.start+i[1]-len("\u00a0"), y.start+i[1], diag.RecordSyntax, "this YAML cannot be read: a non-breaking space stands after the colon", "put an ordinary space in its place")
		return
	}
	if _, next, ok := bytes.Cut(y.file.Text[at:y.end], []byte("\n")); ok && strings.Contains(message, "mapping value is not allowed") {
		if i := indentedKey.FindSubmatchIndex(next); i != nil {
			start := y.end - len(next)
			y.fault(start+i[2], start+i[3], diag.RecordSyntax, "this YAML cannot be read: this key is indented, and the line above has its value already", "begin it where the key above begins")
			return
		}
	}
	y.fault(at, at+1, diag.RecordSyntax, "this YAML cannot be read: "+message, hint)
}

var (
	hardSpace   = regexp.MustCompile(`(?m)^[ \t-]*[\w-]+:\x{a0}`)
	indentedKey = regexp.MustCompile(`^[ \t]+([\w-]+:)(\s|$)`)
)

func (y *yamlWalk) value(node ast.Node) *Value {
	switch n := node.(type) {
	case *ast.MappingNode:
		v := &Value{Kind: TableKind}
		v.Start = y.offset(n.GetToken())
		for i, field := range n.Values {
			key := y.field(v, field)
			if i == 0 && !n.IsFlowStyle {
				v.Start = key.Start
			}
			v.End = max(v.End, key.Value.End)
		}
		v.End = max(v.End, v.Start)
		return v
	case *ast.MappingValueNode:
		v := &Value{Kind: TableKind}
		key := y.field(v, n)
		v.Start, v.End = key.Start, max(key.Start, key.Value.End)
		return v
	case *ast.SequenceNode:
		v := &Value{Kind: ListKind, Start: y.offset(n.GetToken())}
		v.End = v.Start + 1
		for _, item := range n.Values {
			inner := y.value(item)
			v.Items = append(v.Items, inner)
			v.End = max(v.End, inner.End)
		}
		v.End = y.clamp(v.End)
		return v
	case *ast.LiteralNode:
		start := y.offset(n.Start)
		v := &Value{Kind: StringKind, Start: start, End: y.clamp(start + 1)}
		if n.Value != nil {
			v.Text = n.Value.Value
		}
		return v
	case *ast.StringNode:
		return y.scalar(n.GetToken(), n.Value)
	case *ast.NullNode, *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return y.scalar(node.GetToken(), node.GetToken().Value)
	}
	at := y.start
	if node != nil {
		at = y.offset(node.GetToken())
	}
	y.fault(at, at+1, diag.RecordSyntax, "this kind of YAML is not read here", "write it as key: value")
	return &Value{Kind: NullKind, Start: at, End: at}
}

// field adds one key with its value to a table. A second one of the same key is
// reported and left out.
func (y *yamlWalk) field(table *Value, n *ast.MappingValueNode) Field {
	var key Field
	switch n.Key.(type) {
	case *ast.StringNode, *ast.NullNode, *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		t := n.Key.GetToken()
		name := y.scalar(t, t.Value)
		key.Key, key.Start, key.End = name.Text, name.Start, name.End
		if name.Kind == NullKind {
			key.Key = t.Value
		}
	default:
		key.Start = y.offset(n.Key.GetToken())
		key.End = y.clamp(key.Start + 1)
		y.fault(key.Start, key.End, diag.RecordSyntax, "a key is a plain word", "write it as key: value")
	}
	if n.Value == nil {
		key.Value = &Value{Kind: NullKind, Start: key.Start, End: key.End}
	} else {
		key.Value = y.value(n.Value)
	}
	if key.Value.Kind == NullKind && key.Value.Text == "" {
		key.Value.Start, key.Value.End = key.Start, key.End
	}
	y.add(table, key)
	return key
}

// scalar reads one scalar. text is its value with quotes and escapes resolved.
func (y *yamlWalk) scalar(t *token.Token, text string) *Value {
	v := &Value{Kind: StringKind, Text: text, Start: y.offset(t)}
	source := y.file.Text[v.Start:y.end]
	switch t.Type {
	case token.DoubleQuoteType, token.SingleQuoteType:
		v.End = v.Start + quotedLength(source)
		return v
	case token.ImplicitNullType:
		v.Kind, v.Text, v.End = NullKind, "", v.Start
		return v
	}
	written := strings.TrimSpace(t.Origin)
	if written == "" || !bytes.HasPrefix(source, []byte(written)) {
		line, _, _ := bytes.Cut(source, []byte("\n"))
		written = string(bytes.TrimSpace(line))
	}
	v.End = y.clamp(v.Start + len(written))
	v.Plain = true
	resolvePlain(v)
	return v
}

// quotedLength returns the length of the quoted scalar that a text starts with.
func quotedLength(source []byte) int {
	if len(source) == 0 {
		return 0
	}
	quote := source[0]
	for i := 1; i < len(source); i++ {
		switch {
		case source[i] == '\\' && quote == '"':
			i++
		case source[i] == quote && quote == '\'' && i+1 < len(source) && source[i+1] == quote:
			i++
		case source[i] == quote:
			return i + 1
		}
	}
	return min(1, len(source))
}

var (
	yamlInteger  = regexp.MustCompile(`^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$`)
	yamlFloat    = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	yamlInfinity = regexp.MustCompile(`^[-+]?\.(inf|Inf|INF)$`)
	yamlDateTime = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}`)
)

// resolvePlain gives a scalar without quotes its type by the core schema of YAML 1.2:
// yes, no, y, n, on and off are words, 010 is ten, 1_000 is a word. Days are dates.
func resolvePlain(v *Value) {
	text := v.Text
	switch text {
	case "", "~", "null", "Null", "NULL":
		v.Kind = NullKind
		return
	case "true", "True", "TRUE":
		v.Kind, v.Boolean = BooleanKind, true
		return
	case "false", "False", "FALSE":
		v.Kind = BooleanKind
		return
	case ".nan", ".NaN", ".NAN":
		v.Kind, v.Float = FloatKind, math.NaN()
		return
	}
	switch {
	case yamlInteger.MatchString(text):
		digits, base := text, 10
		if len(text) > 2 && (text[1] == 'o' || text[1] == 'x') {
			digits, base = text[2:], map[byte]int{'o': 8, 'x': 16}[text[1]]
		}
		if n, err := strconv.ParseInt(digits, base, 64); err == nil {
			v.Kind, v.Integer = IntegerKind, n
			return
		}
		if base == 10 {
			v.Kind = FloatKind
			v.Float, _ = strconv.ParseFloat(text, 64)
		}
	case yamlFloat.MatchString(text):
		v.Kind = FloatKind
		v.Float, _ = strconv.ParseFloat(text, 64)
	case yamlInfinity.MatchString(text):
		v.Kind, v.Float = FloatKind, math.Inf(1)
		if text[0] == '-' {
			v.Float = math.Inf(-1)
		}
	case yamlDateTime.MatchString(text):
		v.Kind = DateTimeKind
	default:
		if _, err := time.Parse(time.DateOnly, text); err == nil {
			v.Kind = DateKind
		}
	}
}
