package table

import (
	"math"
	"strconv"
	"strings"
)

// FormatNumber writes a number with so many decimal places, rounded half away from
// zero, and thousands apart: 118,500. The rounding is floor(|x|·10^p + 0.5), as in
// the engine of assessments, so that a figure never differs between the two.
func FormatNumber(x float64, places int) string {
	scale := math.Pow10(places)
	whole := math.Floor(float64(float64(math.Abs(x)*scale) + 0.5))
	digits := strconv.FormatFloat(whole, 'f', 0, 64)
	for len(digits) <= places {
		digits = "0" + digits
	}
	integer, fraction := digits[:len(digits)-places], digits[len(digits)-places:]
	var b strings.Builder
	if x < 0 && whole != 0 {
		b.WriteString("−")
	}
	for i, digit := range integer {
		if i > 0 && (len(integer)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if places > 0 {
		b.WriteString("." + fraction)
	}
	return b.String()
}

// show writes a number as its column shows it. The unit stands in the heading; a
// per cent sign stands with the number, after a space that does not break.
func show(column *Column, x float64) string {
	text := FormatNumber(x, column.Places)
	if column.Type == Percent {
		text += "\u00a0%"
	}
	return text
}
