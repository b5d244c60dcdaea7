package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"cairn/generator/parallel"
)

// A gatherer takes the words of pages as the pages are read, in any order, and lists them
// in the order of the pages. It is safe for concurrent use.
type gatherer struct {
	mu    sync.Mutex
	lists map[string]*growing
	words []*growing
	// taken are the pages whose words were handed in. Those before next are listed, the
	// others wait.
	taken   []bool
	next    int
	waiting map[int][]uint32
	sealed  bool
}

// A growing list is that of a word while pages come in.
type growing struct {
	word       string
	id         uint32
	pages      int
	all, named places
}

func newGatherer(pages int) *gatherer {
	return &gatherer{lists: map[string]*growing{}, taken: make([]bool, pages), waiting: map[int][]uint32{}}
}

// take takes the words of a page, once, unless it is too late.
func (g *gatherer) take(page int, words []told) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.sealed || g.taken[page] {
		return
	}
	g.wait(page, words)
	for g.put(g.next) {
		g.next++
	}
}

// has tells whether a page need not be handed in.
func (g *gatherer) has(page int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.sealed || g.taken[page]
}

// wait puts away the words of a page: the number of each, six bits for its weight, and
// one for whether it names the page.
func (g *gatherer) wait(page int, words []told) {
	g.taken[page] = true
	waits := make([]uint32, len(words))
	for i, told := range words {
		l := g.lists[told.word]
		if l == nil {
			word := strings.Clone(told.word) // not the page that it is a piece of
			l = &growing{word: word, id: uint32(len(g.words))}
			g.words = append(g.words, l)
			g.lists[word] = l
		}
		waits[i] = l.id<<7 | uint32(told.weight)<<1
		if told.named {
			waits[i] |= 1
		}
	}
	g.waiting[page] = waits
}

// put lists the words of a page that waits.
func (g *gatherer) put(page int) bool {
	waits, ok := g.waiting[page]
	if !ok {
		return false
	}
	delete(g.waiting, page)
	for _, word := range waits {
		l := g.words[word>>7]
		weight := uint8(word >> 1 & 63)
		l.pages++
		l.all.add(page, weight)
		if word&1 > 0 {
			l.named.add(page, weight)
		}
	}
	return true
}

// seal ends taking, and tells which pages were taken.
func (g *gatherer) seal() []bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sealed = true
	return g.taken
}

// atOnce is how many pages are read before their words are listed.
const atOnce = 64

// rest reads the pages that are missing, which are in order, when it is sealed; and
// returns all words in order.
func (g *gatherer) rest(missing []int, read func(page int) ([]told, error)) ([]entry, error) {
	words, errs := make([][]told, atOnce), make([]error, atOnce)
	for part := range slices.Chunk(missing, atOnce) {
		parallel.For(len(part), func(i int) { words[i], errs[i] = read(part[i]) })
		for i, page := range part {
			if errs[i] != nil {
				return nil, errs[i]
			}
			g.wait(page, words[i])
		}
		g.putUntil(part[len(part)-1] + 1)
	}
	g.putUntil(len(g.taken))
	slices.SortFunc(g.words, func(a, b *growing) int { return cmp.Compare(a.word, b.word) })
	entries := make([]entry, len(g.words))
	for i, l := range g.words {
		entries[i] = entry{l.word, list{pages: l.pages, all: l.all.text, named: l.named.text}}
	}
	g.words, g.lists, g.waiting = nil, nil, nil
	return entries, nil
}

func (g *gatherer) putUntil(page int) {
	for ; g.next < page; g.next++ {
		g.put(g.next)
	}
}
