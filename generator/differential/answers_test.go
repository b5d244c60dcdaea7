package differential

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/theme"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// answersEntry gives Go what the page does with answers from elsewhere: links and files
// read and written, old ones migrated.
const answersEntry = `
import './earlier'
import { Reader } from './answers/answers'
import { Fault } from './answers/file'
import { writeLink } from './answers/link'
import { writeFile } from './answers/write'
import { open, readAnswer } from './engine/engine'
let engine: ReturnType<typeof open>, reader: Reader
const global = globalThis as any
const bigints = (_: string, value: unknown): unknown => typeof value === 'bigint' ? Number(value) : value
const told = (read: () => any): string => {
  try {
    const opened = read()
    if (typeof opened === 'string') return opened
    const { answers, version, migrated, date, label } = opened
    if (migrated) delete migrated.answers
    return JSON.stringify({ version, date, label, answers, migrated }, bigints)
  } catch (fault) {
    if (fault instanceof Fault) return fault.code
    throw fault
  }
}
global.load = (model: string, versions: string) => {
  engine = open(JSON.parse(model))
  reader = new Reader(engine.model, JSON.parse(versions))
}
global.readLink = (payload: string) => told(() => reader.link(payload))
global.readFile = (text: string) => told(() => reader.file(text))
global.write = (text: string) => {
  const answers = JSON.parse(text).map(readAnswer), { hidden } = engine.evaluate(answers).result
  const shown = answers.map((a: any, i: number) => hidden.includes(engine.model.questions[i]!.id) ? readAnswer({}) : a)
  return writeLink(reader.layouts[0]!, shown) + '\n' + writeFile(engine.model, shown, '2026-01-22', 'Acme “\u2028”')
}
`

// documentOfEvents is as much of a document as the script needs: the two parts of it
// speak by an event.
const documentOfEvents = `
var CustomEvent = function (type, options) { this.type = type; this.detail = options.detail }
var document = { listeners: {}, addEventListener(type, listener) { this.listeners[type] = listener }, dispatchEvent(event) { this.listeners[event.type](event) } }
`

// A reader is that script in a machine of its own, with an assessment loaded.
type reader struct {
	load                      func(model, versions string) error
	readLink, readFile, write func(text string) string
	assessment                *assessment.Assessment
	model                     *assessment.Model
	recorded                  []assessment.Layout
}

