package main

import (
	"archive/zip"
	"bufio"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts compare with")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cairn": main})
}

// TestScript runs testdata/script: cairn as users meet it. Beside what testscript
// knows, scripts can say
//
//	exits CODE PROGRAM ARGS...  run it; it must end with this exit code
//	serving ARGS...             start `cairn serve --port 0`, wait for its address
//	prints REGEXP               wait until the served preview has printed this
//	get STATUS PATH [HEADER...] ask the preview; the body becomes stdout
//	edit FILE OLD NEW           replace text in a file, at one stroke
//	pack ARCHIVE FOLDER         put a folder into a zip file
//
// After serving, $PREVIEW is the address of the preview. It sees each step of what a script
// does to its files, so that scripts change them by edit and mv and not by cp and rm: those
// take several steps.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "1")
			env.Values["preview"] = &preview{more: make(chan struct{}, 1)}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "serving": serving, "prints": prints, "get": get, "edit": edit, "pack": pack,
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	file := ts.MkAbs(args[0])
	text, err := os.ReadFile(file)
	ts.Check(err)
	if !strings.Contains(string(text), args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	// Written where no preview looks, and on the same disk; then put over the old one.
	written := filepath.Join(ts.Getenv("WORK"), ".tmp", "edited")
	ts.Check(os.WriteFile(written, []byte(strings.Replace(string(text), args[1], args[2], 1)), 0o666))
	ts.Check(os.Rename(written, file))
}

func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack ARCHIVE FOLDER")
	}
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	archive := zip.NewWriter(file)
	ts.Check(archive.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(archive.Close())
	ts.Check(file.Close())
}

// A preview is a running `cairn serve`.
type preview struct {
	address string

	mu      sync.Mutex
	printed strings.Builder
	more    chan struct{} // gets a value after each line
	ended   chan struct{} // closed when nothing more can be printed
}

// patience is for what never takes that long, however busy the machine is.
const patience = 5 * time.Minute

// served returns the preview of a script.
func served(ts *testscript.TestScript) *preview { return ts.Value("preview").(*preview) }

func serving(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: serving ARGS...")
	}
	command := exec.Command("cairn", append([]string{"serve", "--port", "0"}, args...)...)
	command.Dir = ts.MkAbs(".")
	command.Env = append(os.Environ(), "NO_COLOR=1")
	out, err := command.StdoutPipe()
	ts.Check(err)
	command.Stderr = command.Stdout
	ts.Check(command.Start())
	p := served(ts)
	p.ended = make(chan struct{})
	go func() {
		defer close(p.ended)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "note: changes may be seen ") {
				continue // the machine watches no more folders; changes are seen all the same
			}
			p.mu.Lock()
			p.printed.WriteString(lines.Text() + "\n")
			p.mu.Unlock()
			select {
			case p.more <- struct{}{}:
			default:
			}
		}
	}()
	ts.Defer(func() {
		_ = command.Process.Signal(os.Interrupt)
		select {
		case <-p.ended:
		case <-time.After(patience):
			_ = command.Process.Kill()
			<-p.ended
			ts.Logf("serve did not end when interrupted")
		}
		if err := command.Wait(); err != nil {
			ts.Logf("serve: %v", err)
		}
		ts.Logf("serve printed:\n%s", p.printed.String())
	})
	found := p.await(ts, regexp.MustCompile(`http://localhost:(\d+)/`))
	p.address = "http://localhost:" + found[1]
	ts.Setenv("PREVIEW", p.address)
}

// await waits until what was printed matches, and forgets what came up to there.
func (p *preview) await(ts *testscript.TestScript, want *regexp.Regexp) []string {
	deadline := time.After(patience)
	for over := false; ; {
		p.mu.Lock()
		text := p.printed.String()
		p.mu.Unlock()
		if found := want.FindStringSubmatchIndex(text); found != nil {
			p.mu.Lock()
			rest := p.printed.String()[found[1]:]
			p.printed.Reset()
			p.printed.WriteString(rest)
			p.mu.Unlock()
			return want.FindStringSubmatch(text)
		}
		if over {
			ts.Fatalf("serve did not print %s; it printed:\n%s", want, text)
		}
		select {
		case <-p.more:
		case <-p.ended:
			over = true
		case <-deadline:
			over = true
		}
	}
}

func prints(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: prints REGEXP")
	}
	want, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	served(ts).await(ts, want)
}

func get(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: get STATUS PATH [HEADER...]")
	}
	request, err := http.NewRequest("GET", served(ts).address+args[1], nil)
	ts.Check(err)
	for _, header := range args[2:] {
		name, value, _ := strings.Cut(header, ": ")
		if name == "Host" {
			request.Host = value
		}
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	_, err = ts.Stdout().Write(body)
	ts.Check(err)
	if strconv.Itoa(response.StatusCode) != args[0] {
		ts.Fatalf("status %d, want %s\n%s", response.StatusCode, args[0], body)
	}
}
