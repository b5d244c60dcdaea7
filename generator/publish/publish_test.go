package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/output"
)

// bothWays runs a test for each mode of publishing.
func bothWays(t *testing.T, test func(t *testing.T, options Options)) {
	for _, files := range []bool{false, true} {
		t.Run(map[bool]string{false: "exchange", true: "files"}[files], func(t *testing.T) {
			options := at(folder(t))
			options.Files = files
			test(t, options)
		})
	}
}

func TestASiteIsPublishedAndPublishedAgain(t *testing.T) {
	first, second := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		options.Output = filepath.Join(options.Output, "..", "deep", "er", "public")
		report := mustPublish(t, disk.Real(), options, first)
		if report.Written != len(first) || report.Unchanged != 0 || report.Removed != 0 {
			t.Errorf("first: %+v", report)
		}
		options.Output = filepath.Clean(options.Output)
		checkWhole(t, options, first)

		report = mustPublish(t, disk.Real(), options, second)
		checkWhole(t, options, second)
		unchanged, removed, size := 0, 0, 0
		for name, text := range first {
			if _, stays := second[name]; !stays {
				removed++
			} else if second[name] == text {
				unchanged++
			}
		}
		for _, text := range second {
			size += len(text)
		}
		if report.Unchanged != unchanged || report.Removed != removed || report.Written != len(second)-unchanged || report.Bytes != int64(size) {
			t.Errorf("second: %+v, want %d unchanged, %d removed", report, unchanged, removed)
		}
		if (report.Mode == Files) != options.Files || (report.Why == "") == options.Files {
			t.Errorf("mode %v because %q", report.Mode, report.Why)
		}
		mustPublish(t, disk.Real(), options, first) // and back
		checkWhole(t, options, first)
	})
}

func TestNothingIsTouchedWhenNothingHasChanged(t *testing.T) {
	first, _ := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		mustPublish(t, disk.Real(), options, first)
		before, err := os.Stat(options.Output)
		if err != nil {
			t.Fatal(err)
		}
		report := mustPublish(t, disk.Real(), options, first)
		if report.Unchanged != len(first) || report.Written != 0 {
			t.Errorf("%+v", report)
		}
		after, _ := os.Stat(options.Output)
		if !os.SameFile(before, after) {
			t.Error("the folder was exchanged for an equal one")
		}
		checkWhole(t, options, first)
	})
}

// A build that goes file by file may die when all is in its place but the last manifest. The
// one before it lists old files too, and the next build leaves them out.
func TestAManifestWithOldLinesIsPutRight(t *testing.T) {
	first, second := twoSites()
	page := site{"index.html": "new"}
	other := func(sum byte) []line { // an old line may stand before the new one, or after it
		return []line{{"index.html", 3, [sha256.Size]byte{sum}}}
	}
	bothWays(t, func(t *testing.T, options Options) {
		root := options.Output
		for name, test := range map[string]struct {
			site site
			old  []line
		}{
			"before": {page, other(0)}, "after": {page, other(0xff)}, "many": {second, first.lines()}, "none": {second, nil},
		} {
			options.Output = filepath.Join(root, "..", name, "public")
			mustPublish(t, disk.Real(), options, test.site)
			write(t, filepath.Join(options.Output, manifestName), string(manifestText(append(test.old, test.site.lines()...))))
			mustPublish(t, disk.Real(), options, test.site)
			checkWhole(t, options, test.site)
		}
	})
}

func TestUnchangedFilesAreLinked(t *testing.T) {
	first, second := twoSites()
	options := at(folder(t))
	mustPublish(t, disk.Real(), options, first)
	name := filepath.Join(options.Output, "robots.txt")
	before, _ := os.Stat(name)
	mustPublish(t, disk.Real(), options, second)
	after, _ := os.Stat(name)
	if !os.SameFile(before, after) {
		t.Error("robots.txt was written anew")
	}
}

func TestManyWorkersMakeTheSameSite(t *testing.T) {
	first, second := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		options.Workers = 8
		mustPublish(t, disk.Real(), options, first)
		mustPublish(t, disk.Real(), options, second)
		checkWhole(t, options, second)
	})
}

func TestAnEmptySite(t *testing.T) {
	first, _ := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		mustPublish(t, disk.Real(), options, site{})
		checkWhole(t, options, site{})
		mustPublish(t, disk.Real(), options, first)
		mustPublish(t, disk.Real(), options, site{})
		checkWhole(t, options, site{})
	})
}

