package assessment

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn/generator/diag"
	"cairn/generator/expr"
	"cairn/generator/record"
)

// Limits of a file of answers.
const (
	maxAnswersFile = 5 << 20
	maxNote        = 2000
	maxLabel       = 200
)

// AnswersFormat is the format that a file of answers names.
const AnswersFormat = "cairn-answers"

// An AnswersFile is the answers of a reader as they are kept in a file.
type AnswersFile struct {
	// Version is the one that the file was written for.
	Version int
	// Date is ISO, Label free text; both may be empty.
	Date, Label string
	Answers     Answers
	// Migrated says what became of answers to an earlier version; else nil.
	Migrated *Migrated
}

// An AnswersDocument is a file of answers as written.
type AnswersDocument struct {
	record.At
	Format     record.String  `key:"format" need:"true" one-of:"cairn-answers" doc:"Always cairn-answers."`
	Assessment record.String  `key:"assessment" need:"true" doc:"Id of the assessment."`
	Version    record.Integer `key:"version" need:"true" min:"1" max:"65535" doc:"Version of the assessment that was answered."`
	Date       record.Date    `key:"date" doc:"When it was answered."`
	Label      record.String  `key:"label" doc:"Whose answers they are, at most 200 letters."`
	Answers    *record.Value  `key:"answers" need:"true" doc:"Answers by question id."`
}

// An AnswerDocument is one answer as written.
type AnswerDocument struct {
	record.At
	Value          *record.Value  `key:"value" doc:"An option's id, a list of ids, a number, true or false."`
	State          record.String  `key:"state" one-of:"dont-know not-applicable" doc:"Instead of a value, where the question allows it."`
	ByChoice       record.Boolean `key:"by-choice" doc:"Marks the lowest option of a scored question as chosen on purpose."`
	OutsideControl record.Boolean `key:"outside-control" doc:"Marks the answer as outside the control of those who answer."`
	Note           record.String  `key:"note" doc:"A remark, at most 2,000 letters. It may stand alone."`
}

// ReadAnswers reads a file of answers strictly: what does not fit is named, never
// guessed at, and left out. Answers to an earlier version are migrated, if its
// layout was recorded. The file is nil if nothing can be read.
func ReadAnswers(file *diag.File, a *Assessment, m *Model, recorded []Layout) (*AnswersFile, diag.List) {
	if len(file.Text) > maxAnswersFile {
		return nil, diag.List{file.Whole(diag.AnswerTooLarge, fmt.Sprintf("a file of answers has at most %d MiB", maxAnswersFile>>20), "")}
	}
	if !utf8.Valid(file.Text) {
		return nil, diag.List{file.Whole(diag.AnswerFile, "this file is not UTF-8", "save it as UTF-8")}
	}
	value, list := record.Parse(file, record.JSON, 0, len(file.Text))
	if value == nil {
		return nil, list
	}
	if value.Kind != record.TableKind {
		return nil, append(list, file.Whole(diag.AnswerFile, "this file holds no answers", `write {"format": "cairn-answers", …}`))
	}
	var d AnswersDocument
	list = append(list, record.Decode(file, value, &d, record.DecodeOptions{Name: "a file of answers", Examples: map[string]string{
		"assessment": strconv.Quote(m.ID), "version": strconv.Itoa(m.Version),
	}})...)
	report := func(at record.At, code diag.Code, message, hint string) {
		list.Add(file.At(at.Start, at.End, code, message, hint))
	}
	if d.Assessment.Set && d.Assessment.Value != m.ID {
		report(d.Assessment.At, diag.AnswerOtherAssessment, fmt.Sprintf("these are answers to %q, not to %q", d.Assessment.Value, m.ID), "")
		return nil, list
	}
	layout, known := m.layoutOf(d.Version.Value, recorded)
	if d.Version.Bad {
		return nil, list
	}
	if d.Version.Set && !known {
		hint := "its layout was not recorded at its release"
		if d.Version.Value > m.Version {
			hint = fmt.Sprintf("this assessment is at version %d", m.Version)
		}
		report(d.Version.At, diag.AnswerVersion, fmt.Sprintf("version %d of %q is not known", d.Version.Value, m.ID), hint)
		return nil, list
	}
	if d.Answers != nil && d.Answers.Kind != record.TableKind {
		list.Add(file.At(d.Answers.Start, d.Answers.End, diag.AnswerWrongKind, "answers is a table, by question id", `write "answers": {"…": {"value": …}}`))
		return nil, list
	}
	if d.Answers == nil || !d.Version.Set || !d.Assessment.Set {
		return nil, list
	}
	if utf8.RuneCountInString(d.Label.Value) > maxLabel {
		report(d.Label.At, diag.AnswerTooLarge, fmt.Sprintf("a label has at most %d letters", maxLabel), "")
		d.Label.Value = ""
	}
	r := answersReader{file: file, layout: layout}
	result := &AnswersFile{Version: d.Version.Value, Date: string(d.Date.Value), Label: d.Label.Value}
	answers := r.answers(d.Answers)
	list = append(list, r.list...)
	result.Answers = answers
	if layout.Version != m.Version {
		migrated := Migrate(a, m, *layout, recorded, answers)
		result.Answers, result.Migrated = migrated.Answers, &migrated
	}
	return result, list
}

