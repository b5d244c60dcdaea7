package markdown

import (
	"fmt"
	"sort"
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
	language := ""
	var a fenceAttributes
	if n.Info != nil {
		info := n.Info.Segment
		text := string(w.source[info.Start:info.Stop])
		language, _, _ = strings.Cut(text, "{")
		language, _, _ = strings.Cut(strings.TrimSpace(language), " ")
		if brace := strings.IndexByte(text, '{'); brace >= 0 {
			a = w.fenceAttributes(text[brace:], info.Start+brace, strings.Count(code, "\n"))
		}
	}
	if w.options.Templates {
		w.templateBlock(n, newlines.Replace(code), language, a)
		return
	}
	w.code(code, language, a.title, a.marked)
}

// fenceAttributes are what the braces of a code block say. The places are those of the
// values in the source.
type fenceAttributes struct {
	title, file, when string
	fileAt, whenAt    int
	marked            []lineRange
}

func (w *writer) fenceAttributes(text string, at, lines int) (a fenceAttributes) {
	list, length, wrong := parseAttributes(text, at, diag.MarkdownBadAttribute)
	if wrong == nil && strings.TrimSpace(text[length:]) != "" {
		wrong = &fault{
			start: at + length, end: at + len(text), code: diag.MarkdownBadAttribute,
			message: "text follows the attributes of a code block", hint: "the braces end the line",
		}
	}
	if wrong != nil {
		w.report(*wrong)
		return a
	}
	rules := fenceRules
	if w.options.Templates {
		rules = templateRules
	}
	values, faults := checkAttributes(list, rules, "a code block", at, at+length)
	w.report(faults...)
	a.title, a.file, a.when = values["title"], values["file"], values["when"]
	a.marked, _ = parseLineNumbers(values["mark"])
	for _, given := range list {
		switch given.name {
		case "file":
			a.fileAt = given.valueStart
		case "when":
			a.whenAt = given.valueStart
		case "mark":
			for _, r := range a.marked {
				if r.last > lines {
					w.fault(given.valueStart, given.valueEnd, diag.MarkdownBadAttribute,
						fmt.Sprintf("mark names line %d, but the block has %d", r.last, lines), "count from the line after the fence")
					a.marked = nil
					break
				}
			}
		}
	}
	return a
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
	w.highlighted(highlight(strings.TrimSuffix(code, "\n"), language), marked, func(text string) { w.out.WriteString(escape(text)) }, func() {})
	w.out.WriteString("</code></pre>\n</figure>\n")
}

// templateBlock writes a block of code of a golden path: its head is a hole, and so is
// each placeholder.
func (w *writer) templateBlock(n *ast.FencedCodeBlock, code, language string, a fenceAttributes) {
	w.say(strings.TrimRight(code, "\n"))
	lines := n.Lines()
	first := n.Pos()
	if lines.Len() > 0 {
		first = lines.At(0).Start
	}
	// ends is where each line ends in the code, to find the place of an offset.
	ends := make([]int, lines.Len())
	for i := range ends {
		line := lines.At(i)
		ends[i] = len(newlines.Replace(string(line.Value(w.source))))
		if i > 0 {
			ends[i] += ends[i-1]
		}
	}
	index := w.addCode(Code{
		Title: a.title, Language: language, File: a.file, When: a.when,
		FileStart: w.base + a.fileAt, WhenStart: w.base + a.whenAt,
		Start: w.base + n.Pos(), End: w.base + lineEnd(w.source, n.Pos()), First: w.base + first,
	}, code, func(offset int) int {
		at := sort.Search(len(ends), func(i int) bool { return ends[i] > offset })
		if at == len(ends) {
			return n.Pos()
		}
		line, before := lines.At(at), 0
		if at > 0 {
			before = ends[at-1]
		}
		return line.Start + max(0, offset-before-line.Padding)
	})
	w.hole(CodeHole, index)
	w.out.WriteString(`<pre tabindex="0"><code>`)
	w.templateCode(index, language, a.marked)
	w.out.WriteString("</code></pre>\n</figure>\n")
}

// highlighted writes lines of tokens. Text writes a piece of text, between is told of
// each line end.
func (w *writer) highlighted(lines [][]token, marked []lineRange, text func(string), between func()) {
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
				text(t.text)
			} else {
				w.out.WriteString(`<span class="` + t.voice + `">`)
				text(t.text)
				w.out.WriteString("</span>")
			}
		}
		// The newline of a marked line stands inside: the mark is a block, and
		// a newline behind it would be an empty line.
		if i < len(lines)-1 {
			w.out.WriteByte('\n')
			between()
		}
		if isMarked {
			w.out.WriteString("</span>")
		}
		w.checkGrowth(0)
	}
}
