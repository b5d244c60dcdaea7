package search

import (
	"strings"
	"sync"
)

// A told is a word of a page.
type told struct {
	word string
	// weight is by how much it tells about the page: 1 to 63.
	weight uint8
	// named: it stands in a title or a heading.
	named bool
}

// typicalLength is that of a page, in words: what Okapi's formula compares with.
const typicalLength = 900

// A tally counts a word while a page is read.
type tally struct {
	word  string
	named bool
	tells float64
	// bodies are how often it stands in texts, headings in how many headings; seen is the
	// last part of the page in which it was counted once.
	bodies, headings, seen int
}

// A counter counts the words of a page.
type counter struct {
	at      map[string]int
	tallies []tally
}

// counters are used again: a page has some hundred words.
var counters = sync.Pool{New: func() any { return &counter{at: map[string]int{}} }}

func (c *counter) of(word string) *tally {
	at, ok := c.at[word]
	if !ok {
		at = len(c.tallies)
		c.at[word] = at
		c.tallies = append(c.tallies, tally{word: word})
	}
	return &c.tallies[at]
}

// tellsOf returns the words of a page, each once.
func tellsOf(page *Page, sections []Section) []told {
	c := counters.Get().(*counter)
	defer func() {
		clear(c.at)
		clear(c.tallies)
		c.tallies = c.tallies[:0]
		counters.Put(c)
	}()
	part := 0
	name := func(text string, weight float64) {
		part++
		for word := range Words(text) {
			t := c.of(word)
			t.named = true
			if t.seen != part {
				t.seen = part
				t.tells += weight
			}
		}
	}
	name(page.Title, 12)
	// The address and the kind are what the author calls the page.
	name(strings.TrimSuffix(page.Address, "/index.html"), 5)
	name(page.Kind, 2)
	for word := range Words(page.Description) {
		c.of(word).tells += 2
	}
	// A word in several headings is what the page is about; ten are no more than three.
	length := 0
	for _, section := range sections {
		if section.Heading != page.Title {
			part++
			for word := range Words(section.Heading) {
				t := c.of(word)
				t.named = true
				if t.seen != part {
					t.seen = part
					t.headings++
				}
			}
		}
		for word := range Words(section.Text) {
			c.of(word).bodies++
			length++
		}
	}
	words := make([]told, len(c.tallies))
	for i := range c.tallies {
		t := &c.tallies[i]
		if t.headings > 0 {
			t.tells += 7 + 1.5*float64(min(t.headings, 3)-1)
		}
		if t.bodies > 0 {
			// Okapi's saturation: the tenth time tells little, and less on a long page.
			tf := float64(t.bodies)
			t.tells += 8 * tf / (tf + 1 + 2*float64(length)/typicalLength)
		}
		words[i] = told{t.word, uint8(min(63, max(1, int(t.tells*2.2)))), t.named}
	}
	return words
}
