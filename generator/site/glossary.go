package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"

	"cairn/generator/markdown"
)

// The glossary is a guide whose headings of the third level are its terms; what stands
// in brackets behind a term are other names of it: "Error budget (budget)". On every
// other page the first use of a term leads there. No author writes these links, and no
// article remembers them: they are found anew in each model.

const termLevel = 3

// A Use is the first use of a term on a page: a piece of a literal part's HTML.
type Use struct {
	// Start and End are bytes of the part's HTML.
	Start, End int
	Target     Target
}

// A glossary is the terms, by the first word of each of their names in small letters.
type glossary struct {
	page  *Page
	key   string // a hash of the terms
	terms int
	names map[string][]termName
}

// A termName is one name of a term, word by word, as HTML. An exact one is written with
// capitals within, as DevOps or SLO, and is not found in other letters.
type termName struct {
	words  []string
	exact  bool
	term   int
	anchor string
}

// readGlossary finds the terms of the glossary that the config names, if it does.
func (b *builder) readGlossary() *glossary {
	if b.in.Config == nil || b.in.Config.Glossary.Value == "" {
		return nil
	}
	wanted := b.in.Config.Glossary
	page := b.menuPage(wanted.Value, wanted.Start, wanted.End)
	// HTML that an author wrote is left alone, so nothing is looked for in it.
	if page == nil || page.Guide == nil || b.in.Config.Content.RawHTML {
		return nil
	}
	return termsOf(page)
}

// termsOf reads the terms of a page.
func termsOf(page *Page) *glossary {
	g := &glossary{page: page, names: map[string][]termName{}}
	for _, heading := range page.Guide.Article.AllHeadings() {
		if heading.Level != termLevel || heading.ID == "" {
			continue
		}
		for _, written := range namesOf(heading.Text) {
			name := termName{words: strings.Fields(html.EscapeString(written)), term: g.terms, anchor: heading.ID}
			for _, word := range strings.Fields(written) {
				name.exact = name.exact || strings.ContainsFunc(word[1:], unicode.IsUpper)
			}
			first := strings.ToLower(name.words[0])
			g.names[first] = append(g.names[first], name)
		}
		g.terms++
	}
	hash := sha256.New()
	for _, heading := range page.Guide.Article.AllHeadings() {
		fmt.Fprintf(hash, "%d %q %q\n", heading.Level, heading.ID, heading.Text)
	}
	g.key = string(hash.Sum(nil))
	for _, names := range g.names { // the longest name is tried first
		slices.SortStableFunc(names, func(x, y termName) int { return cmp.Compare(len(y.words), len(x.words)) })
	}
	return g
}

// namesOf returns the names that a heading gives a term: what stands before brackets,
// and the parts between the brackets.
func namesOf(heading string) []string {
	main, rest, _ := strings.Cut(heading, "(")
	names := []string{main}
	if inside, _, closed := strings.Cut(rest, ")"); closed {
		names = append(names, strings.Split(inside, ",")...)
	}
	return slices.DeleteFunc(names, func(name string) bool { return strings.TrimSpace(name) == "" })
}

// Terms returns a search for the first uses of terms on a page; nil if there are none
// to find there. Uses are found when the page's body is written, which is read only then.
func (s *Site) Terms(page *Page) *TermSearch {
	if s.glossary == nil || page == s.glossary.page {
		return nil
	}
	return &TermSearch{g: s.glossary, used: make([]bool, s.glossary.terms)}
}

// A TermSearch goes through a page in reading order. A nil one finds nothing.
type TermSearch struct {
	g    *glossary
	used []bool
	// within counts the open elements in whose text nothing is linked.
	within int
}

// Key tells what the uses on a page depend on besides its text.
func (s *TermSearch) Key(to func(path string) string) string {
	if s == nil {
		return ""
	}
	return s.g.key + to(s.g.page.Path)
}

// Part goes through the next part of the body, and returns the uses in a literal one.
func (s *TermSearch) Part(part markdown.Part) []Use {
	if s == nil {
		return nil
	}
	switch part.Hole {
	case markdown.Literal:
		return s.literal(part.HTML)
	case markdown.LinkOpen:
		s.within++
	case markdown.LinkClose:
		s.within--
	}
	return nil
}

