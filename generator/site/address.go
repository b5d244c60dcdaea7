package site

import (
	"path"
	"strings"
)

// Names that Windows reserves, with any extension.
var reservedNames = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true, "com0": true, "com1": true, "com2": true, "com3": true,
	"com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true, "lpt0": true, "lpt1": true,
	"lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
}

// segment makes one part of an address from a name: small letters, digits and
// single hyphens. It is not ok if nothing is left or a system reserves the result.
func segment(name string) (string, bool) {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	made := b.String()
	return made, made != "" && !reservedNames[made] && len(made) <= 200
}

// addressOf returns the output path of a source file: content/ is the root,
// assessment/ a folder of it. slug replaces the file's own name.
func addressOf(file, slug string) (string, bool) {
	inside := strings.TrimPrefix(file, "content/")
	folder, name := path.Split(inside)
	name = strings.TrimSuffix(name, path.Ext(name))
	if slug != "" {
		name = slug
	}
	last, ok := segment(name)
	var parts []string
	for _, part := range strings.Split(strings.Trim(folder, "/"), "/") {
		if part == "" {
			continue
		}
		made, fine := segment(part)
		ok = ok && fine
		parts = append(parts, made)
	}
	return strings.Join(append(parts, last+".html"), "/"), ok
}
