package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"

	"cairn/generator/diag"
	"cairn/generator/golden"
	"cairn/generator/messages"
)

// TestCases reads in.toml of each file of testdata, as a table, or as the registry if
// its name starts with "sources-", and compares what comes of it: the cells as they
// are shown, the faults as they are printed, and the exports where the case has them.
func TestCases(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		in := archive.Files[0]
		file := diag.NewFile(in.Name, in.Data)
		made := &txtar.Archive{Comment: archive.Comment, Files: []txtar.File{in}}
		add := func(name, text string) {
			if text != "" {
				made.Files = append(made.Files, txtar.File{Name: name, Data: []byte(text)})
			}
		}
		var faults diag.List
		if strings.HasPrefix(path.Base(t.Name()), "sources-") {
			var sources *Sources
			sources, faults = ParseSources(file)
			add("sources", dumpSources(sources))
		} else {
			var table *Table
			table, faults = Parse(file, messages.English())
			add("cells", dump(file, table))
			if table != nil && strings.Contains(string(archive.Comment), "export") {
				add("csv", strings.ReplaceAll(string(CSV(table)), "\r\n", "\n"))
				add("json", string(JSON(table)))
			}
		}
		var printed bytes.Buffer
		if err := diag.Print(&printed, faults, diag.Text, diag.PrintOptions{}); err != nil {
			t.Fatal(err)
		}
		add("faults", printed.String())
		return made
	})
}

func dump(file *diag.File, t *Table) string {
	if t == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s, order %d), sources %s\n", t.Title, t.Group, t.Order, names(t.Sources))
	for i := range t.Columns {
		c := &t.Columns[i]
		fmt.Fprintf(&b, "column %s: %s, %s %q places %d head %v\n", c.ID, c.Title, c.Type, c.Unit, c.Places, c.Head)
	}
	for i := range t.Rows {
		row := &t.Rows[i]
		fmt.Fprintf(&b, "row %q line %d group %q own %v note %q sources %s\n", row.ID, file.Position(row.Start).Line, row.Group, row.Own, row.Note, names(row.Sources))
		for j := range row.Cells {
			cell := &row.Cells[j]
			fmt.Fprintf(&b, "  %s", cell.Text)
			if cell.HasNumber {
				fmt.Fprintf(&b, " = %v", cell.Number)
			}
			if cell.Empty {
				b.WriteString(" empty")
			}
			if cell.Rank > 0 {
				fmt.Fprintf(&b, " rank %d", cell.Rank)
			}
			if cell.Marked {
				b.WriteString(" marked")
			}
			for _, statement := range cell.Statements {
				fmt.Fprintf(&b, " | %s %s own %v", statement.Text, names(statement.Sources), statement.Own)
			}
			if len(cell.Sources) > 0 || cell.Own || cell.Note != "" {
				fmt.Fprintf(&b, ", own %v note %q sources %s", cell.Own, cell.Note, names(cell.Sources))
			}
			b.WriteByte('\n')
		}
	}
	for _, made := range t.Charts {
		fmt.Fprintf(&b, "chart %q: %s (%s)\n%s\n", made.ID, made.Title, made.Lead, made.Drawing.SVG("chart"))
		for _, entry := range made.Drawing.Key() {
			fmt.Fprintf(&b, "  %s %s\n", entry.Letter, entry.Text)
		}
	}
	return b.String()
}

func names(refs []SourceRef) string {
	var ids []string
	for _, ref := range refs {
		ids = append(ids, ref.ID)
	}
	return fmt.Sprint(ids)
}

func dumpSources(s *Sources) string {
	if s == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", s.Title, s.Description)
	for _, source := range s.Sources {
		fmt.Fprintf(&b, "%+v\n", source)
	}
	return b.String()
}

