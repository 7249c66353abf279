package ui

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/assets"
)

func TestWhatALanguageLacksStaysEnglish(t *testing.T) {
	german := &View{Lang: "de"}
	for _, c := range []struct {
		v          *View
		text, want string
	}{
		{german, "Sign out", "Abmelden"},
		{german, "A text nobody translated", "A text nobody translated"},
		{&View{Lang: "xx"}, "Sign out", "Sign out"},
		{&View{}, "Sign out", "Sign out"},
		{nil, "Sign out", "Sign out"},
	} {
		if got := c.v.T(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
	if got := german.Plural(2000, "There is a problem", "There are %s problems"); got != "Es gibt 2.000 Probleme" {
		t.Errorf("plural: got %q", got)
	}
}

var (
	translated = regexp.MustCompile(`v\.T\("([^"]+)"`)
	plurals    = regexp.MustCompile(`v\.Plural\([^"]*"([^"]+)", "([^"]+)"`)
	verbs      = regexp.MustCompile(`%[a-z]`)
)

func TestGermanHasEveryTextOfTheParts(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d files (%v)", len(files), err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range append(translated.FindAllStringSubmatch(string(b), -1), plurals.FindAllStringSubmatch(string(b), -1)...) {
			for _, text := range m[1:] {
				if _, ok := assets.Text("de", text); !ok {
					t.Errorf("%s: %q is not in the German file", f, text)
				}
			}
		}
	}
}

func TestTranslationsTakeTheSameArguments(t *testing.T) {
	for _, l := range assets.Languages() {
		for english, text := range l.Texts {
			if got, want := strings.Join(verbs.FindAllString(text, -1), ""), strings.Join(verbs.FindAllString(english, -1), ""); got != want {
				t.Errorf("%s: %q takes %q, %q takes %q", l.Code, english, want, text, got)
			}
		}
	}
}

func TestNumbersFollowTheLanguage(t *testing.T) {
	for lang, want := range map[string]string{"en": "−1,234,567.5", "de": "−1.234.567,5", "fr": "−1\u00a0234\u00a0567,5", "": "−1,234,567.5", "nonsense!": "−1,234,567.5", "fa": "−1,234,567.5"} {
		if got := (&View{Lang: lang}).F(-1234567.5, 1); got != want {
			t.Errorf("%q: got %q, want %q", lang, got, want)
		}
	}
	v := &View{}
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", math.MinInt64: "−9,223,372,036,854,775,808"} {
		if got := v.N(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
	if got := v.F(math.NaN(), 2); got != "–" {
		t.Errorf("not a number: got %q", got)
	}
}

func TestDatesFollowThePerson(t *testing.T) {
	at := time.Date(2026, 3, 9, 17, 5, 0, 0, time.UTC)
	for _, c := range []struct {
		f    Format
		want string
	}{
		{Format{}, "03/09/2026 5:05 PM"},
		{Format{Order: "DMY", Sep: ".", Clock24: true}, "09.03.2026 17:05"},
		{Format{Order: "YMD", Sep: "-", Clock24: true, Zone: time.FixedZone("", 8*3600)}, "2026-03-10 01:05"},
	} {
		if got := c.f.DateTime(at); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.f, got, c.want)
		}
	}
	if got := (Format{}).DateTime(time.Time{}); got != "–" {
		t.Errorf("the zero time shows %q", got)
	}
}

func TestAgo(t *testing.T) {
	now, v := time.Date(2026, 3, 9, 17, 5, 0, 0, time.UTC), &View{}
	for back, want := range map[time.Duration]string{
		time.Second: "just now", 90 * time.Second: "1 min ago", 25 * time.Hour: "1 d ago",
		40 * 24 * time.Hour: "01/28/2026", -time.Hour: "03/09/2026 6:05 PM",
	} {
		if got := v.Ago(now.Add(-back), now); got != want {
			t.Errorf("%v: got %q, want %q", back, got, want)
		}
	}
	if got := v.Ago(time.Time{}, now); got != "–" {
		t.Errorf("never: got %q", got)
	}
}
