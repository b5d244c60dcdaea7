package packed

import (
	"testing"

	"pgregory.net/rapid"
)

// What is read is what was written.
func TestReader(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOf(rapid.Int()).Draw(t, "numbers")
		texts := rapid.SliceOfN(rapid.String(), len(numbers), len(numbers)).Draw(t, "texts")
		var data []byte
		for i := range numbers {
			data = AppendText(AppendNumber(data, numbers[i]), texts[i])
		}
		r := Reader(data)
		for i := range numbers {
			if n, text := r.Number(), r.Text(); n != numbers[i] || text != texts[i] {
				t.Fatalf("read %d and %q, want %d and %q", n, text, numbers[i], texts[i])
			}
		}
		if r != "" {
			t.Errorf("%q is left", r)
		}
	})
}
