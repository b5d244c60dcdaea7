//go:build unix

package generator_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"cairn/generator"

	"github.com/google/go-cmp/cmp"
)

// A machine is all that a build must not depend on.
type machine struct {
	path      string            // of the project, below a temporary folder
	linked    bool              // the project is reached through a symbolic link
	env       []string          // added to an environment that is otherwise empty
	umask     string            // of the process
	reversed  bool              // the files are written in the opposite order
	times     time.Time         // of change, of every file
	elsewhere bool              // the program is started in another folder
	nobody    bool              // as an account without rights, who owns the project
	stray     map[string]string // files in and around the project that are no input
	flags     []string          // of cairn build
	before    []string          // commands run first: "build", "check", "forget" (removes the output)
}

// strays are files that the tools inside cairn might look for.
var strays = map[string]string{
	"../tsconfig.json":            `{"compilerOptions": {"target": "es5", "jsx": "react"}}`,
	"../package.json":             `{"type": "module", "sideEffects": false}`,
	"../.git/config":              "[user]\n",
	"tsconfig.json":               `{"compilerOptions": {"target": "es5", "strict": false}}`,
	"package.json":                `{"type": "module", "browserslist": "ie 6"}`,
	"node_modules/x/package.json": `{}`,
	".browserslistrc":             "ie 6",
	".env":                        "TITLE=x",
	"content/.DS_Store":           "x",
	"content/index.md~":           "---\ntitle: Old\n---\n",
	"content/.index.md.swp":       "x",
	"README.md":                   "# A project",
}

var past, future = time.Unix(86_400, 0), time.Date(2100, 2, 29, 23, 59, 60, 0, time.UTC)

