package search

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words yields the words of a text as the index knows them: small letters without
// accents, and without the s of a plural. client/search/engine.ts does the same.
func Words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := -1
		folded := fold(text)
		for i := 0; i < len(folded); {
			size, inWord := 1, inWords[folded[i]]
			if folded[i] >= utf8.RuneSelf {
				var r rune
				r, size = utf8.DecodeRuneInString(folded[i:])
				inWord = unicode.IsLetter(r) || unicode.IsNumber(r)
			}
			switch {
			case inWord && start < 0:
				start = i
			case !inWord && start >= 0:
				if !yield(stem(folded[start:i])) {
					return
				}
				start = -1
			}
			i += size
		}
		if start >= 0 {
			yield(stem(folded[start:]))
		}
	}
}

// inWords are the letters and numbers of ASCII.
var inWords = func() (all [256]bool) {
	for c := range utf8.RuneSelf {
		all[c] = unicode.IsLetter(rune(c)) || unicode.IsNumber(rune(c))
	}
	return all
}()

// fold takes away what a reader does not type: capitals, accents. What is not ASCII is
// folded piece by piece; no sign of ASCII is part of an accented letter but the letter.
func fold(text string) string {
	plain := 0
	for plain < len(text) && text[plain] < utf8.RuneSelf && !('A' <= text[plain] && text[plain] <= 'Z') {
		plain++
	}
	if plain == len(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(text[:plain])
	for at := plain; at < len(text); {
		if c := text[at]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			b.WriteByte(c)
			at++
			continue
		}
		end := at
		for end < len(text) && text[end] >= utf8.RuneSelf {
			end++
		}
		b.WriteString(foldOthers(text[at:end]))
		at = end
	}
	return b.String()
}

func foldOthers(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.M, r):
			return -1
		case r == 'ς': // browsers write it at the end of a word, Go does not
			return 'σ'
		}
		return r
	}, strings.ToLower(norm.NFKD.String(text)))
}

// longest is how many letters are kept of a word: what is longer is no word.
const longest = 40

// stem takes the s of a plural away (D. Harman, How effective is suffixing?, Journal
// of the American Society for Information Science 42, 1991: the "S" stemmer).
func stem(word string) string {
	if len(word) > longest && utf8.RuneCountInString(word) > longest {
		word = string([]rune(word)[:longest])
	}
	if !strings.HasSuffix(word, "s") || len(word) <= 3*utf8.UTFMax && utf8.RuneCountInString(word) <= 3 {
		return word
	}
	switch {
	case strings.HasSuffix(word, "ies") && !strings.HasSuffix(word, "eies") && !strings.HasSuffix(word, "aies"):
		return word[:len(word)-3] + "y"
	case strings.HasSuffix(word, "es") && !strings.HasSuffix(word, "aes") && !strings.HasSuffix(word, "ees") && !strings.HasSuffix(word, "oes"):
		return word[:len(word)-1]
	case strings.HasSuffix(word, "us") || strings.HasSuffix(word, "ss"):
	default:
		return word[:len(word)-1]
	}
	return word
}
