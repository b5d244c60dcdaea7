package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// grammar is the whole language, rule by rule, with goldmark's own priorities.
// What can be nested, and what can cost more than its length, stands behind the
// guard (guard.go). The parsers hold no state between texts.
var grammar = grammarWith(append(inlines, util.Prioritized(extension.NewLinkifyParser(
	extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}),
), 999)))

// bareGrammar is the same without links that are bare addresses. The parser of these is
// asked at each space, which is a fifth of goldmark's time.
var bareGrammar = grammarWith(inlines)

// grammarFor returns the grammar for a text. One without these signs has no bare address.
func grammarFor(source []byte) parser.Parser {
	if bytes.IndexByte(source, '@') >= 0 || bytes.Contains(source, []byte("http")) || bytes.Contains(source, []byte("www.")) {
		return grammar
	}
	return bareGrammar
}

var inlines = []util.PrioritizedValue{
	util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
	util.Prioritized(citeParser{}, 90),
	util.Prioritized(parser.NewCodeSpanParser(), 100),
	util.Prioritized(extension.NewFootnoteParser(), 101),
	util.Prioritized(missingFootnoteParser{}, 102),
	util.Prioritized(parser.NewLinkParser(), 200),
	util.Prioritized(parser.NewAutoLinkParser(), 300),
	util.Prioritized(parser.NewRawHTMLParser(), 400),
	util.Prioritized(parser.NewEmphasisParser(), 500),
	util.Prioritized(extension.NewStrikethroughParser(), 500),
}

func grammarWith(inlines []util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(container{enclosureParser{}}, 89),
			util.Prioritized(directiveParser{}, 90), // before definition lists: both begin with a colon
			util.Prioritized(parser.NewSetextHeadingParser(parser.WithHeadingAttribute()), 100),
			util.Prioritized(container{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(container{extension.NewDefinitionDescriptionParser()}, 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(container{parser.NewListParser()}, 300),
			util.Prioritized(container{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headingParser{parser.NewATXHeadingParser(parser.WithHeadingAttribute())}, 600),
			util.Prioritized(fenceParser{parser.NewFencedCodeBlockParser()}, 700),
			util.Prioritized(container{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(footnoteParser{container{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitionGuard{}, 50),
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(tableTransformer{extension.NewTableParagraphTransformer()}, 200),
			util.Prioritized(paragraphGuard{}, 300),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(unusedFootnotes{}, 900), // before goldmark drops them
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}
