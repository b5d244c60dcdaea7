package markdown

import "strings"

// Highlighting has two voices and a whisper: k for what structures the code, c for
// comments, s for texts. More would be colour for its own sake.
//
// The scanner is our own because the text is not trusted and the page must not
// depend on the machine. The lexers of the usual library are regular expressions
// that content can drive to the cube of its length (32 KB of spaces in a block of
// C took two minutes), with a clock inside that gives up and changes the result.
// This one looks at each sign once, and for three voices it need not know more.

// A token is a piece of one line, in a voice or none.
type token struct{ voice, text string }

// highlight cuts code into lines of tokens. The text is never changed.
func highlight(code, name string) [][]token {
	l := languages[strings.ToLower(name)]
	if l == nil {
		l = &language{}
	}
	s := scanner{language: l, code: code}
	s.run()
	return s.lines()
}

// A scanner walks through code. Pieces are cut wherever the voice changes.
type scanner struct {
	*language
	code   string
	at     int
	pieces []token
	// plain is where the piece without a voice begins that is being walked through.
	plain int
	// unclosed holds, for a quote that was found not to end, up to where: nobody
	// looks for its end again. lineEnd is where the current line ends.
	unclosed map[string]int
	lineEnd  int
}

// take ends the plain piece and adds one with a voice, up to the offset end.
func (s *scanner) take(end int, voice string) {
	if s.plain < s.at {
		s.pieces = append(s.pieces, token{"", s.code[s.plain:s.at]})
	}
	s.pieces = append(s.pieces, token{voice, s.code[s.at:end]})
	s.at, s.plain = end, end
}

func (s *scanner) run() {
	s.unclosed = map[string]int{}
	for s.at < len(s.code) {
		lineStart := s.at == 0 || s.code[s.at-1] == '\n'
		if lineStart && s.wholeLine() || s.comment() || s.text() || s.word() {
			continue
		}
		s.at++
	}
	if s.plain < len(s.code) {
		s.pieces = append(s.pieces, token{"", s.code[s.plain:]})
	}
}

// lines cuts the pieces at the ends of lines.
func (s *scanner) lines() [][]token {
	lines := [][]token{nil}
	for _, piece := range s.pieces {
		for i, part := range strings.Split(piece.text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			if part != "" {
				last := len(lines) - 1
				lines[last] = append(lines[last], token{piece.voice, part})
			}
		}
	}
	return lines
}

// endOfLine returns where the line of the current offset ends.
func (s *scanner) endOfLine() int {
	if s.at > s.lineEnd || s.lineEnd == 0 {
		s.lineEnd = len(s.code)
		if i := strings.IndexByte(s.code[s.at:], '\n'); i >= 0 {
			s.lineEnd = s.at + i
		}
	}
	return s.lineEnd
}

// wholeLine applies the rules about how a line begins. It takes what it knows.
func (s *scanner) wholeLine() bool {
	if s.shape == noShape || s.shape == jsonShape || s.shape == tagsShape {
		return false
	}
	end := s.endOfLine()
	line := s.code[s.at:end]
	body := strings.TrimLeft(line, " \t")
	indent := len(line) - len(body)
	skip := func(n int) { s.at += n }
	switch s.shape {
	case headersShape:
		if close := strings.LastIndexByte(body, ']'); strings.HasPrefix(body, "[") && close > 0 {
			rest := strings.TrimLeft(body[close+1:], " \t")
			if comment := strings.IndexByte(body, '#'); comment >= 0 && comment < close {
				return false
			}
			if rest == "" || rest[0] == '#' || rest[0] == ';' {
				skip(indent)
				s.take(s.at+close+1, "k")
				return true
			}
		}
	case diffShape:
		for _, prefix := range []string{"@@", "diff ", "+++ ", "--- ", "index "} {
			if strings.HasPrefix(line, prefix) {
				s.take(end, "k")
				return true
			}
		}
	case targetsShape:
		if colon := strings.IndexByte(line, ':'); colon > 0 && indent == 0 && !strings.ContainsAny(line[:colon], "#=") &&
			!strings.HasPrefix(line[colon:], ":=") {
			s.take(s.at+colon, "k")
			return true
		}
	case keysShape:
		for strings.HasPrefix(body, "- ") {
			rest := strings.TrimLeft(body[2:], " ")
			indent += len(body) - len(rest)
			body = rest
		}
		if key := keyLength(body); key > 0 {
			skip(indent)
			s.take(s.at+key, "k")
			return true
		}
	}
	return false
}

