package goldenpath

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/expr"
	"cairn/generator/markdown"
	"cairn/generator/record"
)

// The most that a path may have.
const (
	mostParameters   = 30
	mostOptions      = 100
	mostBlocks       = 300
	mostPlaceholders = 3000
	mostExamples     = 20
)

// Parse compiles a page's golden path. The value is that of the key `path` of its front
// matter, the codes are the article's. It returns nil if there is an error.
func Parse(file *diag.File, name string, value *record.Value, codes []markdown.Code) (*Path, diag.List) {
	var document Document
	faults := record.Decode(file, value, &document, record.DecodeOptions{Name: "path"})
	if value == nil || faults.HasErrors() {
		return nil, faults
	}
	path, more := compile(file, name, &document, codes, false)
	return path, append(faults, more...)
}

// A compiler holds what is needed while one path is compiled.
type compiler struct {
	file   *diag.File
	path   *Path
	faults diag.List
	// environment is the names that expressions may mention; used are those of Names
	// that something uses.
	environment expr.Environment
	used        map[string]bool
}

func (c *compiler) fault(at record.At, code diag.Code, message, hint string) {
	c.faults.Add(c.file.At(at.Start, at.End, code, message, hint))
}

func compile(file *diag.File, name string, d *Document, codes []markdown.Code, fromPublished bool) (*Path, diag.List) {
	c := &compiler{file: file, used: map[string]bool{}, environment: expr.Environment{Place: "this path", NoAnswers: true}}
	c.path = &Path{
		Name: name, Version: d.Version.Value, Takes: d.Takes.Value, Stage: d.Stage.Value, Level: -1,
		Gives: texts(d.Gives), Decides: texts(d.Decides),
	}
	if d.Level.Set {
		c.path.Level = d.Level.Value
	}
	if len(d.Parameters) > mostParameters || len(d.Derived) > mostParameters || len(d.Examples) > mostExamples || len(codes) > mostBlocks {
		c.faults.Add(file.Whole(diag.PathTooLarge, fmt.Sprintf("a path has at most %d parameters, %d derived values, %d examples and %d pieces of code",
			mostParameters, mostParameters, mostExamples, mostBlocks), "three parameters are the rule; make two paths of it"))
		return nil, c.faults
	}
	for i := range d.Parameters {
		c.parameter(&d.Parameters[i])
	}
	for i := range d.Derived {
		c.derived(&d.Derived[i])
	}
	c.blocks(codes)
	if !fromPublished {
		c.unused(d)
	}
	for i := range d.Examples {
		c.example(&d.Examples[i])
	}
	if c.faults.HasErrors() {
		return nil, c.faults
	}
	return c.path, c.faults
}

func texts(list record.Strings) []string {
	var plain []string
	for _, one := range list.Value {
		plain = append(plain, one.Value)
	}
	return plain
}

// declare takes a name, unless it is taken.
func (c *compiler) declare(name record.String, as expr.Name) bool {
	if slices.Contains(c.path.Names(), name.Value) {
		c.fault(name.At, diag.PathParameter, fmt.Sprintf("the name %q stands here a second time", name.Value), "give each parameter and derived value a name of its own")
		return false
	}
	as.Name, as.Kind = name.Value, expr.Parameter
	as.Index = len(c.path.Names())
	if as.Type != expr.Dimension { // what cannot stand in an expression
		c.environment.Names = append(c.environment.Names, as)
	}
	return true
}

