package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// run measures a command from its start to its end.
func run(folder, program string, arguments ...string) (figure, error) {
	var said bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, program, arguments...)
	command.Dir, command.Stdout, command.Stderr = folder, &said, &said
	begin := time.Now()
	err := command.Run()
	took := time.Since(begin)
	if err != nil {
		return figure{}, fmt.Errorf("%s %v: %w\n%.2000s", filepath.Base(program), arguments, err, said.String())
	}
	return figure{took.Seconds(), most(command.ProcessState)}, nil
}

// A server is a preview that runs.
type server struct {
	command *exec.Cmd
	address string // without a slash at its end
	begin   time.Time
}

const patience = 30 * time.Minute

// serve starts cairn's preview, and knows its address.
func (b *bench) serve(folder string) (*server, error) {
	command := exec.Command(b.cairn, "serve", "--port", "0")
	command.Dir = folder
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s := &server{command: command, begin: time.Now()}
	if err := command.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	s.address = regexp.MustCompile(`http://[^/\s]+`).FindString(line)
	if err != nil || s.address == "" {
		s.stop()
		return nil, fmt.Errorf("cairn serve said %q", line)
	}
	go io.Copy(io.Discard, lines)
	return s, nil
}

// serveHugo starts Hugo's on a port that was free a moment ago.
func (b *bench) serveHugo(folder string, options ...string) (*server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	command := exec.Command(b.hugo, append([]string{"server", "--renderToMemory", "--bind", "127.0.0.1", "--port", fmt.Sprint(port)}, options...)...)
	command.Dir = folder
	s := &server{command: command, address: fmt.Sprintf("http://127.0.0.1:%d", port), begin: time.Now()}
	return s, command.Start()
}

// first waits for a page to be served, and tells how long after the start that was.
func (s *server) first(path string) (float64, error) {
	return s.until(path, "</html>", s.begin)
}

// until asks for a page again and again until it holds a text.
func (s *server) until(path, text string, since time.Time) (float64, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for ctx.Err() == nil {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+path, nil)
		if err != nil {
			return 0, err
		}
		if answer, err := http.DefaultClient.Do(request); err == nil {
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err == nil && answer.StatusCode == http.StatusOK && strings.Contains(string(body), text) {
				return time.Since(since).Seconds(), nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return 0, fmt.Errorf("%s%s did not come to hold %q", s.address, path, text)
}

// size is the largest resident size so far.
func (s *server) size() int64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	var kilobytes int64
	fmt.Sscan(rest, &kilobytes)
	return kilobytes * 1024
}

func (s *server) stop() {
	_ = s.command.Process.Signal(os.Interrupt)
	done := make(chan struct{})
	go func() { _ = s.command.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		_ = s.command.Process.Kill()
		<-done
	}
}

func (b *bench) start(kind string, remembering bool) func() (figure, error) {
	return func() (figure, error) {
		folder, _, err := b.project(kind, b.pages)
		if err != nil {
			return figure{}, err
		}
		if !remembering {
			fresh(folder)
		} else if _, err := os.Stat(filepath.Join(folder, ".cairn")); err != nil {
			if _, err := b.build(folder); err != nil {
				return figure{}, err
			}
		}
		s, err := b.serve(folder)
		if err != nil {
			return figure{}, err
		}
		defer s.stop()
		took, err := s.first("/")
		return figure{took, s.size()}, err
	}
}

func (b *bench) startHugo(kind string) func() (figure, error) {
	return func() (figure, error) {
		folder, _, err := b.hugoProject(kind)
		if err != nil {
			return figure{}, err
		}
		fresh(folder)
		s, err := b.serveHugo(folder)
		if err != nil {
			return figure{}, err
		}
		defer s.stop()
		took, err := s.first("/")
		return figure{took, s.size()}, err
	}
}

// settle is how long a preview is left alone before it is measured: it may still be
// at work in the background after its first page.
const settle = 20 * time.Second

func (b *bench) edit(kind string) func() (figure, error) {
	return func() (figure, error) {
		folder, c, err := b.project(kind, b.pages)
		if err != nil {
			return figure{}, err
		}
		s, err := b.serve(folder)
		if err != nil {
			return figure{}, err
		}
		defer s.stop()
		return s.edited(c, folder)
	}
}

func (b *bench) editHugo(kind string, options ...string) func() (figure, error) {
	return func() (figure, error) {
		folder, c, err := b.hugoProject(kind)
		if err != nil {
			return figure{}, err
		}
		s, err := b.serveHugo(folder, options...)
		if err != nil {
			return figure{}, err
		}
		defer s.stop()
		return s.edited(c, folder)
	}
}

// edited waits until the preview rests, and measures three edits: the time from the
// return of the write to the first answer that holds it.
func (s *server) edited(c corpus, folder string) (figure, error) {
	if _, err := s.first("/"); err != nil {
		return figure{}, err
	}
	time.Sleep(min(settle, time.Duration(c.pages)*2*time.Millisecond))
	var all []figure
	for range 3 {
		sentence, address, err := c.change(folder)
		begin := time.Now()
		if err != nil {
			return figure{}, err
		}
		took, err := s.until(address, sentence, begin)
		if err != nil {
			return figure{}, err
		}
		all = append(all, figure{took, s.size()})
		time.Sleep(min(settle, time.Duration(c.pages)*2*time.Millisecond))
	}
	return median(all), nil
}
