package markdown

import (
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"

	"cairn/generator/diag"
)

// inlines writes the inline children of a node.
func (w *writer) inlines(parent ast.Node) { w.inlinesAt(parent, 0) }

func (w *writer) inlinesAt(parent ast.Node, depth int) {
	if depth > maxInlineDepth {
		panic(tooDeep(w.source, max(0, parent.Pos()), "emphasis and links"))
	}
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		w.inline(child, depth)
	}
}

func (w *writer) inline(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Text:
		w.checkText(n.Segment)
		html.DefaultWriter.Write(&w.out, n.Segment.Value(w.source))
		switch {
		case n.HardLineBreak():
			w.trimSpace(" ") // of those that break the line, some stand in a text before
			w.out.WriteString("<br>\n")
		case n.SoftLineBreak():
			w.out.WriteByte('\n')
		}
	case *ast.String:
		w.out.WriteString(escape(string(n.Value)))
	case *ast.CodeSpan:
		code := w.codeSpan(n)
		if w.options.Templates && strings.Contains(code, "@{") {
			w.spanTemplate(n, code)
			return
		}
		w.out.WriteString("<code>" + escape(code) + "</code>")
	case *ast.Emphasis:
		tag := "em"
		if n.Level == 2 {
			tag = "strong"
		}
		w.inlineElement(tag, n, depth)
	case *extast.Strikethrough:
		w.inlineElement("del", n, depth)
	case *ast.Link:
		w.link(n, depth)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *citation:
		w.citation(n)
	case *missingFootnote:
		label := w.source[n.start:n.end]
		w.fault(n.start, n.end, diag.MarkdownMissingFootnote,
			"there is no footnote "+quoted(label[2:len(label)-1]), "define it on a line of its own: "+clip(string(label))+": …")
		w.out.WriteString(escape(string(label)))
	case *extast.FootnoteLink:
		w.footnoteMark(n)
	case *extast.FootnoteBacklink:
		fmt.Fprintf(&w.out, ` <a href="#%s" role="doc-backlink" aria-label="%s">↩</a>`, w.markID(n.Index, n.RefIndex), escape(w.words.BackToText))
	case *extast.TaskCheckBox:
	default:
		w.inlinesAt(n, depth+1)
	}
}

// trimSpace drops the space that was written last.
func (w *writer) trimSpace(space string) {
	for w.out.Len() > 0 && strings.IndexByte(space, w.out.Bytes()[w.out.Len()-1]) >= 0 {
		w.out.Truncate(w.out.Len() - 1)
	}
}

func (w *writer) inlineElement(tag string, n ast.Node, depth int) {
	w.out.WriteString("<" + tag + ">")
	w.inlinesAt(n, depth+1)
	w.out.WriteString("</" + tag + ">")
}

// offsetOf returns where in the source a slice of it begins, or false if the
// slice is a copy. A slice of a slice keeps the end of its capacity.
func (w *writer) offsetOf(part []byte) (int, bool) {
	at := cap(w.source) - cap(part)
	if at < 0 || at+len(part) > len(w.source) || len(part) == 0 || &w.source[at] != &part[0] {
		return 0, false
	}
	return at, true
}

// place returns where a destination stands, and else the construct it belongs to.
func (w *writer) place(destination []byte, n ast.Node) (start, end int) {
	if at, ok := w.offsetOf(destination); ok {
		return at, at + len(destination)
	}
	start = max(0, n.Pos())
	return start, min(start+1, len(w.source))
}

func (w *writer) link(n *ast.Link, depth int) {
	text := w.plain(n)
	start, end := w.place(n.Destination, n)
	destination := strings.TrimSpace(unescape(n.Destination))
	ok := w.addressFits(destination, start, end, linkSchemes, "link")
	if w.inLink || !ok {
		w.inlinesAt(n, depth+1)
		return
	}
	if text == "" {
		w.fault(start, end, diag.MarkdownLinkWithoutText, "a link without text", "write between the square brackets where it leads")
	}
	w.openLink(Link{Destination: destination, Title: w.title(n.Title), Text: text, Start: w.base + start, End: w.base + end})
	index := len(w.article.Links) - 1
	w.inLink = true
	w.inlinesAt(n, depth+1)
	w.inLink = false
	w.hole(LinkClose, index)
}

func (w *writer) openLink(link Link) {
	w.checkGrowth(len(link.Destination) + len(link.Title) + len(link.Text))
	w.article.Links = append(w.article.Links, link)
	w.hole(LinkOpen, len(w.article.Links)-1)
}

// title is that of a link or image: one line of plain text.
func (w *writer) title(source []byte) string {
	w.checkGrowth(len(source))
	return strings.Join(strings.Fields(unescape(source)), " ")
}