// machines differ in one thing each from the plain one.
var machines = map[string]machine{
	"another path":              {path: "somewhere/else/quite/deep"},
	"a path with spaces":        {path: "my site (2)/the site"},
	"a path beyond ASCII":       {path: "Über/日本/ноль"},
	"a path with signs":         {path: "a%20b#c?d&e'f\"g[h]{i}$j"},
	"a linked project":          {linked: true},
	"east of everything":        {env: []string{"TZ=Pacific/Kiritimati"}},
	"west of everything":        {env: []string{"TZ=Etc/GMT+12"}},
	"a Turkish locale":          {env: []string{"LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "LANGUAGE=tr"}},
	"no locale":                 {env: []string{"LANG=C", "LC_ALL=POSIX"}},
	"a narrow umask":            {umask: "077"},
	"a wide umask":              {umask: "000"},
	"files of the past":         {times: past},
	"files of the future":       {times: future},
	"one processor":             {env: []string{"GOMAXPROCS=1"}},
	"two processors":            {env: []string{"GOMAXPROCS=2"}},
	"eight processors":          {env: []string{"GOMAXPROCS=8"}},
	"files in another order":    {reversed: true},
	"another home":              {env: []string{"HOME=/nonexistent", "XDG_CONFIG_HOME=/nonexistent", "XDG_CACHE_HOME=/nonexistent", "TMPDIR=/nonexistent"}},
	"another folder":            {elsewhere: true},
	"another account":           {nobody: true},
	"a rich environment":        {env: []string{"SOURCE_DATE_EPOCH=1", "NODE_ENV=production", "CI=true", "ESBUILD_BINARY_PATH=/nonexistent", "NODE_PATH=/tmp", "USER=x", "HOSTNAME=y", "TERM=dumb", "NO_COLOR=1"}},
	"stray files":               {stray: strays},
	"without memory":            {flags: []string{"--no-memory"}},
	"a memory that is warm":     {before: []string{"build", "forget"}},
	"after check":               {before: []string{"check"}},
	"over its own output":       {before: []string{"build"}},
	"twice over, and forgotten": {before: []string{"build", "build", "forget"}, flags: []string{"--no-memory"}},
	"all at once": {
		path: "Über alles/日 本", linked: true, umask: "077", reversed: true, times: future, elsewhere: true, nobody: true, stray: strays, before: []string{"check", "build", "forget"},
		env: []string{"TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=8", "HOME=/nonexistent", "SOURCE_DATE_EPOCH=1"},
	},
}

// Law 4: the same input gives the same bytes, whatever the machine: every published
// file with its rights, and every word that is printed.
func TestSameBytes(t *testing.T) {
	skipShort(t)
	for name, site := range map[string]map[string]file{
		"reference": referenceSite(t),
		"plain":     goldenSite(t, "plain"),
		"faulty":    goldenSite(t, "link_missing"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, wantSaid := machine{}.build(t, site)
			if published := len(want) > 0; published == (name == "faulty") {
				t.Fatalf("published: %v\n%s", published, wantSaid)
			}
			for name, machine := range machines {
				t.Run(name, func(t *testing.T) {
					if machine.nobody && os.Getuid() != 0 {
						t.Skip("only root can become another account")
					}
					got, gotSaid := machine.build(t, site)
					if diff := cmp.Diff(wantSaid.String(), gotSaid.String()); diff != "" {
						t.Errorf("it printed something else (- plain machine, + this one):\n%s", diff)
					}
					sameFiles(t, "the site", want, got)
				})
			}
		})
	}
}

// build builds a site on a machine and returns every published file with its rights.
func (m machine) build(t *testing.T, site map[string]file) (map[string]string, said) {
	t.Helper()
	above := openFolder(t)
	if m.path == "" {
		m.path = "project"
	}
	root := filepath.Join(above, filepath.FromSlash(m.path))
	names := sortedNames(site)
	if m.reversed {
		slices.Reverse(names)
	}
	for _, name := range names {
		put(t, root, name, site[name])
		if !m.times.IsZero() {
			must(t, os.Chtimes(filepath.Join(root, name), m.times, m.times))
		}
	}
	for name, text := range m.stray {
		put(t, root, name, file{text: text})
	}
	if m.nobody {
		must(t, filepath.Walk(above, func(name string, _ os.FileInfo, err error) error {
			if err == nil {
				err = os.Chown(name, nobody, nobody)
			}
			return err
		}))
	}
	if m.linked {
		link := filepath.Join(above, "link")
		must(t, os.Symlink(root, link))
		root = link
	}
	output := filepath.Join(root, "public")
	for _, first := range m.before {
		if first == "forget" {
			must(t, os.RemoveAll(output))
		} else {
			m.run(t, root, first)
		}
	}
	printed := m.run(t, root, "build")
	// How the work was shared out between files written and left is of the moment.
	printed.out = withoutCounts(strings.ReplaceAll(printed.out, root+"/", ""))
	printed.err = withoutCounts(strings.ReplaceAll(printed.err, root+"/", ""))

	found := published(t, output)
	for name := range found {
		info, err := os.Lstat(filepath.Join(output, filepath.FromSlash(name)))
		must(t, err)
		found[name] = fmt.Sprintf("%v\n%s", info.Mode(), found[name])
	}
	return found, printed
}

func withoutCounts(printed string) string {
	var kept []string
	for line := range strings.Lines(printed) {
		if !strings.Contains(line, " unchanged, ") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// nobody is an account without rights: on Linux the one of that name, elsewhere a
// number that nobody has.
const nobody = 65534

func (m machine) run(t *testing.T, root, command string) said {
	t.Helper()
	args := append([]string{command}, m.flags...)
	folder := root
	if m.elsewhere {
		args, folder = append(args, "--root", root), "/"
	}
	umask := m.umask
	if umask == "" {
		umask = "022"
	}
	// Only a shell can set the umask of one process.
	cmd := exec.Command("/bin/sh", append([]string{"-c", `umask ` + umask + ` && exec "$0" "$@"`, program(t)}, args...)...)
	cmd.Dir, cmd.Env = folder, append([]string{"PATH=/usr/bin:/bin"}, m.env...)
	if m.nobody {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return run(t, cmd)
}

// Nor does it matter what the process has done before, how many builds it makes at
// once, or on how many processors.
func TestSameBytesInOneProcess(t *testing.T) {
	site := referenceSite(t)
	var want map[string]string
	for round, processors := range []int{1, 2, 8, 3} {
		before := runtime.GOMAXPROCS(processors)
		t.Cleanup(func() { runtime.GOMAXPROCS(before) })
		root := filepath.Join(t.TempDir(), "project")
		for name, file := range site {
			put(t, root, name, file)
		}
		report, faults, err := generator.Build(context.Background(), forgetful(root))
		must(t, err)
		if report == nil {
			t.Fatalf("nothing was published:\n%v", faults)
		}
		got := published(t, filepath.Join(root, "public"))
		if round == 0 {
			want = got
		}
		sameFiles(t, fmt.Sprintf("on %d processors the site", processors), want, got)
	}
}
