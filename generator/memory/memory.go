// Package memory remembers what was dear to make: parsed articles, highlighted
// blocks, bundles. It maps a kind and a key to bytes, in memory up to a limit and in
// the project's .cairn/memory between runs.
//
// Its contract: memory never changes what is built, only how long it takes. The key
// is a hash of everything that the bytes depend on, made by the caller with KeyOf
// from the input, the options and the running program. What is read back is checked
// against a hash of its own; what is damaged, cut short or foreign is not there. A
// full disk or missing rights mean that less is remembered, and are no error. A nil
// *Memory remembers nothing.
package memory

import (
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"path/filepath"
	"sync"

	"cairn/generator/disk"
)

// A Key is the hash of all that remembered bytes depend on.
type Key [sha256.Size]byte

// KeyOf hashes parts, each with its length, so that "ab","c" and "a","bc" differ.
func KeyOf(parts ...string) Key {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	data := (*room)[:0]
	for _, part := range parts {
		data = append(binary.BigEndian.AppendUint64(data, uint64(len(part))), part...)
	}
	*room = data
	return sha256.Sum256(data)
}

// Options limit what is kept. Zero means the default.
type Options struct {
	InMemory int64 // bytes kept in memory; default 64 MiB
	OnDisk   int64 // bytes kept on disk; default 512 MiB
}

const (
	defaultInMemory = 64 << 20
	defaultOnDisk   = 512 << 20
)

// Stats counts what was asked for since Open.
type Stats struct{ Hits, Misses int }

// entryID is what an entry is found by.
type entryID struct {
	kind string
	key  Key
}

// A Memory is safe for concurrent use.
type Memory struct {
	ops     disk.Ops
	folder  string // "" when nothing can be kept on disk
	options Options

	mu    sync.Mutex
	stats Stats
	// What is in memory alone lives in two generations. When the young one holds half of
	// the limit, it becomes the old one, and what was old is forgotten unless it was
	// asked for since: nearly least recently used, without a list to keep.
	young, old map[entryID][]byte
	youngBytes int64
	// What is on disk, and what waits to be written there.
	known        *places
	packs        map[string]int64 // name to size
	pending      map[entryID][]byte
	pendingBytes int64
	writing      []map[entryID][]byte // on their way
	// ahead are stretches of packs that were read at once, for kinds of small entries.
	ahead map[string]stretch
	spans map[string]span
}

// Open returns the memory in a folder, usually .cairn/memory below the project; see
// Prepare. The folder is made if it is not there. If that fails, or if the folder
// is "", things are remembered in memory only.
func Open(ops disk.Ops, folder string, options Options) *Memory {
	if options.InMemory == 0 {
		options.InMemory = defaultInMemory
	}
	if options.OnDisk == 0 {
		options.OnDisk = defaultOnDisk
	}
	m := &Memory{
		ops: ops, folder: folder, options: options,
		young: map[entryID][]byte{}, known: newPlaces(0),
		packs: map[string]int64{}, pending: map[entryID][]byte{},
	}
	if folder != "" && !m.readPacks() {
		m.folder = ""
	}
	return m
}

