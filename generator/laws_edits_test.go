package generator_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"
)

// This file is the author of law 3: a small project, and everything that may
// happen to it. Texts are put together from pieces that name one another's files,
// so that links, includes and citations break and heal as files come and go.

// A file is a text, or a symbolic link.
type file struct{ text, link string }

func (f file) String() string {
	if f.link != "" {
		return "a link to " + f.link
	}
	return f.text
}

// An author has the files of a project but config.toml, and its settings.
type author struct {
	files    map[string]file
	settings settings
	memory   string // the folder where cairn remembers
}

// newAuthor begins with one of everything. Its theme has a style and a script of a
// line each: to bundle the built-in ones takes longer than all the rest.
func newAuthor() *author {
	a := &author{files: map[string]file{}, settings: settings{title: "Decisions", theme: "own", output: "public", menu: "content/guides/index.md"}}
	archive, err := txtar.ParseFile("testdata/plain.txtar")
	if err != nil {
		panic(err)
	}
	for _, part := range archive.Files {
		if part.Name != "config.toml" && part.Name != "published" {
			a.files[part.Name] = file{text: string(part.Data)}
		}
	}
	a.put("content/about.md", "---\ntitle: About\nlayout: wide\nimage: images/stack.png\n---\n\nWith <b>raw</b> HTML and ![a stack](/images/stack.png).\n\n::include{file=\"_note.md\"}\n")
	a.put("content/images/stack.png", "one image")
	a.put("content/_note.md", "A note for [all](/guides/hiring.md).\n")
	a.put("themes/own/templates/notfound.html", templates[0])
	a.put("themes/own/style.css", styles[0])
	a.put("themes/own/client/main.ts", scripts[0])
	for _, name := range []string{"assessment", "earlier", "keep", "path", "privacy", "search", "table", "code", "tabs", "contents"} {
		a.put("themes/own/client/"+name+".ts", "")
	}
	return a
}

// all is the project as it lies on the disk.
func (a *author) all() map[string]file {
	all := maps.Clone(a.files)
	if !a.settings.missing {
		all["config.toml"] = file{text: a.settings.text()}
	}
	return all
}

// put writes a file. What stood in its way goes: a file where a folder is needed, or
// the other way round.
func (a *author) put(name, text string) { a.place(name, file{text: text}) }

func (a *author) place(name string, f file) {
	maps.DeleteFunc(a.files, func(other string, _ file) bool {
		return strings.HasPrefix(other, name+"/") || strings.HasPrefix(name, other+"/")
	})
	a.files[name] = f
}

// one is one of the project's files under a folder; the edit is given up if there is none.
func (a *author) one(t *rapid.T, under string) string {
	var names []string
	for _, name := range sortedNames(a.files) {
		if strings.HasPrefix(name, under) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		t.Skip("there is none")
	}
	return rapid.SampledFrom(names).Draw(t, "file")
}

// settings are config.toml.
type settings struct {
	title, theme, output, menu, base string
	edit, look                       string
	strict, raw, accept, files       bool
	missing, syntax, unknown         bool
}

// broken tells whether the config cannot be read as it is meant.
func (s settings) broken() bool {
	return s.missing || s.syntax || s.unknown || s.title == "" || s.theme == badTheme || s.base == badBase || s.edit == badEdit || s.look == badLook
}

const (
	badTheme = "../own"
	badBase  = "ftp://x"
	badEdit  = "https://example.org/edit"
	badLook  = "[words]\n\"frame.gone\" = \"Gone\""
)

func (s settings) text() string {
	var b strings.Builder
	line := func(format string, values ...any) { fmt.Fprintf(&b, format+"\n", values...) }
	if s.title != "" {
		line("title = %q", s.title)
	}
	line("theme = %q\noutput = %q", s.theme, s.output)
	if s.base != "" {
		line("base-url = %q", s.base)
	}
	if s.edit != "" {
		line("edit = %q", s.edit)
	}
	if s.files {
		line("publish = \"files\"")
	}
	if s.unknown {
		line("titel = \"x\"")
	}
	if s.syntax {
		line("footer = ")
	}
	if s.menu != "" {
		line("[[menu]]\ntitle = \"Menu\"\npage = %q", s.menu)
	}
	line("[check]\nstrict = %v", s.strict)
	line("[content]\nraw-html = %v", s.raw)
	if s.accept {
		line("[front-matter]\naccept = [\"layout\"]")
	}
	b.WriteString(s.look)
	return b.String()
}

