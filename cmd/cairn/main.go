// Command cairn turns a folder of guides, tables and assessments into a site.
// It is flags in and an exit code out; the work is done by cairn/generator.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cairn/generator/diag"
)

// What the exit code says.
const (
	clean      = 0
	faulty     = 1 // the author's files have faults that keep the site from being published
	wrongUsage = 2
	stopped    = 3 // cairn itself could not go on: a full disk, a port in use
)

func main() {
	tuneHeap()
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
}

// untilSignal is for what has something to tidy up when it is told to end. A second signal
// ends it at once, as the first does everywhere else.
func untilSignal(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// run is the whole program.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := &command{out: stdout, err: stderr, colour: colourOn(stdout)}
	root := c.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var stop *failure
	switch {
	case err == nil:
		return clean
	case errors.As(err, &stop):
		if stop.err != nil {
			c.complain(stop.err, stop.hint)
		}
		return stop.code
	default: // cobra's own: an unknown command or flag, a wrong number of arguments
		c.complain(err, "run `cairn help` to see what there is")
		return wrongUsage
	}
}

// A failure ends a command with an exit code, and a sentence if there is one.
type failure struct {
	code int
	err  error
	hint string
}

func (f *failure) Error() string { return fmt.Sprint(f.err) }

func misused(hint, format string, values ...any) error {
	return &failure{wrongUsage, fmt.Errorf(format, values...), hint}
}

func cannotGoOn(err error) error { return &failure{stopped, err, ""} }

// judged is the end of a command that found faults, or none.
func judged(faults diag.List) error {
	if faults.HasErrors() {
		return &failure{code: faulty}
	}
	return nil
}

// A command is what all subcommands share.
type command struct {
	out, err io.Writer
	colour   bool

	folder   string
	format   string
	noMemory bool
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "cairn",
		Short: "Turn a folder of guides, tables and assessments into a site",
		Example: "  cairn new acme             a site of your own, in the folder acme\n" +
			"  cairn serve --root acme    look at it while you write\n" +
			"  cairn build --root acme    write it to acme/public",
		Args:          noSuchCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(c.newCommand(), c.serveCommand(), c.buildCommand(), c.checkCommand(), c.assessCommand(), c.pathCommand(), c.explainCommand(), c.versionCommand())
	return root
}

// projectFlags are those of the commands that work on a project.
func (c *command) projectFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.folder, "root", ".", "the project's folder, where config.toml is")
	cmd.Flags().BoolVar(&c.noMemory, "no-memory", false, "use nothing that earlier runs remembered in .cairn")
}

func (c *command) formatFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.format, "format", string(diag.Text), "how faults are printed: "+strings.Join(formatNames(), ", "))
}

func formatNames() []string {
	var names []string
	for _, format := range diag.Formats() {
		names = append(names, string(format))
	}
	return names
}

// checkFlags refuses what cannot be meant before anything is done.
func (c *command) checkFlags() error {
	if c.format != "" {
		if names := formatNames(); !slices.Contains(names, c.format) {
			return misused(diag.DidYouMean(c.format, names, "it is one of "+strings.Join(names, ", ")), "there is no format %q", c.format)
		}
	}
	info, err := os.Stat(c.folder)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return misused("`cairn new NAME` makes a project", "there is no folder %s", c.folder)
	case err != nil:
		return cannotGoOn(err)
	case !info.IsDir():
		return misused("--root takes the folder that holds config.toml", "%s is not a folder", c.folder)
	}
	return nil
}

// prefix leads from here to the project, for paths in messages.
func (c *command) prefix() string {
	if c.folder == "." {
		return ""
	}
	return filepath.ToSlash(filepath.Clean(c.folder))
}

// noSuchCommand hears of a first word that is no command.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	return misused(diag.DidYouMean(args[0], names, "run `cairn help` to see what there is"), "there is no command %q", args[0])
}

// flagError adds the flag that was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	hint := fmt.Sprintf("run `%s --help` to see its flags", cmd.CommandPath())
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		cmd.Flags().VisitAll(func(flag *pflag.Flag) { names = append(names, "--"+flag.Name) })
		hint = diag.DidYouMean("--"+unknown.GetSpecifiedName(), names, hint)
	}
	return &failure{wrongUsage, err, hint}
}
