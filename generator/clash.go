package generator

import (
	"fmt"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/output"
	"cairn/generator/site"
)

// clashes finds outputs that cannot stand in one tree: two with one path, or a file where
// another needs a folder. The model tells of pages on one address; only here are all the
// other files known that are made beside them. Capital letters make no difference, as on many
// disks. What the model told of tags and pages on one address is not told again.
func clashes(model *site.Site, outputs []output.Output, known diag.List) diag.List {
	files := make(map[string]int32, len(outputs)) // place of the first output with a path
	folders := map[string]bool{}
	last := ""
	var twice [][2]int
	for i := range outputs {
		name := strings.ToLower(outputs[i].Path)
		if first, taken := files[name]; taken {
			twice = append(twice, [2]int{i, int(first)})
			continue
		}
		files[name] = int32(i)
		if folder := folderOf(name); folder != last { // most stand beside the one before
			last = folder
			for ; folder != "" && !folders[folder]; folder = folderOf(folder) {
				folders[folder] = true
			}
		}
	}
	both := false
	for folder := range folders {
		_, isFile := files[folder]
		both = both || isFile
	}
	if !both && twice == nil {
		return nil
	}

	c := clash{model: model, outputs: outputs, told: map[string]bool{}}
	byModel := map[string]bool{}
	for _, fault := range known {
		byModel[fault.Path] = byModel[fault.Path] || fault.Code == diag.SiteCollision
	}
	for _, pair := range twice {
		if !byModel[outputs[pair[0]].Source] && !byModel[outputs[pair[1]].Source] {
			c.tell(pair[0], pair[1], outputs[pair[0]].Path)
		}
	}
	for i := range outputs {
		name := strings.ToLower(outputs[i].Path)
		for folder := folderOf(name); folder != ""; folder = folderOf(folder) {
			if file, isFile := files[folder]; isFile {
				c.tell(i, int(file), outputs[file].Path)
			}
		}
	}
	return c.faults
}

func folderOf(name string) string { return name[:max(0, strings.LastIndexByte(name, '/'))] }

// A clash gathers what is wrong with two outputs at a time.
type clash struct {
	model   *site.Site
	outputs []output.Output
	told    map[string]bool
	faults  diag.List
}

// tell adds the fault of two outputs that want the same path, one of them perhaps as a folder.
// It stands with the alias, if one of them is of one, else with the first that comes from a file.
func (c *clash) tell(one, other int, path string) {
	for _, pair := range [][2]int{{one, other}, {other, one}} {
		at, beside := &c.outputs[pair[0]], &c.outputs[pair[1]]
		if alias := c.aliasOf(at); alias != nil {
			c.faults.Add(alias.File.At(alias.Alias.Start, alias.Alias.End, diag.SiteCollision,
				fmt.Sprintf("the alias %s would be %s, and %s", alias.Alias.Value, at.Path, c.inTheWay(at, beside, path)),
				"take the alias out, or write another one"))
			return
		}
	}
	at, beside := &c.outputs[one], &c.outputs[other]
	if at.Source == "" {
		at, beside = beside, at
	}
	file := at.Source
	if file == "" {
		file = at.Path
	}
	if c.told[file] {
		return
	}
	c.told[file] = true
	c.faults.Add(diag.At(file, diag.SiteCollision, fmt.Sprintf("%s would be made of it, and %s", at.Path, c.inTheWay(at, beside, path)), "rename the file"))
}

// aliasOf returns the redirect that an output is, or nil.
func (c *clash) aliasOf(out *output.Output) *site.Redirect {
	at, found := slices.BinarySearchFunc(c.model.Redirects, out.Path, func(r site.Redirect, path string) int { return strings.Compare(r.Path, path) })
	if !found || c.model.Redirects[at].To.File != out.Source {
		return nil
	}
	return &c.model.Redirects[at]
}

// inTheWay says what an output needs a path for, when another one could not be made there.
func (c *clash) inTheWay(other, out *output.Output, path string) string {
	as := path + " is a file"
	if len(out.Path) > len(path) {
		as = path + " is a folder"
	} else if len(other.Path) == len(path) {
		as = "that is a file"
	}
	switch alias := c.aliasOf(out); {
	case alias != nil:
		return fmt.Sprintf("%s for the alias %s of %s", as, alias.Alias.Value, out.Source)
	case out.Source != "":
		return fmt.Sprintf("%s made of %s", as, out.Source)
	}
	return as + " that cairn makes itself"
}
