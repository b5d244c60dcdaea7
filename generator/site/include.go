package site

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/markdown"
)

// What a page includes is limited, for a file that includes another twice, which
// includes a third twice, and so on, is short and makes an endless page.
const (
	// The deepest that includes go.
	includeDepth = 16
	mostIncluded = 1000
	// mostSize is of the HTML of all that a page includes, mostCode of a file that is
	// shown as code; both in bytes.
	mostSize = 8 << 20
	mostCode = 256 << 10
)

func (b *builder) include(page *Page, file *diag.File, block markdown.Block, wanted string, above []string) Block {
	part := b.parts[wanted]
	if part == nil && b.unreadable(wanted) {
		return Block{}
	}
	if part == nil {
		message := fmt.Sprintf("there is no file %q to include", block.Attributes["file"])
		if b.isPage(wanted) {
			message = fmt.Sprintf("%q is a page of its own and cannot be included", block.Attributes["file"])
		}
		var names []string
		for name := range b.parts {
			names = append(names, name)
		}
		slices.Sort(names)
		hint := "a file to be included has a name that begins with _"
		if near, ok := nearestFile(wanted, names); ok && !b.isPage(wanted) {
			hint = "did you mean " + quoted(relativePath(path.Dir(file.Path), near)) + "?"
		}
		b.faults.Add(file.At(block.Start, block.End, diag.LinkMissingInclude, message, hint))
		return Block{}
	}
	chain := append(slices.Clone(above), file.Path)
	if slices.Contains(chain, wanted) || len(chain) > includeDepth {
		b.faults.Add(file.At(block.Start, block.End, diag.LinkIncludeCycle,
			"the files include one another: "+strings.Join(append(chain, wanted), " → "), "take one of the includes out"))
		return Block{}
	}
	article := part.Page.Article
	region, ok := b.region(file, block, article)
	if !ok || !b.fits(page, file, block, article.Size) {
		return Block{}
	}
	return Block{Include: b.resolve(page, part.File, article, region, chain)}
}

// isPage tells whether a file is a page, published or not.
func (b *builder) isPage(file string) bool {
	return b.pages[file] != nil || b.lost[file] || b.isDraft(file)
}

// region finds the region that is named, nil if none is. It is false if that is not there.
func (b *builder) region(file *diag.File, block markdown.Block, article *markdown.Article) (*markdown.Region, bool) {
	wanted := block.Attributes["region"]
	if wanted == "" {
		return nil, true
	}
	var names []string
	for i := range article.Regions {
		region := &article.Regions[i]
		if region.Name != wanted {
			names = append(names, region.Name)
			continue
		}
		if region.To.Notes > region.From.Notes {
			b.faults.Add(file.At(block.Start, block.End, diag.LinkMissingRegion,
				fmt.Sprintf("the region %q has a footnote, which stands at the end of its file", wanted), "include the whole file, or write the note into the text"))
			return nil, false
		}
		return region, true
	}
	fallback := "the file has no regions: begin one with <!-- region " + wanted + " -->"
	if len(names) > 0 {
		fallback = "there are: " + strings.Join(names, ", ")
	}
	b.faults.Add(file.At(block.Start, block.End, diag.LinkMissingRegion,
		fmt.Sprintf("%s has no region %q", block.Attributes["file"], wanted), diag.DidYouMean(wanted, names, fallback)))
	return nil, false
}

// fits counts what a page includes.
func (b *builder) fits(page *Page, file *diag.File, block markdown.Block, size int) bool {
	before := b.included <= mostIncluded && b.includedSize <= mostSize
	b.included++
	b.includedSize += size
	if b.included <= mostIncluded && b.includedSize <= mostSize {
		return true
	}
	if before {
		b.faults.Add(file.At(block.Start, block.End, diag.LinkTooMuch,
			fmt.Sprintf("with this, %s includes more than %d files or %d MiB", page.File, mostIncluded, mostSize>>20), "make pages of them, and link to those"))
	}
	return false
}

