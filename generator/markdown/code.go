package markdown

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strconv"
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
		w.checkUnbraced(language, info.Start, language != text)
		if words := strings.Fields(unescape([]byte(language))); len(words) > 0 {
			language = words[0]
		} else {
			language = ""
		}
		if brace := strings.IndexByte(text, '{'); brace >= 0 {
			a = w.fenceAttributes(text[brace:], info.Start+brace, strings.Count(code, "\n"))
		}
	}
	if w.options.Templates {
		w.templateBlock(n, newlined(code), language, a)
		return
	}
	w.code(code, language, a.title, a.lines)
}

// unbraced is an attribute as other tools write them, without braces.
var unbraced = regexp.MustCompile(`(?:^|[ \t])([A-Za-z][A-Za-z0-9_-]*=["'A-Za-z0-9].*)$`)

// checkUnbraced reports attributes in what stands before the braces of a code block, where
// they would have no effect.
func (w *writer) checkUnbraced(text string, at int, braces bool) {
	found := unbraced.FindStringSubmatchIndex(text)
	if found == nil {
		return
	}
	given := strings.TrimRight(text[found[2]:], " \t\r")
	hint := "write {" + clip(given) + "}"
	if braces {
		hint = "write " + clip(given) + " within the braces"
	}
	w.fault(at+found[2], at+found[2]+len(given), diag.MarkdownBadAttribute, "the attributes of a code block stand in braces", hint)
}

// fenceAttributes are what the braces of a code block say. The places are those of the
// values in the source.
type fenceAttributes struct {
	title, file, when string
	fileAt, whenAt    int
	lines             lineLook
}

// A lineLook is how the lines of a block of code are told apart. Numbers is the number
// of the first, or 0 for lines without.
type lineLook struct {
	marked, added, removed []lineRange
	numbers                int
}

// element is what a line stands in, counted from 1; none for an ordinary one.
func (l *lineLook) element(line int) (open, close string) {
	switch {
	case holds(l.marked, line):
		return `<mark class="hl">`, "</mark>"
	case holds(l.added, line):
		return `<ins class="hl">`, "</ins>"
	case holds(l.removed, line):
		return `<del class="hl">`, "</del>"
	}
	return "", ""
}

func holds(ranges []lineRange, line int) bool {
	for _, r := range ranges {
		if r.first <= line && line <= r.last {
			return true
		}
	}
	return false
}

func overlap(one, other []lineRange) bool {
	for _, a := range one {
		for _, b := range other {
			if a.first <= b.last && b.first <= a.last {
				return true
			}
		}
	}
	return false
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
	for i := range faults {
		name := string(w.source[faults[i].start:faults[i].end])
		if faults[i].code == diag.MarkdownUnknownAttribute && isOfPaths(name) {
			faults[i].message = fmt.Sprintf("a code block has the attribute %q only on the page of a golden path", name)
			faults[i].hint = "a page is one if its front matter has the key path; a name to be shown over the block is its title"
		}
	}
	w.report(faults...)
	a.title, a.file, a.when = values["title"], values["file"], values["when"]
	for _, given := range list {
		ranges, taken := a.lines.ranges(given.name)
		value, good := values[given.name]
		switch {
		case given.name == "file":
			a.fileAt = given.valueStart
		case given.name == "when":
			a.whenAt = given.valueStart
		case given.name == "numbers" && good:
			a.lines.numbers, _ = strconv.Atoi(value)
		case ranges == nil || !good:
		default:
			read, _ := parseLineNumbers(value)
			if wrong := lineFault(given, read, taken, lines); wrong != nil {
				w.report(*wrong)
			} else {
				*ranges = read
			}
		}
	}
	return a
}

// ranges is where the lines that an attribute names are kept, and those that other
// attributes have named.
func (l *lineLook) ranges(name string) (kept *[]lineRange, taken []lineRange) {
	switch name {
	case "mark":
		return &l.marked, slices.Concat(l.added, l.removed)
	case "added":
		return &l.added, slices.Concat(l.marked, l.removed)
	case "removed":
		return &l.removed, slices.Concat(l.marked, l.added)
	}
	return nil, nil
}

// lineFault is what is wrong with the lines that an attribute names, in a block of so
// many.
func lineFault(given attribute, named, taken []lineRange, lines int) *fault {
	wrong := fault{start: given.valueStart, end: given.valueEnd, code: diag.MarkdownBadAttribute}
	for _, r := range named {
		if r.last > lines {
			wrong.message, wrong.hint = fmt.Sprintf("%s names line %d, but the block has %d", given.name, r.last, lines), "count from the line after the fence"
			return &wrong
		}
	}
	if overlap(named, taken) {
		wrong.message, wrong.hint = fmt.Sprintf("%s names a line that another attribute names, too", given.name), "a line is marked, added or removed: name it once"
		return &wrong
	}
	return nil
}

// code writes a block of code.
func (w *writer) code(code, language, title string, look lineLook) {
	code = newlined(code)
	w.say(strings.TrimRight(code, "\n"))
	w.writeCode(code, language, title, look)
}

func (w *writer) writeCode(code, language, title string, look lineLook) {
	w.out.WriteString("<figure class=\"code\">\n")
	if title != "" {
		w.out.WriteString("<figcaption>" + escape(title) + "</figcaption>\n")
	}
	w.openCode(language)
	w.highlighted(highlight(strings.TrimSuffix(code, "\n"), language), look, func(text string) { w.out.WriteString(escape(text)) }, func() {})
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
		ends[i] = len(newlined(string(line.Value(w.source))))
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
	w.openCode(language)
	w.templateCode(index, language, a.lines)
	w.out.WriteString("</code></pre>\n</figure>\n")
}

// openCode begins a block of code that can be scrolled by keyboard. Where that needs no
// stop, a script takes it away.
func (w *writer) openCode(language string) {
	w.article.Code = true
	w.out.WriteString(`<pre tabindex="0"><code`)
	if language != "" {
		w.out.WriteString(` class="language-` + escape(language) + `"`)
	}
	w.out.WriteString(">")
}

// highlighted writes lines of tokens. Text writes a piece of text, between is told of
// each line end.
func (w *writer) highlighted(lines [][]token, look lineLook, text func(string), between func()) {
	digits := len(strconv.Itoa(look.numbers + len(lines) - 1))
	for i, line := range lines {
		open, close := look.element(i + 1)
		w.out.WriteString(open)
		if look.numbers > 0 {
			fmt.Fprintf(&w.out, `<span class="n" data-n="%*d"></span>`, digits, look.numbers+i)
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
		w.out.WriteString(close)
		w.checkGrowth(0)
	}
}
