package generator_test

import (
	"context"
	"math/rand/v2"
	"slices"
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

// The site passes its own strict check, and no step, advice or outcome leads nowhere.
func TestEverythingLeadsToAPage(t *testing.T) {
	coverage, faults, err := generator.CheckCoverage(context.Background(), generator.Options{Root: "..", NoMemory: true})
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	steps := 0
	for _, a := range coverage {
		for _, dimension := range a.Dimensions {
			for _, step := range dimension.Steps {
				steps++
				if !step.Covered() {
					t.Errorf("%s: %s from level %d: no advice, or one without a page", a.Assessment, dimension.Dimension, step.From)
				}
			}
		}
		for _, one := range slices.Concat(a.Advice, a.Outcomes) {
			if len(one.Pages) == 0 {
				t.Errorf("%s: %s leads to no page", a.Assessment, one.ID)
			}
		}
	}
	if len(coverage) != 3 || steps != 8*5 {
		t.Errorf("%d assessments and %d steps, want 3 and 40", len(coverage), steps)
	}
}
