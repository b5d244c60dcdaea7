package goldenpath

import (
	"regexp"
	"strings"
)

// A made file lies below the folder it is written to, under a name that every system can
// hold, and never where git looks for what it runs. The browser holds to the same rules:
// client/path/make.ts.

const mostFileName = 200

var (
	plainWord    = regexp.MustCompile(`\A[A-Za-z0-9._/=-]+\z`)
	fileNamePart = regexp.MustCompile(`\A[A-Za-z0-9._][A-Za-z0-9._-]*\z`)
	// What Windows takes for a device, whatever the extension.
	deviceName = regexp.MustCompile(`\A(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\z)`)
)

// CheckFileName returns what is wrong with the name of a made file; nothing if it is right.
func CheckFileName(name string) string {
	switch {
	case name == "":
		return "it is empty"
	case len(name) > mostFileName:
		return "it is too long"
	}
	for _, part := range strings.Split(name, "/") {
		switch {
		case part == "" || part == "." || part == "..":
			return "it does not lead straight to a file below the folder"
		case !fileNamePart.MatchString(part):
			return "a part of it is not made of letters, digits, and . _ -, or begins with -"
		case strings.HasSuffix(part, "."):
			return "a part of it ends in a dot, which Windows drops"
		case deviceName.MatchString(part):
			return "Windows takes a part of it for a device"
		case strings.EqualFold(part, ".git"):
			return "git runs what lies there"
		}
	}
	return ""
}
