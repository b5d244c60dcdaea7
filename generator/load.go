package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"cairn/generator/config"
	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/parallel"
	"cairn/generator/picture"
	"cairn/generator/site"
	"cairn/generator/theme"
	"cairn/themes"
)

// The most a text and a file to be copied may hold, in bytes.
const (
	mostText  = 8 << 20
	mostAsset = 512 << 20
)

// loaded is the project's files as they lie on the disk.
type loaded struct {
	config *diag.File // nil if there is none
	// guides are not read yet: they are many, and each is read when it is parsed.
	guides []*disk.Entry
	// texts are the Markdown and TOML files of content/ and assessment/, by path;
	// nil where a file could not be read.
	tables, assessments []*diag.File
	layouts             []*diag.File // of released versions
	sources             *diag.File
	assets              []site.Asset
	others              []string
	unreadable          []string // files and folders that are there, all the same
	theme               []theme.File
	builtIn             []theme.File
}

// skipped tells which names are no input: hidden ones, and editors' left-overs.
func skipped(name string) bool {
	base := path.Base(name)
	return base != "." && strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#")
}

// A listing is the files of content/ and assessment/, sorted, and what cannot be read.
type listing struct {
	entries  []disk.Entry
	problems []disk.Problem
}

var inputFolders = []string{"content", "assessment"}

func skip(name string, _ bool) bool { return skipped(name) }

func list(project *disk.Project) listing {
	entries, problems := project.List(inputFolders, skip)
	return listing{entries, problems}
}

// asked is the listing as it is noted.
func (l listing) asked() disk.Listed {
	return disk.Listed{Under: inputFolders, Skip: skip, Entries: l.entries, Problems: l.problems}
}

// lookAt looks at some files of the last listing again, and tells whether that is enough:
// each was there, and still is.
func (b *builder) lookAt(changed []string) bool {
	if len(changed) == 0 {
		return false
	}
	b.listed.entries = slices.Clone(b.listed.entries) // the last ones are noted as seen
	for _, name := range changed {
		at, there := slices.BinarySearchFunc(b.listed.entries, name, func(entry disk.Entry, name string) int { return strings.Compare(entry.Path, name) })
		if !there {
			return false
		}
		entry, err := b.project.Stat(name)
		if err != nil {
			return false
		}
		b.listed.entries[at] = entry
	}
	return true
}

// load reads everything the site is made of. What cannot be read is a diagnostic;
// an error means that the project's folder itself cannot be opened.
func (b *builder) load(listed listing) (*loaded, diag.List) {
	project := b.project
	var l loaded
	var faults diag.List
	l.config, faults = readConfig(project)

	entries := listed.entries
	for _, problem := range listed.problems {
		faults.Add(readFault(problem))
		l.unreadable = append(l.unreadable, problem.Path)
	}
	texts := make([]*diag.File, len(entries))
	textFaults := make([]diag.List, len(entries))
	parallel.For(len(entries), func(i int) {
		if isText(entries[i].Path) && !isGuide(entries[i].Path) {
			texts[i], textFaults[i] = readText(project, entries[i].Path)
		}
	})
	for i := range entries {
		faults = append(faults, textFaults[i]...)
		entry, file := &entries[i], texts[i]
		if why, hint := notRead(entry.Path); why != "" {
			faults.Add(diag.At(entry.Path, diag.SiteNotRead, "this file is not read, for "+why, hint))
		}
		inContent := strings.HasPrefix(entry.Path, "content/")
		switch {
		case isGuide(entry.Path):
			l.guides = append(l.guides, entry)
		case isText(entry.Path) && file == nil:
			l.unreadable = append(l.unreadable, entry.Path)
		case entry.Path == site.SourcesFile:
			l.sources = file
		case inContent && path.Ext(entry.Path) == ".toml":
			l.tables = append(l.tables, file)
		case path.Ext(entry.Path) == ".toml":
			l.assessments = append(l.assessments, file)
		case !inContent && isText(entry.Path):
			l.layouts = append(l.layouts, file)
		case inContent:
			l.assets = append(l.assets, b.asset(*entry))
		default:
			l.others = append(l.others, entry.Path)
		}
	}
	l.others = append(l.others, "config.toml")

	l.builtIn = builtInTheme()
	if l.config != nil {
		// The theme's files are read in the same pass as all others, so the config is
		// looked at for its name here; its faults are gathered later.
		if c, _ := config.Parse(l.config); c != nil && c.Theme != "default" {
			own, themeFaults := readTheme(project, l.config, c)
			l.theme = own
			faults = append(faults, themeFaults...)
		}
	}
	return &l, faults
}

