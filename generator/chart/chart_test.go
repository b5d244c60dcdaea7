package chart

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"cairn/generator/golden"

	"pgregory.net/rapid"
)

func ticksOf(numbers ...float64) []Tick {
	var list []Tick
	for _, x := range numbers {
		list = append(list, Tick{x, strconv.FormatFloat(x, 'f', -1, 64)})
	}
	return list
}

// The drawings of testdata: open one in a browser beside the style sheet to see it.
var drawings = map[string]Drawing{
	"bars": &Bars{
		Head: Head{"How long it takes", "Three bars."}, Silence: "No number",
		Axis: Axis{From: -20, To: 100, Ticks: ticksOf(-20, 0, 20, 40, 60, 80, 100), Unit: "minutes"},
		Rows: []Bar{
			{Label: "Short", Beside: "a few words", Value: 3, Shown: "3"},
			{Label: "Whole <axis>", Value: 100, Shown: "100"},
			{Label: "Below nothing", Value: -20, Shown: "−20"},
			{Label: "Unknown", Missing: true},
		},
	},
	"bands": &Bands{
		Head: Head{"They part at 20", "Two rows."}, Silence: "No number",
		Axis:  Axis{From: 1, To: 265, Stretched: true, Ticks: ticksOf(1, 5, 10, 20, 30, 50, 100, 200), Unit: "engineers"},
		Tones: []string{"Nobody", "One", "Either", "Other", "Both"},
		Mark:  &Mark{20, 31, "20 to 30: two answers"},
		Rows: []BandRow{
			{Label: "First", Beside: "opinion", Bands: []Band{{Low: 1, High: 6, Text: "Nobody", Tone: 0}, {Low: 20, Open: true, Text: "Other, and a long story that fits nowhere at all, however wide the page may be, for it goes on and on and on and on and on and on and on and on and on", Tone: 3}}},
			{Label: "Second", Bands: []Band{{Low: 1, High: 31, Text: "Either", Tone: 2}, {Low: 26, Open: true, Text: "Other", Tone: 3}}},
			{Label: "Third"},
		},
	},
	"dots": &Dots{
		Head: Head{"More for one", "Two rows."}, Silence: "No number", SpanName: "20–30 % more", Series: []string{"DevOps", "Platform"},
		Axis: Axis{From: 30000, To: 190000, Ticks: ticksOf(40000, 80000, 120000, 160000), Unit: "USD"},
		Rows: []DotRow{
			{Label: "North America", Beside: "2025", Points: []Point{{Value: 118500, Shown: "118,500"}, {Value: 160767, Shown: "160,767"}}, Between: "+35.67 %", Span: &Span{142200, 154050}},
			{Label: "Europe", Points: []Point{{Value: 65882, Shown: "65,882"}, {Missing: true}}},
			{Label: "Nowhere", Points: []Point{{Missing: true}, {Missing: true}}},
		},
	},
	"heat": &Heat{
		Head: Head{"Where it hurts", "A grid."}, Silence: "Not asked", Columns: []string{"Small", "A very long name of a column", "Large"},
		Shown: func(x float64) string { return fmt.Sprint(x) },
		Rows: []HeatRow{
			{Label: "Waiting", Cells: []Point{{Value: 0, Shown: "0"}, {Value: 50, Shown: "50"}, {Value: 100, Shown: "100"}}},
			{Label: "Drift", Beside: "since spring", Cells: []Point{{Value: 25, Shown: "25"}, {Missing: true}, {Value: 75, Shown: "75"}}},
		},
	},
}

func TestGolden(t *testing.T) {
	for name, drawing := range drawings {
		var b strings.Builder
		b.WriteString(drawing.SVG("chart-1") + "\n")
		for _, entry := range drawing.Key() {
			fmt.Fprintf(&b, "<!-- %s %q%s %s -->\n", entry.Letter, entry.Text, entry.Class, entry.Swatch)
		}
		golden.Compare(t, "testdata/"+name+".svg", []byte(b.String()))
	}
}

// number draws any number there is, the odd ones often.
func numberGen() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Float64(),
		rapid.Float64Range(-100, 300),
		rapid.SampledFrom([]float64{0, 1, -1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, 1 << 53}),
	)
}

func textGen() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "</svg><script>", `"><a onload="x"`, "&amp;", strings.Repeat("w", 300), "漢字"}))
}

