package render

import (
	"crypto/sha256"
	"runtime"
	"sync"
	"sync/atomic"

	"cairn/generator/markup"
	"cairn/generator/site"
)

// A page is asked for several times, one soon after the other: for itself, for its twin
// and for the search. So the last few pages are kept with what was found out about them.

// mostFinished is how many pages are kept for each processor, largestFinished how large
// they may be: one that is larger is made again.
const (
	mostFinished    = 4
	largestFinished = 1 << 20
)

// finished is a page as far as it was asked for.
type finished struct {
	page *site.Page
	// key is that of key.go, outline what it was made of until the page is made of that.
	key     lazy[string]
	outline atomic.Pointer[outline]
	// html is the finished page, main its <main>.
	html lazy[[]byte]
	main lazy[*markup.Node]
}

// A lazy value is made once, unless that fails: whoever asks for it after a panic shall
// hear of it, too.
type lazy[T any] struct {
	mu    sync.Mutex
	there bool
	value T
	err   error
}

func (l *lazy[T]) get(make func() (T, error)) (T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.there {
		l.value, l.err = make()
		l.there = true
	}
	return l.value, l.err
}

// finishedPages are the last ones that were asked for.
type finishedPages struct {
	mu   sync.Mutex
	kept []*finished // a ring
	next int
}

func (all *finishedPages) of(page *site.Page) *finished {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, f := range all.kept {
		if f.page == page {
			return f
		}
	}
	f := &finished{page: page}
	if most := mostFinished * runtime.GOMAXPROCS(0); len(all.kept) < most {
		all.kept = append(all.kept, f)
	} else {
		all.kept[all.next] = f
		all.next = (all.next + 1) % len(all.kept)
	}
	return f
}

// drop forgets a page.
func (all *finishedPages) drop(page *finished) {
	all.mu.Lock()
	defer all.mu.Unlock()
	for i, f := range all.kept {
		if f == page {
			all.kept[i] = &finished{}
		}
	}
}

// html returns the bytes of a page.
func (r *renderer) html(page *site.Page) ([]byte, error) {
	f := r.finished.of(page)
	html, err := f.html.get(func() ([]byte, error) { return r.page(page, f.outline.Swap(nil)) })
	if len(html) > largestFinished {
		r.finished.drop(f)
	}
	return html, err
}

// main returns the <main> of a page, or nil.
func (r *renderer) main(page *site.Page) (*markup.Node, error) {
	return r.finished.of(page).main.get(func() (*markup.Node, error) {
		html, err := r.html(page)
		if err != nil {
			return nil, err
		}
		return markup.Main(html), nil
	})
}

// pageKey is key, which is asked for as often as the page.
func (r *renderer) pageKey(page *site.Page) string {
	f := r.finished.of(page)
	key, _ := f.key.get(func() (string, error) {
		key, outline := r.key(page)
		f.outline.Store(outline)
		return key, nil
	})
	return key
}

// identity is the page's key, or a hash of the page itself; "" if it cannot be made.
func (r *renderer) identity(page *site.Page) string {
	if key := r.pageKey(page); key != "" {
		return key
	}
	html, err := r.html(page)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(html)
	return "page " + string(sum[:])
}
