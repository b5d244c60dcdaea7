package generator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cairn/generator/diag"
)

// TestEveryCode holds the catalogue of codes: each rule is whole, and each code is
// what some golden case or test gets to see.
func TestEveryCode(t *testing.T) {
	var seen strings.Builder
	constants := map[string]string{} // code to the name of its constant
	declaration := regexp.MustCompile(`(?m)^\t(\w+)\s+Code = "([a-z0-9/-]+)"`)
	for _, root := range []string{".", "../cmd"} {
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			isTest := strings.HasSuffix(name, "_test.go") || strings.Contains(name, "testdata")
			isCodes := strings.HasPrefix(filepath.Base(name), "codes_") && !isTest
			if !isTest && !isCodes {
				return nil
			}
			text, err := os.ReadFile(name)
			if isTest {
				seen.Write(text)
			} else {
				for _, found := range declaration.FindAllStringSubmatch(string(text), -1) {
					constants[found[2]] = found[1]
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	cases := seen.String()
	shape := regexp.MustCompile(`^[a-z-]+/[a-z0-9-]+$`)
	known := map[diag.Code]bool{}
	for _, rule := range diag.Rules() {
		if known[rule.Code] {
			t.Errorf("%s stands twice in the catalogue", rule.Code)
		}
		known[rule.Code] = true
		if !shape.MatchString(string(rule.Code)) {
			t.Errorf("%s is not of the form area/what", rule.Code)
		}
		if rule.Title == "" || rule.Explain == "" || rule.Wrong == "" || rule.Right == "" || rule.Language == "" {
			t.Errorf("the rule of %s is not whole", rule.Code)
		}
		if strings.HasSuffix(rule.Title, ".") || !strings.HasSuffix(rule.Explain, ".") {
			t.Errorf("%s: a title has no full stop, an explanation ends in one", rule.Code)
		}
		if !strings.Contains(cases, string(rule.Code)) && !strings.Contains(cases, "diag."+constants[string(rule.Code)]) {
			t.Errorf("no case shows %s", rule.Code)
		}
	}
	for code := range constants {
		if !known[diag.Code(code)] {
			t.Errorf("%s has no rule", code)
		}
	}
}
