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
		rest := readChecked(w.ops, w.path)
		if len(rest) >= len(w.program) && Key(rest[:len(w.program)]) == w.program {
			w.data = rest[len(w.program):]
		}
	}
	return w.data
}

// Put remembers data, which must not change afterwards.
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
		writeChecked(w.ops, w.path, w.program[:], w.data)
	}
}

// readChecked reads a file that begins with the hash of the rest, and returns the rest;
// nil if that is not so.
func readChecked(ops disk.Ops, path string) []byte {
	data, err := ops.ReadFile(path)
	if err != nil || len(data) < sha256.Size {
		return nil
	}
	sum, rest := data[:sha256.Size], data[sha256.Size:]
	if sha256.Sum256(rest) != [sha256.Size]byte(sum) {
		return nil
	}
	return rest
}

// writeChecked writes such a file, whole or not at all.
func writeChecked(ops disk.Ops, path string, parts ...[]byte) {
	hash := sha256.New()
	for _, part := range parts {
		hash.Write(part)
	}
	data := slices.Concat(append([][]byte{hash.Sum(nil)}, parts...)...)
	temp := filepath.Join(filepath.Dir(path), tempPrefix+filepath.Base(path))
	err := ops.Create(temp, data)
	if errors.Is(err, fs.ErrExist) { // of a run that died
		ops.Remove(temp)
		err = ops.Create(temp, data)
	}
	if err == nil {
		err = ops.Rename(temp, path)
	}
	if err != nil {
		ops.Remove(temp)
	}
}
