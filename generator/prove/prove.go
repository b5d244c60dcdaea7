// Package prove shows, before anybody answers a question, what an assessment can and
// cannot lead to: that no advice is dead, that nobody is left without a decision or
// advice, that no source contradicts itself (SEMANTICS 14).
//
// Prove is a pure function of a compiled model. Everything it proves is that some goal,
// a list of conditions with the truths they should have, is reached in no world; or
// else it holds a world that does. A goal is decided by decomposition: its atoms fall
// into components (questions that hang together by a dimension); each is enumerated for
// the truths its atoms can have together; a search over the components joins them. That
// a question of one is asked on account of others is a clause of the search (tie.go).
// An atom that reads several components is searched over their values, by intervals
// that the search makes narrower. A component that is too large is parted into boxes of
// intervals. What none of these decides within its budget is undecided: a warning,
// never a proof.
//
// What is decided here where that text is silent:
//
//   - A dead outcome is one that is never the decision: an earlier one may shadow it.
//     The same goes for targets, which are proved too.
//   - An option of an asked question can always be chosen, and every band be met, so
//     that an option is dead only where its question is; the ask-when is reported.
//   - An option that no condition mentions is what is left when the others are not
//     chosen. Only two or more of one question that nothing mentions change nothing.
//     Exclusive options of a set are not counted among them.
//   - A value is shown to the reader, so that it has a use even if no condition
//     mentions it. Reported is one that is the same for everybody, or never a number.
//   - Advice that everybody gets whose dimensions all have a score is reported as
//     advice that everybody gets, and the message says so.
//   - That a better answer never lowers a level holds by the form of ask-when
//     (assess/ask-when-lowers) and by the minimum that the ladder is. What is left to
//     find is a question whose options say so themselves: levels out of order.
package prove

import (
	"math/big"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/expr"
)

// Options are the budgets. Zero means the default.
type Options struct {
	// States of one component, over all steps of its enumeration.
	States int
	// Nodes of one search, and of the boxes of one component.
	Nodes int
	// Total is what one assessment may cost at most, in rows looked at; states made and
	// boxes count as more. It is one second or two. Beyond it everything else is
	// undecided at once.
	Total int
}

const (
	defaultStates = 200_000
	defaultNodes  = 200_000
	defaultTotal  = 100_000_000
)

// A Proof is what was proved about an assessment, and what was found: plain data.
type Proof struct {
	Assessment string
	Version    int
	// Profiles is the number of worlds, in decimal: every way to answer the questions
	// that are shown. It is exact unless AtMost is set.
	Profiles string
	AtMost   bool
	// Statements are what was to be proved, in the order of Subjects.
	Statements []Statement
	Findings   []Finding
	Method     Method
}

// A Statement counts what was to be proved about one subject.
type Statement struct {
	Subject Subject
	// All is how many things it was to be proved of; Failed and Undecided, of how many
	// it does not hold, or is not known. It is proved of all others.
	All, Failed, Undecided int
}

// A Subject is what is proved.
type Subject string

// The subjects, in the order of a proof.
const (
	EveryQuestionAsked  Subject = "question-asked"
	EveryLevelReached   Subject = "level-reached"
	EveryOutcomeReached Subject = "outcome-reached"
	EveryVoteReached    Subject = "vote-reached"
	EveryTargetReached  Subject = "target-reached"
	EveryAdviceReached  Subject = "advice-reached"
	NoAdviceForAll      Subject = "advice-not-for-all"
	EverybodyDecided    Subject = "everybody-decided"
	EverybodyAdvised    Subject = "everybody-advised"
	NoSourceContradicts Subject = "source-contradicts"
	NoSourceLeavesGap   Subject = "source-gap"
	BetterNeverLowers   Subject = "better-never-lowers"
	EverythingIsUsed    Subject = "everything-used"
)

// Method says how hard it was: numbers for the page of proofs.
type Method struct {
	// Searches is the number of goals; Components were enumerated, Boxed were too large.
	Searches, Components, Boxed int
	// States, Nodes and Boxes are the largest of one component or search.
	States, Nodes, Boxes int
	// Cost is what all of it cost, of Options.Total.
	Cost int
}

