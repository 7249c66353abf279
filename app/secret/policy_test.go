package secret

import (
	"errors"
	"strings"
	"testing"

	"gatehouse/store/fault"
)

func TestCheck(t *testing.T) {
	own := []string{"Fernhill Rental GmbH", "Müller", "Anna-Lena", "anna.mueller@fernhill.example", "Kranwerk Portal"}
	for _, c := range []struct {
		password string
		says     string // "" when it is fine
	}{
		// Fine: long enough and nobody's first guess, of whatever kind.
		{"correct horse battery staple", ""},
		{"three blue excavators", ""},
		{"drei blaue bagger am see", ""},
		{"horse lantern copper", ""},
		{"kdjwqpxmzrtv", ""},
		{"K7#mQ2$vLp9x", ""},
		{"xK9mQ2vLp7Rt", ""},
		{"ドライバーは毎朝早く起きてくる", ""},
		{"пароль из четырёх слов тут", ""},
		{"🚜🏗️🚚🔧🛻🚛⛽🛞🧰🪛🔩⚙️🪝🧱🦺", ""},
		{"    leading and trailing    ", ""},
		{"Anna-Lena rides purple tractors", ""},
		{"830174920561", ""},
		{strings.Repeat("länger als üblich ", 20) + "ist gut", ""},
		{"a\u0301e\u0301o\u0301 bagger schwimmt", ""},

		// Too short, counted as people count.
		{"", "at least 12"},
		{"kdjwqpxmzrt", "at least 12"},
		{"🚜🏗🚚🔧🛻🚛⛽🛞🧰🪛🔩", "at least 12"},
		{"a\u0301e\u0301i\u0301o\u0301u\u0301y\u0301", "at least 12"},

		// Common, and common with a bow on it.
		{"123456789qwe", "common"},
		{"administrator", "common"},
		{"Password1234", "common"},
		{"Password2024!", "common"},
		{"p4ssw0rd2024", "common"},
		{"P@$$w0rd!!!!", "common"},
		{"Passwort2025!", "common"},
		{"Willkommen123", "common"},
		{"Sommer2024!!", "common"},
		{"Welcome12345", "common"},
		{"iloveyou2023!", "common"},
		{"welcomeadmin", "common"},
		{"!!!football!!!", "common"},
		{"letmeinplease", "common"},
		{"dragonmaster1", "common"},
		{"Kundenportal1", "common"},
		{"Mietpark-2025", "common"},
		{"dkflbvbhjdbx", "common"},
		{"passwordpassword", "common"},
		{"passwordpasswordpassword", "common"},
		{"ｐａｓｓｗｏｒｄ１２３４", "common"},
		{"PÄSSWÖRT2024", "common"},

		// Names that stand on the sign-in page.
		{"fernhillrental", "names"},
		{"Fernhill2024!", "names"},
		{"FernhillRental1", "names"},
		{"Anna-Lena-1990", "names"},
		{"MuellerAnna99", "names"},
		{"Müller-Müller", "names"},
		{"F3rnh1ll-R3nt4l", "names"},
		{"gatehouse2026", "names"},
		{"kranwerk-kranwerk", "names"},

		// Patterns.
		{"aaaaaaaaaaaa", "repeats"},
		{"            ", "repeats"},
		{"🚜🚜🚜🚜🚜🚜🚜🚜🚜🚜🚜🚜🚜🚜🚜", "repeats"},
		{"abcabcabcabc", "repeats"},
		{"x9mx9mx9mx9m", "repeats"},
		{"abcdefghijklm", "repeats"},
		{"zyxwvutsrqpo", "repeats"},
		{"qwertzuiop12", "repeats"},
		{"asdfghjkl987", "repeats"},
		{"1qay2wsx3edc4rfv", "repeats"},
		{"aaaabbbbcccc", "repeats"},
		{"20242025202620", "repeats"},
		{strings.Repeat("\u0301", 12), "repeats"},
		{"a" + strings.Repeat("\u0301\u0323", 12), "repeats"},

		// Too long, and not text.
		{strings.Repeat("länger als ", 100), "too long"},
		{strings.Repeat("🚜", 1001), "too long"},
		{"three blue \xff excavators", "cannot be stored"},
	} {
		t.Run(c.password[:min(40, len(c.password))], func(t *testing.T) {
			err := Check(c.password, Policy{Own: own})
			if c.says == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if fault.Of(err) != fault.Invalid || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want Invalid with %q", err, c.says)
			}
		})
	}
}

func TestCheck_everyAllowedPasswordCanBeHashed(t *testing.T) {
	var longest strings.Builder
	for r := '\U00020000'; r < '\U00020000'+maxRunes; r += 1 {
		longest.WriteRune(r) // 1,000 different characters of 4 bytes
	}
	if err := Check(longest.String(), Policy{}); err != nil {
		t.Fatal(err)
	}
	if _, err := Hash(t.Context(), longest.String()); err != nil {
		t.Error(err)
	}
}

func TestPolicy_Least(t *testing.T) {
	for given, want := range map[int]int{0: 12, 1: 8, 8: 8, 15: 15, 64: 64, 1000: 64, -3: 8} {
		if got := (Policy{MinLength: given}).Least(); got != want {
			t.Errorf("of %d: got %d, want %d", given, got, want)
		}
	}
	if err := Check("kdjwqpxmzrtv", Policy{MinLength: 15}); err == nil {
		t.Error("12 characters are accepted where 15 are asked for")
	}
	if err := Check("kdjwqpxm", Policy{MinLength: 8}); err != nil {
		t.Error(err)
	}
}

func TestCheck_saysNothingOfThePassword(t *testing.T) {
	err := Check("Fernhill2024!", Policy{Own: []string{"Fernhill"}})
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || strings.Contains(strings.ToLower(f.Says), "fernhill") {
		t.Errorf("got %v: it would show up in logs", err)
	}
}

func TestCommonFile_isWhole(t *testing.T) {
	c := commonWords()
	if len(c.top) < 3000 || len(c.rest) < 40000 {
		t.Fatalf("%d and %d words", len(c.top), len(c.rest))
	}
	for _, word := range []string{"password", "dragon", "monkey", "letmein"} {
		if c.cost(word) != costTopWord {
			t.Errorf("%q is not among the most common", word)
		}
	}
	if c.cost("staple") != costWord || c.cost("zwetschgenknödel") != 0 {
		t.Error("the rest of the list is off")
	}
}

func BenchmarkCheck_longest(b *testing.B) {
	long := strings.Repeat("kdj7wq3x!zrt", 83)
	long = long[:900] + "the end of it all"
	for b.Loop() {
		_ = Check(long, Policy{Own: []string{"Fernhill Rental"}})
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Password2024!", "Fernhill Rental")
	f.Add(strings.Repeat("\u0301", 12), "\u0301")
	f.Add("ab\u212b\u1e9b\u0323cdefghijk", "ｱ")
	f.Fuzz(func(t *testing.T, password, own string) {
		err := Check(password, Policy{Own: []string{own}})
		if err != nil && fault.Of(err) != fault.Invalid {
			t.Errorf("got %v", err)
		}
	})
}
