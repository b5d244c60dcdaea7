package assessment

import (
	"math"
	"slices"
)

// A Migrated is old answers as answers of this version, and what became of each.
type Migrated struct {
	Answers Answers         `json:"-"`
	Kept    []string        `json:"kept"`
	Changed []ChangedAnswer `json:"changed"`
	Dropped []DroppedAnswer `json:"dropped"`
}

// A ChangedAnswer is an answer that moved or became another.
type ChangedAnswer struct {
	From     string `json:"from"`
	Question string `json:"question"`
	Before   any    `json:"before"`
	After    any    `json:"after"`
}

// A DroppedAnswer is an answer that is lost; ByName, if a migration says so.
type DroppedAnswer struct {
	Question string `json:"question"`
	Before   any    `json:"before"`
	Why      string `json:"why"`
	ByName   bool   `json:"-"`
}

// Why an answer was dropped: the catalogue has the words, as why.retired.
const (
	whyRetired = "retired"
	whyReset   = "reset"
	whyOption  = "option"
	whyGone    = "gone"
	whyKind    = "kind"
	whyRange   = "range"
	whyPart    = "part"
)

// loose is an answer without its question: what moves from version to version.
type loose struct {
	// from is the question of the old layout; from2 further ones, of a merge.
	from     string
	question *ModelQuestion // the old question
	state    State
	option   string
	options  []string
	number   float64
	level    int // of a scored option
	marks    Answer
	before   any
}

// Migrate turns answers of an old layout into answers of this version: migrations
// run version by version, in file order (SEMANTICS.md 16). Recorded layouts between
// the two help to find new scales.
func Migrate(a *Assessment, m *Model, old Layout, recorded []Layout, answers Answers) Migrated {
	r := migration{m: m, recorded: recorded, out: Migrated{Kept: []string{}, Changed: []ChangedAnswer{}, Dropped: []DroppedAnswer{}}}
	for i := range old.Questions {
		if i >= len(answers) {
			break
		}
		q := old.Questions[i].question()
		if answers[i].State != Unanswered {
			r.current = append(r.current, named{q.ID, loosen(q, &answers[i])})
		} else if answers[i].Note != "" {
			r.notes = append(r.notes, looseNote{id: q.ID, from: q.ID, text: answers[i].Note})
		}
	}
	for version := old.Version; version < m.Version; version++ {
		for i := range a.Migrations {
			if a.Migrations[i].From == version {
				r.step(&a.Migrations[i])
			}
		}
	}
	r.finish()
	return r.out
}

type named struct {
	id string
	loose
}

// A looseNote is a note to a question without an answer. It goes where its question goes.
type looseNote struct{ id, from, text string }

type migration struct {
	m        *Model
	recorded []Layout
	current  []named
	notes    []looseNote
	out      Migrated
}

func loosen(q *ModelQuestion, a *Answer) loose {
	l := loose{from: q.ID, question: q, state: a.State, marks: *a, before: string(a.State)}
	if a.State != Answered {
		return l
	}
	l.before = q.valueOf(a)
	switch q.Kind {
	case KindNumber:
		l.number = q.Value(a.Number)
	case KindMany:
		l.options, _ = l.before.([]string)
	default:
		l.option, l.level = q.Options[a.Option].ID, q.Options[a.Option].Level
	}
	return l
}

func (r *migration) drop(l *loose, why string, byName bool) {
	r.out.Dropped = append(r.out.Dropped, DroppedAnswer{l.from, l.before, why, byName})
}

// take removes and returns the answer to a question, if there is one.
func (r *migration) take(id string) (loose, bool) {
	i := slices.IndexFunc(r.current, func(n named) bool { return n.id == id })
	if i < 0 {
		return loose{}, false
	}
	l := r.current[i].loose
	r.current = slices.Delete(r.current, i, i+1)
	return l, true
}

func (r *migration) put(id string, l loose) { r.current = append(r.current, named{id, l}) }

