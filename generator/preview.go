package generator

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"cairn/generator/diag"
	"cairn/generator/output"
	"cairn/generator/serve"
	"cairn/generator/site"
)

// A Preview is the site while its author works on it: the newest model, faults and
// all, whose outputs are made when they are asked for. What is remembered between
// refreshes is kept in memory; nothing is written but to .cairn.
//
// A refresh has two steps. The first makes the model and shows it, so that a page is
// there as soon as it can be made, whatever the size of the site. The second makes
// every output once and throws it away; what it finds completes the list of faults.
// The outputs of the second step are those of Check, without drafts, so that the
// list ends equal to Check's; what is wrong with drafts stands in a list of its own.
type Preview struct {
	b *builder
	// root is the project's folder, in full.
	root string
	site atomic.Pointer[serve.Site]
	// last is a hash of the site that was made whole last, faults and all.
	last []byte
}

// NewPreview opens a project. The first Refresh makes the site.
func NewPreview(o Options) (*Preview, error) {
	b, err := newBuilder(o)
	if err != nil {
		return nil, err
	}
	b.prepare()
	b.kept = new(sync.Map)
	root, err := filepath.Abs(b.options.Root)
	if err != nil {
		b.close()
		return nil, fmt.Errorf("opening the project: %w", err)
	}
	return &Preview{b: b, root: root}, nil
}

// Close ends the preview.
func (p *Preview) Close() { p.b.close() }

// Site returns what is shown now; nil before the first Refresh.
func (p *Preview) Site() *serve.Site { return p.site.Load() }

// Refresh makes the site anew and tells whether anything that is shown changed.
// The faults are those that Check would find. The newest model is shown in any case;
// only when the config or the theme cannot be read does the last one stay, with the
// faults over it.
func (p *Preview) Refresh(ctx context.Context) (changed bool, faults diag.List, err error) {
	return p.complete(ctx, p.show(nil))
}

// A showing is a site that is shown, and not yet made whole.
type showing struct {
	site *serve.Site
	// published is the site as a build would make it; shown has the drafts too.
	published, shown *made
	faults, ofDrafts diag.List
	// refused is why the output cannot be published to. It is there when the site is whole.
	refused diag.List
	whole   atomic.Bool
}

// show makes the model and shows it. If files are named, only they have changed since
// the last time.
func (p *Preview) show(changed []string) *showing {
	p.b.look()
	in := p.b.readAgain(changed)
	next := &showing{}
	next.published, next.faults = in.make(site.Options{})
	next.shown = next.published
	if len(next.published.model.Drafts) > 0 {
		var all diag.List
		next.shown, all = in.make(site.Options{Drafts: true})
		next.ofDrafts = beyond(all, next.faults)
	}
	outputs := make(map[string]output.Output, len(next.shown.outputs))
	for _, out := range next.shown.outputs {
		outputs[out.Path] = out
	}
	if last := p.site.Load(); last != nil && (next.shown.outputs == nil || !next.shown.configured) {
		outputs = last.Outputs
	}
	next.site = &serve.Site{
		Root: p.root, Outputs: outputs,
		Faults: p.b.raised(next.published, next.faults), OfDrafts: p.b.raised(next.published, next.ofDrafts),
	}
	p.site.Store(next.site)
	return next
}

// complete makes everything that is shown once, and shows the whole list of faults.
// If the context ends first, the list stays as it is.
func (p *Preview) complete(ctx context.Context, next *showing) (changed bool, faults diag.List, err error) {
	refused, err := p.b.refusals(next.published)
	if err != nil {
		return false, nil, err
	}
	baked, digest, err := p.bakeAndHash(ctx, next.published.outputs)
	if err != nil {
		return false, nil, err
	}
	bakedDrafts, digestOfDrafts, err := p.bakeAndHash(ctx, onlyIn(next.shown.outputs, next.published.outputs))
	if err != nil {
		return false, nil, err
	}
	whole := *next.site
	whole.Faults = p.b.raised(next.published, slices.Concat(next.faults, refused, baked))
	whole.OfDrafts = p.b.raised(next.published, beyond(slices.Concat(next.ofDrafts, bakedDrafts), baked))
	hash := sha256.New()
	hash.Write(digest)
	hash.Write(digestOfDrafts)
	type data diag.Diagnostic // with its hint and its line, which the sentence alone leaves out
	for _, fault := range slices.Concat(whole.Faults, whole.OfDrafts) {
		fmt.Fprintf(hash, "%#v\n", data(fault))
	}
	sum := hash.Sum(nil)
	changed = !bytes.Equal(sum, p.last)
	p.last = sum
	p.site.CompareAndSwap(next.site, &whole) // unless something newer is shown ahead of its model
	next.site = &whole
	next.refused = refused
	next.whole.Store(true)
	return changed, whole.Faults, nil
}

// beyond returns the faults that are not among the known ones.
func beyond(faults, known diag.List) diag.List {
	type identity struct {
		code          diag.Code
		path, message string
		start         diag.Position
	}
	of := func(d diag.Diagnostic) identity { return identity{d.Code, d.Path, d.Message, d.Start} }
	seen := map[identity]bool{}
	for _, fault := range known {
		seen[of(fault)] = true
	}
	var left diag.List
	for _, fault := range faults {
		if !seen[of(fault)] {
			left.Add(fault)
		}
	}
	return left
}

// onlyIn returns the outputs of one site whose paths another does not have.
func onlyIn(these, others []output.Output) []output.Output {
	has := make(map[string]bool, len(others))
	for _, out := range others {
		has[out.Path] = true
	}
	var only []output.Output
	for _, out := range these {
		if !has[out.Path] {
			only = append(only, out)
		}
	}
	return only
}

// bakeAndHash makes every output once, and returns the faults and a hash of all bytes.
func (p *Preview) bakeAndHash(ctx context.Context, outputs []output.Output) (diag.List, []byte, error) {
	faults, sums, err := p.b.bakeAll(ctx, outputs)
	all := sha256.New()
	for i := range sums {
		fmt.Fprintf(all, "%q %x\n", outputs[i].Path, sums[i])
	}
	return faults, all.Sum(nil), err
}

// failed is what is shown when a part of cairn fell over while it made the model:
// the last site, with that as its fault.
func (p *Preview) failed(cause any) diag.List {
	faults := diag.List{internalFault("config.toml", cause)}
	next := serve.Site{Root: p.root}
	if last := p.site.Load(); last != nil {
		next = *last
	}
	next.Faults, next.OfDrafts = faults, nil
	p.last = nil
	p.site.Store(&next)
	return faults
}

var errFailed = errors.New("a part of cairn failed; the last site stays")
