package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// The same site for Hugo: a page has the frame, crumbs, contents, side, neighbours and
// reading time that cairn's has, and a link to a page that is not there fails the build.
// (cairn also checks that the heading is there, which Hugo cannot.) Hugo's other
// outputs are off, as cairn's are in the rows that compare the two.
func hugoFiles(highlight bool) map[string]string {
	return map[string]string{
		"hugo.toml": fmt.Sprintf(`baseURL = "https://bench.invalid/"
title = "The bench"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT"]
uglyURLs = true
relativeURLs = false
[markup.highlight]
codeFences = %t
noClasses = false
[markup.goldmark.renderer]
unsafe = false
`, highlight),
		"layouts/_markup/render-link.html": `{{- $to := urls.Parse .Destination -}}
{{- if $to.IsAbs -}}<a href="{{ .Destination | safeURL }}">{{ .Text | safeHTML }}</a>
{{- else -}}{{- with .PageInner.GetPage $to.Path -}}<a href="{{ .RelPermalink }}{{ with $to.Fragment }}#{{ . }}{{ end }}">{{ $.Text | safeHTML }}</a>
{{- else -}}{{- errorf "%s: no page %s" .PageInner.File.Path .Destination -}}{{- end -}}{{- end -}}`,
		"layouts/baseof.html": `<!doctype html>
<html lang="{{ .Site.Language.Locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ .Site.Title }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header class="site-header"><a class="brand" href="{{ .Site.Home.RelPermalink }}">{{ .Site.Title }}</a></header>
<main id="main">
{{ block "main" . }}{{ end }}
</main>
<footer><a class="brand" href="{{ .Site.Home.RelPermalink }}">{{ .Site.Title }}</a></footer>
</body>
</html>
`,
		"layouts/page.html": `{{ define "main" }}{{ $here := . }}<nav aria-label="Where you are"><ol>
{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ol></nav>
<article>
<h1>{{ .Title }}</h1>
{{ with .Description }}<p class="standfirst">{{ . }}</p>{{ end }}
<p>Reading: {{ .ReadingTime }} minutes</p>
<nav class="toc">{{ .TableOfContents }}</nav>
{{ .Content }}
<nav class="pager">
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}" rel="prev">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}" rel="next">{{ .Title }}</a>{{ end }}
</nav>
</article>
<nav class="side" aria-label="{{ .CurrentSection.Title }}"><ul>
{{ range .CurrentSection.RegularPages }}<li><a href="{{ .RelPermalink }}"{{ if eq . $here }} aria-current="page"{{ end }}>{{ .Title }}</a></li>
{{ end }}</ul></nav>{{ end }}
`,
		"layouts/section.html": `{{ define "main" }}<article>
<h1>{{ .Title }}</h1>
{{ .Content }}
<ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }} <small>{{ .Description }}</small></a></li>
{{ end }}</ul>
</article>{{ end }}
`,
		"layouts/home.html": `{{ define "main" }}<article>
<h1>{{ .Title }}</h1>
{{ .Content }}
</article>{{ end }}
`,
	}
}

func writeFiles(folder string, files map[string]string) error {
	for name, text := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
