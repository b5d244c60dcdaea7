package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"cairn/generator/diag"
)

// goldmark cannot be cancelled, and on some texts its time grows with the square
// of their length. So every place where that can happen is passed by a guard of
// ours first, in time linear in the text: containers as they are opened, and the
// text of each paragraph, heading and table before the inline phase, which only
// begins when all blocks are known. A guard that refuses stops the parser by a
// panic that Parse turns into a diagnostic. Guarding inside the block phase, and
// not by a scan of the raw text, keeps code blocks out of the count.
const (
	maxNesting = 64
	maxCells   = 50_000
	// maxWork is in steps of the parser's inner loops, a few nanoseconds each. The
	// limit is one of a whole page. Text that people write needs a few thousand
	// steps a paragraph at most.
	maxWork = 200_000_000
	// cellWork is what a cell costs at least, even one that its row leaves out.
	cellWork = 100
	// maxContinued is how often an open list or quote may look at a new line.
	maxContinued = 2_000_000
	// maxGrowth and slack: output is at most 50 times the input, but a short page
	// may always have some markup.
	maxGrowth = 50
	slack     = 16 << 10
)

// A stop is what keeps a text from being parsed. Offsets are in the source.
type stop struct {
	start, end    int
	code          diag.Code
	message, hint string
}

var guardKey = parser.NewContextKey()

// A guard counts what one text has cost so far, and keeps what goldmark's tree
// does not tell.
type guard struct {
	source    []byte
	work      int
	continued int
	// closed holds the fenced code blocks that have a closing fence.
	closed map[ast.Node]bool
	// defined and called count footnotes and their marks.
	defined, called int
	unused          []*extast.Footnote
}

func guardOf(pc parser.Context) *guard { return pc.Get(guardKey).(*guard) }

func (g *guard) spend(steps int, at int) {
	g.work += steps
	if g.work > maxWork || steps < 0 {
		panic(&stop{
			start: at, end: lineEnd(g.source, at), code: diag.MarkdownTooComplex,
			message: "this passage holds too many brackets, stars or underscores to be parsed in reasonable time",
			hint:    "split it into paragraphs, or put it into a code block",
		})
	}
}

func tooDeep(source []byte, at int, what string) *stop {
	return &stop{
		start: at, end: lineEnd(source, at), code: diag.MarkdownTooDeep,
		message: fmt.Sprintf("%s nested more than %d deep", what, maxNesting),
		hint:    "flatten the text; if it was generated, look for the fault there",
	}
}

func lineEnd(source []byte, at int) int {
	at = max(0, min(at, len(source)))
	if i := bytes.IndexByte(source[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(source)
}

// container guards the parsers of blocks that hold blocks.
type container struct{ parser.BlockParser }

func (c container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, position := reader.Position()
	node, state := c.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return node, state
	}
	depth := 0
	for _, open := range pc.OpenedBlocks() {
		if nests(open.Node) {
			depth++
		}
	}
	if nests(node) && depth >= maxNesting {
		panic(tooDeep(guardOf(pc).source, position.Start, "lists, quotes and blocks"))
	}
	return node, state
}

func (c container) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	g := guardOf(pc)
	if g.continued++; g.continued > maxContinued {
		_, position := reader.Position()
		panic(&stop{
			start: position.Start, end: position.Start, code: diag.MarkdownTooComplex,
			message: "lists and quotes with too many lines, too deeply nested, to be parsed in reasonable time",
			hint:    "split the list, or nest it less deeply",
		})
	}
	return c.BlockParser.Continue(node, reader, pc)
}

// headingParser guards headings that begin with #.
type headingParser struct{ parser.BlockParser }

// SetOption passes goldmark's settings on to the parser inside.
func (h headingParser) SetOption(name parser.OptionName, value any) {
	h.BlockParser.(parser.SetOptioner).SetOption(name, value)
}

func (h headingParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, state := h.BlockParser.Open(parent, reader, pc)
	if node != nil {
		guardOf(pc).inline(node.Lines())
	}
	return node, state
}

// fenceParser notes which code blocks have been closed: goldmark's tree does not
// tell a closed one from one that swallowed the rest of the page.
type fenceParser struct{ parser.BlockParser }

func (f fenceParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	state := f.BlockParser.Continue(node, reader, pc)
	if state&parser.Close != 0 {
		g := guardOf(pc)
		if g.closed == nil {
			g.closed = map[ast.Node]bool{}
		}
		g.closed[node] = true
	}
	return state
}

// footnoteParser counts definitions: each mark is compared with every one, and
// they are sorted by insertion.
type footnoteParser struct{ container }

func (f footnoteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, position := reader.Position()
	node, state := f.container.Open(parent, reader, pc)
	if node != nil {
		g := guardOf(pc)
		g.defined++
		g.spend(g.defined+g.called, position.Start)
	}
	return node, state
}

// definitionGuard stands before link definitions, each of which moves the
// paragraph's other lines.
type definitionGuard struct{}

func (definitionGuard) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, opening := node.Lines(), 0
	for i := range lines.Len() {
		line := lines.At(i)
		if start := bytes.TrimLeft(line.Value(reader.Source()), " \t"); len(start) > 0 && start[0] == '[' {
			opening++
		}
	}
	if opening > 0 {
		guardOf(pc).spend(opening*lines.Len(), lines.At(0).Start)
	}
}

