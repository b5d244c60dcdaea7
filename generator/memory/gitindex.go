package memory

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"
)

// The format is in git's Documentation/gitformat-index.adoc: a head, the entries in
// order of path, extensions, a hash of it all. Versions 2 to 4 are in use. The index
// does not say whether its hashes are SHA-1 or SHA-256, so the reader tries both.

var errIndex = errors.New("not a git index")

const mostFound = 8 // paths that a refusal may name

// readGitIndex returns paths at or below a prefix, regardless of case, as file
// systems may disregard it too; and the name of a shared index, if there is one.
func readGitIndex(text []byte, prefix string) (found []string, shared string, err error) {
	for _, hash := range []int{20, 32} {
		if found, shared, err = readGitIndexWith(text, prefix, hash); err == nil {
			return found, shared, nil
		}
	}
	return nil, "", err
}

func readGitIndexWith(text []byte, prefix string, hash int) (found []string, shared string, err error) {
	if len(text) < 12+hash || string(text[:4]) != "DIRC" {
		return nil, "", errIndex
	}
	version, count := binary.BigEndian.Uint32(text[4:]), binary.BigEndian.Uint32(text[8:])
	if version < 2 || version > 4 {
		return nil, "", errIndex
	}
	rest := text[12 : len(text)-hash]
	var path []byte
	for range count {
		fixed := 40 + hash + 2 // times, device, inode, mode, owner, size; hash; flags
		if len(rest) < fixed {
			return nil, "", errIndex
		}
		flags := binary.BigEndian.Uint16(rest[fixed-2:])
		if flags&0x4000 != 0 {
			if fixed += 2; version == 2 || len(rest) < fixed {
				return nil, "", errIndex
			}
		}
		name := rest[fixed:]
		if version == 4 {
			// The path is given as how many bytes of the last one to drop, and what follows.
			drop, used := gitVarint(name)
			if used == 0 || drop > uint64(len(path)) {
				return nil, "", errIndex
			}
			name = name[used:]
			fixed += used
			path = path[:len(path)-int(drop)]
		} else {
			path = path[:0]
		}
		end := bytes.IndexByte(name, 0)
		if end < 0 {
			return nil, "", errIndex
		}
		path = append(path, name[:end]...)
		if length := int(flags & 0xfff); length < 0xfff && length != len(path) {
			return nil, "", errIndex // as when the hashes have the other length
		}
		size := fixed + end + 1
		if version < 4 {
			size = (fixed + end + 8) &^ 7 // filled up with 1 to 8 NULs
		}
		if size > len(rest) {
			return nil, "", errIndex
		}
		rest = rest[size:]
		if len(found) < mostFound && below(path, prefix) {
			found = append(found, string(path))
		}
	}
	for len(rest) > 0 {
		if len(rest) < 8 {
			return nil, "", errIndex
		}
		size := binary.BigEndian.Uint32(rest[4:])
		if uint64(size) > uint64(len(rest)-8) {
			return nil, "", errIndex
		}
		if string(rest[:4]) == "link" && int(size) >= hash {
			shared = hex.EncodeToString(rest[8 : 8+hash])
		}
		rest = rest[8+size:]
	}
	return found, shared, nil
}

// below tells whether a path is the prefix or lies below it. A folder that a sparse
// checkout leaves out, and a submodule, are entries of their own.
func below(path []byte, prefix string) bool {
	return len(path) >= len(prefix) && strings.EqualFold(string(path[:len(prefix)]), prefix) &&
		(len(path) == len(prefix) || path[len(prefix)] == '/')
}

// gitVarint reads a number of 7 bits a byte, each further byte adding one: git's
// "offset encoding". It returns the number and the bytes used, 0 if there is none.
func gitVarint(text []byte) (number uint64, used int) {
	for i, b := range text {
		if i > 8 {
			break
		}
		if i > 0 {
			number++
		}
		number = number<<7 | uint64(b&0x7f)
		if b < 0x80 {
			return number, i + 1
		}
	}
	return 0, 0
}
