package differential

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp/syntax"
	"strconv"
	"strings"
	"testing"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/goldenpath"
	"cairn/generator/theme"

	"archive/zip"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// pathEntry gives Go what the page of a golden path does with values.
const pathEntry = `
import { readPath, make, commandOf, folderOf } from './engine/path/make'
import { filter } from './engine/path/filter'
import { zip } from './engine/path/zip'
let path: ReturnType<typeof readPath>
const global = globalThis as any
// The machine has no TextEncoder.
const encode = (text: string): Uint8Array => new Uint8Array([...unescape(encodeURIComponent(text))].map((c) => c.charCodeAt(0)))
global.load = (data: string) => { path = readPath(JSON.parse(data)) }
global.make = (values: string) => {
  const { made, faults } = make(path, JSON.parse(values))
  return JSON.stringify({ made, faults, command: made && commandOf(path, made.texts), folder: made && folderOf(path, made.texts) })
}
global.filter = filter
global.zip = (folder: string, files: string) => zip(folder, JSON.parse(files), encode).buffer
`

type pathEngine struct {
	vm                      *goja.Runtime
	load, make, filter, zip goja.Callable
}

func newPathEngine(t testing.TB) *pathEngine {
	t.Helper()
	files := clientFiles(t)
	files["entry.ts"] = theme.File{Name: "entry.ts", Path: "entry.ts", Text: []byte(pathEntry)}
	made := theme.Esbuild("entry.ts", theme.Sources{Files: files})
	script, faults := made.Bytes, made.Faults
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	e := &pathEngine{vm: goja.New()}
	if _, err := e.vm.RunScript("path.js", string(script)); err != nil {
		t.Fatal(err)
	}
	for name, function := range map[string]*goja.Callable{"load": &e.load, "make": &e.make, "filter": &e.filter, "zip": &e.zip} {
		*function, _ = goja.AssertFunction(e.vm.Get(name))
	}
	return e
}

func (e *pathEngine) call(t testing.TB, function goja.Callable, arguments ...any) goja.Value {
	t.Helper()
	values := make([]goja.Value, len(arguments))
	for i, argument := range arguments {
		values[i] = e.vm.ToValue(argument)
	}
	result, err := function(goja.Undefined(), values...)
	if err != nil {
		t.Fatalf("%v: %.1000q", err, arguments)
	}
	return result
}

// What one side says of values.
type answer struct {
	Made    *goldenpath.Made   `json:"made,omitempty"`
	Faults  []goldenpath.Wrong `json:"faults"`
	Command string             `json:"command,omitempty"`
	Folder  string             `json:"folder,omitempty"`
}

func inGo(path *goldenpath.Path, values map[string]string) answer {
	made, faults := path.Make(values)
	a := answer{Made: made, Faults: append([]goldenpath.Wrong{}, faults...)}
	if made != nil {
		a.Command, a.Folder = path.Command(made.Texts), path.Folder(made.Texts)
	}
	return a
}

