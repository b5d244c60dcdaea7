package serve

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/output"
)

// mostShown keeps the list over a page small; the terminal has all of it.
const mostShown = 12

// The markup is that of the theme's own marked blocks, so its style fits; there is
// no inline style or script, for the page's policy forbids both. It goes through
// html/template: a message may quote whatever stands in a file.
var templates = template.Must(template.New("").Parse(`
{{- define "faults"}}<section class="faults flow page" aria-label="Faults of this site"><details open><summary>{{.Title}}</summary>
{{range .Own}}<div class="alert {{if eq .Severity.String "error"}}caution{{else}}warning{{end}}"><p>{{.Place}}</p><p>{{.Severity}}: {{.Message}} <code>{{.Code}}</code></p>
{{with .Source}}<pre tabindex="0"><code>{{.}}</code></pre>
{{end}}{{with .Hint}}<p class="hint">{{.}}</p>
{{end}}</div>
{{end}}{{with .Others}}<ul class="plain">
{{range .}}<li>{{.Place}}: {{.Severity}}: {{.Message}} <code>{{.Code}}</code>{{with .Hint}} <span class="hint">{{.}}</span>{{end}}</li>
{{end}}</ul>
{{end}}{{with .More}}<p>{{.}}</p>
{{end}}</details></section>{{end}}

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
{{end}}`))

// shownFault is a fault with its source line as the terminal shows it.
type shownFault struct{ diag.Diagnostic }

// Source is the line and the carets under it, or nothing if there is no place.
func (f shownFault) Source() string {
	if f.Start.Line == 0 || strings.TrimSpace(f.Line) == "" {
		return ""
	}
	line, indent, carets := f.Excerpt()
	return line + "\n" + indent + carets
}

// writeFaults writes the list: the faults of the page's own source in full, for they
// can be mended with the page in view, the others in a line each.
func writeFaults(out *bytes.Buffer, faults diag.List, source string) {
	var data struct {
		Title       string
		Own, Others []shownFault
		More        string
	}
	data.Title = faults.Summary()
	for _, fault := range faults.Sorted() {
		if fault.Path == source {
			data.Own = append(data.Own, shownFault{fault})
		} else {
			data.Others = append(data.Others, shownFault{fault})
		}
	}
	data.Own = data.Own[:min(len(data.Own), mostShown)]
	data.Others = data.Others[:min(len(data.Others), mostShown-len(data.Own))]
	if rest := len(faults) - len(data.Own) - len(data.Others); rest > 0 {
		data.More = fmt.Sprintf("%d more stand in the terminal.", rest)
	}
	if err := templates.ExecuteTemplate(out, "faults", data); err != nil {
		panic(err) // it writes to memory, and the template is a constant
	}
}

// missing answers where there is no output, and no 404.html that could say so.
func (site *Site) missing(w http.ResponseWriter, key string) {
	if !wantsPage(key) {
		plain(w, http.StatusNotFound, "no such page")
		return
	}
	text := "Nothing is published at this address."
	if len(site.Outputs) == 0 {
		text = "There is no site to show yet. This page reloads when there is one."
	}
	site.ownPage(w, http.StatusNotFound, "No page here", text, "")
}

// broken answers for an output that cannot be made.
func (site *Site) broken(w http.ResponseWriter, made output.Output, err error) {
	shown := *site
	text := "Mend the fault below; this page reloads by itself."
	source := made.Source
	list, ok := diag.Of(err)
	if ok && len(list) > 0 {
		source = list[0].Path // the template's, perhaps
		shown.Faults = append(append(diag.List{}, list...), site.Faults...).Sorted()
	} else {
		text = err.Error()
	}
	shown.ownPage(w, http.StatusInternalServerError, made.Path+" cannot be made", text, source)
}

// ownPage sends a page of the preview itself, with reloading and the list of faults.
func (site *Site) ownPage(w http.ResponseWriter, status int, title, text, source string) {
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, "page", struct{ Title, Text string }{title, text}); err != nil {
		panic(err) // as above
	}
	w.Header().Set("Content-Type", typeOf(".html"))
	send(w, status, prepare(page.Bytes(), site, source))
}
