// Package messages is the catalogue of the interface's words: everything cairn says
// to readers of a site, apart from what its author wrote. The command and the page
// print through the same catalogue, so that they say the same.
//
// A message is a text with {name} in it. The page is handed the catalogue as JSON,
// and fills it in by the same rule.
package messages

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A Catalogue is the words of one language, by key.
type Catalogue map[string]string

// Say returns the message of a key, with its {names} replaced. Pairs are names and
// values in turn. A key that is missing is returned itself, so that nothing is lost.
func (c Catalogue) Say(key string, pairs ...string) string {
	text, ok := c[key]
	if !ok {
		return key
	}
	if len(pairs) == 0 {
		return text
	}
	var b strings.Builder
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		length := strings.IndexByte(text[open:], '}')
		if length < 0 {
			break
		}
		b.WriteString(text[:open])
		name := text[open+1 : open+length]
		value, found := lookup(pairs, name)
		if found {
			b.WriteString(value)
		} else {
			b.WriteString(text[open : open+length+1])
		}
		text = text[open+length+1:]
	}
	b.WriteString(text)
	return b.String()
}

// A Part of a message: text, or the name of a placeholder.
type Part struct{ Text, Name string }

// Parts cuts a message at its placeholders, for who puts an element in the place of one.
func (c Catalogue) Parts(key string) []Part {
	text, ok := c[key]
	if !ok {
		return []Part{{Text: key}}
	}
	var parts []Part
	at := 0
	for _, found := range placeholder.FindAllStringIndex(text, -1) {
		if found[0] > at {
			parts = append(parts, Part{Text: text[at:found[0]]})
		}
		parts = append(parts, Part{Name: text[found[0]+1 : found[1]-1]})
		at = found[1]
	}
	if at < len(text) {
		parts = append(parts, Part{Text: text[at:]})
	}
	return parts
}

var placeholder = regexp.MustCompile(`\{[a-z][a-z-]*\}`)

// PlaceholdersIn returns those of a text, with their braces.
func PlaceholdersIn(text string) []string { return placeholder.FindAllString(text, -1) }

// Placeholders returns what is filled in into a message: what must be in it whoever
// writes it, and what may. Of the forms for one and for many each may hold what either
// does, and must hold what both do; that for one needs no number.
func (c Catalogue) Placeholders(key string) (must, may []string) {
	must = PlaceholdersIn(c[key])
	may = slices.Clone(must)
	other := ""
	if stem, ok := strings.CutSuffix(key, ".one"); ok {
		other = stem + ".many"
	} else if stem, ok := strings.CutSuffix(key, ".many"); ok {
		other = stem + ".one"
	}
	if _, ok := c[other]; ok {
		there := PlaceholdersIn(c[other])
		may = slices.Concat(must, there)
		must = slices.DeleteFunc(slices.Clone(must), func(name string) bool {
			return !slices.Contains(there, name) || name == "{n}" && strings.HasSuffix(key, ".one")
		})
	}
	slices.Sort(may)
	return must, slices.Compact(may)
}

func lookup(pairs []string, name string) (string, bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1], true
		}
	}
	return "", false
}

// Without returns the messages whose keys begin with none of some prefixes: what a page
// need not be handed.
func (c Catalogue) Without(prefixes ...string) Catalogue {
	kept := Catalogue{}
	for key, text := range c {
		if !slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
			kept[key] = text
		}
	}
	return kept
}

// What the page of an assessment says only of answers that come from elsewhere, and what
// its template or the command says, by the beginnings of the keys.
var (
	ofExchange = []string{"compare.", "file.", "foreign.", "kept.", "link.", "migrated.", "take.", "why."}
	elsewhere  = []string{
		"chart.", "effort.", "kind.", "path.", "proof.", "search.", "stance.", "table.", "vote.",
		"change.line", "result.as-settled", "result.asks", "result.change", "result.held-by", "result.next", "result.no-target", "result.perhaps-waits",
		"result.reading", "result.ready", "result.target", "result.votes", "result.waits", "result.why", "score.held", "score.top",
	}
)

// ForAssessment is what the page of an assessment is handed: not the words of other
// pages, nor what the command alone prints or the page's template shows.
func (c Catalogue) ForAssessment() Catalogue {
	kept := c.Without(append(slices.Clone(elsewhere), ofExchange...)...)
	for key := range pageWords() {
		delete(kept, key)
	}
	return kept
}

// ForExchange is what the script of the same page knows that reads answers from elsewhere.
func (c Catalogue) ForExchange() Catalogue {
	rest := c.Without(ofExchange...)
	words := maps.Clone(c)
	maps.DeleteFunc(words, func(key, _ string) bool { _, ok := rest[key]; return ok })
	return words
}

// Count says a message about a number of things: KEY.one for 1, KEY.many else, with
// {n} for the number.
func (c Catalogue) Count(key string, n int, number string, pairs ...string) string {
	form := ".many"
	if n == 1 {
		form = ".one"
	}
	return c.Say(key+form, append([]string{"n", number}, pairs...)...)
}

// List joins words: "a, b and c". The word before the last is under key.
func (c Catalogue) List(key string, words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + c.Say(key) + " " + words[last]
}
