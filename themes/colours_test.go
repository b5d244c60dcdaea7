package themes

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/generator/theme"
)

// What WCAG 2.2 asks of two colours (1.4.3 and 1.4.11): of words, of what must be seen
// to use or to understand a page, and nothing of what only adorns it.
const (
	words    = 4.5
	shapes   = 3
	ornament = 0
)

// A pair says what stands upon what. Each of the fronts stands on each of the grounds.
type pair struct {
	need            float64
	fronts, grounds string
	where           string
}

func (p pair) has(front, ground string) bool {
	in := func(list, word string) bool { return word == "" || slices.Contains(strings.Fields(list), word) }
	return in(p.fronts, front) && in(p.grounds, ground)
}

// A palette is a file of styles with its tokens, its pairs, and the words that never
// stand on a ground: whatever is in neither list is a fault.
type palette struct {
	files string // a pattern
	pairs []pair
	never []pair
}

var palettes = map[string]palette{
	"the theme": {
		files: "default/styles/*.css",
		pairs: []pair{
			{words, "ink", "paper surface wash", "text, in code, in an answer that is chosen, in a word that is marked"},
			{words, "ink", "l0 l1", "words upon the light steps of a chart"},
			{words, "muted", "paper surface wash", "hints; comments of code; a marked word in a hint; beside a dispute of sources"},
			{words, "accent", "paper surface wash", "a link under the pointer, with a marked word in it too; what is wrong; the words of a dispute"},
			{words, "paper", "ink accent", "a button, and under the pointer; the skip link"},
			{words, "on-l2", "l2", "words upon the middle step"},
			{words, "on-l3", "l3 l4", "words upon the dark steps"},

			{shapes, "ink", "paper surface", "a chosen box or circle, an axis, a heavy rule, a button"},
			{shapes, "ink", "l0 l1 l2", "a target, and the ring of a mean, upon a stone"},
			{shapes, "paper", "l3 l4", "the ring of a mean upon a stone"},
			{shapes, "paper", "ink", "the tick in a chosen box"},
			{shapes, "on-l3", "l3 l4", "a target upon a stone"},
			{shapes, "edge", "paper surface wash", "the edge of a field, a key, an outlined step; the line below a link"},
			{shapes, "accent", "paper surface wash", "the focus, where you are, what holds a level, the line below a marked word"},
			{shapes, "l3", "paper surface l0", "bars, the mark, grades, progress, the stones that a level has"},
			{shapes, "l2 l4", "paper", "what a claim spans; dots and their line"},

			{ornament, "hair", "paper surface", "rules between lines, the grid of a chart: all is read without them"},
			{ornament, "paper", "paper l0 l1 l2", "the gap between two bands, and around words upon a line"},
			{ornament, "l0 l1", "paper surface", "light steps: their words stand upon them, and in a table below"},
			{ornament, "wash", "paper", "the ground of a dispute: its words say it"},
		},
		never: []pair{
			{words, "ink", "ink accent l2 l3 l4", "there it is paper, on-l2 or on-l3"},
			{words, "muted accent", "ink accent l0 l1 l2 l3 l4", "upon a step all words are as strong"},
			{words, "paper", "paper surface wash l0 l1 l2 l3 l4", "only on what is filled as a button is"},
			{words, "on-l2", "paper surface wash ink accent l0 l1 l3 l4", "only on its step"},
			{words, "on-l3", "paper surface wash ink accent l0 l1 l2", "only on its steps"},
		},
	},
	"the preview’s list of faults": {
		files: "../generator/serve/faults.css",
		pairs: []pair{
			{words, "ink", "paper surface", "text, and the lines of sources"},
			{words, "quiet", "paper", "hints and codes"},
			{shapes, "fault", "paper surface", "the edge of the list and of an error; the focus"},
			{shapes, "doubt", "paper", "the edge of a warning"},
			{ornament, "hair", "paper", "rules"},
		},
		never: []pair{{words, "quiet", "surface", "a line of a source has one voice"}},
	},
}