// looks change words and tokens; one names a token that there is not.
var looks = []string{
	"", "[words]\n\"frame.home\" = \"Start\"\n\"text.note\" = \"Beware\"\n\"chart.silence\" = \"Silence\"", "[words.frame]\nsources = \"From\"\n[tokens]\naccent = \"#005f73\"",
	"[tokens]\naccent = { light = \"#a90f1a\", dark = \"#ff9488\" }\nmain = \"30rem\"", "[tokens]\ngone = \"1rem\"", badLook,
}

var outputFolders = []string{"public", "site"}

// edits are everything that may happen between two builds.
var edits = map[string]func(*rapid.T, *author){
	"write a guide": func(t *rapid.T, a *author) {
		a.put(rapid.SampledFrom(guides).Draw(t, "guide"), guideText(t))
	},
	"write a part that is included": func(t *rapid.T, a *author) {
		a.put(rapid.SampledFrom([]string{"content/_note.md", "content/guides/_note.md"}).Draw(t, "part"), bodyText(t))
	},
	"write a table": func(t *rapid.T, a *author) {
		a.put(rapid.SampledFrom(tables).Draw(t, "table"), rapid.SampledFrom(tableTexts).Draw(t, "text"))
	},
	"write the sources": func(t *rapid.T, a *author) {
		a.put("content/sources.toml", rapid.SampledFrom(sourceTexts).Draw(t, "text"))
	},
	"write a questionnaire": func(t *rapid.T, a *author) {
		a.put(rapid.SampledFrom(questionnaires).Draw(t, "questionnaire"), rapid.SampledFrom(questionnaireTexts).Draw(t, "text"))
	},
	"record a released version": func(t *rapid.T, a *author) {
		a.put("assessment/released/ready-1.json", rapid.SampledFrom(layoutTexts).Draw(t, "text"))
	},
	"put an image": func(t *rapid.T, a *author) {
		a.put(rapid.SampledFrom(images).Draw(t, "image"), rapid.SampledFrom([]string{"one image", "two image", "\x00\xff", "", "<svg width=\"8\" height=\"6\"/>", "<svg width=\"9\" height=\"6\"/>"}).Draw(t, "bytes"))
	},
	"write a template": func(t *rapid.T, a *author) {
		name := rapid.SampledFrom([]string{"notfound.html", "guide.html", "frame.html", "own.html"}).Draw(t, "template")
		a.put("themes/own/templates/"+name, rapid.SampledFrom(templates).Draw(t, "text"))
		a.settings.theme = "own"
	},
	"write a style": func(t *rapid.T, a *author) {
		a.put("themes/own/"+rapid.SampledFrom([]string{"style.css", "more.css"}).Draw(t, "style"), rapid.SampledFrom(styles).Draw(t, "text"))
		a.settings.theme = "own"
	},
	"write TypeScript": func(t *rapid.T, a *author) {
		name := rapid.SampledFrom([]string{"main.ts", "more.ts", "engine/evaluate.ts"}).Draw(t, "script")
		a.put("themes/own/client/"+name, rapid.SampledFrom(scripts).Draw(t, "text"))
		a.settings.theme = "own"
	},
	"put what a theme does not have": func(t *rapid.T, a *author) {
		a.put("themes/own/README", "For people.")
	},

	"add a line": func(t *rapid.T, a *author) {
		name := a.one(t, "")
		a.put(name, a.files[name].text+rapid.SampledFrom([]string{"\n", "\n# More\n", "\nx = 1\n", "\nmore\r\n", "\xff", "\x00"}).Draw(t, "line"))
	},
	"change a letter": func(t *rapid.T, a *author) { // as many bytes as before
		name := a.one(t, "")
		text := []byte(a.files[name].text)
		if len(text) == 0 {
			t.Skip("it is empty")
		}
		text[rapid.IntRange(0, len(text)-1).Draw(t, "at")] = rapid.SampledFrom([]byte("ax1 \"#-:[\n")).Draw(t, "letter")
		a.put(name, string(text))
	},
	"delete a file": func(t *rapid.T, a *author) {
		delete(a.files, a.one(t, ""))
	},
	"delete a folder": func(t *rapid.T, a *author) {
		name := a.one(t, "")
		maps.DeleteFunc(a.files, func(other string, _ file) bool { return strings.HasPrefix(other, filepath.Dir(name)+"/") })
	},
	"rename a file": func(t *rapid.T, a *author) {
		name := a.one(t, "")
		moved := a.files[name]
		delete(a.files, name)
		a.place(rapid.SampledFrom(slices.Concat(guides, tables, questionnaires, images)).Draw(t, "new name"), moved)
	},
	"copy a file": func(t *rapid.T, a *author) {
		a.place(rapid.SampledFrom(slices.Concat(guides, tables, questionnaires)).Draw(t, "copy"), a.files[a.one(t, "")])
	},
	"a file becomes a folder": func(t *rapid.T, a *author) {
		name := a.one(t, "")
		text := a.files[name].text
		delete(a.files, name)
		a.put(name+"/"+rapid.SampledFrom([]string{"index.md", "inside.md", "data.toml"}).Draw(t, "inside"), text)
	},
	"a folder becomes a file": func(t *rapid.T, a *author) {
		name := a.one(t, "content/")
		a.place(filepath.Dir(name), a.files[name])
		if len(a.files) == 1 || filepath.Dir(name) == "content" {
			t.Skip("the project would be gone") // content itself stays a folder
		}
	},
	"put a symbolic link": func(t *rapid.T, a *author) {
		if runtime.GOOS == "windows" {
			t.Skip("which takes rights there that tests do not have")
		}
		target := rapid.SampledFrom([]string{"hiring.md", "../_note.md", "../tables/pay.toml", "gone.md", "linked.md", "../images", "/etc/hostname", "../../../outside.md"})
		a.place(rapid.SampledFrom([]string{"content/guides/linked.md", "content/guides/hiring.md"}).Draw(t, "link"), file{link: target.Draw(t, "target")})
	},
	"hide a guide as a draft": func(t *rapid.T, a *author) {
		name := a.one(t, "content/")
		text := a.files[name].text
		if hidden, was := strings.CutPrefix(text, "---\ndraft: true\n"); was {
			a.put(name, "---\n"+hidden)
		} else if shown, is := strings.CutPrefix(text, "---\n"); is {
			a.put(name, "---\ndraft: true\n"+shown)
		} else {
			t.Skip("it has no front matter")
		}
	},

	"another title": func(t *rapid.T, a *author) {
		a.settings.title = rapid.SampledFrom([]string{"Decisions", "Hiring & more", ""}).Draw(t, "title")
	},
	"another theme": func(t *rapid.T, a *author) {
		a.settings.theme = rapid.SampledFrom([]string{"default", "own", "gone", badTheme}).Draw(t, "theme")
	},
	"another menu": func(t *rapid.T, a *author) {
		a.settings.menu = rapid.SampledFrom([]string{"", "content/guides/index.md", "content/sources.toml", "assessment/ready.toml", "content/gone.md"}).Draw(t, "page")
	},
	"another base-url": func(t *rapid.T, a *author) {
		a.settings.base = rapid.SampledFrom([]string{"", "https://example.org", "https://example.org/devops/", badBase}).Draw(t, "base")
	},
	"another output": func(t *rapid.T, a *author) {
		a.settings.output = rapid.SampledFrom(outputFolders).Draw(t, "output")
	},
	"say a word otherwise, or change a colour": func(t *rapid.T, a *author) { a.settings.look = rapid.SampledFrom(looks).Draw(t, "look") },
	"pages can be changed there": func(t *rapid.T, a *author) {
		a.settings.edit = rapid.SampledFrom([]string{"", "https://example.org/edit/{path}", badEdit}).Draw(t, "edit")
	},
	"warnings count as errors, or not": func(t *rapid.T, a *author) { a.settings.strict = !a.settings.strict },
	"raw HTML is let through, or not":  func(t *rapid.T, a *author) { a.settings.raw = !a.settings.raw },
	"a foreign key is known, or not":   func(t *rapid.T, a *author) { a.settings.accept = !a.settings.accept },
	"publish file by file, or not":     func(t *rapid.T, a *author) { a.settings.files = !a.settings.files },
	"break the config": func(t *rapid.T, a *author) {
		s := &a.settings
		*rapid.SampledFrom([]*bool{&s.missing, &s.syntax, &s.unknown}).Draw(t, "how") = true
	},
	"mend the config": func(t *rapid.T, a *author) {
		if !a.settings.broken() {
			t.Skip("it is whole")
		}
		a.settings = newAuthor().settings
	},

	"damage what is remembered": func(t *rapid.T, a *author) {
		packs, _ := filepath.Glob(filepath.Join(a.memory, "*"))
		if len(packs) == 0 {
			t.Skip("nothing is remembered")
		}
		pack := packs[rapid.IntRange(0, 1000).Draw(t, "pack")%len(packs)]
		text, err := os.ReadFile(pack)
		must(t, err)
		switch kind := rapid.IntRange(0, 3).Draw(t, "damage"); {
		case kind == 0 || len(text) == 0:
			must(t, os.Remove(pack))
		case kind == 1:
			must(t, os.WriteFile(pack, text[:len(text)/2], 0o644))
		default:
			text[rapid.IntRange(0, 1<<20).Draw(t, "byte")%len(text)] ^= 0x40
			must(t, os.WriteFile(pack, text, 0o644))
		}
	},
}

