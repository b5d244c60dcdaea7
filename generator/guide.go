package generator

import (
	"crypto/sha256"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/disk"
	"cairn/generator/goldenpath"
	"cairn/generator/markdown"
	"cairn/generator/memory"
	"cairn/generator/site"
)

// Guides are what a site may have a hundred thousand of. Each is read, parsed and put
// away before the next one: of its text nothing is kept, and of its article only what
// other pages ask about. The body is read back from the memory when the page is made.

// A parsedGuide is what is remembered of a guide, without its body.
type parsedGuide struct {
	Page   *content.Page
	Path   *goldenpath.Path
	Faults diag.List
}

// The kinds of what is remembered of a guide, under the same key.
const (
	guideKind = "guide"
	bodyKind  = "body"
)

// guideOptions are what guides depend on besides their files, and a hash of all that.
type guideOptions struct {
	content.Options
	key string
	// body reads the body of an article back; it is the same for all of them.
	body func(hash, name string) (markdown.Body, error)
}

func withKey(o content.Options) *guideOptions {
	key, err := memory.KeyOfPlain(o)
	if err != nil {
		panic(err) // options are plain, by their type
	}
	return &guideOptions{Options: o, key: string(key[:])}
}

// readGuide reads and parses a guide, or recalls what that gave the last time. A guide that
// could not be read has no page, and the list says why.
func (b *builder) readGuide(entry disk.Entry, options *guideOptions) (site.Guide, diag.List) {
	name := entry.Path
	stamp := stampOf(entry, options)
	if key, ok := b.seen.Get(name, stamp); ok && len(key) == len(memory.Key{}) {
		if guide, ok := b.recallGuide(name, memory.Key([]byte(key)), options); ok {
			return guide, nil
		}
	}
	text, err := b.project.ReadEntry(entry, mostText)
	file, unread := textOf(name, text, err)
	if file == nil {
		return site.Guide{}, unread
	}
	key := b.keyOfGuide(file, options)
	guide, ok := b.recallGuide(name, key, options)
	if !ok {
		guide = b.parseAndStore(file, key, options)
	}
	if entry.LeftAlone(b.now) {
		b.seen.Put(name, stamp, string(key[:]))
	}
	return guide, nil
}

// recallGuide returns a guide that was parsed before.
func (b *builder) recallGuide(name string, key memory.Key, options *guideOptions) (site.Guide, bool) {
	if kept, ok := b.keptGuide(name, key); ok {
		return kept, true
	}
	var p parsedGuide
	if !b.memory.Holds(bodyKind, key) || !memory.Recall(b.memory, guideKind, key, &p) {
		return site.Guide{}, false
	}
	p.Page.Share()
	p.Page.Article.Keep(string(key[:]), name, options.body)
	return b.guideOf(name, key, p), true
}

func (b *builder) parseAndStore(file *diag.File, key memory.Key, options *guideOptions) site.Guide {
	var p parsedGuide
	p.Page, p.Path, p.Faults = parseGuide(file, options.Options)
	p.Page.Slim()
	body, _ := p.Page.Article.Body()
	if memory.Store(b.memory, bodyKind, key, body) {
		p.Page.Article.Keep(string(key[:]), file.Path, options.body)
		memory.Store(b.memory, guideKind, key, p)
	}
	return b.guideOf(file.Path, key, p)
}

// guideOf is a guide as the model takes it.
func (b *builder) guideOf(name string, key memory.Key, p parsedGuide) site.Guide {
	guide := site.Guide{File: diag.LateFile(name, b.late), Page: p.Page, GoldenPath: p.Path, Faults: p.Faults}
	if strings.HasPrefix(path.Base(name), "_") {
		guide.Part = true
		guide.Faults = slices.DeleteFunc(slices.Clone(p.Faults), func(d diag.Diagnostic) bool {
			return d.Code == diag.FrontMatterNoTitle // a part has none
		})
	}
	b.keepGuide(name, key, guide)
	return guide
}

// lateText reads a guide again, for the place of a fault in it.
func (b *builder) lateText(name string) []byte {
	file, _ := readText(b.project, name)
	if file == nil {
		return nil
	}
	return file.Text
}

// A preview keeps the guides between two looks: nearly all are as they were.
type keptGuide struct {
	key   memory.Key
	guide site.Guide
}

func (b *builder) keptGuide(name string, key memory.Key) (site.Guide, bool) {
	if b.kept == nil {
		return site.Guide{}, false
	}
	found, ok := b.kept.Load(name)
	if !ok || found.(keptGuide).key != key {
		return site.Guide{}, false
	}
	return found.(keptGuide).guide, true
}

func (b *builder) keepGuide(name string, key memory.Key, guide site.Guide) {
	if b.kept != nil {
		b.kept.Store(name, keptGuide{key, guide})
	}
}

// Looking at a file is much cheaper than reading it, so a stamp says that it is still the
// one that was read: its size, its number, when it was modified and when it was changed,
// which nobody can set. Disks keep time in steps of up to two seconds; so a file is
// only trusted if it had been left alone for longer when it was looked at.

// stampOf returns a file's stamp, and the options that a guide depends on; "" where the
// system tells too little.
func stampOf(entry disk.Entry, options *guideOptions) string {
	stamp := entry.Stamp()
	if stamp == "" {
		return ""
	}
	return stamp + options.key
}

// askTime asks the disk what time it is, by a file made for that: its clock, not this
// machine's, stamps the files.
func (b *builder) askTime() {
	b.now = time.Time{}
	if b.seen == nil {
		return
	}
	name := filepath.Join(b.options.Root, memory.FolderName, "now")
	_ = b.ops.Remove(name) // of a run that died
	if b.ops.Create(name, nil) != nil {
		return
	}
	if info, err := b.ops.Lstat(name); err == nil {
		b.now = info.Changed
	}
	_ = b.ops.Remove(name)
}

// bodies returns what reads bodies back from the memory, by the key of the guide and its
// name. What is lost there is parsed again.
func (b *builder) bodies(options *guideOptions) func(hash, name string) (markdown.Body, error) {
	return func(hash, name string) (markdown.Body, error) {
		key := memory.Key([]byte(hash))
		var body markdown.Body
		if memory.Recall(b.memory, bodyKind, key, &body) {
			return body, nil
		}
		file, _ := readText(b.project, name)
		if file == nil || b.keyOfGuide(file, options) != key {
			return body, fmt.Errorf("%s has changed while the site was made; the next build sees it", name)
		}
		page, _, _ := parseGuide(file, options.Options)
		return page.Article.Body()
	}
}

// parseGuide reads a guide. If that brings the parser down, the page is there all
// the same, and shows why.
func parseGuide(file *diag.File, options content.Options) (page *content.Page, golden *goldenpath.Path, faults diag.List) {
	page = &content.Page{Title: path.Base(file.Path), Article: &markdown.Article{}}
	page.Share()
	defer guard(file.Path, &faults)
	page, faults = content.Parse(file, options)
	if page.FrontMatter.Path.Set {
		var more diag.List
		golden, more = parsePath(file, page)
		faults = append(faults, more...)
	}
	return page, golden, faults
}

// keyOfGuide hashes all that a parsed guide depends on: its place, its bytes, the
// options, and the program.
func (b *builder) keyOfGuide(file *diag.File, options *guideOptions) memory.Key {
	text := sha256.Sum256(file.Text)
	return memory.KeyOf(b.options.Program, file.Path, string(text[:]), options.key)
}
