package record

import (
	"fmt"
	"reflect"
	"strings"
)

// A KeyDescription is one key of a format, as its author's page shows it.
type KeyDescription struct {
	// Key is the path from the top: "title", "[[question]] kind".
	Table, Key string
	// Type says in words what it takes; Default is empty if there is none.
	Type, Default string
	Required      bool
	Doc           string
}

// Describe lists every key of a struct that Decode can fill, tables after the keys
// of the table they stand in. The tags are the only place where this is written.
func Describe(sample any) []KeyDescription {
	var list []KeyDescription
	var walk func(t reflect.Type, table string)
	walk = func(t reflect.Type, table string) {
		type below struct {
			of    reflect.Type
			table string
		}
		var tables []below
		for _, k := range shapeOf(t).keys {
			words, inner, many := describeType(k)
			if inner != nil {
				name := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(table, "[["), "["), "]")
				name = strings.TrimSuffix(name, "]")
				if name != "" {
					name += "."
				}
				if many {
					name = "[[" + name + k.name + "]]"
				} else {
					name = "[" + name + k.name + "]"
				}
				tables = append(tables, below{inner, name})
				words = "table"
				if many {
					words = "list of tables"
				}
			}
			list = append(list, KeyDescription{Table: table, Key: k.name, Type: words, Default: k.fallback, Required: k.need, Doc: k.doc})
		}
		for _, b := range tables {
			walk(b.of, b.table)
		}
	}
	t := reflect.TypeOf(sample)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	walk(t, "")
	return list
}

// describeType says what a key takes; inner is the struct of a table, if it is one.
func describeType(k key) (words string, inner reflect.Type, many bool) {
	t := under(k.of)
	for t.Kind() == reflect.Pointer && t != typeValue {
		t = under(t.Elem())
	}
	switch {
	case t == typeValue:
		return "any value", nil, false
	case t == typeDay:
		return "date", nil, false
	case len(k.oneOf) > 0 && t.Kind() != reflect.Slice:
		return "one of " + strings.Join(k.oneOf, ", "), nil, false
	case k.id && t.Kind() == reflect.String:
		return "id", nil, false
	}
	switch t.Kind() {
	case reflect.String:
		return "text", nil, false
	case reflect.Bool:
		return "true or false", nil, false
	case reflect.Int, reflect.Int64:
		return "whole number" + between(k), nil, false
	case reflect.Float64:
		return "number" + between(k), nil, false
	case reflect.Map:
		return "table of values by name", nil, false
	case reflect.Struct:
		return "", t, false
	case reflect.Slice:
		item := t.Elem()
		if item == typeValue {
			return "list of tables", nil, true
		}
		for item.Kind() == reflect.Pointer {
			item = item.Elem()
		}
		item = under(item)
		if item.Kind() == reflect.Struct {
			return "", item, true
		}
		words, _, _ = describeType(key{of: item, oneOf: k.oneOf, id: k.id})
		return "list of " + strings.Replace(words, "text", "texts", 1), nil, false
	}
	return fmt.Sprint(t), nil, false
}

func between(k key) string {
	switch {
	case k.min.set && k.max.set:
		return fmt.Sprintf(" from %v to %v", k.min.x, k.max.x)
	case k.min.set:
		return fmt.Sprintf(" of at least %v", k.min.x)
	}
	return ""
}
