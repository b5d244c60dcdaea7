package record

// tooDeepTOML finds where a text nests deeper than MaxDepth, in one pass and before any
// parser sees it: a parser that recurses can be made to use up its stack, and
// BurntSushi's time grows with the square of a dotted key's length. It knows strings
// and comments; a text that is no TOML may be measured wrongly, but never as shallower
// than what a parser reads before it gives up.
func tooDeepTOML(text []byte) (at int, deep bool) {
	d := depthTOML{text: text}
	for d.at < len(text) {
		if d.step() > MaxDepth {
			return d.at, true
		}
		d.at++
	}
	return 0, false
}

type depthTOML struct {
	text []byte
	at   int
	// header is the number of keys of the last [header].
	header int
	// open holds the depth inside each open bracket.
	open []int
	// keys is the number of keys joined by dots since the last separator; pending
	// what stands before the = of the key being read.
	keys, pending int
	// heading tells that a header is being read.
	heading bool
	// fresh tells that nothing but space has been read on this line.
	started bool
}

// step reads one character or one string and returns the depth there.
func (d *depthTOML) step() int {
	switch c := d.text[d.at]; c {
	case '#':
		for d.at+1 < len(d.text) && d.text[d.at+1] != '\n' {
			d.at++
		}
	case '"', '\'':
		d.at = endOfTOMLString(d.text, d.at) - 1
		d.started = true
	case '\n':
		if len(d.open) == 0 || d.heading {
			d.open, d.heading, d.started = d.open[:0], false, false
			d.pending = 0
		}
		d.keys = 0
	case '[':
		if !d.started && len(d.open) == 0 {
			d.heading, d.header = true, 0
			d.started = true
			return 0
		}
		if !d.heading {
			d.push()
		}
	case '{':
		d.push()
	case ']', '}':
		if d.heading {
			d.header = max(d.header, d.keys+1)
			d.keys = 0
		} else if len(d.open) > 0 {
			d.open = d.open[:len(d.open)-1]
			d.keys, d.pending = 0, 0
		}
	case ',':
		d.keys, d.pending = 0, 0
	case '=':
		d.pending, d.keys = d.keys, 0
	case '.':
		d.keys++
	case ' ', '\t', '\r':
	default:
		d.started = true
	}
	return d.depth() + d.keys + d.pending
}

func (d *depthTOML) depth() int {
	if len(d.open) > 0 {
		return d.open[len(d.open)-1]
	}
	if d.heading {
		return 0
	}
	return d.header
}

func (d *depthTOML) push() {
	d.open = append(d.open, d.depth()+d.pending+1)
	d.keys, d.pending = 0, 0
	d.started = true
}

// endOfTOMLString returns the offset after a string that starts at an offset.
func endOfTOMLString(text []byte, at int) int {
	quote := text[at]
	long := at+2 < len(text) && text[at+1] == quote && text[at+2] == quote
	if long {
		at += 2
	}
	for i := at + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] == '\n' && !long:
			return i
		case text[i] == quote && !long:
			return i + 1
		case text[i] == quote && i+2 < len(text) && text[i+1] == quote && text[i+2] == quote:
			// Up to two quotes may stand before the three that end the string.
			i += 3
			for extra := 0; extra < 2 && i < len(text) && text[i] == quote; extra++ {
				i++
			}
			return i
		}
	}
	return len(text)
}
