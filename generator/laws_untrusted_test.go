//go:build unix

package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"cairn/generator"
	"cairn/generator/diag"
)

// Law 6: content is not trusted. Whoever can send a guide, a table or a symbolic link
// must not get at a file that is not the site's. So everything that is not the site's
// holds a canary, and nothing that cairn writes, shows or prints may hold one.
const canary = "canary-7d1c0e"

// outside is what lies beside the project; hidden is in it, and not for publishing.
// Each file would be a faultless part of the site, were it in its place.
var (
	outside = map[string]string{
		"outside/secret.md":                    "---\ntitle: " + canary + "\n---\n\n" + canary + "\n",
		"outside/secret.toml":                  "title = \"" + canary + "\"\n[[column]]\nid = \"role\"\ntitle = \"" + canary + "\"\ntype = \"text\"\n[[row]]\nrole = \"" + canary + "\"\nown = true\n",
		"outside/secret.png":                   canary,
		"outside/secret.json":                  `{"assessment": "` + canary + `", "version": 1, "questions": []}`,
		"outside/secret.html":                  "<p>" + canary,
		"outside/secret.css":                   "a::before { content: '" + canary + "' }",
		"outside/secret.ts":                    "document.title = '" + canary + "'",
		"outside/folder/index.md":              "---\ntitle: " + canary + "\n---\n",
		"outside/folder/_note.md":              canary,
		"outside/folder/secret.toml":           "title = \"" + canary + "\"\n",
		"outside/folder/secret.png":            canary,
		"outside/folder/style.css":             "a::before { content: '" + canary + "' }",
		"outside/folder/templates/guide.html":  "<p>" + canary,
		"outside/folder/client/main.ts":        "document.title = '" + canary + "'",
		"outside/folder/default/style.css":     "a::before { content: '" + canary + "' }",
		"outside/folder/released/ready-1.json": `{"assessment": "` + canary + `", "version": 1, "questions": []}`,
		"tsconfig.json":                        `{"extends": "./outside/` + canary + `.json"}`,
		"package.json":                         `{"name": "` + canary + `"}`,
	}
	hidden = map[string]string{
		".git/config":                "[remote]\nurl = https://" + canary + "@example.org\n",
		".git/HEAD":                  "ref: " + canary + "\n",
		".env":                       "PASSWORD=" + canary + "\n",
		"content/.secret.png":        canary,
		"content/.secret.md":         "---\ntitle: " + canary + "\n---\n",
		"content/.secret/index.md":   "---\ntitle: " + canary + "\n---\n",
		"content/.secret/note.md":    canary,
		"content/guides/hiring.md~":  canary,
		"content/guides/#hiring.md#": canary,
		"assessment/.secret.toml":    "id = \"" + canary + "\"\n",
	}
)

// fortress writes a project with everything around it, and returns its folder.
func fortress(t *testing.T, above string, site map[string]file) string {
	t.Helper()
	root := filepath.Join(above, "project")
	for name, f := range site {
		put(t, root, name, f)
	}
	for name, text := range hidden {
		put(t, root, name, file{text: text})
	}
	for name, text := range outside {
		put(t, above, name, file{text: text})
	}
	return root
}

// holds is where law 6 is held: nothing is given away, nothing is written outside.
func holds(t *testing.T, above, root string) diag.List {
	t.Helper()
	faults, breaches := everything(t, above, root)
	for _, breach := range breaches {
		t.Error(breach)
	}
	return faults
}

