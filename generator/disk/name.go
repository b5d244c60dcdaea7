package disk

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A site is moved between systems: checked out on Windows, unpacked on a Mac,
// sent to a host as an archive. A name that one of them cannot hold is refused
// where it first appears, on the author's machine.

// CheckName returns what is wrong with the name of one file or folder, or nil.
func CheckName(name string) error {
	switch {
	case name == "" || name == "." || name == "..":
		return fmt.Errorf("%q is not a name", name)
	case !utf8.ValidString(name):
		return fmt.Errorf("the name is not UTF-8")
	case strings.IndexFunc(name, unprintable) >= 0:
		return fmt.Errorf("the name holds a character that cannot be seen, such as a line end")
	case strings.ContainsAny(name, `\/:*?"<>|`):
		return fmt.Errorf(`the name holds one of \ / : * ? " < > |, which Windows and some hosts refuse`)
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return fmt.Errorf("the name ends in a dot or a space, which Windows drops")
	case reserved(name):
		return fmt.Errorf("the name is reserved on Windows")
	}
	return nil
}

// reserved tells whether Windows takes the name for a device, which it does
// whatever the extension: con.md, com1.txt, and COM¹ with a superscript digit.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	stem = strings.TrimRight(stem, " ")
	switch stem {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	for _, port := range []string{"com", "lpt"} {
		if digit, ok := strings.CutPrefix(stem, port); ok && utf8.RuneCountInString(digit) == 1 &&
			strings.Contains("0123456789¹²³", digit) {
			return true
		}
	}
	return false
}
