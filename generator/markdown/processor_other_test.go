//go:build !unix

package markdown

import "time"

var begin = time.Now()

func processorTime() time.Duration { return time.Since(begin) }
