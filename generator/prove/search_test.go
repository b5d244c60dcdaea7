package prove

import (
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/messages"
)

// What is not known when the budget is spent is undecided: a warning that names what is
// not known, never a proof.
func TestUndecidedIsNoProof(t *testing.T) {
	text := `id = "case"
version = 1
title = "Case"
[[question]]
id = "engineers"
kind = "number"
text = "How many?"
min = 0
max = 900000
step = 1
[[question]]
id = "salary"
kind = "number"
text = "How much?"
min = 0
max = 900000
step = 1
[[outcome]]
id = "square"
title = "Square"
when = "engineers * engineers == salary * salary * 3 + 2"
[[outcome]]
id = "other"
title = "Other"
`
	file := diag.NewFile("case.toml", []byte(text))
	a, m, list := assessment.Load(file)
	if m == nil {
		t.Fatal(list)
	}
	proof := Prove(m, Options{Nodes: 500})
	found := proof.Diagnostics(file, a)
	if len(found) != 1 || found[0].Code != diag.AssessUndecided || found[0].Severity != diag.Warning {
		t.Fatalf("got %v", found)
	}
	if want := `it could not be decided within the budget whether the outcome "square" is ever the decision`; found[0].Message != want {
		t.Errorf("got %q, want %q", found[0].Message, want)
	}
	if proof.Page(a, messages.English()).Complete {
		t.Error("the page calls the proof complete")
	}
}
