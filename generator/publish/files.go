package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"cairn/generator/diag"
	"cairn/generator/disk"
)

// Publishing file by file. Everything is baked and written to a folder inside the
// output before a single live file is touched, so that a full disk or an author's
// fault still changes nothing. Then the manifest takes in the new files beside the
// old ones, so that whatever happens next, no file of cairn's is ever taken for a
// foreign one. Then files move into place, each in one step: assets, data, pages.
// Stale ones go last, and the manifest drops them.

func (p *publisher) files(ctx context.Context) error {
	if err := p.refuseToOverwrite(); err != nil {
		return err
	}
	if !p.exists {
		if err := p.makeParents(p.out); err != nil {
			return asItWas(err)
		}
	}
	staging, err := p.stage(p.out, insidePrefix)
	var staged []int
	var lines []line
	if err == nil {
		staged, lines, err = p.stageFiles(ctx, staging)
	}
	if err == nil {
		err = p.SyncFileSystem(p.out)
	}
	if err != nil {
		p.discard(staging)
		return asItWas(err)
	}
	stale := p.stale(lines)
	p.report.Written, p.report.Unchanged, p.report.Removed = len(staged), len(lines)-len(staged), len(stale)
	err = p.bringLive(staging, staged, lines, stale)
	p.discard(staging)
	if err == nil {
		p.see(lines)
	}
	if err != nil {
		return fmt.Errorf("%w (each file is whole, but some are new and some old until the next build succeeds)", err)
	}
	return nil
}

// stageFiles bakes, and returns which outputs have new bytes, now in the staging
// folder under their number.
func (p *publisher) stageFiles(ctx context.Context, staging string) ([]int, []line, error) {
	changed := make([]atomic.Bool, len(p.outputs))
	lines, err := p.bake(ctx, func(index int, _ line, same bool, data []byte) error {
		if same {
			return nil
		}
		changed[index].Store(true)
		return p.Create(filepath.Join(staging, decimal(index)), data)
	})
	if err != nil {
		return nil, nil, err
	}
	var staged []int
	for index := range changed {
		if changed[index].Load() {
			staged = append(staged, index)
		}
	}
	p.pathOrder(staged)
	return staged, lines, nil
}

// stale returns what cairn made before and makes no more, pages first: a page must
// not outlive what it needs.
func (p *publisher) stale(lines []line) []string {
	stays := map[string]bool{}
	for _, line := range lines {
		stays[line.path] = true
	}
	var pages, others []string
	for _, name := range sortedKeys(p.old) {
		switch {
		case stays[name]:
		case strings.HasSuffix(name, ".html"):
			pages = append(pages, name)
		default:
			others = append(others, name)
		}
	}
	return append(pages, others...)
}

func (p *publisher) bringLive(staging string, staged []int, lines []line, stale []string) error {
	if p.old != nil && !p.doubled && len(staged) == 0 && len(stale) == 0 {
		return nil // the manifest lists what there is: each output is in it, and nothing else
	}
	if err := p.replaceManifest(staging, manifestText(append(p.old.lines(), lines...))); err != nil {
		return err
	}
	if err := p.removeOtherCase(stale, lines); err != nil {
		return err
	}
	for _, index := range staged {
		name := p.outputs[index].Path
		if err := p.makeWay(name); err != nil {
			return err
		}
		if err := p.Rename(filepath.Join(staging, decimal(index)), p.inOutput(name)); err != nil {
			return err
		}
		p.live.files[name] = disk.Regular
	}
	for _, name := range stale {
		if p.live.has(name) {
			if err := p.removeLive(name); err != nil {
				return err
			}
		}
	}
	if err := p.removeEmptied(stale); err != nil {
		return err
	}
	if err := p.SyncFileSystem(p.out); err != nil {
		return err
	}
	if err := p.replaceManifest(staging, manifestText(lines)); err != nil {
		return err
	}
	return p.SyncFolder(p.out)
}

func (p *publisher) replaceManifest(staging string, text []byte) error {
	temp := filepath.Join(staging, "manifest")
	if err := p.Create(temp, text); err != nil {
		return err
	}
	return p.Rename(temp, filepath.Join(p.out, manifestName))
}

func (p *publisher) removeLive(name string) error {
	delete(p.live.files, name)
	if err := p.Remove(p.inOutput(name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// makeWay makes the folders above a file, in place of stale files of their names,
// and removes a folder that is where the file belongs. refuseToOverwrite has made
// sure that nothing of this is foreign.
func (p *publisher) makeWay(name string) error {
	var above []string
	for folder := path.Dir(name); folder != "." && !p.live.folders[folder]; folder = path.Dir(folder) {
		above = append(above, folder)
	}
	for _, folder := range slices.Backward(above) {
		if p.live.has(folder) {
			if err := p.removeLive(folder); err != nil {
				return err
			}
		}
		if err := p.Mkdir(p.inOutput(folder)); err != nil {
			return err
		}
		p.live.folders[folder] = true
	}
	if !p.live.folders[name] {
		return nil
	}
	for _, file := range sortedKeys(p.live.files) {
		if strings.HasPrefix(file, name+"/") {
			if err := p.removeLive(file); err != nil {
				return err
			}
		}
	}
	for _, folder := range slices.Backward(p.live.sortedFolders()) {
		if folder == name || strings.HasPrefix(folder, name+"/") {
			delete(p.live.folders, folder)
			if err := p.Remove(p.inOutput(folder)); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeOtherCase removes stale files whose names differ from new ones by case
// alone. Where case does not count they are the same file, which must not be removed
// after it was written anew.
func (p *publisher) removeOtherCase(stale []string, lines []line) error {
	folded := make(map[string]bool, len(lines))
	for _, line := range lines {
		folded[strings.ToLower(line.path)] = true
	}
	for _, name := range stale {
		if folded[strings.ToLower(name)] && p.live.has(name) {
			if err := p.removeLive(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeEmptied removes the folders that stale files have left empty, by this build
// or by one that died.
func (p *publisher) removeEmptied(stale []string) error {
	needed := foldersOf(sortedKeys(p.live.files))
	for _, folder := range slices.Backward(sortedKeys(foldersOf(stale))) {
		if needed[folder] || !p.live.folders[folder] {
			continue
		}
		err := p.Remove(p.inOutput(folder))
		// Someone else's empty folder in it keeps it; nothing of ours is lost.
		if err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// refuseToOverwrite refuses outputs that would take the place of foreign files.
// All other foreign files are left alone.
func (p *publisher) refuseToOverwrite() error {
	inTheWay := map[string]bool{}
	foreign := func(name string) bool {
		_, ours := p.old[name]
		return !ours && p.live.has(name)
	}
	isOutput := map[string]bool{}
	for _, name := range append(p.outputPaths(), manifestName) {
		isOutput[name] = true
		for at := name; at != "."; at = path.Dir(at) {
			if foreign(at) {
				inTheWay[at] = true
			}
		}
	}
	for name := range p.live.files {
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			if isOutput[folder] && foreign(name) {
				inTheWay[name] = true
			}
		}
	}
	var list diag.List
	for _, name := range sortedKeys(inTheWay) {
		list.Add(diag.At(p.options.Shown+"/"+name, diag.PublishForeignFile,
			name+" is in the output where a file of the site belongs, and cairn did not write it",
			"move it to content/ if it belongs to the site, else out of "+p.options.Shown))
	}
	return list.Err()
}