// keyLength is the length of a key of YAML that begins a line, or 0.
func keyLength(body string) int {
	if body == "" || strings.IndexByte("#&*!|>%@`{}[],'\"", body[0]) >= 0 {
		if len(body) < 2 || body[0] != '"' && body[0] != '\'' {
			return 0
		}
		end := strings.IndexByte(body[1:], body[0])
		if end < 0 || !strings.HasPrefix(body[end+2:], ":") {
			return 0
		}
		return end + 2
	}
	for i := range len(body) {
		switch {
		case body[i] == ':' && (i+1 == len(body) || body[i+1] == ' '):
			return i
		case body[i] == '#' && i > 0 && body[i-1] == ' ':
			return 0
		}
	}
	return 0
}

func (s *scanner) comment() bool {
	rest := s.code[s.at:]
	if open := s.block[0]; open != "" && strings.HasPrefix(rest, open) {
		if length := strings.Index(rest[len(open):], s.block[1]); length >= 0 {
			s.take(s.at+len(open)+length+len(s.block[1]), "c")
		} else {
			s.take(len(s.code), "c")
		}
		return true
	}
	for _, sign := range s.line {
		if !strings.HasPrefix(rest, sign) {
			continue
		}
		if s.spaced && s.at > 0 && strings.IndexByte(" \t\n;", s.code[s.at-1]) < 0 {
			continue
		}
		s.take(s.endOfLine(), "c")
		return true
	}
	return false
}

// text takes a text in quotes.
func (s *scanner) text() bool {
	if s.shape == tagsShape {
		return s.tag()
	}
	b := s.code[s.at]
	for _, quote := range s.long {
		if b == quote[0] && strings.HasPrefix(s.code[s.at:], quote) && s.quoted(quote, len(s.code)) {
			return true
		}
	}
	if strings.IndexByte(s.quotes, b) >= 0 || strings.IndexByte(s.raw, b) >= 0 {
		return s.quoted(s.code[s.at:s.at+1], s.endOfLine())
	}
	return false
}

// quoted takes a text up to its closing quote, if that stands before the limit.
func (s *scanner) quoted(quote string, limit int) bool {
	if s.at < s.unclosed[quote] {
		return false
	}
	escapes := len(quote) > 1 || strings.IndexByte(s.raw, quote[0]) < 0
	for i := s.at + len(quote); i < limit; i++ {
		switch {
		case escapes && s.code[i] == '\\':
			i++
		case s.code[i] == quote[0] && strings.HasPrefix(s.code[i:], quote):
			end := i + len(quote)
			voice := "s"
			if s.shape == jsonShape && strings.HasPrefix(strings.TrimLeft(s.code[end:min(end+20, len(s.code))], " \t"), ":") {
				voice = "k"
			}
			s.take(end, voice)
			return true
		}
	}
	s.unclosed[quote] = limit
	return false
}

// tag takes the name of an element, and the values of its attributes.
func (s *scanner) tag() bool {
	rest := s.code[s.at:]
	if rest[0] == '<' {
		i := 1
		for i < len(rest) && (rest[i] == '/' || rest[i] == '!' || rest[i] == '?' || isWordByte(rest[i]) || rest[i] == '-' || rest[i] == ':') {
			i++
		}
		if i > 1 {
			s.take(s.at+i, "k")
			return true
		}
		return false
	}
	if (rest[0] == '"' || rest[0] == '\'') && s.at > 0 && s.code[s.at-1] == '=' {
		return s.quoted(rest[:1], len(s.code))
	}
	return false
}

// word walks over a word, and takes it if it structures the code. A word behind a
// point, a dollar or a hyphen is a name.
func (s *scanner) word() bool {
	b := s.code[s.at]
	if !isWordByte(b) && b != '@' && b != '!' {
		return false
	}
	end := s.at + 1
	for end < len(s.code) && (isWordByte(s.code[end]) || s.code[end] == '-' && end+1 < len(s.code) && isWordByte(s.code[end+1])) {
		end++
	}
	word := s.code[s.at:end]
	known := s.words[word] || s.anyCase && s.words[strings.ToLower(word)]
	if known && (s.at == 0 || strings.IndexByte(".$-/", s.code[s.at-1]) < 0) {
		s.take(end, "k")
	} else {
		s.at = end
	}
	return true
}

func isWordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' || b >= 0x80
}
