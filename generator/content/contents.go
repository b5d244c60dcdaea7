package content

import (
	"fmt"
	"strings"
	"unicode"

	"cairn/generator/diag"
	"cairn/generator/markdown"
	"cairn/generator/record"
)

// An Entry of a page's contents leads to a heading of the page.
type Entry struct {
	Title, ID string
	Children  []Entry
	// Start and End enclose the entry in the front matter.
	Start, End int
}

// FAQID is the id of the section of questions and answers, which the template
// prints when there are any.
const FAQID = "faq"

// faqTitles is how contents name that section.
var faqTitles = map[string]bool{
	"faq": true, "faqs": true, "frequently asked questions": true, "frequently asked questions (faq)": true,
	"frequently asked questions (faqs)": true, "questions and answers": true,
}

// resolveContents finds the heading of each entry of linkTags. An entry without one
// is reported and left out; its children then stand in its place.
func resolveContents(file *diag.File, front *FrontMatter, headings []markdown.Heading, list *diag.List) []Entry {
	m := matcher{file: file, headings: headings, faqs: len(front.FAQs) > 0, used: make([]bool, len(headings)), list: list, byText: map[string][]int{}}
	for i, heading := range headings {
		text := normalise(heading.Text)
		m.byText[text] = append(m.byText[text], i)
	}
	var contents []Entry
	for _, tag := range front.LinkTags {
		if !tag.Title.Set {
			continue
		}
		entry, ok := m.entry(tag.Title)
		var children []Entry
		for _, child := range tag.Children.Value {
			if found, ok := m.entry(child); ok {
				children = append(children, found)
			}
		}
		if ok {
			entry.Children = children
			contents = append(contents, entry)
		} else {
			contents = append(contents, children...)
		}
	}
	return contents
}

type matcher struct {
	file     *diag.File
	headings []markdown.Heading
	faqs     bool
	used     []bool
	last     int // where the last match was: contents follow the text
	byText   map[string][]int
	list     *diag.List
}

// entry matches one text: the first unused heading with it after the last match,
// else the first unused, else the first.
func (m *matcher) entry(title record.String) (Entry, bool) {
	candidates := m.byText[normalise(title.Value)]
	if len(candidates) == 0 && m.faqs && faqTitles[normalise(title.Value)] {
		return Entry{Title: title.Value, ID: FAQID, Start: title.Start, End: title.End}, true
	}
	if len(candidates) == 0 {
		// A suggestion costs the product of the lengths, so only sensible ones.
		var texts []string
		for _, heading := range m.headings[:min(len(m.headings), 200)] {
			if len(heading.Text) <= 200 && len(title.Value) <= 200 {
				texts = append(texts, heading.Text)
			}
		}
		m.list.Add(m.file.At(title.Start, title.End, diag.FrontMatterContents,
			fmt.Sprintf("no heading of this page reads %q", strings.TrimSpace(title.Value)),
			diag.DidYouMean(title.Value, texts, "write the entry as its heading is written, or delete it")))
		return Entry{}, false
	}
	best := -1
	for _, i := range candidates {
		switch {
		case m.used[i]:
		case best < 0, best < m.last && i >= m.last:
			best = i
		}
	}
	if best < 0 {
		best = candidates[0]
	}
	m.used[best], m.last = true, best
	heading := m.headings[best]
	return Entry{Title: heading.Text, ID: heading.ID, Start: title.Start, End: title.End}, true
}

// normalise makes two texts equal that differ only in quotes, marks of emphasis and
// code, dashes, capitals and spaces.
func normalise(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '*', '_', '`', '\u200b', '\ufeff', '\u00ad':
			return -1
		case '‘', '’', '‚', '‛', '′':
			return '\''
		case '“', '”', '„', '‟', '«', '»', '″':
			return '"'
		case '‐', '‑', '–', '—', '−':
			return '-'
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return unicode.ToLower(r)
	}, strings.ReplaceAll(text, "…", "..."))
	return strings.Join(strings.Fields(text), " ")
}
