package diag

// The codes of publishing, and of the folder .cairn that it needs.
const (
	PublishForeignFolder Code = "publish/foreign-folder"
	PublishForeignFile   Code = "publish/foreign-file"
	MemoryTracked        Code = "memory/tracked"
	MemoryFolder         Code = "memory/folder"
)

var publishRules = []Rule{
	{
		Code: PublishForeignFolder, Severity: Error, Language: "toml",
		Title:   "An output that cairn did not make",
		Explain: "cairn replaces the output folder as a whole, so it replaces only a folder that it made itself, which it knows by the file .cairn-manifest, or an empty one. Choose another name for the output, or move what is there out of the way. If the folder belongs to others as well, publish = \"files\" leaves all alone that is not cairn's.",
		Wrong:   "output = \"docs\"      # a folder with files of yours",
		Right:   "output = \"public\"",
	},
	{
		Code: PublishForeignFile, Severity: Error, Language: "text",
		Title:   "A file in the output that cairn did not write",
		Explain: "Somebody put a file into the published site by hand. Publishing would delete or replace it, so cairn does neither and asks. A file that belongs to the site goes into content/, from where it is copied each time; any other is to be moved out of the output.",
		Wrong:   "public/handbook.pdf",
		Right:   "content/handbook.pdf",
	},
	{
		Code: MemoryTracked, Severity: Error, Language: "text",
		Title:   "A .cairn that git tracks",
		Explain: "The folder .cairn holds what cairn remembers from build to build, and is believed. If it came with the project, somebody else's change could put anything on your site. It ignores itself in git; if it was added by force, take it out again.",
		Wrong:   "git add --force .cairn",
		Right:   "git rm -r --cached .cairn",
	},
	{
		Code: MemoryFolder, Severity: Error, Language: "text",
		Title:   "A .cairn that is not a folder",
		Explain: "cairn keeps its lock and its memory in the folder .cairn of the project. A symbolic link there could lead it to write outside the project, so only a real folder will do. Remove what is there, and cairn makes its own.",
		Wrong:   ".cairn -> /somewhere/else",
		Right:   ".cairn/",
	},
}
