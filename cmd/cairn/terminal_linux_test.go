package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// On a terminal there is colour, unless NO_COLOR is set, and no line wider than it.
func TestOnATerminal(t *testing.T) {
	inProject(t, map[string]string{
		"config.toml":      "title = \"Test\"\n",
		"content/index.md": "---\ntitle: Home\n---\nA rather long line of text, with a link [to a page](gone.md) in its middle, and more.\n",
	})
	for _, test := range []struct {
		noColour, term string
		colour         bool
	}{{"", "xterm", true}, {"1", "xterm", false}, {"", "dumb", false}} {
		t.Setenv("NO_COLOR", test.noColour)
		t.Setenv("TERM", test.term)
		for _, columns := range []uint16{48, 80} {
			printed := onTerminal(t, columns, "check", "--no-memory")
			if got := strings.Contains(printed, "\x1b["); got != test.colour {
				t.Errorf("%+v: coloured %v\n%q", test, got, printed)
			}
			plain := strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "", "\x1b[1;31m", "").Replace(printed)
			for _, line := range strings.Split(plain, "\r\n") {
				if utf8.RuneCountInString(line) > int(columns) {
					t.Errorf("%d columns: a line of %d\n%s", columns, utf8.RuneCountInString(line), line)
				}
			}
			if !strings.Contains(plain, "(gone.md)") || !strings.HasSuffix(plain, "1 error\r\n") {
				t.Errorf("%d columns: something is lost\n%s", columns, plain)
			}
		}
	}
}

// A secret is asked for and not shown. Who ends cairn instead gets the terminal back.
func TestSecretAtATerminal(t *testing.T) {
	inProject(t, map[string]string{
		"config.toml":        "title = \"Test\"\n",
		"content/service.md": "---\ntitle: Service\npath:\n  version: 1\n  parameters:\n    - { name: token, label: Token, type: secret }\n---\n\n```env {file=\".env\"}\nTOKEN=@{token|shell}\n```\n",
	})
	awaitEcho := func(terminal *os.File, on bool) {
		for {
			state, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
			if err != nil {
				t.Error(err)
				return
			}
			if (state.Lflag&unix.ECHO != 0) == on {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}
	once := func(act func(*os.File)) func(string, *os.File) {
		done := false
		return func(printed string, terminal *os.File) {
			if !done && strings.HasSuffix(printed, "Token: ") {
				done = true
				awaitEcho(terminal, false)
				act(terminal)
			}
		}
	}

	printed, code := atTerminal(t, 80, once(func(terminal *os.File) { fmt.Fprintln(terminal, "hunter2") }), "path", "service", "--out", "made")
	made, err := os.ReadFile("made/.env")
	if code != clean || err != nil || !strings.Contains(string(made), "hunter2") || strings.Contains(printed, "hunter2") {
		t.Errorf("exit code %d, %v, made %q, printed\n%s", code, err, made, printed)
	}

	printed, code = atTerminal(t, 80, once(func(terminal *os.File) {
		if err := unix.Kill(os.Getpid(), unix.SIGINT); err != nil {
			t.Error(err)
		}
		awaitEcho(terminal, true)
		fmt.Fprintln(terminal) // whoever still reads the terminal keeps it open
	}), "path", "service", "--out", "never")
	if _, err := os.Stat("never"); code != stopped || !os.IsNotExist(err) || !strings.Contains(printed, "nothing was written") {
		t.Errorf("exit code %d, %v, printed\n%s", code, err, printed)
	}
}

// inProject makes a folder with these files and goes there.
func inProject(t *testing.T, files map[string]string) {
	t.Helper()
	project := fstest.MapFS{}
	for name, text := range files {
		project[name] = &fstest.MapFile{Data: []byte(text)}
	}
	root := t.TempDir()
	if err := os.CopyFS(root, project); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
}

// onTerminal runs cairn with a terminal of so many columns and returns what came to it.
func onTerminal(t *testing.T, columns uint16, args ...string) string {
	t.Helper()
	printed, _ := atTerminal(t, columns, func(string, *os.File) {}, args...)
	return printed
}

// atTerminal runs cairn with a terminal, and with somebody at it who sees all that was
// printed so far and may type. It returns what came to the terminal, and the exit code.
func atTerminal(t *testing.T, columns uint16, sees func(string, *os.File), args ...string) (string, int) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	must(err)
	defer master.Close()
	must(unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0))
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	must(err)
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	must(err)
	must(unix.IoctlSetWinsize(int(master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}))
	ended := make(chan string)
	go func() {
		var all []byte
		buffer := make([]byte, 4096)
		for {
			n, err := master.Read(buffer)
			all = append(all, buffer[:n]...)
			if err != nil { // EIO, when the other end is closed
				ended <- string(all)
				return
			}
			sees(string(all), master)
		}
	}()
	stdin := os.Stdin
	os.Stdin = terminal
	defer func() { os.Stdin = stdin }()
	code := run(context.Background(), args, terminal, terminal)
	terminal.Close()
	return <-ended, code
}
