package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"cairn/generator"
	"cairn/generator/diag"
)

type pathFlags struct {
	from, out, values   string
	set                 []string
	dryRun, json, force bool
}

func (c *command) pathCommand() *cobra.Command {
	var flags pathFlags
	cmd := &cobra.Command{
		Use:   "path [NAME]",
		Short: "List golden paths, or write the files of one",
		Long: "Without a name it lists the golden paths of a project, or with --from those of a published\n" +
			"site: its folder, a zip file of it, or its address. With a name it says what the path asks\n" +
			"for, and with --out it writes the files, the same bytes that the page gives. Nothing is\n" +
			"overwritten without --force, and nothing outside the folder is ever touched. A secret is\n" +
			"asked for, or stands in the file of --values, never on the command line.",
		Example: "  cairn path\n" +
			"  cairn path new-service --set name=orders --set team=checkout --out orders\n" +
			"  cairn path new-service --values service.yaml --out orders --dry-run\n" +
			"  cairn path --from https://platform.example.com/ new-service --out orders",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.path(cmd.Context(), cmd.InOrStdin(), args, flags)
		},
	}
	cmd.Flags().StringVar(&c.folder, "root", ".", "the project's folder, where config.toml is")
	cmd.Flags().StringVar(&flags.from, "from", "", "a published site instead of a project: a folder, a zip file or an address")
	cmd.Flags().StringArrayVar(&flags.set, "set", nil, "a parameter and its value, as name=orders; may be repeated")
	cmd.Flags().StringVar(&flags.values, "values", "", "a file of values, in YAML, TOML or JSON; --set goes before it")
	cmd.Flags().StringVar(&flags.out, "out", "", "the folder to write the files to")
	cmd.Flags().BoolVar(&flags.dryRun, "dry-run", false, "say what would be written, and write nothing")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print JSON")
	cmd.Flags().BoolVar(&flags.force, "force", false, "replace files that are there with other contents")
	return cmd
}

func (c *command) path(ctx context.Context, stdin io.Reader, args []string, flags pathFlags) error {
	if flags.from == "" {
		if err := c.checkFlags(); err != nil {
			return err
		}
	}
	if len(args) == 0 && (flags.out != "" || flags.values != "" || flags.set != nil || flags.dryRun || flags.force) {
		return misused("cairn path NAME --out DIR; cairn path lists the names", "path needs the name of a golden path")
	}
	paths, faults, err := c.goldenPaths(ctx, flags.from)
	if err != nil {
		return err
	}
	if faults.HasErrors() {
		// On stderr: what was asked for are paths. One that is right can still be made.
		if err := diag.Print(c.err, faults, diag.Text, diag.PrintOptions{Prefix: c.prefix()}); err != nil {
			return cannotGoOn(err)
		}
	}
	if len(args) == 0 {
		if err := c.listPaths(paths, flags.json); err != nil {
			return err
		}
		return judged(faults)
	}
	var names []string
	for _, path := range paths {
		names = append(names, path.Name())
	}
	at := slices.Index(names, args[0])
	if at < 0 {
		if faults.HasErrors() {
			return judged(faults)
		}
		hint := "no page of the project has the key path in its front matter"
		if len(names) > 0 {
			hint = diag.DidYouMean(args[0], names, "there are: "+strings.Join(names, ", "))
		}
		return misused(hint, "there is no golden path %q", args[0])
	}
	path := paths[at]
	if flags.out == "" && !flags.dryRun {
		if flags.set != nil || flags.values != "" || flags.force {
			return misused("name the folder: --out "+args[0]+"; or --dry-run to look only", "the files have no folder to be written to")
		}
		return c.describePath(path, flags.json)
	}
	return c.makePath(ctx, path, stdin, flags)
}

