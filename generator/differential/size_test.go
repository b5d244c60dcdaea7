package differential

import (
	"bytes"
	"compress/gzip"
	"testing"

	"cairn/generator/theme"
)

// What a page with an assessment needs up to the first result, compressed. The script
// that keeps and shares answers comes on top; the whole page is weighed in e2e.
const mostScript = 20_000

func TestSizeOfScript(t *testing.T) {
	files := clientFiles(t)
	files["entry.ts"] = theme.File{Name: "entry.ts", Path: "entry.ts", Text: []byte(entry)}
	whole := 0
	for _, entry := range []string{"main.ts", "assessment.ts", "keep.ts", "entry.ts"} { // the page's scripts; the engine alone
		made := theme.Esbuild(entry, files)
		script, faults := made.Bytes, made.Faults
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		var b bytes.Buffer
		writer, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = writer.Write(script)
		_ = writer.Close()
		t.Logf("%s: %d bytes minified, %d compressed", entry, len(script), b.Len())
		if entry == "main.ts" || entry == "assessment.ts" {
			whole += b.Len()
		}
	}
	if whole > mostScript {
		t.Errorf("the first result needs %d bytes of script, compressed, more than %d", whole, mostScript)
	}
}
