package diag

// The codes of config.toml, besides those of keys and types.
const (
	ConfigBaseURL     Code = "config/base-url"
	ConfigOutput      Code = "config/output"
	ConfigTheme       Code = "config/theme"
	ConfigLanguage    Code = "config/language"
	ConfigEdit        Code = "config/edit"
	ConfigWord        Code = "config/unknown-word"
	ConfigPlaceholder Code = "config/placeholder"
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
	{
		Code: ConfigEdit, Severity: Error, Language: "toml",
		Title:   "An edit address that leads to no file",
		Explain: "edit is the address at which a reader can change the file of a page: that of the repository, with {path} where the file's path from the project's folder stands.",
		Wrong:   "edit = \"github.com/acme/site\"",
		Right:   "edit = \"https://github.com/acme/site/edit/main/{path}\"",
	},
	{
		Code: ConfigWord, Severity: Error, Language: "toml",
		Title:   "A word of the interface that there is not",
		Explain: "[words] says words of the interface otherwise, each by its key. A key that the interface does not have, or has no longer, would change nothing.",
		Wrong:   "[words]\n\"guide.content\" = \"In this guide\"",
		Right:   "[words]\n\"guide.contents\" = \"In this guide\"",
	},
	{
		Code: ConfigPlaceholder, Severity: Error, Language: "toml",
		Title:   "A word with other placeholders than it is filled in with",
		Explain: "What stands in braces is filled in when the word is said: a number, a name. A word must hold the placeholders that the English one holds, and no others. Of a word with one form for one and one for many, each may leave out the number that the English form leaves out.",
		Wrong:   "[words]\n\"minutes.many\" = \"{count} min\"",
		Right:   "[words]\n\"minutes.many\" = \"{n} min\"",
	},
}
