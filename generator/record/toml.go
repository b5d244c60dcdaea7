package record

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	burnt "github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"

	"cairn/generator/diag"
)

// toml walks the text for places first, because the walk takes linear time whatever
// the text is. BurntSushi then decodes; what it says about the text is what holds.
func (r *reader) toml() *Value {
	if at, deep := tooDeepTOML(r.text()); deep {
		r.tooDeep(r.start+at, r.start+at+1)
		return nil
	}
	walk := &tomlWalk{reader: r, defined: map[*Value]bool{}, decoded: r.text()}
	root := walk.walk()
	faults := len(r.list)

	var tree map[string]any
	if err := burnt.Unmarshal(walk.decoded, &tree); err != nil {
		// A second [header] makes BurntSushi stop where the walk has said it already.
		if faults == 0 {
			r.tomlFault(err)
		}
		return nil
	}
	if walk.err != nil {
		r.walkFault(walk.err)
		return nil
	}
	if !fill(root, tree) {
		if faults == 0 {
			r.fault(r.start, r.start, diag.RecordSyntax, "this TOML reads in two ways", "write each table once, under one header")
		}
		return nil
	}
	return root
}

// tomlFault turns an error of BurntSushi into a diagnostic.
func (r *reader) tomlFault(err error) {
	var parse burnt.ParseError
	if !errors.As(err, &parse) {
		r.fault(r.start, r.start, diag.RecordSyntax, "this TOML cannot be read: "+err.Error(), "")
		return
	}
	at := r.clamp(r.start + parse.Position.Start)
	end := at + max(1, parse.Position.Len)
	message := "this TOML cannot be read: " + lowerFirst(strings.TrimSuffix(parse.Message, "."))
	code := diag.RecordSyntax
	hint := ""
	switch {
	case strings.Contains(message, "already been defined") || strings.Contains(message, "was already created"):
		code, message = diag.RecordDuplicateKey, fmt.Sprintf("%q is defined a second time", shorten(string(r.file.Text[at:r.clamp(end)])))
		hint = "keep one of the two; entries of a list each start with [[…]]"
	case strings.Contains(message, "expected value but found"):
		hint = `text stands in quotes: title = "Golden paths"`
	case strings.Contains(message, "expected '.' or '='"):
		hint = `a line is: key = value`
	case strings.Contains(message, "strings cannot contain newlines"):
		hint = `close the quotes on the same line, or use """ … """ for several lines`
	case strings.Contains(message, "invalid escape"):
		hint = `a backslash is written \\, or put the text in single quotes`
	case strings.Contains(message, "unexpected EOF"):
		hint = "the file ends too soon: a quote or a bracket is not closed"
	}
	r.fault(at, end, code, message, hint)
}

// walkFault reports what only pelletier's parser objects to.
func (r *reader) walkFault(err error) {
	at := r.start
	var parse *unstable.ParserError
	if errors.As(err, &parse) {
		at += cap(r.text()) - cap(parse.Highlight)
	}
	r.fault(at, at+1, diag.RecordSyntax, "this TOML cannot be read: "+err.Error(), "")
}

func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(first)) + s[size:]
}

// A tomlWalk makes the tree of places: values have their kind, place and written text,
// but strings and numbers are not decoded yet.
type tomlWalk struct {
	*reader
	root, current *Value
	// defined holds the tables with a header of their own.
	defined map[*Value]bool
	// decoded is the text for BurntSushi: second definitions of a key are blanked
	// out, so that the rest of the file is still read and checked.
	decoded []byte
	blanked bool
	err     error
}

func (w *tomlWalk) walk() *Value {
	w.root = &Value{Kind: TableKind, Start: w.start, End: w.start}
	w.current = w.root
	var parser unstable.Parser
	parser.Reset(w.text())
	for parser.NextExpression() {
		switch node := parser.Expression(); node.Kind {
		case unstable.Table, unstable.ArrayTable:
			w.tableHeader(node)
		case unstable.KeyValue:
			if !w.keyValue(w.current, node) {
				w.blank(node.Raw)
			}
		}
	}
	w.err = parser.Error()
	return w.root
}

