// Package table reads tables of data, and the registry of sources. A table is
// columns with a type and rows of cells; a column may be computed from the others,
// so that a difference or a percentage is never typed. Each row, and each cell,
// can name the sources it rests on.
//
// Parsing is pure: one file's bytes in, a table and diagnostics out. Whether a
// source exists is for the model to say.
package table

import (
	"fmt"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/expr"
	"cairn/generator/record"
)

// The most cells that a table may hold.
const mostCells = 50_000

// Type is what the cells of a column hold.
type Type string

// The types of columns.
const (
	Text    Type = "text"
	Integer Type = "integer"
	Decimal Type = "decimal"
	Money   Type = "money"
	Percent Type = "percent"
	Date    Type = "date"
)

// Table is a table of data.
type Table struct {
	Title, Description, Caption string
	// Note is Markdown that stands under the table, with its place.
	Note    record.String
	Group   string
	Order   int
	Sources []SourceRef
	Columns []Column
	Rows    []Row
}

// A Column is one column, in order.
type Column struct {
	ID, Title string
	Type      Type
	Unit      string
	// Places is the number of decimal places that are shown.
	Places int
	// Head marks the column that names the rows.
	Head bool
	// Optional columns may have empty cells.
	Optional bool
	// Compute is the expression of a computed column, or empty.
	Compute string

	formula *expr.Formula
}

// IsNumber tells whether the cells are numbers, which are set right.
func (c *Column) IsNumber() bool { return c.Type != Text && c.Type != Date }

// A Row is one row: a cell for each column, in the columns' order.
type Row struct {
	// ID is an anchor, or empty; Group a heading above the rows that share it.
	ID, Group, Note string
	Own             bool
	Sources         []SourceRef
	Cells           []Cell
	// Start is where the row stands in the file, in bytes.
	Start int
}

// A Cell is one cell.
type Cell struct {
	// Text is what is shown; Number the value, if HasNumber.
	Text      string
	Number    float64
	HasNumber bool
	Empty     bool
	Sources   []SourceRef
	Own       bool
	Note      string
	// Start and End are the place of the value in the file, in bytes.
	Start, End int
}

// A SourceRef names a source, with the place where it does.
type SourceRef struct {
	ID         string
	Start, End int
}

// file is a table's file as it is written.
type file struct {
	record.At
	Title       record.String   `key:"title" need:"true" doc:"The heading of the table's page."`
	Description string          `key:"description" doc:"One or two sentences under the heading."`
	Caption     string          `key:"caption" doc:"What stands above the table; the title, if left out."`
	Note        record.String   `key:"note" doc:"Markdown under the table: where it comes from, what it leaves out."`
	Group       string          `key:"group" doc:"Heading under which the page stands in its section's list."`
	Order       int             `key:"order" doc:"Place of the page in its section."`
	Sources     record.Strings  `key:"sources" doc:"Ids of the sources of every row that names none itself."`
	Columns     []columnFile    `key:"column" need:"true" doc:"The columns, in order."`
	Rows        []*record.Value `key:"row" doc:"The rows, in order: a cell for each column, by its id."`
}

type columnFile struct {
	record.At
	ID       record.String  `key:"id" need:"true" id:"true" doc:"Names the column in rows and expressions."`
	Title    record.String  `key:"title" need:"true" doc:"The column's heading."`
	Type     record.String  `key:"type" one-of:"text integer decimal money percent date" default:"text" doc:"What the cells hold."`
	Unit     string         `key:"unit" doc:"The unit of its numbers: USD, people, days."`
	Places   record.Integer `key:"places" min:"0" max:"6" doc:"Decimal places that are shown: 1 for decimal, 0 for the others, if left out."`
	Head     bool           `key:"head" doc:"Whether it names the rows. The first column does, if none says so."`
	Optional bool           `key:"optional" doc:"Whether a row may leave it out; – is shown then."`
	Compute  record.String  `key:"compute" doc:"An expression over other columns of the row, as in platform - devops. Such a column has no cells of its own."`
}

// cellFile is a cell that is written as a table.
type cellFile struct {
	record.At
	Value   *record.Value  `key:"value" need:"true" doc:"The cell's value."`
	Sources record.Strings `key:"sources" doc:"Ids of the sources of this cell."`
	Own     bool           `key:"own" doc:"Whether it is our own derivation."`
	Note    string         `key:"note" doc:"Small text under the value."`
}

// rowKeys are the keys of a row that are no columns.
type rowKeys struct {
	record.At
	ID      record.String  `key:"id" id:"true" doc:"The row's anchor for links."`
	Group   string         `key:"group" doc:"Heading above this row and the following ones of the same group."`
	Note    string         `key:"note" doc:"Small text under the row's name."`
	Own     bool           `key:"own" doc:"Whether the row is our own derivation."`
	Sources record.Strings `key:"sources" doc:"Ids of the sources of this row."`
	Cells   []record.Field `key:"*"`
}

