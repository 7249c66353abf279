package store_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

func setPlan(t *testing.T, o store.Operator, s store.Staff, plan []store.Feature) {
	t.Helper()
	if _, err := o.SetPlan(t.Context(), s.Home(), plan); err != nil {
		t.Fatalf("set plan: %v", err)
	}
}

// invite makes an invitation whose token's hash is hash.
func invite(t *testing.T, s store.Staff, to store.PortalID, hash string, e store.InviteEdit) store.InvitationID {
	t.Helper()
	id, err := s.Invite(t.Context(), to, store.NewInvitation{InviteEdit: e, Hash: []byte(hash), Hint: "…" + hash})
	if err != nil {
		t.Fatalf("invite: %v", err)
	}
	return id
}

// person is a registration of somebody new; the session's hash is the address.
func person(email string) store.Registration {
	return store.Registration{Name: "Person " + email, Email: email, Password: "phc of " + email, Terms: 1, Session: []byte(email)}
}

func accept(t *testing.T, db *store.DB, to store.PortalID, hash string, r store.Registration) (store.Accepted, error) {
	t.Helper()
	return db.System("test", store.Origin{IP: "203.0.113.7", Agent: "Browser"}).Accept(t.Context(), to, []byte(hash), r)
}

// register lets somebody into a portal over an invitation and opens the door.
func register(t *testing.T, db *store.DB, s store.Staff, o store.Portal, email string) store.Client {
	t.Helper()
	invite(t, s, o.ID, "for "+email, store.InviteEdit{})
	if _, err := accept(t, db, o.ID, "for "+email, person(email)); err != nil {
		t.Fatalf("accept: %v", err)
	}
	return enter(t, db, o.Slug, email)
}

func enter(t *testing.T, db *store.DB, slug, session string) store.Client {
	t.Helper()
	c, err := db.Client(t.Context(), slug, []byte(session), store.Origin{})
	if err != nil {
		t.Fatalf("client door: %v", err)
	}
	return c
}

func TestAccept_firstBecomesAdminAndPortalActive(t *testing.T) {
	db, clock := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	acme := company(t, s, "Acme")
	id := open(t, s, acme)
	invite(t, s, id, "one", store.InviteEdit{Role: "user"})
	if c, _ := s.Customer(t.Context(), acme); c.PortalState != "pending" {
		t.Errorf("invited: customer says %s, want pending", c.PortalState)
	}
	clock.Add(time.Hour)
	got, err := accept(t, db, id, "one", person("anna@acme.test"))
	if err != nil || got.Role != "admin" {
		t.Fatalf("got role %q and %v, want admin", got.Role, err)
	}
	client := enter(t, db, portal(t, s, id).Slug, "anna@acme.test")
	if client.Me().Role != "admin" || client.Window().TermsDue != 0 {
		t.Errorf("role %s, terms due %d; want admin and none", client.Me().Role, client.Window().TermsDue)
	}
	if c, _ := s.Customer(t.Context(), acme); c.PortalState != "active" {
		t.Errorf("accepted: customer says %s, want active", c.PortalState)
	}
	members, err := s.Members(t.Context(), id)
	if err != nil || len(members) != 1 || members[0].Terms != 1 || !members[0].FirstAdmin || !members[0].AcceptedAt.Equal(clock.Now()) || !members[0].LastLogin.Equal(clock.Now()) {
		t.Errorf("members %+v, %v", members, err)
	}
	page, _ := s.Invitations(t.Context(), id, "")
	if i := page.Rows[0]; i.State(clock.Now()) != "accepted" || i.AcceptedBy != "Person anna@acme.test" || i.Inviter == "" {
		t.Errorf("invitation %+v", i)
	}
	history, _ := s.CustomerHistory(t.Context(), acme, 0, 10)
	if h := history[0]; h.Verb != store.InvitationAccept || h.Actor != "Person anna@acme.test" || h.IP != "203.0.113.7" {
		t.Errorf("history says %+v", h)
	}
}

func TestAccept_secondPersonIsWhatTheInvitationSays(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	o := portal(t, s, open(t, s, company(t, s, "Acme")))
	register(t, db, s, o, "anna@acme.test")
	for _, role := range []string{"user", "admin"} {
		invite(t, s, o.ID, role, store.InviteEdit{Role: role})
		if got, err := accept(t, db, o.ID, role, person(role+"@acme.test")); err != nil || got.Role != role {
			t.Errorf("got %q and %v, want %s", got.Role, err, role)
		}
	}
}

