package store_test

import (
	"strings"
	"testing"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"gatehouse/store"
	"gatehouse/store/storetest"
)

// raw does to the file what no door does yet.
func raw(t *testing.T, db *store.DB, text string) {
	t.Helper()
	c, err := sqlite.OpenConn(db.Path(), sqlite.OpenReadWrite|sqlite.OpenURI)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := sqlitex.ExecuteTransient(c, text, nil); err != nil {
		t.Fatal(err)
	}
}

// TestMailStop holds every reason for which a letter must not leave against
// the moment at which it would.
func TestMailStop_asksAgainAtTheLastMoment(t *testing.T) {
	type world struct {
		*testing.T
		db         *store.DB
		s          store.Staff
		portal     store.PortalID
		invitation store.InvitationID
		clock      *storetest.Clock
	}
	must := func(w world, err error) {
		w.Helper()
		if err != nil {
			w.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		spoil         func(w world)
		guest, member string // the reasons for which the letter to either does not leave
	}{
		"nothing happened":    {func(world) {}, "", ""},
		"invitation expired":  {func(w world) { w.clock.Add(store.InvitationLife) }, "link expired", "link expired"},
		"invitation revoked":  {func(w world) { must(w, w.s.Revoke(w.Context(), w.invitation)) }, "revoked", ""},
		"invitation resent":   {func(w world) { _, err := w.s.Resend(w.Context(), w.invitation, []byte("new"), "new"); must(w, err) }, "newer link", ""},
		"invitation accepted": {func(w world) { raw(w.T, w.db, `UPDATE invitations SET accepted_at = 1`) }, "was used", ""},
		"portal suspended":    {func(w world) { must(w, w.s.SuspendPortal(w.Context(), w.portal)) }, "portal was closed", "portal was closed"},
		"account disabled":    {func(w world) { raw(w.T, w.db, `UPDATE users SET state = 'disabled' WHERE kind = 'client'`) }, "", "switched off"},
		"account deleted":     {func(w world) { raw(w.T, w.db, `UPDATE users SET state = 'deleted' WHERE kind = 'client'`) }, "", "deleted"},
		"address changed":     {func(w world) { raw(w.T, w.db, `UPDATE users SET email = 'new@k.test' WHERE kind = 'client'`) }, "", "address was changed"},
		"membership ended":    {func(w world) { raw(w.T, w.db, `UPDATE memberships SET state = 'disabled'`) }, "", "no longer has access"},
		"link used":           {func(w world) { raw(w.T, w.db, `UPDATE user_tokens SET used_at = 1`) }, "", "was used"},
		"newer link":          {func(w world) { raw(w.T, w.db, `UPDATE user_tokens SET superseded_at = 1`) }, "", "newer link"},
		"provider suspended":  {func(w world) { raw(w.T, w.db, `UPDATE providers SET state = 'suspended'`) }, "provider is suspended", "provider is suspended"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, clock := storetest.Open(t)
			w := world{T: t, db: db, s: storetest.Provider(t, db, "nordlift"), clock: clock}
			mailOn(t, db, "mail.test")
			of, err := w.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "K"}})
			must(w, err)
			o, ana := storetest.Portal(t, db, w.s, of, "ana@k.test")
			w.portal = o.ID
			w.invitation, err = w.s.Invite(t.Context(), o.ID, store.NewInvitation{Hash: []byte("h"), Hint: "h"})
			must(w, err)
			y := db.System("mailer", store.Origin{})
			token, err := y.AddToken(t.Context(), store.Account{ID: ana.Me().ID, Provider: w.s.Home().ID}, o.ID, "rst", []byte("t"), time.Hour)
			must(w, err)
			guest := post(t, w.s, store.Draft{Kind: "invitation", To: "g@k.test", Link: "https://x.test/inv_1", Text: "https://x.test/inv_1", Portal: o.ID, Invitation: w.invitation})
			member := post(t, w.s, store.Draft{Kind: "reset", To: "ana@k.test", Link: "https://x.test/rst_1", Text: "https://x.test/rst_1", Portal: o.ID, User: ana.Me().ID, Token: token})
			news := post(t, w.s, store.Draft{Kind: "invitation-revoked", To: "g@k.test", Portal: o.ID, Invitation: w.invitation})
			if got := claim(t, y, 50); len(got) != 3 {
				t.Fatalf("claimed %d", len(got))
			}
			c.spoil(w)
			stopped(t, y, w.s, guest, c.guest)
			stopped(t, y, w.s, member, c.member)
			if may, _, err := y.MailStop(t.Context(), news); err != nil || !may && name != "provider suspended" {
				t.Errorf("the letter that tells of the end does not leave: %v", err)
			}
		})
	}
}

func stopped(t *testing.T, y store.System, s store.Staff, id store.MailID, want string) {
	t.Helper()
	may, otherwise, err := y.MailStop(t.Context(), id)
	if err != nil || may != (want == "") {
		t.Errorf("got %t, %+v, %v; want %q", may, otherwise, err, want)
		return
	}
	if may {
		return
	}
	if !strings.Contains(otherwise.Reply, want) {
		t.Errorf("got %q, want %q in it", otherwise.Reply, want)
	}
	settle(t, y, otherwise)
	if m := letter(t, s, id); otherwise.State == "cancelled" && (m.State != "cancelled" || m.HasLink || strings.Contains(m.Text, "_1")) {
		t.Errorf("got %+v", m)
	}
}

// TestMail_heldLettersDieWithTheirLinks: what the outbox shows while mail is
// off must be what would leave.
func TestMail_heldLettersDieWithTheirLinks(t *testing.T) {
	db, _ := storetest.Open(t)
	s, y := storetest.Provider(t, db, "nordlift"), db.System("test", store.Origin{})
	of, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "K"}})
	if err != nil {
		t.Fatal(err)
	}
	o, _ := storetest.Portal(t, db, s, of, "ana@k.test")
	a, err := y.Account(t.Context(), s.Home().ID, "ana@k.test")
	if err != nil {
		t.Fatal(err)
	}
	reset := func(hash string) store.MailID {
		token, err := y.AddToken(t.Context(), a, o.ID, "rst", []byte(hash), time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return post(t, s, store.Draft{Kind: "reset", To: a.Email, Link: "https://x.test/" + hash, Text: "https://x.test/" + hash, Portal: o.ID, User: a.ID, Token: token})
	}
	older, newer := reset("rst_1"), reset("rst_2")
	if _, _, err := y.UseToken(t.Context(), s.Home().ID, "rst", []byte("rst_2"), "phc"); err != nil {
		t.Fatal(err)
	}
	inv, err := s.Invite(t.Context(), o.ID, store.NewInvitation{Hash: []byte("inv"), Hint: "inv"})
	if err != nil {
		t.Fatal(err)
	}
	invited := post(t, s, store.Draft{Kind: "invitation", To: "bo@k.test", Link: "https://x.test/inv", Text: "https://x.test/inv", Portal: o.ID, Invitation: inv})
	terms, err := s.CurrentTerms(t.Context())
	if err == nil {
		_, err = y.Accept(t.Context(), o.ID, []byte("inv"), store.Registration{Name: "Bo", Email: "bo@k.test", Password: "phc", Terms: terms.Version})
	}
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[store.MailID]string{older: "newer link", newer: "was used", invited: "was used"} {
		if m := letter(t, s, id); m.State != "cancelled" || m.HasLink || !strings.Contains(m.Reply, want) || strings.Contains(m.Text, "x.test") {
			t.Errorf("want %q, got %+v", want, m)
		}
	}
}
