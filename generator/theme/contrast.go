package theme

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"cairn/generator/diag"
)

// Colours that the settings change are read upon others; whether they can be is
// computed, as WCAG 2.2 defines it (success criteria 1.4.3 and 1.4.11).

// pairs are what stands upon what, and the least contrast of the two.
var pairs = []struct {
	front, back string
	least       float64
}{
	{"ink", "paper", 4.5}, {"ink", "surface", 4.5}, {"ink", "wash", 4.5},
	{"muted", "paper", 4.5}, {"muted", "surface", 4.5}, {"muted", "wash", 4.5},
	{"accent", "paper", 4.5}, {"accent", "surface", 4.5},
	{"edge", "paper", 3}, {"on-l2", "l2", 4.5}, {"on-l3", "l3", 4.5},
}

// contrast warns of pairs that a changed token makes hard to read.
func (o Options) contrast(values map[string]string) diag.List {
	var faults diag.List
	changed := map[string]Token{}
	for _, token := range o.Tokens {
		changed[token.Name] = token
	}
	for _, pair := range pairs {
		token, ok := changed[pair.front]
		if !ok {
			if token, ok = changed[pair.back]; !ok {
				continue
			}
		}
		for i, palette := range []string{"light", "dark"} {
			front, known := colourOf(values[pair.front], i)
			back, also := colourOf(values[pair.back], i)
			if !known || !also {
				continue
			}
			if ratio := Contrast(front, back); ratio < pair.least {
				faults.Add(o.TokensFile.At(token.ValueStart, token.ValueEnd, diag.ThemeContrast,
					fmt.Sprintf("in the %s palette %q on %q has a contrast of %.1f to 1", palette, pair.front, pair.back, math.Floor(ratio*10)/10),
					fmt.Sprintf("readers need %g to 1: make one of the two lighter or darker", pair.least)))
			}
		}
	}
	return faults
}

var hexColour = regexp.MustCompile(`#[0-9A-Fa-f]{3,6}`)

// colourOf reads the colour that a token has in a palette: 0 light, 1 dark.
func colourOf(value string, palette int) (rgb [3]float64, ok bool) {
	found := hexColour.FindAllString(value, -1)
	if len(found) == 0 {
		return rgb, false
	}
	text := strings.TrimPrefix(found[min(palette, len(found)-1)], "#")
	if len(text) == 3 {
		text = string([]byte{text[0], text[0], text[1], text[1], text[2], text[2]})
	}
	if len(text) != 6 {
		return rgb, false
	}
	for i := range rgb {
		part, err := strconv.ParseUint(text[2*i:2*i+2], 16, 8)
		if err != nil {
			return rgb, false
		}
		rgb[i] = float64(part) / 255
	}
	return rgb, true
}

// Contrast is WCAG 2.2's contrast ratio of two colours, 1 to 21; each is red, green and
// blue, 0 to 1.
func Contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(rgb [3]float64) float64 {
	for i, part := range rgb {
		if part <= .04045 {
			rgb[i] = part / 12.92
		} else {
			rgb[i] = math.Pow((part+.055)/1.055, 2.4)
		}
	}
	return .2126*rgb[0] + .7152*rgb[1] + .0722*rgb[2]
}
