package site

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"cairn/generator/assessment"
	"cairn/generator/config"
	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/goldenpath"
	"cairn/generator/markdown"
	"cairn/generator/table"
)

// Formats are the files that an author writes, by the name that ::keys gives them.
var Formats = map[string]any{
	"config":       config.Document{},
	"front-matter": content.FrontMatter{},
	"path":         goldenpath.Document{},
	"table":        table.Document{},
	"row":          table.RowDocument{},
	"cell":         table.CellDocument{},
	"sources":      table.SourcesDocument{},
	"assessment":   assessment.Document{},
	"answers":      assessment.AnswersDocument{},
	"answer":       assessment.AnswerDocument{},
}

// resolvePages resolves every page. What a page says depends on the nodes of the graph
// and not on how other pages are resolved, so pages are resolved in parallel, a stretch
// of them at a time; what each stretch found is put together in their order.
func (b *builder) resolvePages() {
	b.resolveTableParts()
	const stretch = 256
	pages := b.site.Pages
	forks := make([]builder, (len(pages)+stretch-1)/stretch)
	var next atomic.Int64
	var fallen atomic.Value
	var group sync.WaitGroup
	for range min(len(forks), runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			defer func() {
				if cause := recover(); cause != nil {
					fallen.CompareAndSwap(nil, fmt.Sprint(cause))
				}
			}()
			for {
				at := int(next.Add(1)) - 1
				if at >= len(forks) {
					return
				}
				fork := *b
				fork.faults, fork.edges, fork.used = nil, edges{}, map[string]bool{}
				fork.resolveStretch(pages[at*stretch : min(len(pages), (at+1)*stretch)])
				forks[at] = fork
			}
		})
	}
	group.Wait()
	if cause := fallen.Load(); cause != nil {
		panic(cause)
	}
	for i := range forks {
		b.faults = append(b.faults, forks[i].faults...)
		maps.Copy(b.used, forks[i].used)
	}
	lists := []edges{b.edges}
	for i := range forks {
		lists = append(lists, forks[i].edges)
	}
	b.site.Graph.link(lists...)
	b.edges = edges{}
}

// link notes an edge.
func (b *builder) link(from *Page, file string, start int, to Place) {
	b.site.Graph.edge(&b.edges, from, file, start, to)
}

func (b *builder) resolveStretch(pages []*Page) {
	for _, page := range pages {
		b.included, b.includedSize = 0, 0
		switch {
		case page.Guide != nil:
			page.Body = b.resolve(page, b.texts[page.File], page.Guide.Article, nil, nil)
			b.checkAnchors(page)
			b.resolvePictures(page)
		case page.Table != nil:
			b.citeTable(page, page.Table)
			page.Body = b.resolveText(page, page.Table.Note.Value, page.Table.Note.Start, page.Table.Note.End)
		case page.Assessment != nil:
			introduction := page.Assessment.Document.Introduction
			page.Body = b.resolveText(page, introduction.Value, introduction.Start, introduction.End)
			b.resolveAssessment(page)
		}
	}
}

// resolve fills the holes of an article, or of a region of it. above holds the files that
// include it.
func (b *builder) resolve(page *Page, file *diag.File, article *markdown.Article, region *markdown.Region, above []string) *Resolved {
	resolved := &Resolved{File: file, Article: article}
	links := article.AllLinks()
	from, to := markdown.Mark{}, markdown.Mark{Links: len(links), Images: len(article.Images), Cites: len(article.Cites), Blocks: len(article.Blocks)}
	if region != nil {
		from, to = region.From, region.To
	}
	var targets []Target
	if len(links) > 0 {
		targets = make([]Target, len(links))
	}
	for i := from.Links; i < to.Links; i++ {
		link := &links[i]
		targets[i] = b.target(page, file, link.Destination, link.Start, link.End)
	}
	resolved.OtherHoles = &noOtherHoles
	if region == nil && to.Images+to.Cites+to.Blocks == 0 {
		resolved.pack(targets)
		return resolved
	}
	resolved.OtherHoles = &OtherHoles{Region: region}
	resolved.pack(targets)
	resolved.Images = make([]*Asset, to.Images)
	for i := from.Images; i < to.Images; i++ {
		image := &article.Images[i]
		resolved.Images[i] = b.picture(file, image.Source, image.Start, image.End)
	}
	resolved.Cites = make([]*table.Source, to.Cites)
	for i := from.Cites; i < to.Cites; i++ {
		if cite := &article.Cites[i]; cite.Source != markdown.Own {
			resolved.Cites[i] = b.cite(page, file, cite.Source, cite.Start, cite.End)
		}
	}
	resolved.Blocks = make([]Block, to.Blocks)
	for i := from.Blocks; i < to.Blocks; i++ {
		resolved.Blocks[i] = b.block(page, file, article.Blocks[i], above)
	}
	return resolved
}

