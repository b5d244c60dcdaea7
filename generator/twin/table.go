package twin

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"cairn/generator/markup"
)

// table writes a table with its caption before it. A cell over several columns fills
// the first of them.
func (w *writer) table(node *markup.Node) []string {
	var blocks []string
	var rows [][]string
	headed := false
	for part := range node.Descendants() {
		switch part.Name {
		case atom.Caption:
			if text := w.inlineOf(part); text != "" {
				if plain(part) {
					text = "**" + text + "**"
				}
				blocks = append(blocks, text)
			}
		case atom.Tr:
			if row := w.row(part); len(row) > 0 {
				headed = headed || len(rows) == 0 && part.Parent.Name == atom.Thead
				rows = append(rows, row)
			}
		}
	}
	if len(rows) == 0 {
		return blocks
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	if !headed { // a table of Markdown has a head, if only an empty one
		rows = append([][]string{make([]string, width)}, rows...)
	}
	var b strings.Builder
	for i, row := range rows {
		for len(row) < width {
			row = append(row, "")
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|" + strings.Repeat(" --- |", width) + "\n")
		}
	}
	return append(blocks, strings.TrimSuffix(b.String(), "\n"))
}

// most columns that one cell may claim; a table of ours has none wider.
const mostColumns = 1000

func (w *writer) row(tr *markup.Node) []string {
	var row []string
	for cell := tr.FirstChild; cell != nil; cell = cell.NextSibling {
		if cell.Text || skipped(cell) {
			continue
		}
		text := strings.Join(w.blocks(cell), " ")
		text = strings.ReplaceAll(strings.Join(strings.Fields(strings.ReplaceAll(text, "\\\n", " ")), " "), "|", `\|`)
		row = append(row, text)
		span, _ := strconv.Atoi(cell.Attribute("colspan"))
		for i := 1; i < min(span, mostColumns); i++ {
			row = append(row, "")
		}
	}
	return row
}
