// Package search makes the index that the search page reads: a family of classic
// scripts. They hold no code but one call each, so they load from any host, from a disk,
// and under the strict policy. The files of words are made together when the first is
// asked for, of what the last build remembers and of the pages that have changed.
//
//	search/index.js     what there is: how many pages, where each shard of words begins
//	search/words-N.js   words with the pages they stand on, in order of the words
//	search/texts-N.js   the texts of a few pages, for the lines that are shown of them
//
// Names do not change with the bytes. Each shard bears a stamp of the list of pages
// instead: a page that was open before the site was published anew sees that its
// numbers mean other pages now, and says so. A change of a text keeps the stamp.
//
// How many files there are follows from the number of pages alone, so every path is
// known before a page is made.
package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"cairn/generator/markup"
	"cairn/generator/output"
	"cairn/generator/parallel"
)

// A Page is what can be found.
type Page struct {
	// Title and Address are shown; the address is relative to the site's root.
	Title, Address string
	// Kind and Section are words to filter by. Pages of one kind and section stand
	// together in the list.
	Kind, Section string
	Description   string
	// More are sections that the page holds as data, not as text.
	More []Section
}

// A Section is a part of a page that can be led to.
type Section struct {
	// Anchor is empty for the page as a whole.
	Anchor, Heading, Text string
}

const (
	// Folder holds the index.
	Folder = "search"
	// pagesPerText is how many pages share a file of texts: ten results load ten files.
	pagesPerText = 2
	// pagesPerWords is how many pages make one more file of words, up to mostWords.
	pagesPerWords, mostWords = 20, 500
	// usualTexts is room for a file of texts that is not long.
	usualTexts = 16 << 10
	// mostText is how much of a page's text is kept for showing, in bytes. All of it is found.
	mostText = 60_000
)

// A Source is where the index reads pages, by their number. Its functions may be called
// from any goroutine, any number of times.
type Source struct {
	// Main reads the finished page. What stands in it is found. It may be nil.
	Main func(page int) (*markup.Node, error)
	// Key returns a hash of all that Main depends on, or "" if that is not known.
	Key func(page int) string
	// Memory may be nil.
	Memory Memory
}

// An Index is the files that make a site searchable.
type Index struct {
	pages []Page
	quiet []string
	from  Source
	stamp string
	// files are how many there are of words.
	files int

	gathered *gatherer
	made     func() (*index, error)
	// keys are those of the pages, once known; all is a hash of them and of what else the
	// index depends on.
	mu    sync.Mutex
	keys  []Key
	known []bool
	all   func() string
}

// New returns the index of pages. Quiet words are those of every sentence, which tell
// little of a page.
func New(pages []Page, quiet []string, from Source) *Index {
	x := &Index{
		pages: pages, quiet: quiet, from: from, stamp: stampOf(pages),
		gathered: newGatherer(len(pages)), keys: make([]Key, len(pages)), known: make([]bool, len(pages)),
	}
	x.files, _ = counts(len(pages))
	x.made = sync.OnceValues(x.make)
	x.all = sync.OnceValue(x.keyOfAll)
	return x
}

func file(name string, key func() string, bake func() ([]byte, error)) output.Output {
	return output.Output{Path: Folder + "/" + name + ".js", Kind: output.Data, Key: key, Make: bake}
}

// Words are the files that tell on which pages a word stands. They are best made last:
// then the pages have been read for their texts.
func (x *Index) Words() []output.Output {
	outputs := []output.Output{file("index", x.keyOf("index"), func() ([]byte, error) {
		made, err := x.made()
		if err != nil {
			return nil, err
		}
		return call("index", contentsOf(x, made)), nil
	})}
	for i := range x.files {
		outputs = append(outputs, file(fmt.Sprintf("words-%d", i), x.keyOf(fmt.Sprintf("words %d", i)), func() ([]byte, error) {
			made, err := x.made()
			if err != nil {
				return nil, err
			}
			return call("words", i, x.stamp, made.lines(i)), nil
		}))
	}
	return outputs
}

