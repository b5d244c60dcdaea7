// Package publish puts a site on the disk, so that what visitors see is always a
// whole site: the old one or the new one, whatever fails on the way.
//
// Site bakes all outputs in parallel into a tree beside the output, in which files
// that have not changed are hard links to the live ones, and then exchanges the two
// folders in one step. A full disk, a write that fails, a fault in the author's files
// or kill -9 leave the live site as it was; what a dead build left behind, the next
// one removes. Where folders cannot be exchanged, it replaces file by file, each in
// one step; then every file is whole, not the site, and the Report says so.
//
// It never deletes or replaces what it did not make. What is its own it knows by
// the file .cairn-manifest in the output, which names every file with its hash.
//
// Errors are of two kinds. A diag.List is the author's to cure: faults found while
// baking, and files in the output that are not cairn's (publish/foreign-folder and
// publish/foreign-file). Any other error comes from the disk or from ctx.
package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/output"
)

// Options say where and how to publish. All but Output may be left out.
type Options struct {
	// Output is the folder to publish to. Shown is how messages name it ("public").
	Output, Shown string
	// Lock is a file that only one publisher at a time can hold; its folder must
	// exist. Without it, the caller sees to that.
	Lock string
	// Waiting is called once if another publisher holds the lock. Site then waits
	// for it, or for the end of ctx.
	Waiting func()
	// Files asks for publishing file by file.
	Files bool
	// Known returns what an output was when it had this key before, and Learn is told
	// what it is now. With them an output that has not changed need not be made. Both
	// may be nil, and are called by several goroutines.
	Known func(path, key string) (size int64, sum [sha256.Size]byte, ok bool)
	Learn func(path, key string, size int64, sum [sha256.Size]byte)
	// Seen returns the hash of a live file when it had this stamp, and See is told what
	// it is now; see stamps.go. Without them every live file is read. Both may be nil,
	// and are called by several goroutines.
	Seen func(path, stamp string) (sum [sha256.Size]byte, ok bool)
	See  func(path, stamp string, sum [sha256.Size]byte)
	// Workers is how many outputs are baked at once; 0 for one per processor.
	Workers int
}

// Mode says how a site was published.
type Mode int

const (
	// Exchange: the whole site in one step.
	Exchange Mode = iota
	// Files: file by file, each in one step.
	Files
)

func (m Mode) String() string { return [...]string{"exchange", "files"}[m] }

// A Report says what was done.
type Report struct {
	Mode Mode
	// Why says, in a clause, why the mode is Files: "the output is a mount point".
	Why string
	// Written counts the files with new bytes, Unchanged those kept, Removed the
	// stale ones. Bytes is the size of the whole site.
	Written, Unchanged, Removed int
	Bytes                       int64
	// Warnings came from baking outputs that were published all the same.
	Warnings diag.List
	// Left names what an earlier build left behind and this one could not remove.
	Left []string
}

// Site publishes outputs, and nothing if any of them has faults: then the error is
// the list of all faults of all outputs.
func Site(ctx context.Context, ops disk.Ops, options Options, outputs []output.Output) (Report, error) {
	out := filepath.Clean(options.Output)
	if base := filepath.Base(out); options.Output == "" || base == "." || base == ".." || filepath.Dir(out) == out {
		return Report{}, fmt.Errorf("%q cannot be an output: it has no name of its own", options.Output)
	}
	if options.Shown == "" {
		options.Shown = options.Output
	}
	if options.Workers <= 0 {
		options.Workers = runtime.GOMAXPROCS(0)
	}
	if err := checkOutputs(outputs); err != nil {
		return Report{}, err
	}
	release, err := takeLock(ctx, ops, options)
	if err != nil {
		return Report{}, err
	}
	defer release()

	p := &publisher{Ops: ops, options: options, out: out, outputs: outputs, live: newTree()}
	p.found = make([]sight, len(outputs))
	if err := p.look(); err != nil {
		return Report{}, err
	}
	if p.why, err = p.whyFiles(); err != nil {
		return Report{}, err
	}
	if p.why == "" {
		err = p.exchange(ctx)
		if errors.Is(err, disk.ErrNoExchange) {
			// Only the attempt tells, on some layered file systems: start again.
			p.why = "folders cannot be exchanged here"
		}
	}
	if p.why != "" {
		p.report = Report{Mode: Files, Why: p.why, Left: p.report.Left}
		err = p.files(ctx)
	}
	if err != nil {
		return Report{}, err
	}
	return p.report, nil
}

