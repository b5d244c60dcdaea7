package memory

import (
	"cmp"
	"slices"
)

// compact keeps what is on disk below the limit, and the number of packs small.
// It first removes packs in which nothing was used, then writes the used entries of
// the others anew, and if even those are too many it removes whole packs.
func (m *Memory) compact() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.folder == "" {
		return
	}
	over := m.onDisk() > m.options.OnDisk
	if !over && len(m.packs) <= mostPacks {
		return
	}
	kept, waste := map[string]bool{}, map[string]bool{}
	for at := range m.known.all() {
		if over && !at.used {
			waste[at.pack] = true
		} else {
			kept[at.pack] = true
		}
	}
	for _, pack := range m.packNames() {
		switch {
		case !kept[pack]:
			m.removePack(pack)
		case waste[pack] || (!over && m.packs[pack] < smallPack):
			m.rewrite(pack, over)
		}
	}
	// What rewrite gathered and did not fill a pack with.
	m.flushLocked()
	for _, pack := range m.packNames() {
		if m.onDisk() <= m.options.OnDisk {
			break
		}
		m.removePack(pack)
	}
}

func (m *Memory) onDisk() (sum int64) {
	for _, size := range m.packs {
		sum += size
	}
	return sum
}

// packNames returns the packs, the largest first.
func (m *Memory) packNames() []string {
	names := make([]string, 0, len(m.packs))
	for name := range m.packs {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(m.packs[b], m.packs[a]), cmp.Compare(a, b))
	})
	return names
}

func (m *Memory) removePack(pack string) {
	m.ops.Remove(m.path(pack))
	delete(m.packs, pack)
	m.known.dropPack(pack)
}

// rewrite takes the entries of a pack to where they wait to be written, perhaps only those
// that were used, and removes the pack. On a full disk the room is needed first, so it is
// removed before.
func (m *Memory) rewrite(pack string, onlyUsed bool) {
	// Whole keys are in the pack alone.
	index, _ := readIndex(m.ops, m.path(pack))
	_ = placesIn(index, func(id entryID, at place) {
		at.pack = pack
		known, ok := m.known.get(id)
		if !ok || known != at || onlyUsed && !m.known.used(id) {
			return
		}
		if data, ok := m.readEntry(id, at); ok {
			m.pending[id] = data
			m.pendingBytes += int64(len(data))
		}
	})
	m.removePack(pack)
	if m.pendingBytes >= packBytes {
		m.flushLocked()
	}
}

func (m *Memory) flushLocked() {
	write := m.takePending()
	m.mu.Unlock()
	m.writePack(write)
	m.mu.Lock()
}
