package assessment

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/golden"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"
)

// The links of testdata/links.txtar, which the client is held to as well.
func TestLinks(t *testing.T) {
	archive := golden.Read(t, "testdata/links.txtar")
	a, m, list := Load(diag.NewFile("assessment.toml", golden.Part(archive, "assessment.toml")))
	_, was, wasList := Load(diag.NewFile("was-1.toml", golden.Part(archive, "was-1.toml")))
	if m == nil || was == nil {
		t.Fatal(list, wasList)
	}
	recorded := []Layout{was.Layout()}
	made := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".link") {
			if _, list := ReadLink(diag.NewFile(f.Name, f.Data), a, m, recorded); len(list) > 0 {
				t.Errorf("a link that was recorded does not open any more: %v", list)
			}
			continue
		}
		if strings.HasSuffix(f.Name, ".read.json") || strings.HasSuffix(f.Name, ".want") {
			continue
		}
		made.Files = append(made.Files, f)
		if name, ok := strings.CutSuffix(f.Name, ".bad"); ok {
			text := strings.TrimSpace(string(f.Data))
			switch name { // whole, but not to be read here
			case "later":
				text = forged(m.Layout(), 1, 9)
			case "other":
				draft := m.Layout()
				draft.Questions = draft.Questions[1:]
				text = draft.Link(nil)
			case "future":
				text = forged(m.Layout(), 2, 2)
			}
			read, list := ReadLink(diag.NewFile(f.Name, []byte(text)), a, m, recorded)
			if read != nil {
				t.Errorf("%s was read", f.Name)
			}
			made.Files = append(made.Files, txtar.File{Name: name + ".want", Data: printed(list)})
		}
		if name, ok := strings.CutSuffix(f.Name, ".json"); ok {
			model, from := m, a
			if name == "old" {
				model, from = was, &Assessment{}
			}
			given, list := ReadAnswers(diag.NewFile(f.Name, f.Data), from, model, nil)
			if len(list) > 0 {
				t.Fatal(list)
			}
			link := model.Link(given.Answers)
			read, list := ReadLink(diag.NewFile(f.Name, []byte("https://example.com/x.html#top~tab=two~answers="+link)), a, m, recorded)
			if len(list) > 0 {
				t.Fatal(list)
			}
			if (read.Migrated != nil) != (name == "old") {
				t.Errorf("%s: migrated %v", name, read.Migrated)
			}
			made.Files = append(made.Files, txtar.File{Name: name + ".link", Data: []byte(link + "\n")}, txtar.File{Name: name + ".read.json", Data: WriteAnswers(m, read)})
		}
	}
	golden.Compare(t, "testdata/links.txtar", txtar.Format(made))
}

// forged is a whole link that names another format or version.
func forged(l Layout, format, version byte) string {
	data, _ := linkText.DecodeString(l.Link(nil))
	data = data[:len(data)-linkTail]
	data[0], data[2] = format, version
	return linkText.EncodeToString(binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(data)))
}

// traveling are the answers as a link carries them: shown, without notes and without
// the mark of what is outside one's control.
func traveling(m *Model, answers Answers) Answers {
	left := append(Answers(nil), shownOnly(m, answers)...)
	for i := range left {
		left[i].Note, left[i].OutsideControl = "", false
	}
	return left
}

func TestLinkGivesTheSameAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, text := drawModel(t, 12)
		answers := drawAnswers(t, m)
		for i := range answers {
			answers[i].Note, answers[i].OutsideControl = "a note", rapid.Bool().Draw(t, "outside")
			if q := &m.Questions[i]; answers[i].State == Answered && len(q.lowestOptions()) > 0 && q.Options[answers[i].Option].Level == q.Lowest {
				answers[i].ByChoice = rapid.Bool().Draw(t, "by choice")
			}
		}
		link := m.Link(answers)
		read, list := ReadLink(diag.NewFile("link", []byte(link)), &Assessment{}, m, nil)
		if len(list) > 0 {
			t.Fatalf("%s\n%+v\n%v", text, answers, list)
		}
		if diff := cmp.Diff(traveling(m, answers), read.Answers); diff != "" {
			t.Fatalf("%s\n%s", text, diff)
		}
	})
}

