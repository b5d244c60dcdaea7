package serve

import (
	"html/template"
	"net/http"
	"net/netip"
	"path"
	"strings"
)

// An editor makes the address that opens a place of the project in the author's
// editor, or nothing.
type editor func(site string, line, column int) string

// editorFor returns what links to the editor a request may have. Such an address
// holds the path of the project's folder, which is nobody's business but the
// author's: a browser that came through a tunnel gets none.
func (s *Server) editorFor(r *http.Request) editor {
	if s.options.Editor == nil || !local(r) {
		return nil
	}
	root := ""
	if site := s.current(); site != nil {
		root = strings.ReplaceAll(site.Root, `\`, "/")
	}
	return func(file string, line, column int) string {
		if file == "" || root == "" {
			return ""
		}
		return s.options.Editor(path.Join(root, file), max(line, 1), max(column, 1))
	}
}

// local tells whether a request comes from this machine and names it.
func local(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	name, _, ok := splitHost(r.Host)
	forwarded := r.Header.Get("Forwarded") + r.Header.Get("X-Forwarded-For") + r.Header.Get("X-Forwarded-Host")
	return err == nil && peer.Addr().IsLoopback() && ok && forwarded == "" &&
		(strings.EqualFold(name, "localhost") || name == "127.0.0.1" || name == "[::1]")
}

// address is a link to the editor. Its scheme is not one that html/template knows;
// the command has checked that it is none that runs anything in a browser.
func (open editor) address(file string, line, column int) template.URL {
	if open == nil {
		return ""
	}
	return template.URL(open(file, line, column))
}
