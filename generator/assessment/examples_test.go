package assessment

import (
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// The examples of the page of keys build, and show every key there is.
func TestExamplesBuildAndShowEveryKey(t *testing.T) {
	var text strings.Builder
	for _, example := range Examples() {
		text.WriteString(example.TOML + "\n")
	}
	file := diag.NewFile("example.toml", []byte(text.String()))
	_, m, list := Load(file)
	if m == nil || len(list) > 0 {
		t.Fatal(list)
	}
	if list := m.Expect(file); len(list) > 0 {
		t.Error(list)
	}
	value, _ := record.Parse(file, record.TOML, 0, len(file.Text))
	shown := map[string]bool{}
	var walk func(path string, v *record.Value)
	walk = func(path string, v *record.Value) {
		for _, field := range v.Fields {
			shown[strings.TrimPrefix(path+"."+field.Key, ".")] = true
			walk(path+"."+field.Key, field.Value)
		}
		for _, item := range v.Items {
			walk(path, item)
		}
	}
	walk("", value)
	for _, key := range record.Describe(Document{}) {
		name := strings.TrimPrefix(strings.Trim(key.Table, "[]")+"."+key.Key, ".")
		if !shown[name] {
			t.Errorf("no example shows %s", name)
		}
		if key.Doc == "" {
			t.Errorf("%s has no words for authors", name)
		}
	}
}

// Each code of expressions is found in its own wrong example, and not in the right.
func TestExamplesOfExpressionCodes(t *testing.T) {
	base := `id = "base"
version = 1
title = "Base"
[[level]]
number = 0
name = "A"
[[level]]
number = 1
name = "B"
[[level]]
number = 2
name = "C"
[[level]]
number = 3
name = "D"
[[level]]
number = 4
name = "E"
[[dimension]]
id = "delivery"
title = "Delivery"
[[question]]
id = "pipeline"
dimension = "delivery"
kind = "level"
text = "How?"
option = [{ level = 0, text = "A" }, { level = 4, text = "B" }]
[[question]]
id = "engineers"
kind = "number"
text = "How many?"
min = 0
max = 2000
step = 1
[[question]]
id = "teams"
kind = "choice"
text = "How many teams?"
option = [{ id = "one", text = "A" }, { id = "several", text = "B" }, { id = "many", text = "C" }]
[[question]]
id = "signs"
kind = "many"
text = "Which signs?"
option = [{ id = "tickets", text = "A" }]
[[advice]]
id = "a"
title = "A"
`
	for _, rule := range diag.Rules() {
		if !strings.HasPrefix(string(rule.Code), "expr/") {
			continue
		}
		found := func(example string) bool {
			_, _, list := Load(diag.NewFile("x.toml", []byte(base+example+"\n")))
			for _, d := range list {
				if d.Code == rule.Code {
					return true
				}
			}
			return false
		}
		if !found(rule.Wrong) {
			t.Errorf("%s is not found in its wrong example: %s", rule.Code, rule.Wrong)
		}
		if found(rule.Right) {
			t.Errorf("%s is found in its right example: %s", rule.Code, rule.Right)
		}
	}
}

// The schema for editors is made from the same tags, and every key of answer files
// has its words.
func TestKeysAreDocumented(t *testing.T) {
	schema, err := record.Schema(Document{}, "An assessment")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{`"ask-when"`, `"not-outcome"`, `"sample-size"`, `"proportion"`} {
		if !strings.Contains(string(schema), key) {
			t.Errorf("the schema does not have %s", key)
		}
	}
	file, answer := record.Describe(AnswersDocument{}), record.Describe(AnswerDocument{})
	if len(file) < 6 || len(answer) < 5 {
		t.Errorf("got %d and %d keys", len(file), len(answer))
	}
	for _, key := range append(file, answer...) {
		if key.Doc == "" {
			t.Errorf("%s has no words", key.Key)
		}
	}
}
