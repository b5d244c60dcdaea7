package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// On a terminal there is colour, unless NO_COLOR is set, and no line wider than it.
func TestOnATerminal(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"config.toml":      "title = \"Test\"\n",
		"content/index.md": "---\ntitle: Home\n---\nA rather long line of text, with a link [to a page](gone.md) in its middle, and more.\n",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
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

// onTerminal runs cairn with a terminal of so many columns and returns what came to it.
func onTerminal(t *testing.T, columns uint16, args ...string) string {
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
		}
	}()
	run(context.Background(), args, terminal, terminal)
	terminal.Close()
	return <-ended
}
