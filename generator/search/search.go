// Package search makes the index that the search page reads: a family of classic
// scripts. The files of words are made together when the first is asked for. They hold no code but one
// call each, so they load from any host, from a disk, and under the strict policy.
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
	"slices"
	"strings"
	"sync"

	"cairn/generator/output"
)

// A Page is what can be found.
type Page struct {
	// Title and Address are shown; the address is relative to the site's root.
	Title, Address string
	// Kind and Section are words to filter by. Pages of one kind and section stand
	// together in the list.
	Kind, Section string
	Description   string
	// HTML makes the finished page. What stands in its <main> is found.
	HTML func() ([]byte, error)
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
	// mostText is how much of a page's text is kept for showing, in bytes. All of it is found.
	mostText = 60_000
)

// Outputs returns the files of the index. Quiet words are those of every sentence, which
// tell little of a page.
func Outputs(pages []Page, quiet []string) []output.Output {
	words, texts := counts(len(pages))
	stamp := stampOf(pages)
	index := sync.OnceValues(func() (*index, error) { return newIndex(pages, quiet, words) })
	file := func(name string, bake func() ([]byte, error)) output.Output {
		return output.Output{Path: Folder + "/" + name + ".js", Kind: output.Data, Make: bake}
	}
	outputs := []output.Output{file("index", func() ([]byte, error) {
		x, err := index()
		if err != nil {
			return nil, err
		}
		return call("index", entry{stamp, len(pages), pagesPerText, x.first(), runsOf(pages), x.common}), nil
	})}
	for i := range words {
		outputs = append(outputs, file(fmt.Sprintf("words-%d", i), func() ([]byte, error) {
			x, err := index()
			if err != nil {
				return nil, err
			}
			return call("words", i, stamp, x.lines(i)), nil
		}))
	}
	for i := range texts {
		outputs = append(outputs, file(fmt.Sprintf("texts-%d", i), func() ([]byte, error) {
			var shown []json.RawMessage
			for n := i * pagesPerText; n < min(len(pages), (i+1)*pagesPerText); n++ {
				sections, err := sectionsOf(&pages[n])
				if err != nil {
					return nil, err
				}
				shown = append(shown, shownOf(&pages[n], sections))
			}
			return call("texts", i, stamp, shown), nil
		}))
	}
	return outputs
}

// counts returns how many files of words and of texts an index of n pages has.
func counts(n int) (words, texts int) {
	return min(1+n/pagesPerWords, mostWords), (n + pagesPerText - 1) / pagesPerText
}

// entry is what index.js tells.
type entry struct {
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

// A document is a page as the index needs it.
type document struct {
	// weights are the words of the page, by how much each tells about it: 1 to 63.
	weights map[string]uint8
	// named are the words of titles and headings.
	named map[string]bool
}

func readPage(page *Page) (document, error) {
	sections, err := sectionsOf(page)
	if err != nil {
		return document{}, err
	}
	d := document{weights: map[string]uint8{}, named: map[string]bool{}}
	bodies := map[string]int{}
	tells := map[string]float64{}
	length := 0
	name := func(text string, weight float64, seen map[string]bool) {
		for word := range Words(text) {
			d.named[word] = true
			if !seen[word] {
				seen[word] = true
				tells[word] += weight
			}
		}
	}
	name(page.Title, 12, map[string]bool{})
	// The address and the kind are what the author calls the page.
	name(strings.TrimSuffix(page.Address, "/index.html"), 5, map[string]bool{})
	name(page.Kind, 2, map[string]bool{})
	for word := range Words(page.Description) {
		tells[word] += 2
	}
	// A word in several headings is what the page is about; ten are no more than three.
	headings := map[string]int{}
	for _, section := range sections {
		if section.Heading != page.Title {
			once := map[string]bool{}
			for word := range Words(section.Heading) {
				d.named[word] = true
				if !once[word] {
					once[word] = true
					headings[word]++
				}
			}
		}
		for word := range Words(section.Text) {
			bodies[word]++
			length++
		}
	}
	for word, count := range headings {
		tells[word] += 7 + 1.5*float64(min(count, 3)-1)
	}
	for word, count := range bodies {
		// Okapi's saturation: the tenth time tells little, and less on a long page.
		tf := float64(count)
		tells[word] += 8 * tf / (tf + 1 + 2*float64(length)/typicalLength)
	}
	for word, weight := range tells {
		d.weights[word] = uint8(min(63, max(1, int(weight*2.2))))
	}
	return d, nil
}

func sectionsOf(page *Page) ([]Section, error) {
	html, err := page.HTML()
	if err != nil {
		return nil, err
	}
	return append(Sections(html), page.More...), nil
}

// typicalLength is that of a page, in words: what Okapi's formula compares with.
const typicalLength = 900

// shownOf writes title, address and sections, each anchor, heading and text. A long text is cut at a letter.
func shownOf(page *Page, sections []Section) json.RawMessage {
	left := mostText
	parts := [][3]string{}
	for _, section := range sections {
		text := section.Text
		if len(text) > left {
			text = strings.ToValidUTF8(text[:left], "")
		}
		left -= len(text)
		parts = append(parts, [3]string{section.Anchor, section.Heading, text})
		if left == 0 {
			break
		}
	}
	encoded, err := json.Marshal([]any{page.Title, page.Address, parts})
	if err != nil {
		panic(err) // strings can be encoded
	}
	return slices.Clip(encoded)
}
