package disk

import "golang.org/x/sys/unix"

func exchange(a, b string) error {
	return exchangeError(a, b, unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE))
}

func syncFileSystem(path string) error { return withFolder(path, unix.Syncfs) }

// mounted asks the kernel, which also knows a folder of this same file system that
// is mounted here (a bind mount, as containers use); kernels before 5.8 do not say.
func mounted(path string) (bool, error) {
	var stat unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW, 0, &stat)
	if err == nil && stat.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT != 0 {
		return stat.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0, nil
	}
	return mountedByDevice(path)
}
