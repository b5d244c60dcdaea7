package twin

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inlineOf returns the text of a node's children as one line, or as several where it
// breaks lines itself.
func (w *writer) inlineOf(node *html.Node) string {
	var children []*html.Node
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		children = append(children, child)
	}
	return w.paragraph(children)
}

// A sign that would make something else of a line that begins with it.
var opening = regexp.MustCompile(`^(#{1,6}|[-+]|=+|-{2,}|>|~{3,}|\d{1,9}[.)])(\s|$)|^[>|]|^~{3}`)

func (w *writer) paragraph(nodes []*html.Node) string {
	var b strings.Builder
	for _, node := range nodes {
		w.inline(&b, node)
	}
	lines := strings.Split(b.String(), hardBreak)
	for i, line := range lines {
		line = strings.Join(strings.Fields(line), " ")
		if opening.MatchString(line) {
			// A number is escaped before its point, anything else before itself.
			if at := strings.IndexFunc(line, func(r rune) bool { return r < '0' || r > '9' }); at > 0 {
				line = line[:at] + `\` + line[at:]
			} else {
				line = `\` + line
			}
		}
		lines[i] = line
	}
	return strings.TrimSpace(strings.Join(lines, "\\\n"))
}

// hardBreak cannot stand in HTML text: a parser replaces NUL.
const hardBreak = "\x00"

// inline writes what a node shows. Space is left as it is; the paragraph folds it.
func (w *writer) inline(b *strings.Builder, node *html.Node) {
	switch node.Type {
	case html.TextNode:
		b.WriteString(escape(node.Data))
		return
	case html.ElementNode:
	default:
		return
	}
	if skipped(node) {
		return
	}
	switch node.DataAtom {
	case atom.Br:
		b.WriteString(hardBreak)
	case atom.Wbr:
	case atom.Img:
		if attribute(node, "class") == "only-dark" {
			return // the same, for another page
		}
		if alt := attribute(node, "alt"); alt != "" || attribute(node, "src") != "" {
			b.WriteString("![" + escape(alt) + "](" + destination(w.link(attribute(node, "src"))) + ")")
		}
	case atom.Input:
		if attribute(node, "type") == "checkbox" && has(node, "disabled") {
			b.WriteString(map[bool]string{true: "[x] ", false: "[ ] "}[has(node, "checked")])
		}
	case atom.A:
		text := w.inside(node)
		address := attribute(node, "href")
		switch {
		case strings.TrimSpace(text) == "", attribute(node, "role") == "doc-backlink": // from a note to its mark
		case attribute(node, "class") == "cite":
			b.WriteString(` \[` + strings.TrimSpace(text) + `\]`)
		case address == "":
			b.WriteString(text)
		default:
			around(b, text, "[", "]("+destination(w.link(address))+")")
		}
	case atom.Em, atom.I, atom.Var:
		around(b, w.inside(node), "*", "*")
	case atom.Strong, atom.B:
		around(b, w.inside(node), "**", "**")
	case atom.Del, atom.S:
		around(b, w.inside(node), "~~", "~~")
	case atom.Code, atom.Kbd:
		if attribute(node, "class") != "" {
			b.WriteString(" ")
		}
		b.WriteString(code(textOf(node)))
	case atom.Small:
		if text := w.inside(node); strings.TrimSpace(text) != "" {
			around(b, text, " (", ")")
		}
	default:
		// A block within a line, as in a label, and what a style sheet sets apart.
		apart := !inline[node.DataAtom] || attribute(node, "class") != ""
		if apart {
			b.WriteString(" ")
		}
		b.WriteString(w.inside(node))
		if apart && !inline[node.DataAtom] {
			b.WriteString(" ")
		}
	}
}

func (w *writer) inside(node *html.Node) string {
	var b strings.Builder
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		w.inline(&b, child)
	}
	return b.String()
}

// around puts marks directly around a text, and leaves the space at its ends outside:
// marks with space within do not count.
func around(b *strings.Builder, text, before, after string) {
	inside := strings.TrimSpace(text)
	if inside == "" {
		b.WriteString(text)
		return
	}
	at := strings.Index(text, inside)
	b.WriteString(text[:at] + before + inside + after + text[at+len(inside):])
}

// code writes a code span, between more backticks than it holds.
func code(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return ""
	}
	marks := "`"
	for strings.Contains(text, marks) {
		marks += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return marks + text + marks
}

var special = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "~~", `\~\~`, hardBreak, "")

// A name or number of a sign, as HTML and Markdown write it.
var reference = regexp.MustCompile(`&(#?[A-Za-z0-9]+;)`)

func escape(text string) string { return reference.ReplaceAllString(special.Replace(text), `\&$1`) }

// destination writes an address so that no sign of it ends the link.
func destination(address string) string {
	if strings.ContainsAny(address, "<>\n") {
		address = strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "%0A").Replace(address)
	}
	if address == "" || strings.ContainsAny(address, " ()\t\\") {
		return "<" + strings.ReplaceAll(address, `\`, `%5C`) + ">"
	}
	return address
}

func itoa(n int) string { return strconv.Itoa(n) }
