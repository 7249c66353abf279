package secret

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"testing"

	"gatehouse/store/fault"
)

var kinds = []string{Invitation, Activation, Reset, EmailChange, API, Session, SetUp}

func TestNewToken(t *testing.T) {
	for _, kind := range kinds {
		secret, hash := NewToken(rand.Reader, kind)
		if !strings.HasPrefix(secret, kind+"_") || len(secret) != 4+43 {
			t.Errorf("got %q", secret)
		}
		if want := sha256.Sum256([]byte(secret)); !bytes.Equal(hash, want[:]) {
			t.Errorf("%s: the hash is not the SHA-256 of the secret", kind)
		}
		got, err := HashToken(secret, kind)
		if err != nil || !Equal(got, hash) {
			t.Errorf("%s: brought back: %x %v, want %x", kind, got, err, hash)
		}
		if KindOf(secret) != kind {
			t.Errorf("KindOf(%q) = %q", secret, KindOf(secret))
		}
	}
}

func TestNewToken_usesAllOfTheRandomBytes(t *testing.T) {
	raw := bytes.Repeat([]byte{0xff}, 32)
	secret, _ := NewToken(bytes.NewReader(raw), Reset)
	if want := "rst_" + strings.Repeat("_", 42) + "8"; secret != want {
		t.Errorf("got %q, want %q", secret, want)
	}
	defer func() {
		if recover() == nil {
			t.Error("31 random bytes were enough")
		}
	}()
	NewToken(bytes.NewReader(raw[:31]), Reset)
}

func TestNewToken_unknownKindPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a token of no kind was made")
		}
	}()
	NewToken(rand.Reader, "xyz")
}

func TestHashToken_refuses(t *testing.T) {
	good, _ := NewToken(bytes.NewReader(bytes.Repeat([]byte{0xfb}, 32)), Activation)
	for name, secret := range map[string]string{
		"nothing":                  "",
		"only the kind":            "act_",
		"another kind":             "rst_" + good[4:],
		"the kind in capitals":     "ACT_" + good[4:],
		"no kind":                  good[4:],
		"cut off":                  good[:len(good)-1],
		"one more":                 good + "A",
		"padding":                  good + "=",
		"the other alphabet":       strings.ReplaceAll(good, "-", "+"),
		"another spelling":         good[:len(good)-1] + "t",
		"space before":             " " + good,
		"line behind":              good + "\n",
		"line in place of letters": good[:10] + "\n\n" + good[12:],
		"NUL":                      good[:10] + "\x00" + good[11:],
		"very long":                good + strings.Repeat("A", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			if secret == good {
				t.Fatal("the case changes nothing")
			}
			hash, err := HashToken(secret, Activation)
			if hash != nil || fault.Of(err) != fault.NotFound {
				t.Errorf("got %x %v, want NotFound", hash, err)
			}
		})
	}
}

func TestEqual(t *testing.T) {
	for _, c := range []struct {
		a, b []byte
		want bool
	}{
		{[]byte{1, 2}, []byte{1, 2}, true},
		{[]byte{1, 2}, []byte{1, 3}, false},
		{[]byte{1, 2}, []byte{1}, false},
		{nil, nil, false}, // a hash that was never set equals nothing
		{[]byte{}, nil, false},
	} {
		if got := Equal(c.a, c.b); got != c.want {
			t.Errorf("Equal(%v, %v) = %v", c.a, c.b, got)
		}
	}
}

func TestNewCode(t *testing.T) {
	for want, raw := range map[string][]byte{
		"000000": {0, 0, 0},
		"999999": {0x0f, 0x42, 0x3f},
		"000001": {0x0f, 0x42, 0x41},
		"000007": {0xff, 0xff, 0xff, 0xf4, 0x24, 0x00, 0, 0, 7}, // the first two are beyond the fair range
	} {
		if got := NewCode(bytes.NewReader(raw)); got != want {
			t.Errorf("of %v: got %q, want %q", raw, got, want)
		}
	}
	seen := map[string]bool{}
	for range 1000 {
		code := NewCode(rand.Reader)
		if len(code) != 6 {
			t.Fatalf("got %q", code)
		}
		seen[code] = true
	}
	if len(seen) < 990 {
		t.Errorf("only %d of 1000 codes differ", len(seen))
	}
}

func TestHashCode(t *testing.T) {
	token, other := []byte("hash of the token"), []byte("hash of another")
	want, err := HashCode("042137", token)
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"042 137", " 042137 ", "042-137", "0 4 2 1 3 7"} {
		if got, err := HashCode(typed, token); err != nil || !Equal(got, want) {
			t.Errorf("%q: %x %v", typed, got, err)
		}
	}
	if got, _ := HashCode("042138", token); Equal(got, want) {
		t.Error("another code has the same hash")
	}
	if got, _ := HashCode("042137", other); Equal(got, want) {
		t.Error("the same code of another token has the same hash")
	}
	for _, typed := range []string{"", "42137", "0421377", "04213a", "０４２１３７", "+42137"} {
		if _, err := HashCode(typed, token); fault.Of(err) != fault.Invalid {
			t.Errorf("%q: got %v, want Invalid", typed, err)
		}
	}
}
