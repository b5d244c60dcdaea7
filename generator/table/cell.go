package table

import (
	"fmt"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// cell reads a cell, which is a value or a table with a value.
func (p *parser) cell(column *Column, value *record.Value) Cell {
	var written CellDocument
	if column.Type == "" {
		return Cell{} // what it should hold is not known, and that has been said
	}
	if value.Kind == record.ListKind && column.Type == Text && len(value.Items) > 0 {
		return p.statements(column, value)
	}
	if value.Kind == record.TableKind {
		p.faults = append(p.faults, record.Decode(p.file, value, &written, record.DecodeOptions{Name: "a cell"})...)
		if written.Value == nil {
			return Cell{}
		}
		value = written.Value
	}
	cell := Cell{Sources: refs(written.Sources), Own: written.Own, Note: written.Note, Start: value.Start, End: value.End}
	wants, hint := cell.read(column, value)
	if wants != "" {
		p.fault(record.At{Start: value.Start, End: value.End}, diag.TableWrongType, fmt.Sprintf("the column %q holds %s", column.ID, wants), hint)
	}
	return cell
}

// statements reads a cell that is a list: what different sources say, one by one.
func (p *parser) statements(column *Column, value *record.Value) Cell {
	cell := Cell{Start: value.Start, End: value.End}
	var texts []string
	for _, item := range value.Items {
		one := p.cell(column, item)
		if one.Statements != nil || one.Note != "" {
			p.fault(record.At{Start: item.Start, End: item.End}, diag.TableWrongType, "a statement in a list has neither a list nor a note of its own",
				`write each as { value = "…", sources = ["…"] }, and a note for the whole as the row's`)
			continue
		}
		texts = append(texts, one.Text)
		cell.Statements = append(cell.Statements, Statement{Text: one.Text, Sources: one.Sources, Own: one.Own})
	}
	cell.Text = strings.Join(texts, ". ")
	return cell
}

// read takes the value as the column wants it, or says what the column holds.
func (c *Cell) read(column *Column, value *record.Value) (wants, hint string) {
	switch column.Type {
	case Text:
		switch {
		case value.Kind != record.StringKind:
			return "text", `write it in quotes: "…"`
		case strings.TrimSpace(value.Text) == "":
			return "text, and this one is empty", "leave the cell out, and write optional = true in the column"
		}
		c.Text = value.Text
		return "", ""
	case Date:
		if value.Kind != record.DateKind {
			return "dates", "write it without quotes: 2026-01-22"
		}
		c.Text = value.Text
		return "", ""
	case Integer:
		if value.Kind != record.IntegerKind {
			return "whole numbers", "write digits alone, without quotes, unit or point: 118500"
		}
	}
	number, ok := value.Number()
	switch {
	case !ok:
		return "numbers", "write digits alone, without quotes and unit: 118500 or 22.5"
	case number != number || number > mostNumber || number < -mostNumber:
		return "numbers up to 2^53", "use a larger unit"
	}
	if shown := places(value.Text); shown > column.Places {
		return fmt.Sprintf("numbers with %s", plural(column.Places, "decimal place")),
			fmt.Sprintf("write places = %d in the column, or fewer digits here", shown)
	}
	c.Number, c.HasNumber, c.Text = number, true, show(column, number)
	return "", ""
}

// places counts the digits behind the point of a number as it was written.
func places(written string) int {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(written), "e")
	if strings.HasPrefix(written, "0x") {
		return 0
	}
	_, fraction, _ := strings.Cut(mantissa, ".")
	count := len(strings.TrimRight(strings.ReplaceAll(fraction, "_", ""), "0"))
	var shift int
	_, _ = fmt.Sscanf(exponent, "%d", &shift) // no exponent shifts nothing
	return max(0, count-shift)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
