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
	Filter      bool             `key:"filter-sources" doc:"Whether readers can choose whose statements they see."`
	Charts      []ChartDocument  `key:"chart" doc:"Charts of the table's numbers. The table stands beside each."`
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
	Filter   record.Boolean `key:"filter" doc:"Whether readers can choose among its texts, and group the rows by them. A column that repeats few texts is a good one."`
	Ordered  record.Strings `key:"order" min:"1" max:"500" doc:"Its texts in the order to sort by, if that is not the alphabet's. A cell may put a number before one: 3 days."`
	Mark     record.Strings `key:"mark" max:"50" doc:"The texts that stand out, such as Disagree."`
	Compute  record.String  `key:"compute" doc:"An expression over other columns of the row, as in platform - devops. Such a column has no cells of its own."`
}

// A ChartDocument is a chart as it is written.
type ChartDocument struct {
	record.At
	ID          record.String   `key:"id" id:"true" doc:"Names the chart for ::chart; needed if the table has several."`
	Kind        record.String   `key:"kind" need:"true" one-of:"bars bands dots heat" doc:"What is drawn: bars; bands, which are ranges along an axis, one row for each who gives them; dots, two or three numbers a row with a line between; heat, a grid that is darker where numbers are larger."`
	Title       record.String   `key:"title" need:"true" doc:"What the chart says, best as a sentence: North America pays most."`
	Description record.String   `key:"description" need:"true" doc:"What there is to see, for those who do not see it."`
	Lead        string          `key:"lead" doc:"One or two sentences under the title: what is measured, in which unit."`
	Label       record.String   `key:"label" need:"true" doc:"The column that names the rows of the chart."`
	Beside      record.String   `key:"beside" doc:"A column of words to stand beside the name, where there is room."`
	Values      record.Strings  `key:"values" min:"1" doc:"The columns of numbers: one for bars, two or three for dots, any number for a heat map."`
	Low         record.String   `key:"low" doc:"Bands: the column of where they begin. Dots: that of where a span begins, which shows another claim."`
	High        record.String   `key:"high" doc:"Bands: the column of where they end; a band whose cell is empty has no end. Dots: that of where the span ends."`
	By          record.String   `key:"by" doc:"Bands: the column of their kinds."`
	Ordered     record.Strings  `key:"order" doc:"Bands: the kinds from light to dark, at most five. As the rows have them, if left out."`
	Text        record.String   `key:"text" doc:"Bands: the column of the words in them. Dots: a column to be written over the line, such as the difference."`
	Span        record.String   `key:"span" doc:"Dots: what the spans show."`
	Silence     string          `key:"silence" doc:"What is said where there is no number. \"No number\", if left out."`
	Unit        record.String   `key:"unit" doc:"The unit at the end of the axis. That of the first column of numbers, if left out."`
	From        record.Number   `key:"from" doc:"Where the axis begins. A round number below the least, if left out; bars begin at 0."`
	To          record.Number   `key:"to" doc:"Where it ends."`
	Ticks       []record.Number `key:"ticks" max:"30" doc:"The numbers on the axis. Round ones, if left out."`
	Stretched   record.Boolean  `key:"stretched" doc:"Whether small numbers have more room: for sizes from a handful to hundreds."`
	Mark        *MarkDocument   `key:"mark" doc:"Bands: a part of the axis to look at, as in mark = { from = 20, to = 30, text = \"they part here\" }."`
}

// A MarkDocument is a part of an axis as it is written.
type MarkDocument struct {
	record.At
	From record.Number `key:"from" need:"true" doc:"Where the part begins."`
	To   record.Number `key:"to" need:"true" doc:"Where it ends."`
	Text record.String `key:"text" need:"true" doc:"What is to be seen there, in a few words."`
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
