package render

import (
	"fmt"
	"net/url"
	"strings"

	"cairn/generator/output"
	"cairn/generator/site"
)

// Files that hosts read: _headers and _redirects are those of Netlify and Cloudflare
// Pages; .nojekyll tells GitHub Pages to serve files as they are. Other servers need
// none of them; content/kit/hosting.md has a configuration for each.
func (r *renderer) hosts() []output.Output {
	outputs := []output.Output{fixed(".nojekyll", output.Data, nil), fixed("_headers", output.Data, headers(r.root()))}
	if len(r.site.Redirects) > 0 {
		outputs = append(outputs, fixed("_redirects", output.Data, redirects(r.root(), r.site.Redirects)))
	}
	for _, redirect := range r.site.Redirects {
		outputs = append(outputs, made(redirect.Path, output.Page, redirect.To.File, func() ([]byte, error) { return r.moved(redirect) }))
	}
	return outputs
}

// root is the path of the site at its host: that of base-url.
func (r *renderer) root() string {
	if base, err := url.Parse(r.site.Config.BaseURL); err == nil && base.Path != "" {
		return base.Path
	}
	return "/"
}

// headers say what a page cannot say of itself. Its policy stands in the page; only
// that nobody may frame it must come from the host. Names of assets hold a hash of
// their bytes, so they can be kept for good.
func headers(root string) []byte {
	return []byte(root + `*
  Content-Security-Policy: frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Cache-Control: public, max-age=0, must-revalidate
` + root + `assets/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
`)
}

func redirects(root string, list []site.Redirect) []byte {
	var b strings.Builder
	for _, redirect := range list {
		from := root + redirect.Path
		to := absolute(root, redirect.To.Path)
		fmt.Fprintf(&b, "%s %s 301\n", from, to)
		if folder, ok := strings.CutSuffix(from, "index.html"); ok {
			fmt.Fprintf(&b, "%s %s 301\n", folder, to)
			fmt.Fprintf(&b, "%s %s 301\n", strings.TrimSuffix(folder, "/"), to)
		}
	}
	return []byte(b.String())
}

// moved makes the page at an old address.
func (r *renderer) moved(redirect site.Redirect) ([]byte, error) {
	p := r.newPage(site.NewPage(redirect.Path, redirect.To.Title))
	view := r.frame(p)
	view.Kind = "moved"
	to := p.link(redirect.To)
	view.To = &to
	if r.site.Config.BaseURL != "" {
		view.Canonical = absolute(r.site.Config.BaseURL, redirect.To.Path)
	}
	return r.execute("moved.html", view, redirect.To.File)
}
