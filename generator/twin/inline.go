package twin

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"cairn/generator/markup"
)

// inlineOf returns the text of a node's children as one line, or as several where it
// breaks lines itself.
func (w *writer) inlineOf(node *markup.Node) string {
	var children []*markup.Node
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		children = append(children, child)
	}
	return w.paragraph(children)
}

// A sign that would make something else of a line that begins with it.
var opening = regexp.MustCompile(`^(#{1,6}|[-+]|=+|-{2,}|>|~{3,}|\d{1,9}[.)])(\s|$)|^[>|]|^~{3}`)

func (w *writer) paragraph(nodes []*markup.Node) string {
	if len(nodes) == 0 {
		return ""
	}
	if len(nodes) == 1 && nodes[0].Text { // most often the space between two blocks
		return lineOf(escape(nodes[0].Data))
	}
	var b strings.Builder
	for _, node := range nodes {
		w.inline(&b, node)
	}
	text := b.String()
	if !strings.Contains(text, hardBreak) {
		return lineOf(text)
	}
	lines := strings.Split(text, hardBreak)
	for i, line := range lines {
		lines[i] = lineOf(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\\\n"))
}

// lineOf is a line of a paragraph. A sign that would make something else of it is escaped.
func lineOf(line string) string {
	line = fold(line)
	if line == "" || strings.IndexByte("#-+=>~|0123456789", line[0]) < 0 || !opening.MatchString(line) {
		return line
	}
	// A number is escaped before its point, anything else before itself.
	if at := strings.IndexFunc(line, func(r rune) bool { return r < '0' || r > '9' }); at > 0 {
		return line[:at] + `\` + line[at:]
	}
	return `\` + line
}

// fold makes one space of all that stands between words. Most lines are so already.
func fold(line string) string {
	if len(line) > 0 && line[0] <= ' ' && strings.TrimSpace(line) == "" {
		return ""
	}
	space := true // before the line, too
	for i := 0; i < len(line); i++ {
		c := line[i]
		if c == ' ' && space || c < ' ' || c >= 0xC2 && c <= 0xE3 { // spaces of Unicode begin so
			return strings.Join(strings.Fields(line), " ")
		}
		space = c == ' '
	}
	return strings.TrimSuffix(line, " ")
}

// hardBreak cannot stand in HTML text: a parser replaces NUL.
const hardBreak = "\x00"

// inline writes what a node shows. Space is left as it is; the paragraph folds it.
func (w *writer) inline(b *strings.Builder, node *markup.Node) {
	if node.Text {
		b.WriteString(escape(node.Data))
		return
	}
	if skipped(node) {
		return
	}
	switch node.Name {
	case atom.Br:
		b.WriteString(hardBreak)
	case atom.Wbr:
	case atom.Img:
		if node.Attribute("class") == "only-dark" {
			return // the same, for another page
		}
		if alt := node.Attribute("alt"); alt != "" || node.Attribute("src") != "" {
			b.WriteString("![" + escape(alt) + "](" + destination(w.link(node.Attribute("src"))) + ")")
		}
	case atom.Input:
		if node.Attribute("type") == "checkbox" && node.Has("disabled") {
			b.WriteString(map[bool]string{true: "[x] ", false: "[ ] "}[node.Has("checked")])
		}
	case atom.A:
		text := w.inside(node)
		address := node.Attribute("href")
		switch {
		case strings.TrimSpace(text) == "", node.Attribute("role") == "doc-backlink": // from a note to its mark
		case node.Attribute("class") == "cite":
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
		if node.Attribute("class") != "" {
			b.WriteString(" ")
		}
		b.WriteString(code(node.TextOf()))
	case atom.Small:
		if text := w.inside(node); strings.TrimSpace(text) != "" {
			around(b, text, " (", ")")
		}
	default:
		// A block within a line, as in a label, and what a style sheet sets apart.
		apart := !inline[node.Name] || node.Attribute("class") != ""
		if apart {
			b.WriteString(" ")
		}
		b.WriteString(w.inside(node))
		if apart && !inline[node.Name] {
			b.WriteString(" ")
		}
	}
}

func (w *writer) inside(node *markup.Node) string {
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

// escape puts a backslash before each sign that would mean something.
func escape(text string) string {
	at := 0
	for at < len(text) && !special[text[at]] {
		at++
	}
	if at == len(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16)
	b.WriteString(text[:at])
	for ; at < len(text); at++ {
		c := text[at]
		switch {
		case c == hardBreak[0]:
			continue
		case c == '~' && strings.HasPrefix(text[at+1:], "~"):
			b.WriteString(`\~\~`)
			at++
			continue
		case special[c] && c != '~' && (c != '&' || isReference(text[at:])):
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

var special = func() (all [256]bool) {
	for _, c := range []byte("\\`*_[]<~&" + hardBreak) {
		all[c] = true
	}
	return all
}()

// isReference tells whether a text begins with the name or the number of a sign, as HTML
// and Markdown write it.
func isReference(text string) bool {
	name := strings.TrimPrefix(text[len("&"):], "#")
	at := 0
	for at < len(name) && (name[at]|0x20 >= 'a' && name[at]|0x20 <= 'z' || name[at] >= '0' && name[at] <= '9') {
		at++
	}
	return at > 0 && at < len(name) && name[at] == ';'
}

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
