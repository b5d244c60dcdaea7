package diag

// The codes of tables.
const (
	TableMissingCell     Code = "table/missing-cell"
	TableExtraCell       Code = "table/extra-cell"
	TableWrongType       Code = "table/wrong-type"
	TableDuplicateColumn Code = "table/columns"
	TableColumnKey       Code = "table/column-key"
	TableDuplicateRow    Code = "table/duplicate-row"
	TableTooLarge        Code = "table/too-large"
	TableCompute         Code = "table/compute"
	TableNoResult        Code = "table/no-result"
	TableOrder           Code = "table/order"
	TableMark            Code = "table/mark"
	TablePartNote        Code = "table/part-note"
)

var tableRules = []Rule{
	{
		Code: TableMissingCell, Severity: Error, Language: "toml",
		Title:   "A row without one of its cells",
		Explain: "Each row has a cell for every column, so that an empty place in the published table is never an oversight. Where a cell may be left out, the column says so with optional = true, and – is shown.",
		Wrong:   "[[row]]\nrole = \"Platform engineer\"",
		Right:   "[[row]]\nrole = \"Platform engineer\"\npay = 160767",
	},
	{
		Code: TableExtraCell, Severity: Error, Language: "toml",
		Title:   "A cell for a column that is not there",
		Explain: "Every key of a row is the id of a column, or one of id, group, note, own and sources. A computed column has no cells: its values follow from the others.",
		Wrong:   "[[row]]\nrole = \"Platform engineer\"\npya = 160767",
		Right:   "[[row]]\nrole = \"Platform engineer\"\npay = 160767",
	},
	{
		Code: TableWrongType, Severity: Error, Language: "toml",
		Title:   "A cell of the wrong type",
		Explain: "A column has one type, and its cells are written so: numbers as digits without quotes, unit or separators, dates as 2026-01-22, text in quotes. Otherwise it could be neither computed with nor sorted.",
		Wrong:   "pay = \"160,767 USD\"",
		Right:   "pay = 160767",
	},
	{
		Code: TableDuplicateColumn, Severity: Error, Language: "toml",
		Title:   "Columns that cannot stand together",
		Explain: "Each column has an id of its own, which is none of the keys that a row has in any case (id, group, note, own, sources), and at most one column names the rows.",
		Wrong:   "[[column]]\nid = \"note\"\ntitle = \"Note\"",
		Right:   "[[column]]\nid = \"remark\"\ntitle = \"Note\"",
	},
	{
		Code: TableColumnKey, Severity: Error, Language: "toml",
		Title:   "A column with a key that its type cannot have",
		Explain: "Decimal places belong to the types decimal, money and percent, a unit to numbers, optional to columns with cells, and filter, order and mark to text. Elsewhere they would be ignored, and with them what the author meant.",
		Wrong:   "id = \"people\"\ntitle = \"People\"\ntype = \"integer\"\nplaces = 1",
		Right:   "id = \"people\"\ntitle = \"People\"\ntype = \"decimal\"\nplaces = 1",
	},
	{
		Code: TableDuplicateRow, Severity: Error, Language: "toml",
		Title:   "Two rows with one id",
		Explain: "A row's id is its anchor: a link to it leads to one row. A row that nobody links to needs no id.",
		Wrong:   "[[row]]\nid = \"europe\"\n…\n[[row]]\nid = \"europe\"",
		Right:   "[[row]]\nid = \"europe-2024\"\n…\n[[row]]\nid = \"europe-2025\"",
	},
	{
		Code: TableTooLarge, Severity: Error, Language: "toml",
		Title:   "A table with more cells than can be shown",
		Explain: "A table holds at most 50,000 cells in at most 100 columns. Nobody reads more on a page, and browsers become slow. Split it, or publish the data as a file beside a short table.",
		Wrong:   "(10,000 rows of 12 columns)",
		Right:   "(the 40 rows that a reader decides by)",
	},
	{
		Code: TableCompute, Severity: Error, Language: "toml",
		Title:   "A column that cannot be computed so",
		Explain: "Only numbers are computed: give the column the type integer, decimal, money or percent. Its formula may mention the columns that have cells, and the computed ones that stand above it.",
		Wrong:   "type = \"text\"\ncompute = \"platform - devops\"",
		Right:   "type = \"money\"\ncompute = \"platform - devops\"",
	},
	{
		Code: TableNoResult, Severity: Warning, Language: "toml",
		Title:   "A computed cell without a value",
		Explain: "All cells that this one is computed from are there, and yet there is no number: a division by zero, or a result too large. The cell shows –.",
		Wrong:   "devops = 0   # with compute = \"platform / devops\"",
		Right:   "devops = 118500",
	},
	{
		Code: TableOrder, Severity: Error, Language: "toml",
		Title:   "A cell that its column's order does not list",
		Explain: "A column of text with order sorts its cells as the list says, and not by the alphabet. Each cell is a text of the list, or a number and a text of the list: with order = [\"days\", \"weeks\"], 10 days come before 2 weeks.",
		Wrong:   "order = [\"hours\", \"days\"]   # and a row with effort = \"2 weeks\"",
		Right:   "order = [\"hours\", \"days\", \"weeks\"]",
	},
	{
		Code: TableMark, Severity: Warning, Language: "toml",
		Title:   "A mark that no cell bears",
		Explain: "A column's mark lists the texts that stand out. If no cell holds one, it is most likely misspelt.",
		Wrong:   "mark = [\"Disagrees\"]   # and every cell is Agree or Disagree",
		Right:   "mark = [\"Disagree\"]",
	},
	{
		Code: TablePartNote, Severity: Error, Language: "toml",
		Title:   "A note under a table that has no page",
		Explain: "A table whose file begins with _ is a part: it stands on the pages that place it, and has none of its own. A table's note stands on its own page, so here it would never be seen.",
		Wrong:   "# content/guides/_sizes.toml\nnote = \"Counted in May.\"",
		Right:   "# content/guides/sizes.md\n::table{file=\"_sizes.toml\"}\n\nCounted in May.",
	},
}
