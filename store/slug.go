package store

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// latin spells letters that do not fall apart into a base letter and a mark.
var latin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŋ': "n",
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'к': "k", 'л': "l", 'м': "m", 'н': "n",
	'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch",
	'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya", 'і': "i", 'є': "ye", 'ґ': "g", 'ђ': "dj", 'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'џ': "dz",
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m", 'ν': "n",
	'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// Slug spells a name as an address part: "Łódź Żurawie & Söhne" is
// lodz-zurawie-sohne. A name without a letter we can spell is "portal".
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		spelled, known := latin[r]
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			spelled = string(r)
		case known || unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		default:
			gap = true
			continue
		}
		if spelled == "" {
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(spelled)
	}
	slug := strings.Trim(clip(b.String(), 32), "-")
	if len(slug) < 2 {
		return "portal"
	}
	return slug
}

// freeSlug finds an address for a portal: the customer's name, then the
// provider's before it, then a number behind. Addresses are the appliance's,
// so the question goes past the wall and learns only yes or no.
func (s Staff) freeSlug(ctx context.Context, name string) (string, error) {
	slug := Slug(name)
	if free, err := s.slugFree(ctx, slug); free || err != nil {
		return slug, err
	}
	slug = strings.Trim(clip(s.home.Slug+"-"+slug, 36), "-")
	for n := 1; ; n++ {
		try := slug
		if n > 1 {
			try += "-" + strconv.Itoa(n)
		}
		if free, err := s.slugFree(ctx, try); free || err != nil {
			return try, err
		}
	}
}

func (s Staff) slugFree(ctx context.Context, slug string) (bool, error) {
	free := true
	err := s.db.query(ctx, s.conn, `SELECT 1 FROM portals WHERE slug = :slug`, bindSets(nil, p(":slug", slug)), func(*row) error { free = false; return nil })
	return free, err
}
