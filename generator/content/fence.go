package content

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/adrg/frontmatter"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// The fences of front matter are found by adrg/frontmatter, with formats of our own
// that only take the text: record decodes it. The library reads some files without
// a word that were meant otherwise; those are found here and reported.

// maxFrontMatter is the limit of front matter, in bytes.
const maxFrontMatter = 64 << 10

// A fenced is where front matter stands: from start to end, without its fences, if
// data is set. The body begins at body.
type fenced struct {
	data       bool
	format     record.Format
	start, end int
	body       int
}

// A block is what the library hands to the format whose fences it found.
type block struct {
	text   []byte
	format record.Format
}

var formats = func() []*frontmatter.Format {
	take := func(format record.Format) frontmatter.UnmarshalFunc {
		return func(text []byte, into any) error {
			*into.(*block) = block{bytes.Clone(text), format}
			return nil
		}
	}
	json := frontmatter.NewFormat("{", "}", take(record.JSON))
	json.UnmarshalDelims, json.RequiresNewLine = true, true
	return []*frontmatter.Format{
		frontmatter.NewFormat("---", "---", take(record.YAML)),
		frontmatter.NewFormat("---yaml", "---", take(record.YAML)),
		frontmatter.NewFormat("+++", "+++", take(record.TOML)),
		frontmatter.NewFormat("---toml", "---", take(record.TOML)),
		frontmatter.NewFormat("---json", "---", take(record.JSON)),
		json,
	}
}()

var (
	// fenceLike is a first line that opens front matter somewhere.
	fenceLike = regexp.MustCompile(`^(---|\+\+\+|;;;)[A-Za-z]*$|^\{$|^\{\s*"`)
	// keyLike is a line with a key of YAML.
	keyLike = regexp.MustCompile(`(?m)^["'\w][^\n:]*:(\s|$)|^["'].*["']\s*:`)
)

// almostKeys are lines that are meant as keys of YAML, and what keeps them from being any.
var almostKeys = []struct {
	line          *regexp.Regexp
	message, hint string
}{
	{regexp.MustCompile(`(?m)^[A-Za-z][\w-]*[ \t]*=[ \t]*\S`), "this key is written as TOML, and lines of --- hold YAML", "write title: …, or put +++ in the place of both lines of ---"},
	{regexp.MustCompile(`(?m)^[ \t]*[A-Za-z][\w-]*:\x{a0}`), "a non-breaking space stands after this colon", "put an ordinary space in its place"},
	{regexp.MustCompile(`(?m)^[ \t]+[A-Za-z][\w-]*:(\s|$)`), "this key is indented", "begin each key at the beginning of its line"},
	{regexp.MustCompile(`(?m)^[A-Za-z][\w-]*:[^\s/]`), "no space stands after this colon", "write title: …"},
}