func (c *compiler) parameter(d *ParameterDocument) {
	p := Parameter{
		Name: d.Name.Value, Label: d.Label.Value, Type: d.Type.Value, Help: d.Help.Value,
		Required: d.Required.Value, Pattern: d.Pattern.Value, Most: d.Most.Value, Options: texts(d.Options), Places: d.Places.Value,
	}
	as := expr.Name{Type: expr.Dimension}
	// keyOf refuses a key that the type does not have.
	keyOf := func(key string, at record.At, set bool, types ...string) {
		if set && !slices.Contains(types, p.Type) {
			c.fault(at, diag.PathParameter, fmt.Sprintf("a parameter of type %s has no %q", p.Type, key), "it belongs to the type "+strings.Join(types, " or "))
		}
	}
	keyOf("pattern", d.Pattern.At, d.Pattern.Set, Text, Secret)
	keyOf("most", d.Most.At, d.Most.Set, Text, Secret)
	keyOf("required", d.Required.At, d.Required.Set, Text, Secret)
	keyOf("options", d.Options.At, d.Options.Set, Choice)
	keyOf("min", d.Low.At, d.Low.Set, Number)
	keyOf("max", d.High.At, d.High.Set, Number)
	keyOf("places", d.Places.At, d.Places.Set, Number)
	switch p.Type {
	case Text, Secret:
		if p.Pattern != "" {
			if _, err := compilePattern(p.Pattern); err != nil {
				c.fault(d.Pattern.At, diag.PathPattern, fmt.Sprintf("this pattern cannot be used: %v", err), "write a regular expression as Go's package regexp has them, without look-ahead")
				p.Pattern = ""
			}
		}
		p.Wide = p.Type == Secret || p.Pattern != "" && !isNarrow(p.Pattern)
	case Choice:
		c.options(d, &p)
		as.Type, as.Options = expr.Option, p.Options
	case YesNo:
		as.Type = expr.Truth
	case Number:
		as.Type = expr.Number
		if d.Low.Set {
			p.Low = strconv.FormatFloat(d.Low.Value, 'f', -1, 64)
		}
		if d.High.Set {
			p.High = strconv.FormatFloat(d.High.Value, 'f', -1, 64)
		}
		if d.Low.Set && d.High.Set {
			as.Low, as.High, as.Bounded = d.Low.Value, d.High.Value, true
			if d.Low.Value > d.High.Value {
				c.fault(d.High.At, diag.PathParameter, "the largest number is below the smallest", "exchange min and max")
			}
		}
	}
	c.fallback(d, &p)
	if c.declare(d.Name, as) {
		c.path.Parameters = append(c.path.Parameters, p)
		if as.Type == expr.Dimension {
			c.environment.Others = append(c.environment.Others, expr.Other{
				Name: p.Name, Code: diag.ExprWrongType, Message: fmt.Sprintf("the parameter %q is a %s, and no expression can mention it", p.Name, p.Type),
				Hint: "expressions take parameters of the types choice, number and yes-no",
			})
		}
	}
}

func (c *compiler) options(d *ParameterDocument, p *Parameter) {
	switch {
	case len(p.Options) < 2:
		c.fault(d.At, diag.PathParameter, "a choice needs at least two options", "write options: [internal, public]")
	case len(p.Options) > mostOptions:
		c.fault(d.Options.At, diag.PathParameter, fmt.Sprintf("a choice has at most %d options", mostOptions), "take a text with a pattern")
	}
	for i, option := range d.Options.Value {
		if !fileNamePart.MatchString(option.Value) || len(option.Value) > 63 {
			c.fault(option.At, diag.PathParameter, fmt.Sprintf("%q cannot be an option", option.Value), "an option is written into files as it stands: letters, digits, and . _ -, at most 63")
		}
		if slices.Contains(p.Options[:i], option.Value) {
			c.fault(option.At, diag.PathParameter, fmt.Sprintf("the option %q stands here a second time", option.Value), "keep one of them")
		}
	}
}

// fallback reads the default, which the page shows without script.
func (c *compiler) fallback(d *ParameterDocument, p *Parameter) {
	if d.Default == nil || d.Default.Kind == record.NullKind {
		switch {
		case p.Type == Choice && len(p.Options) > 0:
			p.Default = p.Options[0]
		case p.Type == YesNo:
			p.Default = "false"
		case p.Type == Number, p.Type == Text && p.Required:
			c.fault(d.At, diag.PathParameter, fmt.Sprintf("the parameter %q has no default", p.Name), "write default: …; without script the page shows it, and every build tries it")
		}
		return
	}
	at := record.At{Start: d.Default.Start, End: d.Default.End}
	value, ok := scalar(d.Default)
	switch {
	case p.Type == Secret:
		c.fault(at, diag.PathSecret, "a secret has no default", "delete it: what stands in a page is no secret")
	case !ok:
		c.fault(at, diag.PathParameter, fmt.Sprintf("the default of %q is %s", p.Name, d.Default.Kind), "write one value")
	default:
		p.Default = value
		if fault := p.Check(value); fault != nil {
			c.fault(at, diag.PathValue, fmt.Sprintf("the default %q of %q is refused: %s", value, p.Name, say(fault)), "take a value that its type and pattern allow")
		}
	}
}

