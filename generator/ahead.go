package generator

import (
	"maps"
	"slices"

	"cairn/generator/diag"
	"cairn/generator/output"
	"cairn/generator/site"
)

// Most edits change what a page says, and nothing that another page shows of it. Such a
// page is shown ahead of the model that it will be a part of: the author sees it after the
// work of one page, whatever the size of the site. It comes out as the model will make it;
// what else depends on its text, as the search, follows with the model.

// showAhead shows the pages of some guides with their new texts on the site that is shown
// now, and tells whether it did: all of them must be guides whose texts alone are others,
// without a fault.
func (p *Preview) showAhead(last *showing, changed []string) (shown bool) {
	defer func() {
		if recover() != nil {
			shown = false // the model will tell
		}
	}()
	current := p.site.Load()
	if last == nil || current == nil || len(changed) == 0 || last.shown.rewrite == nil || !last.shown.configured {
		return false
	}
	rewritten := make([]output.Output, len(changed))
	for i, name := range changed {
		page := last.shown.model.PageOf(name)
		if page == nil || page.Guide == nil || concerns(current.Faults, name) || concerns(current.OfDrafts, name) {
			return false
		}
		entry, err := p.b.project.Stat(name)
		if err != nil {
			return false
		}
		guide, _ := p.b.readGuide(entry, p.b.optionsOf(last.shown.config))
		if guide.Page == nil || len(guide.Faults) > 0 {
			return false
		}
		var body *site.Resolved
		if body, shown = last.shown.model.Rewritten(page, guide.File, guide.Page); !shown {
			return false
		}
		rewritten[i] = last.shown.rewrite(page, guide.Page, body)
	}
	next := *current
	next.Outputs = maps.Clone(current.Outputs)
	for _, out := range guarded(rewritten) {
		next.Outputs[out.Path] = out
	}
	p.site.Store(&next)
	return true
}

func concerns(faults diag.List, file string) bool {
	return slices.ContainsFunc(faults, func(d diag.Diagnostic) bool { return d.Path == file })
}
