package chart

import "math"

// Heat is a grid of numbers, darker where they are larger. Each cell carries its
// number, so nothing is said by darkness alone.
type Heat struct {
	Head
	Columns []string
	Rows    []HeatRow
	// Silence is the key's word for an empty cell; Shown writes the ends of the steps.
	Silence string
	Shown   func(float64) string
}

// A HeatRow is one row; its cells run beside the columns.
type HeatRow struct {
	Label, Beside string
	Cells         []Point
}

// SVG draws the grid.
func (h *Heat) SVG(id string) string {
	const pitch = 1.5 + bandHeight + .25
	var s svg
	s.open(id, h.Head, 1.75+pitch*float64(len(h.Rows)))
	share := 100 / float64(max(1, len(h.Columns)))
	low, high := h.bounds()
	for j, name := range h.Columns {
		needs := needed(width(name, bold)+.5, share)
		if needs > narrowest {
			s.text("row-label"+to(needs), share*(float64(j)+.5), 0, 1, middle, letter(j))
		}
		if needs != never {
			s.text("row-label"+from(needs), share*(float64(j)+.5), 0, 1, middle, name)
		}
	}
	for i := range h.Rows {
		row, y := &h.Rows[i], 1.5+pitch*float64(i)
		s.rowLabel(y+1, row.Label, row.Beside)
		y += 1.375
		for j := range h.Columns {
			x := share * float64(j)
			if j >= len(row.Cells) || row.Cells[j].Missing || !finite(row.Cells[j].Value) {
				s.line("silent", x, x+share, y+bandHeight/2, y+bandHeight/2)
				continue
			}
			cell := row.Cells[j]
			step := heatStep(cell.Value, low, high)
			s.rect("band s"+number(float64(step), 0), x, share, y, bandHeight)
			if needs := needed(width(cell.Shown, regular)+.25, share); needs != never {
				s.text(onTone(step)+from(needs), x+share/2, 0, y+1.156, middle, cell.Shown)
			}
		}
	}
	return s.close()
}

// bounds are the least and the greatest number.
func (h *Heat) bounds() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, row := range h.Rows {
		for _, cell := range row.Cells {
			if !cell.Missing && finite(cell.Value) {
				low, high = min(low, cell.Value), max(high, cell.Value)
			}
		}
	}
	return low, high
}

// heatStep is the tone of a number: five equal parts between the least and the
// greatest. If they are the same, there is one tone, in the middle.
func heatStep(x, low, high float64) int {
	if !(low < high) {
		return Tones / 2
	}
	return min(Tones-1, max(0, int((x/2-low/2)/(high/2-low/2)*Tones)))
}

// Key names the columns where there is room for letters alone, and the steps.
func (h *Heat) Key() []Entry {
	var key []Entry
	share := 100 / float64(max(1, len(h.Columns)))
	for j, name := range h.Columns {
		if needs := needed(width(name, bold)+.5, share); needs > narrowest {
			key = append(key, Entry{Letter: letter(j), Text: name, Class: to(needs)})
		}
	}
	low, high := h.bounds()
	if low < high && h.Shown != nil {
		key = append(key,
			Entry{Swatch: swatch(`<rect class="band s0" width="100%" height="100%"/>`), Text: h.Shown(low)},
			Entry{Swatch: swatch(`<rect class="band s4" width="100%" height="100%"/>`), Text: h.Shown(high)})
	}
	for _, row := range h.Rows {
		for _, cell := range row.Cells {
			if (cell.Missing || !finite(cell.Value)) && h.Silence != "" {
				return append(key, Entry{Swatch: swatch(`<line class="silent" x1="0" x2="100%" y1="50%" y2="50%"/>`), Text: h.Silence})
			}
		}
	}
	return key
}
