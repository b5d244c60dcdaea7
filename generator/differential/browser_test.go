package differential

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/messages"
)

// A compared assessment, as the page below reads it.
type compared struct {
	Model, Texts, Catalogue string
	Answers, Want           []string
}

// The shared cases and a thousand random pairs once in the real browser, whose numbers
// and sorting are not goja's. Without Chromium it is skipped, unless everything must run.
func TestInChromium(t *testing.T) {
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "/usr/bin/chromium"
	}
	if _, err := os.Stat(chromium); err != nil {
		if os.Getenv("CAIRN_TEST") == "all" {
			t.Fatalf("there is no Chromium at %s; CHROMIUM=/path/to/it names another", chromium)
		}
		t.Skip("there is no Chromium")
	}
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	list, pairs := sharedCases(t), 0
	for _, one := range list {
		pairs += len(one.Answers)
	}
	for number := uint64(1); pairs < 1000; number++ {
		r := rand.New(rand.NewPCG(7, number))
		a, m, _ := assessment.Load(diag.NewFile("random.toml", []byte(draw(r))))
		if m == nil {
			continue
		}
		one, words := comparedOf(a, m)
		for range answersEach {
			answers := answersTo(m, r)
			one.Answers, one.Want = append(one.Answers, encode(answers)), append(one.Want, ordered(encode(words.Fill(m.Whole(answers)))))
			pairs++
		}
		list = append(list, one)
	}
	data, err := json.Marshal(list) // escapes <, so that no text ends the element
	if err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(t.TempDir(), "page.html")
	text := `<!doctype html><meta charset="utf-8"><body><script type="application/json">` + string(data) + `</script><script>` + string(script(t)) + `</script><script>
let same = 0, different = []
const ordered = (_, value) => value && typeof value === 'object' && !Array.isArray(value)
  ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value
for (const one of JSON.parse(document.querySelector('script').textContent)) {
  load(one.Model, one.Texts, one.Catalogue)
  one.Answers.forEach((answers, i) => {
    const got = JSON.stringify(JSON.parse(whole(answers)), ordered)
    if (got === one.Want[i]) same++
    else different.push([one.Model, answers, one.Want[i], got])
  })
}
document.body.textContent = '[same ' + same + ', different ' + different.length + '] ' + JSON.stringify(different.slice(0, 1))
</script>`
	if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	// A folder of its own, for processes of the browser may write there for a moment longer.
	profile, err := os.MkdirTemp("", "cairn-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(profile)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--user-data-dir="+profile, "--dump-dom", "file://"+page)
	command.WaitDelay = time.Minute // for those that hold what it prints open
	printed, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`(?s)<body>(.*)</body>`).FindStringSubmatch(string(printed))
	if len(said) < 2 || !strings.HasPrefix(said[1], fmt.Sprintf("[same %d, different 0]", pairs)) {
		t.Errorf("of %d pairs: %.4000s", pairs, said)
	}
}

func comparedOf(a *assessment.Assessment, m *assessment.Model) (compared, *assessment.Words) {
	words := assessment.NewWords(messages.English(), a, names)
	return compared{Model: encode(m), Texts: encode(words.Texts()), Catalogue: encode(messages.English())}, words
}