// What somebody does to the live tree by hand is put right by the next build.
func TestTheLiveTreeIsPutRight(t *testing.T) {
	first, second := twoSites()
	outside := filepath.Join(t.TempDir(), "canary")
	write(t, outside, "guide 1")
	hands := map[string]func(t *testing.T, out string){
		"altered":              func(t *testing.T, out string) { write(t, filepath.Join(out, "robots.txt"), "altered") },
		"altered, same length": func(t *testing.T, out string) { write(t, filepath.Join(out, "guides/guide-1.html"), "guide 7") },
		"deleted":              func(t *testing.T, out string) { remove(t, filepath.Join(out, "guides/guide-1.html")) },
		"deleted and stale":    func(t *testing.T, out string) { remove(t, filepath.Join(out, "gone/deep/two.html")) },
		"folder deleted":       func(t *testing.T, out string) { remove(t, filepath.Join(out, "guides")) },
		"rights":               func(t *testing.T, out string) { os.Chmod(filepath.Join(out, "robots.txt"), 0o600) },
		"rights of a folder":   func(t *testing.T, out string) { os.Chmod(filepath.Join(out, "guides"), 0o700) },
		"a link in its place": func(t *testing.T, out string) {
			remove(t, filepath.Join(out, "guides/guide-1.html"))
			symlink(t, outside, filepath.Join(out, "guides/guide-1.html"))
		},
		"a stale file is a link": func(t *testing.T, out string) {
			remove(t, filepath.Join(out, "stale.html"))
			symlink(t, outside, filepath.Join(out, "stale.html"))
		},
		"an empty folder in its place": func(t *testing.T, out string) {
			remove(t, filepath.Join(out, "guides/guide-1.html"))
			os.Mkdir(filepath.Join(out, "guides/guide-1.html"), 0o755)
		},
		"a changing file is an empty folder": func(t *testing.T, out string) {
			remove(t, filepath.Join(out, "index.html"))
			os.MkdirAll(filepath.Join(out, "index.html/a/b"), 0o755)
		},
	}
	for what, by := range hands {
		t.Run(what, func(t *testing.T) {
			bothWays(t, func(t *testing.T, options Options) {
				if options.Files && what == "rights of a folder" {
					t.Skip("file by file, folders are left as they are")
				}
				for _, next := range []site{first, second} {
					mustPublish(t, disk.Real(), options, first)
					by(t, options.Output)
					mustPublish(t, disk.Real(), options, next)
					checkWhole(t, options, next)
					if text, _ := os.ReadFile(outside); string(text) != "guide 1" {
						t.Fatalf("a file outside the output was changed through a link: %q", text)
					}
				}
			})
		})
	}
}

// A folder that is a link would lead writing out of the output. It is foreign.
func TestALinkedFolderInTheOutputIsNotFollowed(t *testing.T) {
	first, second := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		mustPublish(t, disk.Real(), options, first)
		elsewhere := filepath.Join(t.TempDir(), "elsewhere")
		if err := os.Rename(filepath.Join(options.Output, "guides"), elsewhere); err != nil {
			t.Skip(err)
		}
		symlink(t, elsewhere, filepath.Join(options.Output, "guides"))
		before := onDisk(t, elsewhere)
		_, err := Site(context.Background(), disk.Real(), options, second.outputs())
		wantCodes(t, err, "publish/foreign-file public/guides")
		if wrong := difference(onDisk(t, elsewhere), before); wrong != "" {
			t.Error(wrong)
		}
	})
}

