package messages_test

import (
	"slices"
	"testing"

	"cairn/generator/messages"
)

func TestSay(t *testing.T) {
	c := messages.Catalogue{
		"and": "and", "greet": "Hello {name}, {name}!", "open": "{name", "plain": "no names",
		"left.one": "{n} question is left", "left.many": "{n} questions are left",
	}
	for _, test := range []struct{ got, want string }{
		{c.Say("greet", "name", "Ada"), "Hello Ada, Ada!"},
		{c.Say("greet", "name", "{name}"), "Hello {name}, {name}!"}, // a value is never filled in again
		{c.Say("greet", "other", "Ada"), "Hello {name}, {name}!"},
		{c.Say("open", "name", "Ada"), "{name"},
		{c.Say("plain"), "no names"},
		{c.Say("missing.key", "name", "Ada"), "missing.key"},
		{c.Count("left", 1, "1"), "1 question is left"},
		{c.Count("left", 1200, "1,200"), "1,200 questions are left"},
		{c.List("and", nil), ""},
		{c.List("and", []string{"a"}), "a"},
		{c.List("and", []string{"a", "b", "c"}), "a, b and c"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestWithout(t *testing.T) {
	c := messages.Catalogue{"page.a": "A", "path.b": "B", "table.c": "C"}.Without("path.", "table.")
	if len(c) != 1 || c["page.a"] != "A" {
		t.Error(c)
	}
}

func TestPlaceholders(t *testing.T) {
	c := messages.Catalogue{
		"plain": "no names", "greet": "{name} and {other}, {name}", "braces": "It holds {{, which is no name",
		"left.one": "{n} question in {place} is left", "left.many": "{n} questions in {place} are left in {all}",
	}
	for _, test := range []struct {
		key       string
		must, may []string
	}{
		{"plain", nil, nil}, {"braces", nil, nil},
		{"greet", []string{"{name}", "{other}", "{name}"}, []string{"{name}", "{other}"}},
		{"left.one", []string{"{place}"}, []string{"{all}", "{n}", "{place}"}},
		{"left.many", []string{"{n}", "{place}"}, []string{"{all}", "{n}", "{place}"}},
	} {
		must, may := c.Placeholders(test.key)
		if !slices.Equal(must, test.must) || !slices.Equal(may, test.may) {
			t.Errorf("%s: must %q, may %q", test.key, must, may)
		}
	}
}

func TestParts(t *testing.T) {
	c := messages.Catalogue{"greet": "Hello {name}!", "only": "{name}", "plain": "Hello", "braces": "a {{ b"}
	for key, want := range map[string][]messages.Part{
		"greet": {{Text: "Hello "}, {Name: "name"}, {Text: "!"}}, "only": {{Name: "name"}}, "plain": {{Text: "Hello"}},
		"braces": {{Text: "a {{ b"}}, "missing": {{Text: "missing"}},
	} {
		if got := c.Parts(key); !slices.Equal(got, want) {
			t.Errorf("%s: %+v", key, got)
		}
	}
}
