package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"

	"cairn/generator/diag"
)

// html/template looks at a template when it is first executed: whether all that it calls
// is there, and whether every action can be escaped where it stands. It remembers what it
// found, so which page hears of a fault, and in which words, would depend on which page
// comes first. These are faults of the theme, not of a page. So every template that a
// page may begin with is looked at here, while the theme is read.

// Execute writes what a template of the contract makes of a view.
func (t *Theme) Execute(out io.Writer, name string, view any) error {
	if _, ok := t.contract[name]; !ok {
		panic(fmt.Sprintf("the template %q is executed, and is none of the contract's, which are looked at when a theme is read", name))
	}
	if done, err := t.quick.execute(out, name, view); done {
		return err
	}
	return t.compiled.ExecuteTemplate(out, name, view)
}

// prepare looks at every template of the contract. If there is no fault, nothing but what
// a page lacks can fail any more.
func (s *templateSet) prepare(compiled *template.Template, contract Contract) diag.List {
	untouched := template.Must(compiled.Clone())
	look, failed := compiled, false
	var faults diag.List
	for _, name := range slices.Sorted(maps.Keys(contract)) {
		if compiled.Lookup(name) == nil {
			faults.Add(diag.At("themes", diag.ThemeTemplate, fmt.Sprintf("the template %q is missing", name), ""))
			continue
		}
		if failed {
			look = template.Must(untouched.Clone())
		}
		err := escape(look, name)
		if err == nil {
			continue
		}
		if !failed { // what was found for one template is remembered for the next
			err = escape(template.Must(untouched.Clone()), name)
		}
		failed = true
		if found := new(template.Error); !errors.As(err, &found) || found.ErrorCode != template.ErrNoSuchTemplate { // check tells that
			faults.Add(s.escapeFault(err, name))
		}
	}
	// A part that ends inside a tag makes faults in what calls it: with one in the site's
	// own templates, those of the built-in ones follow from it.
	if slices.ContainsFunc(faults, s.inOwn) {
		faults = slices.DeleteFunc(faults, func(d diag.Diagnostic) bool { return !s.inOwn(d) })
	}
	return faults
}

func (s *templateSet) inOwn(d diag.Diagnostic) bool {
	for name, file := range s.files {
		if file.Path == d.Path && s.own[name] {
			return true
		}
	}
	return false
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
func (s *templateSet) escapeFault(err error, name string) diag.Diagnostic {
	found := new(template.Error)
	if errors.As(err, &found) && found.Node == nil {
		return diag.At(s.files[name].Path, diag.ThemeTemplate, fmt.Sprintf("the template %q: %s", found.Name, found.Description),
			"a template closes every tag and every quote that it opens")
	}
	return templateFault(s.file, err, diag.ThemeTemplate)
}
