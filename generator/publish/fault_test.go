package publish

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cairn/generator/disk"
)

// Law 5, by counting: every operation of a publication fails or is the last one, in
// every way, and each time the live site must be whole and the next build clean.

// A round is one way for one publication to go.
type round struct {
	files  bool
	first  bool // nothing is published yet
	plan   disk.Plan
	before site
	after  site
}

func TestEveryOperationFails(t *testing.T) {
	old, new := twoSites()
	rounds := 0
	for _, files := range []bool{false, true} {
		for _, first := range []bool{true, false} {
			start := round{files: files, first: first, before: old, after: new}
			if first {
				start.before = nil
			}
			operations := start.run(t)
			for number, what := range operations {
				for _, plan := range plansFor(number+1, what) {
					start.plan = plan
					start.run(t)
					if rounds++; t.Failed() {
						t.Fatalf("after: %v, at %s; files %v, first %v", plan, what, files, first)
					}
				}
			}
			t.Logf("files %v, first %v: %d operations", files, first, len(operations))
		}
	}
	t.Logf("%d rounds", rounds)
}

// plansFor returns the ways in which one operation can go wrong. Those that would be
// the same for it are left out.
func plansFor(number int, what string) []disk.Plan {
	plans := []disk.Plan{
		{At: number, Fault: disk.Fail, Err: syscall.EIO},
		{At: number, Fault: disk.CrashBefore},
		{At: number, Fault: disk.CrashAfter},
	}
	if testing.Short() {
		return plans[number%3 : number%3+1]
	}
	operation, _, _ := strings.Cut(what, " ")
	switch operation {
	case "create":
		plans = append(plans,
			disk.Plan{At: number, Fault: disk.FailShort, Err: syscall.ENOSPC},
			disk.Plan{At: number, Fault: disk.CrashShort})
		fallthrough
	case "mkdir", "link", "lock":
		plans = append(plans,
			disk.Plan{At: number, Fault: disk.Fail, Err: syscall.ENOSPC},
			disk.Plan{At: number, Fault: disk.FailFrom, Err: syscall.ENOSPC})
		fallthrough
	case "rename", "exchange", "remove", "sync", "syncfs":
		plans = append(plans,
			disk.Plan{At: number, Fault: disk.FailAfter, Err: syscall.EIO},
			disk.Plan{At: number, Fault: disk.FailFrom, Err: syscall.EROFS})
		fallthrough
	default:
		plans = append(plans, disk.Plan{At: number, Fault: disk.Fail, Err: syscall.EACCES})
	}
	return plans
}

// run publishes in a new place, with the fault, then once more without, and checks
// what there is after each. It returns the operations of the first.
func (r round) run(t *testing.T) []string {
	t.Helper()
	place, err := os.MkdirTemp(sharedFolder(t), "")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(place)
	options := at(place)
	options.Files = r.files
	if !r.first {
		mustPublish(t, disk.Real(), options, r.before)
	}
	ops := disk.Inject(disk.Real(), r.plan)
	_, err = Site(context.Background(), ops, options, r.after.outputs())
	live := onDisk(t, options.Output)
	if err == nil || r.plan.At == 0 {
		if wrong := difference(withoutStaging(live), r.after.published()); wrong != "" {
			t.Errorf("no error (%v), but not the new site: %s", err, wrong)
		}
	}
	if r.files {
		r.checkFiles(t, live)
	} else {
		r.checkSite(t, live)
	}
	mustPublish(t, disk.Real(), options, r.after)
	checkWhole(t, options, r.after)
	return ops.Trace()
}

// checkSite: the tree is the old site or the new one.
func (r round) checkSite(t *testing.T, live site) {
	t.Helper()
	before := site{}
	if !r.first {
		before = r.before.published()
	}
	if difference(live, before) != "" && difference(live, r.after.published()) != "" {
		t.Errorf("neither the old site nor the new one: %v", sortedKeys(live))
	}
}

// checkFiles: each file is as it was or as it will be, none that stays is missing,
// and the manifest knows them all.
func (r round) checkFiles(t *testing.T, live site) {
	t.Helper()
	made := manifest{}
	if text, there := live[manifestName]; there {
		var err error
		if made, err = parseManifest([]byte(text)); err != nil {
			t.Error(err)
		}
	}
	for name, text := range withoutStaging(live) {
		if name == manifestName {
			continue
		}
		before, was := r.before[name]
		after, willBe := r.after[name]
		if !(was && text == before) && !(willBe && text == after) {
			t.Errorf("%s is neither old nor new: %q", name, text)
		}
		if _, ours := made[name]; !ours {
			t.Errorf("%s is not in the manifest", name)
		}
	}
	for name := range r.before {
		if _, stays := r.after[name]; !stays {
			continue
		}
		if _, there := live[name]; !there {
			t.Errorf("%s is missing", name)
		}
	}
}

