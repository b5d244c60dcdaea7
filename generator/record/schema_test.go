package record

import (
	"encoding/json"
	"testing"

	"cairn/generator/golden"

	"github.com/google/jsonschema-go/jsonschema"
)

// TestSchema compares the schema of the sample with its golden file.
func TestSchema(t *testing.T) {
	got, err := Schema(sample{}, "A sample")
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/sample.schema.json", got)
}

// TestSchemaHolds asks a validator of JSON Schema about records, and Decode about the
// same ones: they must agree.
func TestSchemaHolds(t *testing.T) {
	made, err := Schema(sample{}, "A sample")
	if err != nil {
		t.Fatal(err)
	}
	var schema jsonschema.Schema
	if err := json.Unmarshal(made, &schema); err != nil {
		t.Fatal(err)
	}
	resolved, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		`{"title": "a"}`: true,
		`{"title": "a", "order": 5, "tags": ["x"], "menu": [{"title": "m", "page": "p", "item": [{"text": "12345"}]}]}`: true,
		`{"title": "a", "any": [1, {}], "words": {"a": "b"}, "row": [{"id": "r", "x": 1}], "names": ["red"]}`:           true,
		`{"title": "a", "shared": {"group": "g", "note": "n"}, "check": {"strict": true}, "ratio": 1.5}`:                true,
		`{}`:                                           false,
		`{"title": " "}`:                               false,
		`{"title": 1}`:                                 false,
		`{"titel": "a"}`:                               false,
		`{"title": "a", "order": 100}`:                 false,
		`{"title": "a", "order": 1.5}`:                 false,
		`{"title": "a", "order": -1}`:                  false,
		`{"title": "a", "id": "A b"}`:                  false,
		`{"title": "a", "mode": "x"}`:                  false,
		`{"title": "a", "names": ["x"]}`:               false,
		`{"title": "a", "words": {"a":1}}`:             false,
		`{"title": "a", "tags": ["a", "b", "c", "d"]}`: false,
		`{"title": "a", "tags": [""]}`:                 false,
		`{"title": "a", "menu": {}}`:                   false,
		`{"title": "a", "menu": [{"title": "m"}]}`:     false,
		`{"title": "a", "menu": [{"title": "m", "page": "p", "item": [{"text": "123456"}]}]}`: false,
	} {
		var instance any
		if err := json.Unmarshal([]byte(text), &instance); err != nil {
			t.Fatal(err)
		}
		if got := resolved.Validate(instance) == nil; got != want {
			t.Errorf("the schema says %v of %s", got, text)
		}
		if got := len(decodeJSON(text)) == 0; got != want {
			t.Errorf("Decode says %v of %s", got, text)
		}
	}
}

type ring struct {
	Inner []ring `key:"inner"`
}

func TestSchemaOfNothing(t *testing.T) {
	for _, wrong := range []any{nil, 5, "x", ring{}, struct {
		C chan int `key:"c"`
	}{}} {
		if _, err := Schema(wrong, ""); err == nil {
			t.Errorf("%T has a schema", wrong)
		}
	}
}
