// Package output says what a site is made of: outputs, each a path and a
// function that makes its bytes. It knows nothing of pages or of disks, so that
// the model, the preview and the publisher can all speak of the same thing.
package output

// Kind says what an output is for. Publishing file by file puts assets before
// pages, so that no page is ever live before what it needs.
type Kind int

const (
	// Asset has a name made from its bytes: it never changes, only comes and goes.
	Asset Kind = iota
	// Data is neither page nor asset: robots.txt, a table as CSV.
	Data
	// Page is an HTML document.
	Page
)

// Output is one file of the site.
type Output struct {
	// Path is below the site's root, with slashes: "guides/golden-paths.html".
	Path string
	Kind Kind
	// Source is the file in the project that this output comes from, for messages
	// ("content/guides/golden-paths.md"); empty if it comes from no single file.
	Source string
	// Make returns the bytes. It may be called from any goroutine, any number of
	// times, and returns the same bytes each time. The caller must not change them.
	// A diag.List as error means that the author's files are at fault; any other
	// error that cairn cannot go on.
	Make func() ([]byte, error)
	// Key returns a hash of all that the bytes depend on, without making them: as long as
	// it is the same, and the program is, Make gives the same bytes and the same faults.
	// It is nil, or returns "", where that is not known.
	Key func() string
}
