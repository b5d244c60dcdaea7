package render

import (
	"encoding/json"
	"fmt"
	"html"
	"strconv"
	"strings"

	"cairn/generator/goldenpath"
	"cairn/generator/messages"
	"cairn/generator/output"
	"cairn/generator/site"
)

// A pathView is a golden path as its page shows it: with the defaults. The script makes
// it follow what a reader types.
type pathView struct {
	Name    string
	Fields  []fieldView
	Steps   []linkView
	Decides []string
	Gives   []string
	Files   []pathFileView
	// Command writes the same files; Data is the address of the path for programs.
	Command, Data string
}

// A fieldView is a field of the form: a parameter.
type fieldView struct {
	ID, Name, Label, Type, Value, Help string
	Most                               int
	Options                            []optionFieldView
	Required                           bool
	Low, High                          string
}

// An optionFieldView is a value that a parameter may have.
type optionFieldView struct {
	Value   string
	Default bool
}

// A pathFileView is a made file: Step is the one whose code it begins in.
type pathFileView struct {
	Name  string
	Step  *linkView
	Bytes int
}

// pathData is what the script is handed besides the path.
type pathData struct {
	Path     goldenpath.Browser `json:"path"`
	Messages messages.Catalogue `json:"messages"`
	// Steps are the ids of the headings that can be ticked.
	Steps []string `json:"steps"`
	// Sections are the ids of the steps that blocks stand under, "" for none.
	Sections []string `json:"sections"`
}

func (r *renderer) pathView(p *pageRenderer, v *pageView) error {
	path := p.page.GoldenPath
	view := &pathView{Name: path.Name, Decides: path.Decides, Gives: path.Gives, Data: p.to(pathFile(p.page))}
	for i := range path.Parameters {
		parameter := &path.Parameters[i]
		field := fieldView{
			ID: "value-" + parameter.Name, Name: parameter.Name, Label: parameter.Label, Type: parameter.Type, Value: parameter.Default,
			Help: parameter.Help, Most: parameter.Most, Required: parameter.Required, Low: parameter.Low, High: parameter.High,
		}
		for _, option := range parameter.Options {
			field.Options = append(field.Options, optionFieldView{option, option == parameter.Default})
		}
		view.Fields = append(view.Fields, field)
	}
	steps := map[string]*linkView{}
	handed := pathData{Path: path.Browser(), Messages: messages.Catalogue{}, Steps: []string{}, Sections: []string{}}
	for _, heading := range p.page.Guide.Article.AllHeadings() {
		if heading.Step {
			link := linkView{Title: heading.Text, Address: "#" + heading.ID}
			view.Steps = append(view.Steps, link)
			steps[heading.ID] = &link
			handed.Steps = append(handed.Steps, heading.ID)
		}
	}
	for i := range path.Blocks {
		section := path.Blocks[i].Section
		if steps[section] == nil {
			section = ""
		}
		handed.Sections = append(handed.Sections, section)
	}
	if sample := p.sample; sample != nil {
		for _, file := range sample.Files {
			view.Files = append(view.Files, pathFileView{file.Name, steps[path.Blocks[file.Blocks[0]].Section], len(file.Text)})
		}
		view.Command = path.Command(sample.Texts)
	}
	for key, text := range r.words {
		if strings.HasPrefix(key, "path.") {
			handed.Messages[key] = text
		}
	}
	encoded, err := json.Marshal(handed)
	if err != nil {
		return err
	}
	v.Path = view
	v.Data = append(v.Data, data("application/json", encoded))
	return nil
}

