package markdown

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"cairn/generator/diag"
	"cairn/generator/golden"
)

// Each file of testdata is one case: a sentence on what it shows, input.md,
// optionally options (raw-html, crlf), then the article and the diagnostics.
func TestGolden(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) *txtar.Archive {
		files := map[string]string{}
		for _, f := range archive.Files {
			files[f.Name] = string(f.Data)
		}
		input := files["input.md"]
		var options Options
		for _, option := range strings.Fields(files["options"]) {
			switch option {
			case "raw-html":
				options.RawHTML = true
			case "templates":
				options.Templates = true
			case "crlf":
				input = strings.ReplaceAll(input, "\n", "\r\n")
			default:
				t.Fatalf("no option %q", option)
			}
		}
		file := diag.NewFile("page.md", []byte(input))
		article, faults := Parse(file, 0, options)
		checkArticle(t, file, article)
		got := []txtar.File{{Name: "input.md", Data: []byte(files["input.md"])}}
		if files["options"] != "" {
			got = append(got, txtar.File{Name: "options", Data: []byte(files["options"])})
		}
		got = append(got, txtar.File{Name: "article", Data: []byte(dump(file, article))})
		if len(faults) > 0 {
			got = append(got, txtar.File{Name: "diagnostics", Data: []byte(dumpFaults(faults))})
		}
		archive.Files = got
		return archive
	})
}

// The parser is shared; pages are parsed in parallel and must not disturb each other.
func TestParallel(t *testing.T) {
	text, err := os.ReadFile("testdata/basics.txtar")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := Parse(diag.NewFile("page.md", text), 0, Options{})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				if got, _ := Parse(diag.NewFile("page.md", text), 0, Options{}); !cmp.Equal(want, got, cmpopts.IgnoreUnexported(Article{})) {
					t.Error("a page differs")
				}
			}
		})
	}
	group.Wait()
}

// body is the article's HTML with its holes shown readably.
func body(a *Article) string {
	var out strings.Builder
	for i, part := range a.Parts {
		if i == a.Opening && i > 0 {
			out.WriteString("⟦opening ends⟧\n")
		}
		switch part.Hole {
		case Literal:
			out.WriteString(part.HTML)
		case LinkOpen:
			fmt.Fprintf(&out, "⟦link %d⟧", part.Index)
		case LinkClose:
			fmt.Fprintf(&out, "⟦/link %d⟧", part.Index)
		case ImageHole:
			fmt.Fprintf(&out, "⟦image %d⟧", part.Index)
		case CiteHole:
			fmt.Fprintf(&out, "⟦cite %d⟧", part.Index)
		case BlockHole:
			fmt.Fprintf(&out, "⟦block %d⟧\n", part.Index)
		case CodeHole:
			fmt.Fprintf(&out, "⟦code %d⟧\n", part.Index)
		case SlotHole:
			fmt.Fprintf(&out, "⟦slot %d⟧", part.Index)
		}
	}
	return out.String()
}

func dump(file *diag.File, a *Article) string {
	var out strings.Builder
	at := func(start, end int) string {
		p := file.Position(start)
		return fmt.Sprintf("%d:%d %q", p.Line, p.Column, file.Text[start:end])
	}
	out.WriteString(body(a))
	if !strings.HasSuffix(out.String(), "\n") {
		out.WriteByte('\n')
	}
	for i, h := range a.Headings {
		fmt.Fprintf(&out, "heading %d: level %d id %q text %q at %s\n", i, h.Level, h.ID, h.Text, at(h.Start, h.End))
	}
	for i, l := range a.Links {
		fmt.Fprintf(&out, "link %d: to %q text %q", i, l.Destination, l.Text)
		if l.Title != "" {
			fmt.Fprintf(&out, " title %q", l.Title)
		}
		fmt.Fprintf(&out, " at %s\n", at(l.Start, l.End))
	}
	for i, m := range a.Images {
		fmt.Fprintf(&out, "image %d: %q alt %q", i, m.Source, m.Alt)
		if m.Title != "" {
			fmt.Fprintf(&out, " title %q", m.Title)
		}
		fmt.Fprintf(&out, " at %s\n", at(m.Start, m.End))
	}
	for i, c := range a.Cites {
		fmt.Fprintf(&out, "cite %d: %q locator %q at %s\n", i, c.Source, c.Locator, at(c.Start, c.End))
	}
	for i, b := range a.Blocks {
		fmt.Fprintf(&out, "block %d: %s", i, b.Name)
		var keys []string
		for key := range b.Attributes {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			fmt.Fprintf(&out, " %s=%q", key, b.Attributes[key])
		}
		fmt.Fprintf(&out, " at %s\n", at(b.Start, b.End))
	}
	for i, c := range a.Codes {
		fmt.Fprintf(&out, "code %d: file %q when %q title %q in %q language %q at %s\n", i, c.File, c.When, c.Title, c.Section, c.Language, at(c.Start, c.End))
		for _, piece := range c.Pieces {
			if piece.Name != "" {
				fmt.Fprintf(&out, "\tplaceholder %s %s at %s\n", piece.Name, piece.Filter, at(piece.Start, piece.End))
			}
		}
	}
	fmt.Fprintf(&out, "lead: %q\ntext: %q\nwords: %d\n", a.Lead, a.Text, a.Words)
	return out.String()
}

