package content

import (
	"reflect"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// FrontMatter is what a page says about itself: cairn's own keys first, then those
// of a blog, which are taken as they are. Most pages have few of them, and a site may have
// a hundred thousand pages; so what is seldom written stands apart, and pages without it
// share one that is empty. These pointers are never nil in a page of Parse.
type FrontMatter struct {
	*Summary
	*Filing
	Order record.Integer `key:"order" doc:"The page's place in its section; smaller comes first."`
	*Seldom
}

// Summary is what a page is about. Settle drops it.
type Summary struct {
	Title       record.String `key:"title" doc:"The page's title."`
	Description record.String `key:"description" doc:"One or two sentences, shown under the title and in lists."`
}

// Filing is where a page belongs.
type Filing struct {
	Slug record.String  `key:"slug" doc:"The last part of the page's address, without its ending."`
	Tags record.Strings `key:"tags" doc:"Words that the page is filed under."`
}

// Seldom is the other keys.
type Seldom struct {
	Group    record.String  `key:"group" doc:"The heading above the page in its section's list."`
	Draft    record.Boolean `key:"draft" doc:"A draft is not published."`
	Owner    record.String  `key:"owner" doc:"Who looks after the page."`
	Reviewed record.Date    `key:"reviewed" doc:"When somebody last read it through."`
	Updated  record.Date    `key:"updated" doc:"When its text last changed in what it says."`
	ReviewBy record.Date    `key:"review-by" doc:"When it should be read through again. cairn check --due today lists the pages that are due."`
	Aliases  record.Strings `key:"aliases" doc:"Addresses that the page had before; they lead here."`
	// Path is only a mark that the page is a golden path: goldenpath reads the value,
	// which Value returns.
	Path record.Of[*record.Value] `key:"path" doc:"Makes the page a golden path: what its form asks for, and what is derived."`

	SEOTitle       record.String `key:"seoTitle" doc:"The title for search engines and browser tabs."`
	SEODescription record.String `key:"seoDescription" doc:"The description for search engines."`
	PublishDate    record.Date   `key:"publishDate" doc:"When the page was first published."`
	Author         record.String `key:"author" doc:"Who wrote it."`
	Image          record.String `key:"image" doc:"The picture at the head of the page."`
	DarkImage      record.String `key:"darkImage" doc:"The same picture for dark surroundings."`
	LinkTags       []LinkTag     `key:"linkTags" doc:"The page's contents, as headings and those below them."`
	FAQs           []FAQ         `key:"faqs" doc:"Questions and answers, shown as a section at the end."`

	// Foreign is the keys that config.toml accepts, in the order of the file.
	Foreign []Foreign
}

// A LinkTag is an entry of a blog's nested contents.
type LinkTag struct {
	Title    record.String  `key:"title" need:"true" doc:"The words of a heading."`
	Children record.Strings `key:"children" doc:"The words of the headings below it."`
}

// A FAQ is a question and its answer.
type FAQ struct {
	Question record.String `key:"question" need:"true" doc:"The question, as a reader asks it."`
	Answer   record.String `key:"answer" need:"true" doc:"The answer, as text."`
}

// A Foreign key belongs to another program. Raw is its value as it was written.
type Foreign struct{ Key, Raw string }

// decode reads the keys between the fences.
func (f *FrontMatter) decode(file *diag.File, at fenced, accept []string) diag.List {
	f.Summary, f.Filing, f.Seldom = &Summary{}, &Filing{}, &Seldom{}
	defer f.Share()
	value, list := record.Parse(file, at.format, at.start, at.end)
	if value == nil || value.Kind != record.TableKind {
		return list
	}
	list = append(list, record.Decode(file, value, f, record.DecodeOptions{Accept: accept, Name: "the front matter"})...)
	for _, field := range value.Fields {
		if slices.Contains(accept, field.Key) && !slices.Contains(ownKeys, field.Key) {
			f.Foreign = append(f.Foreign, Foreign{field.Key, strings.TrimSpace(string(file.Text[field.Value.Start:field.Value.End]))})
		}
	}
	f.Path.Value = nil // a page is remembered; values of this kind are not
	f.plain()
	return list
}

var (
	noSummary Summary
	noFiling  Filing
	noSeldom  Seldom
)

// Share puts what is shared in the place of what is empty or not there.
func (f *FrontMatter) Share() {
	if f.Summary == nil || *f.Summary == noSummary {
		f.Summary = &noSummary
	}
	if f.Filing == nil || reflect.ValueOf(f.Filing).Elem().IsZero() {
		f.Filing = &noFiling
	}
	if f.Seldom == nil || reflect.ValueOf(f.Seldom).Elem().IsZero() {
		f.Seldom = &noSeldom
	}
}

// Value returns the front matter as it is written, for who reads a key of their own; nil
// if there is none. Its faults are those that Parse tells.
func Value(file *diag.File) *record.Value {
	found, _ := findFrontMatter(file)
	if !found.data {
		return nil
	}
	value, _ := record.Parse(file, found.format, found.start, found.end)
	return value
}

var ownKeys = func() []string {
	var keys []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[FrontMatter]()) {
		keys = append(keys, field.Tag.Get("key"))
	}
	return keys
}()

// plain makes empty lists none: what is remembered comes back so.
func (f *FrontMatter) plain() {
	for _, list := range []*record.Strings{&f.Tags, &f.Aliases} {
		if len(list.Value) == 0 {
			list.Value = nil
		}
	}
	for i := range f.LinkTags {
		if children := &f.LinkTags[i].Children; len(children.Value) == 0 {
			children.Value = nil
		}
	}
	if len(f.LinkTags) == 0 {
		f.LinkTags = nil
	}
	if len(f.FAQs) == 0 {
		f.FAQs = nil
	}
}
