package publish

import (
	"path/filepath"
	"time"

	"cairn/generator/disk"
	"cairn/generator/parallel"
)

// Reading all that is live, only to learn that nobody has altered it by hand, would be a
// third of the work of a build that changes one page. So the stamp of each live file is
// remembered with the hash of its bytes, as git's index does: size, number, time of
// modification and time of change. Whoever writes to a file alters the last two, and
// nobody can set the last.
//
// A stamp must not be that of an edit which comes after it in the same tick of the file
// system's clock. So that clock is asked first, by making a folder, and only a file
// whose times lie before that is remembered: whatever happens to it from then on has a
// later time. Linking a file and removing its old name count as changes of it, so stamps
// are taken at the very end. That a file was not altered between the look at its bytes and
// then, its number and its time of modification tell, and of a file that was written by
// this build its time of change, which lies before the site went live. What this leaves
// open is somebody who alters a live file within the second that a build takes, keeps its
// size, and sets its time of modification back to the billionth of a second.

// A sight is what a live file was when its bytes were what they are to be; the zero one
// is that of a file that was not there as it is to be.
type sight struct {
	inode    uint64
	modified int64
}

func sightOf(info disk.Info) sight { return sight{info.Inode, info.Modified.UnixNano()} }

// takeTime notes a time when the new tree was whole, and not live yet.
func (p *publisher) takeTime(last string) {
	if info, err := p.Lstat(last); err == nil {
		p.whole = info.Changed
	}
}

// see remembers what live files look like, now that nothing more happens to them.
func (p *publisher) see(lines []line) {
	if p.options.See == nil {
		return
	}
	now, ok := p.askTime()
	if !ok {
		return
	}
	p.forAll(len(lines), func(i int) {
		info, err := p.Lstat(p.inOutput(lines[i].path))
		if err != nil || info.Type != disk.Regular || !info.Plain || info.Size != lines[i].size ||
			!info.Modified.Before(now) || !info.Changed.Before(now) {
			return
		}
		if found := p.found[i]; found != (sight{}) {
			if found != sightOf(info) {
				return
			}
		} else if !info.Changed.Before(p.whole) {
			return
		}
		if stamp := info.Stamp(); stamp != "" {
			p.options.See(lines[i].path, stamp, lines[i].sum)
		}
	})
}

// askTime asks the file system of the output what time it is.
func (p *publisher) askTime() (now time.Time, ok bool) {
	within, prefix := filepath.Dir(p.out), p.besidePrefix()
	if p.report.Mode == Files {
		within, prefix = p.out, insidePrefix
	}
	folder, err := p.stage(within, prefix)
	if err != nil {
		return now, false
	}
	info, err := p.Lstat(folder)
	p.discard(folder)
	return info.Changed, err == nil && !info.Changed.IsZero()
}

// forAll calls work for 0…n-1, several at once.
func (p *publisher) forAll(n int, work func(i int)) {
	parallel.Stretches(n, p.options.Workers, 64, work)
}
