package assessment

import (
	"fmt"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// A Migration is what became of one question of an earlier version.
type Migration struct {
	// From is the version that is left; answers become those of From + 1.
	From int
	Op   MigrationOp
	// Question is the old question; of a merge, Merge are the old ones.
	Question string
	Merge    []string
	// Into is the new id of a rename or merge.
	Into string
	// Options are pairs of old and new ids, in order.
	Options []Mapping
	// Parts are the questions of a split.
	Parts []Part
	// Highest takes the highest of merged answers; else the lowest is taken.
	Highest bool
	// Scale is reset, clamp or proportion.
	Scale string
	Place Place
}

// MigrationOp is the kind of a migration.
type MigrationOp string

// The kinds of migration (SEMANTICS.md 16).
const (
	OpRename  MigrationOp = "rename"
	OpOptions MigrationOp = "options"
	OpRetire  MigrationOp = "retire"
	OpSplit   MigrationOp = "split"
	OpMerge   MigrationOp = "merge"
	OpScale   MigrationOp = "scale"
)

// A Mapping says which new option an old one became; none if New is empty.
type Mapping struct{ Old, New string }

// A Part is one question of a split, with the part's option by the old one.
type Part struct {
	Question string
	Options  []Mapping
}

func (b *builder) migrations() {
	for i := range b.document.Migrations {
		d := &b.document.Migrations[i]
		m := Migration{From: d.From.Value, Question: d.Question.Value, Highest: d.Take.Value == "highest", Scale: d.Scale.Value, Place: placeOf(d.At)}
		var ops []string
		choose := func(set bool, op MigrationOp) {
			if set {
				ops = append(ops, string(op))
				m.Op = op
			}
		}
		choose(d.Rename.Set, OpRename)
		choose(d.Options != nil, OpOptions)
		choose(d.Retire.Value, OpRetire)
		choose(len(d.Split) > 0, OpSplit)
		choose(d.Merge.Set, OpMerge)
		choose(d.Scale.Set, OpScale)
		if len(ops) != 1 {
			b.report(d.Start, d.End, diag.AssessMigration, fmt.Sprintf("a migration does one thing, and this one does %d", len(ops)), "write one of rename, options, retire, split, merge and scale; more [[migrate]] tables run in order")
			continue
		}
		if d.From.Value >= b.a.Version {
			b.report(d.From.Start, d.From.End, diag.AssessMigration, fmt.Sprintf("version %d is not before this version, %d", d.From.Value, b.a.Version), "from is the version that is left")
		}
		if m.Op != OpMerge && !d.Question.Set {
			b.report(d.Start, d.End, diag.AssessMigration, "this migration does not say of which question", `write question = "…": its id in the old version`)
		}
		if m.Op == OpMerge && !d.Into.Set {
			b.report(d.Start, d.End, diag.AssessMigration, "this merge does not say into which question", `write into = "…"`)
		}
		m.Into = d.Rename.Value + d.Into.Value
		m.Merge = texts(d.Merge)
		m.Options = b.mappings(d.Options)
		for _, part := range d.Split {
			m.Parts = append(m.Parts, Part{Question: part.Question.Value, Options: b.mappings(part.Options)})
		}
		b.a.Migrations = append(b.a.Migrations, m)
	}
}

func (b *builder) mappings(v *record.Value) []Mapping {
	if v == nil {
		return nil
	}
	if v.Kind != record.TableKind {
		b.report(v.Start, v.End, diag.AssessMigration, "options is a table of new ids by old ones", `write options = { old = "new" }`)
		return nil
	}
	var list []Mapping
	for _, field := range v.Fields {
		if field.Value.Kind != record.StringKind {
			b.report(field.Value.Start, field.Value.End, diag.AssessMigration, "the new option is an id", `write old = "new", or old = "" to drop the answer`)
			continue
		}
		list = append(list, Mapping{field.Key, field.Value.Text})
	}
	return list
}
