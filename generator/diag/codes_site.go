package diag

// The codes of the site as a whole.
const (
	SiteNoConfig  Code = "site/no-config"
	SiteEmpty     Code = "site/empty"
	SiteNoHome    Code = "site/no-first-page"
	SiteCollision Code = "site/two-pages-one-address"
	SiteBadName   Code = "site/bad-name"
	SiteNotRead   Code = "site/not-read"
	SiteMenu      Code = "site/menu-page"
	SiteAnchor    Code = "site/duplicate-anchor"
	SiteSameID    Code = "site/same-assessment"
	SiteAlias     Code = "site/alias"
	SiteTag       Code = "site/tag"
	SiteInternal  Code = "site/internal"
)

var siteRules = []Rule{
	{
		Code: SiteTag, Severity: Warning, Language: "markdown",
		Title:   "A tag that is written in two ways, or has no address",
		Explain: "Each tag has a page of its own, at an address made of its letters a to z and digits. Tags that differ only in capital letters, spaces and hyphens are one tag; it is to be written alike everywhere, for readers see the first. A tag without any such letter has no address, and is left out.",
		Wrong:   "tags: [ci/cd]      # and CI/CD on another page",
		Right:   "tags: [CI/CD]",
	},
	{
		Code: SiteNoConfig, Severity: Error, Language: "toml",
		Title:   "A folder without config.toml",
		Explain: "The folder of a site holds a file config.toml with at least a title. `cairn new NAME` makes a whole one. If you meant another folder, go there first, or name it with --root.",
		Wrong:   "(no config.toml)",
		Right:   "title = \"Decisions at Acme\"",
	},
	{
		Code: SiteEmpty, Severity: Error, Language: "text",
		Title:   "A site without a page",
		Explain: "There is nothing below content/ that could be published. Write the first page as content/index.md.",
		Wrong:   "content/   (empty)",
		Right:   "content/index.md",
	},
	{
		Code: SiteNoHome, Severity: Error, Language: "text",
		Title:   "A site without a first page",
		Explain: "The name of the site leads from every page to the first one, index.html, which is made of content/index.md. Without it that link is broken, and who asks for the site itself sees nothing. A draft is not published, so it is not enough.",
		Wrong:   "content/guides/hiring.md",
		Right:   "content/index.md\ncontent/guides/hiring.md",
	},
	{
		Code: SiteCollision, Severity: Error, Language: "text",
		Title:   "Two pages on one address",
		Explain: "Each page needs an address of its own, and so does each tag. Addresses that differ only in capital letters count as one, for many disks and hosts do not tell them apart. Rename one of the files, or give one another slug; of two tags, as C++ and C#, write one in other letters. An alias has the address of a page, too; without .html it is a folder, which cannot stand where the site has a file: /feed.xml would be one.",
		Wrong:   "content/guides/Stages.md and content/guides/stages.md",
		Right:   "content/guides/stages.md and content/guides/stages-table.md",
	},
	{
		Code: SiteBadName, Severity: Error, Language: "text",
		Title:   "A file name that cannot become an address",
		Explain: "Addresses hold small letters, digits and hyphens. Of other names cairn makes such an address; this one leaves nothing, or a name that some systems reserve.",
		Wrong:   "content/guides/con.md",
		Right:   "content/guides/conclusions.md",
	},
	{
		Code: SiteNotRead, Severity: Warning, Language: "text",
		Title:   "A file that is not read because of its name or place",
		Explain: "Pages are the files below content/ whose names end in .md; tables and assessments end in .toml, in small letters. A file with another ending, and Markdown beside the assessments, is not read: it is at most published as it is, where a page links to it.",
		Wrong:   "content/guides/hiring.markdown",
		Right:   "content/guides/hiring.md",
	},
	{
		Code: SiteMenu, Severity: Error, Language: "toml",
		Title:   "A menu entry or glossary whose page is not there",
		Explain: "The entries of the menu and of the footer, and glossary, name the page by its file, from the project's folder on.",
		Wrong:   "page = \"content/guides/idnex.md\"",
		Right:   "page = \"content/guides/index.md\"",
	},
	{
		Code: SiteAnchor, Severity: Error, Language: "markdown",
		Title:   "Two headings of a page with one id",
		Explain: "An included file brings a heading whose id the page already has, so a link could not tell them apart. Give one of them an id of its own.",
		Wrong:   "## Steps   (in the page and in the included file)",
		Right:   "## Steps {#first-steps}",
	},
	{
		Code: SiteSameID, Severity: Error, Language: "toml",
		Title:   "Two assessments with one id",
		Explain: "The id of an assessment names its saved answers and its links for good. Two with the same id would read one another's answers.",
		Wrong:   "id = \"maturity\"   # in both files",
		Right:   "id = \"maturity-small-teams\"",
	},
	{
		Code: SiteAlias, Severity: Error, Language: "yaml",
		Title:   "An alias that is no address of this site",
		Explain: "An alias is an address that the page had before, from the site's root on. A page is written there that leads to the new one, so it must be a name that every host can hold: letters, digits, dots, hyphens and underscores, with slashes between. Without an ending in .html it is a folder with an index.html.",
		Wrong:   "aliases:\n  - https://example.org/old-post?id=7",
		Right:   "aliases:\n  - /old-post/",
	},
	{
		Code: SiteInternal, Severity: Error, Language: "text",
		Title:   "A file that brings a part of cairn down",
		Explain: "This is a fault of cairn, not of the file. The site is not published. Please report it, with the file if you can.",
		Wrong:   "(any)",
		Right:   "(any)",
	},
}
