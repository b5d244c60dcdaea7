package diag

// Codes of what is found by proof: faults of an assessment that no single line shows.
const (
	AssessDeadAdvice        Code = "assess/dead-advice"
	AssessDeadOutcome       Code = "assess/dead-outcome"
	AssessDeadVote          Code = "assess/dead-vote"
	AssessDeadTarget        Code = "assess/dead-target"
	AssessDeadLevel         Code = "assess/dead-level"
	AssessDeadQuestion      Code = "assess/dead-question"
	AssessConstantAdvice    Code = "assess/constant-advice"
	AssessConstantAskWhen   Code = "assess/constant-ask-when"
	AssessConstantQuestion  Code = "assess/constant-question"
	AssessConstantValue     Code = "assess/constant-value"
	AssessNobodyDecided     Code = "assess/nobody-decided"
	AssessNobodyAdvised     Code = "assess/nobody-advised"
	AssessUnscoredUnadvised Code = "assess/unscored-unadvised"
	AssessVoteContradicts   Code = "assess/vote-contradicts"
	AssessVoteGap           Code = "assess/vote-gap"
	AssessLevelOrder        Code = "assess/level-order"
	AssessBandsTurn         Code = "assess/bands-turn"
	AssessUnusedQuestion    Code = "assess/unused-question"
	AssessUnusedOption      Code = "assess/unused-option"
	AssessUndecided         Code = "assess/undecided"
)

