//go:build race

package differential

// The race detector makes everything slow, and there is little here to race.
const ordinaryPairs = 500
