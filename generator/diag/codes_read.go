package diag

// The codes of reading files, before anything is parsed.
const (
	ReadNotUTF8    Code = "read/not-utf-8"
	ReadNUL        Code = "read/nul"
	ReadTooLarge   Code = "read/too-large"
	ReadOutside    Code = "read/outside"
	ReadDenied     Code = "read/denied"
	ReadNotRegular Code = "read/not-regular"
)

var readRules = []Rule{
	{
		Code: ReadNotUTF8, Severity: Error, Language: "text",
		Title:   "A file that is not UTF-8",
		Explain: "Every text that cairn reads is UTF-8; UTF-16, which some editors and shells write, is not. A byte that is not part of a UTF-8 character would be published as a question mark. Open the file in your editor and save it with the encoding UTF-8.",
		Wrong:   "caf\\xe9   (saved as Latin-1)",
		Right:   "café   (saved as UTF-8)",
	},
	{
		Code: ReadNUL, Severity: Error, Language: "text",
		Title:   "A NUL byte in a text",
		Explain: "A NUL byte has no place in a text: it is the mark of a damaged or binary file. Delete it, or move a binary file to where it is copied, beside the page that uses it.",
		Wrong:   "The first\\x00 step",
		Right:   "The first step",
	},
	{
		Code: ReadTooLarge, Severity: Error, Language: "text",
		Title:   "A file over the limit",
		Explain: "A text is at most 8 MiB. A larger one is nearly always data that was saved under the wrong name. Split it, or make it smaller.",
		Wrong:   "content/guides/log.md   (9 MiB)",
		Right:   "content/guides/log.md   (what a person reads)",
	},
	{
		Code: ReadOutside, Severity: Error, Language: "text",
		Title:   "A path that leads outside the project",
		Explain: "cairn reads nothing outside the project's folder, neither by an include nor by a symbolic link, so that a guide from someone else cannot publish a file of yours. Copy the file into the project.",
		Wrong:   "content/guides/policy.md -> /home/me/policy.md",
		Right:   "content/guides/policy.md   (the file itself)",
	},
	{
		Code: ReadDenied, Severity: Error, Language: "text",
		Title:   "A file or folder that may not be read",
		Explain: "The account that runs cairn has no right to read this. Give it the right to read files and to enter folders: chmod u+r for a file, chmod u+rx for a folder.",
		Wrong:   "d--------- content/private",
		Right:   "drwxr-xr-x content/private",
	},
	{
		Code: ReadNotRegular, Severity: Error, Language: "text",
		Title:   "Something that is neither a file nor a folder",
		Explain: "A socket, a pipe or a device cannot be published, and a symbolic link to a folder is not followed. Remove it from the content, or put the real folder there.",
		Wrong:   "content/guides -> ../elsewhere",
		Right:   "content/guides/   (a folder)",
	},
}
