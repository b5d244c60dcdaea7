package assessment

import (
	"math/bits"

	"cairn/generator/expr"
)

// A Model is a compiled assessment: ids, levels and trees, without a word to read.
// It is plain data; its JSON is what the browser is handed.
type Model struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	// Top is the highest level of the ladder.
	Top        int              `json:"top"`
	Dimensions []ModelDimension `json:"dimensions"`
	Questions  []ModelQuestion  `json:"questions"`
	// AskOrder lists the questions so that each comes after those its ask-when
	// mentions; ValueOrder does the same for values.
	AskOrder   []int `json:"ask-order"`
	ValueOrder []int `json:"value-order"`
	// Decides are the questions that the outcomes mention, themselves or through values
	// and ask-when, and the dimensions they mention.
	Decides    ModelDecides    `json:"decides"`
	Values     []ModelValue    `json:"values"`
	Outcomes   []ModelOutcome  `json:"outcomes"`
	Votes      []ModelVote     `json:"votes"`
	Targets    []ModelTarget   `json:"targets"`
	Advice     []ModelAdvice   `json:"advice"`
	Benchmarks []ModelMeasured `json:"benchmarks"`
	// Sources that vote, in order of their first vote.
	Sources []string `json:"sources"`

	expectations []expectation
}

// ModelDecides are questions and dimensions, by index.
type ModelDecides struct {
	Questions  []int `json:"questions"`
	Dimensions []int `json:"dimensions"`
}

// A ModelDimension is a dimension and the indexes of its questions.
type ModelDimension struct {
	ID        string `json:"id"`
	Questions []int  `json:"questions"`
}

// A ModelQuestion is a question as the engine needs it.
type ModelQuestion struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Dimension is an index, or -1 for context.
	Dimension     int           `json:"dimension"`
	DontKnow      bool          `json:"dont-know,omitempty"`
	NotApplicable bool          `json:"not-applicable,omitempty"`
	Options       []ModelOption `json:"options,omitempty"`
	// Min and Max are in steps; the value of n steps is (n · Units) / 10^Places.
	Min    int64       `json:"min,omitempty"`
	Max    int64       `json:"max,omitempty"`
	Units  int64       `json:"units,omitempty"`
	Places int         `json:"places,omitempty"`
	Bands  []ModelBand `json:"bands,omitempty"`
	// Top and Lowest are the highest and lowest level it can have.
	Top     int        `json:"top,omitempty"`
	Lowest  int        `json:"lowest,omitempty"`
	AskWhen *expr.Node `json:"ask-when,omitempty"`
	// Otherwise is what it counts as while it is hidden, or nil for N/A.
	Otherwise *Answer `json:"otherwise,omitempty"`
	// Cells are the first step of each cell of a number (SEMANTICS.md 12).
	Cells []int64 `json:"cells,omitempty"`
}

// A ModelOption is an option's id and level.
type ModelOption struct {
	ID        string `json:"id"`
	Level     int    `json:"level,omitempty"`
	Exclusive bool   `json:"exclusive,omitempty"`
}

// A ModelBand is a range, of steps or of counts, with its level.
type ModelBand struct {
	From  int64 `json:"from"`
	To    int64 `json:"to"`
	Level int   `json:"level"`
}

// A ModelValue is a computed number.
type ModelValue struct {
	ID      string     `json:"id"`
	Compute *expr.Node `json:"compute"`
	Type    string     `json:"type"`
	Unit    string     `json:"unit,omitempty"`
	Places  int        `json:"places,omitempty"`
}

// A ModelOutcome is a possible decision; a nil When always holds.
type ModelOutcome struct {
	ID   string     `json:"id"`
	When *expr.Node `json:"when,omitempty"`
}

// A ModelVote is a vote; Source indexes Model.Sources, Outcome is -1 for silent.
type ModelVote struct {
	Source  int        `json:"source"`
	Outcome int        `json:"outcome"`
	When    *expr.Node `json:"when,omitempty"`
	Also    []int      `json:"also,omitempty"`
}

// A ModelTarget is a level to aim at.
type ModelTarget struct {
	Dimension int        `json:"dimension"`
	Level     int        `json:"level"`
	When      *expr.Node `json:"when,omitempty"`
}

// A ModelAdvice is advice; Dimension is -1 if it serves none, Effort an index of
// Efforts.
type ModelAdvice struct {
	ID        string     `json:"id"`
	When      *expr.Node `json:"when,omitempty"`
	Dimension int        `json:"dimension"`
	Effort    int        `json:"effort"`
	After     []int      `json:"after,omitempty"`
}

// A ModelMeasured is a published figure to set a value against.
type ModelMeasured struct {
	Value     int     `json:"value"`
	Segment   string  `json:"segment"`
	Mean      float64 `json:"mean"`
	Deviation float64 `json:"deviation"`
}

// Scored tells whether the question has a level.
func (q *ModelQuestion) Scored() bool { return q.Dimension >= 0 }

// Value is the number that n steps stand for.
func (q *ModelQuestion) Value(n int64) float64 { return steps{q.Units, q.Places}.value(n) }

// Question returns the index of a question, or -1.
func (m *Model) Question(id string) int {
	for i := range m.Questions {
		if m.Questions[i].ID == id {
			return i
		}
	}
	return -1
}

// Dimension returns the index of a dimension, or -1.
func (m *Model) Dimension(id string) int {
	for i := range m.Dimensions {
		if m.Dimensions[i].ID == id {
			return i
		}
	}
	return -1
}

func (q *ModelQuestion) option(id string) int {
	for i := range q.Options {
		if q.Options[i].ID == id {
			return i
		}
	}
	return -1
}

// levelAt is the level of a count or a number of steps.
func (q *ModelQuestion) levelAt(n int64) int {
	for _, band := range q.Bands {
		if n >= band.From && n <= band.To {
			return band.Level
		}
	}
	return 0
}

// Count is the number of chosen options, exclusive ones not counted.
func (q *ModelQuestion) Count(options uint64) int64 {
	return int64(bits.OnesCount64(options &^ q.Exclusive()))
}

// Exclusive is the set of the options that stand alone.
func (q *ModelQuestion) Exclusive() uint64 {
	var set uint64
	for i, option := range q.Options {
		if option.Exclusive {
			set |= 1 << i
		}
	}
	return set
}

// Level is the level of an answered, scored question.
func (q *ModelQuestion) Level(a *Answer) int {
	switch q.Kind {
	case KindMany:
		return q.levelAt(q.Count(a.Options))
	case KindNumber:
		return q.levelAt(a.Number)
	}
	return q.Options[a.Option].Level
}
