// Package disk is the seam between cairn and the file system. It has two halves.
//
// A Project reads the author's files and nothing else: whatever path it is given,
// and whatever symbolic links the content holds, no byte from outside the project
// is ever returned. What cannot be read is a Problem, with a kind.
//
// Ops is the list of everything that publishing does to a disk. Real does it;
// Inject does it and fails, or dies, at the moment a test chooses.
package disk

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	mostLinks = 40 // in one chain of symbolic links, as in Linux
	mostDepth = 64 // folders below each other
)

// A Project is a folder that is read from. All paths are below it, with slashes.
// It is safe for concurrent use.
type Project struct {
	root  atomic.Pointer[os.Root]
	sight atomic.Pointer[Sight] // notes what is seen, if there is one
}

// Open returns the project in a folder.
func Open(folder string) (*Project, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	p := &Project{}
	p.root.Store(root)
	return p, nil
}

// Follow goes on with the folder that a path leads to now, and tells whether it is another
// one than before. If there is none, the project stays with the one it has.
func (p *Project) Follow(folder string) (another bool) {
	before := p.root.Load()
	here, err := before.Stat(".")
	there, errThere := os.Stat(folder)
	if errThere != nil || err == nil && os.SameFile(here, there) {
		return false
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return false
	}
	p.root.Store(root) // somebody may still read from the other one; it is closed with the last of them
	return true
}

// Close ends reading.
func (p *Project) Close() error { return p.root.Load().Close() }

// An Entry is one file of the project. For a symbolic link, all but the path is
// that of the file it leads to, so that a change there is seen here.
type Entry struct {
	Path     string
	Size     int64
	Modified time.Time
	// Changed is when anything about the file changed last, also what Modified says;
	// zero where the system does not tell.
	Changed time.Time
	Inode   uint64 // 0 where the system has none
	Link    bool
}

// List returns every file below the given files and folders, or of the whole
// project if none is given, sorted by path, and what among them cannot be read.
// What is not there is left out. It hands on everything but what skip says to
// leave alone, with all that lies below it; skip may be nil. Nothing is opened
// but folders.
func (p *Project) List(under []string, skip func(path string, folder bool) bool) ([]Entry, []Problem) {
	entries, problems := p.walk(under, skip)
	p.sight.Load().List(Listed{under, skip, entries, problems})
	return entries, problems
}

// Stat returns the entry of one file, as List would.
func (p *Project) Stat(name string) (Entry, error) {
	entry, err := p.stat(name)
	p.sight.Load().see(name, Seen{Entry: entry, Problem: problemOf(err)})
	return entry, err
}

func (p *Project) stat(name string) (Entry, error) {
	if err := checkPath(name); err != nil {
		return Entry{}, err
	}
	real, info, err := p.resolve(name)
	if err != nil {
		return Entry{}, err
	}
	if !info.Mode().IsRegular() {
		return Entry{}, notRegular(name, info, real != name)
	}
	return entry(name, info, real != name), nil
}

// Read returns the bytes of a file: at most limit of them, or any number if limit
// is 0. Every error is a Problem. A larger file is not read at all.
func (p *Project) Read(name string, limit int64) ([]byte, error) {
	data, before, err := p.read(name, limit)
	p.noteRead(before, name, data, limit, err)
	return data, err
}

func (p *Project) noteRead(before Entry, name string, data []byte, limit int64, err error) {
	if sight := p.sight.Load(); sight != nil {
		sight.see(name, Seen{Entry: before, Problem: problemOf(err), Read: true, Limit: limit, Digest: sha256.Sum256(data)})
	}
}

// read also returns what the file looked like before it was read.
func (p *Project) read(name string, limit int64) ([]byte, Entry, error) {
	if err := checkPath(name); err != nil {
		return nil, Entry{}, err
	}
	// Editors save by putting a new file in the place of the old, so what was looked
	// at and what was opened may differ for once; not for ever.
	for range 5 {
		file, before, size, err := p.open(name)
		if errors.Is(err, errChanged) {
			continue
		}
		if err != nil {
			return nil, before, err
		}
		defer file.Close()
		if limit > 0 && size > limit {
			return nil, before, tooLarge(name, limit)
		}
		data, err := readAll(file, name, size, limit)
		return data, before, err
	}
	return nil, Entry{}, problem(name, Failed, errChanged)
}

func problemOf(err error) *Problem {
	if problem, ok := errors.AsType[Problem](err); ok {
		return &problem
	}
	return nil
}