func TestForeignFilesAreNeitherDeletedNorReplaced(t *testing.T) {
	first, second := twoSites()

	t.Run("a folder that cairn did not make", func(t *testing.T) {
		options := at(folder(t))
		write(t, filepath.Join(options.Output, "thesis.doc"), "ten years of work")
		_, err := Site(context.Background(), disk.Real(), options, first.outputs())
		wantCodes(t, err, "publish/foreign-folder public")
		if !strings.Contains(err.Error(), "thesis.doc") {
			t.Errorf("does not say what is in it: %v", err)
		}
		if wrong := difference(onDisk(t, options.Output), site{"thesis.doc": "ten years of work"}); wrong != "" {
			t.Error(wrong)
		}
		checkBeside(t, options)
	})
	t.Run("an empty folder will do", func(t *testing.T) {
		options := at(folder(t))
		if err := os.MkdirAll(filepath.Join(options.Output, "empty"), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(options.Output, ".DS_Store"), "")
		mustPublish(t, disk.Real(), options, first)
		checkWhole(t, options, first)
	})
	t.Run("a file is added by hand", func(t *testing.T) {
		options := at(folder(t))
		mustPublish(t, disk.Real(), options, first)
		write(t, filepath.Join(options.Output, "guides/mine.pdf"), "mine")
		write(t, filepath.Join(options.Output, "CNAME"), "example.org")
		write(t, filepath.Join(options.Output, "guides/.DS_Store"), "")
		_, err := Site(context.Background(), disk.Real(), options, second.outputs())
		wantCodes(t, err, "publish/foreign-file public/CNAME", "publish/foreign-file public/guides/mine.pdf")
		remove(t, filepath.Join(options.Output, "guides/mine.pdf"))
		remove(t, filepath.Join(options.Output, "CNAME"))
		mustPublish(t, disk.Real(), options, second)
		checkWhole(t, options, second)
	})
	t.Run("a file is added while the site is exchanged", func(t *testing.T) {
		options := at(folder(t))
		mustPublish(t, disk.Real(), options, first)
		late := &meddler{Ops: disk.Real(), before: "exchange", do: func() {
			write(t, filepath.Join(options.Output, "late.txt"), "late")
		}}
		report, err := Site(context.Background(), late, options, second.outputs())
		if err != nil || len(report.Left) != 1 {
			t.Fatalf("%+v, %v: want one folder left", report, err)
		}
		if text, _ := os.ReadFile(filepath.Join(report.Left[0], "late.txt")); string(text) != "late" {
			t.Error("somebody's file is gone")
		}
	})
	t.Run("file by file they stay", func(t *testing.T) {
		options := at(folder(t))
		options.Files = true
		foreign := site{"thesis.doc": "work", "guides/mine.pdf": "mine", "gone/deep/mine.txt": "mine", "empty/.keep": ""}
		for name, text := range foreign {
			write(t, filepath.Join(options.Output, name), text)
		}
		for _, next := range []site{first, second, first, {}} {
			mustPublish(t, disk.Real(), options, next)
			want := next.published()
			for name, text := range foreign {
				want[name] = text
			}
			if wrong := difference(onDisk(t, options.Output), want); wrong != "" {
				t.Error(wrong)
			}
		}
	})
	t.Run("file by file they are not replaced", func(t *testing.T) {
		for name, second := range map[string]site{
			"mine":        {"mine": "x"},
			"folder":      {"folder": "x"},            // a folder with a foreign file is in the way
			"file":        {"file/below.html": "x"},   // a foreign file is where a folder belongs
			"folder/mine": {"folder/mine/x.css": "x"}, // the same, deeper
		} {
			options := at(folder(t))
			options.Files = true
			mustPublish(t, disk.Real(), options, first)
			want := first.published()
			for _, mine := range []string{"mine", "folder/mine", "file"} {
				write(t, filepath.Join(options.Output, mine), "mine")
				want[mine] = "mine"
			}
			_, err := Site(context.Background(), disk.Real(), options, second.outputs())
			if list, ok := diag.Of(err); !ok || list[0].Code != diag.PublishForeignFile {
				t.Errorf("%s: got %v", name, err)
			}
			if wrong := difference(onDisk(t, options.Output), want); wrong != "" {
				t.Errorf("%s: %s", name, wrong)
			}
		}
	})
	t.Run("a file in the output's place", func(t *testing.T) {
		bothWays(t, func(t *testing.T, options Options) {
			write(t, options.Output, "a file")
			_, err := Site(context.Background(), disk.Real(), options, first.outputs())
			wantCodes(t, err, "publish/foreign-folder public")
		})
	})
	t.Run("a damaged manifest", func(t *testing.T) {
		bothWays(t, func(t *testing.T, options Options) {
			mustPublish(t, disk.Real(), options, first)
			write(t, filepath.Join(options.Output, manifestName), manifestHead+"cut sh")
			_, err := Site(context.Background(), disk.Real(), options, second.outputs())
			wantCodes(t, err, "publish/foreign-folder public/.cairn-manifest")
		})
	})
}

