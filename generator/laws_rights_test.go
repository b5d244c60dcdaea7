//go:build unix

package generator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A project of which this account may not read or write everything: the program says
// what, publishes nothing by halves, and does not fall over. Root may read everything,
// so root runs the program as nobody.
func TestWithoutRights(t *testing.T) {
	for name, c := range map[string]struct {
		mode    map[string]os.FileMode // of files and folders of the project
		foreign []string               // what belongs to another account
		first   bool                   // build once before
		command string
		code    int
		says    []string // among what is printed
		output  bool     // whether a site is there in the end
	}{
		"a folder and a file of content": {
			mode:    map[string]os.FileMode{"content/guides": 0, "content/secret.md": 0, "content/tables/secret.toml": 0, "assessment/ready.toml": 0},
			command: "build", code: 1,
			says: []string{
				"content/guides: error: there is no right to read this [read/denied]",
				"content/secret.md: error: there is no right to read this [read/denied]",
				"content/tables/secret.toml: error: there is no right to read this [read/denied]",
				"assessment/ready.toml: error: there is no right to read this [read/denied]",
				"nothing is published",
			},
		},
		"checked": {
			mode:    map[string]os.FileMode{"content/guides": 0, "content/secret.md": 0},
			command: "check", code: 1,
			says: []string{"content/guides: error: there is no right to read this [read/denied]", "content/secret.md: error: there is no right to read this [read/denied]"},
		},
		"a folder that can be listed, not entered": {
			mode:    map[string]os.FileMode{"content/tables": 0o444},
			command: "build", code: 1,
			says: []string{"content/tables: error: there is no right to read this [read/denied]"},
		},
		"a folder that can be entered, not listed": {
			mode:    map[string]os.FileMode{"content/tables": 0o111},
			command: "build", code: 1,
			says: []string{"content/tables: error: there is no right to read this [read/denied]"},
		},
		"an image": {
			mode:    map[string]os.FileMode{"content/secret.png": 0},
			command: "build", code: 1,
			says: []string{"content/secret.png: error: there is no right to read this [read/denied]"},
		},
		"with a site from before": {
			mode: map[string]os.FileMode{"content/secret.md": 0}, first: true,
			command: "build", code: 1,
			says:   []string{"content/secret.md: error: there is no right to read this [read/denied]"},
			output: true,
		},
		"all of content": {
			mode:    map[string]os.FileMode{"content": 0},
			command: "build", code: 1,
			says: []string{"content: error: there is no right to read this [read/denied]"},
		},
		"the config": {
			mode:    map[string]os.FileMode{"config.toml": 0},
			command: "build", code: 1,
			says: []string{"config.toml: error: there is no right to read this [read/denied]"},
		},
		"the theme": {
			mode:    map[string]os.FileMode{"themes/own/style.css": 0, "themes/own/templates": 0},
			command: "build", code: 1,
			says: []string{"themes/own/style.css: error: there is no right to read this [read/denied]", "themes/own/templates: error: there is no right to read this [read/denied]"},
		},
		"what is remembered": {
			mode: map[string]os.FileMode{".cairn/memory": 0}, first: true,
			command: "build", output: true,
		},
		"the project itself": {
			mode:    map[string]os.FileMode{".": 0},
			command: "build", code: 3,
			says: []string{"permission denied"},
		},
		"a project to be read only, checked": {
			foreign: []string{"."},
			command: "check",
		},
		"a project to be read only, built": {
			foreign: []string{"."},
			command: "build", code: 3,
			says: []string{"permission denied"},
		},
		"an output to be read only": {
			foreign: []string{"public", "public/guides", "public/index.html"}, first: true,
			command: "build", output: true,
		},
		"an output that cannot be read": {
			mode: map[string]os.FileMode{"public/guides": 0}, first: true,
			command: "build", code: 3, output: true,
			says: []string{"permission denied"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := filepath.Join(openFolder(t), "project")
			site := goldenSite(t, "plain")
			site["config.toml"] = file{text: "theme = \"own\"\n" + site["config.toml"].text}
			site["themes/own/style.css"] = file{text: styles[0]}
			site["themes/own/templates/notfound.html"] = file{text: templates[0]}
			for _, name := range []string{"content/secret.md", "content/tables/secret.toml", "content/secret.png"} {
				site[name] = file{text: outside["outside/"+filepath.Base(name)]}
			}
			site["content/picture.md"] = file{text: "---\ntitle: Picture\n---\n\n![A secret](secret.png)\n"}
			for name, f := range site {
				put(t, root, name, f)
			}
			must(t, filepath.Walk(filepath.Dir(root), func(name string, _ os.FileInfo, err error) error { return owned(name, err) }))
			if c.first {
				if said := asNobody(t, root, "build"); said.code != 0 {
					t.Fatal(said)
				}
			}
			before := published(t, filepath.Join(root, "public"))
			for _, name := range c.foreign {
				if os.Getuid() == 0 {
					must(t, os.Chown(filepath.Join(root, name), 0, 0))
				} else if info, err := os.Stat(filepath.Join(root, name)); err == nil {
					must(t, os.Chmod(filepath.Join(root, name), info.Mode()&^0o222))
				}
			}
			for name, mode := range c.mode {
				must(t, os.Chmod(filepath.Join(root, name), mode))
				t.Cleanup(func() { os.Chmod(filepath.Join(root, name), 0o755) })
			}

			said := asNobody(t, root, c.command)
			printed := said.String()
			if said.code != c.code {
				t.Errorf("exit code %d, wanted %d", said.code, c.code)
			}
			for _, wanted := range c.says {
				if !strings.Contains(printed, wanted) {
					t.Errorf("it does not say: %s", wanted)
				}
			}
			if strings.Contains(printed, "panic") || strings.Contains(printed, "goroutine ") || strings.Contains(printed, canary) {
				t.Error("it fell over, or gave something away")
			}
			for name := range c.mode {
				must(t, os.Chmod(filepath.Join(root, name), 0o755))
			}
			after := published(t, filepath.Join(root, "public"))
			if c.output {
				sameFiles(t, "the site", before, after)
			} else if len(after) > 0 {
				t.Errorf("published: %v", sortedNames(after))
			}
			if t.Failed() {
				t.Logf("it printed:\n%s", printed)
			}
		})
	}
}

// owned gives a file to the account that the program is run as.
func owned(name string, err error) error {
	if err == nil && os.Getuid() == 0 {
		err = os.Lchown(name, nobody, nobody)
	}
	return err
}

func asNobody(t *testing.T, root, command string) said {
	t.Helper()
	cmd := exec.Command(program(t), command, "--root", root)
	cmd.Dir, cmd.Env = "/", []string{"PATH=/usr/bin:/bin"}
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	said := run(t, cmd)
	said.out, said.err = strings.ReplaceAll(said.out, root+"/", ""), strings.ReplaceAll(said.err, root+"/", "")
	return said
}
