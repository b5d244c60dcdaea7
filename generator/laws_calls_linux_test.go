package generator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Law 6, as the system sees it: build and check start no program and open no
// connection, read nothing but the project and what the Go run time asks every
// system for, and write nothing but the output and .cairn. strace writes down every
// call that could.
func TestSystemCalls(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		if testing.Short() || os.Getenv("CAIRN_ALL") == "" {
			t.Skip("strace is not installed")
		}
		t.Fatal(err)
	}
	hostile := goldenSite(t, "link_outside")
	for name, f := range map[string]file{
		"content/guides/linked.md":  {link: "../../../secret.md"},
		"content/guides/environ.md": {link: "/proc/self/environ"},
		"content/guides/hidden.md":  {link: "../../.git/config"},
		"content/folder":            {link: "../.."},
		"themes/own/client/main.ts": {text: "import '../../../../secret'\nimport 'fs'\nimport 'https://example.org/x.js'\n"},
		"themes/own/style.css":      {text: "@import 'https://example.org/x.css';\n@import '/etc/hostname';\n"},
		"config.toml":               {text: "title = \"X\"\ntheme = \"own\"\n"},
		"tsconfig.json":             {text: `{"extends": "../secret.json"}`},
		".git/config":               {text: "x"},
	} {
		hostile[name] = f
	}
	for name, site := range map[string]map[string]file{"reference": referenceSite(t), "hostile": hostile} {
		for _, command := range []string{"check", "build", "build over it"} {
			t.Run(name+" "+command, func(t *testing.T) {
				above := openFolder(t)
				root := filepath.Join(above, "project")
				for name, f := range site {
					put(t, root, name, f)
				}
				put(t, above, "secret.md", file{text: "---\ntitle: Secret\n---\n"})
				command, again := strings.CutSuffix(command, " over it")
				if again {
					traced(t, strace, root, command)
					put(t, root, "content/more.md", file{text: "---\ntitle: More\n---\n"})
				}
				calls, printed := traced(t, strace, root, command)
				if wanted := map[bool]int{true: 0, false: 1}[name == "reference"]; printed.code != wanted {
					t.Errorf("exit code %d\n%s", printed.code, printed)
				}
				seen := judge(t, root, calls)
				if seen.read < 5 || command == "build" && name == "reference" && seen.written < 5 {
					t.Errorf("only %+v: is the trace read as it is meant?", seen)
				}
			})
		}
	}
}

// traced runs cairn and returns the calls it made, one a line.
func traced(t *testing.T, strace, root, command string) ([]string, said) {
	t.Helper()
	trace := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command(strace, "-f", "-y", "-s", "4096", "-e", "signal=none", "-o", trace,
		"-e", "trace=%network,%file,%process,io_uring_setup,ftruncate,fchmod,fchown,bpf,ptrace,mount", program(t), command)
	cmd.Dir = root
	cmd.Env = []string{"PATH=/usr/bin:/bin", "HOME=/nonexistent"}
	printed := run(t, cmd)
	text, err := os.ReadFile(trace)
	must(t, err)
	return wholeCalls(string(text)), printed
}

// wholeCalls puts together the calls that another thread's came between.
func wholeCalls(trace string) []string {
	var calls []string
	begun := map[string]string{}
	for line := range strings.Lines(trace) {
		process, call, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		call = strings.TrimSpace(call)
		if start, ok := strings.CutSuffix(call, "<unfinished ...>"); ok {
			begun[process] = strings.TrimSpace(start)
			continue
		}
		if _, end, ok := strings.Cut(call, " resumed>"); ok && strings.HasPrefix(call, "<... ") {
			call = begun[process] + " " + strings.TrimSpace(end)
			delete(begun, process)
		}
		if !strings.HasPrefix(call, "+++") && !strings.HasPrefix(call, "---") {
			calls = append(calls, call)
		}
	}
	return calls
}

// What every Go program, and the C library it may be linked with, reads of the system.
var ofTheSystem = regexp.MustCompile(`^(/proc/(self|[0-9]+)/(maps|auxv|cgroup|mountinfo|exe)|/sys/(kernel/mm/transparent_hugepage|fs/cgroup)/.*|/sys/devices/system/cpu/.*` +
	`|/etc/ld\.so\.(cache|preload)|/(usr/)?lib(64)?/.*\.so(\.[0-9.]+)?|/usr/share/zoneinfo/.*|/etc/localtime|/dev/null)$`)

