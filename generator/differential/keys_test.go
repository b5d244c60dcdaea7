package differential

import (
	"regexp"
	"strings"
	"testing"

	"cairn/generator/messages"
)

// Every key that the client says is in the catalogue: there is one, with two printers.
func TestEveryWordIsInTheCatalogue(t *testing.T) {
	catalogue, part, exchange := messages.English(), messages.English().ForAssessment(), messages.English().ForExchange()
	ofAssessment := regexp.MustCompile(`^(answers|assessment|engine|exchange|keep)/[a-z]+\.ts$`)
	said := regexp.MustCompile(`(say|count)\('([a-z.=<>!-]+)'[,)]`)
	found := 0
	for name, file := range clientFiles(t) {
		for _, match := range said.FindAllSubmatch(file.Text, -1) {
			found++
			key := string(match[2])
			if string(match[1]) == "count" {
				key += ".one"
			}
			if _, ok := catalogue[key]; !ok {
				t.Errorf("%s says %q, which the catalogue does not have", name, key)
			} else if _, ok := part[key]; !ok && ofAssessment.MatchString(name) && name != "engine/whole.ts" {
				if _, ok := exchange[key]; ok && strings.HasPrefix(name, "exchange/") {
					continue
				}
				t.Errorf("%s says %q, which the page of an assessment is not handed", name, key)
			}
		}
	}
	for _, key := range strings.Fields("stance-agrees stance-otherwise stance-both stance-open stance-silent") {
		if _, ok := catalogue["page."+key]; !ok {
			t.Errorf("the catalogue does not have page.%s", key)
		}
	}
	if found < 60 {
		t.Errorf("only %d keys were found: has the way they are written changed?", found)
	}
}