// everything that cairn does with a project is done: it is built, and every page is
// shown in a preview, which shows it with faults, too. (Check does what Build does, by
// law 3.) It returns the diagnostics, and what was given away or written where it must not.
func everything(t *testing.T, above, root string) (faults diag.List, breaches []string) {
	t.Helper()
	breach := func(format string, values ...any) { breaches = append(breaches, fmt.Sprintf(format, values...)) }
	ctx := context.Background()
	before := published(t, above)
	o := remembering(root)
	report, built, err := generator.Build(ctx, o)
	var shown bytes.Buffer
	for _, format := range diag.Formats() {
		must(t, diag.Print(&shown, built, format, diag.PrintOptions{}))
	}
	fmt.Fprintln(&shown, err)
	if preview, err := generator.NewPreview(o); err == nil {
		_, faults, err := preview.Refresh(ctx)
		fmt.Fprintln(&shown, faults, err)
		if site := preview.Site(); site != nil {
			for name, output := range site.Outputs {
				data, err := output.Make()
				fmt.Fprintln(&shown, name, string(data), err)
			}
		}
		preview.Close()
	}
	if at := strings.Index(shown.String(), canary); at >= 0 {
		breach("a canary was shown: …%s", shown.String()[max(0, at-200):at+len(canary)])
	}
	if report != nil && built.HasErrors() {
		breach("published with errors:\n%v", built)
	}

	after := published(t, above)
	for name, text := range after {
		had, there := before[name]
		switch {
		case there && had == text:
		case !cairns(name):
			breach("written outside of the output: %s", name)
		case strings.Contains(text, canary):
			breach("a canary was written to %s", name)
		}
	}
	for name := range before {
		if _, there := after[name]; !there && !cairns(name) {
			breach("removed: %s", name)
		}
	}
	return built, breaches
}

// cairns tells whether a path beside the project's is one that cairn may write.
func cairns(name string) bool {
	inside, isInside := strings.CutPrefix(name, "project/")
	first, _, _ := strings.Cut(inside, "/")
	return isInside && (first == "public" || first == ".cairn" || strings.HasPrefix(first, ".public.cairn-"))
}

// A canary that is let in is found: in what is shown, written and printed.
func TestCanariesAreFound(t *testing.T) {
	for name, want := range map[string]int{"content/guides/x.md": 3, "content/guides/hiring.md": 1} {
		above := t.TempDir()
		root := fortress(t, above, goldenSite(t, "plain"))
		put(t, root, name, file{text: outside["outside/secret.md"]})
		if _, breaches := everything(t, above, root); len(breaches) < want {
			t.Errorf("%s: only %q", name, breaches)
		}
	}
}

// Every place of a project where cairn reads or writes.
var places = []string{
	"config.toml",
	"content", "content/guides", "content/guides/linked.md", "content/guides/_note.md", "content/tables/linked.toml", "content/sources.toml", "content/linked.png", "content/linked",
	"assessment", "assessment/linked.toml", "assessment/released", "assessment/released/ready-1.json",
	"themes", "themes/own", "themes/own/templates", "themes/own/templates/guide.html", "themes/own/style.css", "themes/own/client", "themes/own/client/main.ts",
	".cairn", ".cairn/memory", ".cairn/lock", ".cairn/.gitignore", ".cairn/memory/x.pack", ".cairn/memory/temp-x.pack",
	"public", "public/.cairn-manifest", "public/index.html", "public/guides", "public/assets", ".public.cairn-1", ".public.cairn-1/.cairn-staging",
}

// What a link may lead to. UP is the way from the link to the folder above the
// project, ROOT the same as an absolute path, EXT the ending of the link's own name.
var targets = map[string]string{
	"a file outside":                   "UPoutside/secretEXT",
	"a file outside, absolute":         "ROOT/outside/secretEXT",
	"a folder outside":                 "UPoutside/folder",
	"a folder outside, absolute":       "ROOT/outside/folder",
	"nothing outside":                  "UPoutside/made-by-cairnEXT",
	"nothing outside, absolute":        "ROOT/outside/made-by-cairnEXT",
	"outside and back in":              "UPproject/content/.secret.md",
	"a hidden file":                    "UPproject/.git/config",
	"a hidden file, by another link":   "UPproject/.git/link",
	"a chain of links, then outside":   "UPproject/links/40EXT",
	"too many links":                   "UPproject/links/45EXT",
	"itself":                           "SELF",
	"the folder above":                 "UP",
	"the environment of the process":   "/proc/self/environ",
	"the working folder of the system": "/proc/self/cwd",
	"a file without end":               "/dev/zero",
}

