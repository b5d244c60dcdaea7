package diag

// The codes of keys and values, in TOML, YAML and JSON.
const (
	RecordSyntax       Code = "record/syntax"
	RecordTooDeep      Code = "record/too-deep"
	RecordTooLarge     Code = "record/too-large"
	RecordYAMLAlias    Code = "record/yaml-alias"
	RecordYAMLTag      Code = "record/yaml-tag"
	RecordDuplicateKey Code = "record/duplicate-key"
	RecordUnknownKey   Code = "record/unknown-key"
	RecordMisplacedKey Code = "record/misplaced-key"
	RecordMissingKey   Code = "record/missing-key"
	RecordEmptyText    Code = "record/empty-text"
	RecordWrongType    Code = "record/wrong-type"
	RecordNotOneOf     Code = "record/not-one-of"
	RecordOutOfRange   Code = "record/out-of-range"
	RecordNotADate     Code = "record/not-a-date"
	RecordNotAnID      Code = "record/not-an-id"
)

var recordRules = []Rule{
	{
		Code: RecordSyntax, Severity: Error, Language: "toml",
		Title:   "A text that is not TOML, YAML or JSON",
		Explain: "The file or front matter breaks the grammar of its format, so nothing of it could be read. Most often a text has no quotes, or a quote or bracket is not closed. Only the first such fault of a file is reported.",
		Wrong:   `title = Golden paths`,
		Right:   `title = "Golden paths"`,
	},
	{
		Code: RecordTooDeep, Severity: Error, Language: "toml",
		Title:   "Keys, lists and tables nested too deep",
		Explain: "No setting needs more than 32 levels. The limit keeps a hostile text from using up the memory of whoever builds the site.",
		Wrong:   `tags = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["a"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]`,
		Right:   `tags = ["a"]`,
	},
	{
		Code: RecordTooLarge, Severity: Error, Language: "yaml",
		Title:   "Front matter with too many parts",
		Explain: "Front matter describes a page; it has at most 10,000 words and marks. Data belongs into a table file, which has room for 50,000 cells.",
		Wrong:   "tags: [a, b, c, … ten thousand more]",
		Right:   "tags: [a, b, c]",
	},
	{
		Code: RecordYAMLAlias, Severity: Error, Language: "yaml",
		Title:   "An anchor, alias or merge key in YAML",
		Explain: "Aliases let a short text stand for a huge one, and make a value appear where nobody wrote it. Front matter has no use for them. A text that happens to start with * or & needs quotes.",
		Wrong:   "title: *important*",
		Right:   `title: "*important*"`,
	},
	{
		Code: RecordYAMLTag, Severity: Error, Language: "yaml",
		Title:   "A type tag or directive in YAML",
		Explain: "The type of a value follows from its key, so a tag such as !!str says nothing. A text that happens to start with ! or % needs quotes.",
		Wrong:   "title: !!str 2026",
		Right:   `title: "2026"`,
	},
	{
		Code: RecordDuplicateKey, Severity: Error, Language: "toml",
		Title:   "A key that is written twice",
		Explain: "Only one of the two values could hold, and nobody reading the file would know which. Entries of a list of tables each start with a double bracket.",
		Wrong:   "[menu]\ntitle = \"Guides\"\n[menu]\ntitle = \"Hiring\"",
		Right:   "[[menu]]\ntitle = \"Guides\"\n[[menu]]\ntitle = \"Hiring\"",
	},
	{
		Code: RecordUnknownKey, Severity: Error, Language: "toml",
		Title:   "A key that does not exist",
		Explain: "An unknown key would be ignored, and with it what the author meant by it. It is nearly always misspelt. Keys of another program that you want to keep in your front matter are named in config.toml under [front-matter] accept.",
		Wrong:   `titel = "Golden paths"`,
		Right:   `title = "Golden paths"`,
	},
	{
		Code: RecordMisplacedKey, Severity: Error, Language: "toml",
		Title:   "A key under the wrong header",
		Explain: "In TOML every key after a [header] belongs to that header, until the next one; there is no way back to the top. Keys of the file itself stand before the first header.",
		Wrong:   "[check]\nstrict = true\nfooter = \"…\"",
		Right:   "footer = \"…\"\n[check]\nstrict = true",
	},
	{
		Code: RecordMissingKey, Severity: Error, Language: "toml",
		Title:   "A key that must be there",
		Explain: "Without this key the thing cannot be shown, found or checked. The message names the key and the table it belongs to.",
		Wrong:   "[[menu]]\npage = \"content/guides/index.md\"",
		Right:   "[[menu]]\ntitle = \"Guides\"\npage = \"content/guides/index.md\"",
	},
	{
		Code: RecordEmptyText, Severity: Error, Language: "toml",
		Title:   "A text that must say something",
		Explain: "This text is shown to readers or names something. An empty one leaves a gap on the page.",
		Wrong:   `title = ""`,
		Right:   `title = "Golden paths"`,
	},
	{
		Code: RecordWrongType, Severity: Error, Language: "toml",
		Title:   "A value of the wrong type",
		Explain: "Text stands in quotes; numbers, dates, true and false do not. A list stands in square brackets, even with one entry.",
		Wrong:   "tags = \"devops\"\norder = \"3\"",
		Right:   "tags = [\"devops\"]\norder = 3",
	},
	{
		Code: RecordNotOneOf, Severity: Error, Language: "toml",
		Title:   "A word that is not among those allowed",
		Explain: "This key takes one of a few words, which the hint lists.",
		Wrong:   `publish = "swap"`,
		Right:   `publish = "exchange"`,
	},
	{
		Code: RecordOutOfRange, Severity: Error, Language: "toml",
		Title:   "A number, text or list out of its range",
		Explain: "Numbers have a least and a greatest value, some texts a greatest length, some lists a least number of entries. The message says which.",
		Wrong:   `places = 12`,
		Right:   `places = 2`,
	},
	{
		Code: RecordNotADate, Severity: Error, Language: "toml",
		Title:   "Something that is not a date",
		Explain: "Dates are written year, month, day, as in 2026-01-22, so that they sort and read the same everywhere. The day must exist.",
		Wrong:   `reviewed = "22 January 2026"`,
		Right:   `reviewed = 2026-01-22`,
	},
	{
		Code: RecordNotAnID, Severity: Error, Language: "toml",
		Title:   "Something that is not an id",
		Explain: "An id starts with a small letter and goes on with at most 62 small letters, digits and hyphens. Ids stand in addresses, links and expressions, where other characters have a meaning of their own.",
		Wrong:   `id = "Distant_Job"`,
		Right:   `id = "distant-job"`,
	},
}
