package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"cairn/generator"
	"cairn/generator/diag"
)

type serveFlags struct {
	port       uint16
	allowHosts []string
	poll       bool
	editor     string
}

func (c *command) serveCommand() *cobra.Command {
	var flags serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the site while you write, and reload it on each change",
		Long: "Show the site at an address of this machine, for this machine alone. Pages are made\n" +
			"when they are asked for and reload when a file changes; faults stand over the page.\n" +
			"Drafts are shown too. Nothing is written to the output folder.\n\n" +
			"With --editor the places of faults are links that open the file there: vscode, idea,\n" +
			"zed and others, or an address of your own such as vscode://file{file}:{line}:{column}.\n" +
			"CAIRN_EDITOR in the environment says the same for good.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := untilSignal(cmd.Context())
			defer stop()
			return c.serve(ctx, flags)
		},
	}
	c.projectFlags(cmd)
	cmd.Flags().Uint16Var(&flags.port, "port", 4321, "the port to listen on; 0 takes any that is free")
	cmd.Flags().StringArrayVar(&flags.allowHosts, "allow-host", nil, "a further host name to answer to, that of a tunnel; may be repeated")
	cmd.Flags().BoolVar(&flags.poll, "poll", false, "look for changes every two seconds instead of listening for them")
	cmd.Flags().StringVar(&flags.editor, "editor", os.Getenv("CAIRN_EDITOR"), "the editor that the places of faults open in")
	return cmd
}

func (c *command) serve(ctx context.Context, flags serveFlags) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	editor, err := editorLinks(flags.editor)
	if err != nil {
		return err
	}
	preview, err := generator.NewPreview(c.options())
	if err != nil {
		return cannotGoOn(err)
	}
	defer preview.Close()

	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(flags.port))))
	if errors.Is(err, syscall.EADDRINUSE) {
		return &failure{stopped, fmt.Errorf("port %d is in use", flags.port), "is cairn serving already? --port 0 takes a free one"}
	}
	if err != nil {
		return cannotGoOn(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	c.say("http://localhost:%d/", port)

	told := map[string]bool{} // the faults that stand in the terminal already
	return asFailure(preview.Serve(ctx, listener, generator.ServeOptions{
		AllowHosts: flags.allowHosts, Editor: editor, Poll: flags.poll,
		Note:      func(note string) { c.say("note: %s", note) },
		Refreshed: func(r generator.Refreshed) { told = c.refreshed(r, told) },
	}))
}

// refreshed says in a line what became of a change, after the faults that are new.
// It returns the faults there are now.
func (c *command) refreshed(r generator.Refreshed, told map[string]bool) map[string]bool {
	if r.Err != nil && r.Faults == nil {
		c.complain(r.Err, "the next change tries again")
		return told
	}
	now := map[string]bool{}
	fresh := func(faults diag.List) diag.List {
		var list diag.List
		for _, fault := range faults {
			key := fault.String() + "\n" + fault.Line + "\n" + fault.Hint
			now[key] = true
			if !told[key] {
				list.Add(fault)
			}
		}
		return list
	}
	_ = c.printFaults(fresh(r.Faults)) // if that fails, nobody is there to read it
	if drafts := fresh(r.OfDrafts); len(drafts) > 0 {
		c.say("only in drafts, which a build leaves out:")
		_ = c.printFaults(drafts)
	}
	line := "ready"
	switch changed := len(r.Changed); {
	case changed == 1:
		line = r.Changed[0]
	case changed > 1:
		line = fmt.Sprintf("%s and %s", r.Changed[0], plural(changed-1, "other file"))
	}
	line += ": " + r.Faults.Summary()
	if n := len(r.OfDrafts); n > 0 {
		line += fmt.Sprintf(", %d more in drafts", n)
	}
	c.say("%s", line)
	return now
}

func asFailure(err error) error {
	if err == nil {
		return nil
	}
	return cannotGoOn(err)
}
