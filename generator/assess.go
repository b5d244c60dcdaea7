package generator

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"cairn/generator/assessment"
	"cairn/generator/config"
	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/messages"
	"cairn/generator/parallel"
	"cairn/generator/table"
)

// An Instrument is one assessment of a project, ready to be used from the command line.
type Instrument struct {
	builder    *builder
	assessment *assessment.Assessment
	model      *assessment.Model
	layouts    []assessment.Layout
	words      *assessment.Words
	baseURL    string
}

// OpenAssessment finds an assessment of a project by its id. The instrument is nil
// if there is none, or if it has errors. The ids are those of all assessments.
func OpenAssessment(o Options, id string) (instrument *Instrument, ids []string, faults diag.List, err error) {
	b, err := newBuilder(o)
	if err != nil {
		return nil, nil, nil, err
	}
	defer b.project.Close()
	files, faults := b.load(list(b.project))
	layouts, layoutFaults := readLayouts(files.layouts)
	faults = append(faults, layoutFaults...)
	names := map[string]string{}
	if files.sources != nil {
		if sources, _ := table.ParseSources(files.sources); sources != nil {
			for i := range sources.Sources {
				names[sources.Sources[i].ID] = cmp.Or(sources.Sources[i].Publisher, sources.Sources[i].Title)
			}
		}
	}
	baseURL := ""
	if files.config != nil {
		if c, _ := config.Parse(files.config); c != nil {
			baseURL = c.BaseURL
		}
	}
	for _, file := range files.assessments {
		a, model, own := assessment.Load(file)
		ids = append(ids, a.ID)
		if a.ID != id {
			continue
		}
		faults = append(faults, own...)
		if model != nil && instrument == nil {
			instrument = &Instrument{b, a, model, layouts, assessment.NewWords(messages.English(), a, names), baseURL}
		}
	}
	return instrument, ids, faults.Sorted(), nil
}

// An Assessed is the result of a file of answers.
type Assessed struct {
	instrument *Instrument
	read       *assessment.AnswersFile
	result     *assessment.Result
}

// Assess evaluates the answers in the bytes of a file; name is what messages call it.
func (i *Instrument) Assess(name string, text []byte) (*Assessed, diag.List) {
	read, faults := assessment.ReadAnswers(diag.NewFile(name, text), i.assessment, i.model, i.layouts)
	if read == nil || faults.HasErrors() {
		return nil, faults
	}
	return &Assessed{i, read, i.words.Fill(i.model.Whole(read.Answers))}, faults
}

// Open evaluates the answers in a link: an address, its fragment, or what stands behind
// ~answers= in it.
func (i *Instrument) Open(link string) (*Assessed, diag.List) {
	read, faults := assessment.ReadLink(diag.NewFile("link", []byte(link)), i.assessment, i.model, i.layouts)
	if read == nil {
		return nil, faults
	}
	return &Assessed{i, read, i.words.Fill(i.model.Whole(read.Answers))}, faults
}

// Link is the address at which the page of the assessment opens these answers: whole
// if the settings name a base-url, else from the root of the site. Notes, label and date
// do not travel.
func (a *Assessed) Link() string {
	page := strings.TrimSuffix(a.instrument.assessment.Path, ".toml") + ".html"
	return a.instrument.baseURL + page + "#Result~" + assessment.LinkKind + "=" + a.instrument.model.Link(a.read.Answers)
}

// Score is the short result of one file of many: what can be put into a table.
type Score struct {
	// File is the name that was given. Levels run beside Dimensions: "2", or "1 to 3"
	// while answers are missing, or "–". Decision is empty while it is open.
	File     string   `json:"file"`
	Decision string   `json:"decision"`
	Levels   []string `json:"levels"`
}

// Score evaluates the answers in the bytes of a file, and prints no reasons.
func (i *Instrument) Score(name string, text []byte) (*Score, diag.List) {
	read, faults := assessment.ReadAnswers(diag.NewFile(name, text), i.assessment, i.model, i.layouts)
	if read == nil || faults.HasErrors() {
		return nil, faults
	}
	result := i.model.Evaluate(read.Answers)
	score := &Score{File: name, Levels: make([]string, len(result.Dimensions))}
	if result.Decision != nil {
		score.Decision = result.Decision.Outcome
	}
	for d := range result.Dimensions {
		score.Levels[d] = i.words.Level(result.Dimensions[d].Ladder)
	}
	return score, faults
}

