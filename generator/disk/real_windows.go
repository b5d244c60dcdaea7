package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// Windows has no exchange of folders and no rights in the sense of chmod; a flush
// of a whole volume needs an administrator. What is left is weaker: each file is
// whole, as NTFS keeps its own names whole, and nothing is promised after a loss of
// power.

func exchange(a, b string) error        { return ErrNoExchange }
func chmod(*os.File) error              { return nil }
func plain(mode, want fs.FileMode) bool { return true }
func device(fs.FileInfo) uint64         { return 0 }
func syncFolder(path string) error      { return nil }
func syncFileSystem(path string) error  { return nil }
func mounted(path string) (bool, error) { return mountedByDevice(path) }

func lock(file *os.File) error {
	err := windows.LockFileEx(windows.Handle(file.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrLocked
	}
	if err != nil {
		return fmt.Errorf("locking %s: %w", file.Name(), err)
	}
	return nil
}
