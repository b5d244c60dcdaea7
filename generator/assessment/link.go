package assessment

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/bits"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/expr"
)

// Answers in a link (SEMANTICS.md 17), in the part ~answers= of an address's fragment,
// which no browser sends to a host. The bytes are
//
//	format · version (2) · first 3 bytes of the layout's SHA-256 · answers · CRC-32
//
// written in lower-case base32 without padding. An answer is the number of its state in
// as few bits as the states of its question need: unanswered, don't know, not applicable,
// by choice (once for each lowest option of a scored question), then the values in order;
// a set has two bits of state and one for each option. The bits run on from question to
// question, the highest first, and end in zeros to a whole byte.
//
// A link is read only if writing it again gives the same text, so there is one link for
// answers and none that is half understood. Formats and layouts that were once in use
// are never deleted: an old link must open for good.
const linkFormat = 1

// LinkKind is the kind of the fragment's part that holds answers.
const LinkKind = "answers"

// MaxFragment is the longest fragment that is looked at, in bytes.
const MaxFragment = 8000

// What comes before and after the answers, in bytes.
const (
	linkHead = 6
	linkTail = 4
)

var linkText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// The states before the values.
const (
	linkUnanswered = iota
	linkDontKnow
	linkNotApplicable
	linkFirst
)

// lowestOptions are the options that an answer may stand at by choice.
func (q *ModelQuestion) lowestOptions() []int {
	var list []int
	if q.Scored() && q.Kind != KindNumber && q.Kind != KindMany {
		for i, option := range q.Options {
			if option.Level == q.Lowest {
				list = append(list, i)
			}
		}
	}
	return list
}

// linkBits is how many bits the answer to a question takes.
func (q *ModelQuestion) linkBits() int {
	states := linkFirst + len(q.lowestOptions()) + len(q.Options)
	switch q.Kind {
	case KindMany:
		return 2 + len(q.Options)
	case KindNumber:
		states = linkFirst + int(q.Max-q.Min+1)
	}
	return bits.Len(uint(states - 1))
}

// linkState is the number of an answer's state.
func (q *ModelQuestion) linkState(a *Answer) uint64 {
	state := uint64(linkUnanswered)
	switch {
	case !q.valid(a) || a.State == Unanswered:
	case a.State == DontKnow:
		state = linkDontKnow
	case a.State == NotApplicable:
		state = linkNotApplicable
	case q.Kind == KindMany:
		state = linkFirst
		for i := range q.Options {
			state = state<<1 | a.Options>>i&1
		}
		return state
	case q.Kind == KindNumber:
		return linkFirst + uint64(a.Number-q.Min)
	default:
		lowest := q.lowestOptions()
		for i, option := range lowest {
			if a.ByChoice && option == a.Option {
				return linkFirst + uint64(i)
			}
		}
		return linkFirst + uint64(len(lowest)+a.Option)
	}
	if q.Kind == KindMany {
		state <<= len(q.Options)
	}
	return state
}

// linkAnswer is the answer of a state, or one that does not fit.
func (q *ModelQuestion) linkAnswer(state uint64) Answer {
	if q.Kind == KindMany {
		a := Answer{}
		for i := range q.Options {
			a.Options |= state >> (len(q.Options) - 1 - i) & 1 << i
		}
		if a.State = [...]State{Unanswered, DontKnow, NotApplicable, Answered}[state>>len(q.Options)&3]; a.State != Answered && a.Options != 0 {
			a.State = "damaged"
		}
		return a
	}
	switch state {
	case linkUnanswered:
		return Answer{}
	case linkDontKnow:
		return Answer{State: DontKnow}
	case linkNotApplicable:
		return Answer{State: NotApplicable}
	}
	state -= linkFirst
	if q.Kind == KindNumber {
		return Answer{State: Answered, Number: q.Min + int64(state)}
	}
	lowest := q.lowestOptions()
	if state < uint64(len(lowest)) {
		return Answer{State: Answered, Option: lowest[state], ByChoice: true}
	}
	return Answer{State: Answered, Option: int(state) - len(lowest)}
}

// Link writes answers to the questions of a layout. Notes and marks other than by choice
// stay behind; an answer that does not fit is none.
func (l Layout) Link(answers Answers) string {
	hash := l.Hash()
	data := append([]byte{linkFormat, byte(l.Version >> 8), byte(l.Version)}, hash[:3]...)
	room := 0 // bits left in the last byte
	for i := range l.Questions {
		q, state := l.Questions[i].question(), uint64(0)
		if i < len(answers) {
			state = q.linkState(&answers[i])
		}
		for bit := q.linkBits() - 1; bit >= 0; bit-- {
			if room == 0 {
				data, room = append(data, 0), 8
			}
			room--
			data[len(data)-1] |= byte(state>>bit&1) << room
		}
	}
	return linkText.EncodeToString(binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(data)))
}

