package messages

// English returns the catalogue in English.
func English() Catalogue {
	return Catalogue{
		"and": "and", "or": "or",
		"figure.point": ".", "figure.group": ",", "figure.percent": "{x} %", "figure.money": "{unit} {x}", "figure.unit": "{x} {unit}",
		"span": "{low} to {high}", "figure.any": "any number", "figure.at-least": "at least {x}", "figure.at-most": "at most {x}", "none": "–", "perhaps-none": "{x}, or –",
		"mean.exact": "{x} ({n}/{d})",

		"truth.true": "Holds", "truth.false": "Does not hold", "truth.none": "Does not apply", "truth.open": "Open",
		"reason.all": "all of these", "reason.any": "one of these", "reason.not": "not this", "reason.if": "one or the other",
		"reason.same": "these two are alike", "reason.other": "these two differ",
		"reason.always":  "always",
		"reason.sources": "{line} [{sources}]", "reason.line": "{verdict}: {what}",

		"sign.<": "{a} is below {b}", "sign.<=": "{a} is at most {b}", "sign.>": "{a} is above {b}", "sign.>=": "{a} is at least {b}",
		"sign.==": "{a} is {b}", "sign.!=": "{a} is not {b}",
		"what.is": "{question} {options}", "what.is-not": "{question} Not {options}", "what.has": "{question} {options}, among others or alone",
		"what.yes": "{question} Yes", "what.count": "how many are chosen of: {question}", "what.level": "the level of {dimension}",
		"what.mean": "the mean of {dimension}", "what.applies": "{what} applies", "what.question": "“{question}”", "what.question-level": "the level of “{question}”",
		"what.true": "true", "what.false": "false",
		"op.add": "{a} + {b}", "op.subtract": "{a} − {b}", "op.multiply": "{a} × {b}", "op.divide": "{a} ÷ {b}", "op.negate": "−{a}",
		"op.min": "the smallest of {list}", "op.max": "the largest of {list}", "op.abs": "the size of {a}", "op.floor": "{a}, rounded down",
		"op.ceil": "{a}, rounded up", "op.round": "{a}, rounded", "op.if": "{a} or {b}, depending on a condition",

		"answer.unanswered": "Not answered", "answer.dont-know": "Not known", "answer.not-applicable": "Does not exist here",
		"answer.hidden": "Not asked, and counts as {answer}", "answer.hidden-na": "Not asked",
		"answer.nothing": "None of them", "answer.level": "{answer} (level {level})", "answer.said": "“{answer}”",

		"score.line": "{dimension}: level {level}, mean {mean}", "score.none": "{dimension}: –, because no question of it applies",
		"score.top": "{dimension} is at the top of the ladder", "score.held": "{dimension} is held at {level} by {questions}",
		"score.open": "{dimension} is between {low} and {high}, because {questions}", "score.open.one": "{n} question is open", "score.open.many": "{n} questions are open",

		"result.profile": "Profile", "result.decision": "Decision", "result.votes": "What the sources say", "result.next": "Next steps",
		"result.why": "Why", "result.change": "What would change it", "result.values": "Figures", "result.advice": "Advice",
		"result.answered":    "{n} of {all} questions answered",
		"result.no-decision": "No decision: none of the conditions holds.", "result.open": "Open. It could be: {outcomes}.",
		"result.open-none": "none of them", "result.asks": "Not settled yet: {questions}", "result.as-settled": "As settled as the answers allow. Not known: {questions}",
		"result.reading": "Our own reading", "result.no-next": "Nothing to do next.",
		"result.target": "target {level}", "result.no-target": "no target", "result.ready": "ready", "result.waits": "waits for {advice}", "result.perhaps-waits": "perhaps after {advice}",
		"result.held-by":  "held by {questions}",
		"result.versus":   "{segment}: {position} ({mean} ± {deviation}; {source}, {date}, {n} asked)",
		"position.within": "within one deviation", "position.above": "more than one deviation above", "position.below": "more than one deviation below", "position.open": "still open", "position.none": "no figure",

		"stance.agrees": "agrees", "stance.otherwise": "says otherwise", "stance.both": "says both", "stance.silent": "is silent", "stance.open": "is open",
		"vote.line": "{source} {stance}", "vote.says": "{source} {stance}: {outcomes}",

		"verdict.given": "given", "verdict.not-given": "not given", "verdict.open": "open", "verdict.as-settled-as-answers-allow": "as settled as the answers allow",

		"change.none": "No change of one or two answers would change it.", "change.line": "{changes} – then: {outcome}", "change.join": "; ", "change.at-least.join": ", ", "answer.line": "{question} {answer}", "value.line": "{title}: {value}",
		"change.raise": "To raise {dimension} to {level}: {changes}", "change.at-least": "and at least level {level} for {questions}",
		"near.not": "{line} (and should not)", "near.line.one": "{advice}: one condition is missing", "near.line.many": "{advice}: {n} conditions are missing",

		"effort.hours": "hours", "effort.days": "days", "effort.weeks": "weeks", "effort.months": "months", "effort.quarters": "quarters",

		"migrated.from": "These answers were given to version {from}; this is version {to}.", "migrated.kept": "{n} answers kept", "migrated.changed": "Changed: {old} {before} is now {new} {after}", "migrated.dropped": "Dropped: {old} {before}, because {why}",
		"why.retired": "the question was retired", "why.reset": "the scale was reset", "why.option": "the option is gone", "why.gone": "the question is gone", "why.kind": "the question is of another kind", "why.range": "the number is outside the range", "why.part": "a part of the merged question was not answered",

		"page.result": "Your result", "page.still-open": "Still open", "page.candidates": "With the answers so far it could be:", "page.see": "See the result",
		"page.clear-one": "Clear this answer", "page.wrong": "This number does not fit", "page.wrong-number": "The range stands beside it. Until it fits, it counts as no answer.", "page.settled": "Settled: no further answer changes it.", "page.not-settled": "Not settled", "page.turn": "These answers could still turn it:",
		"page.as-settled": "As settled as your answers allow", "page.unknown": "It hangs on what you do not know:",
		"page.says": "What it says", "page.evidence": "Evidence",
		"page.stance-agrees": "Say so", "page.stance-otherwise": "Say otherwise", "page.stance-both": "Say both", "page.stance-open": "Depends on open answers", "page.stance-silent": "Silent",
		"page.no-next-yet": "Nothing is certain enough yet. Each further answer narrows it.", "page.effort": "Takes {effort}.", "page.perhaps": "Perhaps after: {advice}.",
		"page.profile": "Maturity profile, drawn as half a cairn",
		"page.counts":  "{answered} answered, {dont-know} not known, {not-applicable} not applicable, {unanswered} open. There is no overall score: an organisation is not one number.",
		"page.alone":   "{question} alone holds it", "page.several": "{n} answers at {level}", "page.top": "at the top", "page.no-score": "does not apply",
		"page.other-result": "Someone else’s result", "page.go-on": "Go on with the short way", "page.rest.one": "Answer the other question", "page.rest.many": "Answer the other {n} questions",
		"flow.question": "Question {n}", "flow.left.one": "the last that can change the outcome", "flow.left.many": "at most {n} to go", "flow.part": "{n} of {all}",
		"flow.open-decision.one": "One of the {all} open questions can still change the decision.", "flow.open-decision.many": "{n} of the {all} open questions can still change the decision.",
		"flow.open-result.one": "One of the {all} open questions can still change the result.", "flow.open-result.many": "{n} of the {all} open questions can still change the result.",
		"flow.settled-decision": "No open question can change the decision.", "flow.settled-result": "No open question can change the result.",
		"flow.done": "Nothing is open any more", "flow.all": "No further answer changes the levels, advice or figures.", "flow.skipped": "You left out these questions, which could still turn it:",
		"flow.rest.one": "The full profile: one question more, about {minutes}", "flow.rest.many": "The full profile: {n} questions more, about {minutes}", "minutes.one": "{n} minute", "minutes.many": "{n} minutes",

		"keep.title": "Kept in this page only", "keep.page": "Your answers are sent nowhere. They are gone when this page is closed.",

		"path.follow": "The files below follow as you type: {marked} are yours, the rest is the path’s. Nothing is sent anywhere.", "path.marked": "marked words",
		"path.stays": "Until this is mended, the files keep what they had.", "path.first": "First mend what is wrong", "path.done": "done", "path.done-of": "{n} of {all} done",
		"path.download": "Download {folder}.zip", "path.copy-link": "Copy a link with these values", "path.print": "Print as a checklist",
		"path.copy": "Copy", "path.copied": "Copied", "path.not-copied": "Not copied", "path.whole": "Whole path",
		"path.wrong.required": "It is needed.", "path.wrong.choice": "It is none of: {options}.", "path.wrong.yes-no": "It is yes or no.",
		"path.wrong.number": "It is not a number.", "path.wrong.whole": "It is not a whole number.", "path.wrong.places": "It has more than {places} decimal places.",
		"path.wrong.low": "It is below {low}.", "path.wrong.high": "It is above {high}.",
		"path.wrong.character": "It holds {character}, a character that cannot be seen.", "path.wrong.template": "It holds {{, which the tools that read these files take for a template.",
		"path.wrong.long": "It has more than {most} letters.", "path.wrong.pattern": "It does not fit what this field asks for.", "path.wrong.narrow": "It takes small letters, digits and hyphens, beginning with a letter, at most 63.", "path.wrong.word": "The word {word} is no name: YAML does not read it as a text.",
		"path.wrong.derived": "With these values {name} has no result.", "path.wrong.file": "With these values a file would be called {file}, which some system cannot hold.",
		"path.wrong.same-file": "With these values two files would be called {file}.",
		"page.raise":           "{dimension} to {level}", "page.more.one": "and {n} more way", "page.more.many": "and {n} more ways",

		"chart.silence": "No number", "chart.split": "Two answers at once", "chart.table": "The numbers as a table",

		"table.find": "Find in the table", "table.sources": "Sources", "table.group": "Group by", "table.as-written": "As written", "table.no-groups": "Nothing",
		"table.shown": "{n} of {all} rows shown.", "table.ascending": "Sorted by {column}, upwards.", "table.descending": "Sorted by {column}, downwards.", "table.reset": "Show all",
	}
}
