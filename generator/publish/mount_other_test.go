//go:build unix && !linux

package publish

// mountFirst is for the test of mounted folders, which Linux alone has.
func mountFirst(Options) error { return nil }
