package messages_test

import (
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
