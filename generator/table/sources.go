package table

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// Sources is the registry of sources.
type Sources struct {
	Title, Description string
	Sources            []Source
}

// A Source is who says something: a published text, and what it is worth.
type Source struct {
	ID, Title, Author, Publisher string
	// Date is an ISO date, or words such as "not stated".
	Date, URL string
	// Evidence is anecdote, opinion, survey or study.
	Evidence string
	// Interest says what the publisher gains; Note where it is weak.
	Interest, Note string
	// Start is where the source stands in the file, in bytes.
	Start int
}

// A SourcesDocument is content/sources.toml as it is written.
type SourcesDocument struct {
	record.At
	Title       string           `key:"title" doc:"The heading of the page of sources."`
	Description string           `key:"description" doc:"One or two sentences under the heading."`
	Sources     []SourceDocument `key:"source" doc:"The sources, in order."`
}

// A SourceDocument is a source as it is written.
type SourceDocument struct {
	record.At
	ID        record.String `key:"id" need:"true" id:"true" doc:"Names the source in citations: [@id]."`
	Title     record.String `key:"title" need:"true" doc:"The title of the text."`
	Author    string        `key:"author" doc:"Who wrote it."`
	Publisher string        `key:"publisher" doc:"Who published it; shown beside what it says."`
	Date      *record.Value `key:"date" need:"true" doc:"A date, or words: \"2025 or later\", \"not stated\"."`
	URL       record.String `key:"url" doc:"Where it can be read."`
	Evidence  record.String `key:"evidence" need:"true" one-of:"anecdote opinion survey study" doc:"What kind of evidence it is."`
	Interest  string        `key:"interest" doc:"What the publisher gains if readers agree."`
	Note      string        `key:"note" doc:"Where it is weak."`
}

// ParseSources reads the registry of sources.
func ParseSources(file *diag.File) (*Sources, diag.List) {
	value, faults := record.Parse(file, record.TOML, 0, len(file.Text))
	if value == nil {
		return nil, faults
	}
	var written SourcesDocument
	faults = append(faults, record.Decode(file, value, &written, record.DecodeOptions{Name: "the registry of sources"})...)
	sources := &Sources{Title: written.Title, Description: written.Description}
	fault := func(at record.At, code diag.Code, message, hint string) {
		if len(faults) < mostFaults {
			faults.Add(file.At(at.Start, at.End, code, message, hint))
		}
	}
	seen := map[string]record.At{}
	for i := range written.Sources {
		source := &written.Sources[i]
		id := source.ID.Value
		first, taken := seen[id]
		switch {
		case id == "":
			continue
		case id == "own":
			fault(source.ID.At, diag.SourceReserved, `the id "own" marks our own derivation and cannot be a source`, "choose another id")
			continue
		case taken:
			faults.Add(file.At(source.ID.Start, source.ID.End, diag.SourceDuplicate, fmt.Sprintf("the source %q is there already", id),
				"give each source an id of its own").Also(file.Path, file.Position(first.Start), "the first of that id"))
			continue
		}
		seen[id] = source.ID.At
		made := Source{
			ID: id, Title: source.Title.Value, Author: source.Author, Publisher: source.Publisher, URL: source.URL.Value,
			Evidence: source.Evidence.Value, Interest: source.Interest, Note: source.Note, Start: source.Start,
		}
		if date := source.Date; date != nil {
			if text, ok := dateOf(date); ok {
				made.Date = text
			} else {
				fault(record.At{Start: date.Start, End: date.End}, diag.SourceDate, "the date is neither a date nor words",
					`write date = 2026-01-22, or in words: date = "not stated"`)
			}
		}
		if link := source.URL; link.Set && !webAddress(link.Value) {
			fault(link.At, diag.SourceURL, fmt.Sprintf("%q is no address of the web", link.Value), "write it in full: https://…")
			made.URL = ""
		}
		sources.Sources = append(sources.Sources, made)
	}
	return sources, faults
}

// almostDate finds texts that are written as a date but name no day.
var almostDate = regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$`)

// dateOf returns a date, a year or words.
func dateOf(v *record.Value) (string, bool) {
	switch v.Kind {
	case record.DateKind:
		return v.Text, true
	case record.IntegerKind: // a year
		return v.Text, v.Integer >= 1000 && v.Integer <= 9999
	case record.StringKind:
		if almostDate.MatchString(v.Text) {
			_, err := time.Parse(time.DateOnly, v.Text)
			return v.Text, err == nil
		}
		return v.Text, strings.TrimSpace(v.Text) != ""
	}
	return "", false
}

// webAddress tells whether a text is an address that a link may lead to.
func webAddress(text string) bool {
	address, err := url.Parse(text)
	return err == nil && (address.Scheme == "https" || address.Scheme == "http") && address.Hostname() != "" &&
		address.User == nil && !strings.ContainsAny(text, " \t\r\n<>\"\\")
}
