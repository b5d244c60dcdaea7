package diag

// The codes of Markdown: what can be wrong with one page alone. What needs
// another file (a broken link, an unknown source) has its codes elsewhere.
const (
	MarkdownUnclosedFence    Code = "markdown/unclosed-fence"
	MarkdownUnknownDirective Code = "markdown/unknown-directive"
	MarkdownBadDirective     Code = "markdown/bad-directive"
	MarkdownUnknownAttribute Code = "markdown/unknown-attribute"
	MarkdownUnclosedBlock    Code = "markdown/unclosed-block"
	MarkdownNesting          Code = "markdown/nesting"
	MarkdownRegion           Code = "markdown/region"
	MarkdownMissingAttribute Code = "markdown/missing-attribute"
	MarkdownBadAttribute     Code = "markdown/bad-attribute"
	MarkdownBadCitation      Code = "markdown/bad-citation"
	MarkdownUnknownAlert     Code = "markdown/unknown-alert"
	MarkdownEmptyLink        Code = "markdown/empty-link"
	MarkdownUnsafeLink       Code = "markdown/unsafe-link"
	MarkdownLinkWithoutText  Code = "markdown/link-without-text"
	MarkdownImageWithoutAlt  Code = "markdown/image-without-alt"
	MarkdownHeadingJump      Code = "markdown/heading-jump"
	MarkdownSecondTitle      Code = "markdown/second-title"
	MarkdownDuplicateID      Code = "markdown/duplicate-id"
	MarkdownRawHTML          Code = "markdown/raw-html"
	MarkdownMissingFootnote  Code = "markdown/missing-footnote"
	MarkdownUnusedFootnote   Code = "markdown/unused-footnote"
	MarkdownExtraCells       Code = "markdown/extra-cells"
	MarkdownTooDeep          Code = "markdown/too-deep"
	MarkdownTooManyCells     Code = "markdown/too-many-cells"
	MarkdownTooComplex       Code = "markdown/too-complex"
	MarkdownTooMuchOutput    Code = "markdown/too-much-output"
	MarkdownInternal         Code = "markdown/internal"

	// SourceUncited is found where the text is read, on pages that cite at all.
	SourceUncited Code = "source/uncited"
)

