package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// heapRoom is how much the heap may grow between two collections, whatever is live. Go's
// own rule lets it double: too little for a small site, whose heap is collected again
// and again while it grows, and too much for one of a hundred thousand pages.
const heapRoom = 64 << 20

// The bounds of GOGC.
const (
	leastPercent = 20
	mostPercent  = 2000
)

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
		percent := mostPercent
		if bytes := live[0].Value.Uint64(); bytes > 0 {
			percent = int(heapRoom * 100 / bytes)
		}
		debug.SetGCPercent(max(leastPercent, min(mostPercent, percent)))
		// Nothing holds this, so the next collection finds it.
		runtime.SetFinalizer(&struct{ room [16]byte }{}, func(any) { tune() })
	}
	tune()
}