// Elements in whose text nothing is linked: they are links or headings, show what was
// typed, or stand for themselves. In a cell a word alone would be too small a target.
var unlinked = map[string]bool{
	"a": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "code": true, "pre": true, "kbd": true,
	"button": true, "label": true, "summary": true, "caption": true, "figcaption": true, "svg": true, "th": true, "td": true, "dt": true,
}

// literal goes through HTML that the Markdown renderer wrote: its tags hold no ">" but
// the last, and its text no "<".
func (s *TermSearch) literal(text string) []Use {
	var uses []Use
	for at := 0; at < len(text); {
		if text[at] == '<' {
			length := strings.IndexByte(text[at:], '>') + 1
			if length == 0 {
				return uses
			}
			s.tag(text[at+1 : at+length-1])
			at += length
			continue
		}
		end := len(text)
		if next := strings.IndexByte(text[at:], '<'); next >= 0 {
			end = at + next
		}
		if s.within == 0 {
			uses = s.text(uses, text, at, end)
		}
		at = end
	}
	return uses
}

func (s *TermSearch) tag(inside string) {
	name, closing := strings.CutPrefix(inside, "/")
	if end := strings.IndexAny(name, " \t\r\n/"); end >= 0 {
		name = name[:end]
	}
	switch {
	case !unlinked[name]:
	case closing:
		s.within--
	default:
		s.within++
	}
}

// A word of running text, without the marks around it.
type word struct {
	start, end int
	// open: a mark stands before it; close: one behind it. A name does not go over them.
	open, close bool
}

func (s *TermSearch) text(uses []Use, text string, start, end int) []Use {
	words := wordsOf(text, start, end)
	for i := 0; i < len(words); i++ {
		for _, name := range s.g.names[strings.ToLower(singular(text[words[i].start:words[i].end], s.g.names))] {
			if s.used[name.term] || !name.stands(text, words[i:]) {
				continue
			}
			s.used[name.term] = true
			last := i + len(name.words) - 1
			uses = append(uses, Use{Start: words[i].start, End: words[last].end, Target: Target{Page: s.g.page, to: name.anchor}})
			i = last
			break
		}
	}
	return uses
}

// singular is a word as the first of a name, which it may be in the plural.
func singular(written string, names map[string][]termName) string {
	if _, known := names[strings.ToLower(written)]; known {
		return written
	}
	for _, ending := range endings {
		if stem, ok := strings.CutSuffix(written, ending.of); ok {
			if _, known := names[strings.ToLower(stem+ending.meant)]; known {
				return stem + ending.meant
			}
		}
	}
	return written
}

// The endings that the last word of a name may have, and what they stand for.
var endings = []struct{ of, meant string }{{"s", ""}, {"es", ""}, {"ies", "y"}, {"’s", ""}, {"'s", ""}}

// stands tells whether the name stands at the beginning of some words.
func (n *termName) stands(text string, words []word) bool {
	if len(words) < len(n.words) {
		return false
	}
	for i, want := range n.words {
		last := i == len(n.words)-1
		if i > 0 && words[i].open || !last && words[i].close {
			return false
		}
		got := text[words[i].start:words[i].end]
		if n.same(got, want) {
			continue
		}
		if !last || !slices.ContainsFunc(endings, func(e struct{ of, meant string }) bool {
			stem, ok := strings.CutSuffix(got, e.of)
			return ok && n.same(stem+e.meant, want)
		}) {
			return false
		}
	}
	return true
}

func (n *termName) same(got, want string) bool {
	return got == want || !n.exact && strings.EqualFold(got, want)
}

// wordsOf returns the words of running text.
func wordsOf(text string, start, end int) []word {
	mark := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	var words []word
	for at := start; at < end; {
		piece := text[at:end]
		if space := strings.IndexFunc(piece, unicode.IsSpace); space >= 0 {
			piece = piece[:space]
		}
		if piece == "" {
			at++
			continue
		}
		left := strings.TrimLeftFunc(strings.TrimPrefix(piece, "&quot;"), mark)
		core := strings.TrimRightFunc(strings.TrimSuffix(left, "&quot;"), mark)
		if core != "" {
			from := at + len(piece) - len(left)
			words = append(words, word{from, from + len(core), len(left) < len(piece), len(core) < len(left)})
		}
		at += len(piece)
	}
	return words
}