func answersProgram(t testing.TB) *goja.Program {
	t.Helper()
	files := clientFiles(t)
	files["entry.ts"] = theme.File{Name: "entry.ts", Path: "entry.ts", Text: []byte(answersEntry)}
	made := theme.Esbuild("entry.ts", theme.Sources{Files: files})
	script, faults := made.Bytes, made.Faults
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	program, err := goja.Compile("answers.js", string(script), true)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

func newReader(t testing.TB, program *goja.Program) *reader {
	t.Helper()
	vm, r := goja.New(), &reader{}
	if _, err := vm.RunString(documentOfEvents); err != nil {
		t.Fatal(err)
	}
	if _, err := vm.RunProgram(program); err != nil {
		t.Fatal(err)
	}
	for name, into := range map[string]any{"load": &r.load, "readLink": &r.readLink, "readFile": &r.readFile, "write": &r.write} {
		if err := vm.ExportTo(vm.Get(name), into); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func (r *reader) open(t testing.TB, a *assessment.Assessment, m *assessment.Model, recorded []assessment.Layout) {
	t.Helper()
	r.assessment, r.model, r.recorded = a, m, recorded
	if err := r.load(encode(m), encode(assessment.VersionsOf(a, m, recorded))); err != nil {
		t.Fatal(err)
	}
}

// told is what was read, as the script tells it.
func told(t testing.TB, read *assessment.AnswersFile) string {
	t.Helper()
	text := encode(struct {
		Version  int                  `json:"version"`
		Date     string               `json:"date,omitempty"`
		Label    string               `json:"label,omitempty"`
		Answers  []wholeAnswer        `json:"answers"`
		Migrated *assessment.Migrated `json:"migrated,omitempty"`
	}{read.Version, read.Date, read.Label, wholeAnswers(read.Answers), read.Migrated})
	return strings.NewReplacer(`\u2028`, "\u2028", `\u2029`, "\u2029").Replace(text) // as browsers write it
}

// A wholeAnswer leaves nothing out.
type wholeAnswer struct {
	State          assessment.State `json:"state"`
	Option         int              `json:"option"`
	Options        uint64           `json:"options"`
	Number         int64            `json:"number"`
	ByChoice       bool             `json:"by-choice"`
	OutsideControl bool             `json:"outside-control"`
	Note           string           `json:"note"`
}

func wholeAnswers(answers assessment.Answers) []wholeAnswer {
	list := []wholeAnswer{}
	for _, a := range answers {
		list = append(list, wholeAnswer(a))
	}
	return list
}

// sameLink reads a payload on both sides.
func (r *reader) sameLink(t testing.TB, payload string) error {
	t.Helper()
	read, list := assessment.ReadLink(diag.NewFile("link", []byte("#~answers="+payload)), r.assessment, r.model, r.recorded)
	got, want := r.readLink(payload), ""
	if read != nil {
		want = told(t, read)
	} else {
		want = map[diag.Code]string{diag.AnswerLink: "damaged", diag.AnswerVersion: "version", diag.AnswerLinkOther: "other"}[list[0].Code]
	}
	if got != want {
		return fmt.Errorf("link %s\nGo         %s\nTypeScript %s", payload, want, got)
	}
	return nil
}

// sameFile reads a file on both sides: the same answers, or refused for a fault that the
// other names too.
func (r *reader) sameFile(t testing.TB, text string) error {
	t.Helper()
	text = strings.ToValidUTF8(text, "?") // the page refuses other bytes before it reads them
	read, list := assessment.ReadAnswers(diag.NewFile("answers.json", []byte(text)), r.assessment, r.model, r.recorded)
	got := r.readFile(text)
	if read != nil && !list.HasErrors() {
		if want := told(t, read); got != want {
			return fmt.Errorf("file %s\nGo         %s\nTypeScript %s", text, want, got)
		}
		return nil
	}
	if len(list) > 0 && slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
		// An option's id written as a number is of the wrong kind, whether there is such an option or not.
		return string(d.Code) == "answer/"+got || got == "wrong-kind" && d.Code == diag.AnswerUnknownID || got == "file" && strings.HasPrefix(string(d.Code), "record/")
	}) {
		return nil
	}
	return fmt.Errorf("file %s\nGo         %v\nTypeScript %s", text, list, got)
}

// The shared links, faults and versions of generator/assessment/testdata.
func TestSharedAnswers(t *testing.T) {
	r := newReader(t, answersProgram(t))
	for _, name := range []string{"links", "answers", "versions/grown"} {
		text, err := os.ReadFile("../assessment/testdata/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(text)
		var a *assessment.Assessment
		var m *assessment.Model
		var recorded []assessment.Layout
		for _, f := range archive.Files {
			if f.Name == "assessment.toml" {
				a, m, _ = assessment.Load(diag.NewFile(f.Name, f.Data))
			} else if strings.HasPrefix(f.Name, "was-") {
				_, old, _ := assessment.Load(diag.NewFile(f.Name, f.Data))
				recorded = append(recorded, old.Layout())
			}
		}
		if m == nil {
			t.Fatal("no assessment in", name)
		}
		r.open(t, a, m, recorded)
		compared := 0
		for _, f := range archive.Files {
			err := error(nil)
			switch {
			case strings.HasSuffix(f.Name, ".link"), strings.HasSuffix(f.Name, ".bad"):
				err = r.sameLink(t, strings.TrimSpace(string(f.Data)))
			case strings.HasSuffix(f.Name, ".migrated.json"):
				continue
			case strings.HasSuffix(f.Name, ".json"):
				err = r.sameFile(t, string(f.Data))
			default:
				continue
			}
			if compared++; err != nil {
				t.Errorf("%s: %s: %v", name, f.Name, err)
			}
		}
		if compared == 0 {
			t.Errorf("nothing was compared in %s", name)
		}
	}
}

// Random assessments of two or three versions with random migrations between them;
// random answers; links and files of them written, read, damaged and made hostile: both
// sides give the same bytes, the same answers, the same verdicts.
func TestAnswersDifferential(t *testing.T) {
	program := answersProgram(t)
	most := *pairs / 4
	if testing.Short() {
		most = 500
	}
	var next, compared, accepted, migrated, failed atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		reader := newReader(t, program)
		workers.Go(func() {
			for compared.Load() < int64(most) && failed.Load() < 3 {
				number := uint64(next.Add(1))
				r := rand.New(rand.NewPCG(*seed, number))
				text := draw(r)
				a, m, _ := assessment.Load(diag.NewFile("random.toml", []byte(text)))
				if m == nil {
					continue
				}
				recorded := earlier(m, r)
				a.Migrations = migrations(m, recorded, r)
				reader.open(t, a, m, recorded)
				check := func(err error) {
					if compared.Add(1); err != nil {
						failed.Add(1)
						t.Errorf("assessment %d of seed %d\n%s\n%s\n%s\n%v", number, *seed, text, encode(recorded), encode(a.Migrations), err)
					}
				}
				for range answersEach {
					answers := answersTo(m, r)
					for i := range answers {
						if r.IntN(3) == 0 {
							answers[i].Note = hostile[r.IntN(len(hostile))]
						}
					}
					link := m.Link(answers)
					file := assessment.WriteAnswers(m, &assessment.AnswersFile{Date: "2026-01-22", Label: "Acme “\u2028”", Answers: answers})
					var err error
					if diff := cmp.Diff(link+"\n"+string(file), reader.write(encode(answers))); diff != "" {
						err = errors.New("(-Go +TypeScript)\n" + diff)
					}
					check(err)
					check(reader.sameLink(t, link))
					check(reader.sameLink(t, damaged(link, r)))
					check(reader.sameFile(t, string(file)))
					check(reader.sameFile(t, spoiled(string(file), m, r)))
					if _, list := assessment.ReadAnswers(diag.NewFile("a.json", file), a, m, recorded); len(list) == 0 {
						accepted.Add(1)
					}
					for v := range recorded {
						old := answersToLayout(&recorded[v], r)
						migrated.Add(1)
						check(reader.sameLink(t, recorded[v].Link(old)))
						check(reader.sameFile(t, oldFile(&recorded[v], old)))
					}
				}
			}
		})
	}
	workers.Wait()
	t.Logf("%d comparisons; %d files accepted as written, %d sets of old answers migrated", compared.Load(), accepted.Load(), migrated.Load())
	if accepted.Load() == 0 || migrated.Load() == 0 {
		t.Error("nothing was accepted or migrated: the test tests nothing")
	}
}

// Every bit of the letters of a hundred links, flipped, and each letter left out: the page
// recognises it. The command does so with a thousand: generator/assessment/link_test.go.
func TestFlippedBitsInTheBrowser(t *testing.T) {
	reader := newReader(t, answersProgram(t))
	links, damages := 0, 0
	for number := uint64(1); links < 100; number++ {
		r := rand.New(rand.NewPCG(11, number))
		a, m, _ := assessment.Load(diag.NewFile("random.toml", []byte(draw(r))))
		if m == nil {
			continue
		}
		reader.open(t, a, m, nil)
		for range 5 {
			link := m.Link(answersTo(m, r))
			links++
			refused := func(text string) {
				damages++
				if got := reader.readLink(text); got != "damaged" {
					t.Fatalf("%s, damaged to %s, is read as %s", link, text, got)
				}
			}
			for bit := range 7 * len(link) {
				letters := []byte(link)
				letters[bit/7] ^= 1 << (bit % 7)
				refused(string(letters))
			}
			for at := range link {
				refused(link[:at] + link[at+1:])
			}
		}
	}
	t.Logf("%d links, %d ways to damage them", links, damages)
}

var hostile = []string{
	"", "plain", "<img src=x onerror=alarm()>", "</script><script>alarm()</script>", "\u2028\u2029", "\ufffd", "𝄞 \x7f \b\f\n\r\t\"\\/", "{\"a\": 1, \"a\": 2}", "__proto__", "\ufeff", "~answers=", "a\x00b",
}

func damaged(link string, r *rand.Rand) string {
	letters := []byte(link)
	switch r.IntN(5) {
	case 0:
		letters[r.IntN(len(letters))] = "abcdefghijklmnopqrstuvwxyz234567"[r.IntN(32)]
	case 1:
		letters[r.IntN(len(letters))] ^= 1 << r.IntN(7)
	case 2:
		letters = letters[:r.IntN(len(letters))]
	case 3:
		letters = append(letters, letters[r.IntN(len(letters)):]...)
	case 4:
		i, j := r.IntN(len(letters)), r.IntN(len(letters))
		letters[i], letters[j] = letters[j], letters[i]
	}
	return string(letters)
}

// spoiled changes a file where a person, a program or an attacker could.
func spoiled(file string, m *assessment.Model, r *rand.Rand) string {
	id := m.Questions[r.IntN(len(m.Questions))].ID
	value := []string{
		`true`, `false`, `null`, `0`, `1`, `-0`, `1.0`, `2.5`, `1e3`, `1e300`, `-1e-400`, `"x0"`, `"yes"`, `"dont-know"`, `[]`, `["x0"]`, `["x0","x0"]`, `["x1","none"]`, `[[]]`, `[null]`, `{}`, `{"a": 1, "a": 1}`, `"\ud800"`, `12345678901234567890`,
	}[r.IntN(24)]
	answer := []string{
		`{"value": ` + value + `}`, `{"value": ` + value + `, "by-choice": true}`, `{"value": ` + value + `, "note": ` + value + `}`, `{"state": ` + value + `}`, `{"state": "dont-know"}`, `{"state": "not-applicable", "value": null}`, `{"state": null, "value": ` + value + `}`,
		`{"state": "dont-know", "by-choice": true}`, `{"state": "dont-know", "outside-control": null}`, `{"__proto__": {"value": 1}}`, `{"constructor": 1, "value": ` + value + `}`, `{}`, value,
		`{"value": ` + value + `, "value": ` + value + `}`, `{"value": ` + value + `, "note": "` + strings.Repeat("ä", 1999+r.IntN(3)) + `"}`, `{"note": ` + value + `}`, `{"note": "alone", "outside-control": ` + value + `}`, `{"value": ` + value + `, "note": "\udc00\ud834\udd1e\ud834"}`,
	}[r.IntN(18)]
	head := func(line string) string {
		return "{\n  \"format\": \"cairn-answers\",\n  \"assessment\": \"random\",\n  " + line + ",\n  \"answers\": {\"" + id + "\": " + answer + "}\n}\n"
	}
	switch r.IntN(16) {
	case 0:
		return file[:r.IntN(len(file))]
	case 1:
		i := r.IntN(len(file))
		return file[:i] + []string{" ", ",", "}", "{", "\"", "\x00", "\\", "0", "[", "ü"}[r.IntN(10)] + file[i:]
	case 2:
		return "\ufeff" + file
	case 3:
		return strings.Replace(file, fmt.Sprintf(`"version": %d`, m.Version), `"version": `+value, 1)
	case 4:
		return strings.Replace(file, `"2026-01-22"`, []string{`"2026-02-30"`, `"2024-02-29"`, `"2026-1-2"`, `"2026-01-22T10:00:00Z"`, `"2026-01-22 10:0"`, `"soon"`, `null`, `20260122`, `""`, `"0000-01-01"`, `"2026-13-01"`}[r.IntN(11)], 1)
	case 5:
		return strings.Replace(file, `"label"`, []string{`"__proto__"`, `"format"`, `"l\u0061bel"`, `"constructor"`, `"toString"`}[r.IntN(5)], 1)
	case 6:
		return strings.Replace(file, `"random"`, []string{`"other"`, `" "`, `null`, `["random"]`}[r.IntN(4)], 1)
	case 7:
		return strings.Replace(file, "“", strings.Repeat("“", 190+r.IntN(20)), 1)
	case 8:
		return strings.Replace(file, `"answers": {`, `"answers": `+value+`, "x": {`, 1)
	case 9:
		return value
	case 10:
		return strings.Repeat("[", 1+r.IntN(2000))
	case 11:
		return head(`"version": ` + value)
	}
	return head(fmt.Sprintf(`"version": %d`, m.Version))
}

// earlier draws the layouts of one or two versions before; the model becomes the next.
func earlier(m *assessment.Model, r *rand.Rand) []assessment.Layout {
	count := 1 + r.IntN(2)
	m.Version = count + 1
	var list []assessment.Layout
	for version := 1; version <= count; version++ {
		l := m.Layout()
		l.Version, l.Questions = version, slices.Clone(l.Questions)
		for i := range l.Questions {
			q := &l.Questions[i]
			switch r.IntN(8) {
			case 0:
				q.ID = fmt.Sprintf("old%d", i)
			case 1:
				if q.Kind == assessment.KindNumber {
					q.Max, q.Min = q.Max+r.Int64N(50), q.Min-r.Int64N(3)
				} else if q.Kind != assessment.KindYesNo {
					q.Options = slices.Clone(q.Options)
					o := r.IntN(len(q.Options))
					q.Options[o].ID += "-old"
					q.Options[o].Level = r.IntN(5)
				}
			case 2:
				q.DontKnow, q.NotApplicable = true, true
			case 3:
				if other := &m.Layout().Questions[r.IntN(len(l.Questions))]; other.Kind != assessment.KindYesNo {
					id := q.ID
					*q = *other
					q.ID = id
				}
			}
		}
		r.Shuffle(len(l.Questions), func(i, j int) { l.Questions[i], l.Questions[j] = l.Questions[j], l.Questions[i] })
		list = append(list, l)
	}
	return list
}

// migrations draws what became of questions, sense or none.
func migrations(m *assessment.Model, recorded []assessment.Layout, r *rand.Rand) []assessment.Migration {
	var list []assessment.Migration
	for _, l := range recorded {
		ids := []string{"gone"}
		for _, q := range l.Questions {
			ids = append(ids, q.ID)
		}
		for _, q := range m.Questions {
			ids = append(ids, q.ID)
		}
		id := func() string { return ids[r.IntN(len(ids))] }
		mappings := func() (list []assessment.Mapping) {
			words := []string{"x0", "x1", "x2", "x0-old", "x1-old", "x2-old", "yes", "no", ""}
			for _, old := range words[:8] {
				if r.IntN(2) == 0 {
					list = append(list, assessment.Mapping{Old: old, New: words[r.IntN(9)]})
				}
			}
			return list
		}
		for range r.IntN(6) {
			one := assessment.Migration{From: l.Version, Question: id()}
			switch r.IntN(6) {
			case 0:
				one.Op, one.Into = assessment.OpRename, id()
			case 1:
				one.Op, one.Options = assessment.OpOptions, mappings()
			case 2:
				one.Op = assessment.OpRetire
			case 3:
				one.Op, one.Parts = assessment.OpSplit, []assessment.Part{{Question: id(), Options: mappings()}, {Question: id(), Options: mappings()}}
			case 4:
				one.Op, one.Merge, one.Into, one.Highest = assessment.OpMerge, []string{id(), id()}, id(), r.IntN(2) == 0
			case 5:
				one.Op, one.Scale = assessment.OpScale, []string{"reset", "clamp", "proportion"}[r.IntN(3)]
			}
			list = append(list, one)
		}
	}
	return list
}

// answersToLayout draws answers to a layout's questions, as the reader of a link sees them.
func answersToLayout(l *assessment.Layout, r *rand.Rand) assessment.Answers {
	var questions []assessment.ModelQuestion
	for _, e := range assessment.VersionsOf(&assessment.Assessment{}, &assessment.Model{ID: l.Assessment, Version: l.Version + 1}, []assessment.Layout{*l}).Earlier {
		questions = e.Questions
	}
	for i := range questions {
		questions[i].Cells = []int64{questions[i].Min}
	}
	m := &assessment.Model{Questions: questions}
	return answersTo(m, r)
}

// oldFile writes answers to a layout as a file.
func oldFile(l *assessment.Layout, answers assessment.Answers) string {
	given := map[string]any{}
	for i, a := range answers {
		q := &l.Questions[i]
		switch {
		case a.State == assessment.Unanswered && i%2 == 0:
			given[q.ID] = map[string]any{"note": "without an answer"}
			continue
		case a.State == assessment.Unanswered, a.Option >= max(1, len(q.Options)), a.Number > q.Max:
			continue
		case a.State != assessment.Answered:
			given[q.ID] = map[string]any{"state": a.State}
			continue
		case q.Kind == assessment.KindNumber:
			m := assessment.ModelQuestion{Units: q.Units, Places: q.Places}
			given[q.ID] = map[string]any{"value": m.Value(a.Number), "note": "kept"}
		case q.Kind == assessment.KindMany:
			ids := []string{}
			for o, option := range q.Options {
				if a.Options>>o&1 == 1 {
					ids = append(ids, option.ID)
				}
			}
			given[q.ID] = map[string]any{"value": ids}
		case q.Kind == assessment.KindYesNo:
			given[q.ID] = map[string]any{"value": q.Options[a.Option].ID == "yes"}
		default:
			given[q.ID] = map[string]any{"value": q.Options[a.Option].ID}
		}
	}
	text, err := json.Marshal(map[string]any{"format": "cairn-answers", "assessment": l.Assessment, "version": l.Version, "answers": given})
	if err != nil {
		panic(err) // plain data
	}
	return string(text)
}
