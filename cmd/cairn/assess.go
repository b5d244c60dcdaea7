package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"

	"cairn/generator"
	"cairn/generator/diag"
)

type assessFlags struct {
	json     bool
	release  bool
	atLeast  []string
	link     string
	asLink   bool
	shortWay bool
	profiles int
	seed     uint64
}

func (c *command) assessCommand() *cobra.Command {
	var flags assessFlags
	cmd := &cobra.Command{
		Use:   "assess ID [ANSWERS.json ...]",
		Short: "Print the result of a file of answers: profile, decision, next steps and reasons",
		Long: "Print the result of a file of answers, as the page of the assessment shows it. A - in place\n" +
			"of the file reads the answers from standard input. Of several files, or of a folder of them,\n" +
			"it prints a line each: the file, the decision, the level of each dimension. With --at-least,\n" +
			"the exit code is 1 if a dimension does not surely reach its level. A link that was shared is\n" +
			"read with --link in place of a file; --as-link prints one.\n\n" +
			"--short-way needs no answers. It draws profiles, asks each by the short way, and prints how\n" +
			"many questions that takes until the decision and the first step are settled.",
		Example: "  cairn assess maturity answers.json\n" +
			"  cairn assess maturity answers.json --at-least delivery=2 --at-least security=1\n" +
			"  cairn assess maturity --link 'https://example.com/assessment/maturity.html#Result~answers=aeaac…'\n" +
			"  cairn assess maturity --short-way --profiles 10000 --seed 1\n" +
			"  cairn assess maturity --release    record the questions of this version for good",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.assess(cmd.InOrStdin(), args, flags) },
	}
	c.projectFlags(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the whole result tree as JSON; of several files an object a line")
	cmd.Flags().StringArrayVar(&flags.atLeast, "at-least", nil, "a dimension and the level it must reach, as delivery=2; may be repeated")
	cmd.Flags().StringVar(&flags.link, "link", "", "read the answers from a link that was shared, in place of a file; - reads it from standard input")
	cmd.Flags().BoolVar(&flags.asLink, "as-link", false, "print the link that opens these answers on the page, and nothing else; notes and label do not travel")
	cmd.Flags().BoolVar(&flags.release, "release", false, "record the layout of this version, so that answers to it can always be read")
	cmd.Flags().BoolVar(&flags.shortWay, "short-way", false, "print how many questions the short way asks of drawn profiles")
	cmd.Flags().IntVar(&flags.profiles, "profiles", 10_000, "how many profiles --short-way draws")
	cmd.Flags().Uint64Var(&flags.seed, "seed", 1, "where --short-way begins to draw; the same seed gives the same figures")
	return cmd
}

func (c *command) assess(stdin io.Reader, args []string, flags assessFlags) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	given := 0
	for _, one := range []bool{len(args) > 1, flags.release, flags.link != "", flags.shortWay} {
		if one {
			given++
		}
	}
	if given != 1 {
		return misused("cairn assess ID ANSWERS.json prints a result, as --link LINK does; --release records a version, --short-way measures the order of questions",
			"assess takes either a file of answers or --release or --link or --short-way")
	}
	instrument, ids, faults, err := generator.OpenAssessment(c.options(), args[0])
	if err != nil {
		return cannotGoOn(err)
	}
	if !slices.Contains(ids, args[0]) {
		return misused(diag.DidYouMean(args[0], ids, "there are: "+strings.Join(ids, ", ")), "there is no assessment %q", args[0])
	}
	if instrument == nil {
		if err := c.printFaults(faults); err != nil {
			return err
		}
		return judged(faults)
	}
	if flags.release {
		return c.release(instrument)
	}
	if flags.shortWay {
		return c.shortWay(instrument, flags)
	}
	wanted, err := levelsOf(flags.atLeast, instrument.Dimensions())
	if err != nil {
		return err
	}
	if flags.link == "" {
		files, err := filesOf(args[1:])
		if err != nil {
			return err
		}
		if files != nil {
			return c.score(instrument, files, flags, wanted)
		}
	}
	assessed, faults, err := answersOf(instrument, stdin, args, flags.link)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		// On stderr: what was asked for is the result.
		if err := diag.Print(c.err, faults, diag.Text, diag.PrintOptions{}); err != nil {
			return cannotGoOn(err)
		}
	}
	if assessed == nil {
		return judged(faults)
	}
	return c.printResult(assessed, flags, wanted)
}

// release records the layout of an assessment's version.
func (c *command) release(instrument *generator.Instrument) error {
	file, written, err := instrument.Release()
	if err != nil {
		return cannotGoOn(err)
	}
	if written {
		c.say("recorded: %s", file)
	} else {
		c.say("recorded already: %s", file)
	}
	return nil
}

