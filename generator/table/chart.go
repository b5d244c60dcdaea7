package table

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"cairn/generator/chart"
	"cairn/generator/diag"
	"cairn/generator/record"
)

// A Chart is a picture of a table's numbers.
type Chart struct {
	// ID names the chart among those of its table; it is empty if there is only one.
	ID, Title, Lead string
	Drawing         chart.Drawing
}

// The most that can be read in one picture.
const (
	mostChartRows = 60
	mostBands     = 240
	mostAcross    = 24
)

// chartKeys is which keys each kind of chart takes besides those that all take; those
// with a star it needs.
var chartKeys = map[string]string{
	"bars":  "values* unit from to ticks stretched",
	"bands": "low* high* by* text* order unit from to ticks stretched mark",
	"dots":  "values* low high span text unit from to ticks stretched",
	"heat":  "values*",
}

// charts draws the charts that the file declares.
func (p *parser) charts() {
	ids := map[string]record.At{}
	for i := range p.written.Charts {
		written := &p.written.Charts[i]
		id := written.ID.Value
		first, taken := ids[id]
		switch {
		case len(p.written.Charts) > 1 && id == "":
			p.fault(written.At, diag.ChartDuplicate, "this chart has no id, and the table has several", `write id = "…", each its own`)
		case taken:
			p.faults.Add(p.file.At(written.ID.Start, written.ID.End, diag.ChartDuplicate, fmt.Sprintf("the chart %q is there already", id),
				"give each chart an id of its own").Also(p.file.Path, p.file.Position(first.Start), "the first of that id"))
		}
		if ids[id] = written.ID.At; written.Kind.Value == "" {
			continue // what is wrong with it has been said
		}
		m := &chartMaker{parser: p, written: written}
		m.keys()
		if m.failed {
			continue
		}
		if drawing := m.make(); drawing != nil && !m.failed {
			p.table.Charts = append(p.table.Charts, Chart{ID: id, Title: written.Title.Value, Lead: written.Lead, Drawing: drawing})
		}
	}
}

// A chartMaker makes one chart.
type chartMaker struct {
	*parser
	written *ChartDocument
	failed  bool
	// label, beside and text are indices of columns, or -1; so are low, high and by.
	label, beside, text, low, high, by int
	values                             []int
}

func (m *chartMaker) fail(at record.At, code diag.Code, message, hint string) {
	m.failed = true
	m.fault(at, code, message, hint)
}

// keys checks which keys are there, and finds the columns that they name.
func (m *chartMaker) keys() {
	w := m.written
	present := []struct {
		name string
		at   record.At
		set  bool
	}{
		{"values", w.Values.At, w.Values.Set}, {"low", w.Low.At, w.Low.Set}, {"high", w.High.At, w.High.Set},
		{"by", w.By.At, w.By.Set}, {"order", w.Ordered.At, w.Ordered.Set}, {"text", w.Text.At, w.Text.Set},
		{"span", w.Span.At, w.Span.Set}, {"unit", w.Unit.At, w.Unit.Set}, {"from", w.From.At, w.From.Set}, {"to", w.To.At, w.To.Set},
		{"ticks", ticksAt(w.Ticks), len(w.Ticks) > 0}, {"stretched", w.Stretched.At, w.Stretched.Set}, {"mark", markAt(w.Mark), w.Mark != nil},
	}
	kind := w.Kind.Value
	takes := strings.Fields(chartKeys[kind])
	for _, key := range present {
		switch needs := slices.Contains(takes, key.name+"*"); {
		case needs && !key.set:
			m.fail(w.At, diag.ChartMissing, fmt.Sprintf("%s need the key %q", plurals[kind], key.name), fmt.Sprintf("write %s = …", key.name))
		case key.set && !needs && !slices.Contains(takes, key.name):
			m.fail(key.at, diag.ChartForeign, fmt.Sprintf("%s have no key %q", plurals[kind], key.name),
				"they take "+strings.ReplaceAll(strings.Join(takes, ", "), "*", ""))
		}
	}
	if kind == "dots" && (w.Low.Set != w.High.Set || w.Low.Set != w.Span.Set) {
		m.fail(w.At, diag.ChartMissing, "a span needs low, high and span together", `write all three: low = "…", high = "…", span = "20–30 % more"`)
	}
	if m.failed {
		return
	}
	m.label, m.beside = m.column(w.Label, false), m.column(w.Beside, false)
	m.text, m.by = m.column(w.Text, false), m.column(w.By, false)
	m.low, m.high = m.column(w.Low, true), m.column(w.High, true)
	for _, id := range w.Values.Value {
		m.values = append(m.values, m.column(id, true))
	}
	if m.by >= 0 && m.table.Columns[m.by].Type != Text {
		m.fail(w.By.At, diag.ChartType, fmt.Sprintf("the column %q holds no words, and by names kinds", w.By.Value), "name a column of the type text")
	}
	least, most := 0, mostAcross
	switch kind {
	case "bars":
		least, most = 1, 1
	case "dots":
		least, most = 2, chart.Series
	}
	if n := len(m.values); n < least {
		m.fail(w.Values.At, diag.ChartMissing, fmt.Sprintf("%s need %d columns of values", kind, least), `write values = ["…", "…"]`)
	} else if n > most {
		m.fail(w.Values.At, diag.ChartTooMany, fmt.Sprintf("%s have at most %s of values", plurals[kind], plural(most, "column")), "draw the others in a chart of their own")
	}
}

