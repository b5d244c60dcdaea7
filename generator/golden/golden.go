// Package golden holds tests to files that a person reads. A case is an archive of txtar:
// what it shows in a sentence or two, what is given, and what was made of it. With
// -update what is made now is written in the place of what was recorded; read the
// difference before you keep it. Only tests import this package.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Archives runs a test for each archive that the pattern finds, by its name, and compares
// the archive it gives back with the recorded one.
func Archives(t *testing.T, pattern string, made func(t *testing.T, given *txtar.Archive) *txtar.Archive) {
	t.Helper()
	for _, path := range Glob(t, pattern) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			Compare(t, path, txtar.Format(made(t, Read(t, path))))
		})
	}
}

// Glob gives the paths that a pattern finds. None is a fault.
func Glob(t testing.TB, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases under %s: %v", pattern, err)
	}
	return paths
}

// Read reads an archive.
func Read(t testing.TB, path string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// Part gives a file of an archive; nil if it has none of this name.
func Part(archive *txtar.Archive, name string) []byte {
	for _, file := range archive.Files {
		if file.Name == name {
			return file.Data
		}
	}
	return nil
}

// Compare compares a file with what is made now.
func Compare(t testing.TB, path string, made []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, made, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	recorded, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(recorded), string(made)); diff != "" {
		t.Errorf("%s (-recorded +now; -update rewrites it)\n%s", path, diff)
	}
}
