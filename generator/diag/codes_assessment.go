package diag

// Codes of assessments and of answers to them. Those found by proof stand in
// codes_proof.go.
const (
	AssessRepeatedID     Code = "assess/repeated-id"
	AssessReservedID     Code = "assess/reserved-id"
	AssessUnknownID      Code = "assess/unknown-id"
	AssessIncomplete     Code = "assess/incomplete"
	AssessKeys           Code = "assess/keys"
	AssessTooLarge       Code = "assess/too-large"
	AssessLevels         Code = "assess/levels"
	AssessLevelRange     Code = "assess/level-range"
	AssessShort          Code = "assess/short"
	AssessEmptyDimension Code = "assess/empty-dimension"
	AssessOptions        Code = "assess/options"
	AssessLongOption     Code = "assess/long-option"
	AssessNoTop          Code = "assess/no-top"
	AssessRange          Code = "assess/range"
	AssessBands          Code = "assess/bands"
	AssessOtherwise      Code = "assess/otherwise"
	AssessAskWhen        Code = "assess/ask-when"
	AssessAskWhenLowers  Code = "assess/ask-when-lowers"
	AssessCycle          Code = "assess/cycle"
	AssessGiven          Code = "assess/given"
	AssessExpectation    Code = "assess/expectation"
	AssessMigration      Code = "assess/migration"
	AssessLayout         Code = "assess/layout"
	AssessLost           Code = "assess/lost"

	AnswerFile            Code = "answer/file"
	AnswerOtherAssessment Code = "answer/other-assessment"
	AnswerVersion         Code = "answer/version"
	AnswerUnknownID       Code = "answer/unknown-id"
	AnswerWrongKind       Code = "answer/wrong-kind"
	AnswerRange           Code = "answer/range"
	AnswerTooLarge        Code = "answer/too-large"
	AnswerLink            Code = "answer/link"
	AnswerLinkOther       Code = "answer/link-other"
)

