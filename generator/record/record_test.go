package record

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"cairn/generator/diag"
	"cairn/generator/golden"
)

// sample is what the cases of testdata decode into: one field of each sort.
type sample struct {
	At
	Title  String   `key:"title" need:"true" doc:"The heading."`
	Order  Integer  `key:"order" min:"0" max:"99" doc:"Place in the section."`
	Ratio  Number   `key:"ratio" default:"0.5" doc:"A share of one."`
	Draft  Boolean  `key:"draft" default:"false" doc:"Leave it out of the site."`
	Tags   Strings  `key:"tags" max:"3" doc:"Words to find it by."`
	Date   Date     `key:"reviewed" doc:"When it was last read through."`
	ID     String   `key:"id" id:"true"`
	Mode   string   `key:"mode" one-of:"exchange files" default:"exchange"`
	Shared shared   `key:"shared"`
	Check  *check   `key:"check"`
	Menu   []menu   `key:"menu" doc:"Entries of the header."`
	Any    *Value   `key:"any"`
	Words  words    `key:"words"`
	Rows   []row    `key:"row"`
	Names  []string `key:"names" one-of:"red green blue"`
}
type words map[string]string
type shared struct {
	common
	Note string `key:"note"`
}
type common struct {
	Group string `key:"group"`
}
type check struct {
	Strict bool `key:"strict"`
}
type menu struct {
	At
	Title String `key:"title" need:"true"`
	Page  String `key:"page" need:"true"`
	Items []item `key:"item"`
}
type item struct {
	Text String `key:"text" max:"5"`
}
type row struct {
	At
	ID    String  `key:"id"`
	Cells []Field `key:"*"`
}

// TestCases reads each file of testdata: in.toml, in.yaml or in.json, then what comes
// of it. A case with a comment line "decode" is decoded into the sample.
func TestCases(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		in := archive.Files[0]
		text := in.Data
		if strings.Contains(string(archive.Comment), "crlf") {
			text = []byte(strings.ReplaceAll(string(text), "\n", "\r\n"))
		}
		file := diag.NewFile(in.Name, text)
		value, list := Parse(file, formatOf(in.Name), 0, len(text))
		var got strings.Builder
		if strings.HasPrefix(string(archive.Comment), "decode") {
			var s sample
			list = append(list, Decode(file, value, &s, DecodeOptions{Accept: []string{"layout"}})...)
			if value != nil {
				writeSample(&got, file, s)
			}
		} else if value != nil {
			write(&got, file, value, "", 0)
		}
		writeFaults(&got, list)
		archive.Files = []txtar.File{in, {Name: "out", Data: []byte(got.String())}}
		return archive
	})
}

func formatOf(name string) Format {
	return map[string]Format{".toml": TOML, ".yaml": YAML, ".json": JSON}[filepath.Ext(name)]
}

func place(file *diag.File, start, end int) string {
	from, to := file.Position(start), file.Position(end)
	if from.Line == to.Line {
		return fmt.Sprintf("%d:%d-%d", from.Line, from.Column, to.Column)
	}
	return fmt.Sprintf("%d:%d-%d:%d", from.Line, from.Column, to.Line, to.Column)
}

func write(w *strings.Builder, file *diag.File, v *Value, name string, indent int) {
	fmt.Fprintf(w, "%s%s%s @%s", strings.Repeat("  ", indent), name, v.Kind, place(file, v.Start, v.End))
	switch v.Kind {
	case StringKind:
		fmt.Fprintf(w, " %q", v.Text)
	case IntegerKind:
		fmt.Fprintf(w, " %d", v.Integer)
	case FloatKind:
		fmt.Fprintf(w, " %v", v.Float)
	case BooleanKind:
		fmt.Fprintf(w, " %v", v.Boolean)
	case DateKind, DateTimeKind:
		fmt.Fprintf(w, " %s", v.Text)
	}
	w.WriteByte('\n')
	for _, item := range v.Items {
		write(w, file, item, "- ", indent+1)
	}
	for _, field := range v.Fields {
		write(w, file, field.Value, fmt.Sprintf("%q @%s = ", field.Key, place(file, field.Start, field.End)), indent+1)
	}
}

