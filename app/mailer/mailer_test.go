package mailer

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// world is an appliance with one provider, a mail server and a mailer.
type world struct {
	*testing.T
	db    *store.DB
	clock *storetest.Clock
	s     store.Staff
	sink  *smtptest.Server
	m     *Mailer
}

func newWorld(t *testing.T, opt smtptest.Options) *world {
	t.Helper()
	db, clock := storetest.Open(t)
	opt.Security = "none"
	w := &world{T: t, db: db, clock: clock, s: storetest.Provider(t, db, "nordlift"), sink: smtptest.Start(t, opt)}
	w.m = &Mailer{DB: db, Log: slog.New(slog.DiscardHandler)}
	w.configure(w.sink.Host, w.sink.Port)
	return w
}

func (w *world) configure(host string, port int) {
	w.Helper()
	err := w.db.System("test", store.Origin{}).SetSettings(w.Context(), map[string]string{store.SetMailHost: host, store.SetMailPort: strconv.Itoa(port),
		store.SetMailSecurity: "none", store.SetMailFrom: "portal@nordlift.test", store.SetMailFromName: "Gatehouse"})
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) post(to string) store.MailID {
	w.Helper()
	link := "https://portal.test/inv_" + to
	id, err := w.s.Mail(w.Context(), store.Draft{Kind: "note", To: to, ToName: "Ann", FromName: "Nordlift", Subject: "For " + to, Text: "Go to " + link, HTML: "<p>" + link + "</p>", Link: link, Domain: "portal.test"})
	if err != nil {
		w.Fatal(err)
	}
	return id
}

func (w *world) drain() {
	w.Helper()
	if err := w.m.Drain(w.Context()); err != nil {
		w.Fatal(err)
	}
}

func (w *world) letter(id store.MailID) store.Mail {
	w.Helper()
	m, err := w.s.Letter(w.Context(), id)
	if err != nil {
		w.Fatal(err)
	}
	return m
}

func TestDrain_sendsOverFewConnectionsAndKeepsNoLink(t *testing.T) {
	w := newWorld(t, smtptest.Options{})
	var ids []store.MailID
	for i := range 60 {
		ids = append(ids, w.post(fmt.Sprintf("p%d@k.test", i)))
	}
	w.drain()
	got := w.sink.Received()
	if len(got) != 60 || w.sink.Connections() > connections {
		t.Fatalf("got %d letters over %d connections", len(got), w.sink.Connections())
	}
	if raw := string(got[0].Raw); !strings.Contains(raw, "inv_") || !strings.Contains(raw, `From: "Nordlift" <portal@nordlift.test>`) {
		t.Errorf("got %s", raw)
	}
	for _, id := range ids {
		if m := w.letter(id); m.State != "sent" || m.Attempts != 1 || m.HasLink || strings.Contains(m.Text+m.HTML, "inv_") || !strings.HasPrefix(m.Reply, "250 ") {
			t.Fatalf("got %+v", m)
		}
	}
}

func TestDrain_holdsWhileOffAndReleasesWhenOn(t *testing.T) {
	w := newWorld(t, smtptest.Options{})
	before := w.post("before@k.test")
	w.configure("", 0)
	w.drain()
	during := w.post("during@k.test")
	for _, id := range []store.MailID{before, during} {
		if m := w.letter(id); m.State != "held" || !m.HasLink {
			t.Errorf("got %s, want held with its link", m.State)
		}
	}
	w.configure(w.sink.Host, w.sink.Port)
	w.drain()
	if n := len(w.sink.Received()); n != 2 || w.letter(before).State != "sent" || w.letter(during).State != "sent" {
		t.Errorf("got %d letters", n)
	}
}

// TestDrain_waitsLongerEachTime follows one letter through all its attempts
// with the test's clock, up to the day it is given up.
func TestDrain_waitsLongerEachTime(t *testing.T) {
	w := newWorld(t, smtptest.Options{})
	id, total := w.post("soft@k.test"), time.Duration(0)
	for n := 1; ; n++ {
		w.drain()
		m := w.letter(id)
		if m.Attempts != int64(n) || m.Stage != "to" || !strings.HasPrefix(m.Reply, "451 ") || m.Hint == "" {
			t.Fatalf("after attempt %d: %+v", n, m)
		}
		if m.State == "failed" {
			break
		}
		wait, want := m.NextAt.Sub(w.db.Now()), steps[min(n, len(steps))-1]
		if m.State != "deferred" || wait < want*4/5-time.Second || wait > want*6/5+time.Second {
			t.Fatalf("attempt %d: %s, waits %s, want about %s", n, m.State, wait, want)
		}
		w.clock.Add(wait - time.Second)
		w.drain()
		if w.letter(id).Attempts != int64(n) {
			t.Fatalf("attempt %d came too early", n+1)
		}
		w.clock.Add(time.Second)
		total += wait
	}
	if total < 38*time.Hour || total > 60*time.Hour {
		t.Errorf("given up after %s, want about two days", total)
	}
	if st, err := w.s.MailState(t.Context()); err != nil || st.Failed != 1 {
		t.Errorf("got %+v, %v", st, err)
	}
}

