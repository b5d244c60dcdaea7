package diag

// The codes of charts, which a table's file declares.
const (
	ChartColumn    Code = "chart/unknown-column"
	ChartType      Code = "chart/wrong-type"
	ChartMissing   Code = "chart/missing-key"
	ChartForeign   Code = "chart/foreign-key"
	ChartDuplicate Code = "chart/ids"
	ChartEmpty     Code = "chart/empty"
	ChartTooMany   Code = "chart/too-many"
	ChartAxis      Code = "chart/axis"
	ChartValue     Code = "chart/value"
	ChartOrder     Code = "chart/order"
)

var chartRules = []Rule{
	{
		Code: ChartColumn, Severity: Error, Language: "toml",
		Title:   "A chart of a column that is not there",
		Explain: "A chart draws columns of its own table, which it names by their ids. A computed column can be drawn like any other.",
		Wrong:   "[[chart]]\nkind = \"bars\"\nlabel = \"role\"\nvalues = [\"pya\"]",
		Right:   "[[chart]]\nkind = \"bars\"\nlabel = \"role\"\nvalues = [\"pay\"]",
	},
	{
		Code: ChartType, Severity: Error, Language: "toml",
		Title:   "A chart of a column whose type does not fit",
		Explain: "What is measured along an axis must be numbers: values, low and high name columns of the types integer, decimal, money or percent. The kinds of bands, by, are words.",
		Wrong:   "values = [\"role\"]   # a column of text",
		Right:   "values = [\"pay\"]",
	},
	{
		Code: ChartMissing, Severity: Error, Language: "toml",
		Title:   "A chart without a key that its kind needs",
		Explain: "Bars, dots and heat maps need values; bands need low, high, by and text; a span of dots needs low, high and span together.",
		Wrong:   "kind = \"bands\"\nlow = \"from\"",
		Right:   "kind = \"bands\"\nlow = \"from\"\nhigh = \"to\"\nby = \"stance\"\ntext = \"says\"",
	},
	{
		Code: ChartForeign, Severity: Error, Language: "toml",
		Title:   "A chart with a key that its kind does not have",
		Explain: "A key that the kind of a chart has no use for would be ignored, and with it what the author meant: bands have no values, bars no low and high, a heat map no axis.",
		Wrong:   "kind = \"bars\"\nvalues = [\"pay\"]\nby = \"region\"",
		Right:   "kind = \"bars\"\nvalues = [\"pay\"]\nbeside = \"region\"",
	},
	{
		Code: ChartDuplicate, Severity: Error, Language: "toml",
		Title:   "Charts that cannot be told apart",
		Explain: "A table with more than one chart gives each an id, and each another: a page places one of them by it.",
		Wrong:   "[[chart]]\nkind = \"bars\"\n…\n[[chart]]\nkind = \"dots\"\n…",
		Right:   "[[chart]]\nid = \"pay\"\nkind = \"bars\"\n…\n[[chart]]\nid = \"gap\"\nkind = \"dots\"\n…",
	},
	{
		Code: ChartEmpty, Severity: Error, Language: "toml",
		Title:   "A chart with nothing to draw",
		Explain: "No row of the table has a number in the columns that the chart draws.",
		Wrong:   "[[chart]]\nkind = \"bars\"\nlabel = \"role\"\nvalues = [\"pay\"]   # and no row",
		Right:   "[[row]]\nrole = \"Platform engineer\"\npay = 160767",
	},
	{
		Code: ChartTooMany, Severity: Error, Language: "toml",
		Title:   "A chart of more than can be read",
		Explain: "A chart holds at most 60 rows and 240 bands; bars have one column of values, dots two or three, a heat map at most 24; bands are of at most five kinds, because a ramp of more cannot be told apart.",
		Wrong:   "values = [\"a\", \"b\", \"c\", \"d\"]   # of dots",
		Right:   "values = [\"a\", \"b\"]",
	},
	{
		Code: ChartAxis, Severity: Error, Language: "toml",
		Title:   "An axis that cannot be drawn",
		Explain: "An axis runs from a smaller number to a larger one, its ticks and the marked part lie within it, and a stretched one does not go below 0.",
		Wrong:   "from = 265\nto = 1",
		Right:   "from = 1\nto = 265",
	},
	{
		Code: ChartValue, Severity: Error, Language: "toml",
		Title:   "A number that the chart cannot show",
		Explain: "The number lies beyond the end of the axis, or a band ends before it begins. Cut off, the picture would say something else than the table.",
		Wrong:   "to = 100   # and a row with 120",
		Right:   "to = 150",
	},
	{
		Code: ChartOrder, Severity: Error, Language: "toml",
		Title:   "A kind of band that the chart does not list",
		Explain: "With order, a chart lists every kind that its column by holds, from light to dark, each once.",
		Wrong:   "order = [\"DevOps\"]   # and a row with stance = \"Platform\"",
		Right:   "order = [\"DevOps\", \"Platform\"]",
	},
}
