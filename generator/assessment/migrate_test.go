package assessment

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/golden"
	"cairn/generator/messages"

	"github.com/rogpeppe/go-internal/txtar"
)

// Versions and migrations: recorded layouts (layout-N.json), answers of old versions
// (NAME.answers.json) and what becomes of them (NAME.migrated.json), and what the
// check of layouts says (want).
func TestVersions(t *testing.T) {
	golden.Archives(t, "testdata/versions/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		file := diag.NewFile("assessment.toml", golden.Part(archive, "assessment.toml"))
		a, m, list := Load(file)
		if m == nil {
			t.Fatal(list)
		}
		var recorded []Layout
		made := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			if source, ok := strings.CutPrefix(f.Name, "was-"); ok { // an earlier version's assessment
				_, old, list := Load(diag.NewFile(source, f.Data))
				if old == nil {
					t.Fatal(list)
				}
				layout, list := ReadLayout(diag.NewFile("layout.json", old.Layout().Encode()))
				if len(list) > 0 || !bytes.Equal(layout.Encode(), old.Layout().Encode()) || layout.Hash() != old.Layout().Hash() {
					t.Fatal("a layout is not read as it was written", list)
				}
				recorded = append(recorded, layout)
			}
		}
		for _, f := range archive.Files {
			if f.Name == "want" || strings.HasSuffix(f.Name, ".migrated.json") {
				continue
			}
			made.Files = append(made.Files, f)
			if name, ok := strings.CutSuffix(f.Name, ".answers.json"); ok {
				answers, list := ReadAnswers(diag.NewFile(f.Name, f.Data), a, m, recorded)
				text := printed(list)
				if answers != nil && answers.Migrated != nil {
					tree, err := json.MarshalIndent(answers.Migrated, "", "  ")
					if err != nil {
						t.Fatal(err)
					}
					text = append(append(tree, '\n'), text...)
					text = append(text, WriteAnswers(m, answers)...)
					var said bytes.Buffer
					if err := NewWords(messages.English(), a, nil).PrintMigrated(&said, answers); err != nil {
						t.Fatal(err)
					}
					text = append(text, said.Bytes()...)
				}
				made.Files = append(made.Files, txtar.File{Name: name + ".migrated.json", Data: text})
			}
		}
		made.Files = append(made.Files, txtar.File{Name: "want", Data: printed(CheckLayouts(file, a, m, recorded))})
		return made
	})
}

// A file of answers is read strictly: each fault is named, with its place.
func TestAnswerFaults(t *testing.T) {
	archive := golden.Read(t, "testdata/answers.txtar")
	a, m, list := Load(diag.NewFile("assessment.toml", golden.Part(archive, "assessment.toml")))
	if m == nil {
		t.Fatal(list)
	}
	made := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".want") {
			continue
		}
		made.Files = append(made.Files, f)
		if name, ok := strings.CutSuffix(f.Name, ".json"); ok {
			_, list := ReadAnswers(diag.NewFile(f.Name, f.Data), a, m, nil)
			made.Files = append(made.Files, txtar.File{Name: name + ".want", Data: printed(list)})
		}
	}
	golden.Compare(t, "testdata/answers.txtar", txtar.Format(made))
}

func TestAnswersThatAreTooLarge(t *testing.T) {
	archive := golden.Read(t, "testdata/answers.txtar")
	a, m, _ := Load(diag.NewFile("assessment.toml", golden.Part(archive, "assessment.toml")))
	file := diag.NewFile("large.json", bytes.Repeat([]byte(" "), maxAnswersFile+1))
	if _, list := ReadAnswers(file, a, m, nil); len(list) != 1 || list[0].Code != diag.AnswerTooLarge {
		t.Error(list)
	}
}
