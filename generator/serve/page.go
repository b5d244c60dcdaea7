package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"regexp"
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"
)

// prepare returns a page as the preview sends it: after <body> come the one script
// tag that reloads and the list of faults, if there are any; the policy gets the two
// words without which the script may not listen. All else is kept byte for byte.
func prepare(a *answer, editor editor) []byte {
	in := find(a.body)
	var out bytes.Buffer
	out.Grow(len(a.body) + 1024)
	out.Write(a.body[:in.policy])
	out.WriteString(in.words)
	out.Write(a.body[in.policy:in.body])
	out.WriteString(`<script src="/_cairn/reload.js" data-version="` + in.version(a.body) + `" defer></script>`)
	writeFaults(&out, a, editor)
	out.Write(a.body[in.body:])
	return out.Bytes()
}

// places are where in a page the preview adds something.
type places struct {
	// policy is where the words go that allow listening.
	policy int
	words  string
	// body is the end of the <body> tag.
	body int
	// styles are the addresses of style sheets, as they are written.
	styles []span
}

type span struct{ start, end int }

// find finds the places with the tokenizer, so that a <body> inside a comment or a
// data block is none. A page without a policy or a <body> has them at its end.
func find(page []byte) places {
	in := places{body: len(page)}
	tokens := xhtml.NewTokenizer(bytes.NewReader(page))
	for at := 0; tokens.Next() != xhtml.ErrorToken; {
		raw := len(tokens.Raw())
		token := tokens.Token()
		start, end := at, at+raw
		at = end
		if token.Type != xhtml.StartTagToken && token.Type != xhtml.SelfClosingTagToken {
			continue
		}
		switch {
		case token.Data == "meta" && in.words == "" && strings.EqualFold(attribute(token, "http-equiv"), "Content-Security-Policy"):
			if value, ok := valueOf(contentAttribute, page, start, end); ok {
				in.policy, in.words = listen(page, value)
			}
		case token.Data == "link" && slices.Contains(strings.Fields(strings.ToLower(attribute(token, "rel"))), "stylesheet"):
			if value, ok := valueOf(hrefAttribute, page, start, end); ok {
				in.styles = append(in.styles, value)
			}
		case token.Data == "body":
			in.body = end
			return in
		}
	}
	return in
}

var (
	contentAttribute = regexp.MustCompile(`(?i)\scontent\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)`)
	hrefAttribute    = regexp.MustCompile(`(?i)\shref\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)`)
	listening        = regexp.MustCompile(`(?i)(^|;)\s*connect-src\b`)
)

// valueOf finds the value of an attribute in a tag, without its quotes.
func valueOf(attribute *regexp.Regexp, page []byte, start, end int) (span, bool) {
	at := attribute.FindSubmatchIndex(page[start:end])
	if at == nil {
		return span{}, false
	}
	value := span{start + at[2], start + at[3]}
	if quote := page[value.start]; quote == '"' || quote == '\'' {
		value.start++
		value.end--
	}
	return value, true
}

// listen says what allows listening, and where in the page it goes.
func listen(page []byte, policy span) (at int, words string) {
	quote := "'"
	if policy.end < len(page) && page[policy.end] != '"' {
		quote = "&#39;" // the attribute ends at the next sign of this kind
	}
	text := page[policy.start:policy.end]
	if found := listening.FindIndex(text); found != nil {
		return policy.start + found[1], " " + quote + "self" + quote // beside another source, 'none' counts for nothing
	}
	if policy.end < len(page) && page[policy.end] != '"' && page[policy.end] != '\'' {
		return policy.end, ";connect-src&#32;" + quote + "self" + quote // without quotes, a space would end it
	}
	return policy.end, "; connect-src " + quote + "self" + quote
}

// version names what a reader sees of a page but for its style, which an open page
// exchanges without a reload.
func (in places) version(page []byte) string {
	hash := sha256.New()
	at := 0
	for _, style := range in.styles {
		hash.Write(page[at:style.start])
		at = style.end
	}
	hash.Write(page[at:])
	return hex.EncodeToString(hash.Sum(nil)[:12])
}

// stylesOf returns the addresses of the style sheets of a page.
func (in places) stylesOf(page []byte) []string {
	var styles []string
	for _, style := range in.styles {
		styles = append(styles, html.UnescapeString(string(page[style.start:style.end])))
	}
	return styles
}

func attribute(token xhtml.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
