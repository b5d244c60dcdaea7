package goldenpath

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Filters are the names of all filters. Each writes one complete scalar, quotes included,
// that the format reads back as exactly the value, so that no value can end the scalar
// it stands in and begin something of its own.
var Filters = []string{"yaml", "json", "toml", "shell", "hcl", "url"}

// Filter writes a value for a format. An unknown filter gives the value itself.
func Filter(name, value string) string {
	switch name {
	case "yaml", "json", "toml":
		return quoted(value, false)
	case "hcl":
		return quoted(value, true)
	case "shell":
		// POSIX: inside single quotes every sign stands for itself.
		return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
	case "url":
		return percentEncoded(value)
	}
	return value
}

// quoted writes a text in double quotes, with the escapes that YAML 1.2, JSON, TOML and
// HCL have in common. What cannot be seen, or turns the direction of what can, is
// escaped: a reviewer must see what a file says.
func quoted(value string, hcl bool) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range value {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case unseen(r) || hcl && (r == '$' || r == '%') && strings.HasPrefix(value[i+1:], "{"):
			// In HCL the brace after it would begin a template.
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// unseen tells whether a character is invisible, a control, or reorders the text around
// it. The same list is in client/path/filter.ts.
func unseen(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0x9f, r == 0xad, r == 0x061c, r == 0x180e,
		r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f,
		r == 0xfeff, r >= 0xfff9 && r <= 0xfffb, r == 0xfffe, r == 0xffff:
		return true
	}
	return false
}

// percentEncoded writes the bytes of a text for any part of an address: letters, digits
// and - . _ ~ stand for themselves (RFC 3986, unreserved).
func percentEncoded(value string) string {
	var b strings.Builder
	for i := range len(value) {
		c := value[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// letters counts as a reader does: characters, not bytes.
func letters(value string) int { return utf8.RuneCountInString(value) }
