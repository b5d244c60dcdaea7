package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"cairn/generator"
)

func (c *command) buildCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Write the site, if it has no errors",
		Long: "Write the site to its output folder, public/ unless config.toml says otherwise.\n" +
			"The old site stays until the new one is whole; with errors it stays altogether.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.build(cmd) },
	}
	c.projectFlags(cmd)
	c.formatFlag(cmd)
	return cmd
}

func (c *command) build(cmd *cobra.Command) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	ctx, stop := untilSignal(cmd.Context())
	defer stop()
	report, faults, err := generator.Build(ctx, c.options())
	if err := c.printFaults(faults); err != nil {
		return err
	}
	if err != nil {
		return cannotGoOn(err)
	}
	if report == nil {
		c.say("nothing is published: %s", faults.Summary())
		return judged(faults)
	}
	output := filepath.Join(c.folder, filepath.FromSlash(report.Output))
	c.say("%s: %s, %s, %s", output, plural(report.Pages, "page"), plural(report.Outputs, "file"), size(report.Bytes))
	c.say("%d written, %d unchanged, %d removed", report.Written, report.Unchanged, report.Removed)
	for _, draft := range report.Drafts {
		c.say("left out, a draft: %s", draft)
	}
	for _, note := range report.Notes {
		c.say("note: %s", note)
	}
	if len(faults) > 0 {
		c.say("published with %s", faults.Summary())
	}
	return judged(faults)
}

func (c *command) checkCommand() *cobra.Command {
	var coverage bool
	var due string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Find every fault that build would find, and write nothing",
		Long: "Find every fault that build would find, and write nothing.\n\n" +
			"With --coverage it prints where each assessment leads its readers: every step of every\n" +
			"dimension and its top, every advice, every outcome, with their pages. Faults then go to\n" +
			"stderr. The exit code is 1 if there are errors, or if anything leads to no page.\n\n" +
			"With --due it also tells the pages whose review-by is on that day or before it.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case coverage && due != "":
				return misused("run cairn check twice: --coverage prints where assessments lead, --due the faults", "--coverage and --due go each by itself")
			case coverage:
				return c.coverage(cmd)
			}
			return c.check(cmd, due)
		},
	}
	c.projectFlags(cmd)
	c.formatFlag(cmd)
	cmd.Flags().BoolVar(&coverage, "coverage", false, "print where each assessment leads its readers, as text or with --format json")
	cmd.Flags().StringVar(&due, "due", "", "tell the pages that are to be reviewed by this day: today, or 2026-01-22")
	return cmd
}

func (c *command) check(cmd *cobra.Command, due string) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	options := c.options()
	if options.Due = due; due == "today" {
		options.Due = time.Now().Format(time.DateOnly)
	} else if _, err := time.Parse(time.DateOnly, due); due != "" && err != nil {
		return misused("write a day as year-month-day, or today", "%q is no day", due)
	}
	faults, err := generator.Check(cmd.Context(), options)
	if err := c.printFaults(faults); err != nil {
		return err
	}
	if err != nil {
		return cannotGoOn(err)
	}
	c.say("%s", faults.Summary())
	return judged(faults)
}

func (c *command) options() generator.Options {
	return generator.Options{
		Root: c.folder, Program: programHash(), NoMemory: c.noMemory,
		Waiting: func() { fmt.Fprintln(c.err, "waiting for another build of this site to end") },
	}
}

// programHash names this very program, so that it does not trust what another one
// remembered. If it cannot be read, nothing is remembered.
func programHash() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	file, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return ""
	}
	return hex.EncodeToString(hash.Sum(nil))
}
