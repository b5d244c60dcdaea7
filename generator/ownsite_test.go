package generator_test

import (
	"math/rand/v2"
	"testing"

	"cairn/generator"
)

// What this repository's own site promises its readers.

var ownSite = generator.Options{Root: ".."}

// The short way of the maturity assessment asks at most twelve questions in the median,
// however the answers hang together.
func TestShortWayIsShort(t *testing.T) {
	instrument, _, faults, err := generator.OpenAssessment(ownSite, "maturity")
	if err != nil || instrument == nil {
		t.Fatal(err, faults)
	}
	ways := instrument.ShortWay(400, func(profile int) func(int) int { return rand.New(rand.NewPCG(1, uint64(profile))).IntN })
	if len(ways) != 2 {
		t.Fatalf("%d ways of drawing, want 2", len(ways))
	}
	for _, way := range ways {
		if way.FirstStep.Median > 12 {
			t.Errorf("answers %s: a median of %d questions until decision and first step are settled, want at most 12", way.Answers, way.FirstStep.Median)
		}
	}
}