// A call: its name, its arguments, its result, and the path of the file it opened. The
// result is a question mark where the program ended before the call did.
var callShape = regexp.MustCompile(`^(\w+)\((.*)\)\s+= (-?\w+|\?)(?:<(.*)>)?`)

// A path in the arguments: the folder that a relative one starts from, and the path.
var pathShape = regexp.MustCompile(`(?:(?:AT_FDCWD|[0-9]+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"`)

type seenCalls struct{ read, written, looked int }

// judge finds calls that the law forbids.
func judge(t *testing.T, root string, calls []string) (seen seenCalls) {
	t.Helper()
	mayBeWritten := func(name string) bool {
		inside, isInside := strings.CutPrefix(name, root+"/")
		first, _, _ := strings.Cut(inside, "/")
		return isInside && (first == "public" || first == ".cairn" || strings.HasPrefix(first, ".public.cairn-"))
	}
	programs := 0
	for _, call := range calls {
		found := callShape.FindStringSubmatch(call)
		if found == nil {
			if !strings.HasPrefix(call, "exit") {
				t.Errorf("a call that cannot be read: %s", call)
			}
			continue
		}
		name, arguments, failed, opened := found[1], found[2], found[3] == "-1", found[4]
		if paths := pathsOf(arguments); found[3] == "?" && len(paths) > 0 {
			opened = paths[0] // what would have been opened
		}
		switch name {
		case "execve":
			if programs++; programs > 1 {
				t.Errorf("a program is started: %s", call)
			}
		case "clone", "clone3":
			if !strings.Contains(arguments, "CLONE_THREAD") {
				t.Errorf("a process is started: %s", call)
			}
		case "open", "openat", "openat2", "creat":
			writes := strings.Contains(arguments, "O_WRONLY") || strings.Contains(arguments, "O_RDWR") || strings.Contains(arguments, "O_CREAT") || strings.Contains(arguments, "O_TRUNC") || name == "creat"
			switch {
			case writes && !failed:
				if seen.written++; !mayBeWritten(opened) {
					t.Errorf("opened to be written: %s", call)
				}
			case writes: // it failed, and should not have been tried outside either
				for _, path := range pathsOf(arguments) {
					if !mayBeWritten(path) {
						t.Errorf("tried to be written: %s", call)
					}
				}
			case failed:
			case opened == root || strings.HasPrefix(opened, root+"/"):
				seen.read++
			case opened != program(t) && !ofTheSystem.MatchString(opened):
				t.Errorf("opened: %s", call)
			}
		case "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir",
			"truncate", "chmod", "fchmodat", "fchmodat2", "chown", "fchownat", "lchown", "utimensat", "mknod", "mknodat", "setxattr":
			for _, path := range pathsOf(arguments) {
				if seen.written++; !mayBeWritten(path) {
					t.Errorf("changed: %s", call)
				}
			}
		case "fchmod", "ftruncate", "fchown":
			if at := strings.Index(arguments, "<"); at < 0 || !mayBeWritten(arguments[at+1:strings.Index(arguments, ">")]) {
				t.Errorf("changed: %s", call)
			}
		case "stat", "lstat", "newfstatat", "statx", "fstat", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getcwd", "statfs", "fstatfs",
			"exit", "exit_group", "tgkill", "kill", "wait4", "waitid", "arch_prctl", "rt_sigreturn", "pidfd_open", "pidfd_send_signal":
			seen.looked++
		default:
			t.Errorf("a call that this list does not know: %s", call)
		}
	}
	return seen
}

// pathsOf returns the paths among the arguments of a call, in full.
func pathsOf(arguments string) []string {
	var paths []string
	for _, found := range pathShape.FindAllStringSubmatch(arguments, -1) {
		name, err := strconv.Unquote(`"` + found[2] + `"`)
		if err != nil {
			name = found[2]
		}
		if !filepath.IsAbs(name) {
			name = filepath.Join(found[1], name)
		}
		paths = append(paths, filepath.Clean(name))
	}
	return paths
}
