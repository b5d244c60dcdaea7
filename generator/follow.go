package generator

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"

	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/serve"
)

// ServeOptions say how a preview is shown.
type ServeOptions struct {
	// AllowHosts are further host names to answer to, besides this machine's own.
	AllowHosts []string
	// Editor makes the address that opens a place in the author's editor; nil for none.
	Editor func(file string, line, column int) string
	// Poll looks for changes every two seconds instead of listening for them.
	Poll bool
	// Note is told once of what limits watching. Refreshed is told of each site that
	// was made whole and differs from the last, or why none could be.
	Note      func(string)
	Refreshed func(Refreshed)
}

// Refreshed is what became of a look at the files.
type Refreshed struct {
	// Changed are the files that made a new look worth while; none the first time.
	Changed []string
	// Faults are those that Check would find, OfDrafts those only a draft has.
	Faults, OfDrafts diag.List
	Err              error
}

// Serve shows the site on a listener, and follows every change of the files, until
// the context ends. It answers at once: what is asked for before there is a first
// site waits for it.
func (p *Preview) Serve(ctx context.Context, listener net.Listener, o ServeOptions) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	address, _ := listener.Addr().(*net.TCPAddr)
	handler := serve.Handler(p.Site, serve.Options{Port: address.Port, AllowHosts: o.AllowHosts, Editor: o.Editor})
	ended := make(chan error, 1)
	go func() {
		ended <- serve.Run(ctx, listener, handler)
		cancel()
	}()
	p.b.spare = 1
	f := &follower{preview: p, announce: handler.Announce, tell: o.Refreshed}
	watch, err := serve.NewWatcher(p.b.options.Root, serve.WatchOptions{Poll: o.Poll, Note: o.Note, Beside: f.beside, Ahead: f.ahead})
	if err != nil {
		cancel()
		return errors.Join(err, <-ended)
	}
	watch.Run(ctx, func(changed []string, only bool) *disk.Sight { return f.follow(ctx, changed, only) })
	f.stop()
	cancel()
	return <-ended
}

// A follower shows one site after the other. While one is made whole in the
// background, the next change ends that, and is shown first.
type follower struct {
	preview  *Preview
	announce func()
	tell     func(Refreshed)

	current  *showing
	stopLast func()
	working  sync.WaitGroup
	untold   []string // what changed since somebody was told
}

func (f *follower) stop() {
	f.endLast()
	f.working.Wait()
}

// endLast ends the work in the background, and does not wait until it has ended.
func (f *follower) endLast() {
	if f.stopLast != nil {
		f.stopLast()
	}
}

// follow shows the site anew, and returns what was seen of its files. If only those files
// were looked at, all others are taken to be as they were; a look at all of them follows.
func (f *follower) follow(ctx context.Context, changed []string, only bool) *disk.Sight {
	f.stop()
	f.untold = append(f.untold, changed...)
	var alone []string
	if only {
		alone = changed
	}
	next, faults := f.show(alone)
	f.announce()
	if f.current = next; next == nil {
		f.report(Refreshed{Faults: faults, Err: errFailed})
		return f.preview.b.sight
	}
	ctx, f.stopLast = context.WithCancel(ctx)
	f.working.Go(func() {
		known := next.site
		differs, _, err := f.preview.complete(ctx, next)
		switch {
		case err != nil && ctx.Err() != nil: // the next one tells
		case err != nil:
			f.report(Refreshed{Err: err})
		default: // even if the next one has come: to that, this is what was made whole last
			if !slices.EqualFunc(known.Faults, next.site.Faults, same) || !slices.EqualFunc(known.OfDrafts, next.site.OfDrafts, same) {
				f.announce()
			}
			if differs {
				f.report(Refreshed{Faults: next.site.Faults, OfDrafts: next.site.OfDrafts})
			}
			f.untold = nil
		}
	})
	return f.preview.b.sight
}

// ahead shows what can be shown of some changes before there is a model of them.
func (f *follower) ahead(changed []string) bool {
	f.endLast()
	if !f.preview.showAhead(f.current, changed) {
		return false
	}
	f.announce()
	return true
}

// beside looks at what is no part of the project and yet a fault of it: files in the output
// that cairn did not make.
func (f *follower) beside() []string {
	if f.current == nil || !f.current.whole.Load() {
		return nil
	}
	refused, err := f.preview.b.refusals(f.current.published)
	if err != nil || slices.EqualFunc(refused.Sorted(), f.current.refused.Sorted(), same) {
		return nil
	}
	return []string{f.current.published.config.Output}
}

// show makes and shows the next model. A fault of cairn must not end the preview, for
// the author may have it mended by the next change.
func (f *follower) show(alone []string) (next *showing, faults diag.List) {
	defer func() {
		if cause := recover(); cause != nil {
			next, faults = nil, f.preview.failed(cause)
		}
	}()
	return f.preview.show(alone), nil
}

func (f *follower) report(r Refreshed) {
	slices.Sort(f.untold)
	r.Changed = slices.Compact(f.untold)
	f.untold = nil
	f.tell(r)
}

func same(a, b diag.Diagnostic) bool {
	return a.String() == b.String() && a.Hint == b.Hint && a.Line == b.Line
}
