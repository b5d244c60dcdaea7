package markdown

import (
	"fmt"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/diag"
)

// ::code shows a file, or some of it, as a block of code. What it shows depends on that
// file, so it is filled in where the file is known: here is only how.

// codeRules is what ::code takes: what a fence does, and which part of the file.
var codeRules = append([]attributeRule{
	{name: "file", kind: anyPath, needed: true},
	{name: "region", kind: idName},
	{name: "lines", kind: lineNumbers},
	{name: "language", kind: idName},
}, fenceRules...)

// Comments of most languages that begin or end a region.
var codeRegion = regexp.MustCompile(`^[ \t]*(?:#|//|--|;|/\*|<!--|%)[ \t]*#?(end)?region(?:[ \t]+([a-z][a-z0-9-]*))?[ \t]*(?:\*/|-->)?[ \t]*$`)

// Excerpt returns what ::code with these attributes shows of a text, or what is wrong
// with them.
func Excerpt(text string, attributes map[string]string) (code, wrong, hint string) {
	lines := strings.Split(strings.TrimSuffix(newlined(text), "\n"), "\n")
	if wanted := attributes["lines"]; wanted != "" {
		ranges, _ := parseLineNumbers(wanted)
		var kept []string
		for _, r := range ranges {
			if r.last > len(lines) {
				return "", fmt.Sprintf("lines names line %d, but the file has %d", r.last, len(lines)), "count the lines of the file"
			}
			kept = append(kept, lines[r.first-1:r.last]...)
		}
		if attributes["region"] != "" {
			return "", "region and lines are both given", "a region goes with its text when that moves: keep it"
		}
		lines = dedent(kept)
	}
	if name := attributes["region"]; name != "" {
		if lines, wrong, hint = regionOf(lines, name); wrong != "" {
			return "", wrong, hint
		}
	}
	var look lineLook
	for _, name := range []string{"mark", "added", "removed"} {
		if attributes[name] == "" {
			continue
		}
		kept, taken := look.ranges(name)
		*kept, _ = parseLineNumbers(attributes[name])
		if wrong := lineFault(attribute{name: name}, *kept, taken, len(lines)); wrong != nil {
			return "", wrong.message, "each line once, counted from the first that is shown"
		}
	}
	return strings.Join(lines, "\n"), "", ""
}

// regionOf returns the lines of a region, without those that begin and end others in it.
func regionOf(lines []string, wanted string) (kept []string, wrong, hint string) {
	var open, names []string
	within, found := 0, false
	for _, line := range lines {
		if mark := codeRegion.FindStringSubmatch(line); mark != nil {
			switch {
			case mark[1] == "" && mark[2] != "":
				open = append(open, mark[2])
				names = append(names, mark[2])
				if mark[2] == wanted && within == 0 {
					within, found = len(open), true
				}
			case mark[1] != "" && len(open) > 0:
				if len(open) == within {
					within = 0
				}
				open = open[:len(open)-1]
			}
			continue
		}
		if within > 0 {
			kept = append(kept, line)
		}
	}
	switch {
	case !found:
		fallback := "begin one in a comment of its own: region " + wanted
		if len(names) > 0 {
			fallback = "there are: " + strings.Join(slices.Compact(names), ", ")
		}
		return nil, fmt.Sprintf("the file has no region %q", wanted), diag.DidYouMean(wanted, names, fallback)
	case within > 0:
		return nil, fmt.Sprintf("the region %q never ends", wanted), "end it in a comment of its own: endregion"
	}
	return dedent(kept), "", ""
}

// dedent takes from all lines the space that all of them begin with.
func dedent(lines []string) []string {
	space, some := "", false
	for _, line := range lines {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if len(indent) == len(line) {
			continue
		}
		if !some {
			space, some = indent, true
		}
		for !strings.HasPrefix(indent, space) {
			space = space[:len(space)-1]
		}
	}
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.TrimPrefix(line, space)
		if strings.TrimSpace(line) == "" {
			out[i] = ""
		}
	}
	return out
}

// CodeHTML is the block of code that ::code with these attributes becomes.
func CodeHTML(code string, attributes map[string]string) string {
	w := &writer{grown: math.MinInt32} // of a file that is small enough
	language := attributes["language"]
	if language == "" {
		language = strings.TrimPrefix(path.Ext(attributes["file"]), ".")
	}
	var look lineLook
	for _, name := range []string{"mark", "added", "removed"} {
		if attributes[name] != "" {
			kept, _ := look.ranges(name)
			*kept, _ = parseLineNumbers(attributes[name])
		}
	}
	look.numbers, _ = strconv.Atoi(attributes["numbers"])
	w.writeCode(code+"\n", language, attributes["title"], look)
	return w.out.String()
}
