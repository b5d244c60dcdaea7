package publish

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"cairn/generator/diag"
	"cairn/generator/disk"
)

// exchange publishes the site in one step. Until that step the live tree is only
// read; after it, the old one is only removed.
func (p *publisher) exchange(ctx context.Context) error {
	if err := p.refuseForeign(); err != nil {
		return err
	}
	parent := filepath.Dir(p.out)
	if err := p.makeParents(parent); err != nil {
		return asItWas(err)
	}
	staging, err := p.stage(parent, p.besidePrefix())
	if err == nil && p.exists {
		err = p.tryExchange(staging)
	}
	var lines []line
	var changed bool
	if err == nil {
		lines, changed, err = p.fill(ctx, staging)
	}
	if err != nil || !changed {
		p.discard(staging)
		if err == nil {
			p.see(lines)
		}
		return asItWas(err)
	}
	if p.exists {
		err = p.Exchange(staging, p.out)
	} else {
		err = p.Rename(staging, p.out)
	}
	if err != nil {
		p.discard(staging)
		return err
	}
	err = p.SyncFolder(parent)
	if p.exists {
		p.discard(staging) // which is the old site now
	}
	p.see(lines)
	if err != nil {
		return fmt.Errorf("the new site is live, but may not outlast a loss of power: %w", err)
	}
	return nil
}

// fill makes the new tree, ready to go live. It tells whether it differs at all.
func (p *publisher) fill(ctx context.Context, staging string) (lines []line, changed bool, err error) {
	folders := foldersOf(p.outputPaths())
	if err := p.makeFolders(staging, folders); err != nil {
		return nil, false, err
	}
	var linked atomic.Int64
	lines, err = p.bake(ctx, func(index int, want line, same bool, data []byte) error {
		to := filepath.Join(staging, filepath.FromSlash(want.path))
		if same {
			if p.Link(p.inOutput(want.path), to) == nil {
				linked.Add(1)
				return nil
			}
			// Too many links, or none on this file system: a copy is as good.
			p.found[index] = sight{}
			p.Remove(to)
			if data == nil {
				var err error
				if data, err = p.outputs[index].Make(); err != nil {
					return err
				}
			}
		}
		return p.Create(to, data)
	})
	if err != nil {
		return nil, false, err
	}
	p.report.Unchanged = int(linked.Load())
	p.report.Written = len(lines) - p.report.Unchanged
	p.report.Removed = len(p.old)
	for i := range lines {
		if _, stays := p.old[lines[i].path]; stays {
			p.report.Removed--
		}
	}
	if p.report.Written == 0 && p.exists && p.sameAsLive(len(lines), folders) {
		return lines, false, nil
	}
	made := sortedLines(lines)
	if err := p.Create(filepath.Join(staging, manifestName), manifestText(made)); err != nil {
		return nil, false, err
	}
	if err := verify(p.Ops, staging, made); err != nil {
		return nil, false, err
	}
	p.takeTime(filepath.Join(staging, manifestName))
	if err := p.Remove(filepath.Join(staging, markName)); err != nil {
		return nil, false, err
	}
	return lines, true, p.SyncFileSystem(staging)
}

// sameAsLive tells whether the live tree needs no change, given that each output is
// in it unchanged: it holds nothing more, its manifest neither, and its folders can be entered.
func (p *publisher) sameAsLive(made int, folders map[string]bool) bool {
	if p.doubled || len(p.old) != made || len(p.live.files) != made || len(p.live.folders) != len(folders) {
		return false
	}
	for _, name := range append(sortedKeys(folders), ".") {
		info, err := p.Lstat(p.inOutput(name))
		if err != nil || info.Type != disk.Folder || !info.Plain {
			return false
		}
	}
	return true
}

// tryExchange finds out whether this file system can exchange folders, before all
// the work is done.
func (p *publisher) tryExchange(staging string) error {
	a, b := filepath.Join(staging, ".a"), filepath.Join(staging, ".b")
	if err := p.Mkdir(a); err != nil {
		return err
	}
	if err := p.Mkdir(b); err != nil {
		return err
	}
	return errors.Join(p.Exchange(a, b), p.Remove(a), p.Remove(b))
}

// refuseForeign refuses to replace a folder with anything in it that is not cairn's.
func (p *publisher) refuseForeign() error {
	var foreign []string
	for _, name := range sortedKeys(p.live.files) {
		if _, ours := p.old[name]; !ours && !tolerated(name) {
			foreign = append(foreign, name)
		}
	}
	if len(foreign) == 0 {
		return nil
	}
	shown := p.options.Shown
	if p.old == nil {
		return diag.List{diag.At(shown, diag.PublishForeignFolder,
			fmt.Sprintf("%s was not made by cairn, and holds %s", shown, some(foreign)),
			"choose another output, or move what is in it out of the way")}
	}
	var list diag.List
	for _, name := range foreign {
		list.Add(diag.At(shown+"/"+name, diag.PublishForeignFile,
			name+" is in the output, and cairn did not write it",
			"move it to content/ if it belongs to the site, else out of "+shown))
	}
	return list
}

// some names the first few of many.
func some(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more files", strings.Join(names[:most], ", "), len(names)-most)
}

// verify holds a finished tree against its sorted lines: as many files on disk as were
// reported, each where it belongs.
func verify(ops disk.Ops, root string, made []line) error {
	count, foreign := 0, ""
	err := walk(ops, root, func(name string, what disk.Type) {
		if what == disk.Folder || name == markName || name == manifestName {
			return
		}
		_, wanted := slices.BinarySearchFunc(made, name, func(line line, name string) int { return strings.Compare(line.path, name) })
		if (!wanted || what != disk.Regular) && foreign == "" {
			foreign = name
		}
		count++
	})
	switch {
	case err != nil:
		return err
	case foreign != "":
		return fmt.Errorf("%s has appeared in the new site while it was made", foreign)
	case count != len(made):
		return fmt.Errorf("%d files were written, but %d are on the disk", len(made), count)
	}
	return nil
}

// asItWas adds to an error of the disk what matters most about it.
func asItWas(err error) error {
	if err == nil || errors.Is(err, disk.ErrNoExchange) {
		return err
	}
	if _, faults := diag.Of(err); faults || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%w (the published site is as it was)", err)
}