// Every single bit of a thousand links, flipped: in the bytes, and in the letters.
func TestFlippedBitsAreRecognised(t *testing.T) {
	links, bits := 0, 0
	check := func(t *rapid.T) {
		m, _ := drawModel(t, 12)
		a := &Assessment{}
		refused := func(text, what string, bit int) {
			bits++
			if read, list := ReadLink(diag.NewFile("link", []byte(text)), a, m, nil); read != nil || len(list) != 1 {
				t.Fatalf("%s with bit %d of its %s flipped: read %+v", text, bit, what, read)
			}
		}
		for range 10 {
			link := m.Link(drawAnswers(t, m))
			links++
			data, err := linkText.DecodeString(link)
			if err != nil {
				t.Fatal(err)
			}
			for bit := range 8 * len(data) {
				data[bit/8] ^= 1 << (bit % 8)
				refused(linkText.EncodeToString(data), "bytes", bit)
				data[bit/8] ^= 1 << (bit % 8)
			}
			letters := []byte(link)
			for bit := range 8 * len(letters) {
				letters[bit/8] ^= 1 << (bit % 8)
				refused("https://example.com/a.html#~answers="+string(letters), "letters", bit)
				letters[bit/8] ^= 1 << (bit % 8)
			}
			refused(link+"a", "end", 0)
			refused(link[:len(link)-1], "end", 0)
		}
	}
	for links < 1000 {
		rapid.Check(t, check)
	}
	t.Logf("%d links, %d ways to damage them", links, bits)
}

// 200 questions of five levels that may be by choice take 176 letters.
func TestLengthOfALink(t *testing.T) {
	var b strings.Builder
	fmt.Fprintln(&b, "id = \"long\"\nversion = 1\ntitle = \"Long\"")
	for i := range 5 {
		fmt.Fprintf(&b, "[[level]]\nnumber = %d\nname = \"L\"\n", i)
	}
	fmt.Fprintln(&b, "[[dimension]]\nid = \"d\"\ntitle = \"D\"")
	for i := range 200 {
		fmt.Fprintf(&b, "[[question]]\nid = \"q%d\"\ndimension = \"d\"\nkind = \"level\"\ntext = \"?\"\noption = [{ level = 0, text = \"a\" }, { level = 1, text = \"b\" }, { level = 2, text = \"c\" }, { level = 3, text = \"d\" }, { level = 4, text = \"e\" }]\n", i)
	}
	_, m, list := Load(diag.NewFile("long.toml", []byte(b.String())))
	if m == nil {
		t.Fatal(list)
	}
	answers := m.None()
	for i := range answers {
		answers[i] = Answer{State: Answered, Option: i % 5}
	}
	if got := len(m.Link(answers)); got != 176 {
		t.Errorf("%d letters", got)
	}
}

// Whatever the text is: no panic, and what is read is written as the same text.
func FuzzLink(f *testing.F) {
	archive := golden.Read(f, "testdata/links.txtar")
	a, m, list := Load(diag.NewFile("assessment.toml", golden.Part(archive, "assessment.toml")))
	_, was, _ := Load(diag.NewFile("was-1.toml", golden.Part(archive, "was-1.toml")))
	if m == nil || was == nil {
		f.Fatal(list)
	}
	layouts := map[int]Layout{1: was.Layout(), 2: m.Layout()}
	for _, file := range archive.Files {
		if strings.HasSuffix(file.Name, ".link") || strings.HasSuffix(file.Name, ".bad") {
			f.Add(strings.TrimSpace(string(file.Data)), false)
			f.Add(strings.TrimSpace(string(file.Data)), true)
		}
	}
	f.Fuzz(func(t *testing.T, text string, mend bool) {
		if data, err := linkText.DecodeString(text); mend && err == nil && len(data) > linkTail {
			// A check sum that holds lets the fuzzer see what lies behind it.
			data = data[:len(data)-linkTail]
			text = linkText.EncodeToString(binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(data)))
		}
		read, list := ReadLink(diag.NewFile("link", []byte(text)), a, m, []Layout{layouts[1]})
		if (read == nil) != list.HasErrors() {
			t.Fatal(read, list)
		}
		if read == nil || read.Migrated != nil {
			return
		}
		payload, _ := linkPayload(strings.TrimSpace(text))
		if again := layouts[2].Link(read.Answers); again != payload {
			t.Fatalf("%s was read, and is written %s", payload, again)
		}
	})
}
