package generator_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/messages"
	"cairn/generator/table"
)

func ownTable(t *testing.T, name string) *table.Table {
	t.Helper()
	text, err := os.ReadFile("../content/tables/" + name)
	must(t, err)
	read, faults := table.Parse(diag.NewFile(name, text), messages.English())
	if read == nil {
		t.Fatal(faults)
	}
	return read
}

// The thresholds stand twice on the site: by size, and by source with the picture. At
// every size a source has bands exactly where it has a word, and two kinds at once
// where it has more than one answer.
func TestThresholdsAgree(t *testing.T) {
	bands, sizes := ownTable(t, "bands.toml"), ownTable(t, "thresholds.toml")
	column := func(of *table.Table, id string) int {
		for i := range of.Columns {
			if of.Columns[i].ID == id {
				return i
			}
		}
		t.Fatalf("no column %q", id)
		return 0
	}
	// kinds are what a source says to a number of engineers.
	kinds := func(source string, engineers float64) map[string]bool {
		found := map[string]bool{}
		for i := range bands.Rows {
			row := &bands.Rows[i]
			to := row.Cells[column(bands, "to")]
			if row.Sources[0].ID == source && row.Cells[column(bands, "from")].Number <= engineers && (to.Empty || engineers <= to.Number) {
				found[row.Cells[column(bands, "stance")].Text] = true
			}
		}
		return found
	}
	for i := range sizes.Rows {
		row := &sizes.Rows[i]
		from, to, isRange := strings.Cut(strings.TrimSuffix(row.Cells[0].Text, " and more"), "–")
		if !isRange {
			to = from
		}
		for _, end := range []string{from, to} {
			engineers, err := strconv.ParseFloat(end, 64)
			must(t, err)
			for _, source := range []string{"distantjob", "builtin", "improwised", "sivaro", "imaginarycloud"} {
				cell := row.Cells[column(sizes, source)]
				said := kinds(source, engineers)
				if cell.Empty != (len(said) == 0) {
					t.Errorf("%v engineers: %s says %q by size, and %v by source", engineers, source, cell.Text, said)
				}
				// “All three” and “…, and …” are more than one answer.
				several := strings.HasPrefix(cell.Text, "All") || strings.Contains(cell.Text, ", and ")
				if several != (len(said) > 1) {
					t.Errorf("%v engineers: %s says %q by size, and %v by source", engineers, source, cell.Text, said)
				}
			}
		}
	}
}

// Nothing in the comparison disagrees by a word that its filter does not know.
func TestComparisonDisputes(t *testing.T) {
	comparison := ownTable(t, "comparison.toml")
	disputes := 0
	for i := range comparison.Rows {
		if comparison.Rows[i].Cells[len(comparison.Columns)-1].Marked {
			disputes++
		}
	}
	// The guides speak of nine disputes in 21 points.
	if len(comparison.Rows) != 21 || disputes != 9 {
		t.Errorf("%d disputes in %d points", disputes, len(comparison.Rows))
	}
}
