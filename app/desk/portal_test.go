package desk_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"gatehouse/app/desk"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

const good = "a heron walked over the ice"

// agency is a desk, the provider it works for, and one customer.
type agency struct {
	*desk.Desk
	t     *testing.T
	db    *store.DB
	clock *storetest.Clock
	staff store.Staff
	acme  store.CustomerID
}

func newAgency(t *testing.T) *agency {
	db, clock := storetest.Open(t)
	if err := db.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetBaseURL: "https://portal.example/"}); err != nil {
		t.Fatal(err)
	}
	o := &agency{Desk: desk.New(context.Background(), db, slog.New(slog.DiscardHandler)), t: t, db: db, clock: clock, staff: storetest.Provider(t, db, "nordlift")}
	o.acme = o.customer("Acme", "office@acme.test")
	return o
}

func (o *agency) customer(name, email string) store.CustomerID {
	o.t.Helper()
	id, err := o.staff.AddCustomer(o.t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name, Email: email}})
	if err != nil {
		o.t.Fatal(err)
	}
	return id
}

// enable opens acme's portal the quick way.
func (o *agency) enable() desk.Link {
	o.t.Helper()
	link, err := o.EnablePortal(o.t.Context(), o.staff, o.acme, desk.Enabling{Areas: []store.Feature{store.FeatureAssets}})
	if err != nil {
		o.t.Fatalf("enable: %v", err)
	}
	return link
}

