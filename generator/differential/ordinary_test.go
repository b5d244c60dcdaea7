//go:build !race

package differential

const ordinaryPairs = 20_000
