package table

import (
	"fmt"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/messages"
	"cairn/generator/record"
)

const (
	// mostCells and mostColumns are what a page can show and a browser can sort.
	mostCells   = 50_000
	mostColumns = 100
	// mostFaults are gathered of one file: the rest say the same.
	mostFaults = 200
	// mostNumber is the largest magnitude within which every whole number is exact.
	mostNumber = 1 << 53
	// none is what an empty cell shows.
	none = "–"
)

// Parse reads a table. The words are what its charts say besides its own. It is nil if there is an error: a table with a wrong figure in
// it is worse than none.
func Parse(file *diag.File, words messages.Catalogue) (*Table, diag.List) {
	value, faults := record.Parse(file, record.TOML, 0, len(file.Text))
	if value == nil {
		return nil, faults
	}
	var written Document
	faults = append(faults, record.Decode(file, value, &written, record.DecodeOptions{Name: "a table"})...)
	p := &parser{file: file, written: &written, faults: faults, said: words, columns: map[string]int{}, rows: map[string]record.At{}}
	p.table = &Table{
		Title: written.Title.Value, Description: written.Description, Caption: written.Caption, Note: written.Note,
		Group: written.Group, Order: written.Order, Sources: refs(written.Sources), Filter: written.Filter,
	}
	if len(written.Columns) > mostColumns {
		p.fault(written.Columns[mostColumns].At, diag.TableTooLarge,
			fmt.Sprintf("the table has %d columns, and at most %d can be shown", len(written.Columns), mostColumns), "write what is a column as a row")
		return nil, p.faults
	}
	broken := p.brokenColumns()
	for i := range written.Columns {
		p.column(&written.Columns[i], broken[i])
	}
	p.heads()
	p.formulas()
	if cells := len(written.Rows) * len(p.table.Columns); cells > mostCells {
		p.fault(written.Rows[mostCells/len(p.table.Columns)].At, diag.TableTooLarge,
			fmt.Sprintf("the table has %d cells, and at most %d can be shown", cells, mostCells), "split it, or show only what a person reads")
		return nil, p.faults
	}
	if len(p.table.Columns) > 0 {
		for i := range written.Rows {
			p.row(&written.Rows[i])
		}
	}
	if p.faults.HasErrors() {
		return nil, p.faults
	}
	p.compute()
	p.words()
	p.charts()
	if p.faults.HasErrors() {
		return nil, p.faults
	}
	return p.table, p.faults
}

type parser struct {
	file    *diag.File
	written *Document
	table   *Table
	faults  diag.List
	// columns is the index of each column by its id, rows the place of each row's id.
	columns map[string]int
	said    messages.Catalogue
	rows    map[string]record.At
	// source is what each column was made from, broken whether one of its keys is at fault.
	source []*ColumnDocument
	broken []bool
	// nameless tells that a column has no name that can be used. Then a name that no column
	// has may be meant for that one, and is passed over: its column has been told.
	nameless bool
}

func (p *parser) fault(at record.At, code diag.Code, message, hint string) {
	if len(p.faults) < mostFaults {
		p.faults.Add(p.file.At(at.Start, at.End, code, message, hint))
	}
}

func refs(sources record.Strings) []SourceRef {
	var list []SourceRef
	for _, source := range sources.Value {
		list = append(list, SourceRef{source.Value, source.Start, source.End})
	}
	return list
}

var (
	// rowKeys are the keys of a row that are no columns.
	rowKeys = []string{"id", "group", "note", "own", "sources"}
	// topKeys are keys of the table that nothing in a row could mean.
	topKeys = []string{"title", "description", "caption", "order", "filter-sources"}
)

// brokenColumns tells of each column whether the faults so far are about it: they stand
// between its header and the next.
func (p *parser) brokenColumns() []bool {
	list := make([]bool, len(p.written.Columns))
	if len(p.faults) == 0 {
		return list
	}
	var headers []int
	for i := range p.written.Columns {
		headers = append(headers, p.file.Position(p.written.Columns[i].Start).Line)
	}
	for i := range p.written.Rows {
		headers = append(headers, p.file.Position(p.written.Rows[i].Start).Line)
	}
	for i := range p.written.Charts {
		headers = append(headers, p.file.Position(p.written.Charts[i].Start).Line)
	}
	sorted := slices.Sorted(slices.Values(headers))
	broken := map[int]bool{}
	for i := range p.faults {
		if next, same := slices.BinarySearch(sorted, p.faults[i].Start.Line); same {
			broken[sorted[next]] = true
		} else if next > 0 {
			broken[sorted[next-1]] = true
		}
	}
	for i := range list {
		list[i] = broken[headers[i]]
	}
	return list
}

