package generator

import (
	"context"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/output"
)

// A panic while a page is made is a fault of that page: diag.SiteInternal names the
// file, and all other outputs are still made.
func TestGuard(t *testing.T) {
	made := false
	outputs := guarded([]output.Output{
		{Path: "bad.html", Source: "content/bad.md", Make: func() ([]byte, error) { panic("a fault of cairn") }},
		{Path: "good.html", Source: "content/good.md", Make: func() ([]byte, error) { made = true; return []byte("fine"), nil }},
	})
	faults, _, err := new(builder).bakeAll(context.Background(), outputs)
	if err != nil || !made {
		t.Fatalf("error %v, the other output made: %v", err, made)
	}
	if len(faults) != 1 || faults[0].Code != diag.SiteInternal || faults[0].Path != "content/bad.md" ||
		!strings.Contains(faults[0].Message, "a fault of cairn") || !strings.Contains(faults[0].Message, "cairn/generator.TestGuard") {
		t.Errorf("got %v", faults)
	}
}
