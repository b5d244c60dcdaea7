package diag

// The codes of themes: templates, styles, TypeScript.
const (
	ThemeMissing    Code = "theme/missing"
	ThemeUnknown    Code = "theme/unknown-file"
	ThemeTemplate   Code = "theme/template"
	ThemeExecute    Code = "theme/template-fails"
	ThemeScript     Code = "theme/action-in-script"
	ThemeTypeScript Code = "theme/typescript"
	ThemeStyle      Code = "theme/style"
	ThemeField      Code = "theme/unknown-name"
	ThemeUnused     Code = "theme/unused"
	ThemeToken      Code = "theme/unknown-token"
	ThemeTokenValue Code = "theme/token-value"
	ThemeContrast   Code = "theme/contrast"
)

var themeRules = []Rule{
	{
		Code: ThemeMissing, Severity: Error, Language: "toml",
		Title:   "A theme that is not there",
		Explain: "`theme` names a folder below themes/, or the built-in theme, default. Make the folder, or correct the name.",
		Wrong:   "theme = \"acme\"   # and no folder themes/acme",
		Right:   "theme = \"default\"",
	},
	{
		Code: ThemeUnknown, Severity: Warning, Language: "text",
		Title:   "A theme's file that nothing uses",
		Explain: "A theme replaces files of the built-in theme, name by name: templates/*.html and style.css, and may add style sheets, scripts and partial templates that these use. A file of another kind is never read.",
		Wrong:   "themes/acme/template/guide.html",
		Right:   "themes/acme/templates/guide.html",
	},
	{
		Code: ThemeTemplate, Severity: Error, Language: "html",
		Title:   "A template that cannot be read",
		Explain: "Templates are those of Go's html/template. The message is that package's own, with the place in the template. What a template calls must be there, and a theme's file must define what the built-in file in whose place it stands defines.",
		Wrong:   "<h1>{{.Title</h1>",
		Right:   "<h1>{{.Title}}</h1>",
	},
	{
		Code: ThemeExecute, Severity: Error, Language: "html",
		Title:   "A template that fails on a page",
		Explain: "The template could be read, but asks the page for something it does not have. The message is that of the place in the template; the first page that it fails on stands beside it.",
		Wrong:   "<h1>{{.Titel}}</h1>",
		Right:   "<h1>{{.Title}}</h1>",
	},
	{
		Code: ThemeScript, Severity: Error, Language: "html",
		Title:   "A template action inside a script or a style",
		Explain: "Data that is written into a script or a style is the most common way in for an attack, and the page's policy forbids inline scripts and styles in any case. Put data into an attribute, or into a table, and let the script read it there.",
		Wrong:   "<script>const title = {{.Title}}</script>",
		Right:   "<body data-title=\"{{.Title}}\">",
	},
	{
		Code: ThemeTypeScript, Severity: Error, Language: "typescript",
		Title:   "TypeScript that does not compile",
		Explain: "The theme's scripts are bundled at build time. The message is the bundler's own, with the place in the file.",
		Wrong:   "const page = document.querySelector('main'",
		Right:   "const page = document.querySelector('main')",
	},
	{
		Code: ThemeStyle, Severity: Error, Language: "css",
		Title:   "A style sheet that does not compile",
		Explain: "The theme's style sheets are bundled and made small at build time. The message is the bundler's own, with the place in the file.",
		Wrong:   "main { color: red",
		Right:   "main { color: red }",
	},
	{
		Code: ThemeField, Severity: Error, Language: "html",
		Title:   "A template that asks for what there is not",
		Explain: "A template is given a page, a table or another thing with names; the page on themes lists them. Every template is held to them when the theme is read, in all its branches, so an override that no longer fits is found even where no page comes to it. The same is said of a template that is called and not there, and of a word without an entry in the catalogue.",
		Wrong:   "<h1>{{.Titel}}</h1>",
		Right:   "<h1>{{.Title}}</h1>",
	},
	{
		Code: ThemeUnused, Severity: Warning, Language: "text",
		Title:   "An override that fits nothing",
		Explain: "A template of a site's theme replaces the one of its name; a style sheet or script is one that another imports. This one is called or imported by nothing: its name is mistyped, or what it replaced is no longer there.",
		Wrong:   "themes/acme/templates/pagr.html",
		Right:   "themes/acme/templates/pager.html",
	},
	{
		Code: ThemeToken, Severity: Error, Language: "toml",
		Title:   "A token that the theme does not have",
		Explain: "[tokens] changes colours, faces and sizes by their names, which are those of the custom properties in the theme's @layer tokens. A name that the theme does not have, or has no longer, would change nothing.",
		Wrong:   "[tokens]\nacent = \"#005f73\"",
		Right:   "[tokens]\naccent = \"#005f73\"",
	},
	{
		Code: ThemeTokenValue, Severity: Error, Language: "toml",
		Title:   "A token with a value of another kind",
		Explain: "A colour is written as #rrggbb, once or for each palette; so its contrast can be computed. A length has a number and a unit. Any other token takes one value of CSS.",
		Wrong:   "[tokens]\naccent = \"dark blue\"",
		Right:   "[tokens]\naccent = { light = \"#005f73\", dark = \"#94d2bd\" }",
	},
	{
		Code: ThemeContrast, Severity: Warning, Language: "toml",
		Title:   "Colours that cannot be told apart",
		Explain: "Text needs a contrast of 4.5 to 1 with what it stands on, and the edge of a control 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). For colours that the settings change it is computed, in both palettes.",
		Wrong:   "[tokens]\nmuted = \"#9aa5ab\"",
		Right:   "[tokens]\nmuted = { light = \"#48535b\", dark = \"#aab6bd\" }",
	},
}
