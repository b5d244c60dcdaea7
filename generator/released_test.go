package generator_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"cairn/generator"
	"cairn/generator/assessment"
	"cairn/generator/diag"
)

// Answers to every version of this site's assessments that was ever released can
// still be read: what became of them is listed, and nothing is unknown.
func TestReleasedVersions(t *testing.T) {
	layouts, err := filepath.Glob("../assessment/released/*.json")
	if err != nil || len(layouts) == 0 {
		t.Fatal("no version was recorded", err)
	}
	for _, name := range layouts {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			layout, faults := assessment.ReadLayout(diag.NewFile(name, text))
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			instrument, _, faults, err := generator.OpenAssessment(generator.Options{Root: ".."}, layout.Assessment)
			if err != nil || instrument == nil {
				t.Fatal(err, faults)
			}
			for _, last := range []bool{false, true} {
				assessed, faults := instrument.Assess("answers.json", answersTo(t, layout, last))
				if assessed == nil || faults.HasErrors() {
					t.Errorf("last options %v: %v", last, faults)
				}
			}
		})
	}
}

// answersTo answers every question of a layout with its first or last option.
func answersTo(t *testing.T, layout assessment.Layout, last bool) []byte {
	t.Helper()
	answers := map[string]any{}
	for i := range layout.Questions {
		q := &layout.Questions[i]
		pick := 0
		if last {
			pick = max(0, len(q.Options)-1)
		}
		var value any
		switch q.Kind {
		case assessment.KindYesNo:
			value = last
		case assessment.KindMany:
			value = []string{q.Options[pick].ID}
		case assessment.KindNumber:
			units := q.Min
			if last {
				units = q.Max
			}
			value = float64(units*q.Units) / pow10(q.Places)
		default:
			value = q.Options[pick].ID
		}
		answers[q.ID] = map[string]any{"value": value}
	}
	text, err := json.Marshal(map[string]any{
		"format": assessment.AnswersFormat, "assessment": layout.Assessment, "version": layout.Version, "answers": answers,
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func pow10(places int) float64 {
	x := 1.0
	for range places {
		x *= 10
	}
	return x
}
