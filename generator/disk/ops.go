package disk

import (
	"errors"
	"io/fs"
	"time"
)

// Every file of a site is readable by all and written by its owner, whatever the
// umask of the moment: the same site has the same rights on every machine.
const (
	fileMode   fs.FileMode = 0o644
	folderMode fs.FileMode = 0o755
)

var (
	// ErrNoExchange: this system, or this file system, cannot exchange two folders
	// in one step.
	ErrNoExchange = errors.New("two folders cannot be exchanged in one step here")
	// ErrLocked: another process holds the lock.
	ErrLocked = errors.New("another process holds the lock")
)

// Type says what a name in a folder is.
type Type int

const (
	Regular Type = iota
	Folder
	Link    // a symbolic link, to whatever
	Special // a pipe, a socket, a device
)

func typeOf(mode fs.FileMode) Type {
	switch {
	case mode.IsRegular():
		return Regular
	case mode.IsDir():
		return Folder
	case mode&fs.ModeSymlink != 0:
		return Link
	}
	return Special
}

// A Name is one line of a folder.
type Name struct {
	Name string
	Type Type
}

// Info is what is known of a path without opening it.
type Info struct {
	Type     Type
	Size     int64
	Modified time.Time
	Changed  time.Time // as of an Entry
	Device   uint64    // 0 where the system has none
	Inode    uint64
	// Plain tells whether the rights are those that Create and Mkdir give.
	Plain bool
}

// Ops is everything that publishing, and the memory, do to a disk. Each method is
// one operation that either happens or, with an error, does not; only Create can
// leave part of its work behind. No method follows a symbolic link in the last
// name of its path. Errors are those of package os, so errors.Is(err, fs.ErrExist)
// and the like hold.
type Ops interface {
	// Create makes a file that must not be there yet, with these bytes. If it fails,
	// the file may be there with part of them.
	Create(path string, data []byte) error
	// Mkdir makes one folder that must not be there yet.
	Mkdir(path string) error
	// Link gives a file a second name.
	Link(from, to string) error
	// Rename moves a file or folder; a file replaces one that is there.
	Rename(from, to string) error
	// Exchange swaps two folders in one step, or fails with ErrNoExchange.
	Exchange(a, b string) error
	// Remove deletes a file, a link or an empty folder.
	Remove(path string) error
	// ReadDir lists a folder, sorted by name.
	ReadDir(path string) ([]Name, error)
	Lstat(path string) (Info, error)
	// ReadFile returns the bytes of a regular file.
	ReadFile(path string) ([]byte, error)
	// ReadAt returns size bytes of a regular file, from an offset; size 0 or less
	// counts from the offset to the end, and an offset below 0 from the end.
	ReadAt(path string, offset, size int64) ([]byte, error)
	// Mounted tells whether a folder is a mount point, which cannot be renamed.
	Mounted(path string) (bool, error)
	// SyncFolder makes what happened to the names in a folder survive a loss of
	// power, SyncFileSystem everything on the folder's file system. Where a system
	// has no such call they do what comes nearest, which may be nothing.
	SyncFolder(path string) error
	SyncFileSystem(path string) error
	// Lock takes a lock that ends with release or with the process, or fails with
	// ErrLocked at once. The file is made and stays.
	Lock(path string) (release func(), err error)
}
