package render

import (
	"testing"

	"cairn/generator/memory"
)

// A view that cannot be hashed has no key, and then every page is made at each build. So
// whatever is added to a view must be plain.
func TestViewHasAKey(t *testing.T) {
	if _, err := memory.KeyOfPlain(pageView{}); err != nil {
		t.Error(err)
	}
}
