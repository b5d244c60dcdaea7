package expr

import (
	"strings"
	"unicode/utf8"

	"cairn/generator/diag"
)

// A Source is the text of an expression and where it stands in a file.
type Source struct {
	File *diag.File
	Text string
	// base is the offset of the text's first byte in the file, or -1 if the file
	// writes it differently (with escapes); then every place is the whole value.
	base       int
	start, end int
}

// SourceAt returns the source of an expression that is a quoted value of a file,
// from start to end, quotes included.
func SourceAt(file *diag.File, start, end int, text string) Source {
	source := Source{File: file, Text: text, base: -1, start: start, end: end}
	start, end = max(0, start), min(end, len(file.Text))
	if start > end {
		return source
	}
	if at := strings.Index(string(file.Text[start:end]), text); at >= 0 && text != "" && at <= 5 {
		source.base = start + at
	}
	return source
}

// At makes a diagnostic about the bytes of the expression from start to end.
func (s Source) At(start, end int, code diag.Code, message, hint string) diag.Diagnostic {
	if s.base < 0 {
		return s.File.At(s.start, s.end, code, message, hint)
	}
	return s.File.At(s.base+start, s.base+end, code, message, hint)
}

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenName
	tokenNumber
	tokenText // in quotes: an option
	tokenSign
)

type token struct {
	kind       tokenKind
	text       string
	start, end int
}

// Longer signs stand before their beginnings.
var signs = []string{"||", "&&", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "(", ")", ","}

// A fault stops the reading of an expression: one message for one expression is
// enough where the rest can only be guessed at.
type fault struct {
	start, end    int
	code          diag.Code
	message, hint string
}

func lex(text string) ([]token, *fault) {
	var tokens []token
	for at := 0; at < len(text); {
		c := text[at]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			at++
		case isLetter(c):
			end := nameEnd(text, at)
			tokens = append(tokens, token{tokenName, text[at:end], at, end})
			at = end
		case isDigit(c):
			end := numberEnd(text, at)
			tokens = append(tokens, token{tokenNumber, text[at:end], at, end})
			at = end
		case c == '"' || c == '\'':
			end := strings.IndexByte(text[at+1:], c)
			if end < 0 {
				return nil, &fault{at, len(text), diag.ExprSyntax, "this quote is not closed", ""}
			}
			tokens = append(tokens, token{tokenText, text[at+1 : at+1+end], at, at + end + 2})
			at += end + 2
		default:
			sign, ok := signAt(text[at:])
			if !ok {
				return nil, unknownSign(text, at)
			}
			tokens = append(tokens, token{tokenSign, sign, at, at + len(sign)})
			at += len(sign)
		}
	}
	return append(tokens, token{tokenEnd, "", len(text), len(text)}), nil
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// nameEnd ends a name. A hyphen belongs to it only when a letter or digit follows.
func nameEnd(text string, at int) int {
	for at < len(text) {
		c := text[at]
		inside := c == '-' && at+1 < len(text) && (isLetter(text[at+1]) || isDigit(text[at+1]))
		if !isLetter(c) && !isDigit(c) && !inside {
			break
		}
		at++
	}
	return at
}

func numberEnd(text string, at int) int {
	for at < len(text) && (isDigit(text[at]) || text[at] == '_') {
		at++
	}
	if at+1 < len(text) && text[at] == '.' && isDigit(text[at+1]) {
		at++
		for at < len(text) && isDigit(text[at]) {
			at++
		}
	}
	for at < len(text) && (isLetter(text[at]) || isDigit(text[at])) { // 12x, 1e5: read on, to name it whole
		at++
	}
	return at
}

func signAt(text string) (string, bool) {
	for _, sign := range signs {
		if strings.HasPrefix(text, sign) {
			return sign, true
		}
	}
	return "", false
}

var betterSigns = map[string]string{
	"=": "==", "&": "&&", "|": "||", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/",
	"−": "-", "–": "-", "“": `"`, "”": `"`, "‘": "'", "’": "'", "^": "*", "%": "/ 100",
	"[": "(", "]": ")", "{": "(", "}": ")",
}

func unknownSign(text string, at int) *fault {
	_, size := utf8.DecodeRuneInString(text[at:])
	sign := text[at : at+size]
	hint := ""
	if better, ok := betterSigns[sign]; ok {
		hint = "write " + better
	}
	return &fault{at, at + size, diag.ExprSyntax, "the sign " + sign + " has no meaning in an expression", hint}
}
