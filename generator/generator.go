// Package generator turns a project's folder into a site. It is cairn's library:
// Build publishes a site, Check finds every fault that Build would, and a Preview
// is the same site, made as it is asked for.
//
// There is one pipeline, in read and make: load → parse → prove → model → outputs; what differs is
// only the sink. Memory between runs changes how long it takes, never the result.
package generator

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"cairn/generator/config"
	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/memory"
	"cairn/generator/output"
	"cairn/generator/parallel"
	"cairn/generator/prove"
	"cairn/generator/publish"
	"cairn/generator/render"
	"cairn/generator/site"
	"cairn/generator/theme"
)

// Options are what a build depends on besides the project's files.
type Options struct {
	// Root is the project's folder.
	Root string
	// Program names the running program, so that what another version of it
	// remembered is not used: a hash of the executable. Empty: nothing is remembered
	// between runs.
	Program string
	// Due is a day, as in 2026-01-22: Check tells the pages whose review is due by then.
	// Empty: it tells none, so that no site fails because time passed.
	Due string
	// NoMemory builds without anything remembered.
	NoMemory bool
	// Waiting is called once if another build of the same project is under way.
	Waiting func()
	// Disk is what publishing writes with; nil means the real one. Tests inject faults.
	Disk disk.Ops
}

// A Report says what a build did.
type Report struct {
	// Pages and Outputs are numbers of files, Bytes their size.
	Pages, Outputs int
	Bytes          int64
	// Written, Unchanged and Removed are numbers of files in the output folder.
	Written, Unchanged, Removed int
	// Output is the folder, relative to the project.
	Output string
	// Mode is "exchange" or "files".
	Mode string
	// Notes are sentences the author should know; Drafts the files left out.
	Notes  []string
	Drafts []string
}

// made is a site before any sink: everything but the bytes.
type made struct {
	config *config.Config
	// configured is false when the config could not be read as it is meant.
	configured bool
	model      *site.Site
	outputs    []output.Output
	rewrite    render.Rewrite
}

// make is the pipeline.
func (b *builder) make() (*made, diag.List) {
	m, faults := b.read().make(site.Options{})
	b.listed = listing{} // a preview alone looks at a part of it again
	m.model.Settle()
	return m, faults
}

// inputs is the first half of the pipeline: what the files say, each by itself.
type inputs struct {
	parsed     site.Inputs
	configured bool
	proofs     []prove.Page
	look       *theme.Theme
	faults     diag.List
	// found remembers the index of the search.
	found *memory.Whole
}

func (b *builder) read() *inputs { return b.readAgain(nil) }

// readAgain reads what changed, if that is known, and else everything.
func (b *builder) readAgain(changed []string) *inputs {
	b.askTime()
	if b.lookAt(changed) {
		b.sight.List(b.listed.asked())
	} else {
		b.listed = list(b.project)
	}
	files, faults := b.load(b.listed)
	faults = append(faults, b.refused...)
	parsed, configured, parseFaults := b.parse(files)
	proofs, proofFaults := b.prove(parsed.Assessments, parsed.Config.Catalogue())
	look, themeFaults := b.readLook(files, parsed.Config)
	return &inputs{parsed, configured, proofs, look, slices.Concat(faults, parseFaults, proofFaults, themeFaults), b.found}
}

// make is the second half: the model, and the outputs. It changes nothing of the
// inputs, so that the preview can make a site with drafts beside the one without.
func (in *inputs) make(o site.Options) (*made, diag.List) {
	model, modelFaults := site.New(in.parsed, o)
	faults := slices.Concat(in.faults, modelFaults)
	m := &made{config: in.parsed.Config, configured: in.configured, model: model}
	if in.look != nil {
		pages, found := searchable(model)
		rendered, renderFaults := render.Outputs(model, in.look, in.proofs, pages)
		m.rewrite = rendered.Rewrite
		m.outputs = guarded(withSearch(model, rendered, pages, found, in.found))
		faults = append(faults, renderFaults...)
		faults = append(faults, clashes(model, m.outputs, faults)...)
	}
	return m, faults
}

