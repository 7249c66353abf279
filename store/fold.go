package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold lowers text and takes the accents off its letters, for searching and
// for an order that people expect: "Überland" beside "Ubermann".
func fold(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