var markdownRules = []Rule{
	{
		Code: MarkdownUnclosedFence, Severity: Error, Language: "markdown",
		Title:   "A code block that is never closed",
		Explain: "A line of three backticks or tildes opens a code block. Without a second such line, of the same sign, at least as long and alone on its line, the rest of the page (or of the list item or quote) is read as code. Close the block.",
		Wrong:   "```sh\nmake build\n\nThen open the page.",
		Right:   "```sh\nmake build\n```\n\nThen open the page.",
	},
	{
		Code: MarkdownUnknownDirective, Severity: Error, Language: "markdown",
		Title:   "A directive that cairn does not have",
		Explain: "A line that begins with :: and a name places something on the page: a table, an assessment, another file. One that begins with ::: encloses what follows, up to a line of three colons: tabs, steps, details. The name is not one of those, so nothing could be placed. The hint names those there are.",
		Wrong:   "::tabel{file=\"../tables/salaries.toml\"}",
		Right:   "::table{file=\"../tables/salaries.toml\"}",
	},
	{
		Code: MarkdownBadDirective, Severity: Error, Language: "markdown",
		Title:   "A directive that cannot be read",
		Explain: "A directive is ::name and its attributes in braces, alone on its line; each attribute is a name, an equals sign and a value in quotes. Text before or after it, or a missing quote or brace, makes it unreadable.",
		Wrong:   "See ::table{file=\"salaries.toml\"\nfor the figures.",
		Right:   "See the figures:\n\n::table{file=\"salaries.toml\"}",
	},
	{
		Code: MarkdownUnclosedBlock, Severity: Error, Language: "markdown",
		Title:   "A block of colons that is never closed",
		Explain: "A line such as :::details opens a block, and a line of as many colons closes the innermost that is open. Without it the rest of the page, of the list item or of the quote stands in the block.",
		Wrong:   ":::details{title=\"Why so many?\"}\nEach team had its own.",
		Right:   ":::details{title=\"Why so many?\"}\nEach team had its own.\n:::",
	},
	{
		Code: MarkdownNesting, Severity: Error, Language: "markdown",
		Title:   "A block in a place where it means nothing",
		Explain: "Each :::tab stands directly in :::tabs, and nothing else does; the titles of tabs differ. :::steps encloses one numbered list. A line of colons closes something that as many colons opened.",
		Wrong:   ":::tab{title=\"Linux\"}\napt install cairn\n:::",
		Right:   ":::tabs\n:::tab{title=\"Linux\"}\napt install cairn\n:::\n:::",
	},
	{
		Code: MarkdownRegion, Severity: Error, Language: "markdown",
		Title:   "A region that cannot be told",
		Explain: "A region of a file can be included without the rest. It stands between two comments, each a block of its own: one with its name, one that ends it. Regions may hold others; two of one file have two names.",
		Wrong:   "<!-- region Install it -->\nGet the program.",
		Right:   "<!-- region install -->\n\nGet the program.\n\n<!-- endregion -->",
	},
	{
		Code: MarkdownUnknownAttribute, Severity: Error, Language: "markdown",
		Title:   "An attribute that is not known here",
		Explain: "Directives, code blocks and headings take few attributes, and each is checked: a misspelt one would be silently without effect. A heading takes only {#id}; a code block takes title, mark, added, removed and numbers.",
		Wrong:   "```toml {titel=\"config.toml\"}",
		Right:   "```toml {title=\"config.toml\"}",
	},
	{
		Code: MarkdownMissingAttribute, Severity: Error, Language: "markdown",
		Title:   "A directive without an attribute that it needs",
		Explain: "Without the file, a directive has nothing to place. Write its path from the page's own folder, in quotes.",
		Wrong:   "::table",
		Right:   "::table{file=\"../tables/salaries.toml\"}",
	},
	{
		Code: MarkdownBadAttribute, Severity: Error, Language: "markdown",
		Title:   "An attribute with a value of the wrong kind",
		Explain: "Each attribute says what its value must be: a relative path with a certain ending, line numbers that the block has, an id of letters, digits and hyphens. The hint says which. Those of a code block stand in braces: without these they have no effect.",
		Wrong:   "```toml {mark=\"12-9\"}",
		Right:   "```toml {mark=\"9-12\"}",
	},
	{
		Code: MarkdownBadCitation, Severity: Error, Language: "markdown",
		Title:   "A citation that cannot be read",
		Explain: "A citation is the id of a source after an at sign, in square brackets; a place in it may follow after a comma, and another source after a semicolon. A citation stands neither in a link nor in code.",
		Wrong:   "Nobody asks for one below 20 engineers. [@sivaro; distantjob]",
		Right:   "Nobody asks for one below 20 engineers. [@sivaro; @distantjob, hiring table, row 4]",
	},
	{
		Code: MarkdownUnknownAlert, Severity: Error, Language: "markdown",
		Title:   "An alert of a kind that does not exist",
		Explain: "A quote whose first line is [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION] is an alert. The mark stands alone on its line. Anything else would be published as a quote with the mark in it.",
		Wrong:   "> [!WARN]\n> Check the queues first.",
		Right:   "> [!WARNING]\n> Check the queues first.",
	},
	{
		Code: MarkdownEmptyLink, Severity: Error, Language: "markdown",
		Title:   "A link or image without an address",
		Explain: "The round brackets are empty, so the link leads nowhere. Write where it leads: a file relative to this one, a heading as #id, or a full https address.",
		Wrong:   "Read [the guide]().",
		Right:   "Read [the guide](golden-paths.md).",
	},
	{
		Code: MarkdownUnsafeLink, Severity: Error, Language: "markdown",
		Title:   "An address of a kind that is not published",
		Explain: "Links lead to files of the project, to headings, or to http, https, mailto and tel addresses; images are files of the project or http and https addresses. An address such as javascript: or data: can run or smuggle code, and one that begins with // depends on how the page was opened. Only its text is shown.",
		Wrong:   "[Run it](javascript:start())\n[Elsewhere](//example.org/)",
		Right:   "[How to run it](run.md)\n[Elsewhere](https://example.org/)",
	},
	{
		Code: MarkdownLinkWithoutText, Severity: Warning, Language: "markdown",
		Title:   "A link with nothing to click on",
		Explain: "A link without text cannot be seen, and is read out as its address. Put words between the square brackets that say where it leads.",
		Wrong:   "[](golden-paths.md)",
		Right:   "[What makes a path golden](golden-paths.md)",
	},
	{
		Code: MarkdownImageWithoutAlt, Severity: Warning, Language: "markdown",
		Title:   "An image without a description",
		Explain: "Who cannot see the image hears or reads the text in the square brackets. Say there what the image shows, in a sentence.",
		Wrong:   "![](platform.svg)",
		Right:   "![Three teams ask one platform team for the same pipeline](platform.svg)",
	},
	{
		Code: MarkdownHeadingJump, Severity: Warning, Language: "markdown",
		Title:   "A heading that skips a level",
		Explain: "Headings are the page's outline, and screen readers jump by it. Below the title comes ##, below that ###; a level left out looks like a lost section.",
		Wrong:   "# Golden paths\n\n### Steps",
		Right:   "# Golden paths\n\n## Steps",
	},
	{
		Code: MarkdownSecondTitle, Severity: Warning, Language: "markdown",
		Title:   "A second title on a page",
		Explain: "A page has one title: that of its front matter, or the heading with one # that opens it. Sections begin with ##.",
		Wrong:   "---\ntitle: Golden paths\n---\n\nText.\n\n# Steps",
		Right:   "---\ntitle: Golden paths\n---\n\nText.\n\n## Steps",
	},
	{
		Code: MarkdownDuplicateID, Severity: Error, Language: "markdown",
		Title:   "Two headings with one id",
		Explain: "A link to an id leads to the first place that has it; the second could never be reached. Give each heading an id of its own, or leave it out and let cairn make one from the words.",
		Wrong:   "## Steps {#steps}\n\n## Further steps {#steps}",
		Right:   "## Steps {#steps}\n\n## Further steps {#further-steps}",
	},
	{
		Code: MarkdownRawHTML, Severity: Warning, Language: "markdown",
		Title:   "HTML in the text",
		Explain: "Content is not trusted, so HTML in it is shown as text and has no effect; only comments are left out. Write it in Markdown. Where the authors are trusted, raw-html = true under [content] in config.toml publishes HTML as it stands.",
		Wrong:   "Press <b>Start</b>.",
		Right:   "Press **Start**.",
	},
	{
		Code: MarkdownMissingFootnote, Severity: Error, Language: "markdown",
		Title:   "A footnote that is not on the page",
		Explain: "The text calls a footnote that is nowhere defined, so the mark itself would be published. Define it on a line of its own, or delete the mark.",
		Wrong:   "Queues come first.[^queues]",
		Right:   "Queues come first.[^queues]\n\n[^queues]: Count the open requests for two weeks.",
	},
	{
		Code: MarkdownUnusedFootnote, Severity: Warning, Language: "markdown",
		Title:   "A footnote that nothing calls",
		Explain: "The footnote is defined but no mark in the text leads to it, so it is left out of the page. Put its mark where it belongs, or delete it.",
		Wrong:   "Queues come first.\n\n[^queues]: Count the open requests for two weeks.",
		Right:   "Queues come first.[^queues]\n\n[^queues]: Count the open requests for two weeks.",
	},
	{
		Code: MarkdownExtraCells, Severity: Warning, Language: "markdown",
		Title:   "A table row with more cells than the header",
		Explain: "A row may leave out cells at its end, but those beyond the header's columns are not shown. Mostly a bar in the text was taken for the border of a cell: write it as \\|, in code too.",
		Wrong:   "| Command | Effect |\n|---|---|\n| `a | b` | pipes |",
		Right:   "| Command | Effect |\n|---|---|\n| `a \\| b` | pipes |",
	},
	{
		Code: MarkdownTooDeep, Severity: Error, Language: "markdown",
		Title:   "Text nested too deeply",
		Explain: "Lists, quotes, brackets and emphasis may be nested 64 deep. Deeper text is unreadable and slow to parse; it is mostly the mark of a damaged or generated file. The page is shown as plain text.",
		Wrong:   "> > > > > > … (65 quotes in one another)",
		Right:   "> One quote, or two.",
	},
	{
		Code: MarkdownTooManyCells, Severity: Error, Language: "markdown",
		Title:   "A table with too many cells",
		Explain: "A table in a text has at most 50,000 cells, counting those that its rows leave out. Larger ones belong in a table file, which sorts, filters and can be downloaded. The page is shown as plain text.",
		Wrong:   "| a | b | … (1,000 columns, 60 rows)",
		Right:   "::table{file=\"../tables/measurements.toml\"}",
	},
	{
		Code: MarkdownTooComplex, Severity: Error, Language: "markdown",
		Title:   "Text that would take too long to parse",
		Explain: "Some sequences of brackets, stars and underscores cost a Markdown parser time that grows with the square of their length. Text that people write never comes near the limit. Split the paragraph, or put the characters into a code block. The page is shown as plain text.",
		Wrong:   "[a](b[a](b[a](b… (thousands of unclosed links in one paragraph)",
		Right:   "```\n[a](b[a](b[a](b\n```",
	},
	{
		Code: MarkdownTooMuchOutput, Severity: Error, Language: "markdown",
		Title:   "A page much larger than its text",
		Explain: "The page would be more than 50 times as large as the text it is made from, which happens when a long address is defined once and used very often. The page is shown as plain text.",
		Wrong:   "[a] [a] [a] … (each a link to an address of thousands of letters)",
		Right:   "[The report](https://example.org/report)",
	},
	{
		Code: MarkdownInternal, Severity: Error, Language: "markdown",
		Title:   "A page that the Markdown parser could not read",
		Explain: "The parser failed on this file. That is a fault of cairn, not of the text: please report it with the file. Until then, find the passage by taking out parts of the page. The page is shown as plain text.",
		Wrong:   "(a page on which the parser fails)",
		Right:   "(the same page, with the passage written differently)",
	},
	{
		Code: SourceUncited, Severity: Warning, Language: "markdown",
		Title:   "A figure without its source",
		Explain: "On a page that cites, every per cent, sum of money and number of two or more digits names where it comes from: in its paragraph, list item or table row stands a citation, or [@own] where the figure is this site's own derivation. Dates, versions, headings and code need none.",
		Wrong:   "Teams wait 14 days for a database.",
		Right:   "Teams wait 14 days for a database. [@queue-survey, question 3]",
	},
}
