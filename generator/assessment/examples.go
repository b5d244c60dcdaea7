package assessment

// An Example shows one section of an assessment file as an author writes it.
type Example struct {
	// Section is the key of the section: "question"; or "top" for what stands first.
	Section string
	TOML    string
}

// Examples is a whole assessment in parts, in the order of a file: the page of keys
// shows each beside its section, and a test builds all of them together.
func Examples() []Example {
	return []Example{
		{"top", `id = "maturity"
version = 2
title = "How mature is your delivery?"
description = "Answered by what people actually do."
introduction = "Take what happens on an **ordinary** day."
group = "Assessments"
order = 1
`},
		{"level", `[[level]]
number = 0
name = "Absent"
description = "It does not happen, or only by luck."

[[level]]
number = 1
name = "Ad hoc"

[[level]]
number = 2
name = "Repeatable"
`},
		{"dimension", `[[dimension]]
id = "delivery"
title = "Delivery and deployment"
short = "Delivery"
guide = "../content/guides/delivery.md"
description = "How a change travels from a merge to production."
`},
		{"question", `[[question]]
id = "engineers"
kind = "number"
text = "How many engineers are there?"
hint = "Everybody who writes code that runs in production."
min = 1
max = 1000
step = 1
unit = "engineers"
sources = ["staffing-study"]
dont-know = false

[[question]]
id = "teams"
kind = "choice"
text = "How many teams are they?"
option = [
  { id = "one", text = "One" },
  { id = "several", text = "More than one" },
]

[[question]]
id = "regulated"
kind = "yes-no"
text = "Does an authority look at how you release?"

[[question]]
id = "failures"
kind = "number"
text = "How many releases failed in the last twelve months?"
min = 0
max = 1000
step = 1

[[question]]
id = "pipeline"
dimension = "delivery"
kind = "level"
text = "How does a change reach production?"
own = true

  [[question.option]]
  level = 0
  text = "By hand."

  [[question.option]]
  level = 1
  text = "By a script that one person knows."

  [[question.option]]
  level = 2
  text = "By a pipeline that anybody may start."

[[question]]
id = "checks"
dimension = "delivery"
kind = "many"
text = "What does the pipeline check?"
ask-when = "pipeline >= 1"
otherwise = []
not-applicable = true
bands = [
  { to = 0, level = 0, text = "nothing" },
  { from = 1, to = 1, level = 1, text = "something" },
  { from = 2, level = 2, text = "most" },
]
option = [
  { id = "tests", text = "Tests" },
  { id = "secrets", text = "Secrets in the code" },
  { id = "nothing", text = "None of these", exclusive = true },
]

[[question]]
id = "rollback"
dimension = "delivery"
kind = "level"
text = "How is a bad change taken back?"
not-applicable = true
option = [
  { level = 0, text = "Somebody repairs it by hand." },
  { level = 1, text = "By a script that one person knows." },
  { level = 2, text = "By one command that anybody may run." },
]
`},
		{"value", `[[value]]
id = "cost"
title = "Cost of waiting"
compute = "engineers * 2 * 48 * 60"
type = "money"
unit = "EUR"
places = 0
note = "Two hours a week, 48 weeks, 60 euros an hour."
sources = ["staffing-study"]
own = true
`},
		{"outcome", `[[outcome]]
id = "automate"
title = "Automate the way to production first"
text = "Nobody can go faster than the slowest hand."
when = "level(delivery) < 1 && (engineers >= 5 || teams == several)"
guides = ["../content/guides/delivery.md"]
sources = ["staffing-study"]
own = true

[[outcome]]
id = "stay"
title = "Leave it as it is"
`},
		{"vote", `[[vote]]
source = "staffing-study"
outcome = "automate"
when = "engineers >= 10"
also = ["stay"]
locator = "page 4"
text = "From ten engineers on, deploying by hand costs more than it saves."

[[vote]]
source = "staffing-study"
outcome = "silent"
when = "engineers < 10"
`},
		{"target", `[[target]]
dimension = "delivery"
level = 2
when = "engineers >= 20 || regulated"
sources = ["staffing-study"]
note = "Smaller teams can live with a script."

[[target]]
dimension = "delivery"
level = 1
own = true
`},
		{"advice", `[[advice]]
id = "script"
title = "Write the deployment down as a script"
text = "Begin with the step that fails most often."
dimension = "delivery"
step = 1
effort = "days"
guides = ["../content/guides/delivery.md"]
sources = ["staffing-study"]

[[advice]]
id = "scan"
title = "Look for secrets in the code"
when = "pipeline >= 1 && !has(checks, secrets)"
after = ["script"]
own = true

[[advice]]
id = "rehearse"
title = "Rehearse a release that fails"
when = "failures >= 5"
effort = "hours"
own = true

[[advice]]
id = "measure"
title = "Measure how long a change takes to reach production"
when = "level(delivery) >= 1"
own = true
`},
		{"benchmark", `[[benchmark]]
value = "cost"
segment = "Firms of 10 to 50 engineers"
mean = 180000
deviation = 60000
sample-size = 214
date = 2025-06-30
source = "staffing-study"
locator = "table 3"
`},
		{"expect", `[[expect]]
name = "twelve engineers who deploy by hand"
given = { engineers = 12, pipeline = "0" }
rest = "lowest"
outcome = "automate"
not-outcome = "stay"
advice = ["script"]
never = ["scan"]
votes = { staffing-study = "automate" }
levels = { delivery = "== 0" }
`},
		{"migrate", `[[migrate]]
from = 1
question = "deploy"
rename = "pipeline"

[[migrate]]
from = 1
question = "pipeline"
options = { hand = "0", both = "" }

[[migrate]]
from = 1
question = "mood"
retire = true

[[migrate]]
from = 1
question = "quality"
split = [{ question = "checks", options = { unit = "tests" } }]

[[migrate]]
from = 1
merge = ["developers", "operators"]
into = "engineers"
take = "highest"

[[migrate]]
from = 1
question = "engineers"
scale = "clamp"
`},
	}
}
