package assessment

// State is the state of a question. It is in exactly one.
type State string

// The states. The zero State is unanswered.
const (
	Unanswered    State = ""
	DontKnow      State = "dont-know"
	NotApplicable State = "not-applicable"
	Answered      State = "answered"
)

const (
	wordDontKnow      = string(DontKnow)
	wordNotApplicable = string(NotApplicable)
)

// An Answer is what a reader said to one question. Which of Option, Options and
// Number counts follows from the question's kind.
type Answer struct {
	State State `json:"state,omitempty"`
	// Option indexes the options of kinds level, choice and yes-no.
	Option int `json:"option,omitempty"`
	// Options are the chosen ones of kind many, a bit each.
	Options uint64 `json:"options,omitempty"`
	// Number is in steps.
	Number int64 `json:"number,omitempty"`
	// ByChoice marks an answer at the lowest option as chosen so; OutsideControl
	// marks any answer. Neither changes a result.
	ByChoice       bool   `json:"by-choice,omitempty"`
	OutsideControl bool   `json:"outside-control,omitempty"`
	Note           string `json:"note,omitempty"`
}

// Answers are the answers of a reader, by index of question.
type Answers []Answer

// None returns no answers at all.
func (m *Model) None() Answers { return make(Answers, len(m.Questions)) }

// valid tells whether an answer fits its question: a guard for answers that were
// not read by this package.
func (q *ModelQuestion) valid(a *Answer) bool {
	switch a.State {
	case Unanswered:
		return true
	case DontKnow:
		return q.DontKnow
	case NotApplicable:
		return q.NotApplicable
	case Answered:
	default:
		return false
	}
	switch q.Kind {
	case KindNumber:
		return a.Number >= q.Min && a.Number <= q.Max
	case KindMany:
		exclusive := a.Options & q.Exclusive()
		return a.Options>>len(q.Options) == 0 && (exclusive == 0 || exclusive == a.Options && exclusive&(exclusive-1) == 0)
	}
	if a.Option < 0 || a.Option >= len(q.Options) {
		return false
	}
	return !a.ByChoice || q.Scored() && q.Options[a.Option].Level == q.Lowest
}