// A Finding is something that does not hold, or could not be decided.
type Finding struct {
	Code    diag.Code
	Element Element
	// Others are further elements that belong to it: the other vote, the outcomes that
	// stand before this one.
	Others []Element
	// Clauses contradict each other, and no smaller set of them does.
	Clauses []Clause
	// Profile is a counterexample: constraints that together are enough, none of which
	// can be left out. Example says that it is a single world instead.
	Profile []string
	Example bool
	// When is the profile as an author writes it in a condition; "" of an example.
	When string
	// Loose: the budget ended before it was known whether a clause or constraint could
	// be left out.
	Loose bool
	// Notes say why clauses contradict each other where it cannot be read from them.
	Notes []Note
	// Scored: only profiles in which every dimension has a score were looked at.
	Scored bool
	// Words are ids of options, or levels.
	Words []string
}

// ElementKind says in which list of the assessment an element stands.
type ElementKind string

// The kinds of elements.
const (
	QuestionElement  ElementKind = "question"
	DimensionElement ElementKind = "dimension"
	ValueElement     ElementKind = "value"
	OutcomeElement   ElementKind = "outcome"
	VoteElement      ElementKind = "vote"
	TargetElement    ElementKind = "target"
	AdviceElement    ElementKind = "advice"
)

// An Element is something in the assessment's file.
type Element struct {
	Kind  ElementKind
	Index int
	// Part is an option of a question, or a level of a dimension.
	Part int
}

// A Clause is a part of the condition of a finding's element: its place in the text of
// the condition. Negated: it is its opposite that cannot hold with the others; or, of a
// condition that always holds, that does.
type Clause struct {
	Start, End int
	Negated    bool
}

// A Note explains a contradiction.
type Note struct {
	Kind NoteKind
	// Question, Option and Dimension are indexes.
	Question, Option, Dimension int
}

// NoteKind is what a note says.
type NoteKind string

// The notes.
const (
	// NoteAskWhen: the question is asked only sometimes.
	NoteAskWhen NoteKind = "ask-when"
	// NoteExclusive: the option stands alone.
	NoteExclusive NoteKind = "exclusive"
	// NoteHolds: the question holds the level of the dimension.
	NoteHolds NoteKind = "holds"
)

// A prover is one proof in the making.
type prover struct {
	model    *assessment.Model
	options  Options
	atoms    []*atom
	atomIDs  map[string]int
	formulas map[*expr.Node]*formula
	known    map[string]*component
	// asks lists, for each question, itself and those that decide whether it is asked;
	// askAtoms the atoms of its ask-when; askPlace its place in ask order.
	asks     [][]int
	askAtoms [][]*atom
	askPlace []int
	// inputs are the atoms that questions are asked, by question, as far as needed.
	inputs  map[int]*atom
	every   []int // dimensions
	scratch *point
	method  Method
	left    int
	loose   bool // a smallest set may not be, because something was undecided
	proof   *Proof
	// constraints and cores are those of each finding, as conditions: for tests.
	constraints [][]constraint
	cores       [][]condition
}

// Prove proves what can be proved of a model.
func Prove(m *assessment.Model, o Options) *Proof { return newProver(m, o).prove() }

func newProver(m *assessment.Model, o Options) *prover {
	if o.States == 0 {
		o.States = defaultStates
	}
	if o.Nodes == 0 {
		o.Nodes = defaultNodes
	}
	if o.Total == 0 {
		o.Total = defaultTotal
	}
	p := &prover{
		model: m, options: o, atomIDs: map[string]int{}, formulas: map[*expr.Node]*formula{}, known: map[string]*component{}, inputs: map[int]*atom{},
		scratch: newPoint(m), left: o.Total, proof: &Proof{Assessment: m.ID, Version: m.Version},
	}
	for d := range m.Dimensions {
		p.every = append(p.every, d)
	}
	p.askClosure()
	return p
}

