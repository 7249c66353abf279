package secret

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"
)

// The vectors of RFC 6238, appendix B, for SHA-1.
func TestTOTP_vectorsOfTheRFC(t *testing.T) {
	key := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130"} {
		if got := totp(key, at/30, 8); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

func TestTOTP_oneStepAroundAndNeverTwice(t *testing.T) {
	s, now := NewTOTP(rand.Reader), time.Unix(1_800_000_000, 0)
	for _, c := range []struct {
		off time.Duration
		ok  bool
	}{{0, true}, {-30 * time.Second, true}, {30 * time.Second, true}, {-90 * time.Second, false}, {90 * time.Second, false}} {
		if _, ok := MatchTOTP(s, CodeTOTP(s, now.Add(c.off)), now, 0); ok != c.ok {
			t.Errorf("off by %v: %v", c.off, ok)
		}
	}
	code := CodeTOTP(s, now)
	step, ok := MatchTOTP(s, code[:3]+" "+code[3:], now, 0)
	if !ok {
		t.Fatal("with a space it does not match")
	}
	if _, ok := MatchTOTP(s, code, now, step); ok {
		t.Error("a code worked twice")
	}
	for _, bad := range []string{"", "12345", "abcdef", strings.Repeat("1", 5000)} {
		if _, ok := MatchTOTP(s, bad, now, 0); ok && bad != code {
			t.Errorf("%q matched", bad)
		}
	}
}

func TestRecoveryCodes(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		c := NewRecoveryCode(rand.Reader)
		if seen[c] || len(c) != 11 || c[5] != '-' {
			t.Fatalf("%q", c)
		}
		seen[c] = true
		if !Equal(HashRecovery(strings.ToUpper(strings.ReplaceAll(c, "-", " ")), "1"), HashRecovery(c, "1")) || Equal(HashRecovery(c, "1"), HashRecovery(c, "2")) {
			t.Fatalf("%q: hashes", c)
		}
	}
	if HashRecovery("short", "1") != nil {
		t.Error("what is no code has a hash")
	}
}
