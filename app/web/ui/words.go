package ui

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Words stand in English texts in place of “asset” and “job” (row 6). The zero
// value changes nothing.
type Words struct{ Asset, Job string }

var rewordings sync.Map // Words → *strings.Replacer

func (w Words) in(text string) string {
	if !strings.Contains(text, "sset") && !strings.Contains(text, "ob") {
		return text
	}
	r, ok := rewordings.Load(w)
	if !ok {
		r, _ = rewordings.LoadOrStore(w, w.replacer())
	}
	return r.(*strings.Replacer).Replace(text)
}

// replacer swaps each word as a whole word: what stands around it is part of
// what is looked for only where it matters, in “an asset”.
func (w Words) replacer() *strings.Replacer {
	var pairs []string
	add := func(from, to, article, newArticle string) {
		if to == "" || to == from {
			return
		}
		pairs = append(pairs, " "+article+" "+from, " "+newArticle+" "+to, capital(article)+" "+from, capital(newArticle)+" "+to,
			from, to, capital(from), capital(to))
	}
	add("asset", w.Asset, "an", "a")
	add("job", w.Job, "a", article(w.Job))
	return strings.NewReplacer(pairs...)
}

// article is the indefinite one before a word; “unit” sounds like “you”.
func article(word string) string {
	if word != "" && strings.ContainsRune("aeio", rune(word[0])) {
		return "an"
	}
	return "a"
}

func capital(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}
