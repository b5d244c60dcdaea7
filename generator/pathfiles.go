package generator

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Writing the files of a golden path into somebody's folder. Nothing outside of it is
// touched, whatever links lie in it: all names are opened below the folder's root, no
// link is followed, and no file is replaced unless that was asked for.

// What becomes of a file.
const (
	FileNew       = "new"
	FileSame      = "same"      // it is there already, with these bytes
	FileDifferent = "different" // it is there, with others
	FileBlocked   = "blocked"   // a folder, a link or something else stands in its place
)

// A PathState is a file, and what lies in its place.
type PathState struct {
	Name  string `json:"name"`
	State string `json:"state"`
	Bytes int    `json:"bytes"`
	// Why says what stands in the way of a blocked file.
	Why string `json:"why,omitempty"`
}

// InspectFiles tells what writing would do. A folder that is not there is empty.
func InspectFiles(folder string, files []PathFile) ([]PathState, error) {
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		root = nil
	} else if err != nil {
		return nil, err
	} else {
		defer root.Close()
	}
	states := make([]PathState, len(files))
	for i, file := range files {
		states[i] = PathState{Name: file.Name, State: FileNew, Bytes: len(file.Text)}
		if root == nil {
			continue
		}
		if states[i].State, states[i].Why, err = stateOf(root, file); err != nil {
			return nil, err
		}
	}
	return states, nil
}

func stateOf(root *os.Root, file PathFile) (state, why string, err error) {
	parts := strings.Split(file.Name, "/")
	for i := 1; i <= len(parts); i++ {
		name := strings.Join(parts[:i], "/")
		info, err := root.Lstat(filepath.FromSlash(name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return FileNew, "", nil
		case err != nil:
			return "", "", err
		case info.Mode()&fs.ModeSymlink != 0:
			return FileBlocked, name + " is a symbolic link", nil
		case i < len(parts) && !info.IsDir():
			return FileBlocked, name + " is no folder", nil
		case i == len(parts) && !info.Mode().IsRegular():
			return FileBlocked, name + " is no plain file", nil
		case i == len(parts) && info.Size() != int64(len(file.Text)):
			return FileDifferent, "", nil
		}
	}
	there, err := root.Open(filepath.FromSlash(file.Name))
	if err != nil {
		return "", "", err
	}
	defer there.Close()
	text, err := io.ReadAll(io.LimitReader(there, int64(len(file.Text))+1))
	if err != nil {
		return "", "", err
	}
	if !bytes.Equal(text, []byte(file.Text)) {
		return FileDifferent, "", nil
	}
	return FileSame, "", nil
}

// ErrInTheWay is returned when a file would have to be replaced, and nothing was written.
var ErrInTheWay = errors.New("files are in the way")

// WriteFiles writes the files below a folder, which is made if it is not there. Before
// anything is written it is looked at what lies there: with a file of other bytes it
// writes nothing, unless replace is set; with something in the way that is no file, it
// writes nothing at all. The states are those from before.
func WriteFiles(folder string, files []PathFile, replace bool) ([]PathState, error) {
	states, err := InspectFiles(folder, files)
	if err != nil {
		return nil, err
	}
	for _, state := range states {
		if state.State == FileBlocked || state.State == FileDifferent && !replace {
			return states, ErrInTheWay
		}
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return states, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return states, err
	}
	defer root.Close()
	for i, file := range files {
		if states[i].State == FileSame {
			continue
		}
		if err := writeBelow(root, file, states[i].State == FileDifferent); err != nil {
			return states, fmt.Errorf("writing %s: %w", file.Name, err)
		}
	}
	return states, nil
}

func writeBelow(root *os.Root, file PathFile, replace bool) error {
	name := filepath.FromSlash(file.Name)
	if folder := path.Dir(file.Name); folder != "." {
		if err := root.MkdirAll(filepath.FromSlash(folder), 0o777); err != nil {
			return err
		}
	}
	mode := fs.FileMode(0o666)
	if strings.HasPrefix(file.Text, "#!") {
		mode = 0o777
	}
	if !replace {
		return create(root, name, file.Text, mode)
	}
	// Beside it first: what was there is whole until the moment it is replaced.
	beside := name + ".cairn-new"
	err := create(root, beside, file.Text, mode)
	if info, gone := root.Lstat(beside); errors.Is(err, fs.ErrExist) && gone == nil && info.Mode().IsRegular() {
		// An earlier run was ended before it could rename it.
		if err = root.Remove(beside); err == nil {
			err = create(root, beside, file.Text, mode)
		}
	}
	if err != nil {
		return err
	}
	if err := root.Rename(beside, name); err != nil {
		return errors.Join(err, root.Remove(beside))
	}
	return nil
}

// create makes a file that must not be there: not even through a link. It leaves nothing
// of one that it could not write whole.
func create(root *os.Root, name, text string, mode fs.FileMode) error {
	made, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.WriteString(made, text)
	if err = errors.Join(err, made.Close()); err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}
