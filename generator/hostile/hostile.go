// Package hostile holds readers to texts that are made to be dear: each is read in about
// a second or refused by name, what is read takes time in proportion to its length, or
// nearly, and nothing becomes much larger than it was. Only tests import this package.
//
// Time is the processor's without the collector's, the least of several runs. What is
// measured too long may have been disturbed, and is measured again.
package hostile

import (
	"maps"
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A Reading is what a reader makes of a text.
type Reading struct {
	// Refused is the code of the limit that the text goes beyond; "" if it is read, with
	// faults or without.
	Refused string
	// Out is how many bytes were made of it, and Most how many may have been.
	Out, Most int
}

const (
	mostSeconds = 1.5
	// mostSlope is that of time over length on paper with two logarithmic scales, between
	// a quarter of the size and the whole: 2 where each part is held against each other.
	mostSlope = 1.3
	// leastSeconds: below that the clock and new pages of memory are all that is measured.
	leastSeconds = 0.05
	tries        = 12
)

// Repeat repeats a text n quarters of a quarter times: n at full size.
func Repeat(text string, n, quarters int) string { return strings.Repeat(text, max(1, n*quarters/4)) }

// Each repeats a form as Repeat does, with its number in the place of each %d.
func Each(form string, n, quarters int) string {
	var out strings.Builder
	for i := range n * quarters / 4 {
		out.WriteString(strings.ReplaceAll(form, "%d", strconv.Itoa(i)))
	}
	return out.String()
}

// Hold reads each text, by its name, and a quarter of it.
func Hold(t *testing.T, texts func(quarters int) map[string]string, read func(t testing.TB, text string) Reading) {
	t.Helper()
	whole, quarters := texts(4), texts(1)
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		t.Run(name, func(t *testing.T) {
			text, less := whole[name], quarters[name]
			seconds, reading := measure(t, text, read)
			for try := 1; try < tries && seconds > mostSeconds; try++ {
				again, _ := measure(t, text, read)
				seconds = min(seconds, again)
			}
			if seconds > mostSeconds {
				t.Errorf("%d bytes took %.2f s", len(text), seconds)
			}
			if reading.Out > reading.Most {
				t.Errorf("%d bytes became %d", len(text), reading.Out)
			}
			if reading.Refused != "" {
				t.Logf("%8d bytes in %.3f s: %s", len(text), seconds, reading.Refused)
				return
			}
			for try := 1; seconds > leastSeconds; try++ {
				quarter, _ := measure(t, less, read)
				slope := math.Log(seconds/quarter) / math.Log(float64(len(text))/float64(len(less)))
				t.Logf("%8d bytes in %.3f s: slope %.2f", len(text), seconds, slope)
				if slope <= mostSlope {
					return
				}
				if try == tries {
					t.Errorf("%d bytes took %.3f s, %d bytes %.3f s: the slope is %.2f", len(less), quarter, len(text), seconds, slope)
					return
				}
				again, _ := measure(t, text, read)
				seconds = min(seconds, again)
			}
		})
	}
}

// measure reads a text several times, the longer it takes the fewer.
func measure(t testing.TB, text string, read func(t testing.TB, text string) Reading) (least float64, reading Reading) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	least = math.Inf(1)
	for spent, runs := 0.0, 0; runs < 2 || runs < 5 && spent < 0.15; runs++ {
		runtime.GC()
		before := processorTime()
		reading = read(t, text)
		took := (processorTime() - before).Seconds()
		least = min(least, max(took, 1e-6))
		spent += took
	}
	return least, reading
}
