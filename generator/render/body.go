package render

import (
	"fmt"
	"html"
	"html/template"
	"net/url"
	"strings"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/markdown"
	"cairn/generator/record"
	"cairn/generator/site"
	"cairn/generator/table"
)

// body writes an article: its literal HTML, and what stands in its holes. This is
// one of the few places where template.HTML is made: the literals come from the
// Markdown renderer, which lets no HTML of an author through unless the config
// says so, and everything that is filled in is escaped here.
func (r *renderer) body(p *pageRenderer, resolved *site.Resolved) (template.HTML, error) {
	if resolved == nil {
		return "", nil
	}
	p.terms = nil
	p.improves(resolved.Article)
	if resolved == p.body {
		p.terms = r.site.Terms(p.page)
	}
	if key, ok := r.bodyKey(p, resolved); ok {
		p.bodyLeft = true
		return template.HTML(key), nil // hashed, and never shown
	}
	var b strings.Builder
	if err := r.writeBody(&b, p, resolved); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}

// improves notes which scripts an article needs.
func (p *pageRenderer) improves(article *markdown.Article) {
	p.code = p.code || article.Code
	p.tabs = p.tabs || article.Tabs
}

func (r *renderer) writeBody(b *strings.Builder, p *pageRenderer, resolved *site.Resolved) error {
	article := resolved.Article
	parts, err := resolved.Parts()
	if err != nil {
		return err
	}
	links := r.site.Targets(resolved)
	size := 100 * len(links)
	for _, part := range parts {
		size += len(part.HTML)
	}
	b.Grow(size)
	for i := 0; i < len(parts); i++ {
		part := parts[i]
		uses := p.terms.Part(part)
		switch part.Hole {
		case markdown.Literal:
			at := 0
			for _, use := range uses {
				b.WriteString(part.HTML[at:use.Start])
				b.WriteString(`<a class="term" href="` + html.EscapeString(p.address(use.Target)) + `">`)
				b.WriteString(part.HTML[use.Start:use.End] + "</a>")
				at = use.End
			}
			b.WriteString(part.HTML[at:])
		case markdown.LinkOpen:
			b.WriteString(p.openLink(links[part.Index]))
		case markdown.LinkClose:
			if links[part.Index].Broken() {
				b.WriteString("</span>")
			} else {
				b.WriteString("</a>")
			}
		case markdown.ImageHole:
			b.WriteString(p.image(resolved.Images[part.Index], article.Images[part.Index]))
		case markdown.CiteHole:
			run := citesFrom(parts[i:])
			named := fillsCell(parts, i, len(run))
			i += len(run) - 1
			if err := r.writeCites(b, p, resolved, run, named); err != nil {
				return err
			}
		case markdown.CodeHole:
			p.openCode(b, resolved, part.Index)
		case markdown.SlotHole:
			p.slot(b, resolved, part.Index)
		case markdown.BlockHole:
			if err := r.writeBlock(b, p, resolved.Blocks[part.Index], article.Blocks[part.Index]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pageRenderer) openLink(target site.Target) string {
	address := p.address(target)
	if address == "" {
		return `<span class="broken">`
	}
	return `<a href="` + html.EscapeString(address) + `">`
}

// address returns where a link leads, as seen from this page; empty if nowhere.
func (p *pageRenderer) address(target site.Target) string {
	address := ""
	switch {
	case target.External() != "":
		if address, err := url.Parse(target.External()); err == nil {
			return address.String() // what an address cannot hold as it is, is encoded
		}
		return target.External()
	case target.Page == p.page && target.Anchor() != "":
		return "#" + target.Anchor()
	case target.Page != nil:
		address = p.to(target.Page.Path)
	case target.Asset != nil:
		address = p.to(p.assets[target.Asset])
	default:
		return ""
	}
	if target.Anchor() != "" {
		address += "#" + target.Anchor()
	}
	return address
}

func (p *pageRenderer) image(asset *site.Asset, image markdown.Image) string {
	if asset == nil {
		if image.Alt == "" {
			return ""
		}
		return `<span class="broken">` + html.EscapeString(image.Alt) + `</span>`
	}
	title := ""
	if image.Title != "" {
		title = ` title="` + html.EscapeString(image.Title) + `"`
	}
	return p.picture(asset, image.Alt, title)
}

// picture writes an image with its size, so that its place is kept until it is there.
func (p *pageRenderer) picture(asset *site.Asset, alt, more string) string {
	size := ""
	if width, height, err := asset.Measure(); err == nil && width > 0 {
		size = fmt.Sprintf(` width="%d" height="%d"`, width, height)
	}
	return fmt.Sprintf(`<img src="%s" alt="%s"%s%s loading="lazy">`, html.EscapeString(p.to(p.assets[asset])), html.EscapeString(alt), size, more)
}

// figure writes an image that stands by itself. Of a pair, style shows the one that fits
// the page; the other is not loaded.
func (p *pageRenderer) figure(b *strings.Builder, block site.Block, written markdown.Block) {
	b.WriteString("<figure class=\"picture\">\n")
	light, alt := "", written.Attributes["alt"]
	if block.Dark != nil {
		light = ` class="only-light"`
	}
	b.WriteString(p.picture(block.Picture, alt, light) + "\n")
	if block.Dark != nil {
		b.WriteString(p.picture(block.Dark, alt, ` class="only-dark"`) + "\n")
	}
	if caption := written.Attributes["caption"]; caption != "" {
		b.WriteString("<figcaption>" + html.EscapeString(caption) + "</figcaption>\n")
	}
	b.WriteString("</figure>\n")
}

// citesFrom returns the citations that stand at the start of parts, one directly
// behind the other.
func citesFrom(parts []markdown.Part) []markdown.Part {
	end := 0
	for end < len(parts) && parts[end].Hole == markdown.CiteHole {
		end++
	}
	return parts[:end]
}

// fillsCell tells whether the citations from start are all that a table's cell holds.
func fillsCell(parts []markdown.Part, start, count int) bool {
	return start > 0 && start+count < len(parts) &&
		strings.HasSuffix(parts[start-1].HTML, "<td>") && strings.HasPrefix(parts[start+count].HTML, "</td>")
}

// writeCites writes the numbers of sources, and after them the notes beside the
// text: a note between two numbers would part the second from its sentence. In a
// cell of its own a raised number would hang in the air, so there it has a name.
func (r *renderer) writeCites(b *strings.Builder, p *pageRenderer, resolved *site.Resolved, run []markdown.Part, named bool) error {
	var notes strings.Builder
	for i, part := range run {
		source, cite := resolved.Cites[part.Index], resolved.Article.Cites[part.Index]
		if named && i > 0 {
			b.WriteString(", ")
		}
		if named && source != nil {
			b.WriteString(html.EscapeString(p.source(source).Name))
		}
		if err := r.writeCite(b, &notes, p, source, cite); err != nil {
			return err
		}
	}
	b.WriteString(notes.String())
	return nil
}

// writeCite writes the number of a source, and at its first place on the page the
// note for the margin, which is a short copy of the list at the page's end.
func (r *renderer) writeCite(b, notes *strings.Builder, p *pageRenderer, source *table.Source, cite markdown.Cite) error {
	if cite.Source == "own" {
		b.WriteString(`<span class="src">` + html.EscapeString(p.words.Say("text.own")) + `</span>`)
		return nil
	}
	if source == nil {
		b.WriteString(`<span class="broken">[` + html.EscapeString(cite.Source) + `]</span>`)
		return nil
	}
	view := p.source(source)
	fmt.Fprintf(b, `<a class="cite" href="#%s">%d</a>`, view.Anchor, view.Number)
	if p.noted[source] && cite.Locator == "" {
		return nil
	}
	p.noted[source] = true
	fmt.Fprintf(notes, `<span class="sidenote" aria-hidden="true"><b>%d</b> %s`, view.Number, html.EscapeString(view.Name))
	if cite.Locator != "" {
		notes.WriteString(", " + html.EscapeString(cite.Locator))
	}
	if view.Date != "" {
		notes.WriteString(", " + html.EscapeString(view.Date))
	}
	notes.WriteString(". ")
	if err := r.theme.Execute(notes, "grade", view); err != nil {
		return r.fault(err, p.page.File)
	}
	notes.WriteString("</span>")
	return nil
}

func (r *renderer) writeBlock(b *strings.Builder, p *pageRenderer, block site.Block, written markdown.Block) error {
	var err error
	switch {
	case block.Picture != nil:
		p.figure(b, block, written)
	case block.Coded:
		p.code = true
		b.WriteString(markdown.CodeHTML(block.Code, written.Attributes))
	case block.Include != nil:
		p.improves(block.Include.Article)
		return r.writeBody(b, p, block.Include)
	case block.Table != nil:
		view := r.tableView(p, block.Table)
		if block.Chart != nil {
			err = r.theme.Execute(b, "figure", r.figureView(p, block.Table.Table, block.Chart, view))
		} else {
			err = r.theme.Execute(b, "data-table", view)
		}
	case block.Assessment != nil:
		err = r.theme.Execute(b, "assessment-card", r.cardView(p, block.Assessment))
	case block.Keys != "":
		p.code = true // examples
		err = r.theme.Execute(b, "keys", keysOf(block.Keys))
	case block.Proofs:
		err = r.theme.Execute(b, "proofs", r.proofs)
	case block.Privacy:
		p.privacy, p.code = true, true
		err = r.theme.Execute(b, "privacy", privacyOf(r.theme.Scripts))
	case block.Rules:
		p.code = true
		err = r.theme.Execute(b, "codes", diag.Rules())
	default:
		fmt.Fprintf(b, `<p class="broken">%s: %s</p>`, html.EscapeString(written.Name), html.EscapeString(written.Attributes["file"]))
	}
	if err != nil {
		return r.fault(err, p.page.File)
	}
	return nil
}

// drawing makes HTML of a chart or a part of its key. This is one of the few places
// where template.HTML is made: the package chart writes elements and attributes of its
// own alone, and escapes every text.
func drawing(svg string) template.HTML { return template.HTML(svg) }

// A keysView is the keys of one table of a format.
type keysView struct {
	Table string
	Keys  []record.KeyDescription
	// Example is a part of a file, if the format has examples.
	Example string
}

func keysOf(format string) []keysView {
	var views []keysView
	for _, key := range record.Describe(site.Formats[format]) {
		if len(views) == 0 || views[len(views)-1].Table != key.Table {
			views = append(views, keysView{Table: key.Table})
		}
		last := &views[len(views)-1]
		last.Keys = append(last.Keys, key)
	}
	if format == "assessment" {
		for _, example := range assessment.Examples() {
			for i := range views {
				if name := strings.Trim(views[i].Table, "[]"); name == example.Section || name == "" && example.Section == "top" {
					views[i].Example = example.TOML
				}
			}
		}
	}
	return views
}