// A symbolic link in any place, to anything, gives nothing away and lets nothing be
// written through it.
func TestLinksGiveNothingAway(t *testing.T) {
	skipShort(t)
	base := goldenSite(t, "plain")
	for name, text := range map[string]string{
		"content/linked.png":         "an image",
		"content/guides/linked.md":   "---\ntitle: Linked\n---\n",
		"content/guides/_note.md":    "A note.\n",
		"content/tables/linked.toml": tableTexts[0],
		"content/guides/user.md":     "---\ntitle: User\n---\n\n![An image](../linked.png) [linked](linked.md) [linked](../tables/linked.toml)\n\n::include{file=\"_note.md\"}\n",
	} {
		base[name] = file{text: text}
	}
	own := maps.Clone(base)
	own["config.toml"] = file{text: "theme = \"own\"\n" + base["config.toml"].text}
	own["themes/own/templates/notfound.html"] = file{text: templates[0]}
	for _, place := range places {
		t.Run(strings.ReplaceAll(place, "/", " "), func(t *testing.T) {
			t.Parallel()
			site := base
			if strings.HasPrefix(place, "themes") {
				site = own
			}
			above := t.TempDir()
			root := fortress(t, above, site)
			linkChain(t, root, path.Ext(place))
			befores := []string{"a site is published"}
			if strings.Contains(place, "public") {
				befores = append(befores, "nothing is published")
			}
			for _, before := range befores {
				for what, target := range targets {
					if len(befores) > 1 {
						must(t, os.RemoveAll(filepath.Join(root, "public")))
					}
					if _, err := os.Lstat(filepath.Join(root, "public")); err != nil && before == "a site is published" {
						if report, faults, err := generator.Build(context.Background(), remembering(root)); report == nil {
							t.Fatal(faults, err)
						}
					}
					link(t, above, root, place, target)
					holds(t, above, root)
					if t.Failed() {
						t.Fatalf("by %s, a link to %s, when %s", place, what, before)
					}
					restore(t, root, place, site)
				}
			}
		})
	}
}

// restore puts back what a link took the place of.
func restore(t *testing.T, root, place string, site map[string]file) {
	t.Helper()
	must(t, os.RemoveAll(filepath.Join(root, place)))
	below := func(name string) bool { return name == place || strings.HasPrefix(name, place+"/") }
	for name, f := range site {
		if below(name) {
			put(t, root, name, f)
		}
	}
	for name, text := range hidden {
		if below(name) {
			put(t, root, name, file{text: text})
		}
	}
}

// linkChain makes links that lead to one another, and in the end outside.
func linkChain(t *testing.T, root, ext string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Join(root, "links"), 0o755))
	next := "../../outside/secret" + ext
	for i := 1; i <= 45; i++ {
		name := fmt.Sprintf("%d%s", i, ext)
		must(t, os.Symlink(next, filepath.Join(root, "links", name)))
		next = name
	}
	must(t, os.Symlink("config", filepath.Join(root, ".git/link")))
}

// link puts a link in the place of whatever is there.
func link(t *testing.T, above, root, place, target string) {
	t.Helper()
	ext := path.Ext(place)
	if strings.HasPrefix(path.Base(place), ".") || outside["outside/secret"+ext] == "" {
		ext = ".md"
	}
	target = strings.NewReplacer("UP", strings.Repeat("../", strings.Count(place, "/")+1), "ROOT", above, "EXT", ext, "SELF", path.Base(place)).Replace(target)
	full := filepath.Join(root, filepath.FromSlash(place))
	must(t, os.RemoveAll(full))
	must(t, os.MkdirAll(filepath.Dir(full), 0o755))
	must(t, os.Symlink(target, full))
}

