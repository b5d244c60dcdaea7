package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The quick reader knows how HTML is read where nothing is left out, nothing overlaps, and
// every element stands where it may. There a page's elements are simply what its tags
// say. It gives up at anything that would make a parser of HTML add, move, close or leave
// out an element: at a block in a paragraph, a row without its body, a tag that does not
// close what was opened last, a name or a spelling that it does not know. That it gives
// up often costs time only; that it never gives another tree than the complete parser, a
// test and a fuzzer hold it to.

// A rule is what the quick reader knows of an element.
type rule struct {
	name string
	atom atom.Atom
	is   traits
	// in are the elements one of which it must stand in, directly; any if empty.
	in traits
}

type traits uint32

const (
	empty    traits = 1 << iota // it has no end tag
	block                       // it ends a paragraph that is open
	raw                         // up to its end tag, all is text
	alone                       // it must not stand in another of its name, at any depth
	document                    // <html>
	head                        // <head>
	inHead                      // it may stand in the head
	heading                     // h1 to h6
	listing                     // <ul>, <ol>, <menu>
	pairs                       // <dl>
	division                    // <div>
	table                       // <table>
	rows                        // <thead>, <tbody>, <tfoot>
	row                         // <tr>
	columns                     // <colgroup>
	choice                      // <select>
	option                      // <option>
	drawing                     // <svg> and what is in it
	words                       // of a drawing: <title> and <desc>, which hold text alone
	paragraph
	newline // a line break that it begins with is not part of it

	// spaced hold certain elements, and no text but space.
	spaced = document | head | table | rows | row | columns | choice
)

var rules = func() map[string]*rule {
	all := map[string]*rule{}
	add := func(is, in traits, names string) {
		for _, name := range strings.Fields(names) {
			all[name] = &rule{name, atom.Lookup([]byte(name)), is, in}
		}
	}
	add(document, 0, "html")
	add(head, document, "head")
	add(0, document, "body")
	add(inHead|empty, head, "meta link base")
	add(inHead|raw, head, "title style")
	add(inHead|raw, 0, "script")
	add(block, 0, "address article aside blockquote details dialog fieldset figcaption figure footer header hgroup main nav section summary")
	add(block|division, 0, "div")
	add(block|paragraph, 0, "p")
	add(block|heading, 0, "h1 h2 h3 h4 h5 h6")
	add(block|newline, 0, "pre")
	add(block|alone, 0, "form")
	add(block|listing, 0, "ul ol menu")
	add(block, listing, "li")
	add(block|pairs, 0, "dl")
	add(block, pairs|division, "dt dd")
	add(block|empty, 0, "hr")
	add(block|table, 0, "table")
	add(0, table, "caption")
	add(columns, table, "colgroup")
	add(empty, columns, "col")
	add(rows, table, "thead tbody tfoot")
	add(row, rows, "tr")
	add(0, row, "td th")
	add(alone, 0, "a button")
	add(choice|alone, 0, "select")
	add(option, choice, "option")
	add(0, 0, "abbr b bdi bdo cite code data del dfn em i ins kbd label legend mark meter output picture progress q s samp small span strong sub sup time u var")
	add(empty, 0, "br img input wbr source")
	add(drawing, 0, "svg")
	add(drawing, drawing, "g path rect circle ellipse line polyline polygon text tspan use symbol defs pattern marker mask")
	add(drawing|words, drawing, "desc")
	return all
}()

// wordsOf is the title of a drawing, which is another element than that of a document.
var wordsOf = &rule{"title", atom.Title, drawing | words, drawing}

// deepest is how deep elements may stand in one another; the complete parser goes a
// little deeper.
const deepest = 400

const doctype = "<!doctype html>"

// A reader reads a page from its beginning up to the end of its main.
type reader struct {
	builder
	page string
	at   int
	open []opened
	// main is how many elements are open when main is the last of them.
	main int
	// paragraphs are how many are open.
	paragraphs int
	// bare is where in open the navigation stands that is being left out; 0 for none.
	bare int
	// attributes lie in blocks, as nodes do.
	attributes []Attribute
}

// An opened element has no node before main, and in what is left out.
type opened struct {
	rule *rule
	node *Node
	// around tells that a navigation in it is left out.
	around bool
}