// A link that cannot work says why, and nothing is left of the attempt.
func TestAccept_deadLinks(t *testing.T) {
	db, clock := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	a, b := open(t, s, company(t, s, "Acme")), open(t, s, company(t, s, "Beta"))
	resent := invite(t, s, a, "resent", store.InviteEdit{})
	if _, err := s.Resend(t.Context(), resent, []byte("new"), "new"); err != nil {
		t.Fatal(err)
	}
	revoked := invite(t, s, a, "revoked", store.InviteEdit{})
	if err := s.Revoke(t.Context(), revoked); err != nil {
		t.Fatal(err)
	}
	invite(t, s, a, "used", store.InviteEdit{})
	if _, err := accept(t, db, a, "used", person("anna@acme.test")); err != nil {
		t.Fatal(err)
	}
	invite(t, s, a, "old", store.InviteEdit{})
	invite(t, s, b, "of beta", store.InviteEdit{})
	clock.Add(store.InvitationLife)
	fresh := invite(t, s, a, "fresh", store.InviteEdit{})
	clock.Add(store.InvitationLife - time.Second)
	for hash, want := range map[string]struct {
		kind fault.Kind
		says string
	}{
		"resent":  {fault.Conflict, "newer link"},
		"revoked": {fault.Conflict, "withdrawn"},
		"used":    {fault.Conflict, "already used by P. a."},
		"old":     {fault.Conflict, "expired"},
		"of beta": {fault.NotFound, "not for this portal"},
		"":        {fault.NotFound, "not for this portal"},
		"fres":    {fault.NotFound, "not for this portal"},
	} {
		_, err := accept(t, db, a, hash, person("late@acme.test"))
		if fault.Of(err) != want.kind || !strings.Contains(fault.Says(err), want.says) {
			t.Errorf("%q: got %v, want %q", hash, err, want.says)
		}
	}
	if _, err := db.System("t", store.Origin{}).Account(t.Context(), s.Home().ID, "late@acme.test"); fault.Of(err) != fault.NotFound {
		t.Errorf("somebody exists after refusals only: %v", err)
	}
	if _, err := accept(t, db, a, "fresh", person("last@acme.test")); err != nil {
		t.Errorf("one second before the end: %v", err)
	}
	if i, _ := s.Invitation(t.Context(), fresh); i.State(clock.Now()) != "accepted" {
		t.Errorf("state %s", i.State(clock.Now()))
	}
}

func TestInvitation_expiresOnTheSecond(t *testing.T) {
	db, clock := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	invite(t, s, id, "one", store.InviteEdit{})
	clock.Add(store.InvitationLife)
	if _, err := accept(t, db, id, "one", person("anna@acme.test")); fault.Of(err) != fault.Conflict {
		t.Errorf("at the end of its life: got %v, want Conflict", err)
	}
}