func isGuide(name string) bool {
	return strings.HasPrefix(name, "content/") && path.Ext(name) == ".md"
}

// notRead says why a file that somebody most likely means to be read is not; nothing of any
// other file.
func notRead(name string) (why, hint string) {
	ending, inContent := path.Ext(name), strings.HasPrefix(name, "content/")
	right := strings.ToLower(ending)
	switch right {
	case ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx":
		right = ".md"
	}
	switch {
	case right == ".md" && !inContent:
		return "it lies in assessment/", "pages lie in content/: move it there"
	case right != ending && (right == ".md" || right == ".toml"):
		return "its name ends in " + ending, "rename it to " + strings.TrimSuffix(path.Base(name), ending) + right
	}
	return "", ""
}

// layoutFolder holds the layouts of released versions of assessments.
const layoutFolder = "assessment/released"

func isText(name string) bool {
	switch path.Ext(name) {
	case ".md":
		return isGuide(name)
	case ".toml":
		return true
	case ".json":
		return strings.HasPrefix(name, layoutFolder+"/")
	}
	return false
}

func readConfig(project *disk.Project) (*diag.File, diag.List) {
	if _, err := project.Stat("config.toml"); err != nil {
		if problem, ok := err.(disk.Problem); ok && problem.Kind != disk.Missing {
			return nil, diag.List{readFault(problem)}
		}
		return nil, diag.List{diag.At("config.toml", diag.SiteNoConfig, "this folder has no config.toml",
			"`cairn new NAME` makes a whole site; or go to its folder, or name it with --root")}
	}
	return readText(project, "config.toml")
}

// readText reads a text and holds it to be one: UTF-8 without NUL.
func readText(project *disk.Project, name string) (*diag.File, diag.List) {
	data, err := project.Read(name, mostText)
	return textOf(name, data, err)
}

// isUTF16 knows a text of UTF-16 by its mark, or by the NUL that every second byte of an
// ordinary one is.
func isUTF16(data []byte) bool {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return true
	}
	var nul [2]int
	head := data[:min(len(data), 64)&^1]
	for i, c := range head {
		if c == 0 {
			nul[i%2]++
		}
	}
	return len(head) >= 4 && (nul[0] == 0 && nul[1] > len(head)/4 || nul[1] == 0 && nul[0] > len(head)/4)
}

func textOf(name string, data []byte, err error) (*diag.File, diag.List) {
	if err != nil {
		return nil, diag.List{readFault(err)}
	}
	file := diag.NewFile(name, data)
	if isUTF16(data) {
		return nil, diag.List{file.Whole(diag.ReadNotUTF8, "this file is UTF-16, and not UTF-8", "save it as UTF-8: in Notepad under Save as, in PowerShell with Out-File -Encoding utf8")}
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return nil, diag.List{file.At(at, at+1, diag.ReadNUL, "a NUL byte stands in the text", "delete it; a text has none")}
	}
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			r, size := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		return nil, diag.List{file.At(at, at+1, diag.ReadNotUTF8, fmt.Sprintf("the byte %#02x is not part of a UTF-8 character", data[at]),
			"save the file with the encoding UTF-8")}
	}
	return file, nil
}

// readFault says in a diagnostic why a file could not be read.
func readFault(err error) diag.Diagnostic {
	problem, ok := err.(disk.Problem)
	if !ok {
		return diag.At("", diag.ReadDenied, err.Error(), "")
	}
	at := func(code diag.Code, message, hint string) diag.Diagnostic {
		if problem.Err != nil {
			message += ": " + problem.Err.Error()
		}
		return diag.At(problem.Path, code, message, hint)
	}
	switch problem.Kind {
	case disk.Outside:
		return at(diag.ReadOutside, "the path leads outside the project", "copy the file into the project")
	case disk.LinkedFolder:
		return at(diag.ReadNotRegular, "a symbolic link to a folder is not followed", "put the folder itself there")
	case disk.TooLarge:
		return at(diag.ReadTooLarge, "the file is too large", "split it, or make it smaller")
	case disk.Denied:
		return at(diag.ReadDenied, "there is no right to read this", "chmod u+r for a file, u+rx for a folder")
	case disk.BadName:
		return at(diag.SiteBadName, "the name cannot be used", "use small letters, digits and hyphens")
	}
	return at(diag.ReadNotRegular, "this cannot be read", "remove it, or put a plain file there")
}

