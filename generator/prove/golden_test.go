package prove

import (
	"bytes"
	"strings"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/golden"
	"cairn/generator/memory"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// Faults that published questionnaires have, and every other that a proof finds: NAME.toml
// is an assessment, NAME.want what its author is told. What comes before the first file
// of an archive stands before every assessment in it.
func TestGolden(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		made := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			if !strings.HasSuffix(f.Name, ".toml") {
				continue
			}
			made.Files = append(made.Files, f, txtar.File{Name: strings.TrimSuffix(f.Name, ".toml") + ".want", Data: told(t, f)})
		}
		return made
	})
}

// told is what the author is told: the faults, then what was proved.
func told(t *testing.T, f txtar.File) []byte {
	file := diag.NewFile(f.Name, f.Data)
	a, m, list := assessment.Load(file)
	if m == nil {
		t.Fatal(list)
	}
	proof := Prove(m, Options{})
	kept := memory.Open(disk.Real(), "", memory.Options{})
	memory.Store(kept, "proof", memory.Key{}, *proof)
	again := &Proof{}
	if !memory.Recall(kept, "proof", memory.Key{}, again) {
		t.Fatal("it cannot be remembered")
	}
	if diff := cmp.Diff(proof.Diagnostics(file, a), again.Diagnostics(file, a)); diff != "" {
		t.Errorf("%s: a proof that was remembered says something else\n%s", f.Name, diff)
	}
	var b bytes.Buffer
	for _, d := range proof.Diagnostics(file, a).Sorted() {
		b.WriteString(d.String() + "\n")
		if d.Hint != "" {
			b.WriteString("    " + d.Hint + "\n")
		}
		for _, related := range d.Related {
			b.WriteString("    " + related.Message + " (" + diag.Diagnostic{Path: related.Path, Start: related.Start}.Place() + ")\n")
		}
	}
	return b.Bytes()
}
