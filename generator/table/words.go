package table

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/record"
)

func texts(list record.Strings) []string {
	var made []string
	for _, entry := range list.Value {
		made = append(made, entry.Value)
	}
	return made
}

// words marks the cells that stand out, and ranks those of columns with an order.
func (p *parser) words() {
	for i := range p.table.Columns {
		if c := &p.table.Columns[i]; c.Type == Text {
			p.markColumn(i, c)
			if c.Ranked {
				p.rankColumn(i)
			}
		}
	}
}

func (p *parser) markColumn(i int, c *Column) {
	rows := map[string][]int{}
	for r := range p.table.Rows {
		text := p.table.Rows[r].Cells[i].Text
		rows[text] = append(rows[text], r)
	}
	texts := slices.Sorted(maps.Keys(rows))
	for _, mark := range p.source[i].Mark.Value {
		for _, r := range rows[mark.Value] {
			p.table.Rows[r].Cells[i].Marked = true
		}
		if len(rows[mark.Value]) == 0 {
			p.fault(mark.At, diag.TableMark, fmt.Sprintf("no cell of the column %q is %q", c.ID, mark.Value),
				diag.DidYouMean(mark.Value, texts, "write it as the cells do, or take it out"))
		}
	}
}

// rankColumn sorts the texts of a column by its order, and by the number in front.
func (p *parser) rankColumn(i int) {
	order := texts(p.source[i].Ordered)
	place := map[string]int{}
	for at, text := range slices.Backward(order) {
		place[text] = at + 1
	}
	type key struct {
		word   int
		number float64
	}
	keys := make([]key, len(p.table.Rows))
	var all []key
	for r := range p.table.Rows {
		cell := &p.table.Rows[r].Cells[i]
		if cell.Empty {
			continue
		}
		k := key{word: place[cell.Text]}
		if k.word == 0 {
			// 3 days: a number, and a text of the list as its unit.
			number, unit, _ := strings.Cut(cell.Text, " ")
			x, err := strconv.ParseFloat(number, 64)
			if k.word = place[unit]; k.word == 0 || err != nil || math.Abs(x) > mostNumber || x != x {
				if len(p.faults) >= mostFaults {
					return
				}
				p.fault(record.At{Start: cell.Start, End: cell.End}, diag.TableOrder,
					fmt.Sprintf("the order of the column %q does not list %q", p.table.Columns[i].ID, cell.Text),
					diag.DidYouMean(cell.Text, order, "it lists "+strings.Join(order, ", ")))
				continue
			}
			k.number = x
		}
		keys[r] = k
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b key) int { return cmp.Or(cmp.Compare(a.word, b.word), cmp.Compare(a.number, b.number)) })
	ranks := map[key]int{}
	for at, k := range slices.Compact(all) {
		ranks[k] = at + 1
	}
	for r := range p.table.Rows {
		if cell := &p.table.Rows[r].Cells[i]; !cell.Empty {
			cell.Rank = ranks[keys[r]]
		}
	}
}
