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
		for i, r := range folded {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				if start < 0 {
					start = i
				}
				continue
			}
			if start >= 0 && !yield(stem(folded[start:i])) {
				return
			}
			start = -1
		}
		if start >= 0 {
			yield(stem(folded[start:]))
		}
	}
}

// fold takes away what a reader does not type: capitals, accents.
func fold(text string) string {
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(text)
	}
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
	letters := utf8.RuneCountInString(word)
	if letters > longest {
		word = string([]rune(word)[:longest])
	}
	switch {
	case letters <= 3 || !strings.HasSuffix(word, "s"):
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