func (w *tomlWalk) blank(raw unstable.Range) {
	if !w.blanked {
		w.decoded, w.blanked = bytes.Clone(w.decoded), true
	}
	for i := raw.Offset; i < raw.Offset+raw.Length; i++ {
		w.decoded[i] = ' '
	}
}

func (w *tomlWalk) place(raw unstable.Range) (start, end int) {
	start = w.start + int(raw.Offset)
	return start, start + int(raw.Length)
}

// tableHeader makes the table of a [header] or [[header]] the current one.
func (w *tomlWalk) tableHeader(node *unstable.Node) {
	keys := node.Key()
	table := w.root
	var key Field
	started := false
	for keys.Next() {
		if started {
			table = w.under(table, key, true)
		}
		started = true
		key.Key = string(keys.Node().Data)
		key.Start, key.End = w.place(keys.Node().Raw)
	}
	start, end := w.brackets(key, node.Kind == unstable.ArrayTable)
	made := &Value{Kind: TableKind, Start: start, End: end, header: true}
	w.current = made
	i, found := w.find(table, key.Key)
	if node.Kind == unstable.ArrayTable {
		if !found {
			key.Value = &Value{Kind: ListKind, Start: start, End: end, header: true}
			table.Fields = append(table.Fields, key)
			i = len(table.Fields) - 1
		}
		list := table.Fields[i].Value
		if list.Kind == TableKind && w.defined[list] {
			w.single(list.Start, list.End)
			list = &Value{Kind: ListKind, Start: list.Start, End: list.End, header: true, Items: []*Value{list}}
			table.Fields[i].Value = list
		}
		if list.Kind == ListKind && list.header {
			list.Items = append(list.Items, made)
			return
		}
		w.duplicate(key.Key, key.Start, key.End, table.Fields[i].Start, keepOne)
		return
	}
	if !found {
		key.Value = made
		table.Fields = append(table.Fields, key)
		w.defined[made] = true
		return
	}
	if before := table.Fields[i].Value; before.Kind == TableKind && before.header && !w.defined[before] {
		before.Start, before.End = start, end
		w.defined[before] = true
		w.current = before
		return
	} else if before.Kind == ListKind && before.header {
		w.single(start, end)
		before.Items = append(before.Items, made)
		return
	}
	w.duplicate(key.Key, key.Start, key.End, table.Fields[i].Start, keepOne+fmt.Sprintf("; entries of a list each start with [%s]", shorten(string(w.file.Text[start:end]))))
}

// single reports a header that is written [menu] although others of it are [[menu]].
func (w *tomlWalk) single(start, end int) {
	header := shorten(string(w.file.Text[start:w.clamp(end)]))
	w.fault(start, end, diag.RecordDuplicateKey, fmt.Sprintf("this is %s, and the other entries are [%s]", header, header), fmt.Sprintf("write [%s]", header))
}

// under returns the table that a key of a header or a dotted key leads to, and makes
// it if it is not there. Where the key leads to something else, BurntSushi objects.
func (w *tomlWalk) under(table *Value, key Field, header bool) *Value {
	made := &Value{Kind: TableKind, Start: key.Start, End: key.End, header: header}
	i, found := w.find(table, key.Key)
	if !found {
		key.Value = made
		table.Fields = append(table.Fields, key)
		return made
	}
	switch value := table.Fields[i].Value; {
	case value.Kind == TableKind:
		return value
	case value.Kind == ListKind && len(value.Items) > 0 && value.Items[len(value.Items)-1].Kind == TableKind:
		return value.Items[len(value.Items)-1]
	}
	return made
}

