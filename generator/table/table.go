// Package table reads tables of data, and the registry of sources. A table is
// columns with a type and rows of cells; a column may be computed from the others,
// so that a difference or a percentage is never typed. Each row, and each cell,
// can name the sources it rests on.
//
// Parsing is pure: one file's bytes in, a table and diagnostics out. Whether a
// source exists is for the model to say.
package table

import (
	"cairn/generator/expr"
	"cairn/generator/record"
)

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
	// Filter tells that readers can choose whose statements they see.
	Filter  bool
	Columns []Column
	Rows    []Row
	Charts  []Chart
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
	// Filter tells that readers can choose among its texts; Ranked that each cell has a
	// Rank to sort by; Mark lists the texts that stand out.
	Filter, Ranked bool
	Mark           []string
	// Compute is the expression of a computed column, or empty. A column of type
	// percent holds hundredths: 25 is shown as 25 %.
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
	// Text is what is shown; Number the value, if HasNumber. An Empty cell shows –.
	Text      string
	Number    float64
	HasNumber bool
	Empty     bool
	// Rank is where the cell stands in its column's order, from 1.
	Rank int
	// Marked cells stand out.
	Marked bool
	// Statements are the parts of a cell that rest on different sources; then Text is
	// all of them, and Sources is empty.
	Statements []Statement
	Sources    []SourceRef
	Own        bool
	Note       string
	// Start and End are the place of the value in the file, in bytes.
	Start, End int
}

// A Statement is a part of a cell, with sources of its own.
type Statement struct {
	Text    string
	Sources []SourceRef
	Own     bool
}

// A SourceRef names a source, with the place where it does.
type SourceRef struct {
	ID         string
	Start, End int
}