// ReadEntry is Read of a file that List has just found. If it is still the same file, the
// way to it need not be looked at again.
func (p *Project) ReadEntry(listed Entry, limit int64) ([]byte, error) {
	name := listed.Path
	if !listed.Link && listed.Inode != 0 {
		if file, err := p.root.Load().OpenFile(filepath.FromSlash(name), os.O_RDONLY|openFlags, 0); err == nil {
			defer file.Close()
			info, err := file.Stat()
			if err == nil && info.Mode().IsRegular() && inode(info) == listed.Inode {
				var data []byte
				err := error(tooLarge(name, limit))
				if limit == 0 || info.Size() <= limit {
					data, err = readAll(file, name, info.Size(), limit)
				}
				p.noteRead(entry(name, info, false), name, data, limit, err)
				return data, err
			}
		}
	}
	return p.Read(name, limit)
}

var errChanged = errors.New("it changes while it is read")

// open opens a regular file, and only the one that resolve has allowed: a pipe or a
// link that took its place since is found out by what the opened file says of itself.
func (p *Project) open(name string) (*os.File, Entry, int64, error) {
	real, info, err := p.resolve(name)
	if err != nil {
		return nil, Entry{}, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, Entry{}, 0, notRegular(name, info, real != name)
	}
	before := entry(name, info, real != name)
	file, err := p.root.Load().OpenFile(filepath.FromSlash(real), os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, before, 0, classify(name, err)
	}
	opened, err := file.Stat()
	if err == nil && os.SameFile(info, opened) {
		return file, before, opened.Size(), nil
	}
	file.Close()
	if err == nil {
		return nil, before, 0, errChanged
	}
	return nil, before, 0, classify(name, err)
}

// readAll reads a file that may grow meanwhile.
func readAll(file io.Reader, name string, size, limit int64) ([]byte, error) {
	if limit > 0 {
		file = io.LimitReader(file, limit+1)
	}
	data := make([]byte, 0, size+1) // one more, so that the end is seen without growing
	for {
		n, err := file.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if limit > 0 && int64(len(data)) > limit {
			return nil, tooLarge(name, limit)
		}
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, classify(name, err)
		}
		if len(data) == cap(data) {
			data = slices.Grow(data, max(4096, len(data)/2))
		}
	}
}

// walk goes through folders without ever following a link to one.
func (p *Project) walk(under []string, skip func(string, bool) bool) (entries []Entry, problems []Problem) {
	if len(under) == 0 {
		under = []string{"."}
	}
	if skip == nil {
		skip = func(string, bool) bool { return false }
	}
	fail := func(err error) {
		if p, ok := err.(Problem); ok && p.Kind != Missing {
			problems = append(problems, p)
		}
	}
	file := func(name string, info fs.FileInfo, link bool) {
		if !info.Mode().IsRegular() {
			fail(notRegular(name, info, link))
			return
		}
		entries = append(entries, entry(name, info, link))
	}
	var folder func(name string, depth int)
	folder = func(name string, depth int) {
		if depth > mostDepth {
			fail(problem(name, TooDeep, fmt.Errorf("folders are at most %d deep", mostDepth)))
			return
		}
		children, err := p.readDir(name)
		if err != nil {
			fail(classify(name, err))
			return
		}
		for _, child := range children {
			childName := path.Join(name, child.Name())
			if skip(childName, child.IsDir()) {
				continue
			}
			if err := CheckName(child.Name()); err != nil {
				fail(problem(childName, BadName, err))
				continue
			}
			switch {
			case child.IsDir():
				folder(childName, depth+1)
			case child.Type()&fs.ModeSymlink != 0:
				if _, info, err := p.resolve(childName); err != nil {
					if p, ok := err.(Problem); ok && p.Kind == Missing {
						p.Err = errors.New("the symbolic link leads nowhere")
						problems = append(problems, p)
					} else {
						fail(err)
					}
				} else {
					file(childName, info, true)
				}
			default:
				if info, err := child.Info(); err != nil {
					fail(classify(childName, err))
				} else {
					file(childName, info, false)
				}
			}
		}
	}
	for _, name := range under {
		if name != "." {
			if err := checkPath(name); err != nil {
				fail(err)
				continue
			}
		}
		real, info, err := p.resolve(name)
		switch {
		case err != nil:
			fail(err)
		case skip(name, info.IsDir()):
		case info.IsDir() && real == name:
			folder(name, len(strings.Split(name, "/")))
		default:
			file(name, info, real != name)
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Path, b.Path) })
	entries = slices.CompactFunc(entries, func(a, b Entry) bool { return a.Path == b.Path })
	problems = slices.CompactFunc(problems, func(a, b Problem) bool { return a.Path == b.Path && a.Kind == b.Kind })
	return entries, problems
}

func (p *Project) readDir(name string) ([]fs.DirEntry, error) {
	dir, err := p.root.Load().OpenFile(filepath.FromSlash(name), os.O_RDONLY|openFlags|folderFlag, 0)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	return dir.ReadDir(-1)
}

