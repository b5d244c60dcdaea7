package memory

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/disk"
)

// FolderName is the folder below the project where cairn keeps what is its own: the
// memory and the lock.
const FolderName = ".cairn"

// Prepare makes the folder .cairn below a project and has git ignore it.
//
// It refuses a folder that git tracks: what lies there is read back as cairn's own
// work, so whoever could send a change to the project could publish anything. It
// also refuses a link in its place, which may lead outside the project. A refusal
// is a diag.List; any other error means that there can be no such folder.
func Prepare(ops disk.Ops, project string) error {
	folder := filepath.Join(project, FolderName)
	info, err := ops.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := ops.Mkdir(folder); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	case err != nil:
		return err
	case info.Type != disk.Folder:
		return diag.List{diag.At(FolderName, diag.MemoryFolder,
			".cairn is not a folder", "remove it: cairn makes its own")}
	}
	if tracked := trackedBelow(ops, project, FolderName); len(tracked) > 0 {
		return diag.List{diag.At(FolderName, diag.MemoryTracked,
			fmt.Sprintf("git tracks %s, which is for this machine alone", tracked[0]),
			"take it out of git with: git rm -r --cached "+FolderName)}
	}
	ignore := filepath.Join(folder, ".gitignore")
	if err := ops.Create(ignore, []byte("*\n")); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// trackedBelow returns paths at or below a name in the project that git tracks, as
// git writes them. It reads the index of the nearest repository at or above the
// project, and nothing else of it. An index that it cannot read counts as empty.
func trackedBelow(ops disk.Ops, project, name string) []string {
	folder, err := filepath.Abs(project)
	if err != nil {
		return nil
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	prefix := name
	for {
		if repository, ok := repositoryOf(ops, folder); ok {
			return trackedIn(ops, repository, filepath.ToSlash(prefix))
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return nil
		}
		prefix = filepath.Join(filepath.Base(folder), prefix)
		folder = parent
	}
}

// repositoryOf returns the folder that holds git's data for a work tree: .git, or
// where a file of that name points, as in a second work tree or a submodule.
func repositoryOf(ops disk.Ops, folder string) (string, bool) {
	git := filepath.Join(folder, ".git")
	info, err := ops.Lstat(git)
	if err != nil {
		return "", false
	}
	if info.Type != disk.Regular || info.Size > 1<<16 {
		return git, true
	}
	text, err := ops.ReadFile(git)
	target, ok := strings.CutPrefix(string(text), "gitdir:")
	if err != nil || !ok {
		return git, true
	}
	target = strings.TrimSpace(target)
	if !filepath.IsAbs(target) {
		target = filepath.Join(folder, target)
	}
	return target, true
}

func trackedIn(ops disk.Ops, repository, prefix string) []string {
	var found []string
	next := "index"
	// A split index names one other file that holds the rest.
	for range 2 {
		text, err := ops.ReadFile(filepath.Join(repository, next))
		if err != nil {
			return found
		}
		below, shared, err := readGitIndex(text, prefix)
		if err != nil {
			return found
		}
		found = append(found, below...)
		if shared == "" {
			return found
		}
		next = "sharedindex." + shared
	}
	return found
}