func TestFaultsKeepTheSiteAsItWas(t *testing.T) {
	first, second := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		mustPublish(t, disk.Real(), options, first)
		outputs := second.outputs()
		for i, name := range []string{"content/b.md", "content/a.md"} {
			outputs[3+i*5].Make = func() ([]byte, error) {
				return nil, diag.List{diag.At(name, diag.ReadNUL, "a fault", "")}
			}
		}
		warned := outputs[7].Make
		outputs[7].Make = func() ([]byte, error) {
			data, _ := warned()
			d := diag.At("content/c.md", diag.ReadNUL, "a doubt", "")
			d.Severity = diag.Warning
			return data, diag.List{d}
		}
		_, err := Site(context.Background(), disk.Real(), options, outputs)
		wantCodes(t, err, "read/nul content/a.md", "read/nul content/b.md", "read/nul content/c.md")
		checkWhole(t, options, first)

		outputs[3], outputs[8] = second.outputs()[3], second.outputs()[8]
		report, err := Site(context.Background(), disk.Real(), options, outputs)
		if err != nil || len(report.Warnings) != 1 {
			t.Errorf("a warning: %+v, %v", report, err)
		}
		checkWhole(t, options, second)
	})
}

func TestAnErrorEndsTheBuild(t *testing.T) {
	first, second := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		mustPublish(t, disk.Real(), options, first)
		outputs := second.outputs()
		broken := errors.New("broken")
		outputs[4].Make = func() ([]byte, error) { return nil, broken }
		if _, err := Site(context.Background(), disk.Real(), options, outputs); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		checkWhole(t, options, first)

		ctx, cancel := context.WithCancel(context.Background())
		outputs[4].Make = func() ([]byte, error) { cancel(); return []byte("x"), nil }
		if _, err := Site(ctx, disk.Real(), options, outputs); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		checkWhole(t, options, first)
	})
}

func TestImpossibleOutputsAreRefused(t *testing.T) {
	for _, paths := range []string{
		"../up", "/root", "", ".", "a//b", "a/../b", `a\b`, "a\nb", "con.html", "dot.", "a:b",
		".cairn-manifest", ".cairn-staging-1/x", "a a", "b b/c",
	} {
		var outputs []output.Output
		for name := range strings.SplitSeq(paths, " ") {
			outputs = append(outputs, output.Output{Path: name, Make: func() ([]byte, error) { return nil, nil }})
		}
		options := at(folder(t))
		if _, err := Site(context.Background(), disk.Real(), options, outputs); err == nil {
			t.Errorf("%q was published", paths)
		}
	}
	for _, out := range []string{"", ".", "..", "/", "a/.."} {
		if _, err := Site(context.Background(), disk.Real(), Options{Output: out}, nil); err == nil {
			t.Errorf("published to %q", out)
		}
	}
}

// On a system without an exchange of folders the site is published file by file,
// whether that is known at once or only when it is tried.
func TestWithoutExchange(t *testing.T) {
	first, second := twoSites()
	for what, ops := range map[string]*noExchange{
		"never": {Ops: disk.Real(), from: 1}, "not of this folder": {Ops: disk.Real(), from: 2}, "mounted": {Ops: disk.Real(), from: 9, mount: true},
	} {
		t.Run(what, func(t *testing.T) {
			options := at(folder(t))
			mustPublish(t, ops, options, first)
			report := mustPublish(t, ops, options, second)
			if report.Mode != Files || report.Why == "" {
				t.Errorf("%+v", report)
			}
			checkWhole(t, options, second)
		})
	}
}

type noExchange struct {
	disk.Ops
	calls, from int
	mount       bool
}

func (o *noExchange) Exchange(a, b string) error {
	if o.calls++; o.calls >= o.from {
		return disk.ErrNoExchange
	}
	return o.Ops.Exchange(a, b)
}

func (o *noExchange) Mounted(string) (bool, error) { return o.mount, nil }

// Where files cannot be linked they are copied.
func TestWithoutLinks(t *testing.T) {
	first, second := twoSites()
	options := at(folder(t))
	ops := noLinks{disk.Real()}
	mustPublish(t, ops, options, first)
	if report := mustPublish(t, ops, options, second); report.Unchanged != 0 {
		t.Errorf("%+v", report)
	}
	checkWhole(t, options, second)
}

