package assessment

import (
	"fmt"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/expr"
	"cairn/generator/record"
)

// A Resolved is an assessment whose ids are indexes and whose expressions are
// checked trees, side by side with the lists of the assessment.
type Resolved struct {
	assessment *Assessment
	askWhen    []*expr.Node
	otherwise  []*Answer
	askOrder   []int
	values     []*expr.Node
	valueOrder []int
	outcomes   []*expr.Node
	votes      []*expr.Node
	targets    []*expr.Node
	advice     []*expr.Node
	expected   []expectation
}

// Resolve ties the ids and expressions of an assessment together. What it returns
// may be compiled only if neither list has errors.
func Resolve(file *diag.File, a *Assessment) (*Resolved, diag.List) {
	r := &resolver{file: file, a: a, d: a.Document, out: &Resolved{assessment: a}}
	r.environment = environmentOf(a)
	r.trees()
	r.askWhens()
	r.orders()
	r.expectations()
	return r.out, r.list
}

type resolver struct {
	file        *diag.File
	a           *Assessment
	d           *Document
	environment *expr.Environment
	list        diag.List
	out         *Resolved
}

func environmentOf(a *Assessment) *expr.Environment {
	e := &expr.Environment{Top: a.Top(), Place: "this assessment"}
	for i := range a.Questions {
		e.Names = append(e.Names, questionName(&a.Questions[i], i))
	}
	for i, v := range a.Values {
		e.Names = append(e.Names, expr.Name{Name: v.ID, Kind: expr.Value, Index: i, Type: expr.Number})
	}
	for i, d := range a.Dimensions {
		e.Names = append(e.Names, expr.Name{Name: d.ID, Kind: expr.Dim, Index: i, Type: expr.Dimension})
	}
	for i := range e.Names {
		if !record.IsID(e.Names[i].Name) {
			e.Open, e.Names[i].Nameless = true, true
		}
	}
	return e
}

func questionName(q *Question, index int) expr.Name {
	name := expr.Name{Name: q.ID, Kind: expr.Question, Index: index, Type: expr.Number, Broken: q.Kind == "" || q.unsure, OpenOptions: q.namelessOption()}
	for _, option := range q.Options {
		name.Options = append(name.Options, option.ID)
	}
	if q.Kind == KindMany {
		name.Counts = q.countMax()
	}
	switch {
	case q.Scored():
		lowest, highest := q.levelsOf()
		name.Scored, name.Bounded, name.Low, name.High = true, true, float64(lowest), float64(highest)
		name.Possible = q.hasLevel
	case q.Kind == KindNumber:
		name.Bounded, name.Low, name.High = q.Min < q.Max, q.Min, q.Max
		if q.steps.units > 0 {
			name.Possible = func(x float64) bool { _, ok := q.steps.multiple(x); return ok }
		}
	case q.Kind == KindYesNo:
		name.Type = expr.Truth
	case q.Kind == KindMany:
		name.Type = expr.Many
	case q.Kind == KindChoice || q.Kind == KindLevel:
		name.Type = expr.Option
	}
	return name
}

func (q *Question) hasLevel(x float64) bool {
	for _, band := range q.Bands {
		if float64(band.Level) == x {
			return true
		}
	}
	if q.Kind == KindNumber || q.Kind == KindMany {
		return false
	}
	return slices.ContainsFunc(q.Options, func(o Option) bool { return float64(o.Level) == x })
}

// tree reads one expression; nil if there is none, or if it is wrong.
func (r *resolver) tree(of record.String, want expr.Type) *expr.Node {
	if !of.Set || of.Bad {
		return nil
	}
	parsed, list := expr.Parse(expr.SourceAt(r.file, of.Start, of.End, of.Value))
	r.list = append(r.list, list...)
	if parsed == nil {
		return nil
	}
	node, list := parsed.Check(r.environment, want)
	r.list = append(r.list, list...)
	return node
}

func (r *resolver) trees() {
	for _, q := range r.d.Questions {
		r.out.askWhen = append(r.out.askWhen, r.tree(q.AskWhen, expr.Truth))
	}
	for _, v := range r.d.Values {
		r.out.values = append(r.out.values, r.tree(v.Compute, expr.Number))
	}
	for _, o := range r.d.Outcomes {
		r.out.outcomes = append(r.out.outcomes, r.tree(o.When, expr.Truth))
	}
	for _, v := range r.d.Votes {
		r.out.votes = append(r.out.votes, r.tree(v.When, expr.Truth))
	}
	for _, t := range r.d.Targets {
		r.out.targets = append(r.out.targets, r.tree(t.When, expr.Truth))
	}
	for i, a := range r.d.Advice {
		node := r.tree(a.When, expr.Truth)
		if advice := &r.a.Advice[i]; !a.When.Set && advice.Step > 0 {
			node = stepTree(r.a, advice)
		}
		r.out.advice = append(r.out.advice, node)
	}
}

