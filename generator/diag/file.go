package diag

import (
	"bytes"
	"sort"
	"strings"
	"sync/atomic"
	"unicode/utf8"
)

// A File is a text with a table of its lines. It turns offsets into positions.
type File struct {
	// Path is relative to the project, with slashes. It is what messages show.
	Path string
	Text []byte
	// starts holds the offset of each line's first byte.
	starts []int
	// late reads the text of a file that does not hold it, when it is wanted; then read is
	// the file with its text.
	late func(path string) []byte
	read atomic.Pointer[File]
	// near is a place that was asked for: the next is often on the same line, and not
	// counted from its start if that line is long.
	near atomic.Pointer[counted]
}

// counted is how many code points stand before an offset in its line.
type counted struct{ start, offset, points int }

// NewFile returns a file with its line table made.
func NewFile(path string, text []byte) *File {
	starts := []int{0}
	for i, b := range text {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return &File{Path: path, Text: text, starts: starts}
}

// LateFile returns a file whose text is not held, but asked for when a place in it is
// wanted: a site of many pages has few faults.
func LateFile(path string, read func(path string) []byte) *File {
	return &File{Path: path, late: read}
}

// whole is the file with its text.
func (f *File) whole() *File {
	if f.late == nil {
		return f
	}
	if f.read.Load() == nil {
		f.read.CompareAndSwap(nil, NewFile(f.Path, f.late(f.Path)))
	}
	return f.read.Load()
}

// A Position is a place in a file. Line and Column count from 1, columns in
// Unicode code points. The zero Position means "the file as a whole".
type Position struct {
	Line, Column int
}

// Position returns the place of a byte offset. Offsets outside the text are
// moved to its nearest end.
func (f *File) Position(offset int) Position {
	f = f.whole()
	offset = max(0, min(offset, len(f.Text)))
	line := sort.SearchInts(f.starts, offset+1) - 1
	start := f.starts[line]
	if start == 0 && strings.HasPrefix(string(f.Text[:min(3, len(f.Text))]), "\ufeff") && offset >= 3 {
		start = 3 // a byte-order mark is no column
	}
	return Position{Line: line + 1, Column: f.points(start, offset) + 1}
}

// points counts the code points from the start of a line to an offset in it.
func (f *File) points(start, offset int) int {
	const long = 400
	if offset-start < long {
		return utf8.RuneCount(f.Text[start:offset])
	}
	at := counted{start: start, offset: start}
	if near := f.near.Load(); near != nil && near.start == start && near.offset <= offset {
		at = *near
	}
	points := at.points + utf8.RuneCount(f.Text[at.offset:offset])
	if offset == len(f.Text) || utf8.RuneStart(f.Text[offset]) {
		f.near.Store(&counted{start, offset, points})
	}
	return points
}

// Offset returns the byte offset of a place, for parsers that count in lines and
// columns (in code points). Places outside the text are moved to its nearest end.
func (f *File) Offset(p Position) int {
	f = f.whole()
	if p.Line < 1 {
		return 0
	}
	if p.Line > len(f.starts) {
		return len(f.Text)
	}
	offset := f.starts[p.Line-1]
	end := len(f.Text)
	if p.Line < len(f.starts) {
		end = f.starts[p.Line] - 1
	}
	for column := 1; column < p.Column && offset < end; column++ {
		_, size := utf8.DecodeRune(f.Text[offset:end])
		offset += size
	}
	return offset
}

// Line returns the text of a line, counted from 1, without its line end.
func (f *File) Line(n int) string { return string(f.line(n)) }

func (f *File) line(n int) []byte {
	f = f.whole()
	if n < 1 || n > len(f.starts) {
		return nil
	}
	end := len(f.Text)
	if n < len(f.starts) {
		end = f.starts[n] - 1
	}
	return bytes.TrimPrefix(bytes.TrimSuffix(f.Text[f.starts[n-1]:end], []byte("\r")), []byte("\ufeff"))
}

// At makes a diagnostic about the bytes from start to end.
func (f *File) At(start, end int, code Code, message, hint string) Diagnostic {
	from, to := f.Position(start), f.Position(max(start, end))
	if to.Line != from.Line {
		to = Position{from.Line, utf8.RuneCount(f.line(from.Line)) + 1}
	}
	return Diagnostic{
		Code: code, Severity: SeverityOf(code), Path: f.Path,
		Start: from, End: to, Line: string(clip(f.line(from.Line))),
		Message: message, Hint: hint,
	}
}

// Whole makes a diagnostic about the file as a whole.
func (f *File) Whole(code Code, message, hint string) Diagnostic {
	return At(f.Path, code, message, hint)
}

// At makes a diagnostic about a path: a file that cannot be read, a folder, a
// template without a place.
func At(path string, code Code, message, hint string) Diagnostic {
	return Diagnostic{Code: code, Severity: SeverityOf(code), Path: path, Message: message, Hint: hint}
}

// clip keeps the source line of a diagnostic small: a minified file is one line.
func clip(line []byte) []byte {
	const most = 400
	if len(line) <= most {
		return line
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(line[cut]) {
		cut--
	}
	return line[:cut]
}
