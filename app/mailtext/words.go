package mailtext

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestName  = 200
	longestBlock = 1000
)

// line is text for one line: no ends of lines or other controls, nothing that
// turns the direction of reading, no more than most characters.
func line(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return text
}

// plain is a name or another short text that somebody typed.
func plain(text string) string { return unlinked(line(text, longestName)) }

// linklike is what mail programs turn into links by themselves.
var linklike = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*:\S|www\.|[\pL\pN-]\.\pL{2,}`)

// unlinked puts a zero-width non-joiner behind the signs by which programs find
// addresses in a text, so that a firm called "evil.example" stays a name.
func unlinked(text string) string {
	if !linklike.MatchString(text) {
		return text
	}
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		b.WriteRune(r)
		if strings.ContainsRune(".:/", r) && i+1 < len(runes) && runes[i+1] != ' ' {
			b.WriteRune('\u200c')
		}
	}
	return b.String()
}

// lines are the lines of a longer text, empty ones left out.
func lines(text string) []string {
	var kept []string
	if runes := []rune(text); len(runes) > longestBlock {
		text = string(runes[:longestBlock-1]) + "…"
	}
	for _, l := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' }) {
		if l = unlinked(line(l, longestBlock)); l != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

// href lets only addresses through that a letter may lead to.
func href(text string) string {
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	if err != nil || len(text) > 2000 || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return ""
	}
	web := slices.Contains([]string{"http", "https"}, u.Scheme) && u.Host != "" && u.User == nil
	if web || slices.Contains([]string{"mailto", "tel"}, u.Scheme) && u.Opaque != "" {
		return text
	}
	return ""
}
