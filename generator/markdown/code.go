package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"

	"cairn/generator/diag"
)

func (w *writer) fence(n *ast.FencedCodeBlock) {
	code := w.lines(n)
	if !w.guard.closed[n] {
		w.fault(n.Pos(), lineEnd(w.source, n.Pos()), diag.MarkdownUnclosedFence,
			"this code block is never closed", "end it with a line of the same sign, at least as many, alone on their line")
	}
	language, title := "", ""
	var marked []lineRange
	if n.Info != nil {
		info := n.Info.Segment
		text := string(w.source[info.Start:info.Stop])
		language, _, _ = strings.Cut(text, "{")
		language, _, _ = strings.Cut(strings.TrimSpace(language), " ")
		if brace := strings.IndexByte(text, '{'); brace >= 0 {
			title, marked = w.fenceAttributes(text[brace:], info.Start+brace, strings.Count(code, "\n"))
		}
	}
	w.code(code, language, title, marked)
}

func (w *writer) fenceAttributes(text string, at, lines int) (title string, marked []lineRange) {
	list, length, wrong := parseAttributes(text, at, diag.MarkdownBadAttribute)
	if wrong == nil && strings.TrimSpace(text[length:]) != "" {
		wrong = &fault{
			start: at + length, end: at + len(text), code: diag.MarkdownBadAttribute,
			message: "text follows the attributes of a code block", hint: "the braces end the line",
		}
	}
	if wrong != nil {
		w.report(*wrong)
		return "", nil
	}
	values, faults := checkAttributes(list, fenceRules, "a code block", at, at+length)
	w.report(faults...)
	marked, _ = parseLineNumbers(values["mark"])
	for _, r := range marked {
		if r.last <= lines {
			continue
		}
		for _, a := range list {
			if a.name == "mark" {
				w.fault(a.valueStart, a.valueEnd, diag.MarkdownBadAttribute,
					fmt.Sprintf("mark names line %d, but the block has %d", r.last, lines), "count from the line after the fence")
			}
		}
		return values["title"], nil
	}
	return values["title"], marked
}

// code writes a block of code.
func (w *writer) code(code, language, title string, marked []lineRange) {
	code = newlines.Replace(code)
	w.say(strings.TrimRight(code, "\n"))
	w.out.WriteString("<figure class=\"code\">\n")
	if title != "" {
		w.out.WriteString("<figcaption>" + escape(title) + "</figcaption>\n")
	}
	w.out.WriteString(`<pre tabindex="0"><code>`)
	lines := highlight(strings.TrimSuffix(code, "\n"), language)
	for i, line := range lines {
		isMarked := false
		for _, r := range marked {
			isMarked = isMarked || r.first <= i+1 && i+1 <= r.last
		}
		if isMarked {
			w.out.WriteString(`<span class="hl">`)
		}
		for _, t := range line {
			if t.voice == "" {
				w.out.WriteString(escape(t.text))
			} else {
				w.out.WriteString(`<span class="` + t.voice + `">` + escape(t.text) + "</span>")
			}
		}
		// The newline of a marked line stands inside: the mark is a block, and
		// a newline behind it would be an empty line.
		if i < len(lines)-1 {
			w.out.WriteByte('\n')
		}
		if isMarked {
			w.out.WriteString("</span>")
		}
		w.checkGrowth(0)
	}
	w.out.WriteString("</code></pre>\n</figure>\n")
}
