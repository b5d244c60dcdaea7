package differential

import (
	"bytes"
	"compress/gzip"
	"testing"

	"cairn/generator/messages"
	"cairn/generator/theme"
)

// The most bytes of script, compressed, that a page with an assessment loads by itself: all
// until the result is drawn and kept. What a real browser is sent is counted in e2e.
const mostScript = 20_000

func TestSizeOfScript(t *testing.T) {
	files := map[string]theme.File{}
	for name, file := range clientFiles(t) {
		file.Name = "client/" + name
		files[file.Name] = file
	}
	words := theme.Words(messages.English())
	files[words.Name] = words
	whole := 0
	for _, name := range []string{"main", "assessment", "exchange", "earlier"} { // the last two when they are asked for
		made := theme.Esbuild("client/"+name+".ts", theme.Sources{Files: files})
		script, faults := made.Bytes, made.Faults
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		var b bytes.Buffer
		writer := gzip.NewWriter(&b) // at the level that most hosts have
		_, _ = writer.Write(script)
		_ = writer.Close()
		t.Logf("%s: %d bytes minified, %d compressed", name, len(script), b.Len())
		if name == "main" || name == "assessment" {
			whole += b.Len()
		}
	}
	t.Logf("%d bytes until the result", whole)
	if whole > mostScript {
		t.Errorf("the result needs %d bytes of script, compressed, more than %d", whole, mostScript)
	}
}