func (m *Model) layoutOf(version int, recorded []Layout) (*Layout, bool) {
	if version == m.Version {
		l := m.Layout()
		return &l, true
	}
	for i := range recorded {
		if recorded[i].Version == version && recorded[i].Assessment == m.ID && version < m.Version {
			return &recorded[i], true
		}
	}
	return nil, false
}

type answersReader struct {
	file   *diag.File
	layout *Layout
	list   diag.List
}

func (r *answersReader) report(start, end int, bad *problem) {
	if len(r.list) < 200 {
		r.list.Add(r.file.At(start, end, bad.code, bad.message, bad.hint))
	}
}

func (r *answersReader) answers(v *record.Value) Answers {
	questions := map[string]int{}
	var ids []string
	for i := range r.layout.Questions {
		questions[r.layout.Questions[i].ID] = i
		ids = append(ids, r.layout.Questions[i].ID)
	}
	answers := make(Answers, len(r.layout.Questions))
	for _, field := range v.Fields {
		i, ok := questions[field.Key]
		if !ok {
			r.report(field.Start, field.End, &problem{diag.AnswerUnknownID, fmt.Sprintf("there is no question %q", clip(field.Key)), diag.DidYouMean(clip(field.Key), ids, "")})
			continue
		}
		answers[i] = r.answer(r.layout.Questions[i].question(), field.Value)
	}
	return answers
}

// clip keeps a hostile id out of messages.
func clip(id string) string {
	if len(id) > 80 {
		return id[:80]
	}
	return id
}

func (r *answersReader) answer(q *ModelQuestion, v *record.Value) Answer {
	if v.Kind != record.TableKind {
		r.report(v.Start, v.End, &problem{diag.AnswerWrongKind, fmt.Sprintf("the answer to %s is a table", q.ID), `write {"value": …} or {"state": "dont-know"}`})
		return Answer{}
	}
	var d AnswerDocument
	if !d.plain(v) {
		faults := record.Decode(r.file, v, &d, record.DecodeOptions{Name: "an answer"})
		if r.list = append(r.list, faults...); faults.HasErrors() {
			return Answer{}
		}
	}
	if d.Value == nil && !d.State.Set && d.Note.Value != "" && !d.ByChoice.Value && !d.OutsideControl.Value {
		if utf8.RuneCountInString(d.Note.Value) > maxNote {
			r.report(d.Note.Start, d.Note.End, &problem{diag.AnswerTooLarge, fmt.Sprintf("a note has at most %d letters", maxNote), ""})
			return Answer{}
		}
		return Answer{Note: d.Note.Value} // of a question that is not answered yet
	}
	if (d.Value == nil) == !d.State.Set {
		r.report(v.Start, v.End, &problem{diag.AnswerWrongKind, fmt.Sprintf("the answer to %s has either a value or a state", q.ID), `write {"value": …} or {"state": "dont-know"}`})
		return Answer{}
	}
	source := d.Value
	if source == nil {
		source = &record.Value{Kind: record.StringKind, Text: d.State.Value, Start: d.State.Start, End: d.State.End}
	} else if source.Kind == record.StringKind && (source.Text == wordDontKnow || source.Text == wordNotApplicable) {
		r.report(source.Start, source.End, &problem{diag.AnswerWrongKind, fmt.Sprintf("%q is a state, not a value", source.Text), fmt.Sprintf(`write {"state": %q}`, source.Text)})
		return Answer{}
	}
	answer, bad := answerOf(q, source)
	if bad == nil && answer.State == Answered && !q.written(source) {
		bad = &problem{diag.AnswerWrongKind, fmt.Sprintf("the answer to %s is not written as its kind is", q.ID), "options are texts in quotes, yes-no is true or false"}
	}
	if bad != nil {
		r.report(source.Start, source.End, bad)
		return Answer{}
	}
	answer.OutsideControl = d.OutsideControl.Value
	answer.ByChoice = d.ByChoice.Value
	if answer.ByChoice && (q.Kind == KindNumber || q.Kind == KindMany || !q.Scored() || answer.State != Answered || q.Options[answer.Option].Level != q.Lowest) {
		r.report(d.ByChoice.Start, d.ByChoice.End, &problem{diag.AnswerWrongKind, "by-choice marks an answer at the lowest option of a scored question", "leave it out"})
		answer.ByChoice = false
	}
	if utf8.RuneCountInString(d.Note.Value) > maxNote {
		r.report(d.Note.Start, d.Note.End, &problem{diag.AnswerTooLarge, fmt.Sprintf("a note has at most %d letters", maxNote), ""})
	} else {
		answer.Note = d.Note.Value
	}
	return answer
}

