package markdown

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"cairn/generator/diag"
)

// On a page that cites, every figure names its source: source/uncited. The unit
// is a paragraph, a list item (without the items in it) or a table row. A figure
// is a per cent, money, or a number of two or more digits; what only looks like one
// (a date, a version, a name such as ISO 27001, the number of a step) is
// blanked out first.
var (
	notFigures = regexp.MustCompile(`(?i)` +
		// ISO dates and times, years, decades; 24/7
		`\b\d{4}-\d\d(-\d\d)?\b|\b\d{1,2}:\d\d\b|\b(19|20)\d\d([-–/](\d\d|(19|20)\d\d))?s?\b|\b24/7\b|` +
		// 12 May, 12–14 May, May 12, 12th of May
		`\b\d{1,2}(st|nd|rd|th)?([-–]\d{1,2})?\.? (of )?` + months + `|` + months + ` \d{1,2}(st|nd|rd|th)?\b|` +
		// ordinals
		`\b\d+(st|nd|rd|th)\b|` +
		// v1.26, 1.2.3, version 12, question 12
		`\bv\d+(\.\d+)*\b|\b\d+(\.\d+){2,}\b|` +
		`\b(version|release|section|chapter|page|step|figure|fig\.|table|row|line|column|question|part|item|note|no\.|port|` +
		`RFC|ISO|IEC|EN|DIN|HTTP|status|issue|exit code|Go|Python|Java|Node|Node\.js|PHP|Ruby|Kubernetes|Terraform|Ubuntu|` +
		`Debian|Windows|macOS|Android|iOS|WCAG|TLS)[ \x{a0}]#?\d+(\.\d+)*\b|` +
		// names: T-05, GO-2024-2747, SHA-256, x86_64, #123
		`[\p{L}_]+-\d+[\p{L}\d_-]*|\p{L}+\d[\p{L}\d_]*|\d*_\d+|#\d+`)
	months = `\b(?-i:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b`
	// shares and sums are figures however few their digits, and whatever they look like.
	shareOrSum = regexp.MustCompile(`(?i)` +
		`(US)?[$€£¥₹] ?\d[\d.,]*|\d[\d.,]*[kmb]? ?([$€£¥₹]|\b(USD|EUR|GBP|CHF|dollars?|euros?|pounds sterling)\b)|\b(USD|EUR|GBP|CHF) ?\d[\d.,]*|` +
		`\d[\d.,]*[ \x{a0}\x{202f}]?(%|per ?cent\b|percentage points?\b)`)
	number = regexp.MustCompile(`\d{1,3}([ \x{a0}\x{202f}]\d{3})+|\d([.,]?\d)+`)
)

// checkFigures reports the first figure of each unit that does not cite.
func (w *writer) checkFigures(document ast.Node) {
	if len(w.article.Cites) == 0 {
		return
	}
	w.figuresIn(document)
}

func (w *writer) figuresIn(parent ast.Node) {
	var own []ast.Node // the text of a list item itself
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			if _, item := parent.(*ast.ListItem); item {
				own = append(own, n)
			} else {
				w.checkUnit(n)
			}
		case *extast.TableRow:
			w.checkUnit(n)
		case *ast.Blockquote, *ast.List, *ast.ListItem, *extast.Table, *extast.DefinitionList, *extast.DefinitionDescription,
			*extast.FootnoteList, *extast.Footnote, *enclosure:
			w.figuresIn(n)
		}
	}
	if len(own) > 0 {
		w.checkUnit(own...)
	}
}

func (w *writer) checkUnit(nodes ...ast.Node) {
	var unit unitText
	for _, n := range nodes {
		if !unit.add(n, w.source) {
			return
		}
		unit.put('\n', -1)
	}
	text := notFigures.ReplaceAllFunc(unit.text, func(match []byte) []byte {
		blank := make([]byte, len(match)) // same length: offsets stay true
		for i := range blank {
			blank[i] = '~'
		}
		return blank
	})
	found := shareOrSum.FindIndex(unit.text)
	if other := number.FindIndex(text); found == nil || other != nil && other[0] < found[0] {
		found = other
	}
	if found == nil {
		return
	}
	start := unit.places[found[0]]
	end := unit.places[found[1]-1] + 1
	if start < 0 || end <= start {
		return
	}
	w.fault(start, end, diag.SourceUncited,
		"the figure "+quoted(unit.text[found[0]:found[1]])+" names no source",
		"cite it: [@source], or mark your own derivation: [@own]")
}

// unitText is the text of a unit without code and addresses, each byte with its
// offset in the source.
type unitText struct {
	text   []byte
	places []int
}

func (u *unitText) put(b byte, at int) {
	u.text = append(u.text, b)
	u.places = append(u.places, at)
}

// add appends a node's text. It is false as soon as the unit is known to cite.
func (u *unitText) add(n ast.Node, source []byte) bool {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			for i := child.Segment.Start; i < child.Segment.Stop; i++ {
				u.put(source[i], i)
			}
			if child.SoftLineBreak() || child.HardLineBreak() {
				u.put(' ', -1)
			}
		case *citation:
			if child.fault == nil {
				return false
			}
		case *ast.CodeSpan, *ast.AutoLink, *ast.Image, *ast.RawHTML:
			u.put('|', -1)
		default:
			if !u.add(child, source) {
				return false
			}
			if child.Type() == ast.TypeBlock {
				u.put('|', -1) // between the cells of a row
			}
		}
	}
	return true
}
