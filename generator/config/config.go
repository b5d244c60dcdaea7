// Package config reads config.toml, the settings of a site.
package config

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"cairn/generator/diag"
	"cairn/generator/record"
)

// Config is the settings, checked and with their defaults.
type Config struct {
	Title, Description, Language string
	// BaseURL is empty, or the site's address with a slash at its end.
	BaseURL string
	// Theme is a folder's name below themes/, or "default"; ThemeAt where it says so.
	Theme   string
	ThemeAt record.At
	// Output is a folder below the project, with slashes.
	Output string
	// Publish is "exchange" or "files".
	Publish string
	// Edit is the address of a page's file for who changes it, with {path} in it, or nothing.
	Edit              string
	Footer            string
	Menu, FooterLinks []Entry
	// Glossary names the page of terms, or nothing.
	Glossary    record.String
	Check       Check
	FrontMatter FrontMatter
	Content     Content
	// Search says whether the site has a search page and its index.
	Search bool
	// Twins says whether each page has a Markdown twin, listed in llms.txt.
	Twins bool
	// Words are those of the interface that the site says otherwise, by their keys.
	Words  map[string]string
	Tokens []Token
}

// An Entry of the menu or the footer leads to a page, named by its source file.
type Entry struct {
	Title string
	Page  record.String
}

// Check says how strict the checks are.
type Check struct{ Strict bool }

// FrontMatter says which foreign keys are carried along.
type FrontMatter struct{ Accept []string }

// Content says what content may do.
type Content struct{ RawHTML bool }

// Default returns the settings of a site whose config says nothing.
func Default() *Config {
	return &Config{Language: "en", Theme: "default", Output: "public", Publish: "exchange", Twins: true, Search: true}
}

// Document is config.toml as it is written. Its tags are the documentation of the
// keys, and the JSON Schema for editors.
type Document struct {
	record.At
	Title       record.String   `key:"title" need:"true" doc:"The site's name, in the header and in every page's title."`
	Description string          `key:"description" doc:"What the site is, for pages that have no description of their own."`
	Language    record.String   `key:"language" default:"en" doc:"The language of the pages: en, en-GB."`
	BaseURL     record.String   `key:"base-url" doc:"The address the site is published at. Only what must be absolute needs it."`
	Theme       record.String   `key:"theme" default:"default" doc:"A folder below themes/; default is the built-in theme."`
	Output      record.String   `key:"output" default:"public" doc:"The folder the site is written to."`
	Publish     record.String   `key:"publish" one-of:"exchange files" default:"exchange" doc:"exchange: the whole site in one step. files: file by file, for folders that are mounted elsewhere."`
	Twins       record.Boolean  `key:"twins" default:"true" doc:"Writes each page as Markdown too, and llms.txt, for programs that read."`
	Search      record.Boolean  `key:"search" default:"true" doc:"Makes a search page and the index that it reads."`
	Edit        record.String   `key:"edit" doc:"The address at which the file of a page can be changed, with {path} for the file's path."`
	Footer      string          `key:"footer" doc:"A sentence or two in the footer."`
	Glossary    record.String   `key:"glossary" doc:"The guide whose headings of the third level are terms: on every other page the first use of a term leads there."`
	Menu        []EntryDocument `key:"menu" doc:"The entries of the header, in order."`
	FooterLinks []EntryDocument `key:"footer-link" doc:"The links of the footer, in order."`
	Words       *record.Value   `key:"words" doc:"Words of the interface, by their keys, as this site says them."`
	Tokens      *record.Value   `key:"tokens" doc:"Colours, faces and sizes of the theme, by their names: one value, or { light, dark } for a colour."`
	Check       struct {
		Strict bool `key:"strict" doc:"Raises every warning to an error."`
	} `key:"check" doc:"How strict the checks are."`
	FrontMatter struct {
		Accept []string `key:"accept" doc:"Keys of other tools that front matter may have."`
	} `key:"front-matter" doc:"What front matter may hold."`
	Content struct {
		RawHTML bool `key:"raw-html" doc:"Lets HTML in guides through as it is. Only for content that you trust like a template."`
	} `key:"content" doc:"What content may do."`
}

// An EntryDocument is an entry of the menu or the footer.
type EntryDocument struct {
	record.At
	Title string        `key:"title" need:"true" doc:"The words of the link."`
	Page  record.String `key:"page" need:"true" doc:"The page's file, from the project's folder on: content/guides/index.md."`
}

