package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"cairn/generator/diag"
)

// A directive places something on the page: ::name{attribute="value"}, alone on
// its line. It is a block of its own and ends a paragraph.
type directive struct {
	ast.BaseBlock
	name       string
	values     map[string]string
	start, end int
	faults     []fault
}

var kindDirective = ast.NewNodeKind("Directive")

func (*directive) Kind() ast.NodeKind        { return kindDirective }
func (*directive) IsRaw() bool               { return true }
func (d *directive) Dump(src []byte, at int) { ast.DumpHelper(d, src, at, nil, nil) }

type directiveParser struct{}

func (directiveParser) Trigger() []byte             { return []byte{':'} }
func (directiveParser) CanInterruptParagraph() bool { return true }
func (directiveParser) CanAcceptIndentedLine() bool { return false }

func (directiveParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	offset := pc.BlockOffset()
	if offset < 0 {
		return nil, parser.NoChildren
	}
	d := parseDirective(strings.TrimRight(string(line[offset:]), " \t\r\n"), segment.Start+offset-segment.Padding)
	if d == nil {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return d, parser.NoChildren
}

func (directiveParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}

func (directiveParser) Close(ast.Node, text.Reader, parser.Context) {}

// parseDirective reads a line without its surrounding space, at an offset. It
// returns nil for a line that only looks like a directive: "::std" in a sentence.
func parseDirective(line string, at int) *directive {
	colons := len(line) - len(strings.TrimLeft(line, ":"))
	if colons != 2 {
		return nil
	}
	from := colons + len(line[colons:]) - len(strings.TrimLeft(line[colons:], " \t"))
	i := from
	for i < len(line) && isNameByte(line[i], i > from) {
		i++
	}
	d := &directive{name: line[from:i], start: at, end: at + len(line)}
	if d.name == "" {
		return nil
	}
	rest := line[i:]
	rules, known := directives[d.name]
	if from > colons {
		if !known && enclosures[d.name] == nil || rest != "" && rest[0] != '{' {
			return nil // colons in a sentence
		}
	}
	if from > colons && known {
		d.faults = []fault{{at + colons, at + from, diag.MarkdownBadDirective,
			fmt.Sprintf("a space stands between the colons and %s", d.name), "write ::" + d.name + " without it"}}
	}
	if rest != "" && rest[0] != '{' && !known {
		return nil
	}
	add := func(start, end int, code diag.Code, message, hint string) *directive {
		d.faults = append(d.faults, fault{start, end, code, message, hint})
		return d
	}
	switch {
	case enclosures[d.name] != nil:
		return add(at, at+i, diag.MarkdownUnknownDirective, fmt.Sprintf("%s encloses something", d.name),
			"write it with three colons, and close it with three: :::"+d.name)
	case !known:
		return add(at+from, at+i, diag.MarkdownUnknownDirective,
			fmt.Sprintf("there is no directive ::%s", d.name),
			diag.DidYouMean(d.name, directiveNames, "there are "+strings.Join(directiveNames, ", ")))
	case rest != "" && rest[0] != '{':
		return add(at+i, d.end, diag.MarkdownBadDirective,
			fmt.Sprintf("text follows ::%s on its line", d.name),
			fmt.Sprintf(`write ::%s{file="…"} alone on a line`, d.name))
	}
	var list []attribute
	if rest != "" {
		attributes, length, wrong := parseAttributes(rest, at+i, diag.MarkdownBadDirective)
		if wrong != nil {
			d.faults = append(d.faults, *wrong)
			return d
		}
		if length < len(rest) {
			return add(at+i+length, d.end, diag.MarkdownBadDirective,
				fmt.Sprintf("text follows ::%s on its line", d.name), "a directive stands alone on its line")
		}
		list = attributes
	}
	values, faults := checkAttributes(list, rules, "::"+d.name, at, at+i)
	d.values, d.faults = values, append(d.faults, faults...)
	return d
}

// inText is a directive within a line of text; a backslash before it says that it is meant
// as text.
var inText = regexp.MustCompile(`(?:^|[^:\\A-Za-z0-9_])(:::?(` + strings.Join(slices.Concat(directiveNames, enclosureNames), "|") + `)\{)`)

// checkText reports the first directive that stands in a text, where it places nothing.
func (w *writer) checkText(segment text.Segment) {
	value, at := segment.Value(w.source), segment.Start-segment.Padding
	if !bytes.Contains(value, []byte("::")) {
		return
	}
	text := string(value)
	for _, found := range inText.FindAllStringSubmatchIndex(text, -1) {
		start, name := found[2], text[found[4]:found[5]]
		if start == 0 && at > 0 && w.source[at-1] == '\\' {
			continue
		}
		w.fault(at+start, at+found[5], diag.MarkdownBadDirective, fmt.Sprintf("%s stands in a line of text", text[start:found[5]]),
			"a directive stands alone on its line, with an empty line before and after; to show how "+name+" is written, write it as code")
		return // one of a text is enough
	}
}