func TestDrain_refusedForGoodIsADeadLetterAtOnce(t *testing.T) {
	w := newWorld(t, smtptest.Options{})
	hard, refused, fine := w.post("hard@k.test"), w.post("refuse@k.test"), w.post("fine@k.test")
	w.drain()
	if m := w.letter(hard); m.State != "failed" || m.Attempts != 1 || m.Stage != "to" || !strings.Contains(m.Reply, "550 5.1.1 No such user") || !m.HasLink {
		t.Errorf("got %+v", m)
	}
	if m := w.letter(refused); m.State != "failed" || m.Stage != "data" {
		t.Errorf("got %+v", m)
	}
	if m := w.letter(fine); m.State != "sent" {
		t.Errorf("the letter beside them: %+v", m)
	}
	if err := w.s.RetryMail(t.Context(), hard); err != nil {
		t.Fatal(err)
	}
	w.drain()
	if m := w.letter(hard); m.State != "failed" || m.Attempts != 1 {
		t.Errorf("after a retry: %+v", m)
	}
}

// TestDrain_pausesWhileTheServerIsDown: nobody's letter loses an attempt over
// it, and the first one that passes opens the gate for all.
func TestDrain_pausesWhileTheServerIsDown(t *testing.T) {
	w := newWorld(t, smtptest.Options{})
	port := w.sink.Port
	w.sink.Close()
	var ids []store.MailID
	for i := range 10 {
		ids = append(ids, w.post(fmt.Sprintf("p%d@k.test", i)))
	}
	for range 30 { // six hours of it
		w.drain()
		w.clock.Add(12 * time.Minute)
	}
	st, err := w.s.MailState(t.Context())
	if err != nil || st.Stage != "connect" || !strings.Contains(st.Reply, "refused") || st.HintWords == "" || st.Failed != 0 {
		t.Errorf("the provider is not told: %+v, %v", st, err)
	}
	if port == 0 || w.m.fails < 20 || w.m.until.Sub(w.db.Now()) > 6*time.Minute {
		t.Errorf("asked %d times, next in %s", w.m.fails, w.m.until.Sub(w.db.Now()))
	}
	w.sink = smtptest.Start(t, smtptest.Options{Security: "none"})
	w.configure(w.sink.Host, w.sink.Port) // another server: asked at once
	w.clock.Add(6 * time.Minute)
	w.drain()
	for _, id := range ids {
		if m := w.letter(id); m.State != "sent" || m.Attempts != 1 {
			t.Errorf("got %+v", m)
		}
	}
}

func TestDrain_aServerThatCountsIsTakenInTurns(t *testing.T) {
	w := newWorld(t, smtptest.Options{Most: 3})
	for i := range 30 {
		w.post(fmt.Sprintf("p%d@k.test", i))
	}
	w.drain()
	if n := len(w.sink.Received()); n != 30 {
		t.Errorf("got %d letters, want 30", n)
	}
}

func TestDrain_aPanicCostsOneLetterAnAttempt(t *testing.T) {
	w := newWorld(t, smtptest.Options{})
	bad := w.post("bad@k.test")
	good := []store.MailID{w.post("a@k.test"), w.post("b@k.test")}
	w.m.watch = func(m store.Mail) {
		if m.ID == bad {
			panic("what a letter")
		}
	}
	w.drain()
	if m := w.letter(bad); m.State != "deferred" || m.Attempts != 1 || m.Stage != "message" {
		t.Errorf("got %+v", m)
	}
	for _, id := range good {
		if m := w.letter(id); m.State != "sent" {
			t.Errorf("got %+v", m)
		}
	}
}

// TestDrain_asksAgainRightBeforeSending: a letter that was claimed already
// stays when its link is revoked before its turn.
func TestDrain_asksAgainRightBeforeSending(t *testing.T) {
	w := newWorld(t, smtptest.Options{})
	of, err := w.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "K"}})
	if err != nil {
		t.Fatal(err)
	}
	o, _ := storetest.Portal(t, w.db, w.s, of, "ana@k.test")
	inv, err := w.s.Invite(t.Context(), o.ID, store.NewInvitation{Hash: []byte("h"), Hint: "h"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range connections {
		w.post(fmt.Sprintf("p%d@k.test", i))
	}
	id, err := w.s.Mail(t.Context(), store.Draft{Kind: "invitation", To: "guest@k.test", Portal: o.ID, Invitation: inv, Link: "https://x.test/inv_1", Text: "https://x.test/inv_1"})
	if err != nil {
		t.Fatal(err)
	}
	w.m.watch = func(store.Mail) {
		if w.letter(id).State == "sending" {
			if err := w.s.Revoke(context.WithoutCancel(t.Context()), inv); err != nil {
				t.Error(err)
			}
		}
	}
	w.drain()
	if m := w.letter(id); m.State != "cancelled" || !strings.Contains(m.Reply, "revoked") || m.HasLink {
		t.Errorf("got %+v", m)
	}
	for _, r := range w.sink.Received() {
		if strings.Contains(string(r.Raw), "guest@k.test") {
			t.Error("the revoked guest got a letter")
		}
	}
}

func TestRun_isWokenByALetterAndEndsInOrder(t *testing.T) {
	w := newWorld(t, smtptest.Options{})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.m.Run(ctx) }()
	w.post("a@k.test")
	if got := w.sink.Wait(1, 5*time.Second); len(got) != 1 {
		t.Fatal("the first letter did not leave by itself")
	}
	w.configure("", 0)
	held := w.post("b@k.test")
	time.Sleep(50 * time.Millisecond)
	if len(w.sink.Received()) != 1 || w.letter(held).State != "held" {
		t.Error("a letter left although mail is off")
	}
	w.configure(w.sink.Host, w.sink.Port) // no restart
	if got := w.sink.Wait(2, 5*time.Second); len(got) != 2 {
		t.Error("the held letter did not leave when mail was switched on")
	}
	stop()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Fatal("it does not end")
	}
	if m := w.letter(held); m.State != "sent" {
		t.Errorf("the end came before the answer was written down: %+v", m)
	}
}
