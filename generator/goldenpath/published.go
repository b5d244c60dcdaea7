package goldenpath

import (
	"encoding/json"
	"regexp"

	"cairn/generator/diag"
	"cairn/generator/markdown"
	"cairn/generator/record"
)

// A path is published as paths/NAME.json: what its author wrote, without the words
// around it. Whoever reads such a file compiles it as a build does, with every check:
// it may come from anywhere.

// Format is the version of the published format.
const Format = 1

type published struct {
	Format      record.Integer      `key:"cairn-path" need:"true" min:"1" max:"1"`
	Name        record.String       `key:"name" id:"true" need:"true"`
	Title       record.String       `key:"title" need:"true"`
	Description record.String       `key:"description"`
	Version     record.Integer      `key:"version" need:"true" min:"1"`
	Parameters  []ParameterDocument `key:"parameters" need:"true"`
	Derived     []DerivedDocument   `key:"derived"`
	Blocks      []publishedBlock    `key:"blocks" need:"true"`
	Rest        []record.Field      `key:"*"` // of a later version; nothing here needs it
}

type publishedBlock struct {
	record.At
	File record.String `key:"file" need:"true"`
	When record.String `key:"when"`
	Text record.String `key:"text"`
}

// JSON writes the path as it is published.
func (p *Path) JSON() ([]byte, error) {
	type parameter struct {
		Name     string   `json:"name"`
		Label    string   `json:"label"`
		Type     string   `json:"type"`
		Help     string   `json:"help,omitempty"`
		Default  any      `json:"default,omitempty"`
		Required *bool    `json:"required,omitempty"`
		Pattern  string   `json:"pattern,omitempty"`
		Most     int      `json:"most,omitempty"`
		Options  []string `json:"options,omitempty"`
		Low      any      `json:"min,omitempty"`
		High     any      `json:"max,omitempty"`
		Places   int      `json:"places,omitempty"`
	}
	type derived struct {
		Name   string `json:"name"`
		Value  string `json:"value"`
		Places int    `json:"places,omitempty"`
	}
	type block struct {
		File string `json:"file"`
		When string `json:"when,omitempty"`
		Text string `json:"text"`
	}
	out := struct {
		Format      int         `json:"cairn-path"`
		Name        string      `json:"name"`
		Title       string      `json:"title"`
		Description string      `json:"description,omitempty"`
		Version     int         `json:"version"`
		Parameters  []parameter `json:"parameters"`
		Derived     []derived   `json:"derived,omitempty"`
		Blocks      []block     `json:"blocks"`
	}{Format: Format, Name: p.Name, Title: p.Title, Description: p.Description, Version: p.Version, Parameters: []parameter{}}
	for _, from := range p.Parameters {
		to := parameter{Name: from.Name, Label: from.Label, Type: from.Type, Help: from.Help, Pattern: from.Pattern, Options: from.Options, Places: from.Places}
		switch from.Type {
		case Text, Secret:
			to.Required, to.Most = &from.Required, from.Most
		case Number:
			to.Low, to.High = numberJSON(from.Low), numberJSON(from.High)
		}
		if from.Type != Secret {
			to.Default = from.Default
		}
		out.Parameters = append(out.Parameters, to)
	}
	for _, from := range p.Derived {
		out.Derived = append(out.Derived, derived{from.Name, from.Written, from.Places})
	}
	for _, from := range p.Blocks {
		if from.File != nil {
			out.Blocks = append(out.Blocks, block{from.WrittenFile, from.WrittenWhen, from.WrittenText})
		}
	}
	return json.MarshalIndent(out, "", "  ")
}

func numberJSON(text string) any {
	if text == "" {
		return nil
	}
	return json.Number(text)
}

// Published names the paths that a folder of published ones holds, by their files.
var Published = regexp.MustCompile(`\Apaths/([a-z][a-z0-9-]{0,62})\.json\z`)

// ParsePublished compiles a published path. It returns nil if there is an error.
func ParsePublished(file *diag.File) (*Path, diag.List) {
	value, faults := record.Parse(file, record.JSON, 0, len(file.Text))
	var from published
	faults = append(faults, record.Decode(file, value, &from, record.DecodeOptions{})...)
	if value == nil || faults.HasErrors() {
		return nil, faults
	}
	document := &Document{Version: from.Version, Parameters: from.Parameters, Derived: from.Derived}
	var codes []markdown.Code
	for i := range from.Blocks {
		block := &from.Blocks[i]
		pieces, wrong := markdown.SplitTemplate(block.Text.Value)
		for _, w := range wrong {
			faults.Add(file.At(block.Text.Start, block.Text.End, diag.PathPlaceholder, w.Message, w.Hint))
		}
		for j := range pieces {
			pieces[j].Start, pieces[j].End = block.Text.Start, block.Text.End
		}
		codes = append(codes, markdown.Code{
			File: block.File.Value, When: block.When.Value, Text: block.Text.Value, Pieces: pieces,
			FileStart: block.File.Start + 1, WhenStart: block.When.Start + 1,
			Start: block.Start, End: block.End, First: block.Text.Start,
		})
	}
	// What no file uses may be used by a command of the page, which is not published.
	path, more := compile(file, from.Name.Value, document, codes, true)
	if path != nil {
		path.Title, path.Description = from.Title.Value, from.Description.Value
	}
	return path, append(faults, more...)
}
