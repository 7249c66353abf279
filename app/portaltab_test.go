package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

var shownLink = regexp.MustCompile(`http://[^"]+/invitation/inv_[\w-]{43}`)

// addCustomer makes a customer and returns the address of its profile.
func addCustomer(t *testing.T, s store.Staff, name, email string) (store.CustomerID, string) {
	t.Helper()
	n, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name, Email: email}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Customer(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return n, "/admin/" + s.Home().Slug + "/customers/" + itoa(int64(c.ID))
}

func TestPortalTab_threeStepsToARegisteredCustomer(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	_, at := addCustomer(t, s, "Acme", "ana@acme.test")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get(at).Sees("Customer Portal", "No portal", "Turn on customer portal")
	b.Get(at+"/portal").Is(http.StatusOK).Sees("No portal yet", "Set up in three steps", "still “Other”", "No assets are assigned yet", "Mail goes to ana@acme.test")
	b.Post(at+"/portal", nil).Is(http.StatusOK).Sees("Portal Setup", "Branding", "Portal Access", "Start small", "Your customer sees:", "a list of their assets and a page for each")
	b.Post(at+"/portal", nil).Is(http.StatusConflict).Sees("already has a portal")
	b.Post(at+"/portal/invite", nil).Is(http.StatusUnprocessableEntity).Sees("Choose what the portal shares first")

	b.Post(at+"/portal/setup", url.Values{"name": {""}, "slug": {"No Such"}, "feature": {"assets.map", "provider.audit"}, "version": {"1"}}).Is(http.StatusUnprocessableEntity).
		Sees("Give the portal a name", "lower-case letters", "Tick the app as well", "cannot be shared")
	_, taken := addCustomer(t, s, "Beta", "b@beta.test")
	b.Post(taken+"/portal", nil).Is(http.StatusOK)
	b.Post(at+"/portal/setup", url.Values{"name": {"My own words"}, "slug": {"beta"}, "feature": {"assets", "assets.list"}, "version": {"1"}}).Is(http.StatusUnprocessableEntity).Sees("taken")
	if !strings.Contains(b.Page.Body, `value="My own words"`) || !strings.Contains(b.Page.Body, `value="beta"`) {
		t.Error("what was typed is lost")
	}
	b.Post(at+"/portal/setup", url.Values{"name": {"Nordlift for Acme"}, "slug": {"acme"}, "feature": {"assets", "assets.list", "assets.map"}, "version": {"1"}}).Is(http.StatusOK).Sees("Saved", "Calm blue", "Forest", "Amber works")
	b.Post(at+"/portal/branding", url.Values{"theme": {"999999"}}).Is(http.StatusUnprocessableEntity).Sees("Choose one of the themes")
	themes, _ := s.Themes(t.Context())
	b.Post(at+"/portal/branding", url.Values{"theme": {itoa(int64(themes[1].ID))}}).Is(http.StatusOK).Sees("Nobody is invited yet", "Create invitation", "where their assets are, on a map")
	b.Post(at+"/portal/invite", url.Values{"mail": {"yes"}}).Is(http.StatusUnprocessableEntity).Sees("Give the e-mail address")
	b.Post(at+"/portal/invite", url.Values{"name": {"Ana"}, "email": {"ana@acme.test"}, "mail": {"yes"}, "groups_of": {"all"}}).Is(http.StatusOK).
		Sees("Invitation created", "only time the whole link is shown", "Mail is switched off", "A letter to ana@acme.test", "Portal access pending")
	link := strings.TrimPrefix(shownLink.FindString(b.Page.Body), a.URL)
	if link == "" {
		t.Fatal("the link is not shown")
	}
	b.Get(at+"/portal").Is(http.StatusOK).Sees("Ana", "Open", "Link ending in "+link[len(link)-4:], "Resend activation email", "Disable portal access").SeesNot(link)

	ana := a.Browser().Post(link, nil).Post(link+"/register", entries("ana@acme.test")).Is(http.StatusOK).Sees("You are in")
	b.Get(at+"/portal").Sees("Accepted", "Ana Kowalska", "Portal admin", "Version 1", "Portal active")

	b.Get(at + "/portal/setup").Sees("so it stays")
	b.Post(at+"/portal/setup", url.Values{"name": {"Nordlift for Acme"}, "feature": {"assets", "assets.list"}, "version": {"0"}}).Is(http.StatusOK).Sees("No longer shared: Map and position")
	b.Get(at + "/portal/suspend").Is(http.StatusOK).Sees("Disable portal access?")
	b.Post(at+"/portal/suspend", nil).Is(http.StatusOK).Sees("Everybody was signed out", "Portal suspended")
	ana.Get("/portal/acme").Is(http.StatusForbidden).Sees("paused")
	b.Post(at+"/portal/resume", nil).Is(http.StatusOK).Sees("open again", "Portal active")
	ana.Get("/portal/acme").Sees("Sign in")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func TestPortalTab_theQuickWay(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	_, at := addCustomer(t, s, "Beta", "")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get(at+"/portal/enable").Is(http.StatusOK).Sees("Areas Beta can view", "There is no e-mail address")
	b.Post(at+"/portal/enable", url.Values{"area": {"assets"}}).Is(http.StatusUnprocessableEntity).Sees("no e-mail address yet")
	b.Post(at+"/portal/enable", url.Values{"email": {"b@beta.test"}}).Is(http.StatusUnprocessableEntity).Sees("Choose at least one area")
	b.Post(at+"/portal/enable", url.Values{"area": {"assets"}, "email": {"b@beta.test"}}).Is(http.StatusOK).Sees("The portal is on", "A letter to b@beta.test", "Portal access pending")
	first := strings.TrimPrefix(shownLink.FindString(b.Page.Body), a.URL)
	b.Get(at).Sees("b@beta.test", "Portal access pending", "Resend activation email", "Disable portal access")
	b.Post(at+"/portal/activation", nil).Is(http.StatusOK).Sees("A new activation is on its way")
	second := strings.TrimPrefix(shownLink.FindString(b.Page.Body), a.URL)
	a.Browser().Get(first).Is(http.StatusGone).Sees("A newer link was sent")
	b.Post(at+"/portal/suspend", nil).Is(http.StatusOK)
	a.Browser().Get(second).Is(http.StatusForbidden).Sees("paused")
	b.Post(at+"/portal/enable", url.Values{"area": {"assets"}}).Is(http.StatusOK).Sees("Portal access pending")
	third := strings.TrimPrefix(shownLink.FindString(b.Page.Body), a.URL)
	a.Browser().Get(second).Is(http.StatusGone)
	a.Browser().Post(third+"/register", entries("b@beta.test")).Is(http.StatusOK).Sees("You are in")
	b.Get(at).Sees("Portal active")
	b.Get("/admin/nordlift/customers?portal=active").Sees("Beta")
}

func TestPortalTab_whatThePlanLacks(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	y := a.DB.System("test", store.Origin{})
	if err := y.SetSettings(t.Context(), map[string]string{store.SetContactName: "Olive Operator", store.SetContactMail: "olive@example.com"}); err != nil {
		t.Fatal(err)
	}
	_, at := addCustomer(t, s, "Acme", "")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Post(at+"/portal", nil).SeesNot("Not in your plan")
	storetest.SetPlan(t, a.DB, s.Home(), store.FeatureAssets, store.FeatureList)
	b.Get(at+"/portal/setup").Sees("What is greyed out is not in your plan", "Ask Olive Operator for it", "Not in your plan any more")
	b.Post(at+"/portal/setup", url.Values{"name": {"N"}, "slug": {"acme"}, "feature": {"assets", "assets.list", "assets.export"}, "version": {"1"}}).
		Is(http.StatusUnprocessableEntity).Sees("Your plan does not include “Export”")
}

func TestPortalTab_othersMayLook(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	of, at := addCustomer(t, s, "Acme", "")
	storetest.Portal(t, a.DB, s, of, "ana@acme.test")
	for _, role := range []string{"fleet_admin", "user", "technician", "agent"} {
		other := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", role+"@nordlift.test", role)
		a.SetPassword(other.Me().ID)
		b := a.Browser().SignIn("/admin/nordlift", role+"@nordlift.test")
		b.Get(at+"/portal").Is(http.StatusOK).Sees("takes the role Admin", "ana@acme.test", "Your customer sees:").SeesNot("Create invitation", "Disable portal access")
		for _, path := range []string{"", "/setup", "/branding", "/invite", "/enable", "/suspend", "/resume", "/activation"} {
			b.Post(at+"/portal"+path, url.Values{"area": {"assets"}, "theme": {"1"}})
			if b.Page.Status < 400 {
				t.Errorf("%s may post to %q: %d", role, path, b.Page.Status)
			}
		}
	}
}

func TestPortalTab_anotherCustomersInvitation(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	acme, _ := addCustomer(t, s, "Acme", "")
	beta, at := addCustomer(t, s, "Beta", "")
	o, _ := storetest.Portal(t, a.DB, s, acme, "ana@acme.test")
	storetest.Portal(t, a.DB, s, beta, "ben@beta.test")
	page, err := s.Invitations(t.Context(), o.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	wrong := at + "/portal/invitations/" + itoa(int64(page.Rows[0].ID))
	b.Get(wrong).Is(http.StatusNotFound)
	b.Post(wrong+"/resend", nil).Is(http.StatusNotFound)
	b.Post(wrong+"/revoke", nil).Is(http.StatusNotFound)
}