func drawingGen() *rapid.Generator[Drawing] {
	return rapid.Custom(func(t *rapid.T) Drawing {
		number, text := numberGen(), textGen()
		axis := Axis{From: number.Draw(t, "from"), To: number.Draw(t, "to"), Stretched: rapid.Bool().Draw(t, "stretched"), Unit: text.Draw(t, "unit")}
		for range rapid.IntRange(0, 5).Draw(t, "ticks") {
			axis.Ticks = append(axis.Ticks, Tick{number.Draw(t, "tick"), text.Draw(t, "tick text")})
		}
		head := Head{text.Draw(t, "title"), text.Draw(t, "description")}
		point := rapid.Custom(func(t *rapid.T) Point {
			return Point{number.Draw(t, "value"), text.Draw(t, "shown"), rapid.Bool().Draw(t, "missing")}
		})
		rows := rapid.IntRange(0, 6).Draw(t, "rows")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			b := &Bars{Head: head, Axis: axis, Silence: text.Draw(t, "silence")}
			for range rows {
				p := point.Draw(t, "bar")
				b.Rows = append(b.Rows, Bar{text.Draw(t, "label"), text.Draw(t, "beside"), p.Value, p.Shown, p.Missing})
			}
			return b
		case 1:
			b := &Bands{Head: head, Axis: axis, Silence: text.Draw(t, "silence"), Tones: rapid.SliceOfN(text, 0, 7).Draw(t, "tones")}
			if rapid.Bool().Draw(t, "marked") {
				b.Mark = &Mark{number.Draw(t, "low"), number.Draw(t, "high"), text.Draw(t, "mark")}
			}
			for range rows {
				row := BandRow{Label: text.Draw(t, "label"), Beside: text.Draw(t, "beside")}
				for range rapid.IntRange(0, 5).Draw(t, "bands") {
					row.Bands = append(row.Bands, Band{number.Draw(t, "low"), number.Draw(t, "high"), rapid.Bool().Draw(t, "open"), rapid.IntRange(-1, 8).Draw(t, "tone"), text.Draw(t, "text")})
				}
				b.Rows = append(b.Rows, row)
			}
			return b
		case 2:
			d := &Dots{Head: head, Axis: axis, Silence: text.Draw(t, "silence"), SpanName: text.Draw(t, "span"), Series: rapid.SliceOfN(text, 0, 4).Draw(t, "series")}
			for range rows {
				row := DotRow{Label: text.Draw(t, "label"), Points: rapid.SliceOfN(point, 0, 4).Draw(t, "points"), Between: text.Draw(t, "between")}
				if rapid.Bool().Draw(t, "has span") {
					row.Span = &Span{number.Draw(t, "low"), number.Draw(t, "high")}
				}
				d.Rows = append(d.Rows, row)
			}
			return d
		}
		h := &Heat{Head: head, Silence: text.Draw(t, "silence"), Columns: rapid.SliceOfN(text, 0, 6).Draw(t, "columns"), Shown: func(x float64) string { return fmt.Sprint(x) }}
		for range rows {
			h.Rows = append(h.Rows, HeatRow{Label: text.Draw(t, "label"), Cells: rapid.SliceOfN(point, 0, 7).Draw(t, "cells")})
		}
		return h
	})
}

// allowed are the attributes that a drawing may have: none that runs, links or styles.
var allowed = map[string]bool{
	"class": true, "id": true, "x": true, "y": true, "x1": true, "x2": true, "y1": true, "y2": true, "cx": true, "cy": true, "r": true,
	"dx": true, "width": true, "height": true, "role": true, "aria-labelledby": true, "aria-hidden": true, "text-anchor": true,
}

// TestAnyNumbers: whatever is drawn, the result is well-formed, has a name and a
// description, no attribute but the allowed ones, and every length in it is a finite
// number; places across lie between 0 and 100 per cent.
func TestAnyNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawing := drawingGen().Draw(t, "drawing")
		check(t, drawing.SVG("c"), true)
		for _, entry := range drawing.Key() {
			if entry.Swatch != "" {
				check(t, entry.Swatch, false)
			}
		}
	})
}

func check(t *rapid.T, text string, named bool) {
	decoder := xml.NewDecoder(strings.NewReader(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return 'x' // XML alone refuses these; HTML shows them
		}
		return r
	}, text)))
	seen := map[string]int{}
	depth := 0
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			seen[token.Name.Local]++
			for _, attribute := range token.Attr {
				if !allowed[attribute.Name.Local] {
					t.Fatalf("the attribute %q in\n%s", attribute.Name.Local, text)
				}
				checkLength(t, attribute.Name.Local, attribute.Value, text)
			}
		case xml.EndElement:
			depth--
		}
	}
	for name := range seen {
		if !strings.Contains(" svg title desc text tspan rect line circle ", " "+name+" ") {
			t.Fatalf("the element %q in\n%s", name, text)
		}
	}
	if depth != 0 || named && (seen["title"] != 1 || seen["desc"] != 1 || !strings.Contains(text, `role="img" aria-labelledby="c-t c-d"`)) {
		t.Fatalf("no name or description in\n%s", text)
	}
}

func checkLength(t *rapid.T, name, value, text string) {
	digits, isShare := strings.CutSuffix(value, "%")
	if !isShare {
		digits = strings.TrimSuffix(value, "rem")
	}
	if !isShare && digits == value {
		return
	}
	x, err := strconv.ParseFloat(digits, 64)
	if err != nil || !finite(x) || isShare && (x < 0 || x > 100) || (name == "width" || name == "height") && x < 0 {
		t.Fatalf("%s=%q in\n%s", name, value, text)
	}
}

