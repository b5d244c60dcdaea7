package search

import (
	"maps"
	"slices"
	"strings"

	"cairn/generator/parallel"
)

// An index is the words of all pages, each with the pages it stands on, written as the
// files hold it: 35 million places of 100,000 pages take two bytes each.
type index struct {
	words  []string
	lists  map[string]*list
	common []string
	// cuts are where each file's words begin, and the end.
	cuts []int
}

type list struct {
	pages int
	// all are the places of the word, named those in titles and headings.
	all, named places
}

// A word that stands on more than half of many pages tells nothing about most of them.
// It is kept for the pages that bear it in a title or heading.
const manyPages = 200

// atOnce is how many pages are read before their words are put in, in order.
const atOnce = 64

func newIndex(pages []Page, quiet []string, files int) (*index, error) {
	x := &index{lists: map[string]*list{}, common: slices.Clone(quiet)}
	documents, errs := make([]document, atOnce), make([]error, atOnce)
	for from := 0; from < len(pages); from += atOnce {
		part := pages[from:min(len(pages), from+atOnce)]
		parallel.For(len(part), func(i int) { documents[i], errs[i] = readPage(&part[i]) })
		for i := range part {
			if errs[i] != nil {
				return nil, errs[i]
			}
			x.add(from+i, documents[i])
		}
	}
	x.words = slices.Sorted(maps.Keys(x.lists))
	for _, word := range x.words {
		if l := x.lists[word]; len(pages) > manyPages && l.pages > len(pages)/2 {
			if !slices.Contains(quiet, word) {
				x.common = append(x.common, word)
			}
			l.all = l.named
		}
	}
	x.cut(files)
	return x, nil
}

func (x *index) add(page int, d document) {
	for word, weight := range d.weights {
		l := x.lists[word]
		if l == nil {
			l = &list{}
			x.lists[word] = l
		}
		l.pages++
		l.all.add(page, weight)
		if d.named[word] {
			l.named.add(page, weight)
		}
	}
}

// cut shares the words among n files of about one size. There are n even if there are
// fewer words: their number was promised.
func (x *index) cut(n int) {
	total, done, at := 0, 0, 0
	size := func(i int) int { return len(x.words[i]) + len(x.lists[x.words[i]].all.text) + 2 }
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
			first[i] = x.words[x.cuts[i]]
		}
	}
	return first
}

// lines are the words of a file, each with its places.
func (x *index) lines(file int) string {
	var b strings.Builder
	for i, word := range x.words[x.cuts[file]:x.cuts[file+1]] {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(word)
		b.WriteByte(' ')
		b.Write(x.lists[word].all.text)
	}
	return b.String()
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// places are pages and weights, in order of the pages. A page is written as its
// distance to the one before in base 32, low digits first, each but the last with 32
// added; then comes the weight, from 1 to 63.
type places struct {
	text []byte
	next int
}

func (p *places) add(page int, weight uint8) {
	distance := page - p.next
	p.next = page + 1
	for distance >= 32 {
		p.text = append(p.text, digits[32+distance%32])
		distance /= 32
	}
	p.text = append(p.text, digits[distance], digits[weight])
}
