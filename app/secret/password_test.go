package secret

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gatehouse/store/fault"
)

func TestHash_isArgon2idInPHCForm(t *testing.T) {
	phc, err := Hash(t.Context(), "three blue excavators")
	if err != nil {
		t.Fatal(err)
	}
	if want := "$argon2id$v=19$m=19456,t=2,p=1$"; !strings.HasPrefix(phc, want) {
		t.Errorf("got %q, want it to begin with %q", phc, want)
	}
	again, _ := Hash(t.Context(), "three blue excavators")
	if phc == again {
		t.Error("two hashes of one password are the same: no salt")
	}
}

func TestVerify(t *testing.T) {
	phc, err := Hash(t.Context(), "  caf\u00e9 am Hafen  ")
	if err != nil {
		t.Fatal(err)
	}
	weaker := stored{params: params{memory: 4096, time: 3, threads: 1}, salt: []byte("somesalt16bytes!")}
	weaker.key = weaker.derive([]byte("old one"), 32)
	for name, c := range map[string]struct {
		phc, password string
		ok, rehash    bool
	}{
		"the password":                      {phc, "  caf\u00e9 am Hafen  ", true, false},
		"the same, composed differently":    {phc, "  cafe\u0301 am Hafen  ", true, false},
		"without the spaces at the ends":    {phc, "caf\u00e9 am Hafen", false, false},
		"other case":                        {phc, "  Caf\u00e9 am Hafen  ", false, false},
		"empty":                             {phc, "", false, false},
		"too long for anybody to have":      {phc, strings.Repeat("a", maxBytes+1), false, false},
		"no account":                        {"", "  caf\u00e9 am Hafen  ", false, false},
		"other costs, right password":       {weaker.String(), "old one", true, true},
		"other costs, wrong password":       {weaker.String(), "old two", false, false},
		"what the hash of nobody came from": {"", "", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			ok, rehash, err := Verify(t.Context(), c.phc, c.password)
			if ok != c.ok || rehash != c.rehash || err != nil {
				t.Errorf("got %v %v %v, want %v %v", ok, rehash, err, c.ok, c.rehash)
			}
		})
	}
}

func TestVerify_looksAtTheWholePassword(t *testing.T) {
	long := strings.Repeat("länger ", 142) + "ende!!" // 1,000 characters
	phc, err := Hash(t.Context(), long)
	if err != nil {
		t.Fatal(err)
	}
	if ok, _, _ := Verify(t.Context(), phc, long); !ok {
		t.Error("the long password is refused")
	}
	if ok, _, _ := Verify(t.Context(), phc, long[:len(long)-1]); ok {
		t.Error("the end of a long password does not count")
	}
}

func TestVerify_knownVector(t *testing.T) {
	// From the tests of the reference implementation (argon2id, v=19).
	const phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	ok, rehash, err := Verify(t.Context(), phc, "password")
	if !ok || !rehash || err != nil {
		t.Errorf("got %v %v %v", ok, rehash, err)
	}
}

func TestVerify_damagedHashIsAnErrorAndNeverOk(t *testing.T) {
	good, _ := Hash(t.Context(), "three blue excavators")
	for name, phc := range map[string]string{
		"not a hash":        "three blue excavators",
		"bcrypt":            "$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
		"argon2i":           strings.Replace(good, "argon2id", "argon2i", 1),
		"old version":       strings.Replace(good, "v=19", "v=16", 1),
		"all memory":        strings.Replace(good, "m=19456", "m=4294967295", 1),
		"no memory":         strings.Replace(good, "m=19456", "m=0", 1),
		"for ever":          strings.Replace(good, "t=2", "t=4000000000", 1),
		"no time":           strings.Replace(good, "t=2", "t=0", 1),
		"no threads":        strings.Replace(good, "p=1", "p=0", 1),
		"many threads":      strings.Replace(good, "p=1", "p=255", 1),
		"signs":             strings.Replace(good, "t=2", "t=+2", 1),
		"costs swapped":     strings.Replace(good, "m=19456,t=2", "t=2,m=19456", 1),
		"cut off":           good[:len(good)-4] + "=",
		"empty key":         good[:strings.LastIndex(good, "$")+1],
		"something behind":  good + "$x",
		"something before":  "x" + good,
		"very long":         good + strings.Repeat("A", 1000),
		"line in the key":   good[:len(good)-3] + "\n" + good[len(good)-3:],
		"padded like in JS": good + "=",
	} {
		t.Run(name, func(t *testing.T) {
			ok, rehash, err := Verify(t.Context(), phc, "three blue excavators")
			if ok || rehash || err == nil {
				t.Errorf("got %v %v %v, want an error", ok, rehash, err)
			}
			if got := fault.Of(err); got != fault.Internal {
				t.Errorf("the kind is %v; a damaged row is our bug", got)
			}
		})
	}
}

func TestVerify_unknownAccountTakesAsLong(t *testing.T) {
	phc, _ := Hash(t.Context(), "three blue excavators")
	quickest := map[string]time.Duration{phc: time.Hour, "": time.Hour, "broken": time.Hour}
	for range 7 { // in turn, so that a busy machine slows down all three
		for stored := range quickest {
			began := time.Now()
			_, _, _ = Verify(t.Context(), stored, "wrong")
			quickest[stored] = min(quickest[stored], time.Since(began))
		}
	}
	known, unknown, broken := quickest[phc], quickest[""], quickest["broken"]
	if unknown < known*7/10 || broken < known*7/10 {
		t.Errorf("known %v, unknown %v, broken %v: one can tell them apart", known, unknown, broken)
	}
}

func TestHash_tooLong(t *testing.T) {
	if _, err := Hash(t.Context(), strings.Repeat("a", maxBytes+1)); fault.Of(err) != fault.Invalid {
		t.Errorf("got %v, want Invalid", err)
	}
	// U+0958 grows when normalised: the limit is on what is hashed.
	if _, err := Hash(t.Context(), strings.Repeat("\u0958", maxBytes/3)); fault.Of(err) != fault.Invalid {
		t.Errorf("got %v, want Invalid", err)
	}
}

func TestGate_isNeverWiderAndItsQueueEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const width, queue, people = 2, 5, 20
		g := newGate(width, queue)
		var mu sync.Mutex
		var inside, widest, served, limited int
		var all sync.WaitGroup
		for range people {
			all.Go(func() {
				err := g.do(t.Context(), func() {
					mu.Lock()
					inside++
					widest = max(widest, inside)
					mu.Unlock()
					time.Sleep(time.Second)
					mu.Lock()
					inside--
					served++
					mu.Unlock()
				})
				if fault.Of(err) == fault.Limited {
					mu.Lock()
					limited++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if widest != width || served != width+queue || limited != people-width-queue {
			t.Errorf("widest %d, served %d, limited %d; want %d, %d, %d", widest, served, limited, width, width+queue, people-width-queue)
		}
		if err := g.do(t.Context(), func() {}); err != nil {
			t.Errorf("afterwards there is no room: %v", err)
		}
	})
}

func TestGate_waitingEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1, 1)
		var other sync.WaitGroup
		other.Go(func() { _ = g.do(t.Context(), func() { time.Sleep(time.Minute) }) })
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		ran := false
		if err := g.do(ctx, func() { ran = true }); !errors.Is(err, context.DeadlineExceeded) || ran {
			t.Errorf("got %v, ran %v", err, ran)
		}
		synctest.Wait()
		if len(g.queue) != 1 {
			t.Errorf("%d places taken, want 1: who gives up must leave the queue", len(g.queue))
		}
		other.Wait()
	})
}
