package generator

import (
	"cairn/generator/diag"
	"cairn/generator/memory"
)

// A preview keeps what it made of the files that are few, and dear: nearly always the
// next look finds them as they were. What is kept is shared by the models of two looks, so
// nobody writes to it.

type keptValue struct {
	key   memory.Key
	value any
}

// keep returns what make gave the last time under this name, if all that it depends on is
// the same; a file that is not there is nil. A build keeps nothing.
func keep[T any](b *builder, name string, make func() T, files ...*diag.File) T {
	if b.kept == nil {
		return make()
	}
	var parts []string
	for _, file := range files {
		if file == nil {
			parts = append(parts, "", "")
		} else {
			parts = append(parts, file.Path, string(file.Text))
		}
	}
	key := memory.KeyOf(parts...)
	if found, ok := b.kept.Load(name); ok {
		if kept, ok := found.(keptValue); ok && kept.key == key {
			return kept.value.(T)
		}
	}
	made := make()
	b.kept.Store(name, keptValue{key, made})
	return made
}
