package prove

import (
	"bytes"
	"encoding/gob"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// Faults that published questionnaires have, and every other that a proof finds: NAME.toml
// is an assessment, NAME.want what its author is told. What comes before the first file
// of an archive stands before every assessment in it.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(text)
		golden := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			if !strings.HasSuffix(f.Name, ".toml") {
				continue
			}
			golden.Files = append(golden.Files, f, txtar.File{Name: strings.TrimSuffix(f.Name, ".toml") + ".want", Data: told(t, f)})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(golden), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if diff := cmp.Diff(string(text), string(txtar.Format(golden))); diff != "" {
			t.Errorf("%s (-recorded +now; rewrite with -update)\n%s", path, diff)
		}
	}
}

// told is what the author is told: the faults, then what was proved.
func told(t *testing.T, f txtar.File) []byte {
	file := diag.NewFile(f.Name, f.Data)
	a, m, list := assessment.Load(file)
	if m == nil {
		t.Fatal(list)
	}
	proof := Prove(m, Options{})
	var kept bytes.Buffer
	if err := gob.NewEncoder(&kept).Encode(proof); err != nil {
		t.Fatal(err)
	}
	again := &Proof{}
	if err := gob.NewDecoder(&kept).Decode(again); err != nil {
		t.Fatal(err)
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
