package ui

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"gatehouse/assets"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// T is the one translating function. English is the source; what a language
// does not have stays English. With arguments the text is a fmt format.
func (v *View) T(english string, args ...any) string {
	text := english
	if v != nil && v.Lang != "" && v.Lang != "en" {
		if t, ok := assets.Text(v.Lang, english); ok {
			text = t
		}
	}
	if text == english && v != nil && v.Words != (Words{}) {
		text = v.Words.in(text)
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Plural picks the text for n and puts the formatted number in place of its %s.
func (v *View) Plural(n int64, one, many string) string {
	if n == 1 {
		return strings.Replace(v.T(one), "%s", v.N(n), 1)
	}
	return strings.Replace(v.T(many), "%s", v.N(n), 1)
}

// N shows a whole number with the language's thousands separator.
func (v *View) N(n int64) string { return string(v.AppendN(nil, n)) }

// F shows a number with a fixed count of decimals. What is not a number is a dash.
func (v *View) F(f float64, decimals int) string { return string(v.AppendF(nil, f, decimals)) }

// AppendN is N for table cells.
func (v *View) AppendN(b []byte, n int64) []byte {
	var buf [20]byte
	return v.group(b, strconv.AppendInt(buf[:0], n, 10))
}

// AppendF is F for table cells.
func (v *View) AppendF(b []byte, f float64, decimals int) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(b, none...)
	}
	var buf [64]byte
	return v.group(b, strconv.AppendFloat(buf[:0], f, 'f', decimals, 64))
}

// group writes digits in groups of three and swaps in the language's signs.
func (v *View) group(b, digits []byte) []byte {
	s := signsOf(v.lang())
	if len(digits) > 0 && digits[0] == '-' {
		b, digits = append(b, "−"...), digits[1:]
	}
	whole := len(digits)
	for i, c := range digits {
		if c == '.' {
			whole = i
			break
		}
	}
	for i := range whole {
		if i > 0 && (whole-i)%3 == 0 {
			b = append(b, s.group...)
		}
		b = append(b, digits[i])
	}
	if whole < len(digits) {
		b = append(append(b, s.point...), digits[whole+1:]...)
	}
	return b
}

type signs struct{ group, point string }

var signsByLang sync.Map

func signsOf(lang string) signs {
	if s, ok := signsByLang.Load(lang); ok {
		return s.(signs)
	}
	s := learnSigns(lang)
	signsByLang.Store(lang, s)
	return s
}

// learnSigns asks x/text once a language; what does not use our digits gets English signs.
func learnSigns(lang string) signs {
	tag, err := language.Parse(lang)
	if err != nil {
		return signs{",", "."}
	}
	p := message.NewPrinter(tag).Sprint(number.Decimal(1234567.5))
	one, rest, ok1 := strings.Cut(p, "234")
	_, point, ok2 := strings.Cut(rest, "567")
	if !ok1 || !ok2 || !strings.HasPrefix(one, "1") {
		return signs{",", "."}
	}
	return signs{strings.TrimPrefix(one, "1"), strings.TrimSuffix(point, "5")}
}
