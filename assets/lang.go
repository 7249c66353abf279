package assets

import (
	"encoding/json"
	"sort"
	"strings"
	"sync"
)

// Language is one file of the folder lang: English texts and what they are called there.
type Language struct {
	Code  string            `json:"code"`
	Name  string            `json:"name"` // in that language itself
	Texts map[string]string `json:"texts"`
}

var languages = sync.OnceValue(func() map[string]Language {
	all := map[string]Language{"en": {Code: "en", Name: "English"}}
	entries, err := files.ReadDir("lang")
	if err != nil {
		panic("assets: " + err.Error()) // embedded, so it can be read
	}
	for _, e := range entries {
		b, err := files.ReadFile("lang/" + e.Name())
		if err != nil {
			panic("assets: " + err.Error())
		}
		l := Language{Code: strings.TrimSuffix(e.Name(), ".json")}
		if err := json.Unmarshal(b, &l); err != nil {
			panic("assets: lang/" + e.Name() + ": " + err.Error())
		}
		all[l.Code] = l
	}
	return all
})

// Text returns an English text in another language, and whether that language has it.
func Text(lang, english string) (string, bool) {
	t, ok := languages()[lang].Texts[english]
	return t, ok && t != ""
}

// Languages lists every language, English included, in the order of their codes.
func Languages() []Language {
	list := make([]Language, 0, len(languages()))
	for _, l := range languages() {
		list = append(list, l)
	}
	sort.Slice(list, func(i, k int) bool { return list[i].Code < list[k].Code })
	return list
}
