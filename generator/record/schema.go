package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
)

// Schema returns the JSON Schema (draft 2020-12) of what Decode accepts for a struct,
// so that editors complete keys, show what they mean and mark what is wrong. It is made
// from the same tags; keys stand in the order of the struct's fields.
func Schema(sample any, title string) ([]byte, error) {
	t := reflect.TypeOf(sample)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("record: the schema of a %v, which is no struct", t)
	}
	s := schemer{open: map[reflect.Type]bool{}}
	root := object{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}}
	whole, err := s.table(t)
	if err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(append(root, whole...))
	if err != nil {
		return nil, err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, encoded, "", "  "); err != nil {
		return nil, err
	}
	indented.WriteByte('\n')
	return indented.Bytes(), nil
}

// An object is a JSON object with its keys in order.
type object []member

type member struct {
	key   string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, part := range []any{m.key, m.value} {
			if j > 0 {
				b.WriteByte(':')
			}
			encoder := json.NewEncoder(&b)
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(part); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

type schemer struct {
	// open holds the structs around the one being described.
	open map[reflect.Type]bool
}

func (s *schemer) table(t reflect.Type) (object, error) {
	if s.open[t] {
		return nil, fmt.Errorf("record: %s holds itself, which no schema here can say", t)
	}
	s.open[t] = true
	defer delete(s.open, t)
	shape := shapeOf(t)
	properties, required := object{}, []string{}
	for _, k := range shape.keys {
		described, err := s.key(k)
		if err != nil {
			return nil, err
		}
		properties = append(properties, member{k.name, described})
		if k.need {
			required = append(required, k.name)
		}
	}
	made := object{{"type", "object"}, {"properties", properties}}
	if len(required) > 0 {
		made = append(made, member{"required", required})
	}
	return append(made, member{"additionalProperties", shape.rest != nil}), nil
}

// key describes one key: what it means, what it takes and its default.
func (s *schemer) key(k key) (object, error) {
	made := object{}
	if k.doc != "" {
		made = append(made, member{"description", k.doc})
	}
	described, err := s.value(k)
	if err != nil {
		return nil, err
	}
	made = append(made, described...)
	if k.hasDef {
		made = append(made, member{"default", defaultOf(k)})
	}
	return made, nil
}

func defaultOf(k key) any {
	switch kindOf(k.of) {
	case IntegerKind, FloatKind:
		return json.Number(k.fallback)
	case BooleanKind:
		return k.fallback == "true"
	}
	return k.fallback
}

// value describes what a key takes.
func (s *schemer) value(k key) (object, error) {
	t := under(k.of)
	if t.Kind() == reflect.Pointer && t != typeValue {
		t = under(t.Elem())
	}
	least, greatest := "minimum", "maximum"
	made := object{}
	switch {
	case t == typeValue:
		return made, nil // anything
	case t == typeDay:
		return object{{"type", "string"}, {"format", "date"}}, nil
	}
	switch t.Kind() {
	case reflect.String:
		made = object{{"type", "string"}}
		least, greatest = "minLength", "maxLength"
		switch {
		case k.oneOf != nil:
			made = append(made, member{"enum", k.oneOf})
		case k.id:
			made = append(made, member{"pattern", idPattern.String()})
		case k.need:
			made = append(made, member{"pattern", `\S`})
		}
	case reflect.Int, reflect.Int64:
		made = object{{"type", "integer"}}
	case reflect.Float64:
		made = object{{"type", "number"}}
	case reflect.Bool:
		made = object{{"type", "boolean"}}
	case reflect.Slice:
		items, err := s.value(key{name: k.name, of: t.Elem(), oneOf: k.oneOf, id: k.id, need: true})
		if err != nil {
			return nil, err
		}
		made = object{{"type", "array"}, {"items", items}}
		least, greatest = "minItems", "maxItems"
	case reflect.Map:
		inner, err := s.value(key{name: k.name, of: t.Elem(), oneOf: k.oneOf, id: k.id})
		if err != nil {
			return nil, err
		}
		return object{{"type", "object"}, {"additionalProperties", inner}}, nil
	case reflect.Struct:
		return s.table(t)
	default:
		return nil, fmt.Errorf("record: no schema of %s, of type %s", k.name, t)
	}
	for _, end := range []struct {
		name string
		limit
	}{{least, k.min}, {greatest, k.max}} {
		if end.set {
			made = append(made, member{end.name, json.Number(strconv.FormatFloat(end.x, 'f', -1, 64))})
		}
	}
	return made, nil
}
