package mailtext

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:embed lang/*.json
var languages embed.FS

// catalogues are language → English text → text.
var catalogues = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	files, err := languages.ReadDir("lang")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, f := range files {
		raw, err := languages.ReadFile(path.Join("lang", f.Name()))
		texts := map[string]string{}
		if err == nil {
			err = json.Unmarshal(raw, &texts)
		}
		if err != nil {
			panic(fmt.Errorf("%s: %w", f.Name(), err))
		}
		all[strings.TrimSuffix(f.Name(), ".json")] = texts
	}
	return all
})

// t is the one translating function. English is the source and the last resort.
func t(lang, english string, args ...any) string {
	text := english
	if translated, ok := catalogues()[language(lang)][english]; ok {
		text = translated
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// language is the one we have for a tag such as "de-AT".
func language(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if _, ok := catalogues()[base]; ok {
		return base
	}
	return "en"
}

// say translates a sentence; what people typed in it is made harmless.
func (r Reader) say(english string, typed ...string) string {
	args := make([]any, len(typed))
	for i, text := range typed {
		args[i] = plain(text)
	}
	return t(r.Lang, english, args...)
}

// subject translates the one line that is not read as a text.
func (r Reader) subject(english string, typed ...string) string {
	args := make([]any, len(typed))
	for i, text := range typed {
		args[i] = line(text, 100)
	}
	return line(t(r.Lang, english, args...), 200)
}
