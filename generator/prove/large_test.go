package prove

import (
	"flag"
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"
	"time"

	"cairn/generator/diag"
)

var (
	large = flag.Int("large", 10, "random models of the large size that are measured; 100 take some minutes")
	asked = flag.Int("asked", 15, "of 100 scored questions of a large model, how many have an ask-when")
)

// Of models of 8 dimensions of 5 to 8 questions, 8 to 16 context questions and 30 to
// 60 rules with ladder, mean and number conditions, at least 95 in 100 are decided
// wholly within the budget. Run with -v -large 100 for the figures.
func TestLargeModelsAreDecided(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	r := rand.New(rand.NewPCG(*seed, 95))
	decided, items, open := 0, 0, 0
	var times []time.Duration
	for n := 0; n < *large; {
		m := modelOf(t, generateLarge(r))
		if m == nil {
			continue
		}
		n++
		if testing.Verbose() && *large > 20 && n%10 == 0 {
			println(n, "models")
		}
		start := used()
		proof := Prove(m, Options{})
		took := used() - start
		times = append(times, took)
		if took > time.Second*7/10 {
			t.Logf("model %d: slow %v %+v", n, took, proof.Method)
		}
		undecided, kinds := 0, map[string]int{}
		for _, f := range proof.Findings {
			if f.Code == diag.AssessUndecided {
				undecided++
				kinds[f.Words[0]]++
			}
		}
		for _, s := range proof.Statements {
			items += s.All
			open += s.Undecided
		}
		if undecided == 0 {
			decided++
		} else {
			t.Logf("model %d: %d undecided, %v, %v, %+v", n, undecided, kinds, took.Round(time.Millisecond), proof.Method)
		}
	}
	slices.Sort(times)
	at := func(percent int) time.Duration {
		return times[min(len(times)-1, len(times)*percent/100)].Round(time.Millisecond / 10)
	}
	t.Logf("%d of %d models wholly decided; %d of %d items undecided; median %v, 90 %% within %v, 99 %% within %v, longest %v",
		decided, *large, open, items, at(50), at(90), at(99), times[len(times)-1].Round(time.Millisecond))
	if decided*100 < *large*95 {
		t.Errorf("only %d of %d models are decided", decided, *large)
	}
}

// used is the processor time that the test has taken: what else runs does not count.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
