package assessment

import (
	"math/bits"
	"slices"

	"cairn/generator/expr"
)

// A ChangeTo is one answer that becomes another. Values are written as in answer
// files; From is nil if the question had no answer.
type ChangeTo struct {
	Question string `json:"question"`
	From     any    `json:"from"`
	To       any    `json:"to"`
}

// A Raise is what lifts a dimension by one level: its holders, each to its lowest
// option that is enough; and the questions that then still need at least a level.
type Raise struct {
	To      int        `json:"to"`
	Changes []ChangeTo `json:"changes"`
	AtLeast []Needed   `json:"at-least,omitempty"`
	Text    string     `json:"text,omitempty"`
}

// Needed is a question without an answer, and the level it needs.
type Needed struct {
	Question string `json:"question"`
	Level    int    `json:"level"`
}

// A ChangeResult is what would change the decision: single changes, or if there is
// none, pairs. At most 50 are listed.
type ChangeResult struct {
	Ways []Way `json:"ways"`
	// More counts the ways that are not listed.
	More int `json:"more,omitempty"`
}

// A Way is one or two changes, and the decision after them.
type Way struct {
	Changes []ChangeTo `json:"changes"`
	Outcome string     `json:"outcome"`
	Text    string     `json:"text,omitempty"`
}

const mostWays = 50

// WhatWouldChange adds what would raise each dimension and change the decision
// (SEMANTICS.md 13).
func (m *Model) WhatWouldChange(r *Result) *Result {
	c := newChanger(r.state)
	for d := range m.Dimensions {
		r.Dimensions[d].Raise = c.raise(d)
	}
	if len(m.Outcomes) > 0 {
		r.Change = c.decision()
	}
	return r
}

// A changer tries other answers. It begins with those that count: an answer to a
// hidden question is void.
type changer struct {
	now     *state
	answers Answers
	trial   *trial
}

func newChanger(now *state) *changer {
	c := &changer{now: now, answers: now.model.None()}
	for i := range c.answers {
		if now.q[i].shown.Has(expr.True) {
			c.answers[i] = *now.answer(i)
		}
	}
	c.trial = newTrial(now.model, c.answers)
	return c
}

func (c *changer) change(i int, to *Answer) ChangeTo {
	q := &c.now.model.Questions[i]
	change := ChangeTo{Question: q.ID, To: q.valueOf(to)}
	if c.answers[i].State == Answered {
		change.From = q.valueOf(&c.answers[i])
	}
	return change
}

// raise lifts the upper end of a ladder by one. A holder that is hidden is shown
// first, by the least that shows it. It returns nil at the top, or where nothing
// helps.
func (c *changer) raise(d int) *Raise {
	m := c.now.model
	ladder := c.now.ladder[d]
	if !ladder.Some || int(ladder.High) >= m.Top {
		return nil
	}
	r := raising{changer: c, d: d, n: int(ladder.High), answers: slices.Clone(c.answers), needed: map[int]int{}}
	for range 2*len(m.Questions) + 1 {
		if !r.round() {
			break
		}
	}
	r.assume()
	if set := c.trial.ladder[d]; !set.Some || int(set.High) <= r.n {
		return nil
	}
	raise := &Raise{To: r.n + 1, Changes: []ChangeTo{}}
	for i := range m.Questions {
		q := &m.Questions[i]
		if r.answers[i] != c.answers[i] {
			raise.Changes = append(raise.Changes, c.change(i, &r.answers[i]))
		}
		if level, ok := r.needed[i]; ok && q.Lowest < level {
			raise.AtLeast = append(raise.AtLeast, Needed{q.ID, level})
		}
	}
	return raise
}

// raising is the work on one dimension, from level n.
type raising struct {
	*changer
	d, n    int
	answers Answers
	// needed is the least level of questions without an answer.
	needed map[int]int
}

func (r *raising) open(i int) bool {
	return r.answers[i].State == Unanswered || r.answers[i].State == DontKnow
}

// assume computes the trial with every needed question at its least level.
func (r *raising) assume() Answers {
	m := r.now.model
	assumed := slices.Clone(r.answers)
	for {
		for i, level := range r.needed {
			if to, ok := m.Questions[i].atLeast(level, &Answer{}); ok {
				assumed[i] = to
			}
		}
		r.trial.reset(assumed)
		more := false
		for _, i := range m.Dimensions[r.d].Questions {
			p := &r.trial.q[i]
			if _, ok := r.needed[i]; !ok && r.open(i) && p.some && p.shown.Has(expr.True) {
				r.needed[i] = min(r.n+1, m.Questions[i].Top)
				more = true
			}
		}
		if !more {
			return assumed
		}
	}
}

