package theme

import (
	"math"
	"testing"

	"cairn/generator/diag"
)

// Whatever stands in a value, it cannot leave its declaration.
func TestTokenValues(t *testing.T) {
	for _, c := range []struct {
		usual, value string
		fits         bool
	}{
		{"light-dark(#fff, #000)", "#005f73", true}, {"#fff", "#abc", true}, {"#fff", "#abcd", false}, {"#fff", "red", false}, {"#fff", "#12345g", false},
		{"2rem", "1.5rem", true}, {"2rem", "calc(1rem + 2vw)", true}, {"2rem", "wide", false}, {"2rem", "0", false}, {"2rem", "2rem; color: red", false},
		{"Georgia, serif", `"My Face", serif`, true}, {"Georgia, serif", `"My Face, serif`, false}, {"Georgia, serif", "a } b {", false},
		{"Georgia, serif", "url(x)", false}, {"Georgia, serif", "f(a", false}, {"Georgia, serif", "a) (b", false}, {"Georgia, serif", "a\\b", false},
		{"1px solid red", "2px dotted var(--edge)", true}, {"1px solid red", "</style>", false}, {"1px solid red", "a/*", false}, {"1px solid red", "@import", false}, {"1px solid red", "", false},
	} {
		wrong, _ := wrongToken(Token{Name: "x", Light: c.value, Dark: c.value}, c.usual)
		if (wrong == "") != c.fits {
			t.Errorf("%q for %q: %s", c.value, c.usual, wrong)
		}
	}
	if wrong, _ := wrongToken(Token{Name: "x", Light: "1rem", Dark: "2rem"}, "3rem"); wrong == "" {
		t.Error("a length has two palettes")
	}
}

// The contrasts of the built-in colours, and of black and white, which is 21.
func TestContrast(t *testing.T) {
	black, _ := colourOf("#000", 0)
	white, _ := colourOf("#ffffff", 1)
	if got := Contrast(black, white); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white: %v", got)
	}
	files := map[string]File{}
	for _, file := range builtIn(t) {
		files[file.Name] = file
	}
	declared := tokens(files)
	o := Options{TokensFile: diag.NewFile("config.toml", nil)}
	for name := range declared {
		o.Tokens = append(o.Tokens, Token{Name: name})
	}
	for _, fault := range o.contrast(declared) {
		t.Errorf("the built-in theme: %s", fault.Message)
	}
}
