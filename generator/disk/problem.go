package disk

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind says what is wrong with a path of the project.
type Kind int

const (
	// Failed: the system reported an error that has no kind of its own.
	Failed Kind = iota
	// Missing: there is nothing at this path.
	Missing
	// Outside: the path, or a symbolic link on it, leads out of the project.
	Outside
	// Hidden: a symbolic link leads to a file that no content may show, because
	// its name or a folder's begins with a dot: ../.git/config.
	Hidden
	// Cycle: symbolic links that lead to each other.
	Cycle
	// LinkedFolder: a symbolic link to a folder, which is not followed.
	LinkedFolder
	// NotRegular: a folder where a file is wanted, a pipe, a socket or a device.
	NotRegular
	// TooLarge: over the limit that the caller gave.
	TooLarge
	// Denied: this account may not read it.
	Denied
	// BadName: a name that some system or host cannot hold.
	BadName
	// TooDeep: folders nested beyond the limit.
	TooDeep
)

var kindWords = [...]string{
	Failed:       "cannot be read",
	Missing:      "is not there",
	Outside:      "leads outside the project",
	Hidden:       "leads to a hidden file",
	Cycle:        "is a symbolic link that leads back to itself",
	LinkedFolder: "is a symbolic link to a folder, and such links are not followed",
	NotRegular:   "is not a file",
	TooLarge:     "is over the limit",
	Denied:       "may not be read by this account",
	BadName:      "has a name that not every system can hold",
	TooDeep:      "lies too deep",
}

func (k Kind) String() string { return kindWords[k] }

// A Problem is one path of a project that cannot be read, and why.
type Problem struct {
	// Path is below the project, with slashes. Bytes that cannot be shown are
	// written as \x0a, so that it always prints as one line.
	Path string
	Kind Kind
	// Err tells more; it may be nil.
	Err error
}

func (p Problem) Error() string {
	if p.Err == nil {
		return p.Path + ": " + p.Kind.String()
	}
	return fmt.Sprintf("%s: %s: %v", p.Path, p.Kind, p.Err)
}

func (p Problem) Unwrap() error { return p.Err }

func problem(path string, kind Kind, err error) Problem {
	return Problem{Path: printable(path), Kind: kind, Err: err}
}

// printable writes what would break a line, or is no text, as \x0a.
func printable(path string) string {
	if strings.IndexFunc(path, unprintable) < 0 && utf8.ValidString(path) {
		return path
	}
	var shown strings.Builder
	for len(path) > 0 {
		r, size := utf8.DecodeRuneInString(path)
		if (r == utf8.RuneError && size == 1) || unprintable(r) {
			for i := range size {
				fmt.Fprintf(&shown, "\\x%02x", path[i])
			}
		} else {
			shown.WriteRune(r)
		}
		path = path[size:]
	}
	return shown.String()
}

func unprintable(r rune) bool { return r != ' ' && !strconv.IsPrint(r) }
