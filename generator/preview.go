package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"sync/atomic"

	"cairn/generator/diag"
	"cairn/generator/output"
	"cairn/generator/serve"
)

// A Preview is the site while its author works on it: the newest model, faults and
// all, whose outputs are made when they are asked for. What is remembered between
// refreshes is kept in memory; nothing is written but to .cairn.
type Preview struct {
	b    *builder
	site atomic.Pointer[serve.Site]
	last []byte
}

// NewPreview opens a project. The first Refresh makes the site.
func NewPreview(o Options) (*Preview, error) {
	b, err := newBuilder(o)
	if err != nil {
		return nil, err
	}
	b.prepare()
	return &Preview{b: b}, nil
}

// Close ends the preview.
func (p *Preview) Close() { p.b.close() }

// Site returns what is shown now; nil before the first Refresh.
func (p *Preview) Site() *serve.Site { return p.site.Load() }

// inputs is what a site is made of, below the project's folder.
var inputs = []string{"config.toml", "content", "assessment", "themes"}

// ServeOptions say how a preview is shown.
type ServeOptions struct {
	// AllowHosts are further host names to answer to, besides this machine's own.
	AllowHosts []string
	// Poll looks for changes every two seconds instead of listening for them.
	Poll bool
	// Note is told once of what limits watching. Refreshed is told the faults after
	// each look at the files that changed something, or why there was none.
	Note      func(string)
	Refreshed func(faults diag.List, err error)
}

// Serve shows the site on a listener, and follows every change of the files, until
// the context ends.
func (p *Preview) Serve(ctx context.Context, listener net.Listener, o ServeOptions) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	address, _ := listener.Addr().(*net.TCPAddr)
	handler := serve.Handler(p.Site, serve.Options{Port: address.Port, AllowHosts: o.AllowHosts})
	ended := make(chan error, 1)
	go func() {
		ended <- serve.Run(ctx, listener, handler)
		cancel()
	}()
	// The watch begins before the first look, so that no change falls between.
	watch, err := serve.NewWatcher(p.b.options.Root, serve.WatchOptions{Under: inputs, Poll: o.Poll, Note: o.Note})
	if err != nil {
		cancel()
		return errors.Join(err, <-ended)
	}
	refresh := func() {
		changed, faults, err := p.Refresh(ctx)
		if ctx.Err() != nil || err == nil && !changed {
			return
		}
		if err == nil {
			handler.Announce()
		}
		o.Refreshed(faults, err)
	}
	refresh()
	watch.Run(ctx, refresh)
	cancel()
	return <-ended
}

// Refresh makes the site anew and tells whether anything that is shown changed.
// The newest model is shown in any case; only when the config or the theme cannot
// be read does the last one stay, with the faults over it. All outputs are made
// once and thrown away, so that the list of faults is that of Check.
func (p *Preview) Refresh(ctx context.Context) (changed bool, faults diag.List, err error) {
	m, faults := p.b.make(true)
	if p.site.Load() == nil {
		// At the first look everything can be shown before it is all made once: a
		// preview starts at once, whatever the size of the site.
		p.site.Store(shown(m, p.b.raised(m, faults), ""))
	}
	baked, digest, err := bakeAndHash(ctx, m.outputs)
	if err != nil {
		return false, nil, err
	}
	faults = p.b.raised(m, append(faults, baked...))
	hash := sha256.New()
	hash.Write(digest)
	type data diag.Diagnostic // with its hint and its line, which the sentence alone leaves out
	for _, fault := range faults {
		fmt.Fprintf(hash, "%#v\n", data(fault))
	}
	sum := hash.Sum(nil)
	if string(sum) == string(p.last) {
		return false, faults, nil
	}
	p.last = sum
	next := shown(m, faults, hex.EncodeToString(sum[:8]))
	if last := p.site.Load(); m.outputs == nil || !m.configured {
		next.Outputs = last.Outputs
	}
	p.site.Store(next)
	return true, faults, nil
}

// shown is a site as the preview serves it.
func shown(m *made, faults diag.List, version string) *serve.Site {
	outputs := make(map[string]output.Output, len(m.outputs))
	for _, out := range m.outputs {
		outputs[out.Path] = out
	}
	return &serve.Site{Outputs: outputs, Faults: faults, Version: version}
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
