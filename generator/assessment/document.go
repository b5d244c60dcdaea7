package assessment

import "cairn/generator/record"

// A Document is an assessment file as it is written: every key, with its place.
// The tags of its fields are the documentation for authors and the JSON Schema for
// editors; the rules that need more than one key stand in structure.go.
type Document struct {
	record.At
	ID           record.String       `key:"id" need:"true" id:"true" doc:"Identifies the assessment in saved answers and links. Never change it."`
	Version      record.Integer      `key:"version" need:"true" min:"1" max:"65535" doc:"Counts released versions. Raise it when questions or options change."`
	Title        record.String       `key:"title" need:"true" doc:"The page's heading."`
	Description  record.String       `key:"description" doc:"One or two sentences under the heading."`
	Introduction record.String       `key:"introduction" doc:"Markdown before the first question: for whom, how to answer."`
	Group        record.String       `key:"group" doc:"Heading under which the page stands in its section's list."`
	Order        record.Integer      `key:"order" doc:"Place of the page in its section."`
	Levels       []LevelDocument     `key:"level" doc:"The ladder, from level 0 upwards."`
	Dimensions   []DimensionDocument `key:"dimension" doc:"What is scored, each on the ladder."`
	Questions    []QuestionDocument  `key:"question" doc:"What is asked, in order."`
	Values       []ValueDocument     `key:"value" doc:"Numbers that are computed from the answers."`
	Outcomes     []OutcomeDocument   `key:"outcome" doc:"Possible decisions, in order: the first whose condition holds is the site's own reading."`
	Votes        []VoteDocument      `key:"vote" doc:"What one published source would choose, and when."`
	Targets      []TargetDocument    `key:"target" doc:"The level to aim at in a dimension: the first whose condition holds."`
	Advice       []AdviceDocument    `key:"advice" doc:"What to do next, and when."`
	Benchmarks   []BenchmarkDocument `key:"benchmark" doc:"Published figures to set a computed value against."`
	Expectations []ExpectDocument    `key:"expect" doc:"Tests: what these answers must lead to. They run in every check."`
	Migrations   []MigrateDocument   `key:"migrate" doc:"What became of the questions and options of an earlier version."`
}

// A LevelDocument is a rung of the ladder.
type LevelDocument struct {
	record.At
	Number      record.Integer `key:"number" need:"true" min:"0" max:"9" doc:"0, 1, 2 … in order."`
	Name        record.String  `key:"name" need:"true" doc:"One or two words."`
	Description record.String  `key:"description" doc:"What it looks like."`
}

// A DimensionDocument is something that is scored on the ladder.
type DimensionDocument struct {
	record.At
	ID          record.String `key:"id" need:"true" id:"true" doc:"For level(id) and mean(id) in conditions."`
	Title       record.String `key:"title" need:"true" doc:"The name in headings and tables."`
	Short       record.String `key:"short" doc:"At most 14 letters, for the chart. The title, if that is short enough."`
	Guide       record.String `key:"guide" doc:"The guide that explains it, relative to this file."`
	Description record.String `key:"description" doc:"What is asked here."`
}

// A QuestionDocument is a question. Which keys belong to which kind is checked by
// structure.go.
type QuestionDocument struct {
	record.At
	ID            record.String    `key:"id" need:"true" id:"true" doc:"Identifies the question in conditions and saved answers."`
	Dimension     record.String    `key:"dimension" doc:"The dimension it is scored in. Without one it is context: it decides, but is not scored."`
	Kind          record.String    `key:"kind" need:"true" one-of:"level choice many number yes-no" doc:"level and choice: one option. many: any number of options. number: a number. yes-no: yes or no."`
	Text          record.String    `key:"text" need:"true" doc:"The question."`
	Hint          record.String    `key:"hint" doc:"A sentence that helps to answer."`
	Sources       record.Strings   `key:"sources" doc:"Ids of the sources it rests on."`
	Own           record.Boolean   `key:"own" doc:"It is our own derivation." default:"false"`
	DontKnow      record.Boolean   `key:"dont-know" doc:"Whether \"I don't know\" is an answer: it widens the result and counts as nothing." default:"true"`
	NotApplicable record.Boolean   `key:"not-applicable" doc:"Whether \"does not exist here\" is an answer: the question is then left out of its dimension." default:"false"`
	AskWhen       record.String    `key:"ask-when" doc:"Condition over other questions. While it does not hold, the question is hidden."`
	Otherwise     *record.Value    `key:"otherwise" doc:"The answer that a hidden question counts as; for a scored question its lowest. Without it, it counts as not applicable."`
	Options       []OptionDocument `key:"option" doc:"What can be answered. Not for numbers."`
	Min           record.Number    `key:"min" doc:"Smallest number; required for kind number."`
	Max           record.Number    `key:"max" doc:"Largest number; required for kind number."`
	Step          record.Number    `key:"step" doc:"Numbers are whole multiples of it: 1, 0.5, 1000. Required for kind number."`
	Unit          record.String    `key:"unit" doc:"Unit of a number, as people, hours or USD."`
	Bands         []BandDocument   `key:"bands" doc:"The level that a number, or a count of options, stands for. Required for a scored question of kind number or many."`
}

