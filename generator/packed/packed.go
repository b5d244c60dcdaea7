// Package packed writes numbers and texts end to end into one string. A site may have a
// hundred thousand pages, each with some headings, links and the like; as slices of structs
// of strings they would be most of what is held in memory, and most of what the collector
// has to follow. Packed they are one piece, and are unpacked for whoever asks.
//
// It is for what this process wrote itself: reading what is damaged panics.
package packed

import "encoding/binary"

// AppendNumber appends a whole number, which may be below 0.
func AppendNumber(to []byte, number int) []byte { return binary.AppendVarint(to, int64(number)) }

// AppendText appends a text behind its length.
func AppendText(to []byte, text string) []byte {
	return append(AppendNumber(to, len(text)), text...)
}

// A Reader is what is left to be read; none when it is empty.
type Reader string

// Number reads a number.
func (r *Reader) Number() int {
	var room [binary.MaxVarintLen64]byte
	number, size := binary.Varint(room[:copy(room[:], *r)])
	if size <= 0 {
		panic("packed: no number")
	}
	*r = (*r)[size:]
	return int(number)
}

// Text reads a text: a piece of the whole, which is not copied.
func (r *Reader) Text() string {
	size := r.Number()
	text := (*r)[:size]
	*r = (*r)[size:]
	return string(text)
}
