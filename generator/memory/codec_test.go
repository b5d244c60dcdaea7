package memory

import (
	"math"
	"reflect"
	"testing"
)

type tree struct {
	Name     string
	Children []tree
	Beside   *tree
}

type everything struct {
	Yes        bool
	Small      int8
	Large      int64
	Count      uint64
	Share      float64
	Text, None string
	Bytes      []byte
	Words      []string
	Map        map[string][]int
	Named      map[name]bool
	Array      [3]int
	Tree       tree
}

type name string

func TestPlainComesBackEqual(t *testing.T) {
	for _, want := range []everything{
		{},
		{
			Yes: true, Small: math.MinInt8, Large: math.MaxInt64, Count: math.MaxUint64, Share: -0.1, Text: "é\x00",
			Bytes: []byte{0, 255}, Words: []string{"", "b"}, Map: map[string][]int{"b": {1, -2}, "a": nil}, Named: map[name]bool{"x": true},
			Array: [3]int{1, 2, 3}, Tree: tree{"a", []tree{{"b", nil, nil}, {"c", []tree{{Name: "d"}}, nil}}, &tree{Name: "e"}},
		},
	} {
		data, err := encode(&want)
		if err != nil {
			t.Fatal(err)
		}
		var got everything
		if err := decode(data, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v (%v), want %+v", got, err, want)
		}
		again, err := encode(&want)
		if err != nil || string(again) != string(data) {
			t.Error("written twice, it differs")
		}
		for end := range data {
			if err := decode(data[:end], &got); err == nil {
				t.Errorf("cut at %d of %d it was read", end, len(data))
			}
		}
		if err := decode(append(data, 0), &got); err == nil {
			t.Error("with a byte more it was read")
		}
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	for _, value := range []any{new(any), new(func()), new(chan int), new(map[int]string), new(struct{ hidden int }), new([]error)} {
		if _, err := encode(value); err == nil {
			t.Errorf("%T was written", value)
		}
	}
}

func TestKeyOfPlain(t *testing.T) {
	type link struct{ Title, Address string }
	type view struct {
		Next, Previous *link
		Links          []link
	}
	key := func(value any) Key {
		k, err := KeyOfPlain(value)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	seen := map[Key]view{}
	for _, v := range []view{
		{}, {Next: &link{"a", "b"}}, {Previous: &link{"a", "b"}}, {Next: &link{"ab", ""}}, {Links: []link{{"a", "b"}}}, {Links: []link{{}, {}}}, {Next: &link{}},
	} {
		if first, second := key(v), key(v); first != second {
			t.Errorf("%+v has two keys", v)
		}
		if other, taken := seen[key(v)]; taken {
			t.Errorf("%+v has the key of %+v", v, other)
		}
		seen[key(v)] = v
	}
	type hidden struct {
		link
		number int
		words  map[string]string `memory:"-"`
	}
	if key(hidden{}) == key(hidden{number: 1}) || key(hidden{}) == key(hidden{link: link{Title: "a"}}) {
		t.Error("hidden fields are left out")
	}
	if key(hidden{}) != key(hidden{words: map[string]string{"a": "b"}}) {
		t.Error("what is to be left out is not")
	}
	for _, value := range []any{tree{}, struct{ Any any }{}, struct{ call func() }{}} {
		if _, err := KeyOfPlain(value); err == nil {
			t.Errorf("%T has a key", value)
		}
	}
}

// Whatever bytes are read, they give a value or an error, and no more memory than the
// bytes can fill.
func FuzzPlain(f *testing.F) {
	data, _ := encode(&everything{Text: "abc", Words: []string{"d"}, Map: map[string][]int{"e": {1}}, Tree: tree{Beside: &tree{}}})
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var value everything
		if decode(data, &value) != nil {
			return
		}
		back, err := encode(&value)
		if err != nil {
			t.Fatal(err)
		}
		var again everything
		if err := decode(back, &again); err != nil {
			t.Fatal(err)
		}
	})
}