func TestGuest_lookingChangesNothing(t *testing.T) {
	db, clock := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	inv := invite(t, s, id, "one", store.InviteEdit{})
	y := db.System("test", store.Origin{})
	for range 3 {
		if g, err := y.Guest(t.Context(), id, []byte("one")); err != nil || g.InvitedBy.Name == "" {
			t.Fatalf("got %+v and %v", g.InvitedBy, err)
		}
	}
	if i, _ := s.Invitation(t.Context(), inv); i.State(clock.Now()) != "open" {
		t.Errorf("after looking it is %s, want open", i.State(clock.Now()))
	}
	if err := y.OpenInvitation(t.Context(), id, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if i, _ := s.Invitation(t.Context(), inv); i.State(clock.Now()) != "opened" {
		t.Errorf("after Continue it is %s, want opened", i.State(clock.Now()))
	}
	if _, err := accept(t, db, id, "one", person("anna@acme.test")); err != nil {
		t.Errorf("accept afterwards: %v", err)
	}
}

func TestAccept_knownAddresses(t *testing.T) {
	db, _ := storetest.Open(t)
	s, other := storetest.Provider(t, db, "nordlift"), storetest.Provider(t, db, "swift")
	acme, beta := open(t, s, company(t, s, "Acme")), open(t, s, company(t, s, "Beta"))
	register(t, db, s, portal(t, s, acme), "anna@acme.test")
	register(t, db, other, portal(t, other, open(t, other, company(t, other, "Gamma"))), "carl@gamma.test")
	invite(t, s, beta, "beta", store.InviteEdit{})

	if _, err := accept(t, db, beta, "beta", person("ADMIN@nordlift.test")); fault.Fields(err)["email"] == "" {
		t.Errorf("the team's own address: got %v, want a sentence at the field", err)
	}
	if _, err := accept(t, db, beta, "beta", person("Anna@ACME.test")); fault.Fields(err)["password"] == "" {
		t.Errorf("an existing client without proof: got %v, want a sentence at the password", err)
	}
	wrong := person("anna@acme.test")
	wrong.Proved = "phc of somebody else"
	if _, err := accept(t, db, beta, "beta", wrong); fault.Fields(err)["password"] == "" {
		t.Errorf("an existing client with a stale proof: got %v, want a sentence at the password", err)
	}
	proved := person("anna@acme.test")
	proved.Proved, proved.Session = "phc of anna@acme.test", []byte("anna at beta")
	if got, err := accept(t, db, beta, "beta", proved); err != nil || got.Role != "admin" {
		t.Fatalf("proved: got %q and %v", got.Role, err)
	}
	if c := enter(t, db, portal(t, s, beta).Slug, "anna at beta"); c.Me().Name != "Person anna@acme.test" {
		t.Errorf("at beta she is %q", c.Me().Name)
	}
	enter(t, db, portal(t, s, acme).Slug, "anna@acme.test")

	invite(t, s, beta, "carl", store.InviteEdit{})
	if _, err := accept(t, db, beta, "carl", store.Registration{Name: "Carl", Email: "carl@gamma.test", Password: "x", Terms: 1}); err != nil {
		t.Errorf("an address known to another provider only: %v, want a new sign-in", err)
	}
	invite(t, s, beta, "again", store.InviteEdit{})
	again := proved
	again.Session = []byte("again")
	if _, err := accept(t, db, beta, "again", again); fault.Of(err) != fault.Conflict || fault.Fields(err)["email"] == "" {
		t.Errorf("a member already: got %v, want a Conflict at the field", err)
	}
}

func TestAccept_boundAddressCannotBeSwapped(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	invite(t, s, id, "bound", store.InviteEdit{Email: "Anna@acme.test"})
	got, err := accept(t, db, id, "bound", person("mallory@evil.test"))
	if err != nil || got.Account.Email != "Anna@acme.test" {
		t.Errorf("got %q and %v, want the address the provider wrote", got.Account.Email, err)
	}
}

func TestAccept_oldTermsAreRefused(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	invite(t, s, id, "one", store.InviteEdit{})
	if _, err := s.PublishTerms(t.Context(), "Terms", "New ones.", false); err != nil {
		t.Fatal(err)
	}
	if _, err := accept(t, db, id, "one", person("anna@acme.test")); fault.Fields(err)["terms"] == "" {
		t.Errorf("got %v, want a sentence at terms", err)
	}
	r := person("anna@acme.test")
	r.Terms = 2
	if _, err := accept(t, db, id, "one", r); err != nil {
		t.Errorf("with the new version: %v", err)
	}
}

func TestInvite_refusals(t *testing.T) {
	db, _ := storetest.Open(t)
	s, other := storetest.Provider(t, db, "nordlift"), storetest.Provider(t, db, "swift")
	draft, err := s.AddPortal(t.Context(), company(t, s, "Acme"), store.PortalEdit{})
	if err != nil {
		t.Fatal(err)
	}
	try := func(s store.Staff, to store.PortalID, e store.InviteEdit) error {
		_, err := s.Invite(t.Context(), to, store.NewInvitation{InviteEdit: e, Hash: []byte(e.Name + e.Email), Hint: "x"})
		return err
	}
	if err := try(s, draft, store.InviteEdit{}); fault.Of(err) != fault.Conflict {
		t.Errorf("before the setup is saved: got %v, want Conflict", err)
	}
	id := open(t, s, company(t, s, "Beta"))
	if err := try(other, id, store.InviteEdit{}); fault.Of(err) != fault.NotFound {
		t.Errorf("another provider's portal: got %v, want NotFound", err)
	}
	for field, e := range map[string]store.InviteEdit{
		"email": {Email: "a@b.test\r\nBcc: all@b.test"},
		"name":  {Name: strings.Repeat("x", 10_000)},
		"role":  {Role: "provider_admin"},
	} {
		if err := try(s, id, e); fault.Fields(err)[field] == "" {
			t.Errorf("%s: got %v, want a sentence there", field, err)
		}
	}
	if err := try(s, id, store.InviteEdit{Email: "admin@nordlift.test"}); fault.Fields(err)["email"] == "" {
		t.Errorf("the own team: got %v, want a sentence at email", err)
	}
	setPlan(t, operator(t, db), s, nil)
	if err := try(s, id, store.InviteEdit{}); fault.Of(err) != fault.Conflict {
		t.Errorf("a portal that shares nothing any more: got %v, want Conflict", err)
	}
}

func TestAskForLink_onlyForDeadOnes(t *testing.T) {
	db, clock := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	inv := invite(t, s, id, "one", store.InviteEdit{Email: "anna@acme.test"})
	y := db.System("test", store.Origin{})
	if _, err := y.AskForLink(t.Context(), id, []byte("one")); fault.Of(err) != fault.Conflict {
		t.Errorf("for a living link: got %v, want Conflict", err)
	}
	clock.Add(store.InvitationLife)
	g, err := y.AskForLink(t.Context(), id, []byte("one"))
	if err != nil || g.InvitedBy.Email != "admin@nordlift.test" {
		t.Fatalf("got %+v and %v", g.InvitedBy, err)
	}
	if i, _ := s.Invitation(t.Context(), inv); !i.AskedAt.Equal(clock.Now()) {
		t.Errorf("asked at %s, want now", i.AskedAt)
	}
	if _, err := y.AskForLink(t.Context(), id, []byte("unknown")); fault.Of(err) != fault.NotFound {
		t.Errorf("for no link: got %v, want NotFound", err)
	}
}

// However many come at once: one link lets one in, and one is the first admin.
func TestAccept_manyAtOnce(t *testing.T) {
	rounds := 100
	if os.Getenv("GATEHOUSE_TEST_ROUNDS") == "full" {
		rounds = 1000
	}
	if storetest.Raced {
		rounds = 20
	}
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	for round := range rounds {
		n := 2 + round*62/(rounds-1)
		race(t, db, s, round, n, round%2 == 0)
	}
}

func race(t *testing.T, db *store.DB, s store.Staff, round, n int, oneLink bool) {
	t.Helper()
	id := open(t, s, company(t, s, fmt.Sprintf("Company %d", round)))
	hash := func(i int) string {
		if oneLink {
			i = 0
		}
		return fmt.Sprintf("round %d link %d", round, i)
	}
	for i := range n {
		if i == 0 || !oneLink {
			invite(t, s, id, hash(i), store.InviteEdit{Role: "user"})
		}
	}
	var all sync.WaitGroup
	errs, start := make([]error, n), make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			_, errs[i] = accept(t, db, id, hash(i), person(fmt.Sprintf("p%d@c%d.test", i, round)))
		})
	}
	close(start)
	all.Wait()
	won := 0
	for i, err := range errs {
		if err == nil {
			won++
		} else if fault.Of(err) != fault.Conflict || !strings.Contains(fault.Says(err), "already used") {
			t.Errorf("round %d, person %d: %v, want to read that it was used", round, i, err)
		}
	}
	if want := map[bool]int{true: 1, false: n}[oneLink]; won != want {
		t.Errorf("round %d: %d of %d got in, want %d", round, won, n, want)
	}
	members, err := s.Members(t.Context(), id)
	admins := 0
	for _, m := range members {
		if m.Role == "admin" {
			admins++
		}
	}
	if err != nil || admins != 1 || len(members) != won {
		t.Errorf("round %d: %d members, %d admins (%v), want %d and 1", round, len(members), admins, err, won)
	}
}

