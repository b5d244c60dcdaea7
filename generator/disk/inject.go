package disk

import (
	"errors"
	"fmt"
	"sync"
	"syscall"
)

// ErrCrashed is what every operation returns after an injected crash. Nothing is
// done any more: to the disk, the process is dead.
var ErrCrashed = errors.New("the process has crashed")

// Fault says how an operation goes wrong.
type Fault int

const (
	// Fail: nothing is done, and the error is returned.
	Fail Fault = iota
	// FailAfter: all is done, and the error is returned all the same, as some
	// network file systems do.
	FailAfter
	// FailShort: Create writes half of the bytes and returns the error. For other
	// operations the same as Fail.
	FailShort
	// FailFrom: this and every later operation that changes the disk fails. With
	// ENOSPC, removing, renaming and exchanging still work, as on a full disk; with
	// any other error nothing does, as on a disk that was taken read-only.
	FailFrom
	// CrashBefore, CrashAfter: the process dies before the operation, or after it.
	CrashBefore
	CrashAfter
	// CrashShort: the process dies when Create has written half of the bytes. For
	// other operations the same as CrashBefore.
	CrashShort
)

var faultWords = [...]string{"fails", "fails after all", "fails half-way", "and all later ones fail",
	"crashes before", "crashes after", "crashes half-way"}

func (f Fault) String() string { return faultWords[f] }

// A Plan says which operation goes wrong, and how. The zero Plan lets all work, and
// counts.
type Plan struct {
	At    int // which operation, counted from 1; 0 for none
	Fault Fault
	Err   error // returned by the faults that fail
}

func (p Plan) String() string { return fmt.Sprintf("operation %d %s: %v", p.At, p.Fault, p.Err) }

// An Injector does operations and has one go wrong.
type Injector struct {
	ops  Ops
	plan Plan

	mu      sync.Mutex
	trace   []string
	crashed bool
	held    []func() // locks, that end with the process
}

// Inject returns operations that go wrong as planned.
func Inject(ops Ops, plan Plan) *Injector { return &Injector{ops: ops, plan: plan} }

// Trace returns the operations that were asked for, in order.
func (i *Injector) Trace() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]string(nil), i.trace...)
}

// Crashed tells whether the planned crash has happened.
func (i *Injector) Crashed() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.crashed
}

type nature int

const (
	reads nature = iota
	makes        // needs room on the disk
	moves        // changes the disk, and needs no room to speak of
)

// run does one operation, or not. The injector is locked meanwhile: a crash is one
// moment for all goroutines.
func (i *Injector) run(what string, kind nature, do func() error, half func() error) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.crashed {
		return ErrCrashed
	}
	i.trace = append(i.trace, what)
	now := len(i.trace) == i.plan.At
	fault := i.plan.Fault
	if fault == FailFrom && i.plan.At > 0 && len(i.trace) >= i.plan.At {
		if kind == makes || (kind == moves && !errors.Is(i.plan.Err, syscall.ENOSPC)) {
			return fmt.Errorf("%s: %w", what, i.plan.Err)
		}
		return do()
	}
	if !now {
		return do()
	}
	switch fault {
	case FailAfter:
		do()
	case FailShort:
		if half != nil {
			half()
		}
	case CrashAfter:
		do()
		return i.crash()
	case CrashShort:
		if half != nil {
			half()
		}
		return i.crash()
	case CrashBefore:
		return i.crash()
	}
	return fmt.Errorf("%s: %w", what, i.plan.Err)
}

func (i *Injector) crash() error {
	i.crashed = true
	for _, release := range i.held {
		release()
	}
	i.held = nil
	return ErrCrashed
}

func (i *Injector) Create(path string, data []byte) error {
	return i.run("create "+path, makes,
		func() error { return i.ops.Create(path, data) },
		func() error { return i.ops.Create(path, data[:len(data)/2]) })
}

func (i *Injector) Mkdir(path string) error {
	return i.run("mkdir "+path, makes, func() error { return i.ops.Mkdir(path) }, nil)
}

func (i *Injector) Link(from, to string) error {
	return i.run("link "+from+" "+to, makes, func() error { return i.ops.Link(from, to) }, nil)
}

func (i *Injector) Rename(from, to string) error {
	return i.run("rename "+from+" "+to, moves, func() error { return i.ops.Rename(from, to) }, nil)
}

func (i *Injector) Exchange(a, b string) error {
	return i.run("exchange "+a+" "+b, moves, func() error { return i.ops.Exchange(a, b) }, nil)
}

func (i *Injector) Remove(path string) error {
	return i.run("remove "+path, moves, func() error { return i.ops.Remove(path) }, nil)
}

func (i *Injector) ReadDir(path string) (names []Name, err error) {
	err = i.run("readdir "+path, reads, func() error { names, err = i.ops.ReadDir(path); return err }, nil)
	return names, err
}

func (i *Injector) Lstat(path string) (info Info, err error) {
	err = i.run("lstat "+path, reads, func() error { info, err = i.ops.Lstat(path); return err }, nil)
	return info, err
}

func (i *Injector) ReadFile(path string) (data []byte, err error) {
	err = i.run("read "+path, reads, func() error { data, err = i.ops.ReadFile(path); return err }, nil)
	return data, err
}

func (i *Injector) ReadAt(path string, offset, size int64) (data []byte, err error) {
	err = i.run("read "+path, reads, func() error { data, err = i.ops.ReadAt(path, offset, size); return err }, nil)
	return data, err
}

func (i *Injector) Mounted(path string) (is bool, err error) {
	err = i.run("mounted "+path, reads, func() error { is, err = i.ops.Mounted(path); return err }, nil)
	return is, err
}

func (i *Injector) SyncFolder(path string) error {
	return i.run("sync "+path, moves, func() error { return i.ops.SyncFolder(path) }, nil)
}

func (i *Injector) SyncFileSystem(path string) error {
	return i.run("syncfs "+path, moves, func() error { return i.ops.SyncFileSystem(path) }, nil)
}

func (i *Injector) Lock(path string) (release func(), err error) {
	err = i.run("lock "+path, makes, func() error {
		release, err = i.ops.Lock(path)
		if err == nil {
			once := sync.OnceFunc(release)
			release = once
			i.held = append(i.held, once)
		}
		return err
	}, nil)
	if err != nil && release != nil {
		release()
		release = nil
	}
	return release, err
}
