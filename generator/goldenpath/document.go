package goldenpath

import "cairn/generator/record"

// Document is what the key `path` of a page's front matter holds.
type Document struct {
	Version    record.Integer      `key:"version" need:"true" min:"1" doc:"Counts up when the files of the path change in a way that matters to those who took it."`
	Takes      record.String       `key:"takes" doc:"How long it takes to follow, as in 20 minutes."`
	Stage      record.String       `key:"stage" doc:"For which stage of a company it is."`
	Level      record.Integer      `key:"level" min:"0" max:"9" doc:"The level of maturity that it leads to."`
	Gives      record.Strings      `key:"gives" doc:"What a reader has at the end, in a few words each."`
	Decides    record.Strings      `key:"decides" doc:"What the path decides for its reader, a sentence each."`
	Parameters []ParameterDocument `key:"parameters" need:"true" doc:"What the reader fills in. Three is the rule."`
	Derived    []DerivedDocument   `key:"derived" doc:"Values that follow from the parameters."`
	Examples   []ExampleDocument   `key:"examples" doc:"Values that every build tries the path with."`
}

// ParameterDocument is a parameter as it is written.
type ParameterDocument struct {
	record.At
	Name     record.String  `key:"name" id:"true" need:"true" doc:"The name in the templates: @{name}."`
	Label    record.String  `key:"label" need:"true" doc:"The words before the field."`
	Type     record.String  `key:"type" one-of:"text choice number yes-no secret" default:"text" doc:"What it takes. A secret is never stored, put into a link or shown."`
	Default  *record.Value  `key:"default" doc:"The value if the reader says nothing: the page without script shows it."`
	Help     record.String  `key:"help" doc:"The hint beside the field: what is allowed, what it does."`
	Required record.Boolean `key:"required" default:"true" doc:"Whether a text may not be left empty."`
	Pattern  record.String  `key:"pattern" doc:"A regular expression for the whole of a text. Without one it is small letters, digits and hyphens, and safe everywhere; with a wider one the templates need a filter."`
	Most     record.Integer `key:"most" min:"1" max:"1000" default:"200" doc:"How many letters a text may have."`
	Options  record.Strings `key:"options" doc:"What can be chosen; the first is the default."`
	Low      record.Number  `key:"min" doc:"The smallest number."`
	High     record.Number  `key:"max" doc:"The largest number."`
	Places   record.Integer `key:"places" min:"0" max:"6" doc:"How many decimal places a number may have."`
}

// DerivedDocument is a derived value as it is written.
type DerivedDocument struct {
	record.At
	Name   record.String  `key:"name" id:"true" need:"true" doc:"The name in the templates."`
	Value  record.String  `key:"value" need:"true" doc:"An expression over the parameters and what is derived above: a number, or true or false."`
	Places record.Integer `key:"places" min:"0" max:"6" doc:"How many decimal places a number is rounded to."`
}

// ExampleDocument is an example as it is written.
type ExampleDocument struct {
	record.At
	Title  record.String                `key:"title" need:"true" doc:"What the example shows."`
	Values map[string]*record.Value     `key:"values" doc:"Values of parameters; the others have their defaults."`
	Expect []ExampleExpectationDocument `key:"expect" doc:"What must come out."`
}

// ExampleExpectationDocument is one thing that an example must give.
type ExampleExpectationDocument struct {
	record.At
	File   record.String  `key:"file" need:"true" doc:"The name of a made file."`
	Holds  record.String  `key:"holds" doc:"A text that stands in it."`
	Is     record.String  `key:"is" doc:"The whole of it."`
	Absent record.Boolean `key:"absent" doc:"The file is not made."`
}