// Both palettes of each file of styles hold what WCAG 2.2 asks, by computation; no
// colour is written but as a token; and no token is used as no pair tells.
func TestColours(t *testing.T) {
	for name, p := range palettes {
		t.Run(name, func(t *testing.T) {
			tokens, uses := readStyles(t, p.files)
			if len(tokens) < 6 || len(uses) < 10 {
				t.Fatalf("read %d tokens and %d uses of them: too few to be true", len(tokens), len(uses))
			}
			// A pair of at least this need; no front or no ground is any.
			has := func(need float64, front, ground string) bool {
				return slices.ContainsFunc(p.pairs, func(p pair) bool { return p.need >= need && p.has(front, ground) })
			}
			for _, p := range p.pairs {
				for front := range strings.FieldsSeq(p.fronts) {
					for ground := range strings.FieldsSeq(p.grounds) {
						a, ok := tokens[front]
						b, ok2 := tokens[ground]
						if !ok || !ok2 {
							t.Errorf("%s on %s: no such token", front, ground)
							continue
						}
						for i, scheme := range []string{"light", "dark"} {
							if got := theme.Contrast(a[i], b[i]); got < p.need {
								t.Errorf("%s, --%s on --%s: %.2f to 1, want %v (%s)", scheme, front, ground, got, p.need, p.where)
							}
						}
					}
				}
			}
			for token := range tokens {
				if !has(ornament, token, "") && !has(ornament, "", token) {
					t.Errorf("--%s is in no pair", token)
				}
			}
			var grounds []string
			for _, use := range uses {
				asFront, asGround := has(ornament, use.token, ""), has(ornament, "", use.token)
				if asGround && (use.role == "ground" || use.role == "area") {
					grounds = append(grounds, use.token)
				}
				if !map[string]bool{"text": has(words, use.token, ""), "line": asFront, "area": asFront || asGround, "ground": asGround}[use.role] {
					t.Errorf("%s: --%s as %s is in no pair", use.where, use.token, use.role)
				}
			}
			slices.Sort(grounds)
			grounds = slices.Compact(grounds)
			for _, use := range uses {
				for _, ground := range grounds {
					if use.role != "text" {
						continue
					}
					never := slices.ContainsFunc(p.never, func(p pair) bool { return p.has(use.token, ground) })
					if stands := has(words, use.token, ground); stands == never {
						t.Errorf("%s: are there words of --%s on --%s? They must be in one of the two lists", use.where, use.token, ground)
					}
				}
			}
		})
	}
}

// The steps of a chart go from light to dark, or from dark to light, without a turn.
func TestSteps(t *testing.T) {
	tokens, _ := readStyles(t, palettes["the theme"].files)
	for i := range 2 {
		steps := []float64{}
		for _, name := range []string{"paper", "l0", "l1", "l2", "l3", "l4"} {
			steps = append(steps, theme.Contrast(tokens["paper"][i], tokens[name][i]))
		}
		if !slices.IsSorted(steps) {
			t.Errorf("contrast of the steps with the paper: %.2f", steps)
		}
	}
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#fff", "#000", 21}, {"#777", "#fff", 4.48}, {"#767676", "#ffffff", 4.54}, {"#0000ff", "#fff", 8.59}} {
		a, b := readColour(t, c.a), readColour(t, c.b)
		if got := theme.Contrast(a, b); math.Abs(got-c.want) > .005 || got != theme.Contrast(b, a) {
			t.Errorf("%s on %s: %.3f, want %v", c.a, c.b, got, c.want)
		}
	}
}

type colour [3]float64 // red, green and blue, 0 to 1

func readColour(t *testing.T, text string) colour {
	t.Helper()
	digits := strings.TrimPrefix(text, "#")
	if len(digits) == 3 {
		digits = digits[:1] + digits[:1] + digits[1:2] + digits[1:2] + digits[2:] + digits[2:]
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) != 6 {
		t.Fatalf("%s is no colour", text)
	}
	return colour{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}
}

// A use of a token: as text, as a line, as an area that is drawn, or as the ground.
type use struct{ token, role, where string }

