package goldenpath_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/generator/diag"
)

// A path beyond a limit is refused in one sentence, and soon.
func TestLimits(t *testing.T) {
	parameters := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "    - { name: p%d, label: P, default: a }\n", i)
		}
		return b.String()
	}
	page := func(parameters, code string) string {
		return "---\ntitle: A\npath:\n  version: 1\n  parameters:\n" + parameters + "---\n\n" + code
	}
	use := "```txt {file=\"a.txt\"}\n@{p0}\n```\n"
	for name, c := range map[string]struct {
		text string
		want diag.Code
	}{
		"parameters":   {page(parameters(31), use), diag.PathTooLarge},
		"code":         {page(parameters(1), strings.Repeat(use+"\n", 301)), diag.PathTooLarge},
		"placeholders": {page(parameters(1), "```txt {file=\"a.txt\"}\n"+strings.Repeat("@{p0} ", 5000)+"\n```\n"), diag.PathTooLarge},
		"a made file":  {page(parameters(1), "```txt {file=\"a.txt\"}\n@{p0}"+strings.Repeat("long ", 60_000)+"\n```\n"), diag.PathTooLarge},
		"none":         {page(parameters(1), use), ""},
	} {
		_, faults := parse(diag.NewFile("service.md", []byte(c.text)))
		var got diag.Code
		if len(faults) > 0 {
			got = faults[0].Code
		}
		if got != c.want || len(faults) > 1 {
			t.Errorf("%s: %q %v, want %q", name, got, len(faults), c.want)
		}
	}
}
