package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cairn/generator"
	"cairn/generator/diag"
)

// coverage prints where each assessment leads its readers. What leads to no page is a
// gap, and makes the exit code 1: whoever asks for the coverage wants none.
func (c *command) coverage(cmd *cobra.Command) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	format := diag.Format(c.format)
	if format != diag.Text && format != diag.JSON {
		return misused("leave --format out, or write --format json", "the coverage is printed as text or json, not as %s", c.format)
	}
	all, faults, err := generator.CheckCoverage(cmd.Context(), c.options())
	// On stderr: what was asked for is the coverage.
	if err := diag.Print(c.err, faults, diag.Text, diag.PrintOptions{Prefix: c.prefix()}); err != nil {
		return cannotGoOn(err)
	}
	if err != nil {
		return cannotGoOn(err)
	}
	gaps := 0
	for i := range all {
		gaps += gapsOf(&all[i])
	}
	if format == diag.JSON {
		encoder := json.NewEncoder(c.out)
		encoder.SetIndent("", "  ")
		if all == nil {
			all = []generator.Coverage{}
		}
		if err := encoder.Encode(struct {
			Gaps        int                  `json:"gaps"`
			Assessments []generator.Coverage `json:"assessments"`
		}{gaps, all}); err != nil {
			return cannotGoOn(err)
		}
	} else {
		for i := range all {
			c.printCoverage(&all[i])
		}
		c.say("%s", told(gaps))
	}
	if gaps > 0 {
		return &failure{code: faulty}
	}
	return judged(faults)
}

func told(gaps int) string {
	if gaps == 0 {
		return "everything leads to a page"
	}
	return fmt.Sprintf("without a page: %d", gaps)
}

// gapsOf counts the steps without advice, and the advice and outcomes without a page.
func gapsOf(a *generator.Coverage) int {
	gaps := 0
	for _, dimension := range a.Dimensions {
		for _, step := range dimension.Steps {
			if !step.Covered() {
				gaps++
			}
		}
	}
	for _, list := range [][]generator.Led{a.Advice, a.Outcomes} {
		for _, one := range list {
			if len(one.Pages) == 0 {
				gaps++
			}
		}
	}
	return gaps
}

func (c *command) printCoverage(a *generator.Coverage) {
	c.say("%s: %s", a.Assessment, a.Title)
	for _, dimension := range a.Dimensions {
		c.say("  %s", dimension.Title)
		for _, step := range dimension.Steps {
			name := fmt.Sprintf("%d to %d", step.From, step.From+1)
			if step.Top {
				name = "top"
			}
			if len(step.Advice) == 0 {
				c.say("    %-6s  no advice", name)
			}
			for _, one := range step.Advice {
				c.say("    %-6s  %s", name, ledTo(one))
			}
		}
	}
	for _, part := range []struct {
		title string
		list  []generator.Led
	}{{"Other advice", a.Advice}, {"Outcomes", a.Outcomes}} {
		if len(part.list) > 0 {
			c.say("  %s", part.title)
		}
		for _, one := range part.list {
			c.say("    %s", ledTo(one))
		}
	}
	c.say("")
}

func ledTo(one generator.Led) string {
	if len(one.Pages) == 0 {
		return fmt.Sprintf("%-28s  no page", one.ID)
	}
	return fmt.Sprintf("%-28s  %s", one.ID, strings.Join(one.Pages, ", "))
}
