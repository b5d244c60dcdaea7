package diag

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Places on long lines are counted from places before them, and are what they would be
// if they were counted from the start of the line.
func TestPositionOnLongLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "ä", "語", "🪨", "\n", "\xff", "\xe8", "\xe8\xaa", "\xaa", "twenty letters in all"}), 1, 300).Draw(t, "parts")
		var text []byte
		for _, part := range parts {
			text = append(text, bytes.Repeat([]byte(part), 7)...)
		}
		file := NewFile("a.md", text)
		for _, offset := range rapid.SliceOfN(rapid.IntRange(0, len(text)), 1, 30).Draw(t, "offsets") {
			start := bytes.LastIndexByte(text[:offset], '\n') + 1
			want := Position{Line: bytes.Count(text[:offset], []byte("\n")) + 1, Column: utf8.RuneCount(text[start:offset]) + 1}
			if got := file.Position(offset); got != want {
				t.Fatalf("offset %d is at %v, counted %v", offset, want, got)
			}
		}
	})
}
