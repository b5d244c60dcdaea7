package main

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cairn/generator/diag"
)

// editors are the addresses by which editors open a place of a file.
var editors = map[string]string{
	"vscode":   "vscode://file{file}:{line}:{column}",
	"vscodium": "vscodium://file{file}:{line}:{column}",
	"cursor":   "cursor://file{file}:{line}:{column}",
	"windsurf": "windsurf://file{file}:{line}:{column}",
	"zed":      "zed://file{file}:{line}:{column}",
	"idea":     "idea://open?file={file}&line={line}&column={column}",
	"goland":   "goland://open?file={file}&line={line}&column={column}",
	"webstorm": "webstorm://open?file={file}&line={line}&column={column}",
	"pycharm":  "pycharm://open?file={file}&line={line}&column={column}",
	"textmate": "txmt://open?url=file://{file}&line={line}&column={column}",
}

// Schemes that a browser follows by itself are no editor's, and one of them could run
// what stands in a file's name.
var (
	editorAddress = regexp.MustCompile(`^([a-z][a-z0-9+.-]*)://[^\s"'<>]*$`)
	noEditor      = []string{"javascript", "vbscript", "data", "blob", "file", "about", "http", "https", "ws", "wss", "ftp", "view-source"}
)

// editorLinks returns the function that makes the address of a place in an editor,
// which is one of those above or an address of its own with {file}, {line} and
// {column}. It is nil if there is none.
func editorLinks(name string) (func(file string, line, column int) string, error) {
	if name == "" {
		return nil, nil
	}
	pattern, known := editors[name]
	if !known {
		names := slices.Sorted(maps.Keys(editors))
		scheme := editorAddress.FindStringSubmatch(name)
		switch {
		case scheme == nil:
			return nil, misused(diag.DidYouMean(name, names, "it is one of "+strings.Join(names, ", ")+", or an address with {file}, {line} and {column}"),
				"there is no editor %q", name)
		case slices.Contains(noEditor, scheme[1]):
			return nil, misused("write the address by which your editor opens a file, as in "+editors["vscode"], "%s: is no editor's address", scheme[1])
		case !strings.Contains(name, "{file}"):
			return nil, misused("write {file} where the file's path belongs, as in "+editors["vscode"], "the editor's address %q names no file", name)
		}
		pattern = name
	}
	return func(file string, line, column int) string {
		if !strings.HasPrefix(file, "/") {
			file = "/" + file // C:/… on Windows
		}
		return strings.NewReplacer("{file}", escapedPath(file), "{line}", strconv.Itoa(line), "{column}", strconv.Itoa(column)).Replace(pattern)
	}, nil
}

// escapedPath keeps of a path only what means itself in every part of an address.
func escapedPath(file string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(file) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("/-._~", c) >= 0:
			b.WriteByte(c)
		case c == ':':
			b.WriteByte(c) // the drive, on Windows; elsewhere no file of a site has one
		default:
			b.WriteString("%" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1])
		}
	}
	return b.String()
}