// An OptionDocument is one possible answer.
type OptionDocument struct {
	record.At
	ID        record.String  `key:"id" doc:"For conditions and saved answers. Options of kind level have their level's number if they have no id; those of yes-no are yes and no."`
	Level     record.Integer `key:"level" min:"0" max:"9" doc:"The level it stands for, if the question is scored."`
	Text      record.String  `key:"text" doc:"What can be seen where this is true, in at most 20 words."`
	Exclusive record.Boolean `key:"exclusive" doc:"kind many: stands alone, as \"none of these\" does, and is not counted." default:"false"`
}

// A BandDocument is a range of numbers that stands for a level.
type BandDocument struct {
	record.At
	From  record.Number  `key:"from" doc:"First number of the band; the smallest there is, if left out."`
	To    record.Number  `key:"to" doc:"Last number of the band, included; the largest there is, if left out."`
	Level record.Integer `key:"level" need:"true" min:"0" max:"9" doc:"The level it stands for."`
	Text  record.String  `key:"text" doc:"Name of the band."`
}

// A ValueDocument is a computed number.
type ValueDocument struct {
	record.At
	ID      record.String  `key:"id" need:"true" id:"true" doc:"Its name in conditions."`
	Title   record.String  `key:"title" need:"true" doc:"What it is."`
	Compute record.String  `key:"compute" need:"true" doc:"An expression over questions, dimensions and other values."`
	Type    record.String  `key:"type" one-of:"number money percent" default:"number" doc:"How it is shown. A percent value of 25 is shown as 25 %."`
	Unit    record.String  `key:"unit" doc:"Unit, as hours or USD."`
	Places  record.Integer `key:"places" min:"0" max:"6" default:"0" doc:"Decimal places that are shown."`
	Note    record.String  `key:"note" doc:"How it is reckoned, in a sentence."`
	Sources record.Strings `key:"sources" doc:"Ids of the sources it rests on."`
	Own     record.Boolean `key:"own" default:"false" doc:"It is our own derivation."`
}

// An OutcomeDocument is a possible decision.
type OutcomeDocument struct {
	record.At
	ID      record.String  `key:"id" need:"true" id:"true" doc:"Its name in votes and expectations."`
	Title   record.String  `key:"title" need:"true" doc:"The decision in one line."`
	Text    record.String  `key:"text" doc:"Markdown: what it means, and how far to trust it."`
	When    record.String  `key:"when" doc:"Condition. Without one it always holds, which suits the last."`
	Guides  record.Strings `key:"guides" doc:"Guides to read, relative to this file."`
	Sources record.Strings `key:"sources" doc:"Ids of sources."`
	Own     record.Boolean `key:"own" default:"false" doc:"It is our own derivation."`
}

// A VoteDocument is what one source says.
type VoteDocument struct {
	record.At
	Source  record.String  `key:"source" need:"true" id:"true" doc:"Id of the source."`
	Outcome record.String  `key:"outcome" need:"true" doc:"Id of the outcome it would choose, or \"silent\"."`
	When    record.String  `key:"when" doc:"Condition. Without one it always holds."`
	Also    record.Strings `key:"also" doc:"Outcomes that the same source names at the same time; each must name the other."`
	Locator record.String  `key:"locator" doc:"Where the source says so: \"hiring table, row 2\"."`
	Text    record.String  `key:"text" doc:"What it says, in our own words."`
}

// A TargetDocument is a level to aim at.
type TargetDocument struct {
	record.At
	Dimension record.String  `key:"dimension" need:"true" doc:"Id of the dimension."`
	Level     record.Integer `key:"level" need:"true" min:"0" max:"9" doc:"The level to aim at."`
	When      record.String  `key:"when" doc:"Condition. Without one it always holds."`
	Sources   record.Strings `key:"sources" doc:"Ids of sources. A target needs sources or own."`
	Own       record.Boolean `key:"own" default:"false" doc:"It is our own derivation."`
	Note      record.String  `key:"note" doc:"Why this level is enough."`
}

