package render

import (
	"strings"
	"testing"

	"cairn/generator/messages"
)

// Nothing in a data block can end it.
func TestDataBlock(t *testing.T) {
	block := string(faqData([]questionAndAnswer{{`</script><script>alert(1)</script>`, "<!-- & \u2028"}}))
	if strings.Count(block, "<") != 2 || !strings.HasSuffix(block, "</script>") {
		t.Errorf("got %s", block)
	}
}

func TestWords(t *testing.T) {
	for _, c := range [][2]string{
		{longDate(messages.English(), "2025-08-04"), "4 August 2025"},
		{longDate(messages.English(), "2025 or later"), "2025 or later"},
		{longDate(messages.English(), "2025-13-04"), "2025-13-04"},
		{minutes(messages.English(), 0), "1 minute"},
		{minutes(messages.English(), 700), "3 minutes"},
		{sentence("Sells tools"), "Sells tools."},
		{sentence("Sells tools!"), "Sells tools!"},
		{sentence(""), ""},
		{clip("one two three", 9), "one two …"},
		{clip("one", 9), "one"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
}
