// Package parallel does many small things at once.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// For calls work for 0…n-1 on all processors. Each call writes to a slot of its own, so
// the order of the results never depends on timing.
func For(n int, work func(i int)) { Stretches(n, runtime.GOMAXPROCS(0), 1, work) }

// Stretches does the same by so many workers. Each takes a stretch of neighbours at a
// time, so that what lies together is touched together.
func Stretches(n, workers, stretch int, work func(i int)) {
	workers = min(workers, (n+stretch-1)/stretch)
	if workers <= 1 {
		for i := range n {
			work(i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				end := int(next.Add(int64(stretch)))
				if end-stretch >= n {
					return
				}
				for i := end - stretch; i < min(end, n); i++ {
					work(i)
				}
			}
		})
	}
	group.Wait()
}