func writeSample(w *strings.Builder, file *diag.File, s sample) {
	of := func(at At, set bool, value any) string {
		if !set {
			return fmt.Sprintf("%v (not set)", value)
		}
		return fmt.Sprintf("%v @%s", value, place(file, at.Start, at.End))
	}
	fmt.Fprintf(w, "title %s\n", of(s.Title.At, s.Title.Set, fmt.Sprintf("%q", s.Title.Value)))
	fmt.Fprintf(w, "order %s, ratio %s, draft %s\n", of(s.Order.At, s.Order.Set, s.Order.Value),
		of(s.Ratio.At, s.Ratio.Set, s.Ratio.Value), of(s.Draft.At, s.Draft.Set, s.Draft.Value))
	var tags []string
	for _, tag := range s.Tags.Value {
		tags = append(tags, of(tag.At, tag.Set, tag.Value))
	}
	fmt.Fprintf(w, "tags %s\n", of(s.Tags.At, s.Tags.Set, tags))
	fmt.Fprintf(w, "reviewed %s, id %s, mode %q, names %q\n", of(s.Date.At, s.Date.Set, s.Date.Value), of(s.ID.At, s.ID.Set, s.ID.Value), s.Mode, s.Names)
	fmt.Fprintf(w, "shared %+v, check %+v, words %v\n", s.Shared, s.Check, s.Words)
	for _, entry := range s.Menu {
		fmt.Fprintf(w, "menu @%s %q %q", place(file, entry.Start, entry.End), entry.Title.Value, entry.Page.Value)
		for _, item := range entry.Items {
			fmt.Fprintf(w, " item %q", item.Text.Value)
		}
		w.WriteByte('\n')
	}
	for _, row := range s.Rows {
		fmt.Fprintf(w, "row %q", row.ID.Value)
		for _, cell := range row.Cells {
			fmt.Fprintf(w, " %s=%s", cell.Key, cell.Value.Kind)
		}
		w.WriteByte('\n')
	}
}

func writeFaults(w *strings.Builder, list diag.List) {
	for _, d := range list {
		fmt.Fprintf(w, "! %s\n  hint: %s\n", d, d.Hint)
		for _, related := range d.Related {
			fmt.Fprintf(w, "  %s:%d: %s\n", related.Path, related.Start.Line, related.Message)
		}
	}
}

// TestPart reads a record out of the middle of a file, as front matter is.
func TestPart(t *testing.T) {
	text := "---\ntitle: a\n---\nbody"
	file := diag.NewFile("page.md", []byte(text))
	v, list := Parse(file, YAML, 4, 13)
	if len(list) > 0 || v.Get("title").Text != "a" || v.Get("title").Start != 11 {
		t.Errorf("got %+v %v", v.Get("title"), list)
	}
	var s sample
	list = Decode(file, v, &s, DecodeOptions{Name: "the front matter"})
	if len(list) > 0 || s.Title.Value != "a" || s.Start != 4 {
		t.Errorf("got %+v %v", s.Title, list)
	}
}

// TestMark reads a file with a byte-order mark.
func TestMark(t *testing.T) {
	for format, text := range map[Format]string{TOML: "\ufefftitle = 1", YAML: "\ufefftitle: 1", JSON: "\ufeff{\"title\": 1}"} {
		v, list := Parse(diag.NewFile("x", []byte(text)), format, 0, len(text))
		if len(list) > 0 || v.Get("title").Integer != 1 || v.Get("title").Start != strings.Index(text, "1") {
			t.Errorf("%s: got %+v %v", format, v, list)
		}
	}
}