// quick returns the main of a page that it can read.
func quick(page string) (main *Node, ok bool) {
	if !strings.HasPrefix(page, doctype) || strings.ContainsAny(page, "\x00\r") {
		return nil, false
	}
	r := &reader{page: page, at: len(doctype), open: make([]opened, 0, 32)}
	for r.root == nil || len(r.open) >= r.main {
		if !r.next() {
			return nil, false
		}
	}
	return r.root, true
}

// next reads a text or a tag.
func (r *reader) next() bool {
	begin := r.at
	end := strings.IndexByte(r.page[begin:], '<')
	if end < 0 {
		return false
	}
	r.at += end
	if end > 0 && !r.text(r.page[begin:r.at]) {
		return false
	}
	if strings.HasPrefix(r.page[r.at:], "</") {
		return r.close()
	}
	return r.begin()
}

// top is the element that was opened last.
func (r *reader) top() *opened {
	if len(r.open) == 0 {
		return nil
	}
	return &r.open[len(r.open)-1]
}

func (r *reader) text(text string) bool {
	top := r.top()
	if top == nil || top.rule.is&spaced != 0 {
		if strings.Trim(text, " \n\t\f") != "" {
			return false
		}
	}
	if top == nil || top.node == nil || r.bare > 0 {
		return true
	}
	if top.rule.is&newline != 0 && top.node.FirstChild == nil {
		if strings.HasPrefix(text, "&#") {
			return false // it may be a line break, too
		}
		if text = strings.TrimPrefix(text, "\n"); text == "" {
			return true
		}
	}
	if strings.IndexByte(text, '&') >= 0 {
		text = html.UnescapeString(text)
	}
	r.add(top.node, Node{Text: true, Data: text})
	return true
}

func (r *reader) close() bool {
	top := r.top()
	if top == nil {
		return false
	}
	rest := r.page[r.at+2:]
	if !strings.HasPrefix(rest, top.rule.name) || len(rest) == len(top.rule.name) || rest[len(top.rule.name)] != '>' {
		return false
	}
	r.at += len("</>") + len(top.rule.name)
	if top.rule.is&paragraph != 0 {
		r.paragraphs--
	}
	r.open = r.open[:len(r.open)-1]
	if r.bare > len(r.open) {
		r.bare = 0
	}
	return true
}

// begin reads a start tag.
func (r *reader) begin() bool {
	end := r.at + 1
	for end < len(r.page) && ('a' <= r.page[end] && r.page[end] <= 'z' || '0' <= r.page[end] && r.page[end] <= '9') {
		end++
	}
	rule, top := rules[r.page[r.at+1:end]], r.top()
	if top != nil && top.rule.is&drawing != 0 && r.page[r.at+1:end] == wordsOf.name {
		rule = wordsOf
	}
	if rule == nil || !r.may(rule, top) {
		return false
	}
	r.at = end
	// An element that is not kept has no node.
	var node *Node
	if r.bare == 0 && (r.root != nil || rule.atom == atom.Main) {
		node = &Node{Name: rule.atom, Data: rule.name}
	}
	ofDrawings := drawn
	if rule.is&drawing == 0 {
		ofDrawings = nil
	}
	closed, ok := r.readAttributes(node, ofDrawings)
	if !ok || closed && rule.is&(empty|drawing) == 0 {
		return false
	}
	if node != nil {
		var parent *Node
		if top != nil {
			parent = top.node
		}
		if r.root == nil {
			parent = nil
		}
		node = r.add(parent, *node)
	}
	if rule.is&raw != 0 {
		return r.rawText(rule, node)
	}
	if closed || rule.is&empty != 0 {
		return true
	}
	around := node != nil && around[rule.atom] && (node == r.root || top.around)
	r.open = append(r.open, opened{rule, node, around})
	if node != nil && node == r.root {
		r.main = len(r.open)
	}
	if rule.is&paragraph != 0 {
		r.paragraphs++
	}
	if rule.atom == atom.Nav && node != nil && top != nil && top.around {
		r.bare = len(r.open)
	}
	return len(r.open) < deepest
}