// openCode writes the head of a block of code on the page of a golden path: the name of
// its file, and on what it depends.
func (p *pageRenderer) openCode(b *strings.Builder, resolved *site.Resolved, index int) {
	code := &resolved.Article.Codes[index]
	fmt.Fprintf(b, `<figure class="code" data-block="%d">`+"\n", index)
	path := p.page.GoldenPath
	if code.File == "" && code.Title == "" && code.When == "" {
		return
	}
	b.WriteString("<figcaption><span>")
	switch {
	case code.File != "" && path != nil && index < len(path.Blocks):
		for _, piece := range path.Blocks[index].File {
			if piece.Of < 0 {
				b.WriteString(html.EscapeString(piece.Text))
			} else {
				p.writeSlot(b, piece)
			}
		}
	case code.File != "":
		b.WriteString(html.EscapeString(code.File))
	default:
		b.WriteString(html.EscapeString(code.Title))
	}
	if code.When != "" {
		b.WriteString(` <small class="when">` + html.EscapeString(p.words.Say("text.only-if", "condition", code.When)) + "</small>")
	}
	b.WriteString("</span></figcaption>\n")
}

// slot writes the value that stands in place of a placeholder.
func (p *pageRenderer) slot(b *strings.Builder, resolved *site.Resolved, index int) {
	slot := resolved.Article.Slots[index]
	written := resolved.Article.Codes[slot.Code].Pieces[slot.Piece]
	path := p.page.GoldenPath
	if path == nil || slot.Code >= len(path.Blocks) {
		b.WriteString(html.EscapeString(written.Text))
		return
	}
	p.writeSlot(b, path.Blocks[slot.Code].Pieces[slot.Piece])
}

func (p *pageRenderer) writeSlot(b *strings.Builder, piece goldenpath.Piece) {
	if piece.Of < 0 || p.sample == nil {
		b.WriteString(html.EscapeString(piece.Text))
		return
	}
	b.WriteString(`<mark class="slot" data-of="` + strconv.Itoa(piece.Of) + `"`)
	if piece.Filter != "" {
		b.WriteString(` data-filter="` + html.EscapeString(piece.Filter) + `"`)
	}
	b.WriteString(">" + html.EscapeString(goldenpath.Filter(piece.Filter, p.sample.Texts[piece.Of])) + "</mark>")
}

// pathFile is where a golden path is published for programs.
func pathFile(page *site.Page) string { return site.PathFolder + "/" + page.GoldenPath.Name + ".json" }

// pathFiles are the golden paths for programs, and a list of them.
func (r *renderer) pathFiles() []output.Output {
	var outputs []output.Output
	type entry struct {
		Name        string `json:"name"`
		Title       string `json:"title"`
		Description string `json:"description,omitempty"`
		Version     int    `json:"version"`
		Page        string `json:"page"`
	}
	var list []entry
	for _, page := range r.site.GoldenPaths() {
		path := page.GoldenPath
		list = append(list, entry{path.Name, path.Title, path.Description, path.Version, page.Path})
		outputs = append(outputs, made(pathFile(page), output.Data, page.File, path.JSON))
	}
	if list == nil {
		return nil
	}
	return append(outputs, made(site.PathFolder+"/index.json", output.Data, "", func() ([]byte, error) { return json.MarshalIndent(list, "", "  ") }))
}

// A catalogueView is a golden path in the list of a section.
type catalogueView struct {
	linkView
	Stage, Level, Owner, Takes string
	Reviewed, ReviewedDate     string
	Version                    int
	Gives                      []string
}

// catalogue lists the golden paths among the pages of a section.
func (p *pageRenderer) catalogue(pages []*site.Page) []catalogueView {
	var views []catalogueView
	for _, page := range grouped(pages) {
		if page.GoldenPath == nil {
			continue
		}
		path, front := page.GoldenPath, &page.Guide.FrontMatter
		view := catalogueView{
			linkView: p.link(page), Stage: path.Stage, Owner: front.Owner.Value, Takes: path.Takes, Version: path.Version, Gives: path.Gives,
			ReviewedDate: string(front.Reviewed.Value), Reviewed: longDate(p.words, string(front.Reviewed.Value)),
		}
		if path.Level >= 0 {
			view.Level = strconv.Itoa(path.Level)
		}
		views = append(views, view)
	}
	return views
}
