package serve

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/output"
)

// mostShown keeps the list over a page small; the terminal has all of it.
const mostShown = 40

// There is no inline style or script, for the page's policy forbids both; the style
// is the preview's own, so the list stands over the pages of any theme. It goes
// through html/template: a message may quote whatever stands in a file.
var templates = template.Must(template.New("").Parse(`
{{- define "faults"}}<section id="cairn-faults" aria-label="Faults of this site"><link rel="stylesheet" href="/_cairn/faults.css"><details open><summary>{{.Title}}</summary>
{{range .Groups}}{{template "group" .}}{{end}}{{with .Drafts}}<p class="part">Only in drafts, which a build leaves out:</p>
{{range .}}{{template "group" .}}{{end}}{{end}}{{with .More}}<p class="part">{{.}}</p>
{{end}}</details></section>{{end}}

{{- define "group"}}<details{{if .Open}} open{{end}}><summary><code>{{.File}}</code> <span>{{.Count}}</span></summary>
{{range .Faults}}<div class="{{.Severity}}"><p>{{if .Address}}<a href="{{.Address}}">{{.Place}}</a>{{else}}<b>{{.Place}}</b>{{end}} {{.Severity}}: {{.Message}} <code>{{.Code}}</code></p>
{{with .Source}}<pre tabindex="0"><code>{{.}}</code></pre>
{{end}}{{range .Related}}<p>{{.}}</p>
{{end}}{{with .Hint}}<p class="hint">{{.}}</p>
{{end}}</div>
{{end}}</details>
{{end}}

{{- define "page"}}<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<link rel="stylesheet" href="/_cairn/plain.css">
</head>
<body>
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
</body>
</html>
{{end}}

{{- define "state"}}<!doctype html>
<html lang="en" data-version="{{.Version}}">
<head>
<meta charset="utf-8">
<title>State of a page</title>
{{range .Styles}}<link rel="stylesheet" href="{{.}}">
{{end}}</head>
<body>
{{.Faults}}
</body>
</html>
{{end}}`))

// faultGroup is the faults of one file.
type faultGroup struct {
	File, Count string
	Open        bool
	Faults      []shownFault
}

// shownFault is a fault with its source line as the terminal shows it.
type shownFault struct {
	diag.Diagnostic
	Address template.URL
}

// Source is the line and the carets under it, or nothing if there is no place.
func (f shownFault) Source() string {
	if f.Start.Line == 0 || strings.TrimSpace(f.Line) == "" {
		return ""
	}
	line, indent, carets := f.Excerpt()
	return line + "\n" + indent + carets
}

// Related are the other places that belong to the fault, in words.
func (f shownFault) Related() []string {
	var related []string
	for _, other := range f.Diagnostic.Related {
		related = append(related, diag.Diagnostic{Path: other.Path, Start: other.Start}.Place()+": "+other.Message)
	}
	return related
}

// grouped puts faults together by file, those of the page's own source first, for
// they can be mended with the page in view. It shows at most a number of them.
func grouped(faults diag.List, source string, most int, editor editor) []faultGroup {
	faults = faults.Sorted()
	slices.SortStableFunc(faults, func(a, b diag.Diagnostic) int {
		last := func(d diag.Diagnostic) int {
			if d.Path == source {
				return 0
			}
			return 1
		}
		return cmp.Compare(last(a), last(b))
	})
	few := len(faults) <= 3
	var groups []faultGroup
	for len(faults) > 0 {
		file := faults[0].Path
		end := slices.IndexFunc(faults, func(d diag.Diagnostic) bool { return d.Path != file })
		if end < 0 {
			end = len(faults)
		}
		if most > 0 {
			group := faultGroup{File: file, Count: faults[:end].Summary(), Open: few || file == source}
			for _, fault := range faults[:min(end, most)] {
				group.Faults = append(group.Faults, shownFault{fault, editor.address(fault.Path, fault.Start.Line, fault.Start.Column)})
			}
			most -= len(group.Faults)
			groups = append(groups, group)
		}
		faults = faults[end:]
	}
	return groups
}

// writeFaults writes the list that stands over a page, if there is any fault.
func writeFaults(out *bytes.Buffer, a *answer, editor editor) {
	if len(a.faults)+len(a.ofDrafts) == 0 {
		return
	}
	var data struct {
		Title          string
		Groups, Drafts []faultGroup
		More           string
	}
	data.Title = a.faults.Summary()
	if n := len(a.ofDrafts); n > 0 {
		data.Title += fmt.Sprintf(", %d more in drafts", n)
	}
	data.Groups = grouped(a.faults, a.source, mostShown, editor)
	data.Drafts = grouped(a.ofDrafts, a.source, max(0, mostShown-len(a.faults)), editor)
	if rest := len(a.faults) + len(a.ofDrafts) - mostShown; rest > 0 {
		data.More = fmt.Sprintf("%d more stand in the terminal.", rest)
	}
	execute(out, "faults", data)
}

// execute runs one of the templates above. It writes to memory, and the templates
// are constants, so an error is a fault of this package.
func execute(out *bytes.Buffer, name string, data any) {
	if err := templates.ExecuteTemplate(out, name, data); err != nil {
		panic(err)
	}
}

// waiting answers as long as there is no site yet.
func waiting(key string) *answer {
	if !wantsPage(key) {
		return refusal(http.StatusServiceUnavailable, "the site is being read")
	}
	return ownPage(http.StatusServiceUnavailable, "One moment", "The site is read for the first time. This page reloads when there is something to show.")
}

// missing answers where there is no output, and no 404.html that could say so.
func (site *Site) missing(key string) *answer {
	if !wantsPage(key) {
		return refusal(http.StatusNotFound, "no such page")
	}
	text := "Nothing is published at this address."
	if len(site.Outputs) == 0 {
		text = "There is no site to show yet. This page reloads when there is one."
	}
	a := ownPage(http.StatusNotFound, "No page here", text)
	a.faults, a.ofDrafts = site.Faults, site.OfDrafts
	return a
}

// broken answers for an output that cannot be made.
func (site *Site) broken(made output.Output, err error) *answer {
	text := "Mend the fault below; this page reloads by itself."
	source, faults := made.Source, site.Faults
	list, ok := diag.Of(err)
	if ok && len(list) > 0 {
		source = list[0].Path // the template's, perhaps
		faults = slices.Concat(list, faults).Sorted()
	} else {
		text = err.Error()
	}
	a := ownPage(http.StatusInternalServerError, made.Path+" cannot be made", text)
	a.source, a.faults, a.ofDrafts = source, faults, site.OfDrafts
	return a
}

// ownPage is a page of the preview itself.
func ownPage(status int, title, text string) *answer {
	var page bytes.Buffer
	execute(&page, "page", struct{ Title, Text string }{title, text})
	return &answer{status: status, body: page.Bytes(), contentType: typeOf(".html"), page: true}
}

// refusal is a sentence instead of a file.
func refusal(status int, text string) *answer {
	return &answer{status: status, body: []byte(text + "\n"), contentType: typeOf(".txt")}
}
