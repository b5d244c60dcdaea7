package main

import (
	"embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// starter is a small site that a new project begins as. It passes check as it is.
//
//go:embed all:starter
var starter embed.FS

// The line of the starter's config.toml that gets the project's own title.
const starterTitle = `title = "Decisions"`

func (c *command) newCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new NAME",
		Short: "Make a small site to write over, in a new folder",
		Long: "Make a new folder with a small site in it: a guide, a table and an assessment,\n" +
			"to write over. It asks nothing and needs no network.",
		Example: "  cairn new acme",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misused("cairn new acme", "new takes one name, that of the folder to make")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return c.newProject(args[0]) },
	}
}

func (c *command) newProject(name string) error {
	folder := filepath.Clean(name)
	title := titleOf(filepath.Base(folder))
	if title == "" || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return misused("take a plain name, as acme", "%q is no name for a folder", name)
	}
	if err := checkPlace(folder); err != nil {
		return err
	}
	if err := os.Mkdir(folder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return cannotGoOn(err)
	}
	files := 0
	err := fs.WalkDir(starter, "starter", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == "starter" {
			return err
		}
		to := filepath.Join(folder, filepath.FromSlash(strings.TrimPrefix(path, "starter/")))
		if entry.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		files++
		return writeStarter(path, to, title)
	})
	if err != nil {
		return cannotGoOn(err)
	}
	c.say("%s: %s", folder, plural(files, "file"))
	c.say("next: cairn serve --root %s", folder)
	return nil
}

// checkPlace refuses a folder that holds anything, and one whose parent is not there.
func checkPlace(folder string) error {
	entries, err := os.ReadDir(folder)
	switch {
	case err == nil && len(entries) > 0:
		return misused("take another name, or empty the folder first", "the folder %s is there already, and not empty", folder)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return misused("take another name", "%s is there already, and no folder", folder)
	}
	parent, err := os.Stat(filepath.Dir(folder))
	if err != nil || !parent.IsDir() {
		return misused("make it first, or take a name without folders", "there is no folder %s to put it in", filepath.Dir(folder))
	}
	return nil
}

func writeStarter(from, to, title string) error {
	text, err := starter.ReadFile(from)
	if err != nil {
		return err
	}
	if filepath.Base(to) == "config.toml" {
		text = []byte(strings.Replace(string(text), starterTitle, "title = "+quoteTOML(title), 1))
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Close())
}

// titleOf makes a title from a folder's name: acme-decisions becomes Acme decisions.
func titleOf(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' || unicode.IsSpace(r) })
	title := strings.Join(words, " ")
	if !strings.ContainsFunc(title, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	first, width := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(first)) + title[width:]
}

// quoteTOML writes a text without control characters as a TOML string.
func quoteTOML(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