// may tells whether an element can stand where it does, and changes nothing around it.
func (r *reader) may(rule *rule, top *opened) bool {
	if top == nil || rule.is&document != 0 {
		return top == nil && rule.is&document != 0
	}
	above := top.rule.is
	switch {
	case above&words != 0, above&option != 0,
		above&drawing != 0 && rule.is&drawing == 0,
		above&head != 0 && rule.is&inHead == 0,
		above&spaced&^head != 0 && rule.in&above == 0,
		rule.in != 0 && rule.in&above == 0,
		rule.is&block != 0 && r.paragraphs > 0,
		rule.is&heading != 0 && above&heading != 0:
		return false
	case rule.in&division != 0 && above&division != 0: // of a list of pairs, in which it may be grouped
		return len(r.open) > 1 && r.open[len(r.open)-2].rule.is&pairs != 0
	case rule.is&alone != 0:
		for i := range r.open {
			if r.open[i].rule == rule {
				return false
			}
		}
	}
	return true
}

// drawn are the attributes of drawings that have capital letters.
var drawn = map[string]bool{"viewBox": true, "preserveAspectRatio": true, "textLength": true, "lengthAdjust": true, "pathLength": true, "patternUnits": true}

// readAttributes reads those of a start tag up to its end, and tells whether it closes
// itself. Of names with capital letters it takes those that it is given, and keeps none.
func (r *reader) readAttributes(node *Node, ofDrawings map[string]bool) (closed, ok bool) {
	page := r.page
	from := len(r.attributes)
	for r.at < len(page) {
		switch page[r.at] {
		case ' ', '\n', '\t':
			r.at++
			continue
		case '>':
			r.at++
			if node != nil && len(r.attributes) > from {
				node.Attributes = r.attributes[from:len(r.attributes):len(r.attributes)]
			}
			return false, true
		case '/':
			if r.at+1 >= len(page) || page[r.at+1] != '>' {
				return false, false
			}
			r.at += 2
			if node != nil && len(r.attributes) > from {
				node.Attributes = r.attributes[from:len(r.attributes):len(r.attributes)]
			}
			return true, true
		}
		begin, capital := r.at, false
		if before := page[begin-1]; before != ' ' && before != '\n' && before != '\t' {
			return false, false
		}
		for r.at < len(page) {
			c := page[r.at]
			if 'A' <= c && c <= 'Z' {
				capital = true
			} else if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
				break
			}
			r.at++
		}
		key := page[begin:r.at]
		if key == "" || capital && !ofDrawings[key] {
			return false, false
		}
		value := ""
		if strings.HasPrefix(page[r.at:], `="`) {
			r.at += 2
			end := strings.IndexByte(page[r.at:], '"')
			if end < 0 {
				return false, false
			}
			value = page[r.at : r.at+end]
			r.at += end + 1
			if strings.IndexByte(value, '&') >= 0 {
				if !plainReferences(value) {
					return false, false
				}
				value = html.UnescapeString(value)
			}
		}
		if node == nil || capital {
			continue
		}
		for i := from; i < len(r.attributes); i++ {
			if r.attributes[i].Key == key {
				return false, false // the first counts
			}
		}
		if len(r.attributes) == cap(r.attributes) {
			kept := r.attributes[from:]
			r.attributes = append(make([]Attribute, 0, 64+2*len(kept)), kept...)
			from = 0
		}
		r.attributes = append(r.attributes, Attribute{key, value})
	}
	return false, false
}

// plainReferences tells whether all references to signs in a value of an attribute are
// such as mean there what they mean in a text.
func plainReferences(value string) bool {
	for {
		_, after, found := strings.Cut(value, "&")
		if !found {
			return true
		}
		name, rest, found := strings.Cut(after, ";")
		if !found {
			return false
		}
		switch name {
		case "amp", "lt", "gt", "quot", "apos":
		default:
			if len(name) < 2 || name[0] != '#' || strings.Trim(name[1:], "0123456789") != "" {
				return false
			}
		}
		value = rest
	}
}

// rawText reads up to the end tag of a script and the like.
func (r *reader) rawText(rule *rule, node *Node) bool {
	text, _, found := strings.Cut(r.page[r.at:], "</"+rule.name+">")
	// A comment in a script, or a tag in it, can hide its end.
	if !found || strings.Contains(text, "<!") || rule.atom == atom.Script && strings.Contains(strings.ToLower(text), "<script") ||
		strings.Contains(strings.ToLower(text), "</"+rule.name) {
		return false
	}
	r.at += len(text) + len("</>") + len(rule.name)
	if node != nil && text != "" {
		r.add(node, Node{Text: true, Data: text}) // of a script: nothing in it is a reference
	}
	return true
}
