// Package serve shows a site over HTTP while its author works on it, and watches
// the author's files.
//
// It answers only from the manifest of the current site, handed in by the caller:
// a request path is a key of a map or it is nothing. No path ever reaches a disk,
// so the published ways around a development server's list of forbidden files
// have nothing to get at. What is left to guard is who asks: a page of another
// origin must not read an author's drafts through the author's browser. Hence the
// checks of Host, Origin and Sec-Fetch-Site, and no CORS header, ever.
//
// What it sends is the build's own bytes. Pages alone get something added, in the
// response only: one script tag and two words of policy for reloading, and the
// list of faults while the site has any.
//
//	request.go  who may ask, and what a path names
//	serve.go    the answers
//	page.go     what a page gets added
//	fault.go    the list of faults, and the preview's own pages
//	reload.go   what an open page hears and asks; reload.js is its other half
//	watch.go    when to look at the files again
package serve

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"cairn/generator/diag"
	"cairn/generator/output"
)

// Site is what is shown at one moment. It does not change; the next one replaces it.
type Site struct {
	// Root is the project's folder, for links that open a file in an editor.
	Root string
	// Outputs is every output of the site, by its path.
	Outputs map[string]output.Output
	// Faults stand over every page. OfDrafts are those that only drafts have, which a
	// build leaves out.
	Faults, OfDrafts diag.List
}

// Options say who may ask. The zero value answers to the loopback names on any port.
type Options struct {
	// Port is the one listened on; a Host with another one is refused. 0 checks none.
	Port int
	// AllowHosts are further names in Host, without port: those of a tunnel or proxy.
	AllowHosts []string
	// Editor makes the address that opens a place in the author's editor; nil for none.
	// Only this machine's own browser is given such addresses, for they name the
	// project's folder.
	Editor func(file string, line, column int) string
	// Patience is how long a request waits for the first site; 0 is ten seconds.
	Patience time.Duration
}

// A Server is the http.Handler of a preview.
type Server struct {
	current func() *Site
	options Options

	mu      sync.Mutex
	changed chan struct{} // closed by Announce, then replaced
}

// Handler returns the handler that shows whatever site is current. The function
// may return nil as long as there is none; requests wait for the first.
func Handler(current func() *Site, options Options) *Server {
	if options.Patience == 0 {
		options.Patience = 10 * time.Second
	}
	return &Server{current: current, options: options, changed: make(chan struct{})}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cache-Control", "no-store")

	if reason := s.refuse(r); reason != "" {
		plain(w, http.StatusForbidden, reason)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		plain(w, http.StatusMethodNotAllowed, "only GET and HEAD are answered")
		return
	}
	key, ok := keyOf(r.URL)
	if !ok {
		plain(w, http.StatusNotFound, "no such page")
		return
	}
	if own, ok := strings.CutPrefix(key, "_cairn/"); ok {
		s.own(w, r, own)
		return
	}
	s.send(w, r, s.first(r.Context()).answer(key), s.editorFor(r))
}

// first returns the current site. As long as there is none it waits, so that the
// author who is quicker than the first model still gets a page. After that it returns
// nil.
func (s *Server) first(ctx context.Context) *Site {
	patience := time.NewTimer(s.options.Patience)
	defer patience.Stop()
	for {
		next := s.next() // before looking, so that nothing falls between
		if site := s.current(); site != nil {
			return site
		}
		select {
		case <-next:
		case <-ctx.Done():
			return nil
		case <-patience.C:
			return nil
		}
	}
}

// An answer is what there is at a path, before the preview adds anything.
type answer struct {
	status      int
	body        []byte
	contentType string
	// page is true for what gets the script and the faults.
	page bool
	// inert is true for a file of the content that a browser must not run.
	inert bool
	// source is the file the page comes from, whose faults come first.
	source           string
	faults, ofDrafts diag.List
}

// answer is the output of a key, the site's 404.html, or a page of the preview's own.
func (site *Site) answer(key string) *answer {
	if site == nil {
		return waiting(key)
	}
	status := http.StatusOK
	made, ok := site.Outputs[key]
	if !ok {
		status = http.StatusNotFound
		if made, ok = site.Outputs["404.html"]; !ok || !wantsPage(key) {
			return site.missing(key)
		}
	}
	body, err := bake(made)
	if err != nil {
		return site.broken(made, err)
	}
	a := &answer{status: status, body: body, contentType: typeOf(made.Path), page: made.Kind == output.Page}
	if a.page {
		a.source, a.faults, a.ofDrafts = made.Source, site.Faults, site.OfDrafts
	} else {
		a.inert = active(a.contentType)
	}
	return a
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, a *answer, editor editor) {
	w.Header().Set("Content-Type", a.contentType)
	if a.inert {
		// An SVG or HTML file among the content is not trusted as a page is: shown on
		// its own, it runs nothing and belongs to no origin.
		w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox")
	}
	switch {
	case a.page:
		send(w, a.status, prepare(a, editor))
	case a.status == http.StatusOK:
		// Knows ranges, without which some browsers play no video.
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body))
	default:
		send(w, a.status, a.body)
	}
}

// bake makes the bytes of an output. A panic in it is a fault of cairn, and no
// reason to stop showing the other pages.
func bake(made output.Output) (body []byte, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("a part of cairn failed at %s: %v", made.Path, cause)
		}
	}()
	return made.Make()
}

// wantsPage tells whether a reader who asked for this key expects a page back
// rather than a style or an image.
func wantsPage(key string) bool {
	return strings.HasSuffix(key, ".html") || !strings.Contains(key[strings.LastIndexByte(key, '/')+1:], ".")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	send(w, status, []byte(text+"\n"))
}

func send(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the reader has gone away: nobody is left to tell
}
