package goldenpath

import (
	"fmt"
	"slices"
	"strings"

	"cairn/generator/diag"
)

// hostile are values that try to leave the place they stand in. Verify makes the path
// with those that a wide parameter allows, so that a template which quotes wrongly is
// found when the site is built and not by a reader.
var hostile = []string{
	`a "b" c`, `a 'b' c`, `a: b`, `a #b`, `a \ b`, `$(a) ${b}`, "`a`", `- a`, `{a} [b]`, `*a &b`, `%{a}`, `<a>`, `a, b`, `null`, `1.5`, `a=b`, `a/../b`, ` a `,
}

// What a secret is while a path is tried.
const sampleSecret = "sample-of-a-secret"

// Verify makes the path with its defaults, with each example, and with each hostile
// value that a wide parameter allows, and returns what does not come out right: files
// that their format cannot read, values that do not arrive, expectations that are missed.
func (p *Path) Verify(file *diag.File) diag.List {
	v := &verifier{path: p, file: file, unread: map[int]bool{}}
	v.try("the defaults", nil, 0, 0, nil)
	for i := range p.Examples {
		example := &p.Examples[i]
		if made := v.try(fmt.Sprintf("the example %q", example.Title), example.Values, example.Start, example.End, nil); made != nil {
			v.compare(example, made)
		}
	}
	if len(v.faults) > 0 {
		return v.faults // the hostile values would say the same again
	}
	for i := range p.Parameters {
		parameter := &p.Parameters[i]
		if !parameter.Wide {
			continue
		}
		for _, value := range hostile {
			if parameter.Check(value) == nil && len(v.faults) == 0 {
				v.try(fmt.Sprintf("%s = %s", parameter.Name, value), map[string]string{parameter.Name: value}, 0, 0, parameter)
			}
		}
	}
	return v.faults
}

type verifier struct {
	path   *Path
	file   *diag.File
	faults diag.List
	// unread are the lines where a reader gave up: one fault of a template is told once.
	unread map[int]bool
}

// try makes the path and reads what was made. With a parameter, its value must come
// back from every file it was written to.
func (v *verifier) try(with string, values map[string]string, start, end int, probe *Parameter) *Made {
	all := map[string]string{}
	for i := range v.path.Parameters {
		if parameter := &v.path.Parameters[i]; parameter.Type == Secret && parameter.Required {
			all[parameter.Name] = sampleSecret
			if parameter.Check(sampleSecret) != nil {
				return nil // its pattern is its own; nothing to try it with
			}
		}
	}
	for name, value := range values {
		all[name] = value
	}
	made, faults := v.path.Make(all)
	if made == nil {
		for _, fault := range faults {
			message := fmt.Sprintf("with %s this path cannot be made: %s", with, strings.TrimSpace(fault.Parameter+" "+say(&fault)))
			v.faults.Add(v.file.At(start, end, diag.PathNotMade, message, "look at the values, and at what is derived from them"))
		}
		return nil
	}
	for i := range made.Files {
		f := &made.Files[i]
		if len(f.Text) > mostMade {
			v.faults.Add(v.file.Whole(diag.PathTooLarge, fmt.Sprintf("with %s the file %s has more than %d bytes", with, f.Name, mostMade), "a path is no place for data"))
			continue
		}
		format := formatOf(f.Name)
		if format == nil {
			continue
		}
		scalars, problem := read(format, f.Text)
		if problem != nil {
			at := v.lineOf(f, made.Texts, problem.line)
			if v.unread[at] {
				continue
			}
			v.unread[at] = true
			v.faults.Add(v.file.At(at, at+len(lineAt(v.file, at)), diag.PathFormat,
				fmt.Sprintf("with %s the file %s is no %s: %s", with, f.Name, format.name, problem.message), "this is the line of the template where the reader gave up"))
			continue
		}
		if probe != nil {
			v.arrives(f, made, format, scalars, probe, values[probe.Name])
		}
	}
	return made
}

