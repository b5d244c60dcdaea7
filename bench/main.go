// Command bench measures cairn as its users meet it: whole processes, from outside,
// with the wall clock and the operating system's own account of memory. If a program
// named hugo is on the PATH it builds the same pages, in turn with cairn, and the
// ratio is printed. bench/README.md says what is measured, and what was found.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	pages := flag.Int("pages", 10_000, "pages of the corpus")
	runs := flag.Int("runs", 5, "runs of each command; the median is printed")
	only := flag.String("rows", "", "letters of the rows to measure, as the table names them; all if empty")
	scale := flag.Bool("scale", false, "also measure a tenth and ten times as many pages")
	hugo := flag.String("hugo", "", "the hugo program; found on the PATH if empty, none if -")
	cairn := flag.String("cairn", "", "the cairn program; built anew if empty")
	keep := flag.String("folder", "", "where the corpora are made; memory-backed storage if there is any")
	flag.Parse()
	b := &bench{pages: *pages, runs: *runs, only: *only, cairn: *cairn, hugo: *hugo}
	if err := b.prepare(*keep); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	err := b.run()
	if err == nil && *scale {
		err = b.scale()
	}
	b.close()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A bench is one call of this program.
type bench struct {
	pages, runs int
	only        string
	cairn, hugo string // programs; hugo may be ""
	folder      string
	made        map[string]bool
}

func (b *bench) prepare(folder string) error {
	if folder == "" && runtime.GOOS == "linux" {
		folder = "/dev/shm"
	}
	made, err := os.MkdirTemp(folder, "cairn-bench-")
	if err != nil {
		return err
	}
	b.folder, b.made = made, map[string]bool{}
	if b.cairn == "" {
		b.cairn = filepath.Join(b.folder, "cairn")
		build := exec.Command("go", "build", "-o", b.cairn, "./cmd/cairn")
		if said, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("building cairn: %w\n%s", err, said)
		}
	}
	if b.hugo == "" {
		b.hugo, _ = exec.LookPath("hugo")
	} else if b.hugo == "-" {
		b.hugo = ""
	}
	return nil
}

func (b *bench) close() { os.RemoveAll(b.folder) }

// run prints the table.
func (b *bench) run() error {
	fmt.Printf("%d pages, %d processors, %d runs of each, medians; memory is the largest resident size\n", b.pages, runtime.NumCPU(), b.runs)
	for _, program := range []string{b.cairn, b.hugo} {
		if program != "" {
			said, _ := exec.Command(program, "version").Output()
			fmt.Print("  ", strings.SplitAfterN(string(said)+"\n", "\n", 2)[0])
		}
	}
	fmt.Println("\n|   | what | cairn | hugo | of hugo's time | of hugo's memory |")
	fmt.Println("|---|---|---:|---:|---:|---:|")
	for _, row := range b.rows() {
		if b.only != "" && !strings.Contains(b.only, row.letter) {
			continue
		}
		if err := b.measure(row); err != nil {
			return fmt.Errorf("row %s: %w", row.letter, err)
		}
	}
	return nil
}

// A row is one thing to measure with both programs, each in a project of its own.
type row struct {
	letter, what string
	cairn, hugo  func() (figure, error) // hugo may be nil
}

// A figure is what one run took.
type figure struct {
	seconds float64
	bytes   int64
}

func (b *bench) measure(r row) error {
	var ours, theirs []figure
	for range b.runs {
		f, err := r.cairn()
		if err != nil {
			return err
		}
		ours = append(ours, f)
		if b.hugo == "" || r.hugo == nil {
			continue
		}
		if f, err = r.hugo(); err != nil {
			return err
		}
		theirs = append(theirs, f)
	}
	a := median(ours)
	if len(theirs) == 0 {
		fmt.Printf("| %s | %s | %s | | | |\n", r.letter, r.what, a)
		return nil
	}
	h := median(theirs)
	fmt.Printf("| %s | %s | %s | %s | 1/%.1f | 1/%.1f |\n", r.letter, r.what, a, h, h.seconds/a.seconds, float64(h.bytes)/float64(a.bytes))
	return nil
}

func (f figure) String() string {
	return fmt.Sprintf("%.3f s, %d MB", f.seconds, f.bytes/1_000_000)
}

// median takes that of the times and that of the sizes.
func median(all []figure) figure {
	var seconds []float64
	var sizes []int64
	for _, f := range all {
		seconds, sizes = append(seconds, f.seconds), append(sizes, f.bytes)
	}
	slices.Sort(seconds)
	slices.Sort(sizes)
	return figure{seconds[len(seconds)/2], sizes[len(sizes)/2]}
}
