package main

import (
	"strings"
	"testing"
)

func TestEditorLinks(t *testing.T) {
	for _, test := range []struct{ editor, file, want string }{
		{"vscode", "/home/a/site/content/index.md", "vscode://file/home/a/site/content/index.md:3:7"},
		{"idea", "/home/a b/ü&x=1#y?.md", "idea://open?file=/home/a%20b/%C3%BC%26x%3D1%23y%3F.md&line=3&column=7"},
		{"zed", "C:/site/x.md", "zed://file/C:/site/x.md:3:7"},
		{"my+ed.it-or://x/{line}/{file}", "/a\"<>'.md", "my+ed.it-or://x/3//a%22%3C%3E%27.md"},
		{"vscode", "/{line}%41", "vscode://file/%7Bline%7D%2541:3:7"},
	} {
		link, err := editorLinks(test.editor)
		if err != nil {
			t.Errorf("%s: %v", test.editor, err)
			continue
		}
		if got := link(test.file, 3, 7); got != test.want {
			t.Errorf("%s, %s\n got %s\nwant %s", test.editor, test.file, got, test.want)
		}
	}
	for editor, says := range map[string]string{
		"vscoed": "no editor", "javascript://%0aalert(1)//{file}": "no editor's address", "data://{file}": "no editor's address",
		"https://evil.example/{file}": "no editor's address", "file://{file}": "no editor's address", "x:{file}": "no editor",
		"ed://open": "names no file", "ed://{file}\"><script>": "no editor", "JavaScript://{file}": "no editor",
	} {
		if _, err := editorLinks(editor); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want an error with %q", editor, err, says)
		}
	}
	if link, err := editorLinks(""); link != nil || err != nil {
		t.Errorf("no editor: %v", err)
	}
}
