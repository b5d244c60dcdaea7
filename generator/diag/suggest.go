package diag

import (
	"fmt"
	"strings"
)

// Nearest returns the candidate that was probably meant: the one with the least
// edit distance (insert, delete, replace, swap of neighbours), if that is at most
// a third of the longer word, rounded up. Ties go to the earlier candidate.
func Nearest(word string, candidates []string) (string, bool) {
	best, bestDistance := "", -1
	lower := strings.ToLower(word)
	for _, candidate := range candidates {
		if candidate == word {
			continue
		}
		limit := (max(len(word), len(candidate)) + 2) / 3
		d := distance(lower, strings.ToLower(candidate), limit)
		if d <= limit && (bestDistance < 0 || d < bestDistance) {
			best, bestDistance = candidate, d
		}
	}
	return best, bestDistance >= 0
}

// DidYouMean returns a hint with the nearest candidate, or the fallback.
func DidYouMean(word string, candidates []string, fallback string) string {
	if near, ok := Nearest(word, candidates); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return fallback
}

// distance is the optimal string alignment distance over bytes, or limit+1 as
// soon as it is known to be larger.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before := make([]int, len(b)+1)
	last := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
