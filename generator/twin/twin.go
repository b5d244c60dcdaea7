// Package twin turns a finished page into Markdown: what it shows, without the frame
// around it. The page is read as HTML and not from its source, so that what was placed,
// included, computed or cited is there as readers see it.
//
// Markdown is total and pure: any page gives some text.
package twin

import (
	"strings"

	"golang.org/x/net/html/atom"

	"cairn/generator/markup"
)

// Markdown returns the text of a page's <main>; nil if it has none. Link gives the address
// to write for one of the page; it is handed those of links and images as they stand there.
func Markdown(main *markup.Node, link func(address string) string) []byte {
	if main == nil {
		return nil
	}
	w := writer{link: link}
	return []byte(strings.Join(w.blocks(main), "\n\n") + "\n")
}

type writer struct{ link func(string) string }

// blocks returns the blocks below a node, each without a line break at its ends.
// Text and inline elements that stand between blocks are paragraphs.
func (w *writer) blocks(parent *markup.Node) []string {
	var list []string
	var line []*markup.Node
	var before *markup.Node // the last block, if nothing came after it
	flush := func() {
		if text := w.paragraph(line); text != "" {
			list, before = append(list, text), nil
		}
		line = nil
	}
	for node := parent.FirstChild; node != nil; node = node.NextSibling {
		if !node.Text && !inline[node.Name] && !skipped(node) {
			flush()
			made := w.block(node)
			if node.Name == atom.Label && len(list) > 0 && len(made) > 0 && before != nil && before.Name == atom.Label {
				list[len(list)-1] += "\n" + made[0] // the answers to a question are one list
			} else {
				list = append(list, made...)
			}
			before = node
		} else {
			line = append(line, node)
		}
	}
	flush()
	return list
}

// Elements that stand in a line of text. Everything else is a block.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Br: true, atom.Cite: true, atom.Code: true, atom.Del: true, atom.Em: true, atom.I: true,
	atom.Img: true, atom.Input: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true, atom.Picture: true, atom.Q: true, atom.S: true, atom.Small: true,
	atom.Source: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Var: true, atom.Wbr: true,
}

// skipped tells whether an element is of the frame, or a picture that says nothing in
// words.
func skipped(node *markup.Node) bool {
	switch node.Name {
	case atom.Svg:
		return node.Attribute("role") != "img" || node.Find(atom.Desc) == nil
	case atom.Nav, atom.Script, atom.Style, atom.Template, atom.Button, atom.Select, atom.Textarea, atom.Progress, atom.Noscript:
		return true
	}
	return node.Attribute("aria-hidden") == "true" || node.Has("hidden")
}

func (w *writer) block(node *markup.Node) []string {
	switch node.Name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if text := w.inlineOf(node); text != "" {
			return []string{strings.Repeat("#", int(node.Data[1]-'0')) + " " + strings.ReplaceAll(text, "\n", " ")}
		}
		return nil
	case atom.Ul, atom.Ol:
		return one(w.list(node))
	case atom.Dl:
		return one(w.definitions(node))
	case atom.Svg:
		return one(escape(strings.TrimSpace(node.Find(atom.Desc).TextOf())))
	case atom.Pre:
		return []string{fence(node)}
	case atom.Blockquote:
		return one(indent(strings.Join(w.blocks(node), "\n\n"), "> ", "> "))
	case atom.Hr:
		return []string{"---"}
	case atom.Table:
		return w.table(node)
	case atom.Label:
		if node.Parent.Name == atom.Li { // a task
			return one(w.inlineOf(node))
		}
		return one(indent(w.inlineOf(node), "- ", "  "))
	case atom.P:
		if node.Attribute("class") == "tab-title" {
			return strong(w.blocks(node), true)
		}
	case atom.Figcaption, atom.Summary:
		return strong(w.blocks(node), plain(node))
	case atom.Legend:
		return strong(one(w.inlineOf(node)), true)
	case atom.Div:
		if strings.HasPrefix(node.Attribute("class"), "alert") {
			blocks := w.blocks(node)
			if len(blocks) > 0 { // its kind
				strong(blocks[:1], true)
			}
			return one(indent(strings.Join(blocks, "\n\n"), "> ", "> "))
		}
	}
	return w.blocks(node)
}

