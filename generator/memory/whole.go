package memory

import (
	"crypto/sha256"
	"path/filepath"
	"sync"

	"cairn/generator/disk"
)

// A Whole is one large thing that is remembered from one run to the next, in a file of its
// own. What it means does not depend on a key: whoever reads it finds out what of it still
// holds. A nil *Whole remembers nothing.
type Whole struct {
	ops     disk.Ops
	path    string
	program Key

	mu   sync.Mutex
	data []byte
	// read tells that data is that of the file, or newer; new that it is newer.
	read, new bool
}

// OpenWhole opens a file of the folder. It is read when it is asked for.
func OpenWhole(ops disk.Ops, folder, name, program string) *Whole {
	return &Whole{ops: ops, path: filepath.Join(folder, name), program: KeyOf(program)}
}

// Get returns what was put last, by this program; nil if nothing was. The caller must not
// change it.
func (w *Whole) Get() []byte {
	if w == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.read {
		w.read = true
		w.data = w.readFile()
	}
	return w.data
}

// Put remembers data, which must not change afterwards; nor must the room behind it.
func (w *Whole) Put(data []byte) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.data, w.read, w.new = data, true, true
}

// Save ends a run. What cannot be written is forgotten.
func (w *Whole) Save() {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.new {
		w.new = false
		w.writeFile()
	}
}

// WholeTail is how much stands behind the data in the file: the program, and the hash of
// all before it. Whoever makes data with so much room behind it saves a copy.
const WholeTail = len(Key{}) + sha256.Size

func (w *Whole) readFile() []byte {
	file, err := w.ops.ReadFile(w.path)
	if err != nil || len(file) < WholeTail {
		return nil
	}
	data, program, sum := file[:len(file)-WholeTail], file[len(file)-WholeTail:len(file)-sha256.Size], file[len(file)-sha256.Size:]
	if sha256.Sum256(file[:len(file)-sha256.Size]) != [sha256.Size]byte(sum) || Key(program) != w.program {
		return nil
	}
	return data
}

// writeFile writes the file, whole or not at all.
func (w *Whole) writeFile() {
	file := append(w.data, w.program[:]...)
	sum := sha256.Sum256(file)
	file = append(file, sum[:]...)
	_ = replaceFile(w.ops, w.path, file) // the next run reads all pages again
}
