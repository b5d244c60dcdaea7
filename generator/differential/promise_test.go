package differential

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/messages"
)

// What the engine in TypeScript promises by itself: a further answer never widens what
// may still be, down to complete answers, where everything has one element. As those
// are a world, what the world shows was in every set before: sound, narrowing, exact.
func TestPromises(t *testing.T) {
	e := newEngine(t, bundle(t))
	models := 60
	if testing.Short() {
		models = 10
	}
	for number := uint64(1); models > 0; number++ {
		r := rand.New(rand.NewPCG(99, number))
		text := draw(r)
		a, m, _ := assessment.Load(diag.NewFile("random.toml", []byte(text)))
		if m == nil {
			continue
		}
		models--
		if err := e.open(m, assessment.NewWords(messages.English(), a, nil)); err != nil {
			t.Fatal(err)
		}
		answers := m.None()
		before := e.result(t, answers)
		for _, i := range r.Perm(len(m.Questions)) {
			for answers[i].State != assessment.Answered && answers[i].State != assessment.NotApplicable || !fits(&m.Questions[i], &answers[i]) {
				answers[i] = answerTo(&m.Questions[i], r, 0)
				answers[i].ByChoice = false
			}
			after := e.result(t, answers)
			if wider := after.widerThan(before); wider != "" {
				t.Fatalf("%s is wider after %s was answered\n%s\n%s", wider, m.Questions[i].ID, text, encode(answers))
			}
			before = after
		}
		if open := before.open(); open != "" {
			t.Fatalf("%s is open, and every question has an answer\n%s\n%s", open, text, encode(answers))
		}
	}
}

// fits tells whether an answer is one, and so counts.
func fits(q *assessment.ModelQuestion, a *assessment.Answer) bool {
	switch {
	case a.State == assessment.NotApplicable:
		return q.NotApplicable
	case q.Kind == assessment.KindNumber:
		return a.Number <= q.Max
	case q.Kind == assessment.KindMany:
		return a.Options < 1<<50
	}
	return a.Option < len(q.Options)
}

// sets are what a result says may still be, by what it is said of.
type sets struct {
	truths map[string][]string
	spans  map[string][2]*float64
	none   map[string]bool
}

func (e *engine) result(t *testing.T, answers assessment.Answers) sets {
	t.Helper()
	text, err := e.whole(answers)
	if err != nil {
		t.Fatal(err)
	}
	var r assessment.Result
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	s := sets{map[string][]string{}, map[string][2]*float64{}, map[string]bool{}}
	span := func(of string, low, high *float64, none bool) {
		s.spans[of], s.none[of] = [2]*float64{low, high}, none
	}
	for _, d := range r.Dimensions {
		span("level "+d.ID, d.Ladder.Low, d.Ladder.High, d.Ladder.None)
		var low, high *float64
		if d.Mean.Low != nil {
			l, h := d.Mean.Low.Float(), d.Mean.High.Float()
			low, high = &l, &h
		}
		span("mean "+d.ID, low, high, d.Mean.None)
	}
	for _, v := range r.Values {
		span("value "+v.ID, v.Number.Low, v.Number.High, v.Number.None)
	}
	for _, a := range r.Advice {
		s.truths["advice "+a.ID] = a.Truths
	}
	if r.Decision != nil {
		s.truths["decision"] = r.Decision.Candidates
		if r.Decision.None {
			s.truths["decision"] = append(s.truths["decision"], "none of them")
		}
		for _, o := range r.Decision.Outcomes {
			s.truths["outcome "+o.ID] = o.Truths
		}
	}
	return s
}

func (s sets) widerThan(before sets) string {
	for of, list := range s.truths {
		for _, one := range list {
			if !slices.Contains(before.truths[of], one) {
				return of
			}
		}
	}
	for of, now := range s.spans {
		then := before.spans[of]
		if s.none[of] && !before.none[of] || now[0] != nil && (then[0] == nil || *now[0] < *then[0] || *now[1] > *then[1]) {
			return of
		}
	}
	return ""
}

func (s sets) open() string {
	for of, list := range s.truths {
		if len(list) != 1 {
			return of
		}
	}
	for of, now := range s.spans {
		if s.none[of] == (now[0] != nil) || now[0] != nil && *now[0] != *now[1] {
			return of
		}
	}
	return ""
}