// Text prints the result for a person: what became of answers to an earlier version,
// then profile, decision with votes, next steps and reasons.
func (a *Assessed) Text(w io.Writer) error {
	if err := a.instrument.words.PrintMigrated(w, a.read); err != nil {
		return err
	}
	return a.instrument.words.PrintText(w, a.result)
}

// JSON prints the whole result tree.
func (a *Assessed) JSON(w io.Writer) error { return assessment.PrintJSON(w, a.result) }

// AtLeast tells whether a dimension surely reaches a level; known is false if there
// is no such dimension.
func (a *Assessed) AtLeast(dimension string, level int) (reached, known bool) {
	return a.result.AtLeast(dimension, level)
}

// Dimensions returns the ids of the dimensions.
func (i *Instrument) Dimensions() []string {
	ids := make([]string, len(i.assessment.Dimensions))
	for n := range ids {
		ids[n] = i.assessment.Dimensions[n].ID
	}
	return ids
}

// Release records the layout of the assessment's version, so that answers to it can
// always be read. It returns the file, relative to the project, and whether it was
// written now; a version that was recorded already is left as it is.
func (i *Instrument) Release() (file string, written bool, err error) {
	layout := i.model.Layout()
	file = fmt.Sprintf("%s/%s-%d.json", layoutFolder, layout.Assessment, layout.Version)
	for _, recorded := range i.layouts {
		if recorded.Assessment == layout.Assessment && recorded.Version == layout.Version {
			if recorded.Hash() != layout.Hash() {
				return file, false, fmt.Errorf("version %d of %s was released with other questions or options; give it the next number", layout.Version, layout.Assessment)
			}
			return file, false, nil
		}
	}
	folder := filepath.Join(i.builder.options.Root, filepath.FromSlash(layoutFolder))
	if info, err := i.builder.ops.Lstat(folder); err != nil {
		if err := i.builder.ops.Mkdir(folder); err != nil {
			return file, false, err
		}
	} else if info.Type != disk.Folder {
		// A link may lead outside the project, where nothing is written.
		return file, false, fmt.Errorf("%s is not a folder", layoutFolder)
	}
	return file, true, i.builder.ops.Create(filepath.Join(i.builder.options.Root, filepath.FromSlash(file)), layout.Encode())
}

// Quantiles are figures of the short way.
type Quantiles = assessment.Quantiles

// A ShortWay says how many questions the short way asked of drawn profiles, until the
// decision was settled, and until the first step was settled as well.
type ShortWay struct {
	// Answers says how the answers of a profile were drawn: "independent", or "alike"
	// within a dimension.
	Answers   string    `json:"answers"`
	Decision  Quantiles `json:"decision"`
	FirstStep Quantiles `json:"first-step"`
}

// ShortWay measures the short way on at least one profile. draw makes the source of
// chance of a profile by its number: a function that returns one of n whole numbers from
// 0 on with equal chance. The figures depend on nothing else. Answers that are alike are
// drawn only where there are dimensions.
func (i *Instrument) ShortWay(profiles int, draw func(profile int) func(n int) int) []ShortWay {
	walker := i.model.NewWalker()
	measure := func(name string, likeness assessment.Likeness) ShortWay {
		decision, firstStep := make([]int, profiles), make([]int, profiles)
		parallel.For(profiles, func(n int) {
			walk := walker.Walk(i.model.Profile(draw(n), likeness))
			decision[n], firstStep[n] = walk.Decision, walk.FirstStep
		})
		return ShortWay{name, assessment.QuantilesOf(decision), assessment.QuantilesOf(firstStep)}
	}
	ways := []ShortWay{measure("independent", assessment.Independent)}
	if len(i.model.Dimensions) > 0 {
		ways = append(ways, measure("alike", assessment.Alike))
	}
	return ways
}

// Title returns the title of the assessment.
func (i *Instrument) Title() string { return i.assessment.Title }