// paragraphGuard stands behind tables and definitions: what is left is text.
type paragraphGuard struct{}

func (paragraphGuard) Transform(node *ast.Paragraph, _ text.Reader, pc parser.Context) {
	guardOf(pc).inline(node.Lines())
}

// tableTransformer counts cells before a table is made, since each row is filled
// up to the header's columns, and guards the text of the cells it made.
type tableTransformer struct{ parser.ParagraphTransformer }

func (t tableTransformer) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	g, lines := guardOf(pc), node.Lines()
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		columns, ok := delimiterColumns(line.Value(reader.Source()))
		if !ok {
			continue
		}
		at, rows := lines.At(i-1).Start, lines.Len()-i
		g.spend(min(columns*rows, maxCells)*cellWork, at)
		if columns*rows > maxCells {
			panic(&stop{
				start: at, end: lineEnd(g.source, at), code: diag.MarkdownTooManyCells,
				message: fmt.Sprintf("a table of %d columns and %d rows has more than %d cells", columns, rows, maxCells),
				hint:    "put it into a table file: ::table{file=\"…\"}",
			})
		}
	}
	parent := node.Parent()
	pipes := 0
	for i := range lines.Len() {
		line := lines.At(i)
		if value := line.Value(reader.Source()); bytes.IndexByte(value, '`') >= 0 {
			pipes += bytes.Count(value, []byte(`\|`))
		}
	}
	at := lines.At(0).Start
	next := node.NextSibling()
	previous := node.PreviousSibling()
	t.ParagraphTransformer.Transform(node, reader, pc)
	var table ast.Node
	switch {
	case node.Parent() != nil: // a paragraph is left before the table
		table = node.NextSibling()
	case previous != nil:
		table = previous.NextSibling()
	default:
		table = parent.FirstChild()
	}
	if table == nil || table == next || table.Kind() != extast.KindTable {
		return
	}
	g.spend(pipes*pipes, at)
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			g.inline(cell.Lines())
		}
	}
}

// delimiterColumns counts the columns of a line such as |---|--:|, if it is one.
func delimiterColumns(line []byte) (int, bool) {
	line = bytes.Trim(line, " \t\r\n")
	if len(line) == 0 || bytes.IndexByte(line, '-') < 0 {
		return 0, false
	}
	for _, b := range line {
		switch b {
		case '-', '|', ':', ' ', '\t', '\v', '\f', '\r':
		default:
			return 0, false
		}
	}
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|"))
	return bytes.Count(line, []byte("|")) + 1, true
}

// inline estimates from above what the inline phase will cost for these lines,
// by the shapes that are known to be quadratic:
//
//   - each run of stars, underscores or tildes is compared with all before it;
//   - each closing bracket finds its line by looking through all lines;
//   - each "](" reads on to the next space, each "](<" to the end of the line;
//   - each place where a bare address could begin reads on to the next space;
//   - each run of backticks reads on to the next of its length, or to the end;
//   - each footnote mark is compared with every definition.
func (g *guard) inline(lines *text.Segments) {
	if lines.Len() == 0 {
		return
	}
	at := lines.At(0).Start
	var runs, depth, closing int
	var ticks []tickRun
	work := 0
	for i := range lines.Len() {
		line := lines.At(i)
		value := g.source[line.Start:line.Stop]
		var word, starts, angles int
		previous := byte(' ')
		for j := 0; j < len(value); j++ {
			b := value[j]
			switch b {
			case '\\':
				word++
				j++ // the next sign is text; a backslash before a letter costs nothing either way
				previous = 'x'
				word++
				continue
			case ' ', '\t', '\n', '\r', '\f', '\v':
				work += word * starts
				word, starts = 0, 0
				previous = ' '
				continue
			case '*', '_', '~':
				starts++
				if previous != b {
					runs++
				}
			case '[':
				if depth++; depth > maxNesting {
					panic(tooDeep(g.source, line.Start+j, "brackets"))
				}
				if j+1 < len(value) && value[j+1] == '^' {
					g.called++
					work += g.defined
				}
			case ']':
				depth = max(0, depth-1)
				closing++
			case '`':
				if previous == '`' {
					ticks[len(ticks)-1].length++
				} else {
					ticks = append(ticks, tickRun{line.Start + j, 1})
				}
			case '(':
				starts++
				if previous == ']' && j+1 < len(value) && value[j+1] == '<' {
					angles++
				}
			case '<':
				starts++
			}
			previous = b
			word++
		}
		work += word*starts + angles*len(value)
		g.spend(work, line.Start)
		work = 0
	}
	g.spend(runs*runs/2, at)
	g.spend(closing*lines.Len(), at)
	end := lines.At(lines.Len() - 1).Stop
	closes := map[int]bool{}
	for i := len(ticks) - 1; i >= 0; i-- {
		if !closes[ticks[i].length] {
			closes[ticks[i].length] = true
			g.spend(end-ticks[i].start, ticks[i].start)
		}
	}
}

// A tickRun is a run of backticks.
type tickRun struct{ start, length int }
