package render

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/site"
	"cairn/generator/table"
)

// A tableView is a table of data, on its own page or placed on another.
type tableView struct {
	ID, Caption, Unit, Class string
	Width                    int
	// Again names the table apart from one of the same caption further up, for those who
	// hear the page.
	Again string
	// Scrolls: a table of figures; Broad: one with many columns; Tall: one of figures
	// with so many rows that its head should stay in view.
	Scrolls, Broad, Tall bool
	// Controls are what readers choose with; nil for a table too small to need them.
	Controls       *controlsView
	Columns        []columnView
	Groups         []rowsView
	Sourced        []sourceView
	OneSource, Own bool
	Downloads      []linkView
	Note           template.HTML
	Faults         diag.List
}

// A columnView is the head of a column. Figures: it holds numbers.
type columnView struct {
	ID, Title, Unit string
	Figures         bool
}

// A rowsView is rows under a heading, which may be empty.
type rowsView struct {
	Title string
	Rows  []rowView
}

// A rowView is a row. Sources are the ids of those it rests on, for the filter.
type rowView struct {
	ID, Sources string
	Cells       []cellView
}

// A cellView is a cell. Head: it names the row; Marked: it is the row's answer; Own: it is our own derivation.
type cellView struct {
	Text, Note, Label string
	Head, Figures     bool
	Own, Marked       bool
	Cites             []sourceView
	Statements        []statementView
	// Value is what the cell is sorted by, if that is not its text; Choice what readers
	// choose it by.
	Value, Choice string
}

// A statementView is one of several that a cell makes, each with its sources.
type statementView struct {
	Text, Stop, Sources string
	Own                 bool
	Cites               []sourceView
}

// tableView prepares a table for the page p. Tables that are mostly words become
// labelled blocks on a narrow screen; tables of figures scroll.
func (r *renderer) tableView(p *pageRenderer, page *site.Page) *tableView {
	if page.Table == nil {
		return &tableView{Faults: page.Faults}
	}
	t := page.Table
	p.tables++
	v := &tableView{ID: fmt.Sprintf("table-%d", p.tables), Caption: t.Caption, Width: len(t.Columns)}
	if v.Caption == "" {
		v.Caption = t.Title
	}
	if p.captions == nil {
		p.captions = map[string]int{}
	}
	if p.captions[v.Caption]++; p.captions[v.Caption] > 1 {
		v.Again = fmt.Sprintf("%s (%d)", v.Caption, p.captions[v.Caption])
	}
	figures := 0
	for i := range t.Columns {
		column := &t.Columns[i]
		if column.IsNumber() {
			figures++
		}
		v.Columns = append(v.Columns, columnView{ID: column.ID, Title: column.Title, Unit: column.Unit, Figures: column.IsNumber()})
	}
	switch {
	case figures*2 >= len(t.Columns)-1:
		v.Class, v.Scrolls = "figures", true
	case len(t.Columns) > 2:
		v.Class = "stack compare"
	}
	v.Broad, v.Tall = len(t.Columns) >= broad, len(t.Rows) >= tall
	if len(t.Rows) >= sortable {
		v.Controls = r.controls(p, page)
		p.live = true
	}
	// That every row is our own derivation is said once, under the table.
	v.Own = len(t.Rows) > 0 && !slices.ContainsFunc(t.Rows, func(row table.Row) bool { return !row.Own })
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
		if t.Filter {
			view.Sources = ids(row.Sources)
		}
		for j := range row.Cells {
			c := r.cellView(p, t, &t.Columns[j], &row.Cells[j])
			if c.Head {
				c.Cites = append(c.Cites, p.cites(row.Sources)...)
				c.Own = c.Own || row.Own && !v.Own
				if row.Note != "" && c.Note == "" {
					c.Note = row.Note
				}
			}
			view.Cells = append(view.Cells, c)
		}
		v.Groups[group].Rows = append(v.Groups[group].Rows, view)
	}
	v.Sourced = p.cites(t.Sources)
	v.OneSource = len(v.Sourced) == 1
	if twins, ok := r.twins[page]; ok {
		v.Downloads = []linkView{{Title: "CSV", Address: p.to(twins.csv)}, {Title: "JSON", Address: p.to(twins.json)}}
	}
	if page != p.page && page.Path != "" {
		v.Downloads = append(v.Downloads, linkView{Title: r.words.Say("data.whole"), Address: p.to(page.Path)})
	}
	return v
}

func (r *renderer) cellView(p *pageRenderer, t *table.Table, column *table.Column, cell *table.Cell) cellView {
	c := cellView{
		Text: cell.Text, Note: cell.Note, Label: column.Title, Marked: cell.Marked,
		Head: column.Head, Figures: column.IsNumber(), Own: cell.Own, Cites: p.cites(cell.Sources),
	}
	switch {
	case cell.HasNumber:
		c.Value = strconv.FormatFloat(cell.Number, 'g', -1, 64)
	case cell.Rank > 0:
		c.Value = strconv.Itoa(cell.Rank)
	}
	if column.Filter {
		c.Choice = cell.Text
	}
	statements := cell.Statements
	if t.Filter && len(statements) == 0 && len(cell.Sources) > 0 && !cell.Marked {
		statements, c.Cites = []table.Statement{{Text: cell.Text, Sources: cell.Sources}}, nil
	}
	for i, statement := range statements {
		s := statementView{Text: statement.Text, Own: statement.Own, Cites: p.cites(statement.Sources)}
		if t.Filter {
			s.Sources = ids(statement.Sources)
		}
		if i < len(statements)-1 {
			s.Stop = "."
		}
		c.Statements = append(c.Statements, s)
	}
	return c
}

