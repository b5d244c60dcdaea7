package table

import (
	"fmt"
	"slices"

	"cairn/generator/diag"
	"cairn/generator/expr"
	"cairn/generator/record"
)

// formulas parses the expressions of computed columns. One may use the columns of
// numbers that have cells, and computed columns to its left: so there are no circles.
func (p *parser) formulas() {
	var names []string
	for i := range p.table.Columns {
		if c := &p.table.Columns[i]; c.Compute == "" && c.IsNumber() {
			names = append(names, c.ID)
		}
	}
	for i := range p.table.Columns {
		c := &p.table.Columns[i]
		if c.Compute == "" {
			continue
		}
		at := p.source[i].Compute.At
		if !c.IsNumber() {
			p.fault(at, diag.TableCompute, fmt.Sprintf("the column %q is of type %s and cannot be computed", c.ID, c.Type),
				`give it the type "integer", "decimal", "money" or "percent"`)
			continue
		}
		formula, faults := expr.ParseFormula(expr.SourceAt(p.file, at.Start, at.End, c.Compute), slices.Clone(names), p.unfit(i), p.nameless)
		p.faults = append(p.faults, faults...)
		c.formula = formula
		names = append(names, c.ID)
	}
}

// unfit are the columns that the formula of one column cannot use.
func (p *parser) unfit(of int) []expr.Other {
	var others []expr.Other
	for i := range p.table.Columns {
		c := &p.table.Columns[i]
		other := expr.Other{Name: c.ID, Code: diag.ExprWrongType, Hint: "a formula takes columns of numbers"}
		switch {
		case c.Type == Text:
			other.Message = fmt.Sprintf("the column %q holds text, and only numbers are computed with", c.ID)
		case c.Type == Date:
			other.Message = fmt.Sprintf("the column %q holds dates, and only numbers are computed with", c.ID)
		case i == of:
			other.Code, other.Message, other.Hint = diag.TableCompute, fmt.Sprintf("the column %q would be computed from itself", c.ID), "compute it from other columns"
		case c.Compute != "" && i > of:
			other.Code, other.Message, other.Hint = diag.TableCompute, fmt.Sprintf("the column %q is computed further down", c.ID), "move its [[column]] above this one"
		default:
			continue
		}
		others = append(others, other)
	}
	return others
}

// compute fills the computed columns. A cell whose parts are empty is empty; one that
// has all its parts and yet no value is reported.
func (p *parser) compute() {
	for r := range p.table.Rows {
		row := &p.table.Rows[r]
		values := map[string]float64{}
		for i := range row.Cells {
			if row.Cells[i].HasNumber {
				values[p.table.Columns[i].ID] = row.Cells[i].Number
			}
		}
		for i := range p.table.Columns {
			c := &p.table.Columns[i]
			if c.formula == nil {
				continue
			}
			cell := Cell{Text: none, Empty: true, Start: row.Start, End: row.Start}
			if x, ok := c.formula.Evaluate(values); ok {
				cell.Number, cell.HasNumber, cell.Empty, cell.Text = x, true, false, show(c, x)
				values[c.ID] = x
			} else if complete(c.formula, values) {
				p.fault(record.At{Start: row.Start, End: p.written.Rows[r].End}, diag.TableNoResult,
					fmt.Sprintf("the column %q has no value in this row: a division by zero, or a number too large", c.ID),
					"correct the cells that it is computed from")
			}
			row.Cells[i] = cell
		}
	}
}

// complete tells whether every name of a formula has a value: then a missing result is
// a fault, and not the consequence of an optional cell left out.
func complete(formula *expr.Formula, values map[string]float64) bool {
	return !slices.ContainsFunc(formula.Names(), func(name string) bool { _, ok := values[name]; return !ok })
}