// TestFormatNumber holds section 18 of the semantics: half away from zero.
func TestFormatNumber(t *testing.T) {
	for _, c := range []struct {
		x      float64
		places int
		want   string
	}{
		{0, 0, "0"}, {118500, 0, "118,500"}, {999, 0, "999"}, {1000, 0, "1,000"}, {1234567.891, 2, "1,234,567.89"},
		{0.5, 0, "1"}, {-0.5, 0, "−1"}, {-0.4, 0, "0"}, {2.5, 0, "3"}, {1.25, 1, "1.3"}, {-1.25, 1, "−1.3"},
		{0.05, 2, "0.05"}, {0.004, 2, "0.00"}, {-0.004, 2, "0.00"}, {9.999, 2, "10.00"}, {1e6, 6, "1,000,000.000000"},
		{1 << 53, 0, "9,007,199,254,740,992"},
	} {
		if got := FormatNumber(c.x, c.places); got != c.want {
			t.Errorf("FormatNumber(%v, %d) = %q, want %q", c.x, c.places, got, c.want)
		}
	}
}

// TestFormatNumberProperty: what is shown is never further from the number than half
// a unit of its last place, and reads back as itself.
func TestFormatNumberProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-1e9, 1e9).Draw(t, "x")
		places := rapid.IntRange(0, 6).Draw(t, "places")
		shown := FormatNumber(x, places)
		back, err := strconv.ParseFloat(strings.NewReplacer(",", "", "−", "-").Replace(shown), 64)
		if err != nil || math.Abs(back-x) > 0.5*math.Pow10(-places)*(1+1e-6)+math.Abs(x)*1e-15 {
			t.Fatalf("%v with %d places is shown as %q", x, places, shown)
		}
		if again := FormatNumber(back, places); again != shown {
			t.Fatalf("%q reads back as %q", shown, again)
		}
	})
}

// TestComputed: a computed column equals the same operations done by hand, in order,
// and is empty exactly where a part is or the divisor is zero.
func TestComputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type pair struct {
			a, b int64
			b0   bool
		}
		var text strings.Builder
		text.WriteString(`title = "t"
[[column]]
id = "name"
title = "n"
[[column]]
id = "a"
title = "a"
type = "integer"
[[column]]
id = "b"
title = "b"
type = "integer"
optional = true
[[column]]
id = "gap"
title = "gap"
type = "integer"
compute = "b - a"
[[column]]
id = "share"
title = "share"
type = "percent"
places = 2
compute = "gap / a * 100"
`)
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pair {
			number := rapid.Int64Range(-1000, 1_000_000)
			return pair{a: number.Draw(t, "a"), b: number.Draw(t, "b"), b0: rapid.Bool().Draw(t, "b is empty")}
		}), 0, 20).Draw(t, "rows")
		for _, row := range rows {
			fmt.Fprintf(&text, "[[row]]\nname = \"x\"\na = %d\n", row.a)
			if !row.b0 {
				fmt.Fprintf(&text, "b = %d\n", row.b)
			}
		}
		table, faults := Parse(diag.NewFile("t.toml", []byte(text.String())), messages.English())
		if table == nil {
			t.Fatalf("%v\n%s", faults, text.String())
		}
		missing := 0
		for i, row := range rows {
			gap, share := table.Rows[i].Cells[3], table.Rows[i].Cells[4]
			wantGap := float64(float64(row.b) - float64(row.a))
			wantShare := float64(float64(wantGap/float64(row.a)) * 100)
			switch {
			case row.b0:
				if !gap.Empty || !share.Empty || gap.Text != "–" {
					t.Fatalf("row %d is computed from nothing: %+v %+v", i, gap, share)
				}
			case row.a == 0:
				missing++
				if gap.Number != wantGap || !share.Empty {
					t.Fatalf("row %d: %+v %+v", i, gap, share)
				}
			case gap.Number != wantGap || share.Number != wantShare || share.Text != FormatNumber(wantShare, 2)+"\u00a0%":
				t.Fatalf("row %d: got %+v %+v, want %v %v", i, gap, share, wantGap, wantShare)
			}
		}
		if len(faults) != missing {
			t.Fatalf("%d warnings, want %d: %v", len(faults), missing, faults)
		}
	})
}

