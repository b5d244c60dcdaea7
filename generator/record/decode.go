package record

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cairn/generator/diag"
)

// DecodeOptions change what Decode accepts.
type DecodeOptions struct {
	// Accept names foreign keys at the top that are carried along in silence.
	Accept []string
	// Name says in messages what the record is: "the front matter". Default: the
	// file.
	Name string
	// Examples are what hints show as the value of a key, where it is known better than
	// its tags tell.
	Examples map[string]string
}

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}$`)

// IsID tells whether a text may be an id.
func IsID(text string) bool { return idPattern.MatchString(text) }

// Decode checks a value against the struct that into points to, and fills it. It
// returns every fault; a field whose value has one stays as it was, but is Set. A nil
// value gives no fault, because Parse has said why it is nil.
//
// Fields are named by the tag key:"ask-when". Further tags: need:"true" (the key must
// be there, and a text must not be empty), one-of:"a b", default:"…", min and max (of a
// number; of a text in letters; of a list in entries), id:"true" and doc:"…". On a list,
// one-of and id speak of its entries. Types may be string, int, int64, float64, bool,
// Day, Of[T], []T, struct, *struct, map[string]T, *Value (anything); a struct may embed
// At for the place of its table, and other structs for keys they share. A field of type
// []Field with key:"*" takes every other key.
func Decode(file *diag.File, v *Value, into any, options DecodeOptions) diag.List {
	if v == nil {
		return nil
	}
	d := &decoder{file: file, options: options, format: v.format}
	if d.options.Name == "" {
		d.options.Name = "the file"
	}
	d.set(v, reflect.ValueOf(into).Elem(), key{})
	return d.list
}

type decoder struct {
	file    *diag.File
	options DecodeOptions
	format  Format
	list    diag.List
	// tables are the tables around the one being decoded, outermost first.
	tables []frame
}

type frame struct {
	name  string
	shape *shape
	value *Value
}

func (d *decoder) fault(start, end int, code diag.Code, message, hint string) {
	if len(d.list) < maxFaults {
		d.list.Add(d.file.At(start, end, code, message, hint))
	}
}

// set decodes one value into a place of any type. It returns false after a fault.
func (d *decoder) set(v *Value, into reflect.Value, k key) bool {
	if p, ok := into.Addr().Interface().(placed); ok {
		if v.Kind == NullKind {
			return d.null(v, k)
		}
		value, at, set, bad := p.parts()
		*at, *set = At{v.Start, v.End}, true
		*bad = !d.set(v, reflect.ValueOf(value).Elem(), k)
		return !*bad
	}
	if into.Type() == typeValue {
		into.Set(reflect.ValueOf(v))
		return true
	}
	if v.Kind == NullKind {
		return d.null(v, k)
	}
	switch {
	case into.Type() == typeDay:
		return d.day(v, into, k)
	case into.Kind() == reflect.Pointer:
		made := reflect.New(into.Type().Elem())
		ok := d.set(v, made.Elem(), k)
		into.Set(made)
		return ok
	}
	switch into.Kind() {
	case reflect.String:
		return d.text(v, into, k)
	case reflect.Int, reflect.Int64:
		return d.integer(v, into, k)
	case reflect.Float64:
		return d.number(v, into, k)
	case reflect.Bool:
		if v.Kind != BooleanKind {
			return d.wrongType(v, k, BooleanKind)
		}
		into.SetBool(v.Boolean)
		return true
	case reflect.Slice:
		return d.items(v, into, k)
	case reflect.Map:
		return d.table(v, into, k)
	case reflect.Struct:
		return d.fields(v, into, k)
	}
	panic("record: cannot decode into " + into.Type().String())
}

// null passes over a key without a value, unless it must have one.
func (d *decoder) null(v *Value, k key) bool {
	if k.need {
		d.fault(v.Start, v.End, diag.RecordMissingKey, fmt.Sprintf("%q has no value", k.name), d.exampleOfKey(k))
	}
	return !k.need
}

// fields decodes a table into a struct.
func (d *decoder) fields(v *Value, into reflect.Value, k key) bool {
	if v.Kind != TableKind {
		return d.wrongType(v, k, TableKind)
	}
	shape := shapeOf(into.Type())
	if shape.place != nil {
		into.FieldByIndex(shape.place).Set(reflect.ValueOf(At{v.Start, v.End}))
	}
	d.tables = append(d.tables, frame{k.name, shape, v})
	ok := true
	found := make([]bool, len(shape.keys))
	meant := map[string]bool{} // keys that are there, misspelt
	var rest []Field
	for _, field := range v.Fields {
		i, known := shape.named[field.Key]
		switch {
		case known:
			inner := shape.keys[i]
			// A key without a value counts as left out.
			found[i] = field.Value.Kind != NullKind || inner.need
			ok = d.set(field.Value, into.FieldByIndex(inner.index), inner) && ok
		case shape.rest != nil:
			rest = append(rest, field)
		case len(d.tables) == 1 && slices.Contains(d.options.Accept, field.Key):
		default:
			meant[d.unknown(field)] = true
			ok = false
		}
	}
	if shape.rest != nil {
		into.FieldByIndex(shape.rest).Set(reflect.ValueOf(rest))
	}
	for i, inner := range shape.keys {
		switch {
		case found[i]:
		case meant[inner.name] && d.markBad(into.FieldByIndex(inner.index)):
			ok = false
		case inner.need:
			if !meant[inner.name] {
				d.fault(v.Start, v.End, diag.RecordMissingKey, fmt.Sprintf("%s has no %q", d.where(), inner.name), d.exampleOfKey(inner))
			}
			ok = false
		case inner.hasDef:
			fallBack(into.FieldByIndex(inner.index), inner)
		}
	}
	d.tables = d.tables[:len(d.tables)-1]
	return ok
}

// markBad tells of a field that what it should hold has been told. It returns false if the
// field cannot be told so.
func (d *decoder) markBad(field reflect.Value) bool {
	p, ok := field.Addr().Interface().(placed)
	if ok {
		_, _, _, bad := p.parts()
		*bad = true
	}
	return ok
}

// where names the table that is being decoded.
func (d *decoder) where() string {
	if len(d.tables) == 1 {
		return d.options.Name
	}
	var names []string
	for _, table := range d.tables[1:] {
		names = append(names, table.name)
	}
	return "this " + strings.Join(names, ".")
}

// unknown reports a key that the table does not have. If a table around it has it, the
// key was written under the wrong header: that is how TOML surprises people. It returns
// the key that was probably meant, if there is one.
func (d *decoder) unknown(field Field) string {
	inner := d.tables[len(d.tables)-1]
	for i := len(d.tables) - 2; i >= 0; i-- {
		outer := d.tables[i]
		if _, known := outer.shape.named[field.Key]; !known {
			continue
		}
		owner := "the top of the file"
		if i > 0 {
			owner = "the " + outer.name + " around it"
		} else if d.options.Name != "the file" {
			owner = "the top of " + d.options.Name
		}
		hint := "move it there"
		if line := firstHeader(outer.value, d.file); line > 0 {
			hint = fmt.Sprintf("move it above line %d", line)
		}
		d.fault(field.Start, field.End, diag.RecordMisplacedKey,
			fmt.Sprintf("%q stands in %s, but belongs to %s", field.Key, d.where(), owner), hint)
		return ""
	}
	names := inner.shape.names()
	d.fault(field.Start, field.End, diag.RecordUnknownKey, fmt.Sprintf("%s has no key %q", d.where(), field.Key),
		diag.DidYouMean(field.Key, names, "the keys are "+strings.Join(names, ", ")))
	near, _ := diag.Nearest(field.Key, names)
	return near
}

// firstHeader returns the line of the first header inside a table, or 0.
func firstHeader(table *Value, file *diag.File) int {
	for _, field := range table.Fields {
		if field.Value.header {
			return file.Position(field.Value.Start).Line
		}
	}
	return 0
}

func (d *decoder) items(v *Value, into reflect.Value, k key) bool {
	if v.Kind != ListKind {
		return d.wrongType(v, k, ListKind)
	}
	if !d.within(v, k, float64(len(v.Items)), " entries") {
		return false
	}
	inner := k
	inner.min, inner.max = limit{}, limit{}
	inner.need, inner.item = true, true // an entry that is empty is a slip
	made := reflect.MakeSlice(into.Type(), 0, len(v.Items))
	ok := true
	for _, item := range v.Items {
		place := reflect.New(into.Type().Elem()).Elem()
		if inner.of = into.Type().Elem(); d.set(item, place, inner) || under(inner.of).Kind() == reflect.Struct {
			made = reflect.Append(made, place)
		} else {
			ok = false
		}
	}
	into.Set(made)
	return ok
}

func (d *decoder) table(v *Value, into reflect.Value, k key) bool {
	if v.Kind != TableKind {
		return d.wrongType(v, k, TableKind)
	}
	made := reflect.MakeMapWithSize(into.Type(), len(v.Fields))
	ok := true
	for _, field := range v.Fields {
		place := reflect.New(into.Type().Elem()).Elem()
		inner := key{name: field.Key, of: into.Type().Elem(), oneOf: k.oneOf, id: k.id}
		if d.set(field.Value, place, inner) {
			made.SetMapIndex(reflect.ValueOf(field.Key).Convert(into.Type().Key()), place)
		} else {
			ok = false
		}
	}
	into.Set(made)
	return ok
}

func (d *decoder) text(v *Value, into reflect.Value, k key) bool {
	if v.Kind != StringKind && !v.Plain {
		return d.wrongType(v, k, StringKind)
	}
	switch {
	case k.need && strings.TrimSpace(v.Text) == "":
		d.fault(v.Start, v.End, diag.RecordEmptyText, fmt.Sprintf("%q is empty", k.name), "write a text, or leave the key out if it may be left out")
		return false
	case k.id && !IsID(v.Text):
		d.fault(v.Start, v.End, diag.RecordNotAnID, fmt.Sprintf("%q is not an id", shorten(v.Text)),
			"small letters, digits and hyphens, starting with a letter, at most 63"+suggestID(v.Text))
		return false
	case k.oneOf != nil && !slices.Contains(k.oneOf, v.Text):
		d.fault(v.Start, v.End, diag.RecordNotOneOf, fmt.Sprintf("%q cannot be %q", k.name, shorten(v.Text)),
			diag.DidYouMean(v.Text, k.oneOf, "one of "+strings.Join(k.oneOf, ", ")))
		return false
	case !d.within(v, k, float64(utf8.RuneCountInString(v.Text)), " letters"):
		return false
	}
	into.SetString(v.Text)
	return true
}

func (d *decoder) day(v *Value, into reflect.Value, k key) bool {
	text := v.Text
	if v.Kind != DateKind && v.Kind != DateTimeKind && v.Kind != StringKind {
		return d.wrongType(v, k, DateKind)
	}
	day := text
	if len(text) > 10 && strings.IndexByte("Tt ", text[10]) >= 0 && len(text) >= 16 && text[13] == ':' {
		day = text[:10]
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		d.fault(v.Start, v.End, diag.RecordNotADate, fmt.Sprintf("%q is not a date", shorten(text)), "a date is year-month-day, as in 2026-01-22")
		return false
	}
	into.SetString(day)
	return true
}

func (d *decoder) integer(v *Value, into reflect.Value, k key) bool {
	if v.Kind != IntegerKind {
		return d.wrongType(v, k, IntegerKind)
	}
	if into.OverflowInt(v.Integer) {
		d.fault(v.Start, v.End, diag.RecordOutOfRange, fmt.Sprintf("%s is too large", v.Text), "")
		return false
	}
	if !d.within(v, k, float64(v.Integer), "") {
		return false
	}
	into.SetInt(v.Integer)
	return true
}

func (d *decoder) number(v *Value, into reflect.Value, k key) bool {
	x, ok := v.Number()
	if !ok {
		return d.wrongType(v, k, FloatKind)
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		d.fault(v.Start, v.End, diag.RecordOutOfRange, fmt.Sprintf("%q takes a number, not %s", k.name, shorten(v.Text)), "write digits")
		return false
	}
	if !d.within(v, k, x, "") {
		return false
	}
	into.SetFloat(x)
	return true
}

// within checks the limits of a key.
func (d *decoder) within(v *Value, k key, x float64, unit string) bool {
	var message string
	switch {
	case k.min.set && x < k.min.x:
		message = fmt.Sprintf("%q takes at least %s%s", k.name, plain(k.min.x), unit)
	case k.max.set && x > k.max.x:
		message = fmt.Sprintf("%q takes at most %s%s", k.name, plain(k.max.x), unit)
	default:
		return true
	}
	d.fault(v.Start, v.End, diag.RecordOutOfRange, message, "this is "+plain(x))
	return false
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (d *decoder) wrongType(v *Value, k key, want Kind) bool {
	name := fmt.Sprintf("%q", k.name)
	if k.name == "" {
		name = d.options.Name
	}
	hint := d.example(k, want)
	switch {
	case want == ListKind && k.of != nil:
		hint = d.exampleOfKey(k)
	case k.item:
		hint = "write " + exampleOf[want]
	}
	if number, err := strconv.ParseFloat(v.Text, 64); err == nil && v.Kind == StringKind && !k.item &&
		(want == FloatKind || want == IntegerKind && number == math.Trunc(number)) && plain(number) == v.Text {
		hint = strings.ReplaceAll(d.example(key{name: k.name}, StringKind), `"…"`, v.Text) + ", without quotes"
	}
	is := v.Kind.String()
	if v.Kind == FloatKind {
		is = "a number with a fraction"
	}
	d.fault(v.Start, v.End, diag.RecordWrongType, fmt.Sprintf("%s takes %s, not %s", name, want, is), hint)
	return false
}

var exampleOf = map[Kind]string{
	StringKind: `"…"`, IntegerKind: "3", FloatKind: "1.5", BooleanKind: "true",
	DateKind: "2026-01-22", ListKind: `["…"]`, TableKind: "{ … }",
}

// example shows how a key is written with a value of a kind.
func (d *decoder) example(k key, kind Kind) string {
	name, value := k.name, exampleOf[kind]
	if known, ok := d.options.Examples[name]; ok {
		value = known
	} else if kind == IntegerKind && k.min.set && k.min.x > 0 {
		value = plain(k.min.x)
	}
	if name == "" {
		return "write keys and values"
	}
	switch {
	case kind == TableKind && d.format == TOML:
		return fmt.Sprintf("write { … }, or a header [%s] with the keys below it", name)
	case kind == TableKind:
		return "write keys and values in it"
	case d.format == YAML:
		return fmt.Sprintf("write %s: %s", name, value)
	case d.format == JSON && kind == DateKind:
		return fmt.Sprintf("write %q: %q", name, value)
	case d.format == JSON:
		return fmt.Sprintf("write %q: %s", name, value)
	}
	return fmt.Sprintf("write %s = %s", name, value)
}

// exampleOfKey shows how a key is written; in TOML a list of tables has headers.
func (d *decoder) exampleOfKey(k key) string {
	t := under(k.of)
	kind := kindOf(t)
	switch {
	case k.oneOf != nil && kind == StringKind:
		return "one of " + strings.Join(k.oneOf, ", ")
	case t == typeValue:
		return strings.ReplaceAll(d.example(k, StringKind), `"…"`, "…")
	case kind == ListKind && t.Kind() == reflect.Slice && kindOf(t.Elem()) == TableKind:
		switch d.format {
		case TOML:
			return fmt.Sprintf("write [[%s]] before each entry", k.name)
		case YAML:
			return fmt.Sprintf("write %s: and below it each entry as - %s: …", k.name, firstKey(t.Elem()))
		}
		return fmt.Sprintf("write %q: [{ … }]", k.name)
	}
	return d.example(k, kind)
}

// firstKey is the first key that an entry of a list must have, or may have.
func firstKey(t reflect.Type) string {
	for t = under(t); t.Kind() == reflect.Pointer; t = under(t.Elem()) {
	}
	first := "key"
	if t.Kind() != reflect.Struct {
		return first
	}
	for i, k := range shapeOf(t).keys {
		if k.need {
			return k.name
		}
		if i == 0 {
			first = k.name
		}
	}
	return first
}

// kindOf returns the kind of value that a field takes.
func kindOf(t reflect.Type) Kind {
	t = under(t)
	switch {
	case t == typeDay:
		return DateKind
	case t.Kind() == reflect.Pointer && t != typeValue:
		return kindOf(t.Elem())
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return IntegerKind
	case reflect.Float64:
		return FloatKind
	case reflect.Bool:
		return BooleanKind
	case reflect.Slice:
		return ListKind
	case reflect.Map, reflect.Struct:
		return TableKind
	}
	return StringKind
}

// fallBack puts the default of a key where the file has none.
func fallBack(into reflect.Value, k key) {
	if p, ok := into.Addr().Interface().(placed); ok {
		value, _, _, _ := p.parts()
		into = reflect.ValueOf(value).Elem()
	}
	switch into.Kind() {
	case reflect.String:
		into.SetString(k.fallback)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(k.fallback, 10, 64)
		mustTag(k, err)
		into.SetInt(n)
	case reflect.Float64:
		x, err := strconv.ParseFloat(k.fallback, 64)
		mustTag(k, err)
		into.SetFloat(x)
	case reflect.Bool:
		b, err := strconv.ParseBool(k.fallback)
		mustTag(k, err)
		into.SetBool(b)
	default:
		panic("record: no default for the type of " + k.name)
	}
}

func mustTag(k key, err error) {
	if err != nil {
		panic("record: the default of " + k.name + ": " + err.Error())
	}
}

// shorten keeps a text in a message small.
func shorten(text string) string {
	const most = 60
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

// suggestID offers the id that a text could be.
func suggestID(text string) string {
	var id strings.Builder
	for _, c := range strings.ToLower(text) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9' && id.Len() > 0:
			id.WriteRune(c)
		case id.Len() > 0 && !strings.HasSuffix(id.String(), "-"):
			id.WriteByte('-')
		}
	}
	made := strings.TrimRight(id.String(), "-")
	if !IsID(made) {
		return ""
	}
	return fmt.Sprintf(": %q", made)
}
