package markdown

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"cairn/generator/diag"
)

// collectChosenIDs claims the ids that authors wrote before any is made, so that
// a made one never takes the name of a chosen one further down.
func (w *writer) collectChosenIDs(document *ast.Document) {
	w.chosen = map[ast.Node]string{}
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		heading, ok := n.(*ast.Heading)
		if !ok {
			if n.Type() == ast.TypeInline {
				return ast.WalkSkipChildren, nil
			}
			return ast.WalkContinue, nil
		}
		if entering {
			w.chooseID(heading)
		}
		return ast.WalkSkipChildren, nil
	})
}

// chooseID reads the braces of a heading, of which goldmark has told the values
// but not the place.
func (w *writer) chooseID(n *ast.Heading) {
	if len(n.Attributes()) == 0 {
		return
	}
	start := n.Pos()
	if lines := n.Lines(); lines.Len() > 0 {
		start = lines.At(lines.Len() - 1).Stop
	}
	end := lineEnd(w.source, start)
	if i := strings.LastIndexByte(string(w.source[start:end]), '{'); i >= 0 {
		start += i
	}
	end = start + len(strings.TrimRight(string(w.source[start:end]), " \t\r#"))
	for _, a := range n.Attributes() {
		if string(a.Name) != "id" {
			w.fault(start, end, diag.MarkdownUnknownAttribute,
				fmt.Sprintf("a heading has no attribute %q", clip(string(a.Name))), "a heading takes only an id: {#id}")
			continue
		}
		id := fmt.Sprint(a.Value)
		if value, ok := a.Value.([]byte); ok {
			id = string(value)
		}
		switch {
		case !isID(id):
			w.badID(start, end, id)
		case !w.ids.take(SafeID(id)):
			w.fault(start, end, diag.MarkdownDuplicateID,
				fmt.Sprintf("another heading has the id %q", id), "give each heading an id of its own")
		default:
			w.chosen[n] = SafeID(id)
		}
	}
}

func (w *writer) badID(start, end int, id string) {
	w.fault(start, end, diag.MarkdownBadAttribute,
		fmt.Sprintf("%q cannot be the id of a heading", clip(id)), "write letters, digits and hyphens: {#first-steps}")
}

// unreadID is an id in braces that goldmark took for text.
var unreadID = regexp.MustCompile(`\{#([^{}]*)\}$`)

func (w *writer) heading(n *ast.Heading) {
	text := w.plain(n)
	id, ok := w.chosen[n]
	if !ok {
		id = w.ids.make(text)
	}
	start, end := n.Pos(), n.Pos()
	if lines := n.Lines(); lines.Len() > 0 {
		start, end = lines.At(0).Start, lines.At(lines.Len()-1).Stop
		end = start + len(strings.TrimRight(string(w.source[start:max(start, end)]), " \t\r\n"))
	}
	if id := unreadID.FindStringSubmatch(text); id != nil {
		w.badID(start, end, id[1])
	}
	if n.Level > w.level+1 {
		w.fault(start, end, diag.MarkdownHeadingJump,
			fmt.Sprintf("a heading of level %d follows one of level %d", n.Level, w.level),
			fmt.Sprintf("write it with %[1]s, or put a heading with %[1]s above it", strings.Repeat("#", w.level+1)))
	}
	w.level = n.Level
	if n.Level == 2 {
		w.section = id
	}
	step := w.options.Templates && n.Level == 2 && hasCode(n)
	w.article.Headings = append(w.article.Headings, Heading{
		Level: n.Level, ID: id, Text: text, Start: w.base + start, End: w.base + end, Step: step,
	})
	w.say(text)
	fmt.Fprintf(&w.out, "<h%d id=\"%s\">", n.Level, escape(id))
	if step {
		w.out.WriteString(`<label><input type="checkbox" class="tick"> <span>`)
	}
	w.inlines(n)
	if step {
		w.out.WriteString("</span></label>")
	}
	fmt.Fprintf(&w.out, "</h%d>\n", n.Level)
}

// hasCode tells whether a block of code stands in the section of a heading.
func hasCode(heading *ast.Heading) bool {
	found := false
	for n := heading.NextSibling(); n != nil && !found; n = n.NextSibling() {
		if next, ok := n.(*ast.Heading); ok && next.Level <= heading.Level {
			break
		}
		_ = ast.Walk(n, func(inner ast.Node, _ bool) (ast.WalkStatus, error) {
			_, isCode := inner.(*ast.FencedCodeBlock)
			found = found || isCode
			if found {
				return ast.WalkStop, nil
			}
			if inner.Type() == ast.TypeInline {
				return ast.WalkSkipChildren, nil
			}
			return ast.WalkContinue, nil
		})
	}
	return found
}