// Texts returns the files of texts that hold no page behind the nth, and the nth.
func (x *Index) Texts(n int) []output.Output {
	i := n / pagesPerText
	first, end := i*pagesPerText, min(len(x.pages), (i+1)*pagesPerText)
	if n != end-1 {
		return nil
	}
	key := func() string {
		hash := sha256.New()
		fmt.Fprintf(hash, "texts %d %s", i, x.stamp)
		for page := first; page < end; page++ {
			key, ok := x.key(page)
			if !ok {
				return ""
			}
			hash.Write(key[:])
		}
		return string(hash.Sum(nil))
	}
	return []output.Output{file(fmt.Sprintf("texts-%d", i), key, func() ([]byte, error) {
		data := fmt.Appendf(make([]byte, 0, usualTexts), "cairnSearch.texts(%d,%q,[", i, x.stamp)
		for page := first; page < end; page++ {
			sections, err := x.sections(page)
			if err != nil {
				return nil, err
			}
			if !x.gathered.has(page) {
				x.gathered.take(page, tellsOf(&x.pages[page], sections))
			}
			if page > first {
				data = append(data, ',')
			}
			data = appendShown(data, &x.pages[page], sections)
		}
		return append(data, "])\n"...), nil
	})}
}

func (x *Index) sections(page int) ([]Section, error) {
	main, err := x.from.Main(page)
	if err != nil {
		return nil, err
	}
	return append(Sections(main), x.pages[page].More...), nil
}

