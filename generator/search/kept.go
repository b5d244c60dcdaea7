package search

import (
	"encoding/binary"
	"errors"

	"cairn/generator/memory"
)

// After an edit nearly all words stand where they stood. So the words of all pages are
// remembered as a whole, with a key for each page: a hash of all that its words depend
// on. The next build reads the pages that have another key, takes what was of the others
// out of the lists, and gives those that moved their new numbers. It never asks which
// words an edit has touched, so there is nothing in which it could differ from an index
// that is made from nothing.

// A Memory keeps the index from one build to the next. It gives back what it was given
// last, or nothing. What it is given has room for memory.WholeTail more.
type Memory interface {
	Get() []byte
	Put([]byte)
}

// A Key is a hash of what a page's words depend on.
type Key [16]byte

// kept is an index as it is remembered.
type kept struct {
	keys  []Key
	words []entry
}

func (k *kept) encode() []byte {
	size := 16 + len(k.keys)*len(Key{}) + memory.WholeTail
	for i := range k.words {
		word := &k.words[i]
		size += 16 + len(word.word) + len(word.all) + len(word.named)
	}
	data := binary.AppendUvarint(make([]byte, 0, size), uint64(len(k.keys)))
	for _, key := range k.keys {
		data = append(data, key[:]...)
	}
	data = binary.AppendUvarint(data, uint64(len(k.words)))
	for i := range k.words {
		word := &k.words[i]
		data = binary.AppendUvarint(data, uint64(len(word.word)))
		data = binary.AppendUvarint(data, uint64(len(word.all)))
		data = binary.AppendUvarint(data, uint64(len(word.named)))
		data = append(append(append(data, word.word...), word.all...), word.named...)
	}
	return data
}

var errKept = errors.New("no index")

// decode reads what encode wrote. Lists are pieces of the data.
func decode(data []byte) (k *kept, err error) {
	number := func(most int) int {
		n, size := binary.Uvarint(data)
		if size <= 0 || n > uint64(most) {
			err = errKept
			return 0
		}
		data = data[size:]
		return int(n)
	}
	take := func(n int) []byte {
		if n > len(data) {
			err = errKept
			return nil
		}
		taken := data[:n:n]
		data = data[n:]
		return taken
	}
	k = &kept{}
	k.keys = make([]Key, number(len(data)/len(Key{})))
	for i := range k.keys {
		copy(k.keys[i][:], take(len(Key{})))
	}
	k.words = make([]entry, number(len(data)))
	for i := 0; i < len(k.words) && err == nil; i++ {
		word, all, named := number(len(data)), number(len(data)), number(len(data))
		k.words[i] = entry{string(take(word)), list{all: take(all), named: take(named)}}
	}
	if err != nil || len(data) > 0 {
		return nil, errKept
	}
	return k, nil
}

// numbers returns the new number of each page that is remembered, -1 for one that is not
// among the keys or not wanted; nil if pages have changed places.
func (k *kept) numbers(keys []Key, wanted func(page int) bool) []int32 {
	now := make(map[Key]int32, len(keys))
	for i, key := range keys {
		if wanted(i) {
			now[key] = int32(i)
		}
	}
	numbers := make([]int32, len(k.keys))
	last := int32(-1)
	for i, key := range k.keys {
		number, ok := now[key]
		if !ok {
			numbers[i] = -1
			continue
		}
		if number <= last {
			return nil
		}
		numbers[i], last = number, number
	}
	return numbers
}

// merge puts new words among those that are remembered.
func (k *kept) merge(numbers []int32, fresh []entry) []entry {
	words := make([]entry, 0, len(k.words)+len(fresh))
	for i := range k.words {
		was := &k.words[i]
		for len(fresh) > 0 && fresh[0].word < was.word {
			words, fresh = append(words, fresh[0]), fresh[1:]
		}
		news := list{}
		if len(fresh) > 0 && fresh[0].word == was.word {
			news, fresh = fresh[0].list, fresh[1:]
		}
		next := entry{word: was.word}
		if next.all, next.pages = merged(was.all, numbers, news.all); next.pages == 0 {
			continue
		}
		next.named, _ = merged(was.named, numbers, news.named)
		words = append(words, next)
	}
	return append(words, fresh...)
}