// brackets widens the place of a header's last key to the whole header.
func (w *tomlWalk) brackets(key Field, double bool) (start, end int) {
	text := w.file.Text
	start, end = key.Start, key.End
	for start > w.start && text[start-1] != '\n' {
		start--
	}
	for start < key.Start && text[start] != '[' {
		start++
	}
	for end < w.end && text[end] != ']' {
		end++
	}
	end++
	if double {
		end++
	}
	return start, w.clamp(end)
}

// keyValue adds a key with its value to a table. It returns false if the key stands
// there already.
func (w *tomlWalk) keyValue(table *Value, node *unstable.Node) bool {
	keys := node.Key()
	var key Field
	started := false
	for keys.Next() {
		if started {
			table = w.under(table, key, false)
		}
		started = true
		key.Key = string(keys.Node().Data)
		key.Start, key.End = w.place(keys.Node().Raw)
	}
	at := w.skip(key.End)
	if at < w.end && w.file.Text[at] == '=' {
		at = w.skip(at + 1)
	}
	key.Value = w.value(node.Value(), at)
	return w.add(table, key)
}

// value reads a value that starts at an offset.
func (w *tomlWalk) value(node *unstable.Node, at int) *Value {
	v := &Value{Start: at, End: at + 1}
	switch node.Kind {
	case unstable.Array, unstable.InlineTable:
		v.Kind = ListKind
		if node.Kind == unstable.InlineTable {
			v.Kind = TableKind
		}
		at++
		for children := node.Children(); children.Next(); {
			child := children.Node()
			at = w.skip(at)
			if node.Kind == unstable.InlineTable {
				w.keyValue(v, child)
				_, at = w.place(child.Raw)
				continue
			}
			item := w.value(child, at)
			v.Items = append(v.Items, item)
			at = item.End
		}
		v.End = w.clamp(w.skip(at) + 1)
		return v
	case unstable.Integer:
		v.Kind = IntegerKind
	case unstable.Float:
		v.Kind = FloatKind
	case unstable.Bool:
		v.Kind = BooleanKind
	case unstable.LocalDate:
		v.Kind = DateKind
	case unstable.LocalTime, unstable.LocalDateTime, unstable.DateTime:
		v.Kind = DateTimeKind
	}
	v.Start, v.End = w.place(node.Raw)
	v.Text = string(w.file.Text[v.Start:v.End])
	return v
}

// skip returns the offset of what comes next after space, line ends, comments and
// commas.
func (w *tomlWalk) skip(at int) int {
	text := w.file.Text
	for at < w.end {
		switch text[at] {
		case ' ', '\t', '\r', '\n', ',':
			at++
		case '#':
			for at < w.end && text[at] != '\n' {
				at++
			}
		default:
			return at
		}
	}
	return at
}

// fill lays the decoded values over the places. It returns false if the two differ.
func fill(v *Value, decoded any) bool {
	switch x := decoded.(type) {
	case map[string]any:
		if v.Kind != TableKind || len(x) != len(v.Fields) {
			return false
		}
		for _, field := range v.Fields {
			inner, ok := x[field.Key]
			if !ok || !fill(field.Value, inner) {
				return false
			}
		}
		return true
	case []map[string]any:
		if v.Kind != ListKind || len(x) != len(v.Items) {
			return false
		}
		for i := range x {
			if !fill(v.Items[i], x[i]) {
				return false
			}
		}
		return true
	case []any:
		if v.Kind != ListKind || len(x) != len(v.Items) {
			return false
		}
		for i := range x {
			if !fill(v.Items[i], x[i]) {
				return false
			}
		}
		return true
	case string:
		v.Text = x
		return v.Kind == StringKind
	case int64:
		v.Integer = x
		return v.Kind == IntegerKind
	case float64:
		v.Float = x
		return v.Kind == FloatKind
	case bool:
		v.Boolean = x
		return v.Kind == BooleanKind
	case time.Time:
		return v.Kind == DateKind || v.Kind == DateTimeKind
	}
	return false
}
