package memory

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"

	"cairn/generator/disk"
)

// A file for each entry would be the simplest, and dear: a site of 10,000 pages
// remembers tens of thousands of small things. So entries lie in packs of some
// megabytes, written once and never changed:
//
//	head       "cairn memory 1\n"
//	data       the bytes of every entry, one after the other
//	index      for each entry: length of kind (1 byte), kind, key (32), offset (8), size (8), check (32)
//	tail       length of the index (8), SHA-256 of the index (32), "cairnend"
//
// An entry's check is the SHA-256 of its kind, key and bytes. A damaged entry is
// not there; a pack with a damaged index is removed whole. Packs are written under
// another name and renamed, so that one is there wholly or not at all, and several
// processes can write and clear up at once: the worst that can happen is a miss.

const (
	packHead = "cairn memory 1\n"
	packTail = "cairnend"
	tailSize = 8 + sha256.Size + len(packTail)
	maxKind  = 255
	// leastIndexed is the least that an entry takes in an index.
	leastIndexed = 1 + 32 + 8 + 8 + 32

	packBytes  = 8 << 20 // a pack is written when so much waits
	smallPack  = 4 << 20
	mostPacks  = 64 // small ones are put together when there are more
	packSuffix = ".pack"
	tempPrefix = "temp-"
)

// place is where an entry lies on disk.
type place struct {
	pack         string
	offset, size int64
	check        check
}

// A check is the beginning of an entry's check: enough against damage, and held for each
// entry.
type check [8]byte

func checkOf(id entryID, data []byte) check { return check(wholeCheckOf(id, data)[:len(check{})]) }

func wholeCheckOf(id entryID, data []byte) []byte {
	hash := sha256.New()
	head := make([]byte, 0, 64)
	head = append(append(append(head, byte(len(id.kind))), id.kind...), id.key[:]...)
	hash.Write(head)
	hash.Write(data)
	return hash.Sum(head[:0])
}

// packRooms are where packs are put together: large, and wanted again soon.
var packRooms = sync.Pool{New: func() any { return new([]byte) }}

// packOf returns the bytes of a pack, in the room if there is enough of it, and the places in
// the pack.
func packOf(entries map[entryID][]byte, room []byte) ([]byte, map[entryID]place) {
	ids := make([]entryID, 0, len(entries))
	size := len(packHead) + tailSize
	for id, data := range entries {
		ids = append(ids, id)
		size += len(data) + 1 + len(id.kind) + 32 + 8 + 8 + 32
	}
	slices.SortFunc(ids, func(a, b entryID) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), bytes.Compare(a.key[:], b.key[:]))
	})
	pack := append(slices.Grow(room[:0], size), packHead...)
	places := make(map[entryID]place, len(ids))
	checks := make([]byte, 0, len(ids)*sha256.Size)
	for _, id := range ids {
		data := entries[id]
		whole := wholeCheckOf(id, data)
		checks = append(checks, whole...)
		places[id] = place{offset: int64(len(pack)), size: int64(len(data)), check: check(whole[:len(check{})])}
		pack = append(pack, data...)
	}
	start := len(pack)
	for i, id := range ids {
		at := places[id]
		pack = append(pack, byte(len(id.kind)))
		pack = append(pack, id.kind...)
		pack = append(pack, id.key[:]...)
		pack = binary.BigEndian.AppendUint64(pack, uint64(at.offset))
		pack = binary.BigEndian.AppendUint64(pack, uint64(at.size))
		pack = append(pack, checks[i*sha256.Size:(i+1)*sha256.Size]...)
	}
	sum := sha256.Sum256(pack[start:])
	pack = binary.BigEndian.AppendUint64(pack, uint64(len(pack)-start))
	pack = append(pack, sum[:]...)
	return append(pack, packTail...), places
}

var errDamaged = errors.New("a damaged pack")

// readIndex returns the index of a pack, whose hash is right.
func readIndex(ops disk.Ops, path string) ([]byte, error) {
	head, err := ops.ReadAt(path, 0, int64(len(packHead)))
	if err != nil {
		return nil, err
	}
	if string(head) != packHead {
		return nil, fs.ErrInvalid // not one of ours
	}
	tail, err := ops.ReadAt(path, -int64(tailSize), 0)
	if err != nil {
		return nil, err
	}
	if len(tail) != tailSize || !bytes.HasSuffix(tail, []byte(packTail)) {
		return nil, errDamaged
	}
	length := binary.BigEndian.Uint64(tail)
	if length == 0 || length > 1<<40 {
		return nil, errDamaged
	}
	index, err := ops.ReadAt(path, -int64(length)-int64(tailSize), int64(length))
	if err != nil {
		return nil, errDamaged
	}
	if sum := sha256.Sum256(index); !bytes.Equal(sum[:], tail[8:8+sha256.Size]) {
		return nil, errDamaged
	}
	return index, nil
}

