package expr_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/expr"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Names of a small assessment: engineers 0–200, teams (one, several, many), regulated
// (yes or no), signs (a set), q (scored, levels 0, 1, 3), cost (a value), delivery
// (a dimension).
func environment() *expr.Environment {
	return &expr.Environment{Top: 4, Place: "this assessment", Names: []expr.Name{
		{Name: "engineers", Kind: expr.Question, Index: 0, Type: expr.Number, Low: 0, High: 200, Bounded: true, Possible: whole},
		{Name: "teams", Kind: expr.Question, Index: 1, Type: expr.Option, Options: []string{"one", "several", "many"}},
		{Name: "regulated", Kind: expr.Question, Index: 2, Type: expr.Truth},
		{Name: "signs", Kind: expr.Question, Index: 3, Type: expr.Many, Options: []string{"tickets", "waiting"}, Counts: 2},
		{Name: "q", Kind: expr.Question, Index: 4, Type: expr.Number, Scored: true, Bounded: true, High: 3, Options: []string{"a", "b", "c"},
			Possible: func(x float64) bool { return x == 0 || x == 1 || x == 3 }},
		{Name: "cost", Kind: expr.Value, Index: 0, Type: expr.Number},
		{Name: "delivery", Kind: expr.Dim, Index: 0, Type: expr.Dimension},
	}}
}

func whole(x float64) bool { return x == float64(int(x)) }

func check(text string, want expr.Type) (*expr.Node, diag.List) {
	quoted := "when = \"" + text + "\"\n"
	file := diag.NewFile("a.toml", []byte(quoted))
	parsed, list := expr.Parse(expr.SourceAt(file, 7, len(quoted)-1, text))
	if parsed == nil {
		return nil, list
	}
	return parsed.Check(environment(), want)
}

// world is one state of the names above. A nil number is none.
type world struct {
	engineers, cost, q, level *float64
	teams                     int // -1: none
	regulated                 expr.Truths
	signs                     int // bits; -1: none
	mean                      *expr.Ratio
}

func number(x *float64) (float64, bool) {
	if x == nil {
		return 0, false
	}
	return *x, true
}

func (w world) Number(kind expr.Kind, index int) (float64, bool) {
	switch {
	case kind == expr.Value:
		return number(w.cost)
	case index == 4:
		return number(w.q)
	}
	return number(w.engineers)
}
func (w world) Truth(expr.Kind, int) (bool, bool) {
	return w.regulated == expr.True, w.regulated != expr.None
}
func (w world) Option(expr.Kind, int) (int, bool) { return w.teams, w.teams >= 0 }
func (w world) Has(_ expr.Kind, _, option int) (bool, bool) {
	return w.signs>>option&1 == 1, w.signs >= 0
}
func (w world) Count(expr.Kind, int) (float64, bool) {
	return float64(max(w.signs, 0)&1 + max(w.signs, 0)>>1&1), w.signs >= 0
}
func (w world) Level(int) (float64, bool) { return number(w.level) }
func (w world) Mean(int) (expr.Ratio, bool) {
	if w.mean == nil {
		return expr.Ratio{}, false
	}
	return *w.mean, true
}
func (w world) Applies(kind expr.Kind, index int) bool {
	switch {
	case kind == expr.Dim:
		return w.level != nil
	case index == 1:
		return w.teams >= 0
	}
	return w.engineers != nil
}

func f(x float64) *float64 { return &x }

func example() world {
	return world{engineers: f(24), cost: f(0.3), q: f(1), level: f(2), teams: 1, regulated: expr.True, signs: 2, mean: &expr.Ratio{Numerator: 14, Denominator: 5}}
}

