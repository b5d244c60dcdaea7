//go:build unix

package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

func chmod(file *os.File) error { return file.Chmod(fileMode) }

func plain(mode, want fs.FileMode) bool { return mode.Perm() == want }

func device(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Dev)
	}
	return 0
}

func lock(file *os.File) error {
	for {
		switch err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
		case err == nil:
			return nil
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			return ErrLocked
		default:
			return fmt.Errorf("locking %s: %w", file.Name(), err)
		}
	}
}

// withFolder calls a function on an opened folder. What the file system cannot do
// is no failure: some network and user-space file systems have no sync.
func withFolder(path string, sync func(fd int) error) error {
	folder, err := os.OpenFile(path, os.O_RDONLY|folderFlag|openFlags, 0)
	if err != nil {
		return err
	}
	defer folder.Close()
	err = sync(int(folder.Fd()))
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, unix.EINVAL) {
		return nil
	}
	if err != nil {
		return &fs.PathError{Op: "sync", Path: path, Err: err}
	}
	return nil
}

func syncFolder(path string) error { return withFolder(path, unix.Fsync) }

// exchangeError turns the ways in which systems say that they cannot exchange two
// folders into one error: no such call, no such flag for this file system, a mount
// point, a folder that lies half in another layer.
func exchangeError(a, b string, err error) error {
	for _, cannot := range []error{unix.ENOSYS, unix.EINVAL, unix.ENOTSUP, unix.EOPNOTSUPP, unix.EXDEV, unix.EBUSY} {
		if errors.Is(err, cannot) {
			return fmt.Errorf("%w (%v)", ErrNoExchange, err)
		}
	}
	if err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}
