package markdown

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/diag"
)

// An attribute is one name="value" between braces, with offsets in the source.
type attribute struct {
	name, value          string
	nameStart, nameEnd   int
	valueStart, valueEnd int
}

// A fault is what is wrong with a construct, with offsets in the source. The
// writer makes the diagnostic.
type fault struct {
	start, end    int
	code          diag.Code
	message, hint string
}

// attributeKind says what a value must be.
type attributeKind int

const (
	anyText attributeKind = iota
	// filePath is a relative path with one of certain endings.
	filePath
	// lineNumbers is 3, 3-5 or 3-5,9.
	lineNumbers
	// someText is not empty; idName is letters, digits and hyphens; yesOrNo is one of them.
	someText
	idName
	yesOrNo
	// anyPath is a relative path.
	anyPath
	// lineNumber is a number from 1.
	lineNumber
)

// An attributeRule is one attribute that a construct takes.
type attributeRule struct {
	name    string
	kind    attributeKind
	endings []string
	needed  bool
}

// directives is every directive there is. Adding one here is all that reading it
// needs.
var directives = map[string][]attributeRule{
	"table":      {{name: "file", kind: filePath, endings: []string{".toml"}, needed: true}},
	"chart":      {{name: "file", kind: filePath, endings: []string{".toml"}, needed: true}, {name: "chart", kind: anyText}},
	"assessment": {{name: "file", kind: filePath, endings: []string{".toml"}, needed: true}},
	"image": {{name: "file", kind: filePath, endings: imageEndings, needed: true}, {name: "dark", kind: filePath, endings: imageEndings},
		{name: "alt", kind: someText, needed: true}, {name: "caption", kind: someText}},
	"include": {{name: "file", kind: filePath, endings: []string{".md"}, needed: true}, {name: "region", kind: idName}},
	"code":    codeRules,
	"codes":   {},                                          // every code of a diagnostic, with example and cure
	"proofs":  {},                                          // what was proved of each assessment
	"privacy": {},                                          // what the pages keep in a browser, and what they never do
	"keys":    {{name: "of", kind: anyText, needed: true}}, // every key of a format
}

var imageEndings = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"}

// fenceRules is what a code block's braces take.
var fenceRules = []attributeRule{
	{name: "title", kind: anyText},
	{name: "mark", kind: lineNumbers},
	{name: "added", kind: lineNumbers},
	{name: "removed", kind: lineNumbers},
	{name: "numbers", kind: lineNumber},
}

// templateRules is what a code block's braces take on the page of a golden path.
var templateRules = append([]attributeRule{
	{name: "file", kind: anyText},
	{name: "when", kind: anyText},
}, fenceRules...)

// isOfPaths tells which attributes a block has only on the page of a golden path.
func isOfPaths(name string) bool {
	has := func(rules []attributeRule) bool {
		return slices.ContainsFunc(rules, func(r attributeRule) bool { return r.name == name })
	}
	return has(templateRules) && !has(fenceRules)
}

// directiveNames in alphabetical order, for messages.
var directiveNames = sortedNames(directives)

// parseAttributes reads {name="value" …}. The text begins with the brace, at the
// offset at; length is how much was read.
func parseAttributes(text string, at int, code diag.Code) (list []attribute, length int, wrong *fault) {
	bad := func(i int, message string) ([]attribute, int, *fault) {
		return nil, i, &fault{
			start: at + i, end: at + min(i+1, len(text)), code: code, message: message,
			hint: `attributes are written {name="value"}`,
		}
	}
	i := 1
	for {
		for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
			i++
		}
		if i == len(text) {
			return bad(i, "the attributes are not closed: } is missing")
		}
		if text[i] == '}' {
			return list, i + 1, nil
		}
		start := i
		for i < len(text) && isNameByte(text[i], i > start) {
			i++
		}
		if i == start {
			return bad(i, fmt.Sprintf("%q cannot begin the name of an attribute", firstRune(text[i:])))
		}
		a := attribute{name: text[start:i], nameStart: at + start, nameEnd: at + i}
		if i == len(text) || text[i] != '=' {
			return bad(i, fmt.Sprintf("the attribute %q has no value", a.name))
		}
		i++
		switch {
		case i < len(text) && (text[i] == '"' || text[i] == '\''):
			quote := text[i]
			i++
			start = i
			var value strings.Builder
			for i < len(text) && text[i] != quote {
				if text[i] == '\\' && i+1 < len(text) && (text[i+1] == quote || text[i+1] == '\\') {
					i++
				}
				value.WriteByte(text[i])
				i++
			}
			if i == len(text) {
				return bad(start-1, fmt.Sprintf("the value of %q is not closed: the second quote is missing", a.name))
			}
			a.value, a.valueStart, a.valueEnd = value.String(), at+start, at+i
			i++
		default:
			start = i
			for i < len(text) && (isNameByte(text[i], true) || strings.IndexByte("./,#", text[i]) >= 0) {
				i++
			}
			if i == start {
				return bad(i, fmt.Sprintf("the value of %q is missing", a.name))
			}
			a.value, a.valueStart, a.valueEnd = text[start:i], at+start, at+i
		}
		if i < len(text) && text[i] != ' ' && text[i] != '\t' && text[i] != '}' {
			return bad(i, fmt.Sprintf("%q follows the value of %q without a space", firstRune(text[i:]), a.name))
		}
		list = append(list, a)
	}
}

