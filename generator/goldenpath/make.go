package goldenpath

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/expr"
)

// A File is one file that a path makes. Blocks are the indexes of the blocks it is made
// of, in order.
type File struct {
	Name   string `json:"name"`
	Text   string `json:"text"`
	Blocks []int  `json:"blocks"`
}

// Made is what values give.
type Made struct {
	Files []File `json:"files"`
	// Texts are the values of all Names, as a template gets them without a filter. Shown
	// tells of each block whether its condition holds.
	Texts []string `json:"texts"`
	Shown []bool   `json:"shown"`
}

// Make fills in the path. A parameter without a value has its default. What is wrong is
// returned in order of the parameters; then nothing is made.
func (p *Path) Make(values map[string]string) (*Made, []Wrong) {
	w := &world{path: p}
	var faults []Wrong
	for i := range p.Parameters {
		parameter := &p.Parameters[i]
		value, given := values[parameter.Name]
		if !given {
			value = parameter.Default
		}
		if fault := parameter.Check(value); fault != nil {
			fault.Parameter = parameter.Name
			faults = append(faults, *fault)
		}
		w.texts = append(w.texts, value)
	}
	if faults != nil {
		return nil, faults
	}
	return p.make(w)
}

// Mask stands for a secret wherever it is shown.
const Mask = "••••••••"

// Sample is what the page shows before anybody fills it in: the defaults, and a mask for
// each secret. It is nil if the defaults make nothing.
func (p *Path) Sample() *Made {
	w := &world{path: p}
	for i := range p.Parameters {
		value := p.Parameters[i].Default
		if p.Parameters[i].Type == Secret {
			value = Mask
		}
		w.texts = append(w.texts, value)
	}
	made, _ := p.make(w)
	return made
}

// make fills in the path with values that have been checked.
func (p *Path) make(w *world) (*Made, []Wrong) {
	for i := range p.Derived {
		text, ok := p.Derived[i].text(w)
		if !ok {
			return nil, []Wrong{*wrong("derived", "name", p.Derived[i].Name)}
		}
		w.texts = append(w.texts, text)
	}
	made := &Made{Files: []File{}, Texts: w.texts, Shown: make([]bool, len(p.Blocks))}
	templates := map[string]string{} // folded name → what it was made of
	for i := range p.Blocks {
		block := &p.Blocks[i]
		made.Shown[i] = block.When == nil || block.When.EvaluateTruth(w) == expr.True
		if !made.Shown[i] || block.File == nil {
			continue
		}
		name := fill(block.File, w.texts)
		if problem := CheckFileName(name); problem != "" {
			return nil, []Wrong{*wrong("file", "file", name)}
		}
		folded := strings.ToLower(name)
		if template, there := templates[folded]; !there {
			templates[folded] = block.WrittenFile
			made.Files = append(made.Files, File{Name: name})
		} else if template != block.WrittenFile {
			return nil, []Wrong{*wrong("same-file", "file", name)}
		}
		file := &made.Files[slices.IndexFunc(made.Files, func(f File) bool { return strings.ToLower(f.Name) == folded })]
		file.Text += fill(block.Pieces, w.texts)
		file.Blocks = append(file.Blocks, i)
	}
	for _, file := range made.Files {
		for folder := parent(file.Name); folder != ""; folder = parent(folder) {
			if _, there := templates[strings.ToLower(folder)]; there {
				return nil, []Wrong{*wrong("same-file", "file", folder)}
			}
		}
	}
	return made, nil
}

// Folder is what the folder or the archive of the files is called: the first narrow text
// that is needed, or the path's own name.
func (p *Path) Folder(texts []string) string {
	for i := range p.Parameters {
		if parameter := &p.Parameters[i]; parameter.Type == Text && !parameter.Wide && parameter.Required {
			return texts[i]
		}
	}
	return p.Name
}

func parent(name string) string { return name[:max(0, strings.LastIndexByte(name, '/'))] }

// fill puts values into a template.
func fill(pieces []Piece, texts []string) string {
	var b strings.Builder
	for _, piece := range pieces {
		if piece.Of < 0 {
			b.WriteString(piece.Text)
		} else {
			b.WriteString(Filter(piece.Filter, texts[piece.Of]))
		}
	}
	return b.String()
}

// text is a derived value as a template gets it; ok is false if it has none.
func (d *Derived) text(w *world) (text string, ok bool) {
	if d.Node.IsTruth() {
		switch d.Node.EvaluateTruth(w) {
		case expr.True:
			return "true", true
		case expr.False:
			return "false", true
		}
		return "", false
	}
	x, ok := d.Node.EvaluateNumber(w)
	if !ok {
		return "", false
	}
	return decimal(x, d.Places)
}

// decimal writes a number rounded half away from zero, without zeros at its end. The
// browser does the same with the same doubles.
func decimal(x float64, places int) (string, bool) {
	scaled := math.Floor(float64(float64(math.Abs(x)*math.Pow10(places)) + 0.5))
	if scaled >= expr.Limit {
		return "", false
	}
	digits := strconv.FormatInt(int64(scaled), 10)
	for len(digits) <= places {
		digits = "0" + digits
	}
	if places > 0 {
		digits = strings.TrimRight(digits[:len(digits)-places]+"."+digits[len(digits)-places:], "0")
		digits = strings.TrimSuffix(digits, ".")
	}
	if x < 0 && digits != "0" {
		digits = "-" + digits
	}
	return digits, true
}

// A world is where every parameter has its value, for expressions. Derived values come
// after the parameters, and each is there before the next is computed.
type world struct {
	path  *Path
	texts []string
}

func (w *world) Number(_ expr.Kind, index int) (float64, bool) { return numberOf(w.texts[index]), true }
func (w *world) Truth(_ expr.Kind, index int) (holds, ok bool) { return w.texts[index] == "true", true }
func (w *world) Option(_ expr.Kind, index int) (int, bool) {
	return slices.Index(w.path.Parameters[index].Options, w.texts[index]), true
}
func (w *world) Has(expr.Kind, int, int) (holds, ok bool) { return false, false }
func (w *world) Count(expr.Kind, int) (float64, bool)     { return 0, false }
func (w *world) Level(int) (float64, bool)                { return 0, false }
func (w *world) Mean(int) (expr.Ratio, bool)              { return expr.Ratio{}, false }
func (w *world) Applies(expr.Kind, int) bool              { return true }
