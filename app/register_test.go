package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/desk"
	"gatehouse/app/secret"
	"gatehouse/store"
)

const newPassword = "a heron walked over the ice"

// invited is a provider with one portal and a link into it, without the host.
func invited(t *testing.T, a *apptest.Appliance, e store.InviteEdit) (staff store.Staff, portal store.Portal, link string) {
	t.Helper()
	staff = a.Provider("nordlift")
	id, err := staff.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	if err != nil {
		t.Fatal(err)
	}
	of, err := staff.AddPortal(t.Context(), id, store.PortalEdit{Name: "Nordlift for Acme"})
	if err == nil {
		err = staff.SetFeatures(t.Context(), of, store.Preset(store.PresetMinimal))
	}
	if err != nil {
		t.Fatal(err)
	}
	made, err := a.Desk.Invite(t.Context(), staff, of, e, false)
	if err != nil {
		t.Fatal(err)
	}
	return staff, made.Portal, strings.TrimPrefix(made.URL, a.URL)
}

func entries(email string) url.Values {
	return url.Values{"name": {"Ana Kowalska"}, "email": {email}, "password": {newPassword}, "terms": {"yes"}, "version": {"1"}}
}

func TestInvitation_aPersonRegistersAndIsIn(t *testing.T) {
	a := apptest.New(t)
	_, portal, link := invited(t, a, store.InviteEdit{})
	b := a.Browser().Get(link).Is(http.StatusOK).Sees("Welcome to Nordlift for Acme", "Provider nordlift invites you to the portal for Acme", "Continue")
	b.Post(link, nil).Is(http.StatusOK).Sees("Create your sign-in", "Terms of use, version 1", "Your provider sees who signed in and when")
	b.Post(link+"/register", url.Values{"name": {""}, "email": {"x@"}, "password": {"short"}, "version": {"1"}}).Is(http.StatusUnprocessableEntity).
		Sees("There are 4 problems", "Give your name", "full e-mail address", "at least 12 characters", "Tick the box")
	b.Post(link+"/register", entries("ana@acme.test")).Is(http.StatusOK).Sees("You are in, Ana Kowalska")
	if b.Page.URL.Path != "/portal/"+portal.Slug {
		t.Errorf("landed at %s", b.Page.URL.Path)
	}
	again := a.Browser().Get(link).Is(http.StatusGone).Sees("already used by A. K.", "Ask for a new link")
	again.Post(link+"/register", entries("ben@acme.test")).Is(http.StatusGone).Sees("already used by A. K.")
	again.Post(link+"/ask", nil).Is(http.StatusOK).Sees("We have passed it on")
}

// S16: mail programs fetch links before people do.
func TestInvitation_scannersDoNotSpoilIt(t *testing.T) {
	a := apptest.New(t)
	staff, portal, link := invited(t, a, store.InviteEdit{})
	for range 3 {
		for _, method := range []string{"GET", "HEAD"} {
			for _, at := range []string{link, link + "/register"} {
				req, _ := http.NewRequestWithContext(t.Context(), method, a.URL+at, nil)
				req.Header.Set("User-Agent", "Mozilla/5.0 (compatible; SafeLinks scanner)")
				a.Browser().Do(req).Is(http.StatusOK)
			}
		}
	}
	if page, _ := staff.Invitations(t.Context(), portal.ID, ""); page.Rows[0].State(a.Clock.Now()) != "open" {
		t.Errorf("after scanning it is %s", page.Rows[0].State(a.Clock.Now()))
	}
	a.Browser().Post(link+"/register", entries("ana@acme.test")).Is(http.StatusOK).Sees("You are in")
}

func TestInvitation_leaksNothing(t *testing.T) {
	a := apptest.New(t)
	_, _, link := invited(t, a, store.InviteEdit{})
	b := a.Browser().Get(link)
	if got := b.Page.Header.Get("Referrer-Policy"); got != "same-origin" && got != "no-referrer" {
		t.Errorf("Referrer-Policy %q would tell others the link", got)
	}
	if got := b.Page.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
		t.Errorf("Cache-Control %q", got)
	}
}

