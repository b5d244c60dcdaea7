package disk

import (
	"io/fs"
	"syscall"
	"time"
)

// changed is when a file's bytes or what the system notes of it changed last. Unlike
// the time of modification nobody can set it.
func changed(info fs.FileInfo) time.Time {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(stat.Ctimespec.Unix())
	}
	return time.Time{}
}
