package disk

import "golang.org/x/sys/unix"

func exchange(a, b string) error {
	return exchangeError(a, b, unix.RenamexNp(a, b, unix.RENAME_SWAP))
}

// syncFileSystem: macOS has no sync of one file system. sync hands everything to
// the drive; F_FULLFSYNC then has the drive write what it was handed.
func syncFileSystem(path string) error {
	return withFolder(path, func(fd int) error {
		if err := unix.Sync(); err != nil {
			return err
		}
		_, err := unix.FcntlInt(uintptr(fd), unix.F_FULLFSYNC, 0)
		return err
	})
}

func mounted(path string) (bool, error) { return mountedByDevice(path) }
