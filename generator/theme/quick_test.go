package theme

import (
	"fmt"
	"html/template"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/generator/messages"
)

type oneView struct {
	Title, Address, Other string
	N                     int
	HTML                  template.HTML
	Yes                   bool
	Links                 []linkOne
	Next                  *linkOne
	Tree                  []treeOne
	Any                   any
	Words                 map[string]string
	Kind                  kindOne
	Inner                 linkOne
}

type linkOne struct{ Title, Address string }

func (linkOne) Method() string { return "from a method" }

type treeOne struct {
	Title    string
	Children []treeOne
}

type kindOne string

// What templates do, each alone, so that an attempt that ends hides nothing else.
var actions = []string{
	`{{.Title}}`, `<p title="{{.Title}}">{{.N}}</p>`, `<title>{{.Title}}</title>`, `<a href="{{.Address}}">x</a>`, `<a href="/x/{{.Address}}">x</a>`,
	`<a href="x?y={{.Address}}">x</a>`, `<p title={{.Title}}>`, `{{.HTML}}`, `<p title="{{.HTML}}">`, `<p data-n="{{.N}}">`, `{{.Yes}}`, `{{.Kind}}`, `{{.Any}}`,
	`{{if .Title}}a{{else}}b{{end}}`, `{{if .N}}a{{else if .Yes}}b{{else}}c{{end}}`, `{{if .Next}}a{{end}}`, `{{if .Links}}a{{end}}`, `{{if .Words}}a{{end}}`,
	`{{if .Any}}a{{end}}`, `{{if .Inner}}a{{end}}`, `{{if and .Title .Yes}}a{{end}}`, `{{if or .Title (not .Yes) (and .N .Next)}}a{{end}}`, `{{if gt (len .Links) 1}}a{{end}}`,
	`{{if ge .N 1}}a{{end}}`, `{{if lt .N -1}}a{{end}}`, `{{if eq .Title "a"}}a{{end}}`, `{{if ne .Kind "a"}}a{{end}}`, `{{if eq .N 1 2}}a{{end}}`, `{{if gt .N 1.5}}a{{end}}`,
	`{{if le (len .Title) 3}}a{{end}}`, `{{with .Title}}<{{.}}>{{$.N}}{{else}}{{.Other}}{{end}}`, `{{with .Next}}{{.Title}}{{end}}`, `{{.Next.Title}}`, `{{with .Inner}}{{.Method}}{{end}}`,
	`{{range .Links}}<li><a href="{{.Address}}">{{.Title}}</a>{{$.Title}}</li>{{else}}none{{end}}`, `{{range $i, $l := .Links}}{{$i}}{{$l.Title}}{{end}}`, `{{range .Words}}{{.}}{{end}}`,
	`{{range .Links}}{{break}}{{end}}`, `{{template "tree" .Tree}}`, `{{template "fixed"}}`, `{{template "link" .Next}}`, `{{template "link" .Inner}}`, `<p title="{{template "fixed"}}">`,
	`{{say "with" "a" .Title "b" .N}}`, `<p title="{{say "with" "a" .Title "b" "x"}}">`, `{{count "things" (len .Links)}}`, `{{count "things" .N}}`, `{{range parts "with"}}{{.Text}}{{.Name}}{{end}}`,
	`{{index .Words "a"}}`, `{{.Words.a}}`, `{{printf "%q" .Title}}`, `{{.Title | printf "%s"}}`, `{{$x := .Title}}{{$x}}`, `<script>var a = {{.Title}}</script>`, `<img srcset="{{.Address}}">`,
	`<p style="color: {{.Title}}">`, `{{len .Title}}`, `{{(or .Title .Other)}}`, `{{.Inner.Address}}`, `{{$.Inner.Title}}`, `{{- /* nothing */ -}} a`,
}

// A template gives what html/template makes of it, and fails as it does there.
func TestQuickIsHTMLTemplate(t *testing.T) {
	words := messages.Catalogue{"with": "{a} & {b}", "things.one": "{n} thing", "things.many": "{n} 'things'"}
	set := template.New("").Funcs(functions(words)).Option("missingkey=error")
	template.Must(set.Parse(`{{define "tree"}}<ol>{{range .}}<li>{{.Title}}{{with .Children}}{{template "tree" .}}{{end}}</li>{{end}}</ol>{{end}}` +
		`{{define "fixed"}}fixed{{end}}{{define "link"}}<a href="{{.Address}}">{{.Title}}</a>{{end}}`))
	for i, action := range actions {
		template.Must(set.New(fmt.Sprint(i)).Parse(action))
	}
	for i, action := range actions {
		if err := escape(set, fmt.Sprint(i)); err != nil {
			t.Fatalf("%s: %v", action, err)
		}
	}
	done := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[ab<>&"'+ é\x00%:/#\-]{0,4}`), rapid.SampledFrom([]string{"a", "", "../b/c.html#d", "https://e.org/f?g=h&i=%41", "javascript:x", "mailto:a@b", "a:b"}))
		link := rapid.Custom(func(t *rapid.T) linkOne { return linkOne{text.Draw(t, "title"), text.Draw(t, "address")} })
		view := &oneView{
			Title: text.Draw(t, "title"), Address: text.Draw(t, "address"), Other: text.Draw(t, "other"), N: rapid.IntRange(-2, 3).Draw(t, "n"),
			HTML: template.HTML(text.Draw(t, "html")), Yes: rapid.Bool().Draw(t, "yes"), Links: rapid.SliceOfN(link, 0, 3).Draw(t, "links"), Kind: kindOne(text.Draw(t, "kind")),
			Inner: link.Draw(t, "inner"), Tree: []treeOne{{"a", []treeOne{{Title: "b"}, {Title: text.Draw(t, "leaf")}}}},
		}
		if rapid.Bool().Draw(t, "has next") {
			next := link.Draw(t, "next")
			view.Next, view.Any, view.Words = &next, view.N, map[string]string{"a": view.Title}
		}
		q := &quick{compiled: set, words: words, programs: map[programID]*program{}}
		for i, action := range actions {
			var got, want strings.Builder
			was, err := q.execute(&got, fmt.Sprint(i), view)
			if err != nil {
				t.Fatal(err)
			}
			if !was {
				if got.Len() > 0 {
					t.Fatalf("%s: an attempt that ended wrote %q", action, got.String())
				}
				continue
			}
			done[action] = true
			if err := set.ExecuteTemplate(&want, fmt.Sprint(i), view); err != nil || got.String() != want.String() {
				t.Fatalf("%s: %q, html/template: %q, %v", action, got.String(), want.String(), err)
			}
		}
	})
	if len(done) < 35 {
		t.Errorf("only %d of %d actions were executed quickly", len(done), len(actions))
	}
	for _, action := range actions {
		t.Log(done[action], action)
	}
}