// goldenPaths are those of the reference site, and the one of the package's tests that has
// everything a path can have.
func goldenPaths(t testing.TB) map[string]*goldenpath.Path {
	t.Helper()
	pages := map[string][]byte{}
	err := filepath.WalkDir("../../content", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		pages[name], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile("../goldenpath/testdata/whole.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.Files {
		if file.Name == "page.md" {
			pages["whole.md"] = file.Data
		}
	}
	paths := map[string]*goldenpath.Path{}
	for name, text := range pages {
		file := diag.NewFile(name, text)
		page, _ := content.Parse(file, content.Options{})
		if !page.FrontMatter.Path.Set {
			continue
		}
		base := strings.TrimSuffix(filepath.Base(name), ".md")
		path, faults := goldenpath.Parse(file, base, content.Value(file).Get("path"), page.Article.Codes)
		if path == nil {
			t.Fatal(faults)
		}
		paths[base] = path
	}
	return paths
}

// valuesEach is how many random values each path is made with: more than two thousand of
// them are right, and the others are refused alike.
const valuesEach = 3200

// The page of a golden path and the command make the same files, byte for byte, and
// refuse the same values for the same reason.
func TestGoldenPaths(t *testing.T) {
	e := newPathEngine(t)
	for name, path := range goldenPaths(t) {
		t.Run(name, func(t *testing.T) {
			data, err := json.Marshal(path.Browser())
			if err != nil {
				t.Fatal(err)
			}
			e.call(t, e.load, string(data))
			r := rand.New(rand.NewPCG(*seed, 11))
			made, refused, tries := 0, 0, valuesEach
			if testing.Short() { // under the race detector, which makes the machine ten times slower
				tries /= 10
			}
			for range tries {
				values := drawValues(path, r)
				want := encode(inGo(path, values))
				got := e.call(t, e.make, encode(values)).String()
				if strings.Contains(want, `"made"`) {
					made++
				} else {
					refused++
				}
				if got != want {
					t.Fatalf("%s (-Go +TypeScript)\n%s", encode(values), cmp.Diff(indented(want), indented(got)))
				}
			}
			t.Logf("%d made, %d refused", made, refused)
			if made < tries/4 || refused < tries/20 {
				t.Errorf("%d made and %d refused: the draw leaves out too much", made, refused)
			}
		})
	}
}

// drawValues draws values of which most are right and some are hostile.
func drawValues(path *goldenpath.Path, r *rand.Rand) map[string]string {
	values := map[string]string{}
	one := r.IntN(3) == 0 // one of the values is anything
	odd := r.IntN(len(path.Parameters))
	for i := range path.Parameters {
		p := &path.Parameters[i]
		switch {
		case one && i == odd:
			values[p.Name] = drawHostile(r)
		case r.IntN(4) == 0 && p.Type != goldenpath.Secret: // the default
		default:
			values[p.Name] = drawRight(p, r)
		}
	}
	return values
}

func drawRight(p *goldenpath.Parameter, r *rand.Rand) string {
	switch p.Type {
	case goldenpath.Choice:
		return p.Options[r.IntN(len(p.Options))]
	case goldenpath.YesNo:
		return []string{"true", "false"}[r.IntN(2)]
	case goldenpath.Number:
		low, errLow := strconv.ParseFloat(p.Low, 64)
		high, errHigh := strconv.ParseFloat(p.High, 64)
		if errLow != nil || errHigh != nil {
			low, high = -20, 40
		}
		return strconv.FormatFloat(low+r.Float64()*(high-low), 'f', r.IntN(p.Places+1), 64)
	}
	pattern := p.Pattern
	if pattern == "" {
		pattern = "[a-z][a-z0-9-]{0,12}"
		if p.Type == goldenpath.Secret {
			pattern = ".{1,30}"
		}
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	for range 20 {
		if value := drawMatch(parsed, r); p.Check(value) == nil {
			return value
		}
	}
	return p.Default
}

// drawMatch draws a text that an expression matches, or nearly.
func drawMatch(re *syntax.Regexp, r *rand.Rand) string {
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		at := r.IntN(len(re.Rune)/2) * 2
		low, high := re.Rune[at], min(re.Rune[at+1], re.Rune[at]+200)
		return string(low + rune(r.IntN(int(high-low)+1)))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		any := []rune(` ab"'\$%{}:#-é日🪨@|&;()`)
		return string(any[r.IntN(len(any))])
	case syntax.OpConcat, syntax.OpCapture:
		text := ""
		for _, sub := range re.Sub {
			text += drawMatch(sub, r)
		}
		return text
	case syntax.OpAlternate:
		return drawMatch(re.Sub[r.IntN(len(re.Sub))], r)
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		least, most := 0, 12
		switch re.Op {
		case syntax.OpPlus:
			least = 1
		case syntax.OpQuest:
			most = 1
		case syntax.OpRepeat:
			least, most = re.Min, re.Max
			if most < 0 {
				most = least + 12
			}
		}
		text := ""
		for range least + r.IntN(min(most-least, 20)+1) {
			text += drawMatch(re.Sub[0], r)
		}
		return text
	}
	return ""
}

var hostileParts = []string{
	"a", "orders", "A", "9", "-", "--", ".", "..", "/", "../", "\\", `"`, "'", "`", "$", "${", "$(", "%{", "{", "{{", "}", "}}", "@{name}", "|", ";", "&", "#", " #", ":", ": ", "\n", "\r\n", "\t", "\x00", "\x7f", "\u0085", "\u00ad",
	"\u200b", "\u200d", "\u202e", "\u2028", "\ufeff", "\uffff", "é", "e\u0301", "日", "🪨", "\U0010ffff", "true", "null", "no", "con", "1.5", "-0", "1e3", "0x1", " ", "İ", "ſ", "K", strings.Repeat("long", 30), strings.Repeat("x", 70),
}

func drawHostile(r *rand.Rand) string {
	text := ""
	for range r.IntN(5) {
		text += hostileParts[r.IntN(len(hostileParts))]
	}
	return text
}

// Both sides write each value the same for each format; Go's are read back by each
// format's parser in package goldenpath.
func TestFilters(t *testing.T) {
	e := newPathEngine(t)
	r := rand.New(rand.NewPCG(*seed, 12))
	values := append([]string{""}, hostileParts...)
	for range 3000 {
		values = append(values, drawHostile(r))
	}
	for _, value := range values {
		for _, filter := range append([]string{""}, goldenpath.Filters...) {
			if got, want := e.call(t, e.filter, filter, value).String(), goldenpath.Filter(filter, value); got != want {
				t.Errorf("%s of %q: TypeScript writes %q, Go %q", filter, value, got, want)
			}
		}
	}
}

// A pattern means the same on both sides, whatever Go allows in one.
func TestPatterns(t *testing.T) {
	e := newPathEngine(t)
	r := rand.New(rand.NewPCG(*seed, 13))
	matched := 0
	for _, pattern := range []string{
		".*", "[^:]+", `\w+\s?\S*`, "(?i)[k-s]+", "(?i)straße|ſ", `\bab\b.*`, `a\Bb`, "^a$|^$|x", "(a|ab)(c|bcd)(d*)", `[[:alpha:]]*\d`, `\p{L}+`, "(?s).{2,4}", "(?m)^a$", "[^\\n]*", "(a*)*b?", "x{0,40}y", "(?i:k)elvin|é+", `[\x00-\x{10FFFF}]`,
	} {
		path := &goldenpath.Path{Name: "x", Parameters: []goldenpath.Parameter{{Name: "p", Type: goldenpath.Text, Wide: true, Pattern: pattern, Most: 200}}}
		e.call(t, e.load, encode(path.Browser()))
		parsed, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		for range 200 {
			value := drawMatch(parsed, r)
			if r.IntN(3) == 0 {
				value += drawHostile(r)
			}
			values := map[string]string{"p": value}
			want := encode(inGo(path, values))
			if got := e.call(t, e.make, encode(values)).String(); got != want {
				t.Fatalf("%s and %q (-Go +TypeScript)\n%s", pattern, value, cmp.Diff(want, got))
			}
			if strings.Contains(want, `"made"`) {
				matched++
			}
		}
	}
	if matched < 1000 {
		t.Errorf("only %d values matched", matched)
	}
}

// The archive that the browser makes is one that others read, with the same bytes.
func TestArchive(t *testing.T) {
	e := newPathEngine(t)
	files := []goldenpath.File{{Name: "a.yaml", Text: "name: é 🪨\n"}, {Name: "deploy/run.sh", Text: "#!/bin/sh\n"}, {Name: "empty", Text: ""}, {Name: "long", Text: strings.Repeat("0123456789", 20_000)}}
	made, ok := e.call(t, e.zip, "orders", encode(files)).Export().(goja.ArrayBuffer)
	if !ok {
		t.Fatal("no bytes")
	}
	archive, err := zip.NewReader(bytes.NewReader(made.Bytes()), int64(len(made.Bytes())))
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.File) != len(files) {
		t.Fatalf("%d files, want %d", len(archive.File), len(files))
	}
	for i, entry := range archive.File {
		reader, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if _, err := text.ReadFrom(reader); err != nil { // the check sum is held to at the end
			t.Fatal(err)
		}
		if entry.Name != "orders/"+files[i].Name || text.String() != files[i].Text {
			t.Errorf("%s: %d bytes, want %d of %s", entry.Name, text.Len(), len(files[i].Text), files[i].Name)
		}
		if runs := entry.Mode()&0o100 != 0; runs != strings.HasPrefix(files[i].Text, "#!") || !entry.Mode().IsRegular() {
			t.Errorf("%s: mode %v", entry.Name, entry.Mode())
		}
		if entry.NonUTF8 || entry.Method != zip.Store {
			t.Errorf("%s: flags %x, method %d", entry.Name, entry.Flags, entry.Method)
		}
	}
}
