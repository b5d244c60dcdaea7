package render

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"cairn/generator/theme"
)

// The page on privacy is made of the scripts that the site sends, not of what somebody
// remembers of them: the names under which they keep something in a browser, and
// whether any of them knows how to send something. A theme with scripts of its own
// changes what the page says.

// A privacyView is what the template "privacy" is given.
type privacyView struct {
	Policy string
	// Keeps tells which of the known names the scripts keep something under; Others are
	// names that only this site's theme knows.
	Keeps  map[string]bool
	Others []string
	// Loads tells that a script loads others of this site: the parts of the search.
	Loads bool
	// Later tells that a page loads a script of its own only when a reader asks for it.
	Later bool
	// Requests, Cookies, Stores and Workers are the words by which scripts use these:
	// none, as they come.
	Requests, Cookies, Stores, Workers []string
}

// keptNames are those that the template explains.
var keptNames = []string{"cairn-appearance", "cairn-answers", "cairn-steps"}

// A name under which something is kept: a text of its own, alone or before an address, in
// a script that keeps something.
var keptName = regexp.MustCompile(`["'\x60](cairn-[a-z-]+) ?["'\x60$]`)

// How scripts reach out of a page, by the names that no minifier changes.
var (
	loads    = []string{"createScriptURL"}
	later    = []string{`querySelectorAll("script")`}
	requests = []string{"fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "EventSource", "importScripts", "RTCPeerConnection", "WebTransport"}
	cookies  = []string{".cookie"}
	stores   = []string{"sessionStorage", "indexedDB", "caches.", "getDirectory"}
	workers  = []string{"serviceWorker", "SharedWorker", "new Worker"}
)

func privacyOf(scripts map[string][]byte) privacyView {
	v := privacyView{Policy: strings.ReplaceAll(policy, "; ", ";\n"), Keeps: map[string]bool{}}
	var all strings.Builder
	for _, script := range slices.Sorted(maps.Keys(scripts)) {
		text := string(scripts[script])
		all.WriteString(text + "\n")
		if !strings.Contains(text, "localStorage") || script == theme.PrivacyScript { // which forgets, and keeps nothing
			continue
		}
		for _, found := range keptName.FindAllStringSubmatch(text, -1) {
			name := found[1]
			if v.Keeps[name] {
				continue
			}
			v.Keeps[name] = true
			if !slices.Contains(keptNames, name) {
				v.Others = append(v.Others, name)
			}
		}
	}
	text := all.String()
	uses := func(words []string) (found []string) {
		for _, word := range words {
			if strings.Contains(text, word) {
				found = append(found, strings.Trim(word, "(."))
			}
		}
		return found
	}
	v.Loads, v.Later = uses(loads) != nil, uses(later) != nil
	v.Requests, v.Cookies, v.Stores, v.Workers = uses(requests), uses(cookies), uses(stores), uses(workers)
	return v
}
