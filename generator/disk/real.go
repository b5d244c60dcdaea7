package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Real returns the operations on the disk of this machine.
func Real() Ops { return real{} }

type real struct{}

func (real) Create(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	// The umask may have taken rights away.
	return errors.Join(err, chmod(file), file.Close())
}

func (real) Mkdir(path string) error {
	if err := os.Mkdir(path, folderMode); err != nil {
		return err
	}
	return os.Chmod(path, folderMode)
}

func (real) Link(from, to string) error   { return os.Link(from, to) }
func (real) Rename(from, to string) error { return os.Rename(from, to) }
func (real) Exchange(a, b string) error   { return exchange(a, b) }
func (real) Remove(path string) error     { return os.Remove(path) }

func (real) ReadDir(path string) ([]Name, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: path, Err: errors.New("not a folder")}
	}
	children, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	names := make([]Name, len(children))
	for i, child := range children {
		names[i] = Name{child.Name(), typeOf(child.Type())}
	}
	return names, nil
}

func (real) Lstat(path string) (Info, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return Info{}, err
	}
	found := Info{Type: typeOf(info.Mode()), Size: info.Size(), Modified: info.ModTime(), Changed: changed(info), Device: device(info), Inode: inode(info)}
	want := fileMode
	if info.IsDir() {
		want = folderMode
	}
	found.Plain = plain(info.Mode(), want)
	return found, nil
}

func (real) ReadFile(path string) ([]byte, error) {
	file, info, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(file, path, info.Size(), 0)
}

func (real) ReadAt(path string, offset, size int64) ([]byte, error) {
	file, info, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if offset < 0 {
		offset = max(0, info.Size()+offset)
	}
	if size <= 0 {
		size = max(0, info.Size()-offset)
	}
	if size > info.Size()-offset { // before memory is set aside for a false size
		return nil, &fs.PathError{Op: "read", Path: path, Err: io.ErrUnexpectedEOF}
	}
	data := make([]byte, size)
	if n, err := file.ReadAt(data, offset); n < len(data) {
		return nil, err
	}
	return data, nil
}

func openRegular(path string) (*os.File, fs.FileInfo, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: errors.New("not a regular file")}
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

func (real) Mounted(path string) (bool, error) { return mounted(path) }

// mountedByDevice sees a mount point where the device changes, so not one of the
// same file system elsewhere.
func mountedByDevice(path string) (bool, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return false, err
	}
	info, err := os.Lstat(absolute)
	if err != nil {
		return false, err
	}
	above, err := os.Stat(filepath.Dir(absolute))
	if err != nil {
		return false, err
	}
	return device(info) != device(above), nil
}

func (real) SyncFolder(path string) error     { return syncFolder(path) }
func (real) SyncFileSystem(path string) error { return syncFileSystem(path) }

func (real) Lock(path string) (func(), error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|openFlags, fileMode)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		file.Close()
		return nil, fmt.Errorf("%s is not a file, so it cannot be locked", path)
	}
	if err := lock(file); err != nil {
		file.Close()
		return nil, err
	}
	return func() { file.Close() }, nil
}
