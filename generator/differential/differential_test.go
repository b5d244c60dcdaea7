package differential

import (
	"flag"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/messages"

	"github.com/google/go-cmp/cmp"
)

var (
	pairs = flag.Int("pairs", ordinaryPairs, "how many pairs of assessment and answers are compared")
	seed  = flag.Uint64("seed", 1, "which ones")
)

// answersEach is the number of answers to one assessment.
const answersEach = 20

// Random assessments, each under random partial answers: both engines give the same
// bytes. For more of them:
//
//	go test ./generator/differential -run Differential -pairs 10000000 -seed 2 -timeout 0
func TestDifferential(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // the machines make much that is soon waste
	program := bundle(t)
	var next, compared, failed, faulty atomic.Int64
	var workers sync.WaitGroup
	start := time.Now()
	for range runtime.GOMAXPROCS(0) {
		e := newEngine(t, program)
		workers.Go(func() {
			for compared.Load() < int64(*pairs) && failed.Load() < 3 {
				number := uint64(next.Add(1))
				r := rand.New(rand.NewPCG(*seed, number))
				text := draw(r)
				a, m, list := assessment.Load(diag.NewFile("random.toml", []byte(text)))
				if m == nil {
					faulty.Add(1)
					expected(t, text, list)
					continue
				}
				words := assessment.NewWords(messages.English(), a, map[string]string{"s0": "Early Birds"})
				if err := e.open(m, words); err != nil {
					t.Errorf("%v\n%s", err, text)
					return
				}
				for range answersEach {
					compared.Add(1)
					answers := answersTo(m, r)
					got, err := e.whole(answers)
					if err != nil {
						got = err.Error()
					}
					if want := encode(words.Fill(m.Whole(answers))); got != want && ordered(got) != ordered(want) {
						failed.Add(1)
						t.Errorf("assessment %d of seed %d (-Go +TypeScript)\n%s\n%s\n%s", number, *seed, text, encode(answers), cmp.Diff(indented(ordered(want)), indented(ordered(got))))
						break
					}
				}
			}
		})
	}
	workers.Wait()
	t.Logf("%d pairs in %v; %d drafts had a fault and were drawn again", compared.Load(), time.Since(start).Round(time.Millisecond), faulty.Load())
	if int(compared.Load()) < *pairs && !t.Failed() {
		t.Errorf("only %d pairs were compared", compared.Load())
	}
}

// expected fails on faults that a draft should not have.
func expected(t *testing.T, text string, list diag.List) {
	for _, d := range list {
		switch d.Code {
		case diag.ExprNeverHolds, diag.ExprAlwaysHolds, diag.AssessAskWhenLowers:
		default:
			t.Errorf("a draft has a fault of another kind: %s\n%s", d, text)
		}
	}
}
