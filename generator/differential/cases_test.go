package differential

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/messages"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// names are those of the sources in the shared cases.
var names = map[string]string{"early": "Early Birds", "example-report": "Example Report"}

// The shared cases of generator/assessment/testdata/cases hold this engine too: their
// recorded trees, with every printed reason.
func TestSharedCases(t *testing.T) {
	e := newEngine(t, bundle(t))
	for _, one := range sharedCases(t) {
		if _, err := e.call(e.load, one.Model, one.Texts, one.Catalogue); err != nil {
			t.Fatal(err)
		}
		for i, answers := range one.Answers {
			got, err := e.call(e.answer, answers)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(indented(one.Want[i]), indented(ordered(got))); diff != "" {
				t.Errorf("%s (-recorded +TypeScript)\n%s", answers, diff)
			}
		}
	}
}

// sharedCases reads them; what is wanted is what is recorded, not what Go computes.
func sharedCases(t *testing.T) []compared {
	t.Helper()
	paths, err := filepath.Glob("../assessment/testdata/cases/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no shared cases", err)
	}
	var list []compared
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		parts := map[string][]byte{}
		for _, f := range txtar.Parse(text).Files {
			parts[f.Name] = f.Data
		}
		a, m, faults := assessment.Load(diag.NewFile(path, parts["assessment.toml"]))
		if m == nil {
			t.Fatal(faults)
		}
		one, _ := comparedOf(a, m)
		for _, name := range slices.Sorted(maps.Keys(parts)) {
			name, ok := strings.CutSuffix(name, ".result.json")
			if !ok {
				continue
			}
			answers, faults := assessment.ReadAnswers(diag.NewFile(name, parts[name+".json"]), a, m, nil)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			var recorded bytes.Buffer
			if err := json.Compact(&recorded, parts[name+".result.json"]); err != nil {
				t.Fatal(err)
			}
			one.Answers, one.Want = append(one.Answers, encode(answers.Answers)), append(one.Want, ordered(recorded.String()))
		}
		list = append(list, one)
	}
	return list
}

// The formatter of shown figures, at its edges.
func TestFigures(t *testing.T) {
	e := newEngine(t, bundle(t))
	_, m, _ := assessment.Load(diag.NewFile("a.toml", []byte(tiny)))
	words := assessment.NewWords(messages.English(), &assessment.Assessment{}, nil)
	if err := e.open(m, words); err != nil {
		t.Fatal(err)
	}
	var figure func(x float64, places int) string
	if err := e.vm.ExportTo(e.vm.Get("figure"), &figure); err != nil {
		t.Fatal(err)
	}
	for _, x := range []float64{0, 0.05, 0.5, 1.005, 2.5, 999.995, 1e-6, 5e-324, 0.1 + 0.2, 999999.5, 1234567.891, 1 << 53, 1<<53 - 1, math.Nextafter(0.5, 0), 4503599627370497.5} {
		for places := range 10 {
			for _, sign := range []float64{1, -1} {
				if got, want := figure(sign*x, places), words.Figure(sign*x, places); got != want {
					t.Errorf("%v with %d places: got %s, want %s", sign*x, places, got, want)
				}
			}
		}
	}
}

const tiny = `
id = "tiny"
version = 1
title = "Tiny"
[[question]]
id = "sure"
kind = "yes-no"
text = "Sure?"
[[outcome]]
id = "go"
title = "Go"
when = "sure"
`
