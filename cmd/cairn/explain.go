package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"cairn/generator/diag"
)

func (c *command) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain [CODE]",
		Short:   "Say more about a fault; without a code, list them all",
		Example: "  cairn explain link/missing-page",
		Args:    cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleCodes(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				c.listRules()
				return nil
			}
			return c.explain(args[0])
		},
	}
}

func ruleCodes() []string {
	var codes []string
	for _, rule := range diag.Rules() {
		codes = append(codes, string(rule.Code))
	}
	return codes
}

func (c *command) listRules() {
	widest := 0
	for _, rule := range diag.Rules() {
		widest = max(widest, len(rule.Code))
	}
	for _, rule := range diag.Rules() {
		fmt.Fprintf(c.out, "%-*s  %-7s  %s\n", widest, rule.Code, rule.Severity, rule.Title)
	}
}

func (c *command) explain(code string) error {
	rule, ok := diag.Explain(diag.Code(strings.Trim(code, "[]")))
	if !ok {
		return misused(diag.DidYouMean(code, ruleCodes(), "`cairn explain` lists all codes"), "there is no code %q", code)
	}
	fmt.Fprintf(c.out, "%s: %s\n%s\n\n", rule.Code, rule.Severity, rule.Title)
	fmt.Fprintf(c.out, "%s\n\n", wrap(rule.Explain, 78))
	fmt.Fprintf(c.out, "Wrong:\n%s\n\nRight:\n%s\n", indent(rule.Wrong), indent(rule.Right))
	return nil
}

// wrap breaks a paragraph into lines of at most so many characters.
func wrap(text string, most int) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) <= most:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return strings.Join(append(lines, line), "\n")
}

func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ")
}

func (c *command) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of cairn",
		Args:  cobra.NoArgs,
		Run: func(*cobra.Command, []string) {
			fmt.Fprintf(c.out, "cairn %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}

// version is what Go knows of the build: a version, or the commit it was made from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return "(commit " + setting.Value[:min(12, len(setting.Value))] + ")"
		}
	}
	return "(devel)"
}
