package site

import (
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"pgregory.net/rapid"
)

// Each byte of a text is found where it is written, in whatever way that is.
func TestEscapedPlaces(t *testing.T) {
	escapes := map[string]int{`\n`: 1, `\"`: 1, `\\`: 1, `\t`: 1, `\u00e9`: 2, `\U0001F600`: 4, "\\\n  a": 1, "\\ \r\n\n\ta": 1} // the bytes they make
	short := []string{"a", "é", " ", "[", `\n`, `\"`, `\\`, `\t`, `\u00e9`, `\U0001F600`}
	long := append(slices.Clone(short), "\n", "\\\n  a", "\\ \r\n\n\ta")
	rapid.Check(t, func(t *rapid.T) {
		open := rapid.SampledFrom([]string{`"`, `"""`, "\"\"\"\n", "\"\"\"\r\n"}).Draw(t, "open")
		pieces := rapid.SliceOf(rapid.SampledFrom(short)).Draw(t, "short")
		if len(open) > 1 { // a line end right behind the quotes would not count
			pieces = append([]string{"b"}, rapid.SliceOf(rapid.SampledFrom(long)).Draw(t, "long")...)
		}
		written := open
		var want []int
		for _, piece := range pieces {
			made, escape := escapes[piece]
			if !escape {
				made = len(piece)
			}
			for i := range made {
				switch {
				case !escape:
					want = append(want, len(written)+i)
				case strings.HasSuffix(piece, "a"):
					want = append(want, len(written)+len(piece)-1)
				default:
					want = append(want, len(written))
				}
			}
			written += piece
		}
		want = append(want, len(written))
		written += strings.TrimRight(open, "\r\n")
		var decoded struct{ Text string }
		if _, err := toml.Decode("Text = "+written, &decoded); err != nil {
			t.Fatalf("%q: %v", written, err)
		}
		if got, ok := escapedPlaces(written, decoded.Text); !ok || !slices.Equal(got, want) {
			t.Errorf("%q: got %v, %v, want %v", written, got, ok, want)
		}
	})
}

// What is no escaped form of a text has no places.
func TestEscapedPlacesOfAnother(t *testing.T) {
	for _, written := range []string{``, `"`, `'a\nb'`, `"a\nc"`, `"a\n`, `"a\q"`, `"a\u00"`, `"a\ud800b"`, `"a`} {
		if places, ok := escapedPlaces(written, "a\nb"); ok {
			t.Errorf("%q: got %v", written, places)
		}
	}
}
