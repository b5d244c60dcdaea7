// Package assessment is the engine of everything a reader answers: maturity
// questionnaires, decision aids, metric checks, calculators, audits.
//
// It is told in order, with a type per stage, each a pure function of the last:
//
//	Document   the file as written, strictly read, with places    Read
//	Assessment plain data for templates, checked for structure    Parse
//	Resolved   ids tied to indexes, expressions checked           Resolve
//	Model      plain data for evaluating, here and in a browser   Compile
//	Result     what the answers show, and what may still be       Evaluate
//
// SEMANTICS of the engine: a world is a state in which every answer is known. For
// partial answers the engine computes what can happen in their worlds, as sets
// (expr.Truths, expr.Numbers, expr.Options), and promises: what any world shows is
// in the set; a further answer never widens a set; complete answers give sets of
// one element.
//
// What this package decides where that text is silent stands in decisions.go.
package assessment

// Kind is the kind of a question.
type Kind string

// The kinds of question.
const (
	KindLevel  Kind = "level"
	KindChoice Kind = "choice"
	KindMany   Kind = "many"
	KindNumber Kind = "number"
	KindYesNo  Kind = "yes-no"
)

// Place is where something stands in the file, in bytes.
type Place struct {
	Start, End int
}

// An Assessment is an assessment as plain data: what a template prints.
type Assessment struct {
	// Path of the file, relative to the project.
	Path         string
	ID           string
	Version      int
	Title        string
	Description  string
	Introduction string // Markdown
	Group        string
	Order        int
	Levels       []Level
	Dimensions   []Dimension
	Questions    []Question
	Values       []Value
	Outcomes     []Outcome
	Votes        []Vote
	Targets      []Target
	Advice       []Advice
	Benchmarks   []Benchmark
	Expectations []Expectation
	Migrations   []Migration
	// Document is the file as written, with the places of every key.
	Document *Document `json:"-"`
}

// Top is the highest level of the ladder.
func (a *Assessment) Top() int { return max(0, len(a.Levels)-1) }

// A Level is a rung of the ladder.
type Level struct {
	Number      int
	Name        string
	Description string
	Place       Place
}

// A Dimension is something that is scored on the ladder.
type Dimension struct {
	ID, Title string
	// Short is at most 14 letters, for charts.
	Short string
	// Guide is a path relative to the assessment's file, or empty.
	Guide       string
	Description string
	Place       Place
}

// A Question is one question with everything it can be answered with.
type Question struct {
	ID string
	// Dimension is an id, or empty for a context question.
	Dimension  string
	Kind       Kind
	Text, Hint string
	Sources    []string
	Own        bool
	// DontKnow and NotApplicable tell whether these may be answered.
	DontKnow, NotApplicable bool
	// AskWhen is an expression, or empty.
	AskWhen string
	// Options of kinds level, choice, many and yes-no.
	Options []Option
	// Min, Max and Step bound a number, which is a whole multiple of Step.
	Min, Max, Step float64
	Unit           string
	// Places is the number of decimal places that the step needs.
	Places int
	Bands  []Band
	Place  Place
	steps  steps
	// unsure tells that what is wrong with its levels has been said.
	unsure bool
}

// Scored tells whether the question has a level.
func (q *Question) Scored() bool { return q.Dimension != "" }

// An Option is one possible answer.
type Option struct {
	ID    string
	Text  string
	Level int // of a scored question
	// Exclusive options of kind many stand alone and are not counted.
	Exclusive bool
	Place     Place
}

// A Band is a range of numbers, or of counts, that stands for a level.
type Band struct {
	From, To float64
	Level    int
	Text     string
	Place    Place
	from, to int64 // in steps
}

// A Value is a computed number.
type Value struct {
	ID, Title string
	Compute   string
	// Type is number, money or percent.
	Type, Unit string
	Places     int
	Note       string
	Sources    []string
	Own        bool
	Place      Place
}

// An Outcome is a possible decision.
type Outcome struct {
	ID, Title string
	Text      string // Markdown
	When      string
	Guides    []string
	Sources   []string
	Own       bool
	Place     Place
}

// A Vote is what one source would choose. Outcome is an id or "silent".
type Vote struct {
	Source, Outcome string
	When            string
	Also            []string
	Locator, Text   string
	Place           Place
}

// Silent is the outcome of a vote that says nothing.
const Silent = "silent"

// A Target is a level to aim at.
type Target struct {
	Dimension string
	Level     int
	When      string
	Sources   []string
	Own       bool
	Note      string
	Place     Place
}

// Advice is something to do.
type Advice struct {
	ID, Title string
	Text      string // Markdown
	// When is a condition; if it is empty, Step says when.
	When      string
	Dimension string
	// Step is the level it leads to, or 0.
	Step    int
	Guides  []string
	Effort  string
	After   []string
	Sources []string
	Own     bool
	Place   Place
}

// Efforts are the words for effort, least first.
var Efforts = [...]string{"hours", "days", "weeks", "months", "quarters"}

// A Benchmark is a published figure to set a value against.
type Benchmark struct {
	Value, Segment  string
	Mean, Deviation float64
	SampleSize      int
	Date            string // ISO
	Source, Locator string
	Place           Place
}

// QuestionsOf returns the questions of a dimension, in order; of "" the context.
func (a *Assessment) QuestionsOf(dimension string) []Question {
	var list []Question
	for _, q := range a.Questions {
		if q.Dimension == dimension {
			list = append(list, q)
		}
	}
	return list
}

// LevelName returns the name of a level, or nothing.
func (a *Assessment) LevelName(number int) string {
	if number >= 0 && number < len(a.Levels) {
		return a.Levels[number].Name
	}
	return ""
}
