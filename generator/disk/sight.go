package disk

import (
	"crypto/sha256"
	"maps"
	"slices"
	"sync"
	"time"
)

// A Sight is what was seen of a project: what lay in the folders that were listed, and
// what the files held that were read. The questions stand beside the answers, so that
// they can be asked again: whoever gets another answer knows that what was made of the
// first one is no longer true. That is so even if a file was away, or half written, for
// no longer than the moment in which it was looked at.
//
// It is safe for concurrent use.
type Sight struct {
	mu    sync.Mutex
	lists []Listed
	files map[string]Seen
	torn  map[string]bool
}

// Listed is one call of List and its answer.
type Listed struct {
	Under    []string
	Skip     func(path string, folder bool) bool
	Entries  []Entry
	Problems []Problem
}

// Seen is what one file was when it was looked at alone.
type Seen struct {
	// Entry is what it looked like, before any byte of it was read.
	Entry Entry
	// Problem is why it could not be looked at or read; nil if it could.
	Problem *Problem
	// Read tells that it was read, or that this was tried, with a limit. Digest is that of
	// its bytes, if there was no problem.
	Read   bool
	Limit  int64
	Digest [sha256.Size]byte
}

// NewSight returns one that has seen nothing.
func NewSight() *Sight {
	return &Sight{files: map[string]Seen{}, torn: map[string]bool{}}
}

// Note makes the project note from now on what is seen of it; nil ends that.
func (p *Project) Note(s *Sight) { p.sight.Store(s) }

// List notes a list. Whoever lists a project once and trusts the answer for longer says
// so by noting it again.
func (s *Sight) List(listed Listed) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lists = append(s.lists, listed)
}

// Lists are the lists that were asked for.
func (s *Sight) Lists() []Listed {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.lists)
}

// Files are the files that were looked at alone, by path: as they were the first time.
func (s *Sight) Files() map[string]Seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.files)
}

// Torn are the files that were not the same each time they were looked at, or were listed
// as one and read as another: what was made of them may be a mixture.
func (s *Sight) Torn() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	torn := maps.Clone(s.torn)
	for _, listed := range s.lists {
		for _, entry := range listed.Entries {
			if seen, ok := s.files[entry.Path]; ok && seen.Read && !seen.Entry.LooksLike(entry) {
				torn[entry.Path] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(torn))
}

// see notes a look at a file.
func (s *Sight) see(name string, now Seen) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before, known := s.files[name]
	switch {
	case !known || now.Read && !before.Read:
		if known && (before.Problem == nil) != (now.Problem == nil) {
			s.torn[name] = true // there, and then not there
		}
		s.files[name] = now
	case now.Read && !before.sameBytes(now):
		s.torn[name] = true
	}
}

func (s Seen) sameBytes(other Seen) bool {
	if s.Problem != nil || other.Problem != nil {
		return s.Problem != nil && other.Problem != nil && s.Problem.Kind == other.Problem.Kind
	}
	return s.Digest == other.Digest
}

// LooksLike compares all that can be seen of a file without reading it. What looks the same
// may be another file all the same, unless it had been left alone for longer than the
// steps in which disks keep time; see LeftAlone.
func (e Entry) LooksLike(other Entry) bool {
	return e.Size == other.Size && e.Inode == other.Inode && e.Link == other.Link &&
		e.Modified.Equal(other.Modified) && e.Changed.Equal(other.Changed)
}

// LeftAlone tells whether nothing had happened to the file for long enough at a moment.
func (e Entry) LeftAlone(at time.Time) bool {
	return e.Changed.Add(granularity).Before(at) && e.Modified.Add(granularity).Before(at)
}

// Disks keep time in steps of up to two seconds.
const granularity = 2 * time.Second
