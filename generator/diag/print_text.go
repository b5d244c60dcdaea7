package diag

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// mostColumns of a source line are shown, or as many as the terminal has; of a longer
// one the part around the caret. Below fewestColumns nothing could be read.
const (
	mostColumns   = 100
	fewestColumns = 40
)

// printText writes a fault as
//
//	content/guides/stages.md:12:9: error: no page stagse.md is there [link/missing-page]
//	   12 | see the [table](stagse.md)
//	      |                 ^^^^^^^^^
//	   hint: did you mean stages.md?
func printText(w io.Writer, list List, options PrintOptions) error {
	out := bufio.NewWriter(w)
	paint := func(style, text string) string {
		if !options.Colour {
			return text
		}
		return "\x1b[" + style + "m" + text + "\x1b[0m"
	}
	width := 0
	columns := mostColumns
	if options.Width > 0 {
		width = max(options.Width, fewestColumns)
		columns = min(mostColumns, width-len("  12345 | ")-len("……"))
	}
	styles := map[Severity]string{Error: "1;31", Warning: "1;33"}
	for i, d := range list {
		if i > 0 {
			fmt.Fprintln(out)
		}
		place := d
		place.Path = printable(options.from(d.Path))
		before := cellsOf(place.Place()) + len(": : ") + len(d.Severity.String())
		said := wrap(printable(d.Message)+" ["+string(d.Code)+"]", before, width, "    ")
		fmt.Fprintf(out, "%s: %s: %s\n", paint("1", place.Place()), paint(styles[d.Severity], d.Severity.String()), said)
		if d.Start.Line > 0 && strings.TrimSpace(d.Line) != "" {
			number := strconv.Itoa(d.Start.Line)
			line, indent, carets := d.excerpt(columns)
			fmt.Fprintf(out, "  %5s | %s\n", number, line)
			fmt.Fprintf(out, "  %5s | %s%s\n", "", indent, paint(styles[d.Severity], carets))
		}
		for _, related := range d.Related {
			at := Diagnostic{Path: printable(options.from(related.Path)), Start: related.Start}
			fmt.Fprintf(out, "  %s\n", wrap(at.Place()+": "+printable(related.Message), 2, width, "    "))
		}
		if d.Hint != "" {
			lines := strings.Split(d.Hint, "\n")
			for i := range lines {
				lines[i] = wrap(printable(lines[i]), len("  hint: "), width, "        ")
			}
			fmt.Fprintf(out, "  hint: %s\n", strings.Join(lines, "\n        "))
		}
	}
	return out.Flush()
}

// wrap breaks a text between words, so that no line is wider than the terminal and
// none of its words torn. The first line begins at a column, the others with indent.
// With no width it changes nothing.
func wrap(text string, column, width int, indent string) string {
	if width == 0 || column+cellsOf(text) <= width {
		return text
	}
	var out strings.Builder
	for i, word := range strings.Split(text, " ") {
		needs := cellsOf(word)
		switch {
		case i == 0:
		case column+1+needs > width:
			out.WriteString("\n" + indent)
			column = len(indent)
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += needs
	}
	return out.String()
}

// Excerpt returns the source line, or the part of it around the fault, what must
// stand under it up to the fault, and the carets. All are fit to be shown.
func (d Diagnostic) Excerpt() (line, indent, carets string) { return d.excerpt(mostColumns) }

func (d Diagnostic) excerpt(columns int) (line, indent, carets string) {
	runes := []rune(strings.TrimRight(printable(d.Line), " \t"))
	start := min(max(d.Start.Column-1, 0), len(runes))
	end := len(runes)
	if d.End.Line == d.Start.Line {
		end = min(max(d.End.Column-1, start), len(runes))
	}
	before, after := "", ""
	if from, to := around(runes, start, columns); to-from < len(runes) {
		if from > 0 {
			before = "…"
		}
		if to < len(runes) {
			after = "…"
		}
		runes, start, end = runes[from:to], start-from, min(end, to)-from
	}
	var blank strings.Builder
	blank.WriteString(strings.Repeat(" ", utf8.RuneCountInString(before)))
	for _, r := range runes[:start] {
		if r == '\t' {
			blank.WriteRune('\t') // as wide as the one above it, whatever that is
		} else {
			blank.WriteString(strings.Repeat(" ", cells(r)))
		}
	}
	under := cellsOf(string(runes[start:max(start, end)]))
	return before + string(runes) + after, blank.String(), strings.Repeat("^", max(1, under))
}

// around returns the part of a line that fits into so many columns, a third of them
// before the fault.
func around(line []rune, start, columns int) (from, to int) {
	from, to = start, start
	left := columns
	take := func(r rune, most int) bool {
		if cost := cells(r); cost <= left && left-cost >= columns-most {
			left -= cost
			return true
		}
		return false
	}
	for from > 0 && take(line[from-1], columns/3) {
		from--
	}
	for to < len(line) && take(line[to], columns) {
		to++
	}
	for from > 0 && take(line[from-1], columns) {
		from--
	}
	return from, to
}

// cellsOf is how many columns a text takes.
func cellsOf(text string) int {
	sum := 0
	for _, r := range text {
		sum += cells(r)
	}
	return sum
}

// cells is how many columns of a terminal a character takes.
func cells(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me) || r == '\u200b' || r == '\u200d' {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
