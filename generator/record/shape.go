package record

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// A shape is what the tags of a struct say about a table.
type shape struct {
	keys  []key
	named map[string]int
	// place is the index of the embedded At, rest that of the field with key:"*".
	place, rest []int
}

// A key is what the tags of one field say.
type key struct {
	name     string
	index    []int
	of       reflect.Type
	doc      string
	fallback string
	hasDef   bool
	oneOf    []string
	min, max limit
	need, id bool
	// item tells that the key is that of the list around the value.
	item bool
}

// limit is a least or greatest value of a number, length of a text in letters, or
// length of a list.
type limit struct {
	x   float64
	set bool
}

var (
	typeAt     = reflect.TypeFor[At]()
	typeDay    = reflect.TypeFor[Day]()
	typeValue  = reflect.TypeFor[*Value]()
	typeFields = reflect.TypeFor[[]Field]()
	typePlaced = reflect.TypeFor[placed]()
)

// names lists the keys, in order.
func (s *shape) names() []string {
	names := make([]string, len(s.keys))
	for i := range s.keys {
		names[i] = s.keys[i].name
	}
	return names
}

// shapes are those of all types so far.
var shapes sync.Map // reflect.Type to *shape

// shapeOf reads the tags of a struct type. A wrong tag is a fault of the program, found by
// the first test that decodes it, so it panics.
func shapeOf(t reflect.Type) *shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	made := &shape{named: map[string]int{}}
	made.read(t, nil)
	shapes.Store(t, made)
	return made
}

func (s *shape) read(t reflect.Type, above []int) {
	for i := range t.NumField() {
		field := t.Field(i)
		index := append(append([]int(nil), above...), i)
		name, tagged := field.Tag.Lookup("key")
		switch {
		case field.Anonymous && field.Type == typeAt:
			s.place = index
			continue
		case field.Anonymous && !tagged && field.Type.Kind() == reflect.Struct:
			s.read(field.Type, index)
			continue
		case field.Anonymous && !tagged && field.Type.Kind() == reflect.Pointer && field.Type.Elem().Kind() == reflect.Struct:
			s.read(field.Type.Elem(), index) // whoever decodes sees to it that it is not nil
			continue
		case !tagged:
			continue
		case name == "*":
			if field.Type != typeFields {
				panic(fmt.Sprintf(`record: %s.%s: key:"*" is a []record.Field`, t, field.Name))
			}
			s.rest = index
			continue
		}
		k := key{name: name, index: index, of: field.Type, doc: field.Tag.Get("doc")}
		k.fallback, k.hasDef = field.Tag.Lookup("default")
		k.need = field.Tag.Get("need") == "true"
		k.id = field.Tag.Get("id") == "true"
		if words := field.Tag.Get("one-of"); words != "" {
			k.oneOf = strings.Fields(words)
		}
		k.min, k.max = readLimit(field, "min"), readLimit(field, "max")
		s.named[name] = len(s.keys)
		s.keys = append(s.keys, k)
	}
}

func readLimit(field reflect.StructField, tag string) limit {
	text, ok := field.Tag.Lookup(tag)
	if !ok {
		return limit{}
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(fmt.Sprintf("record: %s: the tag %s is no number", field.Name, tag))
	}
	return limit{x, true}
}

// under returns the type inside Of[T], or the type itself.
func under(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Struct && reflect.PointerTo(t).Implements(typePlaced) {
		field, _ := t.FieldByName("Value")
		return field.Type
	}
	return t
}
