package config

import (
	"fmt"
	"maps"
	"slices"

	"cairn/generator/diag"
	"cairn/generator/markdown"
	"cairn/generator/messages"
	"cairn/generator/record"
)

// What a site changes of the interface without a theme: words, and tokens of the style.

// A Token is one of the theme's custom properties with another value. Dark is Light if one
// value is given for both palettes.
type Token struct {
	Name        string
	Light, Dark string
	// NameAt and ValueAt are where they stand in the file.
	NameAt, ValueAt record.At
}

// Catalogue returns the words of the interface: the English ones, and those that the
// settings say otherwise.
func (c *Config) Catalogue() messages.Catalogue {
	words := messages.English()
	maps.Copy(words, c.Words)
	return words
}

// InText returns the words that stand in articles themselves.
func (c *Config) InText() markdown.Words {
	if c == nil {
		return markdown.Words{}
	}
	say := func(key string) string { return c.Words["text."+key] } // an empty one is English
	return markdown.Words{
		Note: say("note"), Tip: say("tip"), Important: say("important"), Warning: say("warning"), Caution: say("caution"),
		Footnotes: say("footnotes"), BackToText: say("back"),
	}
}

// readWords reads [words]: keys are written in one piece, "form.mean", or as tables in
// tables.
func readWords(file *diag.File, table *record.Value, faults *diag.List) map[string]string {
	if table == nil {
		return nil
	}
	english := messages.English()
	read := map[string]string{}
	fault := func(at record.At, code diag.Code, message, hint string) {
		faults.Add(file.At(at.Start, at.End, code, message, hint))
	}
	var walk func(above string, table *record.Value)
	walk = func(above string, table *record.Value) {
		for _, field := range table.Fields {
			key, value := above+field.Key, field.Value
			nameAt, valueAt := record.At{Start: field.Start, End: field.End}, record.At{Start: value.Start, End: value.End}
			usual, known := english[key]
			switch {
			case value.Kind == record.TableKind:
				walk(key+".", value)
			case !known:
				fault(nameAt, diag.ConfigWord, fmt.Sprintf("there is no word %q", key),
					diag.DidYouMean(key, slices.Sorted(maps.Keys(english)), "the page on themes lists all words"))
			case value.Kind != record.StringKind || value.Text == "":
				fault(valueAt, diag.ConfigWord, fmt.Sprintf("the word %q takes a text", key), fmt.Sprintf("write it as %q, or leave it out", usual))
			case read[key] != "":
				fault(nameAt, diag.ConfigWord, fmt.Sprintf("the word %q is given twice", key), "delete one of the two")
			default:
				if message, hint := wrongPlaceholders(english, key, value.Text); message != "" {
					fault(valueAt, diag.ConfigPlaceholder, message, hint)
					continue
				}
				read[key] = value.Text
			}
		}
	}
	if table.Kind != record.TableKind {
		fault(record.At{Start: table.Start, End: table.End}, diag.ConfigWord, "words are a table of keys and texts", "write [words], and a line for each below it")
		return nil
	}
	walk("", table)
	return read
}

// wrongPlaceholders says what is wrong with the placeholders of a word. Of the two forms
// for one and for many each may hold what either of them does, and must hold what both do:
// "1 page" needs no number.
func wrongPlaceholders(english messages.Catalogue, key, text string) (message, hint string) {
	must, may := english.Placeholders(key)
	held := messages.PlaceholdersIn(text)
	for _, name := range held {
		if !slices.Contains(may, name) {
			hint := "it takes none"
			if len(may) > 0 {
				hint = diag.DidYouMean(name, may, "it takes "+list(may))
			}
			return fmt.Sprintf("nothing fills in %s in the word %q", name, key), hint
		}
	}
	for _, name := range must {
		if !slices.Contains(held, name) {
			return fmt.Sprintf("the word %q lacks %s", key, name), fmt.Sprintf("in English it is %q", english[key])
		}
	}
	return "", ""
}

func list(names []string) string {
	text := ""
	for i, name := range names {
		if i > 0 {
			text += ", "
		}
		text += name
	}
	return text
}

// readTokens reads [tokens]: name and value, or a value for each palette. What the names
// and kinds are, the theme knows.
func readTokens(file *diag.File, table *record.Value, faults *diag.List) []Token {
	if table == nil {
		return nil
	}
	wrong := func(at *record.Value, message string) {
		faults.Add(file.At(at.Start, at.End, diag.ThemeTokenValue, message,
			`write a text, or one for each palette: { light = "#a90f1a", dark = "#ff9488" }`))
	}
	if table.Kind != record.TableKind {
		wrong(table, "tokens are a table of names and values")
		return nil
	}
	var tokens []Token
	for _, field := range table.Fields {
		value := field.Value
		token := Token{Name: field.Key, NameAt: record.At{Start: field.Start, End: field.End}, ValueAt: record.At{Start: value.Start, End: value.End}}
		light, dark := value, value
		if value.Kind == record.TableKind {
			light, dark = value.Get("light"), value.Get("dark")
		}
		if light == nil || dark == nil || value.Kind == record.TableKind && len(value.Fields) != 2 || light.Kind != record.StringKind || dark.Kind != record.StringKind {
			wrong(value, fmt.Sprintf("the token %q takes a text", field.Key))
			continue
		}
		token.Light, token.Dark = light.Text, dark.Text
		tokens = append(tokens, token)
	}
	return tokens
}
