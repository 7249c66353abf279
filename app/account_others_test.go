package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// operatorIn signs somebody in who runs the appliance.
func operatorIn(t *testing.T, a *apptest.Appliance) *apptest.Browser {
	t.Helper()
	phc, err := secret.Hash(t.Context(), apptest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.DB.System("test", store.Origin{}).AddOperator(t.Context(), store.NewOperator{Email: "ops@example.com", Name: "Olga", Password: phc}); err != nil {
		t.Fatal(err)
	}
	return a.Browser().SignIn("/operator", "ops@example.com")
}

// TestOperator_helpsTheOwner changes the address of an owner, who cannot, with
// both letters and the code (row 95), and resets a lost second factor.
func TestOperator_helpsTheOwner(t *testing.T) {
	w := newEmailWorld(t)
	ops := operatorIn(t, w.Appliance)
	owner := w.home.Me().ID
	page := fmt.Sprintf("/operator/providers/nordlift/admins/%d", owner)
	ops.Get("/operator/providers/nordlift").Is(http.StatusOK).Sees("(owner)", "E-mail and second factor")
	ops.Post(page+"/email", url.Values{"email": {"tech@nordlift.test"}}).Is(http.StatusUnprocessableEntity).Sees("belongs to somebody else")
	ops.Post(page+"/email", url.Values{"email": {"boss@nordlift.test"}}).Is(http.StatusOK).Sees("pending", "boss@nordlift.test")
	letters := w.Letters(w.sink)
	old, fresh := to(t, letters, "admin@nordlift.test"), to(t, letters, "boss@nordlift.test")
	if !strings.Contains(old.Text, "boss@nordlift.test") || strings.Contains(old.Text, "Olga ") {
		t.Logf("the old address reads %s", old.Text)
	}
	w.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	ops.Post(page+"/email/resend", url.Values{}).Is(http.StatusOK).Sees("A new code")
	w.Browser().Post(pathIn(t, fresh), url.Values{"code": {codeIn(t, fresh)}}).Is(http.StatusGone)
	fresh = to(t, w.Letters(w.sink), "boss@nordlift.test")
	w.Browser().Post(pathIn(t, fresh), url.Values{"code": {codeIn(t, fresh)}}).Is(http.StatusOK)
	enrol(t, w.Appliance, w.Browser().SignIn("/admin/nordlift", "boss@nordlift.test"), "/admin/nordlift")
	ops.Post(page+"/factor", url.Values{}).Is(http.StatusOK).Sees("The second factor is reset")
	w.Browser().SignIn("/admin/nordlift", "boss@nordlift.test")
	ops.Get(fmt.Sprintf("/operator/providers/nordlift/admins/%d", w.tech)).Is(http.StatusNotFound) // no admin: not the operator's business
}

// TestClient_ownAccount does in a portal what staff do: the same pages.
func TestClient_ownAccount(t *testing.T) {
	a := apptest.New(t)
	sink := a.MailServer(smtptest.Options{})
	home := a.Provider("nordlift")
	of, err := home.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	if err != nil {
		t.Fatal(err)
	}
	portal, anna := storetest.Portal(t, a.DB, home, of, "anna@acme.test")
	a.SetPassword(anna.Me().ID)
	door := "/portal/" + portal.Slug
	b := a.Browser().SignIn(door, "anna@acme.test")
	b.Post(door+"/profile", url.Values{"name": {"Anna"}, "date_format": {"DMY"}, "date_sep": {"."}, "clock": {"24"}, "time_zone": {"UTC"}, "language": {"de"}}).Is(http.StatusOK)
	b.Post(door+"/profile/email", url.Values{"email": {"anna.k@acme.test"}, "current": {apptest.Password}}).Is(http.StatusOK).Sees("anna.k@acme.test", "wartet")
	l := to(t, a.Letters(sink), "anna.k@acme.test")
	if !strings.Contains(l.Text, "21.11.2026 09:30") || !strings.HasPrefix(pathIn(t, l), door+"/email/eml_") {
		t.Errorf("in German, in her format, to her portal: %s", l.Text)
	}
	// Another door does not know the link.
	a.Browser().Get(strings.Replace(pathIn(t, l), door, "/admin/nordlift", 1)).Is(http.StatusNotFound)
	a.Browser().Post(pathIn(t, l), url.Values{"code": {codeIn(t, l)}}).Is(http.StatusOK)
	a.Browser().SignIn(door, "anna.k@acme.test")
	b.Post(door+"/profile", url.Values{"name": {"Anna"}, "time_zone": {"UTC"}, "language": {"en"}}).Is(http.StatusOK)
	enrol(t, a, b, door)
	half := a.Browser()
	half.Post(door+"/sign-in", url.Values{"email": {"anna.k@acme.test"}, "password": {apptest.Password}}).Is(http.StatusOK)
	for _, r := range routes(t, a.Router) {
		if strings.HasPrefix(r.name, "portal.") && policies(t)[r.name] != "open" {
			if status, _ := callAt(t, a, half, r, portal.Slug); status == http.StatusOK {
				t.Errorf("%s %s answers somebody half signed in", r.method, r.path)
			}
		}
	}
	history, err := home.Audit(t.Context(), 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[store.Verb]bool{}
	for _, line := range history {
		seen[line.Verb] = true
	}
	for _, v := range []store.Verb{store.ProfileChange, store.ProfileEmail, store.ProfileFactor} {
		if !seen[v] {
			t.Errorf("the audit log knows nothing of %s", v)
		}
	}
}

func callAt(t *testing.T, a *apptest.Appliance, b *apptest.Browser, r route, portal string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), r.method, a.URL+r.at("nordlift", portal), strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	if r.method == "POST" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	p := b.DoOnce(req).Page
	return p.Status, p.Body
}

// TestEmailChange_ofSomebodyNotActivated corrects a mistyped address at once
// and sends the activation there.
func TestEmailChange_ofSomebodyNotActivated(t *testing.T) {
	w := newEmailWorld(t)
	id, err := w.DB.System("test", store.Origin{}).AddUser(t.Context(), w.home.Home().ID, store.NewUser{Kind: "staff", Name: "Ben", Email: "bne@nordlift.test", Role: "agent"})
	if err != nil {
		t.Fatal(err)
	}
	if e, err := w.App.Desk.StartEmailChange(t.Context(), w.home, id, "ben@nordlift.test", store.Origin{}); err != nil || e.ID != 0 {
		t.Fatal(e, err)
	}
	l := to(t, w.Letters(w.sink), "ben@nordlift.test")
	b := w.Browser()
	b.Post("/admin/nordlift/code", url.Values{"email": {"ben@nordlift.test"}, "code": {codeIn(t, l)}}).Is(http.StatusOK).Sees("Choose a password")
	b.Post(b.Page.URL.Path, url.Values{"name": {"Ben"}, "password": {"three grey boats at dawn"}}).Is(http.StatusOK)
	b.Get("/admin/nordlift/profile").Is(http.StatusOK).Sees("ben@nordlift.test")
}