// findFrontMatter finds the fences. With a fault, data may be unset, and the body
// begins where text can be told from keys, or at the end of the file.
func findFrontMatter(file *diag.File) (fenced, diag.List) {
	mark := 0
	if bytes.HasPrefix(file.Text, []byte("\ufeff")) {
		mark = len("\ufeff")
	}
	text := file.Text[mark:]
	lineStart, lineEnd := firstLine(text)
	line := bytes.TrimSpace(text[lineStart:lineEnd])
	at := func(start, end int, code diag.Code, message, hint string) diag.List {
		return diag.List{file.At(mark+start, mark+end, code, message, hint)}
	}
	nothing := fenced{body: len(file.Text)}
	if i := bytes.IndexByte(line, '\r'); i >= 0 && fenceLike.Match(bytes.TrimSpace(line[:i])) {
		return nothing, at(lineStart, lineStart+i, diag.FrontMatterLineEnds,
			"the lines of this file end in a lone carriage return", "save it with line ends of Linux or Windows")
	}
	b, rest, err := fencesOf(text)
	if err != nil { // a reader of bytes does not fail
		return nothing, at(lineStart, lineEnd, diag.FrontMatterUnclosed, "the front matter cannot be read: "+err.Error(), "close it with the line that opened it")
	}
	if b.text == nil {
		return notFound(text, mark, lineStart, lineEnd, line, at)
	}
	found := fenced{data: true, format: b.format, body: len(file.Text) - len(rest)}
	found.start = mark + lineStart
	if string(line) != "{" {
		found.start = mark + min(lineEnd+1, len(text))
	}
	found.end = found.start + len(b.text)
	if opening := text[lineStart:lineEnd]; opening[0] == ' ' || opening[0] == '\t' {
		return found, at(lineStart, lineEnd, diag.FrontMatterIndentedFence, "the line that opens the front matter is indented", "begin the line with its fence")
	}
	if closing := file.Text[found.end:]; string(line) != "{" && len(closing) > 0 && (closing[0] == ' ' || closing[0] == '\t') {
		end := found.end - mark
		line, _, _ := bytes.Cut(closing, []byte("\n"))
		found.body = len(file.Text) // what follows may be keys still
		return found, at(end, end+len(line), diag.FrontMatterIndentedFence,
			"this indented line ends the front matter", "begin the closing fence at the beginning of its line, or write other signs into the text")
	}
	data := file.Text[found.start:found.end]
	switch {
	case len(data) > maxFrontMatter:
		return fenced{body: found.body}, at(lineStart, lineEnd, diag.FrontMatterTooLarge,
			fmt.Sprintf("the front matter has %d bytes, more than %d", len(data), maxFrontMatter), "move the data into a table file")
	case found.format == record.YAML && len(bytes.TrimSpace(data)) > 0 && !keyLike.Match(data) && !isComments(data):
		for _, almost := range almostKeys {
			if i := almost.line.FindIndex(data); i != nil {
				start, end := found.start+i[0], found.start+i[1]
				return fenced{body: found.body}, diag.List{file.At(start, end, diag.FrontMatterNotKeys, almost.message, almost.hint)}
			}
		}
		// Two lines across the page: all of it is text.
		return fenced{body: mark}, at(lineStart, lineEnd, diag.FrontMatterNotKeys,
			"what stands between the first two lines of --- holds no key", "write a line across the page as ***")
	}
	return found, nil
}

// headSize is how much of a file is looked at first.
const headSize = 2 << 10

// fencesOf finds the fences, and what is behind them. The library copies all that it
// is given, so it is given the head of the file first. If it finds the closing fence
// well inside, more text would change nothing.
func fencesOf(text []byte) (b block, rest []byte, err error) {
	if len(text) > headSize {
		head := text[:headSize]
		rest, err := frontmatter.Parse(bytes.NewReader(head), &b, formats...)
		if err == nil && b.text != nil && len(rest) > 8 {
			return b, text[len(head)-len(rest):], nil
		}
		b = block{}
	}
	rest, err = frontmatter.Parse(bytes.NewReader(text), &b, formats...)
	return b, rest, err
}

// notFound says why no front matter was found: there is none, or its fences are
// wrong.
func notFound(text []byte, mark, lineStart, lineEnd int, line []byte, at func(int, int, diag.Code, string, string) diag.List) (fenced, diag.List) {
	nothing := fenced{body: mark + len(text)}
	opening := text[lineStart:lineEnd]
	if !fenceLike.Match(line) || bytes.HasPrefix(opening, []byte("    ")) || bytes.HasPrefix(opening, []byte("\t")) {
		return fenced{body: mark}, nil
	}
	for _, format := range formats {
		if string(line) == format.Start {
			hint := fmt.Sprintf("close it with a line of %s; a line across the page is written ***", format.End)
			if format.Start == "{" {
				hint = "close it with } alone on its line and an empty line after it"
			}
			return nothing, at(lineStart, lineEnd, diag.FrontMatterUnclosed, "this front matter is never closed", hint)
		}
	}
	if line[0] == '{' {
		return nothing, at(lineStart, lineEnd, diag.FrontMatterUnknownFence,
			"front matter in JSON has its braces alone on their lines", "put { and } on lines of their own, and an empty line after }")
	}
	return nothing, at(lineStart, lineEnd, diag.FrontMatterUnknownFence,
		fmt.Sprintf("front matter cannot begin with %q", line), "write YAML between lines of ---, or TOML between lines of +++")
}

// firstLine returns where the first line that is not blank begins and ends.
func firstLine(text []byte) (start, end int) {
	for start < len(text) {
		end = len(text)
		if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if len(bytes.TrimSpace(text[start:end])) > 0 {
			return start, end
		}
		start = end + 1
	}
	return len(text), len(text)
}

func isComments(data []byte) bool {
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}
