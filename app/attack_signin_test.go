package app_test

import (
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"gatehouse/app"
	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

func guess(door, login, password, spoof string) ask {
	return ask{method: "POST", path: door + "/sign-in", form: url.Values{"email": {login}, "password": {password}}, header: map[string]string{"X-Forwarded-For": spoof, "Forwarded": "for=" + spoof, "X-Real-Ip": spoof}}
}

// TestAttack_parallelGuessesAreCounted guesses fifty times at once, under every
// spelling of the account and from made-up addresses: about ten get an answer,
// then nobody gets in, not after a restart either, until the pause is over.
func TestAttack_parallelGuessesAreCounted(t *testing.T) {
	w := newWorld(t)
	w.spy.do(`UPDATE users SET username = 'boss' WHERE id = ?`, int64(w.one.Staff.Me().ID))
	email := w.one.Staff.Me().Email
	logins := []string{email, strings.ToUpper(email), " " + email + " ", "boss"}
	var wg sync.WaitGroup
	var mu sync.Mutex
	verdicts := map[int]int{}
	for i := range 50 {
		wg.Go(func() {
			a := w.send(guess("/admin/twin-one", logins[i%len(logins)], "wrong wrong wrong", fmt.Sprintf("203.0.113.%d", i)))
			mu.Lock()
			verdicts[a.status]++
			mu.Unlock()
		})
	}
	wg.Wait()
	if verdicts[http.StatusUnprocessableEntity] > 10 || verdicts[http.StatusUnprocessableEntity]+verdicts[http.StatusTooManyRequests] != 50 {
		t.Errorf("of 50 guesses %v, want at most 10 told wrong (422) and the rest 429", verdicts)
	}
	right := guess("/admin/twin-one", email, apptest.Password, "198.51.100.7")
	for _, login := range logins {
		right.form.Set("email", login)
		if a := w.send(right); a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" {
			t.Errorf("after 50 guesses %q is answered %d, Retry-After %q", login, a.status, a.header.Get("Retry-After"))
		}
	}
	w.restart()
	if a := w.send(right); a.status != http.StatusTooManyRequests {
		t.Errorf("after a restart: %d", a.status)
	}
	w.Clock.Add(6 * time.Minute)
	if a := w.send(right); a.status != http.StatusSeeOther {
		t.Errorf("after the pause: %d", a.status)
	}
}

// restart closes the appliance and opens its file anew.
func (w *world) restart() {
	w.t.Helper()
	w.App.Close()
	w.must(w.DB.Close())
	db, err := store.Open(w.t.Context(), store.Options{Path: w.DB.Path(), Now: w.Clock.Now})
	w.must(err)
	a, err := app.New(w.t.Context(), db, slog.New(slog.DiscardHandler))
	w.must(err)
	w.t.Cleanup(func() { a.Close(); _ = db.Close() })
	w.DB, w.App, w.handler = db, a, a.Handler()
}

// TestAttack_oneAddressGuessesEverywhere tries one password on many accounts:
// the address is throttled, and with IPv6 its whole network.
func TestAttack_oneAddressGuessesEverywhere(t *testing.T) {
	w := newWorld(t)
	for _, from := range []string{"192.0.2.50:9", "[2001:db8:1:2:%x::1]:9"} {
		told := 0
		for i := range 8 {
			q := guess("/admin/twin-one", fmt.Sprintf("nobody%d@x.test", i), "wrong", "")
			q.from = from
			if strings.Contains(from, "%x") {
				q.from = fmt.Sprintf(from, i+1)
			}
			if a := w.send(q); a.status != http.StatusTooManyRequests {
				told++
			}
			if i == 0 { // as if it had gone on for a while
				w.spy.do(`UPDATE throttles SET failures = 97 WHERE key LIKE 'signin-ip:%' AND until = 0`)
			}
		}
		if told != 4 {
			t.Errorf("from %s %d guesses after 96 were heard, want 4", from, told)
		}
	}
}

// TestAttack_unknownAddressesLookLikeKnownOnes compares what strangers see:
// status, headers and body.
func TestAttack_unknownAddressesLookLikeKnownOnes(t *testing.T) {
	w := newWorld(t)
	client, staff := w.one.Client.Me().Email, w.one.Staff.Me().Email
	for _, c := range []struct{ path, known string }{
		{"/operator/sign-in", "olga@operator.test"}, {"/operator/sign-in", staff},
		{"/admin/twin-one/sign-in", staff}, {"/admin/twin-one/sign-in", client}, {"/admin/twin-one/sign-in", w.two.Staff.Me().Email}, {"/admin/twin-one/sign-in", "disabled@twin-one.test"},
		{"/portal/" + w.one.Portal.Slug + "/sign-in", client}, {"/portal/" + w.one.Portal.Slug + "/sign-in", staff}, {"/portal/" + w.one.Portal.Slug + "/sign-in", "sue@sibling-one.test"},
		{"/admin/twin-one/forgot", staff}, {"/admin/twin-one/forgot", client}, {"/portal/" + w.one.Portal.Slug + "/forgot", client}, {"/portal/" + w.one.Portal.Slug + "/forgot", "sue@sibling-one.test"},
	} {
		try := func(login string) string {
			a := w.send(ask{method: "POST", path: c.path, form: url.Values{"email": {login}, "password": {"wrong wrong wrong"}}})
			return strings.ReplaceAll(fmt.Sprint(a.status, a.header, a.body), login, "LOGIN")
		}
		unknown := "x" + strings.Repeat("y", len(c.known)-8) + "@z.test" // as long
		if known, not := try(c.known), try(unknown); known != not {
			t.Errorf("%s tells %s from an unknown address: %s", c.path, c.known, firstDifference(known, not))
		}
	}
}

// TestAttack_unknownAddressesTakeAsLong compares the time, in turns, over a few
// hundred requests. Only a difference that three rounds agree on counts.
func TestAttack_unknownAddressesTakeAsLong(t *testing.T) {
	heavy(t)
	if testing.Short() || storetest.Raced {
		t.Skip("times mean something only at full speed")
	}
	w := newWorld(t)
	portal := "/portal/" + w.one.Portal.Slug
	for _, c := range []struct {
		path, known string
		n           int
	}{{"/admin/twin-one/sign-in", w.one.Staff.Me().Email, 40}, {portal + "/forgot", w.one.Client.Me().Email, 12}} {
		worst := math.Inf(1)
		for range 3 {
			if worst = min(worst, math.Abs(w.welch(c.path, c.known, c.n))); worst < 4.5 {
				break
			}
		}
		if worst >= 4.5 {
			t.Errorf("%s takes another time for a known address: |t| = %.1f, want below 4.5", c.path, worst)
		}
		t.Logf("%s: |t| = %.2f", c.path, worst)
	}
}

// welch is Welch's t of the times for a known and an unknown address.
func (w *world) welch(path, known string, n int) float64 {
	var times [2][]float64
	for i := range 2 * n {
		login := []string{known, fmt.Sprintf("x%d@unknown.test", i)}[i%2]
		w.spy.do(`DELETE FROM throttles`)
		began := time.Now()
		w.send(ask{method: "POST", path: path, form: url.Values{"email": {login}, "password": {"wrong wrong wrong"}}})
		times[i%2] = append(times[i%2], time.Since(began).Seconds())
	}
	m0, v0 := moments(times[0])
	m1, v1 := moments(times[1])
	return (m0 - m1) / math.Sqrt(v0/float64(n)+v1/float64(n))
}

func moments(x []float64) (mean, variance float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x)-1)
	}
	return mean, variance
}
