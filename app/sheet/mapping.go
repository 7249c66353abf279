package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Column is something an importer looks for in a header.
type Column struct {
	Key      string // what the importer calls it
	Label    string // what people call it
	Synonyms []string
}

// Suggest proposes for each wanted column the index of the header that names
// it, first by equal names, then by names contained in longer ones ("Customer
// name (required)"). Case, accents, spaces and punctuation do not count. No
// header is proposed twice; what is not found is not in the map.
func Suggest(header []string, want []Column) map[string]int {
	var pairs []pair
	for w, col := range want {
		for rank, name := range append([]string{col.Label, col.Key}, col.Synonyms...) {
			for h, title := range header {
				if s := likeness(title, name); s > 0 {
					pairs = append(pairs, pair{w, h, s*1000 - rank})
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return b.score - a.score })
	found, taken := map[string]int{}, map[int]bool{}
	for _, p := range pairs {
		key := want[p.want].Key
		if _, done := found[key]; !done && !taken[p.header] {
			found[key], taken[p.header] = p.header, true
		}
	}
	return found
}

// pair is a header that may be a wanted column.
type pair struct{ want, header, score int }

var aside = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]`)

// common are words that say little inside a longer name: the type of an
// address is not the type of a job, and the name of a street nobody's.
var common = []string{"type", "name", "date", "time", "state", "vehicle", "van", "truck", "driver", "id", "no", "number", "note", "notes", "item", "day", "service", "task", "work", "job", "title", "window", "order", "unit", "country", "city", "town",
	"art", "ort", "datum", "zeit", "land", "stand", "fahrzeug", "fahrer"}

// likeness is how well a title of a header names something; what stands in
// brackets there is said aside.
func likeness(title, name string) int {
	n, all := words(name), words(title)
	if strings.Join(all, "") == strings.Join(n, "") && len(n) > 0 {
		return 100
	}
	if bare := words(aside.ReplaceAllString(title, " ")); len(bare) > 0 && strings.Join(bare, "") == strings.Join(n, "") {
		return 99
	}
	s := alike(all, n)
	if len(n) == 1 && slices.Contains(common, n[0]) {
		return 0
	}
	return s
}

// alike scores equal names highest, then names that stand word for word
// within the title: the longer, the better.
func alike(title, name []string) int {
	t, n := strings.Join(title, ""), strings.Join(name, "")
	if n == "" || t == "" {
		return 0
	}
	if t == n {
		return 100
	}
	if len(n) < 3 {
		return 0
	}
	for i := 0; i+len(name) <= len(title); i++ {
		if slices.Equal(title[i:i+len(name)], name) {
			return 10 + min(80, len(n)*80/len(t))
		}
	}
	return 0
}

// words folds a name to lower case without accents and parts it at
// everything that is neither letter nor digit, and where "unitId" changes case.
func words(s string) []string {
	var out []string
	var word strings.Builder
	cut := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
	}
	lower := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			cut()
		default:
			if lower && unicode.IsUpper(r) {
				cut()
			}
			word.WriteRune(unicode.ToLower(r))
		}
		lower = unicode.IsLower(r)
	}
	cut()
	return out
}

// HeaderKey is the same for headers with the same names in the same order, so
// that a mapping once made is found again for the next file of its kind.
func HeaderKey(header []string) string {
	h := sha256.New()
	for _, title := range header[:trimmed(header)] {
		h.Write([]byte(strings.Join(words(title), "") + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
