package prove

import (
	"encoding/binary"
	"math"
	"slices"

	"cairn/generator/expr"
)

// A variable is what the search decides at once. It is an enumerated component, whose
// atoms and outputs are those of one of its rows; or a single atom, one truth each
// row: an atom that crosses components, or one of a component that is too large to be
// enumerated.
type variable struct {
	component *component // nil for an atom that crosses components
	atoms     []int      // ids
	rows      []row
	// from is the row of the component's table that a row stands for.
	from  []int
	links []int
	view
	// output: outputs that the links read.
	output bool
}

// A touch is what a clause reads of a variable.
type touch struct {
	variable int
	columns  []int // of its atoms
}

// columns lists the columns of the atoms that a clause reads.
func (v *variable) columns(c clause) []int {
	var list []int
	for _, t := range c {
		t.formula.atoms(func(id int) {
			if k := slices.Index(v.atoms, id); k >= 0 {
				list = append(list, k)
			}
		})
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// A link ties the variable of an atom that crosses components to what its components
// make of it.
type link struct {
	atom *atom
	own  *variable
	vars []int
	// computed is what the components allow.
	computed expr.Truths
}

// single atoms have a row for each truth.
func (s *search) atomVariable(id int, may expr.Truths) *variable {
	v := &variable{atoms: []int{id}}
	var active []int32
	for truth := expr.True; truth <= expr.None; truth <<= 1 {
		if may.Has(truth) {
			active = append(active, int32(len(v.rows)))
			v.rows = append(v.rows, row{truths: []expr.Truths{truth}})
		}
	}
	s.activate(v, active)
	return v
}

// A view is what is known of a variable: its active rows, and what its atoms and
// outputs may be with them. Views are not changed, so that an earlier one can be had
// back.
type view struct {
	active    []int32
	sets      []expr.Truths // by atom of the variable
	questions []possible    // by output
	ladders   []expr.Numbers
	means     []expr.Ratios
}

// activate makes some rows of a variable the active ones, and computes what follows for
// the atoms that cross.
func (s *search) activate(v *variable, rows []int32) {
	s.install(v, s.viewOf(v, rows))
	if v.output && len(rows) > 0 {
		for _, k := range v.links {
			s.compute(s.links[k])
		}
	}
}

// viewOf computes what a variable's atoms and outputs may be with some rows.
func (s *search) viewOf(v *variable, rows []int32) view {
	next := view{active: rows, sets: make([]expr.Truths, len(v.atoms))}
	s.p.left -= len(rows) * len(v.atoms)
	for k := range v.atoms {
		var set expr.Truths
		for _, row := range rows {
			set |= v.rows[row].truths[k]
		}
		next.sets[k] = set
	}
	if v.output && len(rows) > 0 {
		s.outputs(v, &next)
	}
	return next
}

// compute finds what an atom that crosses may be.
func (s *search) compute(l *link) {
	s.p.left -= linkCost
	l.computed = l.atom.node.Truths(s.box)
}

// linkCost is what computing an atom that crosses costs, in rows looked at.
const linkCost = 20

// install makes a view what the clauses and the atoms that cross see.
func (s *search) install(v *variable, next view) {
	v.view = next
	for k, id := range v.atoms {
		s.sets[id] = next.sets[k]
	}
	if next.questions != nil || next.ladders != nil {
		s.show(v, &next)
	}
}

// outputs computes what the outputs may be.
func (s *search) outputs(v *variable, next *view) {
	out := &v.component.outputs
	s.p.left -= len(next.active) * (len(out.questions) + len(out.dimensions))
	next.questions = make([]possible, len(out.questions))
	next.ladders, next.means = make([]expr.Numbers, len(out.dimensions)), make([]expr.Ratios, len(out.dimensions))
	for k := range out.questions {
		p := v.rows[next.active[0]].questions[k]
		for _, row := range next.active[1:] {
			p.add(&v.rows[row].questions[k])
		}
		next.questions[k] = p
	}
	for k := range out.dimensions {
		var ladder expr.Numbers
		var mean expr.Ratios
		for _, row := range next.active {
			score := &v.rows[row].scores[k]
			if !score.some {
				ladder.None, mean.None = true, true
				continue
			}
			ladder = ladder.Union(expr.Between(float64(score.rung), float64(score.rung)))
			if score.top == 0 {
				continue // nobody reads the mean
			}
			r := expr.Ratio{Numerator: int64(s.p.model.Top * score.sum), Denominator: int64(score.top)}
			if !mean.Some || r.Compare(mean.Low) < 0 {
				mean.Low = r
			}
			if !mean.Some || r.Compare(mean.High) > 0 {
				mean.High = r
			}
			mean.Some = true
		}
		next.ladders[k], next.means[k] = ladder, mean
	}
}

// show makes outputs what the atoms that cross see.
func (s *search) show(v *variable, seen *view) {
	for k, i := range v.component.outputs.questions {
		s.box.q[i] = seen.questions[k]
	}
	for k, d := range v.component.outputs.dimensions {
		s.box.ladder[d], s.box.mean[d] = seen.ladders[k], seen.means[k]
	}
}

// filterLink drops the rows with which an atom that crosses cannot be what it must be.
func (s *search) filterLink(v *variable, l *link) (changed bool) {
	want := s.sets[l.atom.id]
	s.p.left -= linkCost * len(v.active)
	kept := make([]int32, 0, len(v.active))
	for k, row := range v.active {
		alone := view{active: v.active[k : k+1]}
		s.outputs(v, &alone)
		s.show(v, &alone)
		if l.atom.node.Truths(s.box)&want != 0 {
			kept = append(kept, row)
		}
	}
	if len(kept) == len(v.active) {
		s.show(v, &v.view)
		return false
	}
	s.activate(v, kept)
	return true
}

// keyOfRow is what can be told of a row: the truths of some columns and, if asked for,
// the outputs.
func keyOfRow(key []byte, r *row, columns []int, output bool) []byte {
	for _, column := range columns {
		key = append(key, byte(r.truths[column]))
	}
	if !output {
		return key
	}
	word := func(x int64) { key = binary.AppendVarint(key, x) }
	for _, p := range r.questions {
		if !p.some {
			word(-1)
			continue
		}
		for _, x := range []int64{int64(p.options), int64(p.may), p.low, int64(p.levelLow)} {
			word(x)
		}
	}
	for _, score := range r.scores {
		if !score.some {
			word(-1)
			continue
		}
		word(int64(score.rung))
		word(int64(score.sum))
		word(int64(score.top))
	}
	return key
}

// measures are numbers by which the rows of a variable can be put in order: one list
// for each output.
func (s *search) measures(v *variable) [][]float64 {
	var list [][]float64
	s.p.left -= 4 * len(v.active) * (len(v.component.outputs.questions) + len(v.component.outputs.dimensions))
	none := math.Inf(-1)
	add := func(measure func(r *row) float64) {
		measured := make([]float64, len(v.active))
		for k, row := range v.active {
			measured[k] = measure(&v.rows[row])
		}
		list = append(list, measured)
	}
	for k, i := range v.component.outputs.questions {
		scored := s.p.model.Questions[i].Scored()
		add(func(r *row) float64 {
			p := &r.questions[k]
			switch {
			case !p.some:
				return none
			case scored:
				return float64(p.levelLow)
			}
			return float64(p.low) + float64(p.countLow)
		})
		add(func(r *row) float64 {
			p := &r.questions[k]
			if !p.some {
				return none
			}
			return float64(p.options) + float64(p.may)
		})
	}
	for k := range v.component.outputs.dimensions {
		add(func(r *row) float64 {
			if !r.scores[k].some {
				return none
			}
			return float64(r.scores[k].rung)
		})
		add(func(r *row) float64 {
			if r.scores[k].top == 0 {
				return none
			}
			return float64(r.scores[k].sum) / float64(r.scores[k].top)
		})
	}
	return list
}

// halves parts the active rows in two by the output that has most values; nil if all
// rows have the same.
func (s *search) halves(v *variable) [][]int32 {
	most := 1
	var best []float64
	var cut float64
	for _, measured := range s.measures(v) {
		sorted := slices.Clone(measured)
		slices.Sort(sorted)
		distinct := slices.Compact(sorted)
		if len(distinct) > most {
			most, best = len(distinct), measured
			cut = distinct[len(distinct)/2]
		}
	}
	if best == nil {
		return nil
	}
	parts := make([][]int32, 2)
	for k, row := range v.active {
		if best[k] < cut {
			parts[0] = append(parts[0], row)
		} else {
			parts[1] = append(parts[1], row)
		}
	}
	return parts
}
