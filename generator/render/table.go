package render

import (
	"fmt"
	"html/template"
	"slices"

	"cairn/generator/diag"
	"cairn/generator/site"
	"cairn/generator/table"
)

// A tableView is a table of data, on its own page or placed on another.
type tableView struct {
	ID, Caption, Unit, Class string
	Width                    int
	// Scrolls: a table of figures; Broad: one with many columns.
	Scrolls, Broad bool
	Columns        []columnView
	Groups         []rowsView
	Sourced        []sourceView
	OneSource, Own bool
	Downloads      []linkView
	Note           template.HTML
	Faults         diag.List
}

type columnView struct {
	Title, Unit string
	Figures     bool
}

type rowsView struct {
	Title string
	Rows  []rowView
}

type rowView struct {
	ID    string
	Cells []cellView
}

type cellView struct {
	Text, Note, Label string
	Head, Figures     bool
	Own               bool
	Cites             []sourceView
}

// tableView prepares a table for the page p. Tables that are mostly words become
// labelled blocks on a narrow screen; tables of figures scroll.
func (r *renderer) tableView(p *pageRenderer, page *site.Page) (*tableView, error) {
	if page.Table == nil {
		return &tableView{Faults: page.Faults}, nil
	}
	t := page.Table
	p.tables++
	v := &tableView{ID: fmt.Sprintf("table-%d", p.tables), Caption: t.Caption, Width: len(t.Columns)}
	if v.Caption == "" {
		v.Caption = t.Title
	}
	figures := 0
	for i := range t.Columns {
		column := &t.Columns[i]
		if column.IsNumber() {
			figures++
		}
		v.Columns = append(v.Columns, columnView{Title: column.Title, Unit: column.Unit, Figures: column.IsNumber()})
	}
	switch {
	case figures*2 >= len(t.Columns)-1:
		v.Class, v.Scrolls = "figures", true
	case len(t.Columns) > 2:
		v.Class = "stack compare"
	}
	cites := func(refs []table.SourceRef) []sourceView {
		var views []sourceView
		for _, ref := range refs {
			for _, source := range p.page.Cited {
				if source.ID == ref.ID {
					views = append(views, p.source(source))
				}
			}
		}
		return views
	}
	v.Broad = len(t.Columns) > 5
	// That every row is our own derivation is said once, under the table.
	v.Own = !slices.ContainsFunc(t.Rows, func(row table.Row) bool { return !row.Own })
	group := -1
	for i := range t.Rows {
		row := &t.Rows[i]
		if group < 0 || row.Group != v.Groups[group].Title {
			v.Groups = append(v.Groups, rowsView{Title: row.Group})
			group++
		}
		view := rowView{}
		if page == p.page {
			view.ID = row.ID // elsewhere it could be that of a heading
		}
		for j := range row.Cells {
			cell := &row.Cells[j]
			c := cellView{
				Text: cell.Text, Note: cell.Note, Label: t.Columns[j].Title,
				Head: t.Columns[j].Head, Figures: t.Columns[j].IsNumber(), Own: cell.Own, Cites: cites(cell.Sources),
			}
			if c.Head {
				c.Cites = append(c.Cites, cites(row.Sources)...)
				c.Own = c.Own || row.Own && !v.Own
				if row.Note != "" && c.Note == "" {
					c.Note = row.Note
				}
			}
			view.Cells = append(view.Cells, c)
		}
		v.Groups[group].Rows = append(v.Groups[group].Rows, view)
	}
	v.Sourced = cites(t.Sources)
	v.OneSource = len(v.Sourced) == 1
	if twins, ok := r.twins[page]; ok {
		v.Downloads = []linkView{{Title: "CSV", Address: p.to(twins.csv)}, {Title: "JSON", Address: p.to(twins.json)}}
	}
	if page != p.page {
		v.Downloads = append(v.Downloads, linkView{Title: "The table with its notes", Address: p.to(page.Path)})
	}
	return v, nil
}
