package assessment

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/golden"
	"cairn/generator/messages"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// parts returns the parts of every archive under testdata whose name ends so.
func parts(suffix string) [][]byte {
	var list [][]byte
	for _, pattern := range []string{"testdata/*.txtar", "testdata/*/*.txtar"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				continue
			}
			for _, f := range txtar.Parse(text).Files {
				if strings.HasSuffix(f.Name, suffix) && !strings.HasSuffix(f.Name, ".result.json") {
					list = append(list, f.Data)
				}
			}
		}
	}
	return list
}

// Whatever the text is: no panic; a model exactly if there is no error; and a model
// can be evaluated, explained and printed.
func FuzzAssessment(f *testing.F) {
	for _, text := range parts(".toml") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := diag.NewFile("fuzz.toml", text)
		a, m, list := Load(file)
		if (m == nil) != list.HasErrors() {
			t.Fatal("a model in spite of errors, or none without", list)
		}
		if m == nil || len(m.Questions) > 30 {
			return
		}
		r := NewWords(messages.English(), a, nil).Fill(m.Explain(m.Evaluate(m.None())))
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
		m.Expect(file)
	})
}

// Whatever the answers are: no panic, and what is read can be written and read again.
func FuzzAnswers(f *testing.F) {
	text, err := os.ReadFile("testdata/answers.txtar")
	if err != nil {
		f.Fatal(err)
	}
	a, m, list := Load(diag.NewFile("assessment.toml", golden.Part(txtar.Parse(text), "assessment.toml")))
	if m == nil {
		f.Fatal(list)
	}
	for _, text := range parts(".json") {
		f.Add(bytes.ReplaceAll(text, []byte("maturity"), []byte("grown")))
	}
	f.Add([]byte(`{"format": "cairn-answers", "assessment": "grown", "version": 1, "date": "2026-01-01", "label": "a <b> \u2028\n", "answers": {"pipeline": {"value": "0", "by-choice": true, "note": "x\\u2028"}, "people": {"value": 3.5}, "there": {"value": ["dev"]}, "ready": {"value": true, "outside-control": true}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, _ := ReadAnswers(diag.NewFile("fuzz.json", text), a, m, nil)
		if read == nil {
			return
		}
		written := WriteAnswers(m, read)
		again, list := ReadAnswers(diag.NewFile("again.json", written), a, m, nil)
		if len(list) > 0 {
			t.Fatalf("%s\n%v", written, list)
		}
		read.Answers = shownOnly(m, read.Answers)
		if diff := cmp.Diff(read, again); diff != "" {
			t.Fatalf("%s\n%s", written, diff)
		}
	})
}

// The model that is sent to the browser computes what the compiled one does.
func TestModelSurvivesJSON(t *testing.T) {
	for _, path := range golden.Glob(t, "testdata/cases/*.txtar") {
		a, m, _ := Load(diag.NewFile("assessment.toml", golden.Part(golden.Read(t, path), "assessment.toml")))
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		back := new(Model)
		if err := json.Unmarshal(text, back); err != nil {
			t.Fatal(err)
		}
		words := NewWords(messages.English(), a, nil)
		var got, want bytes.Buffer
		if err := PrintJSON(&got, words.Fill(back.Whole(back.None()))); err != nil {
			t.Fatal(err)
		}
		if err := PrintJSON(&want, words.Fill(m.Whole(m.None()))); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%s\n%s", path, diff)
		}
	}
}