// answersOf reads the answers that a link carries, or a file, or standard input.
func answersOf(instrument *generator.Instrument, stdin io.Reader, args []string, link string) (*generator.Assessed, diag.List, error) {
	if link != "" && link != "-" {
		assessed, faults := instrument.Open(link)
		return assessed, faults, nil
	}
	name := "-"
	if link == "" {
		name = args[1]
	}
	text, err := readAnswers(stdin, name)
	if err != nil {
		return nil, nil, err
	}
	if link != "" {
		assessed, faults := instrument.Open(string(text))
		return assessed, faults, nil
	}
	assessed, faults := instrument.Assess(name, text)
	return assessed, faults, nil
}

// printResult prints a result as it was asked for. It fails if a level is not reached
// that must be.
func (c *command) printResult(assessed *generator.Assessed, flags assessFlags, wanted []wantedLevel) error {
	print := assessed.Text
	switch {
	case flags.asLink:
		print = func(w io.Writer) error {
			_, err := fmt.Fprintln(w, assessed.Link())
			return err
		}
	case flags.json:
		print = assessed.JSON
	}
	if err := print(c.out); err != nil {
		return cannotGoOn(err)
	}
	missed := false
	for _, w := range wanted {
		if reached, _ := assessed.AtLeast(w.dimension, w.level); !reached {
			missed = true
			fmt.Fprintf(c.err, "%s does not surely reach level %d\n", w.dimension, w.level)
		}
	}
	if missed {
		return &failure{code: faulty}
	}
	return nil
}

// filesOf returns the files to score: several that were named, or those of a folder.
// It returns nil for a single file.
func filesOf(named []string) ([]string, error) {
	if len(named) > 1 {
		return named, nil
	}
	if info, err := os.Stat(named[0]); err != nil || !info.IsDir() {
		return nil, nil
	}
	found, err := filepath.Glob(filepath.Join(named[0], "*.json"))
	if err != nil || len(found) == 0 {
		return nil, misused("files of answers end in .json", "the folder %s holds no file of answers", named[0])
	}
	return found, nil
}

// score prints a line for each of many files, in their order. A file that cannot be
// read is named, and the others are scored all the same.
func (c *command) score(instrument *generator.Instrument, files []string, flags assessFlags, wanted []wantedLevel) error {
	if flags.asLink {
		return misused("give one file", "--as-link is about one file of answers")
	}
	if len(wanted) > 0 {
		return misused("give one file, or leave --at-least out", "--at-least is about one file of answers")
	}
	scores := make([]*generator.Score, len(files))
	faults := make([]diag.List, len(files))
	failed := make([]error, len(files))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(files); i = int(next.Add(1)) - 1 {
				text, err := readAnswers(nil, files[i])
				if failed[i] = err; err == nil {
					scores[i], faults[i] = instrument.Score(files[i], text)
				}
			}
		})
	}
	workers.Wait()
	out := bufio.NewWriter(c.out)
	encoder := json.NewEncoder(out)
	if !flags.json {
		fmt.Fprintln(out, strings.Join(append([]string{"file", "decision"}, instrument.Dimensions()...), "\t"))
	}
	var all diag.List
	var firstFailure error
	for i, score := range scores {
		all = append(all, faults[i]...)
		if firstFailure == nil {
			firstFailure = failed[i]
		}
		switch {
		case score == nil:
		case flags.json:
			if err := encoder.Encode(score); err != nil {
				return cannotGoOn(err)
			}
		default:
			fmt.Fprintln(out, strings.Join(append([]string{score.File, score.Decision}, score.Levels...), "\t"))
		}
	}
	if err := out.Flush(); err != nil {
		return cannotGoOn(err)
	}
	if err := diag.Print(c.err, all, diag.Text, diag.PrintOptions{}); err != nil {
		return cannotGoOn(err)
	}
	if firstFailure != nil {
		return firstFailure
	}
	return judged(all)
}

type wantedLevel struct {
	dimension string
	level     int
}

// levelsOf reads what --at-least asks for.
func levelsOf(written, dimensions []string) ([]wantedLevel, error) {
	var wanted []wantedLevel
	for _, text := range written {
		dimension, number, ok := strings.Cut(text, "=")
		level, err := strconv.Atoi(number)
		if !ok || err != nil {
			return nil, misused("write a dimension and a level: --at-least delivery=2", "%q is no dimension and level", text)
		}
		if !slices.Contains(dimensions, dimension) {
			return nil, misused(diag.DidYouMean(dimension, dimensions, "there are: "+strings.Join(dimensions, ", ")), "there is no dimension %q", dimension)
		}
		wanted = append(wanted, wantedLevel{dimension, level})
	}
	return wanted, nil
}

// The most that a file of answers may hold, in bytes; one more is read to notice.
const mostAnswers = 5<<20 + 1

func readAnswers(stdin io.Reader, name string) ([]byte, error) {
	from := stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, misused("name a file of answers, or - for standard input", "%v", err)
		}
		defer file.Close()
		from = file
	}
	text, err := io.ReadAll(io.LimitReader(from, mostAnswers))
	if err != nil {
		return nil, cannotGoOn(err)
	}
	return text, nil
}