// round changes each holder to what is enough. It tells whether anything changed.
func (r *raising) round() (progress bool) {
	m := r.now.model
	assumed := r.assume()
	for _, i := range r.trial.holders(r.d, r.n) {
		q := &m.Questions[i]
		if r.trial.q[i].shown.Has(expr.True) {
			if to, ok := q.atLeast(min(r.n+1, q.Top), &r.answers[i]); ok && r.answers[i] != to {
				r.answers[i] = to
				progress = true
			}
			continue
		}
		for _, one := range r.show(i, assumed, 0) {
			other := &m.Questions[one.question]
			switch {
			case r.open(one.question) && other.Scored():
				if level := other.Level(&one.to); r.needed[one.question] < level {
					r.needed[one.question] = level
					progress = true
				}
			case r.answers[one.question] != one.to:
				r.answers[one.question] = one.to
				progress = true
			}
		}
		if progress {
			return true // what is shown may have changed
		}
	}
	return progress
}

// atLeast is the answer of the lowest level that is enough, nearest to the present.
func (q *ModelQuestion) atLeast(level int, present *Answer) (Answer, bool) {
	if q.Kind == KindMany {
		return q.setOfLevel(level, present)
	}
	best, found := Answer{}, false
	for _, answer := range q.alternatives(present) {
		if l := q.Level(&answer); l >= level && (!found || l < q.Level(&best)) {
			best, found = answer, true
		}
	}
	return best, found
}

// setOfLevel chooses further options, in order, until the count is enough; or, where
// fewer are better, leaves out the last ones.
func (q *ModelQuestion) setOfLevel(level int, present *Answer) (Answer, bool) {
	now := q.Count(present.Options)
	best, found := int64(0), false
	for n := int64(0); n <= int64(len(q.Options))-int64(bits.OnesCount64(q.Exclusive())); n++ {
		better := !found || q.levelAt(n) < q.levelAt(best) || q.levelAt(n) == q.levelAt(best) && distance(n, now) < distance(best, now)
		if q.levelAt(n) >= level && better {
			best, found = n, true
		}
	}
	if !found {
		return Answer{}, false
	}
	set := present.Options &^ q.Exclusive()
	for i := 0; i < len(q.Options) && q.Count(set) < best; i++ {
		if !q.Options[i].Exclusive {
			set |= 1 << i
		}
	}
	for i := len(q.Options) - 1; i >= 0 && q.Count(set) > best; i-- {
		set &^= 1 << i
	}
	return Answer{State: Answered, Options: set}, true
}

func distance(a, b int64) int64 { return max(a-b, b-a) }

// alternatives are the other answers that a change may give: every other option; of
// a number, the value of each other cell nearest to the present one; of a set, what
// one option more or less makes of it.
func (q *ModelQuestion) alternatives(present *Answer) []Answer {
	var list []Answer
	answered := present.State == Answered
	switch q.Kind {
	case KindNumber:
		for i, start := range q.Cells {
			end := q.Max
			if i+1 < len(q.Cells) {
				end = q.Cells[i+1] - 1
			}
			switch {
			case !answered || present.Number < start:
				list = append(list, Answer{State: Answered, Number: start})
			case present.Number > end:
				list = append(list, Answer{State: Answered, Number: end})
			}
		}
	case KindMany:
		exclusive := q.Exclusive()
		for i, option := range q.Options {
			set := present.Options&^exclusive ^ 1<<i
			if option.Exclusive {
				set = 1 << i
			}
			if !answered || set != present.Options {
				list = append(list, Answer{State: Answered, Options: set})
			}
		}
	default:
		for i := range q.Options {
			if !answered || i != present.Option {
				list = append(list, Answer{State: Answered, Option: i})
			}
		}
	}
	return list
}

type change struct {
	question int
	to       Answer
}

// show finds the least changes that let a hidden question be asked: on the cheapest
// branch of its ask-when, for each leaf the first answer that makes it true.
func (c *changer) show(i int, answers Answers, depth int) []change {
	m := c.now.model
	if depth > len(m.Questions) {
		return nil
	}
	var leaves []missingLeaf
	s := newState(m).set(answers)
	s.missing(m.Questions[i].AskWhen, expr.True, &leaves)
	var list []change
	for _, leaf := range leaves {
		list = append(list, c.fulfil(s, leaf, answers, depth)...)
	}
	return list
}

