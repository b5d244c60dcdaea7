package assessment

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"cairn/generator/expr"
	"cairn/generator/messages"
)

// Every key that this package says is in the catalogue.
func TestEveryWordIsInTheCatalogue(t *testing.T) {
	catalogue := messages.English()
	said := regexp.MustCompile(`say\("([a-z.=<>!-]+)"[,)]`)
	paths, _ := filepath.Glob("*.go")
	count := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range said.FindAllSubmatch(text, -1) {
			count++
			if _, ok := catalogue[string(match[1])]; !ok {
				t.Errorf("%s says %q, which the catalogue does not have", path, match[1])
			}
		}
	}
	for _, key := range []string{
		"truth.true", "truth.false", "truth.none", "truth.open", "stance.agrees", "stance.otherwise", "stance.both", "stance.silent", "stance.open",
		"position.below", "position.within", "position.above", "position.open", "position.none", "sign.<", "sign.<=", "sign.>", "sign.>=", "sign.==", "sign.!=",
		"what.is", "what.is-not", "what.has", "what.true", "what.false", "what.same==", "what.same!=", "op.level", "op.mean", "answer.unanswered", "answer.dont-know", "answer.not-applicable",
		"op.add", "op.subtract", "op.multiply", "op.divide", "op.negate", "op.min", "op.max", "op.abs", "op.floor", "op.ceil", "op.round", "near.line.one", "near.line.many",
		"why.retired", "why.reset", "why.option", "why.gone", "why.kind", "why.range", "why.part",
		"effort.hours", "effort.days", "effort.weeks", "effort.months", "effort.quarters",
	} {
		if _, ok := catalogue[key]; !ok {
			t.Errorf("the catalogue does not have %q", key)
		}
	}
	if count < 40 {
		t.Errorf("only %d keys were found: has the way they are written changed?", count)
	}
}

func TestShownFigures(t *testing.T) {
	w := NewWords(messages.English(), &Assessment{}, nil)
	for _, c := range []struct {
		x      float64
		places int
		want   string
	}{
		{0, 0, "0"}, {2.5, 0, "3"}, {-2.5, 0, "−3"}, {-0.4, 0, "0"}, {1234567.891, 2, "1,234,567.89"}, {999.995, 2, "1,000.00"}, {0.05, 1, "0.1"},
		{1.005, 2, "1.00"}, {100, 1, "100.0"}, {9007199254740992, 2, "9,007,199,254,740,992"}, {0.000001, 6, "0.000001"},
	} {
		if got := w.Figure(c.x, c.places); got != c.want {
			t.Errorf("%v with %d places: got %s, want %s", c.x, c.places, got, c.want)
		}
	}
	// Means are cut, not rounded.
	for _, c := range []struct {
		n, d int64
		want string
	}{{14, 5, "2.8"}, {299, 100, "2.9"}, {2, 3, "0.6"}, {0, 4, "0.0"}, {4, 1, "4.0"}} {
		if got := w.Mean(expr.Ratio{Numerator: c.n, Denominator: c.d}); got != c.want {
			t.Errorf("%d/%d: got %s, want %s", c.n, c.d, got, c.want)
		}
	}
	if got := w.exact(expr.Ratio{Numerator: 28, Denominator: 10}); got != "2.8 (14/5)" {
		t.Errorf("got %s", got)
	}
}

// An option that stands alone is never chosen among others.
func TestConditionOnAnOptionThatStandsAlone(t *testing.T) {
	w := NewWords(messages.English(), &Assessment{Questions: []Question{{Text: "Which?", Options: []Option{{Text: "This"}, {Text: "None", Exclusive: true}}}}}, nil)
	for option, want := range []string{"Which? “This”, among others or alone", "Which? “None”"} {
		if got := w.condition(&expr.Node{Op: expr.OpHas, Kind: expr.Question, Options: []int{option}}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
