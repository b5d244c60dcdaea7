package generator

import (
	"archive/zip"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cairn/generator/config"
	"cairn/generator/content"
	"cairn/generator/diag"
	"cairn/generator/goldenpath"
	"cairn/generator/messages"
	"cairn/generator/record"
	"cairn/generator/site"
)

// A GoldenPath is one golden path, of a project or of a published site, ready to be made.
type GoldenPath struct{ path *goldenpath.Path }

// Name is what the command line calls it; Title and Description are for readers.
func (g *GoldenPath) Name() string        { return g.path.Name }
func (g *GoldenPath) Title() string       { return g.path.Title }
func (g *GoldenPath) Description() string { return g.path.Description }

// JSON is the path as it is published.
func (g *GoldenPath) JSON() ([]byte, error) { return g.path.JSON() }

// A PathParameter is what a path asks for, in words.
type PathParameter struct {
	Name, Label, Type, Help, Default string
	// Takes says what is allowed.
	Takes    string
	Required bool
	Secret   bool
}

// Parameters returns what the path asks for.
func (g *GoldenPath) Parameters() []PathParameter {
	var list []PathParameter
	for i := range g.path.Parameters {
		p := &g.path.Parameters[i]
		takes := p.Type
		switch {
		case p.Type == goldenpath.Choice:
			takes = strings.Join(p.Options, ", ")
		case p.Type == goldenpath.YesNo:
			takes = "true or false"
		case p.Type == goldenpath.Number && p.Low != "" && p.High != "":
			takes = fmt.Sprintf("a number from %s to %s", p.Low, p.High)
		}
		list = append(list, PathParameter{
			Name: p.Name, Label: p.Label, Type: p.Type, Help: p.Help, Default: p.Default, Takes: takes,
			Required: p.Required, Secret: p.Type == goldenpath.Secret,
		})
	}
	return list
}

// A PathFile is a file that a path made: its name, with slashes, and its text.
type PathFile struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Make fills in the path. Parameters without a value have their defaults. If a value is
// refused, no file is returned, and a sentence for each that is.
func (g *GoldenPath) Make(values map[string]string) (files []PathFile, refused []string) {
	made, faults := g.path.Make(values)
	for _, fault := range faults {
		text := messages.English().Say(fault.Key, fault.Pairs...)
		if parameter := g.path.Parameter(fault.Parameter); parameter != nil {
			text = fault.Parameter + ": " + text
			if parameter.Help != "" && parameter.Pattern != "" {
				text += " (" + parameter.Help + ")"
			}
		}
		refused = append(refused, text)
	}
	if made == nil {
		return nil, refused
	}
	for _, file := range made.Files {
		files = append(files, PathFile{file.Name, file.Text})
	}
	return files, nil
}

// ReadValues reads a file of values, in YAML, TOML or JSON by its name: a table of
// parameters and their values.
func (g *GoldenPath) ReadValues(name string, text []byte) (map[string]string, diag.List) {
	file := diag.NewFile(name, text)
	format := record.YAML
	switch filepath.Ext(name) {
	case ".toml":
		format = record.TOML
	case ".json":
		format = record.JSON
	}
	value, faults := record.Parse(file, format, 0, len(text))
	if value == nil || faults.HasErrors() {
		return nil, faults
	}
	var document struct {
		Fields []record.Field `key:"*"`
	}
	faults = append(faults, record.Decode(file, value, &document, record.DecodeOptions{})...)
	values := map[string]string{}
	for _, field := range document.Fields {
		switch field.Value.Kind {
		case record.BooleanKind:
			values[field.Key] = fmt.Sprint(field.Value.Boolean)
		case record.ListKind, record.TableKind, record.NullKind:
			faults.Add(file.At(field.Value.Start, field.Value.End, diag.PathValue, fmt.Sprintf("%q takes one value, not %s", field.Key, field.Value.Kind), "write it behind the name"))
			continue
		default:
			values[field.Key] = field.Value.Text
		}
		if g.path.Parameter(field.Key) == nil {
			faults.Add(file.At(field.Start, field.End, diag.PathUnknownName, fmt.Sprintf("the path %s has no parameter %q", g.path.Name, field.Key), g.Suggest(field.Key)))
		}
	}
	return values, faults.Sorted()
}

// Suggest is a hint which parameter was probably meant.
func (g *GoldenPath) Suggest(name string) string {
	var names []string
	for i := range g.path.Parameters {
		names = append(names, g.path.Parameters[i].Name)
	}
	return diag.DidYouMean(name, names, "its parameters are "+strings.Join(names, ", "))
}

// Paths returns the golden paths of a project, in order of their names. One with errors
// is left out, and the faults say why.
func Paths(o Options) ([]*GoldenPath, diag.List, error) {
	b, err := newBuilder(o)
	if err != nil {
		return nil, nil, err
	}
	defer b.project.Close()
	files, loadFaults := b.load(list(b.project))
	var paths []*GoldenPath
	if files.config == nil {
		return nil, loadFaults, nil
	}
	faults := loadFaults
	options := content.Options{}
	if settings, _ := config.Parse(files.config); settings != nil {
		options.Accept = settings.FrontMatter.Accept
	}
	for _, entry := range files.guides {
		file, unread := readText(b.project, entry.Path)
		faults = append(faults, unread...)
		if file == nil || strings.HasPrefix(path.Base(entry.Path), "_") {
			continue
		}
		page, golden, pageFaults := parseGuide(file, options)
		if !page.FrontMatter.Path.Set || page.FrontMatter.Draft.Value {
			continue
		}
		faults = append(faults, pageFaults...)
		if golden != nil && !pageFaults.HasErrors() {
			paths = append(paths, &GoldenPath{golden})
		}
	}
	slices.SortStableFunc(paths, func(x, y *GoldenPath) int { return cmp.Compare(x.Name(), y.Name()) })
	return paths, faults.Sorted(), nil
}