// stepTree is the condition of advice that leads to a level: the dimension stands
// one below.
func stepTree(a *Assessment, advice *Advice) *expr.Node {
	for i, d := range a.Dimensions {
		if d.ID == advice.Dimension {
			below := int64(advice.Step - 1)
			return &expr.Node{Op: expr.OpCompare, Sign: "==", Args: []*expr.Node{
				{Op: expr.OpLevel, Kind: expr.Dim, Index: i},
				{Op: expr.OpNumber, Number: float64(below), Units: below},
			}}
		}
	}
	return nil
}

// askWhens checks what ask-when may mention, and that no better answer lowers a
// level (SEMANTICS.md 3; decisions.go, "Better answers").
func (r *resolver) askWhens() {
	for i := range r.a.Questions {
		q, d := &r.a.Questions[i], &r.d.Questions[i]
		var otherwise *Answer
		if d.Otherwise != nil && !q.broken() {
			compiled := compileQuestion(q, -1)
			answer, problem := answerOf(&compiled, d.Otherwise)
			switch {
			case problem != nil:
				r.report(d.Otherwise.Start, d.Otherwise.End, diag.AssessOtherwise, problem.message, problem.hint)
			case answer.State != Answered:
				r.report(d.Otherwise.Start, d.Otherwise.End, diag.AssessOtherwise, "otherwise is an answer", "leave it out, and the hidden question counts as not applicable")
			default:
				otherwise = &answer
			}
		}
		r.out.otherwise = append(r.out.otherwise, otherwise)
	}
	for i, node := range r.out.askWhen {
		d := &r.d.Questions[i]
		node.Walk(func(n *expr.Node) {
			if n.Kind == expr.Dim || n.Kind == expr.Value {
				r.report(d.AskWhen.Start, d.AskWhen.End, diag.AssessAskWhen, "ask-when may mention questions only, no dimension and no value", "name the questions that decide whether this one is asked")
			}
		})
	}
}

// lowers checks the rule by which a better answer never lowers a level.
func (r *resolver) lowers() {
	for i, node := range r.out.askWhen {
		q, d := &r.a.Questions[i], &r.d.Questions[i]
		if !q.Scored() || node == nil {
			continue
		}
		mentions := false
		for _, j := range mentioned(node) {
			if r.a.Questions[j].Scored() {
				mentions = true
			} else if k, ok := r.hangsOnScored(j, 0); ok {
				r.report(d.AskWhen.Start, d.AskWhen.End, diag.AssessAskWhenLowers,
					fmt.Sprintf("%s is asked only on the answer to %s, which is scored; a better answer there could hide or show %s and lower a level", r.a.Questions[j].ID, r.a.Questions[k].ID, q.ID),
					"mention questions that are always asked")
			}
		}
		if !mentions {
			continue
		}
		if bad := r.falling(node); bad != "" {
			r.report(d.AskWhen.Start, d.AskWhen.End, diag.AssessAskWhenLowers, bad, "mention scored questions only as question >= level, joined by && and ||")
		}
		if o := r.out.otherwise[i]; o == nil || r.levelOf(q, o) != lowestOf(q) {
			start, end := d.AskWhen.Start, d.AskWhen.End
			if d.Otherwise != nil {
				start, end = d.Otherwise.Start, d.Otherwise.End
			}
			r.report(start, end, diag.AssessAskWhenLowers, "a question that is asked on a scored answer counts, while it is hidden, as its lowest option; or a better answer there could lower a level here", "write otherwise = "+lowestWord(q))
		}
	}
}

func lowestOf(q *Question) int { lowest, _ := q.levelsOf(); return lowest }

// lowestWord is what to write after otherwise.
func lowestWord(q *Question) string {
	lowest := lowestOf(q)
	for _, option := range q.Options {
		if q.Kind != KindMany && option.Level == lowest {
			return fmt.Sprintf("%q", option.ID)
		}
	}
	return "an answer of level " + levelName(lowest)
}

func (r *resolver) levelOf(q *Question, a *Answer) int {
	m := compileQuestion(q, 0)
	return m.Level(a)
}

// mentioned lists the questions a tree mentions.
func mentioned(node *expr.Node) []int {
	var list []int
	node.Walk(func(n *expr.Node) {
		if n.Kind == expr.Question && !slices.Contains(list, n.Index) {
			list = append(list, n.Index)
		}
	})
	return list
}

// hangsOnScored tells whether a question is asked, however indirectly, on a scored
// answer.
func (r *resolver) hangsOnScored(i, depth int) (int, bool) {
	if depth > len(r.a.Questions) { // a cycle, told elsewhere
		return 0, false
	}
	for _, j := range mentioned(r.out.askWhen[i]) {
		if r.a.Questions[j].Scored() {
			return j, true
		}
		if k, ok := r.hangsOnScored(j, depth+1); ok {
			return k, true
		}
	}
	return 0, false
}

func (r *resolver) hasScored(node *expr.Node) bool {
	return slices.ContainsFunc(mentioned(node), func(j int) bool { return r.a.Questions[j].Scored() })
}

