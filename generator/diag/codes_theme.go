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
}
