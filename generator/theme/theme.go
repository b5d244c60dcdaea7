// Package theme reads a theme: templates, style sheets, scripts. A theme of the
// site's own replaces templates and files of the built-in theme, name by name; what it
// does not replace is the built-in one's. The engine of assessments, client/engine, always
// comes from the built-in theme, so that a theme can restyle a result but not
// compute another.
//
// Reading is pure: files in, theme and diagnostics out.
package theme

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"cairn/generator/diag"
	"cairn/generator/messages"
)

// File is one file of a theme.
type File struct {
	// Name is below the theme's folder: "templates/guide.html".
	Name string
	// Path is what messages show: "themes/acme/templates/guide.html".
	Path string
	Text []byte
}

// Theme is a theme that can be used: templates parsed, styles and scripts bundled.
type Theme struct {
	compiled *template.Template
	quick    *quick
	contract Contract
	// Style and each of the Scripts, by name, are minified and stand alone.
	Style   []byte
	Scripts map[string][]byte
	// Key is a hash of all files and words.
	Key       string
	templates *templateSet
}

// Main is the script of every page. The others are those of some pages, besides.
const (
	Main             = "main"
	AssessmentScript = "assessment"
	ExchangeScript   = "exchange"
	EarlierScript    = "earlier"
	TableScript      = "table"
	PathScript       = "path"
	PrivacyScript    = "privacy"
	SearchScript     = "search"
	CodeScript       = "code"
	TabsScript       = "tabs"
	ContentsScript   = "contents"
)

// scripts are all there are: the script NAME is made of client/NAME.ts.
var scripts = []string{Main, AssessmentScript, ExchangeScript, EarlierScript, TableScript, PathScript, PrivacyScript, SearchScript, CodeScript, TabsScript, ContentsScript}

// Bundle makes one file of an entry and everything it imports. It is a parameter
// of Read so that the caller can remember what it made.
type Bundle func(entry string, from Sources) Bundled

// Sources are the files that an entry may import: style sheets those of styles, the
// client's files those of scripts. Key stands for all of them, names, paths and texts.
type Sources struct {
	Files map[string]File
	Key   string
}

// sourcesOf are the files of a theme that are sources of one kind.
func sourcesOf(files map[string]File, are func(name string) bool) Sources {
	some := map[string]File{}
	for name, file := range files {
		if are(name) {
			some[name] = file
		}
	}
	return Sources{Files: some, Key: keyOf(some, nil)}
}

func isStyle(name string) bool  { return path.Ext(name) == ".css" }
func isClient(name string) bool { return strings.HasPrefix(name, "client/") && !isStyle(name) }

// Bundled is what a bundle made, and the names of the files it used.
type Bundled struct {
	Bytes  []byte
	Used   []string
	Faults diag.List
}

// Options are what a theme is given besides its files. The zero value has no words.
type Options struct {
	// Words are what templates say.
	Words messages.Catalogue
	// Contract is what templates are given.
	Contract Contract
	// Tokens are those that the settings change; TokensFile is where they stand.
	Tokens     []Token
	TokensFile *diag.File
}

