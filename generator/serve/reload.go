package serve

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"time"
)

//go:embed reload.js
var reloadScript []byte

//go:embed plain.css
var plainStyle []byte

//go:embed faults.css
var faultsStyle []byte

// own answers below the reserved prefix /_cairn/.
func (s *Server) own(w http.ResponseWriter, r *http.Request, name string) {
	file := func(text []byte) {
		w.Header().Set("Content-Type", typeOf(name))
		send(w, http.StatusOK, text)
	}
	switch name {
	case "reload.js":
		file(reloadScript)
	case "plain.css":
		file(plainStyle)
	case "faults.css":
		file(faultsStyle)
	case "events":
		s.stream(w, r)
	case "state":
		s.state(w, r)
	default:
		plain(w, http.StatusNotFound, "no such page")
	}
}

// state tells an open page what it would be now: its version, its style sheets, and
// the list of faults over it. The query is the page's path.
func (s *Server) state(w http.ResponseWriter, r *http.Request) {
	asked, err := url.ParseRequestURI(r.URL.RawQuery)
	key, ok := "", false
	if err == nil && !asked.IsAbs() {
		key, ok = keyOf(asked)
	}
	if !ok {
		plain(w, http.StatusNotFound, "no such page")
		return
	}
	a := s.first(r.Context()).answer(key)
	if !a.page {
		plain(w, http.StatusNotFound, "no such page")
		return
	}
	in := find(a.body)
	var faults, out bytes.Buffer
	writeFaults(&faults, a, s.editorFor(r))
	execute(&out, "state", struct {
		Version string
		Styles  []string
		Faults  template.HTML // made by the template of faults
	}{in.version(a.body), in.stylesOf(a.body), template.HTML(faults.String())})
	w.Header().Set("Content-Type", typeOf(".html"))
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; sandbox")
	send(w, http.StatusOK, out.Bytes())
}

// Announce tells all open pages that the current site is another one. What that
// means for them, they ask.
func (s *Server) Announce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// next returns a channel that the next announcement closes.
func (s *Server) next() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// stream says "look" at once and after each announcement. The first message tells
// pages that were open when the preview began anew.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	flush := http.NewResponseController(w)
	heartbeat := time.NewTicker(20 * time.Second) // shows a connection that died
	defer heartbeat.Stop()
	message := "retry: 500\ndata: look\n\n"
	for {
		changed := s.next() // before saying so, so that nothing falls between
		if _, err := fmt.Fprint(w, message); err != nil || flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
			message = "data: look\n\n"
		case <-heartbeat.C:
			message = ":\n\n"
		}
	}
}
