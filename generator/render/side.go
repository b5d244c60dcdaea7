package render

import (
	"crypto/sha256"
	"fmt"
	"html/template"
	"path"
	"strings"
	"sync"

	"cairn/generator/site"
)

// The side lists a page's siblings. All pages of a section show the same list, from the
// same folder with the same addresses, so its entries are made once; only the entry of
// the page itself is another one on each.

// mostBeside is how many pages before and behind it a page shows in its side. A section
// with more shows what is near: no page's size depends on the number of pages.
const mostBeside = 100

// A shelf is a section's children in the order in which their groups show them.
type shelf struct {
	ordered []*site.Page
	// entries are the rendered links, by the folder they are seen from.
	entries sync.Map // string to func() ([]string, error)
	// keys are hashes of what the entries show, by the same folders.
	keys sync.Map // string to func() string
}

// shelve puts every section's children in order, and notes each one's place.
func (r *renderer) shelve() {
	r.shelves, r.places = map[*site.Page]*shelf{}, map[*site.Page]int{}
	for _, page := range r.site.Pages {
		if len(page.Children) == 0 {
			continue
		}
		s := &shelf{ordered: grouped(page.Children)}
		r.shelves[page] = s
		for i, child := range s.ordered {
			r.places[child] = i
		}
	}
}

// A sideGroup is a group of links in the side; Entries are made by the part side-entry.
type sideGroup struct {
	Title   string
	Entries template.HTML
}

// side makes the list of a section's children as a page shows it: the one at a place,
// or with -1 the section itself.
func (r *renderer) side(p *pageRenderer, section *site.Page, at int) ([]sideGroup, error) {
	s := r.shelves[section]
	if p.keyed {
		p.beside, p.at = section, at
		return []sideGroup{{Entries: template.HTML(fmt.Sprint(at, s.key(p)))}}, nil // hashed, and never shown
	}
	made, _ := s.entries.LoadOrStore(path.Dir(p.page.Path), sync.OnceValues(func() ([]string, error) {
		entries := make([]string, len(s.ordered))
		for i, page := range s.ordered {
			entry, err := r.sideEntry(linkView{Title: page.Title, Address: p.to(page.Path)})
			if err != nil {
				return nil, err // of all pages that show the shelf, so it names none of them
			}
			entries[i] = entry
		}
		return entries, nil
	}))
	entries, err := made.(func() ([]string, error))()
	if err != nil {
		return nil, r.fault(err, p.page.File)
	}
	from, to := max(0, at-mostBeside), min(len(entries), max(0, at)+1+mostBeside)
	if len(entries) <= 2*mostBeside {
		from, to = 0, len(entries)
	}
	var groups []sideGroup
	for from < to {
		group := s.ordered[from].Group
		end, size := from, 0
		for end < to && s.ordered[end].Group == group {
			size += len(entries[end])
			end++
		}
		var b strings.Builder
		b.Grow(size + 64)
		for i := from; i < end; i++ {
			entry := entries[i]
			if i == at {
				page := s.ordered[i]
				if entry, err = r.sideEntry(linkView{Title: page.Title, Address: p.to(page.Path), Current: "page"}); err != nil {
					return nil, r.fault(err, p.page.File)
				}
			}
			b.WriteString(entry)
		}
		// Entries are what the theme's own template made of titles and addresses.
		groups = append(groups, sideGroup{Title: group, Entries: template.HTML(b.String())})
		from = end
	}
	return groups, nil
}

// key is a hash of all that the shelf shows to a page's folder.
func (s *shelf) key(p *pageRenderer) string {
	made, _ := s.keys.LoadOrStore(path.Dir(p.page.Path), sync.OnceValue(func() string {
		hash := sha256.New()
		for _, page := range s.ordered {
			fmt.Fprintf(hash, "%q %q %q\n", page.Group, page.Title, p.to(page.Path))
		}
		return string(hash.Sum(nil))
	}))
	return made.(func() string)()
}

func (r *renderer) sideEntry(link linkView) (string, error) {
	var b strings.Builder
	err := r.theme.Execute(&b, "side-entry", link)
	return b.String(), err
}