// Build makes the site and publishes it, if it has no errors. The diagnostics are
// all there are, in order. The report is nil if nothing was published. An error
// means that cairn could not go on.
func Build(ctx context.Context, o Options) (*Report, diag.List, error) {
	b, err := newBuilder(o)
	if err != nil {
		return nil, nil, err
	}
	defer b.close()
	b.prepare()
	m, faults := b.make()
	refused := b.refuseAbove(m.config.Output)
	if b.raised(m, append(faults, refused...)).HasErrors() {
		refused, err := b.refusals(m)
		if err != nil {
			return nil, b.raised(m, faults), err
		}
		return b.unpublished(ctx, m, append(faults, refused...))
	}
	to := b.publishTo(m)
	to.Lock, to.Waiting = b.lock, o.Waiting
	if b.live != nil {
		to.Seen, to.See = b.sawLive, b.seeLive
	}
	report, err := publish.Site(ctx, b.ops, to, m.outputs)
	if found, ok := diag.Of(err); ok && publish.Refused(found) {
		return b.unpublished(ctx, m, append(faults, found...))
	} else if ok {
		return nil, b.raised(m, append(faults, found...)), nil
	}
	if err != nil {
		return nil, b.raised(m, faults), err
	}
	b.live.Save()
	return b.report(m, report), b.raised(m, faults), nil
}

// unpublished is the end of a build that publishes nothing: what baking would find is
// still part of the list.
func (b *builder) unpublished(ctx context.Context, m *made, faults diag.List) (*Report, diag.List, error) {
	baked, _, err := b.bakeAll(ctx, m.outputs)
	return nil, b.raised(m, append(faults, baked...)), err
}

// Check finds every fault that Build would find. It bakes everything and throws it
// away; it writes nothing but what it remembers.
func Check(ctx context.Context, o Options) (diag.List, error) {
	_, faults, err := check(ctx, o)
	return faults, err
}

// A Coverage says where an assessment leads its readers; Led is one advice or outcome of it.
type (
	Coverage = site.Coverage
	Led      = site.Led
)

// CheckCoverage is Check, and returns where each assessment leads its readers. An
// assessment with errors is not among them.
func CheckCoverage(ctx context.Context, o Options) ([]Coverage, diag.List, error) {
	m, faults, err := check(ctx, o)
	if err != nil {
		return nil, faults, err
	}
	return m.model.Coverage(), faults, nil
}

func check(ctx context.Context, o Options) (*made, diag.List, error) {
	b, err := newBuilder(o)
	if err != nil {
		return nil, nil, err
	}
	defer b.close()
	b.prepare()
	m, faults := b.make()
	refused, err := b.refusals(m)
	if err != nil {
		return m, b.raised(m, faults), err
	}
	baked, _, err := b.bakeAll(ctx, m.outputs)
	return m, b.raised(m, slices.Concat(faults, refused, baked, m.model.ReviewsDue(b.options.Due))), err
}

// bakeAll makes the bytes of every output, in parallel, and keeps only the faults, and of
// each the hash of its bytes. An output whose key is known was made before, without a
// fault, and is not made again.
func (b *builder) bakeAll(ctx context.Context, outputs []output.Output) (diag.List, [][sha256.Size]byte, error) {
	found := make([]diag.List, len(outputs))
	failed := make([]error, len(outputs))
	sums := make([][sha256.Size]byte, len(outputs))
	parallel.Stretches(len(outputs), max(1, runtime.GOMAXPROCS(0)-b.spare), 1, func(i int) {
		if ctx.Err() != nil {
			return
		}
		out, key := &outputs[i], ""
		if out.Key != nil && b.made != nil {
			key = out.Key()
			if _, sum, ok := b.known(out.Path, key); ok {
				sums[i] = sum
				return
			}
		}
		data, err := out.Make()
		sums[i] = sha256.Sum256(data)
		if list, ok := diag.Of(err); ok {
			found[i] = list
		} else if failed[i] = err; err == nil {
			b.learn(out.Path, key, int64(len(data)), sums[i])
		}
	})
	var all diag.List
	for i := range outputs {
		if failed[i] != nil {
			return all, nil, fmt.Errorf("making %s: %w", outputs[i].Path, failed[i])
		}
		all = append(all, found[i]...)
	}
	return all, sums, ctx.Err()
}