var plurals = map[string]string{"bars": "bars", "bands": "bands", "dots": "dots", "heat": "heat maps"}

func ticksAt(ticks []record.Number) record.At {
	if len(ticks) == 0 {
		return record.At{}
	}
	return ticks[0].At
}

func markAt(mark *MarkDocument) record.At {
	if mark == nil {
		return record.At{}
	}
	return mark.At
}

// column finds the column that a key names; -1 if the key is not there.
func (m *chartMaker) column(id record.String, number bool) int {
	if !id.Set {
		return -1
	}
	i, ok := m.columns[id.Value]
	if !ok {
		var all []string
		for _, c := range m.table.Columns {
			all = append(all, c.ID)
		}
		m.fail(id.At, diag.ChartColumn, fmt.Sprintf("there is no column %q", id.Value),
			diag.DidYouMean(id.Value, all, "the columns are "+strings.Join(all, ", ")))
		return -1
	}
	if c := &m.table.Columns[i]; number && !c.IsNumber() {
		m.fail(id.At, diag.ChartType, fmt.Sprintf("the column %q holds no numbers", id.Value), `name a column of the type "integer", "decimal", "money" or "percent"`)
	}
	return i
}

// make draws the chart. The columns are known to be right.
func (m *chartMaker) make() chart.Drawing {
	if m.written.Kind.Value != "bands" && len(m.table.Rows) > mostChartRows {
		m.fail(m.written.At, diag.ChartTooMany, fmt.Sprintf("the chart has %d rows, and at most %d can be read", len(m.table.Rows), mostChartRows), "draw a shorter table")
		return nil
	}
	switch m.written.Kind.Value {
	case "bars":
		return m.bars()
	case "bands":
		return m.bands()
	case "dots":
		return m.dots()
	}
	return m.heat()
}

func (m *chartMaker) head() chart.Head {
	return chart.Head{Title: m.written.Title.Value, Description: m.written.Description.Value}
}

func (m *chartMaker) silence() string {
	if m.written.Silence != "" {
		return m.written.Silence
	}
	return m.said.Say("chart.silence")
}

// words is what a cell shows, or nothing.
func (m *chartMaker) words(row *Row, column int) string {
	if column < 0 || row.Cells[column].Empty {
		return ""
	}
	return row.Cells[column].Text
}

// difference is what stands over the line between two dots; a number has its sign.
func (m *chartMaker) difference(row *Row) string {
	if m.text >= 0 && row.Cells[m.text].HasNumber && row.Cells[m.text].Number > 0 {
		return "+" + row.Cells[m.text].Text
	}
	return m.words(row, m.text)
}

