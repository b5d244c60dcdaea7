package publish

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// The manifest is a text in the output: a line with its version, then a line for
// each file, sorted by path:
//
//	cairn manifest 1
//	9f86d0…  (SHA-256) 4 guides/golden-paths.html
//
// While files are replaced one by one it lists both the old and the new ones, so a
// path may come twice. It names no time and no place: the same site has the same
// manifest everywhere.

const (
	manifestName = ".cairn-manifest"
	manifestHead = "cairn manifest 1\n"
)

// line is one file of a site.
type line struct {
	path string
	size int64
	sum  [sha256.Size]byte
}

func lineOf(path string, data []byte) line {
	return line{path, int64(len(data)), sha256.Sum256(data)}
}

// A manifest holds the files that cairn has made, by path.
type manifest map[string]line

func manifestText(lines []line) []byte {
	lines = slices.Compact(sortedLines(lines))
	size := len(manifestHead)
	for i := range lines {
		size += 2*sha256.Size + len(lines[i].path) + 24
	}
	text := append(make([]byte, 0, size), manifestHead...)
	for _, line := range lines {
		text = append(hex.AppendEncode(text, line.sum[:]), ' ')
		text = append(strconv.AppendInt(text, line.size, 10), ' ')
		text = append(append(text, line.path...), '\n')
	}
	return text
}

func sortedLines(lines []line) []line {
	lines = slices.Clone(lines)
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.path, b.path), bytes.Compare(a.sum[:], b.sum[:]))
	})
	return lines
}

func (m manifest) lines() []line {
	lines := make([]line, 0, len(m))
	for _, line := range m {
		lines = append(lines, line)
	}
	return lines
}

var errManifest = errors.New("the manifest is damaged")

func parseManifest(text []byte) (manifest, error) {
	rest, ok := strings.CutPrefix(string(text), manifestHead)
	if !ok {
		if strings.HasPrefix(string(text), "cairn manifest ") {
			return nil, errors.New("the manifest is of another version of cairn")
		}
		return nil, errManifest
	}
	lines := make(manifest, strings.Count(rest, "\n"))
	for rest != "" {
		var row string
		if row, rest, ok = strings.Cut(rest, "\n"); !ok {
			return nil, errManifest // cut short
		}
		hash, row, _ := strings.Cut(row, " ")
		size, path, ok := strings.Cut(row, " ")
		var sum [sha256.Size]byte
		var hashErr error
		if len(hash) == 2*len(sum) {
			_, hashErr = hex.Decode(sum[:], []byte(hash))
		}
		number, sizeErr := strconv.ParseInt(size, 10, 64)
		if !ok || hashErr != nil || len(hash) != 2*len(sum) || sizeErr != nil || number < 0 ||
			!fs.ValidPath(path) || path == "." {
			return nil, errManifest
		}
		lines[path] = line{path, number, sum}
	}
	return lines, nil
}
