package search

import "strings"

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// values are what the digits stand for; 255 for what is none.
var values = func() (all [256]uint8) {
	for c := range all {
		all[c] = uint8(strings.IndexByte(digits, byte(c)))
	}
	return all
}()

// places are pages and weights, in order of the pages. A page is written as its
// distance to the one before in base 32, low digits first, each but the last with 32
// added; then comes the weight, from 1 to 63.
type places struct {
	text []byte
	next int
}

func (p *places) add(page int, weight uint8) {
	distance := page - p.next
	p.next = page + 1
	for distance >= 32 {
		p.text = append(p.text, digits[32+distance%32])
		distance /= 32
	}
	p.text = append(p.text, digits[distance], digits[weight])
}

// A cursor reads places.
type cursor struct {
	text []byte
	next int
}

// read returns the next place; ok is false at the end, and where the text breaks off.
func (c *cursor) read() (page int, weight uint8, ok bool) {
	distance, shift := 0, 0
	for i, digit := range c.text {
		value := values[digit]
		distance += int(value&31) << shift
		if shift += 5; value >= 32 && shift < 40 {
			continue
		}
		if i+1 >= len(c.text) {
			break
		}
		page, weight = c.next+distance, values[c.text[i+1]]&63
		c.text, c.next = c.text[i+2:], page+1
		return page, weight, true
	}
	c.text = nil
	return 0, 0, false
}

// merged puts places of pages that have other numbers now, or none, among new ones. It
// also counts the places.
func merged(old []byte, numbers []int32, fresh []byte) (text []byte, count int) {
	out := places{text: make([]byte, 0, len(old)+len(fresh)+8)}
	from, news := cursor{text: old}, cursor{text: fresh}
	page, weight, more := news.read()
	for {
		was, oldWeight, ok := from.read()
		if !ok || was >= len(numbers) {
			break
		}
		now := int(numbers[was])
		if now < 0 {
			continue
		}
		for more && page < now {
			out.add(page, weight)
			count++
			page, weight, more = news.read()
		}
		out.add(now, oldWeight)
		count++
	}
	for more {
		out.add(page, weight)
		count++
		page, weight, more = news.read()
	}
	return out.text, count
}
