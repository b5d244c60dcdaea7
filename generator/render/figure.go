package render

import (
	"fmt"
	"html/template"
	"strings"

	"cairn/generator/table"
)

// A figureView is a chart with its key, and its table if that does not stand beside it.
type figureView struct {
	ID, Title, Lead string
	Drawing         template.HTML
	Key             []entryView
	// KeyClass hides the whole key, where all its entries are hidden from the same room on.
	KeyClass string
	// Table is folded under the word Fold.
	Table *tableView
	Fold  string
}

// An entryView is an entry of a chart's key.
type entryView struct {
	Swatch              template.HTML
	Letter, Text, Class string
}

func (r *renderer) figureView(p *pageRenderer, t *table.Table, chart *table.Chart, folded *tableView) *figureView {
	p.charts++
	v := &figureView{ID: fmt.Sprintf("chart-%d", p.charts), Title: chart.Title, Lead: chart.Lead, Table: folded, Fold: r.words.Say("chart.table")}
	v.Drawing = drawing(chart.Drawing.SVG(v.ID))
	if folded != nil && len(folded.Sourced) == 0 {
		// The rows name their sources; under a picture they are named together.
		var refs []table.SourceRef
		for _, id := range sourcesIn(t) {
			refs = append(refs, table.SourceRef{ID: id})
		}
		folded.Sourced = p.cites(refs)
		folded.OneSource = len(folded.Sourced) == 1
	}
	same := true
	for i, entry := range chart.Drawing.Key() {
		made := entryView{Swatch: drawing(entry.Swatch), Letter: entry.Letter, Text: entry.Text, Class: strings.TrimSpace(entry.Class)}
		same = same && (i == 0 || made.Class == v.Key[0].Class)
		v.Key = append(v.Key, made)
	}
	if same && len(v.Key) > 0 {
		v.KeyClass = v.Key[0].Class
	}
	return v
}
