package site

import (
	"path"
	"slices"
	"strings"

	"cairn/generator/diag"
)

// NodeKind says what a node of the link graph is.
type NodeKind int

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
type Graph struct {
	byFile map[string]*fileNodes
	// names and folders hold the files that have nodes, by the last part of the path and
	// by what is before it, for suggestions.
	names, folders map[string][]string
	room           []Node // for nodes to come
}

// fileNodes are the nodes of one file, and the edges into it.
type fileNodes struct {
	whole  *Node
	inside []*Node
	// index finds nodes inside by their anchors, when they are many.
	index map[string]*Node
	into  []Edge
}

// fewNodes are searched one by one.
const fewNodes = 16

func newGraph() *Graph {
	return &Graph{byFile: map[string]*fileNodes{}, names: map[string][]string{}, folders: map[string][]string{}}
}

func (f *fileNodes) find(anchor string) *Node {
	switch {
	case f == nil:
		return nil
	case anchor == "":
		return f.whole
	case f.index != nil:
		return f.index[anchor]
	}
	for _, node := range f.inside {
		if node.Anchor == anchor {
			return node
		}
	}
	return nil
}

// add puts a node in and tells whether its place was free.
func (g *Graph) add(node Node) bool {
	f := g.byFile[node.File]
	if f == nil {
		f = &fileNodes{}
		g.byFile[node.File] = f
	}
	if f.find(node.Anchor) != nil {
		return false
	}
	if len(g.room) == 0 {
		g.room = make([]Node, 1024)
	}
	added := &g.room[0]
	g.room = g.room[1:]
	*added = node
	if node.Anchor == "" {
		f.whole = added
		g.names[path.Base(node.File)] = append(g.names[path.Base(node.File)], node.File)
		g.folders[path.Dir(node.File)] = append(g.folders[path.Dir(node.File)], node.File)
		return true
	}
	f.inside = append(f.inside, added)
	if f.index != nil {
		f.index[node.Anchor] = added
	} else if len(f.inside) > fewNodes {
		f.index = make(map[string]*Node, 4*fewNodes)
		for _, node := range f.inside {
			f.index[node.Anchor] = node
		}
	}
	return true
}

func (g *Graph) link(edge Edge) {
	f := g.byFile[edge.To.File]
	if f == nil {
		f = &fileNodes{}
		g.byFile[edge.To.File] = f
	}
	f.into = append(f.into, edge)
}

// Node returns the node at a place.
func (g *Graph) Node(at Place) (*Node, bool) {
	node := g.byFile[at.File].find(at.Anchor)
	return node, node != nil
}

// Into returns the edges that lead to a place, in order of the pages' files.
func (g *Graph) Into(at Place) []Edge {
	var edges []Edge
	if f := g.byFile[at.File]; f != nil {
		for _, edge := range f.into {
			if edge.To == at {
				edges = append(edges, edge)
			}
		}
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

// manyFiles is from when on only those of the same folder are compared.
const manyFiles = 2000

// suggestFile returns a hint with the relative path that was probably meant.
func (g *Graph) suggestFile(from, wanted string, kinds ...NodeKind) string {
	fits := func(file string) bool { return slices.Contains(kinds, g.byFile[file].whole.Kind) }
	for _, file := range g.names[path.Base(wanted)] {
		if file != wanted && fits(file) {
			return "did you mean " + quoted(relativePath(path.Dir(from), file)) + "?"
		}
	}
	var candidates []string
	if len(g.byFile) < manyFiles {
		for file, nodes := range g.byFile {
			if nodes.whole != nil && fits(file) {
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
	if near, ok := diag.Nearest(wanted, candidates); ok {
		return "did you mean " + quoted(relativePath(path.Dir(from), near)) + "?"
	}
	return "the path is relative to the folder of this file; no file of a similar name was found"
}

// suggestAnchor returns a hint with the anchor that was probably meant.
func (g *Graph) suggestAnchor(file, wanted string) string {
	var candidates []string
	if f := g.byFile[file]; f != nil {
		for _, node := range f.inside {
			candidates = append(candidates, node.Anchor)
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
