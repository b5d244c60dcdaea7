package differential

import (
	"bytes"
	"compress/gzip"
	"testing"

	"cairn/generator/theme"
)

// A page with an assessment sends at most this much script, compressed.
const mostScript = 20_000

func TestSizeOfScript(t *testing.T) {
	files := clientFiles(t)
	files["entry.ts"] = theme.File{Name: "entry.ts", Path: "entry.ts", Text: []byte(entry)}
	for _, entry := range []string{"main.ts", "entry.ts"} { // the whole client; the engine alone
		script, faults := theme.Esbuild(entry, files)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		var b bytes.Buffer
		writer, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = writer.Write(script)
		_ = writer.Close()
		t.Logf("%s: %d bytes minified, %d compressed", entry, len(script), b.Len())
		if b.Len() > mostScript {
			t.Errorf("%s is %d bytes compressed, more than %d", entry, b.Len(), mostScript)
		}
	}
}