func (w *writer) paragraph(n *ast.Paragraph) {
	if !n.HasChildren() {
		return
	}
	text := w.plain(n)
	w.say(text)
	if w.article.Lead == "" && n.Parent().Kind() == ast.KindDocument {
		w.article.Lead = text
	}
	w.out.WriteString("<p>")
	w.inlineOrTask(n)
	w.out.WriteString("</p>\n")
}

// inlineOrTask writes text; that of a task is the label of its box, so that the
// box has a name.
func (w *writer) inlineOrTask(n ast.Node) {
	task, ok := n.FirstChild().(*extast.TaskCheckBox)
	if !ok {
		w.inlines(n)
		return
	}
	w.out.WriteString(`<label><input type="checkbox" disabled`)
	if task.IsChecked {
		w.out.WriteString(" checked")
	}
	w.out.WriteString("> ")
	w.inlines(n)
	w.out.WriteString("</label>")
}

func (w *writer) list(n *ast.List) {
	tag, attributes := "ul", ""
	if n.IsOrdered() {
		tag = "ol"
		if n.Start != 1 {
			attributes = ` start="` + strconv.Itoa(n.Start) + `"`
		}
	}
	switch {
	case isSteps(n):
		attributes += ` class="steps"`
	case allTasks(n):
		attributes += ` class="tasks"`
	}
	w.out.WriteString("<" + tag + attributes + ">\n")
	w.blocks(n)
	w.out.WriteString("</" + tag + ">\n")
}

func allTasks(list ast.Node) bool {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if !isTask(item) {
			return false
		}
	}
	return true
}

func isTask(item ast.Node) bool {
	first := item.FirstChild()
	if first == nil {
		return false
	}
	_, ok := first.FirstChild().(*extast.TaskCheckBox)
	return ok
}

func (w *writer) listItem(n *ast.ListItem) {
	w.out.WriteString("<li>")
	if first := n.FirstChild(); first != nil && first.Kind() != ast.KindTextBlock {
		w.out.WriteByte('\n')
	}
	w.blocks(n)
	w.out.WriteString("</li>\n")
}

// alertMark is the first line of an alert; alertLike is one that was meant to be.
var (
	alertMark = regexp.MustCompile(`^\[!([A-Za-z]+)\][ \t\r]*$`)
	alertLike = regexp.MustCompile(`^\[!([A-Za-z]+)\](.*)$`)
)

func (w *writer) blockquote(n *ast.Blockquote) {
	kind, label := w.alert(n)
	if kind == "" {
		w.element("blockquote", n)
		return
	}
	fmt.Fprintf(&w.out, "<div class=\"alert %s\">\n<p>%s</p>\n", kind, escape(label))
	w.say(label)
	w.blocks(n)
	w.out.WriteString("</div>\n")
}

// alert reads the mark of an alert and takes it out of the tree. The kind is empty
// for an ordinary quote.
func (w *writer) alert(n *ast.Blockquote) (kind, label string) {
	paragraph, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || paragraph.Lines().Len() == 0 {
		return "", ""
	}
	segment := paragraph.Lines().At(0)
	line := strings.TrimRight(string(segment.Value(w.source)), "\r\n")
	like := alertLike.FindStringSubmatch(line)
	if like == nil || strings.HasPrefix(like[2], "(") || strings.HasPrefix(like[2], "[") {
		return "", ""
	}
	labels := map[string]string{
		"note": w.words.Note, "tip": w.words.Tip, "important": w.words.Important,
		"warning": w.words.Warning, "caution": w.words.Caution,
	}
	kind = strings.ToLower(like[1])
	end := segment.Start + len("[!]") + len(kind)
	if labels[kind] == "" {
		w.fault(segment.Start, end, diag.MarkdownUnknownAlert,
			fmt.Sprintf("there is no alert of the kind %q", clip(like[1])),
			diag.DidYouMean(like[1], []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"},
				"there are NOTE, TIP, IMPORTANT, WARNING and CAUTION"))
		return "", ""
	}
	if !alertMark.MatchString(line) {
		w.fault(segment.Start, end, diag.MarkdownUnknownAlert,
			"text follows the mark of an alert on its line", "begin the text on the next line of the quote")
		return "", ""
	}
	for child := paragraph.FirstChild(); child != nil; {
		next := child.NextSibling()
		text, isText := child.(*ast.Text)
		paragraph.RemoveChild(paragraph, child)
		if isText && (text.SoftLineBreak() || text.HardLineBreak()) {
			break
		}
		child = next
	}
	return kind, labels[kind]
}

// htmlBlock publishes HTML if config trusts the authors, and else shows it as
// text: dropping it would lose what somebody wrote.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	html := w.lines(n)
	w.region(n)
	switch {
	case w.options.RawHTML:
		w.out.WriteString(newlined(html))
	case isComment(html):
	default:
		w.fault(n.Pos(), lineEnd(w.source, n.Pos()), diag.MarkdownRawHTML,
			"HTML is shown as text", "write it in Markdown, or set raw-html = true under [content] in config.toml")
		text := strings.TrimSpace(html)
		w.say(newlined(text))
		w.out.WriteString("<p>" + escape(text) + "</p>\n")
	}
}