var proofRules = []Rule{
	{
		Code: AssessDeadAdvice, Severity: Error, Language: "toml",
		Title:   "Advice that nobody can get",
		Explain: "No answers fulfil its condition. The message names the smallest set of clauses that contradict each other: one of them is not what was meant.",
		Wrong:   `when = "engineers < 20 && engineers >= 50"`,
		Right:   `when = "engineers >= 20 && engineers < 50"`,
	},
	{
		Code: AssessDeadOutcome, Severity: Error, Language: "toml",
		Title:   "An outcome that is never the decision",
		Explain: "The first outcome whose condition holds is the decision. This one never holds, or wherever it does an earlier one holds too. Move it before those that are named, or narrow them.",
		Wrong:   "[[outcome]]\nid = \"hire\"\nwhen = \"engineers >= 10\"\n\n[[outcome]]\nid = \"team\"\nwhen = \"engineers >= 50\"",
		Right:   "[[outcome]]\nid = \"team\"\nwhen = \"engineers >= 50\"\n\n[[outcome]]\nid = \"hire\"\nwhen = \"engineers >= 10\"",
	},
	{
		Code: AssessDeadVote, Severity: Error, Language: "toml",
		Title:   "A vote that is never cast",
		Explain: "No answers fulfil its condition, so the source would never be heard. One of the clauses named is not what the source says.",
		Wrong:   `when = "engineers >= 100 && teams == one && teams != one"`,
		Right:   `when = "engineers >= 100 && teams != one"`,
	},
	{
		Code: AssessDeadTarget, Severity: Error, Language: "toml",
		Title:   "A target that is never the one to aim at",
		Explain: "The first target of a dimension whose condition holds is the one to aim at. This one never holds, or wherever it does an earlier one holds too.",
		Wrong:   "[[target]]\ndimension = \"delivery\"\nlevel = 2\nown = true\n\n[[target]]\ndimension = \"delivery\"\nlevel = 3\nwhen = \"engineers >= 50\"\nown = true",
		Right:   "[[target]]\ndimension = \"delivery\"\nlevel = 3\nwhen = \"engineers >= 50\"\nown = true\n\n[[target]]\ndimension = \"delivery\"\nlevel = 2\nown = true",
	},
	{
		Code: AssessDeadLevel, Severity: Error, Language: "toml",
		Title:   "A level that nobody can have",
		Explain: "No answers to the questions of this dimension give this level, so what is written about it is for nobody. A dimension needs a question with an option of each level; a question whose best answer is lower never holds the dimension above it.",
		Wrong:   "# the only question of the dimension\nkind = \"yes-no\"\n# and a ladder from 0 to 4",
		Right:   "kind = \"level\"\n# with an option for each level from 0 to 4",
	},
	{
		Code: AssessDeadQuestion, Severity: Error, Language: "toml",
		Title:   "A question that nobody is asked",
		Explain: "No answers fulfil its ask-when, so neither it nor any of its options can ever be chosen.",
		Wrong:   `ask-when = "teams == one && teams == several"`,
		Right:   `ask-when = "teams in (one, several)"`,
	},
	{
		Code: AssessConstantAdvice, Severity: Warning, Language: "toml",
		Title:   "Advice that everybody gets",
		Explain: "It is given whatever is answered. What everybody is told belongs into the text; advice should hang on an answer.",
		Wrong:   `when = "engineers >= 10 || engineers < 10"`,
		Right:   `when = "engineers >= 10"`,
	},
	{
		Code: AssessConstantAskWhen, Severity: Warning, Language: "toml",
		Title:   "An ask-when that always holds",
		Explain: "The question is asked whatever was answered before. Leave the condition out, or correct it.",
		Wrong:   `ask-when = "teams == one || teams != one"`,
		Right:   `ask-when = "teams != one"`,
	},
	{
		Code: AssessConstantQuestion, Severity: Warning, Language: "toml",
		Title:   "A scored question whose answers are all of one level",
		Explain: "Whatever is answered, the level and the mean are the same. Give its answers different levels, or ask it without a dimension.",
		Wrong:   "# yes\nlevel = 1\n# no\nlevel = 1",
		Right:   "# yes\nlevel = 1\n# no\nlevel = 0",
	},
	{
		Code: AssessConstantValue, Severity: Warning, Language: "toml",
		Title:   "A value that is the same for everybody",
		Explain: "Whatever is answered, the figure is the same, or there is none because it divides by zero or reads what never applies.",
		Wrong:   `compute = "hours * 0"`,
		Right:   `compute = "hours * cost"`,
	},
	{
		Code: AssessNobodyDecided, Severity: Error, Language: "toml",
		Title:   "Profiles without a decision",
		Explain: "For the answers described no outcome holds. A condition on something that does not apply does not hold either. Add an outcome for them, or a last one without when: that the sources disagree is an outcome too.",
		Wrong:   "[[outcome]]\nid = \"nobody\"\nwhen = \"engineers < 10\"\n\n[[outcome]]\nid = \"team\"\nwhen = \"engineers >= 20\"",
		Right:   "[[outcome]]\nid = \"nobody\"\nwhen = \"engineers < 10\"\n\n[[outcome]]\nid = \"open\"\nwhen = \"engineers < 20\"\n\n[[outcome]]\nid = \"team\"",
	},
	{
		Code: AssessNobodyAdvised, Severity: Error, Language: "toml",
		Title:   "Profiles without any advice",
		Explain: "Who answers as described gets a result and nothing to do. Often these are the best: give them something too, or tell them that they may stop.",
		Wrong:   "# advice for levels 0 to 3 of each dimension",
		Right:   "[[advice]]\nid = \"keep\"\ntitle = \"Keep it, and help others\"\nwhen = \"level(delivery) == 4\"",
	},
	{
		Code: AssessUnscoredUnadvised, Severity: Warning, Language: "toml",
		Title:   "Profiles without a score and without any advice",
		Explain: "Where every dimension has a score somebody gets advice; but who answers not applicable throughout a dimension, as described, gets none.",
		Wrong:   `when = "level(delivery) < 4"`,
		Right:   "when = \"level(delivery) < 4\"\n\n[[advice]]\nid = \"elsewhere\"\nwhen = \"!applies(delivery)\"",
	},
	{
		Code: AssessVoteContradicts, Severity: Error, Language: "toml",
		Title:   "A source that votes for two things at once",
		Explain: "For the answers described two votes of one source hold. If the source really names both, each vote names the other in also; if not, one of the conditions is wrong.",
		Wrong:   "[[vote]]\nsource = \"report\"\noutcome = \"hire\"\nwhen = \"engineers >= 20\"\n\n[[vote]]\nsource = \"report\"\noutcome = \"team\"\nwhen = \"engineers >= 50\"",
		Right:   "[[vote]]\nsource = \"report\"\noutcome = \"hire\"\nwhen = \"engineers >= 20 && engineers < 50\"\n\n[[vote]]\nsource = \"report\"\noutcome = \"team\"\nwhen = \"engineers >= 50\"",
	},
	{
		Code: AssessVoteGap, Severity: Error, Language: "toml",
		Title:   "A source that says nothing, and does not say so",
		Explain: "For the answers described no vote of this source holds. A source that does not speak of something is silent, and silence is a vote: so it is known to be no mistake.",
		Wrong:   "[[vote]]\nsource = \"report\"\noutcome = \"team\"\nwhen = \"engineers >= 50\"",
		Right:   "[[vote]]\nsource = \"report\"\noutcome = \"team\"\nwhen = \"engineers >= 50\"\n\n[[vote]]\nsource = \"report\"\noutcome = \"silent\"\nwhen = \"engineers < 50\"",
	},
	{
		Code: AssessLevelOrder, Severity: Error, Language: "toml",
		Title:   "A better answer that counts for less",
		Explain: "The options of a level question stand in order. Their levels go up and then down again, so an answer further along lowers the level. If the options have no order, the question is of kind choice.",
		Wrong:   "# no\nlevel = 0\n# in some teams\nlevel = 2\n# in all teams\nlevel = 1",
		Right:   "# no\nlevel = 0\n# in some teams\nlevel = 1\n# in all teams\nlevel = 2",
	},
	{
		Code: AssessBandsTurn, Severity: Warning, Language: "toml",
		Title:   "Bands whose levels go up and down again",
		Explain: "More is better and then worse, or the other way round. That can be meant; if it is, ask in two questions, so that a reader can see which way is better.",
		Wrong:   `bands = [{ to = 5, level = 0 }, { from = 6, to = 20, level = 2 }, { from = 21, level = 1 }]`,
		Right:   `bands = [{ to = 5, level = 0 }, { from = 6, to = 20, level = 1 }, { from = 21, level = 2 }]`,
	},
	{
		Code: AssessUnusedQuestion, Severity: Warning, Language: "toml",
		Title:   "A question on which nothing depends",
		Explain: "It is not scored, and no condition or value that matters mentions it. The reader would answer it for nothing.",
		Wrong:   "[[question]]\nid = \"budget\"\n# and budget is mentioned nowhere",
		Right:   "[[advice]]\nid = \"hire\"\nwhen = \"budget == two\"",
	},
	{
		Code: AssessUnusedOption, Severity: Warning, Language: "toml",
		Title:   "Options between which nothing depends",
		Explain: "No condition mentions the options named, so it makes no difference which of them is chosen. One option of a question may be left over; options of a set are each chosen for themselves. Join them, or mention them.",
		Wrong:   `when = "teams == one" # and few, several and dozens are mentioned nowhere`,
		Right:   `when = "teams in (one, few)"`,
	},
	{
		Code: AssessUndecided, Severity: Warning, Language: "toml",
		Title:   "Something that could not be proved",
		Explain: "The search ended at its budget before it was known whether this holds for every profile. It is no fault, but no proof either. Conditions that compute with several numbers, or compare dimensions with one another, are what makes it hard: compare numbers with constants where you can.",
		Wrong:   `when = "engineers * salary / teams > budget * mean(delivery)"`,
		Right:   `when = "engineers >= 50 && budget < 200000"`,
	},
}
