package search

import (
	"slices"
	"strings"
)

// An index is the words of all pages, in order, as they are written.
type index struct {
	words []entry
	// common are those that tell little, besides the quiet ones.
	common []string
	// cuts are where each file's words begin, and the end.
	cuts []int
}

// An entry is a word with the pages it stands on.
type entry struct {
	word string
	list
}

// A list is where a word stands, written as the files hold it: 35 million places of
// 100,000 pages take two bytes each.
type list struct {
	pages int
	// all are the places of the word, named those in titles and headings.
	all, named []byte
	// common: it stands on too many pages.
	common bool
}

// A word that stands on more than half of many pages tells nothing about most of them.
// It is kept for the pages that bear it in a title or heading.
const manyPages = 200

// newIndex puts words with their places into files; quiet words are common anyway.
func newIndex(words []entry, pages int, quiet []string, files int) *index {
	x := &index{words: words, common: slices.Clone(quiet)}
	for i := range words {
		if l := &words[i]; pages > manyPages && l.pages > pages/2 {
			if !slices.Contains(quiet, l.word) {
				x.common = append(x.common, l.word)
			}
			l.common = true
		}
	}
	x.cut(files)
	return x
}

// shown are the places that readers are given.
func (l *list) shown() []byte {
	if l.common {
		return l.named
	}
	return l.all
}

// cut shares the words among n files of about one size. There are n even if there are
// fewer words: their number was promised.
func (x *index) cut(n int) {
	total, done, at := 0, 0, 0
	size := func(i int) int { return len(x.words[i].word) + len(x.words[i].shown()) + 2 }
	for i := range x.words {
		total += size(i)
	}
	for i := range n {
		x.cuts = append(x.cuts, at)
		share := (total - done) / (n - i) // what is left, among the files that are left
		for taken := 0; at < len(x.words) && (taken == 0 || taken+size(at)/2 <= share); at++ {
			taken += size(at)
			done += size(at)
		}
	}
	x.cuts = append(x.cuts, len(x.words))
}

// first returns the first word of each file; for a file without, a word after all.
func (x *index) first() []string {
	first := make([]string, len(x.cuts)-1)
	for i := range first {
		first[i] = "\U0010FFFF"
		if x.cuts[i] < len(x.words) {
			first[i] = x.words[x.cuts[i]].word
		}
	}
	return first
}

// lines are the words of a file, each with its places.
func (x *index) lines(file int) string {
	var b strings.Builder
	for i := x.cuts[file]; i < x.cuts[file+1]; i++ {
		if i > x.cuts[file] {
			b.WriteByte('\n')
		}
		b.WriteString(x.words[i].word)
		b.WriteByte(' ')
		b.Write(x.words[i].shown())
	}
	return b.String()
}