// scalar is the text of one value: of a number or a truth as it is written.
func scalar(v *record.Value) (string, bool) {
	switch v.Kind {
	case record.StringKind, record.IntegerKind, record.FloatKind, record.DateKind, record.DateTimeKind:
		return v.Text, true
	case record.BooleanKind:
		return strconv.FormatBool(v.Boolean), true
	}
	return "", v.Kind == record.NullKind
}

func (c *compiler) derived(d *DerivedDocument) {
	source := expr.SourceAt(c.file, d.Value.Start, d.Value.End, d.Value.Value)
	parsed, faults := expr.Parse(source)
	c.faults = append(c.faults, faults...)
	as := expr.Name{Type: expr.Number}
	var node *expr.Node
	if parsed != nil {
		c.use(parsed.Names())
		node, faults = parsed.Check(&c.environment, expr.Number)
		if node == nil {
			// It may be a truth; the faults of that reading are told if it is neither.
			if truth, truthFaults := parsed.Check(&c.environment, expr.Truth); truth != nil {
				node, faults, as.Type = truth, truthFaults, expr.Truth
			}
		}
		c.faults = append(c.faults, faults...)
	}
	if as.Type == expr.Truth && d.Places.Set {
		c.fault(d.Places.At, diag.PathParameter, "what is true or false has no decimal places", "delete the key places")
	}
	// A fault keeps the name declared, so that it is not told again at each use.
	if c.declare(d.Name, as) {
		c.path.Derived = append(c.path.Derived, Derived{Name: d.Name.Value, Node: node, Written: d.Value.Value, Places: d.Places.Value})
	}
}

func (c *compiler) use(names []string) {
	for _, name := range names {
		c.used[name] = true
	}
}

// unused reports what is declared and has no effect.
func (c *compiler) unused(d *Document) {
	for i := range d.Parameters {
		if name := d.Parameters[i].Name; !c.used[name.Value] {
			c.fault(name.At, diag.PathUnused, fmt.Sprintf("nothing uses the parameter %q", name.Value), fmt.Sprintf("write @{%s} into a file, or take the parameter out: each field costs every reader time", name.Value))
		}
	}
	for i := range d.Derived {
		if name := d.Derived[i].Name; !c.used[name.Value] {
			c.fault(name.At, diag.PathUnused, fmt.Sprintf("nothing uses the derived value %q", name.Value), fmt.Sprintf("write @{%s} into a file, or delete it", name.Value))
		}
	}
}

// example reads the values of an example; whether they give what is expected is for Verify.
func (c *compiler) example(d *ExampleDocument) {
	e := Example{Title: d.Title.Value, Values: map[string]string{}, Start: d.Title.Start, End: d.Title.End}
	for _, name := range sortedKeys(d.Values) {
		value := d.Values[name]
		at := record.At{Start: value.Start, End: value.End}
		parameter := c.path.Parameter(name)
		if parameter == nil {
			c.fault(at, diag.PathUnknownName, fmt.Sprintf("this path has no parameter %q", name), diag.DidYouMean(name, c.path.Names(), "its parameters are "+strings.Join(c.path.Names(), ", ")))
			continue
		}
		text, ok := scalar(value)
		if !ok {
			c.fault(at, diag.PathValue, fmt.Sprintf("%q takes one value, not %s", name, value.Kind), "write it behind the colon")
			continue
		}
		if fault := parameter.Check(text); fault != nil {
			c.fault(at, diag.PathValue, fmt.Sprintf("the value %q of %q is refused: %s", text, name, say(fault)), "take a value that its type and pattern allow")
		}
		e.Values[name] = text
	}
	for i := range d.Expect {
		want := &d.Expect[i]
		ways := 0
		for _, set := range []bool{want.Holds.Set, want.Is.Set, want.Absent.Value} {
			if set {
				ways++
			}
		}
		if ways != 1 {
			c.fault(want.File.At, diag.PathExample, "an expectation says one of holds, is and absent", "write holds: \"a text of the file\"")
			continue
		}
		e.Expect = append(e.Expect, Expectation{
			File: want.File.Value, Holds: want.Holds.Value, Is: want.Is.Value, Absent: want.Absent.Value,
			Start: want.File.Start, End: want.File.End,
		})
	}
	if len(e.Values) == 0 {
		e.Values = nil // an empty map that is remembered comes back as none
	}
	c.path.Examples = append(c.path.Examples, e)
}
