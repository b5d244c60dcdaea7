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
package serve

import (
	"bytes"
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
	// Outputs is every output of the site, by its path.
	Outputs map[string]output.Output
	// Faults stand over every page.
	Faults diag.List
	// Version names this state of the site; a page reloads when it hears of another.
	Version string
}

// Options say who may ask. The zero value answers to the loopback names on any port.
type Options struct {
	// Port is the one listened on; a Host with another one is refused. 0 checks none.
	Port int
	// AllowHosts are further names in Host, without port: those of a tunnel or proxy.
	AllowHosts []string
}

// A Server is the http.Handler of a preview.
type Server struct {
	current func() *Site
	options Options

	mu      sync.Mutex
	changed chan struct{} // closed by Announce, then replaced
}

// Handler returns the handler that shows whatever site is current. The function
// may return nil as long as there is none.
func Handler(current func() *Site, options Options) *Server {
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
	site := s.current()
	if site == nil {
		site = &Site{}
	}
	site.serve(w, r, key)
}

// serve answers with the output of a key, with the site's 404.html, or with a page
// of the preview's own.
func (site *Site) serve(w http.ResponseWriter, r *http.Request, key string) {
	status := http.StatusOK
	made, ok := site.Outputs[key]
	if !ok {
		status = http.StatusNotFound
		if made, ok = site.Outputs["404.html"]; !ok || !wantsPage(key) {
			site.missing(w, key)
			return
		}
	}
	body, err := bake(made)
	if err != nil {
		site.broken(w, made, err)
		return
	}
	if made.Kind == output.Page {
		body = prepare(body, site, made.Source)
	}
	contentType := typeOf(made.Path)
	w.Header().Set("Content-Type", contentType)
	if made.Kind != output.Page && active(contentType) {
		// An SVG or HTML file among the content is not trusted as a page is: shown on
		// its own, it runs nothing and belongs to no origin.
		w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox")
	}
	if status == http.StatusOK && made.Kind != output.Page {
		// Knows ranges, without which some browsers play no video.
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
		return
	}
	send(w, status, body)
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
