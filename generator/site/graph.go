package site

import (
	"path"
	"slices"
	"strings"
	"sync"

	"cairn/generator/diag"
)

// NodeKind says what a node of the link graph is.
type NodeKind uint8

// The kinds of nodes. Every node lies in a file; all but pages and assets have an
// anchor there.
const (
	PageNode NodeKind = iota
	HeadingNode
	AssetNode
	RowNode
	QuestionNode
	DimensionNode
	SourceNode
)

// A Place names a node: a file of the project, and an anchor in it.
type Place struct {
	File   string
	Anchor string
}

// A Node is something that can be linked to.
type Node struct {
	Place
	Kind NodeKind
	// Start is where it stands in its file, in bytes.
	Start int
	// Page is what is published of it; nil for an asset and an included part.
	Page *Page
}

// An Edge leads from a place in a page's sources to a node.
type Edge struct {
	// From is the page that the link is on; File and Start are where it stands,
	// which is another file when the link comes with an include.
	From  *Page
	File  string
	Start int
	To    Place
}

// Graph is the links of a site, made from its sources and not from its output.
// Whether a link holds, what cites a source, what a moved page touches: all are
// questions to it.
//
// A site may have a hundred thousand pages, so nodes and edges are held as what differs
// between those of one file.
type Graph struct {
	byFile map[string]*fileNodes
	// pages are those of the site: edges know them by their numbers. elsewhere are files
	// that edges stand in and that are not those of their pages.
	pages     []*Page
	elsewhere []string
	// files are those that have nodes, in the order in which they came.
	files []string
	// names and folders hold these files by the last part of the path and by what is
	// before it, for suggestions; made when the first is wanted.
	suggest        sync.Once
	names, folders map[string][]string
}

// fileNodes are the nodes of one file, and the edges into it.
type fileNodes struct {
	page   *Page
	there  bool // the file as a whole is a node, of this kind
	kind   NodeKind
	inside []mark
	// index finds nodes inside by their anchors, when they are many.
	index map[string]int32
	into  []edge
}

// A mark is a node inside a file.
type mark struct {
	anchor string
	start  int32
	kind   NodeKind
}

// An edge is one into a file. It has no pointers: a site has several for each page.
type edge struct {
	from  int32 // the number of the page
	start int32
	mark  int32 // that of the file's marks which it leads to; toFile for the file as a whole
	file  int32 // 0 if it stands in the file of the page, else counted from 1 in elsewhere
}

const toFile = -1

// edges are those that some pages have, with their own list of files elsewhere.
type edges struct {
	list      []edgeTo
	elsewhere []string
}

type edgeTo struct {
	to *fileNodes
	edge
}

// fewNodes are searched one by one.
const fewNodes = 16

func newGraph() *Graph { return &Graph{byFile: map[string]*fileNodes{}} }

// find returns the place of an anchor among the marks.
func (f *fileNodes) find(anchor string) (int, bool) {
	if f.index != nil {
		at, ok := f.index[anchor]
		return int(at), ok
	}
	for i := range f.inside {
		if f.inside[i].anchor == anchor {
			return i, true
		}
	}
	return 0, false
}

// of returns what is known of a file.
func (g *Graph) of(file string) *fileNodes {
	f := g.byFile[file]
	if f == nil {
		f = &fileNodes{}
		g.byFile[file] = f
	}
	return f
}

// add puts a node in and tells whether its place was free.
func (g *Graph) add(node Node) bool {
	f := g.of(node.File)
	if node.Anchor == "" {
		if f.there {
			return false
		}
		f.there, f.kind, f.page = true, node.Kind, node.Page
		g.files = append(g.files, node.File)
		return true
	}
	if _, taken := f.find(node.Anchor); taken {
		return false
	}
	f.inside = append(f.inside, mark{node.Anchor, int32(node.Start), node.Kind})
	if f.index != nil {
		f.index[node.Anchor] = int32(len(f.inside) - 1)
	} else if len(f.inside) > fewNodes {
		f.index = make(map[string]int32, 4*fewNodes)
		for i := range f.inside {
			f.index[f.inside[i].anchor] = int32(i)
		}
	}
	return true
}

// expect makes room for nodes inside a file.
func (g *Graph) expect(file string, nodes int) {
	if f := g.of(file); f.inside == nil && nodes > 0 {
		f.inside = make([]mark, 0, nodes)
	}
}

// edge notes an edge, which is in the graph once link is called. Only nodes have edges.
func (g *Graph) edge(list *edges, from *Page, file string, start int, to Place) {
	f := g.byFile[to.File]
	if f == nil || from.number == 0 {
		return
	}
	made := edge{from: from.number, start: int32(start), mark: toFile}
	if to.Anchor != "" {
		mark, ok := f.find(to.Anchor)
		if !ok {
			return
		}
		made.mark = int32(mark)
	}
	if file != from.File {
		list.elsewhere = append(list.elsewhere, file)
		made.file = int32(len(list.elsewhere))
	}
	list.list = append(list.list, edgeTo{f, made})
}

// link takes edges in, a list after the other.
func (g *Graph) link(lists ...edges) {
	counts := make(map[*fileNodes]int, len(g.byFile))
	for i := range lists {
		for j := range lists[i].list {
			counts[lists[i].list[j].to]++
		}
	}
	for file, count := range counts {
		file.into = make([]edge, 0, count)
	}
	for i := range lists {
		for _, made := range lists[i].list {
			if made.file > 0 {
				made.file += int32(len(g.elsewhere))
			}
			made.to.into = append(made.to.into, made.edge)
		}
		g.elsewhere = append(g.elsewhere, lists[i].elsewhere...)
	}
}