// ids joins the ids of sources for the client.
func ids(refs []table.SourceRef) string {
	var list []string
	for _, ref := range refs {
		list = append(list, ref.ID)
	}
	return strings.Join(list, " ")
}

// cites finds the sources that a table names among those of the page.
func (p *pageRenderer) cites(refs []table.SourceRef) []sourceView {
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

const (
	// broad is the number of columns from which a table takes the margin too.
	broad = 5
	// tall is the number of rows from which a table of figures scrolls by itself.
	tall = 25
	// sortable is the number of rows from which a table can be sorted, findable that
	// from which it can be searched.
	sortable, findable = 3, 9
)

// A controlsView is the form by which a table is sorted, filtered and grouped. It is
// hidden until the script that answers it is there.
type controlsView struct {
	// Part names the table in the fragment of the address.
	Part      string
	Words     controlWords
	Choices   []choiceView
	Groupings []textView
}

// controlWords are what the script says. Shown is empty where nothing can be hidden.
type controlWords struct{ Find, Group, Shown, Up, Down, Reset string }

// A choiceView is what readers choose rows by.
type choiceView struct {
	// Of is the id of a column, or "sources".
	Of, Title string
	Texts     []textView
}

// Filters tells whether rows can be hidden.
func (v *controlsView) Filters() bool { return v.Words.Find != "" || len(v.Choices) > 0 }

// A textView is a text to choose or to group by.
type textView struct{ Value, Text, Small string }

func (r *renderer) controls(p *pageRenderer, page *site.Page) *controlsView {
	t := page.Table
	v := &controlsView{Words: controlWords{
		Shown: r.words.Say("table.shown"), Up: r.words.Say("table.ascending"), Down: r.words.Say("table.descending"),
		Reset: r.words.Say("table.reset"), Group: r.words.Say("table.group"),
	}}
	v.Part = "table-" + slug(strings.TrimSuffix(page.File[strings.LastIndexByte(page.File, '/')+1:], ".toml"))
	if p.placed[v.Part]++; p.placed[v.Part] > 1 {
		v.Part += fmt.Sprintf("-%d", p.placed[v.Part])
	}
	if len(t.Rows) >= findable {
		v.Words.Find = r.words.Say("table.find")
	}
	if t.Filter {
		choice := choiceView{Of: "sources", Title: r.words.Say("table.sources")}
		for _, id := range sourcesIn(t) {
			for _, view := range p.cites([]table.SourceRef{{ID: id}}) {
				choice.Texts = append(choice.Texts, textView{Value: id, Text: view.Name, Small: strconv.Itoa(view.Number)})
			}
		}
		if len(choice.Texts) > 1 {
			v.Choices = append(v.Choices, choice)
		}
	}
	grouped := slices.ContainsFunc(t.Rows, func(row table.Row) bool { return row.Group != "" })
	groupings := []textView{{Value: "", Text: r.words.Say("table.as-written")}}
	if grouped {
		groupings = append(groupings, textView{Value: "none", Text: r.words.Say("table.no-groups")})
	}
	for j := range t.Columns {
		if !t.Columns[j].Filter {
			continue
		}
		v.Choices = append(v.Choices, choiceView{Of: t.Columns[j].ID, Title: t.Columns[j].Title, Texts: textsOf(t, j)})
		groupings = append(groupings, textView{Value: "by " + t.Columns[j].ID, Text: t.Columns[j].Title})
	}
	if !v.Filters() {
		v.Words.Shown = ""
	}
	if len(groupings) > 1 {
		v.Groupings = groupings
	}
	return v
}

// textsOf are the texts of a column, each once: in its order, or as the rows have them.
func textsOf(t *table.Table, column int) []textView {
	type text struct {
		text string
		rank int
	}
	var all []text
	seen := map[string]bool{}
	for i := range t.Rows {
		if cell := &t.Rows[i].Cells[column]; !seen[cell.Text] {
			seen[cell.Text] = true
			all = append(all, text{cell.Text, cell.Rank})
		}
	}
	slices.SortStableFunc(all, func(a, b text) int { return a.rank - b.rank })
	var views []textView
	for _, each := range all {
		views = append(views, textView{Value: each.text, Text: each.text})
	}
	return views
}

// sourcesIn are the ids of the sources that rows, cells and statements name, in order.
func sourcesIn(t *table.Table) []string {
	var list []string
	seen := map[string]bool{}
	add := func(refs []table.SourceRef) {
		for _, ref := range refs {
			if !seen[ref.ID] {
				seen[ref.ID] = true
				list = append(list, ref.ID)
			}
		}
	}
	for i := range t.Rows {
		add(t.Rows[i].Sources)
		for j := range t.Rows[i].Cells {
			add(t.Rows[i].Cells[j].Sources)
			for _, statement := range t.Rows[i].Cells[j].Statements {
				add(statement.Sources)
			}
		}
	}
	return list
}
