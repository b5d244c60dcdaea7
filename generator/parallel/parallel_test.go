package parallel

import (
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

// Each is done once, whatever the numbers are.
func TestStretches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 300).Draw(t, "n")
		done := make([]atomic.Int32, n)
		Stretches(n, rapid.IntRange(0, 9).Draw(t, "workers"), rapid.IntRange(1, 70).Draw(t, "stretch"), func(i int) { done[i].Add(1) })
		for i := range done {
			if times := done[i].Load(); times != 1 {
				t.Fatalf("%d was done %d times", i, times)
			}
		}
	})
}
