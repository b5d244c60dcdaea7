// Package markup reads the <main> of a finished page: what the page's Markdown twin and
// the index of the search are made from.
//
// A page is HTML that the theme and the authors have written, so in general only a
// complete parser can tell what stands where, and golang.org/x/net/html is that parser. But
// nearly every page is written without leaving anything to be guessed: each element is
// closed where it ends. Such a page is read as it stands, in a tenth of the time (quick.go);
// at the first sign of anything else the complete parser reads it from the beginning.
// Both give the same tree.
package markup

import (
	"bytes"
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Node is an element, or a text.
type Node struct {
	// Name is 0 for a text, and for an element whose name HTML does not know.
	Name atom.Atom
	// Text tells that it is a text.
	Text bool
	// Data is the text, or the element's name.
	Data       string
	Attributes []Attribute

	Parent, FirstChild, NextSibling *Node
	lastChild                       *Node
}

// An Attribute is one of an element. Those whose names have capital letters, which are of
// drawings alone, are left out.
type Attribute struct{ Key, Value string }

// Main returns the <main> of a page, or nil if it has none. What navigations hold is left
// out, unless one stands in a table or the like: nobody reads it, and on a page of a large
// section it is most of what there is. So are comments.
func Main(page []byte) *Node {
	if main, ok := quick(string(page)); ok {
		return main
	}
	return complete(page)
}

// complete reads any page.
func complete(page []byte) *Node {
	tree, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil // deeper than the parser goes
	}
	for node := range tree.Descendants() {
		if node.Type == html.ElementNode && node.DataAtom == atom.Main {
			b := builder{}
			b.take(nil, node, true)
			return b.root
		}
	}
	return nil
}

// take copies a node with all that is in it. Open tells that a navigation would be empty.
func (b *builder) take(parent *Node, from *html.Node, open bool) {
	var node *Node
	switch from.Type {
	case html.TextNode:
		node = b.add(parent, Node{Text: true, Data: from.Data})
	case html.ElementNode:
		node = b.add(parent, Node{Name: from.DataAtom, Data: from.Data})
		for _, attribute := range from.Attr {
			if attribute.Namespace == "" && attribute.Key == strings.ToLower(attribute.Key) {
				node.Attributes = append(node.Attributes, Attribute{attribute.Key, attribute.Val})
			}
		}
		if open && from.DataAtom == atom.Nav {
			return
		}
	default:
		return
	}
	open = open && around[from.DataAtom]
	for child := from.FirstChild; child != nil; child = child.NextSibling {
		b.take(node, child, open)
	}
}

// around are the elements between a page and its navigations.
var around = map[atom.Atom]bool{
	atom.Main: true, atom.Div: true, atom.Article: true, atom.Section: true, atom.Aside: true, atom.Header: true, atom.Footer: true,
}

// A builder makes a tree. Its nodes lie in blocks: a page has a thousand.
type builder struct {
	root  *Node
	nodes []Node
}

func (b *builder) add(parent *Node, node Node) *Node {
	if len(b.nodes) == cap(b.nodes) {
		b.nodes = make([]Node, 0, 128)
	}
	b.nodes = append(b.nodes, node)
	added := &b.nodes[len(b.nodes)-1]
	added.Parent = parent
	switch {
	case parent == nil:
		b.root = added
	case parent.lastChild == nil:
		parent.FirstChild, parent.lastChild = added, added
	default:
		parent.lastChild.NextSibling, parent.lastChild = added, added
	}
	return added
}

// Descendants yields all that is in a node, in order.
func (n *Node) Descendants() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for node := n.after(n, true); node != nil; node = n.after(node, true) {
			if !yield(node) {
				return
			}
		}
	}
}

// after returns what comes after a node within n; into it, if that is asked for.
func (n *Node) after(node *Node, into bool) *Node {
	if into && node.FirstChild != nil {
		return node.FirstChild
	}
	for node != n {
		if node.NextSibling != nil {
			return node.NextSibling
		}
		node = node.Parent
	}
	return nil
}

// Find returns the first element of a name in a node, or nil.
func (n *Node) Find(name atom.Atom) *Node {
	for node := range n.Descendants() {
		if node.Name == name {
			return node
		}
	}
	return nil
}

// Attribute returns an attribute's value; "" if the element has none of that name.
func (n *Node) Attribute(key string) string {
	for i := range n.Attributes {
		if n.Attributes[i].Key == key {
			return n.Attributes[i].Value
		}
	}
	return ""
}

// Has tells whether an element has an attribute.
func (n *Node) Has(key string) bool {
	for i := range n.Attributes {
		if n.Attributes[i].Key == key {
			return true
		}
	}
	return false
}

// TextOf returns all text in a node.
func (n *Node) TextOf() string {
	if only := n.FirstChild; only != nil && only.Text && only.NextSibling == nil {
		return only.Data
	}
	var b strings.Builder
	for node := range n.Descendants() {
		if node.Text {
			b.WriteString(node.Data)
		}
	}
	return b.String()
}