// A builder is a project that is open, and what it remembers.
type builder struct {
	options Options
	project *disk.Project
	ops     disk.Ops
	memory  *memory.Memory
	// made notes what outputs were, by their keys.
	made *memory.Notes
	// seen notes the keys of the guides, by what their files look like; now is when the
	// project was looked at.
	seen *memory.Notes
	now  time.Time
	// found remembers the index of the search.
	found *memory.Whole
	// live notes the hashes of the published files, by what they look like.
	live *memory.Notes
	// listed is what lay in the project when it was looked at.
	listed listing
	// kept holds the guides of a preview: name to keptGuide. Nil in a build.
	kept *sync.Map
	// spare is how many processors are left to those who ask for pages while all are made.
	spare int
	// sight is what a preview saw of the files when it read them last.
	sight *disk.Sight
	// late is lateText, made once.
	late func(name string) []byte
	lock string
	// refused says why the folder .cairn cannot be used.
	refused diag.List
}

func newBuilder(o Options) (*builder, error) {
	project, err := disk.Open(o.Root)
	if err != nil {
		return nil, fmt.Errorf("opening the project: %w", err)
	}
	// A project may be reached through a symbolic link; what is written to it is not.
	if real, err := filepath.EvalSymlinks(o.Root); err == nil {
		o.Root = real
	}
	b := &builder{options: o, project: project, ops: o.Disk}
	if b.ops == nil {
		b.ops = disk.Real()
	}
	b.late = b.lateText
	return b, nil
}

// prepare makes the folder .cairn, for the lock and for what is remembered. A
// folder without a config is not a site: nothing is made in it. Without rights to
// make the folder cairn goes on without; a folder that must not be used is a fault.
func (b *builder) prepare() {
	if _, err := b.project.Stat("config.toml"); err != nil {
		return
	}
	err := memory.Prepare(b.ops, b.options.Root)
	if refused, ok := diag.Of(err); ok {
		b.refused = refused
		return
	}
	if err != nil {
		return
	}
	folder := filepath.Join(b.options.Root, memory.FolderName)
	b.lock = filepath.Join(folder, "lock")
	if !b.options.NoMemory && b.options.Program != "" {
		b.found = memory.OpenWhole(b.ops, folder, "found", b.options.Program)
		parallel.For(4, func(i int) {
			switch i {
			case 0:
				b.memory = memory.Open(b.ops, filepath.Join(folder, "memory"), memory.Options{})
			case 1:
				b.made = memory.OpenNotes(b.ops, folder, "made", b.options.Program)
			case 2:
				b.seen = memory.OpenNotes(b.ops, folder, "seen", b.options.Program)
			case 3:
				b.live = memory.OpenNotes(b.ops, folder, "live", b.options.Program)
			}
		})
	}
}

// look makes ready for another look of a preview at a project that may have changed in every
// way: the folder may be another one, or have become a site only now. What is seen from here
// on is what the watch compares the files with.
func (b *builder) look() {
	if b.project.Follow(b.options.Root) {
		b.listed = listing{}
	}
	b.sight = disk.NewSight()
	b.project.Note(b.sight)
	if b.lock == "" {
		b.refused = nil
		b.prepare()
	}
}

// publishTo says where a site is published, and how.
func (b *builder) publishTo(m *made) publish.Options {
	return publish.Options{
		Output: filepath.Join(b.options.Root, filepath.FromSlash(m.config.Output)), Shown: m.config.Output,
		Files: m.config.Publish == "files", Known: b.known, Learn: b.learn,
	}
}

// known returns the size and the hash of an output that had this key before: it was
// made without a fault.
func (b *builder) known(path, key string) (size int64, sum [sha256.Size]byte, ok bool) {
	data, ok := b.made.Get(path, key)
	if !ok || len(data) != 8+sha256.Size {
		return 0, sum, false
	}
	copy(sum[:], data[8:])
	return int64(binary.BigEndian.Uint64([]byte(data))), sum, true
}

func (b *builder) learn(path, key string, size int64, sum [sha256.Size]byte) {
	data := binary.BigEndian.AppendUint64(nil, uint64(size))
	b.made.Put(path, key, string(append(data, sum[:]...)))
}