// resolve follows a path to what it really names: a path without links, and what
// is there. A folder on the way that is a link is a problem; the last name may be
// a link, or a chain of them, if it stays inside.
func (p *Project) resolve(name string) (string, fs.FileInfo, error) {
	left := strings.Split(name, "/")
	real, links := ".", 0
	var info fs.FileInfo
	for len(left) > 0 {
		part := left[0]
		left = left[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			if real == "." {
				return "", nil, problem(name, Outside, nil)
			}
			real = path.Dir(real)
			continue
		}
		next := path.Join(real, part)
		found, err := p.root.Load().Lstat(filepath.FromSlash(next))
		if err != nil {
			return "", nil, classify(name, err)
		}
		if found.Mode()&fs.ModeSymlink != 0 {
			target, err := p.root.Load().Readlink(filepath.FromSlash(next))
			if err != nil {
				return "", nil, classify(name, err)
			}
			if filepath.IsAbs(target) || strings.HasPrefix(target, "/") || filepath.VolumeName(target) != "" {
				return "", nil, problem(name, Outside, fmt.Errorf("a symbolic link to %s", printable(target)))
			}
			if links == 0 && len(left) > 0 {
				return "", nil, problem(name, p.linkedFolder(next), fmt.Errorf("%s is a symbolic link to %s", next, printable(target)))
			}
			if links++; links > mostLinks {
				return "", nil, problem(name, Cycle, nil)
			}
			left = append(strings.Split(filepath.ToSlash(target), "/"), left...)
			continue
		}
		if len(left) > 0 && !found.IsDir() {
			return "", nil, problem(name, Missing, nil)
		}
		real, info = next, found
	}
	if links > 0 && strings.Contains("/"+real, "/.") && real != "." {
		return "", nil, problem(name, Hidden, fmt.Errorf("a symbolic link to %s", real))
	}
	if info == nil || links > 0 {
		// The path is the project itself, or went up again by "..".
		var err error
		if info, err = p.root.Load().Lstat(filepath.FromSlash(real)); err != nil {
			return "", nil, classify(name, err)
		}
	}
	return real, info, nil
}

// linkedFolder tells a linked folder inside the project from one outside.
func (p *Project) linkedFolder(link string) Kind {
	if _, _, err := p.resolve(link); err != nil {
		return err.(Problem).Kind
	}
	return LinkedFolder
}

func entry(name string, info fs.FileInfo, link bool) Entry {
	return Entry{Path: name, Size: info.Size(), Modified: info.ModTime(), Changed: changed(info), Inode: inode(info), Link: link}
}

func notRegular(name string, info fs.FileInfo, link bool) Problem {
	var what string
	switch mode := info.Mode(); {
	case mode.IsDir() && link:
		return problem(name, LinkedFolder, nil)
	case mode.IsDir():
		what = "a folder"
	case mode&fs.ModeSymlink != 0:
		what = "a symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		what = "a pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	case mode&fs.ModeDevice != 0:
		what = "a device"
	default:
		what = "something else"
	}
	return problem(name, NotRegular, fmt.Errorf("it is %s", what))
}

func tooLarge(name string, limit int64) Problem {
	if limit%(1<<20) == 0 {
		return problem(name, TooLarge, fmt.Errorf("at most %d MiB are read", limit>>20))
	}
	return problem(name, TooLarge, fmt.Errorf("at most %d bytes are read", limit))
}

// checkPath refuses what is not a path below the project.
func checkPath(name string) error {
	if !fs.ValidPath(name) {
		clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
		if clean == ".." || strings.HasPrefix(clean, "../") || path.IsAbs(clean) {
			return problem(name, Outside, nil)
		}
		return problem(name, BadName, errors.New("this is not a path below the project"))
	}
	if name == "." {
		return problem(name, NotRegular, errors.New("it is the project itself"))
	}
	for part := range strings.SplitSeq(name, "/") {
		if err := CheckName(part); err != nil {
			return problem(name, BadName, err)
		}
	}
	return nil
}

func classify(name string, err error) Problem {
	if p, ok := err.(Problem); ok {
		return p
	}
	// The path inside the error is the one we already name.
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathErr.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return problem(name, Missing, nil)
	case errors.Is(err, fs.ErrPermission):
		return problem(name, Denied, nil)
	case errors.Is(err, syscall.ELOOP):
		return problem(name, Cycle, nil)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return problem(name, BadName, errors.New("the name is too long"))
	case strings.Contains(err.Error(), "path escapes from parent"):
		// os.Root has no error value for this. Reached only if a link was put in
		// the way after resolve looked: resolve itself never leaves.
		return problem(name, Outside, nil)
	}
	return problem(name, Failed, err)
}