// target finds where a link leads, and says so if it leads nowhere.
func (b *builder) target(page *Page, file *diag.File, destination string, start, end int) Target {
	if destination == "" {
		return Target{} // the parser has said so
	}
	if external(destination) {
		return Target{to: destination}
	}
	wanted, anchor, _ := strings.Cut(destination, "#")
	wanted, _, _ = strings.Cut(wanted, "?")
	if decoded, err := url.PathUnescape(wanted); err == nil {
		wanted = decoded
	}
	if decoded, err := url.PathUnescape(anchor); err == nil {
		anchor = decoded
	}
	from := file.Path
	if wanted == "" {
		wanted, from = page.File, page.File // "#steps": a place on this page
	} else {
		joined, ok := b.inProject(from, wanted)
		if !ok {
			b.faults.Add(file.At(start, end, diag.LinkOutside, fmt.Sprintf("the link to %q leads outside the project", destination),
				"link to a file of the project, or to a full address beginning with https://"))
			return Target{}
		}
		wanted = joined
	}
	graph := b.site.Graph
	node, ok := graph.Node(Place{File: wanted})
	if !ok {
		if section, found := graph.Node(Place{File: path.Join(wanted, "index.md")}); found {
			b.faults.Add(file.At(start, end, diag.LinkMissingPage, fmt.Sprintf("the link to %q leads to a folder", destination),
				"write "+quoted(relativePath(path.Dir(from), section.File))))
			return Target{}
		}
		if b.others[wanted] || b.parts[wanted] != nil || b.tables[wanted] != nil {
			b.faults.Add(file.At(start, end, diag.LinkNotPublished, fmt.Sprintf("the file %q is not published", wanted),
				"link to a page, a table, an assessment or a file below content/"))
			return Target{}
		}
		if b.isDraft(wanted) {
			b.faults.Add(file.At(start, end, diag.LinkNotPublished, draftMessage(wanted), draftHint))
			return Target{}
		}
		if b.toldOf(wanted) {
			return Target{}
		}
		b.faults.Add(file.At(start, end, diag.LinkMissingPage, fmt.Sprintf("there is no page %q", destination),
			graph.suggestFile(from, wanted, PageNode, AssetNode)))
		return Target{}
	}
	if node.Kind == AssetNode {
		b.used[wanted] = true
		b.link(page, file.Path, start, node.Place)
		return Target{Asset: b.assets[wanted], to: strings.Clone(anchor)}
	}
	if anchor != "" {
		inside, found := graph.Node(Place{wanted, anchor})
		if safe := markdown.SafeID(anchor); !found && safe != anchor {
			// A heading whose id would clash with the page's own has another one.
			if inside, found = graph.Node(Place{wanted, safe}); found {
				anchor = safe
			}
		}
		if !found && unparsed(node.Page, b.in.Sources != nil) {
			return Target{Page: node.Page}
		}
		if !found && !b.includesAnchor(node.Page, anchor) {
			b.faults.Add(file.At(start, end, diag.LinkMissingHeading,
				fmt.Sprintf("%s has no heading with the id %q", wanted, anchor), graph.suggestAnchor(wanted, anchor)))
			return Target{Page: node.Page}
		}
		// A piece of what the author wrote would hold all of that in memory.
		if found {
			node, anchor = inside, inside.Anchor
		} else {
			anchor = strings.Clone(anchor)
		}
	}
	b.link(page, file.Path, start, node.Place)
	return Target{Page: node.Page, to: anchor}
}

func external(destination string) bool {
	if strings.HasPrefix(destination, "//") {
		return true
	}
	scheme, _, found := strings.Cut(destination, ":")
	if !found || strings.ContainsAny(scheme, "/#?") {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		return true
	}
	return false
}

// inProject joins a relative path to the folder of a file. A path that begins with
// a slash begins at content/. It is not ok if the result is outside the project.
func (b *builder) inProject(from, wanted string) (string, bool) {
	folder := path.Dir(from)
	if strings.HasPrefix(wanted, "/") {
		folder = "content"
	}
	joined := path.Join(folder, wanted)
	return joined, joined != ".." && !strings.HasPrefix(joined, "../")
}

// Addresses that only another tool understands.
func foreignAlias(address string) bool {
	return strings.HasPrefix(address, "$") || strings.HasPrefix(address, "~") ||
		strings.HasPrefix(address, "@") || strings.HasPrefix(address, "{")
}

