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
	nodes map[Place]*Node
	// files holds the files that have nodes, sorted, for suggestions.
	files []string
	into  map[Place][]Edge
}

func newGraph() *Graph {
	return &Graph{nodes: map[Place]*Node{}, into: map[Place][]Edge{}}
}

// add puts a node in and tells whether its place was free.
func (g *Graph) add(node *Node) bool {
	if _, taken := g.nodes[node.Place]; taken {
		return false
	}
	g.nodes[node.Place] = node
	if node.Anchor == "" {
		g.files = append(g.files, node.File)
	}
	return true
}

func (g *Graph) link(from *Page, file string, start int, to Place) {
	g.into[to] = append(g.into[to], Edge{From: from, File: file, Start: start, To: to})
}

// Node returns the node at a place.
func (g *Graph) Node(at Place) (*Node, bool) {
	node, ok := g.nodes[at]
	return node, ok
}

// Into returns the edges that lead to a place, in order of the pages' files.
func (g *Graph) Into(at Place) []Edge { return g.into[at] }

// PagesInto returns the pages with an edge to a place, each once, in order.
func (g *Graph) PagesInto(at Place) []*Page {
	var pages []*Page
	for _, edge := range g.into[at] {
		if !slices.Contains(pages, edge.From) {
			pages = append(pages, edge.From)
		}
	}
	return pages
}

// suggestFile returns a hint with the relative path that was probably meant.
func (g *Graph) suggestFile(from, wanted string, kinds ...NodeKind) string {
	var candidates []string
	base := path.Base(wanted)
	for _, file := range g.files {
		node := g.nodes[Place{File: file}]
		if !slices.Contains(kinds, node.Kind) {
			continue
		}
		if path.Base(file) == base && file != wanted {
			return "did you mean " + quoted(relativePath(path.Dir(from), file)) + "?"
		}
		if path.Dir(file) == path.Dir(wanted) || len(g.files) < 2000 {
			candidates = append(candidates, file)
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
	for place := range g.nodes {
		if place.File == file && place.Anchor != "" {
			candidates = append(candidates, place.Anchor)
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
