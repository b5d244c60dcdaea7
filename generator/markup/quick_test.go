package markup

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// printed is a tree as text, with everything that it holds.
func printed(node *Node) string {
	var b strings.Builder
	var print func(node *Node, depth int)
	print = func(node *Node, depth int) {
		fmt.Fprintf(&b, "%*s%v %q %q %d", depth, "", node.Text, node.Data, node.Attributes, node.Name)
		b.WriteByte('\n')
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			if child.Parent != node {
				b.WriteString("a child of another one\n")
			}
			print(child, depth+1)
		}
	}
	if node != nil {
		print(node, 0)
	}
	return b.String()
}

// compare reports a page of which the quick reader makes something else than the
// complete parser, and tells whether it could read the page.
func compare(t interface{ Errorf(string, ...any) }, page string) bool {
	main, ok := quick(page)
	if !ok {
		return false
	}
	if got, want := printed(main), printed(complete([]byte(page))); got != want {
		t.Errorf("%s\nquick:\n%s\ncomplete:\n%s", page, got, want)
	}
	return true
}

const before = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"><title>A &lt;main> B</title>\n<script type=\"x\">{\"a\":\"\\u003cmain\"}</script>\n</head>\n<body>\n" +
	"<svg class=\"hidden\"><symbol id=\"x\" viewBox=\"0 0 1 1\"><path d=\"M1 2\"/></symbol></svg><header><a href=\"/\">home</a></header>\n"

// What pages hold is read quickly, and as the complete parser reads it.
func TestQuickReadsPages(t *testing.T) {
	inside, err := filepath.Glob("testdata/*.html")
	if err != nil || len(inside) == 0 {
		t.Fatal(inside, err)
	}
	for _, name := range inside {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !compare(t, before+string(text)+"\n<footer>frame</footer></body></html>") {
			t.Errorf("%s is not read quickly", name)
		}
	}
}

// Whatever a parser would have to guess is left to it.
func TestQuickGivesUp(t *testing.T) {
	for _, inside := range []string{
		"<p>a<p>b", "<p>a<div>b</div></p>", "<b><i>a</b></i>", "<ul><li>a<li>b</ul>", "<table><tr><td>a</td></tr></table>",
		"<table>a<tbody></tbody></table>", "<a href=\"x\">a<a>b</a></a>", "<h1><h2>a</h2></h1>", "<!-- a -->", "<P>a</P>", "<p class=a>b</p>",
		"<p class='a'>b</p>", "<p>a</p >", "<p>a < b</p>", "<li>a</li>", "<x-y>a</x-y>", "<template><p>a</p></template>", "<textarea><p></textarea>",
		"<img alt=\"&copy=\">", "<div/>a", "<svg><p>a</p></svg>", "<select><p>a</p></select>", "<nav><p>a<p>b</nav>", "</p>", "<math><mi>a</mi></math>",
		"<p class=\"a\"id=\"b\">c</p>", "<button><div><button>a</button></div></button>", "<script><!--<script></script>--></script>", "<pre>&#10;a</pre>",
		strings.Repeat("<div>", 500) + strings.Repeat("</div>", 500),
	} {
		if compare(t, before+"<main>"+inside+"</main>") {
			t.Errorf("%s is read quickly", inside)
		}
	}
	for _, page := range []string{"", "<main></main>", "<!doctype html><main></main>", "<!doctype html><html><body><main>", before, before + "<main></p></main>"} {
		if compare(t, page) {
			t.Errorf("%s is read quickly", page)
		}
	}
}

// Tags drawn at random, most of them closed in order.
func TestQuickIsComplete(t *testing.T) {
	names := make([]string, 0, len(rules))
	for name := range rules {
		names = append(names, name)
	}
	names = append(names, "title", "template", "textarea", "tt", "ruby", "rt", "optgroup", "foreignObject", "math", "iframe")
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		var draw func(depth int, within string)
		draw = func(depth int, within string) {
			for range rapid.SampledFrom([]int{2, 3, 1, 4, 0}).Draw(t, "children") {
				switch rapid.SampledFrom([]int{5, 0, 6, 7, 3, 1}).Draw(t, "what") {
				case 0, 1:
					b.WriteString(rapid.SampledFrom([]string{"a", " ", "\n", "&amp;", "&notit;", "\n\nb", "&#65;", "x &lt; y"}).Draw(t, "text"))
					continue
				case 3:
					b.WriteString(rapid.SampledFrom([]string{"<br>", "<img alt=\"&lt;&#34;\" src=\"a\">", "<hr>", "<input checked disabled>", "<use href=\"#x\"/>", "</p>", "</b>", "<path D=\"1\"/>"}).Draw(t, "empty"))
					continue
				}
				likely := map[string][]string{
					"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "table": {"caption", "thead", "tbody", "colgroup"}, "thead": {"tr"}, "tbody": {"tr"},
					"tr": {"td", "th"}, "colgroup": {"col"}, "select": {"option"}, "svg": {"g", "title", "text", "desc"},
				}[within]
				name := rapid.SampledFrom(append(likely, rapid.SampledFrom(names).Draw(t, "any"))).Draw(t, "name")
				b.WriteString("<" + name)
				if rapid.IntRange(0, 3).Draw(t, "has attributes") == 0 {
					b.WriteString(rapid.SampledFrom([]string{` class="a b"`, ` hidden`, ` id="a" title="b&amp;c"`, ` class="a" class="b"`, ` viewBox="0"`, "\n id=\"x\""}).Draw(t, "attributes"))
				}
				b.WriteString(">")
				if rule := rules[name]; rule != nil && rule.is&empty != 0 {
					continue
				}
				if depth < 6 {
					draw(depth+1, name)
				}
				if rapid.SampledFrom([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0}).Draw(t, "closed") > 0 {
					b.WriteString("</" + name + ">")
				}
			}
		}
		draw(0, "main")
		if compare(t, before+"<main id=\"main\">"+b.String()+"</main></body></html>") {
			read++
		}
	})
	if read == 0 {
		t.Error("nothing was read quickly")
	}
	t.Logf("%d read quickly", read)
}

func FuzzQuick(f *testing.F) {
	f.Add("<p>a</p><ul><li>b</li></ul>")
	f.Add("<table><caption>a</caption><thead><tr><th>b</th></tr></thead></table><svg><title>c</title></svg>")
	f.Fuzz(func(t *testing.T, inside string) {
		compare(t, before+"<main>"+inside+"</main>")
		compare(t, inside)
	})
}