// Link writes the answers to the questions that are shown.
func (m *Model) Link(answers Answers) string {
	s := newState(m).set(answers)
	shown := m.None()
	for i := range shown {
		if s.q[i].shown.Has(expr.True) {
			shown[i] = *s.answer(i)
		}
	}
	return m.Layout().Link(shown)
}

// linked reads the answers between head and tail; ok is false if one does not fit.
func (l *Layout) linked(data []byte) (answers Answers, ok bool) {
	at := 0
	for i := range l.Questions {
		q, state := l.Questions[i].question(), uint64(0)
		for range q.linkBits() {
			if at/8 >= len(data) {
				return nil, false
			}
			state = state<<1 | uint64(data[at/8]>>(7-at%8)&1)
			at++
		}
		answer := q.linkAnswer(state)
		if !q.valid(&answer) {
			return nil, false
		}
		answers = append(answers, answer)
	}
	return answers, true
}

// ReadLink reads the answers in a link: a whole address, its fragment, or the payload
// alone. Those to an earlier version are migrated, if its layout was recorded. The
// result is nil if there is a fault.
func ReadLink(file *diag.File, a *Assessment, m *Model, recorded []Layout) (*AnswersFile, diag.List) {
	text := strings.TrimSpace(string(file.Text))
	refuse := func(code diag.Code, message, hint string) (*AnswersFile, diag.List) {
		return nil, diag.List{file.Whole(code, message, hint)}
	}
	payload, ok := linkPayload(text)
	if !ok {
		return refuse(diag.AnswerLink, "this link holds no answers", "copy the whole of it, from https: on, or from ~"+LinkKind+"= on")
	}
	damaged := func() (*AnswersFile, diag.List) {
		return refuse(diag.AnswerLink, "this link is damaged: a letter is missing or wrong", "copy it again, or ask for the file of answers")
	}
	data, err := linkText.DecodeString(payload)
	if err != nil || len(payload) > MaxFragment || len(data) < linkHead+linkTail {
		return damaged()
	}
	body, tail := data[:len(data)-linkTail], data[len(data)-linkTail:]
	if crc32.ChecksumIEEE(body) != binary.BigEndian.Uint32(tail) {
		return damaged()
	}
	if body[0] != linkFormat {
		return refuse(diag.AnswerVersion, fmt.Sprintf("this link is of format %d, which is not known", body[0]), "it was made by a later release")
	}
	version := int(binary.BigEndian.Uint16(body[1:]))
	layout, known := m.layoutOf(version, recorded)
	if !known {
		hint := "its layout was not recorded at its release"
		if version > m.Version {
			hint = fmt.Sprintf("this assessment is at version %d", m.Version)
		}
		return refuse(diag.AnswerVersion, fmt.Sprintf("version %d of %q is not known", version, m.ID), hint)
	}
	if hash := layout.Hash(); [3]byte(hash[:3]) != [3]byte(body[3:linkHead]) {
		return refuse(diag.AnswerLinkOther, fmt.Sprintf("this link was made with other questions than those of version %d of %q", version, m.ID), "it belongs to another assessment, or to a draft of this one")
	}
	answers, ok := layout.linked(body[linkHead:])
	if !ok || layout.Link(answers) != payload {
		return damaged()
	}
	result := &AnswersFile{Version: version, Answers: answers}
	if version != m.Version {
		migrated := Migrate(a, m, *layout, recorded, answers)
		result.Answers, result.Migrated = migrated.Answers, &migrated
	}
	return result, nil
}

// linkPayload finds the answers in an address or a fragment. The payload may also stand
// alone.
func linkPayload(text string) (string, bool) {
	if _, fragment, ok := strings.Cut(text, "#"); ok {
		text = fragment
	} else if !strings.Contains(text, "~") && !strings.ContainsAny(text, ":/.") {
		return text, text != ""
	}
	for _, part := range strings.Split(strings.ReplaceAll(text, "%7E", "~"), "~")[1:] {
		if kind, payload, ok := strings.Cut(part, "="); ok && kind == LinkKind {
			return payload, true
		}
	}
	return "", false
}