// arrives holds that a value comes back from a file: as a text of its own where a filter
// of the format wrote it, within a text where another did.
func (v *verifier) arrives(f *File, made *Made, format *format, scalars []string, probe *Parameter, value string) {
	names := v.path.Names()
	for _, b := range f.Blocks {
		line := ""
		at := v.path.Blocks[b].First
		for _, piece := range v.path.Blocks[b].Pieces {
			written := piece.Text
			if piece.Of >= 0 {
				written = Filter(piece.Filter, made.Texts[piece.Of])
			}
			if piece.Of >= 0 && names[piece.Of] == probe.Name && !isComment(line) {
				found := false
				if slices.Contains(format.filters, piece.Filter) {
					found = slices.Contains(scalars, value)
				} else {
					found = slices.ContainsFunc(scalars, func(s string) bool { return strings.Contains(s, written) })
				}
				if !found {
					v.faults.Add(v.file.At(at, at+len(lineAt(v.file, at)), diag.PathQuoting,
						fmt.Sprintf("the value %s of %q does not come back from %s", value, probe.Name, f.Name),
						fmt.Sprintf("write @{%s|%s} without quotes around it, as a whole value; a command of a shell stands in a block of YAML that begins with |", probe.Name, format.filters[0])))
					return
				}
			}
			if cut := strings.LastIndexByte(written, '\n'); cut >= 0 {
				line = written[cut+1:]
				for range strings.Count(written, "\n") {
					at += len(lineAt(v.file, at)) + 1
				}
			} else {
				line += written
			}
		}
	}
}

// isComment tells whether a line begins as a comment does.
func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//")
}

// lineOf finds where the line of a made file stands in the page. A value has no line
// ends, so the lines of a file are those of its blocks, one after the other.
func (v *verifier) lineOf(f *File, texts []string, line int) int {
	for _, b := range f.Blocks {
		block := &v.path.Blocks[b]
		lines := strings.Count(fill(block.Pieces, texts), "\n")
		if line > lines {
			line -= lines
			continue
		}
		at := block.First
		for range line - 1 {
			at += len(lineAt(v.file, at)) + 1
		}
		return min(at, len(v.file.Text))
	}
	return v.path.Blocks[f.Blocks[0]].First
}

// lineAt is the rest of the line at an offset of the file.
func lineAt(file *diag.File, at int) string {
	line, _, _ := strings.Cut(string(file.Text[min(at, len(file.Text)):]), "\n")
	return line
}

// compare holds an example to what it says must come out.
func (v *verifier) compare(example *Example, made *Made) {
	for _, want := range example.Expect {
		at := slices.IndexFunc(made.Files, func(f File) bool { return f.Name == want.File })
		message, hint := "", ""
		switch {
		case want.Absent && at >= 0:
			message, hint = fmt.Sprintf("makes %s, which should be absent", want.File), "look at the condition of its block"
		case want.Absent:
		case at < 0:
			message, hint = fmt.Sprintf("does not make %s", want.File), diag.DidYouMean(want.File, fileNames(made), "it makes "+strings.Join(fileNames(made), ", "))
		case want.Holds != "" && !strings.Contains(made.Files[at].Text, want.Holds):
			message, hint = fmt.Sprintf("makes a %s that does not hold %q", want.File, want.Holds), nearestLine(made.Files[at].Text, want.Holds)
		case want.Holds == "" && made.Files[at].Text != want.Is:
			message, hint = fmt.Sprintf("makes another %s", want.File), difference(made.Files[at].Text, want.Is)
		}
		if message != "" {
			v.faults.Add(v.file.At(want.Start, want.End, diag.PathExample, fmt.Sprintf("the example %q %s", example.Title, message), hint))
		}
	}
}

func fileNames(made *Made) []string {
	var names []string
	for _, file := range made.Files {
		names = append(names, file.Name)
	}
	return names
}

// nearestLine shows the line that was probably meant.
func nearestLine(text, wanted string) string {
	wanted, _, _ = strings.Cut(strings.TrimSpace(wanted), "\n")
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	if near, ok := diag.Nearest(wanted, lines[:min(len(lines), 500)]); ok {
		return fmt.Sprintf("the nearest line is %q", near)
	}
	return "no line of it is near"
}

// difference shows the first line where two texts part.
func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			return fmt.Sprintf("line %d is missing: %q", i+1, b[i])
		case i >= len(b):
			return fmt.Sprintf("line %d is one too many: %q", i+1, a[i])
		case a[i] != b[i]:
			return fmt.Sprintf("line %d is %q, and should be %q", i+1, a[i], b[i])
		}
	}
	return ""
}
