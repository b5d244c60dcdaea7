package generator

import (
	"fmt"
	"runtime/debug"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/output"
)

// guard turns a panic while working on a file into a diagnostic about that file: a
// fault of cairn must name what brought it down, and must neither end a preview nor
// publish half a site.
func guard(file string, faults *diag.List) {
	if fault := recover(); fault != nil {
		faults.Add(internalFault(file, fault))
	}
}

func internalFault(file string, fault any) diag.Diagnostic {
	return diag.At(file, diag.SiteInternal, fmt.Sprintf("cairn failed on this file: %v (%s)", fault, culprit(string(debug.Stack()))),
		"this is a fault of cairn: please report it, with the file if you can")
}

// culprit finds the function that panicked: the first of our own below the panic.
func culprit(stack string) string {
	_, below, found := strings.Cut(stack, "panic(")
	if !found {
		below = stack
	}
	for _, line := range strings.Split(below, "\n") {
		if name, _, call := strings.Cut(line, "("); call && strings.HasPrefix(name, "cairn/") && !strings.Contains(name, "guard") {
			return name
		}
	}
	return "unknown"
}

// guarded puts a guard around what makes the bytes of outputs.
func guarded(outputs []output.Output) []output.Output {
	for i := range outputs {
		out := &outputs[i]
		file := out.Source
		if file == "" {
			file = out.Path
		}
		out.Make = guardedMake(file, out.Make)
		if out.Key != nil {
			out.Key = guardedKey(out.Key)
		}
	}
	return outputs
}

func guardedMake(file string, make func() ([]byte, error)) func() ([]byte, error) {
	return func() (data []byte, err error) {
		defer func() {
			if fault := recover(); fault != nil {
				data, err = nil, diag.List{internalFault(file, fault)}
			}
		}()
		return make()
	}
}

func guardedKey(of func() string) func() string {
	return func() (key string) {
		defer func() {
			if recover() != nil {
				key = "" // Make will say what is wrong
			}
		}()
		return of()
	}
}