type noLinks struct{ disk.Ops }

func (noLinks) Link(from, to string) error { return errors.New("no links here") }

// meddler does something behind the publisher's back, once.
type meddler struct {
	disk.Ops
	before string
	do     func()
}

func (m *meddler) Exchange(a, b string) error {
	if filepath.Base(b) == "public" {
		m.do()
	}
	return m.Ops.Exchange(a, b)
}

// Two publishers take turns, and at every moment there is a whole front page.
func TestTwoPublishers(t *testing.T) {
	first, second := twoSites()
	bothWays(t, func(t *testing.T, options Options) {
		mustPublish(t, disk.Real(), options, first)
		var waited atomic.Int32
		options.Waiting = func() { waited.Add(1) }
		var publishers, visitor sync.WaitGroup
		done := make(chan bool)
		visitor.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				text, err := os.ReadFile(filepath.Join(options.Output, "index.html"))
				if err != nil || (string(text) != first["index.html"] && string(text) != second["index.html"]) {
					t.Errorf("a visitor saw %q, %v", text, err)
					return
				}
			}
		})
		for _, next := range []site{first, second} {
			publishers.Go(func() {
				for range 15 {
					if _, err := Site(context.Background(), disk.Real(), options, next.outputs()); err != nil {
						t.Error(err)
					}
					time.Sleep(time.Millisecond)
				}
			})
		}
		publishers.Wait()
		close(done)
		visitor.Wait()
		found := onDisk(t, options.Output)
		if difference(found, first.published()) != "" && difference(found, second.published()) != "" {
			t.Errorf("neither site:\n%s", difference(found, second.published()))
		}
		checkBeside(t, options)
		if waited.Load() == 0 {
			t.Log("nobody had to wait")
		}
	})
}

func TestWaitingForTheLockEndsWithTheContext(t *testing.T) {
	options := at(folder(t))
	release, err := disk.Real().Lock(options.Lock)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	options.Waiting = cancel
	if _, err := Site(ctx, disk.Real(), options, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	release()
	mustPublish(t, disk.Real(), options, site{"index.html": "x"})
}

// Folders that only look like ours are left alone.
func TestLeftovers(t *testing.T) {
	first, _ := twoSites()
	options := at(folder(t))
	beside := filepath.Dir(options.Output)
	write(t, filepath.Join(beside, ".public.cairn-1", markName), "")
	write(t, filepath.Join(beside, ".public.cairn-1", "half/written.html"), "<ht")
	write(t, filepath.Join(beside, ".public.cairn-2", "notes.txt"), "not ours")
	write(t, filepath.Join(beside, ".public.cairn-x", "notes.txt"), "not ours")
	os.Mkdir(filepath.Join(beside, ".public.cairn-4"), 0o755)
	report, err := Site(context.Background(), disk.Real(), options, first.outputs())
	if err != nil || len(report.Left) != 1 || filepath.Base(report.Left[0]) != ".public.cairn-2" {
		t.Errorf("%+v, %v", report, err)
	}
	names, _ := os.ReadDir(beside)
	var got []string
	for _, name := range names {
		got = append(got, name.Name())
	}
	if want := ".public.cairn-2 .public.cairn-x lock public"; strings.Join(got, " ") != want {
		t.Errorf("beside the output: %v, want %s", got, want)
	}
}

// Where case does not count, a page that only changes case must not be lost.
func TestAPageThatChangesCase(t *testing.T) {
	bothWays(t, func(t *testing.T, options Options) {
		mustPublish(t, disk.Real(), options, site{"Guide.html": "x", "a.css": "a"})
		mustPublish(t, disk.Real(), options, site{"guide.html": "x", "a.css": "a"})
		checkWhole(t, options, site{"guide.html": "x", "a.css": "a"})
	})
}

func wantCodes(t *testing.T, err error, want ...string) {
	t.Helper()
	list, ok := diag.Of(err)
	if !ok {
		t.Fatalf("got %v, want %v", err, want)
	}
	var got []string
	for _, d := range list {
		got = append(got, string(d.Code)+" "+d.Path)
		if _, ok := diag.Explain(d.Code); !ok {
			t.Errorf("%s has no rule", d.Code)
		}
	}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t testing.TB, name string) {
	t.Helper()
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
}

func symlink(t testing.TB, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skip(err)
	}
}
