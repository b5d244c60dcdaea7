package site

import (
	"fmt"
	"path"
	"strings"

	"cairn/generator/diag"
)

// PathFolder is where golden paths are published for programs: PathFolder/NAME.json.
const PathFolder = "paths"

// checkPaths finds golden paths that would be published over one another, or over a
// table's data.
func (b *builder) checkPaths() {
	taken := map[string]*Page{}
	for _, page := range b.site.Pages {
		if name, ok := strings.CutPrefix(strings.TrimSuffix(page.Path, ".html"), PathFolder+"/"); ok && page.GoldenPath == nil && page.Guide == nil {
			taken[name] = page
		}
	}
	for _, page := range b.site.Pages {
		if page.GoldenPath == nil {
			continue
		}
		name := page.GoldenPath.Name
		if other := taken[name]; other != nil {
			b.faults.Add(diag.At(page.File, diag.PathSameName, fmt.Sprintf("the name %q is that of %s already", name, other.File),
				fmt.Sprintf("rename one of the files: %s-2%s", name, path.Ext(page.File))).Also(other.File, diag.Position{}, "the other one"))
			page.GoldenPath, page.Kind = nil, GuidePage
			continue
		}
		taken[name] = page
	}
}

// GoldenPaths are the pages of golden paths, in order of their files.
func (s *Site) GoldenPaths() []*Page {
	var pages []*Page
	for _, page := range s.Pages {
		if page.GoldenPath != nil {
			pages = append(pages, page)
		}
	}
	return pages
}
