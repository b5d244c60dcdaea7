package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync/atomic"

	"cairn/generator/diag"
	"cairn/generator/output"
	"cairn/generator/serve"
)

// A Preview is the site while its author works on it: the newest model, faults and
// all, whose outputs are made when they are asked for. What is remembered between
// refreshes is kept in memory; nothing is written but to .cairn.
type Preview struct {
	b       *builder
	site    atomic.Pointer[serve.Site]
	output  string
	last    []byte
	version int
}

// NewPreview opens a project. The first Refresh makes the site.
func NewPreview(o Options) (*Preview, error) {
	b, err := newBuilder(o)
	if err != nil {
		return nil, err
	}
	b.prepare()
	return &Preview{b: b, output: "public"}, nil
}

// Close ends the preview.
func (p *Preview) Close() { p.b.close() }

// Site returns what is shown now; nil before the first Refresh.
func (p *Preview) Site() *serve.Site { return p.site.Load() }

// Output returns the folder that Build would write, relative to the project: it is
// not to be watched.
func (p *Preview) Output() string { return p.output }

// Refresh makes the site anew and tells whether anything that is shown changed.
// The newest model is shown in any case; only when the config or the theme cannot
// be read does the last one stay, with the faults over it. All outputs are made
// once and thrown away, so that the list of faults is that of Check.
func (p *Preview) Refresh(ctx context.Context) (changed bool, faults diag.List, err error) {
	m, faults := p.b.make(true)
	baked, digest, err := bakeAndHash(ctx, m.outputs)
	if err != nil {
		return false, nil, err
	}
	faults = p.b.raised(m, append(faults, baked...))
	hash := sha256.New()
	hash.Write(digest)
	hash.Write([]byte(faults.Error()))
	sum := hash.Sum(nil)
	if string(sum) == string(p.last) {
		return false, faults, nil
	}
	p.last = sum
	p.version++
	next := &serve.Site{Outputs: map[string]output.Output{}, Faults: faults, Version: hex.EncodeToString(sum[:8])}
	last := p.site.Load()
	if (m.outputs == nil || !m.configured) && last != nil {
		next.Outputs = last.Outputs
	} else {
		for _, out := range m.outputs {
			next.Outputs[out.Path] = out
		}
		p.output = m.config.Output
	}
	p.site.Store(next)
	return true, faults, nil
}

// bakeAndHash makes every output once, and returns the faults and a hash of all bytes.
func bakeAndHash(ctx context.Context, outputs []output.Output) (diag.List, []byte, error) {
	sums := make([][sha256.Size]byte, len(outputs))
	hashed := make([]output.Output, len(outputs))
	for i, out := range outputs {
		hashed[i] = out
		hashed[i].Make = func() ([]byte, error) {
			data, err := out.Make()
			sums[i] = sha256.Sum256(append([]byte(out.Path+"\x00"), data...))
			return data, err
		}
	}
	faults, err := bakeAll(ctx, hashed)
	all := sha256.New()
	for i := range sums {
		all.Write(sums[i][:])
	}
	return faults, all.Sum(nil), err
}
