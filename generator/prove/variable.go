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
	from   []int
	active []int32
	links  []int
	// output: outputs that the links read.
	output bool
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
func atomVariable(id int, may expr.Truths) *variable {
	v := &variable{atoms: []int{id}}
	for truth := expr.True; truth <= expr.None; truth <<= 1 {
		if may.Has(truth) {
			v.active = append(v.active, int32(len(v.rows)))
			v.rows = append(v.rows, row{truths: []expr.Truths{truth}})
		}
	}
	return v
}

// refresh computes what a variable's atoms and outputs may be, and what follows for
// the atoms that cross.
func (s *search) refresh(v *variable) {
	for k, id := range v.atoms {
		var set expr.Truths
		for _, row := range v.active {
			set |= v.rows[row].truths[k]
		}
		s.sets[id] = set
	}
	if !v.output || len(v.active) == 0 {
		return
	}
	s.show(v, v.active)
	for _, k := range v.links {
		s.links[k].computed = s.links[k].atom.node.Truths(s.box)
	}
}

// show makes the outputs of rows what the atoms that cross see.
func (s *search) show(v *variable, rows []int32) {
	out := &v.component.outputs
	for k, i := range out.questions {
		p := v.rows[rows[0]].questions[k]
		for _, row := range rows[1:] {
			p.add(v.rows[row].questions[k])
		}
		s.box.q[i] = p
	}
	for k, d := range out.dimensions {
		var ladder expr.Numbers
		var mean expr.Ratios
		for _, row := range rows {
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
		s.box.ladder[d], s.box.mean[d] = ladder, mean
	}
}

// filterLink drops the rows with which an atom that crosses cannot be what it must be.
func (s *search) filterLink(v *variable, l *link) (changed bool) {
	want := s.sets[l.atom.id]
	s.p.left -= len(v.active)
	kept := make([]int32, 0, len(v.active))
	for k := range v.active {
		s.show(v, v.active[k:k+1])
		if l.atom.node.Truths(s.box)&want != 0 {
			kept = append(kept, v.active[k])
		}
	}
	changed = len(kept) < len(v.active)
	if len(kept) == 0 {
		s.show(v, v.active)
		v.active = kept
		return true
	}
	v.active = kept
	s.refresh(v)
	return changed
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
