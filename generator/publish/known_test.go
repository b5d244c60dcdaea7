package publish

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"cairn/generator/disk"
	"cairn/generator/output"
)

// An output whose key is known is not made again, if the live file is what it was. If
// somebody changed or removed that, or nothing is live, it is made.
func TestKnownOutputs(t *testing.T) {
	for _, files := range []bool{false, true} {
		folder := filepath.Join(t.TempDir(), "public")
		var mu sync.Mutex
		type id struct{ path, key string }
		type what struct {
			size int64
			sum  [sha256.Size]byte
		}
		known := map[id]what{}
		text, key, made := "one", "1", 0
		publish := func() Report {
			t.Helper()
			made = 0
			report, err := Site(context.Background(), disk.Real(), Options{
				Output: folder, Files: files, Workers: 1,
				Known: func(path, key string) (int64, [sha256.Size]byte, bool) {
					mu.Lock()
					defer mu.Unlock()
					found, ok := known[id{path, key}]
					return found.size, found.sum, ok
				},
				Learn: func(path, key string, size int64, sum [sha256.Size]byte) {
					mu.Lock()
					defer mu.Unlock()
					known[id{path, key}] = what{size, sum}
				},
			}, []output.Output{
				{Path: "a.html", Make: func() ([]byte, error) { made++; return []byte(text), nil }, Key: func() string { return key }},
				{Path: "empty", Make: func() ([]byte, error) { return nil, nil }},
			})
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := os.ReadFile(filepath.Join(folder, "a.html")); string(got) != text {
				t.Errorf("a.html holds %q, want %q", got, text)
			}
			return report
		}
		expect := func(when string, makes, written int, report Report) {
			t.Helper()
			if made != makes || report.Written != written {
				t.Errorf("%s: made %d times, want %d; written %d, want %d", when, made, makes, report.Written, written)
			}
		}
		expect("at first", 1, 2, publish())
		expect("again", 0, 0, publish())
		name := filepath.Join(folder, "a.html")
		if err := os.WriteFile(name, []byte("ONE"), 0o644); err != nil {
			t.Fatal(err)
		}
		expect("after the file was changed", 1, 1, publish())
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		expect("after the file was removed", 1, 1, publish())
		text, key = "two", "2"
		expect("after an edit", 1, 1, publish())
		text, key = "one", "1"
		expect("after the edit was taken back", 1, 1, publish())
		key = ""
		expect("without a key", 1, 0, publish())
	}
}