// An AdviceDocument is something to do.
type AdviceDocument struct {
	record.At
	ID        record.String  `key:"id" need:"true" id:"true" doc:"Its name in after and in expectations."`
	Title     record.String  `key:"title" need:"true" doc:"What to do, in one line."`
	Text      record.String  `key:"text" doc:"Markdown: how to begin."`
	When      record.String  `key:"when" doc:"Condition. Write either this or dimension and step."`
	Dimension record.String  `key:"dimension" doc:"The dimension it serves; it is put first where the gap to the target is largest."`
	Step      record.Integer `key:"step" min:"1" max:"9" doc:"The level it leads to: the advice is given while the dimension stands one below."`
	Guides    record.Strings `key:"guides" doc:"Guides to read, relative to this file."`
	Effort    record.String  `key:"effort" one-of:"hours days weeks months quarters" default:"weeks" doc:"How long it takes, roughly."`
	After     record.Strings `key:"after" doc:"Ids of advice that comes before it: while one of them is given, this one waits."`
	Sources   record.Strings `key:"sources" doc:"Ids of sources."`
	Own       record.Boolean `key:"own" default:"false" doc:"It is our own derivation."`
}

// A BenchmarkDocument is a published figure.
type BenchmarkDocument struct {
	record.At
	Value      record.String  `key:"value" need:"true" doc:"Id of the value it is set against."`
	Segment    record.String  `key:"segment" need:"true" doc:"Who was asked: industry, size, country."`
	Mean       record.Number  `key:"mean" need:"true" doc:"The published mean, in the unit of the value."`
	Deviation  record.Number  `key:"deviation" need:"true" min:"0" doc:"The published standard deviation."`
	SampleSize record.Integer `key:"sample-size" need:"true" min:"1" doc:"How many were asked."`
	Date       record.Date    `key:"date" need:"true" doc:"When it was published."`
	Source     record.String  `key:"source" need:"true" id:"true" doc:"Id of the source."`
	Locator    record.String  `key:"locator" doc:"Where the source says so."`
}

// An ExpectDocument is a test.
type ExpectDocument struct {
	record.At
	Name       record.String  `key:"name" need:"true" doc:"What the test is about."`
	Given      *record.Value  `key:"given" doc:"Table of answers: an option's id, a number, true or false, a list of ids, \"dont-know\" or \"not-applicable\"."`
	Rest       *record.Value  `key:"rest" doc:"How the other scored questions are answered: \"lowest\", \"highest\" or a level. Without it they are unanswered."`
	Advice     record.Strings `key:"advice" doc:"Advice that must be given."`
	Never      record.Strings `key:"never" doc:"Advice that must not be given."`
	Outcome    record.String  `key:"outcome" doc:"The decision."`
	NotOutcome record.String  `key:"not-outcome" doc:"What must not be the decision."`
	Votes      *record.Value  `key:"votes" doc:"Table: for a source the outcome it must choose, a list of them, or \"silent\"."`
	Levels     *record.Value  `key:"levels" doc:"Table: for a dimension a comparison of its level, as \">= 2\"."`
}

// A MigrateDocument says what became of one question of an earlier version. It
// holds exactly one of rename, options, retire, split, merge and scale.
type MigrateDocument struct {
	record.At
	From     record.Integer `key:"from" need:"true" min:"1" max:"65535" doc:"The version that is left: answers of it become answers of the next."`
	Question record.String  `key:"question" doc:"The question's id in that version. Not for merge."`
	Rename   record.String  `key:"rename" doc:"The question's new id."`
	Options  *record.Value  `key:"options" doc:"Table: new option id by old one. An option that is gone and not named is dropped."`
	Retire   record.Boolean `key:"retire" doc:"The question is gone; its answer is dropped." default:"false"`
	Split    []PartDocument `key:"split" doc:"The questions that it was split into."`
	Merge    record.Strings `key:"merge" doc:"Ids of the questions that were merged."`
	Into     record.String  `key:"into" doc:"merge: id of the new question."`
	Take     record.String  `key:"take" one-of:"lowest highest" default:"lowest" doc:"merge: which of the answers is taken."`
	Scale    record.String  `key:"scale" one-of:"reset clamp proportion" doc:"The scale changed: drop the answer, keep it within the new range, or keep its proportion."`
}

// A PartDocument is one part of a question that was split.
type PartDocument struct {
	record.At
	Question record.String `key:"question" need:"true" doc:"Id of the new question."`
	Options  *record.Value `key:"options" need:"true" doc:"Table: the part's option by the old option."`
}
