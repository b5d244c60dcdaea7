package markdown

import (
	"fmt"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"

	"cairn/generator/diag"
)

// Highlighting has two voices and a whisper: k for what structures the code, c
// for comments, s for strings. More would be colour for its own sake.

// languages are those that are highlighted, by every name for them. Each lexer is
// a set of regular expressions that content can drive, so they are named here and
// not taken as they come.
var languages = func() map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(`
		bash sh shell zsh console shell-session powershell ps1 bat batch
		go golang rust rs c cpp c++ csharp c# java kotlin kt scala groovy swift
		python py ruby rb php perl lua r elixir erlang haskell
		javascript js jsx typescript ts tsx css scss html xml svg graphql
		json toml yaml yml ini properties hcl terraform tf jsonnet nix protobuf proto
		docker dockerfile make makefile nginx caddyfile sql promql rego diff patch
		starlark bazel cmake awk vue svelte markdown md`) {
		set[name] = true
	}
	return set
}()

// A lexer's time can grow with the square of the text, on runs of space with its
// cube, and it has a clock inside that gives up after a quarter of a second, which
// would make the page depend on the machine. So only what a person wrote to be
// read is highlighted: larger blocks, longer lines, wider gaps, and what comes
// after much code on one page are shown plainly.
const (
	maxHighlighted     = 4 << 10
	maxHighlightedLine = 500
	maxGap             = 100
	maxHighlightedPage = 24 << 10
)

// readable tells whether code is of a size and shape to be highlighted.
func readable(code string) bool {
	if len(code) > maxHighlighted {
		return false
	}
	line, gap := 0, 0
	for i := range len(code) {
		line++
		gap++
		switch code[i] {
		case '\n':
			line = 0
		case ' ', '\t', '\r', '\f', '\v':
		default:
			gap = 0
		}
		if line > maxHighlightedLine || gap > maxGap {
			return false
		}
	}
	return true
}

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
	code = strings.TrimSuffix(code, "\n")
	lines := plainLines(code)
	if language = strings.ToLower(language); languages[language] && readable(code) && w.highlighted+len(code) <= maxHighlightedPage {
		w.highlighted += len(code)
		lines = highlight(code, language)
	}
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

// A token is a piece of one line, in a voice or none.
type token struct{ voice, text string }

// highlight cuts code into lines of tokens. The text is never changed: where the
// lexer would, or fails, the code is shown plainly.
func highlight(code, language string) (lines [][]token) {
	defer func() {
		if recover() != nil { // chroma's lexers may panic
			lines = plainLines(code)
		}
	}()
	lexer := lexers.Get(language)
	if lexer == nil {
		return plainLines(code)
	}
	iterator, err := chroma.Coalesce(lexer).Tokenise(nil, code+"\n")
	if err != nil {
		return plainLines(code)
	}
	var line []token
	var whole strings.Builder
	for t := range iterator.Stdlib() {
		whole.WriteString(t.Value)
		voice := voiceOf(t.Type)
		for text := range strings.SplitAfterSeq(t.Value, "\n") {
			body, ended := strings.CutSuffix(text, "\n")
			if body != "" {
				if last := len(line) - 1; last >= 0 && line[last].voice == voice {
					line[last].text += body
				} else {
					line = append(line, token{voice, body})
				}
			}
			if ended {
				lines = append(lines, line)
				line = nil
			}
		}
	}
	if strings.TrimRight(whole.String(), "\n") != strings.TrimRight(code, "\n") {
		return plainLines(code)
	}
	for want := strings.Count(code, "\n") + 1; len(lines) < want; {
		lines = append(lines, line)
		line = nil
	}
	if language == "toml" || language == "ini" {
		tableHeaders(lines)
	}
	return lines[:strings.Count(code, "\n")+1]
}

func plainLines(code string) (lines [][]token) {
	for line := range strings.SplitSeq(code, "\n") {
		lines = append(lines, []token{{text: line}})
	}
	return lines
}

// voiceOf reduces chroma's hundred token types.
func voiceOf(t chroma.TokenType) string {
	switch {
	case t == chroma.CommentPreproc || t == chroma.CommentPreprocFile:
		return ""
	case t.InCategory(chroma.Comment):
		return "c"
	case t.InCategory(chroma.Keyword), t == chroma.NameTag, t == chroma.GenericHeading, t == chroma.GenericSubheading:
		return "k"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	}
	return ""
}

// tableHeaders gives [table] and [[list]] the voice of structure: to chroma they
// are a name between brackets.
func tableHeaders(lines [][]token) {
	for i, line := range lines {
		if len(line) == 0 || line[0].voice != "" || !strings.HasPrefix(line[0].text, "[") {
			continue
		}
		text := strings.TrimRight(line[0].text, " \t")
		if !strings.HasSuffix(text, "]") {
			continue
		}
		header := []token{{"k", text}}
		if rest := line[0].text[len(text):]; rest != "" {
			header = append(header, token{text: rest})
		}
		lines[i] = append(header, line[1:]...)
	}
}