func TestWhatExpressionsMean(t *testing.T) {
	nothing := world{teams: -1, regulated: expr.None, signs: -1}
	for _, c := range []struct {
		text string
		in   world
		want string
	}{
		{"engineers >= 20 && teams == several", example(), "true"},
		{"engineers >= 20 && teams != several", example(), "false"},
		{"teams in (one, several) || regulated", example(), "true"},
		{"!regulated", example(), "false"},
		{"has(signs, waiting) && !has(signs, tickets)", example(), "true"},
		{"count(signs) == 1", example(), "true"},
		{"q >= 1 && has(q, 'b')", example(), "true"},
		{"level(delivery) >= 2 && mean(delivery) < 2.8", example(), "false"},
		{"mean(delivery) == 2.8", example(), "true"},
		{"cost + 0.1 == 0.4", example(), "true"},
		{"cost * 3 == 0.9", example(), "false"}, // 0.8999999999999999 in doubles
		{"round(cost * 3, 9) == 0.9", example(), "true"},
		{"if(regulated, engineers, 0) > 20", example(), "true"},
		{"engineers / 0 > 1", example(), "none"},
		{"engineers / 0 > 1 || regulated", example(), "true"},
		{"engineers - 2 * 3 == 18", example(), "true"},
		{"-engineers / 4 == -6", example(), "true"},
		{"min(engineers, 5) + max(1, 2) + abs(-3) + floor(2.7) + ceil(2.1) == 15", example(), "true"},
		{"round(-2.5) == -3 && round(2.45, 1) == 2.5", example(), "true"},
		{"applies(delivery)", nothing, "false"},
		{"engineers > 3", nothing, "none"},
		{"engineers > 3 && false", nothing, "false"},
		{"teams != one", nothing, "none"},
		{"!(teams != one)", nothing, "none"},
		{"level(delivery) > 1 || true", nothing, "true"},
		{"cost * 900719925474099 * 100 > 1", example(), "none"},
	} {
		node, list := check(c.text, expr.Truth)
		if list.HasErrors() {
			t.Errorf("%s: %v", c.text, list)
			continue
		}
		if got := strings.Join(node.EvaluateTruth(c.in).List(), ""); got != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}

func TestWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "1:8 expr/syntax: this expression is empty | write a condition such as level(delivery) >= 2, or leave the key out"},
		{"engineers >= 20 and teams = many", "1:35 expr/syntax: the sign = has no meaning in an expression | write =="},
		{"engineers >= 20 and regulated", "1:25 expr/syntax: \"and\" is not an operator | write &&"},
		{"enginers >= 20", "1:9 expr/unknown-name: this assessment has nothing called \"enginers\" | did you mean \"engineers\"?"},
		{"cost-engineers > 1", "1:9 expr/unknown-name: this assessment has nothing called \"cost-engineers\" | a hyphen is part of a name; write the difference as cost - engineers"},
		{"teams == severl", "1:18 expr/unknown-option: \"severl\" is no option of teams, so this can never hold | did you mean \"several\"?"},
		{"teams > one", "1:9 expr/wrong-type: the options of teams have no order | compare with ==, != or in (…)"},
		{"engineers && regulated", "1:9 expr/wrong-type: engineers is a number, but a truth is needed here | compare it, as in engineers >= 1"},
		{"delivery >= 2", "1:9 expr/wrong-type: delivery is a dimension, but a number is needed here | write level(delivery) or mean(delivery)"},
		{"level(q) >= 2", "1:15 expr/wrong-type: \"q\" is not the id of a dimension | possible here: delivery"},
		{"average(delivery) > 1", "1:9 expr/unknown-function: there is no function \"average\" | functions are level, mean, has, count, applies, min, max, abs, floor, ceil, round, if"},
		{"has(signs)", "1:9 expr/arguments: has has one argument | write has(question, option)"},
		{"engineers > 200", "1:9 expr/never-holds: engineers > 200 can never hold | engineers lies between 0 and 200"},
		{"engineers == 2.5", "1:9 expr/never-holds: engineers == 2.5 can never hold | engineers lies between 0 and 200 and is never 2.5"},
		{"5 <= level(delivery)", "1:9 expr/never-holds: 5 <= level(delivery) can never hold | level(delivery) lies between 0 and 4"},
		{"q == 2", "1:9 expr/never-holds: q == 2 can never hold | q lies between 0 and 3 and is never 2"},
		{"count(signs) >= 3", "1:9 expr/never-holds: count(signs) >= 3 can never hold | count(signs) lies between 0 and 2"},
		{"engineers >= 0", "1:9 expr/always-holds: engineers >= 0 always holds | engineers lies between 0 and 200"},
		{"1 < q < 3", "1:15 expr/syntax: comparisons cannot be chained | write a < b && b < c"},
		{"engineers > 1e3", "1:21 expr/number: \"1e3\" is not a number of at most 15 digits, 9 of them after the point | write it as 1200 or 0.25"},
		{"(engineers > 1", "1:9 expr/syntax: this bracket is not closed | write ) where it ends"},
		{"engineers >", "1:19 expr/syntax: the expression ends too early | something is missing after this"},
	} {
		_, list := check(c.text, expr.Truth)
		got := ""
		for _, d := range list {
			got += fmt.Sprintf("%d:%d %s: %s | %s", d.Start.Line, d.Start.Column, d.Code, d.Message, d.Hint)
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestFormula(t *testing.T) {
	text := "round((platform - devops) / devops * 100, 1)"
	file := diag.NewFile("t.toml", []byte(`compute = "`+text+`"`))
	formula, list := expr.ParseFormula(expr.SourceAt(file, 10, len(file.Text), text), []string{"devops", "platform", "note"}, nil, false)
	if formula == nil {
		t.Fatal(list)
	}
	if diff := cmp.Diff([]string{"platform", "devops"}, formula.Names()); diff != "" {
		t.Error(diff)
	}
	if x, ok := formula.Evaluate(map[string]float64{"devops": 118500, "platform": 160767}); !ok || x != 35.7 {
		t.Errorf("got %v, %v; want 35.7, true", x, ok)
	}
	if _, ok := formula.Evaluate(map[string]float64{"devops": 0, "platform": 160767}); ok {
		t.Error("a division by zero has a value")
	}
}

// The tree that is sent to the browser is as good as the one that was compiled.
func TestNodeSurvivesJSON(t *testing.T) {
	node, _ := check("engineers >= 20 && teams in (one, many) || mean(delivery) >= 2.25 && round(cost, 2) < 3", expr.Truth)
	text, err := json.Marshal(node)
	if err != nil {
		t.Fatal(err)
	}
	back := new(expr.Node)
	if err := json.Unmarshal(text, back); err != nil {
		t.Fatal(err)
	}
	if got, want := back.EvaluateTruth(example()), node.EvaluateTruth(example()); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// worlds is what may still be, as a list of states: the smallest sets that hold them.
type worlds []world

func (ws worlds) Numbers(kind expr.Kind, index int) expr.Numbers {
	return ws.numbers(func(w world) (float64, bool) { return w.Number(kind, index) })
}
func (ws worlds) numbers(of func(world) (float64, bool)) expr.Numbers {
	set := expr.Numbers{}
	for _, w := range ws {
		if x, ok := of(w); ok {
			set = set.Union(expr.Between(x, x))
		} else {
			set.None = true
		}
	}
	return set
}
func (ws worlds) truths(of func(world) (bool, bool)) (set expr.Truths) {
	for _, w := range ws {
		switch holds, ok := of(w); {
		case !ok:
			set |= expr.None
		case holds:
			set |= expr.True
		default:
			set |= expr.False
		}
	}
	return set
}
func (ws worlds) Truths(kind expr.Kind, index int) expr.Truths {
	return ws.truths(func(w world) (bool, bool) { return w.Truth(kind, index) })
}
func (ws worlds) Options(kind expr.Kind, index int) (set expr.Options) {
	for _, w := range ws {
		if o, ok := w.Option(kind, index); ok {
			set.Bits |= 1 << o
		} else {
			set.None = true
		}
	}
	return set
}
func (ws worlds) Has(kind expr.Kind, index, option int) expr.Truths {
	return ws.truths(func(w world) (bool, bool) { return w.Has(kind, index, option) })
}
func (ws worlds) Count(kind expr.Kind, index int) expr.Numbers {
	return ws.numbers(func(w world) (float64, bool) { return w.Count(kind, index) })
}
func (ws worlds) Level(d int) expr.Numbers {
	return ws.numbers(func(w world) (float64, bool) { return w.Level(d) })
}
func (ws worlds) Mean(d int) (set expr.Ratios) {
	for _, w := range ws {
		mean, ok := w.Mean(d)
		switch {
		case !ok:
			set.None = true
		case !set.Some:
			set.Low, set.High, set.Some = mean, mean, true
		default:
			if mean.Compare(set.Low) < 0 {
				set.Low = mean
			}
			if mean.Compare(set.High) > 0 {
				set.High = mean
			}
		}
	}
	return set
}
func (ws worlds) Applies(kind expr.Kind, index int) expr.Truths {
	return ws.truths(func(w world) (bool, bool) { return w.Applies(kind, index), true })
}

func drawWorld(t *rapid.T) world {
	maybe := func(x float64) *float64 {
		if rapid.IntRange(0, 5).Draw(t, "none") == 0 {
			return nil
		}
		return &x
	}
	w := world{
		engineers: maybe(float64(rapid.IntRange(0, 40).Draw(t, "engineers"))),
		cost:      maybe(float64(rapid.IntRange(-30, 30).Draw(t, "cost")) / 10),
		q:         maybe(float64(rapid.SampledFrom([]int{0, 1, 3}).Draw(t, "q"))),
		level:     maybe(float64(rapid.IntRange(0, 4).Draw(t, "level"))),
		teams:     rapid.IntRange(-1, 2).Draw(t, "teams"),
		regulated: rapid.SampledFrom([]expr.Truths{expr.True, expr.False, expr.None}).Draw(t, "regulated"),
		signs:     rapid.IntRange(-1, 3).Draw(t, "signs"),
	}
	if w.level != nil {
		w.mean = &expr.Ratio{Numerator: int64(rapid.IntRange(0, 20).Draw(t, "sum")), Denominator: 5}
	}
	return w
}

func drawNumber(t *rapid.T, depth int) string {
	kinds := 6
	if depth > 0 {
		kinds = 12
	}
	inner := func() string { return drawNumber(t, depth-1) }
	switch rapid.IntRange(0, kinds-1).Draw(t, "number") {
	case 0:
		return rapid.SampledFrom([]string{"0", "1", "2.5", "0.1", "20", "-3", "9007199254740"}).Draw(t, "constant")
	case 1:
		return rapid.SampledFrom([]string{"engineers", "cost", "q"}).Draw(t, "name")
	case 2:
		return "count(signs)"
	case 3:
		return "level(delivery)"
	case 4:
		return "mean(delivery)"
	case 5:
		return "cost"
	case 6, 7:
		return "(" + inner() + rapid.SampledFrom([]string{" + ", " - ", " * ", " / "}).Draw(t, "sign") + inner() + ")"
	case 8:
		return rapid.SampledFrom([]string{"min", "max"}).Draw(t, "f") + "(" + inner() + ", " + inner() + ")"
	case 9:
		return rapid.SampledFrom([]string{"abs", "floor", "ceil", "round", "-"}).Draw(t, "f") + "(" + inner() + ")"
	case 10:
		return "round(" + inner() + ", 1)"
	}
	return "if(" + drawTruth(t, depth-1) + ", " + inner() + ", " + inner() + ")"
}

func drawTruth(t *rapid.T, depth int) string {
	kinds := 7
	if depth > 0 {
		kinds = 12
	}
	inner := func() string { return drawTruth(t, depth-1) }
	switch rapid.IntRange(0, kinds-1).Draw(t, "truth") {
	case 0:
		return "regulated"
	case 1:
		return "teams " + rapid.SampledFrom([]string{"== one", "!= several", "in (one, many)"}).Draw(t, "teams")
	case 2:
		return "has(signs, tickets)"
	case 3:
		return "mean(delivery) " + rapid.SampledFrom([]string{"<", "<=", ">", ">=", "==", "!="}).Draw(t, "sign") + " 2.2"
	case 4:
		return rapid.SampledFrom([]string{"applies(delivery)", "applies(teams)", "true", "has(q, b)"}).Draw(t, "applies")
	case 5, 6, 7:
		return drawNumber(t, depth-1) + rapid.SampledFrom([]string{" < ", " <= ", " > ", " >= ", " == ", " != "}).Draw(t, "sign") + drawNumber(t, depth-1)
	case 8:
		return "(" + inner() + " && " + inner() + ")"
	case 9:
		return "(" + inner() + " || " + inner() + " || " + inner() + ")"
	case 10:
		return "!(" + inner() + ")"
	}
	return "((" + inner() + ")" + rapid.SampledFrom([]string{" == ", " != "}).Draw(t, "same") + "(" + inner() + "))"
}

// SEMANTICS.md 7: what any world shows is in the set; fewer worlds never widen it;
// one world gives one element, the world's own.
func TestSetsAreSoundNarrowingAndExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		truth := rapid.Bool().Draw(t, "truth or number")
		var node *expr.Node
		var text string
		want := expr.Number
		if truth {
			want, text = expr.Truth, drawTruth(t, 4)
		} else {
			text = drawNumber(t, 4)
		}
		node, list := check(text, want)
		for _, d := range list {
			if d.Code == diag.ExprNeverHolds {
				t.Skip("a comparison that is an error")
			}
		}
		if node == nil {
			t.Fatalf("%s: %v", text, list)
		}
		all := make(worlds, rapid.IntRange(1, 4).Draw(t, "worlds"))
		for i := range all {
			all[i] = drawWorld(t)
		}
		if truth {
			set := node.Truths(all)
			for _, w := range all {
				one, own := node.Truths(worlds{w}), node.EvaluateTruth(w)
				if one != own || !set.Has(own) {
					t.Fatalf("%s: alone %v, world %v, set %v", text, one.List(), own.List(), set.List())
				}
			}
			if fewer := node.Truths(all[:max(1, len(all)-1)]); fewer|set != set {
				t.Fatalf("%s: %v is not within %v", text, fewer.List(), set.List())
			}
			return
		}
		set := node.Numbers(all)
		for _, w := range all {
			one := node.Numbers(worlds{w})
			x, ok := node.EvaluateNumber(w)
			if !one.One() || !one.Contains(x, ok) || !set.Contains(x, ok) {
				t.Fatalf("%s: alone %v, world %v %v, set %v", text, one, x, ok, set)
			}
		}
		if fewer := node.Numbers(all[:max(1, len(all)-1)]); !fewer.Within(set) {
			t.Fatalf("%s: %v is not within %v", text, fewer, set)
		}
	})
}

func FuzzExpression(fuzz *testing.F) {
	for _, seed := range []string{
		"engineers >= 20 && teams == several", "if(regulated, 1, 0) > 0", "mean(delivery) >= 2.25", "has(signs, 'tickets')",
		"((((", "1 < 2 < 3", "a-b - c", "teams in (one, one)", "round(cost, 10)", "\x00é≥", "!!!!true", "--1 > 0", "-(-0) == 0",
	} {
		fuzz.Add(seed)
	}
	fuzz.Fuzz(func(t *testing.T, text string) {
		node, list := check(text, expr.Truth)
		if (node == nil) != list.HasErrors() {
			t.Fatalf("%q: node %v, list %v", text, node, list)
		}
		if node == nil {
			return
		}
		own := node.EvaluateTruth(example())
		if set := node.Truths(worlds{example()}); set != own {
			t.Fatalf("%q: world %v, set %v", text, own.List(), set.List())
		}
	})
}