var (
	languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{4,8})*$`)
	folderName  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
)

// Parse reads the settings. They are nil if the file cannot be read as TOML; with
// other faults, what is wrong has its default.
func Parse(file *diag.File) (*Config, diag.List) {
	value, faults := record.Parse(file, record.TOML, 0, len(file.Text))
	if value == nil {
		return nil, faults
	}
	var written Document
	faults = append(faults, record.Decode(file, value, &written, record.DecodeOptions{Name: "the config"})...)
	c := Default()
	fault := func(at record.At, code diag.Code, message, hint string) {
		faults.Add(file.At(at.Start, at.End, code, message, hint))
	}
	c.Title, c.Description, c.Footer = written.Title.Value, written.Description, written.Footer
	c.Glossary = written.Glossary
	c.Check.Strict, c.FrontMatter.Accept, c.Content.RawHTML = written.Check.Strict, written.FrontMatter.Accept, written.Content.RawHTML
	if language := written.Language; language.Set {
		if languageTag.MatchString(language.Value) {
			c.Language = language.Value
		} else {
			fault(language.At, diag.ConfigLanguage, fmt.Sprintf("%q is no language tag", language.Value), `write a tag such as "en" or "en-GB"`)
		}
	}
	if base := written.BaseURL; base.Set && base.Value != "" {
		if address, ok := baseURL(base.Value); ok {
			c.BaseURL = address
		} else {
			fault(base.At, diag.ConfigBaseURL, fmt.Sprintf("%q is not the address of a site", base.Value),
				"write it in full, without ? and #: https://example.org/devops/")
		}
	}
	if theme := written.Theme; theme.Set {
		if folderName.MatchString(theme.Value) {
			c.Theme, c.ThemeAt = theme.Value, theme.At
		} else {
			fault(theme.At, diag.ConfigTheme, fmt.Sprintf("%q is no name of a theme", theme.Value), "use small letters, digits and hyphens: the name of a folder below themes/")
		}
	}
	if out := written.Output; out.Set {
		if folder, ok := outputFolder(out.Value); ok {
			c.Output = folder
		} else {
			fault(out.At, diag.ConfigOutput, fmt.Sprintf("the site cannot be written to %q", out.Value),
				"choose a folder of the project that holds nothing else: public")
		}
	}
	c.Words, c.Tokens = readWords(file, written.Words, &faults), readTokens(file, written.Tokens, &faults)
	if edit := written.Edit; edit.Set && edit.Value != "" {
		if editAddress(edit.Value) {
			c.Edit = edit.Value
		} else {
			fault(edit.At, diag.ConfigEdit, fmt.Sprintf("%q is no address with {path} in it", edit.Value),
				"write it in full: https://github.com/acme/site/edit/main/{path}")
		}
	}
	if written.Publish.Value == "files" {
		c.Publish = "files"
	}
	if written.Search.Set {
		c.Search = written.Search.Value
	}
	if written.Twins.Set {
		c.Twins = written.Twins.Value
	}
	for _, entry := range written.Menu {
		c.Menu = append(c.Menu, Entry{entry.Title, entry.Page})
	}
	for _, entry := range written.FooterLinks {
		c.FooterLinks = append(c.FooterLinks, Entry{entry.Title, entry.Page})
	}
	return c, faults
}

// editAddress checks an address that has {path} in it, once, behind the host.
func editAddress(written string) bool {
	before, _, found := strings.Cut(written, "{path}")
	address, err := url.Parse(strings.Replace(written, "{path}", "a.md", 1))
	return found && err == nil && (address.Scheme == "https" || address.Scheme == "http") && address.Hostname() != "" && address.User == nil &&
		strings.Count(written, "{path}") == 1 && !strings.ContainsAny(written, " \\") && strings.Count(before, "/") > 2
}

// baseURL checks an address and returns it as it is written in links, with a slash at
// its end.
func baseURL(written string) (string, bool) {
	address, err := url.Parse(written)
	if err != nil || address.Scheme != "https" && address.Scheme != "http" || address.Hostname() == "" ||
		strings.ContainsAny(written, "?#\\") || address.User != nil {
		return "", false
	}
	address.Host = strings.ToLower(address.Host)
	address = address.JoinPath("/")
	return address.String(), true
}

// inputs are names in the project's folder that are not for the output.
var inputs = []string{"content", "assessment", "themes", ".cairn", ".git", "config.toml"}

// outputFolder checks that a folder lies in the project, beside the inputs and
// neither above nor below one of them.
func outputFolder(written string) (string, bool) {
	folder := path.Clean(written)
	if written == "" || path.IsAbs(folder) || strings.ContainsAny(folder, `\:*?"<>|`) || strings.ContainsFunc(folder, unicode.IsControl) {
		return "", false
	}
	// Some file systems take Content and "content." for content.
	first, _, _ := strings.Cut(folder, "/")
	first = strings.TrimRight(first, ". ")
	taken := slices.ContainsFunc(inputs, func(input string) bool { return strings.EqualFold(first, input) })
	return folder, first != "" && !taken
}
