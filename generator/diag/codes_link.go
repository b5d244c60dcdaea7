package diag

// The codes of links between files: what needs more than one file to be seen.
const (
	LinkMissingPage    Code = "link/missing-page"
	LinkMissingHeading Code = "link/missing-heading"
	LinkMissingImage   Code = "link/missing-image"
	LinkForeignAlias   Code = "link/foreign-alias"
	LinkOutside        Code = "link/outside"
	LinkNotPublished   Code = "link/not-published"
	LinkMissingBlock   Code = "link/missing-block"
	LinkUnmeasured     Code = "link/unmeasured-image"
	LinkMissingInclude Code = "link/missing-include"
	LinkIncludeCycle   Code = "link/include-cycle"
	LinkMissingRegion  Code = "link/missing-region"
	LinkTooMuch        Code = "link/too-much-included"
	CiteUnknown        Code = "source/unknown"
)

var linkRules = []Rule{
	{
		Code: LinkMissingPage, Severity: Error, Language: "markdown",
		Title:   "A link to a page that is not there",
		Explain: "Links in content lead to source files, by a path that is relative to the file the link stands in. The address of the published page follows from it, so links hold wherever the site is put.",
		Wrong:   "See [the stages](hiring-by-stge.md).",
		Right:   "See [the stages](hiring-by-stage.md).",
	},
	{
		Code: LinkMissingHeading, Severity: Error, Language: "markdown",
		Title:   "A link to a heading that is not there",
		Explain: "The part of a link behind # names a heading by its id: the words of the heading in small letters, joined by hyphens, or what stands in {#…} behind it.",
		Wrong:   "See [the gaps](thresholds.md#gasp).",
		Right:   "See [the gaps](thresholds.md#gaps).",
	},
	{
		Code: LinkMissingImage, Severity: Error, Language: "markdown",
		Title:   "An image that is not there",
		Explain: "Images stand beside the page that shows them, or in a folder of the content. The path is relative to the page's file.",
		Wrong:   "![The stages](stagse.svg)",
		Right:   "![The stages](stages.svg)",
	},
	{
		Code: LinkForeignAlias, Severity: Warning, Language: "markdown",
		Title:   "An image address with another tool's alias",
		Explain: "Addresses such as $lib/… or ~/… mean something only to the tool the article was written for. The page is published with the image's text in its place. Put the image beside the page, and write its relative path.",
		Wrong:   "![The stages]($lib/images/stages.png)",
		Right:   "![The stages](stages.png)",
	},
	{
		Code: LinkOutside, Severity: Error, Language: "markdown",
		Title:   "A link or an include that leads outside the project",
		Explain: "Nothing outside the project's folder is read or linked to, so that the site is whole wherever it is built.",
		Wrong:   "::include{file=\"../../../etc/hosts\"}",
		Right:   "::include{file=\"_hosts.md\"}",
	},
	{
		Code: LinkNotPublished, Severity: Error, Language: "markdown",
		Title:   "A link to a file that is not published",
		Explain: "Only pages that are no drafts, tables, assessments and files below content/ are published. A link to another file of the project would lead nowhere.",
		Wrong:   "See [the settings](../../config.toml).",
		Right:   "See [the settings](settings.md).",
	},
	{
		Code: LinkMissingBlock, Severity: Error, Language: "markdown",
		Title:   "A placed table or assessment that is not there",
		Explain: "The directives ::table and ::assessment place what another file holds. The path is relative to the page's file.",
		Wrong:   "::table{file=\"../tables/salarys.toml\"}",
		Right:   "::table{file=\"../tables/salaries.toml\"}",
	},
	{
		Code: LinkUnmeasured, Severity: Warning, Language: "html",
		Title:   "An image whose size cannot be read",
		Explain: "A page says how wide and high each image is, so that the text does not jump when the image comes. The size is read from the file: PNG, JPEG, GIF, WebP, AVIF, or an SVG with width and height or a viewBox. This file is another kind, damaged, or an SVG without a size.",
		Wrong:   "<svg xmlns=\"http://www.w3.org/2000/svg\">",
		Right:   "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\">",
	},
	{
		Code: LinkMissingInclude, Severity: Error, Language: "markdown",
		Title:   "An included file that is not there",
		Explain: "::include puts another Markdown file in its place. Files whose name begins with _ are no pages of their own: they are there to be included.",
		Wrong:   "::include{file=\"_disclaimr.md\"}",
		Right:   "::include{file=\"_disclaimer.md\"}",
	},
	{
		Code: LinkIncludeCycle, Severity: Error, Language: "markdown",
		Title:   "Files that include one another",
		Explain: "A file cannot contain itself, neither directly nor through others, and includes go at most 16 deep.",
		Wrong:   "_a.md: ::include{file=\"_b.md\"}\n_b.md: ::include{file=\"_a.md\"}",
		Right:   "_a.md: ::include{file=\"_b.md\"}",
	},
	{
		Code: LinkMissingRegion, Severity: Error, Language: "markdown",
		Title:   "A part of an included file that is not there",
		Explain: "A region is named in the file itself, between two comments: <!-- region NAME --> and <!-- endregion --> in Markdown, and in code a comment of its language with the same words. Lines are counted from 1, and a region that is included holds no mark of a footnote.",
		Wrong:   "::include{file=\"_setup.md\" region=\"instal\"}",
		Right:   "::include{file=\"_setup.md\" region=\"install\"}",
	},
	{
		Code: LinkTooMuch, Severity: Error, Language: "markdown",
		Title:   "More than a page may include",
		Explain: "A page includes at most 1,000 files, and 8 MiB in all; a file that is shown as code holds at most 256 KiB. Files that include one another several times grow by doubling: usually that is the fault.",
		Wrong:   "::code{file=\"examples/everything.json\"}",
		Right:   "::code{file=\"examples/everything.json\" lines=\"1-20\"}\n\n(of a file of at most 256 KiB)",
	},
	{
		Code: CiteUnknown, Severity: Error, Language: "markdown",
		Title:   "A citation of a source that the registry does not hold",
		Explain: "Every source is described once, in content/sources.toml: who wrote it, when, with what interest, and what kind of evidence it is. A page that cites an unknown one is not published.",
		Wrong:   "Under 20 engineers, hire for DevOps [@sivarro].",
		Right:   "Under 20 engineers, hire for DevOps [@sivaro].",
	},
}