func TestActivate_setsNamePasswordTermsAndOpensThePortal(t *testing.T) {
	db, clock := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	o := portal(t, s, open(t, s, company(t, s, "Acme")))
	register(t, db, s, o, "anna@acme.test")
	y := db.System("test", store.Origin{})
	id, err := y.AddUser(t.Context(), s.Home().ID, store.NewUser{Kind: "staff", Name: "Given", Email: "new@nordlift.test", Role: "agent"})
	if err != nil {
		t.Fatal(err)
	}
	a, _ := y.Account(t.Context(), s.Home().ID, "new@nordlift.test")
	for _, hash := range []string{"first", "second"} {
		if _, err := y.AddToken(t.Context(), a, 0, "act", []byte(hash), store.ActivationLife); err != nil {
			t.Fatal(err)
		}
	}
	in := store.Activation{Name: "Chosen", Password: "phc", Session: []byte("session")}
	if _, _, err := y.Activate(t.Context(), s.Home().ID, []byte("first"), in); fault.Of(err) != fault.Conflict {
		t.Errorf("a replaced link: got %v, want Conflict", err)
	}
	clock.Add(store.ActivationLife - time.Second)
	if _, got, err := y.Activate(t.Context(), s.Home().ID, []byte("second"), in); err != nil || got.ID != id {
		t.Fatalf("got %d and %v", got.ID, err)
	}
	if me, err := db.Staff(t.Context(), "nordlift", []byte("session"), store.Origin{}); err != nil || me.Me().Name != "Chosen" {
		t.Errorf("got %q and %v, want to be signed in as Chosen", me.Me().Name, err)
	}
	in.Session = []byte("again")
	if _, _, err := y.Activate(t.Context(), s.Home().ID, []byte("second"), in); fault.Of(err) != fault.Conflict {
		t.Errorf("a second time: got %v, want Conflict", err)
	}
}