// key returns that of a page, if there is one.
func (x *Index) key(page int) (Key, bool) {
	x.mu.Lock()
	key, known := x.keys[page], x.known[page]
	x.mu.Unlock()
	if known {
		return key, key != Key{}
	}
	if of := x.from.Key(page); of != "" {
		p := &x.pages[page]
		hash := sha256.New()
		fmt.Fprintf(hash, "%q %q %q %q %q %q", of, p.Title, p.Address, p.Kind, p.Description, p.More)
		key = Key(hash.Sum(nil))
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.known[page] { // it is written once: make reads keys without asking
		x.keys[page], x.known[page] = key, true
	}
	return key, key != Key{}
}

// keyOfAll is a hash of all that the words depend on, or "".
func (x *Index) keyOfAll() string {
	parallel.For(len(x.pages), func(i int) { x.key(i) })
	hash := sha256.New()
	fmt.Fprintf(hash, "%q", x.quiet)
	for i := range x.pages {
		if x.keys[i] == (Key{}) {
			return ""
		}
		fmt.Fprintf(hash, "%x %q", x.keys[i], x.pages[i].Section)
	}
	return string(hash.Sum(nil))
}

func (x *Index) keyOf(file string) func() string {
	return func() string {
		if all := x.all(); all != "" {
			return file + " " + all
		}
		return ""
	}
}

// make makes the words: those of pages that are as they were are remembered.
func (x *Index) make() (*index, error) {
	x.all()
	taken := x.gathered.seal()
	was, numbers := x.remembered(func(page int) bool { return !taken[page] && x.keys[page] != Key{} })
	stays := make([]bool, len(x.pages))
	for _, number := range numbers {
		if number >= 0 {
			stays[number] = true
		}
	}
	var missing []int
	for page := range x.pages {
		if !stays[page] && !taken[page] {
			missing = append(missing, page)
		}
	}
	words, err := x.gathered.rest(missing, func(page int) ([]told, error) {
		sections, err := x.sections(page)
		return tellsOf(&x.pages[page], sections), err
	})
	if err != nil {
		return nil, err
	}
	if was != nil {
		words = was.merge(numbers, words)
	}
	if x.from.Memory != nil {
		data := (&kept{x.keys, words}).encode()
		x.from.Memory.Put(data)
		again, err := decode(data) // in the place of what it was made of
		if err != nil {
			return nil, err
		}
		for i := range words {
			words[i].all, words[i].named = again.words[i].all, again.words[i].named
		}
	}
	return newIndex(words, len(x.pages), x.quiet, x.files), nil
}

// remembered returns the words of the last build, and what the numbers of its pages are
// now; nil if that is of no use.
func (x *Index) remembered(wanted func(page int) bool) (*kept, []int32) {
	if x.from.Memory == nil {
		return nil, nil
	}
	was, err := decode(x.from.Memory.Get())
	if err != nil {
		return nil, nil
	}
	numbers := was.numbers(x.keys, wanted)
	if numbers == nil {
		return nil, nil
	}
	return was, numbers
}

// counts returns how many files of words and of texts an index of n pages has.
func counts(n int) (words, texts int) {
	return min(1+n/pagesPerWords, mostWords), (n + pagesPerText - 1) / pagesPerText
}

// contents are what index.js tells.
type contents struct {
	Stamp   string `json:"stamp"`
	Pages   int    `json:"pages"`
	PerText int    `json:"perText"`
	// First is the first word of each file of words.
	First []string `json:"first"`
	// Runs are kind, section and the number of the first page of each run of pages
	// with the same two.
	Runs []run `json:"runs"`
	// Common words stand on too many pages to tell them apart.
	Common []string `json:"common"`
}

func contentsOf(x *Index, made *index) contents {
	return contents{x.stamp, len(x.pages), pagesPerText, made.first(), runsOf(x.pages), made.common}
}

// stampOf changes when a number means another page.
func stampOf(pages []Page) string {
	hash := sha256.New()
	for i := range pages {
		fmt.Fprintf(hash, "%s\x00", pages[i].Address)
	}
	return hex.EncodeToString(hash.Sum(nil))[:12]
}

// call writes a script that hands its data over. JSON as encoding/json writes it is a
// script's literal too: it escapes what would end a line or an element.
func call(name string, arguments ...any) []byte {
	var b bytes.Buffer
	b.WriteString("cairnSearch." + name + "(")
	for i, argument := range arguments {
		if i > 0 {
			b.WriteByte(',')
		}
		encoded, err := json.Marshal(argument)
		if err != nil {
			panic(err) // strings, numbers and lists of them can be encoded
		}
		b.Write(encoded)
	}
	b.WriteString(")\n")
	return b.Bytes()
}

type run struct {
	kind, section string
	first         int
}

func (r run) MarshalJSON() ([]byte, error) { return json.Marshal([]any{r.kind, r.section, r.first}) }

func runsOf(pages []Page) []run {
	runs := []run{}
	for i := range pages {
		page := &pages[i]
		if last := len(runs) - 1; last < 0 || runs[last].kind != page.Kind || runs[last].section != page.Section {
			runs = append(runs, run{page.Kind, page.Section, i})
		}
	}
	return runs
}

// appendShown writes title, address and sections, each anchor, heading and text. A long
// text is cut at a letter.
func appendShown(data []byte, page *Page, sections []Section) []byte {
	left := mostText
	data = append(appendText(append(appendText(append(data, '['), page.Title), ','), page.Address), ",["...)
	for i, section := range sections {
		text := section.Text
		if len(text) > left {
			text = strings.ToValidUTF8(text[:left], "")
		}
		left -= len(text)
		if i > 0 {
			data = append(data, ',')
		}
		data = append(appendText(append(data, '['), section.Anchor), ',')
		data = append(appendText(data, section.Heading), ',')
		data = append(appendText(data, text), ']')
		if left == 0 {
			break
		}
	}
	return append(data, "]]"...)
}

// appendText writes a string as encoding/json does.
func appendText(data []byte, text string) []byte {
	data = append(data, '"')
	from := 0
	for at := 0; at < len(text); {
		c := text[at]
		if c < utf8.RuneSelf && c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if c >= utf8.RuneSelf && r != '\u2028' && r != '\u2029' && (r != utf8.RuneError || size > 1) {
			at += size
			continue
		}
		encoded, err := json.Marshal(text[at : at+size])
		if err != nil {
			panic(err) // strings can be encoded
		}
		data = append(append(data, text[from:at]...), encoded[1:len(encoded)-1]...)
		at += size
		from = at
	}
	return append(append(data, text[from:]...), '"')
}
