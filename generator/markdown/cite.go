package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"cairn/generator/diag"
)

// A citation is [@source], [@source, place in it] or [@source; @another]. It may
// run over the end of a line.
type citation struct {
	ast.BaseInline
	cites      []Cite // offsets in the source
	start, end int
	fault      *fault
}

var kindCitation = ast.NewNodeKind("Citation")

func (*citation) Kind() ast.NodeKind        { return kindCitation }
func (c *citation) Dump(src []byte, at int) { ast.DumpHelper(c, src, at, nil, nil) }

// maxCitation keeps a stray bracket from being searched far for its end.
const maxCitation = 1000

type citeParser struct{}

func (citeParser) Trigger() []byte { return []byte{'['} }

func (citeParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 3 || line[1] != '@' || !isSourceByte(line[2]) {
		return nil
	}
	// Gather up to the closing bracket; places[i] is the offset of content[i].
	var content []byte
	var places []int
	start := -1
	for {
		line, segment := block.PeekLine()
		if line == nil {
			return nil
		}
		from := segment.Start - segment.Padding
		skip := 0
		if start < 0 {
			start, skip = from, 1
		}
		for i := skip; i < len(line); i++ {
			switch line[i] {
			case '[', '`', '<':
				return nil
			case ']':
				if i+1 < len(line) && (line[i+1] == '(' || line[i+1] == '[' && (i+2 >= len(line) || line[i+2] != '@')) {
					return nil // a link whose text begins with @
				}
				block.Advance(i + 1)
				c := &citation{start: start, end: from + i + 1}
				c.read(content, append(places, from+i))
				return c
			}
			content = append(content, line[i])
			places = append(places, from+i)
			if len(content) > maxCitation {
				return nil
			}
		}
		block.AdvanceLine()
	}
}

func isSourceByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}

// read takes the text between the brackets apart. places has one entry more than
// content: where the bracket closes.
func (c *citation) read(content []byte, places []int) {
	for from := 0; from <= len(content); {
		to := from
		for to < len(content) && content[to] != ';' {
			to++
		}
		start, end := trimSpace(content, from, to)
		part := content[start:end]
		cite := Cite{Start: places[start], End: places[start] + 1}
		if end > start {
			cite.End = places[end-1] + 1
		}
		source, locator, _ := strings.Cut(string(part), ",")
		source = strings.TrimSpace(source)
		if id, ok := strings.CutPrefix(source, "@"); ok && isSource(id) {
			cite.Source, cite.Locator = id, strings.Join(strings.Fields(unescape([]byte(locator))), " ")
			c.cites = append(c.cites, cite)
		} else if c.fault == nil {
			c.fault = &fault{
				start: cite.Start, end: cite.End, code: diag.MarkdownBadCitation,
				message: fmt.Sprintf("%q does not name a source", string(part)),
				hint:    "write [@source], [@source, place in it] or [@source; @another]",
			}
		}
		from = to + 1
	}
}

func isSource(id string) bool {
	for i := range len(id) {
		if !isSourceByte(id[i]) && id[i] != '-' && id[i] != '_' {
			return false
		}
	}
	return id != ""
}

func trimSpace(content []byte, start, end int) (int, int) {
	for start < end && strings.IndexByte(" \t\r\n", content[start]) >= 0 {
		start++
	}
	for end > start && strings.IndexByte(" \t\r\n", content[end-1]) >= 0 {
		end--
	}
	return start, end
}