// code finds what is shown of a file as code.
func (b *builder) code(file *diag.File, block markdown.Block, wanted string) Block {
	fault := func(code diag.Code, message, hint string) Block {
		b.faults.Add(file.At(block.Start, block.End, code, message, hint))
		return Block{}
	}
	name := block.Attributes["file"]
	if b.unreadable(wanted) {
		return Block{}
	}
	text, found := b.in.Text(wanted, mostCode)
	switch {
	case !found:
		return fault(diag.LinkMissingInclude, fmt.Sprintf("there is no file %q below content/ or assessment/", name), b.site.Graph.suggestFile(file.Path, wanted, PageNode, AssetNode))
	case text == nil:
		return fault(diag.LinkTooMuch, fmt.Sprintf("%q is no text of at most %d KiB", name, mostCode>>10), "cut out what is to be shown, into a file of its own")
	}
	code, wrong, hint := markdown.Excerpt(string(text.Text), block.Attributes)
	if wrong != "" {
		return fault(diag.LinkMissingRegion, wrong, hint)
	}
	return Block{Code: code, Coded: true}
}

// includesAnchor looks for a heading that an included part brings to a page.
func (b *builder) includesAnchor(page *Page, anchor string) bool {
	if page == nil || page.Guide == nil {
		return false
	}
	seen := map[string]bool{}
	var look func(file string, blocks []markdown.Block, depth int) bool
	look = func(file string, blocks []markdown.Block, depth int) bool {
		for _, block := range blocks {
			if block.Name != "include" || depth > includeDepth {
				continue
			}
			wanted, ok := b.inProject(file, block.Attributes["file"])
			part := b.parts[wanted]
			place := wanted + "#" + block.Attributes["region"]
			if !ok || part == nil || seen[place] {
				continue
			}
			seen[place] = true
			article := part.Page.Article
			headings, inside := article.AllHeadings(), article.Blocks
			if name := block.Attributes["region"]; name != "" {
				at := slices.IndexFunc(article.Regions, func(r markdown.Region) bool { return r.Name == name })
				if at < 0 {
					continue
				}
				region := &article.Regions[at]
				headings, inside = headings[region.From.Headings:region.To.Headings], inside[region.From.Blocks:region.To.Blocks]
			}
			if slices.ContainsFunc(headings, func(h markdown.Heading) bool { return h.ID == anchor }) || look(wanted, inside, depth+1) {
				return true
			}
		}
		return false
	}
	return look(page.File, page.Guide.Article.Blocks, 1)
}

// Headings are those of what is shown of the article.
func (r *Resolved) Headings() []markdown.Heading {
	if r.Region == nil {
		return r.Article.AllHeadings()
	}
	return r.Article.AllHeadings()[r.Region.From.Headings:r.Region.To.Headings]
}

// Parts are those of what is shown of the article.
func (r *Resolved) Parts() ([]markdown.Part, error) {
	body, err := r.Article.Body()
	if err != nil || r.Region == nil {
		return body.Parts, err
	}
	return body.Parts[r.Region.From.Parts:r.Region.To.Parts], nil
}

// checkAnchors finds headings of included parts whose ids the page already has, and
// footnotes that it would have twice.
func (b *builder) checkAnchors(page *Page) {
	if b.included == 0 {
		return
	}
	seen := map[string]bool{}
	var walk func(r *Resolved)
	walk = func(r *Resolved) {
		for _, heading := range r.Headings() {
			if heading.ID == "" {
				continue
			}
			if seen[heading.ID] {
				b.faults.Add(r.File.At(heading.Start, heading.End, diag.SiteAnchor,
					fmt.Sprintf("the page %s has a heading with the id %q already", page.File, heading.ID),
					fmt.Sprintf("give this heading an id of its own: {#%s-2}", heading.ID)))
			}
			seen[heading.ID] = true
		}
		if notes := "#fn" + markdown.NoteSuffix(r.File.Path); r.Region == nil && r.Article.Notes > 0 {
			if seen[notes] {
				b.faults.Add(r.File.At(0, 0, diag.SiteAnchor, fmt.Sprintf("the page %s has the footnotes of a file of this name already", page.File),
					"include it once, or write the notes into the text"))
			}
			seen[notes] = true
		}
		for _, block := range r.Blocks {
			if block.Include != nil {
				walk(block.Include)
			}
		}
	}
	walk(page.Body)
}
