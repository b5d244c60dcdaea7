package render

import (
	"reflect"

	"cairn/generator/diag"
	"cairn/generator/prove"
	"cairn/generator/theme"
)

// Contract is what the templates are given: those of pages, and those of the parts that
// stand in a text. Every name that a template uses is held to these types when the theme
// is read. The page on themes is printed from them.
func Contract() theme.Contract {
	contract := theme.Contract{
		"side-entry": reflect.TypeFor[linkView](), "grade": reflect.TypeFor[sourceView](),
		"figure": reflect.TypeFor[*figureView](), "data-table": reflect.TypeFor[*tableView](),
		"assessment-card": reflect.TypeFor[cardView](), "keys": reflect.TypeFor[[]keysView](),
		"proofs": reflect.TypeFor[[]prove.Page](), "privacy": reflect.TypeFor[privacyView](), "codes": reflect.TypeFor[[]diag.Rule](),
	}
	for _, name := range []string{"home", "guide", "table", "assessment", "sources", "path", "tags", "search", "notfound", "moved"} {
		contract[name+".html"] = reflect.TypeFor[*pageView]()
	}
	return contract
}
