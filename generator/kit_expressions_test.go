package generator_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/diag"
)

// The examples on the page of expressions are what it says they are, for the assessment
// and the answers that the page of assessments shows.
func TestKitExpressions(t *testing.T) {
	page, err := os.ReadFile("../content/kit/expressions.md")
	must(t, err)
	type example struct{ condition, want string }
	var examples []example
	holding := regexp.MustCompile("(?m)^\\| `[a-z]+\\(.*\\| `([^`]+)` \\|$")
	for _, found := range holding.FindAllStringSubmatch(string(page), -1) {
		examples = append(examples, example{found[1], "holds"})
	}
	said := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (holds|does not hold|open) \\|")
	for _, found := range said.FindAllStringSubmatch(string(page), -1) {
		examples = append(examples, example{strings.ReplaceAll(found[1], `\|`, "|"), found[2]})
	}
	if len(examples) < 20 {
		t.Fatalf("only %d examples were found", len(examples))
	}
	text := kitAssessment()
	for i, example := range examples {
		text += fmt.Sprintf("[[advice]]\nid = \"example-%d\"\ntitle = \"An example\"\nwhen = %q\nown = true\n\n", i, example.condition)
	}
	a, model, faults := assessment.Load(diag.NewFile("maturity.toml", []byte(text)))
	if model == nil || len(faults) > 0 {
		t.Fatal(faults)
	}
	read, faults := assessment.ReadAnswers(diag.NewFile("answers.json", kitAnswers(t)), a, model, nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	words := map[assessment.Verdict]string{assessment.Given: "holds", assessment.NotGiven: "does not hold", assessment.Open: "open"}
	advice := model.Evaluate(read.Answers).Advice
	advice = advice[len(advice)-len(examples):]
	for i, example := range examples {
		if got := words[advice[i].Verdict]; got != example.want {
			t.Errorf("%s: the page says %q, and it is %q", example.condition, example.want, got)
		}
	}
}

// kitAssessment is the file that the examples beside the keys make together.
func kitAssessment() string {
	var text strings.Builder
	for _, example := range assessment.Examples() {
		text.WriteString(example.TOML + "\n")
	}
	return text.String()
}

// kitAnswers is the file of answers that the page of assessments shows.
func kitAnswers(t *testing.T) []byte {
	page, err := os.ReadFile("../content/kit/assessments.md")
	must(t, err)
	shown := regexp.MustCompile("(?ms)^```json \\{title=\"answers.json\"\\}\n(.*?)^```$").FindSubmatch(page)
	if shown == nil {
		t.Fatal("the page shows no answers")
	}
	return shown[1]
}
