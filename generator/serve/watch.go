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
//
// What a scan compares the files with is what the maker of the site saw when it read them,
// not what the last scan saw. A file may be away, half written or another one in the very
// moment in which it is read, and be the old one again before any scan: then no two scans
// differ, and the site is wrong all the same.

// WatchOptions say how to watch. The zero value will do.
type WatchOptions struct {
	// Poll does without events.
	Poll bool
	// Every is the time between two scans without a hint; 0 is two seconds.
	Every time.Duration
	// Quiet is how long hints must pause before a scan; 0 is 20 milliseconds.
	Quiet time.Duration
	// Note hears, once, that watching fell back to scanning, and why.
	Note func(string)
	// Beside looks at what is no part of the project and returns what of it is worth
	// another look of the maker. It is asked after scans without a hint; it may be nil.
	Beside func() []string
	// Ahead is told of files that differ, and may show what it can without a look at the
	// project. If it did, the look comes when hints pause for longer. It may be nil.
	Ahead func(changed []string) bool
}

// A Look makes the site of the files as they are, and returns what it saw of them. It is
// told which files differ from what it saw the last time, none the first time, and
// whether others need not be looked at: those are files that were there, and still are.
type Look func(changed []string, only bool) *disk.Sight

const (
	// A hint is answered after this time even if hints keep coming, and so is the look due
	// after what was shown ahead.
	mostPatience = time.Second
	// A file that is empty or gone all of a sudden is given this time to come again: many
	// editors save by emptying a file or putting it aside, and then write it.
	rest = 100 * time.Millisecond
	// pause is how long hints must pause before the look that follows what was shown ahead:
	// it takes all processors, and open pages ask first.
	pause = 40 * time.Millisecond
	// Larger files are compared by what can be seen without reading them.
	mostCompared = 8 << 20
)

// A Watcher notices when a project is no longer what somebody saw of it.
type Watcher struct {
	root    string
	options WatchOptions
	events  *fsnotify.Watcher // nil: scans alone
	noted   bool
	look    Look
	sight   *disk.Sight
	seen    map[string]state // what the last look saw, and scans confirmed
}

// NewWatcher returns a watcher of a folder. Run ends it.
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
	if options.Beside == nil {
		options.Beside = func() []string { return nil }
	}
	if options.Ahead == nil {
		options.Ahead = func([]string) bool { return false }
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
	return w, nil
}

// Run has a look, and another one after each change, from this goroutine, until the
// context ends. What happens meanwhile is seen after it.
//
// The files that hints name are compared first, without all the others. If they differ,
// and are files that were there before, what they change is perhaps shown ahead; the look is
// told that only they did, and the scan follows at once.
func (w *Watcher) Run(ctx context.Context, look Look) {
	if w.events != nil {
		defer w.events.Close()
	}
	tick := time.NewTicker(w.options.Every)
	defer tick.Stop()
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	var first time.Time // of the hints not yet answered
	hints := map[string]bool{}
	due := time.NewTimer(time.Hour) // the look after what was shown ahead
	due.Stop()
	var since time.Time // something is shown ahead
	var shown []string  // what that was made of
	w.look = look
	w.again(nil, false)
	w.scanAndLook() // which begins to listen
	for {
		var events chan fsnotify.Event
		var failures chan error
		if w.events != nil {
			events, failures = w.events.Events, w.events.Errors
		}
		ticked, quick := false, false
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
			due.Stop()
			if quick = true; time.Since(first) < mostPatience {
				quiet.Reset(w.options.Quiet)
				continue
			}
		case err := <-failures:
			w.fallBack(err)
		case <-quiet.C:
			if time.Since(first) < rest && w.emptied(hints) {
				quiet.Reset(w.options.Quiet)
				continue
			}
			quick = true
		case <-due.C:
		case <-tick.C:
			if len(hints) > 0 {
				continue // a scan follows soon
			}
			ticked = true
		}
		quiet.Stop()
		due.Stop()
		first = time.Time{}
		files := w.glance(hints)
		if quick && len(files) > 0 && (since.IsZero() || time.Since(since) < mostPatience) && w.options.Ahead(files) {
			if since.IsZero() {
				since = time.Now()
			}
			shown = append(shown, files...)
			due.Reset(pause)
			continue
		}
		// What was shown ahead may be as it was before by now, and is looked at all the same.
		files = append(files, shown...)
		if slices.Sort(files); len(files) > 0 {
			w.again(slices.Compact(files), true)
		}
		clear(hints)
		since, shown = time.Time{}, nil
		if !w.scanAndLook() && ticked {
			if beside := w.options.Beside(); len(beside) > 0 {
				w.again(beside, false)
			}
		}
	}
}