// falling says why a tree could turn from shown to hidden, or from not applicable
// to shown, when a scored answer rises; or nothing.
func (r *resolver) falling(node *expr.Node) string {
	if !r.hasScored(node) {
		return ""
	}
	switch node.Op {
	case expr.OpAnd, expr.OpOr:
		for _, arg := range node.Args {
			if bad := r.falling(arg); bad != "" {
				return bad
			}
		}
		if node.Op == expr.OpOr {
			return r.noneBecomesTrue(node)
		}
		return ""
	case expr.OpCompare:
		greater, other := node.Args[0], node.Args[1]
		sign := node.Sign
		if sign == "<=" || sign == "<" {
			greater, other = other, greater
			sign = map[string]string{"<=": ">=", "<": ">"}[sign]
		}
		if (sign == ">=" || sign == ">") && greater.Op == expr.OpRead && !r.hasScored(other) {
			return ""
		}
	}
	return "a better answer could hide this question, and so lower a level"
}

// noneBecomesTrue: in a || b, while a is none the question is not applicable; if b,
// scored, then rises to true, it is asked all of a sudden, and may cap the ladder.
func (r *resolver) noneBecomesTrue(node *expr.Node) string {
	for i, a := range node.Args {
		for _, j := range mentioned(a) {
			if !r.canBeNone(j, 0) {
				continue
			}
			for k, b := range node.Args {
				if k != i && r.hasScored(b) {
					return fmt.Sprintf("%s may not apply; then a better answer on the other side of || would ask this question all of a sudden, and could lower a level", r.a.Questions[j].ID)
				}
			}
		}
	}
	return ""
}

func (r *resolver) canBeNone(i, depth int) bool {
	if r.a.Questions[i].NotApplicable || depth > len(r.a.Questions) {
		return true
	}
	if r.out.askWhen[i] == nil {
		return false
	}
	if r.out.otherwise[i] == nil {
		return true
	}
	return slices.ContainsFunc(mentioned(r.out.askWhen[i]), func(j int) bool { return r.canBeNone(j, depth+1) })
}

// orders finds an order in which everything comes after what it is made of.
func (r *resolver) orders() {
	questions := make([][]int, len(r.a.Questions))
	for i, node := range r.out.askWhen {
		questions[i] = mentioned(node)
	}
	var cycle []int
	r.out.askOrder, cycle = ordered(questions)
	if cycle != nil {
		d := &r.d.Questions[cycle[0]]
		r.report(d.AskWhen.Start, d.AskWhen.End, diag.AssessCycle, "whether this question is asked hangs on itself: "+chain(cycle, func(i int) string { return r.a.Questions[i].ID }), "break the circle")
		r.out.askWhen[cycle[0]] = nil
	} else {
		r.lowers()
	}
	values := make([][]int, len(r.a.Values))
	for i, node := range r.out.values {
		node.Walk(func(n *expr.Node) {
			if n.Kind == expr.Value {
				values[i] = append(values[i], n.Index)
			}
		})
	}
	r.out.valueOrder, cycle = ordered(values)
	if cycle != nil {
		d := &r.d.Values[cycle[0]]
		r.report(d.Compute.Start, d.Compute.End, diag.AssessCycle, "this value is computed from itself: "+chain(cycle, func(i int) string { return r.a.Values[i].ID }), "break the circle")
	}
	after := make([][]int, len(r.a.Advice))
	for i, advice := range r.a.Advice {
		for _, id := range advice.After {
			if j := slices.IndexFunc(r.a.Advice, func(a Advice) bool { return a.ID == id }); j >= 0 {
				after[i] = append(after[i], j)
			}
		}
	}
	if _, cycle = ordered(after); cycle != nil {
		d := &r.d.Advice[cycle[0]]
		r.report(d.After.Start, d.After.End, diag.AssessCycle, "this advice comes after itself: "+chain(cycle, func(i int) string { return r.a.Advice[i].ID }), "break the circle")
	}
}

func chain(cycle []int, name func(int) string) string {
	var names []string
	for _, i := range append(slices.Clone(cycle), cycle[0]) {
		names = append(names, name(i))
	}
	return strings.Join(names, " → ")
}

// ordered returns the indexes so that each comes after those it needs, else in
// order; or a cycle.
func ordered(needs [][]int) (order, cycle []int) {
	const (
		fresh = iota
		open
		done
	)
	state := make([]int, len(needs))
	var path []int
	var visit func(i int) bool
	visit = func(i int) bool {
		switch state[i] {
		case done:
			return true
		case open:
			cycle = slices.Clone(path[slices.Index(path, i):])
			return false
		}
		state[i] = open
		path = append(path, i)
		for _, j := range needs[i] {
			if !visit(j) {
				return false
			}
		}
		path = path[:len(path)-1]
		state[i] = done
		order = append(order, i)
		return true
	}
	for i := range needs {
		if !visit(i) {
			return nil, cycle
		}
	}
	return order, nil
}

func (r *resolver) report(start, end int, code diag.Code, message, hint string) {
	r.list.Add(r.file.At(start, end, code, message, hint))
}