// sawLive returns the hash that a published file had when it looked like this.
func (b *builder) sawLive(path, stamp string) (sum [sha256.Size]byte, ok bool) {
	data, ok := b.live.Get(path, stamp)
	ok = ok && copy(sum[:], data) == len(sum)
	return sum, ok
}

func (b *builder) seeLive(path, stamp string, sum [sha256.Size]byte) {
	b.live.Put(path, stamp, string(sum[:]))
}

// refusals says why the site could not be published as the output stands now.
func (b *builder) refusals(m *made) (diag.List, error) {
	if refused := b.refuseAbove(m.config.Output); refused != nil {
		return refused, nil
	}
	refused, err := publish.Refusals(b.ops, b.publishTo(m), m.outputs)
	if err != nil {
		return nil, fmt.Errorf("looking at the output: %w", err)
	}
	return refused, nil
}

// refuseAbove refuses an output that lies below something else than a folder: a symbolic
// link there would lead what is published out of the project.
func (b *builder) refuseAbove(output string) diag.List {
	for above := path.Dir(output); above != "."; above = path.Dir(above) {
		info, err := b.ops.Lstat(filepath.Join(b.options.Root, filepath.FromSlash(above)))
		if err == nil && info.Type != disk.Folder {
			return diag.List{diag.At(above, diag.PublishForeignFolder,
				fmt.Sprintf("%s is not a folder, so nothing can be published to %s", above, output),
				"remove it, or choose another output; for a symbolic link, write the folder that it leads to")}
		}
	}
	return nil
}

func (b *builder) close() {
	b.memory.Sweep()
	b.made.Save()
	b.seen.Save()
	b.found.Save()
	b.project.Close()
}

// raised is the list as it counts: sorted, and with warnings raised if the config
// says so.
func (b *builder) raised(m *made, faults diag.List) diag.List {
	faults = faults.Sorted()
	if m.config.Check.Strict {
		faults = faults.Strict()
	}
	return faults
}

func (b *builder) report(m *made, published publish.Report) *Report {
	r := &Report{
		Pages: len(m.model.Pages), Outputs: len(m.outputs), Bytes: published.Bytes,
		Written: published.Written, Unchanged: published.Unchanged, Removed: published.Removed,
		Output: m.config.Output, Mode: published.Mode.String(), Drafts: m.model.Drafts,
	}
	if m.config.BaseURL == "" {
		r.Notes = append(r.Notes, "no base-url is set: pages have no canonical address, and 404.html fits a site at the root of its host")
	}
	if published.Mode == publish.Files {
		why := ""
		if published.Why != "" {
			why = ", for " + published.Why
		}
		r.Notes = append(r.Notes, "published file by file"+why+": at every moment each file was whole, not the site")
	}
	for _, left := range published.Left {
		r.Notes = append(r.Notes, "could not remove what an earlier build left: "+left)
	}
	return r
}

// readLook makes the theme. Bundling is remembered, for it takes longer than
// everything else on a small site.
func (b *builder) readLook(files *loaded, c *config.Config) (*theme.Theme, diag.List) {
	options := theme.Options{Words: c.Catalogue(), Contract: render.Contract(), TokensFile: files.config}
	for _, token := range c.Tokens {
		options.Tokens = append(options.Tokens, theme.Token{
			Name: token.Name, Light: token.Light, Dark: token.Dark,
			Start: token.NameAt.Start, End: token.NameAt.End, ValueStart: token.ValueAt.Start, ValueEnd: token.ValueAt.End,
		})
	}
	type read struct {
		look   *theme.Theme
		faults diag.List
	}
	texts := []*diag.File{files.config}
	for _, file := range files.theme {
		texts = append(texts, &diag.File{Path: file.Path, Text: file.Text})
	}
	made := keep(b, "the theme", func() (made read) {
		made.look, made.faults = theme.Read(files.builtIn, files.theme, options, func(entry string, from theme.Sources) theme.Bundled {
			key := memory.KeyOf(b.options.Program, entry, from.Key)
			return memory.Remember(b.memory, "bundle", key, func() theme.Bundled { return theme.Esbuild(entry, from) })
		})
		return made
	}, texts...)
	return made.look, made.faults
}