// TestOrder: on any axis, a larger number never stands further left.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.Float64Range(0, 1000).Draw(t, "from")
		axis := Axis{From: from, To: from + rapid.Float64Range(0.001, 1e6).Draw(t, "length"), Stretched: rapid.Bool().Draw(t, "stretched")}
		x, y := numberGen().Filter(finite).Draw(t, "x"), numberGen().Filter(finite).Draw(t, "y")
		if x > y {
			x, y = y, x
		}
		if axis.at(x) > axis.at(y)+1e-9 {
			t.Fatalf("%v stands at %v, %v at %v", x, axis.at(x), y, axis.at(y))
		}
	})
}

// TestStretched: the places of the thresholds' axis, as they were drawn by hand.
func TestStretched(t *testing.T) {
	axis := Axis{From: 1, To: 265, Stretched: true}
	for x, want := range map[float64]string{1: "0%", 5: "9.64%", 10: "18.57%", 20: "31.17%", 30: "40.11%", 50: "52.7%", 100: "71.53%", 200: "91.62%", 265: "100%", 1000: "100%"} {
		if got := per(axis.at(x)); got != want {
			t.Errorf("%v stands at %s, want %s", x, got, want)
		}
	}
}

// TestRound: round numbers are in order, of even steps, enclose the range, and are few.
func TestRound(t *testing.T) {
	if got := fmt.Sprint(Round(3, 97, 5), Round(0, 1, 5), Round(-7, 12, 4), Round(5, 5, 5), Round(math.NaN(), 1, 5), Round(-math.MaxFloat64, math.MaxFloat64, 5)); got != "[0 20 40 60 80 100] [0 0.2 0.4 0.6000000000000001 0.8 1] [-10 -5 0 5 10 15] [] [] []" {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) {
		low, high := numberGen().Draw(t, "low"), numberGen().Draw(t, "high")
		ticks := Round(low, high, rapid.IntRange(-1, 12).Draw(t, "about"))
		for i, x := range ticks {
			if i > 0 && !(ticks[i-1] < x) {
				t.Fatalf("%v", ticks)
			}
		}
		if n := len(ticks); n > 60 || n == 1 || n > 1 && (ticks[0] > low+(ticks[1]-ticks[0])*1e-9 || ticks[n-1] < high-(ticks[1]-ticks[0])*1e-9) {
			t.Fatalf("%v to %v: %v", low, high, ticks)
		}
	})
}

// TestSegments: a row is cut without a gap, and a number is covered by the bands that
// hold it.
func TestSegments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &Bands{Axis: Axis{From: 0, To: 100}}
		var row BandRow
		for range rapid.IntRange(0, 6).Draw(t, "bands") {
			row.Bands = append(row.Bands, Band{Low: float64(rapid.IntRange(-10, 110).Draw(t, "low")), High: float64(rapid.IntRange(-10, 110).Draw(t, "high")), Open: rapid.Bool().Draw(t, "open")})
		}
		last := 0.
		for _, part := range b.segments(&row) {
			if part.left != last || part.right <= part.left {
				t.Fatalf("%+v after %v", part, last)
			}
			last = part.right
			x := (part.left + part.right) / 2
			for i, band := range row.Bands {
				holds := band.Low < x && (x < band.High || band.Open)
				found := false
				for _, j := range part.bands {
					found = found || i == j
				}
				if holds != found {
					t.Fatalf("%v: %+v is drawn %v", x, band, found)
				}
			}
		}
		if last != 100 {
			t.Fatalf("the row ends at %v", last)
		}
	})
}

// TestLinear: twice as many rows cost about twice as many bytes.
func TestLinear(t *testing.T) {
	size := func(n int) int {
		h := &Heat{Columns: []string{"a", "b"}}
		for range n {
			h.Rows = append(h.Rows, HeatRow{Label: "row", Cells: []Point{{Value: 1, Shown: "1"}, {Value: 2, Shown: "2"}}})
		}
		return len(h.SVG("c"))
	}
	if small, large := size(1000), size(2000); large > 2*small+small/10 {
		t.Errorf("1,000 rows are %d bytes, 2,000 are %d", small, large)
	}
}

// TestWidths: the estimate is no less than what letters take up, by a text that holds
// each of them, measured in a browser with DejaVu Sans.
func TestWidths(t *testing.T) {
	for text, measured := range map[string]float64{
		"Platform team, and DevOps or SRE": 13.728, "DevOps, one person in both roles": 13.109, "118,500": 3.244, "20–30 % more": 5.664,
	} {
		if got := width(text, regular); got < measured || got > measured*1.12 {
			t.Errorf("%q is taken for %.2f rem, and takes %.2f", text, got, measured)
		}
	}
}
