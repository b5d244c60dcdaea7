package markdown

import (
	"strings"
	"testing"
)

func TestExcerpt(t *testing.T) {
	file := "a\n  // region one\n\tb\n\n\t\tc\n  /* #region two */\n\td\n  /* #endregion */\n  // endregion one\ne\n"
	for _, c := range []struct {
		name       string
		attributes map[string]string
		code       string
		wrong      string
	}{
		{"all of it", map[string]string{}, strings.TrimSuffix(file, "\n"), ""},
		{"lines, without the space they share", map[string]string{"lines": "3-5"}, "b\n\n\tc", ""},
		{"lines of two places", map[string]string{"lines": "10,1"}, "e\na", ""},
		{"a region with another in it", map[string]string{"region": "one"}, "b\n\n\tc\nd", ""},
		{"the inner one", map[string]string{"region": "two"}, "d", ""},
		{"none of that name", map[string]string{"region": "three"}, "", `the file has no region "three"`},
		{"a line too many", map[string]string{"lines": "11"}, "", "lines names line 11, but the file has 10"},
		{"both", map[string]string{"lines": "1", "region": "one"}, "", "region and lines are both given"},
		{"a mark beyond", map[string]string{"region": "two", "mark": "2"}, "", "mark names line 2, but the block has 1"},
	} {
		code, wrong, hint := Excerpt(file, c.attributes)
		if code != c.code || wrong != c.wrong || (wrong == "") != (hint == "") {
			t.Errorf("%s: got %q, %q (%s), want %q, %q", c.name, code, wrong, hint, c.code, c.wrong)
		}
	}
	if code, wrong, _ := Excerpt("# region a\r\nb\r\n# region a\nc\n", map[string]string{"region": "a"}); wrong != `the region "a" never ends` {
		t.Errorf("got %q, %q", code, wrong)
	}
}

// Any text gives an excerpt of no more than it holds, or a fault with a hint; and what is
// written of it is inert.
func FuzzExcerpt(f *testing.F) {
	f.Add("# region a\n  b\n# endregion\n", "a", "", "1")
	f.Add("a\r\nb\n\tc", "", "2-3", "")
	f.Add("<!-- #region x -->\n<b>\n", "x", "1", "9")
	f.Fuzz(func(t *testing.T, text, region, lines, mark string) {
		attributes := map[string]string{"file": "a.go"}
		for name, value := range map[string]string{"region": region, "lines": lines, "mark": mark} {
			if value == "" {
				continue
			}
			rule := attributeRule{kind: lineNumbers}
			if name == "region" {
				rule.kind = idName
			}
			if message, _ := rule.check(value); message != "" {
				return
			}
			attributes[name] = value
		}
		code, wrong, hint := Excerpt(text, attributes)
		if (wrong == "") != (hint == "") {
			t.Errorf("%q with the hint %q", wrong, hint)
		}
		if lines == "" && len(code) > len(text) {
			t.Errorf("%d bytes of %d", len(code), len(text))
		}
		checkInert(t, &Article{Written: &Written{Parts: []Part{{HTML: CodeHTML(code, attributes)}}}, Seldom: &noSeldom})
	})
}
