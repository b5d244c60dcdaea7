package diag

// The codes of front matter. What is wrong with single keys and values has the
// codes of record/.
const (
	FrontMatterUnclosed      Code = "front-matter/unclosed"
	FrontMatterIndentedFence Code = "front-matter/indented-fence"
	FrontMatterUnknownFence  Code = "front-matter/unknown-fence"
	FrontMatterNotKeys       Code = "front-matter/not-keys"
	FrontMatterLineEnds      Code = "front-matter/line-ends"
	FrontMatterTooLarge      Code = "front-matter/too-large"
	FrontMatterNoTitle       Code = "front-matter/no-title"
	FrontMatterTwoTitles     Code = "front-matter/two-titles"
	FrontMatterContents      Code = "front-matter/contents-no-heading"
	FrontMatterReviewDue     Code = "front-matter/review-due"
)

var frontMatterRules = []Rule{
	{
		Code: FrontMatterReviewDue, Severity: Warning, Language: "markdown",
		Title:   "A page that is to be read through again",
		Explain: "review-by is the day by which somebody reads the page through again. Only `cairn check --due DAY` tells that it has come, for no site should fail to build because time passed. Read the page, mend what is no longer true, and write the day into reviewed and the next one into review-by.",
		Wrong:   "---\ntitle: Golden paths\nreviewed: 2025-08-04\nreview-by: 2026-02-04\n---",
		Right:   "---\ntitle: Golden paths\nreviewed: 2026-02-02\nreview-by: 2026-08-02\n---",
	},
	{
		Code: FrontMatterUnclosed, Severity: Error, Language: "markdown",
		Title:   "Front matter that is never closed",
		Explain: "The first line opens front matter, which a second such line must close, of the same sign and at the beginning of its line; JSON is closed by } alone on its line with an empty line after it. Otherwise the keys would be published as text. A line across the top of a page is written ***.",
		Wrong:   "---\ntitle: Golden paths\n\nA golden path is …",
		Right:   "---\ntitle: Golden paths\n---\n\nA golden path is …",
	},
	{
		Code: FrontMatterIndentedFence, Severity: Error, Language: "markdown",
		Title:   "An indented fence of front matter",
		Explain: "The line that opens or closes front matter stands at the very beginning of its line. An indented one inside a longer text of YAML would end the front matter there, and publish what follows.",
		Wrong:   "---\ndescription: |\n  First part\n  ---\n  second part\n---",
		Right:   "---\ndescription: |\n  First part\n  – second part\n---",
	},
	{
		Code: FrontMatterUnknownFence, Severity: Error, Language: "markdown",
		Title:   "Front matter in a format that cairn does not read",
		Explain: "Front matter is YAML between lines of ---, TOML between lines of +++, or a JSON object whose braces stand alone on their lines. Other programs have further formats, some of which are run as code; those are refused.",
		Wrong:   "---js\ntitle: \"Golden paths\"\n---",
		Right:   "---\ntitle: \"Golden paths\"\n---",
	},
	{
		Code: FrontMatterNotKeys, Severity: Error, Language: "markdown",
		Title:   "Front matter without a key",
		Explain: "A page that begins with a line of --- begins with front matter, up to the next such line. What stands between holds no key, so it is text, and the lines were meant as lines across the page. Write those *** at the top of a page. A key of YAML stands at the beginning of its line, with a colon and an ordinary space behind it.",
		Wrong:   "---\n\nA golden path is …\n\n---",
		Right:   "***\n\nA golden path is …\n\n***",
	},
	{
		Code: FrontMatterLineEnds, Severity: Error, Language: "text",
		Title:   "A file whose lines end in a lone carriage return",
		Explain: "Lines end in a line feed, or in a carriage return and a line feed. In a file with lone carriage returns, as very old programs save them, neither the front matter nor a paragraph can be found. Save it with other line ends.",
		Wrong:   "---\\rtitle: Golden paths\\r---\\r",
		Right:   "---\\ntitle: Golden paths\\n---\\n",
	},
	{
		Code: FrontMatterTooLarge, Severity: Error, Language: "markdown",
		Title:   "Front matter over the limit",
		Explain: "Front matter is at most 64 KiB. Larger data belongs in a table file, which can be placed on the page.",
		Wrong:   "---\nmeasurements: [1, 2, … ]   (64 KiB of them)\n---",
		Right:   "---\ntitle: Measurements\n---\n\n::table{file=\"../tables/measurements.toml\"}",
	},
	{
		Code: FrontMatterNoTitle, Severity: Error, Language: "markdown",
		Title:   "A page without a title",
		Explain: "Menus, search results and browser tabs show the title. Write it into the front matter, or open the text with a heading of one #.",
		Wrong:   "A golden path is …",
		Right:   "---\ntitle: What makes a path golden\n---\n\nA golden path is …",
	},
	{
		Code: FrontMatterTwoTitles, Severity: Warning, Language: "markdown",
		Title:   "Two different titles",
		Explain: "The front matter and the heading that opens the text both name the page, differently. The title of the front matter is shown and the heading is left out. Make them the same, or delete one.",
		Wrong:   "---\ntitle: Golden paths\n---\n\n# What makes a path golden",
		Right:   "---\ntitle: What makes a path golden\n---\n\nText.",
	},
	{
		Code: FrontMatterContents, Severity: Warning, Language: "yaml",
		Title:   "An entry of the contents that matches no heading",
		Explain: "Each entry of linkTags leads to the heading with the same words; quotes, bold marks, capitals and spaces make no difference. This one has none, so it is left out of the page's contents. Write it as the heading is written.",
		Wrong:   "linkTags:\n  - title: What is a golden path\n\n(and in the text) ## What makes a path golden",
		Right:   "linkTags:\n  - title: What makes a path golden",
	},
}
