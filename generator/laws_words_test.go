package generator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"cairn/generator/diag"
	"cairn/generator/markdown"
	"cairn/generator/messages"

	"golang.org/x/net/html"
)

// All words that readers see come from the catalogue, so a site can say them otherwise:
// a template holds none between its tags, nor in an attribute that is read out. What
// stands in <code> and <kbd> is no word.
func TestTemplatesHoldNoWords(t *testing.T) {
	action := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	spoken := []string{"title", "aria-label", "aria-description", "alt", "placeholder", "label"}
	files, err := filepath.Glob("../themes/default/templates/*.html")
	if err != nil || len(files) < 10 {
		t.Fatal("no templates", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(t, err)
		for _, word := range wordsOf(action.ReplaceAllString(string(text), ""), spoken) {
			t.Errorf("%s holds the words %q; they belong into the catalogue, generator/messages/pages.go", filepath.Base(file), word)
		}
	}
	if got := wordsOf(`<p title="A">b<code>c</code><img alt="D"><i data-x="E"></i>1 – </p>`, spoken); !slices.Equal(got, []string{"A", "b", "D"}) {
		t.Errorf("the test finds %q", got)
	}
}

var onlyAttributes = regexp.MustCompile(`^\s*([a-z-]+="[^"]*"\s*)+$`)

// wordsOf returns the texts of HTML that hold letters.
func wordsOf(text string, attributes []string) []string {
	var found []string
	add := func(text string) {
		if text = strings.TrimSpace(text); strings.ContainsFunc(text, unicode.IsLetter) {
			found = append(found, text)
		}
	}
	tokens := html.NewTokenizer(strings.NewReader(text))
	inside := ""
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			return found
		case html.TextToken:
			switch text := string(tokens.Text()); {
			case inside == "noscript": // which the tokenizer takes for text
				found = append(found, wordsOf(text, attributes)...)
			case onlyAttributes.MatchString(text): // a part that stands in a tag
				found = append(found, wordsOf("<i "+text+">", attributes)...)
			case inside != "code" && inside != "kbd":
				add(text)
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			token := tokens.Token()
			inside = ""
			if kind == html.StartTagToken {
				inside = token.Data
			}
			for _, attribute := range token.Attr {
				if slices.Contains(attributes, attribute.Key) {
					add(attribute.Val)
				}
			}
		}
	}
}

// No word is left in the catalogue that nothing says. A key is written whole, or put
// together from the part before its last point or hyphen.
func TestEveryWordIsSaid(t *testing.T) {
	all := sayingSources(t)
	for key := range messages.English() {
		stem := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".many")
		said := strings.Contains(all, `"`+key+`"`) || strings.Contains(all, `"`+stem+`"`)
		for at := len(stem) - 1; at > 0 && !said; at-- {
			if stem[at] == '.' || stem[at] == '-' {
				said = strings.Contains(all, `"`+stem[:at+1]+`"`)
			}
		}
		if !said {
			t.Errorf("nothing says the word %q", key)
		}
	}
}

// What is put behind a part of a key.
var endings = map[string]string{
	"answer.": "unanswered dont-know not-applicable hidden hidden-na", "compare.": "up down", "effort.": "hours days weeks months quarters",
	"evidence.": "anecdote opinion survey study", "file.": "file other-assessment version unknown-id wrong-kind range too-large",
	"flow.open-": "decision result", "flow.settled-": "decision result", "keep.": "new kept disk waiting foreign refused elsewhere",
	"link.": "damaged version other", "month.": "1 2 3 4 5 6 7 8 9 10 11 12", "op.": "read count level mean add subtract multiply divide negate min max abs floor ceil round if",
	"page.stance-": "agrees otherwise both silent open", "position.": "within above below open none", "sign.": "< <= > >= == !=",
	"stance.": "agrees otherwise both silent open", "text.": "note tip important warning caution footnotes back", "truth.": "true false none open",
	"verdict.": "given not-given open", "what.": "and or not if same== same!= is is-not has holds applies true false",
	"why.":        "retired reset option gone kind range part",
	"path.wrong.": "required choice yes-no number whole places low high character template long pattern narrow word derived file same-file",
}

// Nothing is said whose word is missing: a reader would see its key. A text that looks like
// a key is one, or what all keys of some kind begin with; then each way to go on is one. What
// is said of proofs has a test of its own.
func TestNoWordIsMissing(t *testing.T) {
	english, starts := messages.English(), map[string]bool{}
	for key := range english {
		if start, _, parted := strings.Cut(key, "."); parted {
			starts[start] = true
		}
	}
	has := func(key string) bool {
		return english[key] != "" || english[key+".many"] != "" && english[key+".one"] != ""
	}
	missing := func(sources string) (keys []string) {
		for _, found := range regexp.MustCompile(`"([a-z]+)\.(?:[a-z-]+\.)*[a-z-]*"`).FindAllStringSubmatch(sources, -1) {
			key := strings.Trim(found[0], `"`)
			switch {
			case !starts[found[1]] || has(key) || slices.Contains([]string{".html", ".csv", ".json"}, filepath.Ext(key)) || key == "proof." || key == "path.": // the last is looked for, not said
			case !strings.HasSuffix(key, ".") && !strings.HasSuffix(key, "-"):
				keys = append(keys, key)
			case endings[key] == "":
				keys = append(keys, key+"…")
			default:
				for ending := range strings.FieldsSeq(endings[key]) {
					if !has(key + ending) {
						keys = append(keys, key+ending)
					}
				}
			}
		}
		return keys
	}
	for _, key := range missing(sayingSources(t)) {
		t.Errorf("%q is said, and no word of the catalogue", key)
	}
	if got := missing(`"kind.nothing" "page.rest" "what.nothing-" "other.thing" "page.html"`); !slices.Equal(got, []string{"kind.nothing", "what.nothing-…"}) {
		t.Errorf("the test finds %q", got)
	}
}

// sayingSources returns all sources that may say a word, with their quotes made alike.
func sayingSources(t *testing.T) string {
	t.Helper()
	var sources strings.Builder
	for _, root := range []string{".", "../cmd", "../themes"} {
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasSuffix(name, "_test.go") || filepath.Dir(name) == "messages" {
				return err
			}
			switch filepath.Ext(name) {
			case ".go", ".ts", ".html":
				text, err := os.ReadFile(name)
				sources.Write(text)
				return err
			}
			return nil
		})
		must(t, err)
	}
	return strings.NewReplacer("'", `"`, "`", `"`, "${", `"`).Replace(sources.String())
}

// The words that stand in articles themselves are those of the catalogue.
func TestWordsInTexts(t *testing.T) {
	english := messages.English()
	article, _ := markdown.Parse(diag.NewFile("a.md", []byte("> [!NOTE]\n> a\n\n> [!TIP]\n> a\n\n> [!IMPORTANT]\n> a\n\n> [!WARNING]\n> a\n\n> [!CAUTION]\n> a[^1]\n\n[^1]: b\n")), 0, markdown.Options{})
	body, err := article.Body()
	must(t, err)
	var text strings.Builder
	for _, part := range body.Parts {
		text.WriteString(part.HTML)
	}
	for _, key := range []string{"note", "tip", "important", "warning", "caution", "footnotes", "back"} {
		if word := english["text."+key]; word == "" || !strings.Contains(text.String(), word) {
			t.Errorf("the article does not say %q", word)
		}
	}
}