// isComment tells whether HTML is nothing but comments.
func isComment(html string) bool {
	html = strings.TrimSpace(html)
	if html == "" {
		return false
	}
	for html != "" {
		rest, opened := strings.CutPrefix(html, "<!--")
		_, rest, closed := strings.Cut(rest, "-->")
		if !opened || !closed {
			return false
		}
		html = strings.TrimSpace(rest)
	}
	return true
}

func (w *writer) directive(n *directive) {
	if len(n.faults) > 0 {
		w.report(n.faults...)
		w.out.WriteString("<p>" + escape(string(w.source[n.start:n.end])) + "</p>\n")
		return
	}
	for _, value := range n.values {
		w.checkGrowth(len(value))
	}
	w.article.Blocks = append(w.article.Blocks, Block{
		Name: n.name, Attributes: n.values, Start: w.base + n.start, End: w.base + n.end,
	})
	w.hole(BlockHole, len(w.article.Blocks)-1)
}

// table wraps a table so that a wide one scrolls by itself. The region is named
// by the table's own header: no word of the interface is needed.
func (w *writer) table(n *extast.Table) {
	header := n.FirstChild()
	var names []string
	for cell := header.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if name := w.plain(cell); name != "" {
			names = append(names, name)
		}
	}
	label := ""
	if len(names) > 0 {
		label = ` aria-label="` + escape(clip(strings.Join(names, ", "))) + `"`
	}
	// An empty first header names nothing, so its column names the rows.
	rowHeads := header.FirstChild() != nil && !header.FirstChild().HasChildren()
	w.out.WriteString(`<div class="scroll" role="group" tabindex="0"` + label + ">\n<table>\n<thead>\n")
	for row := header; row != nil; row = row.NextSibling() {
		w.tableRow(row, row == header, rowHeads)
		if row == header {
			w.out.WriteString("</thead>\n")
			if row.NextSibling() != nil {
				w.out.WriteString("<tbody>\n")
			}
		}
	}
	if header.NextSibling() != nil {
		w.out.WriteString("</tbody>\n")
	}
	w.out.WriteString("</table>\n</div>\n")
}

func (w *writer) tableRow(row ast.Node, isHeader, rowHeads bool) {
	var texts []string
	w.out.WriteString("<tr>")
	for child := row.FirstChild(); child != nil; child = child.NextSibling() {
		w.checkGrowth(0)
		tag, attributes := "td", ""
		switch {
		case isHeader && child.HasChildren():
			tag, attributes = "th", ` scope="col"`
		case !isHeader && rowHeads && child.PreviousSibling() == nil && child.HasChildren():
			tag, attributes = "th", ` scope="row"`
		}
		if cell, ok := child.(*extast.TableCell); ok && cell.Alignment == extast.AlignRight {
			attributes += ` class="num"`
		}
		w.out.WriteString("<" + tag + attributes + ">")
		if text := w.plain(child); text != "" {
			texts = append(texts, text)
		}
		w.inlines(child)
		w.out.WriteString("</" + tag + ">")
	}
	w.out.WriteString("</tr>\n")
	w.say(strings.Join(texts, " "))
	if !isHeader {
		w.checkCells(row)
	}
}

// checkCells reports the cells of a row that go beyond the header: goldmark drops
// them, as GitHub does.
func (w *writer) checkCells(row ast.Node) {
	start := row.Pos()
	end := lineEnd(w.source, start)
	line := strings.TrimRight(string(w.source[start:end]), " \t\r")
	columns, cells := row.ChildCount(), 0
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case line[i] == '|' && strings.Trim(line[:i], " \t") != "":
			if cells++; cells == columns && i+1 < len(line) {
				w.fault(start+i, start+len(line), diag.MarkdownExtraCells,
					fmt.Sprintf("this row has more cells than the header, which has %d", columns),
					"give the header a column for it, or write a bar in the text as \\|")
				return
			}
		}
	}
}

func (w *writer) footnotes(n *extast.FootnoteList) {
	label := w.words.Footnotes
	if suffix := NoteSuffix(w.file.Path); suffix != "" {
		label += " (" + suffix[1:] + ")" // the page that includes it may have its own
	}
	fmt.Fprintf(&w.out, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"%s\">\n<ol type=\"a\">\n", escape(label))
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		note, ok := child.(*extast.Footnote)
		if !ok {
			continue
		}
		fmt.Fprintf(&w.out, "<li id=\"fn-%d%s\">\n", note.Index, NoteSuffix(w.file.Path))
		w.blocks(note)
		w.out.WriteString("</li>\n")
	}
	w.out.WriteString("</ol>\n</section>\n")
}
