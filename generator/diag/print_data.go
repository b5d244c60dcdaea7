package diag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
)

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type jsonRelated struct {
	Path    string        `json:"path"`
	Start   *jsonPosition `json:"start,omitempty"`
	Message string        `json:"message"`
}

type jsonFault struct {
	Code     Code          `json:"code"`
	Severity string        `json:"severity"`
	Path     string        `json:"path"`
	Start    *jsonPosition `json:"start,omitempty"`
	End      *jsonPosition `json:"end,omitempty"`
	Line     string        `json:"line,omitempty"`
	Message  string        `json:"message"`
	Hint     string        `json:"hint,omitempty"`
	Related  []jsonRelated `json:"related,omitempty"`
}

func jsonPlace(p Position) *jsonPosition {
	if p.Line == 0 {
		return nil
	}
	return &jsonPosition{p.Line, p.Column}
}

// printJSON writes one object. Lines and columns count from 1, columns in code
// points; a fault of a file as a whole has neither start nor end.
func printJSON(w io.Writer, list List) error {
	type document struct {
		Errors   int         `json:"errors"`
		Warnings int         `json:"warnings"`
		Faults   []jsonFault `json:"faults"`
	}
	errors, warnings := list.Count()
	all := document{errors, warnings, []jsonFault{}}
	for _, d := range list {
		fault := jsonFault{
			Code: d.Code, Severity: d.Severity.String(), Path: d.Path,
			Start: jsonPlace(d.Start), End: jsonPlace(d.End),
			Line: d.Line, Message: d.Message, Hint: d.Hint,
		}
		for _, related := range d.Related {
			fault.Related = append(fault.Related, jsonRelated{related.Path, jsonPlace(related.Start), related.Message})
		}
		all.Faults = append(all.Faults, fault)
	}
	return writeJSON(w, all)
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

type sarifLocation struct {
	Physical struct {
		Artifact struct {
			URI  string `json:"uri"`
			Base string `json:"uriBaseId"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	} `json:"physicalLocation"`
	Message *sarifText `json:"message,omitempty"`
}

type sarifRule struct {
	ID      Code      `json:"id"`
	Short   sarifText `json:"shortDescription"`
	Full    sarifText `json:"fullDescription"`
	Default struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
}

type sarifResult struct {
	Rule      Code            `json:"ruleId"`
	Index     int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
	Related   []sarifLocation `json:"relatedLocations,omitempty"`
}

func sarifPlace(path string, start, end Position) sarifLocation {
	var at sarifLocation
	at.Physical.Artifact.URI = (&url.URL{Path: path}).String()
	at.Physical.Artifact.Base = "%SRCROOT%"
	if start.Line > 0 {
		at.Physical.Region = &sarifRegion{start.Line, start.Column, end.Line, end.Column}
	}
	return at
}

// printSARIF writes a log of version 2.1.0 with the rules that the list needs.
func printSARIF(w io.Writer, list List) error {
	rules, index := []sarifRule{}, map[Code]int{}
	results := []sarifResult{}
	for _, d := range list {
		if _, ok := index[d.Code]; !ok {
			index[d.Code] = len(rules)
			known, _ := Explain(d.Code)
			rule := sarifRule{ID: d.Code, Short: sarifText{known.Title}, Full: sarifText{known.Explain}}
			rule.Default.Level = SeverityOf(d.Code).String()
			rules = append(rules, rule)
		}
		text := d.Message
		if d.Hint != "" {
			text += "\n" + d.Hint
		}
		result := sarifResult{
			Rule: d.Code, Index: index[d.Code], Level: d.Severity.String(), Message: sarifText{text},
			Locations: []sarifLocation{sarifPlace(d.Path, d.Start, d.End)},
		}
		for _, related := range d.Related {
			at := sarifPlace(related.Path, related.Start, Position{})
			at.Message = &sarifText{related.Message}
			result.Related = append(result.Related, at)
		}
		results = append(results, result)
	}
	type driver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	type tool struct {
		Driver driver `json:"driver"`
	}
	type run struct {
		Tool       tool          `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	return writeJSON(w, struct {
		Schema  string `json:"$schema"`
		Version string `json:"version"`
		Runs    []run  `json:"runs"`
	}{
		"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0",
		[]run{{tool{driver{"cairn", rules}}, "unicodeCodePoints", results}},
	})
}

var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// printGitHub writes one workflow command a fault, which a pull request shows
// beside the line.
func printGitHub(w io.Writer, list List, options PrintOptions) error {
	out := bufio.NewWriter(w)
	for _, d := range list {
		fmt.Fprintf(out, "::%s file=%s", d.Severity, escapeProperty.Replace(options.from(d.Path)))
		if d.Start.Line > 0 {
			fmt.Fprintf(out, ",line=%d,col=%d", d.Start.Line, d.Start.Column)
			if d.End.Line == d.Start.Line {
				fmt.Fprintf(out, ",endLine=%d,endColumn=%d", d.End.Line, d.End.Column)
			}
		}
		text := d.Message
		if d.Hint != "" {
			text += "\n" + d.Hint
		}
		fmt.Fprintf(out, ",title=%s::%s\n", escapeProperty.Replace(string(d.Code)), escapeData.Replace(text))
	}
	return out.Flush()
}
