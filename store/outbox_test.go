package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

const lease = 15 * time.Minute

// mailOn gives the appliance a mail server, so that letters are not held.
func mailOn(t *testing.T, db *store.DB, host string) {
	t.Helper()
	if err := db.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetMailHost: host}); err != nil {
		t.Fatal(err)
	}
}

func post(t *testing.T, s store.Staff, d store.Draft) store.MailID {
	t.Helper()
	if d.Kind == "" {
		d.Kind = "note"
	}
	id, err := s.Mail(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func claim(t *testing.T, y store.System, n int) []store.Mail {
	t.Helper()
	all, err := y.ClaimMail(t.Context(), n, lease)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func settle(t *testing.T, y store.System, all ...store.MailResult) {
	t.Helper()
	if err := y.SettleMail(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
}

func letter(t *testing.T, s store.Staff, id store.MailID) store.Mail {
	t.Helper()
	m, err := s.Letter(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestClaimMail_givesEachLetterOnceUntilTheLeaseEnds(t *testing.T) {
	db, clock := storetest.Open(t)
	s, y := storetest.Provider(t, db, "nordlift"), db.System("mailer", store.Origin{})
	mailOn(t, db, "mail.test")
	for i := range 5 {
		post(t, s, store.Draft{To: fmt.Sprintf("p%d@k.test", i)})
	}
	first, second, none := claim(t, y, 3), claim(t, y, 3), claim(t, y, 3)
	if len(first) != 3 || len(second) != 2 || len(none) != 0 {
		t.Fatalf("got %d, %d, %d, want 3, 2, 0", len(first), len(second), len(none))
	}
	settle(t, y, store.MailResult{ID: first[0].ID, State: "sent"})
	clock.Add(lease)
	if again := claim(t, y, 10); len(again) != 4 {
		t.Errorf("got %d after the lease, want the 4 that were not settled", len(again))
	}
}

func TestResumeMail_takesBackWhatADeadMailerHad(t *testing.T) {
	db, _ := storetest.Open(t)
	s, y := storetest.Provider(t, db, "nordlift"), db.System("mailer", store.Origin{})
	mailOn(t, db, "mail.test")
	id := post(t, s, store.Draft{To: "p@k.test"})
	before := claim(t, y, 1)
	if err := y.ResumeMail(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := claim(t, y, 1)
	if len(after) != 1 || after[0].ID != id || after[0].MessageID != before[0].MessageID {
		t.Errorf("got %+v, want the same letter with the same Message-ID", after)
	}
}

func TestSettleMail_sentLetterKeepsNoLink(t *testing.T) {
	db, _ := storetest.Open(t)
	s, y := storetest.Provider(t, db, "nordlift"), db.System("mailer", store.Origin{})
	mailOn(t, db, "mail.test")
	link := "https://portal.test/portal/acme/reset/rst_secret"
	id := post(t, s, store.Draft{To: "p@k.test", Subject: "S", Link: link, Text: "Go on:\n" + link + "\n", HTML: `<a href="` + link + `">go</a> ` + link})
	if m := letter(t, s, id); !m.HasLink || strings.Contains(m.Text+m.HTML, "rst_secret") {
		t.Errorf("the waiting letter shows its link: %+v", m)
	}
	if m := claim(t, y, 1)[0]; m.Link != link || !strings.Contains(m.Text, link) || strings.Count(m.HTML, link) != 2 {
		t.Errorf("the mailer got %+v", m)
	}
	settle(t, y, store.MailResult{ID: id, State: "sent", Reply: "250 ok", Tried: true})
	m := letter(t, s, id)
	if m.HasLink || strings.Contains(m.Text+m.HTML, "rst_secret") || m.State != "sent" || m.Attempts != 1 || m.SentAt.IsZero() || m.Reply != "250 ok" || m.Subject != "S" {
		t.Errorf("got %+v", m)
	}
	if want := "Go on:\n" + store.LinkRemoved + "\n"; m.Text != want || m.HTML != `<a href="#">go</a> `+store.LinkRemoved {
		t.Errorf("got %q and %q", m.Text, m.HTML)
	}
	if _, err := s.RevealLink(t.Context(), id); fault.Of(err) != fault.Conflict {
		t.Errorf("revealed the link of a sent letter: %v", err)
	}
}

func TestClaimMail_providerCapEndsWithTheDay(t *testing.T) {
	db, clock := storetest.Open(t)
	s, other, y := storetest.Provider(t, db, "nordlift"), storetest.Provider(t, db, "swift"), db.System("mailer", store.Origin{})
	mailOn(t, db, "mail.test")
	o := operator(t, db)
	u, err := o.Provider(t.Context(), "nordlift")
	if err == nil {
		err = o.SetLimits(t.Context(), u.Provider, store.Limits{MailsDay: 3})
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		post(t, s, store.Draft{To: fmt.Sprintf("p%d@k.test", i)})
	}
	post(t, other, store.Draft{To: "q@k.test"})
	for _, m := range append(claim(t, y, 2), claim(t, y, 10)...) {
		settle(t, y, store.MailResult{ID: m.ID, State: "sent"})
	}
	got := states(t, s)
	if got["sent"] != 3 || got["deferred"] != 2 || states(t, other)["sent"] != 1 {
		t.Fatalf("got %v, want 3 sent and 2 that wait", got)
	}
	all, err := s.Outbox(t.Context(), store.MailFilter{State: "deferred"})
	if err != nil || !strings.Contains(all.Rows[0].Reply, "tomorrow") || all.Rows[0].Attempts != 0 {
		t.Errorf("got %+v, %v", all.Rows, err)
	}
	clock.Add(24 * time.Hour)
	if got := claim(t, y, 10); len(got) != 2 {
		t.Errorf("got %d the next day, want 2", len(got))
	}
}

func TestClaimMail_recipientGetsTwentyAnHour(t *testing.T) {
	db, clock := storetest.Open(t)
	s, y := storetest.Provider(t, db, "nordlift"), db.System("mailer", store.Origin{})
	mailOn(t, db, "mail.test")
	for i := range store.PerRecipient + 5 {
		to := "victim@k.test"
		if i%2 == 0 {
			to = "Victim@K.test" // the same person
		}
		post(t, s, store.Draft{To: to})
	}
	sent := 0
	for {
		all := claim(t, y, 7)
		if len(all) == 0 {
			break
		}
		for _, m := range all {
			sent++
			settle(t, y, store.MailResult{ID: m.ID, State: "sent"})
		}
	}
	if sent != store.PerRecipient || states(t, s)["deferred"] != 5 {
		t.Errorf("sent %d, %v", sent, states(t, s))
	}
	clock.Add(61 * time.Minute)
	if got := claim(t, y, 10); len(got) != 5 {
		t.Errorf("got %d an hour later, want 5", len(got))
	}
}

func states(t *testing.T, s store.Staff) map[string]int {
	t.Helper()
	all, err := s.Outbox(t.Context(), store.MailFilter{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, m := range all.Rows {
		out[m.State]++
	}
	return out
}

func TestMail_heldWhileMailIsOff(t *testing.T) {
	db, _ := storetest.Open(t)
	s, y := storetest.Provider(t, db, "nordlift"), db.System("mailer", store.Origin{})
	link := "https://portal.test/x"
	id := post(t, s, store.Draft{To: "p@k.test", Link: link, Text: link})
	if m := letter(t, s, id); m.State != "held" {
		t.Fatalf("got %s, want held", m.State)
	}
	if got := claim(t, y, 5); len(got) != 0 {
		t.Errorf("claimed %d held letters", len(got))
	}
	if got, err := s.RevealLink(t.Context(), id); err != nil || got != link {
		t.Errorf("got %q, %v", got, err)
	}
	lines, err := s.Audit(t.Context(), 0, 5)
	if err != nil || len(lines) == 0 || lines[0].Verb != store.OutboxLink {
		t.Errorf("the audit log does not say who took the link: %+v, %v", lines, err)
	}
	if err := s.RetryMail(t.Context(), id); fault.Of(err) != fault.Conflict {
		t.Errorf("retry while off: %v", err)
	}
	mailOn(t, db, "mail.test")
	if err := y.ReleaseMail(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, y, 5); len(got) != 1 {
		t.Errorf("got %d after mail was switched on, want 1", len(got))
	}
}

func TestRevealLink_isForAdminsAlone(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := post(t, s, store.Draft{To: "p@k.test", Link: "https://x.test/rst_1", Text: "https://x.test/rst_1"})
	agent := storetest.Staff(t, db, s.Home().ID, "nordlift", "g@nordlift.test", "agent")
	if m, err := agent.Letter(t.Context(), id); err != nil || strings.Contains(fmt.Sprint(m), "rst_1") {
		t.Errorf("an agent reads %+v, %v", m, err)
	}
	if _, err := agent.RevealLink(t.Context(), id); fault.Of(err) != fault.Forbidden {
		t.Errorf("got %v, want a refusal", err)
	}
}