// keyOf is a hash of files and words. The words stand behind their number and each text
// behind its length, so different files or words are different bytes.
func keyOf(files map[string]File, words messages.Catalogue) string {
	hash := sha256.New()
	number := func(n int) { hash.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }
	add := func(text []byte) {
		number(len(text))
		hash.Write(text)
	}
	number(len(words))
	for _, key := range slices.Sorted(maps.Keys(words)) {
		add([]byte(key))
		add([]byte(words[key]))
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		add([]byte(name))
		add([]byte(files[name].Path))
		add(files[name].Text)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// The entry of the styles: those of the theme, then the tokens that the settings change,
// then a sheet of the site's own, if it has one.
const (
	styleEntry  = "all.css"
	tokensSheet = "tokens.css"
	ownSheet    = "own.css"
)

// Read makes a theme of the built-in files and those of the site's own theme, if
// it has one. The theme is nil if there are errors.
func Read(builtIn, own []File, o Options, bundle Bundle) (*Theme, diag.List) {
	var faults diag.List
	files := map[string]File{}
	for _, file := range builtIn {
		files[file.Name] = file
	}
	var kept []File
	for _, file := range own {
		switch {
		case strings.HasPrefix(file.Name, "client/engine/"):
			faults.Add(diag.At(file.Path, diag.ThemeUnknown, "the engine of assessments cannot be replaced by a theme",
				"delete the file: client/engine is always the built-in one"))
			continue
		case !known(file.Name):
			faults.Add(diag.At(file.Path, diag.ThemeUnknown, fmt.Sprintf("nothing uses the file %q of this theme", file.Name),
				"a theme holds templates/*.html, *.css and client/*.ts"))
			continue
		}
		files[file.Name] = file
		kept = append(kept, file)
	}

	words := Words(o.Words)
	files[words.Name] = words
	set, templateFaults := readTemplates(builtIn, kept, o.Words)
	faults = append(faults, templateFaults...)
	var compiled *template.Template
	if !templateFaults.HasErrors() { // or what one file lacks would be told of all that call it
		faults = append(faults, set.check(o.Contract)...)
		var refused diag.List
		compiled, refused = set.compile(o.Contract)
		faults = append(faults, refused...)
	}

	sheet, tokenFaults := tokenSheet(files, o)
	faults = append(faults, tokenFaults...)
	files[tokensSheet] = File{Name: tokensSheet, Path: tokensSheet, Text: []byte(sheet)}
	entry := `@import "./style.css"; @import "./` + tokensSheet + `";`
	if _, ok := files[ownSheet]; ok {
		entry += ` @import "./` + ownSheet + `";`
	}
	files[styleEntry] = File{Name: styleEntry, Path: styleEntry, Text: []byte(entry)}

	style := bundle(styleEntry, sourcesOf(files, isStyle))
	faults = append(faults, style.Faults...)
	used, made := map[string]bool{}, map[string][]byte{}
	for _, name := range style.Used {
		used[name] = true
	}
	client := sourcesOf(files, isClient)
	for _, name := range scripts {
		script := bundle("client/"+name+".ts", client)
		made[name], faults = script.Bytes, append(faults, script.Faults...)
		for _, name := range script.Used {
			used[name] = true
		}
	}
	if !faults.HasErrors() {
		faults = append(faults, unused(kept, used, files)...)
	}
	if faults.HasErrors() {
		return nil, faults
	}
	return &Theme{compiled: compiled, quick: &quick{compiled: compiled, words: o.Words, programs: map[programID]*program{}}, contract: o.Contract, Style: style.Bytes, Scripts: made, Key: keyOf(files, o.Words), templates: set}, faults
}

// unused finds style sheets and scripts that nothing imports.
func unused(own []File, used map[string]bool, files map[string]File) diag.List {
	var faults diag.List
	for _, file := range own {
		if path.Ext(file.Name) == ".html" || used[file.Name] {
			continue
		}
		var names []string
		for name := range files {
			if used[name] && name != styleEntry && name != tokensSheet && path.Ext(name) == path.Ext(file.Name) {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		faults.Add(diag.At(file.Path, diag.ThemeUnused, fmt.Sprintf("nothing imports %q", file.Name),
			diag.DidYouMean(file.Name, names, "name it as the file it replaces, import it from one of yours, or write the style into own.css")))
	}
	return faults
}

// Words are what the client imports of the catalogue, as a file of its own.
func Words(catalogue messages.Catalogue) File {
	text, _ := json.Marshal(catalogue.ForExchange())
	return File{Name: "client/exchange/words.json", Path: "client/exchange/words.json", Text: text}
}

func known(name string) bool {
	switch path.Ext(name) {
	case ".html":
		return path.Dir(name) == "templates"
	case ".css":
		return true
	case ".ts", ".json":
		return strings.HasPrefix(name, "client/")
	}
	return false
}

// Fault turns an error of executing a template for a page into a diagnostic at
// the template's place. Its words do not name the page: where many pages fail alike,
// that is one fault, and the first page stands beside it.
func (t *Theme) Fault(err error, page string) diag.Diagnostic {
	return templateFault(t.templates.file, err, diag.ThemeExecute).Also(page, diag.Position{}, "the first page that it fails on")
}

// The places that html/template gives: "template: guide.html:12:7: …", and for
// faults of escaping "html/template:guide.html:12:7: …". The column is one of bytes
// and counts from 0; parse errors have none.
var templatePlace = regexp.MustCompile(`(?:^|html/|: )template: ?([^:\s]+):(\d+)(?::(\d+))?: (.*)`)

func templateFault(fileOf func(name string) (File, bool), err error, code diag.Code) diag.Diagnostic {
	message := strings.ReplaceAll(err.Error(), "\n", " ")
	found := templatePlace.FindStringSubmatch(message)
	if found == nil {
		return diag.At("themes", code, message, "")
	}
	file, ok := fileOf(found[1])
	if !ok {
		return diag.At("themes", code, message, "")
	}
	source := diag.NewFile(file.Path, file.Text)
	line, _ := strconv.Atoi(found[2])
	column, _ := strconv.Atoi(found[3])
	start := source.Offset(diag.Position{Line: line, Column: 1})
	if found[3] == "" {
		start += len(source.Line(line)) - len(strings.TrimLeft(source.Line(line), " \t"))
	} else {
		start += column
	}
	return source.At(start, start+1, code, found[4], hintFor(found[4]))
}

func hintFor(message string) string {
	switch {
	case strings.Contains(message, "can't evaluate field"):
		return "the names are those that the built-in templates use; they begin with a capital letter"
	case strings.Contains(message, "function") && strings.Contains(message, "not defined"):
		return "the functions are those of html/template, and say, count and parts"
	case strings.Contains(message, "no such template"), strings.Contains(message, "not defined"):
		return "the name is that of a file in templates/, or of a {{define}}"
	case strings.Contains(message, "unexpected EOF"):
		return "an {{if}}, {{range}}, {{with}} or {{define}} has no {{end}}"
	}
	return "see the line above"
}

var scriptOrStyle = regexp.MustCompile(`(?i)<(/?)(script|style)[\s>/]`)

// actionsInScripts finds template actions inside <script> or <style>. It walks the
// text of a template in order, so an element that is opened in one branch and
// closed in another is seen as what its text says.
func actionsInScripts(file File, tree *parse.Tree) diag.List {
	if tree.Root == nil {
		return nil
	}
	var faults diag.List
	source := diag.NewFile(file.Path, file.Text)
	inside := ""
	var walk func(node parse.Node)
	walkList := func(list *parse.ListNode) {
		if list != nil {
			for _, node := range list.Nodes {
				walk(node)
			}
		}
	}
	walk = func(node parse.Node) {
		switch node := node.(type) {
		case *parse.TextNode:
			for _, tag := range scriptOrStyle.FindAllSubmatch(append(slices.Clone(node.Text), ' '), -1) {
				if len(tag[1]) > 0 {
					inside = ""
				} else if inside == "" {
					inside = strings.ToLower(string(tag[2]))
				}
			}
			// A tag that is not closed in this text, such as <script src="{{.}}">, has
			// its action in an attribute, not in the script.
			if inside != "" && bytesAfterTag(node.Text) {
				inside = "tag of " + strings.TrimPrefix(inside, "tag of ")
			} else if strings.HasPrefix(inside, "tag of ") {
				inside = strings.TrimPrefix(inside, "tag of ")
			}
			return
		case *parse.CommentNode:
			return
		}
		if inside == "script" || inside == "style" {
			at := int(node.Position())
			faults.Add(source.At(at, at+1, diag.ThemeScript, fmt.Sprintf("a template action stands inside <%s>", inside),
				"put the value into an attribute, and let the client read it there"))
			return
		}
		switch node := node.(type) {
		case *parse.IfNode:
			walkList(node.List)
			walkList(node.ElseList)
		case *parse.RangeNode:
			walkList(node.List)
			walkList(node.ElseList)
		case *parse.WithNode:
			walkList(node.List)
			walkList(node.ElseList)
		}
	}
	walkList(tree.Root)
	return faults
}

// bytesAfterTag tells whether the text ends inside a tag.
func bytesAfterTag(text []byte) bool {
	return strings.LastIndexByte(string(text), '<') > strings.LastIndexByte(string(text), '>')
}