// publisher is one run of Site.
type publisher struct {
	disk.Ops
	options Options
	out     string
	outputs []output.Output

	exists bool     // whether the output is there
	live   tree     // what is in it
	old    manifest // what of that cairn has made
	// doubled tells that the manifest has more lines than that: a build that went file by
	// file died before it could leave out the old ones.
	doubled bool
	why     string    // why to publish file by file; "" for an exchange
	found   []sight   // what the live file of each output was, if it is as it is to be
	whole   time.Time // when the new tree was, by the file system's clock
	report  Report
}

// look learns what is in the output, and removes what dead builds left.
func (p *publisher) look() error {
	if err := p.removeLeftovers(filepath.Dir(p.out), p.besidePrefix()); err != nil {
		return err
	}
	if info, err := p.Lstat(p.out); err == nil && info.Type == disk.Folder {
		if err := p.removeLeftovers(p.out, insidePrefix); err != nil {
			return err
		}
	}
	return p.read()
}

// read learns what is in the output, and changes nothing.
func (p *publisher) read() error {
	info, err := p.Lstat(p.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Type != disk.Folder {
		return diag.List{diag.At(p.options.Shown, diag.PublishForeignFolder,
			p.options.Shown+" is not a folder, so nothing can be published there",
			"remove it, or choose another output; for a symbolic link, write the folder that it leads to")}
	}
	p.exists = true
	if p.live, err = scan(p.Ops, p.out); err != nil {
		return err
	}
	if what, there := p.live.files[manifestName]; !there || what != disk.Regular {
		return nil
	}
	text, err := p.ReadFile(filepath.Join(p.out, manifestName))
	if err != nil {
		return err
	}
	delete(p.live.files, manifestName)
	p.old, err = parseManifest(text)
	p.doubled = bytes.Count(text, []byte("\n")) > 1+len(p.old)
	if err != nil {
		return diag.List{diag.At(p.options.Shown+"/"+manifestName, diag.PublishForeignFolder,
			fmt.Sprintf("%v, so cairn cannot tell which files are its own", err),
			"remove the folder "+p.options.Shown+" by hand; the next build makes it anew")}
	}
	return nil
}

// whyFiles returns why an exchange is out of the question, or "".
func (p *publisher) whyFiles() (string, error) {
	if p.options.Files {
		return `publish = "files" is set`, nil
	}
	if !p.exists {
		return "", nil
	}
	if mounted, err := p.Mounted(p.out); err != nil {
		return "", err
	} else if mounted {
		return "the output is a mount point", nil
	}
	return "", nil
}

// takeLock waits for the lock. It has no call that both waits and can be cancelled,
// so it asks again and again.
func takeLock(ctx context.Context, ops disk.Ops, options Options) (release func(), err error) {
	if options.Lock == "" {
		return func() {}, nil
	}
	for first := true; ; first = false {
		release, err := ops.Lock(options.Lock)
		if !errors.Is(err, disk.ErrLocked) {
			return release, err
		}
		if first && options.Waiting != nil {
			options.Waiting()
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// checkOutputs refuses outputs that cannot stand in one tree. The model has told
// the author about two pages on one address before; this is against mistakes of ours.
func checkOutputs(outputs []output.Output) error {
	files := make(map[string]bool, len(outputs))
	for _, output := range outputs {
		if !fs.ValidPath(output.Path) || output.Path == "." {
			return fmt.Errorf("%q is not a path of a site", output.Path)
		}
		for part := range strings.SplitSeq(output.Path, "/") {
			if err := disk.CheckName(part); err != nil {
				return fmt.Errorf("%q is not a path of a site: %w", output.Path, err)
			}
		}
		if first, _, _ := strings.Cut(output.Path, "/"); first == manifestName || strings.HasPrefix(first, insidePrefix) {
			return fmt.Errorf("%q is a name that cairn keeps for itself", output.Path)
		}
		if files[output.Path] {
			return fmt.Errorf("two outputs have the path %q", output.Path)
		}
		files[output.Path] = true
	}
	for name := range files {
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			if files[folder] {
				return fmt.Errorf("%q would be both a file and a folder", folder)
			}
		}
	}
	return nil
}

// inOutput returns where a path of the site lies on disk.
func (p *publisher) inOutput(name string) string {
	return filepath.Join(p.out, filepath.FromSlash(name))
}