var (
	guides = []string{
		"content/index.md", "content/about.md", "content/guides/index.md", "content/guides/hiring.md", "content/guides/paths.md",
		"content/About.md", "content/guides.md", "content/guides/hiring/index.md", "content/404.md", "content/deep/er/page.md",
		"content/_parts/inside.md", "content/.hidden.md", "content/Ein Leitfaden.md",
	}
	tables         = []string{"content/tables/pay.toml", "content/tables/tools.toml", "content/guides/paths.toml", "content/_data.toml"}
	questionnaires = []string{"assessment/ready.toml", "assessment/other.toml", "assessment/more/ready.toml"}
	images         = []string{"content/images/stack.png", "content/guides/stack.png", "content/images/Stack 2.SVG", "content/images/.secret.png"}
)

func isAsset(name string) bool {
	return strings.HasPrefix(name, "content/") && !strings.HasSuffix(name, ".md") && !strings.HasSuffix(name, ".toml")
}

// guideText is a guide: one of the front matters, and a body.
func guideText(t *rapid.T) string {
	return rapid.SampledFrom(frontMatters).Draw(t, "front matter") + bodyText(t)
}

func bodyText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 4).Draw(t, "pieces"), "\n")
}

var frontMatters = []string{
	"---\ntitle: A guide\n---\n",
	"---\ntitle: Another\ndescription: In a word.\norder: 2\ngroup: Later\ntags: [a, b]\nowner: us\nreviewed: 2025-08-04\naliases: [old.html]\n---\n",
	"---\ntitle: Tagged\ntags: [b, A, c/d]\nupdated: 2026-01-03\nreview-by: 2026-07-03\n---\n",
	"---\ntitle: Tagged, too\ndescription: In another.\ntags: [a, c d]\n---\n",
	"---\ntitle: Hidden\ndraft: true\n---\n",
	"---\ntitle: Moved\nslug: hiring\n---\n",
	"---\ntitle: Blog\nseoTitle: For search\nseoDescription: Also.\npublishDate: 2026-01-02\nauthor: A. B.\nimage: /images/stack.png\ndarkImage: $lib/dark.png\n" +
		"linkTags:\n  - title: Signals\n    children: [None]\nfaqs:\n  - question: Why?\n    answer: Because <b>.\n---\n",
	"---\ntitle: Empty lists\ntags: []\naliases: []\nlinkTags: []\nfaqs: []\n---\n",
	"---\ntitle: In the way\naliases: [/robots.txt, /feed.xml, /guides/hiring.md, /404.html/old]\n---\n",
	"---\ntitle: Foreign\nlayout: wide\n---\n",
	"---\ntitel: Mistyped\n---\n",
	"---\ntitle: [\n---\n",
	"---\ntitle: Unclosed\n",
	"+++\ntitle = \"In TOML\"\norder = 1\n+++\n",
	"{\n\"title\": \"In JSON\"\n}\n",
	"\ufeff---\ntitle: With a mark\n---\n",
	"# A heading as title\n\n",
	"",
}

