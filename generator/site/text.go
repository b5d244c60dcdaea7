package site

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn/generator/diag"
	"cairn/generator/markdown"
)

// Markdown may stand in a string of a TOML file, where escapes make the text another one
// than what is written. Its faults are told where they are written.

// resolveText parses and resolves Markdown that stands in a string of another file.
func (b *builder) resolveText(page *Page, text string, start, end int) *Resolved {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	whole := b.texts[page.File]
	written := string(whole.Text[max(0, start):min(end, len(whole.Text))])
	file, from := diag.NewFile(page.File, []byte(text)), 0
	place := func(int) int { return start }
	if at := strings.Index(written, text); at >= 0 {
		file, from = diag.NewFile(page.File, whole.Text[:start+at+len(text)]), start+at
		place = func(offset int) int { return offset }
	} else if places, ok := escapedPlaces(written, text); ok {
		place = func(offset int) int { return start + places[offset] }
	}
	before := len(b.faults)
	article, faults := markdown.Parse(file, from, markdown.Options{Words: b.in.Config.InText()})
	b.faults = append(b.faults, faults...)
	resolved := b.resolve(page, file, article, nil, nil)
	for i := range b.faults[before:] {
		// What the text includes is another file, with places of its own.
		if found := &b.faults[before+i]; found.Path == page.File && found.Start.Line > 0 {
			moved := whole.At(place(file.Offset(found.Start)), place(file.Offset(found.End)), found.Code, found.Message, found.Hint)
			found.Start, found.End, found.Line = moved.Start, moved.End, moved.Line
		}
	}
	return resolved
}

// escapedPlaces returns where each byte of a text is written in a TOML string with escapes,
// and where it ends. It is false if the string is not what the text came from.
func escapedPlaces(written, text string) (places []int, ok bool) {
	const long = `"""`
	i, lines := 1, strings.HasPrefix(written, long)
	if lines {
		i = len(long)
		for _, first := range []string{"\n", "\r\n"} {
			if strings.HasPrefix(written[i:], first) {
				i += len(first)
				break
			}
		}
	} else if !strings.HasPrefix(written, `"`) {
		return nil, false
	}
	places = make([]int, 0, len(text)+1)
	for len(places) < len(text) {
		if i >= len(written) {
			return nil, false
		}
		if strings.HasPrefix(written[i:], "\r\n") && text[len(places)] == '\n' {
			i++
			continue
		}
		if written[i] == '\\' && lines {
			if rest := strings.TrimLeft(written[i+1:], " \t\r\n"); strings.Contains(written[i+1:len(written)-len(rest)], "\n") {
				i = len(written) - len(rest)
				continue
			}
		}
		made, length := written[i:i+1], 1
		if written[i] == '\\' {
			if made, length = unescaped(written[i:]); length == 0 {
				return nil, false
			}
		}
		if !strings.HasPrefix(text[len(places):], made) {
			return nil, false
		}
		for range len(made) {
			places = append(places, i)
		}
		i += length
	}
	return append(places, i), true
}

// unescaped returns what an escape stands for, and how long it is written; 0 if it is none.
func unescaped(written string) (made string, length int) {
	if len(written) < 2 {
		return "", 0
	}
	digits := 0
	switch written[1] {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		at := strings.IndexByte("btnfre\"\\", written[1])
		if at < 0 {
			return "", 0
		}
		return "\b\t\n\f\r\x1b\"\\"[at : at+1], 2
	}
	if len(written) < 2+digits {
		return "", 0
	}
	code, err := strconv.ParseUint(written[2:2+digits], 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return "", 0
	}
	return string(rune(code)), 2 + digits
}