// again has the look. From now on, what it saw is what the files are compared with.
func (w *Watcher) again(changed []string, only bool) {
	began := time.Now()
	w.sight = w.look(changed, only)
	w.seen = statesOf(w.sight, began, w.seen)
}

func (w *Watcher) scanAndLook() bool {
	files := w.scan()
	if len(files) == 0 {
		return false
	}
	if len(files) <= mostHints {
		w.options.Ahead(files) // the look follows at once
	}
	w.again(files, false)
	return true
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

// state is what is known of a path.
type state struct {
	entry  disk.Entry
	listed bool
	digest [sha256.Size]byte // of the bytes, if known
	known  bool
	fresh  bool // it may change again and look the same
	// problem is why it could not be listed or looked at; unread, why it could not be read,
	// with a limit. A path where nothing is has a problem, too.
	problem, unread *disk.Problem
	limit           int64
}

var nothing = state{problem: &disk.Problem{Kind: disk.Missing}}

// statesOf returns what was seen in a look that began at a moment. Of a file that was not
// read, because it is known to be the one of an earlier look, the bytes are those of then.
func statesOf(sight *disk.Sight, began time.Time, before map[string]state) map[string]state {
	now := map[string]state{}
	for _, listed := range sight.Lists() {
		for _, entry := range listed.Entries {
			file := state{entry: entry, listed: true, fresh: !entry.LeftAlone(began)}
			if old, there := before[entry.Path]; there && old.known && !old.fresh && old.entry.LooksLike(entry) {
				file.digest, file.known = old.digest, true
			}
			now[entry.Path] = file
		}
		for _, problem := range listed.Problems {
			now[problem.Path] = state{problem: &problem, listed: true}
		}
	}
	for name, seen := range sight.Files() {
		listed := now[name].listed
		switch {
		case seen.Problem != nil && seen.Read:
			now[name] = state{entry: seen.Entry, listed: listed, unread: seen.Problem, limit: seen.Limit}
		case seen.Problem != nil:
			now[name] = state{problem: seen.Problem, listed: listed}
		case seen.Read:
			now[name] = state{entry: seen.Entry, listed: listed, digest: seen.Digest, known: true, fresh: !seen.Entry.LeftAlone(began)}
		case !listed:
			now[name] = state{entry: seen.Entry, fresh: !seen.Entry.LeftAlone(began)}
		}
	}
	return now
}

// scan asks all that the last look asked again, and returns, sorted, the paths where the
// answer is another one. The project is opened anew, for the root itself may have been put
// aside and another folder put in its place. While there is none, nothing is new.
func (w *Watcher) scan() []string {
	project, err := disk.Open(w.root)
	if err != nil {
		return nil
	}
	defer project.Close()
	began := time.Now()
	now := map[string]state{}
	w.listen(".")
	for _, listed := range w.sight.Lists() {
		for _, name := range listed.Under {
			for above := path.Dir(name); above != "."; above = path.Dir(above) {
				w.listen(above)
			}
		}
		// The list hears of each folder before the folder is read, so that is when listening
		// to it starts: what comes after is hinted at. It is asked again at every scan, for
		// another folder may stand there by now.
		entries, problems := project.List(listed.Under, func(name string, folder bool) bool {
			if listed.Skip != nil && listed.Skip(name, folder) {
				return true
			}
			if folder {
				w.listen(name)
			}
			return false
		})
		for _, entry := range entries {
			file := look(project, entry, w.seen[entry.Path], began)
			file.listed = true
			now[entry.Path] = file
		}
		for _, problem := range problems {
			now[problem.Path] = state{problem: &problem, listed: true}
		}
	}
	for name, old := range w.seen {
		if _, listed := now[name]; !listed {
			now[name] = lookAt(project, name, old, began)
		}
	}
	differ := w.sight.Torn()
	for name, file := range now {
		old, there := w.seen[name]
		if !there {
			old = nothing
		}
		if !file.equals(old) {
			differ = append(differ, name)
		}
	}
	w.seen = now
	slices.Sort(differ)
	return slices.Compact(differ)
}

// emptied tells whether a file that hints name, and that held something at the last look, is
// empty or gone.
func (w *Watcher) emptied(hints map[string]bool) bool {
	if len(hints) > mostHints {
		return false
	}
	project, err := disk.Open(w.root)
	if err != nil {
		return false
	}
	defer project.Close()
	for hint := range hints {
		inside, err := filepath.Rel(w.root, hint)
		if err != nil {
			continue
		}
		name := filepath.ToSlash(inside)
		if old, there := w.seen[name]; there && old.problem == nil && old.entry.Size > 0 {
			if entry, err := project.Stat(name); err != nil || entry.Size == 0 {
				return true
			}
		}
	}
	return false
}

// mostHints are looked at one by one.
const mostHints = 32

// glance looks at the files that hints name and returns those that differ. It sees
// nothing if any of them is not a file that was one at the last look: then only a scan
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
	began := time.Now()
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
		if err != nil || !there || old.problem != nil || old.unread != nil {
			return nil
		}
		file := look(project, entry, old, began)
		file.listed = old.listed // a file that is there, and was, is in the lists that it was in
		now[name] = file
	}
	var differ []string
	for name, file := range now {
		if !file.equals(w.seen[name]) {
			differ = append(differ, name)
		} else {
			w.seen[name] = file
		}
	}
	slices.Sort(differ)
	return differ
}