func (o *agency) portal() store.Portal {
	o.t.Helper()
	p, err := o.staff.PortalOf(o.t.Context(), o.acme)
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

func (o *agency) at(p store.Portal) desk.Where {
	return desk.Where{Provider: o.staff.Home().ID, Portal: p.ID, Path: "/portal/" + p.Slug, Sender: p.Name, Names: []string{p.Name, p.CustomerName}}
}

// letters reads the outbox, newest first.
func (o *agency) letters() (all []store.Mail) {
	o.t.Helper()
	c, err := sqlite.OpenConn(o.db.Path(), sqlite.OpenReadOnly)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	err = sqlitex.ExecuteTransient(c, `SELECT kind, state, recipient, recipient_name, body_text, link FROM outbox ORDER BY id DESC`, &sqlitex.ExecOptions{
		ResultFunc: func(st *sqlite.Stmt) error {
			all = append(all, store.Mail{Kind: st.ColumnText(0), State: st.ColumnText(1), To: st.ColumnText(2), ToName: st.ColumnText(3), Text: st.ColumnText(4), Link: st.ColumnText(5)})
			return nil
		}})
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

func token(link desk.Link) string { return link.URL[strings.LastIndex(link.URL, "/")+1:] }

var ana = desk.Joining{Name: "Ana Kowalska", Email: "office@acme.test", Password: good, Accepted: true, Terms: 1}

func TestEnablePortal_mailsTheActivationAtOnce(t *testing.T) {
	o := newAgency(t)
	link := o.enable()
	if !strings.HasPrefix(link.URL, "https://portal.example/portal/acme/invitation/inv_") || link.Email != "office@acme.test" {
		t.Errorf("link %s to %s", link.URL, link.Email)
	}
	if p := o.portal(); p.State != store.PortalPending || !p.Shares[store.FeatureAssets] || !p.Shares[store.FeatureList] || p.Shares[store.FeatureMap] {
		t.Errorf("portal is %s and shares %v", p.State, p.Shares)
	}
	all := o.letters()
	if len(all) != 1 || all[0].Kind != "activation" || all[0].To != "office@acme.test" || all[0].Link != link.URL || !strings.Contains(all[0].Text, link.URL) {
		t.Fatalf("outbox %+v", all)
	}
}

func TestEnablePortal_refusals(t *testing.T) {
	o := newAgency(t)
	bare := o.customer("Bare", "")
	areas := []store.Feature{store.FeatureAssets}
	for field, c := range map[string]struct {
		of store.CustomerID
		in desk.Enabling
	}{
		"email": {bare, desk.Enabling{Areas: areas}},
		"areas": {o.acme, desk.Enabling{}},
	} {
		if _, err := o.EnablePortal(t.Context(), o.staff, c.of, c.in); fault.Fields(err)[field] == "" {
			t.Errorf("got %v, want a sentence at %s", err, field)
		}
	}
	if _, err := o.EnablePortal(t.Context(), o.staff, bare, desk.Enabling{Areas: areas, Email: "a@b\r\nBcc: x@y.test"}); fault.Fields(err)["email"] == "" {
		t.Errorf("a broken address: got %v", err)
	}
	if _, err := o.EnablePortal(t.Context(), o.staff, bare, desk.Enabling{Areas: areas, Email: "admin@nordlift.test"}); fault.Fields(err)["email"] == "" {
		t.Errorf("one's own address: got %v", err)
	}
	if c, _ := o.staff.Customer(t.Context(), bare); c.PortalState != "none" || c.Email != "" || len(o.letters()) != 0 {
		t.Errorf("after refusals: portal %s, address %q, %d letters; want nothing done", c.PortalState, c.Email, len(o.letters()))
	}
	if _, err := o.EnablePortal(t.Context(), o.staff, bare, desk.Enabling{Areas: areas, Email: "bare@bare.test"}); err != nil {
		t.Errorf("with the address given inline: %v", err)
	}
	if c, _ := o.staff.Customer(t.Context(), bare); c.Email != "bare@bare.test" {
		t.Errorf("the customer's address is %q", c.Email)
	}
	if _, err := o.EnablePortal(t.Context(), o.staff, bare, desk.Enabling{Areas: areas}); fault.Of(err) != fault.Conflict {
		t.Errorf("a second time: got %v, want Conflict", err)
	}
}

func TestResendActivation_voidsTheEarlierLink(t *testing.T) {
	o := newAgency(t)
	first := o.enable()
	second, err := o.ResendActivation(t.Context(), o.staff, o.acme)
	if err != nil {
		t.Fatal(err)
	}
	at := o.at(o.portal())
	if _, err := o.Guest(t.Context(), at, token(first), store.Origin{}); fault.Of(err) != fault.Conflict || !strings.Contains(fault.Says(err), "newer") {
		t.Errorf("the first link: %v", err)
	}
	if all := o.letters(); all[0].Link != second.URL || all[1].State != "cancelled" || !strings.Contains(all[0].Text, "newer message") {
		t.Errorf("letters: %s %s", all[0].State, all[1].State)
	}
	c, _ := o.staff.Customer(t.Context(), o.acme)
	c.Email = "new@acme.test"
	if err := o.staff.ChangeCustomer(t.Context(), o.acme, 0, store.CustomerEdit{CustomerInput: c.CustomerInput, Type: c.Type}); err != nil {
		t.Fatal(err)
	}
	third, err := o.ResendActivation(t.Context(), o.staff, o.acme)
	if err != nil || third.Email != "new@acme.test" {
		t.Fatalf("after the address was corrected: to %q, %v", third.Email, err)
	}
	if _, err := o.Guest(t.Context(), at, token(second), store.Origin{}); fault.Of(err) != fault.Conflict {
		t.Errorf("the link to the wrong address: %v, want it dead", err)
	}
}

func TestEnablePortal_afterDisabling(t *testing.T) {
	o := newAgency(t)
	link := o.enable()
	if err := o.staff.SuspendPortal(t.Context(), o.portal().ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.Register(t.Context(), o.at(o.portal()), token(link), ana, store.Origin{}); fault.Of(err) != fault.Conflict {
		t.Errorf("register while disabled: %v", err)
	}
	link = o.enable()
	if _, _, err := o.Register(t.Context(), o.at(o.portal()), token(link), ana, store.Origin{}); err != nil {
		t.Fatal(err)
	}
	if err := o.staff.SuspendPortal(t.Context(), o.portal().ID); err != nil {
		t.Fatal(err)
	}
	if link = o.enable(); link.URL != "" || o.portal().State != store.PortalActive {
		t.Errorf("link %q, %s; want it active again without another letter", link.URL, o.portal().State)
	}
}

func TestRegister_signsInAndTellsTheInviter(t *testing.T) {
	o := newAgency(t)
	link := o.enable()
	p := o.portal()
	session, got, err := o.Register(t.Context(), o.at(p), token(link), ana, store.Origin{IP: "203.0.113.7"})
	if err != nil || session == "" || got.Role != "admin" {
		t.Fatalf("got %q, %+v, %v", session, got.Role, err)
	}
	if l := o.letters()[0]; l.Kind != "invitation-accepted" || l.To != "admin@nordlift.test" || !strings.Contains(l.Text, "Ana Kowalska") {
		t.Errorf("letter %s to %s: %s", l.Kind, l.To, l.Text)
	}
	if _, err := o.SignIn(t.Context(), o.at(p), "OFFICE@acme.test", good, store.Origin{}); err != nil {
		t.Errorf("sign in later: %v", err)
	}
	if _, _, err := o.Register(t.Context(), o.at(p), token(link), ana, store.Origin{}); fault.Of(err) != fault.Conflict || !strings.Contains(fault.Says(err), "A. K.") {
		t.Errorf("a second person: %v, want to read who used it", err)
	}
}

func TestRegister_saysEverythingAtOnceAndKeepsTheLink(t *testing.T) {
	o := newAgency(t)
	link, err := o.Invite(t.Context(), o.staff, o.draft(), store.InviteEdit{}, false)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = o.Register(t.Context(), o.at(o.portal()), token(link), desk.Joining{Email: "x@", Password: "short"}, store.Origin{})
	for _, field := range []string{"name", "email", "password", "terms"} {
		if fault.Fields(err)[field] == "" {
			t.Errorf("nothing said at %s: %v", field, err)
		}
	}
	for name, password := range map[string]string{"common": "password1234", "its own name": "kowalska-kowalska", "the company's": "Acme Acme Acme"} {
		in := ana
		in.Password = password
		if _, _, err := o.Register(t.Context(), o.at(o.portal()), token(link), in, store.Origin{}); fault.Fields(err)["password"] == "" {
			t.Errorf("a password of %s: %v", name, err)
		}
	}
	in := ana
	in.Email = "ADMIN@nordlift.test"
	if _, _, err := o.Register(t.Context(), o.at(o.portal()), token(link), in, store.Origin{}); fault.Fields(err)["email"] == "" {
		t.Errorf("the team's address: %v", err)
	}
	if _, _, err := o.Register(t.Context(), o.at(o.portal()), token(link), ana, store.Origin{}); err != nil {
		t.Errorf("after all that the link is gone: %v", err)
	}
}

// draft is acme's portal with its setup saved.
func (o *agency) draft() store.PortalID {
	o.t.Helper()
	id, err := o.staff.AddPortal(o.t.Context(), o.acme, store.PortalEdit{})
	if err == nil {
		err = o.staff.SetFeatures(o.t.Context(), id, store.Preset(store.PresetMinimal))
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return id
}

func TestRegister_existingSignInIsProvedByItsPassword(t *testing.T) {
	o := newAgency(t)
	first := o.enable()
	if _, _, err := o.Register(t.Context(), o.at(o.portal()), token(first), ana, store.Origin{}); err != nil {
		t.Fatal(err)
	}
	o.acme = o.customer("Beta", "beta@beta.test")
	link, err := o.Invite(t.Context(), o.staff, o.draft(), store.InviteEdit{}, false)
	if err != nil {
		t.Fatal(err)
	}
	wrong := ana
	wrong.Password = "some other words entirely"
	if _, _, err := o.Register(t.Context(), o.at(o.portal()), token(link), wrong, store.Origin{}); !strings.Contains(fault.Fields(err)["password"], "already a sign-in") {
		t.Errorf("another password: %v", err)
	}
	if _, got, err := o.Register(t.Context(), o.at(o.portal()), token(link), ana, store.Origin{}); err != nil || got.Role != "admin" {
		t.Errorf("its own: %q, %v", got.Role, err)
	}
}

func TestRegister_guessesAreLimited(t *testing.T) {
	o := newAgency(t)
	link := o.enable()
	at := o.at(o.portal())
	for range 20 {
		if _, _, err := o.Register(t.Context(), at, token(link), desk.Joining{}, store.Origin{IP: "203.0.113.7"}); fault.Of(err) != fault.Invalid {
			t.Fatalf("got %v, want Invalid", err)
		}
	}
	if _, _, err := o.Register(t.Context(), at, token(link), ana, store.Origin{IP: "203.0.113.7"}); fault.Of(err) != fault.Limited {
		t.Errorf("got %v, want Limited", err)
	}
}

func TestRegister_brokenAndForeignTokens(t *testing.T) {
	o := newAgency(t)
	link := o.enable()
	acme := o.portal()
	o.acme = o.customer("Beta", "beta@beta.test")
	o.enable()
	beta := o.portal()
	whole := token(link)
	for name, bad := range map[string]string{"cut off": whole[:len(whole)-1], "of another kind": "act_" + whole[4:], "empty": "", "with more": whole + "a", "not ours": "inv_" + strings.Repeat("A", 43)} {
		if _, _, err := o.Register(t.Context(), o.at(acme), bad, ana, store.Origin{}); fault.Of(err) != fault.NotFound {
			t.Errorf("%s: got %v, want NotFound", name, err)
		}
	}
	if _, _, err := o.Register(t.Context(), o.at(beta), whole, ana, store.Origin{}); fault.Of(err) != fault.NotFound {
		t.Errorf("at another portal: got %v, want NotFound", err)
	}
}

func TestAskForLink_writesToTheInviterOnce(t *testing.T) {
	o := newAgency(t)
	link := o.enable()
	at := o.at(o.portal())
	if err := o.AskForLink(t.Context(), at, token(link), store.Origin{}); fault.Of(err) != fault.Conflict {
		t.Errorf("for a living link: %v, want Conflict", err)
	}
	o.clock.Add(store.InvitationLife)
	for i := range 3 {
		err := o.AskForLink(t.Context(), at, token(link), store.Origin{IP: "203.0.113.7"})
		if want := []fault.Kind{fault.Internal, fault.Internal, fault.Limited}[i]; fault.Of(err) != want || i < 2 && err != nil {
			t.Errorf("asking, time %d: %v", i+1, err)
		}
		o.clock.Add(time.Minute)
	}
	if l := o.letters()[0]; l.Kind != "link-asked" || l.To != "admin@nordlift.test" || !strings.Contains(l.Link, "/admin/nordlift/customers/") {
		t.Errorf("letter %s to %s with %s", l.Kind, l.To, l.Link)
	}
}

func TestInvite_withoutAnAddressCannotBeMailed(t *testing.T) {
	o := newAgency(t)
	id := o.draft()
	if _, err := o.Invite(t.Context(), o.staff, id, store.InviteEdit{}, true); fault.Fields(err)["email"] == "" {
		t.Errorf("got %v, want a sentence at email", err)
	}
	link, err := o.Invite(t.Context(), o.staff, id, store.InviteEdit{Name: "Ana", Email: "ana@acme.test"}, true)
	if err != nil || link.Email != "ana@acme.test" {
		t.Fatalf("got %q, %v", link.Email, err)
	}
	if l := o.letters()[0]; l.Kind != "invitation" || l.ToName != "Ana" || !strings.Contains(l.Text, "7 days") {
		t.Errorf("letter %s: %s", l.Kind, l.Text)
	}
	if link, err = o.ResendInvitation(t.Context(), o.staff, link.Invitation, true); err != nil || o.letters()[0].Link != link.URL {
		t.Errorf("resent: %v", err)
	}
}

func TestActivate_staffAndTheWayBackFromAnExpiredLink(t *testing.T) {
	o := newAgency(t)
	y := o.db.System("test", store.Origin{})
	if _, err := y.AddUser(t.Context(), o.staff.Home().ID, store.NewUser{Kind: "staff", Name: "Bo", Email: "bo@nordlift.test", Role: "agent"}); err != nil {
		t.Fatal(err)
	}
	a, _ := y.Account(t.Context(), o.staff.Home().ID, "bo@nordlift.test")
	at := desk.Where{Provider: o.staff.Home().ID, Path: "/admin/nordlift", Sender: "Nordlift"}
	secretToken := o.token(y, a)
	elsewhere := at
	elsewhere.Portal = 99
	if _, err := o.Activating(t.Context(), elsewhere, secretToken, store.Origin{}); fault.Of(err) != fault.NotFound {
		t.Errorf("at a portal's door: %v, want NotFound", err)
	}
	o.clock.Add(store.ActivationLife)
	if _, err := o.Activate(t.Context(), at, secretToken, ana, store.Origin{}); fault.Of(err) != fault.Conflict {
		t.Errorf("expired: %v, want Conflict", err)
	}
	if err := o.RenewActivation(t.Context(), at, secretToken, store.Origin{}); err != nil {
		t.Fatal(err)
	}
	l := o.letters()[0]
	if l.To != "bo@nordlift.test" || !strings.HasPrefix(l.Link, "https://portal.example/admin/nordlift/activate/act_") {
		t.Fatalf("letter to %s with %s", l.To, l.Link)
	}
	if session, err := o.Activate(t.Context(), at, l.Link[strings.LastIndex(l.Link, "/")+1:], ana, store.Origin{}); err != nil || session == "" {
		t.Errorf("over the new link: %v", err)
	}
	if err := o.RenewActivation(t.Context(), at, secretToken, store.Origin{}); fault.Of(err) != fault.Conflict {
		t.Errorf("renewing an active account: %v, want Conflict", err)
	}
}

// token gives an account an activation link.
func (o *agency) token(y store.System, a store.Account) string {
	o.t.Helper()
	token, hash := secret.NewToken(o.db.Rand(), secret.Activation)
	if _, err := y.AddToken(o.t.Context(), a, 0, secret.Activation, hash, store.ActivationLife); err != nil {
		o.t.Fatal(err)
	}
	return token
}