var reserved = []string{"id", "group", "note", "own", "sources"}

// Parse reads a table. It is nil if what is wrong leaves no table to show.
func Parse(source *diag.File) (*Table, diag.List) {
	value, faults := record.Parse(source, record.TOML, 0, len(source.Text))
	if value == nil {
		return nil, faults
	}
	var written file
	faults = append(faults, record.Decode(source, value, &written, record.DecodeOptions{Name: "a table"})...)
	p := &parser{file: source, faults: faults}
	t := &Table{
		Title: written.Title.Value, Description: written.Description, Caption: written.Caption, Note: written.Note,
		Group: written.Group, Order: written.Order, Sources: refs(written.Sources),
	}
	p.columns(t, written.Columns)
	if len(t.Columns) > 0 && len(written.Rows)*len(t.Columns) > mostCells {
		p.fault(written.At, diag.TableTooLarge, fmt.Sprintf("the table has %d cells, and at most %d can be shown",
			len(written.Rows)*len(t.Columns), mostCells), "split it, or show only what a person reads")
		return nil, p.faults
	}
	for _, row := range written.Rows {
		p.row(t, row)
	}
	if p.faults.HasErrors() {
		return nil, p.faults
	}
	p.compute(t)
	return t, p.faults
}

type parser struct {
	file   *diag.File
	faults diag.List
}

func (p *parser) fault(at record.At, code diag.Code, message, hint string) {
	p.faults.Add(p.file.At(at.Start, at.End, code, message, hint))
}

func refs(sources record.Strings) []SourceRef {
	var list []SourceRef
	for _, source := range sources.Value {
		list = append(list, SourceRef{source.Value, source.Start, source.End})
	}
	return list
}

// columns checks the columns, and makes the formulas of those that are computed.
func (p *parser) columns(t *Table, written []columnFile) {
	seen := map[string]bool{}
	head := -1
	for i := range written {
		column := &written[i]
		id := column.ID.Value
		switch {
		case id == "":
			continue
		case seen[id]:
			p.fault(column.ID.At, diag.TableDuplicateColumn, fmt.Sprintf("the column %q is there already", id), "give each column an id of its own")
			continue
		case slices.Contains(reserved, id):
			p.fault(column.ID.At, diag.TableDuplicateColumn, fmt.Sprintf("%q is a key of rows and cannot be a column", id),
				"choose another id; the heading that is shown is the title")
			continue
		}
		seen[id] = true
		c := Column{
			ID: id, Title: column.Title.Value, Type: Type(column.Type.Value), Unit: column.Unit,
			Places: column.Places.Value, Head: column.Head, Optional: column.Optional, Compute: column.Compute.Value,
		}
		if c.Type == "" {
			c.Type = Text
		}
		if c.Type == Decimal && !column.Places.Set {
			c.Places = 1
		}
		if c.Head {
			if head >= 0 {
				p.fault(column.At, diag.TableDuplicateColumn, fmt.Sprintf("the column %q names the rows already", t.Columns[head].ID), "take head out of one of them")
			}
			head = len(t.Columns)
		}
		t.Columns = append(t.Columns, c)
	}
	if head < 0 && len(t.Columns) > 0 {
		t.Columns[0].Head = true
	}
	// A formula may use columns of numbers, and computed columns to its left.
	var names []string
	for i := range t.Columns {
		if c := &t.Columns[i]; c.Compute == "" && c.IsNumber() {
			names = append(names, c.ID)
		}
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Compute == "" {
			continue
		}
		place := written[slices.IndexFunc(written, func(w columnFile) bool { return w.ID.Value == c.ID })].Compute
		if !c.IsNumber() {
			p.fault(place.At, diag.TableCompute, fmt.Sprintf("the column %q is of type %s and cannot be computed", c.ID, c.Type),
				`give it the type integer, decimal, money or percent`)
			continue
		}
		formula, faults := expr.ParseFormula(expr.SourceAt(p.file, place.Start, place.End, c.Compute), names)
		p.faults = append(p.faults, faults...)
		c.formula = formula
		names = append(names, c.ID)
	}
}