var (
	comment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	variable = regexp.MustCompile(`var\(--([\w-]+)\)`)
	hex      = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b`)
	// The other words that a property of colour takes here.
	plain = regexp.MustCompile(`^(-?[\d.]+(px|em|rem|mm)?|solid|double|dotted|dashed|wavy|underline|inset|none|inherit|currentcolor|transparent|0)$`)
	drawn = regexp.MustCompile(`\btext\b`)
)

// roleOf tells what a property does with a colour; no property of another name takes one.
func roleOf(property, selector string) string {
	switch {
	case property == "color", property == "fill" && drawn.MatchString(selector):
		return "text"
	case property == "fill":
		return "area"
	case property == "background", property == "background-color":
		return "ground"
	case property == "stroke", property == "outline", property == "box-shadow", property == "accent-color",
		strings.HasPrefix(property, "border") && !strings.HasSuffix(property, "radius") && !strings.HasSuffix(property, "collapse") && !strings.HasSuffix(property, "width") && !strings.HasSuffix(property, "style"),
		property == "text-decoration":
		return "line"
	}
	return ""
}

// readStyles reads the tokens that are colours, each with its light and its dark one, and where they are used.
func readStyles(t *testing.T, pattern string) (map[string][2]colour, []use) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no file (%v)", pattern, err)
	}
	type declaration struct{ property, value, selector, file string }
	var declarations []declaration
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, from := comment.ReplaceAllString(string(data), ""), 0
		var selectors []string
		for i := range len(text) {
			if !strings.ContainsRune("{};", rune(text[i])) {
				continue
			}
			piece := strings.TrimSpace(text[from:i])
			from = i + 1
			if property, value, ok := strings.Cut(piece, ":"); text[i] != '{' && ok {
				declarations = append(declarations, declaration{strings.TrimSpace(property), strings.TrimSpace(value), strings.Join(selectors, " "), filepath.Base(file)})
			}
			switch text[i] {
			case '{':
				selectors = append(selectors, piece)
			case '}':
				selectors = selectors[:len(selectors)-1]
			}
		}
	}
	// With colours forced, they are the reader's own.
	declarations = slices.DeleteFunc(declarations, func(d declaration) bool { return strings.Contains(d.selector, "forced-colors") })

	tokens, compound := map[string][2]colour{}, map[string]string{}
	for _, d := range declarations {
		name, ok := strings.CutPrefix(d.property, "--")
		if !ok {
			continue
		}
		if found := hex.FindAllString(d.value, -1); len(found) == 2 && d.value == fmt.Sprintf("light-dark(%s, %s)", found[0], found[1]) {
			tokens[name] = [2]colour{readColour(t, found[0]), readColour(t, found[1])}
		} else if len(found) == 1 && d.value == found[0] {
			tokens[name] = [2]colour{readColour(t, found[0]), readColour(t, found[0])}
		} else if variable.MatchString(d.value) {
			compound[name] = d.value
		}
	}
	var uses []use
	for _, d := range declarations {
		if strings.HasPrefix(d.property, "--") {
			continue
		}
		where := fmt.Sprintf("%s, %s { %s: %s }", d.file, d.selector, d.property, d.value)
		role, value := roleOf(d.property, d.selector), variable.ReplaceAllStringFunc(d.value, func(name string) string {
			if value, ok := compound[variable.FindStringSubmatch(name)[1]]; ok {
				return value
			}
			return name
		})
		for _, name := range variable.FindAllStringSubmatch(value, -1) {
			if _, ok := tokens[name[1]]; ok {
				if role == "" {
					t.Errorf("%s: this test does not know what %s does with a colour", where, d.property)
				}
				uses = append(uses, use{name[1], role, where})
			}
		}
		if role == "" {
			continue
		}
		for word := range strings.FieldsSeq(variable.ReplaceAllString(value, "")) {
			if !plain.MatchString(strings.ToLower(strings.TrimSuffix(word, ","))) {
				t.Errorf("%s: %s is no token", where, word)
			}
		}
	}
	return tokens, uses
}
