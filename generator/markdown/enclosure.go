package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"cairn/generator/diag"
)

// An enclosure is a directive with something in it: from a line :::name{attribute="value"}
// to a line of as many colons. A closing line ends the innermost that is open, unless
// that holds a block of code that is open: there colons are code.
type enclosure struct {
	ast.BaseBlock
	name       string
	values     map[string]string
	colons     int
	start, end int // of the opening line
	closed     bool
	faults     []fault
}

var kindEnclosure = ast.NewNodeKind("Enclosure")

func (*enclosure) Kind() ast.NodeKind        { return kindEnclosure }
func (e *enclosure) Dump(src []byte, at int) { ast.DumpHelper(e, src, at, nil, nil) }

// enclosures is every enclosure there is.
var enclosures = map[string][]attributeRule{
	"tabs":    {{name: "group", kind: idName}},
	"tab":     {{name: "title", kind: someText, needed: true}},
	"steps":   {},
	"details": {{name: "title", kind: someText, needed: true}, {name: "open", kind: yesOrNo}},
}

var enclosureNames = sortedNames(enclosures)

// Names that other tools give to what is an alert here.
var foreignAlerts = map[string]string{
	"note": "NOTE", "info": "NOTE", "tip": "TIP", "hint": "TIP", "success": "TIP", "important": "IMPORTANT",
	"warning": "WARNING", "attention": "WARNING", "caution": "CAUTION", "danger": "CAUTION", "error": "CAUTION",
}

type enclosureParser struct{}

func (enclosureParser) Trigger() []byte             { return []byte{':'} }
func (enclosureParser) CanInterruptParagraph() bool { return true }
func (enclosureParser) CanAcceptIndentedLine() bool { return false }

