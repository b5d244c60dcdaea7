package goldenpath

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Wrong says why a value is refused: a key of the catalogue of words and what is put
// into its text. Parameter is empty when it is about the files.
type Wrong struct {
	Parameter string   `json:"parameter"`
	Key       string   `json:"key"`
	Pairs     []string `json:"pairs"`
}

func wrong(key string, pairs ...string) *Wrong {
	return &Wrong{Key: "path.wrong." + key, Pairs: append([]string{}, pairs...)}
}

var numberPattern = regexp.MustCompile(`\A-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?\z`)

// readWords are narrow texts that YAML reads as something else than text.
var readWords = []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}

// Check tells why a value cannot be that of the parameter; nil if it can. The browser
// does the same, in the same order: client/path/value.ts.
func (p *Parameter) Check(value string) *Wrong {
	if value == "" && (p.Type == Text || p.Type == Secret) {
		if p.Required {
			return wrong("required")
		}
		return nil
	}
	switch p.Type {
	case Choice:
		if !slices.Contains(p.Options, value) {
			return wrong("choice", "options", strings.Join(p.Options, ", "))
		}
		return nil
	case YesNo:
		if value != "true" && value != "false" {
			return wrong("yes-no")
		}
		return nil
	case Number:
		return p.checkNumber(value)
	}
	if !utf8.ValidString(value) {
		return wrong("character", "character", "U+FFFD")
	}
	for _, r := range value {
		// Zero-width joiners are part of how some languages are written.
		if unseen(r) && r != 0x200c && r != 0x200d {
			return wrong("character", "character", fmt.Sprintf("U+%04X", r))
		}
	}
	switch {
	case strings.Contains(value, "{{"):
		return wrong("template")
	case letters(value) > p.Most:
		return wrong("long", "most", strconv.Itoa(p.Most))
	case !p.matches(value):
		if p.Pattern == "" {
			return wrong("narrow")
		}
		return wrong("pattern")
	case !p.Wide && slices.Contains(readWords, value):
		return wrong("word", "word", value)
	}
	return nil
}

func (p *Parameter) matches(value string) bool {
	switch {
	case p.Pattern != "":
		pattern, err := compilePattern(p.Pattern)
		return err == nil && pattern.MatchString(value)
	case p.Type == Secret:
		return true
	}
	return narrowPattern.MatchString(value)
}

func (p *Parameter) checkNumber(value string) *Wrong {
	if !numberPattern.MatchString(value) {
		return wrong("number")
	}
	if _, fraction, _ := strings.Cut(value, "."); len(fraction) > p.Places {
		if p.Places == 0 {
			return wrong("whole")
		}
		return wrong("places", "places", strconv.Itoa(p.Places))
	}
	x := numberOf(value)
	if p.Low != "" && x < numberOf(p.Low) {
		return wrong("low", "low", p.Low)
	}
	if p.High != "" && x > numberOf(p.High) {
		return wrong("high", "high", p.High)
	}
	return nil
}

func numberOf(value string) float64 {
	x, _ := strconv.ParseFloat(value, 64) // the pattern has been held to
	return x
}
