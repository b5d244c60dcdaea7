package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
)

// CSV returns the table as comma-separated values (RFC 4180), with numbers as
// plain digits. A text that a spreadsheet would run as a formula gets an
// apostrophe in front, which a spreadsheet does not show.
func CSV(t *Table) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	line := make([]string, 0, len(t.Columns)+1)
	for i := range t.Columns {
		title := t.Columns[i].Title
		switch {
		case t.Columns[i].Unit != "":
			title += " (" + t.Columns[i].Unit + ")"
		case t.Columns[i].Type == Percent:
			title += " (%)"
		}
		line = append(line, harmless(title))
	}
	_ = w.Write(append(line, "Sources")) // writing to a buffer cannot fail
	for i := range t.Rows {
		line = line[:0]
		for j := range t.Rows[i].Cells {
			cell := &t.Rows[i].Cells[j]
			switch {
			case cell.HasNumber:
				line = append(line, plainNumber(cell.Number))
			case cell.Empty:
				line = append(line, "")
			default:
				line = append(line, harmless(cell.Text))
			}
		}
		_ = w.Write(append(line, strings.Join(sourcesOf(t, &t.Rows[i]), " ")))
	}
	w.Flush()
	return b.Bytes()
}

func plainNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// harmless guards against formulas (OWASP: CSV injection).
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// sourcesOf lists the ids of all sources of a row, those of its cells included.
func sourcesOf(t *Table, row *Row) []string {
	var ids []string
	seen := map[string]bool{}
	add := func(refs []SourceRef) {
		for _, ref := range refs {
			if !seen[ref.ID] {
				seen[ref.ID] = true
				ids = append(ids, ref.ID)
			}
		}
	}
	add(row.Sources)
	for i := range row.Cells {
		add(row.Cells[i].Sources)
	}
	if len(ids) == 0 {
		add(t.Sources)
	}
	return ids
}

// JSON returns the table as one object: title, columns, and rows by column id.
func JSON(t *Table) []byte {
	type column struct {
		ID      string `json:"id"`
		Title   string `json:"title"`
		Type    Type   `json:"type"`
		Unit    string `json:"unit,omitempty"`
		Compute string `json:"compute,omitempty"`
	}
	type row struct {
		ID      string         `json:"id,omitempty"`
		Group   string         `json:"group,omitempty"`
		Cells   map[string]any `json:"cells"`
		Own     bool           `json:"own,omitempty"`
		Sources []string       `json:"sources,omitempty"`
	}
	whole := struct {
		Title       string   `json:"title"`
		Description string   `json:"description,omitempty"`
		Columns     []column `json:"columns"`
		Rows        []row    `json:"rows"`
	}{Title: t.Title, Description: t.Description, Columns: []column{}, Rows: []row{}}
	for i := range t.Columns {
		c := &t.Columns[i]
		whole.Columns = append(whole.Columns, column{c.ID, c.Title, c.Type, c.Unit, c.Compute})
	}
	for i := range t.Rows {
		r := row{ID: t.Rows[i].ID, Group: t.Rows[i].Group, Own: t.Rows[i].Own, Cells: map[string]any{}, Sources: sourcesOf(t, &t.Rows[i])}
		for j := range t.Rows[i].Cells {
			cell := &t.Rows[i].Cells[j]
			switch {
			case cell.HasNumber:
				r.Cells[t.Columns[j].ID] = cell.Number
			case !cell.Empty:
				r.Cells[t.Columns[j].ID] = cell.Text
			}
		}
		whole.Rows = append(whole.Rows, r)
	}
	encoded, err := json.MarshalIndent(whole, "", "  ")
	if err != nil {
		panic(err) // numbers are finite and all else is text
	}
	return append(encoded, '\n')
}
