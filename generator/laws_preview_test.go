package generator_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cairn/generator"
	"cairn/generator/serve"
)

// Law 10, on the whole reference site: what the preview sends of each file is what a
// build writes, but for one script tag and the two words of policy in pages.
func TestPreviewIsTheBuild(t *testing.T) {
	root := filepath.Join(t.TempDir(), "site")
	for _, name := range []string{"content", "assessment"} {
		must(t, os.CopyFS(filepath.Join(root, name), os.DirFS(filepath.Join("..", name))))
	}
	config, err := os.ReadFile("../config.toml")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(root, "config.toml"), config, 0o644))

	ctx := context.Background()
	preview, err := generator.NewPreview(forgetful(root))
	must(t, err)
	defer preview.Close()
	_, faults, err := preview.Refresh(ctx)
	must(t, err)
	_, built, err := generator.Build(ctx, forgetful(root))
	must(t, err)
	sameFaults(t, "the faults of the preview", built, faults)
	if len(built) > 0 {
		t.Fatalf("the reference site has faults: %v", built)
	}
	handler := serve.Handler(preview.Site, serve.Options{})
	files := published(t, filepath.Join(root, "public"))
	pages := 0
	for _, name := range sortedNames(files) {
		if strings.HasSuffix(name, "/") || name == ".cairn-manifest" {
			continue
		}
		sent, status := fetched(t, handler, name)
		if status != 200 {
			t.Errorf("%s: status %d", name, status)
			continue
		}
		if strings.HasSuffix(name, ".html") {
			pages++
			if sent, err = unprepared(sent); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if sent != files[name] {
			t.Errorf("%s differs from what is built", name)
		}
	}
	if shown := len(preview.Site().Outputs); shown != len(files)-1-folders(files) || pages < 20 {
		t.Errorf("%d files are shown, %d built; %d pages", shown, len(files)-1-folders(files), pages)
	}
}

func folders(files map[string]string) int {
	n := 0
	for name := range files {
		if strings.HasSuffix(name, "/") {
			n++
		}
	}
	return n
}

// fetched asks a preview for a file of the site.
func fetched(t failer, handler http.Handler, name string) (body string, status int) {
	request := httptest.NewRequest("GET", "/", nil)
	request.Host, request.URL.Path = "localhost", "/"+name
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	text, err := io.ReadAll(recorder.Result().Body)
	must(t, err)
	return string(text), recorder.Code
}

var scriptTag = regexp.MustCompile(`<script src="/_cairn/reload\.js" data-version="[0-9a-f]{24}" defer></script>`)

// unprepared takes what the preview adds out of a page, which must be there once.
func unprepared(page string) (string, error) {
	const words = "; connect-src 'self'"
	if tags, policies := len(scriptTag.FindAllString(page, -1)), strings.Count(page, words); tags != 1 || policies != 1 {
		return page, fmt.Errorf("%d script tags and %d words of policy are added", tags, policies)
	}
	return strings.Replace(scriptTag.ReplaceAllString(page, ""), words, "", 1), nil
}
