package generator

import (
	"cairn/generator/diag"
	"cairn/generator/memory"
	"cairn/generator/messages"
	"cairn/generator/parallel"
	"cairn/generator/prove"
	"cairn/generator/site"
)

// prove proves what can be proved of each assessment, in parallel. A proof depends on
// the file alone, and is remembered by its bytes, so that it costs nothing when
// nothing changed.
func (b *builder) prove(files []site.AssessmentFile, words messages.Catalogue) ([]prove.Page, diag.List) {
	proofs := make([]prove.Page, len(files))
	found := make([]diag.List, len(files))
	parallel.For(len(files), func(i int) {
		file := &files[i]
		if file.Model == nil {
			return // its faults come first
		}
		defer guard(file.File.Path, &found[i])
		proof := memory.Remember(b.memory, "proof", memory.KeyOf(b.options.Program, string(file.File.Text)), func() prove.Proof {
			return *prove.Prove(file.Model, prove.Options{})
		})
		proofs[i] = proof.Page(file.Assessment, words)
		found[i] = proof.Diagnostics(file.File, file.Assessment)
	})
	var pages []prove.Page
	var faults diag.List
	for i := range files {
		if files[i].Model != nil {
			pages = append(pages, proofs[i])
		}
		faults = append(faults, found[i]...)
	}
	return pages, faults
}
