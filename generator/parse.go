package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"sync"

	"cairn/generator/assessment"
	"cairn/generator/config"
	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/goldenpath"
	"cairn/generator/markdown"
	"cairn/generator/parallel"
	"cairn/generator/record"
	"cairn/generator/site"
	"cairn/generator/table"
)

// parse turns texts into what the model is made of. Each file is parsed by itself,
// in parallel; the diagnostics of a file follow from that file alone. Guides are
// remembered by their bytes: they are many, and seldom change.
func (b *builder) parse(files *loaded) (in site.Inputs, configured bool, faults diag.List) {
	in = site.Inputs{ConfigFile: files.config, SourcesText: files.sources, Assets: files.assets, Others: files.others, Unreadable: files.unreadable, Text: b.textOf}
	if files.config != nil {
		in.Config, faults = config.Parse(files.config)
		configured = in.Config != nil && !faults.HasErrors()
	}
	if in.Config == nil {
		in.Config = config.Default()
	}
	if files.sources != nil {
		var sourceFaults diag.List
		in.Sources, sourceFaults = table.ParseSources(files.sources)
		faults = append(faults, sourceFaults...)
	}

	options := b.optionsOf(in.Config)
	guides := make([]site.Guide, len(files.guides))
	unread := map[int]diag.List{} // by the numbers of guides
	var mu sync.Mutex
	parallel.For(len(guides), func(i int) {
		guide, why := b.readGuide(*files.guides[i], options)
		if guides[i] = guide; guide.Page == nil {
			mu.Lock()
			defer mu.Unlock()
			unread[i] = why
		}
	})
	in.Guides = guides[:0]
	for i := range guides {
		if guides[i].Page != nil {
			in.Guides = append(in.Guides, guides[i])
		} else {
			faults = append(faults, unread[i]...)
			in.Unreadable = append(in.Unreadable, files.guides[i].Path)
		}
	}
	words := in.Config.Catalogue()
	in.Tables = make([]site.TableFile, len(files.tables))
	parallel.For(len(files.tables), func(i int) {
		file := files.tables[i]
		in.Tables[i] = keep(b, file.Path, func() (made site.TableFile) {
			made.File, made.Part = file, strings.HasPrefix(path.Base(file.Path), "_")
			defer guard(file.Path, &made.Faults)
			made.Table, made.Faults = table.Parse(file, words)
			return made
		}, file, files.config)
	})
	layouts, layoutFaults := readLayouts(files.layouts)
	faults = append(faults, layoutFaults...)
	in.Assessments = make([]site.AssessmentFile, len(files.assessments))
	parallel.For(len(files.assessments), func(i int) {
		file := files.assessments[i]
		in.Assessments[i] = keep(b, file.Path, func() (made site.AssessmentFile) {
			made.File = file
			defer guard(file.Path, &made.Faults)
			made.Assessment, made.Model, made.Faults = b.parseAssessment(file, layouts)
			if made.Model != nil {
				made.Versions = assessment.VersionsOf(made.Assessment, made.Model, layouts)
			}
			return made
		}, append([]*diag.File{file, files.config}, files.layouts...)...)
	})
	return in, configured, faults
}

// optionsOf are the options of reading guides.
func (b *builder) optionsOf(c *config.Config) *guideOptions {
	options := withKey(content.Options{Accept: c.FrontMatter.Accept, Markdown: markdown.Options{RawHTML: c.Content.RawHTML, Words: c.InText()}})
	options.body = b.bodies(options)
	return options
}

// parsePath compiles the golden path of a page, and tries it.
func parsePath(file *diag.File, page *content.Page) (*goldenpath.Path, diag.List) {
	name := strings.TrimSuffix(path.Base(file.Path), path.Ext(file.Path))
	if !record.IsID(name) || name == "index" {
		return nil, diag.List{file.Whole(diag.SiteBadName, fmt.Sprintf("a golden path is called as its file, and %q is no name for one", name),
			"use small letters, digits and hyphens, and no index.md")}
	}
	golden, faults := goldenpath.Parse(file, name, content.Value(file).Get("path"), page.Article.Codes)
	if golden == nil {
		return nil, faults
	}
	golden.Title, golden.Description = page.Title, page.FrontMatter.Description.Value
	return golden, append(faults, golden.Verify(file)...)
}

// readLayouts reads the layouts of released versions.
func readLayouts(files []*diag.File) ([]assessment.Layout, diag.List) {
	var layouts []assessment.Layout
	var faults diag.List
	for _, file := range files {
		layout, layoutFaults := assessment.ReadLayout(file)
		faults = append(faults, layoutFaults...)
		if len(layoutFaults) == 0 {
			layouts = append(layouts, layout)
		}
	}
	return layouts, faults
}

// parseAssessment reads an assessment, runs its expectations and holds it to its
// released versions.
func (b *builder) parseAssessment(file *diag.File, layouts []assessment.Layout) (*assessment.Assessment, *assessment.Model, diag.List) {
	a, model, faults := assessment.Load(file)
	if model != nil {
		faults = append(faults, model.Expect(file)...)
		faults = append(faults, assessment.CheckLayouts(file, a, model, layouts)...)
	}
	return a, model, faults
}

func hashText(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