// TestDepth nests every way a format can nest, just under and far over the limit.
func TestDepth(t *testing.T) {
	nest := func(open, inner, close string) func(n int) string {
		return func(n int) string { return strings.Repeat(open, n) + inner + strings.Repeat(close, n) }
	}
	lines := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%sa:\n", strings.Repeat(" ", i))
		}
		return b.String() + strings.Repeat(" ", n) + "b: 1"
	}
	for _, c := range []struct {
		name   string
		format Format
		make   func(n int) string
	}{
		{"toml lists", TOML, func(n int) string { return "a = " + nest("[", "1", "]")(n) }},
		{"toml tables", TOML, func(n int) string { return nest("a={", "", "}")(n - 1) }},
		{"toml keys", TOML, func(n int) string { return strings.Repeat("a.", n) + "b = 1" }},
		{"toml spaced keys", TOML, func(n int) string { return strings.Repeat("a . ", n) + "b = 1" }},
		{"toml quoted keys", TOML, func(n int) string { return strings.Repeat(`"a" .`, n) + "b = 1" }},
		{"toml headers", TOML, func(n int) string { return "[" + strings.Repeat("a.", n-1) + "b]" }},
		{"toml mixed", TOML, func(n int) string {
			return "[" + strings.Repeat("a.", n/2) + "b]\n" + strings.Repeat("a.", n/2-1) + "b = 1"
		}},
		{"yaml flow", YAML, func(n int) string { return "a: " + nest("[", "1", "]")(n-1) }},
		{"yaml flow tables", YAML, func(n int) string { return "a: " + nest("{a: ", "1", "}")(n-1) }},
		{"yaml dashes", YAML, func(n int) string { return strings.Repeat("- ", n) + "1" }},
		{"yaml lines", YAML, func(n int) string { return lines(n - 1) }},
		{"json lists", JSON, nest("[", "1", "]")},
		{"json tables", JSON, nest(`{"a":`, "1", "}")},
	} {
		for _, n := range []int{MaxDepth - 2, MaxDepth * 2, 10_000} {
			if n == 10_000 && c.name == "yaml lines" {
				n = 300
			}
			text := c.make(n)
			v, list := Parse(diag.NewFile("x", []byte(text)), c.format, 0, len(text))
			refused := len(list) == 1 && (list[0].Code == diag.RecordTooDeep || n == 10_000 && list[0].Code == diag.RecordTooLarge)
			if deep := refused && v == nil; deep != (n > MaxDepth) {
				t.Errorf("%s, %d deep: %.300v", c.name, n, list)
			}
		}
	}
}

func FuzzTOML(f *testing.F) { fuzz(f, TOML, ".toml") }
func FuzzYAML(f *testing.F) { fuzz(f, YAML, ".yaml") }
func FuzzJSON(f *testing.F) { fuzz(f, JSON, ".json") }

func fuzz(f *testing.F, format Format, ext string) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		if filepath.Ext(archive.Files[0].Name) == ext {
			f.Add(string(archive.Files[0].Data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 64<<10 {
			return
		}
		read := func() (string, *Value) {
			file := diag.NewFile("x"+ext, []byte("é\n"+text))
			v, list := Parse(file, format, 3, len(file.Text))
			var got strings.Builder
			if v != nil {
				write(&got, file, v, "", 0)
				check := Decode(file, v, &sample{}, DecodeOptions{})
				writeFaults(&got, check)
			} else if len(list) == 0 {
				t.Error("no value and no reason")
			}
			for _, d := range list {
				if d.Start.Line < 2 {
					t.Errorf("%s stands outside of the part", d)
				}
			}
			writeFaults(&got, list)
			return got.String(), v
		}
		first, v := read()
		if second, _ := read(); first != second {
			t.Errorf("two readings differ:\n%s\n%s", first, second)
		}
		if v != nil {
			inside(t, v, 3, len("é\n"+text))
		}
	})
}

// inside checks that every place lies within the text.
func inside(t *testing.T, v *Value, start, end int) {
	if v.Start < start || v.End > end || v.Start > v.End {
		t.Errorf("%s at %d-%d lies outside of %d-%d", v.Kind, v.Start, v.End, start, end)
	}
	for _, item := range v.Items {
		inside(t, item, start, end)
	}
	for _, field := range v.Fields {
		if field.Start < start || field.End > end || field.Start > field.End {
			t.Errorf("key %q at %d-%d lies outside of %d-%d", field.Key, field.Start, field.End, start, end)
		}
		inside(t, field.Value, start, end)
	}
}

// TestManyParts holds the limit that keeps goccy fast.
func TestManyParts(t *testing.T) {
	text := "tags: [" + strings.Repeat("a,", 30_000) + "]"
	v, list := Parse(diag.NewFile("x", []byte(text)), YAML, 0, len(text))
	if v != nil || len(list) != 1 || list[0].Code != diag.RecordTooLarge {
		t.Errorf("got %v", list)
	}
}

func decodeJSON(text string) diag.List {
	file := diag.NewFile("x.json", []byte(text))
	v, list := Parse(file, JSON, 0, len(text))
	return append(list, Decode(file, v, &sample{}, DecodeOptions{})...)
}