// What content can write to get at a file. Each is a file of the project, which may
// replace one; PATH stands for the wanted file as seen from content/guides.
var references = map[string]file{
	"a link":                       {text: "content/guides/x.md\n---\ntitle: X\n---\n[x](PATH)\n"},
	"a link by reference":          {text: "content/guides/x.md\n---\ntitle: X\n---\n[x]\n\n[x]: <PATH>\n"},
	"an image":                     {text: "content/guides/x.md\n---\ntitle: X\n---\n![x](PATH)\n"},
	"an include":                   {text: "content/guides/x.md\n---\ntitle: X\n---\n::include{file=\"PATH\"}\n"},
	"a table":                      {text: "content/guides/x.md\n---\ntitle: X\n---\n::table{file=\"PATH\"}\n"},
	"an assessment":                {text: "content/guides/x.md\n---\ntitle: X\n---\n::assessment{file=\"PATH\"}\n"},
	"an include in an include":     {text: "content/guides/_x.md\n::include{file=\"PATH\"}\n"},
	"a picture":                    {text: "content/guides/x.md\n---\ntitle: X\nimage: \"PATH\"\ndarkImage: \"PATH\"\n---\n"},
	"a slug":                       {text: "content/guides/x.md\n---\ntitle: X\nslug: \"PATH\"\naliases: [\"PATH\"]\n---\n"},
	"a note of a table":            {text: "content/guides/x.toml\ntitle = \"X\"\nnote = \"![x](PATH)\"\n[[column]]\nid = \"a\"\ntitle = \"A\"\ntype = \"text\"\n"},
	"a source":                     {text: "content/sources.toml\n[[source]]\nid = \"acme\"\ntitle = \"X\"\nurl = \"PATH\"\ndate = \"not stated\"\nevidence = \"survey\"\n"},
	"a guide of a questionnaire":   {text: "assessment/x.toml\nid = \"x\"\nversion = 1\ntitle = \"X\"\nintroduction = \"![x](PATH)\"\n[[level]]\nnumber = 0\nname = \"No\"\n[[dimension]]\nid = \"a\"\ntitle = \"A\"\nguide = \"PATH\"\n"},
	"a released version":           {text: "assessment/released/PATH\n{}"},
	"a menu":                       {text: "config.toml\ntitle = \"X\"\n[[menu]]\ntitle = \"X\"\npage = \"PATH\"\n"},
	"a theme's name":               {text: "config.toml\ntitle = \"X\"\ntheme = \"PATH\"\n"},
	"an import of a script":        {text: "themes/own/client/main.ts\nimport 'PATH'\nimport x from 'PATH'\nx()\n"},
	"a reference path of a script": {text: "themes/own/client/main.ts\n/// <reference path=\"PATH\" />\n//# sourceMappingURL=PATH\nimport('PATH')\n"},
	"an import of a style":         {text: "themes/own/style.css\n@import \"PATH\";\n@import url(PATH);\na { background: url(PATH) }\n"},
	"a template":                   {text: "themes/own/templates/guide.html\n{{template \"PATH\" .}}"},
}

// The ways to write the path of a file that is not the site's.
func waysTo(above string) []string {
	ways := []string{
		"/etc/hostname", "file:///etc/hostname", "//localhost/etc/hostname", "..", "/", ".", "", "../../..", "%00", "x\x00y",
		"~/secret.md", "C:\\secret.md", "..\\..\\..\\outside\\secret.md", "../../../outside/folder", "/proc/self/environ", "/dev/stdin",
		"../../.git/config", "../../.git/HEAD", "../../.env", "../.secret.png", "../.secret.md", "../.secret", "../.secret/note.md", "hiring.md~", "#hiring.md#", "../../assessment/.secret.toml",
		"../../.git/../.git/config", "./../../content/../.git/config", "%2e%2e/%2e%2e/.git/config", "../../%2egit/config", "../..//.git//config",
	}
	for _, ext := range []string{"md", "toml", "png", "json", "html", "css", "ts"} {
		ways = append(ways, "../../../outside/secret."+ext, above+"/outside/secret."+ext)
	}
	for _, ext := range []string{"md", "png"} {
		ways = append(ways, "/../../outside/secret."+ext, "%2e%2e/%2e%2e/%2e%2e/outside/secret."+ext, "../../../outside/folder/../secret."+ext)
	}
	return ways
}

