package assessment

import (
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// What has an id that is none, or none at all, is told once. It keeps the id as it is
// written, so that what mentions it so is right; and while there is such a one, another
// name that nothing has may be meant for it, and is passed over.

// keepNames fills in the ids that Decode has refused, as the file writes them.
func (d *Document) keepNames(file *record.Value) {
	keep := func(list string, i int, id *record.String) {
		items := file.Get(list)
		if id.Value != "" || items == nil || i >= len(items.Items) {
			return
		}
		if written := items.Items[i].Get("id"); written != nil && written.Kind == record.StringKind && len(written.Text) <= 100 {
			id.Value = written.Text
		}
	}
	for i := range d.Dimensions {
		keep("dimension", i, &d.Dimensions[i].ID)
	}
	for i := range d.Questions {
		keep("question", i, &d.Questions[i].ID)
	}
	for i := range d.Values {
		keep("value", i, &d.Values[i].ID)
	}
	for i := range d.Outcomes {
		keep("outcome", i, &d.Outcomes[i].ID)
	}
	for i := range d.Advice {
		keep("advice", i, &d.Advice[i].ID)
	}
}

func idsOf[T any](list []T, id func(*T) string) []string {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = id(&list[i])
	}
	return ids
}

// nameless tells whether one of the ids cannot be used.
func nameless(ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return !record.IsID(id) })
}

// possibleIDs is the hint for a name that none of the ids is.
func possibleIDs(name string, ids []string) string {
	if len(ids) == 0 {
		return "there is none in this file"
	}
	return diag.DidYouMean(name, ids, "there are "+strings.Join(ids[:min(12, len(ids))], ", "))
}

func (q *Question) namelessOption() bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return !optionID.MatchString(o.ID) })
}

// broken tells that it is not known what the question can be answered with.
func (q *Question) broken() bool { return q.Kind == "" || q.unsure || q.namelessOption() }
