package site

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"cairn/generator/diag"
)

// addRedirects makes a redirect of every alias. No two of them, and no page, may have
// the same address; capital letters make no difference, as on many disks and hosts.
func (b *builder) addRedirects() {
	taken := map[string]string{"404.html": "the page for missing pages"}
	if b.in.Config != nil && b.in.Config.Search {
		taken[SearchPath] = "the search page"
	}
	for _, page := range b.site.Pages {
		taken[page.Path] = page.File
	}
	for _, page := range b.site.Pages {
		if page.Guide == nil {
			continue
		}
		aliases, file := page.Guide.FrontMatter.Aliases, b.texts[page.File]
		for _, alias := range aliases.Value {
			old, ok := redirectPath(alias.Value)
			folded := strings.ToLower(old)
			other, clash := taken[folded]
			switch {
			case !ok:
				b.faults.Add(file.At(alias.Start, alias.End, diag.SiteAlias, fmt.Sprintf("%q is no address that a page of this site can have had", alias.Value),
					"write it from the site's root on, without host, ? and #: /old-post/"))
			case clash:
				b.faults.Add(file.At(alias.Start, alias.End, diag.SiteCollision,
					fmt.Sprintf("the alias %s has the address of %s", alias.Value, other), "take the alias out, or give the other page another address"))
			default:
				taken[folded] = page.File
				b.site.Redirects = append(b.site.Redirects, Redirect{old, page, alias, file})
			}
		}
	}
	slices.SortFunc(b.site.Redirects, func(x, y Redirect) int { return cmp.Compare(x.Path, y.Path) })
}

var aliasPart = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*$`)

// redirectPath returns the output of an alias: "/old/" and "/old" are
// "old/index.html", "/old.html" is itself.
func redirectPath(alias string) (string, bool) {
	inside := strings.TrimPrefix(alias, "/")
	if inside == "" || len(inside) > 200 {
		return "", false
	}
	if !strings.HasSuffix(inside, ".html") {
		inside = strings.TrimSuffix(inside, "/") + "/index.html"
	}
	parts := strings.Split(inside, "/")
	for i, part := range parts {
		name, _, _ := strings.Cut(strings.ToLower(part), ".")
		if !aliasPart.MatchString(part) || strings.HasSuffix(part, ".") || reservedNames[name] ||
			i < len(parts)-1 && strings.HasSuffix(strings.ToLower(part), ".html") { // a folder where a page would be a file
			return "", false
		}
	}
	// The assets' folder is the build's own.
	return path.Join(parts...), strings.ToLower(parts[0]) != "assets"
}
