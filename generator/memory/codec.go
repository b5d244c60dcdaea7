package memory

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// What is remembered is written by a codec of our own. encoding/gob describes its types
// anew in each entry, and reading a small entry costs it a hundred times the copying of
// the bytes. Here there is no description: the running program is part of every key,
// so who reads an entry has the very types that wrote it. Strings are read as pieces of
// one string, so an entry of many of them is one allocation.
//
// It writes plain data: numbers, strings, and slices, arrays, maps with ordered keys,
// pointers and exported fields of such. An empty slice or map comes back as nil.

// encodePlain appends a value.
func encodePlain(value any) (data []byte, err error) {
	v := reflect.ValueOf(value).Elem()
	t, err := planOf(v.Type(), false)
	if err != nil {
		return nil, err
	}
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	*room = t.write((*room)[:0], v)
	return bytes.Clone(*room), nil
}

// rooms are where values are written first: growing one for each costs more than a copy.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// KeyOfPlain hashes values with all their parts, also hidden fields; those with the tag
// memory:"-" are left out. If a part is not plain, or may lead back to itself by a
// pointer, there is no key. A pointer stands for what it points to.
func KeyOfPlain(values ...any) (Key, error) {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	data := (*room)[:0]
	for _, value := range values {
		v := reflect.ValueOf(value)
		if v.Kind() == reflect.Pointer && !v.IsNil() {
			v = v.Elem() // so that a large value need not be copied
		}
		p, err := planOf(v.Type(), true)
		if err != nil {
			return Key{}, err
		}
		data = p.write(data, v)
	}
	*room = data
	return Key(sha256.Sum256(data)), nil
}

var errPlain = errors.New("a damaged entry")

// decodePlain reads a value into what a pointer points to.
func decodePlain(data []byte, value any) (err error) {
	v := reflect.ValueOf(value).Elem()
	t, err := planOf(v.Type(), false)
	if err != nil {
		return err
	}
	defer func() {
		if failure := recover(); failure != nil {
			if failure != errPlain {
				panic(failure)
			}
			v.SetZero()
			err = errPlain
		}
	}()
	r := reader{rest: string(data)}
	t.read(&r, v)
	if r.rest != "" {
		panic(errPlain)
	}
	return nil
}

// A plan is how values of a type are written and read.
type plan struct {
	write func([]byte, reflect.Value) []byte
	read  func(*reader, reflect.Value)
}

var plans sync.Map // planID to planned

type planID struct {
	of     reflect.Type
	strict bool
}

type planned struct {
	plan *plan
	err  error
}

// planOf returns the plan of a type. A strict one is that of KeyOfPlain.
func planOf(t reflect.Type, strict bool) (*plan, error) {
	id := planID{t, strict}
	if made, ok := plans.Load(id); ok {
		return made.(planned).plan, made.(planned).err
	}
	m := planner{strict, map[reflect.Type]*plan{}, map[reflect.Type]bool{}}
	made, err := m.plan(t)
	plans.Store(id, planned{made, err})
	return made, err
}

// A planner knows the plans it is making, for types that hold themselves.
type planner struct {
	strict bool
	making map[reflect.Type]*plan
	// open are those that are not finished.
	open map[reflect.Type]bool
}

func (m planner) plan(t reflect.Type) (*plan, error) {
	if p, ok := m.making[t]; ok {
		return p, nil
	}
	p := &plan{}
	m.making[t], m.open[t] = p, true
	defer delete(m.open, t)
	switch t.Kind() {
	case reflect.Bool:
		p.write = func(b []byte, v reflect.Value) []byte {
			if v.Bool() {
				return append(b, 1)
			}
			return append(b, 0)
		}
		p.read = func(r *reader, v reflect.Value) { v.SetBool(r.byte() != 0) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.write = func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, v.Int()) }
		p.read = func(r *reader, v reflect.Value) {
			n := r.number()
			v.SetInt(int64(n>>1) ^ -int64(n&1))
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		p.write = func(b []byte, v reflect.Value) []byte { return binary.AppendUvarint(b, v.Uint()) }
		p.read = func(r *reader, v reflect.Value) { v.SetUint(r.number()) }
	case reflect.Float32, reflect.Float64:
		p.write = func(b []byte, v reflect.Value) []byte {
			return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Float()))
		}
		p.read = func(r *reader, v reflect.Value) {
			v.SetFloat(math.Float64frombits(binary.BigEndian.Uint64([]byte(r.take(8)))))
		}
	case reflect.String:
		p.write = func(b []byte, v reflect.Value) []byte {
			s := v.String()
			return append(binary.AppendUvarint(b, uint64(len(s))), s...)
		}
		p.read = func(r *reader, v reflect.Value) { v.SetString(r.take(r.length())) }
	case reflect.Pointer:
		if m.open[t.Elem()] && m.strict {
			return nil, fmt.Errorf("a %s may lead back to itself", t)
		}
		inner, err := m.plan(t.Elem())
		if err != nil {
			return nil, err
		}
		p.write = func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, 0)
			}
			return inner.write(append(b, 1), v.Elem())
		}
		p.read = func(r *reader, v reflect.Value) {
			if r.byte() != 0 {
				v.Set(reflect.New(t.Elem()))
				inner.read(r, v.Elem())
			}
		}
	case reflect.Slice:
		return p, m.slice(p, t)
	case reflect.Array:
		inner, err := m.plan(t.Elem())
		if err != nil {
			return nil, err
		}
		p.write = func(b []byte, v reflect.Value) []byte {
			for i := range v.Len() {
				b = inner.write(b, v.Index(i))
			}
			return b
		}
		p.read = func(r *reader, v reflect.Value) {
			for i := range v.Len() {
				inner.read(r, v.Index(i))
			}
		}
	case reflect.Map:
		return p, m.mapping(p, t)
	case reflect.Struct:
		return p, m.structure(p, t)
	default:
		return nil, fmt.Errorf("a %s cannot be remembered", t)
	}
	return p, nil
}

