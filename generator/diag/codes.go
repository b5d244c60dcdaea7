package diag

import (
	"slices"
	"strings"
)

// A Rule is what is known about a code: enough for `cairn explain` and for the
// page of codes.
type Rule struct {
	Code     Code
	Severity Severity
	// Title says in a few words what is wrong: "A link to a page that is not there".
	Title string
	// Explain says why it matters and what to do, in one short paragraph.
	Explain string
	// Wrong and Right are the same few lines of source, before and after the cure.
	// Language is what they are written in: toml, markdown, html, typescript, text.
	Wrong, Right string
	Language     string
}

// Anchor is the rule's id on the page of codes: "link-missing-page".
func (r Rule) Anchor() string { return strings.ReplaceAll(string(r.Code), "/", "-") }

// Rules is every rule there is, in order of code. Each area has a file of its own.
func Rules() []Rule {
	all := slices.Concat(
		readRules, recordRules, configRules, frontMatterRules, markdownRules,
		linkRules, siteRules, tableRules, chartRules, sourceRules, exprRules, assessmentRules,
		proofRules, pathRules, themeRules, publishRules,
	)
	slices.SortStableFunc(all, func(a, b Rule) int {
		switch {
		case a.Code < b.Code:
			return -1
		case a.Code > b.Code:
			return 1
		}
		return 0
	})
	return all
}

// Explain returns the rule of a code.
func Explain(code Code) (Rule, bool) {
	for _, rule := range Rules() {
		if rule.Code == code {
			return rule, true
		}
	}
	return Rule{}, false
}

var severities = func() map[Code]Severity {
	of := map[Code]Severity{}
	for _, rule := range Rules() {
		of[rule.Code] = rule.Severity
	}
	return of
}()

// SeverityOf returns the severity of a code. A code without a rule is an error.
func SeverityOf(code Code) Severity {
	if severity, ok := severities[code]; ok {
		return severity
	}
	return Error
}