// No text of an author reaches a file outside the project, or a hidden one.
func TestReferencesGiveNothingAway(t *testing.T) {
	skipShort(t)
	base := goldenSite(t, "plain")
	for what, reference := range references {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			above := t.TempDir()
			root := fortress(t, above, base)
			for _, way := range waysTo(above) {
				name, text, _ := strings.Cut(reference.text, "\n")
				name = path.Clean(strings.ReplaceAll(name, "PATH", path.Base(way)))
				if strings.ContainsAny(name, "\x00") || name == "assessment/released" {
					continue
				}
				before, replaced := base[name]
				put(t, root, name, file{text: strings.ReplaceAll(text, "PATH", way)})
				if strings.HasPrefix(name, "themes/") {
					put(t, root, "config.toml", file{text: "title = \"X\"\ntheme = \"own\"\n"})
				}
				if strings.HasPrefix(path.Base(name), "_") {
					put(t, root, "content/guides/y.md", file{text: "---\ntitle: Y\n---\n::include{file=\"_x.md\"}\n"})
				}
				holds(t, above, root)
				if t.Failed() {
					t.Fatalf("by %q", way)
				}
				must(t, os.Remove(filepath.Join(root, name)))
				if replaced {
					put(t, root, name, before)
				}
			}
		})
	}
}

// A hidden file is not published, whatever refers to it: it is as if it were not there.
func TestHiddenFilesAreNotThere(t *testing.T) {
	for text, want := range map[string]diag.Code{
		"::include{file=\"../../.git/config\"}":                diag.MarkdownBadAttribute,
		"::include{file=\"../.secret/note.md\"}":               diag.LinkMissingInclude,
		"::include{file=\"../.secret.md\"}":                    diag.LinkMissingInclude,
		"![x](../.secret.png)":                                 diag.LinkMissingImage,
		"[x](../.secret.png)":                                  diag.LinkMissingPage,
		"[x](../.secret.md)":                                   diag.LinkMissingPage,
		"[x](../../.git/config)":                               diag.LinkMissingPage,
		"::table{file=\"../../.secret.toml\"}":                 diag.LinkMissingBlock,
		"::assessment{file=\"../../assessment/.secret.toml\"}": diag.LinkMissingBlock,
	} {
		above := t.TempDir()
		site := goldenSite(t, "plain")
		site["content/guides/x.md"] = file{text: "---\ntitle: X\n---\n" + text + "\n"}
		faults := holds(t, above, fortress(t, above, site))
		if len(faults) != 1 || faults[0].Code != want || faults[0].Path != "content/guides/x.md" {
			t.Errorf("%s: wanted one %s, got %v", text, want, faults)
		}
	}
}

// What the process itself knows is in no file it makes either: its environment, its
// account, the folder the project lies in, the machine's name.
func TestProgramGivesNothingAway(t *testing.T) {
	above := openFolder(t)
	root := filepath.Join(above, canary, "project")
	for name, f := range goldenSite(t, "plain") {
		put(t, root, name, f)
	}
	link(t, above, root, "content/guides/environment.md", "/proc/self/environ")
	for _, command := range []string{"check", "build"} {
		if said := givenCanaries(t, root, command); strings.Contains(said.String(), canary) {
			t.Errorf("cairn %s printed a canary:\n%s", command, said)
		}
	}
	must(t, os.Remove(filepath.Join(root, "content/guides/environment.md")))
	said := givenCanaries(t, root, "build")
	if said.code != 0 || strings.Contains(said.String(), canary) {
		t.Errorf("%s", said)
	}
	for _, folder := range []string{"public", ".cairn"} {
		for name, text := range published(t, filepath.Join(root, folder)) {
			if strings.Contains(text, canary) || strings.Contains(text, above) {
				t.Errorf("a canary was written to %s/%s", folder, name)
			}
		}
	}
}

func givenCanaries(t *testing.T, root, command string) said {
	cmd := exec.Command(program(t), command)
	cmd.Dir = root
	for _, name := range []string{"HOME", "USER", "LOGNAME", "HOSTNAME", "PATH", "SECRET", "LANG", "TITLE", "PWD"} {
		cmd.Env = append(cmd.Env, name+"="+canary)
	}
	return run(t, cmd)
}