func (b *builder) picture(file *diag.File, source string, start, end int) *Asset {
	if source == "" {
		return nil
	}
	if foreignAlias(source) {
		b.faults.Add(file.At(start, end, diag.LinkForeignAlias, fmt.Sprintf("the image address %q uses another tool's alias", source),
			"put the image beside the page and write its relative path"))
		return nil
	}
	if external(source) {
		b.faults.Add(file.At(start, end, diag.LinkMissingImage, fmt.Sprintf("the image %q is on another site", source),
			"pages load nothing from elsewhere: put the image beside the page"))
		return nil
	}
	if decoded, err := url.PathUnescape(source); err == nil {
		source = decoded
	}
	wanted, ok := b.inProject(file.Path, source)
	if !ok {
		b.faults.Add(file.At(start, end, diag.LinkOutside, fmt.Sprintf("the image %q lies outside the project", source),
			"put the image beside the page"))
		return nil
	}
	node, found := b.site.Graph.Node(Place{File: wanted})
	if !found || node.Kind != AssetNode {
		if b.toldOf(wanted) {
			return nil
		}
		b.faults.Add(file.At(start, end, diag.LinkMissingImage, fmt.Sprintf("there is no image %q", source),
			b.site.Graph.suggestFile(file.Path, wanted, AssetNode)))
		return nil
	}
	b.used[wanted] = true
	asset := b.assets[wanted]
	if width, _, err := asset.Measure(); width == 0 && err == nil {
		b.faults.Add(file.At(start, end, diag.LinkUnmeasured, fmt.Sprintf("how large the image %q is cannot be read", source),
			"use PNG, JPEG, GIF, WebP, AVIF, or an SVG with a viewBox"))
	}
	return asset
}

// resolvePictures finds the pictures that the front matter names.
func (b *builder) resolvePictures(page *Page) {
	front := &page.Guide.FrontMatter
	file := b.texts[page.File]
	if image := b.picture(file, front.Image.Value, front.Image.Start, front.Image.End); image != nil {
		page.own().Image = image
	}
	if image := b.picture(file, front.DarkImage.Value, front.DarkImage.Start, front.DarkImage.End); image != nil {
		page.own().DarkImage = image
	}
}

// cite finds a cited source and puts it into the page's list.
func (b *builder) cite(page *Page, file *diag.File, id string, start, end int) *table.Source {
	source := b.source(id)
	if source == nil && (b.toldOf(SourcesFile) || b.in.SourcesText != nil && b.in.Sources == nil) {
		return nil // what is wrong with the registry is said once
	}
	if source == nil {
		fallback := "describe it in " + SourcesFile
		if b.in.Sources == nil {
			fallback = "the project has no " + SourcesFile + " yet: write it there"
		}
		b.faults.Add(file.At(start, end, diag.CiteUnknown, fmt.Sprintf("there is no source %q", id),
			diag.DidYouMean(id, b.sourceIDs(), fallback)))
		return nil
	}
	if !slices.Contains(page.Cited, source) {
		page.own().Cited = append(page.Cited, source)
	}
	if page.Path != "" { // a table without a page is cited by the pages that place it
		b.link(page, file.Path, start, Place{SourcesFile, id})
	}
	return source
}

// block finds what a directive places.
func (b *builder) block(page *Page, file *diag.File, block markdown.Block, above []string) Block {
	switch block.Name {
	case "image":
		placed := Block{Picture: b.picture(file, block.Attributes["file"], block.Start, block.End)}
		if dark := block.Attributes["dark"]; dark != "" {
			placed.Dark = b.picture(file, dark, block.Start, block.End)
		}
		return placed
	case "codes":
		return Block{Rules: true}
	case "proofs":
		return Block{Proofs: true}
	case "privacy":
		return Block{Privacy: true}
	case "keys":
		format := block.Attributes["of"]
		if _, ok := Formats[format]; !ok {
			names := slices.Sorted(maps.Keys(Formats))
			b.faults.Add(file.At(block.Start, block.End, diag.LinkMissingBlock, fmt.Sprintf("there is no format %q", format),
				diag.DidYouMean(format, names, "there are: "+strings.Join(names, ", "))))
			return Block{}
		}
		return Block{Keys: format}
	}
	wanted, ok := b.inProject(file.Path, block.Attributes["file"])
	if !ok {
		b.faults.Add(file.At(block.Start, block.End, diag.LinkOutside,
			fmt.Sprintf("%q lies outside the project", block.Attributes["file"]), "copy the file into the project"))
		return Block{}
	}
	switch block.Name {
	case "include":
		return b.include(page, file, block, wanted, above)
	case "code":
		return b.code(file, block, wanted)
	}
	target, part := b.pages[wanted], b.tables[wanted]
	if part != nil {
		target = part
	}
	kind, what := TablePage, block.Name
	if what == "chart" {
		what = "table"
	}
	if block.Name == "assessment" {
		kind = AssessmentPage
	}
	if target == nil && b.toldOf(wanted) {
		return Block{}
	}
	if target == nil || target.Kind != kind {
		b.faults.Add(file.At(block.Start, block.End, diag.LinkMissingBlock,
			fmt.Sprintf("there is no %s %q", what, block.Attributes["file"]),
			b.site.Graph.suggestFile(file.Path, wanted, PageNode)))
		return Block{}
	}
	if part == nil {
		b.link(page, file.Path, block.Start, Place{File: wanted})
	}
	if kind == AssessmentPage {
		return Block{Assessment: target}
	}
	if target.Table != nil {
		b.citeTableOn(page, b.texts[target.File], target.Table, false)
		if block.Name == "chart" {
			return Block{Table: target, Chart: b.chart(file, block, target.Table)}
		}
	}
	return Block{Table: target}
}

