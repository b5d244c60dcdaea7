package expr

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// The page of expressions lists every function that there is, as it is written, with
// where it may stand.
func TestFunctionsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../content/kit/expressions.md")
	if err != nil {
		t.Fatal(err)
	}
	var all, plain []string
	for _, row := range regexp.MustCompile("(?m)^\\| `(([a-z]+)\\([^`]*\\))` \\| .* \\| (assessments|everywhere) \\|").FindAllStringSubmatch(string(page), -1) {
		written, name, where := row[1], row[2], row[3]
		all = append(all, name)
		if where == "everywhere" {
			plain = append(plain, name)
		}
		if written != usage[name] && name != "applies" { // it takes a dimension, too
			t.Errorf("the page has %s, and messages have %s", written, usage[name])
		}
	}
	if !slices.Equal(all, functionNames) {
		t.Errorf("the page lists %q, and the functions are %q", all, functionNames)
	}
	if !slices.Equal(plain, plainNames) {
		t.Errorf("the page has %q everywhere, and these are %q", plain, plainNames)
	}
}
