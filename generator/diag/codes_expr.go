package diag

// Codes of expressions: conditions and formulas inside strings of TOML files.
const (
	ExprSyntax          Code = "expr/syntax"
	ExprNumber          Code = "expr/number"
	ExprUnknownName     Code = "expr/unknown-name"
	ExprUnknownOption   Code = "expr/unknown-option"
	ExprUnknownFunction Code = "expr/unknown-function"
	ExprArguments       Code = "expr/arguments"
	ExprWrongType       Code = "expr/wrong-type"
	ExprNeverHolds      Code = "expr/never-holds"
	ExprAlwaysHolds     Code = "expr/always-holds"
)

var exprRules = []Rule{
	{
		Code: ExprSyntax, Severity: Error, Language: "toml",
		Title:   "An expression that cannot be read",
		Explain: "Conditions join comparisons with && (and), || (or) and ! (not). Equality is ==. Names are ids, so a difference needs spaces round its minus sign.",
		Wrong:   `when = "engineers >= 20 and teams = many"`,
		Right:   `when = "engineers >= 20 && teams == many"`,
	},
	{
		Code: ExprNumber, Severity: Error, Language: "toml",
		Title:   "A number that is not exact",
		Explain: "Constants have at most 15 digits, 9 of them after the point, so that the page in the browser compares with exactly the same number.",
		Wrong:   `when = "engineers >= 1e3"`,
		Right:   `when = "engineers >= 1000"`,
	},
	{
		Code: ExprUnknownName, Severity: Error, Language: "toml",
		Title:   "A name that does not exist",
		Explain: "An expression may mention the ids of questions, values and (in level, mean and applies) dimensions of its own file. A condition on a name that does not exist would never hold, and nobody would notice.",
		Wrong:   `when = "enginers >= 20"`,
		Right:   `when = "engineers >= 20"`,
	},
	{
		Code: ExprUnknownOption, Severity: Error, Language: "toml",
		Title:   "An option that the question does not have",
		Explain: "A question can only be compared with the ids of its own options. A comparison with another word would never hold.",
		Wrong:   `when = "teams == severl"`,
		Right:   `when = "teams == several"`,
	},
	{
		Code: ExprUnknownFunction, Severity: Error, Language: "toml",
		Title:   "A function that does not exist",
		Explain: "The functions are level, mean, has, count, applies, min, max, abs, floor, ceil, round and if.",
		Wrong:   `when = "average(delivery) >= 2"`,
		Right:   `when = "mean(delivery) >= 2"`,
	},
	{
		Code: ExprArguments, Severity: Error, Language: "toml",
		Title:   "A function with the wrong arguments",
		Explain: "Each function takes a fixed number of arguments; the hint shows how it is written.",
		Wrong:   `when = "has(signs)"`,
		Right:   `when = "has(signs, tickets)"`,
	},
	{
		Code: ExprWrongType, Severity: Error, Language: "toml",
		Title:   "A value of the wrong type",
		Explain: "Truths are joined, numbers are computed and compared, options are compared with options. A scored question is its level, a number.",
		Wrong:   `when = "engineers && teams == many"`,
		Right:   `when = "engineers >= 20 && teams == many"`,
	},
	{
		Code: ExprNeverHolds, Severity: Error, Language: "toml",
		Title:   "A comparison that can never hold",
		Explain: "The number lies outside the range of what it is compared with, or between its steps. What hangs on it would be dead.",
		Wrong:   `when = "level(delivery) >= 5"`,
		Right:   `when = "level(delivery) >= 4"`,
	},
	{
		Code: ExprAlwaysHolds, Severity: Warning, Language: "toml",
		Title:   "A comparison that always holds",
		Explain: "Whatever is answered, this comparison is true. It can be left out, or its number is not the one that was meant.",
		Wrong:   `when = "level(delivery) >= 0"`,
		Right:   `when = "level(delivery) >= 1"`,
	},
}
