package picture

import (
	"bytes"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
)

// mostHead is how far the first element of an SVG is looked for.
const mostHead = 64 << 10

func looksLikeSVG(data []byte) bool {
	head := data[:min(len(data), mostHead)]
	return bytes.Contains(head, []byte("<svg"))
}

// svg reads the size of the first element, and else that of its view box.
func svg(data []byte) (width, height int) {
	decoder := xml.NewDecoder(bytes.NewReader(data[:min(len(data), mostHead)]))
	decoder.Strict = false
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return 0, 0
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if element.Name.Local != "svg" {
			return 0, 0
		}
		var w, h, boxWidth, boxHeight float64
		for _, attribute := range element.Attr {
			switch attribute.Name.Local {
			case "width":
				w = length(attribute.Value)
			case "height":
				h = length(attribute.Value)
			case "viewBox":
				if numbers := strings.FieldsFunc(attribute.Value, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) }); len(numbers) == 4 {
					boxWidth, boxHeight = length(numbers[2]), length(numbers[3])
				}
			}
		}
		switch {
		case w > 0 && h > 0:
		case boxWidth <= 0 || boxHeight <= 0:
			return 0, 0
		case w > 0:
			h = w * boxHeight / boxWidth
		case h > 0:
			w = h * boxWidth / boxHeight
		default:
			w, h = boxWidth, boxHeight
		}
		return whole(w), whole(h)
	}
}

// Units of a length, in pixels. A share of the page is no length.
var units = []struct {
	name   string
	pixels float64
}{{"px", 1}, {"pt", 96.0 / 72}, {"pc", 16}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}, {"", 1}}

func length(text string) float64 {
	text = strings.TrimSpace(text)
	for _, unit := range units {
		if number, ok := strings.CutSuffix(text, unit.name); ok {
			value, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
			if err != nil || !(value > 0) {
				return 0
			}
			return value * unit.pixels
		}
	}
	return 0
}

func whole(length float64) int {
	if !(length <= most) {
		return 0
	}
	return max(1, int(math.Round(length)))
}