// Node returns the node at a place.
func (g *Graph) Node(at Place) (Node, bool) {
	f := g.byFile[at.File]
	if f == nil {
		return Node{}, false
	}
	if at.Anchor == "" {
		return Node{Place: at, Kind: f.kind, Page: f.page}, f.there
	}
	i, ok := f.find(at.Anchor)
	if !ok {
		return Node{}, false
	}
	found := f.inside[i]
	return Node{Place{at.File, found.anchor}, found.kind, int(found.start), f.page}, true
}

// Into returns the edges that lead to a place, in order of the pages' files.
func (g *Graph) Into(at Place) []Edge {
	f, mark := g.byFile[at.File], toFile
	if f == nil {
		return nil
	}
	if at.Anchor != "" {
		found, ok := f.find(at.Anchor)
		if !ok {
			return nil
		}
		mark = found
	}
	var edges []Edge
	for _, edge := range f.into {
		if int(edge.mark) != mark {
			continue
		}
		from := g.pages[edge.from-1]
		file := from.File
		if edge.file > 0 {
			file = g.elsewhere[edge.file-1]
		}
		edges = append(edges, Edge{from, file, int(edge.start), at})
	}
	return edges
}

// PagesInto returns the pages with an edge to a place, each once, in order.
func (g *Graph) PagesInto(at Place) []*Page {
	var pages []*Page
	seen := map[*Page]bool{}
	for _, edge := range g.Into(at) {
		if !seen[edge.From] {
			seen[edge.From] = true
			pages = append(pages, edge.From)
		}
	}
	return pages
}

// only drops all but one file's nodes, and the edges into them.
func (g *Graph) only(file string) {
	*g = Graph{byFile: map[string]*fileNodes{file: g.of(file)}, pages: g.pages, elsewhere: g.elsewhere}
}

// manyFiles is from when on only those of the same folder are compared.
const manyFiles = 2000

// suggestFile returns a hint with the relative path that was probably meant.
func (g *Graph) suggestFile(from, wanted string, kinds ...NodeKind) string {
	g.suggest.Do(func() {
		g.names, g.folders = map[string][]string{}, map[string][]string{}
		for _, file := range g.files {
			g.names[path.Base(file)] = append(g.names[path.Base(file)], file)
			g.folders[path.Dir(file)] = append(g.folders[path.Dir(file)], file)
		}
	})
	fits := func(file string) bool { return slices.Contains(kinds, g.byFile[file].kind) }
	for _, file := range g.names[path.Base(wanted)] {
		if file != wanted && fits(file) {
			return "did you mean " + quoted(relativePath(path.Dir(from), file)) + "?"
		}
	}
	var candidates []string
	if len(g.files) < manyFiles {
		for _, file := range g.files {
			if fits(file) {
				candidates = append(candidates, file)
			}
		}
		slices.Sort(candidates)
	} else {
		for _, file := range g.folders[path.Dir(wanted)] {
			if fits(file) {
				candidates = append(candidates, file)
			}
		}
	}
	if near, ok := nearestFile(wanted, candidates); ok {
		return "did you mean " + quoted(relativePath(path.Dir(from), near)) + "?"
	}
	return "the path is relative to the folder of this file; no file of a similar name was found"
}

// nearestFile returns the file that was probably meant, of those of the same folder first.
// Names are compared without folder and ending: what all paths share makes no two alike.
func nearestFile(wanted string, files []string) (string, bool) {
	name := func(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(x, y string) int {
		beside := func(file string) bool { return path.Dir(file) == path.Dir(wanted) }
		switch {
		case beside(x) == beside(y):
			return 0
		case beside(x):
			return -1
		}
		return 1
	})
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = name(file)
	}
	at := slices.Index(names, name(wanted)) // only its ending is another, or its folder
	if near, ok := diag.Nearest(name(wanted), names); at < 0 && ok {
		at = slices.Index(names, near)
	}
	if at < 0 {
		return "", false
	}
	return files[at], true
}

// suggestAnchor returns a hint with the anchor that was probably meant.
func (g *Graph) suggestAnchor(file, wanted string) string {
	var candidates []string
	if f := g.byFile[file]; f != nil {
		for i := range f.inside {
			candidates = append(candidates, f.inside[i].anchor)
		}
	}
	slices.Sort(candidates)
	if near, ok := diag.Nearest(wanted, candidates); ok {
		return "did you mean " + quoted("#"+near) + "?"
	}
	if len(candidates) == 0 {
		return quoted(file) + " has no headings to link to"
	}
	return "there are: #" + strings.Join(candidates[:min(8, len(candidates))], ", #")
}

func quoted(text string) string { return `"` + text + `"` }

// relativePath returns the path from a folder to a file, both from the same root.
func relativePath(folder, file string) string {
	if folder == "." {
		folder = ""
	}
	same := 0 // bytes of whole folders that both begin with, each with its slash
	for i := 0; i < len(file); i++ {
		if i == len(folder) {
			if file[i] == '/' {
				same = i + 1
			}
			break
		}
		if file[i] != folder[i] {
			break
		}
		if file[i] == '/' {
			same = i + 1
		}
	}
	up := 0
	if same < len(folder) {
		up = 1 + strings.Count(folder[same:], "/")
	}
	if up == 0 {
		return file[same:]
	}
	return strings.Repeat("../", up) + file[same:]
}

// Relative returns the address of one output as seen from another, written in
// full: both are paths below the site's root.
func Relative(from, to string) string {
	return relativePath(path.Dir(from), to)
}