func withoutStaging(live site) site {
	rest := site{}
	for name, text := range live {
		if !strings.HasPrefix(name, insidePrefix) {
			rest[name] = text
		}
	}
	return rest
}

var shared = map[*testing.T]string{}

func sharedFolder(t *testing.T) string {
	if shared[t] == "" {
		shared[t] = folder(t)
	}
	return shared[t]
}

// A crash, then another one while the next build clears up, and so on: however
// often builds die, the site is whole.
func TestCrashAfterCrash(t *testing.T) {
	old, new := twoSites()
	for _, files := range []bool{false, true} {
		options := at(folder(t))
		options.Files = files
		mustPublish(t, disk.Real(), options, old)
		r := round{files: files, before: old, after: new}
		for number := 1; ; number++ {
			ops := disk.Inject(disk.Real(), disk.Plan{At: number, Fault: []disk.Fault{disk.CrashBefore, disk.CrashShort, disk.CrashAfter}[number%3]})
			_, err := Site(context.Background(), ops, options, new.outputs())
			live := onDisk(t, options.Output)
			if files {
				r.checkFiles(t, live)
			} else {
				r.checkSite(t, live)
			}
			if t.Failed() {
				t.Fatalf("at crash %d", number)
			}
			if err == nil && !ops.Crashed() {
				break
			}
		}
		mustPublish(t, disk.Real(), options, new)
		checkWhole(t, options, new)
	}
}

// FuzzManifest: whatever stands in the manifest, reading it neither panics nor
// yields a path outside the output; and what we write reads back.
func FuzzManifest(f *testing.F) {
	first, _ := twoSites()
	f.Add([]byte(first.published()[manifestName]))
	f.Add([]byte(manifestHead))
	f.Add([]byte(manifestHead + strings.Repeat("0", 64) + " 1 ../up\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		made, err := parseManifest(text)
		if err != nil {
			return
		}
		for name := range made {
			if !filepath.IsLocal(name) {
				t.Errorf("%q is outside", name)
			}
		}
		again, err := parseManifest(manifestText(made.lines()))
		if err != nil || fmt.Sprint(again) != fmt.Sprint(made) {
			t.Errorf("does not read back: %v", err)
		}
	})
}

// After a loss of power a name must not lead to bytes that never reached the disk:
// everything is synced after the last byte is written and before the new files get
// their names in the live site.
func TestBytesReachTheDiskBeforeTheirNames(t *testing.T) {
	first, second := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		for _, next := range []site{first, second} {
			ops := disk.Inject(disk.Real(), disk.Plan{})
			mustPublish(t, ops, options, next)
			synced, named := true, 0
			for _, what := range ops.Trace() {
				operation, rest, _ := strings.Cut(what, " ")
				switch from, to, _ := strings.Cut(rest, " "); {
				case operation == "syncfs":
					synced = true
				case operation == "create" && filepath.Base(rest) != "manifest" && filepath.Base(rest) != markName:
					synced = false
				case operation == "exchange" && to == options.Output,
					operation == "rename" && (to == options.Output || strings.HasPrefix(to, options.Output+"/")) && filepath.Base(from) != "manifest":
					if named++; !synced {
						t.Errorf("not synced before: %s", what)
					}
				}
			}
			if named == 0 {
				t.Error("nothing went live")
			}
		}
	})
}

// BenchmarkPublish measures a site of 20,000 pages: new, with one page changed, and
// with none.
func BenchmarkPublish(b *testing.B) {
	pages := site{}
	for i := range 20_000 {
		pages[fmt.Sprintf("section-%d/page-%d.html", i%200, i)] = strings.Repeat(fmt.Sprintf("<p>page %d</p>", i), 300)
	}
	for _, files := range []bool{false, true} {
		options := Options{Output: filepath.Join(b.TempDir(), "public"), Files: files}
		way := map[bool]string{false: "exchange", true: "files"}[files]
		b.Run(way+"/new", func(b *testing.B) {
			for b.Loop() {
				os.RemoveAll(options.Output)
				mustPublish(b, disk.Real(), options, pages)
			}
		})
		b.Run(way+"/one changed", func(b *testing.B) {
			for b.Loop() {
				pages["index.html"] += "x"
				mustPublish(b, disk.Real(), options, pages)
			}
		})
		b.Run(way+"/none changed", func(b *testing.B) {
			for b.Loop() {
				mustPublish(b, disk.Real(), options, pages)
			}
		})
	}
}