// Get returns remembered bytes, which the caller must not change.
func (m *Memory) Get(kind string, key Key) ([]byte, bool) {
	if m == nil {
		return nil, false
	}
	id := entryID{kind, key}
	m.mu.Lock()
	data, found := m.recall(id)
	place, onDisk := m.known.get(id)
	m.mu.Unlock()
	if !found && onDisk {
		// Read without holding the lock: others go on meanwhile.
		if data, found = m.readAhead(id, place); !found {
			data, found = m.readEntry(id, place)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !found {
		if at, ok := m.known.get(id); onDisk && ok && at == place {
			m.known.drop(id) // damaged, or removed by another process
		}
		m.stats.Misses++
		return nil, false
	}
	m.stats.Hits++
	m.known.use(id)
	if !onDisk {
		m.keep(id, data) // the system keeps what is read from disk often
	}
	return data, true
}

// Put remembers bytes, which must not change afterwards.
func (m *Memory) Put(kind string, key Key, data []byte) {
	if m == nil || len(kind) > maxKind {
		return
	}
	id := entryID{kind, key}
	m.mu.Lock()
	m.known.use(id)
	_, there := m.known.get(id)
	switch _, waits := m.waiting(id); {
	case there || waits:
	case m.folder != "" && int64(len(data)) <= m.options.OnDisk:
		m.pending[id] = data
		m.pendingBytes += int64(len(data))
	default:
		m.keep(id, data)
	}
	var write map[entryID][]byte
	if m.pendingBytes >= packBytes {
		write = m.takePending()
	}
	m.mu.Unlock()
	m.writePack(write)
}

// recall returns what is in memory.
func (m *Memory) recall(id entryID) ([]byte, bool) {
	for _, from := range []map[entryID][]byte{m.young, m.old} {
		if data, ok := from[id]; ok {
			return data, true
		}
	}
	return m.waiting(id)
}

// waiting returns what waits to be written.
func (m *Memory) waiting(id entryID) ([]byte, bool) {
	if data, ok := m.pending[id]; ok {
		return data, true
	}
	for _, from := range m.writing {
		if data, ok := from[id]; ok {
			return data, true
		}
	}
	return nil, false
}

// keep puts bytes into the young generation.
func (m *Memory) keep(id entryID, data []byte) {
	half := m.options.InMemory / 2
	if _, there := m.young[id]; there || int64(len(data)) > half {
		return
	}
	if m.youngBytes+int64(len(data)) > half {
		m.old, m.young, m.youngBytes = m.young, map[entryID][]byte{}, 0
	}
	m.young[id] = data
	m.youngBytes += int64(len(data))
}

func (m *Memory) takePending() map[entryID][]byte {
	taken := m.pending
	m.pending, m.pendingBytes = map[entryID][]byte{}, 0
	if len(taken) > 0 {
		m.writing = append(m.writing, taken)
	}
	return taken
}

// Sweep ends a build: it writes what waits to be written and, when more is on disk
// than the limit allows, drops what has not been asked for since the last Sweep.
func (m *Memory) Sweep() {
	if m == nil {
		return
	}
	m.mu.Lock()
	write := m.takePending()
	m.mu.Unlock()
	m.writePack(write)
	m.compact()
	m.mu.Lock()
	m.known.endRun()
	m.mu.Unlock()
}

// Stats returns the counts so far.
func (m *Memory) Stats() Stats {
	if m == nil {
		return Stats{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.stats
}

// Remember returns what is remembered, or makes it and remembers it. A []byte and a
// type with MarshalBinary and UnmarshalBinary (on its pointer) are kept as they write
// themselves, anything else as codec.go writes it: plain exported data, in which an empty
// slice comes back as nil. Two goroutines may make the same thing at once.
func Remember[T any](m *Memory, kind string, key Key, make func() T) T {
	var value T
	if Recall(m, kind, key, &value) {
		return value
	}
	value = make()
	Store(m, kind, key, value)
	return value
}

// Recall reads what is remembered into a value, and tells whether it is there.
func Recall[T any](m *Memory, kind string, key Key, value *T) bool {
	data, ok := m.Get(kind, key)
	return ok && decode(data, value) == nil
}

// Store remembers a value, and tells whether Recall can be expected to find it for as
// long as this memory is open: it is on disk, or waits to be written there.
func Store[T any](m *Memory, kind string, key Key, value T) bool {
	if m == nil {
		return false
	}
	data, err := encode(&value)
	if err != nil {
		return false
	}
	m.Put(kind, key, data)
	return m.Holds(kind, key)
}

// Holds tells whether something is on disk, or waits to be written there.
func (m *Memory) Holds(kind string, key Key) bool {
	if m == nil {
		return false
	}
	id := entryID{kind, key}
	m.mu.Lock()
	defer m.mu.Unlock()
	_, known := m.known.get(id)
	_, waits := m.waiting(id)
	return known || waits
}

func encode(value any) ([]byte, error) {
	switch value := value.(type) {
	case *[]byte:
		return *value, nil
	case encoding.BinaryMarshaler:
		return value.MarshalBinary()
	}
	return encodePlain(value)
}

func decode(data []byte, value any) error {
	switch value := value.(type) {
	case *[]byte:
		*value = data
		return nil
	case encoding.BinaryUnmarshaler:
		return value.UnmarshalBinary(data)
	}
	return decodePlain(data, value)
}

func (m *Memory) path(name string) string { return filepath.Join(m.folder, name) }
