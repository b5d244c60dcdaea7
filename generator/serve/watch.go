package serve

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"cairn/generator/disk"
)

// Watching: events are hints, a scan is the truth. Events get lost in every system
// there is: the queue runs over, the limit of watches is reached, a network disk
// sends none, a folder is filled before its watch is in place, an editor puts a new
// file over the old one. So an event never says what changed; it only says that
// looking now is worth while. And we look every two seconds anyway.

// WatchOptions say what to watch and how. The zero value watches the whole folder.
type WatchOptions struct {
	// Under names the files and folders that matter, below the root, with slashes;
	// none means all.
	Under []string
	// Skip names folders and files to leave alone: the output.
	Skip []string
	// Poll does without events.
	Poll bool
	// Every is the time between two scans without a hint; 0 is two seconds.
	Every time.Duration
	// Quiet is how long hints must pause before a scan; 0 is 20 milliseconds.
	Quiet time.Duration
	// Note hears, once, that watching fell back to scanning, and why.
	Note func(string)
}

const (
	// A hint is answered after this time even if hints keep coming.
	mostPatience = time.Second
	// A file changed this shortly before a scan may change again without a new time
	// A file changed this shortly before a scan may change again without a new time or
	// size, so its bytes are compared too. Disks keep time in steps of up to 2 s.
	granularity = 2 * time.Second
	// Larger files are compared by size and time alone.
	mostCompared = 8 << 20
)

// A Watcher knows the state of a folder and notices when it is another one.
type Watcher struct {
	root    string
	options WatchOptions
	events  *fsnotify.Watcher // nil: scans alone
	noted   bool
	seen    map[string]state
}

// NewWatcher returns a watcher that has seen the present state: whatever changes
// from now on is a change. Run ends it.
func NewWatcher(root string, options WatchOptions) (*Watcher, error) {
	if options.Every == 0 {
		options.Every = 2 * time.Second
	}
	if options.Quiet == 0 {
		options.Quiet = 20 * time.Millisecond
	}
	if options.Note == nil {
		options.Note = func(string) {}
	}
	project, err := disk.Open(root)
	if err != nil {
		return nil, err
	}
	project.Close()
	w := &Watcher{root: root, options: options}
	if !options.Poll {
		if w.events, err = fsnotify.NewWatcher(); err != nil {
			w.fallBack(err)
		}
	}
	w.scan()
	return w, nil
}

// Run calls changed after each change, with the names of the files that differ, from
// this goroutine, until the context ends. What happens while changed runs is seen
// after it.
//
// The files that hints name are looked at first, without all the others. If they differ,
// and are files that were there before, changed is told of them, and that only they were
// looked at; the scan follows at once.
func (w *Watcher) Run(ctx context.Context, changed func(files []string, only bool)) {
	if w.events != nil {
		defer w.events.Close()
	}
	tick := time.NewTicker(w.options.Every)
	defer tick.Stop()
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	var first time.Time // of the hints not yet answered
	hints := map[string]bool{}
	for {
		var events chan fsnotify.Event
		var failures chan error
		if w.events != nil {
			events, failures = w.events.Events, w.events.Errors
		}
		select {
		case <-ctx.Done():
			return
		case event := <-events:
			if event.Op == fsnotify.Chmod {
				continue // rights changed, or somebody only read the file
			}
			if first.IsZero() {
				first = time.Now()
			}
			hints[event.Name] = true
			if time.Since(first) < mostPatience {
				quiet.Reset(w.options.Quiet)
				continue
			}
		case err := <-failures:
			w.fallBack(err)
		case <-quiet.C:
		case <-tick.C:
		}
		quiet.Stop()
		first = time.Time{}
		if files := w.glance(hints); len(files) > 0 {
			changed(files, true)
		}
		clear(hints)
		if files := w.scan(); len(files) > 0 {
			changed(files, false)
		}
	}
}

// fallBack notes, once, that events cannot be relied on here. Those that still come
// are welcome.
func (w *Watcher) fallBack(err error) {
	if w.noted {
		return
	}
	w.noted = true
	reason := err.Error()
	switch {
	case errors.Is(err, fsnotify.ErrEventOverflow):
		reason = "more changed at once than the system keeps note of"
	case errors.Is(err, syscall.ENOSPC):
		reason = "the system's limit of watched folders is reached (fs.inotify.max_user_watches)"
	case errors.Is(err, syscall.EMFILE):
		reason = "the system's limit of watchers is reached (fs.inotify.max_user_instances)"
	}
	w.options.Note(fmt.Sprintf("changes may be seen %s late: %s", w.options.Every, reason))
}

