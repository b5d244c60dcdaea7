package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// project makes a project with a canary beside it, which must never be read.
func project(t testing.TB) (p *Project, root string) {
	t.Helper()
	above := t.TempDir()
	root = filepath.Join(above, "project")
	put(t, filepath.Join(above, "canary.md"), "CANARY")
	put(t, filepath.Join(above, "outside", "canary.md"), "CANARY")
	put(t, filepath.Join(root, "config.toml"), "title")
	put(t, filepath.Join(root, "content", "index.md"), "home")
	put(t, filepath.Join(root, "content", "guides", "one.md"), "one")
	put(t, filepath.Join(root, ".git", "config"), "token")
	p, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p, root
}

func put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func kindOf(err error) string {
	if err == nil {
		return "none"
	}
	var problem Problem
	if !errors.As(err, &problem) {
		return fmt.Sprintf("not a Problem: %v", err)
	}
	return problem.Kind.String()
}

func paths(entries []Entry) (paths []string) {
	for _, entry := range entries {
		paths = append(paths, entry.Path)
	}
	return paths
}

func TestList(t *testing.T) {
	p, root := project(t)
	put(t, filepath.Join(root, "content", "guides-b.md"), "sorts before guides/")
	put(t, filepath.Join(root, "content", "_draft", "x.md"), "left alone")

	entries, problems := p.List([]string{"content", "config.toml", "content/guides", "not-there"}, func(path string, folder bool) bool {
		return folder && strings.HasPrefix(filepath.Base(path), "_")
	})
	want := []string{"config.toml", "content/guides-b.md", "content/guides/one.md", "content/index.md"}
	if got := paths(entries); !slices.Equal(got, want) || len(problems) > 0 {
		t.Errorf("got %v, %v, want %v", got, problems, want)
	}
	info, _ := os.Stat(filepath.Join(root, "config.toml"))
	if e := entries[0]; e.Size != 5 || !e.Modified.Equal(info.ModTime()) || e.Link || e.Inode != inode(info) {
		t.Errorf("%+v", e)
	}
	if one, err := p.Stat("config.toml"); err != nil || one != entries[0] {
		t.Errorf("Stat says %+v, %v", one, err)
	}

	entries, _ = p.List(nil, nil)
	if got := paths(entries); !slices.Contains(got, ".git/config") || !slices.Contains(got, "content/_draft/x.md") {
		t.Errorf("without skip everything is handed on: %v", got)
	}
}