var pieces = []string{
	"Plain text, of some length, with *stress* and `code`.\n",
	"# Top\n",
	"## Signals\n\nA queue.\n",
	"## Signals {#signals}\n",
	"See [hiring](/guides/hiring.md#signals), [paths](/guides/paths.md) and [about](/about.md#top).\n",
	"See [the pay](/tables/pay.toml), [sources](/sources.toml#acme) and [ready](/../assessment/ready.toml#backups).\n",
	"See [a folder](/guides), [the config](/../config.toml), [outside](/../../x.md) and [elsewhere](https://example.org).\n",
	"![A stack](/images/stack.png) and ![another](/guides/stack.png \"Title\").\n",
	"[An image](/images/stack.png), [hidden](/images/.secret.png), ![alias]($lib/x.png)\n",
	"It is so [@acme, page 3]. Others differ [@other; @acme]. We think [@own].\n",
	"::table{file=\"../tables/pay.toml\"}\n",
	"::table{file=\"tables/tools.toml\"}\n\n::table{file=\"../tables/tools.toml\"}\n",
	"::assessment{file=\"../assessment/ready.toml\"}\n\n::assessment{file=\"../../assessment/ready.toml\"}\n",
	"::include{file=\"_note.md\"}\n",
	"::include{file=\"../_note.md\"}\n",
	"::include{file=\"guides/_note.md\"}\n\n::include{file=\"_notes.md\"}\n",
	"[Mistyped](/guides/hirng.md), ![mistyped](/images/stck.png) and [@acne].\n",
	"::include{file=\"/guides/_note.md\"}\n",
	"::keys{of=\"config\"}\n",
	"::codes\n",
	"::tabel{file=\"x\"}\n",
	"```toml {title=\"x.toml\" mark=\"1\"}\na = 1\n```\n",
	"> [!NOTE]\n> Mind this.\n",
	":::tabs{group=\"a\"}\n:::tab{title=\"One\"}\n```go {numbers=\"1\" added=\"1\"}\nx := 1\n```\n:::\n:::\n\n:::details{title=\"More\"}\nSaid.\n:::\n",
	"::image{file=\"images/stack.png\" dark=\"guides/stack.png\" alt=\"A stack\"}\n\n::image{file=\"../images/stack.png\" alt=\"A stack\" caption=\"Of stones\"}\n",
	"<!-- region inner -->\n\n## In it\n\nSee [about](/about.md).\n\n<!-- endregion -->\n",
	"::include{file=\"_note.md\" region=\"inner\"}\n\n::include{file=\"../_note.md\" region=\"inner\"}\n",
	"::code{file=\"../tables/pay.toml\" lines=\"1-2\" mark=\"1\"}\n\n::code{file=\"tables/pay.toml\"}\n",
	"::code{file=\"../images/stack.png\"}\n\n::code{file=\"images/stack.png\"}\n\n::code{file=\"../config.toml\" lines=\"1\"}\n",
	"A note.[^1]\n\n[^1]: At the foot, with [a link](/about.md).\n",
	"Word\n: What it means.\n\n- [ ] to do\n",
	"<b>raw</b> & <script>alert(1)</script>\n",
	"| a | b |\n|---|--:|\n| [@acme] | 1 |\n",
}