// state is what a scan sees of a file.
type state struct {
	size     int64
	modified time.Time
	changed  time.Time
	inode    uint64
	digest   [sha256.Size]byte // of the bytes, if known
	known    bool
	fresh    bool // it may change again and look the same
	problem  disk.Kind
	unread   bool // what stands here is a problem
}

// scan looks at every file and returns, sorted, those that differ from the last time.
// The project is opened anew, for the root itself may have been put aside and
// another folder put in its place.
func (w *Watcher) scan() []string {
	settled := time.Now().Add(-granularity)
	now := map[string]state{}
	if project, err := disk.Open(w.root); err == nil {
		defer project.Close()
		w.listen(".")
		entries, problems := project.List(w.options.Under, w.skip)
		for _, entry := range entries {
			old, there := w.seen[entry.Path]
			now[entry.Path] = look(project, entry, old, there, settled)
		}
		for _, problem := range problems {
			now[problem.Path] = state{problem: problem.Kind, unread: true}
		}
	}
	var differ []string
	for name := range w.seen {
		if _, stays := now[name]; !stays {
			differ = append(differ, name)
		}
	}
	for name, file := range now {
		if old, there := w.seen[name]; !there || !file.equals(old) {
			differ = append(differ, name)
		}
	}
	w.seen = now
	slices.Sort(differ)
	return differ
}

// mostHints are looked at one by one.
const mostHints = 32

// glance looks at the files that hints name and returns those that differ. It sees
// nothing if any of them is not a file that was one at the last scan: then only a scan
// can tell what happened.
func (w *Watcher) glance(hints map[string]bool) []string {
	if len(hints) == 0 || len(hints) > mostHints {
		return nil
	}
	project, err := disk.Open(w.root)
	if err != nil {
		return nil
	}
	defer project.Close()
	settled := time.Now().Add(-granularity)
	now := map[string]state{}
	for hint := range hints {
		inside, err := filepath.Rel(w.root, hint)
		if err != nil {
			return nil
		}
		name := filepath.ToSlash(inside)
		if strings.HasPrefix(path.Base(name), ".") || strings.HasSuffix(name, "~") {
			continue // an editor's own
		}
		old, there := w.seen[name]
		entry, err := project.Stat(name)
		if err != nil || !there || old.unread {
			return nil
		}
		now[name] = look(project, entry, old, there, settled)
	}
	var differ []string
	for name, file := range now {
		if !file.equals(w.seen[name]) {
			differ = append(differ, name)
		}
		w.seen[name] = file
	}
	slices.Sort(differ)
	return differ
}

// look returns the state of a file. It is read if what can be seen does not tell.
func look(project *disk.Project, entry disk.Entry, old state, there bool, settled time.Time) state {
	file := state{size: entry.Size, modified: entry.Modified, changed: entry.Changed, inode: entry.Inode,
		fresh: entry.Modified.After(settled) || entry.Changed.After(settled)}
	switch looks := there && file.looksLike(old); {
	case file.fresh || there && (old.fresh || !looks):
		if body, err := project.Read(entry.Path, mostCompared); err == nil {
			file.digest, file.known = sha256.Sum256(body), true
		}
	case looks:
		file.digest, file.known = old.digest, old.known
	}
	return file
}

// looksLike compares what can be seen without reading.
func (s state) looksLike(old state) bool {
	return s.size == old.size && s.modified.Equal(old.modified) && s.changed.Equal(old.changed) && s.inode == old.inode &&
		s.unread == old.unread && s.problem == old.problem
}

// equals goes by the bytes where they are known: whoever saves without a change, or
// changes rights alone, has changed nothing.
func (s state) equals(old state) bool {
	if s.known && old.known {
		return s.digest == old.digest
	}
	return s.looksLike(old)
}

// skip says what a scan leaves alone. It hears of each folder before the folder is
// read, so that is when listening to it starts: what comes after is hinted at.
func (w *Watcher) skip(name string, folder bool) bool {
	if name == "." {
		return false
	}
	base := path.Base(name)
	if strings.HasPrefix(base, ".") || base == "node_modules" || slices.Contains(w.options.Skip, name) {
		return true
	}
	if folder {
		w.listen(name)
	}
	return false
}

// listen asks for events of a folder. It is asked again at every scan: another
// folder may stand there by now.
func (w *Watcher) listen(folder string) {
	if w.events == nil {
		return
	}
	err := w.events.Add(filepath.Join(w.root, filepath.FromSlash(folder)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
		w.fallBack(err)
	}
}
