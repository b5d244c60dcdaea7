package assessment

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/messages"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// The shared cases: five kinds of instrument, each an assessment with answers
// (NAME.json), the whole result tree with its printed reasons (NAME.result.json) and
// what a person is shown (NAME.txt). The TypeScript evaluator is held to the same
// trees.
func TestSharedCases(t *testing.T) {
	for _, path := range glob(t, "testdata/cases/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive := readArchive(t, path)
			file := diag.NewFile("assessment.toml", part(archive, "assessment.toml"))
			a, m, list := Load(file)
			if m == nil || len(list) > 0 {
				t.Fatal(list)
			}
			if list := m.Expect(file); len(list) > 0 {
				t.Error(list)
			}
			words := NewWords(messages.English(), a, map[string]string{"early": "Early Birds", "example-report": "Example Report"})
			golden := &txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				name, ok := strings.CutSuffix(f.Name, ".json")
				if f.Name == "assessment.toml" || ok && !strings.HasSuffix(name, ".result") {
					golden.Files = append(golden.Files, f)
				}
				if !ok || strings.HasSuffix(name, ".result") {
					continue
				}
				answers, list := ReadAnswers(diag.NewFile(f.Name, f.Data), a, m, nil)
				if len(list) > 0 {
					t.Fatal(list)
				}
				again, list := ReadAnswers(diag.NewFile("again.json", WriteAnswers(m, answers)), a, m, nil)
				if len(list) > 0 {
					t.Error(list)
				}
				if diff := cmp.Diff(shownOnly(m, answers.Answers), again.Answers); diff != "" {
					t.Errorf("%s written and read again (-want +got)\n%s", name, diff)
				}
				result := words.Fill(m.Whole(answers.Answers))
				var tree, text bytes.Buffer
				if err := PrintJSON(&tree, result); err != nil {
					t.Fatal(err)
				}
				if err := words.PrintText(&text, result); err != nil {
					t.Fatal(err)
				}
				golden.Files = append(golden.Files, txtar.File{Name: name + ".result.json", Data: tree.Bytes()}, txtar.File{Name: name + ".txt", Data: text.Bytes()})
			}
			compare(t, path, archive, golden)
		})
	}
}

// shownOnly voids the answers to hidden questions, as a file does.
func shownOnly(m *Model, answers Answers) Answers {
	return newChanger(newState(m).set(answers)).answers
}

// Every fault of an assessment, with line, column, code and hint.
func TestFaults(t *testing.T) {
	for _, path := range glob(t, "testdata/faults/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive := readArchive(t, path)
			golden := &txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				if !strings.HasSuffix(f.Name, ".toml") {
					continue
				}
				golden.Files = append(golden.Files, f)
				file := diag.NewFile(f.Name, f.Data)
				_, m, list := Load(file)
				if m != nil {
					list = append(list, m.Expect(file)...)
				}
				golden.Files = append(golden.Files, txtar.File{Name: strings.TrimSuffix(f.Name, ".toml") + ".want", Data: printed(list)})
			}
			compare(t, path, archive, golden)
		})
	}
}

func printed(list diag.List) []byte {
	var b bytes.Buffer
	for _, d := range list.Sorted() {
		b.WriteString(d.String() + "\n")
		if d.Hint != "" {
			b.WriteString("    " + d.Hint + "\n")
		}
		for _, related := range d.Related {
			b.WriteString("    " + related.Message + ": line " + itoa(related.Start.Line) + "\n")
		}
	}
	return b.Bytes()
}

func itoa(n int) string { return levelName(n) }

func glob(t *testing.T, pattern string) []string {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases under %s: %v", pattern, err)
	}
	return paths
}

func readArchive(t testing.TB, path string) *txtar.Archive {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return txtar.Parse(text)
}

func part(archive *txtar.Archive, name string) []byte {
	for _, f := range archive.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func compare(t *testing.T, path string, got, want *txtar.Archive) {
	if *update {
		if err := os.WriteFile(path, txtar.Format(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(txtar.Format(got)), string(txtar.Format(want))); diff != "" {
		t.Errorf("%s (-recorded +now; rewrite with -update)\n%s", path, diff)
	}
}
