package diag

// The codes of the registry of sources. That a cited source is not there is a code
// of links: source/unknown.
const (
	SourceDuplicate Code = "source/duplicate"
	SourceReserved  Code = "source/reserved"
	SourceDate      Code = "source/date"
	SourceURL       Code = "source/url"
)

var sourceRules = []Rule{
	{
		Code: SourceDuplicate, Severity: Error, Language: "toml",
		Title:   "Two sources with one id",
		Explain: "A citation names a source by its id, so each has one of its own.",
		Wrong:   "[[source]]\nid = \"survey\"\n…\n[[source]]\nid = \"survey\"",
		Right:   "[[source]]\nid = \"survey-2024\"\n…\n[[source]]\nid = \"survey-2025\"",
	},
	{
		Code: SourceReserved, Severity: Error, Language: "toml",
		Title:   "A source with the id own",
		Explain: "[@own] marks what is the site's own derivation. A source of that name could not be cited.",
		Wrong:   "id = \"own\"",
		Right:   "id = \"our-survey\"",
	},
	{
		Code: SourceDate, Severity: Error, Language: "toml",
		Title:   "A date of a source that is neither a date nor words",
		Explain: "Write a date without quotes, or say in words what is known: a source without a date is worth less, and the page shows it.",
		Wrong:   "date = true",
		Right:   "date = \"not stated\"",
	},
	{
		Code: SourceURL, Severity: Error, Language: "toml",
		Title:   "An address of a source that is none of the web",
		Explain: "The address is written in full, beginning with https:// or http://.",
		Wrong:   "url = \"example.org/report\"",
		Right:   "url = \"https://example.org/report\"",
	},
}