// goldenPaths are those of the project, or of a published site.
func (c *command) goldenPaths(ctx context.Context, from string) ([]*generator.GoldenPath, diag.List, error) {
	if from == "" {
		paths, faults, err := generator.Paths(c.options())
		if err != nil {
			return nil, nil, cannotGoOn(err)
		}
		return paths, faults, nil
	}
	paths, faults, err := generator.PublishedPaths(ctx, from)
	if err != nil {
		return nil, nil, misused("--from takes the folder of a published site, a zip file of it, or its address", "no golden paths can be read from %s: %v", from, err)
	}
	return paths, faults, nil
}

func (c *command) listPaths(paths []*generator.GoldenPath, asJSON bool) error {
	type entry struct {
		Name        string `json:"name"`
		Title       string `json:"title"`
		Description string `json:"description,omitempty"`
	}
	list := []entry{}
	widest := 0
	for _, path := range paths {
		list = append(list, entry{path.Name(), path.Title(), path.Description()})
		widest = max(widest, len(path.Name()))
	}
	if asJSON {
		return c.printJSON(list)
	}
	if len(list) == 0 {
		c.say("no golden paths: a page becomes one with the key path in its front matter")
	}
	for _, entry := range list {
		c.say("%-*s  %s", widest, entry.Name, entry.Title)
	}
	return nil
}

func (c *command) printJSON(value any) error {
	encoder := json.NewEncoder(c.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return cannotGoOn(err)
	}
	return nil
}

func (c *command) describePath(path *generator.GoldenPath, asJSON bool) error {
	if asJSON {
		text, err := path.JSON()
		if err != nil {
			return cannotGoOn(err)
		}
		c.say("%s", text)
		return nil
	}
	c.say("%s: %s", path.Name(), path.Title())
	if path.Description() != "" {
		c.say("%s", path.Description())
	}
	for _, p := range path.Parameters() {
		line := fmt.Sprintf("  --set %s=%s", p.Name, p.Default)
		if p.Secret {
			line = fmt.Sprintf("  %s (secret, from --values or asked for)", p.Name)
		}
		c.say("%s", line)
		about := p.Label + ": " + p.Takes
		if p.Help != "" {
			about += "; " + p.Help
		}
		c.say("      %s", about)
	}
	c.say("next: cairn path %s --out DIR", path.Name())
	return nil
}

// makePath fills in the path and writes its files, or says what it would write.
func (c *command) makePath(ctx context.Context, path *generator.GoldenPath, stdin io.Reader, flags pathFlags) error {
	values, err := c.valuesOf(ctx, path, stdin, flags)
	if err != nil {
		return err
	}
	files, refused := path.Make(values)
	if files == nil {
		return &failure{faulty, errors.New(strings.Join(refused, "\n       ")), fmt.Sprintf("`cairn path %s` says what it takes", path.Name())}
	}
	if flags.out == "" { // a dry run without a folder
		if flags.json {
			return c.printJSON(files)
		}
		for _, file := range files {
			c.say("%s: %s", file.Name, plural(len(file.Text), "byte"))
		}
		return nil
	}
	write := generator.WriteFiles
	if flags.dryRun {
		write = func(folder string, files []generator.PathFile, _ bool) ([]generator.PathState, error) {
			return generator.InspectFiles(folder, files)
		}
	}
	states, err := write(flags.out, files, flags.force)
	if err != nil && !errors.Is(err, generator.ErrInTheWay) {
		return cannotGoOn(err)
	}
	return c.reportFiles(states, err, flags)
}

