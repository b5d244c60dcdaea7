package memory

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"path/filepath"
	"slices"
	"sync"

	"cairn/generator/disk"
)

// Notes are short and many: for each name a key and what belongs to it, as the last run
// left it. They lie in one file, which is read and written as a whole. As with all that
// is remembered, the key is a hash of everything that the rest depends on; an old note has
// another key, and a damaged file is empty.
//
// A site may have a hundred thousand pages, with three notes each. So of names and keys only
// halves of hashes are held, and what is noted stands in one piece: nothing has a pointer,
// and the collector does not look at it.
type Notes struct {
	ops     disk.Ops
	path    string
	program string

	mu    sync.Mutex
	notes []note
	// data is what is noted, end to end.
	data  []byte
	index map[halfHash]int32 // by the name
	// used counts the notes that this run noted or asked for; new tells that one of them
	// was not there before.
	used int
	new  bool
}

type note struct {
	name, key halfHash
	start     uint32 // in the data
	size      uint16
	used      bool
}

// A halfHash is the first half of a text's SHA-256: no two texts that anybody has written
// have the same.
type halfHash [sha256.Size / 2]byte

func halfHashOf(text string) halfHash {
	sum := sha256.Sum256([]byte(text))
	return halfHash(sum[:len(halfHash{})])
}

// The most that is held: a note that is longer, or comes when all is full, is forgotten.
const (
	mostNote  = math.MaxUint16
	mostNotes = math.MaxInt32
)

// OpenNotes reads the notes in a file of the folder, of this program.
func OpenNotes(ops disk.Ops, folder, name, program string) *Notes {
	n := &Notes{ops: ops, path: filepath.Join(folder, name), program: program, index: map[halfHash]int32{}}
	if !n.read() {
		n.notes, n.data = nil, nil
		clear(n.index)
	}
	return n
}

// read reads the file: a SHA-256 of the rest, the program, and then for each note the hashes
// of its name and key, its size and its data. The program stands behind its length.
func (n *Notes) read() bool {
	file, err := n.ops.ReadFile(n.path)
	if err != nil || len(file) < sha256.Size || len(file) > mostNotes {
		return false
	}
	rest := file[sha256.Size:]
	if sha256.Sum256(rest) != [sha256.Size]byte(file) {
		return false
	}
	program, rest, ok := cutNote(rest)
	if !ok || string(program) != n.program {
		return false
	}
	const least = 2 * len(halfHash{})
	n.index = make(map[halfHash]int32, len(rest)/(2*least))
	for len(rest) > 0 {
		if len(rest) < least {
			return false
		}
		name, key := halfHash(rest), halfHash(rest[len(halfHash{}):])
		var data []byte
		if data, rest, ok = cutNote(rest[least:]); !ok || len(data) > mostNote {
			return false
		}
		n.add(name)
		n.set(&n.notes[len(n.notes)-1], key, string(data))
	}
	return true
}

func appendNote(to []byte, data []byte) []byte {
	return append(binary.AppendUvarint(to, uint64(len(data))), data...)
}

func cutNote(from []byte) (data, rest []byte, ok bool) {
	size, length := binary.Uvarint(from)
	if length <= 0 || size > uint64(len(from)-length) {
		return nil, nil, false
	}
	from = from[length:]
	return from[:size], from[size:], true
}

// add makes room for a note of a name that has none.
func (n *Notes) add(name halfHash) *note {
	n.index[name] = int32(len(n.notes))
	n.notes = append(n.notes, note{name: name})
	return &n.notes[len(n.notes)-1]
}

// set writes a note, in the place of the last one if it fits there.
func (n *Notes) set(to *note, key halfHash, data string) {
	if len(data) != int(to.size) {
		to.start, to.size = uint32(len(n.data)), uint16(len(data))
		n.data = append(n.data, data...)
	}
	to.key = key
	copy(n.data[to.start:], data)
}

func (n *Notes) dataOf(of *note) []byte { return n.data[of.start:][:of.size] }

// Get returns what was noted under a name, if the key is still the same.
func (n *Notes) Get(name, key string) (string, bool) {
	if n == nil || key == "" {
		return "", false
	}
	nameHash, keyHash := halfHashOf(name), halfHashOf(key)
	n.mu.Lock()
	defer n.mu.Unlock()
	at, ok := n.index[nameHash]
	if !ok || n.notes[at].key != keyHash {
		return "", false
	}
	n.use(&n.notes[at])
	return string(n.dataOf(&n.notes[at])), true
}

// Put notes something. There is one note of a name.
func (n *Notes) Put(name, key, data string) {
	if n == nil || key == "" {
		return
	}
	nameHash, keyHash := halfHashOf(name), halfHashOf(key)
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(data) > mostNote || len(n.data)+len(data) > mostNotes {
		return
	}
	var found *note
	if at, ok := n.index[nameHash]; ok {
		found = &n.notes[at]
	} else {
		found = n.add(nameHash)
	}
	n.set(found, keyHash, data)
	n.new = true
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
		n.index[n.notes[i].name] = int32(i)
	}
	n.endRun()
	file := n.text()
	_ = replaceFile(n.ops, n.path, file)
}

// text is the file.
func (n *Notes) text() []byte {
	size := sha256.Size + binary.MaxVarintLen32 + len(n.program)
	for i := range n.notes {
		size += 2*len(halfHash{}) + binary.MaxVarintLen16 + int(n.notes[i].size)
	}
	file := appendNote(make([]byte, sha256.Size, size), []byte(n.program))
	for i := range n.notes {
		each := &n.notes[i]
		file = append(append(file, each.name[:]...), each.key[:]...)
		file = appendNote(file, n.dataOf(each))
	}
	sum := sha256.Sum256(file[sha256.Size:])
	copy(file, sum[:])
	return file
}

func (n *Notes) endRun() {
	n.used, n.new = 0, false
	for i := range n.notes {
		n.notes[i].used = false
	}
}
