package diag

// The codes of golden paths.
const (
	PathPlaceholder Code = "path/placeholder"
	PathUnknownName Code = "path/unknown-name"
	PathUnused      Code = "path/unused"
	PathFilter      Code = "path/filter"
	PathBare        Code = "path/bare"
	PathParameter   Code = "path/parameter"
	PathPattern     Code = "path/pattern"
	PathValue       Code = "path/value"
	PathFile        Code = "path/file"
	PathNoFiles     Code = "path/no-files"
	PathSecret      Code = "path/secret"
	PathTooLarge    Code = "path/too-large"
	PathExample     Code = "path/example"
	PathFormat      Code = "path/format"
	PathQuoting     Code = "path/quoting"
	PathSameName    Code = "path/same-name"
	PathNotMade     Code = "path/not-made"
)

var pathRules = []Rule{
	{
		Code: PathPlaceholder, Severity: Error, Language: "yaml",
		Title:   "A placeholder that cannot be read",
		Explain: "On the page of a golden path, @{ begins a placeholder: a name of small letters, digits and hyphens, perhaps a filter behind a bar, and }. Where the two signs themselves are meant, write @@{.",
		Wrong:   "name: @{Name}",
		Right:   "name: @{name}",
	},
	{
		Code: PathUnknownName, Severity: Error, Language: "yaml",
		Title:   "A name that the path does not declare",
		Explain: "Whatever stands in a placeholder or an example is a parameter of the path, or derived from them. A misspelt name would reach every reader's files.",
		Wrong:   "name: @{nmae}",
		Right:   "name: @{name}",
	},
	{
		Code: PathUnused, Severity: Error, Language: "yaml",
		Title:   "A parameter without effect",
		Explain: "No template, condition or derived value uses it. The reader fills in a field, and nothing follows.",
		Wrong:   "parameters:\n  - { name: colour, label: Colour, default: red }",
		Right:   "(the parameter taken out, or @{colour} written into a file)",
	},
	{
		Code: PathFilter, Severity: Error, Language: "yaml",
		Title:   "A filter that does not exist",
		Explain: "A filter writes a value as one complete quoted scalar of a format: yaml, json, toml, shell, hcl or url.",
		Wrong:   "title: @{title|yml}",
		Right:   "title: @{title|yaml}",
	},
	{
		Code: PathBare, Severity: Error, Language: "yaml",
		Title:   "A wide value without a filter",
		Explain: "A text with a pattern of its own may hold quotes, colons or dollar signs. Written bare it could end the place it stands in and begin something else: another key, another command. A filter writes it as one quoted scalar, quotes included.",
		Wrong:   "title: \"@{title}\"",
		Right:   "title: @{title|yaml}",
	},
	{
		Code: PathParameter, Severity: Error, Language: "yaml",
		Title:   "A parameter that is not whole",
		Explain: "Each parameter has a name of its own and what its type needs: a choice has options, a number or a required text has a default, and no type has keys of another.",
		Wrong:   "- { name: reach, label: Reach, type: choice }",
		Right:   "- { name: reach, label: Reach, type: choice, options: [internal, public] }",
	},
	{
		Code: PathPattern, Severity: Error, Language: "yaml",
		Title:   "A pattern that cannot be used",
		Explain: "A pattern is a regular expression for the whole value, with the syntax of Go's package regexp: no look-ahead and no back references, so that it takes no longer than the value is long.",
		Wrong:   "pattern: \"(?=.*[0-9])[a-z0-9]+\"",
		Right:   "pattern: \"[a-z0-9]*[0-9][a-z0-9]*\"",
	},
	{
		Code: PathValue, Severity: Error, Language: "yaml",
		Title:   "A default or an example that would be refused",
		Explain: "The values that a path itself names go through the same rules as those of its readers.",
		Wrong:   "- { name: name, label: Name, default: Orders Service }",
		Right:   "- { name: name, label: Name, default: orders }",
	},
	{
		Code: PathFile, Severity: Error, Language: "markdown",
		Title:   "A file name that cannot be used",
		Explain: "A made file lies below the folder it is written to, under a name that every system can hold; nothing lies in .git, where git would run it. Values in a file name are bare and narrow.",
		Wrong:   "```yaml {file=\"../service.yaml\"}",
		Right:   "```yaml {file=\"deploy/service.yaml\"}",
	},
	{
		Code: PathNoFiles, Severity: Error, Language: "markdown",
		Title:   "A path that makes no file",
		Explain: "The front matter declares a golden path, but no block of code says which file it is the template of.",
		Wrong:   "```yaml {title=\"service.yaml\"}",
		Right:   "```yaml {file=\"service.yaml\"}",
	},
	{
		Code: PathSecret, Severity: Error, Language: "yaml",
		Title:   "A secret where it would be seen",
		Explain: "A secret has no default, for a page holds none, and does not stand in a command, for the shell's history keeps it. It can only be written into a file; a reference to a secret store is better still.",
		Wrong:   "- { name: token, label: Token, type: secret, default: abc }",
		Right:   "- { name: token, label: Token, type: secret }",
	},
	{
		Code: PathTooLarge, Severity: Error, Language: "text",
		Title:   "A path beyond what can be made",
		Explain: "A path has limits to its parameters, code and files, so that a page can follow each keystroke. A path near them has too many settings: where every knob is exposed, it decides nothing for its reader.",
		Wrong:   "(31 parameters)",
		Right:   "(three parameters, and what is derived from them)",
	},
	{
		Code: PathExample, Severity: Error, Language: "yaml",
		Title:   "An example that does not give what it says",
		Explain: "Every build makes the path with the values of each example and compares. Either the template or the expectation is wrong.",
		Wrong:   "expect:\n  - { file: service.yaml, holds: \"replicas: 3\" }   # and it says 2",
		Right:   "expect:\n  - { file: service.yaml, holds: \"replicas: 2\" }",
	},
	{
		Code: PathFormat, Severity: Error, Language: "yaml",
		Title:   "A made file that its format cannot read",
		Explain: "Each path is made with its defaults, its examples and hostile values, and what ends in .yaml, .json, .toml or .tf is read by a parser of that format.",
		Wrong:   "name: @{name}: service",
		Right:   "name: \"@{name}: service\"",
	},
	{
		Code: PathQuoting, Severity: Error, Language: "yaml",
		Title:   "A value that does not arrive as it is",
		Explain: "With a hostile value, such as one with quotes or a number sign, the made file can be read, but the value does not come back from it as one text. Most often quotes stand around a filter that writes its own, or a shell's quotes stand in a plain scalar of YAML.",
		Wrong:   "run: deploy @{title|shell}",
		Right:   "run: |\n  deploy @{title|shell}",
	},
	{
		Code: PathSameName, Severity: Error, Language: "text",
		Title:   "Two paths with one name",
		Explain: "A golden path is known by the name of its file: cairn path NAME, and paths/NAME.json on the published site.",
		Wrong:   "content/paths/service.md and content/guides/service.md",
		Right:   "content/paths/service.md and content/guides/older-service.md",
	},
	{
		Code: PathNotMade, Severity: Error, Language: "yaml",
		Title:   "A path that cannot be made",
		Explain: "With its defaults, or the values of an example, a derived value has no result, or two templates would make one file.",
		Wrong:   "value: 100 / copies   # and copies is 0 by default",
		Right:   "value: if(copies == 0, 0, 100 / copies)",
	},
}
