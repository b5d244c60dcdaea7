package main

import (
	"encoding/json"
	"math/rand/v2"

	"cairn/generator"
)

// The most profiles that are drawn at once: their figures are kept in memory.
const mostProfiles = 10_000_000

// shortWay prints how many questions the short way asks. All chance comes from the seed:
// the same seed gives the same figures, on any number of processors.
func (c *command) shortWay(instrument *generator.Instrument, flags assessFlags) error {
	if flags.profiles < 1 || flags.profiles > mostProfiles {
		return misused("10000 profiles are a good number", "--profiles takes a number from 1 to %d", mostProfiles)
	}
	ways := instrument.ShortWay(flags.profiles, func(profile int) func(int) int {
		return rand.New(rand.NewPCG(flags.seed, uint64(profile))).IntN
	})
	if flags.json {
		encoder := json.NewEncoder(c.out)
		encoder.SetIndent("", "  ")
		err := encoder.Encode(struct {
			Profiles int                  `json:"profiles"`
			Seed     uint64               `json:"seed"`
			ShortWay []generator.ShortWay `json:"short-way"`
		}{flags.profiles, flags.seed, ways})
		if err != nil {
			return cannotGoOn(err)
		}
		return nil
	}
	c.say("%s", instrument.Title())
	c.say("%s, seed %d: the short way asks at most so many questions of", plural(flags.profiles, "drawn profile"), flags.seed)
	c.say("")
	c.say("%-40s  a quarter    half  three quarters  95 in 100", "")
	for _, way := range ways {
		c.say("%s", drawnAs[way.Answers])
		line := func(until string, q generator.Quantiles) {
			c.say("  %-38s  %9d  %6d  %14d  %9d", until, q.Quarter, q.Median, q.ThreeQuarters, q.NinetyFifth)
		}
		line("until the decision is settled", way.Decision)
		line("until the first step is, too", way.FirstStep)
	}
	return nil
}

// How the answers of profiles were drawn, in words.
var drawnAs = map[string]string{
	"independent": "each answer drawn by itself, every level with equal chance",
	"alike":       "answers alike within a dimension: half at its level, half one beside it",
}