// resolveTableParts looks at the tables without a page of their own as their pages
// would: the sources they cite are there. A note has no place to stand.
func (b *builder) resolveTableParts() {
	for _, file := range slices.Sorted(maps.Keys(b.tables)) {
		page := b.tables[file]
		if page.Table == nil {
			continue
		}
		b.citeTable(page, page.Table)
		if note := page.Table.Note; note.Set {
			b.faults.Add(b.texts[file].At(note.Start, note.End, diag.TablePartNote, "a table without a page of its own shows no note",
				"write it on the page that places the table, or take the _ from the name of the file"))
		}
	}
}

// chart finds the chart that a directive names among those of a table.
func (b *builder) chart(file *diag.File, block markdown.Block, t *table.Table) *table.Chart {
	wanted, named := block.Attributes["chart"]
	var ids []string
	for i := range t.Charts {
		if t.Charts[i].ID == wanted || !named && len(t.Charts) == 1 {
			return &t.Charts[i]
		}
		ids = append(ids, t.Charts[i].ID)
	}
	message, hint := fmt.Sprintf("%s has no chart %q", block.Attributes["file"], wanted), diag.DidYouMean(wanted, ids, "there are: "+strings.Join(ids, ", "))
	switch {
	case len(ids) == 0:
		message, hint = fmt.Sprintf("%s has no chart", block.Attributes["file"]), "declare one there, as [[chart]]; or place the table, with ::table"
	case !named:
		message, hint = fmt.Sprintf("%s has several charts", block.Attributes["file"]), fmt.Sprintf(`name one of them: chart=%q`, ids[0])
	}
	b.faults.Add(file.At(block.Start, block.End, diag.LinkMissingBlock, message, hint))
	return nil
}

// toldOf tells whether what is wrong with a file is in the list already: it is there but
// cannot be read, or a folder above it, or it has no address. That it is also missed would
// say the same again.
func (b *builder) toldOf(file string) bool {
	return b.lost[file] || b.unreadable(file)
}

func (b *builder) unreadable(file string) bool {
	return slices.ContainsFunc(b.in.Unreadable, func(cannot string) bool {
		return file == cannot || strings.HasPrefix(file, cannot+"/")
	})
}

// isDraft tells whether a page is left out as a draft.
func (b *builder) isDraft(file string) bool { return slices.Contains(b.site.Drafts, file) }

func draftMessage(file string) string {
	return fmt.Sprintf("the page %q is a draft and not published", file)
}

const draftHint = "publish it, or take the link out"

// unparsed tells whether a page shows only why its file could not be parsed, so that
// nobody knows its anchors.
func unparsed(page *Page, registry bool) bool {
	switch page.Kind {
	case TablePage:
		return page.Table == nil
	case AssessmentPage:
		return page.Assessment == nil
	case SourcesPage:
		return !registry
	}
	return false
}

// citeTable cites the sources of a table on its own page and says which are not there.
func (b *builder) citeTable(page *Page, t *table.Table) {
	b.citeTableOn(page, b.texts[page.File], t, true)
}

// citeTableOn cites the sources of a table on a page. Faults are reported once,
// for the table's own page.
func (b *builder) citeTableOn(page *Page, file *diag.File, t *table.Table, report bool) {
	cite := func(refs []table.SourceRef) {
		for _, ref := range refs {
			if report {
				b.cite(page, file, ref.ID, ref.Start, ref.End)
			} else if source := b.source(ref.ID); source != nil && !slices.Contains(page.Cited, source) {
				page.own().Cited = append(page.Cited, source)
				b.link(page, file.Path, ref.Start, Place{SourcesFile, ref.ID})
			}
		}
	}
	cite(t.Sources)
	for i := range t.Rows {
		cite(t.Rows[i].Sources)
		for j := range t.Rows[i].Cells {
			cite(t.Rows[i].Cells[j].Sources)
			for _, statement := range t.Rows[i].Cells[j].Statements {
				cite(statement.Sources)
			}
		}
	}
}
