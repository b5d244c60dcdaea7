package main

import (
	"context"
	"errors"
	"fmt"
	"net"
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
}

func (c *command) serveCommand() *cobra.Command {
	var flags serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the site while you write, and reload it on each change",
		Long: "Show the site at an address of this machine, for this machine alone. Pages are made\n" +
			"when they are asked for and reload when a file changes; faults stand over the page.\n" +
			"Nothing is written to the output folder.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.serve(cmd.Context(), flags) },
	}
	c.projectFlags(cmd)
	cmd.Flags().Uint16Var(&flags.port, "port", 4321, "the port to listen on; 0 takes any that is free")
	cmd.Flags().StringArrayVar(&flags.allowHosts, "allow-host", nil, "a further host name to answer to, that of a tunnel; may be repeated")
	cmd.Flags().BoolVar(&flags.poll, "poll", false, "look for changes every two seconds instead of listening for them")
	return cmd
}

func (c *command) serve(ctx context.Context, flags serveFlags) error {
	if err := c.checkFlags(); err != nil {
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

	last := "" // the faults as they were printed last
	return asFailure(preview.Serve(ctx, listener, generator.ServeOptions{
		AllowHosts: flags.allowHosts, Poll: flags.poll,
		Note: func(note string) { c.say("note: %s", note) },
		Refreshed: func(faults diag.List, err error) {
			if err != nil {
				c.complain(err, "the next change tries again")
				return
			}
			if now := faults.Error(); now != last {
				last = now
				_ = c.printFaults(faults) // if that fails, nobody is there to read it
			}
			c.say("ready: %s", faults.Summary())
		},
	}))
}

func asFailure(err error) error {
	if err == nil {
		return nil
	}
	return cannotGoOn(err)
}