func (c *command) reportFiles(states []generator.PathState, inTheWay error, flags pathFlags) error {
	if flags.json {
		if err := c.printJSON(struct {
			Folder string                `json:"folder"`
			Wrote  bool                  `json:"wrote"`
			Files  []generator.PathState `json:"files"`
		}{filepath.ToSlash(flags.out), inTheWay == nil && !flags.dryRun, states}); err != nil {
			return err
		}
	}
	written := 0
	for _, state := range states {
		if state.State != generator.FileSame {
			written++
		}
		if flags.json {
			continue
		}
		word := state.State
		switch {
		case inTheWay == nil && !flags.dryRun && state.State == generator.FileDifferent:
			word = "replaced"
		case state.State == generator.FileDifferent:
			word = "is there already, with other contents"
		case state.State == generator.FileSame:
			word = "is there already"
		case state.State == generator.FileBlocked:
			word = "cannot be written: " + state.Why
		}
		c.say("%s/%s: %s", filepath.ToSlash(filepath.Clean(flags.out)), state.Name, word)
	}
	if inTheWay != nil {
		hint := "move them away, or replace them with --force"
		if slices.ContainsFunc(states, func(s generator.PathState) bool { return s.State == generator.FileBlocked }) {
			hint = "links and folders are never replaced: move them away"
		}
		return &failure{faulty, errors.New("nothing was written: there are files in the way"), hint}
	}
	if !flags.json {
		if flags.dryRun {
			c.say("%s would be written, nothing was", plural(written, "file"))
		} else {
			c.say("%s written", plural(written, "file"))
		}
	}
	return nil
}

// valuesOf gathers the values: of the file, over it those of the command line, and what
// secrets are still missing, asked for.
func (c *command) valuesOf(ctx context.Context, path *generator.GoldenPath, stdin io.Reader, flags pathFlags) (map[string]string, error) {
	values := map[string]string{}
	if flags.values != "" {
		text, err := readAnswers(stdin, flags.values)
		if err != nil {
			return nil, misused("--values takes a file in YAML, TOML or JSON", "%v", err)
		}
		read, faults := path.ReadValues(flags.values, text)
		if len(faults) > 0 {
			if err := diag.Print(c.err, faults, diag.Text, diag.PrintOptions{}); err != nil {
				return nil, cannotGoOn(err)
			}
		}
		if faults.HasErrors() {
			return nil, judged(faults)
		}
		values = read
	}
	parameters := path.Parameters()
	for _, text := range flags.set {
		name, value, ok := strings.Cut(text, "=")
		at := slices.IndexFunc(parameters, func(p generator.PathParameter) bool { return p.Name == name })
		switch {
		case !ok:
			return nil, misused("write a parameter and its value: --set name=orders", "%q is no parameter and value", text)
		case at < 0:
			return nil, misused(path.Suggest(name), "the path %s has no parameter %q", path.Name(), name)
		case parameters[at].Secret:
			return nil, misused("put it into a file for --values, or leave it out and be asked", "the secret %q does not stand on a command line: the shell keeps it", name)
		}
		if word, ok := map[string]string{"yes": "true", "no": "false"}[value]; ok && parameters[at].Type == "yes-no" {
			value = word
		}
		values[name] = value
	}
	for _, p := range parameters {
		if _, given := values[p.Name]; !p.Secret || given || !p.Required {
			continue
		}
		secret, err := c.ask(ctx, stdin, p.Label)
		if err != nil {
			return nil, err
		}
		values[p.Name] = secret
	}
	return values, nil
}

// ask asks for a secret at a terminal, without showing it.
func (c *command) ask(ctx context.Context, stdin io.Reader, label string) (string, error) {
	file, ok := stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return "", misused("put it into a file for --values: here is no terminal to ask at", "the secret %q is missing", label)
	}
	terminal := int(file.Fd())
	shown, err := term.GetState(terminal)
	if err != nil {
		return "", cannotGoOn(err)
	}
	ctx, stop := untilSignal(ctx)
	defer stop()
	type reply struct {
		secret []byte
		err    error
	}
	given := make(chan reply, 1)
	fmt.Fprintf(c.err, "%s: ", label)
	go func() {
		secret, err := term.ReadPassword(terminal)
		given <- reply{secret, err}
	}()
	defer fmt.Fprintln(c.err)
	select {
	case r := <-given:
		if r.err != nil {
			return "", cannotGoOn(r.err)
		}
		return string(r.secret), nil
	case <-ctx.Done():
		return "", cannotGoOn(errors.Join(errors.New("nothing was written"), term.Restore(terminal, shown)))
	}
}
