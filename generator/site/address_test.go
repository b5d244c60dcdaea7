package site

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAddressOf(t *testing.T) {
	for _, c := range []struct {
		file, slug, want string
		ok               bool
	}{
		{"content/index.md", "", "index.html", true},
		{"content/guides/index.md", "", "guides/index.html", true},
		{"content/guides/golden-paths.md", "", "guides/golden-paths.html", true},
		{"content/guides/Golden Paths (2).md", "", "guides/golden-paths-2.html", true},
		{"content/Über uns/team_page.md", "", "ber-uns/team-page.html", true},
		{"content/guides/x.md", "what-it-costs", "guides/what-it-costs.html", true},
		{"content/guides/x.md", "../../escape", "guides/escape.html", true},
		{"assessment/maturity.toml", "", "assessment/maturity.html", true},
		{"content/a/con.md", "", "a/con.html", false},
		{"content/a/日本.md", "", "a/.html", false},
	} {
		got, ok := addressOf(c.file, c.slug)
		if got != c.want || ok != c.ok {
			t.Errorf("addressOf(%q, %q) = %q, %v; want %q, %v", c.file, c.slug, got, ok, c.want, c.ok)
		}
	}
}

// An address is never anything but small letters, digits, single hyphens and the
// slashes between its parts, so it cannot lead out of the site.
func TestAddressesAreHarmless(t *testing.T) {
	harmless := regexp.MustCompile(`^([a-z0-9]+(-[a-z0-9]+)*/)*[a-z0-9]+(-[a-z0-9]+)*\.html$`)
	rapid.Check(t, func(t *rapid.T) {
		file := "content/" + rapid.String().Draw(t, "file") + ".md"
		address, ok := addressOf(path.Clean(file), rapid.String().Draw(t, "slug"))
		if ok && !harmless.MatchString(address) {
			t.Fatalf("%q became %q", file, address)
		}
	})
}

// Following a relative address from a page arrives at the output it was made for.
func TestRelative(t *testing.T) {
	part := rapid.StringMatching(`[a-c]{1,2}`)
	rapid.Check(t, func(t *rapid.T) {
		from := strings.Join(rapid.SliceOfN(part, 1, 5).Draw(t, "from"), "/")
		to := strings.Join(rapid.SliceOfN(part, 1, 5).Draw(t, "to"), "/")
		relative := Relative(from, to)
		if arrived := path.Join(path.Dir(from), relative); arrived != to {
			t.Fatalf("from %q to %q: %q arrives at %q", from, to, relative, arrived)
		}
		if strings.HasPrefix(relative, "/") || relative == "" {
			t.Fatalf("from %q to %q: %q is not relative and written in full", from, to, relative)
		}
	})
}
