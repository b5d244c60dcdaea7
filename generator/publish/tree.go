package publish

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"cairn/generator/disk"
)

// A tree is what lies in a folder. Symbolic links are named and never followed.
type tree struct {
	files   map[string]disk.Type // everything but folders
	folders map[string]bool      // without the root
}

func (t tree) has(name string) bool {
	_, ok := t.files[name]
	return ok
}

// sortedFolders returns the folders, a parent before its children.
func (t tree) sortedFolders() []string { return sortedKeys(t.folders) }

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func newTree() tree { return tree{map[string]disk.Type{}, map[string]bool{}} }

func scan(ops disk.Ops, root string) (tree, error) {
	t := newTree()
	err := walk(ops, root, func(name string, what disk.Type) {
		if what == disk.Folder {
			t.folders[name] = true
		} else {
			t.files[name] = what
		}
	})
	return t, err
}

// walk tells of all that lies in a folder, without the root.
func walk(ops disk.Ops, root string, tell func(name string, what disk.Type)) error {
	var folder func(name string) error
	folder = func(name string) error {
		names, err := ops.ReadDir(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		for _, child := range names {
			childName := child.Name
			if name != "" {
				childName = name + "/" + childName
			}
			tell(childName, child.Type)
			if child.Type != disk.Folder {
				continue
			}
			if err := folder(childName); err != nil {
				return err
			}
		}
		return nil
	}
	return folder("")
}

// foldersOf returns every folder that the paths need.
func foldersOf(paths []string) map[string]bool {
	folders := map[string]bool{}
	for _, name := range paths {
		for folder := path.Dir(name); folder != "." && !folders[folder]; folder = path.Dir(folder) {
			folders[folder] = true
		}
	}
	return folders
}

// tolerated tells files that systems put into any folder they show. They are no
// reason to refuse a folder, and may go.
func tolerated(name string) bool {
	switch path.Base(name) {
	case ".DS_Store", "Thumbs.db", "desktop.ini":
		return true
	}
	return false
}

// A build stages its files in a folder that bears a mark from the first moment to
// the last, so that the next build can tell that it may be removed. In a whole
// tree, ready to go live or just replaced, the manifest is the mark.
const (
	markName     = ".cairn-staging"
	insidePrefix = ".cairn-staging-" // inside the output, when publishing file by file
)

// besidePrefix begins the names of folders beside the output.
func (p *publisher) besidePrefix() string { return "." + filepath.Base(p.out) + ".cairn-" }

// stage makes a marked folder. Only one publisher has the lock, so a number is as
// good a name as a random one; a number that is taken was left alone for a reason.
func (p *publisher) stage(within, prefix string) (string, error) {
	for number := 1; ; number++ {
		staging := filepath.Join(within, prefix+decimal(number))
		err := p.Mkdir(staging)
		if errors.Is(err, fs.ErrExist) && number < 1000 {
			continue
		}
		if err == nil {
			err = p.Create(filepath.Join(staging, markName), nil)
		}
		return staging, err
	}
}

// removeLeftovers removes the folders of dead builds.
func (p *publisher) removeLeftovers(within, prefix string) error {
	names, err := p.ReadDir(within)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		number, ok := strings.CutPrefix(name.Name, prefix)
		if ok && name.Type == disk.Folder && number != "" && strings.Trim(number, "0123456789") == "" {
			p.discard(filepath.Join(within, name.Name))
		}
	}
	return nil
}

// discard removes a folder that this or a dead build made, as far as it bears our
// mark. What cannot or may not be removed is left, and reported.
func (p *publisher) discard(folder string) {
	if err := p.discardTree(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		p.report.Left = append(p.report.Left, folder)
	}
}

var errForeign = errors.New("it holds files that cairn did not make")

func (p *publisher) discardTree(folder string) error {
	found, err := scan(p.Ops, folder)
	if err != nil {
		return err
	}
	ours := func(string) bool { return true }
	last := markName // removed last, so that a build that dies here can be told, too
	if !found.has(markName) {
		last = manifestName
		ours = tolerated
		if found.has(manifestName) {
			text, err := p.ReadFile(filepath.Join(folder, manifestName))
			if err != nil {
				return err
			}
			made, err := parseManifest(text)
			if err != nil {
				return err
			}
			ours = func(name string) bool { _, listed := made[name]; return listed || tolerated(name) }
		}
	}
	var foreign, failed atomic.Pointer[error]
	names := sortedKeys(found.files)
	p.forAll(len(names), func(i int) {
		name := names[i]
		if name == last || failed.Load() != nil {
			return
		}
		if !ours(name) {
			foreign.Store(&errForeign)
		} else if err := p.Remove(filepath.Join(folder, filepath.FromSlash(name))); err != nil {
			failed.CompareAndSwap(nil, &err)
		}
	})
	for _, err := range []*error{failed.Load(), foreign.Load()} {
		if err != nil {
			return *err
		}
	}
	for _, name := range slices.Backward(found.sortedFolders()) {
		if err := p.Remove(filepath.Join(folder, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	if found.has(last) {
		if err := p.Remove(filepath.Join(folder, last)); err != nil {
			return err
		}
	}
	return p.Remove(folder)
}

// makeFolders makes folders below a root that has none of them.
func (p *publisher) makeFolders(root string, folders map[string]bool) error {
	for _, name := range sortedKeys(folders) {
		if err := p.Mkdir(filepath.Join(root, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	return nil
}

// makeParents makes the folders above the output that are not there.
func (p *publisher) makeParents(folder string) error {
	if _, err := p.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := p.makeParents(filepath.Dir(folder)); err != nil {
		return err
	}
	return p.Mkdir(folder)
}

// pathOrder sorts outputs for publishing file by file: what pages need goes first.
func (p *publisher) pathOrder(indexes []int) {
	slices.SortFunc(indexes, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.outputs[a].Kind, p.outputs[b].Kind), cmp.Compare(p.outputs[a].Path, p.outputs[b].Path))
	})
}
