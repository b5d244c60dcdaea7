package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// heapRoom is how much the heap may grow between two collections at the least, whatever is
// live. Go's own rule lets it double: too little for a small site, whose heap is collected
// again and again while it grows. It doubles here, too, as long as that stays within
// heapFits: a site of a hundred thousand pages takes no more than 600 MB.
const (
	heapRoom = 64 << 20
	heapFits = 480 << 20
)

// The bounds of GOGC.
const (
	leastPercent = 15
	mostPercent  = 2000
)

// percentFor is the GOGC for so many bytes that are live.
func percentFor(live uint64) int {
	if live == 0 {
		return mostPercent
	}
	room := uint64(heapRoom)
	if live < heapFits {
		room = max(room, min(live, heapFits-live))
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
		debug.SetGCPercent(percentFor(live[0].Value.Uint64()))
		// Nothing holds this, so the next collection finds it.
		runtime.SetFinalizer(&struct{ room [16]byte }{}, func(any) { tune() })
	}
	tune()
}
