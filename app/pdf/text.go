package pdf

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// box stands for a character that the fonts cannot have.
const box = '□'

// plain is text as the fonts take it: composed, without what cannot be seen
// and without what lies beyond their tables.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.Is(unicode.Variation_Selector, r):
			return -1
		case r > 0xffff || r == unicode.ReplacementChar:
			return box
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, string(box))))
}

// fit is text cut to one line of the given width.
func (w *writer) fit(s string, wide float64) string {
	s = strings.ReplaceAll(plain(s), "\n", " ")
	if w.GetStringWidth(s) <= wide {
		return s
	}
	r := []rune(s)
	for len(r) > 0 && w.GetStringWidth(string(r)+"…") > wide {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

// lines breaks text between words, and inside one that is too long.
func (w *writer) lines(s string, wide float64) (out []string) {
	for para := range strings.SplitSeq(plain(s), "\n") {
		now := ""
		for _, word := range strings.Fields(para) {
			for _, part := range w.parts(word, wide) {
				switch {
				case now == "":
					now = part
				case w.GetStringWidth(now+" "+part) <= wide:
					now += " " + part
				default:
					out, now = append(out, now), part
				}
			}
		}
		out = append(out, now)
	}
	return out
}

// parts cuts a word that is wider than a line.
func (w *writer) parts(word string, wide float64) (out []string) {
	r := []rune(word)
	for w.GetStringWidth(string(r)) > wide && len(r) > 1 {
		n := 1
		for n < len(r)-1 && w.GetStringWidth(string(r[:n+1])) <= wide {
			n++
		}
		out, r = append(out, string(r[:n])), r[n:]
	}
	return append(out, string(r))
}

// rgb reads #rrggbb; what is none is a dark grey.
func rgb(hex string) (r, g, b int) {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		return 60, 60, 60
	}
	return int(n >> 16 & 255), int(n >> 8 & 255), int(n & 255)
}
