package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"

	"cairn/generator/diag"
)

// json checks the whole text first, in one pass without recursion, so that the walk
// over its tokens can only fail by depth.
func (r *reader) json() *Value {
	text := r.text()
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil {
		at := r.end
		message := "it ends too soon"
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) && !strings.Contains(syntax.Error(), "unexpected end") {
			at, message = r.start+int(syntax.Offset)-1, syntax.Error()
		}
		r.fault(at, at+1, diag.RecordSyntax, "this JSON cannot be read: "+message, "keys and texts stand in double quotes, and no comma follows the last")
		return nil
	}
	j := &jsonWalk{reader: r, decoder: json.NewDecoder(bytes.NewReader(text))}
	j.decoder.UseNumber()
	return j.value(0)
}

type jsonWalk struct {
	*reader
	decoder *json.Decoder
}

// next returns the next token and its place.
func (j *jsonWalk) next() (t json.Token, start, end int) {
	start = j.start + int(j.decoder.InputOffset())
	for start < j.end && strings.IndexByte(" \t\r\n,:", j.file.Text[start]) >= 0 {
		start++
	}
	t, _ = j.decoder.Token() // the text has been checked
	return t, start, j.clamp(j.start + int(j.decoder.InputOffset()))
}

// value reads the next value, or returns nil if it nests too deep.
func (j *jsonWalk) value(depth int) *Value {
	t, start, end := j.next()
	v := &Value{Start: start, End: end}
	if _, opens := t.(json.Delim); opens && depth >= MaxDepth {
		j.tooDeep(start, end)
		return nil
	}
	switch t := t.(type) {
	case json.Delim:
		v.Kind = ListKind
		if t == '{' {
			v.Kind = TableKind
		}
		for j.decoder.More() {
			var field Field
			if v.Kind == TableKind {
				var key json.Token
				key, field.Start, field.End = j.next()
				field.Key, _ = key.(string)
			}
			field.Value = j.value(depth + 1)
			if field.Value == nil {
				return nil
			}
			if v.Kind == TableKind {
				j.add(v, field)
			} else {
				v.Items = append(v.Items, field.Value)
			}
		}
		_, _, v.End = j.next()
	case string:
		v.Kind, v.Text = StringKind, t
	case json.Number:
		v.Kind, v.Text = FloatKind, t.String()
		if n, err := strconv.ParseInt(v.Text, 10, 64); err == nil {
			v.Kind, v.Integer = IntegerKind, n
		} else if v.Float, _ = strconv.ParseFloat(v.Text, 64); math.Abs(v.Float) < 1<<53 && v.Float == math.Trunc(v.Float) {
			// JSON has one kind of number: 1.0 is 1.
			v.Kind, v.Integer = IntegerKind, int64(v.Float)
		}
	case bool:
		v.Kind, v.Boolean, v.Text = BooleanKind, t, strconv.FormatBool(t)
	default:
		v.Kind = NullKind
	}
	return v
}
