package serve

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"

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
{{range .Faults}}<div class="alert {{if eq .Severity.String "error"}}caution{{else}}warning{{end}}"><p>{{.Place}}</p><p>{{.Severity}}: {{.Message}} <code>{{.Code}}</code></p>
{{with .Line}}<pre tabindex="0"><code>{{.}}</code></pre>
{{end}}{{with .Hint}}<p class="hint">{{.}}</p>
{{end}}</div>
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

// writeFaults writes the list, the faults of the page's own source first.
func writeFaults(out *bytes.Buffer, faults diag.List, source string) {
	own, others := diag.List{}, diag.List{}
	for _, fault := range faults.Sorted() {
		if fault.Path == source {
			own = append(own, fault)
		} else {
			others = append(others, fault)
		}
	}
	shown := append(own, others...)
	data := struct {
		Title  string
		Faults diag.List
		More   string
	}{Title: faults.Summary(), Faults: shown}
	if len(shown) > mostShown {
		data.Faults = shown[:mostShown]
		data.More = fmt.Sprintf("%d more stand in the terminal.", len(shown)-mostShown)
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
	list, ok := diag.Of(err)
	if ok {
		shown.Faults = append(append(diag.List{}, list...), site.Faults...).Sorted()
	} else {
		text = err.Error()
	}
	shown.ownPage(w, http.StatusInternalServerError, made.Path+" cannot be made", text, made.Source)
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
