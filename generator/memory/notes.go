package memory

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
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

	mu    sync.Mutex
	notes []note
	index map[string]int32
	// used counts the notes that this run noted or asked for; new tells that one of them
	// was not there before.
	used int
	new  bool
}

type note struct {
	Name, Key, Data string
	used            bool
}

// noted is the file.
type noted struct {
	Program string
	Notes   []note
}

// OpenNotes reads the notes in a file of the folder, of this program.
func OpenNotes(ops disk.Ops, folder, name, program string) *Notes {
	n := &Notes{ops: ops, path: filepath.Join(folder, name), program: program}
	n.notes = n.read()
	n.index = make(map[string]int32, len(n.notes))
	for i := range n.notes {
		n.index[n.notes[i].Name] = int32(i)
	}
	return n
}

func (n *Notes) read() []note {
	data, err := n.ops.ReadFile(n.path)
	if err != nil || len(data) < sha256.Size {
		return nil
	}
	sum, rest := data[:sha256.Size], data[sha256.Size:]
	var file noted
	if sha256.Sum256(rest) != [sha256.Size]byte(sum) || decodePlain(rest, &file) != nil || file.Program != n.program {
		return nil
	}
	return file.Notes
}

// Get returns what was noted under a name, if the key is still the same.
func (n *Notes) Get(name, key string) (string, bool) {
	if n == nil || key == "" {
		return "", false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	at, ok := n.index[name]
	if !ok || n.notes[at].Key != key {
		return "", false
	}
	n.use(&n.notes[at])
	return n.notes[at].Data, true
}

// Put notes something. There is one note of a name.
func (n *Notes) Put(name, key, data string) {
	if n == nil || key == "" {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	at, ok := n.index[name]
	if !ok {
		at = int32(len(n.notes))
		n.index[name] = at
		n.notes = append(n.notes, note{Name: name})
	}
	found := &n.notes[at]
	found.Key, found.Data, n.new = key, data, true
	n.use(found)
}

func (n *Notes) use(found *note) {
	if !found.used {
		found.used = true
		n.used++
	}
}

// Save ends a run: what was noted and asked for in it stays. What cannot be written is
// forgotten.
func (n *Notes) Save() {
	if n == nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.new && n.used == len(n.notes) {
		n.endRun()
		return
	}
	n.notes = slices.DeleteFunc(n.notes, func(note note) bool { return !note.used })
	clear(n.index)
	for i := range n.notes {
		n.index[n.notes[i].Name] = int32(i)
	}
	n.endRun()
	data, err := encodePlain(&noted{Program: n.program, Notes: n.notes})
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

func (n *Notes) endRun() {
	n.used, n.new = 0, false
	for i := range n.notes {
		n.notes[i].used = false
	}
}