// addressFits checks a destination and reports what is wrong with it.
func (w *writer) addressFits(address string, start, end int, schemes []string, what string) bool {
	if address == "" || address == "#" {
		w.fault(start, end, diag.MarkdownEmptyLink, fmt.Sprintf("this %s has no address", what),
			"write a file relative to this page, a full https address or, for a heading, #its-id")
		return false
	}
	if message, hint := unsafeAddress(address, schemes); message != "" {
		w.fault(start, end, diag.MarkdownUnsafeLink, message, hint)
		return false
	}
	return true
}

func (w *writer) autoLink(n *ast.AutoLink) {
	label := n.Label(w.source)
	start, end := w.place(label, n)
	destination := string(n.URL(w.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(destination), "mailto:") {
		destination = "mailto:" + destination
	}
	if w.inLink || !w.addressFits(destination, start, end, linkSchemes, "link") {
		w.out.WriteString(escape(string(label)))
		return
	}
	w.openLink(Link{Destination: destination, Text: string(label), Start: w.base + start, End: w.base + end})
	w.out.WriteString(escape(string(label)))
	w.hole(LinkClose, len(w.article.Links)-1)
}

func (w *writer) image(n *ast.Image) {
	alt := w.plain(n)
	start, end := w.place(n.Destination, n)
	source := strings.TrimSpace(unescape(n.Destination))
	if !w.addressFits(source, start, end, imageSchemes, "image") {
		w.out.WriteString(escape(alt))
		return
	}
	if alt == "" {
		w.fault(start, end, diag.MarkdownImageWithoutAlt, "an image without a description",
			"say between the square brackets what it shows")
	}
	w.checkGrowth(len(source) + len(alt))
	w.article.Images = append(w.article.Images, Image{
		Source: source, Alt: alt, Title: w.title(n.Title), Start: w.base + start, End: w.base + end,
	})
	w.hole(ImageHole, len(w.article.Images)-1)
}

func (w *writer) rawHTML(n *ast.RawHTML) {
	var tag strings.Builder
	for i := range n.Segments.Len() {
		segment := n.Segments.At(i)
		tag.Write(segment.Value(w.source))
	}
	switch {
	case w.options.RawHTML:
		w.out.WriteString(newlined(tag.String()))
	case isComment(tag.String()):
	default:
		if segment := n.Segments.At(0); !strings.HasPrefix(tag.String(), "</") { // once a pair
			w.fault(segment.Start, segment.Stop, diag.MarkdownRawHTML,
				"HTML is shown as text", "write it in Markdown, or set raw-html = true under [content] in config.toml")
		}
		w.out.WriteString(escape(tag.String()))
	}
}

// citation writes a hole for each source. The space before it is dropped: the
// number stands close to the word it belongs to.
func (w *writer) citation(n *citation) {
	if n.fault == nil && w.inLink {
		n.fault = &fault{
			start: n.start, end: n.end, code: diag.MarkdownBadCitation,
			message: "a citation inside a link", hint: "put it behind the link",
		}
	}
	if n.fault != nil {
		w.report(*n.fault)
		w.out.WriteString(escape(string(w.source[n.start:n.end])))
		return
	}
	if _, ok := n.PreviousSibling().(*ast.Text); ok {
		w.trimSpace(" \n")
	}
	for _, cite := range n.cites {
		cite.Start += w.base
		cite.End += w.base
		w.article.Cites = append(w.article.Cites, cite)
		w.hole(CiteHole, len(w.article.Cites)-1)
	}
}

func (w *writer) footnoteMark(n *extast.FootnoteLink) {
	w.article.Notes++
	if w.inLink {
		fmt.Fprintf(&w.out, "<sup>%s</sup>", letters(n.Index))
		return
	}
	fmt.Fprintf(&w.out, `<a class="cite" id="%s" href="#fn-%d%s" role="doc-noteref">%s</a>`, w.markID(n.Index, n.RefIndex), n.Index, NoteSuffix(w.file.Path), letters(n.Index))
}

func (w *writer) markID(note, use int) string {
	id := fmt.Sprintf("fnref-%d", note)
	if use > 0 {
		id += fmt.Sprintf("-%d", use+1)
	}
	return id + NoteSuffix(w.file.Path)
}

// NoteSuffix ends the ids of footnotes of a file that is there to be included: the page
// that includes it may have some of its own.
func NoteSuffix(file string) string {
	name, part := strings.CutPrefix(path.Base(file), "_")
	if !part {
		return ""
	}
	return "-" + slug(strings.TrimSuffix(name, path.Ext(name)))
}
