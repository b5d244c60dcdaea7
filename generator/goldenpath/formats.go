package goldenpath

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// What a path makes is read by a parser of each format that others rely on, not by one
// of our own. Each returns the texts it found, keys included, so that it can be seen
// whether a value came through.

// mostMade is how large a made file may be, in bytes.
const mostMade = 256 << 10

type format struct {
	name string
	// filters write a scalar of the format.
	filters []string
	read    func(text string) ([]string, *problem)
}

// A problem is why a text is not of its format; line counts from 1.
type problem struct {
	line    int
	message string
}

var (
	yamlFormat = &format{"YAML", []string{"yaml", "json"}, readYAML}
	jsonFormat = &format{"JSON", []string{"json"}, readJSON}
	tomlFormat = &format{"TOML", []string{"toml"}, readTOML}
	hclFormat  = &format{"HCL", []string{"hcl"}, readHCL}
)

// formatOf is the format of a file by its name; nil if nothing can be said of it.
func formatOf(name string) *format {
	switch path.Ext(name) {
	case ".yaml", ".yml":
		return yamlFormat
	case ".json":
		return jsonFormat
	case ".toml":
		return tomlFormat
	case ".tf", ".hcl", ".tfvars":
		return hclFormat
	}
	return nil
}

// read calls a parser. They are other people's, and what they are given is anybody's.
func read(f *format, text string) (scalars []string, wrong *problem) {
	defer func() {
		if fault := recover(); fault != nil {
			scalars, wrong = nil, &problem{1, fmt.Sprintf("its reader gave up: %v", fault)}
		}
	}()
	return f.read(text)
}

var yamlPlace = regexp.MustCompile(`\[(\d+):\d+\] (.*)`)

func readYAML(text string) ([]string, *problem) {
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		line, message := 1, err.Error()
		if found := yamlPlace.FindStringSubmatch(message); found != nil {
			line, _ = strconv.Atoi(found[1])
			message = found[2]
		}
		return nil, &problem{line, message}
	}
	y := &yamlTexts{}
	for _, document := range file.Docs {
		ast.Walk(y, document)
	}
	return y.scalars, nil
}

// yamlTexts gathers the texts of a tree. Aliases are not followed, so that no file can
// grow by being read.
type yamlTexts struct{ scalars []string }

func (y *yamlTexts) Visit(node ast.Node) ast.Visitor {
	switch node := node.(type) {
	case *ast.StringNode:
		y.scalars = append(y.scalars, node.Value)
	case *ast.LiteralNode:
		y.scalars = append(y.scalars, node.Value.Value)
		return nil
	}
	return y
}

func readJSON(text string) ([]string, *problem) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	if err == nil {
		if _, end := decoder.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("something follows the value")
		}
	}
	if err != nil {
		at := int(decoder.InputOffset())
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = int(syntax.Offset)
		}
		return nil, &problem{1 + bytes.Count([]byte(text[:min(at, len(text))]), []byte("\n")), err.Error()}
	}
	return textsOf(value), nil
}

func readTOML(text string) ([]string, *problem) {
	var value map[string]any
	if _, err := toml.Decode(text, &value); err != nil {
		var parse toml.ParseError
		if errors.As(err, &parse) {
			return nil, &problem{parse.Position.Line, parse.Message}
		}
		return nil, &problem{1, err.Error()}
	}
	return textsOf(value), nil
}

// textsOf gathers the texts of decoded data.
func textsOf(value any) []string {
	var found []string
	switch value := value.(type) {
	case string:
		found = append(found, value)
	case []any:
		for _, item := range value {
			found = append(found, textsOf(item)...)
		}
	case []map[string]any:
		for _, item := range value {
			found = append(found, textsOf(item)...)
		}
	case map[string]any:
		for _, key := range sortedKeys(value) {
			found = append(append(found, key), textsOf(value[key])...)
		}
	}
	return found
}

func readHCL(text string) ([]string, *problem) {
	file, faults := hclsyntax.ParseConfig([]byte(text), "made", hcl.InitialPos)
	if len(faults) > 0 {
		fault, line := faults[0], 1
		if fault.Subject != nil {
			line = fault.Subject.Start.Line
		}
		return nil, &problem{line, strings.TrimSuffix(fault.Summary+": "+fault.Detail, ".")}
	}
	var found []string
	_ = hclsyntax.VisitAll(file.Body.(*hclsyntax.Body), func(node hclsyntax.Node) hcl.Diagnostics {
		if literal, ok := node.(*hclsyntax.LiteralValueExpr); ok && literal.Val.Type() == cty.String && literal.Val.IsKnown() && !literal.Val.IsNull() {
			found = append(found, literal.Val.AsString())
		}
		if block, ok := node.(*hclsyntax.Block); ok {
			found = append(found, block.Labels...)
		}
		return nil
	})
	return found, nil
}
