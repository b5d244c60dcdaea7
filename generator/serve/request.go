package serve

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// refuse returns why a request is not answered, or "".
//
// Host is checked because a name under an attacker's control can be pointed at
// 127.0.0.1 (DNS rebinding); then the attacker's page and this server are one
// origin to the browser, and only Host tells. Origin and Sec-Fetch-Site are checked
// because scripts, images and event streams are sent across origins without asking.
func (s *Server) refuse(r *http.Request) string {
	if !s.knows(r.Host) {
		return "this host is not known here; `cairn serve --allow-host NAME` allows one"
	}
	for _, origin := range r.Header["Origin"] {
		if origin != "http://"+r.Host && origin != "https://"+r.Host {
			return "pages of another origin get nothing from here"
		}
	}
	for _, from := range r.Header["Sec-Fetch-Site"] {
		if from != "same-origin" && from != "none" && !opensPage(r) {
			return "pages of another origin get nothing from here"
		}
	}
	return ""
}

// opensPage tells whether the browser goes to a page of its own accord, in a window
// of its own: a link to the preview in somebody's notes works, and the page that
// holds the link learns nothing.
func opensPage(r *http.Request) bool {
	return r.Method == http.MethodGet &&
		slices.Equal(r.Header["Sec-Fetch-Mode"], []string{"navigate"}) &&
		slices.Equal(r.Header["Sec-Fetch-Dest"], []string{"document"}) &&
		!strings.HasPrefix(r.URL.Path, "/_cairn/")
}

// knows tells whether a Host header names this server.
func (s *Server) knows(host string) bool {
	name, port, ok := splitHost(host)
	if !ok {
		return false
	}
	if slices.ContainsFunc(s.options.AllowHosts, func(allowed string) bool { return strings.EqualFold(allowed, name) }) {
		return true // behind a tunnel the port is the tunnel's
	}
	if s.options.Port != 0 && port != s.options.Port {
		return false
	}
	return strings.EqualFold(name, "localhost") || name == "127.0.0.1" || name == "[::1]"
}

// splitHost takes a Host header apart: a name, an IPv4 address or a bracketed IPv6
// address, then perhaps a port. Anything else is no host.
func splitHost(host string) (name string, port int, ok bool) {
	name, port = host, 80
	if at := strings.LastIndexByte(host, ':'); at >= 0 && !strings.HasSuffix(host, "]") {
		digits := host[at+1:]
		number, err := strconv.ParseUint(digits, 10, 16)
		if err != nil || digits != strconv.FormatUint(number, 10) || number == 0 {
			return "", 0, false
		}
		name, port = host[:at], int(number)
	}
	if inner, bracketed := strings.CutPrefix(name, "["); bracketed {
		inner, bracketed = strings.CutSuffix(inner, "]")
		_, err := netip.ParseAddr(inner)
		return name, port, bracketed && err == nil
	}
	return name, port, name != "" && !strings.ContainsAny(name, ":/\\@[]%? \t")
}

// keyOf returns the key of a request path among the outputs: the path without its
// first slash, with index.html where it names a folder. There is no other
// normalisation: dot segments, doubled slashes and backslashes are just keys that
// nobody has. An encoded slash divides no folders, as on other hosts.
func keyOf(u *url.URL) (string, bool) {
	key, ok := strings.CutPrefix(u.Path, "/")
	if !ok || u.Opaque != "" {
		return "", false
	}
	if strings.Contains(strings.ToLower(u.EscapedPath()), "%2f") {
		return "", false
	}
	if key == "" || strings.HasSuffix(key, "/") {
		key += "index.html"
	}
	return key, true
}
