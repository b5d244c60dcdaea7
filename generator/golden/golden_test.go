package golden

import (
	"os"
	"path/filepath"
	"testing"
)

// failures counts what a test would report.
type failures struct {
	testing.TB
	count int
}

func (f *failures) Errorf(string, ...any) { f.count++ }

// What differs is told, and -update alone writes it.
func TestCompare(t *testing.T) {
	path := filepath.Join(t.TempDir(), "case")
	if err := os.WriteFile(path, []byte("recorded"), 0o600); err != nil {
		t.Fatal(err)
	}
	found := &failures{TB: t}
	Compare(found, path, []byte("recorded"))
	if found.count != 0 {
		t.Error("the same is told as different")
	}
	Compare(found, path, []byte("made"))
	if found.count != 1 {
		t.Error("a difference is not told")
	}
	*update = true
	defer func() { *update = false }()
	Compare(found, path, []byte("made"))
	if text, _ := os.ReadFile(path); string(text) != "made" || found.count != 1 {
		t.Errorf("-update left %q", text)
	}
}
