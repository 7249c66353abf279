package secret

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"gatehouse/store/fault"
)

// Policy is what a provider asks of passwords.
type Policy struct {
	// MinLength counts characters as people do (code points): 12 when zero, and
	// never less than 8 or more than 64.
	MinLength int
	// Own are words an outsider would try first: the names of provider, product
	// and person, and the address. They are taken apart here.
	Own []string
}

// Least is the number of characters the policy really asks for.
func (p Policy) Least() int {
	if p.MinLength == 0 {
		return 12
	}
	return min(max(p.MinLength, 8), 64)
}

// Check returns an Invalid fault, with a sentence to stand at the field, when
// the password is too short, too long, or among the first that somebody would
// try. There are no rules about kinds of characters.
func Check(password string, p Policy) error {
	text := norm.NFC.String(password)
	switch n := utf8.RuneCountInString(text); {
	case n < p.Least():
		return fault.New(fault.Invalid, "Use at least %d characters. Three or four words in a row are easy to remember.", p.Least())
	case n > maxRunes || len(text) > maxBytes:
		return tooLong()
	case !utf8.ValidString(text):
		return fault.New(fault.Invalid, "This password has characters that cannot be stored. Please type it instead of pasting it.")
	}
	switch worth(fold(text), ownWords(p.Own)) {
	case guessedFromNames:
		return fault.New(fault.Invalid, "This password can be guessed from names that belong to you or to this portal. Use other words.")
	case guessedFromList:
		return fault.New(fault.Invalid, "This password is among the common ones that are tried first. Add another word or two that nobody would expect.")
	case guessedFromPattern:
		return fault.New(fault.Invalid, "This password repeats itself or follows the keyboard. Use words that do not belong together.")
	}
	return nil
}

// ownWords takes names and addresses apart: "Fernhill Rental" is fernhill,
// rental and fernhillrental.
func ownWords(own []string) map[string]bool {
	words := map[string]bool{"gatehouse": true}
	add := func(word string) {
		if utf8.RuneCountInString(word) >= 3 {
			words[word] = true
		}
	}
	for _, name := range own {
		parts := strings.FieldsFunc(string(fold(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		add(strings.Join(parts, ""))
		for _, part := range parts {
			add(part)
		}
	}
	return words
}

// fold makes Pässwort, PASSWORT and passwort the same.
func fold(text string) []rune {
	var folded []rune
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ß':
			folded = append(folded, 's', 's')
		default:
			folded = append(folded, r)
		}
	}
	return folded
}