func isNameByte(b byte, inside bool) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' ||
		inside && ('0' <= b && b <= '9' || b == '-' || b == '_')
}

func firstRune(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}

// checkAttributes compares attributes with what a construct takes. It returns
// every fault, and the values of the attributes that are right.
func checkAttributes(list []attribute, rules []attributeRule, of string, start, end int) (map[string]string, []fault) {
	var faults []fault
	unknown := false
	values := map[string]string{}
	for _, a := range list {
		at := slices.IndexFunc(rules, func(r attributeRule) bool { return r.name == a.name })
		if at < 0 {
			var names []string
			for _, rule := range rules {
				names = append(names, rule.name)
			}
			unknown = true
			faults = append(faults, fault{
				start: a.nameStart, end: a.nameEnd, code: diag.MarkdownUnknownAttribute,
				message: fmt.Sprintf("%s has no attribute %q", of, a.name),
				hint:    diag.DidYouMean(a.name, names, "it takes "+listed(names, " and ")),
			})
			continue
		}
		if _, twice := values[a.name]; twice {
			faults = append(faults, fault{
				start: a.nameStart, end: a.nameEnd, code: diag.MarkdownBadAttribute,
				message: fmt.Sprintf("the attribute %q is given twice", a.name), hint: "keep one of them",
			})
			continue
		}
		values[a.name] = a.value
		if message, hint := rules[at].check(a.value); message != "" {
			faults = append(faults, fault{
				start: a.valueStart, end: a.valueEnd, code: diag.MarkdownBadAttribute,
				message: fmt.Sprintf("%s %s", a.name, message), hint: hint,
			})
			delete(values, a.name)
		}
	}
	for _, rule := range rules {
		// With an unknown one, the needed one is most likely only misspelt.
		if rule.needed && !unknown && !slices.ContainsFunc(list, func(a attribute) bool { return a.name == rule.name }) {
			faults = append(faults, fault{
				start: start, end: end, code: diag.MarkdownMissingAttribute,
				message: fmt.Sprintf("%s needs the attribute %q", of, rule.name),
				hint:    fmt.Sprintf(`write {%s="…"}`, rule.name),
			})
		}
	}
	if len(values) == 0 {
		values = nil // an empty map that is remembered comes back as none
	}
	return values, faults
}

// listed joins names as a sentence does.
func listed(names []string, last string) string {
	switch end := len(names) - 1; {
	case end < 0:
		return "none"
	case end > 0:
		return strings.Join(names[:end], ", ") + last + names[end]
	}
	return names[0]
}

// check returns what is wrong with a value, and how to write it right; nothing if
// it is right.
func (r attributeRule) check(value string) (message, hint string) {
	switch r.kind {
	case filePath, anyPath:
		endings := listed(r.endings, " or ")
		hint = "write the path from this page's folder, with slashes"
		if r.kind == filePath {
			hint += ", to a file that ends in " + endings
		}
		switch {
		case value == "":
			return "is empty", hint
		case strings.Contains(value, `\`):
			return fmt.Sprintf("%q holds a backslash", value), hint
		case strings.HasPrefix(value, "/") || scheme(value) != "":
			return fmt.Sprintf("%q is not a relative path", value), hint
		case r.kind == filePath && !slices.Contains(r.endings, path.Ext(value)):
			return fmt.Sprintf("%q does not end in %s", value, endings), hint
		}
	case lineNumbers:
		if _, ok := parseLineNumbers(value); !ok {
			return fmt.Sprintf("%q is not a list of line numbers", value), `write "3", "3-5" or "3-5,9"`
		}
	case lineNumber:
		if n, err := strconv.ParseUint(value, 10, 24); err != nil || n < 1 {
			return fmt.Sprintf("%q is not the number of a line", clip(value)), `write the number of the first line: "1"`
		}
	case someText:
		if strings.TrimSpace(value) == "" {
			return "is empty", "write a few words"
		}
	case idName:
		if !isIDName(value) {
			return fmt.Sprintf("%q is no name", clip(value)), "write small letters, digits and hyphens, beginning with a letter"
		}
	case yesOrNo:
		if value != "yes" && value != "no" {
			return fmt.Sprintf("%q is neither yes nor no", clip(value)), `write "yes" or "no"`
		}
	}
	return "", ""
}

func isIDName(value string) bool {
	for i := range len(value) {
		if b := value[i]; !('a' <= b && b <= 'z' || i > 0 && ('0' <= b && b <= '9' || b == '-')) {
			return false
		}
	}
	return value != "" && len(value) <= 63
}

// A lineRange is from one line to another, both counted from 1 and included.
type lineRange struct{ first, last int }

const maxRanges = 50

func parseLineNumbers(value string) ([]lineRange, bool) {
	var ranges []lineRange
	for part := range strings.SplitSeq(value, ",") {
		from, to, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			to = from
		}
		first, err1 := strconv.ParseUint(from, 10, 24)
		last, err2 := strconv.ParseUint(to, 10, 24)
		if err1 != nil || err2 != nil || first < 1 || last < first {
			return nil, false
		}
		ranges = append(ranges, lineRange{int(first), int(last)})
		if len(ranges) > maxRanges {
			return nil, false // each line is compared with each range
		}
	}
	return ranges, true
}