// placesIn calls found for each place that an index of a pack tells.
func placesIn(index []byte, found func(entryID, place)) error {
	last := "" // one string for all entries of a kind
	for len(index) > 0 {
		kind := int(index[0])
		if len(index) < 1+kind+32+8+8+32 {
			return errDamaged
		}
		var id entryID
		var at place
		if string(index[1:1+kind]) != last {
			last = string(index[1 : 1+kind])
		}
		id.kind, index = last, index[1+kind:]
		index = index[copy(id.key[:], index):]
		at.offset, at.size = int64(binary.BigEndian.Uint64(index)), int64(binary.BigEndian.Uint64(index[8:]))
		index = index[16:]
		copy(at.check[:], index)
		index = index[sha256.Size:]
		if at.offset < 0 || at.size < 0 {
			return errDamaged
		}
		found(id, at)
	}
	return nil
}

// readPacks learns what is on disk, and removes what dead processes left. It tells
// whether there is a folder to keep things in.
func (m *Memory) readPacks() bool {
	info, err := m.ops.Lstat(m.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return m.ops.Mkdir(m.folder) == nil
	}
	if err != nil || info.Type != disk.Folder {
		return false // a link in its place is not followed: it may lead outside the project
	}
	names, err := m.ops.ReadDir(m.folder)
	if err != nil {
		return false
	}
	indexes := map[string][]byte{}
	entries := 0
	for _, name := range names {
		switch {
		case name.Type != disk.Regular:
		case strings.HasPrefix(name.Name, tempPrefix):
			// Should another process be writing it just now, that one forgets a little.
			m.ops.Remove(m.path(name.Name))
		case strings.HasSuffix(name.Name, packSuffix):
			index, err := readIndex(m.ops, m.path(name.Name))
			if errors.Is(err, errDamaged) {
				m.ops.Remove(m.path(name.Name))
			}
			info, statErr := m.ops.Lstat(m.path(name.Name))
			if err != nil || statErr != nil {
				continue
			}
			m.packs[name.Name], indexes[name.Name] = info.Size, index
			entries += len(index) / leastIndexed
		}
	}
	m.known = newPlaces(entries)
	for name, index := range indexes {
		err := placesIn(index, func(id entryID, at place) {
			at.pack = name
			m.known.put(id, at)
		})
		if err != nil {
			m.removePack(name)
		}
	}
	return true
}

func (m *Memory) readEntry(id entryID, at place) ([]byte, bool) {
	data := []byte{}
	if at.size > 0 {
		var err error
		if data, err = m.ops.ReadAt(m.path(at.pack), at.offset, at.size); err != nil {
			return nil, false
		}
	}
	return data, checkOf(id, data) == at.check
}

func sameMap(a, b map[entryID][]byte) bool {
	return reflect.ValueOf(a).UnsafePointer() == reflect.ValueOf(b).UnsafePointer()
}

// replaceFile writes a file beside its place and moves it there: it is whole, or what was
// there stays.
func replaceFile(ops disk.Ops, path string, data []byte) error {
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
	return err
}

// writePack writes entries to disk. What cannot be written is kept in memory, as far as
// there is room.
func (m *Memory) writePack(entries map[entryID][]byte) bool {
	if len(entries) == 0 {
		return true
	}
	room := packRooms.Get().(*[]byte)
	defer packRooms.Put(room)
	pack, places := packOf(entries, *room)
	*room = pack[:0]
	// The hash of the index names the pack: it holds those of the entries.
	name := hex.EncodeToString(pack[len(pack)-len(packTail)-sha256.Size:][:16]) + packSuffix
	err := replaceFile(m.ops, m.path(name), pack)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writing = slices.DeleteFunc(m.writing, func(on map[entryID][]byte) bool { return sameMap(on, entries) })
	if err != nil {
		for id, data := range entries {
			m.keep(id, data)
		}
		return false
	}
	m.packs[name] = int64(len(pack))
	for id, at := range places {
		at.pack = name
		m.known.put(id, at)
		m.known.use(id)
	}
	return true
}
