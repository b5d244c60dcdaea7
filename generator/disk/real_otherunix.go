//go:build unix && !linux && !darwin

package disk

import "golang.org/x/sys/unix"

func exchange(a, b string) error { return exchangeError(a, b, unix.ENOSYS) }

func syncFileSystem(path string) error { return syncFolder(path) }

func mounted(path string) (bool, error) { return mountedByDevice(path) }