func (p *prover) prove() *Proof {
	profiles, exact := p.count()
	p.proof.Profiles, p.proof.AtMost = profiles.String(), !exact
	p.questionsAsked()
	p.levels()
	p.outcomes()
	p.votesReached()
	p.targets()
	p.advice()
	p.decided()
	p.advised()
	p.sources()
	p.lowers()
	p.used()
	p.method.Cost = p.options.Total - p.left
	p.proof.Method = p.method
	return p.proof
}

// state begins a statement.
func (p *prover) state(subject Subject) *Statement {
	p.proof.Statements = append(p.proof.Statements, Statement{Subject: subject})
	return &p.proof.Statements[len(p.proof.Statements)-1]
}

// found adds a finding.
func (p *prover) found(f Finding, constraints []constraint, core []condition) {
	f.Profile = p.profile(constraints)
	if !f.Example {
		f.When = p.when(constraints)
	}
	f.Loose = p.loose
	p.loose = false
	p.proof.Findings = append(p.proof.Findings, f)
	p.constraints = append(p.constraints, constraints)
	p.cores = append(p.cores, core)
}

// undecided adds that something could not be decided.
func (p *prover) undecided(s *Statement, e Element) {
	s.Undecided++
	p.found(Finding{Code: diag.AssessUndecided, Element: e, Words: []string{string(s.Subject)}}, nil, nil)
}

// count is the number of worlds. Questions joined by an ask-when are counted together.
func (p *prover) count() (profiles *big.Int, exact bool) {
	profiles, exact = big.NewInt(1), true
	joined := map[int]bool{}
	groups := p.asked()
	for _, group := range groups {
		for _, i := range group {
			joined[i] = true
		}
	}
	for i := range p.model.Questions {
		if !joined[i] {
			profiles.Mul(profiles, size(&p.model.Questions[i]))
		}
	}
	for _, group := range groups {
		c := &component{questions: group}
		var sum *big.Int
		if e := p.newEnumerator(c); e != nil {
			e.count = true
			e.arrange()
			e.schedule()
			if t := e.run(); t != nil {
				sum = t.weigh[0]
			}
		}
		if sum == nil {
			exact = false
			sum = big.NewInt(1)
			for _, i := range group {
				sum.Mul(sum, size(&p.model.Questions[i]))
			}
		}
		profiles.Mul(profiles, sum)
	}
	return profiles, exact
}

// asked groups the questions that are joined by an ask-when, each in ask order.
func (p *prover) asked() [][]int {
	group := map[int]int{}
	for _, i := range p.model.AskOrder {
		if len(p.asks[i]) == 1 && p.model.Questions[i].AskWhen == nil {
			continue
		}
		for _, j := range p.asks[i] {
			if _, ok := group[j]; !ok {
				group[j] = j
			}
			from, to := group[j], group[i]
			for k, g := range group {
				if g == from {
					group[k] = to
				}
			}
		}
	}
	byGroup := map[int]int{}
	var list [][]int
	for _, i := range p.model.AskOrder {
		g, ok := group[i]
		if !ok {
			continue
		}
		at, seen := byGroup[g]
		if !seen {
			at = len(list)
			byGroup[g] = at
			list = append(list, nil)
		}
		list[at] = append(list[at], i)
	}
	return list
}

// size is the number of ways to answer a question.
func size(q *assessment.ModelQuestion) *big.Int {
	n := big.NewInt(int64(len(q.Options)))
	switch q.Kind {
	case assessment.KindNumber:
		n = big.NewInt(q.Max - q.Min + 1)
	case assessment.KindMany:
		alone := 0
		for _, option := range q.Options {
			if option.Exclusive {
				alone++
			}
		}
		n = new(big.Int).Lsh(big.NewInt(1), uint(len(q.Options)-alone))
		n.Add(n, big.NewInt(int64(alone)))
	}
	if q.NotApplicable {
		n.Add(n, big.NewInt(1))
	}
	return n
}