func (r *migration) step(m *Migration) {
	if m.Op == OpMerge {
		r.merge(m)
		return
	}
	for i := range r.notes {
		if m.Op == OpRename && r.notes[i].id == m.Question {
			r.notes[i].id = m.Into
		}
	}
	l, ok := r.take(m.Question)
	if !ok {
		return
	}
	switch m.Op {
	case OpRename:
		r.put(m.Into, l)
	case OpRetire:
		r.drop(&l, whyRetired, true)
	case OpOptions:
		if r.rename(&l, m.Options, r.target(m.From+1, m.Question)) {
			r.put(m.Question, l)
		} else {
			r.drop(&l, whyOption, true)
		}
	case OpSplit:
		for _, part := range m.Parts {
			copied := l
			copied.options = slices.Clone(l.options)
			if r.rename(&copied, part.Options, r.target(m.From+1, part.Question)) {
				r.put(part.Question, copied)
			} else {
				r.drop(&copied, whyOption, true)
			}
		}
	case OpScale:
		r.scale(m, l)
	}
}

// target is a question of the version that follows, as far as it is known.
func (r *migration) target(version int, id string) *ModelQuestion {
	for i := range r.recorded {
		if l := &r.recorded[i]; l.Version == version && l.Assessment == r.m.ID && version < r.m.Version {
			if q := l.find(id); q != nil {
				return q.question()
			}
		}
	}
	if i := r.m.Question(id); i >= 0 {
		return &r.m.Questions[i]
	}
	return nil
}

// rename maps options. An option that is not named stays, if it is still there;
// one that is gone, or mapped to nothing, is dropped. It tells whether the answer
// is left.
func (r *migration) rename(l *loose, options []Mapping, target *ModelQuestion) bool {
	if l.state != Answered {
		return true
	}
	to := func(old string) (string, bool) {
		for _, mapping := range options {
			if mapping.Old == old {
				return mapping.New, mapping.New != ""
			}
		}
		return old, target != nil && target.option(old) >= 0
	}
	if l.question.Kind == KindMany {
		var kept []string
		for _, old := range l.options {
			if option, ok := to(old); ok && !slices.Contains(kept, option) {
				kept = append(kept, option)
			}
		}
		gone := len(l.options) > 0 && len(kept) == 0
		l.options = kept
		return !gone
	}
	option, ok := to(l.option)
	l.option = option
	if i := -1; ok && target != nil {
		if i = target.option(option); i >= 0 {
			l.level = target.Options[i].Level
		}
	}
	return ok
}

// merge takes the lowest or highest answer: unanswered if a part is; don't know if a
// part is; N/A if all are.
func (r *migration) merge(m *Migration) {
	var parts []loose
	missing := false
	for _, id := range m.Merge {
		if l, ok := r.take(id); ok {
			parts = append(parts, l)
		} else {
			missing = true
		}
	}
	if missing || len(parts) == 0 {
		for i := range parts {
			r.drop(&parts[i], whyPart, true)
		}
		return
	}
	for _, l := range parts {
		if l.state == DontKnow {
			r.put(m.Into, l)
			return
		}
	}
	var best *loose
	for i := range parts {
		l := &parts[i]
		if l.state == Answered && (best == nil || m.Highest && l.rank() > best.rank() || !m.Highest && l.rank() < best.rank()) {
			best = l
		}
	}
	if best == nil {
		best = &parts[0]
	}
	r.put(m.Into, *best)
}

// rank orders answers: by level, by number, else by the order of the options.
func (l *loose) rank() float64 {
	switch {
	case l.question.Kind == KindNumber:
		return l.number
	case l.question.Kind == KindMany:
		return float64(len(l.options))
	case l.question.Scored():
		return float64(l.level)
	}
	return float64(l.question.option(l.option))
}

