package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"cairn/generator/diag"
	"cairn/generator/disk"
)

// bake makes every output and hands its bytes to put, several at once. Bytes are
// dropped as soon as they are put: the site is never in memory as a whole. Once a
// fault is found nothing more is put, but everything is still baked, so that the
// author learns of all faults at once.
//
// Put is also told whether the live tree holds these very bytes. Then data may be nil:
// an output whose key says that it is as it was is not made, if the live file is.
func (p *publisher) bake(ctx context.Context, put func(index int, line line, same bool, data []byte) error) ([]line, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	lines := make([]line, len(p.outputs))
	lists := map[int]diag.List{} // few outputs have faults
	var mu sync.Mutex
	var next atomic.Int64
	var faulty atomic.Bool
	one := func(index int) error {
		output := p.outputs[index]
		key := ""
		if output.Key != nil && p.options.Known != nil {
			key = output.Key()
		}
		if key != "" && !faulty.Load() {
			size, sum, known := p.options.Known(output.Path, key)
			if want := (line{output.Path, size, sum}); known && p.unchanged(index, want, nil) {
				lines[index] = want
				return put(index, want, true, nil)
			}
		}
		data, err := output.Make()
		list, told := diag.Of(err)
		if told {
			mu.Lock()
			lists[index] = list
			mu.Unlock()
			if list.HasErrors() || data == nil {
				faulty.Store(true)
				return nil
			}
		} else if err != nil {
			return fmt.Errorf("making %s: %w", output.Path, err)
		}
		if faulty.Load() {
			return nil
		}
		lines[index] = lineOf(output.Path, data)
		if key != "" && list == nil && p.options.Learn != nil {
			p.options.Learn(output.Path, key, lines[index].size, lines[index].sum)
		}
		return put(index, lines[index], p.unchanged(index, lines[index], data), data)
	}
	// Neighbours lie in one folder, in which two workers would wait for one another.
	stretch := max(1, min(64, len(p.outputs)/(64*p.options.Workers)))
	var workers sync.WaitGroup
	for range min(p.options.Workers, len(p.outputs)) {
		workers.Go(func() {
			for {
				end := int(next.Add(int64(stretch)))
				for index := end - stretch; index < min(end, len(p.outputs)) && ctx.Err() == nil; index++ {
					if err := one(index); err != nil {
						cancel(err)
					}
				}
				if end >= len(p.outputs) || ctx.Err() != nil {
					return
				}
			}
		})
	}
	workers.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	var faults diag.List
	for _, index := range slices.Sorted(maps.Keys(lists)) {
		faults = append(faults, lists[index]...)
	}
	faults = faults.Sorted()
	if faulty.Load() {
		return nil, faults
	}
	p.report.Warnings = faults
	for _, line := range lines {
		p.report.Bytes += line.size
	}
	return lines, nil
}

// unchanged tells whether the live tree holds this file as it is to be. The manifest
// says so quickly, but only the bytes themselves count, or a stamp that stands for
// them: somebody may have altered the file by hand. A live file is only looked at if the
// scan found it without following a link. Without data, the hash of what is there must
// be the wanted one.
func (p *publisher) unchanged(index int, want line, data []byte) bool {
	was, known := p.old[want.path]
	what, there := p.live.files[want.path]
	if !known || was != want || !there || what != disk.Regular {
		return false
	}
	name := p.inOutput(want.path)
	info, err := p.Lstat(name)
	if err != nil || info.Type != disk.Regular || !info.Plain || info.Size != want.size {
		return false
	}
	if p.options.Seen != nil {
		if sum, ok := p.options.Seen(want.path, info.Stamp()); ok && sum == want.sum {
			p.found[index] = sightOf(info)
			return true
		}
	}
	found, err := p.ReadFile(name)
	if err != nil {
		return false
	}
	same := false
	if data == nil {
		same = sha256.Sum256(found) == want.sum
	} else {
		same = bytes.Equal(found, data)
	}
	if same {
		p.found[index] = sightOf(info)
	}
	return same
}

func decimal(number int) string { return strconv.Itoa(number) }

// outputPaths returns the path of every output.
func (p *publisher) outputPaths() []string {
	paths := make([]string, len(p.outputs))
	for i, output := range p.outputs {
		paths[i] = output.Path
	}
	return paths
}
