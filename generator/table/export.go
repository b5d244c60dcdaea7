package table

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CSV returns the table as comma-separated values (RFC 4180). Numbers are plain digits,
// a minus in front of them included. Texts stand in quotes, all of them: so a
// spreadsheet that divides at semicolons or tabs does not find a cell inside a cell. A
// text that it would run as a formula gets an apostrophe in front.
func CSV(t *Table) []byte {
	var b bytes.Buffer
	noted := slices.ContainsFunc(t.Rows, func(row Row) bool { return notesOf(&row) != "" })
	line := make([]string, 0, len(t.Columns)+2)
	end := func(cells []string) { b.WriteString(strings.Join(cells, ",") + "\r\n") }
	for i := range t.Columns {
		title := t.Columns[i].Title
		switch {
		case t.Columns[i].Unit != "":
			title += " (" + t.Columns[i].Unit + ")"
		case t.Columns[i].Type == Percent:
			title += " (%)"
		}
		line = append(line, quoted(title))
	}
	if noted {
		line = append(line, quoted("Notes"))
	}
	end(append(line, quoted("Sources")))
	for i := range t.Rows {
		row := &t.Rows[i]
		line = line[:0]
		for j := range row.Cells {
			cell := &row.Cells[j]
			switch {
			case cell.HasNumber:
				line = append(line, plainNumber(cell.Number))
			case cell.Empty:
				line = append(line, "")
			default:
				line = append(line, quoted(cell.Text))
			}
		}
		if noted {
			line = append(line, quoted(notesOf(row)))
		}
		end(append(line, quoted(strings.Join(sourcesOf(t, row), " "))))
	}
	return b.Bytes()
}

func plainNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func quoted(text string) string {
	return `"` + strings.ReplaceAll(harmless(text), `"`, `""`) + `"`
}

// harmless guards against formulas (OWASP: CSV injection). A spreadsheet does not show
// the apostrophe. What is a number and nothing else is no formula.
func harmless(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if text == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) || number.MatchString(text) {
		return text
	}
	return "'" + text
}

var number = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)

// notesOf joins the notes of a row and of its cells.
func notesOf(row *Row) string {
	var notes []string
	if row.Note != "" {
		notes = append(notes, row.Note)
	}
	for i := range row.Cells {
		if note := row.Cells[i].Note; note != "" {
			notes = append(notes, note)
		}
	}
	return strings.Join(notes, " ")
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
		for _, statement := range row.Cells[i].Statements {
			add(statement.Sources)
		}
	}
	if len(ids) == 0 {
		add(t.Sources)
	}
	return ids
}

func idsOf(refs []SourceRef) []string {
	var ids []string
	for _, ref := range refs {
		ids = append(ids, ref.ID)
	}
	return ids
}

// JSON returns the table as one object: title, columns, and rows by column id. A cell of
// several statements is a text, and besides stands in the row's statements.
func JSON(t *Table) []byte {
	type column struct {
		ID      string `json:"id"`
		Title   string `json:"title"`
		Type    Type   `json:"type"`
		Unit    string `json:"unit,omitempty"`
		Compute string `json:"compute,omitempty"`
	}
	type statement struct {
		Text    string   `json:"text"`
		Own     bool     `json:"own,omitempty"`
		Sources []string `json:"sources,omitempty"`
	}
	type row struct {
		ID    string         `json:"id,omitempty"`
		Group string         `json:"group,omitempty"`
		Cells map[string]any `json:"cells"`
		// Statements and Notes are by column id as the cells are; a row's own note is its Note.
		Statements map[string][]statement `json:"statements,omitempty"`
		Notes      map[string]string      `json:"notes,omitempty"`
		Note       string                 `json:"note,omitempty"`
		Own        bool                   `json:"own,omitempty"`
		Sources    []string               `json:"sources,omitempty"`
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
		r := row{ID: t.Rows[i].ID, Group: t.Rows[i].Group, Own: t.Rows[i].Own, Cells: map[string]any{}, Note: t.Rows[i].Note, Sources: sourcesOf(t, &t.Rows[i])}
		for j := range t.Rows[i].Cells {
			cell := &t.Rows[i].Cells[j]
			switch {
			case cell.HasNumber:
				r.Cells[t.Columns[j].ID] = cell.Number
			case !cell.Empty:
				r.Cells[t.Columns[j].ID] = cell.Text
			}
			for _, part := range cell.Statements {
				if r.Statements == nil {
					r.Statements = map[string][]statement{}
				}
				r.Statements[t.Columns[j].ID] = append(r.Statements[t.Columns[j].ID], statement{part.Text, part.Own, idsOf(part.Sources)})
			}
			if cell.Note != "" {
				if r.Notes == nil {
					r.Notes = map[string]string{}
				}
				r.Notes[t.Columns[j].ID] = cell.Note
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