const tableHead = "title = \"Pay\"\nsources = [\"acme\"]\nnote = \"See [hiring](/guides/hiring.md).\"\n[[column]]\nid = \"role\"\ntitle = \"Role\"\ntype = \"text\"\nhead = true\n" +
	"[[column]]\nid = \"pay\"\ntitle = \"Pay\"\ntype = \"money\"\nunit = \"USD\"\n"

var tableTexts = []string{
	tableHead + "[[row]]\nid = \"first\"\nrole = \"Engineer\"\npay = 100\n",
	tableHead + "[[row]]\nrole = \"Engineer\"\npay = { value = 200, sources = [\"other\"], note = \"then\" }\n[[row]]\nrole = \"Lead\"\npay = 300\nown = true\ngroup = \"Later\"\n",
	tableHead + "[[column]]\nid = \"twice\"\ntitle = \"Twice\"\ntype = \"money\"\nunit = \"USD\"\ncompute = \"pay * 2\"\n[[row]]\nrole = \"Engineer\"\npay = 100\n",
	tableHead + "[[row]]\nrole = \"Engineer\"\n",
	tableHead + "[[row]]\nrole = \"Engineer\"\npay = \"much\"\n",
	tableHead,
	"title = \n",
	"",
}

var sourceTexts = []string{
	"[[source]]\nid = \"acme\"\ntitle = \"What we saw\"\npublisher = \"Acme\"\ndate = \"not stated\"\nevidence = \"anecdote\"\n",
	"[[source]]\nid = \"acme\"\ntitle = \"Seen again\"\ndate = 2026-01-22\nurl = \"https://example.org\"\nevidence = \"survey\"\ninterest = \"Sells it\"\n" +
		"[[source]]\nid = \"other\"\ntitle = \"The others\"\ndate = \"2025 or later\"\nevidence = \"study\"\n",
	"[[source]]\nid = \"acme\"\ntitle = \"No evidence\"\n",
	"title = \"Where it is from\"\n",
	"[[source]\n",
}