// row reads one row: exactly the cells of the columns that are not computed.
func (p *parser) row(t *Table, value *record.Value) {
	var keys rowKeys
	p.faults = append(p.faults, record.Decode(p.file, value, &keys, record.DecodeOptions{Name: "a row"})...)
	row := Row{ID: keys.ID.Value, Group: keys.Group, Note: keys.Note, Own: keys.Own, Sources: refs(keys.Sources), Start: keys.Start}
	row.Cells = make([]Cell, len(t.Columns))
	written := make([]bool, len(t.Columns))
	for _, field := range keys.Cells {
		at := record.At{Start: field.Start, End: field.End}
		i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.ID == field.Key })
		if i < 0 {
			p.fault(at, diag.TableExtraCell, fmt.Sprintf("there is no column %q", field.Key),
				diag.DidYouMean(field.Key, columnIDs(t), "the columns are: "+strings.Join(columnIDs(t), ", ")))
			continue
		}
		if t.Columns[i].Compute != "" {
			p.fault(at, diag.TableExtraCell, fmt.Sprintf("the column %q is computed and has no cells of its own", field.Key), "take this cell out")
			continue
		}
		written[i] = true
		row.Cells[i] = p.cell(&t.Columns[i], field.Value)
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		switch {
		case written[i] || c.Compute != "":
		case c.Optional:
			row.Cells[i] = Cell{Text: "–", Empty: true}
		default:
			p.fault(keys.At, diag.TableMissingCell, fmt.Sprintf("this row has no cell for the column %q", c.ID),
				fmt.Sprintf("write %s = … in it, or optional = true in the column", c.ID))
		}
	}
	t.Rows = append(t.Rows, row)
}

func columnIDs(t *Table) []string {
	ids := make([]string, len(t.Columns))
	for i := range t.Columns {
		ids[i] = t.Columns[i].ID
	}
	return ids
}

// cell reads a cell, which is a value or a table with a value.
func (p *parser) cell(column *Column, value *record.Value) Cell {
	var written cellFile
	if value.Kind == record.TableKind {
		p.faults = append(p.faults, record.Decode(p.file, value, &written, record.DecodeOptions{Name: "a cell"})...)
		if written.Value == nil {
			return Cell{}
		}
		value = written.Value
	}
	cell := Cell{Sources: refs(written.Sources), Own: written.Own, Note: written.Note, Start: value.Start, End: value.End}
	wrong := func(what, hint string) Cell {
		p.fault(record.At{Start: value.Start, End: value.End}, diag.TableWrongType,
			fmt.Sprintf("the column %q holds %s", column.ID, what), hint)
		return cell
	}
	switch column.Type {
	case Text:
		if value.Kind != record.StringKind {
			return wrong("text", `write it in quotes: "…"`)
		}
		cell.Text = value.Text
		if strings.TrimSpace(cell.Text) == "" {
			return wrong("text, and this one is empty", "leave the cell out, and write optional = true in the column")
		}
	case Date:
		if value.Kind != record.DateKind {
			return wrong("dates", "write it without quotes: 2026-01-22")
		}
		cell.Text = value.Text
	case Integer:
		if value.Kind != record.IntegerKind {
			return wrong("whole numbers", "write digits alone, without quotes, unit or point: 118500")
		}
		if value.Integer > 1<<53 || value.Integer < -1<<53 {
			return wrong("whole numbers up to 2^53", "use a larger unit")
		}
		cell.Number, cell.HasNumber = float64(value.Integer), true
	default:
		number, ok := value.Number()
		if !ok || number != number || number > 1<<53 || number < -1<<53 {
			return wrong("numbers", "write digits alone, without quotes and unit: 118500 or 22.5")
		}
		cell.Number, cell.HasNumber = number, true
		if shown := places(value.Text); shown > column.Places {
			return wrong(fmt.Sprintf("numbers with %d decimal places", column.Places),
				fmt.Sprintf("write places = %d in the column, or fewer digits here", shown))
		}
	}
	if cell.HasNumber {
		cell.Text = show(column, cell.Number)
	}
	return cell
}

// places counts the digits behind the point as they were written.
func places(written string) int {
	mantissa, _, _ := strings.Cut(strings.ToLower(written), "e")
	_, fraction, _ := strings.Cut(mantissa, ".")
	return len(strings.TrimRight(strings.ReplaceAll(fraction, "_", ""), "0"))
}

// compute fills the computed columns.
func (p *parser) compute(t *Table) {
	for r := range t.Rows {
		row := &t.Rows[r]
		values := map[string]float64{}
		for i := range t.Columns {
			if row.Cells[i].HasNumber {
				values[t.Columns[i].ID] = row.Cells[i].Number
			}
		}
		for i := range t.Columns {
			c := &t.Columns[i]
			if c.formula == nil {
				continue
			}
			cell := Cell{Text: "–", Empty: true, Start: row.Start, End: row.Start}
			if x, ok := c.formula.Evaluate(values); ok {
				cell = Cell{Number: x, HasNumber: true, Text: show(c, x), Start: row.Start, End: row.Start}
				values[c.ID] = x
			} else if complete(c.formula, values) {
				p.fault(record.At{Start: row.Start, End: row.Start}, diag.TableNoResult,
					fmt.Sprintf("the column %q has no value in this row: a division by zero, or a number too large", c.ID),
					"correct the cells that it is computed from")
			}
			row.Cells[i] = cell
		}
	}
}

// complete tells whether every name of a formula has a value: then a missing
// result is a fault, and not the consequence of an optional cell left out.
func complete(formula *expr.Formula, values map[string]float64) bool {
	return !slices.ContainsFunc(formula.Names(), func(name string) bool { _, ok := values[name]; return !ok })
}
