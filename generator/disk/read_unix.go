//go:build unix

package disk

import (
	"io/fs"
	"syscall"
)

const (
	// Opening a pipe must not wait for its other end.
	openFlags  = syscall.O_NONBLOCK | syscall.O_NOFOLLOW
	folderFlag = syscall.O_DIRECTORY
)

func inode(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Ino)
	}
	return 0
}