// look returns the state of a file. It is read if what can be seen of it does not tell, or
// if it could not be read the last time.
func look(project *disk.Project, entry disk.Entry, old state, began time.Time) state {
	file := state{entry: entry, fresh: !entry.LeftAlone(began)}
	looks := old.problem == nil && entry.LooksLike(old.entry)
	switch {
	case old.unread != nil:
		file.digest, file.unread = digestOf(project, entry.Path, old.limit)
		file.known, file.limit = file.unread == nil, old.limit
	case old.known && (file.fresh || old.fresh || !looks) && entry.Size <= mostCompared:
		file.digest, file.unread = digestOf(project, entry.Path, mostCompared)
		file.known, file.limit = file.unread == nil, mostCompared
	case looks:
		file.digest, file.known = old.digest, old.known
	}
	return file
}

func digestOf(project *disk.Project, name string, limit int64) ([sha256.Size]byte, *disk.Problem) {
	body, err := project.Read(name, limit)
	if problem, ok := errors.AsType[disk.Problem](err); ok {
		return [sha256.Size]byte{}, &problem
	}
	return sha256.Sum256(body), nil
}

// lookAt returns the state of what is in no list.
func lookAt(project *disk.Project, name string, old state, began time.Time) state {
	entry, err := project.Stat(name)
	if problem, ok := errors.AsType[disk.Problem](err); ok {
		if old.unread != nil {
			return state{unread: &problem, limit: old.limit}
		}
		return state{problem: &problem}
	}
	return look(project, entry, old, began)
}

// equals goes by the bytes where they are known: whoever saves without a change, or
// changes rights alone, has changed nothing.
func (s state) equals(old state) bool {
	switch {
	case s.listed != old.listed || !sameProblem(s.problem, old.problem) || !sameProblem(s.unread, old.unread):
		return false
	case s.problem != nil || s.unread != nil:
		return true
	case s.known && old.known:
		return s.digest == old.digest
	}
	return s.entry.LooksLike(old.entry)
}

func sameProblem(a, b *disk.Problem) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Kind == b.Kind
}

// listen asks for events of a folder.
func (w *Watcher) listen(folder string) {
	if w.events == nil {
		return
	}
	err := w.events.Add(filepath.Join(w.root, filepath.FromSlash(folder)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
		w.fallBack(err)
	}
}