func (c *changer) fulfil(s *state, leaf missingLeaf, answers Answers, depth int) []change {
	m := c.now.model
	trial, changed := newState(m), slices.Clone(answers)
	for _, j := range mentioned(leaf.node) {
		if !s.q[j].shown.Has(expr.True) {
			return c.show(j, answers, depth+1)
		}
		q := &m.Questions[j]
		list := q.alternatives(&answers[j])
		if q.Scored() {
			slices.SortStableFunc(list, func(a, b Answer) int { return q.Level(&a) - q.Level(&b) })
		}
		for _, to := range list {
			changed[j] = to
			if leaf.node.Truths(trial.set(changed)) == leaf.want {
				return []change{{j, to}}
			}
		}
		changed[j] = answers[j]
	}
	return nil
}

// A participant is a question with its other answers, or a dimension with the
// distinct scores that one changed question gives it.
type participant struct {
	changes []change
}

// decision finds the single changes after which the decision is settled and none of
// the present candidates; or if there is none, the pairs.
func (c *changer) decision() *ChangeResult {
	m := c.now.model
	present := c.now.decision()
	direct, dimensions := m.Decides.Questions, m.Decides.Dimensions
	result := &ChangeResult{Ways: []Way{}}
	c.trial.reset(c.answers)
	// note lists the changes if the trial, in which they are made, is decided anew.
	note := func(changes ...change) {
		only := c.trial.decided()
		if only < 0 || contains(present.candidates, only) {
			return
		}
		if len(result.Ways) == mostWays {
			result.More++
			return
		}
		way := Way{Outcome: m.Outcomes[only].ID}
		for _, one := range changes {
			way.Changes = append(way.Changes, c.change(one.question, &one.to))
		}
		result.Ways = append(result.Ways, way)
	}
	single := slices.Clone(direct)
	for _, d := range dimensions {
		for _, i := range m.Dimensions[d].Questions {
			if !contains(single, i) {
				single = append(single, i)
			}
		}
	}
	slices.Sort(single)
	for _, i := range single {
		for _, one := range c.changesOf(i) {
			before := c.trial.put(i, one.to)
			note(one)
			c.trial.put(i, before)
		}
	}
	if len(result.Ways) > 0 {
		return result
	}
	participants := c.participants(direct, dimensions)
	for a := range participants {
		for _, first := range participants[a].changes {
			before := c.trial.put(first.question, first.to)
			for _, other := range participants[a+1:] {
				for _, second := range other.changes {
					if first.question != second.question {
						undo := c.trial.put(second.question, second.to)
						note(first, second)
						c.trial.put(second.question, undo)
					}
				}
			}
			c.trial.put(first.question, before)
		}
	}
	return result
}

// changesOf are the changes of an answered question.
func (c *changer) changesOf(i int) []change {
	if c.answers[i].State != Answered {
		return nil
	}
	var list []change
	for _, to := range c.now.model.Questions[i].alternatives(&c.answers[i]) {
		list = append(list, change{i, to})
	}
	return list
}

func (c *changer) participants(direct, dimensions []int) []participant {
	var list []participant
	for _, i := range direct {
		if changes := c.changesOf(i); len(changes) > 0 {
			list = append(list, participant{changes})
		}
	}
	type score struct {
		ladder expr.Numbers
		mean   expr.Ratios
	}
	for _, d := range dimensions {
		seen := map[score]bool{{c.now.ladder[d], reduced(c.now.mean[d])}: true}
		var p participant
		for _, i := range c.now.model.Dimensions[d].Questions {
			if contains(direct, i) {
				continue
			}
			for _, one := range c.changesOf(i) {
				before := c.trial.put(i, one.to)
				if key := (score{c.trial.ladder[d], reduced(c.trial.mean[d])}); !seen[key] {
					seen[key] = true
					p.changes = append(p.changes, one)
				}
				c.trial.put(i, before)
			}
		}
		if len(p.changes) > 0 {
			list = append(list, p)
		}
	}
	return list
}

func reduced(r expr.Ratios) expr.Ratios {
	if r.Some {
		r.Low, r.High = r.Low.Reduced(), r.High.Reduced()
	}
	return r
}