func (enclosureParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	offset := pc.BlockOffset()
	if offset < 0 {
		return nil, parser.NoChildren
	}
	node := parseEnclosure(strings.TrimRight(string(line[offset:]), " \t\r\n"), segment.Start+offset-segment.Padding)
	if node == nil {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	if _, encloses := node.(*enclosure); encloses {
		return node, parser.HasChildren
	}
	return node, parser.NoChildren
}

func (enclosureParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	e, ok := node.(*enclosure)
	if !ok {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	if colons, indent := closingColons(line); colons > 0 && e.isInnermost(pc.OpenedBlocks()) {
		if colons != e.colons {
			at := max(0, segment.Start+indent-segment.Padding)
			e.faults = append(e.faults, fault{at, at + colons, diag.MarkdownNesting,
				fmt.Sprintf("%d colons close :::%s, which %d opened", colons, e.name, e.colons),
				"close it with as many, after closing what stands in it"})
		}
		e.closed = true
		reader.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (enclosureParser) Close(ast.Node, text.Reader, parser.Context) {}

// closingColons counts the colons of a line that holds nothing else.
func closingColons(line []byte) (colons, indent int) {
	for indent < len(line) && indent < 4 && line[indent] == ' ' {
		indent++
	}
	for indent+colons < len(line) && line[indent+colons] == ':' {
		colons++
	}
	if colons < 3 || indent > 3 || strings.Trim(string(line[indent+colons:]), " \t\r\n") != "" {
		return 0, 0
	}
	return colons, indent
}

// isInnermost tells whether a closing line is for this enclosure, and not for one in it
// or a line of open code.
func (e *enclosure) isInnermost(open []parser.Block) bool {
	for i := len(open) - 1; i >= 0; i-- {
		switch inner := open[i].Node.(type) {
		case *enclosure:
			return inner == e
		case *ast.FencedCodeBlock, *ast.HTMLBlock:
			return false
		}
	}
	return false
}

// parseEnclosure reads a line without its surrounding space, at an offset. A line that
// opens nothing is a directive with faults; one that only begins with colons is nil.
func parseEnclosure(line string, at int) ast.Node {
	colons := len(line) - len(strings.TrimLeft(line, ":"))
	if colons < 3 {
		return nil
	}
	refuse := func(start, end int, code diag.Code, message, hint string) ast.Node {
		return &directive{start: at, end: at + len(line), faults: []fault{{at + start, at + end, code, message, hint}}}
	}
	if colons == len(line) {
		return refuse(0, colons, diag.MarkdownNesting, "nothing is open here that these colons could close",
			"delete the line, or open something above it: "+colonNames(enclosureNames))
	}
	i := colons
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	from := i
	for i < len(line) && isNameByte(line[i], i > from) {
		i++
	}
	name := line[from:i]
	if name == "" {
		return nil
	}
	e := &enclosure{name: name, colons: colons, start: at, end: at + len(line)}
	rules, known := enclosures[name]
	alert := foreignAlerts[strings.ToLower(name)]
	if from > colons && !known && alert == "" {
		return nil // colons in a sentence
	}
	if from > colons && known {
		e.faults = []fault{{at + colons, at + from, diag.MarkdownBadDirective,
			fmt.Sprintf("a space stands between the colons and %s", name), "write " + line[:colons] + name + " without it"}}
	}
	add := func(start, end int, code diag.Code, message, hint string) ast.Node {
		e.faults = append(e.faults, fault{at + start, at + end, code, message, hint})
		return e
	}
	if _, places := directives[name]; places {
		return refuse(0, i, diag.MarkdownUnknownDirective, fmt.Sprintf("%s encloses nothing", name), "write it with two colons: ::"+name)
	}
	if alert != "" {
		return add(0, i, diag.MarkdownUnknownDirective, fmt.Sprintf("there is nothing called :::%s", name),
			fmt.Sprintf("an alert is a quote whose first line is its kind: > [!%s]", alert))
	}
	if !known {
		return add(from, i, diag.MarkdownUnknownDirective, fmt.Sprintf("there is nothing called :::%s", clip(name)),
			diag.DidYouMean(name, enclosureNames, "there are "+colonNames(enclosureNames)))
	}
	var list []attribute
	if rest := line[i:]; rest != "" {
		if rest[0] != '{' {
			return add(i, len(line), diag.MarkdownBadDirective, fmt.Sprintf("text follows :::%s on its line", name),
				fmt.Sprintf(`attributes follow it directly, in braces: :::%s{name="value"}`, name))
		}
		attributes, length, wrong := parseAttributes(rest, at+i, diag.MarkdownBadDirective)
		if wrong != nil {
			e.faults = append(e.faults, *wrong)
			return e
		}
		if length < len(rest) {
			return add(i+length, len(line), diag.MarkdownBadDirective, fmt.Sprintf("text follows :::%s on its line", name),
				"what it encloses begins on the next line")
		}
		list = attributes
	}
	values, faults := checkAttributes(list, rules, ":::"+name, at, at+i)
	e.values, e.faults = values, append(e.faults, faults...)
	return e
}

func colonNames(names []string) string { return ":::" + strings.Join(names, ", :::") }

// enclosure writes what is enclosed. What could not be read encloses plainly.
func (w *writer) enclosure(n *enclosure) {
	w.report(n.faults...)
	if !n.closed {
		w.fault(n.start, n.end, diag.MarkdownUnclosedBlock, fmt.Sprintf(":::%s is never closed", clip(n.name)),
			"end it with a line of "+strings.Repeat(":", min(n.colons, 10))+", in the same list item or quote")
	}
	title := n.values["title"]
	within, _ := n.Parent().(*enclosure)
	switch n.name {
	case "tabs":
		w.tabs(n)
	case "tab":
		if within == nil || within.name != "tabs" {
			w.fault(n.start, n.end, diag.MarkdownNesting, ":::tab stands outside :::tabs", "enclose the tabs that belong together in :::tabs")
		}
		w.say(title)
		w.out.WriteString("<div class=\"tab flow\">\n<p class=\"tab-title\">" + escape(title) + "</p>\n")
		w.blocks(n)
		w.out.WriteString("</div>\n")
	case "steps":
		list, ok := n.FirstChild().(*ast.List)
		if !ok || !list.IsOrdered() || list.NextSibling() != nil {
			w.fault(n.start, n.end, diag.MarkdownNesting, ":::steps encloses something else than one numbered list",
				"write each step as 1. 2. 3., and indent what belongs to it")
		}
		w.blocks(n)
	case "details":
		w.say(title)
		w.out.WriteString(`<details class="fold"`)
		if n.values["open"] == "yes" {
			w.out.WriteString(" open")
		}
		w.out.WriteString(">\n<summary>" + escape(title) + "</summary>\n<div class=\"flow\">\n")
		w.blocks(n)
		w.out.WriteString("</div>\n</details>\n")
	default:
		w.blocks(n)
	}
}

// tabs writes panels one after another, each under its title: a script makes tabs of
// them. Only one choice can be remembered for a title.
func (w *writer) tabs(n *enclosure) {
	titles := map[string]bool{}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		tab, ok := child.(*enclosure)
		html, isHTML := child.(*ast.HTMLBlock)
		if child.Kind() == ast.KindLinkReferenceDefinition || isHTML && isComment(w.lines(html)) {
			continue // nothing is shown
		}
		switch _, faulty := child.(*directive); {
		case ok && tab.name == "tab":
			if title := tab.values["title"]; title != "" && titles[title] {
				w.fault(tab.start, tab.end, diag.MarkdownNesting, fmt.Sprintf("two tabs have the title %q", clip(title)), "give each a title of its own")
			} else {
				titles[title] = true
			}
		case faulty && len(child.(*directive).faults) > 0, ok && len(tab.faults) > 0:
		default:
			start := max(0, child.Pos())
			w.fault(start, lineEnd(w.source, start), diag.MarkdownNesting, "this stands in :::tabs, but in none of them",
				`put it into :::tab{title="…"}, or outside`)
		}
	}
	if len(titles) == 0 && n.closed {
		w.fault(n.start, n.end, diag.MarkdownNesting, ":::tabs encloses no :::tab", `put each panel between :::tab{title="…"} and :::`)
	}
	w.article.Tabs = true
	w.out.WriteString(`<div class="tabs"`)
	if group := n.values["group"]; group != "" {
		w.out.WriteString(` data-group="` + escape(group) + `"`)
	}
	w.out.WriteString(">\n")
	w.blocks(n)
	w.out.WriteString("</div>\n")
}

// isSteps tells whether a list is that of :::steps.
func isSteps(list ast.Node) bool {
	within, ok := list.Parent().(*enclosure)
	return ok && within.name == "steps"
}

// nests tells which blocks count towards the depth of a text.
func nests(n ast.Node) bool {
	switch n.(type) {
	case *ast.Blockquote, *ast.ListItem, *extast.Footnote, *extast.DefinitionDescription, *enclosure:
		return true
	}
	return false
}

func sortedNames(of map[string][]attributeRule) []string {
	var names []string
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// A Construct is a directive, an enclosure or a block of code, as it is written, and the
// attributes it takes.
type Construct struct {
	Name       string
	Attributes []string
}

// Constructs is all that authors can write in braces, but for the ids of headings.
func Constructs() []Construct {
	var all []Construct
	add := func(prefix string, of map[string][]attributeRule) {
		for _, name := range sortedNames(of) {
			c := Construct{Name: prefix + name}
			for _, rule := range of[name] {
				c.Attributes = append(c.Attributes, rule.name)
			}
			all = append(all, c)
		}
	}
	add("::", directives)
	add(":::", enclosures)
	add("", map[string][]attributeRule{"```": fenceRules})
	return all
}