func (m planner) slice(p *plan, t reflect.Type) error {
	if t.Elem().Kind() == reflect.Uint8 {
		p.write = func(b []byte, v reflect.Value) []byte {
			return append(binary.AppendUvarint(b, uint64(v.Len())), v.Bytes()...)
		}
		p.read = func(r *reader, v reflect.Value) {
			if n := r.length(); n > 0 {
				v.SetBytes([]byte(r.take(n)))
			}
		}
		return nil
	}
	inner, err := m.plan(t.Elem())
	if err != nil {
		return err
	}
	p.write = func(b []byte, v reflect.Value) []byte {
		b = binary.AppendUvarint(b, uint64(v.Len()))
		for i := range v.Len() {
			b = inner.write(b, v.Index(i))
		}
		return b
	}
	p.read = func(r *reader, v reflect.Value) {
		n := r.length() // every element takes a byte at least
		if n == 0 {
			return
		}
		v.Set(reflect.MakeSlice(t, n, n))
		for i := range n {
			inner.read(r, v.Index(i))
		}
	}
	return nil
}

func (m planner) mapping(p *plan, t reflect.Type) error {
	if t.Key().Kind() != reflect.String {
		return fmt.Errorf("a %s cannot be remembered: its keys are no strings", t)
	}
	inner, err := m.plan(t.Elem())
	if err != nil {
		return err
	}
	p.write = func(b []byte, v reflect.Value) []byte {
		keys := v.MapKeys()
		slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
		b = binary.AppendUvarint(b, uint64(len(keys)))
		for _, key := range keys {
			b = append(binary.AppendUvarint(b, uint64(key.Len())), key.String()...)
			b = inner.write(b, v.MapIndex(key))
		}
		return b
	}
	p.read = func(r *reader, v reflect.Value) {
		n := r.length()
		if n == 0 {
			return
		}
		v.Set(reflect.MakeMapWithSize(t, n))
		for range n {
			key := reflect.New(t.Key()).Elem()
			key.SetString(r.take(r.length()))
			value := reflect.New(t.Elem()).Elem()
			inner.read(r, value)
			v.SetMapIndex(key, value)
		}
	}
	return nil
}

func (m planner) structure(p *plan, t reflect.Type) error {
	type field struct {
		index int
		*plan
	}
	var fields []field
	for i := range t.NumField() {
		if m.strict && t.Field(i).Tag.Get("memory") == "-" || !m.strict && !t.Field(i).IsExported() {
			continue
		}
		inner, err := m.plan(t.Field(i).Type)
		if err != nil {
			return fmt.Errorf("%s of %s: %w", t.Field(i).Name, t, err)
		}
		fields = append(fields, field{i, inner})
	}
	if len(fields) == 0 && !m.strict {
		return fmt.Errorf("a %s cannot be remembered: it has no exported field", t)
	}
	p.write = func(b []byte, v reflect.Value) []byte {
		for _, f := range fields {
			b = f.write(b, v.Field(f.index))
		}
		return b
	}
	p.read = func(r *reader, v reflect.Value) {
		for _, f := range fields {
			f.read(r, v.Field(f.index))
		}
	}
	return nil
}

// A reader is what is left of an entry. It panics with errPlain at its end.
type reader struct{ rest string }

func (r *reader) byte() byte {
	if r.rest == "" {
		panic(errPlain)
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *reader) number() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		b := r.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	panic(errPlain)
}

// length is a number of bytes or elements that can still be there.
func (r *reader) length() int {
	n := r.number()
	if n > uint64(len(r.rest)) {
		panic(errPlain)
	}
	return int(n)
}

func (r *reader) take(n int) string {
	if n > len(r.rest) {
		panic(errPlain)
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}