// scale fits a level into a new range: reset drops it, clamp keeps it within, and
// proportion is floor(level · L′ / L).
func (r *migration) scale(m *Migration, l loose) {
	if l.state != Answered {
		r.put(m.Question, l)
		return
	}
	target := r.target(m.From+1, m.Question)
	switch {
	case m.Scale == "reset":
		r.drop(&l, whyReset, true)
		return
	case target == nil:
		r.drop(&l, whyGone, false)
		return
	case l.question.Kind == KindNumber:
		low, high := target.Value(target.Min), target.Value(target.Max)
		if m.Scale == "proportion" && l.question.Max > 0 {
			step := steps{target.Units, target.Places}
			share := l.number / l.question.Value(l.question.Max)
			l.number = step.value(int64(math.Floor(share * float64(target.Max))))
		}
		l.number = math.Min(math.Max(l.number, low), high)
		r.put(m.Question, l)
		return
	}
	level := l.level
	if m.Scale == "proportion" && l.question.Top > 0 {
		level = level * target.Top / l.question.Top
	}
	level = min(level, target.Top)
	for _, option := range target.Options {
		if option.Level == level {
			l.option, l.level = option.ID, level
			r.put(m.Question, l)
			return
		}
	}
	r.drop(&l, whyOption, false)
}

// finish fits what is left to the questions of this version, and says what became
// of each.
func (r *migration) finish() {
	r.out.Answers = r.m.None()
	for i := range r.current {
		n := &r.current[i]
		at := r.m.Question(n.id)
		if at < 0 {
			r.drop(&n.loose, whyGone, false)
			continue
		}
		q := &r.m.Questions[at]
		answer, why := n.fit(q)
		if why != "" {
			r.drop(&n.loose, why, false)
			continue
		}
		r.out.Answers[at] = answer
		after := any(string(answer.State))
		if answer.State == Answered {
			after = q.valueOf(&answer)
		}
		if n.id == n.from && sameValue(after, n.before) {
			r.out.Kept = append(r.out.Kept, n.id)
		} else {
			r.out.Changed = append(r.out.Changed, ChangedAnswer{n.from, n.id, n.before, after})
		}
	}
	for _, note := range r.notes {
		if at := r.m.Question(note.id); at >= 0 && r.out.Answers[at].Note == "" {
			r.out.Answers[at].Note = note.text
		} else {
			r.out.Dropped = append(r.out.Dropped, DroppedAnswer{note.from, note.text, whyGone, false})
		}
	}
}

func sameValue(a, b any) bool {
	if list, ok := a.([]string); ok {
		other, ok := b.([]string)
		return ok && slices.Equal(list, other)
	}
	if _, ok := b.([]string); ok {
		return false
	}
	return a == b
}

func (l *loose) fit(q *ModelQuestion) (Answer, string) {
	answer := Answer{State: l.state, OutsideControl: l.marks.OutsideControl, Note: l.marks.Note}
	switch {
	case l.state == DontKnow && !q.DontKnow, l.state == NotApplicable && !q.NotApplicable:
		return Answer{}, whyOption
	case l.state != Answered:
		return answer, ""
	case (l.question.Kind == KindNumber) != (q.Kind == KindNumber), (l.question.Kind == KindMany) != (q.Kind == KindMany):
		return Answer{}, whyKind
	}
	switch q.Kind {
	case KindNumber:
		n, ok := steps{q.Units, q.Places}.multiple(l.number)
		if !ok || n < q.Min || n > q.Max {
			return Answer{}, whyRange
		}
		answer.Number = n
	case KindMany:
		for _, id := range l.options {
			i := q.option(id)
			if i < 0 {
				return Answer{}, whyOption
			}
			answer.Options |= 1 << i
		}
	default:
		if answer.Option = q.option(l.option); answer.Option < 0 {
			return Answer{}, whyOption
		}
		answer.ByChoice = l.marks.ByChoice && q.Scored() && q.Options[answer.Option].Level == q.Lowest
	}
	if !q.valid(&answer) {
		return Answer{}, whyOption
	}
	return answer, ""
}