func (m *chartMaker) point(row *Row, column int) chart.Point {
	cell := &row.Cells[column]
	return chart.Point{Value: cell.Number, Shown: cell.Text, Missing: !cell.HasNumber}
}

func (m *chartMaker) bars() chart.Drawing {
	b := &chart.Bars{Head: m.head(), Silence: m.silence()}
	numbers := []float64{0}
	for i := range m.table.Rows {
		row := &m.table.Rows[i]
		at := m.point(row, m.values[0])
		b.Rows = append(b.Rows, chart.Bar{Label: m.words(row, m.label), Beside: m.words(row, m.beside), Value: at.Value, Shown: at.Shown, Missing: at.Missing})
		numbers = m.gather(numbers, row, m.values...)
	}
	if m.isEmpty(len(numbers) - 1) {
		return nil
	}
	b.Axis = m.axis(numbers, m.values[0], 0)
	if zero := (record.At{}); m.written.From.Value > 0 || m.written.To.Set && m.written.To.Value < 0 {
		if zero = m.written.From.At; !m.written.From.Set {
			zero = m.written.To.At
		}
		m.fail(zero, diag.ChartAxis, "the axis of bars does not hold 0, and a bar begins there", "let it begin at 0, or draw dots")
	}
	return b
}

func (m *chartMaker) dots() chart.Drawing {
	d := &chart.Dots{Head: m.head(), Silence: m.silence(), SpanName: m.written.Span.Value}
	for _, i := range m.values {
		d.Series = append(d.Series, m.table.Columns[i].Title)
	}
	var numbers []float64
	for i := range m.table.Rows {
		row := &m.table.Rows[i]
		made := chart.DotRow{Label: m.words(row, m.label), Beside: m.words(row, m.beside), Between: m.difference(row)}
		for _, column := range m.values {
			made.Points = append(made.Points, m.point(row, column))
		}
		numbers = m.gather(numbers, row, m.values...)
		if m.low >= 0 && row.Cells[m.low].HasNumber && row.Cells[m.high].HasNumber {
			made.Span = &chart.Span{Low: row.Cells[m.low].Number, High: row.Cells[m.high].Number}
			numbers = m.gather(numbers, row, m.low, m.high)
		}
		d.Rows = append(d.Rows, made)
	}
	if m.isEmpty(len(numbers)) {
		return nil
	}
	d.Axis = m.axis(numbers, m.values[0], .35) // the numbers stand beside the dots
	return d
}

func (m *chartMaker) heat() chart.Drawing {
	h := &chart.Heat{Head: m.head(), Silence: m.silence()}
	places := 0
	for _, i := range m.values {
		h.Columns = append(h.Columns, m.table.Columns[i].Title)
		places = max(places, m.table.Columns[i].Places)
	}
	h.Shown = func(x float64) string { return FormatNumber(x, places) }
	found := 0
	for i := range m.table.Rows {
		row := &m.table.Rows[i]
		made := chart.HeatRow{Label: m.words(row, m.label), Beside: m.words(row, m.beside)}
		for _, column := range m.values {
			made.Cells = append(made.Cells, m.point(row, column))
			if row.Cells[column].HasNumber {
				found++
			}
		}
		h.Rows = append(h.Rows, made)
	}
	if m.isEmpty(found) {
		return nil
	}
	return h
}

