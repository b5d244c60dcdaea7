// Package differential holds the engine in TypeScript to the engine in Go: the same
// assessments and answers, the whole result tree with its printed reasons, byte for
// byte when the keys stand in one order. The bundle that pages carry is run inside Go.
package differential

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"testing"

	"cairn/generator/assessment"
	"cairn/generator/messages"
	"cairn/generator/theme"
	"cairn/themes"

	"github.com/dop251/goja"
)

// entry gives Go three functions: the first reads a model and texts, the second
// answers with the whole result as JSON, the third prints a figure.
const entry = `
import { open, readAnswer, Words } from './engine/engine'
import { whole } from './engine/whole'
let engine: ReturnType<typeof open>, words: Words
const global = globalThis as any
global.load = (model: string, texts: string, catalogue: string) => {
  engine = open(JSON.parse(model))
  words = new Words(engine.model, JSON.parse(texts), JSON.parse(catalogue))
}
global.whole = (answers: string) => JSON.stringify(whole(engine.evaluate(JSON.parse(answers).map(readAnswer)), words))
global.figure = (x: number, places: number) => words.figure(x, places)
`

// An engine is the bundled TypeScript in a machine of its own. It is not for several
// goroutines.
type engine struct {
	vm           *goja.Runtime
	load, answer goja.Callable
}

// clientFiles are the built-in theme's, by their path below client/.
func clientFiles(t testing.TB) map[string]theme.File {
	t.Helper()
	client, err := fs.Sub(themes.Default, "default/client")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]theme.File{}
	err = fs.WalkDir(client, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".ts" {
			return err
		}
		text, err := fs.ReadFile(client, name)
		files[name] = theme.File{Name: name, Path: name, Text: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// script is the engine's bundle, with the three functions of entry.
func script(t testing.TB) []byte {
	t.Helper()
	files := clientFiles(t)
	files["entry.ts"] = theme.File{Name: "entry.ts", Path: "entry.ts", Text: []byte(entry)}
	made := theme.Esbuild("entry.ts", theme.Sources{Files: files})
	script, faults := made.Bytes, made.Faults
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return script
}

// bundle compiles the script once; machines share it.
func bundle(t testing.TB) *goja.Program {
	t.Helper()
	program, err := goja.Compile("engine.js", string(script(t)), true)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

func newEngine(t testing.TB, program *goja.Program) *engine {
	t.Helper()
	e := &engine{vm: goja.New()}
	if _, err := e.vm.RunProgram(program); err != nil {
		t.Fatal(err)
	}
	e.load, _ = goja.AssertFunction(e.vm.Get("load"))
	e.answer, _ = goja.AssertFunction(e.vm.Get("whole"))
	return e
}

func (e *engine) call(function goja.Callable, arguments ...any) (string, error) {
	values := make([]goja.Value, len(arguments))
	for i, argument := range arguments {
		values[i] = e.vm.ToValue(argument)
	}
	result, err := function(goja.Undefined(), values...)
	if err != nil {
		return "", err
	}
	return result.String(), nil
}

// open reads a model into the engine, as a page does from its data block.
func (e *engine) open(m *assessment.Model, words *assessment.Words) error {
	_, err := e.call(e.load, encode(m), encode(words.Texts()), encode(messages.English()))
	return err
}

// whole computes a result with its texts.
func (e *engine) whole(answers assessment.Answers) (string, error) {
	return e.call(e.answer, encode(answers))
}

// encode is JSON as a browser writes it: on one line, and with < > & as they are.
func encode(v any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// ordered is JSON with the keys of each object in one order; every number stays as written,
// and so does what is no JSON.
func ordered(text string) string {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return text
	}
	return encode(v)
}

// indented is JSON as `cairn assess --json` prints it.
func indented(text string) string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(text), "", "  "); err != nil {
		return text
	}
	return b.String() + "\n"
}
