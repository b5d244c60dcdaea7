package markdown

import (
	"fmt"
	"slices"
	"strings"
)

// linkSchemes and imageSchemes are all that may follow href and src. Everything
// else can run code, smuggle a document, or depends on the reader's machine.
var (
	linkSchemes  = []string{"http", "https", "mailto", "tel"}
	imageSchemes = []string{"http", "https"}
)

// scheme returns the scheme of an address as a browser would find it: it drops
// control characters and spaces first, and ignores case. An address without one
// is relative.
func scheme(address string) string {
	address = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f || r == 0xa0 || r == 0xfeff {
			return -1
		}
		return r
	}, address)
	for i := range len(address) {
		b := address[i]
		switch {
		case b == ':' && i > 0:
			return strings.ToLower(address[:i])
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z':
		case i > 0 && ('0' <= b && b <= '9' || b == '+' || b == '-' || b == '.'):
		default:
			return ""
		}
	}
	return ""
}

// unsafeAddress says what is wrong with an address, with backslashes and entities
// already resolved; nothing if it may be published.
func unsafeAddress(address string, allowed []string) (message, hint string) {
	visible := strings.TrimLeftFunc(address, func(r rune) bool { return r <= ' ' })
	if len(visible) > 1 && strings.IndexByte(`/\`, visible[0]) >= 0 && strings.IndexByte(`/\`, visible[1]) >= 0 {
		return fmt.Sprintf("the address %q has no scheme and depends on how the page is opened", clip(address)), "write it in full, with https:"
	}
	if s := scheme(address); s != "" && !slices.Contains(allowed, s) {
		return fmt.Sprintf("an address of the kind %q is not published", clip(s+":")),
			"use a file of the project, or one of " + strings.Join(allowed, ", ")
	}
	return "", ""
}

// clip keeps a message short.
func clip(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