func TestInvitation_deadLinksSayWhy(t *testing.T) {
	a := apptest.New(t)
	staff, portal, link := invited(t, a, store.InviteEdit{Email: "ana@acme.test"})
	page, err := staff.Invitations(t.Context(), portal.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := a.Desk.ResendInvitation(t.Context(), staff, page.Rows[0].ID, false)
	if err != nil {
		t.Fatal(err)
	}
	a.Browser().Get(link).Is(http.StatusGone).Sees("A newer link was sent", "Ask for a new link")
	next := strings.TrimPrefix(fresh.URL, a.URL)
	a.Browser().Get(next).Is(http.StatusOK)
	a.Browser().Get(next[:len(next)-1]).Is(http.StatusNotFound).Sees("not complete")
	if err := staff.Revoke(t.Context(), fresh.Invitation); err != nil {
		t.Fatal(err)
	}
	a.Browser().Get(next).Is(http.StatusGone).Sees("withdrawn", "Ask for a new link")

	last, err := a.Desk.Invite(t.Context(), staff, portal.ID, store.InviteEdit{}, false)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.TrimPrefix(last.URL, a.URL)
	id, err := staff.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Beta", Email: "b@beta.test"}})
	if err != nil {
		t.Fatal(err)
	}
	beta, err := a.Desk.EnablePortal(t.Context(), staff, id, desk.Enabling{Areas: []store.Feature{store.FeatureAssets}})
	if err != nil {
		t.Fatal(err)
	}
	foreign := strings.Replace(at, "/portal/"+portal.Slug+"/", "/portal/"+beta.Portal.Slug+"/", 1)
	a.Browser().Get(foreign).Is(http.StatusNotFound).Sees("not for this portal").SeesNot("Ask for a new link", "Acme")
	a.Browser().Post(foreign+"/register", entries("ana@acme.test")).Is(http.StatusNotFound)
	a.Clock.Add(store.InvitationLife)
	a.Browser().Get(at).Is(http.StatusGone).Sees("expired", "7 days", "Ask for a new link")
	a.Browser().Post(at, nil).Is(http.StatusGone).Sees("expired")
	if err := staff.SuspendPortal(t.Context(), portal.ID); err != nil {
		t.Fatal(err)
	}
	a.Browser().Get(at).Is(http.StatusForbidden).Sees("paused")
}

func TestInvitation_hostileEntries(t *testing.T) {
	a := apptest.New(t)
	_, _, link := invited(t, a, store.InviteEdit{})
	for field, value := range map[string]string{"name": strings.Repeat("x", 10_000), "email": "a@b.test\r\nBcc: c@d.test"} {
		in := entries("ana@acme.test")
		in.Set(field, value)
		a.Browser().Post(link+"/register", in).Is(http.StatusUnprocessableEntity)
	}
	in := entries("ana@acme.test")
	in.Set("name", "<script>alert(1)</script> \u202egnp.exe")
	in.Set("role", "provider_admin")
	in.Set("customer", "999")
	b := a.Browser().Post(link+"/register", in).Is(http.StatusOK).Sees("<script>alert(1)</script>")
	if strings.Contains(b.Page.Body, "<script>alert") {
		t.Error("a name became markup")
	}
}

func TestActivation_aColleagueGetsIn(t *testing.T) {
	a := apptest.New(t)
	staff := a.Provider("nordlift")
	y := a.DB.System("test", store.Origin{})
	if _, err := y.AddUser(t.Context(), staff.Home().ID, store.NewUser{Kind: "staff", Name: "Bo", Email: "bo@nordlift.test", Role: "agent"}); err != nil {
		t.Fatal(err)
	}
	who, err := y.Account(t.Context(), staff.Home().ID, "bo@nordlift.test")
	if err != nil {
		t.Fatal(err)
	}
	token, hash := secret.NewToken(a.DB.Rand(), secret.Activation)
	if _, err := y.AddToken(t.Context(), who, 0, secret.Activation, hash, time.Hour); err != nil {
		t.Fatal(err)
	}
	at := "/admin/nordlift/activate/" + token
	b := a.Browser().Get(at).Is(http.StatusOK).Sees("Welcome to Provider nordlift").Get(at)
	b.Post(at, url.Values{"name": {"Bo Lund"}, "password": {"short"}}).Is(http.StatusUnprocessableEntity).Sees("at least 12 characters")
	b.Post(at, url.Values{"name": {"Bo Lund"}, "password": {newPassword}}).Is(http.StatusOK).Sees("Your account is active")
	a.Browser().Get(at).Is(http.StatusGone).Sees("already used", "Sign in").SeesNot("Send me a new link")
	a.Provider("swift")
	a.Browser().Get(strings.Replace(at, "nordlift", "swift", 1)).Is(http.StatusNotFound).SeesNot("Bo Lund", "bo@nordlift")
}

// TestRegister_phoneAndUserName: the phone is kept, in its international form
// where that can be told; a user name is asked for as the provider wants it.
func TestRegister_phoneAndUserName(t *testing.T) {
	a := apptest.New(t)
	staff, portal, link := invited(t, a, store.InviteEdit{})
	a.SetPassword(staff.Me().ID)
	a.Browser().Get(link + "/register").Is(http.StatusOK).Sees("Phone").SeesNot("User name")
	admin := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	admin.Post("/admin/nordlift/settings/security", url.Values{store.OwnUserNames: {"sometimes"}}).Is(http.StatusUnprocessableEntity).Sees("Choose one of the answers")
	admin.Post("/admin/nordlift/settings/security", url.Values{store.OwnUserNames: {"required"}}).Is(http.StatusOK).Sees("Saved.")
	b := a.Browser().Get(link + "/register").Is(http.StatusOK).Sees("User name")
	in := entries("ana@acme.test")
	in.Set("phone", "0049 (30) 123-4567")
	b.Post(link+"/register", in).Is(http.StatusUnprocessableEntity).Sees("Choose a user name")
	in.Set("username", "a@b")
	b.Post(link+"/register", in).Is(http.StatusUnprocessableEntity).Sees("Use 3 to 60 letters")
	in.Set("username", "ana.k")
	b.Post(link+"/register", in).Is(http.StatusOK).Sees("You are in, Ana Kowalska")
	list, err := staff.Clients(t.Context(), store.ClientFilter{})
	if err != nil || len(list.Rows) != 1 || list.Rows[0].Phone != "+49301234567" || list.Rows[0].Username != "ana.k" {
		t.Fatalf("stored: %+v %v", list.Rows, err)
	}
	a.Browser().SignInAs("/portal/"+portal.Slug, "ana.k", newPassword).Get("/portal/" + portal.Slug + "/profile").Is(http.StatusOK).Sees("My profile")
	again, err := a.Desk.Invite(t.Context(), staff, portal.ID, store.InviteEdit{}, false)
	if err != nil {
		t.Fatal(err)
	}
	in = entries("ben@acme.test")
	in.Set("username", "ANA.K")
	in.Set("phone", "ask for Ben")
	if p := a.Browser().Post(strings.TrimPrefix(again.URL, a.URL)+"/register", in).Is(http.StatusUnprocessableEntity).Sees("already has this user name"); !strings.Contains(p.Page.Body, "ask for Ben") {
		t.Error("what was typed is lost")
	}
}

// TestActivate_userName: staff choose theirs when they activate, too.
func TestActivate_userName(t *testing.T) {
	a := apptest.New(t)
	staff := a.Provider("nordlift")
	a.SetPassword(staff.Me().ID)
	if err := staff.SetOwnSettings(t.Context(), map[string]string{store.OwnUserNames: "required"}); err != nil {
		t.Fatal(err)
	}
	roles, err := staff.Roles(t.Context(), "staff")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Desk.InvitePerson(t.Context(), staff, "", store.NewPerson{Email: "tom@nordlift.test", UserEdit: store.UserEdit{Name: "Tom", Role: roles[0].ID, AllGroups: true}}); err != nil {
		t.Fatal(err)
	}
	list, err := staff.Outbox(t.Context(), store.MailFilter{})
	if err != nil || len(list.Rows) != 1 {
		t.Fatalf("%d letters, %v", len(list.Rows), err)
	}
	link, err := staff.RevealLink(t.Context(), list.Rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	link = strings.TrimPrefix(link, a.URL)
	b := a.Browser().Get(link).Is(http.StatusOK).Sees("User name")
	b.Post(link, url.Values{"name": {"Tom"}, "password": {newPassword}}).Is(http.StatusUnprocessableEntity).Sees("Choose a user name")
	b.Post(link, url.Values{"name": {"Tom"}, "password": {newPassword}, "username": {"tom"}}).Is(http.StatusOK).Sees("Your account is active")
	a.Browser().SignInAs("/admin/nordlift", "tom", newPassword).Get("/admin/nordlift/profile").Is(http.StatusOK).Sees("My profile")
}
