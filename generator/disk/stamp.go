package disk

import (
	"encoding/binary"
	"time"
)

// A stamp is what a file looks like from outside: its size, its number, when it was
// modified and when it was changed, which nobody can set. As long as it is the same, so
// are the bytes, if it was taken when the clock that stamps files had gone on since the
// last change: an edit in the same tick of that clock would leave it as it was.

// Stamp returns the stamp of a regular file; "" where the system tells too little.
func (e Entry) Stamp() string {
	if e.Link {
		return ""
	}
	return stamp(e.Size, e.Inode, e.Modified, e.Changed)
}

// Stamp returns the stamp of a regular file; "" where the system tells too little.
func (i Info) Stamp() string {
	if i.Type != Regular {
		return ""
	}
	return stamp(i.Size, i.Inode, i.Modified, i.Changed)
}

func stamp(size int64, inode uint64, modified, changed time.Time) string {
	if inode == 0 || changed.IsZero() {
		return ""
	}
	var b [32]byte
	for i, number := range [...]uint64{uint64(size), inode, uint64(modified.UnixNano()), uint64(changed.UnixNano())} {
		binary.BigEndian.PutUint64(b[8*i:], number)
	}
	return string(b[:])
}
