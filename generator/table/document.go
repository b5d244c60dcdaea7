package table

import "cairn/generator/record"

// A Document is a table's file as it is written: every key, with its place. The tags
// of its fields are the documentation for authors and the JSON Schema for editors.
type Document struct {
	record.At
	Title       record.String    `key:"title" need:"true" doc:"The heading of the table's page."`
	Description string           `key:"description" doc:"One or two sentences under the heading."`
	Caption     string           `key:"caption" doc:"What stands above the table; the title, if left out."`
	Note        record.String    `key:"note" doc:"Markdown under the table: where it comes from, what it leaves out."`
	Group       string           `key:"group" doc:"Heading under which the page stands in its section's list."`
	Order       int              `key:"order" doc:"Place of the page in its section."`
	Sources     record.Strings   `key:"sources" doc:"Ids of the sources of every row that names none itself."`
	Columns     []ColumnDocument `key:"column" need:"true" min:"1" doc:"The columns, in order."`
	Rows        []RowDocument    `key:"row" doc:"The rows, in order: a cell for each column, by its id."`
}

// A ColumnDocument is a column as it is written.
type ColumnDocument struct {
	record.At
	ID       record.String  `key:"id" need:"true" id:"true" doc:"Names the column in rows and expressions."`
	Title    record.String  `key:"title" need:"true" doc:"The column's heading."`
	Type     record.String  `key:"type" one-of:"text integer decimal money percent date" default:"text" doc:"What the cells hold."`
	Unit     record.String  `key:"unit" doc:"The unit of its numbers: USD, people, days."`
	Places   record.Integer `key:"places" min:"0" max:"6" doc:"Decimal places that are shown: 1 for decimal, 0 for the others, if left out."`
	Head     bool           `key:"head" doc:"Whether it names the rows. The first column does, if none says so."`
	Optional record.Boolean `key:"optional" doc:"Whether a row may leave it out; – is shown then."`
	Compute  record.String  `key:"compute" doc:"An expression over other columns of the row, as in platform - devops. Such a column has no cells of its own."`
}

// A CellDocument is a cell that is written as a table.
type CellDocument struct {
	record.At
	Value   *record.Value  `key:"value" need:"true" doc:"The cell's value."`
	Sources record.Strings `key:"sources" doc:"Ids of the sources of this cell."`
	Own     bool           `key:"own" doc:"Whether it is our own derivation."`
	Note    string         `key:"note" doc:"Small text under the value."`
}

// A RowDocument is a row: its own keys, and its cells by the ids of their columns.
type RowDocument struct {
	record.At
	ID      record.String  `key:"id" id:"true" doc:"The row's anchor for links."`
	Group   string         `key:"group" doc:"Heading above this row and the following ones of the same group."`
	Note    string         `key:"note" doc:"Small text under the row's name."`
	Own     bool           `key:"own" doc:"Whether the row is our own derivation."`
	Sources record.Strings `key:"sources" doc:"Ids of the sources of this row."`
	Cells   []record.Field `key:"*"`
}
