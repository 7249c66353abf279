package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
)

var onceKey = regexp.MustCompile(`name="once" value="([0-9a-f]+)"`)

// newClient opens the form for a customer and returns its fields, filled in.
func newClient(t *testing.T, b *apptest.Browser, of store.CustomerID, set ...string) url.Values {
	t.Helper()
	b.Get("/admin/nordlift/clients/new?customer=" + itoa(int64(of))).Is(http.StatusOK)
	key := onceKey.FindStringSubmatch(b.Page.Body)
	if key == nil {
		t.Fatal("the form has no key")
	}
	form := url.Values{"once": {key[1]}, "customer": {itoa(int64(of))}, "way": {"activation"}, "groups_of": {"all"}, "sees": {"customer"}}
	for i := 0; i+1 < len(set); i += 2 {
		form.Set(set[i], set[i+1])
	}
	return form
}

func company(t *testing.T, s store.Staff, name string) store.CustomerID {
	t.Helper()
	id, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// linkIn is the link in the newest letter to somebody.
func linkIn(t *testing.T, a *apptest.Appliance, s store.Staff, to string) string {
	t.Helper()
	p, err := s.Outbox(t.Context(), store.MailFilter{Search: to})
	if err != nil || len(p.Rows) == 0 {
		t.Fatalf("no letter to %s: %v", to, err)
	}
	link, err := s.RevealLink(t.Context(), p.Rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(link, a.URL)
}

func TestClients_createdWithALetter(t *testing.T) {
	a := apptest.New(t)
	home := a.Provider("nordlift")
	acme := company(t, home, "Acme")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get("/admin/nordlift/clients").Sees("No clients yet", "Create New")
	b.Get("/admin/nordlift/clients/new").Sees("Acme")
	form := newClient(t, b, acme, "name", "Anna Brandt", "email", "anna@acme.test")
	b.Post("/admin/nordlift/clients/new", form).Is(http.StatusOK).Sees("Client created.", "Activation pending", "Acme", "Added to a portal")
	b.Post("/admin/nordlift/clients/new", form).Is(http.StatusOK) // sent twice
	b.Get("/admin/nordlift/clients").Sees("1 of 1", "anna@acme.test", "Activation pending")
	link := linkIn(t, a, home, "anna@acme.test")
	anna := a.Browser()
	anna.Get(link).Is(http.StatusOK)
	anna.Post(link, url.Values{"name": {"Anna Brandt"}, "password": {apptest.Password}, "terms": {"yes"}, "version": {"1"}}).Is(http.StatusOK)
	if !strings.HasPrefix(anna.Page.URL.Path, "/portal/acme") || strings.Contains(anna.Page.URL.Path, "activate") {
		t.Fatalf("activation ended at %s: %s", anna.Page.URL.Path, anna.Page.Text())
	}
	b.Get("/admin/nordlift/clients").Sees("Portal admin").SeesNot("badge warn")
}

func TestClients_createdWithAFirstPassword(t *testing.T) {
	a := apptest.New(t)
	home := a.Provider("nordlift")
	acme := company(t, home, "Acme")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	form := newClient(t, b, acme, "name", "Anna Brandt", "email", "anna@acme.test", "way", "password", "password", "short")
	b.Post("/admin/nordlift/clients/new", form).Is(http.StatusUnprocessableEntity).Sees("Use at least 12 characters.")
	form.Set("password", apptest.Password)
	b.Post("/admin/nordlift/clients/new", form).Is(http.StatusOK).Sees("Tell them the password yourself")
	if p, err := home.Outbox(t.Context(), store.MailFilter{Search: "anna@acme.test"}); err != nil || len(p.Rows) != 0 {
		t.Errorf("%d letters wait (%v), want none: the password is never mailed", len(p.Rows), err)
	}
	anna := a.Browser().SignIn("/portal/acme", "anna@acme.test")
	anna.Sees("terms")
	anna.Post("/portal/acme/terms", url.Values{"version": {"1"}, "accept": {"yes"}}).Is(http.StatusOK)
	if anna.Page.URL.Path != "/portal/acme/profile/password" {
		t.Errorf("the first page is %s, want the one where the password is changed", anna.Page.URL.Path)
	}
	if err := home.SetOwnSettings(t.Context(), map[string]string{store.OwnFirstPassword: "no"}); err != nil {
		t.Fatal(err)
	}
	form = newClient(t, b, acme, "name", "Ben", "email", "ben@acme.test", "way", "password", "password", apptest.Password)
	b.SeesNot("Set an initial password").Post("/admin/nordlift/clients/new", form).Is(http.StatusUnprocessableEntity).Sees("do not let admins set a first password")
}

func TestClients_createdByALink(t *testing.T) {
	a := apptest.New(t)
	acme := company(t, a.Provider("nordlift"), "Acme")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Post("/admin/nordlift/clients/new", newClient(t, b, acme, "name", "Anna", "email", "anna@acme.test", "way", "link")).Is(http.StatusOK).Sees("Invitation created", "This is the only time")
	for name, c := range map[string][2]string{"own team": {"admin@nordlift.test", "your own team"}, "two @": {"a@b@c.test", "full e-mail address"}} {
		b.Post("/admin/nordlift/clients/new", newClient(t, b, acme, "name", "Typed name", "email", c[0])).Is(http.StatusUnprocessableEntity).Sees(c[1])
		if !strings.Contains(b.Page.Body, "Typed name") {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
}

// TestSwitch_betweenCustomers: somebody of two customers goes from one to the
// other without a password, by a post alone, and signs out of both at once.
func TestSwitch_betweenCustomers(t *testing.T) {
	a := apptest.New(t)
	home := a.Provider("nordlift")
	acme, beta := company(t, home, "Acme"), company(t, home, "Beta")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	for _, of := range []store.CustomerID{acme, beta} {
		b.Post("/admin/nordlift/clients/new", newClient(t, b, of, "name", "Anna Brandt", "email", "anna@acme.test", "way", "password", "password", apptest.Password)).Is(http.StatusOK)
	}
	b.Sees("has a sign-in here already", "Acme", "Beta")
	p, err := home.Clients(t.Context(), store.ClientFilter{})
	if err != nil || len(p.Rows) != 1 {
		t.Fatalf("%d people, %v: want one", len(p.Rows), err)
	}
	anna := a.Browser().SignIn("/portal/acme", "anna@acme.test")
	anna.Post("/portal/acme/terms", url.Values{"version": {"1"}, "accept": {"yes"}}).Is(http.StatusOK)
	anna.Post("/portal/acme/profile/password", url.Values{"current": {apptest.Password}, "password": {"another long enough phrase"}}).Is(http.StatusOK)
	anna.Get("/portal/acme").Sees("Beta").Get("/portal/acme/switch?to=beta").Is(http.StatusNotFound)
	anna.Get("/portal/beta")
	if anna.Page.URL.Path != "/portal/beta/sign-in" {
		t.Fatalf("without switching, /portal/beta leads to %s", anna.Page.URL.Path)
	}
	anna.Post("/portal/acme/switch", url.Values{"to": {"beta"}}).Is(http.StatusOK)
	if !strings.HasPrefix(anna.Page.URL.Path, "/portal/beta") {
		t.Fatalf("switching ended at %s", anna.Page.URL.Path)
	}
	anna.Post("/portal/beta/terms", url.Values{"version": {"1"}, "accept": {"yes"}}).Is(http.StatusOK).Sees("with Beta")
	anna.Get("/portal/acme").Is(http.StatusOK).Sees("with Acme").SeesNot("with Beta") // each keeps its own
	anna.Post("/portal/acme/switch", url.Values{"to": {"nobody"}}).Is(http.StatusNotFound)
	anna.Post("/portal/beta/sign-out", nil)
	for _, at := range []string{"/portal/acme", "/portal/beta"} {
		if anna.Get(at); anna.Page.URL.Path != at+"/sign-in" {
			t.Errorf("%s is open after signing out of the other", at)
		}
	}
}

// TestClients_columnsAndRoles: whose list it is chooses its columns, and finds
// people by every role that clients have here.
func TestClients_columnsAndRoles(t *testing.T) {
	w := newClientWorld(t)
	role, err := w.home.AddRole(t.Context(), store.RoleEdit{Kind: "client", Name: "Foreman", Features: []store.Feature{"assets", "assets.list"}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.home.Memberships(t.Context(), w.id)
	if err != nil {
		t.Fatal(err)
	}
	w.admin.Post(w.at+"/portals/"+itoa(int64(m[0].ID)), url.Values{"role": {itoa(int64(role))}, "groups_of": {"all"}, "sees": {"customer"}}).Is(http.StatusOK)
	w.admin.Get("/admin/nordlift/clients?role=" + itoa(int64(role))).Is(http.StatusOK).Sees("Anna Brandt").SeesNot("Ben Brandt")
	roles, err := w.home.Roles(t.Context(), "client")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range roles {
		if r.Builtin == store.PortalAdmin {
			w.admin.Get("/admin/nordlift/clients?role=" + itoa(int64(r.ID))).Is(http.StatusOK).Sees("Ben Brandt").SeesNot("Anna Brandt")
		}
	}
	w.admin.Post("/admin/nordlift/clients/columns", url.Values{"column": {"phone", "nonsense"}}).Is(http.StatusOK).Sees("Your columns are saved")
	p := w.Browser().SignIn("/admin/nordlift", "admin@nordlift.test").Get("/admin/nordlift/clients").Is(http.StatusOK)
	if !strings.Contains(p.Page.Body, `data-label="Phone"`) || strings.Contains(p.Page.Body, `data-label="E-mail"`) {
		t.Error("another browser of the same person shows other columns")
	}
}
