package prove

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/messages"
)

// The site's own assessments are proved completely and with little work, and their page says so.
func TestReferenceAssessmentsAreProved(t *testing.T) {
	paths, _ := filepath.Glob("../../assessment/*.toml")
	more, _ := filepath.Glob("../../cmd/cairn/starter/assessment/*.toml")
	for _, path := range append(paths, more...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file := diag.NewFile(filepath.Base(path), text)
		a, m, list := assessment.Load(file)
		if m == nil {
			t.Fatal(list)
		}
		proof := Prove(m, Options{})
		page := proof.Page(a, messages.English())
		for _, d := range proof.Diagnostics(file, a) {
			t.Error(d)
		}
		if !page.Complete || !page.Exact {
			t.Errorf("%s is not proved completely: %+v", path, page.Lines)
		}
		t.Logf("%s: %s profiles, %+v", file.Path, page.Profiles, proof.Method)
		if most := defaultTotal / 50; proof.Method.Cost > most { // hundredths of a second
			t.Errorf("%s costs %d, and %d is the most", file.Path, proof.Method.Cost, most)
		}
	}
}

func TestPage(t *testing.T) {
	text, err := os.ReadFile("testdata/published-faults.txtar")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "-- nothing-at-the-top.toml --\n")
	rest, _, _ = strings.Cut(rest, "-- nothing-at-the-top.want --\n")
	a, m, list := assessment.Load(diag.NewFile("nothing-at-the-top.toml", []byte(rest)))
	if m == nil {
		t.Fatal(list)
	}
	proof := Prove(m, Options{})
	page := proof.Page(a, messages.English())
	got := ""
	for _, line := range page.Lines {
		got += line.State + ": " + line.Text + "\n"
	}
	want := `proved: Each of the 2 questions is asked of somebody.
proved: Every level of every dimension, 8 in all, is what some answers lead to.
proved: Each of the 6 pieces of advice is given to somebody.
proved: No advice is given to everybody: each hangs on an answer.
failed: Some answers lead to no advice.
proved: A better answer never lowers a level.
proved: Every question, option and figure changes something.
`
	if got != want || page.Complete || page.Profiles != "16" {
		t.Errorf("got %s%+v\nwant %s", got, page, want)
	}
	if g := grouped("438372000000", messages.English()); g != "438,372,000,000" {
		t.Error(g)
	}
}

// Every subject has words for what is proved and what failed, of one and of many.
func TestSubjectsHaveWords(t *testing.T) {
	words := messages.English()
	a := &assessment.Assessment{}
	for _, subject := range []Subject{
		EveryQuestionAsked, EveryLevelReached, EveryOutcomeReached, EveryVoteReached, EveryTargetReached, EveryAdviceReached, NoAdviceForAll,
		EverybodyDecided, EverybodyAdvised, NoSourceContradicts, NoSourceLeavesGap, BetterNeverLowers, EverythingIsUsed,
	} {
		for _, s := range []Statement{{subject, 1, 0, 0}, {subject, 2, 0, 0}, {subject, 2, 1, 0}, {subject, 3, 2, 0}, {subject, 1, 0, 1}} {
			proof := Proof{Statements: []Statement{s}, Method: Method{Boxed: s.All}, AtMost: s.All == 1}
			page := proof.Page(a, words)
			for _, text := range append(page.Method, page.Lines[0].Text) {
				if strings.Contains(text, "proof.") || strings.ContainsAny(text, "{}") {
					t.Errorf("%+v: %q", s, text)
				}
			}
		}
	}
}
