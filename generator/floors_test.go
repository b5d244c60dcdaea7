package generator_test

import (
	"bufio"
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// The floors of the house. A package imports only from lower floors, never
// sideways. If this test fails, the design of your change is at fault, not the table.
var floors = map[string]int{
	"diag": 0, "output": 0, "disk": 0, "golden": 0, "hostile": 0, "parallel": 0, "packed": 0, "markup": 0,
	"expr": 1, "record": 1, "markdown": 1, "chart": 1, "messages": 1, "memory": 1, "publish": 1, "twin": 1, "picture": 1,
	"config": 2, "content": 2, "table": 2, "assessment": 2, "goldenpath": 2, "theme": 2, "serve": 2,
	"site": 3, "prove": 3,
	"render": 4, "search": 4,
	"": 5, "differential": 5,
}

func TestFloors(t *testing.T) {
	listed, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "cairn/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	room := func(path string) (string, bool) {
		if path == "cairn/generator" {
			return "", true
		}
		return strings.CutPrefix(path, "cairn/generator/")
	}
	seen := 0
	lines := bufio.NewScanner(bytes.NewReader(listed))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		from, inside := room(words[0])
		if !inside {
			for _, imported := range words[1:] {
				if to, isRoom := room(imported); isRoom && to != "" && to != "diag" && words[0] == "cairn/cmd/cairn" {
					t.Errorf("%s imports %s: the command uses only the public face, and diag to print", words[0], imported)
				}
			}
			continue
		}
		seen++
		floor, known := floors[from]
		if !known {
			t.Errorf("%s stands on no floor", words[0])
			continue
		}
		for _, imported := range words[1:] {
			to, isRoom := room(imported)
			if !isRoom {
				if strings.HasPrefix(imported, "cairn/") && !(from == "" && imported == "cairn/themes") {
					t.Errorf("%s imports %s", words[0], imported)
				}
				continue
			}
			if floors[to] >= floor {
				t.Errorf("%s (floor %d) imports %s (floor %d)", words[0], floor, imported, floors[to])
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d packages were seen", seen)
	}
}
