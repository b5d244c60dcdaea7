package main

// How cairn talks.
//
//   - What was asked for goes to stdout: faults, what was written, an address.
//     That cairn cannot go on, or was used wrongly, goes to stderr after "cairn: ".
//   - With a format other than text, stdout holds that format and nothing else;
//     the rest of what there is to say goes to stderr.
//   - One line for one event. No banner, no bar, nothing that overwrites itself:
//     the output of a build server and that of a terminal are the same.
//   - No capital at the beginning and no full stop at the end, except in explain,
//     which is prose.
//   - Colour marks severities, places and carets, and nothing else; only on a
//     terminal, and not if NO_COLOR is set.
//   - On a terminal no line of a fault is wider than it; words are not torn.
//   - A complaint is one sentence, then one on what to do.

import (
	"fmt"
	"io"
	"os"
	"strings"

	"cairn/generator/diag"
)

// colourOn tells whether a writer is a terminal that wants colour.
func colourOn(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// say writes a line for the reader: to stdout, if that is not kept for a format.
func (c *command) say(format string, values ...any) {
	w := c.out
	if c.format != "" && c.format != string(diag.Text) {
		w = c.err
	}
	fmt.Fprintf(w, format+"\n", values...)
}

// complain writes why cairn stops, and what to do.
func (c *command) complain(err error, hint string) {
	fmt.Fprintf(c.err, "cairn: %s\n", strings.TrimSuffix(err.Error(), "\n"))
	if hint != "" {
		fmt.Fprintf(c.err, "  hint: %s\n", hint)
	}
}

// printFaults writes the list of faults in the chosen format.
func (c *command) printFaults(faults diag.List) error {
	format := diag.Format(c.format)
	if format == "" {
		format = diag.Text
	}
	if err := diag.Print(c.out, faults, format, diag.PrintOptions{Colour: c.colour, Prefix: c.prefix(), Width: widthOf(c.out)}); err != nil {
		return cannotGoOn(err)
	}
	if format == diag.Text && len(faults) > 0 {
		fmt.Fprintln(c.out)
	}
	return nil
}

// plural counts things: "1 page", "12 pages".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// size writes a number of bytes for people.
func size(bytes int64) string {
	switch {
	case bytes < 1000:
		return plural(int(bytes), "byte")
	case bytes < 999_500:
		return fmt.Sprintf("%.0f kB", float64(bytes)/1e3)
	default:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
}