// plain reads an answer that is nothing but a value, as nearly all are: a hundred
// thousand files of them are read in one go.
func (d *AnswerDocument) plain(v *record.Value) bool {
	if len(v.Fields) == 1 && v.Fields[0].Key == "value" {
		d.Value = v.Fields[0].Value
		return true
	}
	return false
}

// written tells whether an answer is written as answer files write it. An assessment's
// own tests may also say 2 for "2" and "yes" for true.
func (q *ModelQuestion) written(v *record.Value) bool {
	switch q.Kind {
	case KindLevel, KindChoice:
		return v.Kind == record.StringKind
	case KindYesNo:
		return v.Kind == record.BooleanKind
	}
	return true
}

// WriteAnswers returns a file of answers. Hidden questions are left out, as
// SEMANTICS.md 3 wants; reading it again gives the same answers.
func WriteAnswers(m *Model, f *AnswersFile) []byte {
	s := newState(m).set(f.Answers)
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n  \"format\": %s,\n  \"assessment\": %s,\n  \"version\": %d,\n", quoted(AnswersFormat), quoted(m.ID), m.Version)
	if f.Date != "" {
		fmt.Fprintf(&b, "  \"date\": %s,\n", quoted(f.Date))
	}
	if f.Label != "" {
		fmt.Fprintf(&b, "  \"label\": %s,\n", quoted(f.Label))
	}
	b.WriteString("  \"answers\": {")
	comma := ""
	for i := range m.Questions {
		answer := s.answer(i)
		if answer.State == Unanswered && answer.Note == "" || !s.q[i].shown.Has(expr.True) {
			continue
		}
		fmt.Fprintf(&b, "%s\n    %s: {", comma, quoted(m.Questions[i].ID))
		comma = ","
		switch answer.State {
		case Unanswered:
			fmt.Fprintf(&b, "\"note\": %s}", quoted(answer.Note))
			continue
		case Answered:
			fmt.Fprintf(&b, "\"value\": %s", quoted(m.Questions[i].valueOf(answer)))
		default:
			fmt.Fprintf(&b, "\"state\": %s", quoted(answer.State))
		}
		if answer.ByChoice {
			b.WriteString(`, "by-choice": true`)
		}
		if answer.OutsideControl {
			b.WriteString(`, "outside-control": true`)
		}
		if answer.Note != "" {
			fmt.Fprintf(&b, ", \"note\": %s", quoted(answer.Note))
		}
		b.WriteString("}")
	}
	b.WriteString("\n  }\n}\n")
	return b.Bytes()
}

// quoted is JSON as a browser writes it: nothing escaped that need not be.
func quoted(v any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(err) // plain data
	}
	text := strings.TrimSuffix(b.String(), "\n")
	return strings.NewReplacer(`\\`, `\\`, `\u2028`, "\u2028", `\u2029`, "\u2029").Replace(text)
}
