package memory

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"

	"cairn/generator/disk"
)

// Notes are short and many: for each name a key and what belongs to it, as the last run
// left it. They lie in one file, which is read and written as a whole. As with all that
// is remembered, the key is a hash of everything that the rest depends on; an old note has
// another key, and a damaged file is empty.
type Notes struct {
	ops     disk.Ops
	path    string
	program string

	mu     sync.Mutex
	before map[string]note
	now    map[string]note
	new    bool // something is in now that was not there before
}

type note struct {
	Name, Key, Data string
}

// noted is the file.
type noted struct {
	Program string
	Notes   []note
}

// OpenNotes reads the notes in a file of the folder, of this program.
func OpenNotes(ops disk.Ops, folder, name, program string) *Notes {
	n := &Notes{ops: ops, path: filepath.Join(folder, name), program: program, before: map[string]note{}, now: map[string]note{}}
	data, err := ops.ReadFile(n.path)
	if err != nil || len(data) < sha256.Size {
		return n
	}
	sum, rest := data[:sha256.Size], data[sha256.Size:]
	var file noted
	if sha256.Sum256(rest) != [sha256.Size]byte(sum) || decodePlain(rest, &file) != nil || file.Program != program {
		return n
	}
	n.before = make(map[string]note, len(file.Notes))
	for _, note := range file.Notes {
		n.before[note.Name] = note
	}
	return n
}

// Get returns what was noted under a name, if the key is still the same.
func (n *Notes) Get(name, key string) (string, bool) {
	if n == nil || key == "" {
		return "", false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	found, ok := n.now[name]
	if !ok {
		found, ok = n.before[name]
	}
	if !ok || found.Key != key {
		return "", false
	}
	n.now[name] = found
	return found.Data, true
}

// Put notes something. There is one note of a name.
func (n *Notes) Put(name, key, data string) {
	if n == nil || key == "" {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now[name], n.new = note{name, key, data}, true
}

// Save ends a run: what was noted and asked for in it stays. What cannot be written is
// forgotten.
func (n *Notes) Save() {
	if n == nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.new && len(n.now) == len(n.before) {
		return
	}
	file := noted{Program: n.program, Notes: make([]note, 0, len(n.now))}
	for _, note := range n.now {
		file.Notes = append(file.Notes, note)
	}
	n.before, n.now, n.new = n.now, make(map[string]note, len(n.now)), false
	data, err := encodePlain(&file)
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	temp := filepath.Join(filepath.Dir(n.path), tempPrefix+filepath.Base(n.path))
	data = append(sum[:], data...)
	err = n.ops.Create(temp, data)
	if errors.Is(err, fs.ErrExist) { // of a run that died
		n.ops.Remove(temp)
		err = n.ops.Create(temp, data)
	}
	if err == nil {
		err = n.ops.Rename(temp, n.path)
	}
	if err != nil {
		n.ops.Remove(temp)
	}
}
