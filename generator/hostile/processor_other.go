//go:build !unix

package hostile

import "time"

var begin = time.Now()

func processorTime() time.Duration { return time.Since(begin) }
