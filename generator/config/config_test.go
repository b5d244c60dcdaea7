package config

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"cairn/generator/diag"
	"cairn/generator/golden"
)

// TestCases parses config.toml of each case, and compares the settings and the faults.
func TestCases(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		in := archive.Files[0]
		c, faults := Parse(diag.NewFile(in.Name, in.Data))
		settings, err := json.MarshalIndent(c, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		var printed bytes.Buffer
		if err := diag.Print(&printed, faults, diag.Text, diag.PrintOptions{}); err != nil {
			t.Fatal(err)
		}
		archive.Files = []txtar.File{in, {Name: "settings", Data: append(settings, '\n')}, {Name: "faults", Data: printed.Bytes()}}
		return archive
	})
}

// TestDefault: a config that says no more than its title has the defaults.
func TestDefault(t *testing.T) {
	c, faults := Parse(diag.NewFile("config.toml", []byte(`title = "t"`)))
	want := Default()
	want.Title = "t"
	if diff := cmp.Diff(want, c); diff != "" || len(faults) > 0 {
		t.Errorf("%s%v", diff, faults)
	}
}

func TestOutput(t *testing.T) {
	for written, want := range map[string]string{
		"public": "public", "public/": "public", "./public": "public", "a/b": "a/b", "a/../b": "b", "contents": "contents",
		"": "", ".": "", "..": "", "../public": "", "a/../../b": "", "/srv/www": "", "content": "", "Content": "", "content.": "",
		"content/x": "", "./content": "", "x/../content": "", "assessment": "", "themes/default": "", ".cairn": "", ".cairn/x": "",
		".git": "", "config.toml": "", `C:\www`: "", "a\\b": "", "a\nb": "", "./": "", "a/..": "",
	} {
		got, ok := outputFolder(written)
		if ok != (want != "") || ok && got != want {
			t.Errorf("outputFolder(%q) = %q, %v", written, got, ok)
		}
	}
}

func TestBaseURL(t *testing.T) {
	for written, want := range map[string]string{
		"https://example.org": "https://example.org/", "http://EXAMPLE.org/a": "http://example.org/a/",
		"https://example.org/a//": "https://example.org/a/", "HTTPS://example.org:8080/": "https://example.org:8080/",
		"https://example.org/ä b": "https://example.org/%C3%A4%20b/",
		"example.org":             "", "ftp://example.org/": "", "https://": "", "https:///a": "", "https://:80/": "", "//example.org/": "",
		"https://example.org/?": "", "https://example.org/?a=b": "", "https://example.org/#": "", "https://u:p@example.org/": "",
		"javascript:alert(1)": "", "https://exa mple.org/": "", "https://example.org\\x": "",
	} {
		got, ok := baseURL(written)
		if ok != (want != "") || ok && got != want {
			t.Errorf("baseURL(%q) = %q, %v", written, got, ok)
		}
	}
}

func TestLanguageTag(t *testing.T) {
	for tag, want := range map[string]bool{
		"en": true, "en-GB": true, "pt-BR": true, "zh-Hant-TW": true, "es-419": true, "gsw": true, "sl-rozaj": true,
		"": false, "English": false, "en_GB": false, "e": false, "en-": false, "en GB": false, "en-GB\n": false,
	} {
		if got := languageTag.MatchString(tag); got != want {
			t.Errorf("%q: %v", tag, got)
		}
	}
}

// FuzzConfig: whatever the text, parsing ends, is the same twice, and the output is
// never a folder of the inputs.
func FuzzConfig(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 64<<10 {
			return
		}
		file := diag.NewFile("config.toml", []byte(text))
		c, faults := Parse(file)
		again, more := Parse(file)
		if diff := cmp.Diff(c, again) + cmp.Diff(faults, more); diff != "" {
			t.Fatalf("two readings differ: %s", diff)
		}
		if c == nil {
			if len(faults) == 0 {
				t.Fatal("no settings and no reason")
			}
			return
		}
		if !filepath.IsLocal(c.Output) || c.Output == "." || strings.HasPrefix(strings.ToLower(c.Output+"/"), "content/") {
			t.Fatalf("output %q", c.Output)
		}
		if c.BaseURL != "" && !strings.HasSuffix(c.BaseURL, "/") {
			t.Fatalf("base-url %q", c.BaseURL)
		}
	})
}