var assessmentRules = []Rule{
	{
		Code: AssessRepeatedID, Severity: Error, Language: "toml",
		Title:   "An id that is used twice",
		Explain: "Questions, dimensions and values share one space of ids, because conditions mention them by name; outcomes, pieces of advice and the options of a question have one each.",
		Wrong:   "[[advice]]\nid = \"automate\"\n…\n[[advice]]\nid = \"automate\"",
		Right:   "[[advice]]\nid = \"automate\"\n…\n[[advice]]\nid = \"automate-rollback\"",
	},
	{
		Code: AssessReservedID, Severity: Error, Language: "toml",
		Title:   "An id that has a meaning of its own",
		Explain: "Words of conditions (in, true, false, and, or, not, is, yes, no) cannot be ids of questions, values or dimensions; silent is a vote, and dont-know and not-applicable are answers.",
		Wrong:   `id = "in"`,
		Right:   `id = "incidents"`,
	},
	{
		Code: AssessUnknownID, Severity: Error, Language: "toml",
		Title:   "An id that refers to nothing",
		Explain: "What is named here is not in this file. Perhaps it was renamed, or misspelt.",
		Wrong:   `dimension = "delivry"`,
		Right:   `dimension = "delivery"`,
	},
	{
		Code: AssessIncomplete, Severity: Error, Language: "toml",
		Title:   "Something that does not say enough",
		Explain: "Advice needs when, or dimension and step; an option needs an id, a text and, if it is scored, a level; a target needs sources or own.",
		Wrong:   "[[target]]\ndimension = \"delivery\"\nlevel = 2",
		Right:   "[[target]]\ndimension = \"delivery\"\nlevel = 2\nown = true",
	},
	{
		Code: AssessKeys, Severity: Error, Language: "toml",
		Title:   "A key that means nothing here",
		Explain: "min, max, step and unit belong to numbers; bands to scored numbers and counts; exclusive to options of kind many; otherwise to questions with ask-when.",
		Wrong:   "kind = \"choice\"\nmin = 0",
		Right:   `kind = "choice"`,
	},
	{
		Code: AssessTooLarge, Severity: Error, Language: "toml",
		Title:   "An assessment that is too large",
		Explain: "At most 500 questions, 40 options each, and 500 outcomes, votes, targets, values and pieces of advice each. Beyond that nobody answers it, and nothing about it can be proved.",
		Wrong:   "501 [[question]] tables",
		Right:   "two assessments",
	},
	{
		Code: AssessLevels, Severity: Error, Language: "toml",
		Title:   "A ladder without its rungs in order",
		Explain: "Levels are numbered 0, 1, 2 and so on, in this order. An assessment with dimensions has at least two.",
		Wrong:   "[[level]]\nnumber = 1\nname = \"Ad hoc\"",
		Right:   "[[level]]\nnumber = 0\nname = \"Absent\"",
	},
	{
		Code: AssessLevelRange, Severity: Error, Language: "toml",
		Title:   "A level that the ladder does not have",
		Explain: "Options, bands, targets and steps name levels of the ladder, from 0 to the last [[level]].",
		Wrong:   "level = 7",
		Right:   "level = 4",
	},
	{
		Code: AssessShort, Severity: Error, Language: "toml",
		Title:   "A dimension whose name does not fit into the chart",
		Explain: "The profile has room for 14 letters. Give a dimension with a longer title a short name.",
		Wrong:   `title = "Platform as a product"`,
		Right:   "title = \"Platform as a product\"\nshort = \"Product\"",
	},
	{
		Code: AssessEmptyDimension, Severity: Error, Language: "toml",
		Title:   "A dimension without a question",
		Explain: "A dimension is scored by its questions. Without one it can never have a score.",
		Wrong:   "[[dimension]]\nid = \"delivery\"\ntitle = \"Delivery\"",
		Right:   "[[dimension]]\nid = \"delivery\"\ntitle = \"Delivery\"\n\n[[question]]\ndimension = \"delivery\"\n…",
	},
	{
		Code: AssessOptions, Severity: Error, Language: "toml",
		Title:   "Options that do not fit their question",
		Explain: "A question of kind level has a dimension; level and choice have at least two options, many at least one, yes-no the options yes and no or none written.",
		Wrong:   "[[question]]\nid = \"teams\"\nkind = \"choice\"\ntext = \"How many teams?\"",
		Right:   "[[question]]\nid = \"teams\"\nkind = \"choice\"\ntext = \"How many teams?\"\n  [[question.option]]\n  id = \"one\"\n  text = \"One\"\n  [[question.option]]\n  id = \"several\"\n  text = \"Several\"",
	},
	{
		Code: AssessLongOption, Severity: Warning, Language: "toml",
		Title:   "An option that is too long to compare",
		Explain: "Options are read against one another. At most 20 words each keep them comparable; the rest belongs into the guide.",
		Wrong:   `text = "Deployments are made by one of the two people who know how, usually in the evening, when few customers use it and nobody needs them"`,
		Right:   `text = "One of two people deploys, usually in the evening."`,
	},
	{
		Code: AssessNoTop, Severity: Error, Language: "toml",
		Title:   "A scored question whose best answer is level 0",
		Explain: "Such a question could neither hold nor raise anything. At least one of its answers stands for level 1 or higher.",
		Wrong:   `bands = [{ level = 0 }]`,
		Right:   `bands = [{ to = 5, level = 0 }, { from = 6, level = 1 }]`,
	},
	{
		Code: AssessRange, Severity: Error, Language: "toml",
		Title:   "A number without a proper range",
		Explain: "Numbers have min, max and step; min and max are whole multiples of the step, and the step has at most six decimal places. So every number is exact.",
		Wrong:   "min = 1\nmax = 10\nstep = 4",
		Right:   "min = 0\nmax = 12\nstep = 4",
	},
	{
		Code: AssessBands, Severity: Error, Language: "toml",
		Title:   "Bands that overlap or leave gaps",
		Explain: "Bands stand in order and hold every number from the smallest to the largest exactly once. Only the first may leave out from, only the last to.",
		Wrong:   `bands = [{ to = 5, level = 0 }, { from = 5, level = 1 }]`,
		Right:   `bands = [{ to = 5, level = 0 }, { from = 6, level = 1 }]`,
	},
	{
		Code: AssessOtherwise, Severity: Error, Language: "toml",
		Title:   "An otherwise that is no answer",
		Explain: "otherwise is what a hidden question counts as: one of its own options, a number of its range, true or false, or a list of options. Without it the hidden question counts as not applicable.",
		Wrong:   "ask-when = \"pipeline >= 1\"\notherwise = \"none\"",
		Right:   "ask-when = \"pipeline >= 1\"\notherwise = \"0\"",
	},
	{
		Code: AssessAskWhen, Severity: Error, Language: "toml",
		Title:   "An ask-when that mentions more than questions",
		Explain: "Whether a question is asked may depend on other questions only: levels, means and values are computed from the questions that are asked.",
		Wrong:   `ask-when = "level(delivery) >= 2"`,
		Right:   `ask-when = "pipeline >= 2"`,
	},
	{
		Code: AssessAskWhenLowers, Severity: Error, Language: "toml",
		Title:   "A better answer could lower a level",
		Explain: "A scored question may be asked on another scored answer only if that is good enough (>= or >, joined by && and ||), and it counts as its lowest option while it is hidden. Then a better answer only ever shows questions that counted as lowest before.",
		Wrong:   "ask-when = \"pipeline <= 1\"\notherwise = \"0\"",
		Right:   "ask-when = \"pipeline >= 2\"\notherwise = \"0\"",
	},
	{
		Code: AssessCycle, Severity: Error, Language: "toml",
		Title:   "Something that depends on itself",
		Explain: "Conditions of questions, computed values and the order of advice must not run in a circle.",
		Wrong:   "id = \"first\"\nafter = [\"first\"]",
		Right:   "id = \"second\"\nafter = [\"first\"]",
	},
	{
		Code: AssessGiven, Severity: Error, Language: "toml",
		Title:   "A test that cannot be read",
		Explain: "given is a table of answers by question; rest is lowest, highest or a level; levels are comparisons such as \">= 2\"; votes are outcomes by source.",
		Wrong:   `levels = { delivery = "high" }`,
		Right:   `levels = { delivery = ">= 2" }`,
	},
	{
		Code: AssessExpectation, Severity: Error, Language: "toml",
		Title:   "A test that fails",
		Explain: "These answers do not settle what the test expects. Either the rules are not what was meant, or the test is not; if it is open, the message names the questions it is open on.",
		Wrong:   "[[expect]]\nname = \"a team of eight hires nobody\"\ngiven = { engineers = 8 }\noutcome = \"platform\"",
		Right:   "[[expect]]\nname = \"a team of eight hires nobody\"\ngiven = { engineers = 8 }\noutcome = \"nobody\"",
	},
	{
		Code: AssessMigration, Severity: Error, Language: "toml",
		Title:   "A migration that does not say one thing",
		Explain: "Each [[migrate]] table does one of rename, options, retire, split, merge and scale, to a question of the version it names; several run in order.",
		Wrong:   "[[migrate]]\nfrom = 1\nquestion = \"old\"\nrename = \"new\"\nretire = true",
		Right:   "[[migrate]]\nfrom = 1\nquestion = \"old\"\nrename = \"new\"",
	},
	{
		Code: AssessLayout, Severity: Error, Language: "toml",
		Title:   "A released version that was changed",
		Explain: "Saved answers and links refer to the questions and options of a version. Once it is released, its layout stays; raise the version and say in [[migrate]] what became of them.",
		Wrong:   "version = 1\n# and an option is added",
		Right:   "version = 2\n# and an option is added",
	},
	{
		Code: AssessLost, Severity: Error, Language: "toml",
		Title:   "An old answer that ends nowhere",
		Explain: "Every question and option of a released version must become one of this version, or be dropped by name: with retire, or by naming the question in options.",
		Wrong:   "version = 2\n# the question \"builds\" of version 1 is gone",
		Right:   "version = 2\n\n[[migrate]]\nfrom = 1\nquestion = \"builds\"\nretire = true",
	},
	{
		Code: AnswerFile, Severity: Error, Language: "json",
		Title:   "A file that holds no answers",
		Explain: "A file of answers is JSON with format \"cairn-answers\", the assessment's id and version, and answers by question id.",
		Wrong:   `{"delivery": 3}`,
		Right:   `{"format": "cairn-answers", "assessment": "maturity", "version": 1, "answers": {"del-1": {"value": "3"}}}`,
	},
	{
		Code: AnswerOtherAssessment, Severity: Error, Language: "json",
		Title:   "Answers to another assessment",
		Explain: "The file names the assessment that it answers. Answers to another one are never guessed at.",
		Wrong:   `"assessment": "hiring"`,
		Right:   `"assessment": "maturity"`,
	},
	{
		Code: AnswerVersion, Severity: Error, Language: "json",
		Title:   "Answers to a version that is not known",
		Explain: "Answers to an earlier version are migrated, if its layout was recorded at its release; answers to a later one need the later assessment.",
		Wrong:   `"version": 9`,
		Right:   `"version": 1`,
	},
	{
		Code: AnswerUnknownID, Severity: Error, Language: "json",
		Title:   "An answer to a question or with an option that does not exist",
		Explain: "Ids are compared exactly. An answer that fits nothing is named, never guessed at.",
		Wrong:   `"del-99": {"value": "3"}`,
		Right:   `"del-1": {"value": "3"}`,
	},
	{
		Code: AnswerWrongKind, Severity: Error, Language: "json",
		Title:   "An answer of the wrong kind",
		Explain: "Options are ids, sets are lists of ids, numbers are numbers, yes-no is true or false; state is dont-know or not-applicable where the question allows it.",
		Wrong:   `"engineers": {"value": "many"}`,
		Right:   `"engineers": {"value": 24}`,
	},
	{
		Code: AnswerRange, Severity: Error, Language: "json",
		Title:   "A number outside the range of its question",
		Explain: "Numbers lie between min and max and are whole multiples of the step.",
		Wrong:   `"engineers": {"value": -3}`,
		Right:   `"engineers": {"value": 3}`,
	},
	{
		Code: AnswerTooLarge, Severity: Error, Language: "json",
		Title:   "Answers that are too large",
		Explain: "A file of answers has at most 5 MiB, a note 2,000 letters, a label 200.",
		Wrong:   "a file of 6 MiB",
		Right:   "shorter notes",
	},
	{
		Code: AnswerLink, Severity: Error, Language: "text",
		Title:   "A link that is damaged",
		Explain: "A link to answers carries a check sum. One that lost a letter on its way, or got another, is recognised and never half read.",
		Wrong:   "https://example.com/assessment/maturity.html#~answers=aeaacb",
		Right:   "the whole link, as it was copied",
	},
	{
		Code: AnswerLinkOther, Severity: Error, Language: "text",
		Title:   "A link to other questions",
		Explain: "A link names the questions that it answers by a part of their hash. It was made by another assessment, or by a draft of this version that had other questions.",
		Wrong:   "cairn assess maturity --link 'https://example.com/assessment/hire-next.html#~answers=…'",
		Right:   "cairn assess hire-next --link 'https://example.com/assessment/hire-next.html#~answers=…'",
	},
}
