package goldenpath_test

import (
	"encoding/json"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"cairn/generator/goldenpath"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"golang.org/x/text/unicode/norm"
)

// Hostile is what people try: whatever ends a text, begins another, or hides.
var Hostile = []string{
	"", "plain", `"`, `'`, "`", `\`, `\"`, `'\''`, `a "b" c`, `it's`, "two\nlines", "\r\n", "tab\t", "\x00", "\x1b[31m", "\x7f", "\u0085",
	"../../etc/passwd", "/etc/passwd", `..\..\x`, "$(touch x)", "${HOME}", "$HOME", "`id`", "; rm -rf /", "&& true", "| cat", "> x", "#comment", "a #b", "a: b", "a:", "- a", "? a", "! a", "&a *a", "{a: b}", "[a]", "%{if true}", "%%{", "$${", "$", "%", "${", "%{",
	"@{name}", "@@{name}", "{{ .x }}", "${{ secrets.x }}", "<%= x %>", "<script>alert(1)</script>", "&amp;",
	"\u202eoverride", "\u200b", "\u2066isolate\u2069", "\ufeffmark", "\u2028", "\u00ad", "\ufffe", "\uffff", "🪨", "日本", "e\u0301", "\U000F0000", "\U0010FFFF",
	"true", "null", "~", "1.5", "0x1f", "1e3", ".inf", "2026-01-22", "=cmd()", " space ", "a b", "'''", `"""`, "---", "...", "<<EOF", "EOF", "|", ">-",
	strings.Repeat("long ", 5000),
}

// parseBack reads a scalar of a format as others would.
var parseBack = map[string]func(scalar string) (string, error){
	"yaml": func(scalar string) (string, error) {
		var read map[string]any
		err := yaml.Unmarshal([]byte("before: 1\nvalue: "+scalar+"\nafter: 2\n"), &read)
		if len(read) != 3 {
			return "not one value", err
		}
		text, _ := read["value"].(string)
		return text, err
	},
	"json": func(scalar string) (string, error) {
		var read map[string]any
		err := json.Unmarshal([]byte(`{"before":1,"value":`+scalar+`,"after":2}`), &read)
		if len(read) != 3 {
			return "not one value", err
		}
		text, _ := read["value"].(string)
		return text, err
	},
	"toml": func(scalar string) (string, error) {
		var read map[string]any
		_, err := toml.Decode("before = 1\nvalue = "+scalar+"\nafter = 2\n", &read)
		if len(read) != 3 {
			return "not one value", err
		}
		text, _ := read["value"].(string)
		return text, err
	},
	"hcl": func(scalar string) (string, error) {
		file, faults := hclsyntax.ParseConfig([]byte("before = 1\nvalue = "+scalar+"\nafter = 2\n"), "x", hcl.InitialPos)
		if faults.HasErrors() {
			return "", faults
		}
		attributes, _ := file.Body.JustAttributes()
		if len(attributes) != 3 {
			return "not one value", nil
		}
		value, faults := attributes["value"].Expr.Value(nil) // no variable is known: nothing may be asked for
		if faults.HasErrors() {
			return "", faults
		}
		return value.AsString(), nil // in Unicode's form NFC, as HCL says
	},
	"url": func(scalar string) (string, error) {
		address, err := url.Parse("https://example.com/a/" + scalar + "/z?q=" + scalar + "#" + scalar)
		if err != nil {
			return "", err
		}
		value := address.Query().Get("q")
		if parts := strings.Split(address.EscapedPath(), "/"); len(parts) != 4 || address.Fragment != value || len(address.Query()) != 1 {
			return "not one part", nil
		}
		return value, nil
	},
	"shell": func(scalar string) (string, error) {
		out, err := exec.Command("sh", "-c", "printf %s "+scalar).Output()
		return string(out), err
	},
}

// wanted is what must be read back: HCL reads text in Unicode's form NFC.
func wanted(filter, value string) string {
	if filter == "hcl" {
		return norm.NFC.String(value)
	}
	return value
}

// Each filter writes one scalar that its format reads back as the value, whatever that is.
func TestFiltersAreReadBack(t *testing.T) {
	for _, filter := range goldenpath.Filters {
		for _, value := range Hostile {
			if filter == "shell" && strings.ContainsRune(value, 0) {
				continue // no shell can hold it, and no value may have it
			}
			if filter == "url" && value == "" {
				continue // an empty part is no part
			}
			scalar := goldenpath.Filter(filter, value)
			got, err := parseBack[filter](scalar)
			if err != nil || got != wanted(filter, value) {
				t.Errorf("%s: %q is written %s and read back as %q (%v)", filter, value, scalar, got, err)
			}
			if filter != "shell" && strings.ContainsFunc(scalar, func(r rune) bool { return r == '\n' || r == '\u202e' || r == '\u200b' || r < ' ' }) {
				t.Errorf("%s: %q is written with a character that cannot be seen: %q", filter, value, scalar)
			}
		}
	}
}

// What a parameter lets through is one line of what can be seen, and a narrow text is
// safe bare in every format.
func TestValues(t *testing.T) {
	narrow := goldenpath.Parameter{Type: goldenpath.Text, Required: true, Most: 200}
	wide := goldenpath.Parameter{Type: goldenpath.Text, Required: true, Most: 200, Pattern: `(?s).*`, Wide: true}
	secret := goldenpath.Parameter{Type: goldenpath.Secret, Required: true, Most: 200, Wide: true}
	for _, value := range Hostile {
		if fault := narrow.Check(value); (fault == nil) != (value == "plain") {
			t.Errorf("narrow: %q: %v", value, fault)
		}
		for _, p := range []goldenpath.Parameter{wide, secret} {
			refused := p.Check(value) != nil
			want := value == "" || strings.Contains(value, "{{") || utf8.RuneCountInString(value) > 200 ||
				strings.ContainsAny(value, "\n\r\t\x00\x1b\x7f\u0085\u202e\u200b\u2066\u2069\ufeff\u2028\u00ad\ufffe\uffff")
			if refused != want {
				t.Errorf("%s: %q refused: %v, want %v", p.Type, value, refused, want)
			}
		}
	}
	for value, want := range map[string]string{
		"orders": "", "a": "", "a-1": "", "1a": "narrow", "A": "narrow", "a_b": "narrow", "": "required", "null": "word", "no": "word", "y": "word", "on": "word",
		strings.Repeat("a", 63): "", strings.Repeat("a", 64): "narrow", "a\n": "character", "-a": "narrow", "a.b": "narrow",
	} {
		got := ""
		if fault := narrow.Check(value); fault != nil {
			got = strings.TrimPrefix(fault.Key, "path.wrong.")
		}
		if got != want {
			t.Errorf("narrow %q: %q, want %q", value, got, want)
		}
	}
	number := goldenpath.Parameter{Type: goldenpath.Number, Places: 1, Low: "-1", High: "10.5"}
	for value, want := range map[string]string{
		"0": "", "10.5": "", "-1": "", "-0.5": "", "10.6": "high", "-1.1": "low", "1.25": "places", "01": "number", "1.": "number", ".5": "number", "1e1": "number",
		"+1": "number", " 1": "number", "0x1": "number", "NaN": "number", "": "number", "１": "number", "1\n": "number", "9999999999999999": "number",
	} {
		got := ""
		if fault := number.Check(value); fault != nil {
			got = strings.TrimPrefix(fault.Key, "path.wrong.")
		}
		if got != want {
			t.Errorf("number %q: %q, want %q", value, got, want)
		}
	}
}

func TestFileNames(t *testing.T) {
	for _, name := range []string{"a", "a.yaml", ".github/workflows/x.yml", "a/b/c.tf", ".gitignore", "Dockerfile", "console.txt", "a..b"} {
		if problem := goldenpath.CheckFileName(name); problem != "" {
			t.Errorf("%q: %s", name, problem)
		}
	}
	for _, name := range []string{"", "/a", "a/", "../a", "a/../b", "a//b", ".", "a/.", `a\b`, "a:b", "C:a", ".git/x", ".GIT/x", "a/.git", "con", "con.yaml", "a/NUL.txt", "com1", "a.", "a b", "-a", "a\n", "a\u202eb", "~/a", strings.Repeat("a", 201)} {
		if goldenpath.CheckFileName(name) == "" {
			t.Errorf("%q is let through", name)
		}
	}
}

// Whatever the value, a filter writes one scalar; whatever a parameter lets through,
// no line ends.
func FuzzFilters(f *testing.F) {
	for _, value := range Hostile {
		f.Add(value)
	}
	wide := goldenpath.Parameter{Type: goldenpath.Text, Most: 200, Pattern: `(?s).*`, Wide: true}
	f.Fuzz(func(t *testing.T, value string) {
		if !utf8.ValidString(value) || len(value) > 5000 {
			t.Skip()
		}
		for _, filter := range goldenpath.Filters {
			if filter == "shell" || filter == "url" && value == "" {
				continue // a shell for each try would take forever; the table has it
			}
			scalar := goldenpath.Filter(filter, value)
			if got, err := parseBack[filter](scalar); err != nil || got != wanted(filter, value) {
				t.Errorf("%s: %q is written %s and read back as %q (%v)", filter, value, scalar, got, err)
			}
		}
		if got, ok := unquoted(goldenpath.Filter("shell", value)); !ok || got != value {
			t.Errorf("shell: %q is read back as %q, one word: %v", value, got, ok)
		}
		if wide.Check(value) == nil && strings.ContainsAny(value, "\n\r\x00\u2028\u202e") {
			t.Errorf("%q is let through", value)
		}
	})
}

// unquoted reads a word of a shell that is made of texts in single quotes and of single
// quotes behind a backslash, as POSIX reads it; ok is false if there is anything else.
func unquoted(word string) (value string, ok bool) {
	for word != "" {
		switch {
		case strings.HasPrefix(word, `\'`):
			value, word = value+"'", word[2:]
		case word[0] == '\'':
			text, rest, closed := strings.Cut(word[1:], "'")
			if !closed {
				return value, false
			}
			value, word = value+text, rest
		default:
			return value, false
		}
	}
	return value, true
}
