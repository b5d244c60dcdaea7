package goldenpath

import "cairn/generator/expr"

// Browser is what the page's script is handed: the compiled path, without the words that
// its form shows. Its counterpart is client/engine/path/data.ts.
type Browser struct {
	Name       string             `json:"name"`
	Parameters []browserParameter `json:"parameters"`
	Derived    []browserDerived   `json:"derived"`
	Blocks     []browserBlock     `json:"blocks"`
}

type browserParameter struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"`
	Default  string   `json:"default"`
	Required bool     `json:"required"`
	Wide     bool     `json:"wide"`
	Program  [][]int  `json:"program,omitempty"`
	Most     int      `json:"most"`
	Options  []string `json:"options"`
	Low      string   `json:"low"`
	High     string   `json:"high"`
	Places   int      `json:"places"`
}

type browserDerived struct {
	Name   string     `json:"name"`
	Node   *expr.Node `json:"node"`
	Places int        `json:"places"`
}

// A piece is a text, or [index, filter].
type browserBlock struct {
	File    []any      `json:"file,omitempty"`
	Written string     `json:"written,omitempty"`
	Pieces  []any      `json:"pieces,omitempty"`
	When    *expr.Node `json:"when,omitempty"`
}

// Browser returns the data of the page's script.
func (p *Path) Browser() Browser {
	b := Browser{Name: p.Name, Parameters: []browserParameter{}, Derived: []browserDerived{}, Blocks: []browserBlock{}}
	for _, from := range p.Parameters {
		to := browserParameter{
			Name: from.Name, Type: from.Type, Default: from.Default, Required: from.Required, Wide: from.Wide,
			Most: from.Most, Options: append([]string{}, from.Options...), Low: from.Low, High: from.High, Places: from.Places,
		}
		if from.Pattern != "" {
			to.Program = Program(from.Pattern)
		}
		b.Parameters = append(b.Parameters, to)
	}
	for _, from := range p.Derived {
		b.Derived = append(b.Derived, browserDerived{from.Name, from.Node, from.Places})
	}
	for _, from := range p.Blocks {
		to := browserBlock{When: from.When}
		if from.File != nil {
			to.File, to.Written, to.Pieces = browserPieces(from.File), from.WrittenFile, browserPieces(from.Pieces)
		}
		b.Blocks = append(b.Blocks, to)
	}
	return b
}

func browserPieces(pieces []Piece) []any {
	made := []any{}
	for _, piece := range pieces {
		if piece.Of < 0 {
			made = append(made, piece.Text)
		} else {
			made = append(made, []any{piece.Of, piece.Filter})
		}
	}
	return made
}

// Command is the command that writes the same files with these values. Secrets do not
// stand in it.
func (p *Path) Command(texts []string) string {
	word := func(text string) string {
		if plainWord.MatchString(text) {
			return text
		}
		return Filter("shell", text)
	}
	command := "cairn path " + p.Name
	for i := range p.Parameters {
		if p.Parameters[i].Type != Secret {
			command += " --set " + word(p.Parameters[i].Name+"="+texts[i])
		}
	}
	return command + " --out " + p.Folder(texts)
}