// The most that a published path, or a list of them, may hold, in bytes; and the most
// paths of one site.
const (
	mostPublished      = 4 << 20
	mostPublishedPaths = 1000
)

// PublishedPaths returns the golden paths of a published site: of its folder, of a zip
// file of it, or of its address, which begins with http:// or https://.
func PublishedPaths(ctx context.Context, from string) ([]*GoldenPath, diag.List, error) {
	var texts map[string][]byte
	var err error
	switch {
	case strings.HasPrefix(from, "http://"), strings.HasPrefix(from, "https://"):
		texts, err = pathsOfSite(ctx, from)
	default:
		info, statErr := os.Stat(from)
		switch {
		case statErr != nil:
			return nil, nil, statErr
		case info.IsDir():
			texts, err = pathsOfFolder(from)
		default:
			texts, err = pathsOfArchive(from)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	var paths []*GoldenPath
	var faults diag.List
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		golden, pathFaults := goldenpath.ParsePublished(diag.NewFile(name, texts[name]))
		faults = append(faults, pathFaults...)
		if golden != nil {
			paths = append(paths, &GoldenPath{golden})
		}
	}
	return paths, faults.Sorted(), nil
}

var errNoPaths = errors.New("it holds no golden paths: a published site has them in " + site.PathFolder + "/")

func pathsOfFolder(folder string) (map[string][]byte, error) {
	// Below a root, no link can lead out of the folder.
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), site.PathFolder)
	if err != nil {
		return nil, errNoPaths
	}
	texts := map[string][]byte{}
	for _, entry := range entries {
		name := site.PathFolder + "/" + entry.Name()
		if !isPublishedPath(name) {
			continue
		}
		file, err := root.Open(name)
		if err != nil {
			return nil, err
		}
		texts[name], err = readMost(file, name)
		file.Close()
		if err != nil {
			return nil, err
		}
	}
	return enough(texts)
}

func isPublishedPath(name string) bool {
	return goldenpath.Published.MatchString(name) && path.Base(name) != "index.json"
}

// pathsOfArchive finds the paths in a zip file: at its top, or in the one folder that
// everything lies in.
func pathsOfArchive(file string) (map[string][]byte, error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s is neither a folder nor a zip file: %w", file, err)
	}
	defer archive.Close()
	texts := map[string][]byte{}
	for _, entry := range archive.File {
		name := entry.Name
		if !isPublishedPath(name) {
			_, name, _ = strings.Cut(name, "/")
		}
		if !isPublishedPath(name) || !entry.Mode().IsRegular() {
			continue
		}
		if _, twice := texts[name]; twice {
			return nil, fmt.Errorf("%s holds two files called %s", file, name)
		}
		reader, err := entry.Open()
		if err != nil {
			return nil, err
		}
		texts[name], err = readMost(reader, name)
		reader.Close()
		if err != nil {
			return nil, err
		}
		if len(texts) > mostPublishedPaths {
			break
		}
	}
	return enough(texts)
}

func readMost(from io.Reader, name string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(from, mostPublished+1))
	if err == nil && len(text) > mostPublished {
		err = fmt.Errorf("%s is larger than %d MiB", name, mostPublished>>20)
	}
	return text, err
}

func enough(texts map[string][]byte) (map[string][]byte, error) {
	switch {
	case len(texts) == 0:
		return nil, errNoPaths
	case len(texts) > mostPublishedPaths:
		return nil, fmt.Errorf("it holds more than %d golden paths", mostPublishedPaths)
	}
	return texts, nil
}

// pathsOfSite asks a published site for its list of paths, and for each of them. This is
// the only thing in cairn that opens a connection, and only to the host that was named.
func pathsOfSite(ctx context.Context, address string) (map[string][]byte, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(base.Path, "/") {
		base.Path += "/"
	}
	base.RawQuery, base.Fragment = "", ""
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(next *http.Request, before []*http.Request) error {
		if next.URL.Host != base.Host || len(before) > 5 || base.Scheme == "https" && next.URL.Scheme != "https" {
			return fmt.Errorf("the site sends on to %s; name that address", next.URL.Redacted())
		}
		return nil
	}}
	get := func(name string) ([]byte, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, base.JoinPath(name).String(), nil)
		if err != nil {
			return nil, err
		}
		response, err := client.Do(request)
		if err != nil {
			return nil, err
		}
		defer response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s: %s", request.URL.Redacted(), response.Status)
		}
		return readMost(response.Body, name)
	}
	index, err := get(site.PathFolder + "/index.json")
	if err != nil {
		return nil, err
	}
	var list []struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(index, &list); err != nil {
		return nil, fmt.Errorf("%s has no list of golden paths: %w", base.Redacted(), err)
	}
	texts := map[string][]byte{}
	for _, entry := range list[:min(len(list), mostPublishedPaths+1)] {
		name := site.PathFolder + "/" + entry.Name + ".json"
		if !isPublishedPath(name) {
			return nil, fmt.Errorf("%s lists a path called %q, which is no name", base.Redacted(), entry.Name)
		}
		if texts[name], err = get(name); err != nil {
			return nil, err
		}
	}
	return enough(texts)
}
