package generator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/generator"
)

type votesOfBand struct {
	from, to                                                int
	distantjob, builtin, improwised, sivaro, imaginarycloud string
}

// What each of the five sources says to each number of engineers, as content/tables/thresholds.toml
// has it: for a company that none of their exceptions fits, and whose infrastructure people cannot
// keep up. A source that gives several answers contradicts itself, or names a condition that holds.
var votesBySize = []votesOfBand{
	{1, 5, "nobody", "silent", "silent", "devops grow hats", "practices"},
	{6, 14, "silent", "silent", "silent", "devops grow hats", "practices"},
	{15, 19, "silent", "silent", "silent", "grow", "practices"},
	{20, 25, "devops platform", "silent", "platform", "open", "practices"},
	{26, 29, "devops platform", "silent", "platform", "open platform", "practices"},
	{30, 30, "both devops platform", "silent", "platform", "open platform", "platform"},
	{31, 49, "both platform", "silent", "platform", "platform", "platform"},
	{50, 199, "both", "silent", "platform", "platform", "platform"},
	{200, 205, "both", "platform", "platform-sre", "platform", "platform"},
	{5000, 5000, "both", "platform", "platform-sre", "platform", "platform"},
}

// votesBySize are for whom to hire; these are for which approach fits. There Improwised has a
// scenario for a company that is growing, and none for a mere count.
var approachesBySize = []votesOfBand{
	{1, 5, "devops", "silent", "silent", "devops", "devops"},
	{6, 19, "silent", "silent", "silent", "devops", "devops"},
	{20, 25, "devops platform", "silent", "silent", "open", "devops"},
	{26, 29, "devops platform", "silent", "silent", "open platform", "devops"},
	{30, 30, "devops platform", "silent", "silent", "open platform", "platform"},
	{31, 199, "platform", "silent", "silent", "platform", "platform"},
	{200, 205, "platform", "platform", "central", "platform", "platform"},
	{5000, 5000, "platform", "platform", "central", "platform", "platform"},
}

func TestVotesAtEverySize(t *testing.T) {
	for _, c := range []struct {
		assessment, answers string
		bands               []votesOfBand
	}{
		{"hire-next", `{"engineers": {"value": %d}, "teams": {"value": %q}, "infra-people": {"value": "several"},
			"stage": {"value": "between"}, "services": {"value": "few"}, "complexity": {"value": []}, "base": {"value": "yes"}, "pain": {"value": ["swamped"]},
			"choices": {"value": "settled"}, "budget": {"value": "two"}, "partner": {"value": false}, "regulated": {"value": false}, "uptime": {"value": "ordinary"}}`, votesBySize},
		{"approach", `{"engineers": {"value": %d}, "teams": {"value": %q}, "complexity": {"value": []}, "load": {"value": "low"}, "rhythm": {"value": "slow"},
			"regulated": {"value": false}, "stage": {"value": "between"}, "situation": {"value": ["waiting"]}, "base": {"value": "yes"}, "means": {"value": "two"}}`, approachesBySize},
	} {
		instrument, _, faults, err := generator.OpenAssessment(ownSite, c.assessment)
		if err != nil || instrument == nil {
			t.Fatal(err, faults)
		}
		for _, band := range c.bands {
			for engineers := band.from; engineers <= band.to; engineers++ {
				teams := "several"
				if engineers < 20 {
					teams = "one" // DistantJob has a DevOps engineer for several teams, whatever their size
				}
				got := saidTo(t, instrument, c.assessment, fmt.Sprintf(c.answers, engineers, teams))
				want := map[string]string{"distantjob": band.distantjob, "builtin": band.builtin, "improwised": band.improwised, "sivaro": band.sivaro, "imaginarycloud": band.imaginarycloud}
				for source, says := range want {
					if got[source] != says {
						t.Errorf("%s, %d engineers: %s says %q, want %q", c.assessment, engineers, source, got[source], says)
					}
				}
			}
		}
	}
}

// saidTo returns what each source says to some answers.
func saidTo(t *testing.T, instrument *generator.Instrument, id, answers string) map[string]string {
	t.Helper()
	assessed, faults := instrument.Assess("answers.json", []byte(`{"format": "cairn-answers", "assessment": "`+id+`", "version": 1, "answers": `+answers+`}`))
	if assessed == nil || len(faults) > 0 {
		t.Fatal(faults)
	}
	var printed bytes.Buffer
	if err := assessed.JSON(&printed); err != nil {
		t.Fatal(err)
	}
	var result struct {
		Votes []struct {
			Source, Stance string
			Says           []string
		}
	}
	if err := json.Unmarshal(printed.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, source := range result.Votes {
		if source.Stance == "open" {
			t.Errorf("%s is open though everything is answered", source.Source)
		}
		slices.Sort(source.Says)
		said[source.Source] = strings.Join(source.Says, " ")
		if len(source.Says) == 0 {
			said[source.Source] = source.Stance
		}
	}
	return said
}