// column checks one column by itself.
func (p *parser) column(written *ColumnDocument, broken bool) {
	id := written.ID.Value
	c := Column{
		ID: id, Title: written.Title.Value, Type: Type(written.Type.Value), Unit: written.Unit.Value,
		Places: written.Places.Value, Head: written.Head, Optional: written.Optional.Value, Compute: written.Compute.Value,
		Filter: written.Filter.Value, Ranked: written.Ordered.Set, Mark: texts(written.Mark),
	}
	if c.Type == Decimal && !written.Places.Set {
		c.Places = 1
	}
	first, taken := p.columns[id]
	switch {
	case id == "":
		p.nameless = true // what is wrong with it has been said
		return
	case taken:
		p.nameless = true
		p.faults.Add(p.file.At(written.ID.Start, written.ID.End, diag.TableDuplicateColumn, fmt.Sprintf("the column %q is there already", id),
			"give each column an id of its own").Also(p.file.Path, p.file.Position(p.source[first].Start), "the first of that id"))
		return
	case slices.Contains(rowKeys, id):
		p.nameless = true
		p.fault(written.ID.At, diag.TableDuplicateColumn, fmt.Sprintf("%q is a key of rows and cannot be a column", id),
			"choose another id; the heading that is shown is the title")
		return
	case c.Type == "": // it is not known what it may have
	case written.Places.Set && (!c.IsNumber() || c.Type == Integer && c.Places > 0):
		p.fault(written.Places.At, diag.TableColumnKey, fmt.Sprintf("a column of type %s has no decimal places", c.Type),
			`take places out, or give the column the type "decimal", "money" or "percent"`)
	case written.Unit.Set && !c.IsNumber():
		p.fault(written.Unit.At, diag.TableColumnKey, fmt.Sprintf("a column of type %s has no unit", c.Type), "take unit out, or put it into the title")
	case c.Type != Text && (written.Filter.Set || written.Ordered.Set || written.Mark.Set):
		at, name := written.Filter.At, "filter"
		if written.Ordered.Set {
			at, name = written.Ordered.At, "order"
		} else if written.Mark.Set {
			at, name = written.Mark.At, "mark"
		}
		p.fault(at, diag.TableColumnKey, fmt.Sprintf("a column of type %s has no %s", c.Type, name), "take it out: numbers and dates are sorted by themselves")
	case c.Compute != "" && c.Optional:
		p.fault(written.Optional.At, diag.TableColumnKey, fmt.Sprintf("the column %q is computed and has no cells to leave out", id),
			"take optional out: a cell whose parts are missing is empty by itself")
	}
	p.columns[id] = len(p.table.Columns)
	p.table.Columns = append(p.table.Columns, c)
	p.source = append(p.source, written)
	p.broken = append(p.broken, broken)
}

// heads sees to it that one column names the rows.
func (p *parser) heads() {
	head := -1
	for i := range p.table.Columns {
		switch c := &p.table.Columns[i]; {
		case !c.Head:
		case head >= 0:
			p.fault(p.source[i].At, diag.TableDuplicateColumn,
				fmt.Sprintf("the column %q names the rows already", p.table.Columns[head].ID), "take head out of one of them")
		default:
			head = i
		}
	}
	if head < 0 && len(p.table.Columns) > 0 {
		p.table.Columns[0].Head = true
	}
}

// row reads one row: exactly the cells of the columns that are not computed.
func (p *parser) row(written *RowDocument) {
	row := Row{
		ID: written.ID.Value, Group: written.Group, Note: written.Note, Own: written.Own,
		Sources: refs(written.Sources), Start: written.Start, Cells: make([]Cell, len(p.table.Columns)),
	}
	if first, taken := p.rows[row.ID]; taken {
		p.faults.Add(p.file.At(written.ID.Start, written.ID.End, diag.TableDuplicateRow, fmt.Sprintf("the row %q is there already", row.ID),
			"give each row an id of its own, or none").Also(p.file.Path, p.file.Position(first.Start), "the first of that id"))
	} else if row.ID != "" {
		p.rows[row.ID] = written.ID.At
	}
	found := make([]bool, len(p.table.Columns))
	for _, field := range written.Cells {
		i, ok := p.columns[field.Key]
		switch {
		case !ok:
			p.extra(field)
		case p.table.Columns[i].Compute != "":
			p.fault(record.At{Start: field.Start, End: field.End}, diag.TableExtraCell,
				fmt.Sprintf("the column %q is computed and has no cells of its own", field.Key), "take this cell out")
		default:
			found[i] = true
			row.Cells[i] = p.cell(&p.table.Columns[i], field.Value)
		}
	}
	for i := range p.table.Columns {
		c := &p.table.Columns[i]
		switch {
		case found[i] || c.Compute != "" || p.broken[i]: // it may be meant as optional or computed
		case c.Optional:
			row.Cells[i] = Cell{Text: none, Empty: true, Start: row.Start, End: row.Start}
		default:
			p.fault(written.At, diag.TableMissingCell, fmt.Sprintf("this row has no cell for the column %q", c.ID),
				fmt.Sprintf("write %s = … in it, or optional = true in the column", c.ID))
		}
	}
	p.table.Rows = append(p.table.Rows, row)
}

// extra reports a key of a row that is no column. What belongs to the top of the file
// is told apart: in TOML nothing below a [[row]] can.
func (p *parser) extra(field record.Field) {
	at := record.At{Start: field.Start, End: field.End}
	if slices.Contains(topKeys, field.Key) {
		p.fault(at, diag.RecordMisplacedKey, fmt.Sprintf("%q stands in a row, but belongs to the top of the file", field.Key),
			fmt.Sprintf("move it above line %d", p.file.Position(p.written.Columns[0].Start).Line))
		return
	}
	if p.nameless {
		return
	}
	var ids []string
	for i := range p.table.Columns {
		ids = append(ids, p.table.Columns[i].ID)
	}
	p.fault(at, diag.TableExtraCell, fmt.Sprintf("there is no column %q", field.Key),
		diag.DidYouMean(field.Key, append(ids, rowKeys...), "the columns are "+strings.Join(ids, ", ")))
}