func (m *chartMaker) bands() chart.Drawing {
	b := &chart.Bands{Head: m.head(), Silence: m.silence(), Split: m.said.Say("chart.split"), Tones: m.tones()}
	if m.failed {
		return nil
	}
	whole := m.table.Columns[m.low].Type == Integer && m.table.Columns[m.high].Type == Integer
	rows := map[string]int{}
	var numbers []float64
	count := 0
	for i := range m.table.Rows {
		row := &m.table.Rows[i]
		low, high := &row.Cells[m.low], &row.Cells[m.high]
		label := m.words(row, m.label)
		at, known := rows[label]
		if !known {
			at = len(b.Rows)
			rows[label] = at
			b.Rows = append(b.Rows, chart.BandRow{Label: label, Beside: m.words(row, m.beside)})
		}
		if !low.HasNumber {
			continue // a row of its own that says nothing
		}
		band := chart.Band{Low: low.Number, High: high.Number, Open: !high.HasNumber, Text: m.words(row, m.text), Tone: slices.Index(b.Tones, row.Cells[m.by].Text)}
		if !band.Open && band.High < band.Low {
			m.fail(record.At{Start: high.Start, End: high.End}, diag.ChartValue, fmt.Sprintf("the band ends at %s, before it begins at %s", high.Text, low.Text), "exchange the two")
		}
		numbers = m.gather(numbers, row, m.low, m.high)
		if !band.Open && whole {
			band.High++ // to where the next number begins
			numbers = append(numbers, band.High)
		}
		b.Rows[at].Bands = append(b.Rows[at].Bands, band)
		count++
	}
	if len(b.Rows) > mostChartRows || count > mostBands {
		m.fail(m.written.At, diag.ChartTooMany, fmt.Sprintf("the chart has %d bands in %d rows, and at most %d in %d can be read", count, len(b.Rows), mostBands, mostChartRows), "draw a shorter table")
	}
	if m.isEmpty(count) || m.failed {
		return nil
	}
	b.Axis = m.axis(numbers, m.low, 0)
	if mark := m.written.Mark; mark != nil {
		b.Mark = &chart.Mark{Low: mark.From.Value, High: mark.To.Value, Text: mark.Text.Value}
		if whole {
			b.Mark.High++
		}
		if !(mark.From.Value <= mark.To.Value && b.Axis.From <= mark.From.Value && b.Mark.High <= b.Axis.To) {
			m.fail(mark.At, diag.ChartAxis, "the marked part does not lie on the axis", fmt.Sprintf("the axis runs from %s to %s", m.tick(b.Axis.From), m.tick(b.Axis.To)))
		}
	}
	return b
}

// tones are the kinds of bands: as the file orders them, or as they come.
func (m *chartMaker) tones() []string {
	tones := texts(m.written.Ordered)
	for i, tone := range tones {
		if at := m.written.Ordered.Value[i].At; slices.Contains(tones[:i], tone) {
			m.fail(at, diag.ChartOrder, fmt.Sprintf("the order names %q twice", tone), "keep one of them")
		}
	}
	for i := range m.table.Rows {
		cell := &m.table.Rows[i].Cells[m.by]
		switch {
		case cell.Empty && !m.table.Rows[i].Cells[m.low].HasNumber, slices.Contains(tones, cell.Text):
		case m.written.Ordered.Set:
			m.fail(record.At{Start: cell.Start, End: cell.End}, diag.ChartOrder, fmt.Sprintf("the chart's order does not list %q", cell.Text),
				diag.DidYouMean(cell.Text, tones, "it lists "+strings.Join(tones, ", ")))
		case len(tones) <= chart.Tones:
			tones = append(tones, cell.Text)
		}
	}
	if len(tones) > chart.Tones {
		at := m.written.By.At
		if m.written.Ordered.Set {
			at = m.written.Ordered.At
		}
		m.fail(at, diag.ChartTooMany, fmt.Sprintf("bands are of at most %d kinds", chart.Tones), "put kinds together that say nearly the same; the words in the bands may still differ")
	}
	return tones
}

// isEmpty reports a chart without a number.
func (m *chartMaker) isEmpty(numbers int) bool {
	if numbers > 0 {
		return false
	}
	m.fail(m.written.At, diag.ChartEmpty, "no row has a number to draw", "add rows, or take the chart out")
	return true
}

