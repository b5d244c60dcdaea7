package serve

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	xhtml "golang.org/x/net/html"
)

// prepare returns a page as the preview sends it: after <body> come the list of
// faults, if there are any, and the one script tag that reloads; the policy gets
// the two words without which the script may not listen. All else is kept byte for
// byte. The tokenizer finds the places, so that a <body> inside a comment or a data
// block is none.
func prepare(page []byte, site *Site, source string) []byte {
	var out bytes.Buffer
	out.Grow(len(page) + 1024)
	tokens := xhtml.NewTokenizer(bytes.NewReader(page))
	added, read := false, 0
	for !added {
		if tokens.Next() == xhtml.ErrorToken {
			break
		}
		raw := tokens.Raw()
		read += len(raw)
		token := tokens.Token()
		isTag := token.Type == xhtml.StartTagToken || token.Type == xhtml.SelfClosingTagToken
		switch {
		case isTag && token.Data == "meta" && strings.EqualFold(attribute(token, "http-equiv"), "Content-Security-Policy"):
			out.WriteString(allowListening(page[read-len(raw):read], token))
		case isTag && token.Data == "body":
			out.Write(page[read-len(raw) : read])
			writeAdditions(&out, site, source)
			added = true
		default:
			out.Write(page[read-len(raw) : read])
		}
	}
	out.Write(page[read:])
	if !added {
		writeAdditions(&out, site, source)
	}
	return out.Bytes()
}

func writeAdditions(out *bytes.Buffer, site *Site, source string) {
	out.WriteString(`<script src="/_cairn/reload.js" data-version="` + html.EscapeString(oneLine(site.Version)) + `" defer></script>`)
	if len(site.Faults) > 0 {
		writeFaults(out, site.Faults, source)
	}
}

var (
	contentAttribute = regexp.MustCompile(`(?i)(\scontent\s*=\s*)("[^"]*"|'[^']*')`)
	listening        = regexp.MustCompile(`(?i)(^|;)(\s*connect-src)(\s|;|$)`)
)

// allowListening adds connect-src 'self' to the policy in a meta element.
func allowListening(raw []byte, meta xhtml.Token) string {
	policy := attribute(meta, "content")
	if at := listening.FindStringSubmatchIndex(policy); at != nil {
		// Beside another source, 'none' counts for nothing.
		policy = policy[:at[5]] + " 'self'" + policy[at[5]:]
	} else {
		policy = strings.TrimRight(policy, "; ") + "; connect-src 'self'"
	}
	value := `"` + html.EscapeString(policy) + `"`
	at := contentAttribute.FindSubmatchIndex(raw)
	if at == nil {
		return `<meta http-equiv="Content-Security-Policy" content=` + value + `>`
	}
	return string(raw[:at[4]]) + value + string(raw[at[5]:])
}

func attribute(token xhtml.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
