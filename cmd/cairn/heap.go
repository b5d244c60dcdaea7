package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// heapRoom is how much the heap may grow between two collections at the least. Go's own
// rule lets it double: too little for a small site, whose heap is collected again and again
// while it grows. It doubles here, too, as long as that stays within heapFits, and then has
// narrowRoom: a site of a hundred thousand pages takes no more than 600 MB, of which the
// runtime and what lies between objects take 100.
const (
	heapRoom   = 96 << 20
	narrowRoom = 64 << 20
	heapFits   = 400 << 20
	// softLimit is Go's limit of all memory, set as GOMEMLIMIT would; more if more is live.
	softLimit = 480 << 20
)

// The bounds of GOGC. Before anything is live, the heap may grow to 4 MB times the most.
const (
	leastPercent = 15
	mostPercent  = 3200
)

// percentFor is the GOGC for so many bytes that are live.
func percentFor(live uint64) int {
	if live == 0 {
		return mostPercent
	}
	room := max(heapRoom, live)
	if live+room > heapFits {
		room = narrowRoom
		if live+room < heapFits {
			room = heapFits - live
		}
	}
	return max(leastPercent, min(mostPercent, int(room*100/live)))
}

// tuneHeap sets GOGC anew after each collection, so that there is always the same room.
// Whoever has set GOGC or GOMEMLIMIT knows better.
func tuneHeap() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var tune func()
	tune = func() {
		metrics.Read(live)
		bytes := live[0].Value.Uint64()
		debug.SetGCPercent(percentFor(bytes))
		debug.SetMemoryLimit(int64(max(softLimit, bytes+bytes/4+heapRoom)))
		// Nothing holds this, so the next collection finds it.
		runtime.SetFinalizer(&struct{ room [16]byte }{}, func(any) { tune() })
	}
	tune()
}
