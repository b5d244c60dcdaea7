package assessment

import (
	"bytes"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/golden"
	"cairn/generator/messages"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// The shared cases: five kinds of instrument, each an assessment with answers
// (NAME.json), the whole result tree with its printed reasons (NAME.result.json) and
// what a person is shown (NAME.txt). The TypeScript evaluator is held to the same
// trees.
func TestSharedCases(t *testing.T) {
	golden.Archives(t, "testdata/cases/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		file := diag.NewFile("assessment.toml", golden.Part(archive, "assessment.toml"))
		a, m, list := Load(file)
		if m == nil || len(list) > 0 {
			t.Fatal(list)
		}
		if list := m.Expect(file); len(list) > 0 {
			t.Error(list)
		}
		words := NewWords(messages.English(), a, map[string]string{"early": "Early Birds", "example-report": "Example Report"})
		made := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			name, ok := strings.CutSuffix(f.Name, ".json")
			if f.Name == "assessment.toml" || ok && !strings.HasSuffix(name, ".result") {
				made.Files = append(made.Files, f)
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
			made.Files = append(made.Files, txtar.File{Name: name + ".result.json", Data: tree.Bytes()}, txtar.File{Name: name + ".txt", Data: text.Bytes()})
		}
		return made
	})
}

// shownOnly voids the answers to hidden questions, as a file does.
func shownOnly(m *Model, answers Answers) Answers {
	return newChanger(newState(m).set(answers)).answers
}

// Every fault of an assessment, with line, column, code and hint.
func TestFaults(t *testing.T) {
	golden.Archives(t, "testdata/faults/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		made := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			if !strings.HasSuffix(f.Name, ".toml") {
				continue
			}
			made.Files = append(made.Files, f)
			file := diag.NewFile(f.Name, f.Data)
			_, m, list := Load(file)
			if m != nil {
				list = append(list, m.Expect(file)...)
			}
			made.Files = append(made.Files, txtar.File{Name: strings.TrimSuffix(f.Name, ".toml") + ".want", Data: printed(list)})
		}
		return made
	})
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
