package serve

import (
	_ "embed"
	"fmt"
	"net/http"
	"time"
)

//go:embed reload.js
var reloadScript []byte

//go:embed plain.css
var plainStyle []byte

// own answers below the reserved prefix /_cairn/.
func (s *Server) own(w http.ResponseWriter, r *http.Request, name string) {
	switch name {
	case "reload.js":
		w.Header().Set("Content-Type", typeOf(name))
		send(w, http.StatusOK, reloadScript)
	case "plain.css":
		w.Header().Set("Content-Type", typeOf(name))
		send(w, http.StatusOK, plainStyle)
	case "events":
		s.stream(w, r)
	default:
		plain(w, http.StatusNotFound, "no such page")
	}
}

// Announce tells all open pages that the current site is another one.
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

// stream sends the version of the current site, at once and whenever it is another.
// The first message closes the gap between making a page and the page's listening.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	flush := http.NewResponseController(w)
	heartbeat := time.NewTicker(20 * time.Second) // shows a connection that died
	defer heartbeat.Stop()
	sent, first := "", true
	for {
		changed := s.next() // before looking, so that nothing falls between
		version := ""
		if site := s.current(); site != nil {
			version = site.Version
		}
		if first || version != sent {
			if _, err := fmt.Fprintf(w, "data: %s\n\n", oneLine(version)); err != nil {
				return
			}
			sent, first = version, false
			if flush.Flush() != nil {
				return
			}
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		case <-heartbeat.C:
			if _, err := fmt.Fprint(w, ":\n\n"); err != nil || flush.Flush() != nil {
				return
			}
		}
	}
}

// oneLine keeps a version from ending its message early.
func oneLine(version string) string {
	clean := []byte(version)
	for i, c := range clean {
		if c < ' ' {
			clean[i] = ' '
		}
	}
	return string(clean)
}