// TestLimits: what is too large is refused quickly and with few faults.
func TestLimits(t *testing.T) {
	columns := func(n int) string {
		var b strings.Builder
		b.WriteString("title = \"t\"\n")
		for i := range n {
			fmt.Fprintf(&b, "[[column]]\nid = \"c%d\"\ntitle = \"t\"\noptional = true\n", i)
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		text string
		code diag.Code
	}{
		"columns":      {columns(mostColumns + 1), diag.TableTooLarge},
		"cells":        {columns(10) + strings.Repeat("[[row]]\n", 5001), diag.TableTooLarge},
		"just enough":  {columns(10) + strings.Repeat("[[row]]\nc0 = \"a\"\n", 5000), ""},
		"wrong cells":  {columns(10) + strings.Repeat("[[row]]\nc0 = 1\n", 5000), diag.TableWrongType},
		"on one line":  {columns(10) + "row = [" + strings.Repeat("{c0 = 1},", 5000) + "]", ""},
		"no columns":   {"title = \"t\"\n" + strings.Repeat("[[row]]\nc0 = 1\n", 100_000), diag.RecordMissingKey},
		"many sources": {columns(1) + "sources = [" + strings.Repeat("\"a\",", 100_000) + "]", ""},
	} {
		_, faults := Parse(diag.NewFile("t.toml", []byte(c.text)), messages.English())
		if len(faults) > mostFaults || c.code != "" && (len(faults) == 0 || faults[0].Code != c.code) {
			t.Errorf("%s: %d faults, %.300v", name, len(faults), faults)
		}
	}
}

// FuzzTable: whatever the text, parsing ends, is the same twice, and its exports are
// well formed.
func FuzzTable(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 64<<10 {
			return
		}
		file := diag.NewFile("t.toml", []byte(text))
		table, faults := Parse(file, messages.English())
		again, more := Parse(file, messages.English())
		if diff := cmp.Diff(faults, more); diff != "" || dump(file, table) != dump(file, again) {
			t.Fatalf("two readings differ: %s", diff)
		}
		if (table == nil) != faults.HasErrors() {
			t.Fatalf("table %v, faults %v", table, faults)
		}
		if sources, faults := ParseSources(file); sources == nil && len(faults) == 0 {
			t.Fatal("no sources and no reason")
		}
		if table == nil {
			return
		}
		rows, err := csv.NewReader(bytes.NewReader(CSV(table))).ReadAll()
		if err != nil || len(rows) != len(table.Rows)+1 {
			t.Fatalf("%d rows, %v: %q", len(rows), err, CSV(table))
		}
		for line, row := range rows {
			for i, field := range row {
				isNumber := line > 0 && i < len(table.Columns) && table.Columns[i].IsNumber()
				if isFormula(field) && !isNumber {
					t.Fatalf("a formula is exported: %q", field)
				}
			}
		}
		// A spreadsheet that divides at something else finds no formula either.
		for _, separator := range ";\t" {
			for _, cell := range divide(string(CSV(table)), separator) {
				if isFormula(strings.TrimLeft(cell, `"`)) && !minusNumber.MatchString(cell) {
					t.Fatalf("divided at %q, a formula is exported: %q", separator, cell)
				}
			}
		}
		if !json.Valid(JSON(table)) {
			t.Fatal("the export is no JSON")
		}
	})
}

// isFormula tells whether a spreadsheet would run a cell.
func isFormula(cell string) bool {
	first, _ := utf8.DecodeRuneInString(cell)
	return cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && !number.MatchString(cell)
}

// minusNumber is a line that begins with a number below nothing.
var minusNumber = regexp.MustCompile(`^-[0-9.]+(,|$)`)

// divide cuts a text at line ends and separators outside quotes, as a spreadsheet does.
func divide(text string, separator rune) []string {
	inside := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			inside = !inside
		}
		return !inside && (r == separator || r == '\r' || r == '\n')
	})
}

// TestManyRows: every row is ranked and marked. How long it takes is held among the hostile texts.
func TestManyRows(t *testing.T) {
	var b strings.Builder
	b.WriteString("title = \"Many\"\n[[column]]\nid = \"effort\"\ntitle = \"Effort\"\norder = [\"days\"]\nmark = [\"1 days\"]\n")
	for i := range 40_000 {
		fmt.Fprintf(&b, "[[row]]\neffort = \"%d days\"\n", i)
	}
	table, faults := Parse(diag.NewFile("t.toml", []byte(b.String())), messages.English())
	if table == nil || table.Rows[39_999].Cells[0].Rank != 40_000 || !table.Rows[1].Cells[0].Marked {
		t.Fatal(faults)
	}
}
