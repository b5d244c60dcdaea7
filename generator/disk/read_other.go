//go:build !unix

package disk

import "io/fs"

const (
	openFlags  = 0
	folderFlag = 0
)

func inode(fs.FileInfo) uint64 { return 0 }