const questionnaireHead = "id = \"ready\"\nversion = 1\ntitle = \"How ready are you?\"\nintroduction = \"See [hiring](/guides/hiring.md).\"\n" +
	"[[level]]\nnumber = 0\nname = \"No\"\n[[level]]\nnumber = 1\nname = \"Yes\"\n[[dimension]]\nid = \"safety\"\ntitle = \"Safety\"\nguide = \"/guides/hiring.md\"\n" +
	"[[question]]\nid = \"backups\"\ndimension = \"safety\"\nkind = \"level\"\ntext = \"Do you make backups?\"\n"

const questionnaireOptions = "[[question.option]]\nlevel = 0\ntext = \"No.\"\n[[question.option]]\nlevel = 1\ntext = \"Yes.\"\n"

var questionnaireTexts = []string{
	questionnaireHead + "own = true\n" + questionnaireOptions,
	questionnaireHead + "sources = [\"acme\"]\n" + questionnaireOptions,
	strings.Replace(questionnaireHead, "\"ready\"", "\"other\"", 1) + "own = true\n" + questionnaireOptions,
	questionnaireHead + "own = true\n" + questionnaireOptions + "[[question]]\nid = \"backups\"\nkind = \"yes-no\"\ntext = \"Again?\"\nown = true\n",
	questionnaireHead + "own = true\n" + questionnaireOptions + "[[question]]\nid = \"people\"\nkind = \"number\"\ntext = \"How many?\"\nown = true\nmin = 1\nmax = 1000\nstep = 1\nunit = \"people\"\n" +
		"[[advice]]\nid = \"hire\"\ntitle = \"Hire\"\nwhen = \"people > 50\"\ntext = \"Hire [somebody](/guides/hiring.md).\"\nown = true\n",
	questionnaireHead + "dimesion = \"x\"\n",
	"id = \"\n",
}

var layoutTexts = []string{
	`{"assessment": "ready", "version": 1, "questions": []}`,
	`{"assessment": "gone", "version": 1, "questions": []}`,
	`{`,
}

var templates = []string{
	"<!doctype html><title>{{.Title}}</title><p>{{.Body}}</p>",
	"{{template \"top\" .}}<h1>{{.Title}}</h1>{{.Body}}{{template \"bottom\" .}}",
	"{{define \"top\"}}<h1>{{.Title}}</h1>{{end}}{{define \"bottom\"}}{{end}}",
	"<main><h1>{{.Title}}</h1><a href=\"about.html\">About</a>, <a href=\"../about.html\">about</a>{{.Body}}</main>",
	"{{if .Draft}}{{.Nope}}{{end}}<p>{{.Title}}</p>",
	"{{.Nope}}",
	"{{if .Title}}",
	"{{template \"nowhere\" .}}",
	"<script>let a = {{.Title}}</script>",
	"",
}

var styles = []string{
	"a { color: red }\n",
	"@import \"./more.css\";\nb { margin: 0 }\n",
	"a { color: red; }}\n",
	"a { background: url(x.png) }\n",
	"",
}

var scripts = []string{
	"document.title = 'x'\n",
	"import { more } from './more'\nmore()\n",
	"export function more() { document.title = 'more' }\n",
	"let x: = 1\n",
	"import 'fs'\n",
	"",
}

// A failer is a test of testing or of rapid.
type failer interface {
	Helper()
	Fatalf(format string, values ...any)
}

func must(t failer, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

var sameTime = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// put writes a file below a folder; empty folders in its place go.
func put(t failer, root, name string, f file) {
	t.Helper()
	full := filepath.Join(root, filepath.FromSlash(name))
	must(t, os.MkdirAll(filepath.Dir(full), 0o755))
	if info, err := os.Lstat(full); err == nil && info.IsDir() {
		must(t, os.RemoveAll(full))
	}
	if f.link != "" {
		must(t, os.Symlink(f.link, full))
		return
	}
	must(t, os.WriteFile(full, []byte(f.text), 0o644))
	must(t, os.Chtimes(full, sameTime, sameTime))
}
