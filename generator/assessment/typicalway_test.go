package assessment

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"cairn/generator/diag"
)

// The short way ends when the decision is settled, and not before: held on the
// assessments of this repository.
func TestDecisionWay(t *testing.T) {
	paths, _ := filepath.Glob("../../assessment/*.toml")
	if len(paths) == 0 {
		t.Fatal("no assessments")
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, m, list := Load(diag.NewFile(path, text))
		if m == nil {
			t.Fatal(list)
		}
		r := rand.New(rand.NewPCG(3, 4))
		for range 5 {
			profile := m.Profile(r.IntN, Alike)
			asked, answers := m.DecisionWay(profile), m.None()
			for i, question := range asked {
				if r := m.Evaluate(answers); r.Decision != nil && r.Decision.Standing == "settled" {
					t.Errorf("%s: question %d is asked, and the decision is settled", path, i)
				}
				answers[question] = profile[question]
			}
			if r := m.Evaluate(answers); r.Decision != nil && r.Decision.Standing != "settled" {
				t.Errorf("%s: the way ends after %d questions, and %v are open", path, len(asked), r.Decision.Unanswered)
			}
		}
		shortest, longest := m.TypicalWays()
		t.Logf("%s: %d to %d of %d questions", path, len(shortest), len(longest), len(m.Questions))
		if len(longest) > len(m.Questions) || len(shortest) == 0 || len(shortest) > len(longest) {
			t.Errorf("%s: from %d to %d of %d questions", path, len(shortest), len(longest), len(m.Questions))
		}
	}
}
