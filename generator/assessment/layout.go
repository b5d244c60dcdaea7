package assessment

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"reflect"

	"cairn/generator/diag"
	"cairn/generator/messages"
)

// A Layout is what saved answers and links refer to: the questions of a version in
// order, with kind, options or range. `cairn assess ID --release` records it; a
// recorded layout never changes.
type Layout struct {
	Assessment string           `json:"assessment"`
	Version    int              `json:"version"`
	Questions  []LayoutQuestion `json:"questions"`
}

// A LayoutQuestion is a question as answers see it.
type LayoutQuestion struct {
	ID            string        `json:"id"`
	Kind          Kind          `json:"kind"`
	Scored        bool          `json:"scored,omitempty"`
	DontKnow      bool          `json:"dont-know,omitempty"`
	NotApplicable bool          `json:"not-applicable,omitempty"`
	Options       []ModelOption `json:"options,omitempty"`
	Min           int64         `json:"min,omitempty"`
	Max           int64         `json:"max,omitempty"`
	Units         int64         `json:"units,omitempty"`
	Places        int           `json:"places,omitempty"`
}

// Layout returns the layout of the model.
func (m *Model) Layout() Layout {
	l := Layout{Assessment: m.ID, Version: m.Version, Questions: []LayoutQuestion{}}
	for i := range m.Questions {
		q := &m.Questions[i]
		l.Questions = append(l.Questions, LayoutQuestion{
			ID: q.ID, Kind: q.Kind, Scored: q.Scored(), DontKnow: q.DontKnow, NotApplicable: q.NotApplicable, Options: q.Options,
			Min: q.Min, Max: q.Max, Units: q.Units, Places: q.Places,
		})
	}
	return l
}

// Encode returns the layout as the bytes that are recorded, ending in a line feed.
func (l Layout) Encode() []byte {
	text, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		panic(err) // plain data
	}
	return append(text, '\n')
}

// Hash is the SHA-256 of the layout's compact JSON; links carry its first 3 bytes.
func (l Layout) Hash() [32]byte {
	text, err := json.Marshal(l)
	if err != nil {
		panic(err)
	}
	return sha256.Sum256(text)
}

// ReadLayout reads a recorded layout.
func ReadLayout(file *diag.File) (Layout, diag.List) {
	var l Layout
	if err := json.Unmarshal(file.Text, &l); err != nil || l.Version < 1 || l.Assessment == "" {
		return l, diag.List{file.Whole(diag.AssessLayout, "this is no recorded layout", "restore it from the history; cairn assess ID --release writes it")}
	}
	for _, q := range l.Questions {
		if q.Kind == KindYesNo && (q.question().option("yes") < 0 || q.question().option("no") < 0) || q.Kind == KindNumber && q.Units < 1 {
			return l, diag.List{file.Whole(diag.AssessLayout, fmt.Sprintf("the question %q of this layout is damaged", q.ID), "restore it from the history")}
		}
	}
	return l, nil
}

// question is the layout's question as the engine's, good for reading answers.
func (q *LayoutQuestion) question() *ModelQuestion {
	m := &ModelQuestion{
		ID: q.ID, Kind: q.Kind, Dimension: -1, DontKnow: q.DontKnow, NotApplicable: q.NotApplicable, Options: q.Options,
		Min: q.Min, Max: q.Max, Units: q.Units, Places: q.Places,
	}
	if q.Scored {
		m.Dimension = 0
	}
	for i, option := range q.Options {
		if i == 0 || option.Level < m.Lowest {
			m.Lowest = option.Level
		}
		m.Top = max(m.Top, option.Level)
	}
	return m
}

func (l *Layout) find(id string) *LayoutQuestion {
	for i := range l.Questions {
		if l.Questions[i].ID == id {
			return &l.Questions[i]
		}
	}
	return nil
}

// CheckLayouts reports a recorded version that was changed, and questions and options
// of recorded versions that end nowhere.
func CheckLayouts(file *diag.File, a *Assessment, m *Model, recorded []Layout) diag.List {
	var list diag.List
	version := a.Document.Version
	for i := range recorded {
		old := &recorded[i]
		switch {
		case old.Assessment != m.ID:
		case old.Version == m.Version:
			if old.Hash() != m.Layout().Hash() {
				list.Add(file.At(version.Start, version.End, diag.AssessLayout, fmt.Sprintf("version %d was released with other questions or options%s", m.Version, firstChange(old, m)),
					fmt.Sprintf("write version = %d, and in [[migrate]] what became of them", m.Version+1)))
			}
		case old.Version > m.Version:
			list.Add(file.At(version.Start, version.End, diag.AssessLayout, fmt.Sprintf("version %d was released already", old.Version), fmt.Sprintf("write version = %d", old.Version+1)))
		default:
			list = append(list, checkEnds(file, a, m, old, recorded)...)
		}
	}
	return list
}

func firstChange(old *Layout, m *Model) string {
	now := m.Layout()
	for i := range old.Questions {
		if p := now.find(old.Questions[i].ID); p == nil {
			return fmt.Sprintf(": %s is gone", old.Questions[i].ID)
		} else if !reflect.DeepEqual(*p, old.Questions[i]) {
			return fmt.Sprintf(": %s is not the same", old.Questions[i].ID)
		}
	}
	for i := range now.Questions {
		if old.find(now.Questions[i].ID) == nil {
			return fmt.Sprintf(": %s is new", now.Questions[i].ID)
		}
	}
	return ": their order is another"
}

// checkEnds sends every answer there was through the migrations.
func checkEnds(file *diag.File, a *Assessment, m *Model, old *Layout, recorded []Layout) diag.List {
	var list diag.List
	version := a.Document.Version
	for i := range old.Questions {
		q := old.Questions[i].question()
		for _, answer := range probes(q) {
			answers := make(Answers, len(old.Questions))
			answers[i] = answer
			for _, dropped := range Migrate(a, m, *old, recorded, answers).Dropped {
				if dropped.ByName {
					continue
				}
				what := fmt.Sprintf("the question %q of version %d", q.ID, old.Version)
				hint := fmt.Sprintf("add [[migrate]] with from = %d and question = %q", old.Version, q.ID)
				if dropped.Why != whyGone {
					what = fmt.Sprintf("the answer %v to %s", q.valueOf(&answer), what)
					hint += ", and options that say what became of it"
				}
				list.Add(file.At(version.Start, version.End, diag.AssessLost, what+" ends nowhere: "+messages.English().Say("why."+dropped.Why), hint))
			}
		}
	}
	return list.Sorted()
}

// probes are answers that show where each option of a question ends.
func probes(q *ModelQuestion) []Answer {
	var list []Answer
	switch q.Kind {
	case KindNumber:
		return []Answer{{State: Answered, Number: q.Min}, {State: Answered, Number: q.Max}}
	case KindMany:
		for i := range q.Options {
			list = append(list, Answer{State: Answered, Options: 1 << i})
		}
	default:
		for i := range q.Options {
			list = append(list, Answer{State: Answered, Option: i})
		}
	}
	return list
}
