package theme

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"cairn/generator/diag"
)

// Tokens are the custom properties that the style sheets declare in @layer tokens:
// colours, faces, sizes, widths. The settings change them by name. What stands in a
// layer later than theirs still wins: paper has its own, and so have forced colours.

// A Token is one that the settings change. Start and End enclose its name there,
// ValueStart and ValueEnd its value.
type Token struct {
	Name string
	// Light and Dark are the values in the two palettes; the same, if only one is given.
	Light, Dark                      string
	Start, End, ValueStart, ValueEnd int
}

var (
	property = regexp.MustCompile(`--([a-z0-9-]+)\s*:\s*([^;}]+)`)
	comment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	colour   = regexp.MustCompile(`^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)
	// length: a number with a unit, or an expression of such.
	length     = regexp.MustCompile(`^(-?[0-9]*\.?[0-9]+(rem|em|px|ch|vw|%)|(clamp|min|max|calc)\([0-9a-z.,%+*/() -]+\))$`)
	tokenValue = regexp.MustCompile(`^[A-Za-z0-9 .,%#()/"'+*_-]{1,200}$`)
)

// tokens returns what the sheets declare: names and their values.
func tokens(files map[string]File) map[string]string {
	found := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".css" {
			continue
		}
		text := comment.ReplaceAllString(string(files[name].Text), "")
		for {
			_, after, ok := strings.Cut(text, "@layer tokens {")
			if !ok {
				break
			}
			depth, end := 1, 0
			for end < len(after) && depth > 0 {
				switch after[end] {
				case '{':
					depth++
				case '}':
					depth--
				}
				end++
			}
			for _, declared := range property.FindAllStringSubmatch(after[:end], -1) {
				found[declared[1]] = strings.TrimSpace(declared[2])
			}
			text = after[end:]
		}
	}
	return found
}

// tokenSheet is the style sheet that changes tokens.
func tokenSheet(files map[string]File, o Options) (string, diag.List) {
	if len(o.Tokens) == 0 {
		return "", nil
	}
	var faults diag.List
	var b strings.Builder
	declared := tokens(files)
	for _, token := range o.Tokens {
		usual, known := declared[token.Name]
		if !known {
			faults.Add(o.TokensFile.At(token.Start, token.End, diag.ThemeToken, fmt.Sprintf("the theme has no token %q", token.Name),
				diag.DidYouMean(token.Name, slices.Sorted(maps.Keys(declared)), "the page on themes lists all")))
			continue
		}
		if wrong, hint := wrongToken(token, usual); wrong != "" {
			faults.Add(o.TokensFile.At(token.ValueStart, token.ValueEnd, diag.ThemeTokenValue, wrong, hint))
			continue
		}
		value := token.Light
		if token.Dark != token.Light {
			value = "light-dark(" + token.Light + ", " + token.Dark + ")"
		}
		fmt.Fprintf(&b, "--%s: %s;\n", token.Name, value)
		declared[token.Name] = value
	}
	if len(faults) == 0 {
		faults = append(faults, o.contrast(declared)...)
	}
	return "@layer tokens { :root {\n" + b.String() + "} }\n", faults
}

// wrongToken says why a value cannot be that of a token. A value is of the kind of the
// usual one: a colour, a length, or else any text that cannot leave its declaration.
func wrongToken(token Token, usual string) (wrong, hint string) {
	isColour := strings.Contains(usual, "#")
	for _, value := range []string{token.Light, token.Dark} {
		switch {
		case isColour && !colour.MatchString(value):
			return fmt.Sprintf("%q is no colour", value), `write it as #rrggbb, or one for each palette: { light = "#a90f1a", dark = "#ff9488" }`
		case isColour:
		case length.MatchString(usual) && !length.MatchString(value):
			return fmt.Sprintf("%q is no length", value), "write a number with a unit, as in " + usual
		case !tokenValue.MatchString(value) || !balanced(value) || strings.Contains(value, "/*") || strings.Contains(strings.ToLower(value), "url("):
			return fmt.Sprintf("%q cannot be the value of a token", value), "write one value, as in " + usual
		case token.Light != token.Dark:
			return fmt.Sprintf("the token %q is no colour, and the same in both palettes", token.Name), "write one value, as in " + usual
		}
	}
	return "", ""
}

// balanced tells whether parentheses and quotes are closed.
func balanced(value string) bool {
	depth, quote := 0, rune(0)
	for _, r := range value {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '(':
			depth++
		case r == ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0 && quote == 0
}

// Tokens returns those of a theme's folder as they would be written into the settings:
// name = "value", colours with a value for each palette.
func Tokens(folder fs.FS) ([]string, error) {
	files := map[string]File{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".css" {
			return err
		}
		text, err := fs.ReadFile(folder, name)
		files[name] = File{Name: name, Text: text}
		return err
	})
	declared := tokens(files)
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		value := fmt.Sprintf("%q", declared[name])
		if strings.Contains(value, `\`) {
			value = "'" + declared[name] + "'"
		}
		if pair, ok := strings.CutPrefix(declared[name], "light-dark("); ok {
			light, dark, _ := strings.Cut(strings.TrimSuffix(pair, ")"), ", ")
			value = fmt.Sprintf("{ light = %q, dark = %q }", light, dark)
		}
		lines = append(lines, name+" = "+value)
	}
	return lines, err
}