// asset is a file that is copied as it is. What a page asks about it is read once, and
// noted by what the file looks like.
func (b *builder) asset(entry disk.Entry) site.Asset {
	name := entry.Path
	read := func() ([]byte, error) {
		data, err := b.project.Read(name, mostAsset)
		if err != nil {
			return nil, diag.List{readFault(err)}
		}
		return data, nil
	}
	look := sync.OnceValues(func() (lookOfAsset, error) {
		stamp := entry.Stamp()
		if note, ok := b.seen.Get(name, stamp); ok {
			if look, ok := parseLook(note); ok {
				return look, nil
			}
		}
		data, err := read()
		if err != nil {
			return lookOfAsset{}, err
		}
		look := lookOfAsset{hash: hashText(data)}
		look.width, look.height, _ = picture.Size(data)
		if entry.LeftAlone(b.now) {
			b.seen.Put(name, stamp, look.note())
		}
		return look, nil
	})
	return site.Asset{File: name, Size: entry.Size, Read: read,
		Hash:    func() (string, error) { look, err := look(); return look.hash, err },
		Measure: func() (int, int, error) { look, err := look(); return look.width, look.height, err },
	}
}

// A lookOfAsset is what pages ask about an asset: its hash and, of a picture, its size.
type lookOfAsset struct {
	hash          string
	width, height int
}

func (l lookOfAsset) note() string { return fmt.Sprintf("%s %d %d", l.hash, l.width, l.height) }

func parseLook(note string) (l lookOfAsset, ok bool) {
	n, err := fmt.Sscanf(note, "%64s %d %d", &l.hash, &l.width, &l.height)
	return l, err == nil && n == 3 && len(l.hash) == 64
}

// textOf reads a file that a page shows as code: one of those that were listed, so that
// the preview follows it.
func (b *builder) textOf(name string, most int) (text *diag.File, found bool) {
	at, listed := slices.BinarySearchFunc(b.listed.entries, name, func(entry disk.Entry, name string) int { return strings.Compare(entry.Path, name) })
	switch {
	case listed && b.listed.entries[at].Size > int64(most):
		return nil, true
	case !listed && name != "config.toml":
		return nil, false
	}
	if text, _ = readText(b.project, name); text == nil || len(text.Text) > most {
		return nil, true
	}
	return text, true
}

func readTheme(project *disk.Project, configFile *diag.File, c *config.Config) ([]theme.File, diag.List) {
	folder := "themes/" + c.Theme
	var faults diag.List
	entries, problems := project.List([]string{folder}, skip)
	for _, problem := range problems {
		faults.Add(readFault(problem))
	}
	if len(entries) == 0 {
		faults.Add(configFile.At(c.ThemeAt.Start, c.ThemeAt.End, diag.ThemeMissing, fmt.Sprintf("there is no theme in %s", folder),
			"make the folder, or write theme = \"default\""))
	}
	var files []theme.File
	for _, entry := range entries {
		file, textFaults := readText(project, entry.Path)
		faults = append(faults, textFaults...)
		if file != nil {
			files = append(files, theme.File{Name: strings.TrimPrefix(entry.Path, folder+"/"), Path: entry.Path, Text: file.Text})
		}
	}
	return files, faults
}

// builtInTheme returns the files of the embedded theme.
func builtInTheme() []theme.File {
	var files []theme.File
	// The embedded tree cannot fail to be read.
	_ = fs.WalkDir(themes.Default, "default", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(themes.Default, name)
		files = append(files, theme.File{Name: strings.TrimPrefix(name, "default/"), Path: "themes/" + name, Text: text})
		return err
	})
	return files
}
