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

// mostColumns of a source line are shown; of a longer one the part around the caret.
const mostColumns = 100

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
	styles := map[Severity]string{Error: "1;31", Warning: "1;33"}
	for i, d := range list {
		if i > 0 {
			fmt.Fprintln(out)
		}
		place := d
		place.Path = printable(options.from(d.Path))
		fmt.Fprintf(out, "%s: %s: %s [%s]\n", paint("1", place.Place()), paint(styles[d.Severity], d.Severity.String()), printable(d.Message), d.Code)
		if d.Start.Line > 0 && strings.TrimSpace(d.Line) != "" {
			number := strconv.Itoa(d.Start.Line)
			line, indent, carets := d.Excerpt()
			fmt.Fprintf(out, "  %5s | %s\n", number, line)
			fmt.Fprintf(out, "  %5s | %s%s\n", "", indent, paint(styles[d.Severity], carets))
		}
		for _, related := range d.Related {
			at := Diagnostic{Path: printable(options.from(related.Path)), Start: related.Start}
			fmt.Fprintf(out, "  %s: %s\n", at.Place(), printable(related.Message))
		}
		if d.Hint != "" {
			fmt.Fprintf(out, "  hint: %s\n", strings.ReplaceAll(printableLines(d.Hint), "\n", "\n        "))
		}
	}
	return out.Flush()
}

// printableLines is printable for a text that may have several lines.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	return strings.Join(lines, "\n")
}

// Excerpt returns the source line, or the part of it around the fault, what must
// stand under it up to the fault, and the carets. All are fit to be shown.
func (d Diagnostic) Excerpt() (line, indent, carets string) {
	runes := []rune(strings.TrimRight(printable(d.Line), " \t"))
	start := min(max(d.Start.Column-1, 0), len(runes))
	end := len(runes)
	if d.End.Line == d.Start.Line {
		end = min(max(d.End.Column-1, start), len(runes))
	}
	before, after := "", ""
	if len(runes) > mostColumns {
		from := max(0, min(start-mostColumns/3, len(runes)-mostColumns))
		to := min(len(runes), from+mostColumns)
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
	under := 0
	for _, r := range runes[start:max(start, end)] {
		under += cells(r)
	}
	return before + string(runes) + after, blank.String(), strings.Repeat("^", max(1, under))
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
