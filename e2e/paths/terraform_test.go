package paths

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Every file is as `terraform fmt` would write it.
func TestFormatted(t *testing.T) {
	made(t, func(name string) bool { return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".hcl") }, func(t *testing.T, _ string, text []byte) {
		if got := string(hclwrite.Format(text)); got != string(text) {
			t.Errorf("terraform fmt would write\n%s", got)
		}
	})
}

// Whatever a module mentions is declared in it: the fault of the sample that the path
// was made from. Terraform itself would need the provider, which no registry here has.
func TestModulesAreWhole(t *testing.T) {
	made(t, func(name string) bool { return strings.HasSuffix(name, "/main.tf") }, func(t *testing.T, name string, _ []byte) {
		files, err := filepath.Glob(filepath.Join(filepath.Dir(name), "*.tf"))
		if err != nil {
			t.Fatal(err)
		}
		parser := hclparse.NewParser()
		declared := map[string]bool{}
		var bodies []*hclsyntax.Body
		for _, file := range files {
			parsed, faults := parser.ParseHCLFile(file)
			if faults.HasErrors() {
				t.Fatal(faults)
			}
			body := parsed.Body.(*hclsyntax.Body)
			bodies = append(bodies, body)
			for _, block := range body.Blocks {
				switch block.Type {
				case "variable":
					declared["var."+block.Labels[0]] = true
				case "locals":
					for key := range block.Body.Attributes {
						declared["local."+key] = true
					}
				case "resource":
					declared[block.Labels[0]+"."+block.Labels[1]] = true
				case "data":
					declared["data."+block.Labels[0]+"."+block.Labels[1]] = true
				case "module":
					declared["module."+block.Labels[0]] = true
				}
			}
		}
		mentioned := map[string]bool{}
		for _, body := range bodies {
			_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
				if scope, ok := node.(*hclsyntax.ScopeTraversalExpr); ok {
					if name := rootOf(scope.Traversal); name != "" {
						mentioned[name] = true
					}
				}
				return nil
			})
		}
		for name := range mentioned {
			if !declared[name] {
				t.Errorf("%s is used and not declared", name)
			}
		}
		for name := range declared {
			if strings.HasPrefix(name, "var.") && !mentioned[name] {
				t.Errorf("%s is declared and not used", name)
			}
		}
		if len(mentioned) == 0 {
			t.Error("nothing is mentioned")
		}
	})
}

// rootOf is what a traversal names: var.name, local.copies, aws_vpc.this, data.aws_vpc.this.
// Loops and what Terraform always has are left out.
func rootOf(traversal hcl.Traversal) string {
	root := traversal.RootName()
	parts := 2
	switch root {
	case "each", "path", "self", "terraform", "count", "name", "key", "service":
		return ""
	case "data":
		parts = 3
	case "string", "number", "bool":
		return "" // a type
	}
	words := []string{root}
	for _, step := range traversal[1:] {
		if attribute, ok := step.(hcl.TraverseAttr); ok && len(words) < parts {
			words = append(words, attribute.Name)
		}
	}
	return strings.Join(words, ".")
}

// What the root says to the module is what the module takes.
func TestModuleIsCalledRight(t *testing.T) {
	made(t, func(name string) bool { return strings.HasSuffix(name, "/modules/service/variables.tf") }, func(t *testing.T, name string, text []byte) {
		module, faults := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
		if faults.HasErrors() {
			t.Fatal(faults)
		}
		takes, needs := map[string]bool{}, map[string]bool{}
		for _, block := range module.Body.(*hclsyntax.Body).Blocks {
			takes[block.Labels[0]] = true
			needs[block.Labels[0]] = block.Body.Attributes["default"] == nil
		}
		main := filepath.Join(filepath.Dir(name), "..", "..", "main.tf")
		root, faults := hclsyntax.ParseConfig(read(t, main), main, hcl.InitialPos)
		if faults.HasErrors() {
			t.Fatal(faults)
		}
		calls := 0
		for _, block := range root.Body.(*hclsyntax.Body).Blocks {
			if block.Type != "module" {
				continue
			}
			calls++
			for key := range block.Body.Attributes {
				if key != "source" && key != "for_each" && !takes[key] {
					t.Errorf("the module takes no %s", key)
				}
			}
			for key, needed := range needs {
				if needed && block.Body.Attributes[key] == nil {
					t.Errorf("the module needs %s", key)
				}
			}
		}
		if calls != 1 {
			t.Errorf("%d calls", calls)
		}
	})
}
