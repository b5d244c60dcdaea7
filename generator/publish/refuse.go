package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/output"
)

// Refusals returns why Site would not publish these outputs as the disk stands now:
// whatever is in the output that cairn did not make. It only reads, and needs no
// lock: if another publisher changes the manifest meanwhile, it looks again.
func Refusals(ops disk.Ops, options Options, outputs []output.Output) (diag.List, error) {
	if options.Shown == "" {
		options.Shown = options.Output
	}
	const most = 5
	for tried := 1; ; tried++ {
		before, beforeErr := manifestBytes(ops, options.Output)
		refused, err := refusals(ops, options, outputs)
		after, afterErr := manifestBytes(ops, options.Output)
		if tried == most || bytes.Equal(before, after) && (beforeErr == nil) == (afterErr == nil) {
			return refused, err
		}
	}
}

// Refused tells whether faults are such refusals, found before anything was made, and not
// those of making the outputs.
func Refused(faults diag.List) bool {
	return slices.ContainsFunc(faults, func(d diag.Diagnostic) bool {
		return d.Code == diag.PublishForeignFolder || d.Code == diag.PublishForeignFile
	})
}

func manifestBytes(ops disk.Ops, output string) ([]byte, error) {
	return ops.ReadFile(filepath.Join(output, manifestName))
}

func refusals(ops disk.Ops, options Options, outputs []output.Output) (diag.List, error) {
	p := &publisher{Ops: ops, options: options, out: filepath.Clean(options.Output), outputs: outputs, live: newTree()}
	err := p.read()
	if err == nil {
		p.forgetLeftovers()
		p.why, err = p.whyFiles()
	}
	if err == nil && p.why == "" {
		err = p.refuseForeign()
	} else if err == nil {
		err = p.refuseToOverwrite()
	}
	if found, ok := diag.Of(err); ok {
		return found, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil // it went away meanwhile
	}
	return nil, err
}

// forgetLeftovers takes what a dead build left in the output, which the next one
// removes, out of what was found there.
func (p *publisher) forgetLeftovers() {
	for name := range p.live.files {
		if folder, _, ok := strings.Cut(name, "/"); ok && strings.HasPrefix(folder, insidePrefix) && p.live.has(path.Join(folder, markName)) {
			delete(p.live.files, name)
		}
	}
}
