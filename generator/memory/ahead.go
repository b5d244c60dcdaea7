package memory

// Ten thousand small entries are ten thousand times opening, looking, reading and closing.
// Entries of one kind lie together in a pack, so the stretch that holds them is read at
// once when the first of them is asked for.

const (
	// An entry larger than this is read by itself, and so is one of a stretch that is.
	smallEntry  = 16 << 10
	mostStretch = 2 << 20
	// mostAhead is how many stretches are held: entries are asked for in the order in
	// which they were put, or nearly.
	mostAhead = 8
)

// A span is where the entries of a kind lie in a pack.
type span struct{ start, end int64 }

// A stretch is the bytes of a span.
type stretch struct {
	start int64
	data  []byte
}

// readAhead returns an entry from the stretch of its kind in its pack.
func (m *Memory) readAhead(id entryID, at place) ([]byte, bool) {
	if at.size > smallEntry {
		return nil, false
	}
	name := at.pack + " " + id.kind
	m.mu.Lock()
	read, ok := m.ahead[name]
	if !ok {
		if m.spans == nil {
			m.spans = m.findSpans()
		}
		span, known := m.spans[name]
		if known && span.end-span.start <= mostStretch {
			// Others that want an entry of it wait for it here.
			if data, err := m.ops.ReadAt(m.path(at.pack), span.start, span.end-span.start); err == nil {
				read, ok = stretch{span.start, data}, true
				if m.ahead == nil || len(m.ahead) >= mostAhead {
					m.ahead = map[string]stretch{}
				}
				m.ahead[name] = read
			}
		}
	}
	m.mu.Unlock()
	from := at.offset - read.start
	if !ok || from < 0 || from+at.size > int64(len(read.data)) {
		return nil, false
	}
	data := read.data[from : from+at.size : from+at.size]
	return data, checkOf(id, data) == at.check
}

// findSpans finds where the small entries of each kind lie in each pack. Packs never
// change; one that is written later is not among them.
func (m *Memory) findSpans() map[string]span {
	spans := map[string]span{}
	for at := range m.known.all() {
		name := at.pack + " " + at.kind
		found, ok := spans[name]
		if !ok {
			found = span{at.offset, at.offset + at.size}
		}
		spans[name] = span{min(found.start, at.offset), max(found.end, at.offset+at.size)}
	}
	return spans
}