func TestReadWithinTheLimit(t *testing.T) {
	p, root := project(t)
	put(t, filepath.Join(root, "ten"), "0123456789")
	put(t, filepath.Join(root, "empty"), "")
	for _, test := range []struct {
		name  string
		limit int64
		want  string
		kind  string
	}{
		{"ten", 0, "0123456789", "none"},
		{"ten", 10, "0123456789", "none"},
		{"ten", 9, "", TooLarge.String()},
		{"empty", 1, "", "none"},
		{"missing", 1, "", Missing.String()},
		{"ten/below", 1, "", Missing.String()},
		{"content", 1, "", NotRegular.String()},
		{".", 1, "", NotRegular.String()},
	} {
		got, err := p.Read(test.name, test.limit)
		if string(got) != test.want || kindOf(err) != test.kind {
			t.Errorf("%s, at most %d: got %q, %v, want %q, %s", test.name, test.limit, got, err, test.want, test.kind)
		}
	}
	// A file without an end is stopped by the limit, though it says that its size is 0.
	if _, err := readAll(endless{}, "endless", 0, 1<<20); kindOf(err) != TooLarge.String() {
		t.Errorf("endless: %v", err)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

func TestPathsThatLeadOutside(t *testing.T) {
	p, root := project(t)
	for name, want := range map[string]Kind{
		"../canary.md": Outside, "content/../../canary.md": Outside, "..": Outside, "/etc/passwd": Outside,
		`..\canary.md`: BadName, `..//..\x`: Outside, filepath.ToSlash(root) + "/config.toml": Outside,
		"": BadName, "content//index.md": BadName, "./config.toml": BadName, "content/": BadName,
		"content/./index.md": BadName, "content/guides/../index.md": BadName, "a\x00b": BadName,
	} {
		if got, err := p.Read(name, 0); kindOf(err) != want.String() || got != nil {
			t.Errorf("%q: got %q, %v, want %v", name, got, err, want)
		}
	}
}

func TestSymbolicLinks(t *testing.T) {
	p, root := project(t)
	above := filepath.Dir(root)
	link := func(target, name string) {
		t.Helper()
		put(t, filepath.Join(root, name), "")
		os.Remove(filepath.Join(root, name))
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Skip(err)
		}
	}
	none := Kind(-1)
	cases := map[string]struct {
		target string
		want   Kind
	}{
		"content/l/same":         {"../index.md", none},
		"content/l/deeper":       {"../guides/one.md", none},
		"content/l/root":         {"../../config.toml", none},
		"content/l/chain":        {"same", none},
		"content/l/around":       {"../../../project/config.toml", Outside}, // out and in again
		"content/l/up":           {"../../../canary.md", Outside},
		"content/l/absolute":     {filepath.Join(above, "canary.md"), Outside},
		"content/l/absolute-in":  {filepath.Join(root, "config.toml"), Outside},
		"content/l/chain-out":    {"up", Outside},
		"content/l/far-up":       {strings.Repeat("../", 60) + "etc/passwd", Outside},
		"content/l/dangling":     {"nowhere.md", Missing},
		"content/l/self":         {"self", Cycle},
		"content/l/ping":         {"pong", Cycle},
		"content/l/pong":         {"ping", Cycle},
		"content/l/folder":       {"../guides", LinkedFolder},
		"content/l/folder-out":   {"../../../outside", Outside},
		"content/l/the-project":  {"../..", LinkedFolder},
		"content/l/git":          {"../../.git/config", Hidden},
		"content/l/git-folder":   {"../../.git", Hidden},
		"content/l/through":      {"folder/one.md", none}, // a file inside, after all
		"content/l/through-out":  {"folder-out/canary.md", Outside},
		"content/l/through-file": {"../index.md/x", Missing},
		"content/l/slash":        {"../../outside-slash/", Missing},
	}
	for name, c := range cases {
		link(c.target, name)
	}
	// 40 links in a row are followed, 41 are not.
	link("../../config.toml", "content/c/00")
	for i := 1; i < 41; i++ {
		link(fmt.Sprintf("%02d", i-1), fmt.Sprintf("content/c/%02d", i))
	}
	cases["content/c/39"] = struct {
		target string
		want   Kind
	}{"38", none}
	cases["content/c/40"] = struct {
		target string
		want   Kind
	}{"39", Cycle}

	entries, problems := p.List(nil, nil)
	listed := map[string]string{}
	for _, entry := range entries {
		listed[entry.Path] = none.string()
		if _, isLink := cases[entry.Path]; isLink != entry.Link && !strings.HasPrefix(entry.Path, "content/c/") {
			t.Errorf("%s: Link is %v", entry.Path, entry.Link)
		}
	}
	for _, problem := range problems {
		listed[problem.Path] = problem.Kind.string()
	}
	for name, c := range cases {
		got, err := p.Read(name, 0)
		switch {
		case strings.Contains(string(got), "CANARY") || strings.Contains(string(got), "token"):
			t.Fatalf("%s -> %s: a secret was read", name, c.target)
		case c.want == none && (err != nil || len(got) == 0), c.want != none && kindOf(err) != c.want.String():
			t.Errorf("%s -> %s: got %q, %v, want %s", name, c.target, got, err, c.want.string())
		}
		if listed[name] != c.want.string() {
			t.Errorf("%s -> %s: listed as %q, want %q", name, c.target, listed[name], c.want.string())
		}
	}

	// A link anywhere on the way is not followed, wherever it leads.
	for name, want := range map[string]Kind{
		"content/l/folder/one.md":           LinkedFolder,
		"content/l/folder-out/canary.md":    Outside,
		"content/l/the-project/config.toml": LinkedFolder,
		"content/l/git-folder/config":       Hidden,
		"content/l/self/x":                  Cycle,
		"content/l/same/x":                  LinkedFolder, // to a file: no folder either
	} {
		if got, err := p.Read(name, 0); kindOf(err) != want.String() {
			t.Errorf("%s: got %q, %v, want %v", name, got, err, want)
		}
		if _, err := p.Stat(name); kindOf(err) != want.String() {
			t.Errorf("Stat %s: got %v, want %v", name, err, want)
		}
	}
	entries, problems = p.List([]string{"content/l/folder", "content/l/folder/one.md", "content/l/same"}, nil)
	if got := paths(entries); !slices.Equal(got, []string{"content/l/same"}) || len(problems) != 2 {
		t.Errorf("got %v, %v", got, problems)
	}
}

// string is String, also of no kind at all.
func (k Kind) string() string {
	if k < 0 {
		return "none"
	}
	return k.String()
}

func TestNames(t *testing.T) {
	good := []string{"a", "index.md", "café.md", "日本.md", "a b.md", ".well-known", "_headers", "com", "com10", "console.md", "a-con", "lpt¹x"}
	bad := []string{
		"", ".", "..", "a/b", `a\b`, "a\nb", "a\x00", "a\tb", "a\x7f", "\xff.md", "caf\xe9.md", "dot.", "space ", "a:b", "a?", "a*", `a"b`, "a<", "a>", "a|b",
		"con", "CON.md", "nul.tar.gz", "com1", "COM1.txt", "lpt9.x", "com¹", "aux .md", "conin$", "a\u202egpj.md", "a\u200bb",
	}
	for _, name := range good {
		if err := CheckName(name); err != nil {
			t.Errorf("%q is refused: %v", name, err)
		}
	}
	for _, name := range bad {
		if err := CheckName(name); err == nil {
			t.Errorf("%q is let through", name)
		}
	}
}

func TestTooDeep(t *testing.T) {
	p, root := project(t)
	put(t, filepath.Join(root, strings.Repeat("d/", mostDepth), "x.md"), "deep")
	put(t, filepath.Join(root, strings.Repeat("d/", mostDepth+1), "y.md"), "too deep")
	entries, problems := p.List([]string{"d"}, nil)
	if len(entries) != 1 || len(problems) != 1 || problems[0].Kind != TooDeep {
		t.Errorf("got %d entries, %v", len(entries), problems)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"config.toml", "../canary.md", "content/../..", "a\\b", "content/link", "\xff", "content//x", "con"} {
		f.Add(name)
	}
	p, root := project(f)
	os.Symlink("../../canary.md", filepath.Join(root, "content", "link"))
	f.Fuzz(func(t *testing.T, name string) {
		data, err := p.Read(name, 1<<20)
		if strings.Contains(string(data), "CANARY") {
			t.Errorf("%q read a file outside", name)
		}
		if err != nil && strings.HasPrefix(kindOf(err), "not") && !strings.HasPrefix(kindOf(err), NotRegular.String()) {
			t.Errorf("%q: %v", name, kindOf(err))
		}
		if err != nil && strings.ContainsAny(err.Error(), "\n\x00\x1b") {
			t.Errorf("the message would break its line: %q", err)
		}
	})
}

// BenchmarkProject lists, and reads, 10,000 files.
func BenchmarkProject(b *testing.B) {
	p, root := project(b)
	for i := range 10_000 {
		put(b, filepath.Join(root, "content", fmt.Sprintf("section-%d/page-%d.md", i%100, i)), strings.Repeat("text ", 500))
	}
	var entries []Entry
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			entries, _ = p.List([]string{"content"}, nil)
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			for _, entry := range entries {
				if _, err := p.Read(entry.Path, 8<<20); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// What List found is read, and nothing else that has taken its place since: then the way
// to it is looked at anew.
func TestReadEntry(t *testing.T) {
	p, root := project(t)
	entries, _ := p.List([]string{"content/guides"}, nil)
	if len(entries) != 1 {
		t.Fatal(entries)
	}
	want := func(text, kind string) {
		t.Helper()
		data, err := p.ReadEntry(entries[0], 100)
		if string(data) != text || kindOf(err) != kind {
			t.Errorf("got %q, %s; want %q, %s", data, kindOf(err), text, kind)
		}
	}
	name := filepath.Join(root, "content", "guides", "one.md")
	want("one", "none")
	put(t, name, "another text")
	want("another text", "none")
	if data, err := p.ReadEntry(entries[0], 5); kindOf(err) != TooLarge.String() {
		t.Errorf("got %q, %v", data, err)
	}
	os.Remove(name)
	want("", Missing.String())
	put(t, name+".new", "new")
	os.Rename(name+".new", name)
	want("new", "none")
	os.Remove(name)
	if err := os.Symlink(filepath.Join(root, "..", "canary.md"), name); err != nil {
		t.Skip(err)
	}
	want("", Outside.String())
	os.RemoveAll(filepath.Join(root, "content", "guides"))
	os.Symlink(filepath.Join(root, "..", "outside"), filepath.Join(root, "content", "guides"))
	put(t, filepath.Join(root, "..", "outside", "one.md"), "CANARY")
	want("", Outside.String())
	os.Remove(filepath.Join(root, "content", "guides"))
	put(t, filepath.Join(root, ".git", "one.md"), "token")
	os.Symlink("../.git", filepath.Join(root, "content", "guides"))
	want("", Hidden.String())
}