func one(text string) []string {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return []string{text}
}

// strong marks a single line of text.
func strong(blocks []string, plain bool) []string {
	if len(blocks) == 1 && plain && !strings.ContainsAny(blocks[0], "*\n") {
		blocks[0] = "**" + blocks[0] + "**"
	}
	return blocks
}

// plain tells whether a node holds only text, which can be made strong as a whole.
func plain(node *markup.Node) bool {
	for child := range node.Descendants() {
		if !child.Text {
			return false
		}
	}
	return true
}

func (w *writer) list(node *markup.Node) string {
	var b strings.Builder
	number := 0
	loose := false
	var items [][]string
	for item := node.FirstChild; item != nil; item = item.NextSibling {
		if item.Text || skipped(item) {
			continue
		}
		blocks := w.blocks(item)
		if len(blocks) == 0 {
			continue
		}
		items = append(items, blocks)
		loose = loose || len(blocks) > 1
	}
	for i, blocks := range items {
		number++
		mark := "- "
		switch {
		case node.Attribute("type") == "a": // footnotes, which Markdown cannot number so
			blocks[0] = `\[` + letters(number) + `\] ` + blocks[0]
		case node.Name == atom.Ol:
			mark = itoa(number) + ". "
		}
		if i > 0 {
			b.WriteString("\n")
			if loose {
				b.WriteString("\n")
			}
		}
		b.WriteString(indent(strings.Join(blocks, "\n\n"), mark, strings.Repeat(" ", len(mark))))
	}
	return b.String()
}

func (w *writer) definitions(list *markup.Node) string {
	var lines []string
	for node := range list.Descendants() {
		switch node.Name {
		case atom.Dt:
			if text := w.inlineOf(node); text != "" {
				lines = append(lines, "- **"+text+"**")
			}
		case atom.Dd:
			text := strings.Join(w.blocks(node), "\n\n")
			if len(lines) == 0 || strings.Contains(text, "\n") {
				lines = append(lines, indent(text, "  ", "  "))
			} else {
				lines[len(lines)-1] += " " + text
			}
		}
	}
	return strings.Join(lines, "\n")
}

// fence writes code as it is, between more backticks than it holds in a row.
func fence(pre *markup.Node) string {
	code := pre
	if inside := pre.Find(atom.Code); inside != nil {
		code = inside
	}
	language := ""
	for _, class := range strings.Fields(code.Attribute("class") + " " + pre.Attribute("class")) {
		if name, ok := strings.CutPrefix(class, "language-"); ok {
			language = name
		}
	}
	text := strings.TrimSuffix(code.TextOf(), "\n")
	if code.Find(atom.Ins) != nil || code.Find(atom.Del) != nil {
		language, text = "diff", changes(code)
	}
	longest, run := 2, 0
	for _, r := range text {
		if r == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	marks := strings.Repeat("`", longest+1)
	return marks + language + "\n" + text + "\n" + marks
}

// letters numbers a, b, … z, aa, ab.
func letters(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('a'+(n-1)%26)) + name
	}
	return name
}

// changes writes code with added and removed lines as a difference.
func changes(code *markup.Node) string {
	var b strings.Builder
	fresh := true
	for child := range code.Descendants() {
		if !child.Text {
			continue
		}
		sign := " "
		for above := child.Parent; above != code; above = above.Parent {
			switch above.Name {
			case atom.Ins:
				sign = "+"
			case atom.Del:
				sign = "-"
			}
		}
		for line := range strings.Lines(child.Data) {
			if fresh {
				b.WriteString(sign)
			}
			b.WriteString(line)
			fresh = strings.HasSuffix(line, "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// indent puts first before the first line and rest before all others that hold
// something.
func indent(text, first, rest string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		switch {
		case i == 0:
			lines[i] = first + line
		case line != "":
			lines[i] = rest + line
		default:
			lines[i] = strings.TrimRight(rest, " ")
		}
	}
	return strings.Join(lines, "\n")
}
