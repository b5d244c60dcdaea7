package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"path"
	"slices"

	"cairn/generator/diag"
)

// html/template looks at a template when it is first executed: whether all that it calls
// is there, and whether every action can be escaped where it stands. It remembers what it
// found, so which page hears of a fault, and in which words, would depend on which page
// comes first. These are faults of the theme, not of a page. So every template that a
// page may begin with is looked at here, while the theme is read.

// entries are the templates that are executed; all others are parts of these.
var entries = []string{
	// Whole pages.
	"assessment.html", "guide.html", "home.html", "moved.html", "notfound.html", "path.html", "search.html", "sources.html", "table.html",
	// Parts of a page, that are made before it.
	"assessment-card", "codes", "data-table", "figure", "grade", "keys", "privacy", "proofs", "side-entry",
}

// Execute writes what an entry makes of a view.
func (t *Theme) Execute(out io.Writer, entry string, view any) error {
	if !slices.Contains(entries, entry) {
		panic(fmt.Sprintf("the template %q is executed, and is none of the entries that are looked at when a theme is read", entry))
	}
	return t.templates.ExecuteTemplate(out, entry, view)
}

// prepare looks at every entry. If there is no fault, nothing but what a page lacks can
// fail any more.
func prepare(templates *template.Template, files map[string]File, builtIn []File) diag.List {
	untouched := template.Must(templates.Clone())
	var faults diag.List
	for _, entry := range entries {
		if templates.Lookup(entry) == nil {
			faults.Add(undefined(entry, files, builtIn))
		} else if err := escape(templates, entry); err != nil {
			// What was found for one entry is remembered for the next; each is to be
			// told as if it were the only one.
			err = escape(template.Must(untouched.Clone()), entry)
			faults.Add(escapeFault(files, err, untouched.Lookup(entry).Tree.ParseName))
		}
	}
	return faults
}

// escape makes html/template look at a template. It does so before the template is
// executed, and that ends at the first byte.
func escape(templates *template.Template, entry string) error {
	err := templates.ExecuteTemplate(nowhere{}, entry, nil)
	if found := new(template.Error); errors.As(err, &found) {
		return found
	}
	return nil
}

// nowhere takes nothing.
type nowhere struct{}

func (nowhere) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// escapeFault places a fault. One that belongs to no action stands at the file.
func escapeFault(files map[string]File, err error, file string) diag.Diagnostic {
	found := new(template.Error)
	if errors.As(err, &found) && found.Node == nil {
		if own, ok := files["templates/"+file]; ok {
			return diag.At(own.Path, diag.ThemeTemplate, fmt.Sprintf("the template %q: %s", found.Name, found.Description),
				"a template closes every tag and every quote that it opens")
		}
	}
	return templateFault(files, err, diag.ThemeTemplate)
}

// undefined says that an entry is missing: a file of the theme stands in the place of the
// built-in one that has it.
func undefined(entry string, files map[string]File, builtIn []File) diag.Diagnostic {
	define := []byte(`{{define "` + entry + `"}}`)
	for _, file := range builtIn {
		if bytes.Contains(file.Text, define) {
			return diag.At(files[file.Name].Path, diag.ThemeTemplate, fmt.Sprintf("the template %q is missing", entry),
				fmt.Sprintf("the built-in %s defines it; copy its {{define %q}} into a file of this theme", path.Base(file.Name), entry))
		}
	}
	return diag.At("themes", diag.ThemeTemplate, fmt.Sprintf("the template %q is missing", entry), "")
}
