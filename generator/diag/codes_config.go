package diag

// The codes of config.toml, besides those of keys and types.
const (
	ConfigBaseURL  Code = "config/base-url"
	ConfigOutput   Code = "config/output"
	ConfigTheme    Code = "config/theme"
	ConfigLanguage Code = "config/language"
)

var configRules = []Rule{
	{
		Code: ConfigBaseURL, Severity: Error, Language: "toml",
		Title:   "A base-url that is no address",
		Explain: "base-url is the address the site is published at, in full: scheme, host and path. It is only needed for what must be absolute, such as canonical addresses; the pages themselves work anywhere.",
		Wrong:   "base-url = \"example.org/devops\"",
		Right:   "base-url = \"https://example.org/devops/\"",
	},
	{
		Code: ConfigOutput, Severity: Error, Language: "toml",
		Title:   "An output folder that cannot be one",
		Explain: "The site is written to a folder of the project that holds nothing else: not the project itself, not the content, and nothing outside.",
		Wrong:   "output = \"content\"",
		Right:   "output = \"public\"",
	},
	{
		Code: ConfigTheme, Severity: Error, Language: "toml",
		Title:   "A theme's name that is none",
		Explain: "A theme is a folder directly below themes/, named by small letters, digits and hyphens; default is the built-in one.",
		Wrong:   "theme = \"../shared/theme\"",
		Right:   "theme = \"acme\"",
	},
	{
		Code: ConfigLanguage, Severity: Error, Language: "toml",
		Title:   "A language that is no language tag",
		Explain: "The language of the pages is a tag such as en, en-GB or pt-BR (BCP 47). Browsers and screen readers go by it.",
		Wrong:   "language = \"English\"",
		Right:   "language = \"en-GB\"",
	},
}
