// Package markdown turns one Markdown text into an article: CommonMark and
// GitHub-flavoured Markdown with footnotes, definition lists, alerts, directives and
// citations.
//
// The contract: Parse never fails, never panics, reads nothing but the bytes it
// is given, and gives the same article for the same bytes. Content is not
// trusted: the literal parts of an article hold no element, attribute or address
// that the text could have chosen, unless Options.RawHTML is set. Whatever needs
// another file is a hole, filled later. No node of goldmark's tree survives.
//
// Raw HTML that is refused is shown as text, so that nothing the author wrote is
// lost unseen; comments alone are left out, for they are meant to be.
package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"cairn/generator/diag"
)

// Options of a text. The zero value is right for content that is not trusted,
// in English.
type Options struct {
	// RawHTML publishes HTML in the text as it stands.
	RawHTML bool
	// Templates reads code as templates with placeholders: the page is a golden path.
	Templates bool
	// Words are the few words that stand in the body itself.
	Words Words
}

// Words of the interface that an article holds. An empty one is English.
type Words struct {
	Note, Tip, Important, Warning, Caution string
	Footnotes, BackToText                  string
}

func (w Words) orEnglish() Words {
	for _, word := range []struct {
		of      *string
		english string
	}{
		{&w.Note, "Note"}, {&w.Tip, "Tip"}, {&w.Important, "Important"},
		{&w.Warning, "Warning"}, {&w.Caution, "Caution"},
		{&w.Footnotes, "Footnotes"}, {&w.BackToText, "Back to the text"},
	} {
		if *word.of == "" {
			*word.of = word.english
		}
	}
	return w
}

// Parse reads Markdown from the byte offset start to the end of the file. A text
// over a limit, or one on which the parser fails, becomes an article that shows it
// as plain text.
func Parse(file *diag.File, start int, options Options) (*Article, diag.List) {
	start = max(0, min(start, len(file.Text)))
	return parseWith(grammarFor(file.Text[start:]), file, start, options)
}

func parseWith(grammar parser.Parser, file *diag.File, start int, options Options) (*Article, diag.List) {
	end := len(file.Text)
	// The capacity is cut, so that an append inside goldmark can never write
	// behind the text, and so that offsetOf can find a slice's place.
	w := &writer{file: file, base: start, source: file.Text[start:end:end], options: options, words: options.Words.orEnglish()}
	w.room = rooms.Get().(*room)
	w.out.Buffer, w.text, w.scratch = *bytes.NewBuffer(w.room.html[:0]), *bytes.NewBuffer(w.room.text[:0]), w.room.scratch
	defer w.leave()
	w.article.Written, w.article.Seldom = &Written{}, &Seldom{}
	if stop := w.attempt(grammar); stop != nil {
		return plainArticle(w.source), diag.List{file.At(stop.start, stop.end, stop.code, stop.message, stop.hint)}
	}
	// A copy, so that what is returned does not keep the writer, and with it the tree.
	article := w.article
	article.Share()
	return &article, w.faults.Sorted()
}

// A room is what a writer writes in, kept for the next one.
type room struct{ html, text, scratch []byte }

var rooms = sync.Pool{New: func() any { return new(room) }}

// mostRoom is the most that is kept: one huge page would else hold it for good.
const mostRoom = 256 << 10

func (w *writer) leave() {
	w.out.Reset()
	w.text.Reset()
	w.room.html, w.room.text, w.room.scratch = w.out.AvailableBuffer(), w.text.AvailableBuffer(), w.scratch[:0]
	if cap(w.room.html)+cap(w.room.text)+cap(w.room.scratch) <= mostRoom {
		rooms.Put(w.room)
	}
}

// attempt parses and writes the text. It returns what stopped it, if anything.
func (w *writer) attempt(grammar parser.Parser) (stopped *stop) {
	defer func() {
		switch failure := recover().(type) {
		case nil:
		case *stop:
			stopped = failure
			stopped.start += w.base
			stopped.end += w.base
		default:
			stopped = &stop{
				start: w.base, end: w.base, code: diag.MarkdownInternal,
				message: fmt.Sprintf("the Markdown parser failed on this file: %v", failure),
				hint:    "this is a fault of cairn: please report it with the file",
			}
		}
	}()
	w.guard = &guard{source: w.source}
	context := parser.NewContext()
	context.Set(guardKey, w.guard)
	document := grammar.Parse(text.NewReader(w.source), parser.WithContext(context)).(*ast.Document)
	w.document(document)
	return nil
}

// plainArticle shows a text as it stands.
func plainArticle(source []byte) *Article {
	var html strings.Builder
	html.WriteString("<figure class=\"code\">\n<pre tabindex=\"0\"><code>")
	html.WriteString(escape(string(source)))
	html.WriteString("</code></pre>\n</figure>\n")
	plain := strings.ToValidUTF8(string(source), "\ufffd")
	return &Article{
		Written: &Written{Parts: []Part{{HTML: html.String()}}, Text: plain},
		Words:   len(strings.Fields(plain)),
		Seldom:  &noSeldom,
	}
}