// gather adds a row's numbers, and reports those beyond the ends of the axis.
func (m *chartMaker) gather(numbers []float64, row *Row, columns ...int) []float64 {
	for _, column := range columns {
		cell := &row.Cells[column]
		if !cell.HasNumber {
			continue
		}
		w := m.written
		backwards := w.From.Set && w.To.Set && w.From.Value >= w.To.Value // then the axis is at fault
		if !backwards && (w.From.Set && cell.Number < w.From.Value || w.To.Set && cell.Number > w.To.Value || w.Stretched.Value && cell.Number < 0) {
			m.fail(record.At{Start: cell.Start, End: cell.End}, diag.ChartValue,
				fmt.Sprintf("%s in the column %q lies beyond the end of the axis", cell.Text, m.table.Columns[column].ID), "let the axis reach to it")
		}
		numbers = append(numbers, cell.Number)
	}
	return numbers
}

// axis makes the axis for some numbers, with a margin at both sides if it has no ends
// of its own.
func (m *chartMaker) axis(numbers []float64, column int, margin float64) chart.Axis {
	w := m.written
	low, high := slices.Min(numbers), slices.Max(numbers)
	if room := (high - low) * margin; margin > 0 {
		low, high = low-room, high+room
	}
	if low == high {
		low, high = low-1, high+1
	}
	if round := chart.Round(low, high, 5); len(round) > 0 {
		low, high = round[0], round[len(round)-1]
	}
	if w.Stretched.Value {
		low = max(0, low)
	}
	if w.From.Set {
		low = w.From.Value
	}
	if w.To.Set {
		high = w.To.Value
	}
	a := chart.Axis{From: low, To: high, Stretched: w.Stretched.Value, Unit: m.table.Columns[column].Unit}
	if w.Unit.Set {
		a.Unit = w.Unit.Value
	} else if a.Unit == "" && m.table.Columns[column].Type == Percent {
		a.Unit = "%"
	}
	switch {
	case !(math.Abs(low) <= mostNumber && math.Abs(high) <= mostNumber && low < high):
		at := w.From.At
		if w.To.Set {
			at = w.To.At
		}
		m.fail(at, diag.ChartAxis, fmt.Sprintf("the axis would run from %s to %s", m.tick(low), m.tick(high)), "let it begin at a smaller number than it ends, within 2^53")
		return a
	case a.Stretched && low < 0:
		m.fail(w.From.At, diag.ChartAxis, "a stretched axis cannot begin below 0", "let it begin at 0 or above, or take stretched out")
		return a
	}
	for _, tick := range w.Ticks {
		if !(low <= tick.Value && tick.Value <= high) {
			m.fail(tick.At, diag.ChartAxis, fmt.Sprintf("the tick %s does not lie on the axis", m.tick(tick.Value)), fmt.Sprintf("the axis runs from %s to %s", m.tick(low), m.tick(high)))
		}
		a.Ticks = append(a.Ticks, chart.Tick{At: tick.Value, Text: m.tick(tick.Value)})
	}
	if len(w.Ticks) == 0 {
		for _, x := range ticks(&a) {
			a.Ticks = append(a.Ticks, chart.Tick{At: x, Text: m.tick(x)})
		}
	}
	return a
}

// ticks are round numbers on an axis. On a stretched one they grow apart as it does.
func ticks(a *chart.Axis) []float64 {
	var made []float64
	if !a.Stretched {
		for _, x := range chart.Round(a.From, a.To, 6) {
			if a.From <= x && x <= a.To {
				made = append(made, x)
			}
		}
		return made
	}
	if a.From == 0 {
		made = append(made, 0)
	}
	power := 1.
	for power*1e4 < a.To {
		power *= 10
	}
	for ; power <= a.To; power *= 10 {
		for _, factor := range []float64{1, 2, 5} {
			if x := float64(factor * power); a.From <= x && x <= a.To {
				made = append(made, x)
			}
		}
	}
	return made
}

// tick writes a number of the axis with as many decimal places as it has, at most six.
func (m *chartMaker) tick(x float64) string {
	if !(math.Abs(x) <= mostNumber) {
		return "a number too large"
	}
	for places := range 6 {
		scale := math.Pow10(places)
		if math.Abs(math.Round(x*scale)/scale-x) <= math.Abs(x)*1e-12 {
			return FormatNumber(x, places)
		}
	}
	return FormatNumber(x, 6)
}
