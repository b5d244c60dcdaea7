package memory

import (
	"iter"
	"math"
)

// places tells where the entries on disk lie. A site may have a hundred thousand pages,
// each with several entries, so what is held of one is small, and without a pointer, so
// that the collector need not look at it.
type places struct {
	of map[shortID]shortPlace
	// kinds and packs are names by their numbers.
	kinds, packs names
	run          uint32
}

// A shortID has the beginning of a key, which is a hash. Should two entries ever share it,
// the check tells that one of them is not what was asked for, and that one is forgotten.
type shortID struct {
	key  [12]byte
	kind uint32
}

func short(id entryID, kind uint32) shortID { return shortID{[12]byte(id.key[:12]), kind} }

type shortPlace struct {
	check              check
	offset, size, pack uint32
	used               uint32 // the run in which it was asked for last
}

func newPlaces(room int) *places {
	return &places{of: make(map[shortID]shortPlace, room), run: 1}
}

func (p *places) get(id entryID) (place, bool) {
	kind, ok := p.kinds.find(id.kind)
	if !ok {
		return place{}, false
	}
	at, ok := p.of[short(id, kind)]
	return p.long(at), ok
}

func (p *places) long(at shortPlace) place {
	if int(at.pack) >= len(p.packs.list) {
		return place{}
	}
	return place{p.packs.list[at.pack], int64(at.offset), int64(at.size), at.check}
}

// put notes where an entry lies. What lies too far back for a small number is not known:
// packs are some megabytes.
func (p *places) put(id entryID, at place) {
	if at.offset > math.MaxUint32 || at.size > math.MaxUint32 {
		return
	}
	p.of[short(id, p.kinds.number(id.kind))] = shortPlace{at.check, uint32(at.offset), uint32(at.size), p.packs.number(at.pack), 0}
}

func (p *places) drop(id entryID) {
	if kind, ok := p.kinds.find(id.kind); ok {
		delete(p.of, short(id, kind))
	}
}

// dropPack forgets all that lies in a pack.
func (p *places) dropPack(pack string) {
	number, ok := p.packs.find(pack)
	for id, at := range p.of {
		if ok && at.pack == number {
			delete(p.of, id)
		}
	}
}

// use notes that an entry was asked for in this run; endRun begins the next.
func (p *places) use(id entryID) {
	kind, _ := p.kinds.find(id.kind)
	if at, ok := p.of[short(id, kind)]; ok && at.used != p.run {
		at.used = p.run
		p.of[short(id, kind)] = at
	}
}

func (p *places) endRun() { p.run++ }

// used tells whether an entry was asked for in this run.
func (p *places) used(id entryID) bool {
	kind, ok := p.kinds.find(id.kind)
	at, there := p.of[short(id, kind)]
	return ok && there && at.used == p.run
}

// all is the place of every entry.
func (p *places) all() iter.Seq[found] {
	return func(yield func(found) bool) {
		for id, at := range p.of {
			if !yield(found{p.long(at), p.kinds.list[id.kind], at.used == p.run}) {
				return
			}
		}
	}
}

type found struct {
	place
	kind string
	used bool
}

// names gives names numbers.
type names struct {
	list    []string
	numbers map[string]uint32
}

func (n *names) find(name string) (uint32, bool) {
	number, ok := n.numbers[name]
	return number, ok
}

func (n *names) number(name string) uint32 {
	if number, ok := n.numbers[name]; ok {
		return number
	}
	if n.numbers == nil {
		n.numbers = map[string]uint32{}
	}
	number := uint32(len(n.list))
	n.list = append(n.list, name)
	n.numbers[name] = number
	return number
}
