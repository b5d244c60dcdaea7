package goldenpath

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/expr"
	"cairn/generator/markdown"
	"cairn/generator/messages"
	"cairn/generator/record"
)

// say writes why a value is refused.
func say(w *Wrong) string { return messages.English().Say(w.Key, w.Pairs...) }

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// blocks compiles the code of the page.
func (c *compiler) blocks(codes []markdown.Code) {
	placeholders, files := 0, 0
	for i := range codes {
		code := &codes[i]
		at := record.At{Start: code.Start, End: code.End}
		block := Block{WrittenFile: code.File, WrittenWhen: code.When, WrittenText: code.Text, Section: code.Section, First: code.First}
		placeholders += len(code.Pieces)
		block.Pieces = c.pieces(code.Pieces, code.File != "")
		if code.File != "" {
			files++
			block.File = c.fileName(code, at)
			// A file ends with a line, whatever a block of the page ends with.
			if n := len(block.Pieces); n == 0 || block.Pieces[n-1].Of >= 0 || !strings.HasSuffix(block.Pieces[n-1].Text, "\n") {
				block.Pieces = append(block.Pieces, Piece{Text: "\n", Of: -1})
			}
		}
		if code.When != "" {
			node, names, faults := condition(expr.SourceAt(c.file, code.WhenStart, code.WhenStart+len(code.When), code.When), &c.environment)
			c.faults = append(c.faults, faults...)
			c.use(names)
			block.When = node
		}
		c.path.Blocks = append(c.path.Blocks, block)
	}
	switch {
	case placeholders > 2*mostPlaceholders:
		c.faults.Add(c.file.Whole(diag.PathTooLarge, fmt.Sprintf("the code of this path has more than %d placeholders", mostPlaceholders), "make two paths of it"))
	case files == 0:
		c.faults.Add(c.file.Whole(diag.PathNoFiles, "no code of this path names a file, so it makes none", "write ```yaml {file=\"service.yaml\"}"))
	}
}

// condition reads when="…".
func condition(source expr.Source, environment *expr.Environment) (*expr.Node, []string, diag.List) {
	parsed, faults := expr.Parse(source)
	if parsed == nil {
		return nil, nil, faults
	}
	node, more := parsed.Check(environment, expr.Truth)
	return node, parsed.Names(), append(faults, more...)
}

// pieces ties placeholders to names. inFile tells whether they are written to a file.
func (c *compiler) pieces(written []markdown.Piece, inFile bool) []Piece {
	var pieces []Piece
	names := c.path.Names()
	for _, piece := range written {
		if piece.Name == "" {
			pieces = append(pieces, Piece{Text: piece.Text, Of: -1})
			continue
		}
		at := record.At{Start: piece.Start, End: piece.End}
		index := slices.Index(names, piece.Name)
		if index < 0 {
			c.fault(at, diag.PathUnknownName, fmt.Sprintf("this path declares no %q", piece.Name),
				diag.DidYouMean(piece.Name, names, "declare it in the front matter, below path: parameters:; for the signs themselves write @@{"))
			pieces = append(pieces, Piece{Text: piece.Text, Of: -1})
			continue
		}
		c.used[piece.Name] = true
		if piece.Filter != "" && !slices.Contains(Filters, piece.Filter) {
			c.fault(at, diag.PathFilter, fmt.Sprintf("there is no filter %q", piece.Filter), diag.DidYouMean(piece.Filter, Filters, "there are "+strings.Join(Filters, ", ")))
		}
		if parameter := c.path.Parameter(piece.Name); parameter != nil {
			switch {
			case parameter.Type == Secret && !inFile:
				c.fault(at, diag.PathSecret, fmt.Sprintf("the secret %q stands outside of a file", piece.Name), "a command is kept in the shell's history: let it read the secret from a file or a store")
			case parameter.Wide && piece.Filter == "":
				c.fault(at, diag.PathBare, fmt.Sprintf("%q may hold any sign of its pattern, and stands here without a filter", piece.Name),
					fmt.Sprintf("write @{%s|yaml}, without quotes around it; filters are %s", piece.Name, strings.Join(Filters, ", ")))
			}
		}
		pieces = append(pieces, Piece{Of: index, Filter: piece.Filter})
	}
	return pieces
}

// fileName compiles the name of a file.
func (c *compiler) fileName(code *markdown.Code, line record.At) []Piece {
	at := record.At{Start: code.FileStart, End: code.FileStart + len(code.File)}
	if code.FileStart == 0 {
		at = line
	}
	written, faults := markdown.SplitTemplate(code.File)
	for _, f := range faults {
		c.fault(at, diag.PathPlaceholder, f.Message, f.Hint)
	}
	sample := ""
	for i := range written {
		if written[i].Name == "" {
			sample += written[i].Text
			continue
		}
		sample += "x"
		written[i].Start, written[i].End = at.Start+written[i].Start, at.Start+written[i].End
		parameter := c.path.Parameter(written[i].Name)
		if written[i].Filter != "" || parameter != nil && (parameter.Wide || !parameter.Required && parameter.Type == Text) {
			c.fault(at, diag.PathFile, fmt.Sprintf("the file name %q holds a value that may be anything", code.File), "take a required parameter of small letters, digits and hyphens, without a filter")
		}
	}
	if problem := CheckFileName(sample); problem != "" && len(faults) == 0 {
		c.fault(at, diag.PathFile, fmt.Sprintf("%q cannot be the name of a file: %s", code.File, problem), "write a path below the folder of the files, as deploy/service.yaml")
	}
	return c.pieces(written, true)
}
