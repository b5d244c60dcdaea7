//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// most is the largest resident size of a finished process, in bytes.
func most(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss * 1024
}
