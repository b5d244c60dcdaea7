package goldenpath

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

func TestNarrow(t *testing.T) {
	for pattern, want := range map[string]bool{
		"[a-z]": true, "[a-z][a-z0-9-]{2,30}": true, "^[a-z]+[0-9]$": false, "^[a-z]{1,20}[0-9]$": true, "team-[a-z]{1,20}": true, "a|b-c": true, "(?:a|b)[0-9]?": true,
		"": false, "[a-z]*": false, "[a-z0-9]{1,20}": false, "[A-Z]": false, "(?i)a": false, "a.b": false, "[a-z]{1,64}": false, "[a-z]{1,40}[a-z]{1,40}": false,
		"-a": false, "(-)?a": false, "a_": false, "[^ ]": false, `\w`: false, "a|": false, "x?[0-9]": false,
	} {
		if got := isNarrow(pattern); got != want {
			t.Errorf("isNarrow(%q) = %v", pattern, got)
		}
	}
}

// A pattern that is called narrow lets nothing through that the narrow one does not.
func TestNarrowIsNarrow(t *testing.T) {
	part := rapid.SampledFrom([]string{"a", "[a-z]", "[a-z0-9-]", "[0-9]", "-", "(a|b)", "(?:a|1)", "x?", "[a-c]{0,3}", "y{2}", "[A-b]", ".", "(?i)k", `\b`, "^", "$", "z*", "q+", "|"})
	rapid.Check(t, func(t *rapid.T) {
		pattern := ""
		for _, one := range rapid.SliceOfN(part, 1, 6).Draw(t, "parts") {
			pattern += one
		}
		compiled, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
		if err != nil || !isNarrow(pattern) {
			return
		}
		value := rapid.StringMatching(pattern).Draw(t, "value")
		if compiled.MatchString(value) && !narrowPattern.MatchString(value) {
			t.Fatalf("the pattern %q is called narrow and lets %q through", pattern, value)
		}
	})
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		x      float64
		places int
		want   string
		ok     bool
	}{
		{0, 0, "0", true}, {2.5, 0, "3", true}, {-2.5, 0, "-3", true}, {0.5, 3, "0.5", true}, {1.0 / 3, 3, "0.333", true}, {-0.0001, 3, "0", true},
		{12, 2, "12", true}, {100, 0, "100", true}, {1e15, 6, "", false}, {4503599627370495, 0, "4503599627370495", true}, {9007199254740992, 0, "", false},
	} {
		if got, ok := decimal(c.x, c.places); got != c.want || ok != c.ok {
			t.Errorf("decimal(%v, %d) = %q, %v; want %q, %v", c.x, c.places, got, ok, c.want, c.ok)
		}
	}
}