func dumpFaults(faults diag.List) string {
	var out strings.Builder
	for _, d := range faults {
		fmt.Fprintf(&out, "%s\n", d)
		if d.Start.Line > 0 {
			runes := []rune(d.Line)
			from, to := min(d.Start.Column-1, len(runes)), min(d.End.Column-1, len(runes))
			fmt.Fprintf(&out, "\tat %q\n", string(runes[from:max(from, to)]))
		}
		if d.Hint != "" {
			fmt.Fprintf(&out, "\thint: %s\n", d.Hint)
		}
	}
	return out.String()
}

// checkArticle holds what is true of every article.
func checkArticle(t *testing.T, file *diag.File, a *Article) {
	t.Helper()
	inside := func(what string, start, end int) {
		if start < 0 || end < start || end > len(file.Text) {
			t.Errorf("%s: offsets %d to %d are not in the text of %d bytes", what, start, end, len(file.Text))
		}
	}
	for _, h := range a.Headings {
		inside("heading "+h.ID, h.Start, h.End)
	}
	for _, l := range a.Links {
		inside("link "+l.Destination, l.Start, l.End)
		if l.Destination == "" || unsafe(l.Destination, linkSchemes) {
			t.Errorf("link to %q", l.Destination)
		}
	}
	for _, m := range a.Images {
		inside("image "+m.Source, m.Start, m.End)
		if m.Source == "" || unsafe(m.Source, imageSchemes) {
			t.Errorf("image %q", m.Source)
		}
	}
	for _, c := range a.Cites {
		inside("cite "+c.Source, c.Start, c.End)
	}
	for _, b := range a.Blocks {
		inside("block "+b.Name, b.Start, b.End)
	}
	for i, c := range a.Codes {
		inside("code", c.Start, c.End)
		for _, piece := range c.Pieces {
			if piece.Name != "" {
				inside("placeholder "+piece.Name, piece.Start, piece.End)
				if got := string(file.Text[piece.Start:piece.End]); got != piece.Text {
					t.Errorf("code %d: the placeholder %q stands where the file has %q", i, piece.Text, got)
				}
			}
		}
	}
	for i, slot := range a.Slots {
		if slot.Code < 0 || slot.Code >= len(a.Codes) || a.Codes[slot.Code].Pieces[slot.Piece].Name == "" {
			t.Errorf("slot %d is no placeholder", i)
		}
	}
	seen := map[string]bool{}
	for _, h := range a.Headings {
		if seen[h.ID] {
			t.Errorf("two headings have the id %q", h.ID)
		}
		seen[h.ID] = true
	}
	open := -1
	for i, part := range a.Parts {
		limit := map[HoleKind]int{LinkOpen: len(a.Links), LinkClose: len(a.Links), ImageHole: len(a.Images), CiteHole: len(a.Cites), BlockHole: len(a.Blocks), CodeHole: len(a.Codes), SlotHole: len(a.Slots)}[part.Hole]
		switch {
		case part.Hole == Literal && part.HTML == "":
			t.Errorf("part %d is empty", i)
		case part.Hole != Literal && (part.Index < 0 || part.Index >= limit):
			t.Errorf("part %d: index %d is outside", i, part.Index)
		case part.Hole == LinkOpen && open >= 0, part.Hole == LinkClose && open != part.Index:
			t.Errorf("part %d: links do not come in pairs", i)
		}
		switch part.Hole {
		case LinkOpen:
			open = part.Index
		case LinkClose:
			open = -1
		}
	}
	if open >= 0 {
		t.Error("a link is not closed")
	}
}

func unsafe(address string, schemes []string) bool {
	message, _ := unsafeAddress(address, schemes)
	return message != ""
}
