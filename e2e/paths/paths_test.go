// Package paths holds what the golden paths of the reference site make to the tools that
// such files are for, as far as these can be had as libraries: actionlint, BuildKit's
// reader of Dockerfiles, Prometheus and its engine, HashiCorp's HCL. It is a module of its
// own, so that none of them is a dependency of cairn.
//
// MADE names a folder with one folder for each path and set of values.
package paths

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/rhysd/actionlint"
)

// made calls visit for each made file that a pattern matches, and fails if there is none.
func made(t *testing.T, match func(name string) bool, visit func(t *testing.T, name string, text []byte)) {
	t.Helper()
	root := os.Getenv("MADE")
	if root == "" {
		t.Fatal("MADE names no folder: run this through e2e/tests/paths.test.js")
	}
	found := 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !match(filepath.ToSlash(name)) {
			return err
		}
		found++
		text, err := os.ReadFile(name)
		if err == nil {
			relative, _ := filepath.Rel(root, name)
			t.Run(filepath.ToSlash(relative), func(t *testing.T) { visit(t, name, text) })
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Error("no made file was looked at")
	}
}

func TestWorkflows(t *testing.T) {
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{Shellcheck: "shellcheck"})
	if err != nil {
		t.Fatal(err)
	}
	made(t, func(name string) bool { return strings.Contains(name, "/.github/workflows/") }, func(t *testing.T, name string, text []byte) {
		faults, err := linter.Lint(name, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults {
			t.Errorf("%d:%d %s [%s]", fault.Line, fault.Column, fault.Message, fault.Kind)
		}
	})
}

func TestDockerfiles(t *testing.T) {
	made(t, func(name string) bool { return strings.HasSuffix(name, "/Dockerfile") }, func(t *testing.T, _ string, text []byte) {
		tree, err := parser.Parse(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		stages, _, err := instructions.Parse(tree.AST, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(stages) != 2 || len(tree.Warnings) > 0 {
			t.Errorf("%d stages, warnings %v", len(stages), tree.Warnings)
		}
	})
}

// documents reads the documents of a YAML file.
func documents(t *testing.T, text []byte) []map[string]any {
	t.Helper()
	var list []map[string]any
	decoder := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	for {
		var one map[string]any
		err := decoder.Decode(&one)
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
}
